"""What is left out of each list, gaps, and uses whose law is not yet checked."""

import findings
from blocks import Pen, when
from tables import Column, Table, Text

_LISTS = (
    ("blockchain", Text("Blockchain uses", "区块链应用"), Text("Use", "应用")),
    ("power_reuse", Text("Power-reuse options", "电力再利用方向"), Text("Option", "方向")),
)
_WHY = "{% if row.reason %}{{ reason }}{% else %}{{ first_gap }}{% endif %}"


_UNCHECKED = Table(
    Text("Law not yet checked", "合规性尚未核查完毕的应用"),
    Text(
        "Uses scored apart because their law is not fully assessed",
        "合规性核查尚未完成、单独列示的应用",
    ),
    "readiness.not_checked",
    (
        Column(Text("Use", "应用"), "{{ name }}", 48),
        Column(Text("Law", "法律状态"), "{{ law }}", 24),
        Column(Text("Readiness (of 100)", "就绪度（分）"), "{{ readiness }}", 22, number=True),
        Column(Text("Data coverage", "数据覆盖率"), "{{ coverage }}", 20, number=True),
        Column(Text("What is open", "待核查内容"), "{{ open }}", 56),
    ),
    small=True,
)


def left_out(pen: Pen) -> str:
    """The chapter of the annex: what is not on the shortlists, and what waits for signatures."""
    tables = [pen.table(_ranking(kind, title, word)) for kind, title, word in _LISTS]
    return when(
        "readiness.blockchain.left_out or readiness.power_reuse.left_out",
        pen.heading(1, Text("Uses not on the shortlists", "未入围方向")),
        pen.p("Note", "{{ readiness.blockchain.order_note }}"),
        *tables,
        findings.waiting(pen),
    ) + when(
        "readiness.not_checked or gaps",
        pen.heading(1, Text("Gaps, and law not yet checked", "主要短板与待核查合规事项")),
        pen.table(_UNCHECKED),
        pen.optional("Note", "readiness.not_checked_note"),
        findings.gaps(pen),
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
