"""The workbook as a whole: its sheets marked, its macros left behind, its list added and in front."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.intake.cell import cells_named
from generator.intake.marked.comments import Comments, Note, lines, storable
from generator.intake.marked.sheet import (
    Position,
    Scan,
    UnmarkableError,
    anchors,
    position_of,
    reference_of,
)
from generator.intake.marked.styles import Styles
from generator.opc import Edit, Package, PartTooLargeError, relations_name
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from generator.problems import Problem, Severity


MOST = 20_000
"""How many problems are marked and listed: more comments than this no program shows at ease."""
_MOST_LISTED = 1_000
"""Cells that are marked for one problem of a column."""
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MACRO_NAME = re.compile(r"(?:.*/)?vba(?:project\w*|data)\.(?:bin|xml)", re.IGNORECASE)
_MACRO_TYPES = frozenset({
    "application/vnd.ms-office.vbaProject", "application/vnd.ms-office.vbaProjectSignature",
    "application/vnd.ms-word.vbaData+xml",
})  # fmt: skip
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")
_RIBBONS = ("ui/extensibility",)
_SIGNATURES = "_xmlsignatures/"
_HEAD = 2**16
"""Views stand at the beginning of a sheet, before its columns and rows."""
_BEFORE_VIEWS = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection")
_SELECTED = re.compile(
    rb"""<(?:[\w.-]+:)?sheetView\b[^<>]*?(\stabSelected\s*=\s*(?:"[^"]*"|'[^']*'))"""
)


