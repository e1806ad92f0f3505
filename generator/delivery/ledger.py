"""The ledger: what was sent to whom, kept so that nothing goes out twice and nothing is forgotten.

planned → sending → sent | failed | unknown. A document is `sending` from just before the last byte
of its message until the server has answered; found so at the next start, nobody can know whether
it arrived, and it is `unknown`. No password and no text of a message stands here.

Also here: what is still to be sent, by what the ledger says of it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.codes import Code
from generator.problems import DeliveryError, InputError, Origin, Problem, problem

if TYPE_CHECKING:
    from generator.delivery.plan import Plan
    from generator.model import Errand, Item, State


_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS deliveries (
    campaign TEXT NOT NULL, address TEXT NOT NULL, region TEXT NOT NULL, document TEXT NOT NULL,
    language TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, message_id TEXT NOT NULL,
    detail TEXT NOT NULL, changed_at TEXT NOT NULL,
    PRIMARY KEY (campaign, address, region, document, language)
) WITHOUT ROWID
"""
_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

Key = tuple[str, str, str, str]
"""Address, region, document and language within a campaign."""
_HELD = {"unknown": Code.SENT_BEFORE_UNKNOWN, "failed": Code.SENT_BEFORE_FAILED}


class Entry(Struct, frozen=True):
    """One document for one address."""

    campaign: str
    address: str
    region: str
    document: str
    language: str
    sha256: str
    state: State
    detail: str
    changed_at: str
    message_id: str
    """By which a postmaster finds the message; empty before it was tried."""

    @property
    def key(self) -> Key:
        """What the document for the address is known by."""
        return self.address, self.region, self.document, self.language


def key_of(errand: Errand, item: Item) -> Key:
    """What a document for a recipient is known by."""
    return errand.to.key, item.region, item.enclosure.document, item.enclosure.language


@contextmanager
def open_ledger(path: Path, *, is_written: bool = True) -> Iterator[Ledger]:
    """The ledger while it is needed; only one process writes at a time.

    Args:
        path: The file; it and a lock beside it are made if `is_written`.
        is_written: Whether to settle what an earlier run left open; without it nothing is changed
            and another run may be sending meanwhile.

    Raises:
        DeliveryError: Another run is sending with this ledger.
        InputError: The file is no ledger, or cannot be written.
    """
    with ExitStack() as stack:
        try:
            if is_written:
                if not path.parent.is_dir():
                    # A slip in its name would make an empty one, and everything would go again.
                    raise FileNotFoundError(f"no folder {path.parent}")
                stack.enter_context(_alone(path))
                # Made by us first, so that no one else on the machine can read the addresses.
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            # A run that died before it wrote anything leaves an empty file.
            is_there = path.is_file() and (is_written or path.stat().st_size > 0)
            connection = stack.enter_context(
                closing(sqlite3.connect(path if is_there else ":memory:", isolation_level=None))
            )
            ledger = Ledger(path, connection)
            ledger.prepare(is_written=is_written or not is_there)
        except (sqlite3.Error, OSError) as fault:
            raise _unusable(path, fault) from fault
        yield ledger


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock; the system lets go of it however the process ends."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only wanted when something is sent

    # One lock for one file, by whatever link it is reached.
    lock = FileLock(f"{path.resolve()}.lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as fault:
        raise DeliveryError([problem(Code.LEDGER_IN_USE, Origin(str(path)))]) from fault
    try:
        yield
    finally:
        lock.release()


def _unusable(path: Path, fault: Exception) -> InputError:
    return InputError([problem(Code.LEDGER_UNUSABLE, Origin(str(path)), detail=str(fault)[:100])])


class Ledger:
    """An open ledger.

    Args:
        path: Its file, for messages.
        connection: In autocommit mode.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection

    def prepare(self, *, is_written: bool) -> None:
        """See that it is a ledger; one that is written also gets its table and is tidied."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version not in {0, _VERSION}:
            raise sqlite3.DatabaseError(f"version {version}")
        if not is_written:
            return
        # What is written must outlive a power cut, the file's entry in its folder included.
        self._connection.execute("PRAGMA synchronous = EXTRA")
        with self._transaction():
            self._connection.execute(_TABLE)
            self._connection.execute(f"PRAGMA user_version = {_VERSION}")
            self._connection.execute(
                f"UPDATE deliveries SET state = 'unknown', changed_at = {_NOW} "  # noqa: S608 - a constant
                "WHERE state = 'sending'"
            )

    def entries(self, campaign: str = "") -> list[Entry]:
        """Everything in the ledger, or in one campaign, in the order of its keys."""
        try:
            found = self._connection.execute(
                "SELECT campaign, address, region, document, language, sha256, state, detail, "
                "changed_at, message_id FROM deliveries WHERE ?1 = '' OR campaign = ?1 "
                "ORDER BY campaign, address, region, document, language",
                (campaign,),
            )
            return [Entry(*row) for row in found]
        except sqlite3.Error as fault:
            raise _unusable(self._path, fault) from fault

    def plan(self, campaign: str, wanted: Mapping[Key, str]) -> None:
        """Write down what is to be sent before anything is; key to the document's hash."""
        rows = [(campaign, *key, digest) for key, digest in wanted.items()]
        with self._transaction():
            self._connection.executemany(
                f"INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, 'planned', '', '', {_NOW}) "  # noqa: S608 - a constant
                "ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, state = 'planned', "
                "detail = '', changed_at = excluded.changed_at",
                rows,
            )

    def mark(
        self,
        campaign: str,
        keys: Iterable[Key],
        state: State,
        message_id: str = "",
        detail: str = "",
    ) -> None:
        """Set the state of the documents of one message, all at once and on the disk."""
        rows = [(state, message_id, detail, campaign, *key) for key in keys]
        with self._transaction():
            self._connection.executemany(
                f"UPDATE deliveries SET state = ?, message_id = ?, detail = ?, changed_at = {_NOW} "  # noqa: S608 - a constant
                "WHERE campaign = ? AND address = ? AND region = ? AND document = ? "
                "AND language = ?",
                rows,
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing, said in our words where the disk or the file is at fault."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as fault:
            raise _unusable(self._path, fault) from fault
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


class Due(Struct, frozen=True):
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
    known = {one.key: one for one in entries}
    found, held = [], []
    for errand in plan.errands:
        items = []
        for item in errand.items:
            entry = known.get(key_of(errand, item))
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
        return "" if is_same else None if "changed" in resent else Code.SENT_BEFORE_CHANGED
    state = "failed" if entry.state == "failed" else "unknown"
    return None if state in resent else _HELD[state]


def keys_of(plan: Plan) -> set[Key]:
    """What the ledger knows the documents of a plan by."""
    return {key_of(errand, item) for errand in plan.errands for item in errand.items}
