"""The chapter of the annex that holds the charts for which the planning brief has no room."""

import charts
from blocks import Pen, each, when
from tables import Text

_ANY = " or ".join(
    f"figures.{key}.title"
    for key in (
        "power_mix",
        "rules",
        "acceptability_blockchain",
        "acceptability_power_reuse",
        "tornado_blockchain",
        "tornado_power_reuse",
        "diversity",
        "gap",
    )
)


def figures(pen: Pen) -> str:
    """Charts of the region, of how firm the orders are, and of what each shortlisted use lacks."""
    return when(
        _ANY,
        pen.heading(1, Text("Charts", "图表")),
        charts.figure(pen, "power_mix", 84),
        charts.figure(pen, "rules", 136),
        charts.figure(pen, "acceptability_blockchain", 104, 128, 9),
        charts.figure(pen, "acceptability_power_reuse", 104),
        charts.figure(pen, "tornado_blockchain", 104),
        charts.figure(pen, "tornado_power_reuse", 104),
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
