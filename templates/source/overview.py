"""The one page that sums up: the answer, the lead projects, what they use and bring, what is asked."""

from blocks import Pen, when
from programme import NUMBERS, project_cell
from tables import Column, Table, Text

_LEAD = Table(
    Text("Lead projects", "重点项目"),
    Text(
        "Each lead project with size, place, capital, lead body and first step",
        "各重点项目的规模、场地、投资、牵头单位和首项任务",
    ),
    "row in programme.first",
    (
        project_cell(58),
        Column(
            Text("Capital", "投资"), "{{ row.capex }}", 32, trace="row.trace.capex", anchor=NUMBERS
        ),
        Column(Text("Lead body", "牵头单位"), "{{ row.lead }}", 32),
        Column(
            Text("First step, done by", "首项任务及时限"),
            Text("{{ row.first_step }}, {{ row.by }}", "{{ row.first_step }}，{{ row.by }}"),
            58,
        ),
    ),
    small=True,
    key="lead",
)
_FLOW = Table(
    Text("From assets through projects to effects", "资源、项目与成效"),
    Text(
        "What each lead project takes of what the region has, and what it brings",
        "各重点项目占用的资源及其成效",
    ),
    "row in overview.flow",
    (
        Column(Text("Takes of what there is  →", "占用资源　→"), "{{ row.uses }}", 62),
        Column(Text("Project  →", "项目　→"), "**{{ row.project }}**", 54),
        Column(Text("Brings", "成效"), "{{ row.brings }}", 64),
    ),
    small=True,
)


def page(pen: Pen) -> str:
    """The page; where nothing can begin it says what could come next."""
    return (
        pen.heading(
            1,
            Text("Executive summary", "摘要"),
            numbered=not pen.look.chinese,
            new_page=not pen.look.chinese,
        )
        + pen.paragraph("Answer", pen.pieces("summary.answer_parts", anchor=NUMBERS))
        + pen.table(_LEAD)
        + pen.table(_FLOW)
        + pen.optional("BodyText", "overview.next")
        + pen.optional("BodyText", "programme.nothing")
        + pen.optional("BodyText", "summary.barred")
        + pen.optional("BodyText", "law.reach")
        + when(
            "overview.decisions",
            pen.p(
                "BodyText", Text("**Decisions asked**", "**提请决策事项**"), extra="<w:keepNext/>"
            ),
            pen.bullets("overview.decisions"),
        )
    )
