"""The annex for analysts, auditors and counsel: everything the briefs rest on."""

from collections.abc import Iterator

import annex_changes
import annex_figures
import annex_findings
import annex_orders
import annex_programme
import annex_register
import annex_scores
import changes
import findings
from annex_scores import KEEP
from blocks import Pen, when
from tables import Column, Table, Text

_CELLS = Table(
    Text("Inputs, one row a cell", "输入数据（每个单元格一行）"),
    Text(
        "Each number with its record, unit, plausible range, grade, date, source and cell",
        "各项数据的记录、单位、合理区间、等级、日期、来源和单元格",
    ),
    "annex.used.rows",
    (
        Column(Text("No.", "编号"), "{{ id }}", 11),
        Column(Text("Record", "记录"), "{{ record }}", 48),
        Column(Text("Figure", "数据项"), "{{ column }}", 38),
        Column(Text("Value", "数值"), "{{ value }}", 20, number=True),
        Column(Text("Unit", "单位"), "{{ unit }}", 29),
        Column(Text("Range", "合理区间"), "{{ range }}", 25),
        Column(Text("Grade", "等级"), "{{ grade }}", 11),
        Column(Text("Date", "日期"), "{{ as_of }}", 17),
        Column(Text("Source", "来源"), "{{ source }}", 60),
        Column(Text("Cell", "单元格"), "{{ cell }}", 26),
    ),
    small=True,
)
_INSTITUTIONS = Table(
    Text("Inputs: institutions and signatures", "输入数据：参与单位与签约情况"),
    Text(
        "Each institution with its type, use, status, document, grade and row",
        "各单位的类型、应用、状态、文件、等级和所在行",
    ),
    "annex.used.institutions",
    (
        Column(Text("No.", "编号"), "{{ id }}", 11),
        Column(Text("Institution", "单位"), "{{ name }}", 46),
        Column(Text("Type", "类型"), "{{ type }}", 30),
        Column(Text("Use", "应用"), "{{ use }}", 46),
        Column(Text("Status", "状态"), "{{ status }}", 17),
        Column(Text("Grade", "等级"), "{{ grade }}", 11),
        Column(Text("Source", "来源"), "{{ source }}", 58),
        Column(Text("Row", "所在行"), "{{ cell }}", 30),
    ),
    small=True,
)
_ROLLED = Table(
    Text("Inputs rolled up to criteria", "由输入数据汇总的指标"),
    Text(
        "Each criterion with how it can change, its rule, value, grade, date, cells and the uses that read it",
        "各指标的可改善情况、汇总规则、取值、等级、日期、单元格和读取该值的应用",
    ),
    "annex.used.rolled",
    (
        Column(Text("No.", "编号"), "{{ id }}", 11),
        Column(Text("Criterion", "指标"), "{{ criterion }}", 34),
        Column(Text("Change, office", "可否改善、主管单位"), "{{ change }}", 40),
        Column(Text("Rule", "汇总规则"), "{{ rule }}", 34),
        Column(Text("Value", "取值"), "{{ value }}", 32, number=True),
        Column(Text("Grade", "等级"), "{{ grade }}", 11),
        Column(Text("Date", "日期"), "{{ as_of }}", 17),
        Column(Text("Cells", "单元格"), "{{ cells }}", 40),
        Column(Text("Uses", "应用"), "{{ uses }}", 22),
    ),
    small=True,
)
_CATALOGUE = Table(
    Text("Ranges of the catalogue", "目录参考区间"),
    Text(
        "Each use with its unit of scale, capital, jobs, payback, maturity and evidence",
        "各应用的规模单位、投资、就业、回收期、成熟度和依据",
    ),
    "annex.used.catalogue",
    (
        Column(Text("No.", "编号"), "{{ id }}", 10),
        Column(Text("Use", "应用"), "{{ name }}", 44),
        Column(Text("Unit of scale", "规模单位"), "{{ scale }}", 52),
        Column(Text("Capital", "投资"), "{{ capex }}", 32),
        Column(Text("Jobs (FTE)", "就业（人）"), "{{ jobs }}", 18),
        Column(Text("Payback (years)", "回收期（年）"), "{{ payback }}", 18),
        Column(Text("Maturity", "成熟度"), "{{ maturity }}", 17),
        Column(Text("Status", "出处情况"), "{{ status }}", 19),
        Column(Text("Evidence", "依据"), "{{ evidence }}", 44),
    ),
    small=True,
)
_REMARKS = Table(
    Text("Conversions and remarks on the data", "换算与数据说明"),
    Text("Each remark with its place in the workbook", "各项说明及其在工作簿中的位置"),
    "quality.rows",
    (
        Column(Text("Place", "位置"), "{{ place }}", 60),
        Column(Text("Remark", "说明"), "{{ text }}", 205),
    ),
    small=True,
)
_ASSUMPTIONS = Table(
    Text("Assumptions and thresholds of the method", "方法所用假设与阈值"),
    Text("Each assumption with its value and reason", "各项假设的取值和理由"),
    "assumptions",
    (
        Column(Text("Assumption", "假设"), "{{ name }}", 80),
        Column(Text("Value", "取值"), "{{ value }}", 45, number=True),
        Column(Text("Reason", "理由"), "{{ reason }}", 140),
    ),
    small=True,
)
_TITLE = Text("**Technical annex.** {{ annex.intro }}", "**技术附件。**{{ annex.intro }}")
_ANCHORS = Text(
    "The minimum and the target of each use stand in the next chapter, beside its points.",
    "各应用的门槛值和目标值见下一章，与得分一并列示。",
)
_LAST_WIDE = Text(
    "In the register, a rule that does not apply, not yet or only on a condition stands on grey. "
    "Whatever was read of it, the wording must be checked against the original text before use.",
    "登记表中不适用、尚未施行或者取决于其他条件的规定以灰底标示。无论阅读情况如何，使用前均须核对原文。",
)


