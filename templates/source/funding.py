"""The chapter on money: the finding, what it costs by year, whose money it is, what is not known."""

from dataclasses import replace

from blocks import Pen, when
from tables import Column, Table, Text


def _amount(head: Text, name: str, mm: int) -> Column:
    unit = Text(f"{head.en}, {{{{ money.unit }}}}", f"{head.zh}（{{{{ money.unit }}}}）")
    return Column(unit, f"{{{{ row.{name} }}}}", mm, number=True)


_FIRST = _amount(Text("First wave, middle", "首批投资"), "first", 36)
_SECOND = _amount(Text("Second wave if it follows at once, middle", "第二批投资"), "second", 44)
_RANGE = _amount(Text("Capital from – to", "投资区间"), "range", 38)
_RUNNING = _amount(Text("Running cost", "年运行成本"), "running", 36)
_YEARS = Table(
    Text("Money by year", "分年度资金需求"),
    Text(
        "The middle and the range of the capital of each year, and the running cost of what stands",
        "各年度投资中值、区间和已建成项目的运行成本",
    ),
    "row in money.years",
    (Column(Text("Year", "年度"), "{{ row.year }}", 22), _FIRST, _RANGE, _RUNNING),
    small=True,
    keep=True,
    key="money",
)
_BOTH = replace(_YEARS, columns=(_YEARS.columns[0], _FIRST, _SECOND, _RANGE, _RUNNING))


def chapter(pen: Pen) -> str:
    """Money by year and source, with the upper end against the limit."""
    return when(
        "money.finding",
        pen.heading(1, Text("Money by year and source", "资金测算与来源"))
        + pen.p("BodyText", "**{{ money.finding }}**")
        + pen.each_text("money.reasons")
        + when("money.has_second", pen.table(_BOTH))
        + when("not money.has_second", pen.table(_YEARS))
        + pen.optional("Note", "money.years_note")
        + pen.each_text("money.sources")
        + pen.each_text("money.unknown"),
    )