class Book:
    """The workbook of a package.

    Args:
        package: The package.
        file: The name of the planner's file.
    """

    def __init__(self, package: Package, file: str) -> None:
        self._package, self._file = package, file
        self._root = package.tree(package.main)
        self._relations = package.relations(package.main)
        self._comments = Comments(package)
        self._lost: list[str] = []

    def marked(
        self, problems: Sequence[Problem], say: Callable[[Problem], str], words: Mapping[str, str]
    ) -> bytes:
        """The bytes of the copy."""
        self._leave_macros(words)
        self._leave_signatures(words)
        sheets = list(self._sheets())
        ordered = in_order(problems, sheets)
        if len(ordered) > MOST:
            self._lose(words["beyond"].format(count=MOST))
            del ordered[MOST:]
        cells = _by_place(ordered)
        styles = Styles(self._package)
        for sheet in sheets:
            behind = unselected(self._package, sheet.part)
            if sheet.is_worksheet and sheet.name in cells:
                self._mark(sheet, cells[sheet.name], behind, say, words, styles)
            elif behind:
                self._package.patch(sheet.part, behind)
        part = self._add_sheet({sheet.name.lower() for sheet in sheets}, words["sheet_name"])
        content = listing(
            ordered, sheets, say, words, self._notice(words), styles, self._package.space
        )
        self._package.put(part, content)
        styles.save()
        self._package.put_tree(self._package.main, self._root)
        return self._package.write()

    def _sheets(self) -> Iterator[SheetOfBook]:
        for element in self._root.iter("{*}sheet"):
            kind, part = self._relations.part(element.get(f"{{{self._package.base}}}id", ""))
            if not kind:
                raise KeyError(element.get("name"))
            is_hidden = element.get("state", "visible") != "visible"
            yield SheetOfBook(element.get("name", ""), part, kind.endswith("/worksheet"), is_hidden)

    def _mark(
        self, sheet: SheetOfBook, cells: Mapping[Position, Sequence[Problem]], behind: Sequence[Edit],
        say: Callable[[Problem], str], words: Mapping[str, str], styles: Styles,
    ) -> None:  # fmt: skip
        """Fill and comment the cells of one sheet; `behind` takes it from the front."""
        try:
            content = self._package.utf8(sheet.part)
            seen: dict[Position, list[Problem]] = {}
            for place, anchor in anchors(content, cells).items():
                seen.setdefault(anchor, []).extend(cells[place])
            severities = {place: _gravest(found) for place, found in seen.items()}
            scanned = Scan(content, severities, styles).run()
        except (UnmarkableError, PartTooLargeError):
            self._lose(words["marks"].format(sheet=sheet.name))
            self._package.patch(sheet.part, behind)
            return
        notes = [
            Note(place, tuple((f"{words[p.severity]} {p.code}", say(p)) for p in found))
            for place, found in sorted(seen.items())
        ]
        added = self._comments.add(sheet.part, scanned, notes, words["sheet_name"])
        if added.has_threads:
            self._lose(words["threads"])
        if not added.is_complete:
            self._lose(words["comments"].format(sheet=sheet.name))
        self._package.patch(sheet.part, [*behind, *scanned.edits, *added.edits])

    def _add_sheet(self, taken: set[str], name: str) -> str:
        """Add a sheet after all others, on which the copy opens; gives its part.

        It stands last because names and links go by the number of a sheet.
        """
        unique, number = name, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{name} ({number})"
        part = self._package.add("worksheets/sheet#.xml", _SHEET)
        relation = self._relations.add(f"{self._package.base}/worksheet", part)
        space = self._package.space
        sheets = self._root.find(f"{{{space}}}sheets")
        if sheets is None:
            raise KeyError("sheets")
        numbers = [int(element.get("sheetId", "0")) for element in sheets]
        etree.SubElement(
            sheets, f"{{{space}}}sheet",
            {"name": unique, "sheetId": str(max(numbers, default=0) + 1),
             f"{{{self._package.base}}}id": relation}, nsmap={"r": self._package.base},
        )  # fmt: skip
        open_at(self._root, space, len(sheets) - 1)
        return part

    def _notice(self, words: Mapping[str, str]) -> str:
        """The first line of the list: what this is and what it has not kept."""
        title = words["title"].format(file=self._file)
        if not self._lost:
            return f"{title}\n{words['kept']}"
        lost = words["lost"].format(items=words["separator"].join(self._lost))
        return f"{title}\n{lost}\n{words['kept_else']}"

    def _lose(self, item: str) -> None:
        if item not in self._lost:
            self._lost.append(item)

    def _leave_macros(self, words: Mapping[str, str]) -> None:
        """Leave macros behind: modules, macro sheets, and the buttons that call them."""
        package, relations = self._package, self._relations
        had = "macroEnabled" in package.type_of(package.main)
        package.set_type(package.main, _BOOK)
        parts = [
            name for name in package.names()
            if _MACRO_NAME.fullmatch(name) or package.type_of(name) in _MACRO_TYPES
        ] + relations.of("vbaProject")  # fmt: skip
        for kind in _MACRO_SHEETS:
            for part in relations.of(kind):
                # An empty sheet in its place keeps the numbers that names and links go by.
                package.put(
                    part, f'<worksheet xmlns="{package.space}"><sheetData/></worksheet>'.encode()
                )
                package.set_type(part, _SHEET)
                relations.retype(part, f"{package.base}/worksheet")
                package.drop(relations_name(part))
                had = True
        if had or parts:
            root = package.relations("")
            parts += [part for kind in _RIBBONS for part in root.of(kind)]
            root.drop_to(parts)
            self._lose(words["macros"])
        self._drop(parts)
        relations.drop_to(parts)
        for kind in _MACRO_TYPES:
            package.drop_default(kind)

    def _leave_signatures(self, words: Mapping[str, str]) -> None:
        """Leave signatures behind: they are of the file as it was."""
        root = self._package.relations("")
        parts = [name for name in self._package.names() if name.lower().startswith(_SIGNATURES)]
        parts += root.of("digital-signature/origin")
        if parts:
            root.drop_to(parts)
            self._drop(parts)
            self._lose(words["signature"])

    def _drop(self, parts: Iterable[str]) -> None:
        for part in parts:
            self._package.drop(part)


def _gravest(problems: Iterable[Problem]) -> Severity:
    """Error, where one of them is one."""
    return "error" if any(found.severity == "error" for found in problems) else "warning"


def _by_place(problems: Iterable[Problem]) -> dict[str, dict[Position, list[Problem]]]:
    """The problems that have a cell, by their sheet and their cell; one may list several."""
    found: dict[str, dict[Position, list[Problem]]] = {}
    for item in problems:
        listed = cells_named(dict(item.args).get("cells", ""), _MOST_LISTED)
        for cell in dict.fromkeys((item.origin.cell, *listed)):
            place = position_of(cell)
            if place:
                found.setdefault(item.origin.sheet, {}).setdefault(place, []).append(item)
    return found


def unselected(package: Package, part: str) -> list[Edit]:
    """The edits that take a sheet from the selected ones.

    Of two selected sheets Excel changes both at every key stroke.

    Args:
        package: The package; a sheet in a wide encoding is put into UTF-8.
        part: The sheet's part.
    """
    try:
        head = package.head(part, _HEAD)
    except PartTooLargeError:
        return []
    return [Edit(*found.span(1), b"") for found in _SELECTED.finditer(head)]


