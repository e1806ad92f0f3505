"""The chapter on how firm the choice is, what would change it and what to measure next."""

from dataclasses import replace

from blocks import Pen, when
from tables import Column, Table, Text

_CHANGES = Column(Text("What it could change", "可能的影响"), "{{ row.changes }}", 52)
_OFFICE = Column(Text("Ask", "核实单位"), "{{ row.office }}", 36)
_VALUES = Table(
    Text("Values to replace or measure first", "宜先核实或者更换的数据"),
    Text(
        "Each value with what is assumed, what it could change and the office to ask",
        "各项数据的现用值、可能的影响和核实单位",
    ),
    "row in firmness.measured",
    (
        Column(Text("Value", "数据"), "{{ row.value }}", 44),
        Column(Text("In use now", "现用值"), "{{ row.now }}", 56),
        _CHANGES,
        _OFFICE,
    ),
    small=True,
    keep=True,
    key="values",
)
_ALIKE = replace(_VALUES, columns=(*_VALUES.columns[:2], _OFFICE))


def chapter(pen: Pen) -> str:
    """The English chapter."""
    return when("firmness.finding", pen.heading(1, "How firm the choice is"), _body(pen))


def section(pen: Pen) -> str:
    """The Chinese section, of the chapter on effects and scenarios."""
    return when("firmness.finding", pen.heading(2, "方案稳定程度"), _body(pen))


def _body(pen: Pen) -> str:
    """The finding, contested projects, what decides, and three values to measure with their office."""
    return (
        pen.optional("BodyText", "firmness.finding", "**{{ firmness.finding }}**")
        + pen.each_text("firmness.lines")
        + pen.optional(
            "BodyText",
            "firmness.next",
            Text(
                "{{ firmness.next }}{% if firmness.same %} {{ firmness.same }}{% endif %}",
                "{{ firmness.next }}{{ firmness.same }}",
            ),
        )
        + when("firmness.same", pen.table(_ALIKE))
        + when("not firmness.same", pen.table(_VALUES))
    )
