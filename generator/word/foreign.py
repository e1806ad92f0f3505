"""What a template must not bring: things that run, and things fetched from outside the file.

Templates come from strangers and what is made of them goes to offices: opened there or laid out by
LibreOffice, a document must start nothing and ask no other computer for anything. What is allowed
stands in `allowed`; here a package is held against it, part by part.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lxml import etree
from msgspec.structs import replace

from generator.codes import Code
from generator.opc import (
    DAMAGE,
    TYPES,
    Bounds,
    DocumentTypeError,
    Package,
    PackageError,
    Relation,
    opened,
    owner_name,
    parse,
)
from generator.problems import Origin, Problem, TemplateError, problem
from generator.word.allowed import (
    BASES,
    BOOK,
    DATA,
    LARGEST_PART,
    LINK,
    LONGEST_SIDE,
    MOST_PIXELS,
    MOST_PIXELS_TOGETHER,
    PICTURES,
    RELATIONS,
    WITHIN,
    WORKBOOK,
)
from generator.word.allowed import TYPES as ALLOWED_TYPES
from generator.word.charts import SHOWS as _SHOWS
from generator.word.charts import filled_anew
from generator.word.strange import Strangers
from generator.word.tags import W, placed

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart


_XML = (".xml", ".rels", ".vml")
_WORKBOOK_BOUNDS = Bounds(unpacked=16 * 2**20, ratio=100)
_SHOWN = 80
_FILLED = re.compile(r"notes\d*\.xml$")
_OF_DATA = {"customXml"}
"""Relations to what Word keeps as data."""
_TAKEN_OFF = {("word/settings.xml", "attachedTemplate")}
_OF_CHARTS = {"package", "oleObject", "externalLinkPath"}
"""What may lead outside, because rendering takes it off: no document is made with it."""
_NO_SIZE = {0xC4, 0xC8, 0xCC}
"""Markers between the frames of a JPEG that are none (ITU-T T.81, table B.1)."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""


def foreign_parts(package: Package, file: str) -> list[Problem]:
    """Everything in a package that is not on the lists, each with its place.

    A chart may name a workbook outside; rendering takes the link off.

    Args:
        package: A template.
        file: The template, for messages.
    """
    looked = _Looked(package, file)
    try:
        looked.read(filter(_is_relations, package.names()))
        found = looked.relations()
        return [*found, *looked.parts(), *looked.too_much()]
    except TemplateError as fault:
        return [replace(one, origin=one.origin._replace(file=file)) for one in fault.problems]


