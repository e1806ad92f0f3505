"""Strengths, weaknesses, opportunities and threats, and the chapter on risks."""

from dataclasses import replace

from blocks import Pen, when
from tables import Column, Table, Text

_CAPTION = Text("Strengths, weaknesses, opportunities and threats", "优势、劣势、机遇与挑战")
_SIDES = (
    (("strengths", Text("Strengths", "优势")), ("weaknesses", Text("Weaknesses", "劣势"))),
    (("opportunities", Text("Opportunities", "机遇")), ("threats", Text("Threats", "挑战"))),
)
_RISKS = Table(
    Text("Risks by likelihood and impact", "风险清单（按可能性和影响排序）"),
    Text(
        "Each risk with what set it off, likelihood times impact, mitigation and owner",
        "各项风险的触发原因、可能性与影响、应对措施和责任方",
    ),
    "risks.rows",
    (
        Column(
            Text("Risk", "风险"),
            Text("{{ title }} ({{ id }})", "{{ title }}（{{ id }}）"),
            36,
        ),
        Column(Text("Why it applies", "触发原因"), "{{ why }}", 45),
        Column(
            Text("Likelihood × impact", "可能性×影响"), "{{ score }}", 21, band="row.score_band"
        ),
        Column(Text("Mitigation", "应对措施"), "{{ mitigation }}", 54),
        Column(Text("Owner", "责任方"), "{{ owner }}", 21),
    ),
    small=True,
    key="risks",
)

_RISK = Column(Text("Risk", "风险"), "{{ row.title }}", 38)
_LEVEL = Column(Text("Level", "等级"), "{{ row.level }}", 15, band="row.level_band")
_OWN_REST = (
    Column(Text("Concerns", "涉及项目、原因"), "{{ row.why }}", 44),
    Column(Text("What to do", "应对措施"), "{{ row.mitigation }}", 60),
    Column(Text("Owner", "责任单位"), "{{ row.owner }}", 26),
)
_OWN = Table(
    Text("Risks of the programme, the worst first", "方案首要风险及应对措施"),
    Text(
        "Each risk with its level, what it concerns, what to do and the owner",
        "各项风险的等级、涉及项目、应对措施和责任单位",
    ),
    "row in risks.own",
    (_RISK, _LEVEL, *_OWN_REST),
    small=True,
    key="risks",
)
_OWN_ALIKE = (_RISK, *_OWN_REST)


def all_sides(pen: Pen) -> str:
    """The chapter of the annex: each side in full."""
    title = Text("Strengths, weaknesses, opportunities and threats", "面临形势")
    return pen.heading(1, title) + _four(pen)


def _four(pen: Pen) -> str:
    """Two rows of two cells under heads of their own."""
    rows = ""
    for number, sides in enumerate(_SIDES):
        columns = [Column(title, _lines(name), 85) for name, title in sides]
        heads = [pen.head_cell(column) for column in columns]
        rows += pen.row(heads, header=not number)
        rows += pen.row([pen.cell(column, small=True) for column in columns])
    table = Table(_CAPTION, _CAPTION, "", tuple(columns), small=True)
    return pen.caption(_CAPTION, rows="swot.") + pen.frame(table, rows)


def _lines(name: str) -> tuple[str, ...]:
    return (f"{{%p for line in swot.{name} %}}", "• {{ line }}", "{%p endfor %}")


def risks(pen: Pen) -> str:
    """The chapter on the programme's risks; it says at least that none applies."""
    return (
        pen.heading(1, Text("Risks", "风险防控"))
        + pen.optional("BodyText", "risks.finding", "**{{ risks.finding }}**")
        + when("risks.levels_differ", pen.table(_OWN))
        + when("not risks.levels_differ", pen.table(replace(_OWN, columns=_OWN_ALIKE)))
        + pen.optional("Note", "risks.rest")
    )


def all_risks(pen: Pen) -> str:
    """The chapter of the annex: every risk that applies."""
    return when(
        "risks.rows",
        pen.heading(1, Text("Risks", "风险清单")),
        pen.optional("BodyText", "risks.note"),
        pen.table(_RISKS),
        pen.optional("BodyText", "risks.undecided"),
    )
