"""What changed since the previous edition: a chapter of the planning brief, and one of the annex.

Cells and the numbers of rules stand in the annex alone.
"""

from dataclasses import replace

from blocks import Pen, when
from tables import Column, Table, Text

_HEADING = Text("What changed since the previous edition", "与上一版相比的变化")
_MOST = 8
"""Rows of a table of the planning brief; the annex has them all."""
_KEYS = ("projects", "law", "cells", "figures", "ranks")
_BEFORE, _NOW, _WHY = Text("Before", "原为"), Text("Now", "现为"), Text("Why", "原因")
_DESCRIBED = Text(
    "What is different from the previous edition, before and now",
    "与上一版不同的内容，列明原值、现值",
)


def _columns(*, wide: bool) -> dict[str, tuple[Text, tuple[Column, ...]]]:
    """Caption and columns by table; on a wide page with the addresses of what moved them."""
    by = 1.29 if wide else 1.0
    address = Column(Text("Cells, rules, rows", "单元格、规定、条目"), "{{ where }}", 45)
    where = (address,) if wide else ()

    def column(head: Text, name: str, mm: int, *, number: bool = False) -> Column:
        return Column(head, f"{{{{ {name} }}}}", round(mm * by), number=number)

    return {
        "projects": (
            Text("Projects that joined, left or moved", "有变化的项目"),
            (
                column(Text("Project", "项目"), "name", 40),
                column(Text("Change", "变化"), "change", 28),
                column(_BEFORE, "before", 32),
                column(_NOW, "after", 32),
                column(_WHY, "why", 38),
                *where,
            ),
        ),
        "law": (
            Text("Law that changed", "有变化的规定"),
            (
                *((Column(Text("Rule", "规定编号"), "{{ rule }}", 26),) if wide else ()),
                column(Text("Activity or use", "活动或应用"), "name", 36),
                column(Text("Change", "变化"), "change", 34),
                column(Text("Law now", "现行效力"), "effect", 28),
                *((Column(Text("What it says", "内容"), "{{ what }}", 60),) if wide else ()),
                Column(Text("Source", "依据"), "{{ source }}", 52 if wide else 72),
            ),
        ),
        "cells": (
            Text("Figures of the workbook that changed", "有变化的工作簿数据"),
            (
                column(Text("Figure of the workbook", "工作簿数据"), "name", 90),
                column(_BEFORE, "before", 40, number=True),
                column(_NOW, "after", 40, number=True),
                *((Column(Text("Cell", "单元格"), "{{ where }}", 45),) if wide else ()),
            ),
        ),
        "figures": (
            Text("Results that moved", "有变化的测算结果"),
            (
                column(Text("Figure", "数据"), "name", 54),
                column(_BEFORE, "before", 32, number=True),
                column(_NOW, "after", 32, number=True),
                column(_WHY, "why", 52),
                *where,
            ),
        ),
        "ranks": (
            Text("Uses that stand elsewhere", "位次或就绪度有变化的应用"),
            (
                column(Text("Use", "应用"), "name", 42),
                column(_BEFORE, "before", 30),
                column(_NOW, "after", 30),
                column(Text("Readiness before", "原就绪度"), "readiness_before", 16, number=True),
                column(Text("Readiness now", "现就绪度"), "readiness_after", 16, number=True),
                column(_WHY, "why", 36),
                *where,
            ),
        ),
    }


def _tables(*, wide: bool) -> tuple[Table, ...]:
    found = _columns(wide=wide)
    return tuple(
        Table(found[key][0], _DESCRIBED, f"changes.{key}", found[key][1], small=True)
        for key in _KEYS
    )


_CATALOGUE = Table(
    Text("Numbers of the catalogue that are others", "有调整的目录数值"),
    Text("Each number before and now", "各项数值的原值、现值"),
    "changes.catalogue",
    (
        Column(Text("Number", "数值"), "{{ name }}", 165),
        Column(_BEFORE, "{{ before }}", 50, number=True),
        Column(_NOW, "{{ after }}", 50, number=True),
    ),
    small=True,
)
_MORE = Text(
    "Each table shows the first eight rows; the annex has all of them, with the cells and the "
    "numbers of the rules.",
    "各表仅列前8行，全部内容及单元格、规定编号见附件。",
)
_IS_LONG = " or ".join(f"(changes.{key} | length > {_MOST})" for key in _KEYS)


def chapter(pen: Pen) -> str:
    """The chapter of the planning brief; nothing where it is compared with no edition."""
    return when(
        "changes.intro",
        pen.heading(1, _HEADING),
        pen.p("BodyText", "{{ changes.intro }}"),
        pen.optional("BodyText", "changes.answer"),
        *(pen.table(replace(one, most=_MOST)) for one in _tables(wide=False)),
        when(_IS_LONG, pen.p("Note", _MORE)),
    )


def annex(pen: Pen) -> str:
    """The chapter of the annex, on a wide page."""
    return when(
        "changes.intro",
        pen.heading(1, _HEADING),
        pen.p("BodyText", "{{ changes.intro }}"),
        pen.optional("BodyText", "changes.answer"),
        *(pen.table(one, wide=True) for one in _tables(wide=True)),
        pen.table(_CATALOGUE, wide=True),
    )