_VERSIONS = Text(
    "Rule pack {{ doc.rules_version }} · catalogue {{ doc.catalogue_version }}",
    "规则库版本{{ doc.rules_version }} · 目录版本{{ doc.catalogue_version }}",
)


def outline(pen: Pen) -> Iterator[str]:
    """The annex from inputs to glossary, on wide pages up to the register, upright after it."""
    yield findings.opening(pen)
    yield pen.p("BodyText", _TITLE)
    yield pen.p("Note", _VERSIONS)
    yield pen.contents(1)
    yield _inputs(pen)
    yield pen.heading(1, Text("Conversions and data quality", "换算与数据质量"))
    yield pen.optional("BodyText", "quality.intro") + pen.optional("BodyText", "quality.assumed")
    yield pen.table(_REMARKS, wide=True)
    yield when(
        "assumptions",
        pen.heading(1, Text("Assumptions and thresholds", "假设与阈值")),
        pen.table(_ASSUMPTIONS, wide=True),
    )
    yield pen.p("Note", _ANCHORS)
    yield annex_scores.points(pen)
    yield annex_programme.choice(pen)
    yield annex_programme.projects(pen)
    yield annex_programme.around(pen)
    yield annex_changes.changes(pen)
    yield annex_orders.orders(pen)
    yield changes.annex(pen)
    yield annex_register.register(pen)
    yield pen.p("Note", _LAST_WIDE, section=pen.section(wide=True))
    yield annex_findings.findings(pen)
    yield annex_figures.figures(pen)
    yield annex_register.method(pen)
    yield annex_register.sources(pen)
    yield annex_register.glossary(pen)


def _inputs(pen: Pen) -> str:
    return (
        pen.heading(1, Text("Inputs used", "所用输入数据"))
        + pen.optional("BodyText", "annex.used.intro", keep=True)
        + pen.table(_CELLS, wide=True)
        + pen.table(_INSTITUTIONS, wide=True)
        + pen.p("BodyText", "{{ annex.used.rolled_intro }}", extra=KEEP)
        + pen.table(_ROLLED, wide=True)
        + pen.p("BodyText", "{{ annex.used.catalogue_intro }}", extra=KEEP)
        + pen.table(_CATALOGUE, wide=True)
    )
