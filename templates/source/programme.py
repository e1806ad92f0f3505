"""The chapters on the programme: projects of both waves, alternatives, money by year."""

import charts
from blocks import Pen, when
from tables import Column, Table, Text

ANY = "programme.first or programme.second"
NUMBERS = "trace"
"""The bookmark of the line that says where the numbers come from."""
_STARRED = '(programme.first + programme.second) | selectattr("jobs_by") | list'
READING = Text(
    f"{{% if {_STARRED} %}}* employed by tenants and clients. {{% endif %}}{{{{ programme.note }}}}"
    "{% if programme.second_note %} {{ programme.second_note }}{% endif %}",
    f"{{% if {_STARRED} %}}* 由入驻企业和客户聘用。{{% endif %}}{{{{ programme.note }}}}{{{{ programme.second_note }}}}",
)
_ABOUT = Text(
    "Each project with size, place, capital, jobs, power, people reached and lead",
    "各项目的规模、场地、投资、岗位、用电、覆盖人员和牵头单位",
)


def project_cell(mm: int) -> Column:
    """A project with its size and place."""
    where = Text(
        "{{ row.size }}{% if row.place %}, {{ row.place }}{% endif %}",
        "{{ row.size }}{% if row.place %}，{{ row.place }}{% endif %}",
    )
    return Column(
        Text("Project, size and place", "项目、规模和场地"), ("{{ row.name }}", where), mm
    )


def amounts(anchor: str = "", *, running: bool = False) -> tuple[Column, ...]:
    """Capital, jobs, power and people of a project; `anchor` is a bookmark that linked numbers lead to.

    A star says whose jobs they are, which `READING` explains.
    """
    jobs = "{{ row.jobs }}{% if row.jobs_by %}*{% endif %}"
    capital = Column(
        Text("Capital", "投资"), "{{ row.capex }}", 26, trace="row.trace.capex", anchor=anchor
    )
    cost = Column(Text("Running cost a year", "年运行成本"), "{{ row.running }}", 24)
    return (
        capital,
        *((cost,) if running else ()),
Column(Text("Jobs (full-time)", "岗位（个）"), jobs, 15, number=True),
        Column(Text("Power used (MW)", "用电（兆瓦）"), "{{ row.power }}", 15, number=True),
        Column(Text("People reached", "覆盖人员（人）"), "{{ row.people }}", 16, number=True),
    )  # fmt: skip


_FIRST = Table(
    Text("First wave: projects to begin now", "首批项目（建议启动）"),
    _ABOUT,
    "row in programme.first",
    (
        project_cell(54),
        *amounts(NUMBERS, running=True),
        Column(Text("Lead body", "牵头单位"), "{{ row.lead }}", 32),
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
        project_cell(46),
        Column(Text("What must come first", "前置条件"), "{{ row.before }}", 36),
        *amounts(NUMBERS, running=True),
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


def decisions(path: str) -> Table:
    """The decisions asked, each with what a yes and a no bring."""
    return Table(
        Text("Decisions asked", "提请决策事项"),
        Text(
            "Each decision with date, owner, what a yes and a no bring and what the figures support",
            "各事项的时限、责任方、同意与不同意的结果以及测算意见",
        ),
        f"row in {path}",
        (
            Column(
                Text("Decide", "事项"),
                (
                    "**{{ row.decision }}**",
                    "{%p if row.advice %}",
                    "{{ row.advice }}",
                    "{%p endif %}",
                ),
                66,
            ),
            Column(Text("By", "时限"), "{{ row.by }}", 18),
            Column(Text("Owner", "责任方"), "{{ row.owner }}", 22),
            Column(Text("If yes", "同意的"), "{{ row.yes }}", 46),
            Column(Text("If no", "不同意的"), "{{ row.no }}", 34),
        ),
        small=True,
    )


def chapter(pen: Pen) -> str:
    """Both waves, then what else could be done and what each choice gives up."""
    return (
        pen.heading(1, Text("The programme", "重大项目"))
        + pen.p("BodyText", "**{{ finding.programme }}**")
        + pen.table(_FIRST)
        + pen.table(_SECOND)
        + pen.optional("Note", "programme.note", READING)
        + pen.bullets("programme.points")
        + when(
            "programme.alternatives",
            pen.heading(2, Text("What else could be done", "备选方案")),
            pen.optional("BodyText", "programme.nothing"),
            charts.figure(pen, "alternatives", 104),
            pen.table(_ALTERNATIVES),
            pen.optional("BodyText", "programme.swap"),
            pen.optional("BodyText", "programme.shared"),
        )
        + pen.table(decisions("top.decisions_all"))
        + pen.optional("Note", "top.decisions_note")
    )
