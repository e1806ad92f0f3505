"""The leadership brief: two pages for a reader with two minutes."""

from collections.abc import Iterator
from typing import NamedTuple

import findings
from blocks import Column, Pen, Table, Text, Words, when

_BOX = Table(
    Text("Legal position", "合规边界"),
    Text(
        "What is barred, what lies outside the plan, what has conditions, what is not assessed",
        "禁止事项、方案以外事项、附条件允许事项和尚未核查事项",
    ),
    "",
    (
        Column(Text("Position", "状态"), "", 21),
        Column(Text("Activity or use", "活动或方向"), "", 43),
        Column(Text("What the law says", "法律规定和要求"), "", 114),
    ),
    style="LegalBox",
)


_NUMBERS = "trace"
"""The bookmark of the line that says where the numbers come from."""


class _Group(NamedTuple):
    """Rows of the legal box that come from one list."""

    loop: str
    band: str
    position: Words
    subject: Words
    text: Words


_GROUPS = (
    _Group(
        "ban in law.barred_together",
        '"prohibited"',
        Text("barred", "禁止"),
        "{{ ban.name }}",
        Text(
            "{{ ban.sentence }}{% if ban.penalty %} {{ ban.penalty }}{% endif %}"
            "{% if ban.checked %} {{ ban.checked }}{% endif %}"
            "{% if ban.open %} {{ ban.open }}{% endif %}",
            "{{ ban.sentence }}{{ ban.penalty }}{{ ban.checked }}{{ ban.open }}",
        ),
    ),
    _Group(
        "other in law.outside",
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
        "{{ duty.sentence }}",
    ),
    _Group(
        "gap in law.open",
        '"not_assessed"',
        Text("not assessed", "尚未核查"),
        Text("{{ gap.use }}: {{ gap.activities }}", "{{ gap.use }}：{{ gap.activities }}"),
        "{{ gap.sentence }}",
    ),
)


def outline(pen: Pen) -> Iterator[str]:
    """The brief from title to attribution."""
    yield findings.opening(pen)
    yield pen.heading(1, Text("The answer", "总体判断"))
    yield findings.answer(pen, _NUMBERS)
    yield _legal_box(pen)
    yield findings.stale(pen)
    yield when(
        "top.blockchain or top.power_reuse or top.none_blockchain or top.none_power_reuse",
        pen.heading(1, Text("First on the shortlists", "入围方向")),
        findings.leading(pen, _NUMBERS),
    )
    yield when("gaps", pen.heading(1, Text("What is missing most", "主要短板")))
    yield findings.gaps(pen, _NUMBERS)
    yield when(
        "top.risks",
        pen.heading(1, Text("Top risks", "主要风险")),
        pen.bullets("top.risks"),
    )
    yield when(
        "top.decisions",
        pen.heading(1, Text("Decisions asked", "提请研究事项")),
        pen.bullets("top.decisions"),
    )
    yield when(
        "top.actions",
        pen.heading(1, Text("First steps", "近期工作建议")),
        pen.bullets("top.actions"),
    )
    yield pen.heading(1, Text("Please note", "说明"), numbered=False)
    note = pen.bookmark(_NUMBERS, pen.run(Text(" {{ trace.note }}", "{{ trace.note }}")))
    yield when("disclaimer", pen.paragraph("FinePrint", pen.runs(_joined("disclaimer")) + note))
    yield pen.optional("FinePrint", "attribution", _joined("attribution"))


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
        "summary.barred or law.barred or law.outside or law.duties or law.open",
        pen.heading(1, Text("Legal position", "合规边界")),
        pen.optional("BodyText", "summary.barred"),
        when("law.barred or law.outside or law.duties or law.open", pen.frame(_BOX, rows)),
    )
