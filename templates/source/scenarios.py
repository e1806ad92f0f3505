"""The chapter on scenarios and planned steps."""

from blocks import Pen, when
from tables import Column, Table, Text


def chapter(pen: Pen) -> str:
    """What would change the result, by itself or by what the region plans."""
    level = 2 if pen.look.chinese else 1
    return when(
        "scenarios.rows or steps.intro",
        pen.heading(level, Text("Scenarios and planned steps", "情景与拟议举措")),
        pen.optional("BodyText", "scenarios.intro"),
        pen.bullets("scenarios.points"),
        pen.table(_COUNTS),
        when("scenarios.rows", pen.p("Note", _COUNTS_NOTE)),
        pen.optional("BodyText", "steps.intro"),
        pen.table(_short_steps()),
        when("steps.rows", pen.p("Note", _STEPS_NOTE)),
    )


def _count(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", mm, number=True)


_COUNTS = Table(
    Text("What each scenario changes", "各情景的影响"),
    Text(
        "Uses that gain or lose a place, and how jobs, power and people reached change",
        "各情景下得失位次的应用数及岗位、用电、覆盖人员的变动",
    ),
    "row in scenarios.rows",
    (
        Column(Text("Scenario", "情景"), "{{ row.name }}", 54),
        _count(Text("Law (uses)", "法律状态（项）"), "law", 17),
        _count(Text("Viable (uses)", "可行（项）"), "viable", 19),
        _count(Text("Shortlist (uses)", "入围（项）"), "listed", 19),
        _count(Text("Programme (uses)", "组合方案（项）"), "chosen", 20),
        _count(Text("Jobs", "岗位（个）"), "jobs", 16),
        _count(Text("Power (MW)", "用电（兆瓦）"), "power", 16),
        _count(Text("People reached", "覆盖人员（人）"), "served", 20),
    ),
    small=True,
)
_COUNTS_NOTE = Text(
    "Plus: uses that gain the place; minus: uses that lose it. The assumption behind each scenario and the uses by name stand in the annex.",
    "“增”为新符合该项的应用数，“减”为不再符合该项的应用数。各情景的假设和涉及应用见附件。",
)


_STEPS_NOTE = Text(
    "Each step is tried alone. What all steps bring together, the cheapest way to each use and the uses beyond their "
    "reach stand in the annex.",
    "各项举措单独测算。全部举措一并实施的影响、费用最低的组合和仍不能转为可行的应用见附件。",
)


def _short_steps() -> Table:
    return Table(
        Text("Planned steps", "拟议举措"),
        Text(
            "Each planned step with its owner, cost, duration and the uses it opens",
            "各项拟议举措的责任方、费用、用时和由此列入方案或转为可行的应用",
        ),
        "row in steps.rows",
        (
            Column(
                Text("Step, owner", "举措、责任方"),
                Text("{{ row.title }} ({{ row.owner }})", "{{ row.title }}（{{ row.owner }}）"),
                64,
            ),
            Column(Text("Cost", "费用"), "{{ row.cost }}", 26, number=True),
            Column(Text("Months", "用时（月）"), "{{ row.months }}", 15, number=True),
            Column(Text("Opens", "列入方案或转为可行"), "{{ row.opens }}", 65),
        ),
        small=True,
    )
