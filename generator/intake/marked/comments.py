"""Comments on cells: beside the planner's own, in the sheet's comments part and its drawing.

A comment is two things in a workbook: its text in the comments part, and a box in the legacy (VML)
drawing that says where it is shown. Both are appended to where the sheet already has them.

Also here: text on its way into a sheet or a comment: always text, always storable.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from generator.intake.marked.sheet import (
    COLUMNS,
    ROWS,
    Position,
    Scanned,
    position_of,
    reference_of,
)
from generator.opc import Edit, Package, PartTooLargeError

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
_TYPE_ID = "_x0000_t202"
_SHAPE_TYPE = (
    f'<v:shapetype{{spaces}} id="{_TYPE_ID}" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape{{spaces}} id="_x0000_s{{number}}" type="#{_TYPE_ID}" style="position:absolute;'
    "margin-left:60pt;margin-top:2pt;width:{width}px;height:{height}px;z-index:{order};"
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_IDS = re.compile(rb"""(<(?:[\w.-]+:)?idmap\b[^<>]*?\bdata=["'])([0-9, ]*)(["'])""")
_SHAPE_ID = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_CLOSING = re.compile(rb"</(?:[\w.-]+:)?xml\s*>")
_BOX, _LETTERS, _LINE, _MOST_LINES = 300, 42, 16, 30
"""The box: its width in pixels and in Latin letters, the height of a line, its greatest height."""
_LIMIT = 32_000
"""Excel refuses a cell or a comment of more than 32,767 characters."""
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Note(NamedTuple):
    """What one comment says: (heading, text) of every problem on the cell."""

    place: Position
    items: tuple[tuple[str, str], ...]


class Added(NamedTuple):
    """What came of a sheet's comments."""

    edits: tuple[Edit, ...] = ()
    """Edits of the sheet itself."""
    has_threads: bool = False
    """Some cells have a conversation, which no comment of another kind can join."""
    is_complete: bool = True
    """False where the sheet's drawing could not take more boxes; no comment was added then."""


class Comments:
    """The comments of a workbook.

    Args:
        package: The package.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._cluster = 0

    def add(self, part: str, scanned: Scanned, notes: Sequence[Note], author: str) -> Added:
        """Put comments on the cells of a sheet.

        Args:
            part: The sheet's part.
            scanned: What the pass over the sheet found.
            notes: The comments, one a cell, in the order of rows.
            author: Who they are from.
        """
        package = self._package
        try:
            threads = _threaded(package, part)
            texts = _Texts(package, part, author)
        except PartTooLargeError:
            return Added(is_complete=False)
        drawing = _Drawing(package, part, scanned)
        if not drawing.is_open:
            return Added(is_complete=False)
        kept = [note for note in notes if note.place not in threads]
        fresh = texts.append(kept)
        edits: tuple[Edit, ...] = ()
        if fresh:
            self._cluster = self._cluster or _free_cluster(package)
            edits = drawing.append(fresh, scanned, self._cluster)
            self._cluster += _clusters(fresh)
        return Added(edits, has_threads=len(kept) < len(notes))


def _threaded(package: Package, part: str) -> set[Position]:
    """The cells of a sheet that have a conversation."""
    found: set[Position] = set()
    for name in package.relations(part).of("threadedComment"):
        for element in package.tree(name).iter("{*}threadedComment"):
            place = position_of(element.get("ref", ""))
            if place:
                found.add(place)
    return found


class _Texts:
    """The comments part of a sheet, taken over or begun.

    Args:
        package: The package.
        part: The sheet's part.
        author: Who the new comments are from.
    """

    def __init__(self, package: Package, part: str, author: str) -> None:
        self._package = package
        self._relations = package.relations(part)
        self._owner = part
        parts = self._relations.of("comments")
        self._part = parts[0] if parts else ""
        if parts:
            self._root = package.tree(self._part)
        else:
            self._root = etree.fromstring(f'<comments xmlns="{package.space}"/>')
        self._space = str(self._root.tag).rpartition("}")[0] + "}"
        self._authors = self._list("authors", 0)
        self._comments = self._list("commentList", 1)
        self._author = author

    def _list(self, name: str, at: int) -> etree._Element:
        found = self._root.find(f"{self._space}{name}")
        if found is None:
            found = etree.Element(f"{self._space}{name}")
            self._root.insert(at, found)
        return found

    def append(self, notes: Sequence[Note]) -> list[Note]:
        """Add the notes; gives those whose cell had no comment, and no box, before."""
        if not notes:
            return []
        if not self._part:
            self._part = self._package.add("comments#.xml", _COMMENTS)
            self._relations.add(f"{self._package.base}/comments", self._part)
        known = {element.get("ref", "").replace("$", ""): element for element in self._comments}
        author = etree.SubElement(self._authors, f"{self._space}author")
        author.text = self._author
        fresh = []
        for note in notes:
            reference = reference_of(note.place)
            if reference in known:
                self._extend(known[reference], note)
                continue
            comment = etree.SubElement(
                self._comments, f"{self._space}comment",
                {"ref": reference, "authorId": str(len(self._authors) - 1), "shapeId": "0"},
            )  # fmt: skip
            text = etree.SubElement(comment, f"{self._space}text")
            text.extend(self._runs(note, is_first=True))
            fresh.append(note)
        self._package.put_tree(self._part, self._root)
        return fresh

    def _extend(self, comment: etree._Element, note: Note) -> None:
        """Add to the end of a comment that is there: a cell can have only one."""
        text = comment.find(f"{self._space}text")
        if text is None:
            text = etree.Element(f"{self._space}text")
            comment.insert(0, text)
        plain = text.find(f"{self._space}t")
        if plain is not None:
            run = etree.Element(f"{self._space}r")
            text.replace(plain, run)
            run.append(plain)
        runs = text.findall(f"{self._space}r")
        at = text.index(runs[-1]) + 1 if runs else 0
        text[at:at] = self._runs(note, is_first=not runs)

    def _runs(self, note: Note, *, is_first: bool) -> list[etree._Element]:
        """Runs of text: every heading bold, an empty line between problems."""
        runs = []
        for position, (heading, text) in enumerate(note.items):
            gap = "" if is_first and position == 0 else "\n\n"
            runs.append(self._run(f"{gap}{heading}\n", "<b/>"))
            runs.append(self._run(text, ""))
        return runs

    def _run(self, text: str, traits: str) -> etree._Element:
        return etree.fromstring(
            f'<r xmlns="{self._space[1:-1]}"><rPr>{traits}<sz val="9"/><rFont val="Tahoma"/></rPr>'
            f'<t xml:space="preserve">{storable(text)}</t></r>'
        )


class _Drawing:
    """The legacy drawing of a sheet, taken over or begun.

    Args:
        package: The package.
        part: The sheet's part.
        scanned: What the pass over the sheet found.
    """

    def __init__(self, package: Package, part: str, scanned: Scanned) -> None:
        self._package, self._relations = package, package.relations(part)
        self._prefix = scanned.prefix
        self._part, self._content, self._end = "", bytearray(), -1
        if scanned.legacy:
            _, self._part = self._relations.part(scanned.legacy)
            if self._part in package:
                self._content = package.read(self._part)
            for found in _CLOSING.finditer(self._content):
                self._end = found.start()
        self.is_open = not scanned.legacy or self._end >= 0

    def append(self, notes: Sequence[Note], scanned: Scanned, cluster: int) -> tuple[Edit, ...]:
        """Add a box for each note; gives the edits of the sheet."""
        clusters = ",".join(str(cluster + step) for step in range(_clusters(notes)))
        opening = self._content[: self._content.find(b">") + 1].decode("utf-8", "replace")
        is_declared = all(f'xmlns:{key}="{space}"' in opening for key, space in _SPACES.items())
        spaces = "" if is_declared or not self._part else _DECLARED
        pieces = [] if _TYPE_ID.encode() in self._content else [_SHAPE_TYPE.format(spaces=spaces)]
        for order, note in enumerate(notes, start=1):
            values = _box(note, scanned)
            number = cluster * 1024 + order
            pieces.append(_SHAPE.format(spaces=spaces, number=number, order=order, **values))
        if not self._part:
            return self._begun(clusters, "".join(pieces), scanned)
        edits = [Edit(self._end, self._end, "".join(pieces).encode())]
        ids = _IDS.search(self._content)
        if ids:
            comma = "," if ids[2].strip() else ""
            edits.append(Edit(ids.end(2), ids.end(2), f"{comma}{clusters}".encode()))
        self._package.patch(self._part, edits)
        return ()

    def _begun(self, clusters: str, shapes: str, scanned: Scanned) -> tuple[Edit, ...]:
        """A new drawing; gives the edit of the sheet that points to it."""
        body = (
            f'<xml{_DECLARED}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
            f'data="{clusters}"/></o:shapelayout>{shapes}</xml>'
        ).encode()
        name = self._package.add("drawings/vmlDrawing#.vml", _VML)
        self._package.put(name, body)
        relation = self._relations.add(f"{self._package.base}/vmlDrawing", name)
        element = f'<{self._prefix}legacyDrawing xmlns:r="{self._package.base}" r:id="{relation}"/>'
        return (Edit(scanned.legacy_at, scanned.legacy_at, element.encode()),)


def _clusters(notes: Sequence[Note]) -> int:
    """How many blocks of 1,024 shape numbers the boxes of the notes take."""
    return len(notes) // 1024 + 1


def _free_cluster(package: Package) -> int:
    """The first block of 1,024 shape numbers that no drawing of the workbook uses."""
    used = {0}
    for name in package.names():
        if name.lower().endswith(".vml"):
            content = package.read(name)
            for found in _IDS.finditer(content):
                used.update(int(number) for number in found[2].split(b",") if number.strip())
            used.update(int(found[1]) // 1024 for found in _SHAPE_ID.finditer(content))
    return max(used) + 1


def _box(note: Note, scanned: Scanned) -> Mapping[str, object]:
    """Where the box of a note stands: right of its cell, wide enough and as high as its text."""
    row, column = note.place
    count = sum(1 + lines(text, _LETTERS) for _, text in note.items) + len(note.items)
    height = min(count, _MOST_LINES) * _LINE + 8
    left = min(column + 1, COLUMNS - 2)
    right, over = left, _BOX + 15
    while right < COLUMNS - 1 and over >= (pixels := int(scanned.width_of(right) * 7 + 5)):
        over, right = over - max(pixels, 1), right + 1
    tall = max(int(scanned.height * 4 / 3), 1)
    top = max(row - 2, 0)
    bottom = min(top + height // tall, ROWS - 1)
    return {
        "row": row - 1, "column": column, "width": _BOX, "height": height,
        "anchor": f"{left}, 15, {top}, 4, {right}, {over}, {bottom}, {height % tall}",
    }  # fmt: skip


def storable(text: str) -> str:
    """A text as XML content that every reader gives back as it was, shortened where it must be.

    What XML cannot hold is dropped. An underscore that would make the text read as an escaped
    character (`_x000A_`) is written as one itself.
    """
    kept = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > _LIMIT:
        kept = kept[: _LIMIT - 1] + "…"
    return html.escape(_LIKE_ESCAPED.sub("_x005F_", kept))


def lines(text: str, width: float) -> int:
    """How many lines of `width` Latin characters a text fills; a Chinese one is twice as wide."""
    count = 0
    for line in text.split("\n"):
        size = sum(2.1 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
        count += max(1, math.ceil(size / width))
    return count
