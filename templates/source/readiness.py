"""The chapter on readiness: heat table and what is left out of each list."""

import charts
import findings
from blocks import Pen, when
from look import PALETTE
from tables import Column, Table, Text

_LISTS = (
    ("blockchain", Text("Blockchain uses", "区块链应用"), Text("Use", "应用")),
    ("power_reuse", Text("Power-reuse options", "电力再利用方向"), Text("Option", "方向")),
)
_PARTS = ("sentence", "rows", "ranking")
# Columns drawn in the template; docxtpl adds or removes some for the criteria at hand.
_CRITERIA = 24
_KEY = (
    ("full", Text("target met", "达到目标值")),
    ("high", Text("close to target", "接近目标值")),
    ("middle", Text("about half way", "达到约一半")),
    ("low", Text("at or just above minimum", "刚过或未过门槛")),
    ("missed", Text("hard minimum missed", "未达硬性门槛")),
    ("unknown", Text("? unknown", "? 数据缺失")),
)
ANY = " or ".join(f"readiness.{kind}.{part}" for kind, _, _ in _LISTS for part in _PARTS)
_WHY = "{% if row.reason %}{{ reason }}{% else %}{{ first_gap }}{% endif %}"
_REASON = "{% if use.reason %}{{ use.reason }}{% else %}{{ use.first_gap }}{% endif %}"


def chapter(pen: Pen) -> str:
    """The chapter; absent without a result."""
    has_heat = " or ".join(f"readiness.{kind}.rows" for kind, _, _ in _LISTS)
    parts = [
        pen.heading(1, Text("Readiness", "方向遴选")),
        charts.figure(pen, "readiness", 96, 140, 9),
        when(has_heat, _key(pen)),
    ]
    for kind, title, word in _LISTS:
        parts.append(
            when(
                " or ".join(f"readiness.{kind}.{part}" for part in _PARTS),
                pen.heading(2, title),
                pen.optional("BodyText", f"readiness.{kind}.sentence"),
                pen.optional("BodyText", f"readiness.{kind}.alike"),
                _heat(pen, kind, title, word),
                pen.table(_left_out(kind, title, word)),
            )
        )
    parts.append(pen.p("Note", "{{ readiness.blockchain.order_note }}"))
    return when(ANY, *parts) + _still_open(pen)


def left_out(pen: Pen) -> str:
    """The chapter of the annex: what is not on the shortlists, and what waits for signatures."""
    tables = [pen.table(_ranking(kind, title, word)) for kind, title, word in _LISTS]
    return when(
        "readiness.blockchain.left_out or readiness.power_reuse.left_out",
        pen.heading(1, Text("Uses not on the shortlists", "未入围方向")),
        *tables,
        findings.waiting(pen),
    )


def _heat(pen: Pen, kind: str, title: Text, word: Text) -> str:
    caption = Text(f"{title.en}: how far each need is met", f"{title.zh}：各项要求满足程度")
    about = Text(
        "One row per use, one column per criterion; each cell shows the share of the way "
        "from minimum to target",
        "每行一个方向，每列一项指标，格内为由门槛值至目标值的完成程度",
    )
    fixed = (
        Column(word, "{{ row.name }}", 56),
        Column(Text("Ready of\u00a0100", "就绪度"), "{{ row.readiness }}", 14, number=True),
        Column(Text("Data", "数据覆盖率"), "{{ row.coverage }}", 14, number=True),
    )
    table = Table(
        caption,
        about,
        f"row in readiness.{kind}.rows",
        fixed + (Column("", "", 8),) * _CRITERIA,
        style="HeatTable",
    )
    return when(
        f"{table.source} and readiness.{kind}.criteria",
        pen.caption(caption, rows=table.source),
        pen.frame(table, _heat_rows(pen, table.loop, kind, fixed)),
    )


def _heat_rows(pen: Pen, loop: str, kind: str, fixed: tuple[Column, ...]) -> str:
    # Chinese wraps well in a narrow upright cell; English is turned.
    turn = "" if pen.look.chinese else "btLr"
    title = pen.raw_cell(_criterion(pen), align="center" if turn else "bottom", turn=turn)
    value = pen.p("TableCentre", "{% cellbg palette[mark.band] %}{{ mark.text }}")
    heads = [pen.head_cell(column) for column in fixed]
    heads += pen.loop_cells(f"criterion in readiness.{kind}.criteria", title)
    cells = [pen.cell(column, small=True) for column in fixed]
    cells += pen.loop_cells("mark in row.cells", pen.raw_cell(value))
    header = pen.row(heads, header=True, height=3150 if turn else 0)
    return header + pen.loop_rows(loop, pen.row(cells))


