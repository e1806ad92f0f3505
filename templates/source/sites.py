"""The chapter on former mining sites, other sites and the people who worked there."""

from blocks import Pen, each, when
from tables import Column, Table, Text

# Columns drawn in the template; docxtpl adds or removes some for the options at hand.
_OPTIONS = 7
_MATRIX = Table(
    Text("What each site could host", "各场地可承接方向"),
    Text(
        "One row per site, one column per power-reuse option, a verdict in each cell",
        "每行一处场地，每列一个电力再利用方向，格内为判断结果",
    ),
    "row in sites.matrix",
    (
        Column(Text("Site", "场地"), ("{{ row.name }}", "{{ row.former_use }}"), 42),
        *((Column("", "", 18),) * _OPTIONS),
    ),
    style="HeatTable",
)
_STAFF = Table(
    Text("Staff that projects lack", "项目岗位缺口"),
    Text(
        "Staff available, short, brought by retraining and still short, by group",
        "各类岗位现有、短缺、转岗补充和剩余缺口",
    ),
    "sites.staff",
    (
        Column(Text("Group", "岗位类别"), "{{ group }}", 26),
        Column(Text("Available (people)", "现有（人）"), "{{ available }}", 19, number=True),
        Column(
            Text("Short by, for the neediest project", "缺口（需求最大的项目）"),
            "{{ to_target }}",
            60,
        ),
        Column(Text("Retrained (people)", "转岗补充（人）"), "{{ transferred }}", 19, number=True),
        Column(Text("Training (months)", "培训期（月）"), "{{ months }}", 17, number=True),
        Column(Text("Still short", "剩余缺口"), "{{ remaining }}", 19),
    ),
    small=True,
)
_ROLES = Table(
    Text("Where people could go", "人员转岗方向"),
    Text(
        "Each role with the people free, where they could go and how long the training takes",
        "各岗位可转岗人数、去向和培训期",
    ),
    "sites.roles",
    (
        Column(Text("Role", "原岗位"), "{{ role }}", 56),
        Column(Text("People free", "可转岗（人）"), "{{ free }}", 20, number=True),
        Column(
            Text("Goes to, people and training", "去向、人数和培训期"),
            ("{%p for way in row.ways %}", "{{ way }}", "{%p endfor %}"),
            96,
        ),
    ),
    small=True,
)


_MORE = Text(
    "Why a site cannot host an option, and where each role could go, stands in the annex.",
    "各场地不能承接的原因和各岗位转岗去向见附件。",
)


def chapter(pen: Pen) -> str:
    """The chapter; it always says at least what is missing."""
    return (
        pen.heading(1, Text("Former mining sites and people", "原“矿场”场地与人员转岗"))
        + pen.p("BodyText", "**{{ finding.sites }}**")
        + pen.optional("BodyText", "sites.unexplained", "**{{ sites.unexplained }}**")
        + when("sites.matrix", pen.optional("BodyText", "sites.intro"))
        + _matrix(pen)
        + pen.optional("Note", "sites.elsewhere")
        + pen.table(_STAFF)
        + when("sites.details or sites.roles", pen.p("Note", _MORE))
    )


def details(pen: Pen) -> str:
    """The chapter of the annex: each site in words, each role with where it could go."""
    lines = Text("{{ site.lines | join(' ') }}", "{{ site.lines | join }}")
    named = Text(f"**{{{{ site.name }}}}.** {lines.en}", f"**{{{{ site.name }}}}。**{lines.zh}")
    return when(
        "sites.details or sites.roles",
        pen.heading(1, Text("Former mining sites (bitcoin) and skills", "原“矿场”场地与人员转岗")),
        each("site in sites.details", pen.p("BodyText", named)),
        pen.table(_ROLES),
        pen.optional("Note", "sites.roles_note"),
    )


def _matrix(pen: Pen) -> str:
    # Chinese wraps well in a narrow upright cell; English is turned.
    turn = "" if pen.look.chinese else "btLr"
    style = "TableHead" if turn else "TableHeadCentre"
    title = pen.raw_cell(
        pen.p(style, "{{ option }}"), align="center" if turn else "bottom", turn=turn
    )
    verdict = pen.p("TableCentre", "{% cellbg palette[mark.band] %}{{ mark.text }}")
    first = _MATRIX.columns[0]
    heads = [pen.head_cell(first), *pen.loop_cells("option in sites.options", title)]
    cells = [
        pen.cell(first, small=True),
        *pen.loop_cells("mark in row.cells", pen.raw_cell(verdict)),
    ]
    header = pen.row(heads, header=True, height=1900 if turn else 0)
    rows = header + pen.loop_rows(_MATRIX.loop, pen.row(cells))
    return when(
        "sites.matrix and sites.options",
        pen.caption(_MATRIX.caption, rows=_MATRIX.source),
        pen.frame(_MATRIX, rows),
    )
