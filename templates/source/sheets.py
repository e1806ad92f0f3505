"""The chapter of project sheets: half a page for each project of the programme."""

from blocks import Pen, each, when
from look import SHADE
from tables import Column, Table, Text, Words

_WHERE = Text(
    "{{ sheet.size }}{% if sheet.place %}, {{ sheet.place }}{% endif %}",
    "{{ sheet.size }}{% if sheet.place %}，{{ sheet.place }}{% endif %}",
)
_MONEY = Text(
    "Capital {{ sheet.capex }}; running cost {{ sheet.running }} a year; built in {{ sheet.months }} months; "
    "payback {{ sheet.payback }}.",
    "投资{{ sheet.capex }}；年运行成本{{ sheet.running }}；建设期{{ sheet.months }}个月；回收期{{ sheet.payback }}。",
)
_LAW = Text(
    "{{ sheet.law }}{% if sheet.duties %}: {{ sheet.duties }}{% endif %}",
    "{{ sheet.law }}{% if sheet.duties %}：{{ sheet.duties }}{% endif %}",
)
_STEPS: tuple[Words, ...] = ("{%p for step in sheet.steps %}", "{{ step }}", "{%p endfor %}")
_ROWS: tuple[tuple[str, Text, tuple[Words, ...]], ...] = (
    ("sheet.what", Text("What", "内容"), ("{{ sheet.what }}",)),
    ("sheet.before", Text("What must come first", "前置条件"), ("{{ sheet.before }}",)),
    ("sheet.has", Text("Finds here", "已具备"), ("{{ sheet.has }}",)),
    ("sheet.needs", Text("Falls short in", "尚不足"), ("{{ sheet.needs }}",)),
    ("", Text("Law", "合规"), (_LAW,)),
    ("sheet.partners", Text("Partners", "参与单位"), ("{{ sheet.partners }}",)),
    ("", Text("Money", "资金"), (_MONEY,)),
    ("", Text("Brings", "成效"), ("{{ sheet.brings }}",)),
    ("sheet.firm", Text("How firm", "入选稳健程度"), ("{{ sheet.firm }}",)),
    ("sheet.steps", Text("First steps", "首要步骤"), _STEPS),
    ("sheet.precedent", Text("Done elsewhere", "已有实例"), ("{{ sheet.precedent }}",)),
    ("sheet.failure", Text("Failed, or warned of", "失败教训或提示"), ("{{ sheet.failure }}",)),
    ("sheet.risk", Text("Main risk", "主要风险"), ("{{ sheet.risk }}",)),
)
_SHEET = Table(
    Text("Project sheet", "项目论证表"),
    Text(
        "What the project is, has and needs, its law, partners, money, first steps, precedent and risk",
        "项目内容、条件、合规、参与单位、资金、首要步骤、实例和风险",
    ),
    "",
    (Column("", "", 34), Column("", "", 146)),
)
_NOTE = Text(
    "Capital, jobs and payback are the catalogue's ranges at the size named, or the region's own figures; they are no "
    "forecasts. The annex holds every need with its value, and the evidence.",
    "投资、就业和回收期为目录参考值按项目规模折算，或者取自地区自有测算，不是预测。各项要求及取值、所引资料见附件。",
)


def chapter(pen: Pen) -> str:
    """The finding and a sheet for each project; absent without one."""
    title = pen.heading(2, "{{ sheet.name }}", numbered=False)
    return when(
        "sheets",
        pen.heading(1, Text("Project sheets", "可行性论证")),
        pen.optional("BodyText", "finding.sheets", "**{{ finding.sheets }}**"),
        each("sheet in sheets", title, pen.frame(_SHEET, _rows(pen))),
        pen.p("Note", _NOTE),
    )


def _rows(pen: Pen) -> str:
    """A header with wave, size and place, then a row for each part that says something."""
    heads = [
        pen.head_cell(Column("{{ sheet.wave }}", "", 34)),
        pen.head_cell(Column(_WHERE, "", 146)),
    ]
    rows = pen.row(heads, header=True)
    for condition, label, said in _ROWS:
        row = pen.row([_label(pen, label), pen.cell(Column("", said, 146), small=True)])
        if condition:
            row = pen.row_tag(f"if {condition}") + row + pen.row_tag("endif")
        rows += row
    return rows


def _label(pen: Pen, label: Text) -> str:
    words = Text(*(f"**{one}**" for one in label))
    return pen.raw_cell(pen.p("TableSmall", words), fill=SHADE)
