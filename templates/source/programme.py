"""The action programme: tasks, indicators, who does what, questions for counsel."""

from dataclasses import replace

from blocks import Column, Pen, Table, Text, when

_ACTIONS = Table(
    Text("Actions in order", "重点任务"),
    Text(
        "Each action with its period, what it waits for, what set it off, lead and cost basis",
        "各项任务的起止时间、前置任务、缘由、牵头单位和费用依据",
    ),
    "row in programme.actions",
    (
        Column(Text("No.", "序号"), "{{ row.number }}", 10, number=True),
        Column(Text("Task", "任务"), "{{ row.task }}", 38),
        Column(Text("Lead", "牵头单位"), "{{ row.lead }}", 24),
        Column(Text("Start – end", "起止时间"), "{{ row.period }}", 25),
        Column(Text("After no.", "前置"), "{{ row.after }}", 14),
        Column(Text("Because of", "缘由"), "{{ row.because }}", 30),
        Column(Text("Cost basis", "费用依据"), "{{ row.cost }}", 33),
    ),
    small=True,
)
_DUTIES = Table(
    Text("Division of tasks", "任务分工表"),
    Text(
        "Lead, responsible and joint bodies of each task, with accountable and consulted parties",
        "各项任务的牵头、责任、配合单位",
    ),
    "row in programme.duties",
    (
        Column(Text("No.", "序号"), "{{ row.number }}", 10, number=True),
        Column(Text("Task", "任务"), "{{ row.task }}", 42),
        Column(Text("Lead", "牵头单位"), "{{ row.lead }}", 26),
        Column(Text("Responsible", "责任单位"), "{{ row.responsible }}", 28),
        Column(Text("Joint", "配合单位"), "{{ row.joint }}", 34),
        Column("By type of body", "{{ row.raci }}", 34),
    ),
    small=True,
)
_INDICATORS = Table(
    Text("Indicators", "目标指标"),
    Text(
        "Each indicator with baseline and its cell, target, kind, owner and first check",
        "各项指标的基期值及单元格、目标值、属性、责任方和完成核验时间",
    ),
    "row in programme.indicators",
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
)
_COUNSEL = Table(
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
_LETTERS = "A accountable, R responsible, C consulted; the other types of body are kept informed."
READING = Text(
    "Binding: a hard minimum or a legal condition stands behind the indicator; expected: all others. "
    "The number is that of the task.",
    "约束性指标对应硬性门槛或者法定条件，其余为预期性指标；任务序号与重点任务一致。",
)


def actions(pen: Pen) -> str:
    """The chapter of actions; in English with the division of tasks."""
    chapter = (
        pen.heading(1, Text("Action plan", "重点任务"))
        + pen.optional("BodyText", "programme.intro")
        + pen.table(_ACTIONS)
    )
    return chapter if pen.look.chinese else chapter + _divided(pen)


def duties(pen: Pen) -> str:
    """The division of tasks as a chapter of its own."""
    head = pen.p("Heading1", "任务分工表", extra="<w:pageBreakBefore/>")
    return when("programme.duties", head, _divided(pen))


def _divided(pen: Pen) -> str:
    """The table of duties; Chinese readers know lead, responsible and joint bodies, not letters."""
    if pen.look.chinese:
        return pen.table(replace(_DUTIES, columns=_DUTIES.columns[:-1]))
    return pen.table(_DUTIES) + when("programme.duties", pen.p("Note", _LETTERS))


def indicators(pen: Pen) -> str:
    """The chapter of indicators without its reading note, absent without any."""
    return when(
        "programme.indicators",
        pen.heading(1, Text("Monitoring", "总体要求与目标")),
        pen.optional("BodyText", "programme.indicators_note"),
        pen.table(_INDICATORS),
    )


def counsel(pen: Pen) -> str:
    """Questions for counsel; in Chinese a part of the chapter on safeguards."""
    questions = (
        pen.optional("BodyText", "counsel.note")
        + pen.table(_COUNSEL)
        + pen.bullets("counsel.lines", "ListNumber")
    )
    if not pen.look.chinese:
        return pen.heading(1, "Questions for counsel") + questions
    follow = (
        "各项任务由牵头单位统筹、责任单位落实、配合单位协同；指标按完成核验时间逐项核对，"
        "约束性指标优先落实。"
    )
    return (
        pen.heading(1, "保障措施")
        + when("programme.actions", pen.p("BodyText", follow))
        + pen.heading(2, "提请法律顾问研究事项")
        + questions
    )
