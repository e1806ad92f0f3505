"""The chapter of the annex that holds the charts for which the planning brief has no room."""

import charts
from blocks import Pen, each, when
from tables import Text

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
            each(
                "profile in profiles",
                pen.paragraph("Figure", charts.draw(pen, "gap:{{ profile.id }}", 88)),
                pen.caption("{{ profile.name }}", "figure"),
            ),
        ),
    )
