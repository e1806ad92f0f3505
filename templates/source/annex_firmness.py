"""Chapters of the annex on what holds when inputs and weights vary, and on the portfolio."""

from annex_scores import KEEP, LISTS
from blocks import Pen, when
from tables import Column, Table, Text

_BASES = (
    ("readiness", Text("by readiness", "按就绪度排序")),
    ("benefit", Text("shortlist by benefit", "入围项按效益排序")),
)
_RESOURCES = (
    ("capex", Text("Capital", "投资")),
    ("grid_mw", Text("Grid (MW)", "电网容量（兆瓦）")),
    ("it_load_mw", Text("IT load (MW)", "IT负荷（兆瓦）")),
    ("racks", Text("Racks", "机架")),
    ("dev_fte", Text("Developers (FTE)", "开发人员（人）")),
    ("ops_fte", Text("Operations (FTE)", "运维人员（人）")),
    ("technician_fte", Text("Technicians (FTE)", "技术工人（人）")),
)


def firmness(pen: Pen) -> str:
    """Ranks over the draws, then pairs, weights, drivers, switching values, other methods."""
    parts = [
        pen.heading(1, Text("Robustness", "稳健性")),
        pen.p("BodyText", "{{ annex.firmness.intro }}", extra=KEEP),
    ]
    for basis, order in _BASES:
        parts.append(
            pen.heading(2, Text(f"Rank acceptability: {order.en}", f"排名概率分布：{order.zh}"))
        )
        for kind, title in LISTS:
            path = f"annex.firmness.{basis}.{kind}"
            parts.append(pen.table(_ranks(basis, order, path, title), wide=True))
            parts.append(pen.optional("Note", f"{path}.lead"))
            parts.append(pen.optional("BodyText", f"{path}.none"))
    parts.append(
        when(
            "annex.firmness.wins",
            pen.heading(2, Text("Pairs, weights and drivers", "成对比较、中心权重与影响因素")),
            pen.table(_WINS, wide=True),
            pen.table(_CENTRAL, wide=True),
            when("annex.firmness.central", pen.p("Note", "{{ annex.firmness.central_note }}")),
            pen.table(_DRIVERS, wide=True),
            pen.p("Note", "{{ annex.firmness.driver_note }}"),
        )
    )
    parts.append(
        when(
            "annex.firmness.switching",
            pen.heading(2, Text("Switching values", "临界转换值")),
            pen.p("BodyText", "{{ annex.firmness.switching_note }}", extra=KEEP),
            pen.table(_SWITCHING, wide=True),
        )
    )
    parts.append(
        when(
            "annex.firmness.checks",
            pen.heading(2, Text("Other methods", "其他方法核验")),
            pen.p("BodyText", "{{ annex.firmness.check_note }}", extra=KEEP),
            pen.table(_CHECKS, wide=True),
        )
    )
    return "".join(parts)


def _ranks(basis: str, order: Text, path: str, title: Text) -> Table:
    columns = [
        Column(Text("No.", "编号"), "{{ use.id }}", 11),
        Column(Text("Use", "应用"), "{{ use.name }}", 58),
    ]
    columns += [
        Column(Text(f"Rank {place}", f"第{place}名"), f"{{{{ use.rank{place} }}}}", 17, number=True)
        for place in range(1, 6)
    ]
    columns.append(Column(Text("Later", "其后"), "{{ use.later }}", 17, number=True))
    if basis == "benefit":
        columns.append(
            Column(Text("Off the list", "未入围"), "{{ use.unplaced }}", 17, number=True)
        )
    columns += [
        Column(Text("First: inputs vary", "居首（仅输入）"), "{{ use.inputs }}", 19, number=True),
        Column(Text("First: weights vary", "居首（仅权重）"), "{{ use.weights }}", 19, number=True),
        Column(Text("First: both vary", "居首（两者）"), "{{ use.both }}", 19, number=True),
        Column(Text("Score, 5–95 %", "得分（5%—95%）"), "{{ use.interval }}", 24, number=True),
        Column(Text("Meets minima", "达门槛比例"), "{{ use.meets }}", 19, number=True),
        Column(Text("On the shortlist", "入围比例"), "{{ use.shortlisted }}", 19, number=True),
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
        f"use in {path}.rows",
        tuple(columns),
        small=True,
    )


