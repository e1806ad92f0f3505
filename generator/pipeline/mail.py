"""From what a build left to drafts or sent messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.codes import Code
from generator.delivery.body import MAIL_TEMPLATES
from generator.delivery.compose import OUTBOX, drafts, is_draft
from generator.delivery.ledger import Due, Entry, due, keys_of, open_ledger
from generator.delivery.plan import Plan, plan
from generator.delivery.post import Post, post_office
from generator.delivery.record import RECORD, read_record
from generator.intake import load_texts
from generator.pipeline.files import ready
from generator.pipeline.shelf import Shelf
from generator.problems import InputError, Origin, Problem, errors, problem
from generator.settings.mail import MailSettings, ledger_of, missing
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from generator.model import Receipt, State, Texts
    from generator.settings import Settings


def mail_plan(settings: Settings, mail: MailSettings, only: Sequence[str] = ()) -> Plan:
    """Who gets what of the last build.

    Args:
        settings: Where it stands.
        mail: The allow-list.
        only: Addresses to which the plan is limited; all without any.

    Raises:
        InputError: Nothing has been built there.
    """
    record = read_record(settings.out)
    made = plan(record.consignments, settings.out, mail, only)
    origin = Origin(str(settings.out / RECORD))
    absent = (
        problem(Code.REGION_NOT_BUILT, origin, found=name) for name in record.not_built if not only
    )
    return replace(made, problems=(*made.problems, *absent))


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
        raise InputError([missing("campaign")])
    return due(errands, ledger_entries(mail, mail.campaign), resent)


def ledger_entries(mail: MailSettings, campaign: str = "") -> list[Entry]:
    """What the ledger knows, of one campaign or of all.

    Raises:
        InputError: Nothing says where it is, or it cannot be read.
    """
    with open_ledger(ledger_of(mail), is_written=False) as ledger:
        return ledger.entries(campaign)


def standing(mail: MailSettings, errands: Plan) -> Counter[State]:
    """How many documents of a plan stand where in the campaign.

    What a run could not note the end of is as unknown as the next run will call it.
    """
    own = keys_of(errands)
    return Counter(
        "unknown" if one.state == "sending" else one.state
        for one in ledger_entries(mail, mail.campaign)
        if one.key in own
    )


def note_arrived(mail: MailSettings, errands: Plan) -> int:
    """Take the recipients' word that what is unknown has arrived; returns how many documents.

    Raises:
        InputError: There is no campaign, or the ledger cannot be used.
        DeliveryError: Another run is sending.
    """
    if not mail.campaign:
        raise InputError([missing("campaign")])
    own = keys_of(errands)
    with open_ledger(ledger_of(mail)) as ledger:
        found = [
            one
            for one in ledger.entries(mail.campaign)
            if one.key in own and one.state == "unknown"
        ]
        for one in found:
            ledger.mark(mail.campaign, [one.key], "sent", one.message_id, "DL-404 arrived")
    return len(found)


def post(
    settings: Settings, mail: MailSettings, errands: Plan, resent: frozenset[str]
) -> AbstractContextManager[Post]:
    """The campaign with its ledger open, ready to send."""
    return post_office(errands, settings.out, mail, mail_templates(settings), resent)


def texts(settings: Settings) -> Texts:
    """The words of the program."""
    return load_texts(settings.strings, settings.built_in_strings)


def mail_templates(settings: Settings) -> dict[str, dict[str, Path]]:
    """Language to the files that make a mail's subject and bodies."""
    return {
        language: {name: settings.mail_template(name, language) for name in MAIL_TEMPLATES}
        for language in LANGUAGES
    }


def write_drafts(
    settings: Settings, mail: MailSettings, errands: Plan
) -> Iterator[Receipt | Problem]:
    """Fill the outbox; drafts of an earlier run are taken out, whoever they were for.

    Those that somebody has changed since are set aside, and the problem that says so comes first.
    What else lies there is not ours.

    Raises:
        InputError: A draft can be neither taken out nor written, or no draft can be made.
    """
    folder = settings.out / OUTBOX
    shelf = Shelf(settings.out)
    old = (path for path in sorted(folder.glob("*.eml")) if is_draft(path.name))
    yield from shelf.clear(OUTBOX, [path.name for path in old if not path.is_dir()])
    if errands.errands:
        ready(folder)
    try:
        for receipt, draft in drafts(errands, settings.out, mail, mail_templates(settings)):
            if draft:
                _, found = shelf.put([draft], OUTBOX, mode=0o600)
                if faults := errors(found):
                    raise InputError(faults)
                yield from found
            yield receipt
    finally:
        if shelf.written or shelf.set_aside:
            shelf.save_drafts()
