"""The comparison: regions side by side, tables with many columns on wide pages."""

from collections.abc import Iterator
from dataclasses import replace

import comparison_tables as tables
import findings
from blocks import Pen, when
from look import PALETTE
from tables import Column, Table, Text

_LISTS = (
    ("blockchain", Text("Blockchain uses", "区块链应用"), Text("Use", "应用")),
    ("power_reuse", Text("Power-reuse options", "电力再利用方向"), Text("Option", "方向")),
)
_KEY = (
    ("full", Text("67 or more", "67分以上")),
    ("high", Text("50 to 66", "50—66分")),
    ("low", Text("under 50", "50分以下")),
    ("missed", Text("fail: hard minimum missed", "未达：未达硬性门槛")),
    ("unknown", Text("?: minimum unknown", "待定：门槛数据缺失")),
    ("not_assessed", Text("law?: law not fully assessed", "未核：合规性尚未核查完毕")),
    ("prohibited", Text("barred", "禁止")),
    ("none", Text("n/a: not in the catalogue for that place", "不适用：目录未列入该地区")),
)
_TOGETHER = Text(
    "Conditions in common are those that the same rules set in every region named. Whether they "
    "can be met once for several regions, and whether one platform may serve them, is for counsel "
    "and the regions to decide; the figures assume that each builds its own.",
    "共同的法定条件是指所列地区依据相同规定均须落实的条件。能否统一落实、能否共建一个平台，由各地区会同法律顾问研究确定；"
    "本报告按各地区分别建设测算。",
)
_LEARNING = Text(
    "One row per criterion: the use where most readiness is lost while another region meets the "
    "target. Criteria that the catalogue holds to be given, such as hub status, and those of "
    "the sites themselves are left out. A "
    "figure says that another region is further, not why; the reasons must be asked there.",
    "每项指标取失分最多、且有其他地区达标的应用。目录列为既定条件的指标（如枢纽节点属性）和场地自身条件不列。数值只说明差距，原因须向达标地区了解。",
)


def outline(pen: Pen) -> Iterator[str]:
    """The comparison from title to attribution: upright, wide for the tables, upright again."""
    yield findings.opening(pen)
    yield pen.heading(1, Text("The regions together", "总体情况"))
    yield pen.p("Answer", "{{ comparison.answer }}")
    yield pen.bullets("comparison.points")
    yield pen.optional("Banner", "comparison.not_built", "**{{ comparison.not_built }}**")
    yield from _law(pen)
    yield pen.heading(1, Text("The regions side by side", "各地区情况"))
    yield pen.optional("Banner", "comparison.summed_up")
    yield _grouped(pen, tables.OVERVIEW)
    yield pen.p("Note", Text(
        "A second number after the plus is that of the second wave. Jobs, power, people and capital "
        "are plan figures at the middle of their ranges, not forecasts; each region's annex holds "
        "places, sizes and ranges.",
        "加号后为第二批数字。就业、电力、人员和投资均按区间中值测算，不是预测；地点、规模和区间见各地区附件。",
    ))  # fmt: skip
    yield _grouped(pen, tables.VALUE)
    yield pen.p("Note", Text(
        "Value alone is what a use would bring by itself, as a share of what its region can attain. "
        "It orders the uses of one list in one region; values of two regions are not compared.",
        "单项价值为该应用单独实施所带来的成效占本地可达到水平的比例，仅用于同一地区同一清单内排序，不作地区间比较。",
    ))  # fmt: skip
    yield _grouped(pen, tables.KEY_FIGURES, total=True)
    yield pen.p("Note", Text(
        "A dash is unknown and never zero; a sum with an unknown part is a lower bound. Money "
        "stands in each region's own currency; regions are compared at the rates under “Please note”.",
        "“—”为数据缺失，不作零处理；合计含缺失项的为下限。金额以各地区币种列示，比较时按文末“说明”所列汇率折算。",
    ))  # fmt: skip
    yield from _readiness(pen)
    yield from _limits(pen)
    yield pen.heading(1, Text("Shared opportunities", "可共同推进的方向"))
    yield when("comparison.shared", pen.table(tables.SHARED), pen.p("Note", _TOGETHER))
    yield when(
        "not comparison.shared",
        pen.p(
            "BodyText",
            Text("No use is listed in more than one region.", "没有两个以上地区共同入围的应用。"),
        ),
    )
    yield when(
        "comparison.exchange",
        pen.heading(1, Text("Who can learn from whom", "互学互鉴")),
        pen.table(tables.EXCHANGE),
        pen.p("Note", _LEARNING),
    )
    yield pen.heading(1, Text("Please note", "说明"), numbered=False)
    yield pen.optional("Note", "doc.law_day", keep=True)
    for lines in ("disclaimer", "attribution"):
        joined = Text(f"{{{{ {lines} | join(' ') }}}}", f"{{{{ {lines} | join }}}}")
        yield pen.optional("FinePrint", lines, joined)


