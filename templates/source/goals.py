"""What is to be reached: documents behind it, the idea, principles, goals and indicators."""

from blocks import Pen, each, when
from tables import Column, Table, Text

INDICATORS = Table(
    Text("Indicators of the programme", "主要指标"),
    Text(
        "Each indicator with baseline, target, kind, owner and date",
        "各项指标的基期值、目标值、属性、责任单位和目标期",
    ),
    "row in goals.indicators",
    (
        Column(Text("Indicator", "指标"), "{{ row.indicator }}", 58),
        Column(Text("Baseline", "基期值"), "{{ row.baseline }}", 25),
        Column(Text("Target", "目标值"), "{{ row.target }}", 30),
        Column(Text("Due", "目标期"), "{{ row.due }}", 18),
        Column(Text("Kind", "属性"), "{{ row.kind }}", 16, band="row.kind_band"),
        Column(Text("Owner", "责任单位"), "{{ row.owner }}", 42),
    ),
    small=True,
    keep=True,
    key="indicators",
)
_READ = Text(
    "Binding: the law or what a project cannot do without stands behind the indicator. Expected: all others.",
    "约束性指标对应法定条件或者项目必备条件，其余为预期性指标；岗位、用电和覆盖人员为项目全部建成后的数量。",
)


_WHY = (
    "为依法利用{{ doc.region }}闲置电力、机房、厂房和人员，{% if basis.levels %}根据下列规定和文件{% endif %}编制本报告，供工作专班研究讨论，"
    "不作为决策结论。"
)
_KEEP = "<w:keepNext/>"


def documents(pen: Pen) -> str:
    """The documents that the plan rests on, by level, and how many of them were read."""
    return _levels(pen) + pen.optional("BodyText", "basis.read")


def _levels(pen: Pen) -> str:
    level = (
        pen.p("BodyText", Text("**{{ level.name }}**", "**{{ level.name }}。**"), extra=_KEEP),
        each("line in level.lines", pen.p("ListBullet", "{{ line }}")),
    )
    return each("level in basis.levels", *level)


def groundwork(pen: Pen) -> str:
    """The Chinese chapter on background and basis: why, on which documents, for which time."""
    return (
        pen.heading(1, "编制背景与依据")
        + pen.p("BodyText", _WHY)
        + pen.optional("BodyText", "basis.read")
        + _levels(pen)
    )


def requirements(pen: Pen) -> str:
    """The Chinese chapter on requirements: idea, principles, goals and indicators."""
    goals = when(
        "goals.lines or goals.indicators",
        pen.heading(2, "发展目标"),
        pen.each_text("goals.lines"),
        pen.optional("BodyText", "goals.late"),
        _table(pen),
    )
    return (
        pen.heading(1, "总体要求")
        + pen.heading(2, "指导思想")
        + pen.p("BodyText", "{{ goals.idea }}")
        + pen.heading(2, "基本原则")
        + each("one in goals.principles", pen.p("BodyText", "**{{ one.name }}。**{{ one.text }}"))
        + goals
    )


def indicators(pen: Pen) -> str:
    """The English chapter on indicators."""
    return when(
        "goals.indicators",
        pen.heading(1, "Indicators"),
        pen.optional("BodyText", "goals.finding", "**{{ goals.finding }}**"),
        pen.each_text("goals.lines"),
        pen.optional("BodyText", "goals.late"),
        pen.table(INDICATORS),
        pen.p("Note", _READ),
    )


def _table(pen: Pen) -> str:
    return when(
        "goals.indicators",
        pen.optional("BodyText", "goals.finding"),
        pen.table(INDICATORS),
        pen.p("Note", _READ),
    )
