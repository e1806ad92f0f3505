"""One sheet of the form: its three header rows, its dropdowns and bounds, its rows.

Also here: colours, faces and measures of the form; how a sheet of the form comes out on paper: A4,
readable, never cut inside a value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from generator.intake.columns import Column, Kind, Sheet
from generator.intake.form.lists import DATA_ROWS, FIRST_ROW, Lists
from generator.intake.rows import column_letter
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from generator.model import Texts


_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    # Cells that a spreadsheet must not turn into numbers or dates.
    **dict.fromkeys((Kind.TEXT, Kind.LINE, Kind.EMAIL, Kind.PERIOD, Kind.CODES), "@"),
}
_WORDY = frozenset({Kind.LINE, Kind.EMAIL, Kind.CODES})
_BLANK_ROWS = 12
"""Coloured rows of a blank sheet."""
_SLANTED = "slanted"
DARK, PALE, FILL_IN, GREY = "1F4E79", "DCE6F1", "FFFBE6", "F2F2F2"
"""Headers that must be filled, other headers, cells to fill in, rows to leave alone."""
MARK = " *"
"""Behind the header of a column that must be filled: seen without colour too."""
_A4 = 9
_MARGIN = 0.4
"""Inches to the left and right; the footer takes more below."""
_ROOM = 0.95 * (297 / 25.4 - 2 * _MARGIN) * 96
"""Pixels that stand side by side on a page across at full size; programs differ by a few percent."""
_SMALLEST = 0.7
"""Below it the help text would be under six points."""


class _Shown(NamedTuple):
    """A column as it stands on a sheet of the form."""

    column: Column
    header: str
    is_required: bool
    width: float


def write_sheet(
    book: Workbook,
    sheet: Sheet,
    texts: Texts,
    language: str,
    lineage: Sequence[str],
    lists: Lists,
    rows: Sequence[Mapping[str, object]],
) -> None:
    """Add one sheet of the form to a workbook.

    Args:
        book: The workbook.
        sheet: What its columns are.
        texts: The words of the input notes.
        language: The language of the form.
        lineage: The jurisdiction it is for and those above it; empty for any.
        lists: What dropdowns point to.
        rows: Rows of physical column key to value.
    """
    page = book.create_sheet(sheet.name(language))
    groups = _groups(
        sheet,
        language,
        lineage,
        {key for row in rows for key, value in row.items() if value not in (None, "")},
    )
    shown = [one for group in groups for one in group]
    _head(page, shown, texts, language)
    for index, one in enumerate(shown, start=1):
        letter = column_letter(index - 1)
        page.column_dimensions[letter].width = one.width
        guarded = max(DATA_ROWS, len(rows))
        _guard(page, one, letter, lists.formula(one.column, guarded), guarded, texts, language)
    is_region = sheet.key == "region"
    page.freeze_panes = page.cell(FIRST_ROW, 2 if is_region else 3)
    face = texts.say("form.face", language)
    _fill(page, [one.column for one in shown], rows, lists, face)
    _lock(page, shown, face)
    widths = [[one.width for one in group] for group in groups]
    set_up(page, widths, face, fixed=1 if is_region else 2)


def _groups(
    sheet: Sheet, language: str, lineage: Sequence[str], used: set[str]
) -> list[list[_Shown]]:
    """The columns to show, those together that make up one value; the reader's language first."""
    own = LANGUAGES[language]
    groups = []
    for column in sheet.columns:
        parts = column.locally(lineage).expanded()
        if not column.is_shown(lineage) and used.isdisjoint(part.key for part in parts):
            continue
        if column.bilingual:
            parts = tuple(sorted(parts, key=lambda part: not part.key.endswith(f"_{own}")))
        groups.append([_shown(part, column, language) for part in parts])
    return groups


def _shown(part: Column, column: Column, language: str) -> _Shown:
    is_bound = column.uncertain and part.key != column.key
    is_required = column.required and not is_bound
    header = part.header(language) + (MARK if is_required else "")
    is_prose = column.printed or column.key in {"note", "use", "criterion", "benefit"}
    least = 30 if column.kind in _WORDY else 22 if is_prose else 12
    return _Shown(part, header, is_required, max(min(size(header) + 3, 24), least))


