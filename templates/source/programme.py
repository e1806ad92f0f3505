"""The chapter on the programme: projects of both waves, alternatives, limits, money by year."""

import charts
from blocks import Pen, when
from tables import Column, Table, Text, Words

ANY = "programme.first or programme.second"
_ABOUT = Text(
    "Each project with size, place, capital, jobs, power, people reached, months of build and lead",
    "各项目的规模、场地、投资、岗位、用电、覆盖人员、建设月数和牵头单位",
)


def _shown(path: str) -> tuple[Words, ...]:
    """Paragraphs of a cell that appear only where there is something to say."""
    return (f"{{%p if {path} %}}", f"{{{{ {path} }}}}", "{%p endif %}")


def project_cell(mm: int, *, bound: bool = False) -> Column:
    """A project with its size and place, and what bounds the size."""
    where = Text(
        "{{ row.size }}{% if row.place %}, {{ row.place }}{% endif %}",
        "{{ row.size }}{% if row.place %}，{{ row.place }}{% endif %}",
    )
    lines: tuple[Words, ...] = ("{{ row.name }}", where)
    if bound:
        lines += (
            "{%p if row.bound %}",
            Text("bound by: {{ row.bound }}", "规模取决于：{{ row.bound }}"),
            "{%p endif %}",
            "{%p if row.supplies %}",
            Text("could be fed by: {{ row.supplies }}", "可由其供能：{{ row.supplies }}"),
            "{%p endif %}",
        )
    return Column(
        Text("Project, size and place", "项目、规模和场地"),
        (*lines, *(_shown("row.firm") if bound else ())),
        mm,
    )


def amounts(anchor: str = "", *, running: bool = False) -> tuple[Column, ...]:
    """Capital, jobs, power and people of a project; `anchor` as in `findings.answer`.

    Without the running cost the columns are narrow, and a star says whose jobs they are.
    """
    jobs: tuple[Words, ...] = ("{{ row.jobs }}", *_shown("row.jobs_by"))
    if not running:
        jobs = ("{{ row.jobs }}{% if row.jobs_by %}*{% endif %}",)
    capital = Column(
        Text("Capital", "投资"), "{{ row.capex }}", 26, trace="row.trace.capex", anchor=anchor
    )
    cost = Column(Text("Running cost a year", "年运行成本"), "{{ row.running }}", 24)
    return (
        capital,
        *((cost,) if running else ()),
Column(
            Text("Jobs (full-time)", "岗位（个）"), jobs, 23 if running else 14, number=not running
        ),
        Column(Text("Power used (MW)", "用电（兆瓦）"), "{{ row.power }}", 15, number=True),
        Column(Text("People reached", "覆盖人员（人）"), "{{ row.people }}", 16, number=True),
    )  # fmt: skip


def _lead() -> Column:
    return Column(
        Text("Lead; responsible", "责任单位"),
        Text(
            "{{ row.lead }}{% if row.responsible %}; {{ row.responsible }}{% endif %}",
            "{{ row.lead }}{% if row.responsible %}、{{ row.responsible }}{% endif %}",
        ),
        24,
    )


def _months() -> Column:
    return Column(Text("Months of build", "建设期（月）"), "{{ row.months }}", 15, number=True)


_FIRST = Table(
    Text("First wave: projects to begin now", "首批项目（建议启动）"),
    _ABOUT,
    "row in programme.first",
    (
        project_cell(48, bound=True),
        *amounts(running=True),
        _months(),
        _lead(),
    ),
    small=True,
    key="first",
)
_SECOND = Table(
    Text("Second wave: projects to prepare", "第二批项目（建议准备）"),
    Text(
        "Each project with what must come first, size, place, capital, jobs, power and people",
        "各项目的前置条件、规模、场地、投资、岗位、用电和覆盖人员",
    ),
    "row in programme.second",
    (
        project_cell(42, bound=True),
        Column(Text("What must come first", "前置条件"), "{{ row.before }}", 36),
        *amounts(running=True),
        _months(),
    ),
    small=True,
    key="second",
)
_ALTERNATIVES = Table(
    Text("What else could be done instead of the first wave", "首批项目的备选方案"),
    Text(
        "Each alternative with its projects, jobs, power, people, capital and what it gives up",
        "各备选方案的项目、岗位、用电、覆盖人员、投资及取舍",
    ),
    "row in programme.alternatives",
    (
        Column(Text("Alternative", "方案"), "{{ row.name }}", 22),
        Column(Text("Projects", "项目"), "{{ row.projects }}", 56),
        Column(Text("Jobs (full-time)", "岗位（个）"), "{{ row.jobs }}", 15, number=True),
        Column(Text("Power used (MW)", "用电（兆瓦）"), "{{ row.power }}", 15, number=True),
        Column(Text("People reached", "覆盖人员（人）"), "{{ row.served }}", 18, number=True),
        Column(Text("Capital, middle", "投资（中值）"), "{{ row.capex }}", 20),
        Column(Text("Against the proposal", "与建议方案相比"), "{{ row.gives_up }}", 40),
    ),
    small=True,
)
_OBJECTIVES = Table(
    Text("What the programme is chosen for", "组合方案的取舍依据"),
    Text(
        "Each effect with its weight, the most that could be had and what the first wave brings",
        "各项效果的权重、所能达到的数量和首批带来的数量",
    ),
    "row in programme.objectives",
    (
        Column(Text("Effect", "效果"), "{{ row.name }}", 66),
        Column(Text("Weight", "权重"), "{{ row.weight }}", 20, number=True),
        Column(Text("for the whole of", "对应数量"), "{{ row.most }}", 28, number=True),
        Column(Text("First wave brings", "首批带来"), "{{ row.brings }}", 28, number=True),
        Column(Text("Share attained", "达到比例"), "{{ row.share }}", 24, number=True),
    ),
    small=True,
)
_STAKEHOLDERS = Table(
    Text("First wave by each stakeholder's weights", "各利益相关方权重下的首批项目"),
    Text(
        "The first wave by the weights of each stakeholder, with jobs, power and people",
        "按各利益相关方权重形成的首批项目及其岗位、用电和覆盖人员",
    ),
    "row in programme.stakeholders",
    (
        Column(Text("Stakeholder", "利益相关方"), "{{ row.name }}", 28),
        Column(Text("Projects", "项目"), "{{ row.projects }}", 92),
        Column(Text("Jobs (full-time)", "岗位（个）"), "{{ row.jobs }}", 16, number=True),
        Column(Text("Power used (MW)", "用电（兆瓦）"), "{{ row.power }}", 16, number=True),
        Column(Text("People reached", "覆盖人员（人）"), "{{ row.served }}", 18, number=True),
    ),
    small=True,
)
_BUDGET = Table(
    Text("Capital of the first wave by year", "首批项目分年度投资"),
    Text("The middle of the first wave's capital by year", "首批项目分年度投资（区间中值）"),
    "row in programme.budget",
    (
        Column(Text("Year", "年度"), "{{ row.year }}", 40),
        Column(Text("Capital, middle", "投资（中值）"), "{{ row.capex }}", 60, number=True),
    ),
    small=True,
)


