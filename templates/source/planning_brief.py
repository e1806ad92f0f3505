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
import options
import outlook
import overview
import programme
import safeguards
import scenarios
import sheets
import sites
import tasks
from blocks import Pen, when
from tables import Text

_FACTS = (
    (Text("Law as of", "基准日"), "doc.as_of"),
    (Text("Plan period", "规划期"), "doc.plan_period"),
    (Text("Prepared by", "编制单位"), "doc.prepared_by"),
)


def outline(pen: Pen) -> Iterator[str]:
    """The brief from title to attribution."""
    yield findings.opening(pen)
    yield _about(pen)
    yield pen.contents(1)
    yield overview.page(pen)
    yield changes.chapter(pen)
    if pen.look.chinese:
        yield from _chinese(pen)
    else:
        yield from _english(pen)
    yield _numbers(pen)
    yield _closing(pen)


def _english(pen: Pen) -> Iterator[str]:
    """The chapters in the order of a development strategy."""
    yield assets.assets(pen)
    yield legal.position(pen)
    yield options.chapter(pen)
    yield programme.chapter(pen)
    yield sheets.chapter(pen)
    yield sites.chapter(pen)
    yield economy.chapter(pen)
    yield scenarios.chapter(pen)
    yield firmness.chapter(pen)
    yield funding.chapter(pen)
    yield tasks.actions(pen)
    yield goals.indicators(pen)
    yield outlook.risks(pen)
    yield safeguards.questions(pen)


def _chinese(pen: Pen) -> Iterator[str]:
    """The thirteen chapters of a work plan, and the table of tasks."""
    yield goals.groundwork(pen)
    yield assets.assets(pen)
    yield legal.position(pen)
    yield goals.requirements(pen)
    yield options.chapter(pen)
    yield tasks.actions(pen)
    yield programme.chapter(pen)
    yield sheets.chapter(pen)
    yield sites.chapter(pen)
    yield economy.chapter(pen)
    yield scenarios.chapter(pen)
    yield firmness.section(pen)
    yield funding.chapter(pen)
    yield outlook.risks(pen)
    yield safeguards.chapter(pen)
    yield tasks.duties(pen)


def _about(pen: Pen) -> str:
    """What the brief is for, its day and period."""
    purpose = Text(
        "This brief sets out which lawful uses the power, data and skills of {{ doc.region }} "
        "could serve, what the law asks of each and what is still missing. It is a basis for "
        "discussion in the working group; it decides nothing.",
        "本报告梳理{{ doc.region }}电力、数据和人才资源的合法利用方向，列明各方向的法定条件和现有差距。",
    )
    facts = Text(
        " · ".join(f"**{label.en}:** {{{{ {path} }}}}" for label, path in _FACTS),
        "；".join(f"**{label.zh}：**{{{{ {path} }}}}" for label, path in _FACTS) + "。",
    )
    return pen.p("BodyText", purpose) + pen.p("BodyText", facts)


_WHENCE = Text(
    "The figures are those of the region's workbook and of the catalogue of uses, needs and evidence; legal statements "
    "rest on the rules on file. Pointing at a dotted number names its cell. The annex holds every input, every score, "
    "the assumptions, the rules with what was read of them, and the method.",
    "本报告数据取自地区填报工作簿以及应用、要求和资料目录，法律表述以规则库所收规定为准；鼠标悬停于带点状下划线的"
    "数据，可查看所在单元格。全部输入数据、各项得分、假设、规定及其阅读情况和测算方法见附件。",
)


def _numbers(pen: Pen) -> str:
    """One short note, to which the linked numbers lead."""
    note = pen.bookmark(programme.NUMBERS, pen.run(_WHENCE))
    heading = pen.heading(
        1, Text("Where the numbers come from", "数据出处"), numbered=not pen.look.chinese
    )
    # In Chinese the documents open the brief.
    documents = "" if pen.look.chinese else goals.documents(pen)
    return heading + pen.paragraph("Note", note) + documents


def _joined(path: str) -> Text:
    """The texts of a list run in one after the other."""
    return Text(f"{{{{ {path} | join(' ') }}}}", f"{{{{ {path} | join }}}}")


def _closing(pen: Pen) -> str:
    return when(
        "disclaimer or attribution",
        pen.heading(1, Text("Please note", "说明"), numbered=False),
        pen.optional("Note", "disclaimer", _joined("disclaimer")),
        pen.optional("Note", "attribution", _joined("attribution")),
    )
