"""A package open for change: parts taken over, patched, added or dropped, never rebuilt.

What nobody asked to change leaves as the bytes it came in. Parts that change in a few places are
spliced while they are copied, so a sheet of any size is never held as a tree.

Also here: the zip under a package, written so that its bytes repeat on any day and any system.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import IO, TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.opc.refusal import TYPES
from generator.opc.relations import RELATIONS_TYPE, Relations, parse, relations_name, serialized

if TYPE_CHECKING:
    import zipfile


_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CHUNK = 2**20
_LARGEST_TREE = 2**24
"""16 MB of the shortest elements fill 500 MB; styles and comments stay far below."""
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']""")
_VERSION, _DEFLATED, _UTF8 = 20, 8, 0x800
_TIME, _DATE = 0, 0x21
"""Midnight of 1 January 1980, the earliest a zip can hold: the bytes depend on the content alone."""
_OWNER_ONLY = 0o600 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s2B5HLLL5H2L")
_END = struct.Struct("<4s4H2LH")
_LARGEST = 0xFFFFFFFF
"""What a zip of the plain kind can hold; no package of this program comes near it."""


class PartTooLargeError(ValueError):
    """A part is larger than anything that belongs in it."""


class Edit(NamedTuple):
    """Bytes `start` to `end` of a part give way to `new`."""

    start: int
    end: int
    new: bytes


