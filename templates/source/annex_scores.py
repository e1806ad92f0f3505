"""The chapter of the annex on readiness in full, part by part."""

from blocks import Pen, when
from tables import Column, Table, Text

KEEP = "<w:keepNext/>"
"""An opening line stays with the table that it opens."""
LISTS = (
    ("blockchain", Text("Blockchain uses", "区块链应用")),
    ("power_reuse", Text("Power-reuse options", "电力再利用方向")),
)


def points(pen: Pen) -> str:
    """Every criterion of every use."""
    parts = [
        pen.heading(1, Text("Readiness in full", "就绪度得分构成")),
        pen.p("BodyText", "{{ annex.points.intro }}", extra=KEEP),
    ]
    for kind, title in LISTS:
        uses = f"annex.points.{kind}.uses"
        parts.append(
            when(
                uses,
                pen.heading(2, title),
                pen.table(_overview(kind, title), wide=True),
                _nested(pen, _readiness(kind, title), "use.parts", _READINESS_HEAD),
            )
        )  # fmt: skip
    return "".join(parts)


def _overview(kind: str, title: Text) -> Table:
    return Table(
        Text(f"{title.en}: overview", f"{title.zh}：总览"),
        Text(
            "Each use with its legal status, hard minima, list, rank, coverage and readiness",
            "各应用的法律状态、硬性门槛、清单、名次、覆盖率和就绪度",
        ),
        f"use in annex.points.{kind}.uses",
        (
            Column(Text("No.", "编号"), "{{ use.id }}", 12),
            Column(Text("Use", "应用"), "{{ use.name }}", 76),
            Column(Text("Law", "法律状态"), "{{ use.law }}", 34, band="use.law_band"),
            Column(Text("Hard minima", "硬性门槛"), "{{ use.status }}", 34, band="use.status_band"),
            Column(Text("List", "清单"), "{{ use.listed }}", 33),
            Column(Text("Rank", "名次"), "{{ use.rank }}", 14, number=True),
            Column(Text("Data coverage", "数据覆盖率"), "{{ use.coverage }}", 20, number=True),
            Column(Text("Readiness (of 100)", "就绪度（分）"), "{{ use.readiness }}", 22, number=True),
        ),
        small=True,
    )  # fmt: skip


def _readiness(kind: str, title: Text) -> Table:
    return Table(
        Text(f"{title.en}: readiness by criterion", f"{title.zh}：各项指标就绪度得分"),
        Text(
            "Under each use its criteria with value, minimum, target, weight, partial value, points",
            "各应用下列出指标的取值、门槛值、目标值、权重、分项值和得分",
        ),
        f"use in annex.points.{kind}.uses",
        (
            Column(Text("Use and criterion", "应用与指标"), "{{ part.criterion }}", 70),
            Column(Text("Value", "取值"), "{{ part.value }}", 42, number=True),
            Column(Text("Minimum", "门槛值"), "{{ part.minimum }}", 42, number=True),
            Column(Text("Target", "目标值"), "{{ part.target }}", 42, number=True),
            Column(Text("Hard minimum", "硬性门槛"), "{{ part.hard }}", 26, band="part.band"),
            Column(Text("Threshold status", "阈值出处"), "{{ part.status }}", 24),
            Column(Text("Weight", "权重"), "{{ part.weight }}", 14, number=True),
            Column(Text("Partial value", "分项值"), "{{ part.partial }}", 16, number=True),
            Column(Text("Points", "得分"), "{{ part.points }}", 18, number=True),
        ),
        small=True,
    )


_READINESS_HEAD = (
    "{{ use.id }} {{ use.name }}", "", "", "", "{{ use.status }}", "", "{{ use.weight }}", "",
    "{{ use.readiness }}",
)  # fmt: skip


def _nested(pen: Pen, table: Table, inner: str, head: tuple[str, ...]) -> str:
    """A table with a tinted row per use and its parts below; the tinted row stays with them."""
    cells = []
    for column, text in zip(table.columns, head, strict=True):
        style = "TableHeadNumber" if column.number else "TableHead"
        cells.append(pen.raw_cell(pen.p(style, "{% cellbg palette.low %}" + text)))
    rows = pen.row([pen.head_cell(column) for column in table.columns], header=True)
    rows += pen.row_tag(f"for {table.loop}") + pen.row(cells)
    rows += pen.loop_rows(
        f"part in {inner}", pen.row([pen.cell(c, small=True) for c in table.columns])
    )
    rows += pen.row_tag("endfor")
    return pen.caption(table.caption, rows=table.source) + pen.frame(table, rows, wide=True)