def _head(page: Worksheet, shown: Sequence[_Shown], texts: Texts, language: str) -> None:
    """Headers, units and help, each row as high as its longest text."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 - slow to load

    face = texts.say("form.face", language)
    line = Side(style="thin", color="BFBFBF")
    is_slanted = texts.say("form.slant", language) == _SLANTED
    small = Font(name=face, italic=is_slanted, size=9, color="595959")
    for index, one in enumerate(shown, start=1):
        fill, ink = (DARK, "FFFFFF") if one.is_required else (PALE, DARK)
        for row, text, font, colour in (
            (1, one.header, Font(name=face, bold=True, color=ink), fill),
            (2, one.column.unit_text(language), small, GREY),
            (3, one.column.help(language), small, GREY),
        ):
            cell = page.cell(row, index, text or None)
            cell.font = font
            cell.fill = PatternFill("solid", fgColor=colour)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(bottom=line)
    for row, step in ((1, 15), (2, 12.5), (3, 12.5)):
        most = max(lines(str(page.cell(row, index).value or ""), one.width)
                   for index, one in enumerate(shown, start=1))  # fmt: skip
        page.row_dimensions[row].height = step * most + 4


def _guard(
    page: Worksheet,
    one: _Shown,
    letter: str,
    formula: str,
    rows: int,
    texts: Texts,
    language: str,
) -> None:
    """Dropdown or bounds, with the input note that Excel shows beside the cell."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - slow to load

    column = one.column
    is_bounded = column.kind.is_number and column.low is not None and column.high is not None
    if formula:
        check = DataValidation(type="list", formula1=formula, allow_blank=True)
    elif is_bounded and not column.typed_by:
        check = DataValidation(
            type="decimal", operator="between", formula1=f"{column.low:g}",
            formula2=f"{column.high:g}", allow_blank=True,
        )  # fmt: skip
    else:
        check = DataValidation(allow_blank=True)
    # A warning, not a stop: 1.2 GW and 34 % are welcome, and `briefs check` has the last word.
    check.errorStyle = "warning"
    note = column.help(language) or column.unit_text(language)
    if one.is_required:
        note = texts.say("form.required", language, help=note).strip()
    if not formula and not is_bounded and not note:
        return
    if note:
        check.promptTitle = one.header[:32]
        check.prompt = note[:255]
        check.showInputMessage = True
    check.showErrorMessage = bool(formula) or is_bounded
    check.add(f"{letter}{FIRST_ROW}:{letter}{rows + FIRST_ROW - 1}")
    page.add_data_validation(check)


def _lock(page: Worksheet, shown: Sequence[_Shown], face: str) -> None:
    """Headers, units and help cannot be overwritten by accident; everything else can. No password.

    Cells below the coloured rows take face and format from their column, so that 0007 typed there
    keeps its zeros too.
    """
    from openpyxl.styles import Font, Protection  # noqa: PLC0415 - slow to load

    for index, one in enumerate(shown):
        column = page.column_dimensions[column_letter(index)]
        column.protection = Protection(locked=False)
        column.font = Font(name=face, size=11)
        column.number_format = _FORMATS.get(one.column.kind, "General")
    protection = page.protection
    protection.sheet = True
    for allowed in (
        "formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows",
        "insertHyperlinks", "deleteColumns", "deleteRows", "sort", "autoFilter",
    ):  # fmt: skip
        setattr(protection, allowed, False)  # False: not forbidden


def _fill(
    page: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, object]],
    lists: Lists,
    face: str,
) -> None:
    from openpyxl.styles import Border, Font, PatternFill, Protection, Side  # noqa: PLC0415 - slow to load

    tint = PatternFill("solid", fgColor=FILL_IN)
    unlocked = Protection(locked=False)
    font = Font(name=face, size=11)
    hair = Side(style="hair", color="BFBFBF")
    ruled = Border(bottom=hair, right=hair)
    for number in range(FIRST_ROW, max(len(rows), _BLANK_ROWS) + FIRST_ROW):
        values = rows[number - FIRST_ROW] if number - FIRST_ROW < len(rows) else {}
        for index, column in enumerate(columns, start=1):
            cell = page.cell(number, index)
            cell.font = font
            cell.fill = tint
            cell.border = ruled
            cell.protection = unlocked
            if column.kind in _FORMATS:
                cell.number_format = _FORMATS[column.kind]
            value = values.get(column.key)
            if value not in (None, ""):
                _put(cell, lists.label(column, value))


