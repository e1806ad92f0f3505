"""The tags of a template with their places, read as docxtpl will read them.

A place counts what a person sees: `P7` is the seventh paragraph outside tables, `T2R3C1` the first
cell of the third row of the second table, `T2R3C1P2` its second paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from generator.codes import Code
from generator.opc import Package, parse
from generator.problems import Origin, Problem, problem
from generator.templating.tags import ENDS, lookalikes, spans

if TYPE_CHECKING:
    from lxml import etree


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Fault = tuple[Any, str, dict[str, str]]
"""What is wrong with an element: the code and the arguments of the message."""
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
"""Parts whose tags docxtpl fills; tags elsewhere would be printed as they stand."""
BODY = "word/document.xml"
_TEXTS = {f"{W}t", f"{W}delText", f"{W}instrText"}
_HOSTS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc", "r": f"{W}r"}
_FAULTS = {"open": Code.TAG_LEAVES_PARAGRAPH, "close": Code.TAG_ENDS_UNBEGUN}
_PREFIX = re.compile(r"(tr|tc|p|r)\s+(.*)", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")


class Tag(Struct, frozen=True):
    """One tag: its text, what it says, and the elements it stands in."""

    text: str
    mark: str
    """The opening mark: `{{`, `{%` or `{#`."""
    prefix: str
    """`p`, `tr`, `tc` or `r`: the element that the tag takes the place of; empty for none."""
    body: str
    place: str
    order: int
    """Position in the part's reading order."""
    element: etree._Element
    last: etree._Element
    """Where the tag ends: another element when Word has split it."""
    is_attribute: bool = False

    @property
    def paragraph(self) -> etree._Element | None:
        """The paragraph it stands in."""
        return ancestor(self.element, _HOSTS["p"])

    @property
    def host(self) -> etree._Element | None:
        """The element that the tag takes the place of; None for a plain tag or none found."""
        return ancestor(self.element, _HOSTS[self.prefix]) if self.prefix else None


class Slip(Struct, frozen=True):
    """Something like a tag that cannot be read as one."""

    code: str
    text: str
    place: str
    order: int
    end: str = ""


class Part(Struct, frozen=True):
    """One part of the package with its tags in reading order."""

    name: str
    path: str
    """Its name in the package."""
    root: etree._Element
    tags: tuple[Tag, ...]
    slips: tuple[Slip, ...]
    is_filled: bool
    is_body: bool = False
    is_office_note: bool = False
    """Whether this is the note of a program that renames anchors when it saves."""


def read_parts(package: Package, roots: frozenset[str]) -> Iterator[Part]:
    """The parts of a package, tags and slips included.

    Args:
        package: A template.
        roots: First names of known fields, by which a single-braced name is told from prose.

    Raises:
        lxml.etree.XMLSyntaxError: A part is not XML.
    """
    for name in sorted(package.names(), key=lambda name: (name != BODY, name)):
        if not name.endswith(".xml") or name.startswith("word/comments"):
            continue
        content = bytes(package.read(name))
        is_filled = FILLED.fullmatch(name) is not None
        if name == "docProps/app.xml" and b"LibreOffice" in content:
            yield Part("app", name, parse(content), (), (), is_filled=False, is_office_note=True)
        elif is_filled or b"{{" in content or b"{%" in content:
            yield _part(name, parse(content), roots, is_filled=is_filled)


def scanned(part: Part, root: etree._Element, roots: frozenset[str], places: Places) -> Part:
    """The same part with the tags of another tree, at the places that are known already."""
    tags, slips = _tags_of(part.path, root, roots, places)
    return replace(part, root=root, tags=tags, slips=slips)


def _part(name: str, root: etree._Element, roots: frozenset[str], *, is_filled: bool) -> Part:
    tags, slips = _tags_of(name, root, roots, Places())
    short = name.rpartition("/")[2].removesuffix(".xml")
    return Part(short, name, root, tags, slips, is_filled, name == BODY)


def _tags_of(
    name: str, root: etree._Element, roots: frozenset[str], places: Places
) -> tuple[tuple[Tag, ...], tuple[Slip, ...]]:
    order = {element: number for number, element in enumerate(root.iter())}
    tags: list[Tag] = []
    slips: list[Slip] = []
    if name.startswith("docProps/"):
        for element in root.iterchildren("{*}*"):
            _scan([element], element.tag.rpartition("}")[2], order, roots, tags, slips)
    for element in root.iter(f"{W}p"):
        place = places.of(element)
        texts = [
            one
            for one in element.iter(*_TEXTS)
            if one.text and ancestor(one, f"{W}p") is element
        ]  # fmt: skip
        _scan(texts, place, order, roots, tags, slips)
    for element in root.iter("{*}*"):
        for value in element.attrib.values():
            text = str(value)
            if "{{" in text or "{%" in text:
                _scan_attribute(element, text, places, order[element], tags)
    tags.sort(key=lambda tag: tag.order)
    return tuple(tags), tuple(slips)


