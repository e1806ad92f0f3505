"""Paragraphs, captions, tables and sections as WordprocessingML with docxtpl tags inside."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from look import INK, PALETTE, Look
from package import DOCUMENT_PARTS, NAMESPACES

TWIPS_PER_MM = 1440 / 25.4
A4_MM = (210, 297)


class Text(NamedTuple):
    """A typed text in both languages."""

    en: str
    zh: str


Words = Text | str


@dataclass(frozen=True, slots=True)
class Column:
    """A table column.

    Attributes:
        head: Column title with the unit.
        cell: Text of the cell; each item is a paragraph, a `{%p` item a tag of its own.
        mm: Width, in proportion to the other columns.
        number: Whether the column is right-aligned.
        band: Expression of the band that colours the cell, empty for none.
    """

    head: Words
    cell: Words | tuple[Words, ...]
    mm: int
    number: bool = False
    band: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table with one row per item of a list."""

    caption: Words
    description: Words
    loop: str
    columns: tuple[Column, ...]
    style: str = "BriefTable"
    small: bool = False
    keep: bool = False
    """Whether its rows stay on one page: for tables of a few rows."""
    most: int = 0
    """How many rows to print, 0 for all; what follows stands elsewhere."""

    @property
    def source(self) -> str:
        """The list that the rows come from; without it the table disappears."""
        return self.loop.split(" in ")[1]


def field(code: str, runs: str) -> str:
    """A field with its cached result."""
    return f'<w:fldSimple w:instr=" {code} ">{runs}</w:fldSimple>'


def when(condition: str, *content: str) -> str:
    """Content that appears only if the condition holds."""
    return tag(f"if {condition}") + "".join(content) + tag("endif")


def each(loop: str, *content: str) -> str:
    """Content repeated for each item."""
    return tag(f"for {loop}") + "".join(content) + tag("endfor")


def tag(statement: str) -> str:
    """A paragraph that docxtpl replaces by the statement."""
    return f"<w:p><w:r><w:t>{{%p {_escape(statement)} %}}</w:t></w:r></w:p>"


