"""The first sheet of the form: ten lines, what the colours mean, for whom the form was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake.columns import SCHEMA_VERSION
from generator.intake.form import printing
from generator.intake.form.look import DARK, FILL_IN, GREY, PALE, lines

if TYPE_CHECKING:
    from openpyxl import Workbook

    from generator.model import Knowledge, Texts

_WIDTH = 100
_LEGEND = (("must", DARK), ("may", PALE), ("fill", FILL_IN), ("leave", GREY))


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
    printing.set_up(page, ((_WIDTH,),), face, is_table=False)


def _made_for(knowledge: Knowledge, texts: Texts, language: str, jurisdiction: str) -> str:
    if not jurisdiction:
        return texts.say("form.made_for_any", language)
    name = knowledge.jurisdictions[jurisdiction].name.text(language)
    return texts.say("form.made_for", language, place=name, code=jurisdiction)
