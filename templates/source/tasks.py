"""The action plan: tasks in time, who does what; and in full for the annex."""

import charts
from blocks import Pen, each, when
from tables import Column, Table, Text

_ABOUT = Text(
    "Each action with what set it off, its period, what it waits for, cost basis and bodies",
    "各项任务的缘由、起止时间、前置任务和费用依据",
)
_NUMBER = Column(Text("No.", "序号"), "{{ number }}", 11, number=True)
_TASK = Column(Text("Task, and why", "任务、缘由"), ("{{ task }}", "{{ because }}"), 46)
_WHEN = Column(
    Text("Start – end, after no.", "起止时间、前置任务"),
    (
        "{{ period }}",
        "{{ after }}",
    ),
    27,
)
_COST = Column(Text("Cost basis", "费用依据"), "{{ cost }}", 34)
_ACTIONS = Table(
    Text("Actions in order, and who does what", "任务明细"),
    _ABOUT,
    "tasks.actions",
    (
        _NUMBER,
        _TASK,
        _WHEN,
        Column(Text("Lead", "牵头单位"), "{{ lead }}", 26),
        Column(
            Text("Responsible; joint", "责任单位、配合单位"),
            ("{{ responsible }}", "{{ joint }}"),
            32,
        ),
        Column(Text("By type of body", "按单位类型"), "{{ raci }}", 26),
        _COST,
    ),
    small=True,
    key="actions",
)
_OWN = Table(
    Text("Tasks of the programme", "任务分工表"),
    Text(
        "Each task with lead, responsible body, months and result",
        "各项任务的牵头单位、责任单位、起止时间和成果",
    ),
    "row in tasks.brief.rows",
    (
        Column(Text("No.", "序号"), "{{ row.number }}", 10, number=True),
        Column(Text("Task", "任务"), "{{ row.task }}", 60),
        Column(Text("Lead", "牵头单位"), "{{ row.lead }}", 29),
        Column(Text("With", "责任单位"), "{{ row.responsible }}", 29),
        Column(Text("From – to", "起止时间"), "{{ row.dates }}", 29),
        Column(Text("Result", "成果、核验内容"), "{{ row.result }}", 34),
    ),
    small=True,
    key="actions",
)
_ITEM = Text(
    "",
    "{{ loop.index }}．{{ row.task }}。（牵头单位：{{ row.lead }}；责任单位：{{ row.responsible }}；"
    "完成时限：{{ row.due }}）",
)
INDICATORS = Table(
    Text("Indicators", "目标指标"),
    Text(
        "Each indicator with baseline and its cell, target, kind, owner and first check",
        "各项指标的基期值及单元格、目标值、属性、责任方和完成核验时间",
    ),
    "tasks.indicators",
    (
        Column(Text("No.", "任务序号"), "{{ number }}", 13, number=True),
        Column(Text("Indicator", "指标"), "{{ indicator }}", 38),
        Column(
            Text("Baseline, cell", "基期值、单元格"),
            (
                "{{ baseline }}",
                "{{ cell }}",
            ),
            32,
        ),
        Column(
            Text("Target", "目标值"),
            Text(
                "{{ target }}{% if row.target_use %}, {{ target_use }}{% endif %}",
                "{{ target }}{% if row.target_use %}，{{ target_use }}{% endif %}",
            ),
            44,
        ),
        Column(Text("Kind", "属性"), "{{ kind }}", 15, band="row.kind_band"),
        Column(Text("Owner", "责任方"), "{{ owner }}", 19),
        Column(Text("Checked by", "目标期（完成核验）"), "{{ check }}", 20),
    ),
    small=True,
)
COUNSEL = Table(
    Text("Rules to be confirmed", "须请法律顾问确认的规定"),
    Text(
        "Each rule with its instrument, what it says, the uses it touches and what to confirm",
        "各条规定的依据、内容、涉及应用和待确认事项",
    ),
    "counsel.rows",
    (
        Column(Text("Rule, instrument", "规定、依据"), ("{{ rule }}", "{{ instrument }}"), 42),
        Column(Text("What it says", "内容"), "{{ condition }}", 66),
        Column(Text("Uses", "涉及应用"), "{{ uses }}", 40),
        Column(
            Text("To confirm", "待确认事项"),
            ("{%p for ask in row.ask %}", "{{ ask }}", "{%p endfor %}"),
            24,
        ),
    ),
    small=True,
)
_LETTERS = Text(
    "A accountable, R responsible, C consulted; the other types of body are kept informed.",
    "A 负责，R 执行，C 征求意见；其余类型单位知悉。",
)


def actions(pen: Pen) -> str:
    """The chapter of actions: in English time line and table, in Chinese blocks by project."""
    head = pen.heading(1, Text("Action plan", "重点任务"))
    if not pen.look.chinese:
        return when(
            "tasks.brief.rows",
            head,
            pen.p("BodyText", "**{{ tasks.brief.finding }}** {{ tasks.brief.offices }}"),
            charts.figure(pen, "schedule", 110, 164, 8),
            pen.table(_OWN),
            pen.optional("Note", "tasks.brief.rest"),
        )
    block = (
        pen.heading(2, "{{ block.name }}"),
        pen.optional("BodyText", "block.about"),
        each("row in block.rows", pen.p("BodyText", _ITEM)),
    )
    return when(
        "tasks.brief.rows",
        head,
        pen.p("BodyText", "**{{ tasks.brief.finding }}**{{ tasks.brief.offices }}"),
        each("block in tasks.brief.blocks", *block),
    )


def duties(pen: Pen) -> str:
    """The time line and the division of tasks as a chapter of its own, as Chinese readers expect it."""
    return when(
        "tasks.brief.rows",
        pen.heading(1, Text("", "附：任务分工表"), numbered=False),
        charts.figure(pen, "schedule", 110, 164, 8),
        pen.table(_OWN),
        pen.optional("Note", "tasks.brief.rest"),
    )


def all_actions(pen: Pen) -> str:
    """The chapter of the annex: each action with its cause, order, bodies and cost basis."""
    return when(
        "tasks.actions",
        pen.heading(1, Text("Action plan in full", "任务明细")),
        pen.optional("BodyText", "tasks.intro"),
        pen.table(_ACTIONS),
        pen.p("Note", _LETTERS),
    )
