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
    "{% for other in law.outside_together %} {{ other.name }}: {{ other.status }}. {{ other.sentence }}{% endfor %}"
    "{% if law.size_clause %} {{ law.size_clause }}{% endif %}"
    "{% if law.reach %} {{ law.reach }}{% endif %}",
    "{{ summary.barred }}"
    "{% for ban in law.barred_all %}{{ ban.sentence }}{{ ban.penalty }}{% endfor %}"
    "{% for other in law.outside_together %}{{ other.name }}：{{ other.status }}。{{ other.sentence }}{% endfor %}"
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
            Text("Lawful under conditions; to meet before the start", "附条件允许，启动前须落实"),
            Text(
                "{{ duty.activities }}{% if duty.limits %} ({{ duty.limits }}){% endif %}",
                "{{ duty.activities }}{% if duty.limits %}（{{ duty.limits }}）{% endif %}",
            ),
            128,
        ),
    ),
    style="LegalBox",
)
_FIRST = Table(
    Text("First wave: begin now", "首批项目（建议启动）"),
    Text(
        "Each project with size, place, law, capital, jobs, power, people, lead and first step",
        "各项目的规模、场地、法律状态、投资、岗位、用电、覆盖人员、牵头单位和首项任务",
    ),
    "row in programme.first",
    (
        programme.project_cell(46),
        Column(Text("Law", "法律状态"), "{{ row.law }}", 21, band="row.law_band"),
        *programme.amounts(_NUMBERS),
        Column(Text("Lead body", "牵头单位"), "{{ row.lead }}", 27),
        Column(
            Text("First step, done by", "首项任务及时限"),
            Text("{{ row.first_step }}, {{ row.by }}", "{{ row.first_step }}，{{ row.by }}"),
            51,
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
_IS_SHORT = "(programme.first + programme.second) | length <= 8"


def outline(pen: Pen) -> Iterator[str]:
    """The brief from title to attribution."""
    yield findings.opening(pen)
    yield pen.heading(1, Text("The answer", "总体判断"))
    yield findings.answer(pen, _NUMBERS)
    yield when(
        programme.ANY,
        pen.heading(1, Text("Projects", "重点项目")),
        pen.table(_FIRST),
        pen.table(_SECOND),
        pen.optional("FinePrint", "programme.note", programme.READING),
    )
    yield _legal_box(pen)
    yield findings.stale(pen)
    yield when(
        "top.decisions",
        pen.heading(1, Text("Decisions asked", "提请研究事项")),
        _uncaptioned(pen, programme.decisions("top.decisions")),
        pen.optional("FinePrint", "top.decisions_more"),
    )
    # A long programme fills its two pages without the picture, which the planning brief has.
    yield when(_IS_SHORT, charts.figure(pen, "limits", 68, has_note=False))
    yield when(
        "top.risks or top.funding",
        pen.heading(1, Text("What can go wrong, and who pays", "风险应对与资金来源")),
        pen.bullets("top.risks"),
        pen.bullets("top.funding", most=1),
    )
    yield pen.heading(1, Text("Please note", "说明"), numbered=False)
    note = pen.bookmark(_NUMBERS, pen.run(Text(" {{ trace.note }}", "{{ trace.note }}")))
    yield when("disclaimer", pen.paragraph("FinePrint", pen.runs(_joined("disclaimer")) + note))
    yield pen.optional("FinePrint", "attribution", _joined("attribution"))


def _uncaptioned(pen: Pen, table: Table) -> str:
    """A table that its heading names already."""
    head = pen.row([pen.head_cell(column) for column in table.columns], header=True)
    cells = pen.row([pen.cell(column, small=True) for column in table.columns])
    return pen.frame(table, head + pen.loop_rows(table.loop, cells))


def _joined(lines: str) -> Text:
    return Text(f"{{{{ {lines} | join(' ') }}}}", f"{{{{ {lines} | join }}}}")


def _legal_box(pen: Pen) -> str:
    return when(
        "summary.barred or law.barred or law.outside or law.duties or law.reach",
        pen.heading(1, Text("Legal position", "合规边界")),
        pen.p("BodyText", _POSITION),
        when(_DUTIES, _uncaptioned(pen, _CONDITIONS)),
        pen.optional("FinePrint", "law.duties_note"),
    )
