"""The blank workbook: headers, units, help, dropdowns and a first sheet that explains itself."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from typing import TYPE_CHECKING, Any, cast

from generator.intake.columns import FORM, REGION_FIGURES, SCHEMA_VERSION, Column, Kind, Sheet
from generator.intake.rows import column_letter
from generator.model import COMPARATORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from generator.model import Knowledge, Texts

_ACCENT, _FILL_IN, _GREY = "1F4E79", "FFFBE6", "F2F2F2"
_AS_TYPED = (Kind.TEXT, Kind.LINE, Kind.EMAIL, Kind.PERIOD, Kind.CODES)
"""Cells that a spreadsheet must not turn into numbers or dates."""
_WORDY = frozenset({Kind.LINE, Kind.EMAIL, Kind.CODES})
_STAMP = (1980, 1, 1, 0, 0, 0)
_FACES = {"en": "Calibri", "zh-CN": "Microsoft YaHei"}
_BARE = frozenset({"grade", "gb50174_grade", "language"})
"""Choice lists whose values planners know better than any label."""
_DATA_ROWS = 500
"""Rows that carry dropdowns and formats; rows below still count, without them."""

Filled = dict[str, list[dict[str, object]]]
"""Sheet key to rows of column key to value."""


def write_form(
    knowledge: Knowledge,
    texts: Texts,
    language: str,
    rows: Mapping[str, Sequence[Mapping[str, object]]],
) -> bytes:
    """A workbook in the form of the column table, with or without rows.

    Args:
        knowledge: What dropdowns offer.
        texts: The words of the first sheet.
        language: `en` or `zh-CN`: sheet names, headers, help and dropdown labels.
        rows: Sheet key to rows of physical column key to value; empty for the blank form.

    Returns:
        The bytes of an .xlsx file; the same input gives the same bytes.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - half the start-up time of the command

    book = Workbook()
    book.remove(book.worksheets[0])
    _explain(book, texts, language)
    lists = _Lists(book, knowledge, language)
    for sheet in FORM:
        _write_sheet(book, sheet, language, lists, rows.get(sheet.key, ()))
    lists.finish()
    book.active = 1
    return _reproducible(book)


def _explain(book: Workbook, texts: Texts, language: str) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

    page = book.create_sheet(texts.say("form.instructions_sheet", language))
    page.column_dimensions["A"].width = 100
    page.sheet_view.showGridLines = False
    lines = [texts.say("form.title", language)]
    lines += [texts.say(f"form.line_{number}", language) for number in range(1, 11)]
    lines.append(texts.say("form.schema_version", language, version=SCHEMA_VERSION))
    for number, line in enumerate(lines, start=1):
        cell = page.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        face = _FACES[language]
        is_title = number == 1
        cell.font = (
            Font(name=face, size=16, bold=True, color=_ACCENT)
            if is_title
            else Font(name=face, size=11)
        )
        page.row_dimensions[number].height = 26 if is_title else 16 * _lines(line, 105)


class _Lists:
    """The hidden sheet that dropdowns point to: literal lists end at 255 characters."""

    def __init__(self, book: Workbook, knowledge: Knowledge, language: str) -> None:
        self._book, self._knowledge, self._language = book, knowledge, language
        self._columns: dict[str, list[str]] = {}

    def formula(self, column: Column) -> str:
        """The reference to a column's allowed values, empty when it has none."""
        name = column.choices or column.refers_to
        if column.kind is Kind.FLAG:
            name = "flag"
        if column.kind is Kind.CODES:
            return ""
        if name == "region":
            return f"='{FORM[0].name(self._language)}'!$A$4:$A${_DATA_ROWS + 3}"
        if name not in self._columns:
            values = self._values(name)
            if not values:
                return ""
            self._columns[name] = values
        letter = column_letter(list(self._columns).index(name))
        return f"=Lists!${letter}$2:${letter}${len(self._columns[name]) + 1}"

    def _values(self, name: str) -> list[str]:
        known, language = self._knowledge, self._language
        offered = {
            "flag": lambda: ["0", "1"],
            "uses": lambda: [
                f"{use.use_id} {use.name.text(language)}"
                for use in known.uses
                if use.category != COMPARATORS
            ],
            "criteria": lambda: [item.name.text(language) for item in known.criteria.values()],
            "measures": lambda: [
                *(item.name.text(language) for item in known.criteria.values()),
                *(column.header(language) for column in REGION_FIGURES),
            ],
            "activities": lambda: [item.name.text(language) for item in known.activities.values()],
            "jurisdictions": lambda: list(known.jurisdictions),
            "benefits": lambda: list(known.benefits),
        }
        if name in offered:
            return offered[name]()
        labels = known.choices.get(name, {})
        return [value if name in _BARE else label.text(language) for value, label in labels.items()]

    def label(self, column: Column, value: object) -> object:
        """The word a planner would pick for a stored value."""
        language = self._language
        if column.refers_to == "uses":
            name = next(u.name for u in self._knowledge.uses if u.use_id == value)
            return f"{value} {name.text(language)}"
        if column.refers_to in {"criteria", "measures"} and value in self._knowledge.criteria:
            return self._knowledge.criteria[str(value)].name.text(language)
        if column.refers_to == "measures":
            return next(item.header(language) for item in FORM[0].columns if item.key == value)
        if column.refers_to == "activities":
            return self._knowledge.activities[str(value)].name.text(language)
        if column.kind is Kind.CHOICE and column.choices not in _BARE:
            return self._knowledge.choices[column.choices][str(value)].text(language)
        return value

    def finish(self) -> None:
        """Write the hidden sheet."""
        page = self._book.create_sheet("Lists")
        page.sheet_state = "hidden"
        for index, (name, values) in enumerate(self._columns.items(), start=1):
            page.cell(1, index, name)
            for row, value in enumerate(values, start=2):
                page.cell(row, index, value)


