"""The chapter of the annex on how far the orders of the lists hold when inputs and weights vary."""

from annex_scores import KEEP, LISTS
from blocks import Pen, when
from tables import Column, Table, Text

_BASES = (
    ("readiness", Text("by readiness", "按就绪度排序")),
    ("value", Text("shortlist by value alone", "入围项按单项价值排序")),
)


def orders(pen: Pen) -> str:
    """Ranks over the draws, then pairs, weights, drivers, switching values, other methods."""
    parts = [
        pen.heading(1, Text("Orders of the lists", "清单排序稳健性")),
        pen.p("BodyText", "{{ annex.orders.intro }}", extra=KEEP),
    ]
    for basis, order in _BASES:
        parts.append(
            pen.heading(2, Text(f"Rank acceptability: {order.en}", f"排名概率分布：{order.zh}"))
        )
        for kind, title in LISTS:
            path = f"annex.orders.{basis}.{kind}"
            parts.append(pen.table(_ranks(basis, order, path, title), wide=True))
            parts.append(pen.optional("Note", f"{path}.lead"))
            parts.append(pen.optional("BodyText", f"{path}.none"))
    parts.append(
        when(
            "annex.orders.wins",
            pen.heading(2, Text("Pairs, weights and drivers", "成对比较、中心权重与影响因素")),
            pen.table(_WINS, wide=True),
            pen.table(_CENTRAL, wide=True),
            when("annex.orders.central", pen.p("Note", "{{ annex.orders.central_note }}")),
            pen.table(_DRIVERS, wide=True),
            pen.p("Note", "{{ annex.orders.driver_note }}"),
        )
    )
    parts.append(
        when(
            "annex.orders.switching",
            pen.heading(2, Text("Switching values", "临界转换值")),
            pen.p("BodyText", "{{ annex.orders.switching_note }}", extra=KEEP),
            pen.table(_SWITCHING, wide=True),
        )
    )
    parts.append(
        when(
            "annex.orders.checks",
            pen.heading(2, Text("Other methods", "其他方法核验")),
            pen.p("BodyText", "{{ annex.orders.check_note }}", extra=KEEP),
            pen.table(_CHECKS, wide=True),
        )
    )
    return "".join(parts)


def _ranks(basis: str, order: Text, path: str, title: Text) -> Table:
    columns = [
        Column(Text("No.", "编号"), "{{ id }}", 11),
        Column(Text("Use", "应用"), "{{ name }}", 58),
    ]
    columns += [
        Column(Text(f"Rank {place}", f"第{place}名"), f"{{{{ rank{place} }}}}", 17, number=True)
        for place in range(1, 6)
    ]
    columns.append(Column(Text("Later", "其后"), "{{ later }}", 17, number=True))
    if basis == "value":
        columns.append(Column(Text("Off the list", "未入围"), "{{ unplaced }}", 17, number=True))
    columns += [
        Column(Text("First: inputs vary", "居首（仅输入）"), "{{ inputs }}", 19, number=True),
        Column(Text("First: weights vary", "居首（仅权重）"), "{{ weights }}", 19, number=True),
        Column(Text("First: both vary", "居首（两者）"), "{{ both }}", 19, number=True),
        Column(Text("Score, 5–95 %", "得分（5%—95%）"), "{{ interval }}", 24, number=True),
        Column(Text("Meets minima", "达门槛比例"), "{{ meets }}", 19, number=True),
        Column(Text("On the shortlist", "入围比例"), "{{ shortlisted }}", 19, number=True),
    ]
    return Table(
        Text(
            f"{title.en}, {order.en}: share of draws at each rank",
            f"{title.zh}（{order.zh}）：各名次的抽样比例",
        ),
        Text(
            "Each use with its share of draws per rank, chance of being first in three runs, "
            "interval of the score, chance of meeting the hard minima and of being shortlisted",
            "各应用的名次比例、三种抽样下的居首比例、得分区间、达门槛比例和入围比例",
        ),
        f"{path}.rows",
        tuple(columns),
        small=True,
    )


