"""The planning brief: the same chapters, in the order each language's readers expect."""

from collections.abc import Iterator

import assets
import economy
import findings
import legal
import merit
import outlook
import portfolio
import profiles
import programme
import readiness
import scenarios
import sites
import trace_table
from blocks import Column, Pen, Table, Text, tag, when

_FACTS = (
    (Text("Region", "地区"), "doc.region"),
    (Text("Law as of", "基准日"), "doc.as_of"),
    (Text("Plan period", "规划期"), "doc.plan_period"),
    (Text("Prepared by", "编制单位"), "doc.prepared_by"),
)


def outline(pen: Pen) -> Iterator[str]:
    """The brief from title to attribution."""
    yield findings.opening(pen)
    yield pen.contents(1)
    yield pen.heading(1, Text("Summary", "摘要"), numbered=False)
    yield findings.answer(pen)
    yield pen.optional("BodyText", "summary.barred")
    yield findings.leading(pen)
    yield _purpose(pen)
    if pen.look.chinese:
        yield assets.assets(pen)
        yield when(assets.ANY, pen.p("Note", assets.READING))
        yield outlook.swot(pen)
        yield pen.p("Note", outlook.READING)
        yield legal.position(pen)
        yield pen.p("Note", legal.READING)
        yield programme.indicators(pen)
        yield _before_wide_pages(pen, _if_any(programme.READING, "programme.indicators"))
    else:
        yield legal.position(pen)
        yield pen.p("Note", legal.READING)
        yield assets.assets(pen)
        yield when(assets.ANY, pen.p("Note", assets.READING))
        yield outlook.swot(pen)
        yield _before_wide_pages(pen, outlook.READING)
    yield readiness.chapter(pen)
    yield merit.chapter(pen)
    if pen.look.chinese:
        yield programme.actions(pen)
    yield profiles.chapter(pen)
    yield portfolio.chapter(pen)
    yield sites.chapter(pen)
    yield economy.chapter(pen)
    yield scenarios.chapter(pen)
    yield outlook.risks(pen)
    if pen.look.chinese:
        yield programme.counsel(pen)
        yield programme.duties(pen)
    else:
        yield programme.actions(pen)
        yield programme.indicators(pen)
        yield when("programme.indicators", pen.p("Note", programme.READING))
        yield programme.counsel(pen)
    yield _quality(pen)
    yield trace_table.chapter(pen)
    yield _closing(pen)


def _before_wide_pages(pen: Pen, note: Text) -> str:
    """The reading note; it also ends the upright section if wide pages follow."""
    plain = pen.p("Note", note)
    ending = pen.p("Note", note, section=pen.section())
    return tag(f"if {readiness.ANY}") + ending + tag("else") + plain + tag("endif")


def _if_any(note: Text, path: str) -> Text:
    """A note that is empty without what it explains."""
    en, zh = (f"{{% if {path} %}}{words}{{% endif %}}" for words in note)
    return Text(en, zh)


def _purpose(pen: Pen) -> str:
    purpose = Text(
        "This brief sets out which lawful uses the power, data and skills of {{ doc.region }} "
        "could serve, what the law asks of each and what is still missing. It is a basis for "
        "discussion in the working group; it decides nothing.",
        "本报告梳理{{ doc.region }}电力、数据和人才资源的合法利用方向，列明各方向的法定条件和现有差距，"
        "供工作专班研究讨论，不作为决策结论。",
    )
    facts = "".join(
        pen.optional(
            "ListBullet",
            path,
            Text(f"**{label.en}:** {{{{ {path} }}}}", f"**{label.zh}：**{{{{ {path} }}}}"),
        )
        for label, path in _FACTS
    )
    return (
        pen.heading(1, Text("Purpose, scope and method", "编制背景与依据"))
        + pen.p("BodyText", purpose)
        + facts
        + pen.bullets("method", "BodyText")
    )


def _quality(pen: Pen) -> str:
    faults = Table(
        Text("Remarks on the data", "数据说明"),
        Text("Each remark with its place in the workbook", "各项说明及其在工作簿中的位置"),
        "row in quality.rows",
        (
            Column(Text("Place", "位置"), "{{ row.place }}", 40),
            Column(Text("Remark", "说明"), "{{ row.text }}", 130),
        ),
    )
    return when(
        "quality.intro or quality.rows",
        pen.heading(1, Text("Data quality", "数据质量")),
        pen.optional("BodyText", "quality.intro"),
        pen.table(faults),
    )


_ELSEWHERE = Text(
    "The annex holds every input with its cell, all scores, the assumptions, the rules with their "
    "instruments, the evidence (E…) that the profiles name, and the full lists of indicators and "
    "questions for counsel.",
    "全部输入数据及其单元格、各项得分、假设、规定及文件、重点方向所引资料（E…）、全部指标和提请法律顾问事项见附件。",
)


def _closing(pen: Pen) -> str:
    return (
        pen.p("Note", _ELSEWHERE)
        + when(
            "disclaimer",
            pen.heading(1, Text("Disclaimer", "说明"), numbered=False),
            pen.bullets("disclaimer", "Note"),
        )
        + when(
            "attribution",
            pen.heading(1, Text("Sources and attribution", "数据来源说明"), numbered=False),
            pen.bullets("attribution", "Note"),
        )
    )
