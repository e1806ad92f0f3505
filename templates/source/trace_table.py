"""The closing table of quoted numbers, to which the linked numbers lead."""

from blocks import Pen, when
from tables import Column, Table, Text

_ROWS = Table(
    Text("Quoted numbers and where they come from", "主要数据出处"),
    Text(
        "Each quoted number with its row in the annex and the cells it rests on",
        "本报告主要数据及其附件编号和所据单元格",
    ),
    "row in trace.rows",
    (
        Column(Text("Number", "数据"), "{{ row.what }}", 45, bookmark="{{ row.anchor }}"),
        Column(Text("Value", "数值"), "{{ row.value }}", 25),
        Column(Text("In the annex", "附件编号"), "{{ row.id }}", 37),
        Column(Text("Where it comes from", "出处"), "{{ row.source }}", 69),
    ),
    small=True,
)


def chapter(pen: Pen) -> str:
    """The table; absent where nothing is quoted."""
    return when(
        "trace.rows",
        pen.heading(1, Text("Where the numbers come from", "数据出处"), numbered=False),
        pen.p("Note", "{{ trace.intro }}", extra="<w:keepNext/>"),
        pen.table(_ROWS),
    )