class _Looked:
    """The parts of one package: first what points where, then what they hold."""

    def __init__(self, package: Package, file: str) -> None:
        self._package, self._file = package, file
        self._strangers = Strangers(file)
        self._pixels = 0
        self._passed: set[str] = set()
        """What is refused already for what leads to it."""
        self._told: defaultdict[str, set[str]] = defaultdict(set)
        self._roots: dict[str, etree._Element] = {}
        self._led: defaultdict[str, set[str]] = defaultdict(set)
        """The kinds of relation that lead to a part."""

    def read(self, names: Iterable[str]) -> None:
        """Parse parts.

        Raises:
            TemplateError: One is too long, no XML, or declares a document type.
        """
        for name in sorted(names):
            self._roots[name] = _root(self._package, name)

    def relations(self) -> list[Problem]:
        """What the parts may not point to."""
        owners = [owner_name(name) for name in self._roots]
        for owner in owners:
            for one in self._package.relations(owner):
                if not one.is_external:
                    self._led[one.target.lower()].add(one.kind)
        refused = [
            (owner, relation, code)
            for owner in owners
            for relation, code in _refused(self._package, owner)
        ]
        self._passed = {relation.target.lower() for _, relation, _ in refused}
        for owner, relation, _ in refused:
            self._told[owner].add(relation.id)
        xml = [one for one in self._package.names() if _is_xml(self._package, one)]
        self.read(one for one in xml if _SHOWS.fullmatch(one) and not self._is_passed(one))
        charts, books = filled_anew(self._package, self._roots)
        self._passed |= {one.lower() for one in (*charts, *books)}
        self.read(one for one in xml if one not in self._roots and not self._is_passed(one))
        found = []
        for owner, relation, code in refused:
            origin = Origin(self._file, _short(owner))
            found += _at(self._roots.get(owner), relation, code, origin)
        return found

    def parts(self) -> list[Problem]:
        """What is wrong with the parts themselves, the text first; no document takes others along."""
        main, reached = self._package.main, self._package.reached()
        names = sorted(self._package.names(), key=lambda name: (name != main, name))
        return [
            one
            for name in names
            if name.lower() in reached and not self._is_passed(name)
            for one in self._part(name)
        ]

    def _is_passed(self, name: str) -> bool:
        return name == TYPES or _is_relations(name) or name.lower() in self._passed

    def _part(self, name: str) -> list[Problem]:
        origin, kind = Origin(self._file, _short(name)), self._package.type_of(name)
        if kind not in ALLOWED_TYPES:
            return [problem(Code.ACTIVE_CONTENT, origin, name=kind or name)]
        if kind in PICTURES:
            return self._picture(name, PICTURES[kind], origin)
        if kind == WORKBOOK:
            return _workbook(self._package, name, origin)
        # What is data by its type alone may be read as anything that leads to it says.
        is_data = kind in DATA and self._led[name.lower()] <= _OF_DATA
        if name not in self._roots or is_data:
            return []
        return self._strangers.look(origin.sheet, self._roots[name], self._told[name])

    def _picture(self, name: str, kind: str, origin: Origin) -> list[Problem]:
        size = pixels(bytes(self._package.read(name)))
        if size is None or size[0] != kind:
            return [problem(Code.PICTURE_TOO_LARGE, origin, cause="kind", name=name)]
        _, width, height = size
        if max(width, height) <= LONGEST_SIDE and width * height <= MOST_PIXELS:
            self._pixels += width * height
            return []
        return [
            problem(
                Code.PICTURE_TOO_LARGE, origin, found=f"{width} × {height}", side=LONGEST_SIDE,
                most=MOST_PIXELS // 10**6,
            )
        ]  # fmt: skip

    def too_much(self) -> list[Problem]:
        """What there is too much of in all parts together."""
        found = self._strangers.too_much()
        if self._pixels > MOST_PIXELS_TOGETHER:
            most = MOST_PIXELS_TOGETHER // 10**6
            args = {"found": str(self._pixels // 10**6), "most": str(most), "cause": "together"}
            found.append(problem(Code.PICTURE_TOO_LARGE, Origin(self._file), **args))  # type: ignore[arg-type] # no argument is called severity
        return found


def _is_relations(name: str) -> bool:
    return name.lower().endswith(".rels")


def _is_xml(package: Package, name: str) -> bool:
    return name.lower().endswith(_XML) or package.type_of(name).endswith(("+xml", "/xml"))


def _root(package: Package, name: str) -> etree._Element:
    """A part as a tree.

    Raises:
        TemplateError: It is too long, no XML, or declares a document type.
    """
    origin, size = Origin("", _short(name)), package.size(name)
    if size > LARGEST_PART:
        mega = 2**20
        long = problem(
            Code.PART_TOO_LARGE, origin, cause="part", found=size // mega, most=LARGEST_PART // mega
        )
        raise TemplateError([long])
    try:
        return parse(bytes(package.read(name)), is_bare=True)
    except DocumentTypeError as fault:
        raise TemplateError(
            [problem(Code.TEMPLATE_UNUSABLE, origin, cause="doctype", place=name)]
        ) from fault
    except etree.XMLSyntaxError as fault:
        raise TemplateError(
            [problem(Code.TEMPLATE_UNUSABLE, origin, detail=str(fault)[:200])]
        ) from fault


def _refused(package: Package, owner: str) -> Iterator[tuple[Relation, str]]:
    """The relations of a part that it may not have, and with what code."""
    for one in package.relations(owner):
        base = next((base for base in BASES if one.type.startswith(base)), "")
        kind = one.type.removeprefix(base)
        if kind == "hyperlink" and base:
            if not _leads_well(one):
                yield one, Code.LINK_REFUSED
        elif one.is_external:
            if (owner, kind) not in _TAKEN_OFF and not (
                owner.startswith("word/charts/") and kind in _OF_CHARTS
            ):
                yield one, Code.ACTIVE_CONTENT
        elif (
            not base
            or kind not in RELATIONS
            or one.target not in package
            or (kind == "package" and package.type_of(one.target) != WORKBOOK)
        ):
            yield one, Code.ACTIVE_CONTENT


def _leads_well(link: Relation) -> bool:
    """Whether a link leads to an address that is allowed, or to a place in the document."""
    if not link.is_external:
        return "#" in link.target
    return bool(LINK.fullmatch(link.target.strip()) or WITHIN.fullmatch(link.target))


def _at(
    root: etree._Element | None, relation: Relation, code: str, origin: Origin
) -> list[Problem]:
    """A relation that is refused, at the elements that use it, or else at its part."""
    args = {"name": relation.target[:_SHOWN]} | (
        {"cause": "link"} if code == Code.LINK_REFUSED else {}
    )
    users = () if root is None else (one for one in root.iter("{*}*") if _uses(one, relation.id))
    user = next(iter(users), None)
    if root is None or user is None:
        return [problem(code, origin, **args)]  # type: ignore[arg-type] # no argument is called severity
    return placed(root, [(user, code, args)], origin)


def _uses(one: etree._Element, identifier: str) -> bool:
    return any(
        value == identifier and str(key).rpartition("}")[0].endswith("/relationships")
        for key, value in one.attrib.items()
    )


def _workbook(package: Package, name: str, origin: Origin) -> list[Problem]:
    """The workbook inside a chart, which holds cells and nothing else."""
    try:
        with opened(bytes(package.read(name)), _WORKBOOK_BOUNDS) as source:
            inner = Package(source)
            for one in inner.names():
                if _is_xml(inner, one):
                    _root(inner, one)
            owners = map(owner_name, filter(_is_relations, inner.names()))
            strange = [relation.target for one in owners for relation, _ in _refused(inner, one)]
            strange += [name] * (inner.type_of(inner.main) != BOOK)
            strange += [
                inner.type_of(one) or one
                for one in inner.names()
                if one != TYPES and inner.type_of(one) not in ALLOWED_TYPES
            ]
    except (PackageError, TemplateError, *DAMAGE) as fault:
        strange = [f"{name} ({type(fault).__name__})"]
    return [problem(Code.ACTIVE_CONTENT, origin, name=one[:_SHOWN]) for one in strange[:1]]


def _short(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".xml")


def refuse_fetching(part: DocumentPart, origin: Origin, *, is_built: bool) -> None:
    """See that tags have put nothing together that reads from elsewhere.

    Args:
        part: The text, rendered.
        origin: The template, for messages.
        is_built: Whether the template keeps pieces of its own XML in names, from which any element
            can be made; else only the code of a field can differ from what was looked at before.

    Raises:
        TemplateError: They have.
    """
    near = (one.target_part for one in part.rels.values() if not one.is_external)
    strangers = Strangers(origin.file)
    found: list[Problem] = []
    for one in dict.fromkeys((part, *near)):
        # Notes are no trees to python-docx, and most other parts hold no field.
        root = getattr(one, "element", None)
        if root is None and _FILLED.search(str(one.partname)):
            root = parse(one.blob)
        if root is not None:
            name = _short(str(one.partname))
            found += strangers.look(name, root) if is_built else strangers.fields(name, root)
    if found:
        raise TemplateError(found)


def let_go(part: DocumentPart) -> None:
    """Take off the link to the template that Word wrote the file from, which may be anywhere."""
    for related in part.rels.values():
        if related.reltype.endswith("/settings") and not related.is_external:
            settings = related.target_part
            for key in [one for one, to in settings.rels.items() if to.is_external]:
                del settings.rels[key]
            for element in list(settings.element.iter(f"{W}attachedTemplate")):
                element.getparent().remove(element)


def pixels(content: bytes) -> tuple[str, int, int] | None:
    """What kind of picture some bytes are, and its width and height; None for no known kind.

    Args:
        content: A PNG, JPEG, GIF or BMP file.
    """
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
            return ("png", *struct.unpack(">II", content[16:24]))
        if content.startswith((b"GIF87a", b"GIF89a")):
            return ("gif", *struct.unpack("<HH", content[6:10]))
        if content.startswith(b"BM"):
            width, height = struct.unpack("<ii", content[18:26])
            return "bmp", abs(width), abs(height)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(content: bytes) -> tuple[str, int, int] | None:
    """The size in the first frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return "jpeg", width, height
        at += 2 + max(length, 2)
    return None