def _criterion(pen: Pen) -> str:
    if pen.look.chinese:
        return pen.p("TableHeadCentre", "{{ criterion }}")
    return pen.p("TableHead", "{{ criterion }}")


def _key(pen: Pen) -> str:
    runs = pen.run(
        Text(
            "Cells show the share of the way from minimum to target (%): ",
            "格内数字为门槛值至目标值之间的完成比例（%）：",
        )
    )
    for band, words in _KEY:
        runs += pen.run(f"\u00a0{pen.say(words)}\u00a0", fill=PALETTE[band])
        runs += pen.run(Text(" ", "　"))
    runs += pen.run(Text("blank: not asked for.", "空白：无此项要求。"))
    return pen.paragraph("Note", runs)


def _left_out(kind: str, title: Text, word: Text) -> Table:
    return Table(
        Text(f"{title.en}: not on the shortlist, and why", f"{title.zh}：未入围方向及原因"),
        Text(
            "Legal status, readiness and reason of each use off the shortlist",
            "未入围各方向的法律状态、就绪度和原因",
        ),
        f"use in readiness.{kind}.left_out",
        (
            Column(word, "{{ use.name }}", 54),
            Column(Text("Law", "法律状态"), "{{ use.law }}", 34, band="use.law_band"),
            Column(
                Text("Ready of\u00a0100", "就绪度（分）"), "{{ use.readiness }}", 14, number=True
            ),
            Column(Text("Why not on the shortlist", "未入围原因"), _REASON, 74),
        ),
        small=True,
        most=8,
    )


def _ranking(kind: str, title: Text, word: Text) -> Table:
    return Table(
        Text(f"{title.en}: not on the shortlist, and why", f"{title.zh}：未入围方向及原因"),
        Text(
            "Rank, legal status, readiness, jobs, capital and reason of each use off the shortlist",
            "未入围各方向的名次、法律状态、就绪度、就业、投资和原因",
        ),
        f"readiness.{kind}.left_out",
        (
            Column(Text("Rank", "名次"), "{{ rank }}", 11, number=True),
            Column(word, "{{ name }}", 34),
            Column(Text("Hard minima", "硬性门槛"), "{{ status }}", 20),
            Column(Text("Law", "法律状态"), "{{ law }}", 20),
            Column(
                Text("Readiness (of 100)", "就绪度（分）"),
                "{{ readiness }}",
                17,
                number=True,
            ),
            Column(Text("Data coverage", "数据覆盖率"), "{{ coverage }}", 15, number=True),
            Column(Text("Jobs (FTE)", "就业（人）"), "{{ jobs }}", 15),
            Column(Text("Capital", "投资"), "{{ capex }}", 22),
            Column(Text("Why not on the shortlist", "未入围原因"), _WHY, 40),
        ),
        small=True,
    )


def _still_open(pen: Pen) -> str:
    unchecked = Table(
        Text("Law not yet checked", "合规性尚未核查完毕的应用"),
        Text(
            "Uses scored apart because their law is not fully assessed",
            "合规性核查尚未完成、单独列示的应用",
        ),
        "use in readiness.not_checked",
        (
            Column(Text("Use", "应用"), "{{ use.name }}", 48),
            Column(Text("Law", "法律状态"), "{{ use.law }}", 24, band="use.law_band"),
            Column(
                Text("Readiness (of 100)", "就绪度（分）"), "{{ use.readiness }}", 22, number=True
            ),
            Column(Text("Data coverage", "数据覆盖率"), "{{ use.coverage }}", 20, number=True),
            Column(Text("What is open", "待核查内容"), "{{ use.open }}", 56),
        ),
    )
    note = when("readiness.not_checked", pen.optional("Note", "readiness.not_checked_note"))
    return when(
        "readiness.not_checked or gaps",
        pen.heading(2, Text("Gaps", "主要短板")),
        pen.table(unchecked),
        note,
        findings.gaps(pen),
    )
