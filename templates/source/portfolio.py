"""The chapter on the portfolio under limits."""

from blocks import Column, Pen, Table, Text


def chapter(pen: Pen) -> str:
    """What to launch together, what it takes and what binds."""
    return (
        pen.heading(1, Text("Portfolio under limits", "约束条件下的实施组合"))
        + pen.paragraph("BodyText", pen.pieces("portfolio.sentence_parts", strong=True))
        + pen.bullets("portfolio.points")
        + pen.table(_uses())
        + pen.optional("Note", "portfolio.rows_note")
        + pen.table(_limits())
        + pen.optional("Note", "portfolio.note")
    )


def _uses() -> Table:
    return Table(
        Text("Candidates and choice", "候选方向与取舍"),
        Text(
            "Each shortlisted use with its benefit, capital, jobs, connection point and choice",
            "各入围方向的效益、投资、就业、接入点和取舍结果",
        ),
        "row in portfolio.rows",
        (
            Column(Text("Use or option", "方向"), "{{ row.name }}", 52),
            Column(Text("Chosen", "入选"), "{{ row.selected }}", 16, band="row.band"),
            Column(Text("Benefit (of 100)", "效益（分）"), "{{ row.benefit }}", 20, number=True),
            Column(Text("Capital", "投资"), "{{ row.capex }}", 32),
            Column(Text("Jobs (FTE)", "就业（人）"), "{{ row.jobs }}", 18),
            Column(Text("Connection", "接入点"), "{{ row.point }}", 28),
            Column(Text("Chosen in", "入选比例"), "{{ row.frequency }}", 18, number=True),
        ),
    )


def _limits() -> Table:
    return Table(
        Text("Limits and their use", "约束条件及使用情况"),
        Text(
            "Each resource with its limit, where it comes from, what is used and whether it binds",
            "各项资源的上限、来源、使用量及是否构成瓶颈",
        ),
        "row in portfolio.limits",
        (
            Column(Text("Resource", "资源"), "{{ row.resource }}", 42),
            _amount(Text("Limit", "上限"), "limit"),
            Column(Text("Basis", "来源"), ("{{ row.basis }}", "{{ row.cell }}"), 34),
            _amount(Text("Used", "使用"), "used"),
            Column(Text("Left", "剩余"), "{{ row.left }}", 28, number=True),
            Column(Text("Binds", "构成瓶颈"), "{{ row.binds }}", 18, band="row.band"),
        ),
    )


def _amount(head: Text, name: str) -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", 30, number=True, trace=f"row.trace.{name}")