def _law(pen: Pen) -> Iterator[str]:
    yield pen.heading(1, Text("Legal position", "合规边界"))
    yield pen.p("BodyText", "{{ comparison.law.sentence }}")
    yield pen.bullets("comparison.law.reach", "BodyText")
    yield pen.optional("Banner", "comparison.law.stale")
    yield pen.table(tables.BOX)
    yield pen.table(tables.DIFFERENCES)
    yield pen.table(tables.LOCAL)
    # This note ends the upright pages.
    yield pen.p("Note", Text(
        "An activity without a rule on file is not assessed, never permitted. Each region's own "
        "briefs and annex hold the citations, dates and conditions in full.",
        "规则库未收录规定的活动记为“尚未核查”，不视为允许。规定出处、日期和条件详见各地区报告及附件。",
    ), section=pen.section())  # fmt: skip


def _grouped(pen: Pen, table: Table, *, total: bool = False) -> str:
    """A wide table with a row a region, under the name of its group where there are groups."""
    samples = _group(pen, len(table.columns))
    samples += pen.row([pen.sample(column, small=True) for column in table.columns])
    if total:
        sums = [replace(column, cell=f"**{column.cell}**") for column in table.columns]
        sums[0] = replace(sums[0], cell=f"{{{{ #total }}}}{sums[0].cell}")
        samples += pen.row([pen.sample(column, small=True) for column in sums])
    head = pen.row([pen.head_cell(column) for column in table.columns], header=True)
    return pen.filled(table, head, samples, wide=True)


def _group(pen: Pen, columns: int) -> str:
    """The sample row with the name of a group, across all columns."""
    return pen.row([pen.raw_cell(pen.p("TableHead", "{{ #group }}{{ group }}"), span=columns)])


def _readiness(pen: Pen) -> Iterator[str]:
    yield pen.heading(1, Text("Readiness", "就绪度比较"))
    yield _key(pen)
    for kind, title, word in _LISTS:
        yield _beside(pen, kind, title, word)
        yield _below(pen, kind, title)


def _title(title: Text) -> Text:
    return Text(f"{title.en}: readiness in each region", f"{title.zh}：各地区就绪度")


def _beside(pen: Pen, kind: str, title: Text, word: Text) -> str:
    """Uses below each other, regions beside each other."""
    table = Table(
        _title(title),
        Text(
            "One row per use, one column per region; readiness of 100 and whether the hard minima "
            "are met",
            "每行一个方向，每列一个地区，格内为就绪度和门槛情况",
        ),
        f"comparison.readiness.{kind}.by_use",
        (
            Column(word, "{{ name }}", 78),
            Column("{{ regions }}", "{{ regions }}", 150),
            Column(Text("Regions listing it", "入围地区（个）"), "{{ listed }}", 32, number=True),
        ),
        style="HeatTable",
    )
    return _spread(pen, table, "regions")


