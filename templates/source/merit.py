"""The chapter on benefit: each shortlist's order, how firm it is, who sees it otherwise."""

import charts
from blocks import Pen, when
from tables import Column, Table, Text

_LISTS = (
    ("blockchain", Text("Blockchain uses", "区块链应用"), Text("Use", "应用")),
    ("power_reuse", Text("Power-reuse options", "电力再利用方向"), Text("Option", "方向")),
)
_ANY = "merit.blockchain.rows or merit.power_reuse.rows"
_TURNING = 2
_POINTS = Text(
    "Readiness and benefit of the shortlisted uses (of 100): blockchain uses, then power reuse",
    "入围方向的就绪度与效益（满分100）：先区块链应用，后电力再利用",
)
_NOTE = Text(
    "{{ merit.blockchain.note or merit.power_reuse.note }} {{ portfolio.rows_note }}",
    "{{ merit.blockchain.note or merit.power_reuse.note }}{{ portfolio.rows_note }}",
)


def chapter(pen: Pen) -> str:
    """The chapter; absent while nothing is shortlisted."""
    parts = [
        pen.heading(
            2 if pen.look.chinese else 1, Text("Benefit and how firm the order is", "效益与稳健性")
        ),
        pen.optional("BodyText", "merit.intro"),
    ]
    for kind, title, word in _LISTS:
        parts.append(pen.table(_order(kind, title, word)))
        parts.append(pen.optional("AfterTable", f"merit.{kind}.standing"))
    parts += [
        pen.p("Note", _NOTE),
        charts.pair(pen, ("merit_blockchain", "merit_power_reuse"), _POINTS),
        pen.bullets("merit.switching", most=_TURNING),
        pen.optional("BodyText", "merit.agreement"),
    ]
    return when(_ANY, *parts)


def views(pen: Pen) -> str:
    """For the annex: the confidence, what drives the order and turns it, who sees it otherwise."""
    return when(
        _ANY,
        pen.heading(1, Text("Order of the shortlists", "入围清单排序说明")),
        pen.optional("BodyText", "merit.confidence"),
        pen.bullets("merit.switching"),
        pen.bullets("merit.drivers"),
        pen.table(_stakeholders()),
    )


def _order(kind: str, title: Text, word: Text) -> Table:
    return Table(
        Text(f"{title.en}: shortlist by benefit", f"{title.zh}：入围清单按效益排序"),
        Text(
            "Benefit and readiness of each use, how often it is first and in the portfolio",
            "各方向的效益、就绪度、居首比例和入选组合情况",
        ),
        f"row in merit.{kind}.rows",
        (
            Column(word, "{{ row.name }}", 58),
            _score(Text("Benefit (of 100)", "效益（分）"), "benefit", 17),
            Column(
                Text("5–95 % of draws", "效益（抽样5%—95%）"), "{{ row.range }}", 21, number=True
            ),
            _score(Text("Readiness (of 100)", "就绪度（分）"), "readiness", 19),
            Column(Text("First", "居首比例"), "{{ row.first }}", 19, number=True),
            Column(Text("Shortlisted", "入围比例"), "{{ row.listed }}", 20, number=True),
            Column(Text("In the portfolio", "入选组合"), "{{ row.selected }}", 17, band="row.band"),
            Column(Text("Chosen in", "入选比例"), "{{ row.frequency }}", 17, number=True),
        ),
        small=True,
    )


def _score(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", mm, number=True, trace=f"row.trace.{name}")


def _stakeholders() -> Table:
    return Table(
        Text("First three by each stakeholder's weights", "各利益相关方权重下的前三名"),
        Text(
            "The first three uses of each shortlist by the weights of each stakeholder",
            "按各利益相关方权重排列的前三项",
        ),
        "view in merit.stakeholders",
        (
            Column(Text("Stakeholder", "利益相关方"), "{{ view.name }}", 36),
            Column(Text("Blockchain uses", "区块链应用"), "{{ view.blockchain }}", 67),
            Column(Text("Power-reuse options", "电力再利用方向"), "{{ view.power_reuse }}", 67),
        ),
    )
