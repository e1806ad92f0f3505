"""The comparison: what each region should do and why, who shares, who learns, where law differs."""

from collections.abc import Iterator

import charts
import comparison_tables as tables
import findings
from blocks import Pen, when
from tables import Table, Text

_TOGETHER = Text(
    "Conditions in common are those that the same rules set in every region named. Whether one "
    "platform may serve several regions, and who would run it, is for counsel and the regions to "
    "decide.",
    "共同的法定条件是指所列地区依据相同规定均须落实的条件。能否共建一个平台、由谁运营，由各地区会同法律顾问研究确定。",
)
_LEARNING = Text(
    "Size teaches nothing and is left out: only signatures, and targets that work of a year can "
    "reach. How it was done must be asked where it was done.",
    "规模大小不列入互学内容，仅列签约和一年内可改善的指标；具体做法须向已办成的地区了解。",
)
_WHOLE = "<w:keepNext/><w:keepLines/>"


def outline(pen: Pen) -> Iterator[str]:
    """The comparison from title to attribution, upright throughout."""
    yield findings.opening(pen)
    yield pen.p("Answer", "{{ comparison.answer }}")
    yield pen.optional("Banner", "comparison.not_built", "**{{ comparison.not_built }}**")
    yield pen.heading(1, Text("What each region should do", "各地区建议"))
    yield _finding(pen, "comparison.programmes.sentence")
    yield pen.optional("BodyText", "comparison.programmes.reason")
    yield pen.optional("Banner", "comparison.summed_up")
    yield pen.table(tables.REASONS)
    yield pen.table(tables.FIGURES)
    yield _grouped(pen, tables.PROGRAMMES)
    yield charts.figure(pen, "compared", 150)
    yield pen.table(tables.USES)
    yield pen.table(tables.EFFECTS)
    is_told = "comparison.programmes.effects or comparison.programmes.rows"
    yield when(is_told, pen.p("Note", Text(
        "After the plus stands the second wave. Figures are those of the plan at the middle of their "
        "ranges, not forecasts; places, sizes and ranges stand in each region's own documents, all "
        "uses and key figures of each region in comparison.csv. {{ comparison.evidence }}",
        "加号后为第二批。各项均按区间中值测算，不是预测；地点、规模和区间见各地区报告，各地区全部应用和主要条件见comparison.csv。{{ comparison.evidence }}",
    )))  # fmt: skip
    yield from _limits(pen)
    yield pen.heading(1, Text("Who could share a platform", "可共建共用的平台"))
    yield _finding(pen, "comparison.shared.sentence")
    yield pen.bullets("comparison.shared.points")
    yield pen.table(tables.SHARED)
    yield when("comparison.shared.rows", pen.p("Note", _TOGETHER))
    yield pen.heading(1, Text("Who can learn from whom", "互学互鉴"))
    yield _finding(pen, "comparison.exchange.sentence")
    yield pen.table(tables.EXCHANGE)
    yield pen.optional("Note", "comparison.exchange.rest")
    yield when("comparison.exchange.rows", pen.p("Note", _LEARNING))
    yield from _law(pen)
    yield pen.heading(1, Text("Please note", "说明"), numbered=False)
    yield pen.optional("Note", "doc.law_day", keep=True)
    for lines in ("disclaimer", "attribution"):
        joined = Text(f"{{{{ {lines} | join(' ') }}}}", f"{{{{ {lines} | join }}}}")
        yield when(lines, pen.p("FinePrint", joined, extra=_WHOLE))


def _finding(pen: Pen, path: str) -> str:
    """The finding of a section; kept with a table, it would go with one that has no rows."""
    return pen.p("BodyText", f"**{{{{ {path} }}}}**")


def _grouped(pen: Pen, table: Table) -> str:
    """A table with a row a region, under the name of its group where there are groups."""
    name = pen.p("TableHead", "{{ #group }}{{ group }}")
    samples = pen.row([pen.raw_cell(name, span=len(table.columns))])
    samples += pen.row([pen.sample(column, small=True) for column in table.columns])
    head = pen.row([pen.head_cell(column) for column in table.columns], header=True)
    return pen.filled(table, head, samples)


def _limits(pen: Pen) -> Iterator[str]:
    yield pen.heading(1, Text("What holds the programmes back", "主要制约"))
    yield _finding(pen, "comparison.limits.sentence")
    yield pen.table(tables.LIMITS)
    yield pen.table(tables.KINDS)
    yield when("comparison.limits.rows or comparison.limits.kinds", pen.p("Note", Text(
        "A limit holds a programme back where more of it alone would bring a better first wave, "
        "which can be well before it is used up: projects come in whole sizes.",
        "“瓶颈”指仅放宽该项即可得到更优的首批项目；项目按既定规模实施，因此占用未满也可能构成瓶颈。",
    )))  # fmt: skip


def _law(pen: Pen) -> Iterator[str]:
    yield pen.heading(1, Text("Where the law differs", "合规边界的差异"))
    yield _finding(pen, "comparison.law.sentence")
    yield pen.bullets("comparison.law.reach", "BodyText")
    yield pen.table(tables.DIFFERENCES)
    yield pen.table(tables.LOCAL)
    yield pen.optional("Note", "comparison.law.local_rest")
    yield pen.table(tables.BOX)
    # They stay with what ends the document, so that it never stands alone on a page.
    yield pen.optional("Banner", "comparison.law.stale", keep=True)
    yield pen.p("Note", extra="<w:keepNext/>", words=Text(
        "An activity without a rule on file is not assessed, never permitted. Conditions that hold "
        "for each project stand with their citations in the documents of its region.",
        "规则库未收录规定的活动记为“尚未核查”，不视为允许。各项目的法定条件及出处见所在地区报告。",
    ))  # fmt: skip