class Package:
    """A package and the changes its copy will have.

    Args:
        source: The package as `opened` gives it; it stays open until the copy is written.

    Raises:
        KeyError: The package has no main part.
    """

    def __init__(self, source: zipfile.ZipFile) -> None:
        self._source = source
        self._names = {name.lower(): name for name in source.namelist() if name[-1:] != "/"}
        self._new: dict[str, bytes] = {}
        self._edits: dict[str, list[Edit]] = {}
        self._relations: dict[str, Relations] = {}
        self._types = self.tree(TYPES)
        self._overrides = {
            entry.get("PartName", "").lower(): entry
            for entry in self._types.iter(f"{{{_TYPES_NS}}}Override")
        }
        self._defaults = {
            entry.get("Extension", "").lower(): entry
            for entry in self._types.iter(f"{{{_TYPES_NS}}}Default")
        }
        mains = self.relations("").of("officeDocument")
        if not mains:
            raise KeyError("officeDocument")
        self.main = mains[0]
        """The part that the package is there for: its workbook or its document."""
        self.folder = posixpath.dirname(self.main)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> tuple[str, ...]:
        """The parts of the copy as it stands."""
        return tuple(self._names.values())

    def size(self, name: str) -> int:
        """How many bytes a part has."""
        name = self._names[name.lower()]
        new = self._new.get(name)
        return self._source.getinfo(name).file_size if new is None else len(new)

    def read(self, name: str) -> bytearray:
        """A part as it stands, in one buffer that is never twice in memory."""
        name = self._names[name.lower()]
        if name in self._new:
            return bytearray(self._new[name])
        content = bytearray(self.size(name))
        filled = 0
        with self._source.open(name) as stream:
            while piece := stream.read(_CHUNK):
                content[filled : filled + len(piece)] = piece
                filled += len(piece)
        if filled != len(content):
            raise EOFError(name)
        return content

    def tree(self, name: str, *, is_bare: bool = True) -> etree._Element:
        """The root element of a part.

        Args:
            name: The part.
            is_bare: Leave out comments and processing instructions.

        Raises:
            PartTooLargeError: Its tree would take more memory than the command may.
        """
        if self.size(name) > _LARGEST_TREE:
            raise PartTooLargeError(name)
        return parse(bytes(self.read(name)), is_bare=is_bare)

    def utf8(self, name: str) -> bytearray:
        """A part in UTF-8; the copy of a part in another encoding is changed to it."""
        content = self.read(name)
        if _is_foreign(content):
            self.put_tree(name, self.tree(name))
            content = self.read(name)
        return content

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a part in UTF-8."""
        name = self._names[name.lower()]
        if name in self._new:
            return self._new[name][:size]
        with self._source.open(name) as stream:
            start = stream.read(size)
        return bytes(self.utf8(name)[:size]) if _is_foreign(start) else start

    def relations(self, part: str) -> Relations:
        """What a part points to; empty for the package itself."""
        if part not in self._relations:
            name = relations_name(part)
            self._relations[part] = Relations(part, self.tree(name) if name in self else None)
        return self._relations[part]

    def type_of(self, name: str) -> str:
        """The content type of a part."""
        entry = self._overrides.get(f"/{name}".lower())
        if entry is None:
            entry = self._defaults.get(name.rpartition(".")[2].lower())
        return "" if entry is None else entry.get("ContentType", "")

    @cached_property
    def space(self) -> str:
        """The namespace of the main part's elements; a Strict package has its own."""
        return str(self.tree(self.main).tag).rpartition("}")[0].lstrip("{")

    @property
    def base(self) -> str:
        """What relationship types begin with, and the namespace of attributes with their ids."""
        return _STRICT if self.space.startswith("http://purl.oclc.org/") else _TRANSITIONAL

    def put(self, name: str, content: bytes) -> None:
        """Give a part new content; the part is added where it is new."""
        self._new[self._names.setdefault(name.lower(), name)] = content

    def put_tree(self, name: str, root: etree._Element) -> None:
        """Give a part new content from its root element."""
        self.put(name, serialized(root))

    def patch(self, name: str, edits: Iterable[Edit]) -> None:
        """Splice a part while it is copied."""
        self._edits[self._names[name.lower()]] = sorted(edits, key=lambda edit: edit.start)

    def add(self, pattern: str, content_type: str) -> str:
        """The name of a new part beside the main one; '#' in the pattern becomes a free number.

        A pattern without it must be free.
        """
        number = 1
        while (name := posixpath.join(self.folder, pattern.replace("#", str(number)))) in self:
            number += 1
        self.put(name, b"")
        self.set_type(name, content_type)
        return name

    def set_type(self, name: str, content_type: str) -> None:
        """Note the content type of a part."""
        if self.type_of(name) == content_type:
            return
        entry = self._overrides.get(f"/{name}".lower())
        if entry is None:
            entry = etree.SubElement(self._types, f"{{{_TYPES_NS}}}Override", PartName=f"/{name}")
            self._overrides[f"/{name}".lower()] = entry
        entry.set("ContentType", content_type)

    def drop(self, name: str) -> None:
        """Leave a part, its relations and its content type out of the copy."""
        entry = self._overrides.pop(f"/{name}".lower(), None)
        if entry is not None:
            self._types.remove(entry)
        self._names.pop(name.lower(), None)
        self._names.pop(relations_name(name).lower(), None)
        self._relations.pop(name, None)

    def drop_default(self, content_type: str) -> None:
        """Forget a content type that an extension stands for."""
        for extension, entry in list(self._defaults.items()):
            if entry.get("ContentType") == content_type:
                self._types.remove(self._defaults.pop(extension))

    def reached(self) -> set[str]:
        """The parts that relations lead to, in small letters."""
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for one in self.relations(waiting.pop()):
                target = one.target.lower()
                if not one.is_external and target in self._names and target not in reached:
                    reached.add(target)
                    waiting.append(one.target)
        return reached

    def prune(self) -> None:
        """Drop every part that no relation leads to any more."""
        reached = self.reached()
        kept = reached | {relations_name(name) for name in ("", *reached)} | {TYPES.lower()}
        for name in [one for key, one in self._names.items() if key not in kept]:
            self.drop(name)

    def settle(self) -> None:
        """Put what parts are and point to, as it stands, into the parts that say so."""
        for part, relations in self._relations.items():
            name = relations_name(part)
            if not relations.is_changed:
                continue
            if name not in self and len(relations.root):
                self.put(name, b"")
                self.set_type(name, RELATIONS_TYPE)
            if len(relations.root):
                self.put_tree(name, relations.root)
            else:
                self._names.pop(name.lower(), None)
            relations.is_changed = False
        self.put_tree(TYPES, self._types)

    def write(self) -> bytes:
        """The copy; the same content gives the same bytes on any day."""
        self.settle()
        return pack((name, self._pieces(name)) for name in self._names.values())

    def _pieces(self, name: str) -> Iterator[bytes]:
        edits = self._edits.get(name, [])
        if name in self._new:
            yield from _spliced(io.BytesIO(self._new[name]), edits)
        else:
            with self._source.open(name) as stream:
                yield from _spliced(stream, edits)


