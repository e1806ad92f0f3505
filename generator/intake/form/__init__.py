"""The blank workbook: headers, units, help, dropdowns and a first sheet that explains itself.

Also here: the first sheet of the form: ten lines, what the colours mean, for whom the form was
made.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from generator.intake.columns import FORM, SCHEMA_VERSION
from generator.intake.form.lists import Lists
from generator.intake.form.sheet import (
    DARK,
    FILL_IN,
    GREY,
    PALE,
    lines,
    set_up,
    write_beside,
    write_sheet,
)
from generator.opc import Bounds, pack_in_order, read

if TYPE_CHECKING:
    from openpyxl import Workbook

    from generator.model import Knowledge, Texts


_CORE = "docProps/core.xml"
_BOUNDS = Bounds(unpacked=2**28)
_WIDTH = 100
_LEGEND = (("must", DARK), ("may", PALE), ("fill", FILL_IN), ("leave", GREY))


def write_form(
    knowledge: Knowledge,
    texts: Texts,
    language: str,
    rows: Mapping[str, Sequence[Mapping[str, object]]],
    jurisdiction: str = "",
    beside: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """A workbook in the form of the column table, with or without rows.

    Args:
        knowledge: What dropdowns offer.
        texts: The words of the first sheet.
        language: Of sheet names, headers, help and dropdown labels.
        rows: Sheet key to rows of physical column key to value; empty for the blank form.
        jurisdiction: Whose columns, help and dropdowns are shown; empty for what is common to all.
            A column with a value in `rows` is shown wherever it belongs.
        beside: Sheet key to headers of a planner's own columns, which stand behind the form's.

    Returns:
        The bytes of an .xlsx file; the same input gives the same bytes.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - half the start-up time of the command

    book = Workbook()
    book.remove(book.worksheets[0])
    lineage = knowledge.lineage(jurisdiction) if jurisdiction else ()
    explain(book, knowledge, texts, language, jurisdiction)
    lists = Lists(book, knowledge, language, lineage)
    for sheet in FORM:
        own = rows.get(sheet.key, ())
        write_sheet(book, sheet, texts, language, lineage, lists, own)
        if beside and sheet.key in beside:
            face = texts.say("form.face", language)
            write_beside(book[sheet.name(language)], beside[sheet.key], own, face)
    lists.finish()
    book.active = 1
    return _reproducible(book)


def _reproducible(book: Workbook) -> bytes:
    """The workbook's bytes with fixed dates and entry order."""
    from openpyxl.packaging.custom import IntProperty  # noqa: PLC0415 - as above

    book.properties.creator = "briefs"
    book.properties.created = book.properties.modified = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no zone
    book.custom_doc_props.append(  # type: ignore[attr-defined]  # missing from the stubs
        IntProperty(name="schema_version", value=SCHEMA_VERSION)
    )
    draft = io.BytesIO()
    book.save(draft)
    parts = read(draft.getvalue(), _BOUNDS)
    parts[_CORE] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", parts[_CORE]
    )
    return pack_in_order(parts)


def explain(
    book: Workbook, knowledge: Knowledge, texts: Texts, language: str, jurisdiction: str
) -> None:
    """Add the sheet to a workbook."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - slow to load

    page = book.create_sheet(texts.say("form.instructions_sheet", language))
    page.column_dimensions["A"].width = _WIDTH
    page.sheet_view.showGridLines = False
    face = texts.say("form.face", language)
    plain = Font(name=face, size=11)
    rows = [
        (texts.say("form.title", language), Font(name=face, size=16, bold=True, color=DARK), "")
    ]
    rows += [(texts.say(f"form.line_{number}", language), plain, "") for number in range(1, 11)]
    rows += [
        (
            texts.say(f"form.legend_{name}", language),
            Font(name=face, size=11, color="FFFFFF" if colour == DARK else "000000"),
            colour,
        )
        for name, colour in _LEGEND
    ]
    rows.append((_made_for(knowledge, texts, language, jurisdiction), plain, ""))
    version = texts.say("form.schema_version", language, version=SCHEMA_VERSION)
    rows.append((version, plain, ""))
    for number, (text, font, colour) in enumerate(rows, start=1):
        cell = page.cell(number, 1, text)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="center" if colour else "top")
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
        height = 28 if number == 1 else 16 * lines(text, _WIDTH) + 4
        page.row_dimensions[number].height = height
    set_up(page, ((_WIDTH,),), face, is_table=False)


def _made_for(knowledge: Knowledge, texts: Texts, language: str, jurisdiction: str) -> str:
    if not jurisdiction:
        return texts.say("form.made_for_any", language)
    name = knowledge.jurisdictions[jurisdiction].name.text(language)
    return texts.say("form.made_for", language, place=name, code=jurisdiction)
