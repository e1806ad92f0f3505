"""The package under a workbook: parts taken over, patched, added or dropped, never rebuilt.

What nobody asked to change leaves as the bytes it came in. Parts that change in a few places are
spliced while they are copied, so a sheet of any size is never held as a tree.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.intake.marked.relations import Relations, relations_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

TYPES = "[Content_Types].xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CHUNK = 2**20
_LARGEST_TREE = 2**24
"""16 MB of the shortest elements fill 500 MB; styles and comments stay far below."""
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']""")
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: the bytes depend on the content alone."""


class PartTooLargeError(ValueError):
    """A part is larger than anything that belongs in it."""


class Edit(NamedTuple):
    """Bytes `start` to `end` of a part give way to `new`."""

    start: int
    end: int
    new: bytes


class Package:
    """An open workbook package and the changes its copy will have.

    Args:
        source: The planner's file, open for reading.
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
        books = self.relations("").of("officeDocument")
        if not books:
            raise KeyError("officeDocument")
        self.book = books[0]
        self.folder = posixpath.dirname(self.book)
        root = self.tree(self.book)
        self.space = str(root.tag).rpartition("}")[0].lstrip("{")
        """The namespace of the workbook's elements; a Strict workbook has its own."""
        is_strict = self.space.startswith("http://purl.oclc.org/")
        self.base = _STRICT if is_strict else _TRANSITIONAL
        """What relationship types begin with, and the namespace of attributes with their ids."""

    # --- reading ----------------------------------------------------------------------------------

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

    def tree(self, name: str) -> etree._Element:
        """The root element of a part.

        Raises:
            PartTooLargeError: Its tree would take more memory than the command may.
        """
        if self.size(name) > _LARGEST_TREE:
            raise PartTooLargeError(name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        root = etree.fromstring(bytes(self.read(name)), parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError(name)
        return root

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
        """What a part points to; '' is the package itself."""
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

    # --- changing ---------------------------------------------------------------------------------

    def put(self, name: str, content: bytes) -> None:
        """Give a part new content; the part is added where it is new."""
        self._new[self._names.setdefault(name.lower(), name)] = content

    def put_tree(self, name: str, root: etree._Element) -> None:
        """Give a part new content from its root element."""
        tree = root.getroottree()
        content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.put(name, content)

    def patch(self, name: str, edits: Iterable[Edit]) -> None:
        """Splice a part while it is copied."""
        self._edits[self._names[name.lower()]] = sorted(edits, key=lambda edit: edit.start)

    def add(self, pattern: str, content_type: str) -> str:
        """The name of a new part beside the workbook; '#' in the pattern becomes a free number.

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

    # --- writing ----------------------------------------------------------------------------------

    def write(self) -> bytes:
        """The copy; the same content gives the same bytes on any day."""
        for part, relations in self._relations.items():
            if relations.is_changed:
                name = relations_name(part)
                if name not in self:
                    self.put(name, b"")
                    self.set_type(name, _RELATIONS_TYPE)
                self.put_tree(name, relations.root)
        self.put_tree(TYPES, self._types)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name in self._names.values():
                info = zipfile.ZipInfo(name, _DATE)
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
                with target.open(info, "w") as out:
                    for piece in self._pieces(name):
                        out.write(piece)
        return buffer.getvalue()

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