def open_at(book: etree._Element, space: str, number: int) -> None:
    """Bring a sheet to the front.

    Args:
        book: The workbook's element.
        space: The namespace of its elements.
        number: Which sheet, from 0.
    """
    views = book.find(f"{{{space}}}bookViews")
    if views is None:
        views = etree.Element(f"{{{space}}}bookViews")
        before = {f"{{{space}}}{name}" for name in _BEFORE_VIEWS}
        at = max((i + 1 for i, child in enumerate(book) if child.tag in before), default=0)
        book.insert(at, views)
    if not len(views):
        etree.SubElement(views, f"{{{space}}}workbookView")
    for view in views:
        view.set("activeTab", str(number))


_WIDTHS = (11, 11, 26, 100)
_FIRST = 3


class SheetOfBook(NamedTuple):
    """A sheet of the planner's workbook."""

    name: str
    part: str
    is_worksheet: bool
    is_hidden: bool


def in_order(problems: Sequence[Problem], sheets: Sequence[SheetOfBook]) -> list[Problem]:
    """Errors first, then by sheet, row and column; what is on no sheet comes before all cells."""
    order = {sheet.name: number for number, sheet in enumerate(sheets)}

    def key(problem: Problem) -> tuple[bool, int, tuple[int, int]]:
        place = position_of(problem.origin.cell) or (0, 0)
        return problem.severity != "error", order.get(problem.origin.sheet, -1), place

    return sorted(problems, key=key)


def listing(
    problems: Sequence[Problem],
    sheets: Sequence[SheetOfBook],
    say: Callable[[Problem], str],
    words: Mapping[str, str],
    notice: str,
    styles: Styles,
    namespace: str,
) -> bytes:
    """The XML of the sheet.

    Args:
        problems: The problems in their order.
        sheets: The sheets that links can lead to.
        say: The full message of a problem.
        words: The texts of the sheet.
        notice: The first line.
        styles: Where its styles are made.
        namespace: The namespace of the workbook's elements.
    """
    text, link = styles.text(), styles.link()
    severities: dict[Severity, int] = {
        "error": styles.text(severity="error"), "warning": styles.text(severity="warning"),
    }  # fmt: skip
    shown = {sheet.name for sheet in sheets if not sheet.is_hidden}
    targets = [_target(found, shown) for found in problems]
    names = ("col_severity", "col_code", "col_place", "col_message")
    header = [(words[name], styles.heading(filled=True)) for name in names]
    pieces = [
        _head(namespace), _row(1, [(notice, styles.heading(filled=False))], sum(_WIDTHS)),
        _row(_FIRST - 1, header),
    ]  # fmt: skip
    for number, (found, target) in enumerate(zip(problems, targets, strict=True), start=_FIRST):
        cells = [
            (words[found.severity], severities[found.severity]), (found.code, text),
            (_place(found, words), link if target else text), (say(found), text),
        ]  # fmt: skip
        pieces.append(_row(number, cells))
    pieces.append('</sheetData><mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>')
    links = [
        f'<hyperlink ref="C{number}" location="{storable(target)}"/>'
        for number, target in enumerate(targets, start=_FIRST)
        if target
    ]
    if links:
        pieces.append(f"<hyperlinks>{''.join(links)}</hyperlinks>")
    pieces.append(
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>'
    )
    return "".join(pieces).encode()


def _place(problem: Problem, words: Mapping[str, str]) -> str:
    """Sheet and cell, and the header of its column where that is known."""
    args = dict(problem.args)
    header = args.get(words.get("header", ""), args.get(f"header_{ENGLISH}", ""))
    return f"{problem.origin} {header}".rstrip()


def _target(problem: Problem, shown: set[str]) -> str:
    """Where a link leads; nowhere when the sheet is not there or cannot be gone to."""
    sheet = problem.origin.sheet
    if sheet not in shown:
        return ""
    place = position_of(problem.origin.cell) or (1, 0)
    return "'{}'!{}".format(sheet.replace("'", "''"), reference_of(place))


def _head(namespace: str) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(_WIDTHS, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="{_FIRST - 1}" '
        f'topLeftCell="A{_FIRST}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A1" sqref="A1"/></sheetView>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def _row(number: int, cells: Sequence[tuple[str, int]], width: float = _WIDTHS[-1]) -> str:
    """A row of inline text: text that looks like a formula stays text.

    The height of several lines, `width` letters each, is set: not every program finds it itself.
    """
    count = max(lines(text, width) for text, _ in cells)
    size = f' ht="{15.75 * count}" customHeight="1"' if count > 1 else ""
    content = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{storable(text)}</t></is></c>'
        for letter, (text, style) in zip("ABCD", cells, strict=False)
    )
    return f'<row r="{number}"{size}>{content}</row>'
