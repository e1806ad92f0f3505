"""The chapter on readiness, on wide pages: heat table and ranking of each list."""

import findings
from blocks import Column, Pen, Table, Text, when
from look import PALETTE

_LISTS = (
    ("blockchain", Text("Blockchain uses", "区块链应用"), Text("Use", "应用")),
    ("power_reuse", Text("Power-reuse options", "电力再利用方向"), Text("Option", "方向")),
)
_PARTS = ("sentence", "rows", "ranking")
# Columns drawn in the template; docxtpl adds or removes some for the criteria at hand.
_CRITERIA = 14
_KEY = (
    ("full", Text("target met", "达到目标值")),
    ("high", Text("close to target", "接近目标值")),
    ("middle", Text("about half way", "约达半程")),
    ("low", Text("just above minimum", "略高于最低值")),
    ("missed", Text("hard minimum missed", "未达硬性最低值")),
    ("unknown", Text("? unknown", "? 未知")),
)
ANY = " or ".join(
    [f"readiness.{kind}.{part}" for kind, _, _ in _LISTS for part in _PARTS]
    + ["prepare", "readiness.not_checked", "gaps"]
)
_REASON = "{% if use.reason %}{{ use.reason }}{% else %}{{ use.first_gap }}{% endif %}"
_MEANING = Text(
    "Readiness says how far the region meets a use's own needs. It is not a measure of worth.",
    "就绪度反映本地区满足各方向自身条件的程度，不代表方向本身的价值高低。",
)


def chapter(pen: Pen) -> str:
    """The chapter, ended by the properties of its wide section; absent without a result."""
    parts = [pen.heading(1, Text("Readiness", "方向遴选"))]
    for kind, title, word in _LISTS:
        parts.append(
            when(
                " or ".join(f"readiness.{kind}.{part}" for part in _PARTS),
                pen.heading(2, title),
                pen.optional("BodyText", f"readiness.{kind}.sentence"),
                _heat(pen, kind, title, word),
                pen.table(_ranking(kind, title, word), wide=True),
                when(
                    f"readiness.{kind}.ranking",
                    pen.optional("Note", f"readiness.{kind}.order_note"),
                ),
            )
        )
    parts.append(_still_open(pen))
    parts.append(pen.p("Note", _MEANING, section=pen.section(wide=True)))
    return when(ANY, *parts)


def _heat(pen: Pen, kind: str, title: Text, word: Text) -> str:
    caption = Text(f"{title.en}: how far each need is met", f"{title.zh}：各项条件满足程度")
    about = Text(
        "One row per use, one column per criterion; each cell shows the share of the way "
        "from minimum to target",
        "每行一个方向，每列一项指标，格内为由最低值到目标值的完成程度",
    )
    fixed = (
        Column(word, "{{ row.name }}", 52 if pen.look.chinese else 67),
        Column(Text("Status", "结论"), "{{ row.status }}", 32, band="row.status_band"),
        Column(Text("Readiness (of 100)", "就绪度（分）"), "{{ row.readiness }}", 18, number=True),
        Column(Text("Data coverage", "覆盖率"), "{{ row.coverage }}", 17, number=True),
    )
    table = Table(
        caption,
        about,
        f"row in readiness.{kind}.rows",
        fixed + (Column("", "", 11 if pen.look.chinese else 10),) * _CRITERIA,
        style="HeatTable",
    )
    return when(
        f"{table.source} and readiness.{kind}.criteria",
        _key(pen),
        pen.caption(caption),
        pen.frame(table, _heat_rows(pen, table.loop, kind, fixed), wide=True),
    )


def _heat_rows(pen: Pen, loop: str, kind: str, fixed: tuple[Column, ...]) -> str:
    # Chinese wraps well in a narrow upright cell; English is turned.
    turn = "" if pen.look.chinese else "btLr"
    title = pen.raw_cell(_criterion(pen), align="center" if turn else "bottom", turn=turn)
    value = pen.p("TableCentre", "{% cellbg palette[mark.band] %}{{ mark.text }}")
    heads = [pen.head_cell(column) for column in fixed]
    heads += _columns(pen, f"criterion in readiness.{kind}.criteria", title)
    cells = [pen.cell(column, small=True) for column in fixed]
    cells += _columns(pen, "mark in row.cells", pen.raw_cell(value))
    header = pen.row(heads, header=True, height=2050 if turn else 0)
    return header + pen.loop_rows(loop, pen.row(cells))