def write_beside(
    page: Worksheet, headers: Sequence[str], rows: Sequence[Mapping[str, object]], face: str
) -> None:
    """Put a planner's own columns behind those of the form; nothing in them is read."""
    from openpyxl.styles import Font, Protection  # noqa: PLC0415 - slow to load

    first = page.max_column + 1
    unlocked = Protection(locked=False)
    for index, header in enumerate(headers, start=first):
        page.column_dimensions[column_letter(index - 1)].width = max(min(size(header) + 3, 24), 12)
        head = page.cell(1, index)
        _put(head, header)
        head.font = Font(name=face, bold=True)
        for number, row in enumerate(rows, start=FIRST_ROW):
            if header in row:
                cell = page.cell(number, index)
                _put(cell, row[header])
                cell.font = Font(name=face, size=11)
                cell.protection = unlocked


def _put(cell: Cell | MergedCell, value: object) -> None:
    """Fill a cell; text that begins like a formula stays text."""
    cell.value = cast("Any", value)
    if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
        cell.data_type = "s"
        cell.quotePrefix = True


def size(text: str) -> int:
    """Width in Latin characters; a Chinese one takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def lines(text: str, width: float) -> int:
    """Lines that a text fills in a column of that width, with room for words that do not break."""
    return max(1, math.ceil(size(text) * 1.15 / width))


def set_up(
    page: Worksheet,
    groups: Sequence[Sequence[float]],
    face: str,
    *,
    fixed: int = 0,
    is_table: bool = True,
) -> None:
    """Paper, margins, footer, and where a sheet that is wider than the paper is divided.

    No print area is set: it would leave out the rows that planners add below. What is filled or
    coloured ends the print.

    Args:
        page: The sheet.
        groups: Widths of the columns, in characters; those of one group stay on one page.
        face: The face of the footer; a Latin one cuts the feet of Chinese characters.
        fixed: How many columns at the left stand on every page of a divided sheet.
        is_table: Whether the first three rows are headers and the sheet lies across.
    """
    from openpyxl.worksheet.pagebreak import Break  # noqa: PLC0415 - slow to load

    page.page_setup.paperSize = _A4
    page.page_setup.orientation = "landscape" if is_table else "portrait"
    page.page_margins.left = page.page_margins.right = _MARGIN
    page.page_margins.top, page.page_margins.bottom = 0.5, 0.9
    page.page_margins.header, page.page_margins.footer = 0.3, 0.4
    page.oddFooter.left.text = "&A"  # type: ignore[union-attr]  # the stubs allow for none
    page.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]  # as above
    for part in (page.oddFooter.left, page.oddFooter.right):  # type: ignore[union-attr]  # as above
        part.font, part.size = f"{face},Regular", 9
    if is_table:
        page.print_title_rows = "1:3"
    flat = [width for group in groups for width in group]
    if sum(map(_pixels, flat)) * _SMALLEST <= _ROOM:
        page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # as above
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        return
    breaks, widest = _breaks(groups, sum(map(_pixels, flat[:fixed])))
    page.page_setup.scale = min(100, int(100 * _ROOM / widest))
    page.print_title_cols = f"A:{column_letter(fixed - 1)}"
    for column in breaks:
        page.col_breaks.append(Break(id=column))


def _breaks(groups: Sequence[Sequence[float]], fixed: float) -> tuple[list[int], float]:
    """Columns after which a page ends, the pages filled alike, and the widest page.

    Args:
        groups: Widths of the columns in characters, by group.
        fixed: Pixels of the columns that are repeated on every page after the first.
    """
    breaks, widest = _filled(groups, fixed, _ROOM / _SMALLEST)
    while True:
        narrower, its_widest = _filled(groups, fixed, widest - 1)
        if len(narrower) > len(breaks) or its_widest >= widest:
            return breaks, widest
        breaks, widest = narrower, its_widest


def _filled(
    groups: Sequence[Sequence[float]], fixed: float, room: float
) -> tuple[list[int], float]:
    """Pages filled one after the other: the columns that end them, and the widest page."""
    breaks: list[int] = []
    used = widest = 0.0
    column = 0
    for group in groups:
        width = sum(map(_pixels, group))
        if used and used + width > room:
            breaks.append(column)
            used = fixed
        used += width
        widest = max(widest, used)
        column += len(group)
    return breaks, widest


def _pixels(width: float) -> float:
    """A column of n characters is n digits of seven pixels and a margin of five."""
    return 7 * width + 5
