"""The planning brief: the same chapters, in the order each language's readers expect."""

from collections.abc import Iterator

import assets
import changes
import economy
import findings
import firmness
import funding
import goals
import legal
import orders
import outlook
import profiles
import programme
import readiness
import safeguards
import scenarios
import sites
import tasks
import trace_table
from blocks import Pen, when
from tables import Column, Table, Text

_FACTS = (
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
    yield pen.optional("BodyText", "programme.second_line")
    yield pen.optional("BodyText", "summary.barred") + pen.optional("BodyText", "law.reach")
    yield changes.chapter(pen)
    if pen.look.chinese:
        yield goals.groundwork(pen)
        yield assets.assets(pen)
        yield when(assets.ANY, pen.p("Note", assets.READING))
        yield outlook.swot(pen)
        yield pen.p("Note", outlook.READING)
        yield legal.position(pen)
        yield pen.p("Note", legal.READING)
        yield goals.requirements(pen)
    else:
        yield _purpose(pen)
        yield legal.position(pen)
        yield pen.p("Note", legal.READING)
        yield assets.assets(pen)
        yield when(assets.ANY, pen.p("Note", assets.READING))
        yield outlook.swot(pen)
        yield pen.p("Note", outlook.READING)
    yield readiness.chapter(pen)
    yield orders.chapter(pen)
    if pen.look.chinese:
        yield tasks.actions(pen)
        yield programme.chapter(pen)
        yield profiles.chapter(pen)
    else:
        yield programme.chapter(pen)
        yield profiles.chapter(pen)
    yield sites.chapter(pen)
    yield economy.chapter(pen)
    yield scenarios.chapter(pen)
    yield _forward(pen)
    if not pen.look.chinese:
        yield safeguards.questions(pen)
        yield pen.optional(
            "BodyText",
            "quality.intro",
            "**Data quality.** {{ quality.intro }} {{ quality.assumed }}",
        )
    yield pen.table(_REMARKS)
    yield trace_table.chapter(pen)
    yield _closing(pen)


def _forward(pen: Pen) -> str:
    """What is still open, money, tasks, goals and risks, in the order of each language."""
    if pen.look.chinese:
        chapters = (
            firmness.section, funding.chapter, outlook.risks, safeguards.chapter, tasks.duties,
        )  # fmt: skip
    else:
        chapters = (
            firmness.chapter, funding.chapter, tasks.actions, goals.indicators, outlook.risks,
        )  # fmt: skip
    return "".join(chapter(pen) for chapter in chapters)


def _purpose(pen: Pen) -> str:
    purpose = Text(
        "This brief sets out which lawful uses the power, data and skills of {{ doc.region }} "
        "could serve, what the law asks of each and what is still missing. It is a basis for "
        "discussion in the working group; it decides nothing.",
        "本报告梳理{{ doc.region }}电力、数据和人才资源的合法利用方向，列明各方向的法定条件和现有差距，"
        "供工作专班研究讨论，不作为决策结论。",
    )
    facts = Text(
        " · ".join(f"**{label.en}:** {{{{ {path} }}}}" for label, path in _FACTS),
        "；".join(f"**{label.zh}：**{{{{ {path} }}}}" for label, path in _FACTS) + "。",
    )
    return (
        pen.heading(1, Text("Purpose, scope and method", "编制背景与依据"))
        + pen.p("BodyText", purpose)
        + pen.p("BodyText", _RESTS_ON)
        + pen.p("BodyText", facts)
        + goals.documents(pen)
        + pen.bullets("method", "BodyText")
    )


_RESTS_ON = Text(
    "It rests on the rules in force on that day, the region's workbook and the catalogue of uses, requirements and "
    "evidence; the annex names their versions and every rule and cell.",
    "编制依据为基准日现行有效的规定、地区填报工作簿以及应用、要求和资料目录；版本号以及"
    "各条规定和各数据单元格见附件。",
)
_REMARKS = Table(
    Text("First remarks on the data", "数据说明（前列）"),
    Text("Each remark with its place in the workbook", "各项说明及其在工作簿中的位置"),
    "row in quality.rows",
    (
        Column(Text("Place", "位置"), "{{ row.place }}", 40),
        Column(Text("Remark", "说明"), "{{ row.text }}", 130),
    ),
    small=True,
    most=8,
)


_ELSEWHERE = Text(
    "The annex holds every input with its cell, the registers, all scores, the assumptions, the rules with their "
    "instruments, the evidence (E…) that the profiles name, and the full lists of conditions, risks, actions, "
    "indicators, remarks on the data and questions for counsel.",
    "全部输入数据及其单元格、各登记表、各项得分、假设、规定及文件、所引资料（E…），以及全部法定条件、风险、任务、"
    "指标、数据说明和提请法律顾问事项见附件。",
)


def _joined(path: str) -> Text:
    """The texts of a list run in one after the other."""
    return Text(f"{{{{ {path} | join(' ') }}}}", f"{{{{ {path} | join }}}}")


def _closing(pen: Pen) -> str:
    return pen.p("Note", _ELSEWHERE) + when(
        "disclaimer or attribution",
        pen.heading(1, Text("Please note", "说明"), numbered=False),
        pen.optional("Note", "disclaimer", _joined("disclaimer")),
        pen.optional("Note", "attribution", _joined("attribution")),
    )
