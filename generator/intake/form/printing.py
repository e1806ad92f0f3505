"""How a sheet of the form comes out on paper: A4, readable, never cut inside a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake.rows import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9
_MARGIN = 0.4
"""Inches to the left and right; the footer takes more below."""
_ROOM = 0.95 * (297 / 25.4 - 2 * _MARGIN) * 96
"""Pixels that stand side by side on a page across at full size; programs differ by a few percent."""
_SMALLEST = 0.7
"""Below it the help text would be under six points."""


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
