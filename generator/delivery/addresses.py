"""Texts to addresses: checked, with a domain in ASCII."""

from __future__ import annotations

import re
from email.utils import parseaddr

from generator.model import Mailbox

_WORD = re.compile(r"""[^\s<>()\[\],;:"']+""")


def mailbox(text: str) -> Mailbox | None:
    """The address that a text is; None for anything else. The network is never asked."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - a tenth of a second that other commands spare

    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None
    return Mailbox(found.local_part, found.ascii_domain or found.domain, found.domain)


def sender(text: str) -> tuple[str, Mailbox] | None:
    """Name and address of `Planning office <plan@example.org>`; None for anything else."""
    name, spec = parseaddr(text)
    found = mailbox(spec)
    return (name, found) if found and name.isprintable() else None


def without_addresses(text: str) -> str:
    """What a server said, without the recipient's address, however it spells or forwards it."""
    return _WORD.sub(lambda found: "…" if "@" in found[0] else found[0], text)
