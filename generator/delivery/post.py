"""Sending: every message once, whatever the network does, and every outcome on the disk."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.codes import Code
from generator.delivery.compose import Composer, Divided, Part, wrong_addresses
from generator.delivery.credentials import Secret, find_secret
from generator.delivery.ledger import Key, Ledger, due, key_of, open_ledger
from generator.delivery.session import Deferred, Fault, Session, trusted
from generator.model import Receipt, State
from generator.problems import DeliveryError, InputError, Origin, Problem, problem
from generator.settings.mail import MailSettings, ledger_of, missing

if TYPE_CHECKING:
    from generator.delivery.plan import Plan

_A_MINUTE = 60.0
_ONLY_TLS = 465
"""The port where servers wait for TLS before they say a word."""


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
    with open_ledger(ledger_of(settings)) as ledger:
        yield Post(plan, settings, secret, composer, ledger, resent)


def check_settings(settings: MailSettings) -> None:
    """Raise for settings without which nothing can be sent.

    Raises:
        InputError: Some are missing or no address, all of which are listed; or there is no
            certificate to trust.
    """
    needed = {
        "host": settings.host, "from": settings.sender, "campaign": settings.campaign,
        "ledger": settings.ledger,
    }  # fmt: skip
    problems = [missing(name) for name, value in needed.items() if not value]
    problems += wrong_addresses(settings)
    if settings.security == "starttls" and settings.port == _ONLY_TLS:
        problems.append(problem(Code.NO_ENCRYPTION, Origin("[mail] port"), stage="", detail=""))
    if problems:
        raise InputError(problems)
    trusted(settings.ca_file)


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
        # All words are made before anything is sent: a template may fail at the last region.
        self._divided = self._divide(settings.limit_bytes)
        too_large = [found for one in self._divided for _, found in one.too_large]
        self.problems = (*plan.problems, *held, *too_large)
        """Everything that keeps somebody from getting something, before anything is sent."""

    def send(self) -> Iterator[Receipt]:
        """Send what is due; a receipt for each message as its fate is known.

        Raises:
            DeliveryError: The server could not be reached or took nothing; the rest stays planned.
            InputError: The server must not or will not be used as the settings say.
        """
        campaign = self._settings.campaign
        wanted = {
            key_of(one.errand, item): item.enclosure.sha256
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
            raise DeliveryError([problem(Code.MESSAGES_LEFT, line.origin, count=len(left))])

    def _divide(self, limit: int) -> list[Divided]:
        return [self._composer.parts(one.errand, one.items, limit) for one in self.due]

    def _parts(self, size_limit: int) -> tuple[list[Part], list[Receipt]]:
        """The messages within what we and the server allow, and documents that only it refuses."""
        known = {item for one in self._divided for item, _ in one.too_large}
        if 0 < size_limit < self._settings.limit_bytes:
            self._divided = self._divide(size_limit)
        parts: list[Part] = []
        refused: list[Receipt] = []
        for one, divided in zip(self.due, self._divided, strict=True):
            parts += divided.parts
            for item, found in divided.too_large:
                refused.append(self._receipt(Part(one.errand, (item,), 1, 1), "failed", found))
        return parts, [one for one in refused if one.items[0] not in known]

    def _hand_over(self, part: Part, line: _Line) -> Receipt:
        """One message, its state on the disk before and after the byte that decides."""
        errand, session = part.errand, line.session()
        message_id = self._composer.message_id(part)
        keys = self._keys(part)
        try:
            message = self._composer.message(part)
        except InputError as fault:
            # Nobody has refused it: in the ledger it stays planned, and goes once it is built anew.
            return Receipt(errand, part.items, "failed", fault.problems[0])
        if errand.to.needs_utf8 and not session.has_utf8:
            return self._receipt(part, "failed", problem(Code.ADDRESS_BEYOND_ASCII, errand.origin))

        def deciding() -> None:
            self._ledger.mark(self._settings.campaign, keys, "sending", message_id, "DL-341 END")

        line.pace()
        try:
            session.transmit(message.as_bytes(), self._composer.sender, errand.to, deciding)
        except Fault as fault:
            line.failed(fault)
            found = replace(fault.problem, origin=errand.origin)
            return self._receipt(part, fault.state, found)
        except BaseException:
            # Within a message a goodbye would be taken for words of it, and waited for in vain.
            session.close()
            raise
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
        return [key_of(part.errand, item) for item in part.items]


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
