"""`briefs send`: the table of who gets what, the question before sending, the lines while it sends.

Addresses stand in the table and in what --status lists, for the person who asked; every other line
names the cell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.cli.screen import (
    EXIT_CALLER,
    EXIT_OK,
    EXIT_RETRY,
    answer,
    ask,
    errors_of,
    language_of,
    message,
    report,
    settings_of,
)
from generator.codes import Code
from generator.delivery.compose import OUTBOX
from generator.delivery.record import RECORD, attached_names
from generator.pipeline import mail as pipeline
from generator.problems import DeliveryError, InputError, Origin, Problem, problem
from generator.report import line
from generator.settings.mail import MailSettings, load_mail_settings
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    import argparse

    from generator.delivery.ledger import Due
    from generator.delivery.plan import Plan
    from generator.delivery.post import Post
    from generator.model import Item, Receipt, State, Texts
    from generator.settings import Settings

_COUNTED: tuple[State, ...] = ("sent", "failed", "unknown", "planned")


def send(options: argparse.Namespace) -> int:
    """Drafts, a look ahead, the state of things, or the sending itself; returns the exit code."""
    settings, mail = settings_of(options), load_mail_settings(vars(options))
    own = settings.languages[0] if len(settings.languages) == 1 else ENGLISH
    screen = _Screen(pipeline.texts(settings), language_of(options, own), is_quiet=options.quiet)
    if options.status:
        return _status(mail, mail.campaign if options.campaign else "", screen)
    if options.arrived:
        errands = pipeline.mail_plan(settings, mail, options.only or ())
        count = pipeline.note_arrived(mail, errands)
        screen.say("run.mail_arrived", campaign=mail.campaign, count=count)
        return EXIT_OK
    if options.smtp:
        return _sent(options, settings, mail, screen)
    return _drafted(options, settings, mail, screen)


class _Screen:
    """Lines in the reader's language."""

    def __init__(self, texts: Texts, language: str, *, is_quiet: bool) -> None:
        self.texts, self.language, self._is_quiet = texts, language, is_quiet

    def say(self, key: str, **args: object) -> None:
        """A line that --quiet leaves out."""
        if not self._is_quiet:
            message(self.texts.say(key, self.language, **args))

    def problems(self, found: Sequence[Problem]) -> bool:
        """List problems; whether any of them stops something."""
        report(found, self.texts, self.language, is_quiet=self._is_quiet)
        return bool(errors_of(found))

    def join(self, names: Sequence[str]) -> str:
        """A list as this language writes it."""
        return self.texts.say("list.separator", self.language).join(names)

    def problem(self, found: Problem) -> None:
        """One more problem, without the sum that ends a list."""
        message(line(found, self.texts, self.language))


def _status(mail: MailSettings, campaign: str, screen: _Screen) -> int:
    entries = pipeline.ledger_entries(mail, campaign)
    for one in entries:
        place = (one.state, one.address, one.region, one.document, one.language, one.campaign)
        answer("\t".join((*place, one.changed_at, one.detail, one.message_id)))
    if not entries:
        screen.say("run.mail_no_ledger", ledger=mail.ledger)
    return EXIT_OK


def _drafted(
    options: argparse.Namespace, settings: Settings, mail: MailSettings, screen: _Screen
) -> int:
    errands = pipeline.mail_plan(settings, mail, options.only or ())
    has_failed = screen.problems(errands.problems)
    if options.dry_run:
        _print_table(pipeline.all_due(errands), screen)
    else:
        has_failed = _filled(settings, mail, errands, screen) or has_failed
    if not errands.errands:
        raise InputError([problem(Code.NO_RECIPIENT, Origin(str(settings.out / RECORD)))])
    return EXIT_CALLER if has_failed else EXIT_OK


