"""The table of quoted numbers in the annex."""

from blocks import Pen, when
from tables import Column, Table, Text

_ROWS = Table(
    Text("Numbers that the briefs quote and where they come from", "两份简报所引主要数据及出处"),
    Text(
        "Each quoted number with its row in the annex and the cells it rests on",
        "主要数据及其附件编号和所据单元格",
    ),
    "trace.rows",
    (
        Column(Text("Number", "数据"), "{{ what }}", 45),
        Column(Text("Value", "数值"), "{{ value }}", 25),
        Column(Text("In this annex", "附件编号"), "{{ id }}", 37),
        Column(Text("Where it comes from", "出处"), "{{ source }}", 69),
    ),
    small=True,
)


def chapter(pen: Pen) -> str:
    """The table; absent where nothing is quoted."""
    return when(
        "trace.rows",
        pen.heading(1, Text("Quoted numbers", "所引数据出处")),
        pen.p("Note", "{{ trace.intro }}", extra="<w:keepNext/>"),
        pen.table(_ROWS),
    )
