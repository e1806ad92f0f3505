"""The output folder: what earlier runs left there, what this one puts there, what others changed.

`manifest.json` holds the hash of every file as it was written. What has another hash was changed by
hand, and what the manifest does not know is somebody else's: both are set aside, never overwritten.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.codes import Code
from generator.pipeline.files import MODE, digest_of_file, drafted, sweep, unwritable, write
from generator.pipeline.notes import (
    MANIFEST,
    SCHEMA,
    Notes,
    as_manifest,
    as_note,
    dumped,
    left_logs,
    read_log,
    read_manifest,
)
from generator.problems import InputError, Origin, Problem, problem
from generator.settings.leftovers import alone

if TYPE_CHECKING:
    from generator.model import Document

_SECOND_NS = 1_000_000_000
_MARK_NS = 246_801_300
"""Part of a second in the time of every manifest: one that was copied has another."""
_COARSE_NS = 2_100_000_000
"""How coarse the times of files may be; some memory cards count in two seconds."""


class Shelf:
    """Puts files into a folder and keeps its manifest.

    Args:
        folder: It exists.
        known: Hash of each file that is ours to replace; from the manifest where it is None.
    """

    def __init__(self, folder: Path, known: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._known = _read(folder / MANIFEST) if known is None else dict(known)
        self._seen_at = 0
        """Since when the files of its last run are known to be as it says, in ns; 0 for not at all."""
        self._seen: Mapping[str, str] = {}
        """Their hashes; what earlier runs wrote was not looked at by that one."""
        self._began_at = (time.time_ns() // _SECOND_NS - 1) * _SECOND_NS + _MARK_NS
        self._left: list[Path] = []
        self.notes = Notes()
        """What the next run has to know of each region."""
        self.written: dict[str, str] = {}
        """Hash of each file of this run by its path below the folder, with forward slashes."""
        self.set_aside: dict[str, str] = {}
        """What files that stood in the way were called, by what they are called now."""

    def put(
        self, documents: Iterable[Document], below: str = "", mode: int = MODE
    ) -> tuple[tuple[str, ...], list[Problem]]:
        """Write documents, each whole or not at all; one that cannot be written stops no other.

        Args:
            documents: Finished files.
            below: A folder in this one.
            mode: What others may do with them, before the umask.

        Returns:
            Paths of what was written, and what there is to say: files that stood in the way, are
            open elsewhere or cannot be written.
        """
        prefix = f"{below}/" if below else ""
        sweep(self._folder / below)
        made, found = [], []
        for one in documents:
            name = f"{prefix}{one.name}"
            try:
                found += self._put(name, one.content, mode)
            except InputError as fault:
                found += fault.problems
            else:
                made.append(name)
        return tuple(made), found

    def clear(self, below: str, names: Iterable[str]) -> list[Problem]:
        """Take files out, and set aside those that were changed since they were written.

        Args:
            below: A folder in this one.
            names: Files in it that were ours to write.

        Raises:
            InputError: One cannot be taken out, for example because a program holds it open.
        """
        found = []
        for name in names:
            path, full = self._folder / below / name, f"{below}/{name}"
            try:
                if self._known.get(full, "") in ("", _digest(path)):
                    path.unlink(missing_ok=True)
                else:
                    found.append(self._make_way(full, Code.DRAFT_CHANGED_BY_HAND))
            except OSError as fault:
                raise unwritable(path, fault) from fault
        return found

    def _put(self, name: str, content: bytes, mode: int) -> list[Problem]:
        path = self._folder / name
        digest = hashlib.sha256(content).hexdigest()
        locks = (lock for lock in _locks(path.name) if os.path.lexists(path.with_name(lock)))
        found = [
            problem(Code.FILE_OPEN, Origin(name), "warning", lock=lock) for lock in [*locks][:1]
        ]
        try:
            there = _digest(path)
            # The same content again is no change; a file for one pair of eyes gets its mode anew.
            if there == digest and mode == MODE:
                self.written[name] = digest
                return found
            with drafted(path, content, mode) as draft:
                if there is not None and there != digest and not self._is_ours(name, there):
                    found.append(self._make_way(name))
                draft.replace(path)
        except (OSError, ValueError) as fault:
            raise unwritable(path, fault) from fault
        self.written[name] = digest
        return found

    def _is_ours(self, name: str, there: str) -> bool:
        """Whether what stands there is as it was written, perhaps by another run meanwhile."""
        if there in (self.written.get(name), self._known.get(name)):
            return True
        if name not in self.written:
            self._known |= _read(self._folder / MANIFEST)
        return there == (self.written.get(name) or self._known.get(name))

    def _make_way(self, name: str, code: str = "") -> Problem:
        """Give what stands in the way another name, which nothing has."""
        path = self._folder / name
        day = datetime.fromtimestamp(path.lstat().st_mtime).astimezone()
        aside = next(
            free
            for number in count(1)
            for free in [path.with_name(f"{path.stem}.edited-{day:%Y%m%d}-{number}{path.suffix}")]
            if not os.path.lexists(free)
        )
        path.rename(aside)
        kept = f"{name[: len(name) - len(path.name)]}{aside.name}"
        self.set_aside[kept] = name
        is_ours = name in self._known or name in self.written
        return problem(
            code or (Code.FILE_CHANGED_BY_HAND if is_ours else Code.FILE_NOT_OURS),
            Origin(name),
            "warning",
            kept=aside.name,
        )

    def save(self, **facts: object) -> list[Problem]:
        """Write the manifest: this run's files, and those of earlier runs that are still there.

        Args:
            facts: What else it says of the run.

        Returns:
            What there is to say of a file in its place that is no manifest.

        Raises:
            InputError: It cannot be written.
        """
        path = self._folder / MANIFEST
        found = []
        with alone(self._folder):
            if os.path.lexists(path) and not _is_manifest(path):
                found.append(self._make_way(MANIFEST))
            self._known |= _read(path)
            earlier = {
                name: digest
                for name, digest in self._known.items()
                if name not in self.written and os.path.lexists(self._folder / name)
            }
            manifest = {
                "schema": SCHEMA,
                "program": __version__,
                **facts,
                "files": dict(sorted(self.written.items())),
                "earlier": dict(sorted(earlier.items())),
                "set_aside": dict(sorted(self.set_aside.items())),
            }
            write(path, as_manifest(manifest, self.notes))
            # Its time says since when it holds: what was changed while the run went on is looked at.
            _mark(path, self._began_at)
        return found

    def let_go(self) -> None:
        """Take out the logs of killed runs, once the manifest holds what they said."""
        for path in self._left:
            with contextlib.suppress(OSError):
                path.unlink()

    def noted(self) -> Notes:
        """What earlier runs have noted of each region, killed ones in the logs they left."""
        self._take_files(read_manifest(self._folder / MANIFEST, self.notes))
        self._left = left_logs(self._folder)
        self.take_in(self._left)
        return self.notes.copy()

    def take_in(self, logs: Iterable[Path], but: Container[str] = ()) -> list[str]:
        """Take in what logs say of regions.

        Args:
            logs: Of this run, or of killed ones.
            but: Regions of which more is known already.

        Returns:
            The regions.
        """
        made = []
        for path in logs:
            for code, one in read_log(path):
                if code in but or (note := as_note(one)) is None:
                    continue
                made.append(code)
                self.notes.take(code, dumped(one))
                # A file is ours if it is the one that was about to be put there.
                self._known |= {
                    name: sha for name, sha in note.files.items() if self.stands(name, sha)
                }
        return made

    def _take_files(self, manifest: Mapping[str, object]) -> None:
        files = manifest.get("files")
        self._seen = files if isinstance(files, dict) else {}
        self._seen_at = _marked(self._folder / MANIFEST) - _COARSE_NS

    def stands(self, name: str, digest: str) -> bool:
        """Whether a file is in its place as it was written.

        What it holds is looked at, unless it has lain there unchanged since before the run began
        that wrote the manifest: the system notes every change, a renamed file included.
        """
        path = self._folder / name
        try:
            found = path.lstat()
            changed = max(found.st_mtime_ns, found.st_ctime_ns)
            is_old = stat.S_ISREG(found.st_mode) and changed < self._seen_at
            if is_old and name in self._seen:
                return self._seen.get(name) == digest
            return _digest(path) == digest
        except OSError:
            return False

    def last(self) -> Mapping[str, object]:
        """What the last run said of itself; to be asked before anything else."""
        manifest = read_manifest(self._folder / MANIFEST, self.notes)
        facts = manifest.get("last")
        self._take_files(manifest)
        return facts if isinstance(facts, dict) else {}

    def is_whole(self) -> bool:
        """Whether all that the last run wrote or found stands, and no run was killed since."""
        if any(self._folder.glob(".briefs-*")):
            return False
        return all(self.stands(name, digest) for name, digest in self._seen.items())

    def has_notes(self, codes: Iterable[str]) -> bool:
        """Whether all of these regions were built, and their files are those of the last run."""
        held = map(self.notes.raw, codes)
        return all(one and self._seen.items() >= one["files"].items() for one in held)

    def confirm(self) -> None:
        """Say in the manifest's time that all stands as the last run left it."""
        _mark(self._folder / MANIFEST, self._began_at)

    def known(self) -> dict[str, dict[str, str]]:
        """The hashes of the files in folders of this one, by folder."""
        made: dict[str, dict[str, str]] = {}
        for name, digest in self._known.items():
            made.setdefault(name.partition("/")[0], {})[name] = digest
        return made

    def save_drafts(self) -> None:
        """Add what was written to the manifest as drafts, which take the place of earlier ones.

        Raises:
            InputError: The manifest cannot be written.
        """
        path = self._folder / MANIFEST
        with alone(self._folder):
            if os.path.lexists(path) and not _is_manifest(path):
                return
            notes = Notes()
            said = read_manifest(path, notes)
            manifest = {"schema": SCHEMA, "program": __version__, **said}
            before = manifest.get("set_aside")
            aside = {**(before if isinstance(before, dict) else {}), **self.set_aside}
            manifest |= {"drafts": dict(sorted(self.written.items())), "set_aside": aside}
            since = _marked(path)
            write(path, as_manifest(manifest, notes))
            _mark(path, since)