def _filled(settings: Settings, mail: MailSettings, errands: Plan, screen: _Screen) -> bool:
    """Fill the outbox, which may mean to empty it; whether something could not become a draft."""
    count, has_failed = 0, False
    for receipt in pipeline.write_drafts(settings, mail, errands):
        if isinstance(receipt, Problem):
            screen.problem(receipt)
        elif receipt.problem:
            screen.problem(receipt.problem)
            has_failed = True
        else:
            count += 1
            answer(str(settings.out / OUTBOX / receipt.file))
    if count:
        screen.say("run.mail_drafts", count=count, folder=settings.out / OUTBOX)
    return has_failed


def _sent(
    options: argparse.Namespace, settings: Settings, mail: MailSettings, screen: _Screen
) -> int:
    errands = pipeline.mail_plan(settings, mail, options.only or ())
    resent = frozenset(options.resend or ())
    if options.dry_run:
        found, held = pipeline.mail_due(mail, errands, resent)
        has_failed = screen.problems([*errands.problems, *held])
        _print_table(found, screen)
        if not found:
            screen.say("run.mail_nothing", campaign=mail.campaign)
        return EXIT_CALLER if has_failed else EXIT_OK
    with pipeline.post(settings, mail, errands, resent) as post:
        has_failed = screen.problems(post.problems)
        if not errands.errands:
            raise InputError([problem(Code.NO_RECIPIENT, Origin(str(settings.out / RECORD)))])
        if not post.due:
            screen.say("run.mail_nothing", campaign=mail.campaign)
            return EXIT_CALLER if has_failed else EXIT_OK
        if not options.yes and not _is_confirmed(post, mail, screen):
            screen.say("run.mail_not_sent")
            return EXIT_CALLER
        code = _send_all(post, screen)
    states = pipeline.standing(mail, errands)
    screen.say("run.mail_done", campaign=mail.campaign, **{one: states[one] for one in _COUNTED})
    return code or (EXIT_CALLER if has_failed else EXIT_OK)


def _send_all(post: Post, screen: _Screen) -> int:
    """Everything that is due, line by line; what stops the rest is said like any other problem."""
    code = EXIT_OK
    try:
        for receipt in post.send():
            if receipt.problem:
                screen.problem(receipt.problem)
                code = EXIT_CALLER
            else:
                _say_sent(receipt, screen)
    except DeliveryError as fault:
        screen.problems(fault.problems)
        return EXIT_RETRY
    except InputError as fault:
        screen.problems(fault.problems)
        return EXIT_CALLER
    return code


def _say_sent(receipt: Receipt, screen: _Screen) -> None:
    errand = receipt.errand
    screen.say(
        "run.mail_sent", name=errand.name, place=errand.origin.full,
        documents=_documents(receipt.items, screen),
    )  # fmt: skip


def _is_confirmed(post: Post, mail: MailSettings, screen: _Screen) -> bool:
    """Show who gets what and ask.

    Raises:
        InputError: There is nobody to ask.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise InputError([problem(Code.NOBODY_TO_CONFIRM, Origin("--yes"))])
    for row in _table(post.due, screen):
        message(row)
    count = sum(len(one.items) for one in post.due)
    question = screen.texts.say(
        "run.mail_ask", screen.language, campaign=mail.campaign, recipients=len(post.due), documents=count,
        host=mail.host, sender=mail.sender,
    )  # fmt: skip
    return ask(question).lower() in screen.texts.words("run.mail_yes")


def _print_table(found: Iterable[Due], screen: _Screen) -> None:
    for row in _table(found, screen):
        answer(row)


def _table(found: Iterable[Due], screen: _Screen) -> Iterable[str]:
    for one in found:
        yield screen.texts.say(
            "run.mail_table", screen.language, name=one.errand.name, address=one.errand.address,
            tongue=one.errand.language, documents=_documents(one.items, screen),
        )  # fmt: skip


def _documents(items: Sequence[Item], screen: _Screen) -> str:
    """The documents as their readers will see them listed."""
    return screen.join(attached_names(items))
