"""The chapter of the annex on what would change the programme."""

from annex_scores import KEEP
from blocks import Pen, when
from tables import Column, Table, Text


def changes(pen: Pen) -> str:
    """Scenarios, planned steps, and what to measure next."""
    return when(
        "annex.changes.intro",
        pen.heading(1, Text("Scenarios, planned steps, measurements", "情景、拟议举措与补测建议")),
        pen.optional("BodyText", "annex.changes.intro", keep=True),
        pen.table(_SCENARIOS, wide=True),
        pen.table(_STEPS, wide=True),
        pen.optional("BodyText", "annex.changes.together"),
        pen.bullets("annex.changes.unlocking"),
        pen.p("BodyText", "{{ annex.changes.measure_intro }}", extra=KEEP),
        pen.table(_MEASUREMENTS, wide=True),
    )


def _number(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ {name} }}}}", mm, number=True)


_DIFFERENCE = (
    Column(Text("What moves", "变化"), "{{ moves }}", 84),
    _number(Text("Jobs (FTE)", "就业（人）"), "jobs", 17),
    _number(Text("Idle power (MW)", "盘活电力（兆瓦）"), "power", 17),
    _number(Text("People reached", "覆盖从业人员"), "served", 20),
    _number(Text("Capital", "投资"), "capital", 28),
    _number(Text("Value (of 100)", "价值（满分100）"), "value", 16),
)
_SCENARIOS = Table(
    Text("Scenarios", "情景测算"),
    Text(
        "Each scenario with its assumption, what moves, and the change of effects, capital and value",
        "各情景的假设、项目变化及成效、投资和价值的变动",
    ),
    "annex.changes.scenarios",
    (
        Column(Text("Scenario", "情景"), "{{ name }}", 36),
        Column(Text("Assumption", "假设"), "{{ note }}", 46),
        *_DIFFERENCE,
    ),
    small=True,
)
_STEPS = Table(
    Text("Planned steps", "拟议举措"),
    Text(
        "Each planned step with its owner, cost, months, what moves and the change of effects",
        "各项拟议举措的责任方、费用、用时、项目变化及成效变动",
    ),
    "annex.changes.steps",
    (
        Column(Text("Step, owner", "举措、责任方"), ("{{ title }}", "{{ owner }}"), 44),
        _number(Text("Cost", "费用"), "cost", 24),
        _number(Text("Months", "用时（月）"), "months", 12),
        _number(Text("Readiness gained", "就绪度增分"), "points", 16),
        *_DIFFERENCE,
    ),
    small=True,
)
_MEASUREMENTS = Table(
    Text("What to measure next", "建议优先补测的数据"),
    Text(
        "Each column or cell with its range, the ends that change the first wave, and the spread of value",
        "各列或单元格的区间、改变首批项目的端点数和价值变幅",
    ),
    "annex.changes.measurements",
    (
        _number(Text("No.", "序号"), "number", 9),
        Column(Text("Column", "数据列"), "{{ column }}", 40),
        Column(Text("Records", "记录"), "{{ records }}", 50),
        Column(Text("Cells", "单元格"), "{{ cells }}", 36),
        _number(Text("Range", "区间"), "range", 26),
        _number(Text("Ends that change the first wave (of 2)", "改变首批项目的端点（共2个）"), "turns", 26),
        _number(Text("Spread of value", "价值变幅"), "spread", 20),
        Column(Text("Joins", "进入"), "{{ joins }}", 30),
        Column(Text("Leaves", "退出"), "{{ leaves }}", 30),
    ),
    small=True,
)  # fmt: skip