def _criterion(pen: Pen) -> str:
    if pen.look.chinese:
        unit = pen.p("TableHeadCentre", "{{ criterion.unit }}")
        return pen.p("TableHeadCentre", "{{ criterion.name }}") + when("criterion.unit", unit)
    unit = "{% if criterion.unit %} ({{ criterion.unit }}){% endif %}"
    return pen.p("TableHead", "{{ criterion.name }}" + unit)


def _columns(pen: Pen, loop: str, cell: str) -> list[str]:
    start, end = (
        pen.raw_cell(pen.p("TableText", f"{{%tc {statement} %}}"))
        for statement in (f"for {loop}", "endfor")
    )
    return [start, cell, end]


def _key(pen: Pen) -> str:
    runs = pen.run(
        Text(
            "Cells show the share of the way from minimum to target (%): ",
            "格内为由最低值到目标值的完成程度（%）：",
        )
    )
    for band, words in _KEY:
        runs += pen.run(f"\u00a0{pen.say(words)}\u00a0", fill=PALETTE[band])
        runs += pen.run(Text(" ", "　"))
    runs += pen.run(Text("blank: not asked for.", "空白：无此项要求。"))
    return pen.paragraph("Note", runs)


def _ranking(kind: str, title: Text, word: Text) -> Table:
    return Table(
        Text(f"{title.en}: order by readiness", f"{title.zh}：按就绪度排序"),
        Text(
            "Rank, legal status, readiness with its range, jobs, capital and payback of each",
            "各方向的排序、法律状态、就绪度及区间、就业、投资和回收期",
        ),
        f"use in readiness.{kind}.ranking",
        (
            Column(Text("Rank", "排序"), "{{ use.rank }}", 12, number=True),
            Column(word, "{{ use.name }}", 50),
            Column(Text("Status", "结论"), "{{ use.status }}", 22, band="use.status_band"),
            Column(Text("Law", "法律状态"), "{{ use.law }}", 23, band="use.law_band"),
            Column(
                Text("Readiness (of 100)", "就绪度（分）"), "{{ use.readiness }}", 19, number=True
            ),
            Column(Text("Range", "区间"), "{{ use.interval }}", 17, number=True),
            Column(Text("Data coverage", "覆盖率"), "{{ use.coverage }}", 17, number=True),
            Column(Text("Jobs", "就业（人）"), "{{ use.jobs }}", 21),
            Column(Text("Capital", "投资"), "{{ use.capex }}", 33),
            Column(Text("Payback", "回收期"), "{{ use.payback }}", 22),
            Column(Text("Reason or first gap", "原因或首要短板"), _REASON, 58),
        ),
    )


def _still_open(pen: Pen) -> str:
    unchecked = Table(
        Text("Law not yet checked", "法律状态待核实的方向"),
        Text(
            "Uses scored apart because their law is not fully assessed",
            "法律评估尚未完成、单独列示的方向",
        ),
        "use in readiness.not_checked",
        (
            Column(Text("Use", "应用"), "{{ use.name }}", 80),
            Column(Text("Law", "法律状态"), "{{ use.law }}", 30, band="use.law_band"),
            Column(
                Text("Readiness (of 100)", "就绪度（分）"), "{{ use.readiness }}", 25, number=True
            ),
            Column(Text("Data coverage", "覆盖率"), "{{ use.coverage }}", 22, number=True),
            Column(Text("What is open", "待明确内容"), "{{ use.reason }}", 100),
        ),
    )
    note = when("readiness.not_checked", pen.optional("Note", "readiness.not_checked_note"))
    return when(
        "prepare or readiness.not_checked or gaps",
        pen.heading(2, Text("What is still open", "待办事项与主要短板")),
        findings.waiting(pen, wide=True),
        pen.table(unchecked, wide=True),
        note,
        findings.gaps(pen, wide=True),
    )