_WINS = Table(
    Text("Pairs: how often one comes before the other", "成对比较：先后次序的抽样比例"),
    Text(
        "Pairs among the five uses most often first, with the share of draws either way",
        "居首次数最多的五项应用两两比较，及各自在前的抽样比例",
    ),
    "annex.orders.wins",
    (
        Column(Text("Order", "排序"), "{{ order }}", 60),
        Column(Text("Use", "应用"), "{{ use }}", 78),
        Column(Text("Other use", "另一应用"), "{{ rival }}", 78),
        Column(Text("Use first", "前者在前"), "{{ share }}", 24, number=True),
        Column(Text("Other first", "后者在前"), "{{ reverse }}", 24, number=True),
    ),
    small=True,
)
_CENTRAL = Table(
    Text("Central weights of the objectives", "目标中心权重"),
    Text(
        "Each use that is ever first with its share of first ranks and mean weights, of 100",
        "曾居首的应用的居首比例及平均权重（合计100）",
    ),
    "annex.orders.central",
    (
        Column(Text("List", "清单"), "{{ list }}", 38),
        Column(Text("Use", "应用"), "{{ name }}", 68),
        Column(Text("First", "居首比例"), "{{ share }}", 20, number=True),
        Column(Text("Mean weights (of 100)", "平均权重（合计100）"), "{{ weights }}", 139),
    ),
    small=True,
)
_DRIVERS = Table(
    Text("What the spread of the scores comes from", "得分变动的主要影响因素"),
    Text(
        "Each use with the three criteria that explain most of the variance of its scores",
        "各应用得分方差贡献最大的三项指标",
    ),
    "annex.orders.drivers",
    (
        Column(Text("No.", "编号"), "{{ id }}", 12),
        Column(Text("Use", "应用"), "{{ name }}", 67),
        Column(Text("Readiness", "就绪度"), "{{ readiness }}", 93),
        Column(Text("Value alone", "单项价值"), "{{ value }}", 93),
    ),
    small=True,
)
_SWITCHING = Table(
    Text("Values at which the two leading uses draw level", "前两位应用得分相等的临界转换值"),
    Text(
        "Each input with the two uses, its value, plausible range and switching value",
        "各项输入涉及的两项应用、现值、合理区间和临界转换值",
    ),
    "annex.orders.switching",
    (
        Column(Text("Order", "排序"), "{{ order }}", 38),
        Column(Text("Use", "应用"), "{{ use }}", 42),
        Column(Text("Level with", "与之持平"), "{{ rival }}", 42),
        Column(Text("Input", "输入"), "{{ input }}", 36),
        Column(Text("Feeds both", "两者共用"), "{{ shared }}", 15),
        Column(Text("Value", "现值"), "{{ value }}", 30, number=True),
        Column(Text("Range", "合理区间"), "{{ range }}", 40),
        Column(Text("Switching value", "临界转换值"), "{{ switching }}", 30),
    ),
    small=True,
)
_CHECKS = Table(
    Text("The same uses ordered by other methods", "换用其他方法的排序"),
    Text(
        "Each method with its agreement on the first use, the first three, WS and Kendall's tau",
        "各方法与加权得分在首位、前三位、WS系数和肯德尔τ系数上的一致程度",
    ),
    "annex.orders.checks",
    (
        Column(Text("Order", "排序"), "{{ order }}", 90),
        Column(Text("Method", "方法"), "{{ method }}", 50),
        Column(Text("Same first use", "首位相同"), "{{ first }}", 30),
        Column(Text("Shared of the first three", "前三位相同数"), "{{ three }}", 35, number=True),
        Column(Text("WS", "WS系数"), "{{ similarity }}", 30, number=True),
        Column(Text("Kendall's tau", "肯德尔τ系数"), "{{ tau }}", 30, number=True),
    ),
    small=True,
)  # fmt: skip