def _mark(path: Path, since: int) -> None:
    """Give a manifest the time since when it holds, if there is one."""
    if since:
        with contextlib.suppress(OSError):
            os.utime(path, ns=(since, since))


def _marked(path: Path) -> int:
    """Since when a manifest holds, in ns; 0 where its time is not ours, as after copying."""
    try:
        since = path.stat().st_mtime_ns
    except OSError:
        return 0
    return since if since % _SECOND_NS == _MARK_NS else 0


def _read(path: Path) -> dict[str, str]:
    """The hashes that a manifest holds; none where there is no manifest."""
    found = read_manifest(path)
    listed: dict[str, str] = {}
    for key in ("earlier", "files", "drafts"):
        files = found.get(key)
        listed |= files if isinstance(files, dict) else {}
    return listed


def _is_manifest(path: Path) -> bool:
    return bool(read_manifest(path))


def _digest(path: Path) -> str | None:
    """The hash of what stands there; empty for no plain file, None for nothing at all."""
    if not os.path.lexists(path):
        return None
    return digest_of_file(path) if path.is_file() else ""


def _locks(name: str) -> tuple[str, ...]:
    """What Word and LibreOffice put beside a document while it is open in them."""
    if not name.endswith((".docx", ".csv", ".pdf")):
        return ()
    return f"~${name[2:]}", f"~${name}", f".~lock.{name}#"