def _is_foreign(content: bytes | bytearray) -> bool:
    """Whether a part says that it is in another encoding than UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    declared = _ENCODING.match(content, 0, 200)
    return declared is not None and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}


def _spliced(stream: IO[bytes], edits: Iterable[Edit]) -> Iterator[bytes]:
    """The bytes of a stream with the edits in them; edits come in order of their start."""
    position = 0
    for edit in edits:
        yield from _taken(stream, edit.start - position)
        for _ in _taken(stream, edit.end - edit.start):
            pass
        yield edit.new
        position = edit.end
    while piece := stream.read(_CHUNK):
        yield piece


def _taken(stream: IO[bytes], count: int) -> Iterator[bytes]:
    """The next `count` bytes of a stream."""
    while count:
        piece = stream.read(min(count, _CHUNK))
        if not piece:
            raise EOFError
        count -= len(piece)
        yield piece


class Packed(NamedTuple):
    """One part as it lies in a zip: ready to be put into any number of packages."""

    name: bytes
    head: bytes
    """Its local header."""
    data: bytes
    """Its content, deflated."""
    directory: bytes
    """Its entry in the directory, without the place."""


def packed(name: str, content: bytes | Iterable[bytes]) -> Packed:
    """A part deflated once, for all packages that hold it as it is.

    Args:
        name: The part.
        content: All of it, or its pieces one after the other.

    Raises:
        OverflowError: It is larger than four gigabytes.
    """
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    checksum, size, pieces = 0, 0, []
    for piece in (content,) if isinstance(content, bytes) else content:
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        pieces.append(packer.compress(piece))
    pieces.append(packer.flush())
    data = b"".join(pieces)
    if max(size, len(data)) > _LARGEST:
        raise OverflowError(name)
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF8
    common = (_DEFLATED, _TIME, _DATE, checksum, len(data), size, len(encoded), 0)
    head = _LOCAL.pack(b"PK\3\4", _VERSION, flags, *common)
    entry = _CENTRAL.pack(b"PK\1\2", _VERSION, 0, _VERSION, flags, *common, 0, 0, 0, _OWNER_ONLY, 0)
    return Packed(encoded, head, data, entry[:-4])


def joined(parts: Iterable[Packed]) -> bytes:
    """A package of parts that are deflated already, in the order in which they come."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, head, data, entry in parts:
        pieces += (head, name, data)
        directory += (entry, place.to_bytes(4, "little"), name)
        place += len(head) + len(name) + len(data)
    count, size = len(directory) // 3, sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, place, 0)
    return b"".join((*pieces, *directory, end))


def pack(parts: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """A package of parts in the order in which they come.

    Args:
        parts: Names, and the pieces of each part one after the other.
    """
    return joined(packed(name, pieces) for name, pieces in parts)


def pack_in_order(parts: Mapping[str, bytes]) -> bytes:
    """A package whose parts stand by name, what they are before all of them."""
    return joined(packed(name, parts[name]) for name in in_order(parts))


def in_order(names: Iterable[str]) -> list[str]:
    """Names of parts as a package holds them: what they are first, then by name."""
    return sorted(names, key=lambda name: (name != TYPES, name))
