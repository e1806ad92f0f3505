"""The action programme: tasks, indicators, who does what, questions for counsel."""

from dataclasses import replace

from blocks import Column, Pen, Table, Text, when

_ABOUT = Text(
    "Each action with what set it off, its period, what it waits for, cost basis and bodies",
    "各项任务的缘由、起止时间、前置任务和费用依据",
)
_NUMBER = Column(Text("No.", "序号"), "{{ row.number }}", 9, number=True)
_TASK = Column(Text("Task, and why", "任务、缘由"), ("{{ row.task }}", "{{ row.because }}"), 46)
_WHEN = Column(
    Text("Start – end, after no.", "起止时间、前置任务"),
    ("{{ row.period }}", "{%p if row.after %}", "{{ row.after }}", "{%p endif %}"),
    27,
)
_COST = Column(Text("Cost basis", "费用依据"), "{{ row.cost }}", 34)
_ACTIONS = {
    False: Table(
        Text("Actions in order, and who does what", ""),
        _ABOUT,
        "row in programme.actions",
        (
            _NUMBER,
            _TASK,
            _WHEN,
            Column("Lead", "{{ row.lead }}", 28),
            Column("Responsible; joint", ("{{ row.responsible }}", "{{ row.joint }}"), 32),
            Column("By type of body", "{{ row.raci }}", 24),
            _COST,
        ),
        small=True,
        key="actions",
    ),
    True: Table(
        Text("", "重点任务"),
        _ABOUT,
        "row in programme.actions",
        (_NUMBER, _TASK, replace(_WHEN, mm=37), _COST),
        small=True,
        key="actions",
    ),
}
_DUTIES = Table(
    Text("", "任务分工表"),
    Text("", "各项任务的牵头、责任、配合单位"),
    "row in programme.actions",
    (
        _NUMBER,
        Column(Text("", "任务"), "{{ row.task }}", 46),
        Column(Text("", "牵头单位"), "{{ row.lead }}", 28),
        Column(Text("", "责任单位"), "{{ row.responsible }}", 32),
        Column(Text("", "配合单位"), "{{ row.joint }}", 42),
    ),
    small=True,
    key="duties",
)
INDICATORS = Table(
    Text("Indicators", "目标指标"),
    Text(
        "Each indicator with baseline and its cell, target, kind, owner and first check",
        "各项指标的基期值及单元格、目标值、属性、责任方和完成核验时间",
    ),
    "row in programme.measured",
    (
        Column(Text("No.", "任务序号"), "{{ row.number }}", 11, number=True),
        Column(Text("Indicator", "指标"), "{{ row.indicator }}", 42),
        Column(
            Text("Baseline, cell", "基期值、单元格"),
            ("{{ row.baseline }}", "{%p if row.cell %}", "{{ row.cell }}", "{%p endif %}"),
            28,
        ),
        Column(
            Text("Target", "目标值"),
            (
                "{{ row.target }}",
                "{%p if row.target_use %}",
                "{{ row.target_use }}",
                "{%p endif %}",
            ),
            40,
        ),
        Column(Text("Kind", "属性"), "{{ row.kind }}", 15, band="row.band"),
        Column(Text("Owner", "责任方"), "{{ row.owner }}", 19),
        Column(Text("Checked by", "完成核验时间"), "{{ row.check }}", 19),
    ),
    small=True,
    key="indicators",
)
COUNSEL = Table(
    Text("Rules to be confirmed", "须请法律顾问确认的规定"),
    Text(
        "Each rule with its instrument, what it says, the uses it touches and what to confirm",
        "各条规定的依据、内容、涉及应用和待确认事项",
    ),
    "row in counsel.rows",
    (
        Column(
            Text("Rule, instrument", "规定、依据"), ("{{ row.rule }}", "{{ row.instrument }}"), 42
        ),
        Column(Text("What it says", "内容"), "{{ row.condition }}", 66),
        Column(Text("Uses", "涉及应用"), "{{ row.uses }}", 40),
        Column(
            Text("To confirm", "待确认事项"),
            ("{%p for ask in row.ask %}", "{{ ask }}", "{%p endfor %}"),
            24,
        ),
    ),
    small=True,
)
_GROUPED = Table(
    COUNSEL.caption,
    Text(
        "Rules with their instruments, the uses they touch and what to confirm",
        "规定、依据、涉及应用和待确认事项",
    ),
    "row in counsel.grouped",
    (
        Column(Text("Rules, instruments", "规定、依据"), "{{ row.rules }}", 96),
        Column(Text("Uses", "涉及应用"), "{{ row.uses }}", 50),
        Column(
            Text("To confirm", "待确认事项"),
            ("{%p for ask in row.ask %}", "{{ ask }}", "{%p endfor %}"),
            26,
        ),
    ),
    small=True,
)
_LETTERS = "A accountable, R responsible, C consulted; the other types of body are kept informed."
READING = Text(
    "Binding: a hard minimum or a legal condition stands behind the indicator; expected: all others. "
    "The number is that of the task[[table_actions]].",
    "约束性指标对应硬性门槛或者法定条件，其余为预期性指标；任务序号与重点任务一致[[table_actions]]。",
)


def actions(pen: Pen) -> str:
    """The chapter of actions; in English with who does what."""
    letters = "" if pen.look.chinese else when("programme.actions", pen.p("Note", _LETTERS))
    return (
        pen.heading(1, Text("Action plan", "重点任务"))
        + pen.optional("BodyText", "programme.intro")
        + pen.table(_ACTIONS[pen.look.chinese])
        + letters
    )


def duties(pen: Pen) -> str:
    """The division of tasks as a chapter of its own, as Chinese readers expect it."""
    return when("programme.actions", pen.heading(1, "任务分工表"), pen.table(_DUTIES))


def indicators(pen: Pen) -> str:
    """The chapter of indicators without its reading note, absent without any."""
    return when(
        "programme.indicators",
        pen.heading(1, Text("Monitoring", "总体要求与目标")),
        pen.optional("BodyText", "programme.indicators_note"),
        pen.table(INDICATORS),
    )


def counsel(pen: Pen) -> str:
    """Questions for counsel; in Chinese a part of the chapter on safeguards."""
    questions = (
        pen.optional("BodyText", "counsel.note")
        + pen.table(_GROUPED)
        + pen.bullets("counsel.lines", "ListNumber")
    )
    if not pen.look.chinese:
        return pen.heading(1, "Questions for counsel") + questions
    follow = (
        "各项任务由牵头单位统筹、责任单位落实、配合单位协同[[table_duties]]；"
        "指标按完成核验时间逐项核对[[table_indicators]]，"
        "约束性指标优先落实。"
    )
    return (
        pen.heading(1, "保障措施")
        + when("programme.actions", pen.p("BodyText", follow))
        + pen.heading(2, "提请法律顾问研究事项")
        + questions
    )