def _below(pen: Pen, kind: str, title: Text) -> str:
    """Regions below each other, uses beside each other."""
    table = Table(
        _title(title),
        Text(
            "One row per region, one column per use; readiness of 100 and whether the hard minima "
            "are met",
            "每行一个地区，每列一个方向，格内为就绪度和门槛情况",
        ),
        f"comparison.readiness.{kind}.by_region",
        (
            Column(Text("Region", "地区"), "{{ region }}", 32),
            Column(Text("Listed", "入围（项）"), "{{ listed }}", 11, number=True),
            Column("{{ uses }}", "{{ uses }}", 214),
        ),
        style="HeatTable",
    )
    turn = "" if pen.look.chinese else "btLr"
    return _spread(pen, table, "uses", _group(pen, len(table.columns)), turn=turn)


def _spread(pen: Pen, table: Table, group: str, samples: str = "", *, turn: str = "") -> str:
    """A wide table of which one column is repeated; `turn` sets its heads upright."""
    heads, cells = [], []
    style = "TableHead" if turn else "TableHeadCentre"
    for column in table.columns:
        if column.head != column.cell:
            heads.append(pen.head_cell(column))
            cells.append(pen.sample(column, small=True))
            continue
        align = "center" if turn else "bottom"
        heads.append(pen.raw_cell(pen.p(style, column.head), align=align, turn=turn))
        cells.append(pen.raw_cell(pen.p("TableCentre", column.head)))
    head = pen.row(heads, header=True, height=2700 if turn else 0)
    return pen.filled(table, head, samples + pen.row(cells), group=group, wide=True)


def _key(pen: Pen) -> str:
    runs = pen.run(
        Text(
            "Readiness of 100; the word beside it says whether the hard minima are met: ",
            "格内数字为就绪度（满分100），文字为门槛情况：",
        )
    )
    words = Text("wave 1, wave 2: in the programme", "首批、二批：列入组合方案")
    runs += pen.run(words) + pen.run(Text("; ", "；"))
    words = Text("listed: met, on the shortlist only", "入围：达到硬性门槛并入围，未列入组合方案")
    runs += pen.run(words) + pen.run(Text("; ", "；"))
    runs += pen.run(Text("met: met, not on the shortlist", "未入围：达到硬性门槛、不符合入围要求"))
    runs += pen.run(Text(". Shades: ", "。底色："))
    for band, said in _KEY:
        runs += pen.run(f"\u00a0{pen.say(said)}\u00a0", fill=PALETTE[band])
        runs += pen.run(Text(" ", "　"))
    return pen.paragraph("Note", runs)


def _limits(pen: Pen) -> Iterator[str]:
    table = Table(
        Text("Limits: share taken by both waves, and whether it binds", "约束占用比例及瓶颈"),
        Text(
            "One row per region, one column per limit; share of the limit that both waves take",
            "每行一个地区，每列一项约束，格内为两批项目占用比例",
        ),
        "comparison.limits.rows",
        (
            Column(Text("Region", "地区"), "{{ region }}", 36),
            Column("{{ resources }}", "{{ resources }}", 140),
            Column(Text("What more of it brings in", "放宽后可纳入"), "{{ more }}", 88),
        ),
        style="HeatTable",
    )
    yield pen.heading(1, Text("Limits that bind", "主要约束"))
    yield pen.p("BodyText", "{{ comparison.limits.sentence }}")
    yield _spread(pen, table, "resources", _group(pen, len(table.columns)))
    # This note ends the wide pages.
    yield pen.p("Note", Text(
        "A limit binds where lifting it alone would bring a better first wave, which can be well "
        "before it is used up: projects come in whole sizes. Capital counts with the contingency. "
        "Limits that nobody stated are what the registers hold.",
        "“瓶颈”指仅放宽该项即可得到更优的首批项目；项目按既定规模实施，因此占用未满也可能构成瓶颈。投资含预备费。未填报的约束以各表现有容量为准。",
    ), section=pen.section(wide=True))  # fmt: skip