def decisions(path: str) -> Table:
    """The decisions asked, each with what a yes and a no bring."""
    return Table(
        Text("Decisions asked", "提请研究事项"),
        Text(
            "Each decision with date, owner, what a yes and a no bring and what the figures support",
            "各事项的时限、责任方、同意与不同意的结果以及测算意见",
        ),
        f"row in {path}",
        (
            Column(Text("Decide", "事项"), "{{ row.decision }}", 37),
            Column(Text("By", "时限"), "{{ row.by }}", 17),
            Column(Text("Owner", "责任方"), "{{ row.owner }}", 19),
            Column(Text("If yes", "同意的"), "{{ row.yes }}", 47),
            Column(Text("If no", "不同意的"), "{{ row.no }}", 32),
            Column(Text("On these figures", "测算意见"), "{{ row.advice }}", 36),
        ),
        small=True,
    )


def chapter(pen: Pen) -> str:
    """Both waves, what binds them, what else could be done and what it costs by year."""
    level = 2
    return (
        pen.heading(1, Text("The programme", "重大项目"))
        + when(f"not ({ANY})", pen.p("BodyText", "{{ summary.answer }}"))
        + pen.optional("BodyText", "programme.total", "**{{ programme.total }}**")
        + pen.table(_FIRST)
        + when(
            "programme.second",
            pen.table(_SECOND),
            pen.optional("Note", "programme.second_note"),
        )
        + pen.optional("Note", "programme.note")
        + pen.bullets("programme.points")
        + when(
            "programme.limits",
            pen.heading(level, Text("Limits", "约束条件")),
            pen.optional("BodyText", "programme.taken"),
            pen.table(_limits()),
            charts.figure(pen, "limits", 88),
        )
        + when(
            "programme.alternatives",
            pen.heading(level, Text("Alternatives and weights", "备选方案与权重")),
            pen.optional("BodyText", "programme.nothing"),
            pen.table(_ALTERNATIVES),
            pen.optional("BodyText", "programme.swap"),
            pen.table(_OBJECTIVES),
            pen.optional("Note", "programme.objectives_note"),
            pen.optional("BodyText", "programme.shared"),
            pen.table(_STAKEHOLDERS),
        )
        + when(
            "programme.budget",
            pen.heading(level, Text("Money by year", "分年度投资")),
            pen.optional("BodyText", "programme.budget_line"),
            pen.table(_BUDGET),
            pen.bullets("top.funding"),
        )
        + pen.table(decisions("top.decisions_all"))
        + pen.optional("Note", "top.decisions_note")
    )


def _limits() -> Table:
    return Table(
        Text("Limits and their use", "约束条件及使用情况"),
        Text(
            "Each resource with its limit, where it comes from, what each wave takes, what is left",
            "各项资源的上限、来源、两批占用、剩余及是否构成瓶颈",
        ),
        "row in programme.limits",
        (
            Column(Text("Resource", "资源"), "{{ row.resource }}", 30),
            _amount(Text("Limit", "上限"), "limit"),
            Column(
                Text("Basis", "来源"),
                Text(
                    "{{ row.basis }}{% if row.cell %}, {{ row.cell }}{% endif %}",
                    "{{ row.basis }}{% if row.cell %}，{{ row.cell }}{% endif %}",
                ),
                30,
            ),
            Column(
                Text("First wave", "首批占用"), "{{ row.first }}", 24, number=True,
                trace="row.trace.used",
            ),
            Column(Text("Second wave", "第二批占用"), "{{ row.second }}", 22, number=True),
            Column(Text("Left", "剩余"), "{{ row.left }}", 24, number=True),
            Column(Text("Binds", "构成瓶颈"), "{{ row.binds }}", 14, band="row.band"),
            Column(Text("What more would bring", "增加后的变化"), "{{ row.more }}", 36),
        ),
        small=True,
    )  # fmt: skip


def _amount(head: Text, name: str) -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", 24, number=True, trace=f"row.trace.{name}")
