"""The chapter of profiles: four kinds of feasibility for each shortlisted use."""

from blocks import Column, Pen, Table, Text, each, when

_NEEDS = Table(
    Text("{{ profile.name }}: needs and what the region has", "{{ profile.name }}：条件与现状"),
    Text(
        "Each criterion with the value here, minimum, target, points and gap",
        "各项指标的现状、最低值、目标值、得分和缺口",
    ),
    "need in profile.technical.rows",
    (
        Column(Text("Criterion", "指标"), "{{ need.criterion }}", 41),
        Column(Text("Here", "现状"), "{{ need.value }}", 21, number=True),
        Column(Text("Minimum", "最低值"), "{{ need.minimum }}", 17, number=True),
        Column(Text("Target", "目标值"), "{{ need.target }}", 15, number=True),
        Column(Text("Points", "得分"), "{{ need.points }}", 18, number=True),
        Column(Text("Gap", "缺口"), "{{ need.gap }}", 22),
        Column(Text("Grade", "数据等级"), "{{ need.grade }}", 24),
        Column(Text("Cell", "单元格"), "{{ need.cell }}", 29),
    ),
)
_CONDITIONS = Table(
    Text("{{ profile.name }}: conditions", "{{ profile.name }}：合规条件"),
    Text(
        "Each regulated activity with its effect, condition and instrument",
        "各项受监管活动的效力、条件和文件",
    ),
    "duty in profile.regulatory.conditions",
    (
        Column(Text("Activity", "活动"), "{{ duty.activity }}", 30),
        Column(Text("Effect", "效力"), "{{ duty.effect }}", 22, band="duty.effect_band"),
        Column(Text("Condition", "条件"), "{{ duty.text }}", 46),
        Column(Text("Instrument", "文件"), "{{ duty.instrument }}", 42),
        Column(
            Text("Reference, evidence", "官方出处、核实情况"),
            ("{{ duty.reference }}", "{{ duty.evidence }}"),
            30,
        ),
    ),
)
_MONEY = Table(
    Text("{{ profile.name }}: cost and effect", "{{ profile.name }}：投入与产出"),
    Text("Each item with its value and basis", "各项的数值和依据"),
    "line in profile.economic.rows",
    (
        Column(Text("Item", "项目"), "{{ line.item }}", 40),
        Column(Text("Value", "数值"), "{{ line.value }}", 50, number=True),
        Column(Text("Basis", "依据"), "{{ line.basis }}", 80),
    ),
)


def chapter(pen: Pen) -> str:
    """The chapter; absent while nothing is shortlisted."""
    return when(
        "profiles",
        pen.heading(1, Text("Profiles of the shortlisted uses", "重点方向可行性分析")),
        each("profile in profiles", _profile(pen)),
    )


def _profile(pen: Pen) -> str:
    return (
        pen.heading(2, "{{ profile.name }}")
        + pen.optional("BodyText", "profile.what", keep=True)
        + pen.optional(
            "BodyText", "profile.readiness_line", "**{{ profile.readiness_line }}**", keep=True
        )
        + _part(pen, Text("Technical feasibility", "技术可行性"), "technical", _NEEDS)
        + _part(pen, Text("Regulatory feasibility", "合规可行性"), "regulatory", _CONDITIONS)
        + _part(pen, Text("Economic feasibility", "经济可行性"), "economic", _MONEY)
        + _part(pen, Text("Environmental feasibility", "环境可行性"), "environmental", None)
        + _cases(pen)
    )


def _part(pen: Pen, title: Text, name: str, table: Table | None) -> str:
    sentence = pen.optional("BodyText", f"profile.{name}.sentence")
    return pen.heading(3, title) + sentence + (pen.table(table) if table else "")


def _cases(pen: Pen) -> str:
    return when(
        "profile.cases or profile.failures or profile.caution or profile.evidence",
        pen.heading(3, Text("Cases and cautions", "案例与警示")),
        pen.optional(
            "BodyText",
            "profile.cases",
            Text("**In use:** {{ profile.cases }}", "**应用案例：**{{ profile.cases }}"),
        ),
        pen.optional(
            "BodyText",
            "profile.failures",
            Text(
                "**What went wrong elsewhere:** {{ profile.failures }}",
                "**失败教训：**{{ profile.failures }}",
            ),
        ),
        pen.optional(
            "BodyText",
            "profile.caution",
            Text("**Limit:** {{ profile.caution }}", "**适用边界：**{{ profile.caution }}"),
        ),
        when(
            "profile.evidence",
            pen.p(
                "Note",
                Text(
                    "Evidence: {{ profile.evidence | join('; ') }}",
                    "证据：{{ profile.evidence | join('；') }}",
                ),
            ),
        ),
    )
