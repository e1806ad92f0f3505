"""The chapter of the annex on readiness in full, part by part."""

from blocks import Pen, when
from tables import Column, Table, Text, Variant

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
                pen.table(_readiness(kind, title), wide=True),
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
        f"annex.points.{kind}.uses",
        (
            Column(Text("No.", "编号"), "{{ id }}", 12),
            Column(Text("Use", "应用"), "{{ name }}", 76),
            Column(Text("Law", "法律状态"), "{{ law }}", 34),
            Column(Text("Hard minima", "硬性门槛"), "{{ status }}", 34),
            Column(Text("List", "清单"), "{{ listed }}", 33),
            Column(Text("Rank", "名次"), "{{ rank }}", 14, number=True),
            Column(Text("Data coverage", "数据覆盖率"), "{{ coverage }}", 20, number=True),
            Column(Text("Readiness (of 100)", "就绪度（分）"), "{{ readiness }}", 22, number=True),
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
        f"annex.points.{kind}.parts",
        (
            Column(Text("Use and criterion", "应用与指标"), "{{ criterion }}", 70),
            Column(Text("Value", "取值"), "{{ value }}", 42, number=True),
            Column(Text("Minimum", "门槛值"), "{{ minimum }}", 42, number=True),
            Column(Text("Target", "目标值"), "{{ target }}", 42, number=True),
            Column(Text("Hard minimum", "硬性门槛"), "{{ hard }}", 26),
            Column(Text("Threshold status", "阈值出处"), "{{ status }}", 24),
            Column(Text("Weight", "权重"), "{{ weight }}", 14, number=True),
            Column(Text("Partial value", "分项值"), "{{ partial }}", 16, number=True),
            Column(Text("Points", "得分"), "{{ points }}", 18, number=True),
        ),
        small=True,
        variants=(Variant("use", _SUMS, fill="low"),),
    )


_SUMS = ("{{ id }} {{ name }}", "", "", "", "{{ hard }}", "", "{{ weight }}", "", "{{ points }}")
"""What the row of a use says, above its criteria."""
