"""The leadership brief: two pages for a reader with two minutes."""

from collections.abc import Iterator

import charts
import findings
import programme
from blocks import Pen, when
from tables import Column, Table, Text

_NUMBERS = programme.NUMBERS
_POSITION = Text(
    "{{ summary.barred }}"
    "{% for ban in law.barred_all %} {{ ban.sentence }}{% if ban.penalty %} {{ ban.penalty }}{% endif %}{% endfor %}"
    "{% for other in law.outside_together %} {{ other.name }}: {{ other.sentence }}{% endfor %}"
    "{% if law.size_clause %} {{ law.size_clause }}{% endif %}"
    "{% if law.reach %} {{ law.reach }}{% endif %}",
    "{{ summary.barred }}"
    "{% for ban in law.barred_all %}{{ ban.sentence }}{{ ban.penalty }}{% endfor %}"
    "{% for other in law.outside_together %}{{ other.name }}：{{ other.sentence }}{% endfor %}"
    "{{ law.size_clause }}{{ law.reach }}",
)
_DUTIES = 'law.duties | selectattr("is_first") | list'
_CONDITIONS = Table(
    Text("Conditions", "启动条件"),
    Text(
        "What the law asks of each project before its start",
        "各项目启动前须落实的法定条件",
    ),
    f"duty in {_DUTIES}",
    (
        Column(Text("Project", "项目"), "{{ duty.use }}", 50, band='"conditional"'),
        Column(
            Text(
                "Lawful under conditions; procedures before the start (office)",
                "附条件允许，启动前须办手续（主管单位）",
            ),
            Text(
                "{{ duty.steps or duty.activities }}{% if duty.limits %}; {{ duty.limits }}{% endif %}"
                "{% if duty.unread %}; {{ duty.unread }}{% endif %}",
                "{{ duty.steps or duty.activities }}{% if duty.limits %}；{{ duty.limits }}{% endif %}"
                "{% if duty.unread %}；{{ duty.unread }}{% endif %}",
            ),
            128,
        ),
    ),
    style="LegalBox",
)
_FIRST = Table(
    Text("Lead projects: begin now", "重点项目（建议启动）"),
    Text(
        "Each project with size, place, law, capital, jobs, power, people, lead, first step and how firm it is",
        "各项目的规模、场地、法律状态、投资、岗位、用电、覆盖人员、牵头单位、首项任务和入选稳定性",
    ),
    "row in programme.first",
    (
        programme.project_cell(42),
        Column(Text("Law", "法律状态"), "{{ row.law }}", 19, band="row.law_band"),
        *programme.amounts(_NUMBERS),
        Column(Text("Lead body", "牵头单位"), "{{ row.lead }}", 25),
        Column(
            Text("First step, done by", "首项任务及时限"),
            Text("{{ row.first_step }}, {{ row.by }}", "{{ row.first_step }}，{{ row.by }}"),
            50,
        ),
        Column(
            Text("Chosen in reruns", "重算入选"),
            (
                "{%p if row.firm_word %}",
                "{{ row.firm_word }}",
                "{%p endif %}",
                "{{ row.firm_share }}",
            ),
            15,
        ),
    ),
    small=True,
)
_SECOND = Table(
    Text("Second wave: prepare", "第二批项目（建议准备）"),
    Text(
        "Each project with what must come first, capital, jobs, power, people and lead",
        "各项目的前置条件、投资、岗位、用电、覆盖人员和牵头单位",
    ),
    "row in programme.second",
    (
        programme.project_cell(66),
        Column(Text("What must come first", "前置条件"), "{{ row.before }}", 56),
        *programme.amounts(_NUMBERS),
        Column(Text("Lead body", "牵头单位"), "{{ row.lead }}", 33),
    ),
    small=True,
)
_SIGNED = Text(
    "Draft no. ____________    Date ____________    Agreed / returned ______________    Signature ____________________",
    "拟稿编号____________　　日期____________　　审阅意见________________　　签发____________________",
)
_IS_LONG = "(programme.first + programme.second) | length > 8"
"""Projects of which two pages have room for the first wave as a table, and the second as a sentence."""
_IS_SHORT = "(programme.first + programme.second) | length <= 5"


def outline(pen: Pen) -> Iterator[str]:
    """The brief from title to signature; the law stands where each language's readers look for it."""
    yield findings.opening(pen)
    yield pen.heading(1, Text("Recommendation", "总体判断与建议"))
    yield pen.paragraph("Answer", pen.pieces("summary.answer_parts", anchor=_NUMBERS))
    yield pen.bullets("top.points")
    yield pen.optional("BodyText", "changes.line")
    if pen.look.chinese:
        yield _law(pen)
        yield _projects(pen)
    else:
        yield _projects(pen)
        yield _law(pen)
    yield when(
        "top.decisions",
        pen.heading(1, Text("Decisions asked", "提请决策事项")),
        _uncaptioned(pen, programme.decisions("top.decisions")),
        pen.optional("FinePrint", "top.decisions_more"),
    )
    # A long programme fills its two pages without the picture, which the planning brief has.
    yield when(_IS_SHORT, charts.figure(pen, "limits", 64, has_note=False))
    yield when(
        "top.risks",
        pen.heading(1, Text("What can go wrong", "风险与应对")),
        pen.bullets("top.risks"),
    )
    yield when(
        "top.funding",
        pen.heading(1, Text("Money", "资金")),
        pen.bullets("top.funding"),
    )
    yield pen.heading(1, Text("Data and notes", "数据与说明"))
    note = pen.bookmark(_NUMBERS, pen.run(Text(" {{ trace.note }}", "{{ trace.note }}")))
    yield when("disclaimer", pen.paragraph("FinePrint", pen.runs(_joined("disclaimer")) + note))
    yield pen.optional("FinePrint", "attribution", _joined("attribution"))
    yield pen.p("Signature", _SIGNED)


def _projects(pen: Pen) -> str:
    return when(
        programme.ANY,
        pen.heading(1, Text("Lead projects", "重点项目")),
        pen.table(_FIRST),
        when(_IS_LONG, pen.optional("BodyText", "overview.next")),
        when(f"not ({_IS_LONG})", pen.table(_SECOND)),
        pen.optional("FinePrint", "programme.note", programme.READING),
        # In Chinese the law stands first, and the lead projects keep their room on the first page.
        _conditions(pen) if pen.look.chinese else "",
    )


def _conditions(pen: Pen) -> str:
    return when(_DUTIES, _uncaptioned(pen, _CONDITIONS)) + pen.optional(
        "FinePrint", "law.duties_note"
    )


def _uncaptioned(pen: Pen, table: Table) -> str:
    """A table that its heading names already."""
    head = pen.row([pen.head_cell(column) for column in table.columns], header=True)
    cells = pen.row([pen.cell(column, small=True) for column in table.columns])
    return pen.frame(table, head + pen.loop_rows(table.loop, cells))


def _joined(lines: str) -> Text:
    return Text(f"{{{{ {lines} | join(' ') }}}}", f"{{{{ {lines} | join }}}}")


def _law(pen: Pen) -> str:
    return when(
        "summary.barred or law.barred or law.outside or law.duties or law.reach",
        pen.heading(1, Text("What the law says", "合规边界")),
        pen.p("BodyText", _POSITION),
        "" if pen.look.chinese else _conditions(pen),
        pen.optional("BodyText", "law.stale_notice"),
    )
