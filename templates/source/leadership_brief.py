"""The leadership brief: two pages for a reader with two minutes."""

from collections.abc import Iterator
from typing import NamedTuple

import charts
import findings
from blocks import Pen, each, when
from tables import Column, Table, Text, Words

_NUMBERS = "trace"
"""The bookmark of the line that says where the numbers come from."""
_BOX = Table(
    Text("Legal position", "合规边界"),
    Text(
        "What is barred, what lies outside the plan, what has conditions",
        "禁止事项、方案以外事项和附条件允许事项",
    ),
    "",
    (
        Column(Text("Position", "状态"), "", 34),
        Column(Text("Activity or use", "活动或方向"), "", 50),
        Column(Text("What the law says", "法律规定和要求"), "", 94),
    ),
    style="LegalBox",
)


_POSITION = Text(
    "{{ summary.barred }}{% if law.size_clause %} {{ law.size_clause }}{% endif %}"
    "{% if law.reach %} {{ law.reach }}{% endif %}",
    "{{ summary.barred }}{{ law.size_clause }}{{ law.reach }}",
)
_KINDS = ("blockchain", "power_reuse")


def _number(head: Text, name: str, mm: int, *, right: bool) -> Column:
    """A column of linked numbers."""
    cell, trace = f"{{{{ use.{name} }}}}", f"use.trace.{name}"
    return Column(head, cell, mm, number=right, trace=trace, anchor=_NUMBERS)


_PRIORITIES = Table(
    Text(
        "First blockchain uses, then first power-reuse options, each by benefit",
        "优先方向（先区块链应用，后电力再利用方向，均按效益排列）",
    ),
    Text(
        "Readiness, evidence, capital and jobs of each use, who leads it, first step and its end",
        "各方向的就绪度、数据支撑程度、投资、就业、牵头单位、首项任务及时限",
    ),
    "",
    (
        Column(Text("Use", "应用"), ("{{ use.name }}", "{{ use.scale }}"), 36),
        _number(Text("Readiness (of 100)", "就绪度（分）"), "readiness", 17, right=True),
        Column(Text("Law", "法律状态"), "{{ use.law }}", 19, band="use.law_band"),
        Column(Text("Evidence", "数据支撑程度"), "{{ use.confidence }}", 17),
        _number(Text("Capital", "投资"), "capex", 24, right=False),
        _number(Text("Jobs (FTE)", "就业（人）"), "jobs", 15, right=False),
        Column(Text("Lead body", "牵头单位"), "{{ use.lead }}", 24),
        Column(
            Text("First step, done by", "首项任务及时限"),
            Text("{{ use.first_step }}, {{ use.by }}", "{{ use.first_step }}，{{ use.by }}"),
            54,
        ),
    ),
)


class _Group(NamedTuple):
    """Rows of the legal box that come from one list."""

    loop: str
    band: str
    position: Words
    subject: Words
    text: Words


_GROUPS = (
    _Group(
        "ban in law.barred_all",
        '"prohibited"',
        "{{ ban.position }}",
        "{{ ban.name }}",
        Text(
            "{{ ban.sentence }}{% if ban.penalty %} {{ ban.penalty }}{% endif %}",
            "{{ ban.sentence }}{{ ban.penalty }}",
        ),
    ),
    _Group(
        "other in law.outside_together",
        "other.status_band",
        "{{ other.status }}",
        "{{ other.name }}",
        "{{ other.sentence }}",
    ),
    _Group(
        "duty in law.duties",
        '"conditional"',
        Text("lawful under conditions", "附条件允许"),
        "{{ duty.use }}",
        "{{ duty.short }}",
    ),
)


def outline(pen: Pen) -> Iterator[str]:
    """The brief from title to attribution."""
    yield findings.opening(pen)
    yield pen.heading(1, Text("The answer", "总体判断"))
    yield findings.answer(pen, _NUMBERS)
    yield _legal_box(pen)
    yield findings.stale(pen)
    yield _priorities(pen)
    yield when(
        "gaps or top.risks",
        pen.heading(1, Text("Gaps and risks", "主要短板与风险")),
        each("gap in gaps", pen.paragraph("ListBullet", _gap(pen))),
        pen.bullets("top.risks"),
    )
    yield when(
        "top.funding",
        pen.heading(1, Text("Money and its sources", "资金需求与来源")),
        pen.bullets("top.funding"),
    )
    yield when(
        "top.decisions",
        pen.heading(1, Text("Decisions asked", "提请研究事项")),
        pen.bullets("top.decisions"),
    )
    yield charts.figure(pen, "limits", 78, has_note=False)
    yield pen.heading(1, Text("Please note", "说明"), numbered=False)
    note = pen.bookmark(_NUMBERS, pen.run(Text(" {{ trace.note }}", "{{ trace.note }}")))
    yield when("disclaimer", pen.paragraph("FinePrint", pen.runs(_joined("disclaimer")) + note))
    yield pen.optional("FinePrint", "attribution", _joined("attribution"))


def _gap(pen: Pen) -> str:
    """The runs of one gap: criterion, amount with its link, uses held back."""
    return (
        pen.runs(Text("**{{ gap.criterion }}:** ", "**{{ gap.criterion }}：**"))
        + pen.pieces("gap.missing_parts", anchor=_NUMBERS)
        + pen.runs(Text("; uses concerned: {{ gap.uses }}", "，涉及{{ gap.uses }}。"))
    )


def _priorities(pen: Pen) -> str:
    """The leading uses and options in one table, or why there are none."""
    head = [pen.head_cell(column) for column in _PRIORITIES.columns]
    rows = pen.row(head, header=True)
    for kind in _KINDS:
        cells = [pen.cell(column, small=True) for column in _PRIORITIES.columns]
        rows += pen.loop_rows(f"use in top.{kind}", pen.row(cells))
    return when(
        "top.blockchain or top.power_reuse or top.none_blockchain or top.none_power_reuse",
        pen.heading(1, Text("Priority uses", "优先方向")),
        when(
            "top.blockchain or top.power_reuse",
            pen.caption(_PRIORITIES.caption),
            pen.frame(_PRIORITIES, rows),
            pen.p("Note", "{{ top.note }}"),
        ),
        *(pen.optional("BodyText", f"top.none_{kind}") for kind in _KINDS),
    )


def _joined(lines: str) -> Text:
    return Text(f"{{{{ {lines} | join(' ') }}}}", f"{{{{ {lines} | join }}}}")


def _legal_box(pen: Pen) -> str:
    rows = pen.row([pen.head_cell(c) for c in _BOX.columns], header=True)
    for group in _GROUPS:
        position, subject, text = (
            Column("", group.position, 1, band=group.band),
            Column("", group.subject, 1),
            Column("", group.text, 1),
        )
        rows += pen.loop_rows(group.loop, pen.row([pen.cell(c) for c in (position, subject, text)]))
    return when(
        "summary.barred or law.barred or law.outside or law.duties or law.reach",
        pen.heading(1, Text("Legal position", "合规边界")),
        pen.p("BodyText", _POSITION),
        when("law.barred or law.outside or law.duties", pen.frame(_BOX, rows)),
        pen.optional("Note", "law.duties_note"),
    )