_WINS = Table(
    Text("Pairs: how often one comes before the other", "成对比较：先后次序的抽样比例"),
    Text(
        "Pairs among the five uses most often first, with the share of draws either way",
        "居首次数最多的五项应用两两比较，及各自在前的抽样比例",
    ),
    "row in annex.firmness.wins",
    (
        Column(Text("Order", "排序"), "{{ row.order }}", 60),
        Column(Text("Use", "应用"), "{{ row.use }}", 78),
        Column(Text("Other use", "另一应用"), "{{ row.rival }}", 78),
        Column(Text("Use first", "前者在前"), "{{ row.share }}", 24, number=True),
        Column(Text("Other first", "后者在前"), "{{ row.reverse }}", 24, number=True),
    ),
    small=True,
)
_CENTRAL = Table(
    Text("Central weights of the benefit", "效益指标中心权重"),
    Text(
        "Each use that is ever first with its share of first ranks and mean weights, of 100",
        "曾居首的应用的居首比例及平均权重（合计100）",
    ),
    "row in annex.firmness.central",
    (
        Column(Text("List", "清单"), "{{ row.list }}", 38),
        Column(Text("Use", "应用"), "{{ row.name }}", 68),
        Column(Text("First", "居首比例"), "{{ row.share }}", 20, number=True),
        Column(Text("Mean weights (of 100)", "平均权重（合计100）"), "{{ row.weights }}", 139),
    ),
    small=True,
)
_DRIVERS = Table(
    Text("What the spread of the scores comes from", "得分变动的主要影响因素"),
    Text(
        "Each use with the three criteria that explain most of the variance of its scores",
        "各应用得分方差贡献最大的三项指标",
    ),
    "row in annex.firmness.drivers",
    (
        Column(Text("No.", "编号"), "{{ row.id }}", 12),
        Column(Text("Use", "应用"), "{{ row.name }}", 67),
        Column(Text("Readiness", "就绪度"), "{{ row.readiness }}", 93),
        Column(Text("Benefit", "效益"), "{{ row.benefit }}", 93),
    ),
    small=True,
)
_SWITCHING = Table(
    Text("Values at which the two leading uses draw level", "前两位应用得分相等的临界转换值"),
    Text(
        "Each input with the two uses, its value, plausible range and switching value",
        "各项输入涉及的两项应用、现值、合理区间和临界转换值",
    ),
    "row in annex.firmness.switching",
    (
        Column(Text("Order", "排序"), "{{ row.order }}", 38),
        Column(Text("Use", "应用"), "{{ row.use }}", 42),
        Column(Text("Level with", "与之持平"), "{{ row.rival }}", 42),
        Column(Text("Input", "输入"), "{{ row.input }}", 36),
        Column(Text("Feeds both", "两者共用"), "{{ row.shared }}", 15),
        Column(Text("Value", "现值"), "{{ row.value }}", 30, number=True),
        Column(Text("Range", "合理区间"), "{{ row.range }}", 40),
        Column(Text("Switching value", "临界转换值"), "{{ row.switching }}", 30, band="row.band"),
    ),
    small=True,
)
_CHECKS = Table(
    Text("The same uses ordered by other methods", "换用其他方法的排序"),
    Text(
        "Each method with its agreement on the first use, the first three, WS and Kendall's tau",
        "各方法与加权得分在首位、前三位、WS系数和肯德尔τ系数上的一致程度",
    ),
    "row in annex.firmness.checks",
    (
        Column(Text("Order", "排序"), "{{ row.order }}", 90),
        Column(Text("Method", "方法"), "{{ row.method }}", 50),
        Column(Text("Same first use", "首位相同"), "{{ row.first }}", 30),
        Column(Text("Shared of the first three", "前三位相同数"), "{{ row.three }}", 35, number=True),
        Column(Text("WS", "WS系数"), "{{ row.similarity }}", 30, number=True),
        Column(Text("Kendall's tau", "肯德尔τ系数"), "{{ row.tau }}", 30, number=True),
    ),
    small=True,
)  # fmt: skip


def limits(pen: Pen) -> str:
    """The portfolio under its limits."""
    return (
        pen.heading(1, Text("Portfolio under limits", "约束下的组合方案"))
        + pen.p("BodyText", "{{ annex.limits.intro }}", extra=KEEP)
        + pen.table(_NEEDS, wide=True)
        + pen.table(_LIMITS, wide=True)
        + pen.optional("BodyText", "annex.limits.runner_up")
        + pen.bullets("annex.limits.blocked")
    )


_NEEDS = Table(
    Text("What each candidate takes", "各候选应用的资源需求"),
    Text(
        "Each candidate with its benefit, needs, connection point and frequency of selection",
        "各候选应用的效益、资源需求、接入点和入选比例",
    ),
    "use in annex.limits.uses",
    (
        Column(Text("No.", "编号"), "{{ use.id }}", 11),
        Column(Text("Use", "应用"), "{{ use.name }}", 60),
        Column(Text("Chosen", "入选"), "{{ use.chosen }}", 14),
        Column(Text("Benefit (of 100)", "效益（分）"), "{{ use.benefit }}", 18, number=True),
        *(
            Column(name, f"{{{{ use.needs.{key} }}}}", 18, number=True)
            for key, name in _RESOURCES
        ),
        Column(Text("Connection point", "接入点"), "{{ use.host }}", 30),
        Column(Text("Chosen in draws", "入选比例"), "{{ use.frequency }}", 18, number=True),
    ),
    small=True,
)  # fmt: skip
_LIMITS = Table(
    Text("Limits, what is used and what binds", "约束、占用与瓶颈"),
    Text(
        "Each resource with its limit, basis, use, gain of one more unit and least extra amount",
        "各项资源的上限、依据、占用量、增加一个单位的效益和最小增量",
    ),
    "row in annex.limits.resources",
    (
        Column(Text("No.", "编号"), "{{ row.id }}", 10),
        Column(Text("Resource", "资源"), "{{ row.name }}", 36),
        Column(Text("Limit", "上限"), "{{ row.limit }}", 20, number=True),
        Column(Text("Basis", "依据"), "{{ row.basis }}", 30),
        Column(Text("Used", "占用"), "{{ row.used }}", 18, number=True),
        Column(Text("Binds", "构成瓶颈"), "{{ row.binding }}", 17, band="row.band"),
        Column(Text("Benefit of one more unit", "增加一单位的效益"), "{{ row.gain }}", 24, number=True),
        Column(Text("Least extra that helps", "见效的最小增量"), "{{ row.extra }}", 24, number=True),
        Column(Text("It brings in", "可纳入"), "{{ row.brings }}", 52),
        Column(Text("Grade", "等级"), "{{ row.grade }}", 12),
        Column(Text("Cell", "单元格"), "{{ row.cell }}", 32),
    ),
    small=True,
)  # fmt: skip
