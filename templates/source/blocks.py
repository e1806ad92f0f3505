"""Paragraphs, captions, tables and sections as WordprocessingML with docxtpl tags inside."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Literal

from basis import basis
from look import INK, PALETTE, Look
from package import DOCUMENT_PARTS, NAMESPACES, Chart, chart_id
from tables import Column, Table, Text, Variant, Words, looped

TWIPS_PER_MM = 1440 / 25.4
A4_MM = (210, 297)


_LABELS = {"table": (Text("Table ", "表"), "Table"), "figure": (Text("Figure ", "图"), "Figure")}
"""What stands before the number of a caption, and the name it is counted by."""


def field(code: str, runs: str) -> str:
    """A field with its cached result."""
    return f'<w:fldSimple w:instr=" {code} ">{runs}</w:fldSimple>'


def chain(code: str, runs: str) -> str:
    """A field as a chain of runs, which may hold paragraphs and stand in a link."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    order = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{begin}{order}{separate}{runs}{end}"


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
    """The opening statement: colours by band."""
    colours = ", ".join(f'{band}="{colour}"' for band, colour in PALETTE.items())
    return tag(f"set palette = dict({colours})")


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes blocks in one language and look."""

    look: Look
    has_samples: bool = False
    """Whether tables have sample rows that the program fills, rather than loops."""
    charts: list[Chart] = attribute(default_factory=list)
    """The charts drawn so far, in the order of their relationships."""

    def keep(self, chart: Chart) -> str:
        """Keep the parts of a chart; its relationship."""
        self.charts.append(chart)
        return chart_id(len(self.charts) - 1)

    @property
    def width_mm(self) -> int:
        """Text width of an upright page."""
        return A4_MM[0] - 2 * self.look.margin_mm

    def say(self, words: Words) -> str:
        """The words in the pen's language."""
        if isinstance(words, str):
            return words
        return words.zh if self.look.chinese else words.en

    def run(self, words: Words, *, style: str = "", fill: str = "") -> str:
        """A run of text, optionally in a character style or on a tint."""
        text = self.say(words)
        if not text:
            return ""
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        # The hint keeps Chinese quotation marks and dashes in the Chinese face.
        properties += '<w:rFonts w:hint="eastAsia"/>' if self.look.chinese else ""
        tint = f'<w:color w:val="{INK}"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        properties += tint if fill else ""
        properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{_escape(text)}</w:t></w:r>'

    def runs(self, words: Words) -> str:
        """Runs of a text in which `**` brackets emphasis and `[[name]]` refers to a caption."""
        made, style = "", ""
        for piece in re.split(r"(\*\*|\[\[\w+\]\])", self.say(words)):
            if piece == "**":
                style = "" if style else "Strong"
            elif piece.startswith("[["):
                made += self.ref(piece[2:-2])
            else:
                made += self.run(piece, style=style)
        return made

    def link(self, words: Words, trace: str, *, anchor: str = "", strong: bool = False) -> str:
        """A number that leads to where it comes from, with a tip.

        Args:
            words: The number.
            trace: Expression of a link with `anchor` and `tip`.
            anchor: Bookmark to lead to in place of the number's own row.
            strong: Whether it stands in emphasised text.
        """
        face = f'<w:rFonts w:eastAsia="{self.look.head_face}"' if strong else "<w:rFonts"
        # The hint keeps Chinese dashes in the Chinese face.
        properties = f'{face} w:hint="eastAsia"/>' if self.look.chinese else ""
        properties += "<w:b/>" if strong else ""
        where = f"{{% if {trace}.anchor %}}{anchor}{{% endif %}}" if anchor else ""
        return (
            f'<w:hyperlink w:anchor="{where or f"{{{{ {trace}.anchor }}}}"}" '
            f'w:tooltip="{{{{ {trace}.tip }}}}" w:history="1"><w:r><w:rPr>'
            f'<w:rStyle w:val="Traced"/>{properties}</w:rPr>'
            f'<w:t xml:space="preserve">{_escape(self.say(words))}</w:t></w:r></w:hyperlink>'
        )

    def pieces(self, path: str, *, anchor: str = "", strong: bool = False) -> str:
        """The runs of a sentence that is cut at its linked numbers.

        Args:
            path: List of pieces with `text`, `anchor` and `tip`.
            anchor: Bookmark to lead to in place of the numbers' own rows.
            strong: Whether the sentence is emphasised.
        """
        return (
            self.run(f"{{%r for piece in {path} %}}")
            + self.run("{%r if piece.anchor %}")
            + self.link("{{ piece.text }}", "piece", anchor=anchor, strong=strong)
            + self.run("{%r else %}")
            + self.run("{{ piece.text }}", style="Strong" if strong else "")
            + self.run("{%r endif %}")
            + self.run("{%r endfor %}")
        )

    @staticmethod
    def bookmark(name: str, runs: str) -> str:
        """Runs that links lead to; the renderer numbers bookmarks."""
        return f'<w:bookmarkStart w:id="0" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="0"/>'

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

    def each_text(self, path: str, style: str = "BodyText") -> str:
        """One paragraph per item of a list of texts."""
        return each(f"text in {path}", self.p(style, "{{ text }}"))

    def heading(
        self, level: int, words: Words, *, numbered: bool = True, new_page: bool = False
    ) -> str:
        """A heading, numbered where the look numbers its level; `new_page` begins a page with it."""
        plain = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
        plain += "" if self.look.chinese else '<w:ind w:left="0" w:firstLine="0"/>'
        keep = numbered or not self.look.numbered
        first = "<w:pageBreakBefore/>" if new_page else ""
        return self.p(f"Heading{level}", words, extra=first + ("" if keep else plain))

    def caption(
        self,
        words: Words,
        kind: Literal["table", "figure"] = "table",
        key: str = "",
        rows: str = "",
        *,
        keep: bool = False,
    ) -> str:
        """A numbered caption; the program counts the numbers when a document is made.

        Args:
            words: What the table or figure shows.
            kind: Which of the two is counted.
            key: Name under which texts refer to the caption, as `table_` or `figure_` and the
                key; empty where nothing refers to it.
            rows: The list that fills it, by which readers are told what it rests on.
            keep: Whether it stays on the page of the next paragraph.
        """
        label, name = _LABELS[kind]
        number = field(rf"SEQ {name} \* ARABIC", self.run("1"))
        count = self.run(label) + number
        if key:
            # Ids are counted anew when a document is made.
            count = (
                f'<w:bookmarkStart w:id="0" w:name="{kind}_{key}"/>{count}<w:bookmarkEnd w:id="0"/>'
            )
        rests_on = Text(*basis(rows))
        source = Text(f" – {rests_on.en}", f"　{rests_on.zh}") if rests_on.en else ""
        text = self.runs(Text(". ", "　")) + self.runs(words)
        text += self.run(source, style="CaptionSource")
        style = "Caption" if kind == "table" else "FigureCaption"
        return self.paragraph(style, f"{count}{text}", "<w:keepNext/>" if keep else "")

    def ref(self, name: str) -> str:
        """A reference in brackets to a caption, as ready runs.

        It vanishes with its target, so the sentence around it must stand without it.
        """
        before, after = Text(" (", "（见"), Text(")", "）")
        number = chain(rf"REF {name} \h", self.run(Text("Table 1", "表1")))
        inner = f"{self.run(before)}{number}{self.run(after)}"
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{inner}</w:hyperlink>'

    def contents(self, levels: int) -> str:
        """The contents list, without page numbers; the program fills it when a document is made."""
        listing = chain(rf'TOC \o "1-{levels}" \n \h \z', "<w:r><w:t/></w:r>")
        title = self.p("TOCHeading", Text("Contents", "目录"))
        return title + self.paragraph("TOC1", listing)

    def table(self, table: Table, *, wide: bool = False) -> str:
        """A captioned table that disappears with its list."""
        if self.has_samples:
            head, samples = self._head(table), self._samples(table)
            return self.filled(table, head, samples, based=True, wide=wide)
        if not table.is_loop:
            table = looped(table)
        head = self.row([self.head_cell(c) for c in table.columns], header=True)
        cells = [self.cell(c, small=table.small, keep=table.keep) for c in table.columns]
        row = self.row(cells)
        if table.most:
            row = self.row_tag(f"if loop.index <= {table.most}") + row + self.row_tag("endif")
        inner = self.frame(table, head + self.loop_rows(table.loop, row), wide=wide)
        caption = self.caption(table.caption, key=table.key, rows=table.source)
        return when(table.source, caption, inner)

    def filled(
        self,
        table: Table,
        head: str,
        samples: str,
        *,
        group: str = "",
        based: bool = False,
        wide: bool = False,
    ) -> str:
        """A captioned table whose sample rows the program fills.

        Args:
            table: Its caption, what it shows, and its columns as they are drawn.
            head: The header row.
            samples: The sample rows.
            group: The columns that depend on the data, of which one is drawn; empty for none.
            based: Whether the caption says what its figures rest on.
            wide: Whether it stands on a wide page.
        """
        asked = f"table:{table.source}" + (f" columns:{group}" if group else "")
        about = Text(*(f"{asked} {self.say(table.description)}" for _ in range(2)))
        rows = head + samples
        source = table.source if based else ""
        caption = self.caption(table.caption, key=table.key, rows=source)
        return caption + self.frame(replace(table, description=about), rows, wide=wide)

    def _head(self, table: Table) -> str:
        return self.row([self.head_cell(column) for column in table.columns], header=True)

    def _samples(self, table: Table) -> str:
        rows = [self.variant(table, one) for one in table.variants]
        rows.append(self.row(self.sample(one, small=table.small) for one in table.columns))
        return "".join(rows)

    def variant(self, table: Table, variant: Variant) -> str:
        """A sample row of one kind, in the style of the head."""
        cells = []
        for place, (column, text) in enumerate(zip(table.columns, variant.cells, strict=True)):
            style = "TableHeadNumber" if column.number else "TableHead"
            mark = "" if place else f"{{{{ #{variant.name} }}}}"
            fill = PALETTE[variant.fill] if variant.fill else ""
            cells.append(self.raw_cell(self.p(style, mark + text), fill=fill))
        return self.row(cells)

    def sample(self, column: Column, *, small: bool = False) -> str:
        """A cell of a sample row."""
        return self.cell(replace(column, band="", trace=""), small=small)

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

    def grid(self, about: Words, rows: str, *, columns: int) -> str:
        """A table without lines that sets things beside each other."""
        total = self.width()
        grid = f'<w:gridCol w:w="{total // columns}"/>' * columns
        said = html.escape(self.say(about))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblDescription w:val="{said}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )

    def loop_rows(self, loop: str, rows: str) -> str:
        """Rows repeated for each item of a list."""
        return self.row_tag(f"for {loop}") + rows + self.row_tag("endfor")

    def loop_cells(self, loop: str, cell: str) -> list[str]:
        """A cell repeated for each item of a list; the frame must draw as many columns or more."""
        start, end = (
            self.raw_cell(self.p("TableText", f"{{%tc {statement} %}}"))
            for statement in (f"for {loop}", "endfor")
        )
        return [start, cell, end]

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
        style = "TableSmall" if small else "TableText"
        if column.number:
            style = "TableSmallNumber" if small else "TableNumber"
        items = (column.cell,) if isinstance(column.cell, str | Text) else column.cell
        texts = [self.say(item) for item in items]
        if column.band:
            texts[0] = f"{{% cellbg palette[{column.band}] %}}{texts[0]}"
        runs = [self._first_runs(column, texts[0]), *(self.runs(text) for text in texts[1:])]
        plain = "".join(self.paragraph(style, one) for one in runs)
        if not keep or column.band:
            return self.raw_cell(plain)
        kept = "".join(self.paragraph(style, one, "<w:keepNext/>") for one in runs)
        # The last row must not hold on to whatever follows the table.
        choice = tag("if loop.last") + plain + tag("else") + kept + tag("endif")
        return self.raw_cell(choice)

    def _first_runs(self, column: Column, text: str) -> str:
        """The first paragraph of a cell, as a link or with a bookmark where the column says so."""
        if column.trace:
            return self.link(text, column.trace, anchor=column.anchor)
        if column.pieces:
            return self.pieces(column.pieces, anchor=column.anchor)
        runs = self.runs(text)
        return self.bookmark(column.bookmark, runs) if column.bookmark else runs

    def raw_cell(
        self, paragraphs: str, *, align: str = "top", turn: str = "", fill: str = "", span: int = 1
    ) -> str:
        """A cell around ready paragraphs.

        It has no width of its own: widths come from the grid, and docxtpl's `cellbg` puts the
        shading first in the cell properties, where only a following `vAlign` is in order.
        """
        properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        if fill:
            properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        properties += f'<w:textDirection w:val="{turn}"/>' if turn else ""
        properties += f'<w:vAlign w:val="{align}"/>'
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"

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
            f'w:bottom="{upright}" w:left="{margin}" w:header="397" w:footer="454" w:gutter="0"/>'
            "</w:sectPr>"
        )

    def document(self, content: Iterable[str]) -> str:
        """XML of the document part."""
        colours = "" if self.has_samples else palette()
        body = colours + "".join(content) + self.section()
        return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
