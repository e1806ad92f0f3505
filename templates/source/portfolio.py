"""The chapter on the portfolio under limits and the projects it consists of."""

import charts
from blocks import Pen, when
from tables import Column, Table, Text


def chapter(pen: Pen) -> str:
    """What to launch together, what it takes and what binds."""
    return (
        pen.heading(1, Text("Portfolio and projects", "重大项目"))
        + pen.paragraph("BodyText", pen.pieces("portfolio.sentence_parts", strong=True))
        + pen.bullets("portfolio.points")
        + pen.table(_limits())
        + charts.figure(pen, "limits", 88)
        + pen.table(_PROJECTS)
        + pen.optional("Note", "projects.note")
    )


def candidates(pen: Pen) -> str:
    """For the annex: every candidate with its choice."""
    return when(
        "portfolio.rows",
        pen.heading(1, Text("Candidates of the portfolio", "组合候选方向")),
        pen.table(_uses()),
        pen.optional("Note", "portfolio.rows_note"),
        pen.optional("Note", "portfolio.note"),
    )


_PROJECTS = Table(
    Text("Projects of the portfolio", "重大项目表"),
    Text(
        "Each selected use with its size, capital, source of funds, period and bodies",
        "各入选方向的建设内容及规模、投资、资金来源、建设期和责任单位",
    ),
    "row in projects.rows",
    (
        Column(Text("No.", "序号"), "{{ row.number }}", 11, number=True),
        Column(Text("Project", "项目"), "{{ row.name }}", 32),
        Column(
            Text("Size", "建设内容"),
            Text("{{ row.scale }}", "{{ row.what }}（{{ row.scale }}）"),
            55,
        ),
        Column(Text("Capital", "投资"), "{{ row.capex }}", 25),
        Column(Text("Funds", "资金来源"), "{{ row.funding }}", 20),
        Column(Text("Period", "建设期"), "{{ row.period }}", 31),
        Column(
            Text("Lead; responsible", "责任单位"),
            Text(
                "{{ row.lead }}{% if row.responsible %}; {{ row.responsible }}{% endif %}",
                "{{ row.lead }}{% if row.responsible %}、{{ row.responsible }}{% endif %}",
            ),
            29,
        ),
    ),
    small=True,
)


def _uses() -> Table:
    return Table(
        Text("Candidates and choice", "候选方向与取舍"),
        Text(
            "Each shortlisted use with its benefit, capital, jobs, connection point and choice",
            "各入围方向的效益、投资、就业、接入点和取舍结果",
        ),
        "row in portfolio.rows",
        (
            Column(Text("Use or option", "方向"), "{{ row.name }}", 52),
            Column(Text("Chosen", "入选"), "{{ row.selected }}", 16, band="row.band"),
            Column(Text("Benefit (of 100)", "效益（分）"), "{{ row.benefit }}", 20, number=True),
            Column(Text("Capital", "投资"), "{{ row.capex }}", 32),
            Column(Text("Jobs (FTE)", "就业（人）"), "{{ row.jobs }}", 18),
            Column(Text("Connection", "接入点"), "{{ row.point }}", 28),
            Column(Text("Chosen in", "入选比例"), "{{ row.frequency }}", 18, number=True),
        ),
    )


def _limits() -> Table:
    return Table(
        Text("Limits and their use", "约束条件及使用情况"),
        Text(
            "Each resource with its limit, where it comes from, what is used and whether it binds",
            "各项资源的上限、来源、使用量及是否构成瓶颈",
        ),
        "row in portfolio.limits",
        (
            Column(Text("Resource", "资源"), "{{ row.resource }}", 38),
            _amount(Text("Limit", "上限"), "limit"),
            Column(
                Text("Basis", "来源"),
                Text("{{ row.basis }}, {{ row.cell }}", "{{ row.basis }}，{{ row.cell }}"),
                46,
            ),
            _amount(Text("Used", "使用"), "used"),
            Column(Text("Left", "剩余"), "{{ row.left }}", 28, number=True),
            Column(Text("Binds", "构成瓶颈"), "{{ row.binds }}", 20, band="row.band"),
        ),
        small=True,
    )


def _amount(head: Text, name: str) -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", 30, number=True, trace=f"row.trace.{name}")
