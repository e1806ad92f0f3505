"""The last sheet of the copy, on which it opens: every problem with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.intake.marked.comments import lines, storable
from generator.intake.marked.sheet import position_of, reference_of
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.intake.marked.styles import Styles
    from generator.problems import Problem, Severity

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