def _scan(
    texts: list[etree._Element],
    place: str,
    order: dict[etree._Element, int],
    roots: frozenset[str],
    tags: list[Tag],
    slips: list[Slip],
) -> None:
    """Tags and slips of one paragraph, whose text Word may have cut anywhere."""
    whole = "".join(one.text or "" for one in texts)
    if not re.search(r"[{｛}]|%\}", whole):
        return
    owners = [one for one in texts for _ in one.text or ""]
    plain, last = [], 0
    for start, end, fault in spans(whole):
        plain.append(whole[last:start])
        last = end
        text = whole[start:end].strip() if fault else whole[start:end]
        if fault:
            end_mark = ENDS.get(text[:2], "")
            slips.append(Slip(_FAULTS[fault], text, place, order[owners[start]], end_mark))
            continue
        tags.append(_tag(text, place, order[owners[start]], owners[start], owners[end - 1]))
    plain.append(whole[last:])
    first = order[texts[0]]
    for text in plain:
        slips += [
            Slip(Code.TAG_WOULD_PRINT, one, place, first) for _, one in lookalikes(text, roots)
        ]


def _tag(
    text: str, place: str, order: int, element: etree._Element, last: etree._Element
) -> Tag:  # fmt: skip
    mark, inner = text[:2], text[2:-2].translate(_QUOTES)
    prefixed = None if inner[:1].isspace() else _PREFIX.match(inner)
    # A dash or plus only trims white space; no name begins or ends with one.
    prefix, body = prefixed.groups() if prefixed else ("", inner.strip("-+"))
    return Tag(text, mark, prefix, body.strip(), place, order, element, last)


def _scan_attribute(
    element: etree._Element, text: str, places: Places, order: int, tags: list[Tag]
) -> None:
    """Attributes keep their quotes as entities, which no expression can hold."""
    paragraph = ancestor(element, f"{W}p")
    place = places.known.get(paragraph, "") if paragraph is not None else ""
    for start, end, _ in spans(text):
        one = text[start:end]
        body = one[2:-2].replace('"', "&quot;").strip()
        tags.append(Tag(one, one[:2], "", body, place, order, element, element, is_attribute=True))


class Places:
    """Addresses of paragraphs, counted as they are met in reading order."""

    def __init__(self) -> None:
        self.known: dict[etree._Element | None, str] = {}
        self._outside = 0
        self._tables: dict[etree._Element | None, int] = {}
        self._numbers: dict[etree._Element, int] = {}

    def of(self, paragraph: etree._Element) -> str:
        """The address of a paragraph."""
        if paragraph in self.known:
            return self.known[paragraph]
        cell = ancestor(paragraph, f"{W}tc")
        if cell is None:
            self._outside += 1
            place = f"P{self._outside}"
        else:
            place = self._cell(cell)
            own = list(cell.iterchildren(f"{W}p"))
            if len(own) > 1 and paragraph in own:
                place += f"P{own.index(paragraph) + 1}"
        self.known[paragraph] = place
        return place

    def _cell(self, cell: etree._Element) -> str:
        row = ancestor(cell, f"{W}tr")
        table = ancestor(cell, f"{W}tbl")
        if row is None or table is None:
            return "T"
        outer = ancestor(table, f"{W}tc")
        if table not in self._numbers:
            self._numbers[table] = self._tables[outer] = self._tables.get(outer, 0) + 1
        before = self._cell(outer) if outer is not None else ""
        return f"{before}T{self._numbers[table]}R{_nth(row)}C{_nth(cell)}"


def _nth(element: etree._Element) -> int:
    """Its number among the siblings of its kind, from 1."""
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))


def ancestor(element: etree._Element, tag: str) -> etree._Element | None:
    """The nearest enclosing element of a kind."""
    return next(element.iterancestors(tag), None)


def placed(root: etree._Element, found: Sequence[Fault], origin: Origin) -> list[Problem]:
    """Faults as problems with the places of their paragraphs, in reading order.

    Args:
        root: The part.
        found: The element, the code and the arguments of each.
        origin: The file and the part.
    """
    if not found:
        return []
    places = Places()
    at, order = {}, {}
    for number, one in enumerate(root.iter()):
        order[one] = number
        if one.tag == f"{W}p":
            at[one] = places.of(one)
    made = []
    for element, code, args in sorted(found, key=lambda fault: order[fault[0]]):
        around = element if element.tag == f"{W}p" else ancestor(element, f"{W}p")
        if around is None:
            around = next(element.iter(f"{W}p"), None)
        cell = at.get(around, "") if around is not None else ""
        made.append(problem(code, origin._replace(cell=cell), **args))  # type: ignore[arg-type] # no argument is called severity
    return made
