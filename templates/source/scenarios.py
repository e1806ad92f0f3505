"""The chapter on scenarios and planned steps."""

from blocks import Column, Pen, Table, Text, when


def chapter(pen: Pen) -> str:
    """What would change the result, by itself or by what the region plans."""
    return when(
        "scenarios.rows or steps.intro",
        pen.heading(1, Text("Scenarios and planned steps", "情景与拟议举措")),
        pen.optional("BodyText", "scenarios.intro"),
        pen.bullets("scenarios.points"),
        pen.table(_scenarios()),
        when("steps.rows", pen.heading(2, Text("Planned steps", "拟议举措测算"))),
        pen.optional("BodyText", "steps.intro"),
        pen.table(_steps()),
        pen.bullets("steps.points"),
    )


def _scenarios() -> Table:
    return Table(
        Text("Scenarios", "情景测算"),
        Text("Each scenario with its assumption and its effect", "各情景的假设和影响"),
        "row in scenarios.rows",
        (
            Column(Text("Scenario", "情景"), ("{{ row.name }}",), 36, band="row.band"),
            Column(Text("Assumption", "假设"), "{{ row.note }}", 44),
            Column(Text("What changes", "影响"), "{{ row.effect }}", 90),
        ),
        small=True,
    )


def _steps() -> Table:
    return Table(
        Text("Planned steps", "拟议举措"),
        Text(
            "Each planned step with its cost, duration, effect and points of readiness gained",
            "各项拟议举措的费用、工期、影响和就绪度增分",
        ),
        "row in steps.rows",
        (
            Column(Text("Step", "举措"), ("{{ row.title }}", "{{ row.owner }}"), 42),
            Column(Text("Cost", "费用"), "{{ row.cost }}", 24, number=True),
            Column(Text("Months", "工期（月）"), "{{ row.months }}", 15, number=True),
            Column(
                Text("Readiness gained, all uses (points)", "各应用就绪度增分合计"),
                "{{ row.points }}",
                19,
                number=True,
            ),
            Column(
                Text("Points per million", "每百万元就绪度增分"),
                "{{ row.per_million }}",
                18,
                number=True,
            ),
            Column(Text("What changes", "影响"), "{{ row.effect }}", 62),
        ),
        small=True,
    )
