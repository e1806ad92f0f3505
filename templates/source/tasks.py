"""The action plan: tasks, indicators, who does what, questions for counsel."""

from dataclasses import replace

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
_DUTIES = Table(
    Text("Actions in order, and who does what", "任务分工表"),
    Text("Each action with its months, lead and responsible body", "各项任务的起止时间、牵头单位和责任单位"),
    "tasks.actions",
    (
        _NUMBER,
        Column(Text("Action", "任务"), "{{ task }}", 82),
        Column(Text("Months", "起止时间"), "{{ dates }}", 29),
        Column(Text("Lead", "牵头单位"), "{{ lead }}", 33),
        Column(Text("Responsible", "责任单位"), "{{ responsible }}", 33),
    ),
    small=True,
    key="actions",
)  # fmt: skip
_FIRST = replace(
    _DUTIES,
    caption=Text("The first actions in order, and who does what", "任务分工表"),
    most=16,
)
_FULL = Text(
    "What sets each action off, what it waits for, joint bodies and the cost basis stand in the annex.",
    "各项任务的缘由、前置任务、配合单位和费用依据见附件。",
)
_ALL = Text(
    "All actions, what sets each off, what it waits for, joint bodies and the cost basis stand in the "
    "annex.",
    "",
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
_MEASURED = Table(
    INDICATORS.caption,
    Text(
        "Each indicator with baseline, target, kind, owner and first check",
        "各项指标的基期值、目标值、属性、责任方和目标期",
    ),
    "tasks.measured",
    (
        INDICATORS.columns[0],
        replace(INDICATORS.columns[1], mm=42),
        Column(Text("Baseline", "基期值"), "{{ baseline }}", 28),
        replace(INDICATORS.columns[3], mm=57),
        INDICATORS.columns[4],
        replace(INDICATORS.columns[5], mm=22),
        Column(Text("Due", "目标期"), "{{ due }}", 18),
    ),
    small=True,
    most=12,
    key="indicators",
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
_ASKED = Table(
    COUNSEL.caption,
    Text("What is to be confirmed, with the rules concerned", "待确认事项及所涉规定"),
    "counsel.asked",
    (
        Column(Text("To confirm", "待确认事项"), "{{ ask }}", 50),
        Column(Text("Rules (number)", "规定（条）"), "{{ count }}", 16, number=True),
        Column(Text("Instruments", "所涉文件"), "{{ instruments }}", 104),
    ),
    small=True,
)
_LETTERS = Text(
    "A accountable, R responsible, C consulted; the other types of body are kept informed.",
    "A 负责，R 执行，C 征求意见；其余类型单位知悉。",
)
READING = Text(
    "Binding: a hard minimum or a legal condition stands behind the indicator; expected: all others. "
    "The minimum is what the use cannot do without, the target what it asks for in full. "
    "The number is that of the task[[table_actions]].",
    "约束性指标对应硬性门槛或者法定条件，其余为预期性指标；门槛值为应用的最低要求，目标值为应用的充分要求；任务序号与重点任务一致[[table_actions]]。",
)


def actions(pen: Pen) -> str:
    """The chapter of actions: in Chinese by what sets them off, in English as one table."""
    head = pen.heading(1, Text("Action plan", "重点任务"))
    head += pen.optional("BodyText", "tasks.intro")
    if not pen.look.chinese:
        return head + pen.table(_FIRST) + when("tasks.actions", pen.p("Note", _ALL))
    group = pen.p("BodyText", "**{{ group.name }}（{{ group.count }}项）。**{{ group.tasks }}。")
    return head + each("group in tasks.groups", group)


def duties(pen: Pen) -> str:
    """The division of tasks as a chapter of its own, as Chinese readers expect it."""
    return when(
        "tasks.actions",
        pen.heading(1, Text("", "任务分工表")),
        pen.table(_DUTIES),
        pen.p("Note", _FULL),
    )


def all_actions(pen: Pen) -> str:
    """The chapter of the annex: each action with its cause, order, bodies and cost basis."""
    return when(
        "tasks.actions",
        pen.heading(1, Text("Action plan in full", "任务明细")),
        pen.table(_ACTIONS),
        pen.p("Note", _LETTERS),
    )


def indicators(pen: Pen) -> str:
    """The chapter of indicators without its reading note; in Chinese with the requirements."""
    head = pen.heading(1, Text("Evaluation framework", "总体要求与目标"))
    rows = pen.optional("BodyText", "tasks.indicators_note") + pen.table(_MEASURED)
    if pen.look.chinese:
        return head + pen.p("BodyText", _DEMANDS) + rows
    return when("tasks.indicators", head, rows)


def counsel(pen: Pen) -> str:
    """Questions for counsel, by what is asked."""
    return (
        ("" if pen.look.chinese else pen.heading(1, "Questions for counsel"))
        + pen.optional("BodyText", "counsel.note", _NOTE)
        + pen.table(_ASKED)
        + pen.bullets("counsel.first_lines", "ListNumber")
    )


def safeguards(pen: Pen) -> str:
    """The Chinese chapter on safeguards: who, how followed, which data, which law."""
    parts = (
        when("tasks.actions", pen.p("BodyText", _WHO)),
        when("tasks.indicators", pen.p("BodyText", _FOLLOW)),
        pen.optional("BodyText", "quality.intro", _DATA),
    )
    return pen.heading(1, "保障措施") + "".join(parts)


_NOTE = Text("{{ counsel.note }}", "**法律审核。**{{ counsel.note }}")
_WHO = (
    "**组织落实。**各项任务由牵头单位统筹、责任单位落实、配合单位协同，具体分工以任务分工表为准[[table_actions]]；"
    "重大项目的资金来源、建设期待落实的，由所列责任单位研究提出。"
)
_FOLLOW = (
    "**跟踪核验。**指标按完成核验时间逐项核对[[table_indicators]]，约束性指标优先落实；规定有调整的，"
    "重新核查后再行推进。"
)
_DATA = "**数据更新。**{{ quality.intro }}{{ quality.assumed }}D级数据由地区以实测或公开数据替换后重新测算。"
_DEMANDS = (
    "以现行规定为底线，禁止类事项一律不纳入方案；以各方向硬性门槛和法定条件为约束，"
    "以目标值为努力方向，在资金、电力、机房和人员约束内统筹安排组合方案。"
)
