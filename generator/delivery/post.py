"""Sending: every message once, whatever the network does, and every outcome on the disk."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.delivery.addresses import mailbox, sender
from generator.delivery.compose import Composer, Divided, Part, wrong_addresses
from generator.delivery.credentials import find_secret
from generator.delivery.ledger import key_of, open_ledger
from generator.delivery.session import Deferred, Fault, Session
from generator.model import Receipt
from generator.problems import DeliveryError, InputError, Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.delivery.credentials import Secret
    from generator.delivery.ledger import Entry, Key, Ledger
    from generator.delivery.plan import Plan
    from generator.model import Errand, Item, State
    from generator.settings.mail import MailSettings

RESENT = ("unknown", "changed", "failed")
"""What a person may ask to have sent again."""
_HELD = {"unknown": "DL-404", "failed": "DL-405"}
_A_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Due:
    """What is still to be sent of an errand."""

    errand: Errand
    items: tuple[Item, ...]


def due(
    plan: Plan, entries: Sequence[Entry], resent: frozenset[str]
) -> tuple[list[Due], list[Problem]]:
    """What the ledger leaves to send, and what it holds back until a person decides.

    Args:
        plan: Who gets what.
        entries: The ledger of this campaign.
        resent: Which of `RESENT` go out again.
    """
    known = {(one.address, one.region, one.document, one.language): one for one in entries}
    found, held = [], []
    for errand in plan.errands:
        items = []
        for item in errand.items:
            entry = known.get(key_of(errand.address, item))
            code = _held(entry, item, resent)
            if code is None:
                items.append(item)
            elif code and entry:
                held.append(
                    problem(
                        code, item.origin, path=item.enclosure.path, on=entry.changed_at[:10],
                        detail=entry.detail,
                    )
                )  # fmt: skip
        if items:
            found.append(Due(errand, tuple(items)))
    return found, held


def _held(entry: Entry | None, item: Item, resent: frozenset[str]) -> str | None:
    """None for what is to be sent, a code for what waits for a decision, empty for what is done."""
    if entry is None or entry.state == "planned":
        return None
    if entry.state == "sent":
        is_same = entry.sha256 == item.enclosure.sha256
        return "" if is_same else None if "changed" in resent else "DL-403"
    state = "failed" if entry.state == "failed" else "unknown"
    return None if state in resent else _HELD[state]


@contextmanager
def post_office(
    plan: Plan,
    folder: Path,
    settings: MailSettings,
    templates: Mapping[str, Mapping[str, Path]],
    resent: frozenset[str],
) -> Iterator[Post]:
    """A campaign with its ledger open and everything that can be checked without the server checked.

    Args:
        plan: Who gets what.
        folder: The output folder with the documents.
        settings: Server, sender, limits, ledger, campaign.
        templates: Language to the files that make subject and bodies.
        resent: Which of `RESENT` go out again.

    Raises:
        InputError: Settings are missing, there is no password, a template has faults.
        DeliveryError: Another run is sending.
    """
    check_settings(settings)
    secret = find_secret(settings)
    composer = Composer(folder, settings, templates)
    with open_ledger(settings.ledger) as ledger:
        yield Post(plan, settings, secret, composer, ledger, resent)


def check_settings(settings: MailSettings) -> None:
    """Raise for settings without which nothing can be sent.

    Raises:
        InputError: Some are missing or no address; all are listed.
    """
    needed = {"host": settings.host, "from": settings.sender, "campaign": settings.campaign}
    problems = [
        problem("DL-202", Origin("[mail]"), name=name, variable=f"BRIEFS_MAIL_{name.upper()}")
        for name, value in needed.items()
        if not value
    ]
    problems += wrong_addresses(settings)
    if problems:
        raise InputError(problems)


class Post:
    """One campaign's messages on their way.

    Args:
        plan: Who gets what.
        settings: Server, sender, limits, campaign.
        secret: The password.
        composer: Makes the messages.
        ledger: Open for writing.
        resent: Which of `RESENT` go out again.
    """

    def __init__(
        self,
        plan: Plan,
        settings: MailSettings,
        secret: Secret,
        composer: Composer,
        ledger: Ledger,
        resent: frozenset[str],
    ) -> None:
        self._settings, self._secret = settings, secret
        self._composer, self._ledger = composer, ledger
        self.due, held = due(plan, ledger.entries(settings.campaign), resent)
        self.problems = (*plan.problems, *held)
        """Everything that keeps somebody from getting something, before anything is sent."""
        # All words are made before anything is sent: a template may fail at the last region.
        self._divided = self._divide(settings.limit_bytes)

    def send(self) -> Iterator[Receipt]:
        """Send what is due; a receipt for each message as its fate is known.

        Raises:
            DeliveryError: The server could not be reached or took nothing; the rest stays planned.
            InputError: The server must not or will not be used as the settings say.
        """
        campaign = self._settings.campaign
        wanted = {
            key_of(one.errand.address, item): item.enclosure.sha256
            for one in self.due
            for item in one.items
        }
        self._ledger.plan(campaign, wanted)
        line = _Line(self._settings, self._secret)
        try:
            yield from self._rounds(line)
        finally:
            line.close()

    def _rounds(self, line: _Line) -> Iterator[Receipt]:
        """Everything once, then what was put off, after a wait, until the attempts are used."""
        left, refused = self._parts(line.session().size_limit)
        yield from refused
        for attempt in range(self._settings.attempts):
            if attempt and left:
                line.wait(attempt)
            is_last = attempt + 1 == self._settings.attempts
            again = []
            for part in left:
                receipt = self._hand_over(part, line)
                if receipt.state == "planned":
                    again.append(part)
                if receipt.state != "planned" or is_last:
                    yield receipt
            left = again
        if left:
            raise DeliveryError([problem("DL-333", line.origin, count=len(left))])

    def _divide(self, limit: int) -> list[Divided]:
        return [self._composer.parts(one.errand, one.items, limit) for one in self.due]

    def _parts(self, size_limit: int) -> tuple[list[Part], list[Receipt]]:
        """The messages within what we and the server allow; documents too large for any have failed."""
        if 0 < size_limit < self._settings.limit_bytes:
            self._divided = self._divide(size_limit)
        parts: list[Part] = []
        refused: list[Receipt] = []
        for one, divided in zip(self.due, self._divided, strict=True):
            parts += divided.parts
            for item, found in divided.too_large:
                refused.append(self._receipt(Part(one.errand, (item,), 1, 1), "failed", found))
        return parts, refused

    def _hand_over(self, part: Part, line: _Line) -> Receipt:
        """One message, its state on the disk before and after the byte that decides."""
        errand, session = part.errand, line.session()
        message_id = self._composer.message_id(part)
        keys = self._keys(part)
        try:
            message = self._composer.message(part)
        except InputError as fault:
            return self._receipt(part, "failed", fault.problems[0])
        to, own = mailbox(errand.address), sender(self._settings.sender)
        if to is None or own is None:
            return self._receipt(part, "failed", problem("DL-109", errand.origin, found=""))
        if own[1].needs_utf8 and not session.has_utf8:
            raise InputError([problem("DL-305", line.origin, detail="no SMTPUTF8")])
        if to.needs_utf8 and not session.has_utf8:
            return self._receipt(part, "failed", problem("DL-323", errand.origin))

        def deciding() -> None:
            self._ledger.mark(self._settings.campaign, keys, "sending", message_id)

        line.pace()
        try:
            session.transmit(message.as_bytes(), own[1], to, deciding)
        except Fault as fault:
            line.failed(fault)
            found = replace(fault.problem, origin=errand.origin)
            return self._receipt(part, fault.state, found)
        line.succeeded()
        return self._receipt(part, "sent")

    def _receipt(self, part: Part, state: State, found: Problem | None = None) -> Receipt:
        """Write the state down, then say it."""
        detail = ""
        if found:
            args = dict(found.args)
            detail = " ".join([found.code, args.get("stage", ""), args.get("detail", "")]).strip()
        message_id = self._composer.message_id(part)
        self._ledger.mark(self._settings.campaign, self._keys(part), state, message_id, detail)
        return Receipt(part.errand, part.items, state, found)

    def _keys(self, part: Part) -> list[Key]:
        return [key_of(part.errand.address, item) for item in part.items]


class _Line:
    """The connection as the run uses it: opened when needed, at a measured pace, with patience."""

    def __init__(self, settings: MailSettings, secret: Secret) -> None:
        self._settings, self._secret = settings, secret
        self.origin = Origin(f"{settings.host}:{settings.port}")
        self._session: Session | None = None
        self._faults: list[Fault] = []
        self._next = 0.0

    def session(self) -> Session:
        """A connection, after waits that double with every fault in a row.

        Raises:
            DeliveryError: As many faults in a row as the settings allow attempts.
        """
        while self._session is None:
            if len(self._faults) >= self._settings.attempts:
                raise DeliveryError([self._faults[-1].problem])
            if self._faults:
                self.wait(len(self._faults))
            try:
                self._session = Session(self._settings, self._secret)
            except Deferred as fault:
                self.failed(fault)
        return self._session

    def wait(self, number: int) -> None:
        """The wait before another attempt, after so many that came to nothing."""
        time.sleep(self._settings.backoff_s * 2 ** (number - 1))

    def pace(self) -> None:
        """Wait until the next message may go."""
        if self._settings.per_minute:
            time.sleep(max(0.0, self._next - time.monotonic()))
            self._next = time.monotonic() + _A_MINUTE / self._settings.per_minute

    def failed(self, fault: Fault) -> None:
        """Note a fault; leave a connection that is of no more use."""
        if fault.is_connection:
            self._faults.append(fault)
            if self._session:
                self._session.close()
                self._session = None

    def succeeded(self) -> None:
        """Note a message that was taken."""
        self._faults.clear()

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._session:
            self._session.leave()
            self._session = None
