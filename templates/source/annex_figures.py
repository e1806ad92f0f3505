"""The chapter of the annex that holds the charts for which the planning brief has no room."""

import charts
from blocks import Pen, when
from tables import Text

_SMALL_MM = 84
_ANY = " or ".join(
    f"figures.{key}.title"
    for key in (
        "power_mix",
        "thresholds",
        "readiness",
        "rules",
        "diversity",
        "gap",
    )
)


def figures(pen: Pen) -> str:
    """Charts of the region, and of what each shortlisted use lacks."""
    return when(
        _ANY,
        pen.heading(1, Text("Charts", "图表")),
        charts.figure(pen, "power_mix", 84),
        charts.figure(pen, "thresholds", 96, 120, 9),
        charts.figure(pen, "readiness", 96, 140, 9),
        charts.figure(pen, "rules", 136),
        charts.figure(pen, "diversity", 96),
        when(
            "figures.gap.title",
            pen.heading(2, "{{ figures.gap.title }}"),
            pen.p("Note", "{{ figures.gap.note }}", extra="<w:keepNext/>"),
            _multiples(pen),
            pen.caption("{{ figures.gap.title }}", "figure"),
        ),
    )


def _multiples(pen: Pen) -> str:
    """One small chart a use, two beside each other."""
    cells = (_multiple(pen, "profile"), _multiple(pen, "loop.nextitem", "not loop.last"))
    row = pen.row(pen.raw_cell(cell) for cell in cells)
    head = pen.raw_cell(pen.p("TableSmall", Text("Use, and its points", "应用及得分")))
    rows = (
        pen.row([head, head], header=True)
        + pen.row_tag("for profile in profiles")
        + pen.row_tag("if loop.index is odd")
        + row
        + pen.row_tag("endif")
        + pen.row_tag("endfor")
    )
    return pen.grid(Text("Small charts, one a use", "各应用小图"), rows, columns=2)


def _multiple(pen: Pen, path: str, condition: str = "") -> str:
    """The name of a use over its chart; nothing where a last row has only one."""
    drawing = pen.paragraph("Figure", charts.draw(pen, f"gap:{{{{ {path}.id }}}}", _SMALL_MM))
    keep = "<w:keepNext/>"
    if not condition:
        return pen.p("TableHead", f"{{{{ {path}.name }}}}", extra=keep) + drawing
    name = f"{{% if {condition} %}}{{{{ {path}.name }}}}{{% endif %}}"
    return pen.p("TableHead", name, extra=keep) + when(condition, drawing)