def palette() -> str:
    """The opening statements: colours by band and the counter of the tables."""
    colours = ", ".join(f'{band}="{colour}"' for band, colour in PALETTE.items())
    return tag(f"set palette = dict({colours})") + tag("set table = namespace(number=0)")


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes blocks in one language and look."""

    look: Look

    def say(self, words: Words) -> str:
        """The words in the pen's language."""
        if isinstance(words, str):
            return words
        return words.zh if self.look.chinese else words.en

    def run(self, words: Words, *, strong: bool = False, fill: str = "") -> str:
        """A run of text, optionally emphasised or on a tint."""
        text = self.say(words)
        if not text:
            return ""
        properties = '<w:rStyle w:val="Strong"/>' if strong else ""
        # The hint keeps Chinese quotation marks and dashes in the Chinese face.
        properties += '<w:rFonts w:hint="eastAsia"/>' if self.look.chinese else ""
        tint = f'<w:color w:val="{INK}"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        properties += tint if fill else ""
        properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{_escape(text)}</w:t></w:r>'

    def runs(self, words: Words) -> str:
        """Runs of a text in which `**` brackets emphasis."""
        pieces = re.split(r"\*\*", self.say(words))
        return "".join(self.run(piece, strong=bool(i % 2)) for i, piece in enumerate(pieces))

    def p(self, style: str, words: Words, *, section: str = "", extra: str = "") -> str:
        """A paragraph; `section` ends a section with it."""
        return self.paragraph(style, self.runs(words), extra + section)

    @staticmethod
    def paragraph(style: str, runs: str, properties: str = "") -> str:
        """A paragraph around ready runs."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'

    def optional(self, style: str, path: str, words: Words = "", *, keep: bool = False) -> str:
        """A paragraph that appears only if the text at the path is not empty.

        Args:
            style: Paragraph style.
            path: Name of the text in the context.
            words: What to write instead of the bare text.
            keep: Whether it stays on the page of the next paragraph.
        """
        extra = "<w:keepNext/>" if keep else ""
        return when(path, self.p(style, words or f"{{{{ {path} }}}}", extra=extra))

    def bullets(self, path: str, style: str = "ListBullet", *, most: int = 0) -> str:
        """One paragraph per item of a list of texts, or per item of the first `most`."""
        line = self.p(style, "{{ line }}")
        return each(f"line in {path}", when(f"loop.index <= {most}", line) if most else line)

    def heading(self, level: int, words: Words, *, numbered: bool = True) -> str:
        """A heading, numbered where the look numbers its level."""
        plain = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
        plain += "" if self.look.chinese else '<w:ind w:left="0" w:firstLine="0"/>'
        keep = numbered or not self.look.numbered
        return self.p(f"Heading{level}", words, extra="" if keep else plain)

    def caption(self, words: Words) -> str:
        """A numbered table caption; the counter keeps the cached numbers right."""
        count = self.run("{% set table.number = table.number + 1 %}")
        number = field(r"SEQ Table \* ARABIC", self.run("{{ table.number }}"))
        label = self.run(Text("Table ", "表"))
        text = self.runs(Text(". ", "　")) + self.runs(words)
        return self.paragraph("Caption", f"{count}{label}{number}{text}")

    def table(self, table: Table, *, wide: bool = False) -> str:
        """A captioned table that disappears with its list."""
        head = self.row([self.head_cell(c) for c in table.columns], header=True)
        row = self.row([self.cell(c, small=table.small, keep=table.keep) for c in table.columns])
        if table.most:
            row = self.row_tag(f"if loop.index <= {table.most}") + row + self.row_tag("endif")
        inner = self.frame(table, head + self.loop_rows(table.loop, row), wide=wide)
        return when(table.source, self.caption(table.caption), inner)

    def frame(self, table: Table, rows: str, *, wide: bool = False) -> str:
        """A table of fixed layout around ready rows."""
        total = self.width(wide=wide)
        share = total / sum(c.mm for c in table.columns)
        grid = "".join(f'<w:gridCol w:w="{int(c.mm * share)}"/>' for c in table.columns)
        name, about = (html.escape(self.say(t)) for t in (table.caption, table.description))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{table.style}"/><w:tblW w:w="{total}" '
            'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" '
            'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{name}"/><w:tblDescription w:val="{about}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def loop_rows(self, loop: str, rows: str) -> str:
        """Rows repeated for each item of a list."""
        return self.row_tag(f"for {loop}") + rows + self.row_tag("endfor")

    def row_tag(self, statement: str) -> str:
        """A row that docxtpl replaces by the statement."""
        return f"<w:tr>{self.raw_cell(self.p('TableText', f'{{%tr {statement} %}}'))}</w:tr>"

    def row(self, cells: Iterable[str], *, header: bool = False, height: int = 0) -> str:
        """A row that stays on one page; a header row repeats."""
        properties = "<w:cantSplit/>"
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
        properties += "<w:tblHeader/>" if header else ""
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    def head_cell(self, column: Column) -> str:
        """The title of a column."""
        style = "TableHeadNumber" if column.number else "TableHead"
        inner = self.runs(column.head)
        name, bracket, unit = self.say(column.head).partition("（")
        if bracket:
            # A Chinese unit stands on a line of its own: it would break anywhere otherwise.
            inner = f"{self.runs(name)}<w:r><w:br/></w:r>{self.runs(bracket + unit)}"
        return self.raw_cell(self.paragraph(style, inner), align="bottom")

    def cell(self, column: Column, *, small: bool = False, keep: bool = False) -> str:
        """A body cell; the paragraphs of a tuple stand below each other."""
        style = "TableNumber" if column.number else "TableSmall" if small else "TableText"
        items = (column.cell,) if isinstance(column.cell, str | Text) else column.cell
        texts = [self.say(item) for item in items]
        if column.band:
            texts[0] = f"{{% cellbg palette[{column.band}] %}}{texts[0]}"
        plain = "".join(self.p(style, text) for text in texts)
        if not keep or column.band:
            return self.raw_cell(plain)
        kept = "".join(self.p(style, text, extra="<w:keepNext/>") for text in texts)
        # The last row must not hold on to whatever follows the table.
        choice = tag("if loop.last") + plain + tag("else") + kept + tag("endif")
        return self.raw_cell(choice)

    def raw_cell(self, paragraphs: str, *, align: str = "top", turn: str = "") -> str:
        """A cell around ready paragraphs.

        It has no width of its own: widths come from the grid, and docxtpl's `cellbg` puts the
        shading first in the cell properties, where only a following `vAlign` is in order.
        """
        turned = f'<w:textDirection w:val="{turn}"/>' if turn else ""
        return f'<w:tc><w:tcPr>{turned}<w:vAlign w:val="{align}"/></w:tcPr>{paragraphs}</w:tc>'

    def width(self, *, wide: bool = False) -> int:
        """Text width in twentieths of a point."""
        return round((A4_MM[wide] - 2 * self.look.margin_mm) * TWIPS_PER_MM)

    def section(self, *, wide: bool = False) -> str:
        """Properties of a section, portrait or wide."""
        short, long = (round(mm * TWIPS_PER_MM) for mm in A4_MM)
        margin = round(self.look.margin_mm * TWIPS_PER_MM)
        size = f'w:w="{short}" w:h="{long}"'
        size = f'w:w="{long}" w:h="{short}" w:orient="landscape"' if wide else size
        head, foot = DOCUMENT_PARTS["header2" if wide else "header1"], DOCUMENT_PARTS["footer1"]
        # Wide pages are low: a heat table needs the height.
        upright = margin - (round(4 * TWIPS_PER_MM) if wide else 0)
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id="{head}"/>'
            f'<w:footerReference w:type="default" r:id="{foot}"/><w:type w:val="nextPage"/>'
            f'<w:pgSz {size}/><w:pgMar w:top="{upright + 120}" w:right="{margin}" '
            f'w:bottom="{upright}" w:left="{margin}" w:header="567" w:footer="454" w:gutter="0"/>'
            "</w:sectPr>"
        )

    def document(self, content: Iterable[str]) -> str:
        """XML of the document part."""
        body = palette() + "".join(content) + self.section()
        return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