def _write_sheet(
    book: Workbook,
    sheet: Sheet,
    language: str,
    lists: _Lists,
    rows: Sequence[Mapping[str, object]],
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    page = book.create_sheet(sheet.name(language))
    columns = sheet.physical
    line = Side(style="thin", color="BFBFBF")
    for index, column in enumerate(columns, start=1):
        head = page.cell(1, index, column.header(language))
        head.font = Font(name=_FACES[language], bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor=_ACCENT)
        for row, text in ((2, column.unit_text(language)), (3, column.help(language))):
            cell = page.cell(row, index, text or None)
            cell.font = Font(name=_FACES[language], italic=True, size=9, color="595959")
            cell.fill = PatternFill("solid", fgColor=_GREY)
        for row in (1, 2, 3):
            page.cell(row, index).alignment = Alignment(wrap_text=True, vertical="top")
            page.cell(row, index).border = Border(bottom=line)
        page.column_dimensions[column_letter(index - 1)].width = _width(column, language)
        _guard(page, column, index, lists.formula(column), language)
    widths = [_width(column, language) for column in columns]
    for row, texts in (
        (1, [column.header(language) for column in columns]),
        (3, [column.help(language) for column in columns]),
    ):
        most = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
        page.row_dimensions[row].height = 15 * most + 4
    page.freeze_panes = page.cell(4, 3 if sheet.key != "region" else 2)
    _fill(page, columns, rows, lists, language)
    _lock(page, columns)


def _width(column: Column, language: str) -> float:
    is_prose = column.printed or column.key in {"note", "use"}
    least = 36 if column.kind in _WORDY else 26 if is_prose else 14
    return max(min(_size(column.header(language)) + 3, 22), least)


def _size(text: str) -> int:
    """Width in Latin characters; a Chinese one takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def _lines(text: str, width: float) -> int:
    """Lines that a text fills in a column of that width, with room for words that do not break."""
    return max(1, math.ceil(_size(text) * 1.15 / width))


def _guard(page: Worksheet, column: Column, index: int, formula: str, language: str) -> None:
    """Dropdown or bounds, with the input note that Excel shows beside the cell."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    letter = column_letter(index - 1)
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
    if not formula and not is_bounded and not note:
        return
    if note:
        check.promptTitle = column.header(language)[:32]
        check.prompt = note[:255]
        check.showInputMessage = True
    check.showErrorMessage = bool(formula) or is_bounded
    check.add(f"{letter}4:{letter}{_DATA_ROWS + 3}")
    page.add_data_validation(check)


def _lock(page: Worksheet, columns: Sequence[Column]) -> None:
    """Headers, units and help cannot be overwritten by accident; everything else can. No password."""
    from openpyxl.styles import Protection  # noqa: PLC0415 - as above

    for index in range(1, len(columns) + 1):
        page.column_dimensions[column_letter(index - 1)].protection = Protection(locked=False)
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
    lists: _Lists,
    language: str,
) -> None:
    from openpyxl.styles import Font, PatternFill, Protection  # noqa: PLC0415 - as above

    tint = PatternFill("solid", fgColor=_FILL_IN)
    unlocked = Protection(locked=False)
    face = Font(name=_FACES[language], size=11)
    formats = {Kind.DATE: "yyyy-mm-dd", **dict.fromkeys(_AS_TYPED, "@")}
    for number in range(4, max(len(rows), 12) + 4):
        values = rows[number - 4] if number - 4 < len(rows) else {}
        for index, column in enumerate(columns, start=1):
            cell = page.cell(number, index)
            cell.font = face
            cell.fill = tint
            cell.protection = unlocked
            if column.kind in formats:
                cell.number_format = formats[column.kind]
            value = values.get(column.key)
            if value in (None, ""):
                continue
            cell.value = cast("Any", lists.label(column, value))
            # Text that begins like a formula stays text.
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                cell.data_type = "s"
                cell.quotePrefix = True


def _reproducible(book: Workbook) -> bytes:
    """The workbook's bytes with fixed dates and entry order."""
    from openpyxl.packaging.custom import IntProperty  # noqa: PLC0415

    book.properties.creator = "briefs"
    book.properties.created = book.properties.modified = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no zone
    book.custom_doc_props.append(  # type: ignore[attr-defined]  # missing from the stubs
        IntProperty(name="schema_version", value=SCHEMA_VERSION)
    )
    draft = io.BytesIO()
    book.save(draft)
    result = io.BytesIO()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(result, "w") as target:
        for name in sorted(
            source.namelist(), key=lambda item: (item != "[Content_Types].xml", item)
        ):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _fixed_dates(content)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return result.getvalue()


def _fixed_dates(core: bytes) -> bytes:
    """Openpyxl stamps the moment of saving; the form has no such moment."""
    import re  # noqa: PLC0415 - one use, at the end of a rare command

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", core)
