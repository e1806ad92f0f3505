"""Documents to mail: drafts in an outbox, or messages sent over verified TLS, each once."""

from generator.delivery.ledger import Entry, open_ledger
from generator.delivery.outbox import OUTBOX, drafts
from generator.delivery.plan import Plan, plan
from generator.delivery.post import Due, Post, due, post_office
from generator.delivery.record import RECORD, as_record, read_record
from generator.delivery.source import MAIL_TEMPLATES

__all__ = [
    "MAIL_TEMPLATES",
    "OUTBOX",
    "RECORD",
    "Due",
    "Entry",
    "Plan",
    "Post",
    "as_record",
    "drafts",
    "due",
    "open_ledger",
    "plan",
    "post_office",
    "read_record",
]
