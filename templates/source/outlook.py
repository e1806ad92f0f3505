"""Strengths, weaknesses, opportunities and threats, and the chapter on risks."""

import assets
from blocks import Column, Pen, Table, Text, when

READING = Text(
    "Derived, not invented: strengths are targets that every shortlisted use sees met, weaknesses the biggest gaps[[table_gaps]] "
    "and missed minima, opportunities encouraged activities, threats the worst risks[[table_risks]]. Brackets name the cell, rule "
    "or risk.",
    "各项均由分析结果得出：优势为入围应用均已达到的目标，劣势为主要短板[[table_gaps]]和未达门槛，机遇为政策鼓励事项，"
    "挑战为首要风险[[table_risks]]；括号内为数据单元格、规定或风险编号。",
)
_FIELDS = (
    (
        Text("Strengths and weaknesses", "优势与劣势"),
        (("strengths", Text("Strengths", "优势")), ("weaknesses", Text("Weaknesses", "劣势"))),
    ),
    (
        Text("Opportunities and threats", "机遇与挑战"),
        (
            ("opportunities", Text("Opportunities", "机遇")),
            ("threats", Text("Threats", "挑战")),
        ),
    ),
)
_RISKS = Table(
    Text("Risks by likelihood and impact", "风险清单（按可能性和影响排序）"),
    Text(
        "Each risk with what set it off, likelihood times impact, mitigation and owner",
        "各项风险的触发原因、可能性与影响、应对措施和责任方",
    ),
    "row in risks.rows",
    (
        Column(
            Text("Risk", "风险"),
            Text("{{ row.title }} ({{ row.id }})", "{{ row.title }}（{{ row.id }}）"),
            36,
        ),
        Column(Text("Why it applies", "触发原因"), "{{ row.why }}", 40),
        Column(Text("Likelihood × impact", "可能性×影响"), "{{ row.score }}", 24, band="row.band"),
        Column(Text("Mitigation", "应对措施"), "{{ row.mitigation }}", 58),
        Column(Text("Owner", "责任方"), "{{ row.owner }}", 19),
    ),
    small=True,
    key="risks",
)


def swot(pen: Pen) -> str:
    """The two tables, without their reading note."""
    if pen.look.chinese:
        whole, part = "发展基础与面临形势", "面临形势"
        head = when(assets.ANY, pen.heading(2, part))
        head += when(f"not ({assets.ANY})", pen.heading(1, whole))
    else:
        head = pen.heading(1, "Strengths, weaknesses, opportunities and threats")
    return head + "".join(_pair(pen, caption, sides) for caption, sides in _FIELDS)


def _pair(pen: Pen, caption: Text, sides: tuple[tuple[str, Text], ...]) -> str:
    columns = tuple(
        Column(title, (f"{{%p for line in swot.{name} %}}", "• {{ line }}", "{%p endfor %}"), 85)
        for name, title in sides
    )
    table = Table(caption, caption, f"line in swot.{sides[0][0]}", columns, small=True)
    rows = pen.row([pen.head_cell(column) for column in columns], header=True)
    rows += pen.row([pen.cell(column, small=True) for column in columns])
    return pen.caption(caption, rows=table.source) + pen.frame(table, rows)


def risks(pen: Pen) -> str:
    """The chapter on risks; it always says at least that none applies."""
    return (
        pen.heading(1, Text("Risks", "风险防控"))
        + pen.optional("BodyText", "risks.note")
        + pen.table(_RISKS)
        + pen.optional("BodyText", "risks.undecided")
    )
