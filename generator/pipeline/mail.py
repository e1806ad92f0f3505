"""From what a build left to drafts or sent messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.delivery.ledger import open_ledger
from generator.delivery.outbox import OUTBOX, drafts, is_draft
from generator.delivery.plan import plan
from generator.delivery.post import due, post_office
from generator.delivery.record import read_record
from generator.delivery.source import MAIL_TEMPLATES
from generator.intake import load_texts
from generator.model import LANGUAGES
from generator.pipeline.files import ready, remove, write
from generator.problems import InputError, Origin, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from generator.delivery.ledger import Entry
    from generator.delivery.plan import Plan
    from generator.delivery.post import Due, Post
    from generator.model import Receipt, Texts
    from generator.problems import Problem
    from generator.settings import Settings
    from generator.settings.mail import MailSettings


def mail_plan(settings: Settings, mail: MailSettings) -> Plan:
    """Who gets what of the last build.

    Raises:
        InputError: Nothing has been built there.
    """
    return plan(read_record(settings.out), settings.out, mail)


def all_due(errands: Plan) -> list[Due]:
    """Everything, as an outbox holds it: drafts know no ledger."""
    return due(errands, (), frozenset())[0]


def mail_due(
    mail: MailSettings, errands: Plan, resent: frozenset[str]
) -> tuple[list[Due], list[Problem]]:
    """What the ledger leaves to send and what it holds back, without changing anything.

    Raises:
        InputError: There is no campaign: what others have had says nothing about this one.
    """
    if not mail.campaign:
        variable = "BRIEFS_MAIL_CAMPAIGN"
        raise InputError([problem("DL-202", Origin("[mail]"), name="campaign", variable=variable)])
    return due(errands, ledger_entries(mail, mail.campaign), resent)


def ledger_entries(mail: MailSettings, campaign: str = "") -> list[Entry]:
    """What the ledger knows, of one campaign or of all."""
    with open_ledger(mail.ledger, is_written=False) as ledger:
        return ledger.entries(campaign)


def post(
    settings: Settings, mail: MailSettings, errands: Plan, resent: frozenset[str]
) -> AbstractContextManager[Post]:
    """The campaign with its ledger open, ready to send."""
    return post_office(errands, settings.out, mail, mail_templates(settings), resent)


def texts(settings: Settings) -> Texts:
    """The words of the program."""
    return load_texts(settings.strings)


def mail_templates(settings: Settings) -> dict[str, dict[str, Path]]:
    """Language to the files that make a mail's subject and bodies."""
    return {
        language: {name: settings.mail_template(name, language) for name in MAIL_TEMPLATES}
        for language in LANGUAGES
    }


def write_drafts(settings: Settings, mail: MailSettings, errands: Plan) -> Iterator[Receipt]:
    """Fill the outbox; drafts of an earlier run are taken out, whoever they were for."""
    folder = settings.out / OUTBOX
    _clear(folder)
    if errands.errands:
        ready(folder)
    for receipt, draft in drafts(errands, settings.out, mail, mail_templates(settings)):
        if draft:
            write(folder / draft.name, draft.content, mode=0o600)
        yield receipt


def _clear(folder: Path) -> None:
    """Take out drafts, known by their names; what else lies there is not ours.

    Raises:
        InputError: One cannot be taken out, for example because a mail program holds it open.
    """
    for path in sorted(folder.glob("*.eml")):
        if is_draft(path.name) and not path.is_dir():
            remove(path)
