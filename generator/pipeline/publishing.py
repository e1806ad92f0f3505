"""What a build left, published at an address: `s3://…`, `ftp://…`, whatever fsspec has a library for.

A build needs a folder: files are renamed into place, set aside and locked there. So it is made in
one and the address gets a copy. What the manifest at the address says is there already is not sent
again; a new manifest comes after all files, and what no longer belongs goes after the manifest. A
reader who takes the manifest first and finds the hashes in the files has a whole state.

Addresses of recipients are not published, nor are drafts, and nothing is taken out at the address
that a manifest of ours does not name.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from generator import __version__
from generator.codes import Code
from generator.delivery.compose import OUTBOX
from generator.delivery.record import RECORD
from generator.pipeline.files import as_bytes
from generator.pipeline.notes import MANIFEST, read_manifest
from generator.problems import InputError, Origin, problem
from generator.settings.target import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCHEMA = "briefs-published/1"
_AT_ONCE = 32
"""Files that are held and sent together: one after the other thousands would wait for answers."""
_FOLDERS = frozenset({
    "file", "local", "ftp", "sftp", "ssh", "smb", "webdav", "dav", "webhdfs", "hdfs",
})  # fmt: skip
"""Where a folder must be made before a file; elsewhere to make one might make a whole store."""


class Published(NamedTuple):
    """What became of the files at an address."""

    sent: int
    kept: int
    gone: int


def reach(address: str) -> None:
    """See that an address can be read, before hours go into what is to be published there.

    Raises:
        InputError: As when it is published.
    """
    _Store(address).manifest()


def publish(folder: Path, address: str, *, force: bool = False) -> Published:
    """Bring an address to the state of an output folder.

    Args:
        folder: Where a build has ended.
        address: A URL that fsspec understands.
        force: Send what is there already as well.

    Raises:
        InputError: The library for such addresses is not installed, or the address cannot be read
            or written, or something else stands there.
    """
    store = _Store(address)
    files = _listed(folder)
    before, leaving = store.manifest()
    sizes = store.sizes() if before else {}
    wanted = [
        name
        for name, sha in files.items()
        if force or before.get(name) != sha or sizes.get(name) != (folder / name).stat().st_size
    ]
    store.make([MANIFEST, *wanted])
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        store.put({name: _content(folder, name, files[name]) for name in some})
    gone = sorted({*before, *leaving} - files.keys())
    if wanted or gone or before != files:
        # Whoever is stopped from here on leaves word of what is still to go.
        store.put({MANIFEST: _manifest(files, gone)})
    for name in gone:
        store.remove(name)
    if gone:
        store.put({MANIFEST: _manifest(files, ())})
    return Published(len(wanted), len(files) - len(wanted), len(gone))


def _listed(folder: Path) -> dict[str, str]:
    """The hashes of all files that the folder's manifest names, are still there, and hold no address."""
    found = read_manifest(folder / MANIFEST)
    listed: dict[str, str] = {}
    for key in ("earlier", "files"):
        held = found.get(key)
        listed |= held if isinstance(held, dict) else {}
    private = {RECORD, OUTBOX}
    return {
        name: sha
        for name, sha in sorted(listed.items())
        if name.partition("/")[0] not in private and (folder / name).is_file()
    }


def _content(folder: Path, name: str, sha: str) -> bytes:
    """A file as the build left it.

    Raises:
        InputError: Somebody has changed it since.
    """
    content = (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha:
        raise InputError([problem(Code.CHANGED_BEFORE_PUBLISHED, Origin(name))])
    return content


def _manifest(files: Mapping[str, str], leaving: Iterable[str]) -> bytes:
    said = {"schema": SCHEMA, "program": __version__, "files": dict(files)}
    return as_bytes({**said, "leaving": [*leaving]} if leaving else said)


class _Store:
    """A place that fsspec can reach."""

    def __init__(self, address: str) -> None:
        self._shown = Origin(shown(address))
        scheme = address.partition("://")[0]
        try:
            import fsspec  # noqa: PLC0415 - an extra
        except ImportError as fault:
            raise InputError(
                [problem(Code.PUBLISHER_MISSING, self._shown, scheme="fsspec")]
            ) from fault
        try:
            self._files: Any
            self._files, self._root = fsspec.core.url_to_fs(address, skip_instance_cache=True)
        except (ImportError, ValueError) as fault:
            raise InputError(
                [problem(Code.PUBLISHER_MISSING, self._shown, scheme=scheme)]
            ) from fault
        except Exception as fault:  # libraries of stores raise whatever they like
            raise self._unreached(fault) from fault
        self._root = self._root.rstrip("/")
        self._has_folders = scheme in _FOLDERS

    def manifest(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """What an earlier run has published there, and what it had still to take out.

        Raises:
            InputError: A manifest stands there that is none of ours, or nothing can be read.
        """
        try:
            content = self._files.cat_file(self._at(MANIFEST))
        except FileNotFoundError:
            return {}, ()
        except Exception as fault:  # as above
            raise self._unreached(fault) from fault
        try:
            found = json.loads(content)
            files, leaving = found["files"], found.get("leaving", [])
            is_ours = found["schema"] == SCHEMA and all(map(_is_name, (*files, *leaving)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            is_ours = False
        if not is_ours:
            raise InputError([problem(Code.PLACE_NOT_OURS, self._shown)])
        return {name: str(sha) for name, sha in files.items()}, tuple(leaving)

    def sizes(self) -> dict[str, int]:
        """How large each file there is."""
        try:
            found = self._files.find(self._root, detail=True)
        except Exception as fault:  # as above
            raise self._unreached(fault) from fault
        start = len(self._root) + 1
        return {name[start:]: one.get("size") for name, one in found.items()}

    def make(self, names: Iterable[str]) -> None:
        """Make the folders of files, where there are folders."""
        folders = {self._at(name).rpartition("/")[0] for name in names} if self._has_folders else ()
        for folder in sorted(folders):
            try:
                self._files.makedirs(folder, exist_ok=True)
            except Exception as fault:  # as above
                raise self._unreached(fault) from fault

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files, at the same time where the library can."""
        try:
            self._files.pipe({self._at(name): content for name, content in files.items()})
        except Exception as fault:  # as above
            raise self._unreached(fault) from fault

    def remove(self, name: str) -> None:
        """Take a file out, if it is there."""
        try:
            self._files.rm_file(self._at(name))
        except FileNotFoundError:
            return
        except Exception as fault:  # as above
            raise self._unreached(fault) from fault

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _unreached(self, fault: Exception) -> InputError:
        # What libraries say may quote the address with all that is in it: only the kind is told.
        kinds = {PermissionError: "permission", FileNotFoundError: "place"}
        cause = next((word for kind, word in kinds.items() if isinstance(fault, kind)), "")
        detail = type(fault).__name__
        return InputError([problem(Code.PLACE_UNREACHED, self._shown, detail=detail, cause=cause)])


def _is_name(name: object) -> bool:
    """Whether this is the name of a file below a folder, and leads nowhere else."""
    parts = name.split("/") if isinstance(name, str) else [""]
    return all(part not in {"", ".", ".."} and "\\" not in part for part in parts)
