"""Blocks that both briefs carry: opening, leading uses, signatures, gaps, closing."""

from blocks import Pen, when
from tables import Column, Table, Text


def opening(pen: Pen) -> str:
    """Title, date of law and data, draft banner."""
    return (
        pen.p("Title", "{{ doc.title }}")
        + pen.p("Subtitle", "{{ doc.as_of_line }}")
        + pen.optional("Banner", "doc.draft", "**{{ doc.draft }}**")
    )


def answer(pen: Pen, anchor: str = "") -> str:
    """The answer in one sentence and the points under it.

    Args:
        pen: Writes in the document's language.
        anchor: Bookmark that linked numbers lead to where the document has no table of them.
    """
    said = pen.paragraph("Answer", pen.pieces("summary.answer_parts", anchor=anchor))
    return said + pen.bullets("summary.points")


def stale(pen: Pen) -> str:
    """How many rules must be read before use, and the three to begin with."""
    return pen.optional("Banner", "law.stale_notice")


def leading(pen: Pen, anchor: str = "") -> str:
    """The tables of leading uses and options, or why there are none; `anchor` as above."""
    return "".join(
        pen.table(_top(kind, caption, word, anchor)) + pen.optional("BodyText", f"top.none_{kind}")
        for kind, caption, word in (
            (
                "blockchain",
                Text(
                    "First blockchain uses on the shortlist, by benefit",
                    "入围区块链应用前列（按效益）",
                ),
                Text("Use", "应用"),
            ),
            (
                "power_reuse",
                Text(
                    "First power-reuse options on the shortlist, by benefit",
                    "入围电力再利用方向前列（按效益）",
                ),
                Text("Option", "方向"),
            ),
        )
    ) + when("top.blockchain or top.power_reuse", pen.p("Note", "{{ top.note }}"))


def _top(kind: str, caption: Text, word: Text, anchor: str) -> Table:
    def number(head: Text, name: str, mm: int, *, right: bool) -> Column:
        cell, trace = f"{{{{ use.{name} }}}}", f"use.trace.{name}"
        return Column(head, cell, mm, number=right, trace=trace, anchor=anchor)

    return Table(
        caption,
        Text(
            "Benefit and readiness out of 100, legal status, jobs, capital and first gap of each",
            "各方向的效益、就绪度（满分100）、法律状态、就业、投资和首要短板",
        ),
        f"use in top.{kind}",
        (
            Column(word, ("{{ use.name }}", "{{ use.scale }}"), 44),
            number(Text("Benefit (of 100)", "效益（分）"), "benefit", 16, right=True),
            number(Text("Readiness (of 100)", "就绪度（分）"), "readiness", 17, right=True),
            Column(Text("Law", "法律状态"), "{{ use.law }}", 21, band="use.law_band"),
            number(Text("Jobs (FTE)", "就业（人）"), "jobs", 18, right=False),
            number(Text("Capital", "投资"), "capex", 29, right=False),
            Column(Text("Largest gap", "首要短板"), "{{ use.first_gap }}", 41),
        ),
        keep=True,
    )


def waiting(pen: Pen) -> str:
    """Uses that lack only signatures."""
    return pen.table(
        Table(
            Text("Waiting for signatures", "待签约方向"),
            Text(
                "Uses that miss their hard minima only by signatures; legal conditions still apply",
                "仅因签约单位不足未达硬性门槛的应用及所缺签约；法定条件仍须落实",
            ),
            "use in prepare",
            (
                Column(Text("Use", "应用"), "{{ use.name }}", 70),
                Column(
                    Text("Readiness (of 100)", "就绪度（分）"),
                    "{{ use.readiness }}",
                    25,
                    number=True,
                ),
                Column(Text("Signatures needed", "尚需签约"), "{{ use.missing }}", 75),
            ),
        )
    )


def gaps(pen: Pen, anchor: str = "") -> str:
    """The biggest gaps; `anchor` as above."""
    return pen.table(
        Table(
            Text("Biggest gaps", "主要短板"),
            Text(
                "Criterion, amount missing, uses held back and score gained by closing the gap",
                "指标、缺口、受影响的方向和补齐后可增加的得分",
            ),
            "gap in gaps",
            (
                Column(Text("Criterion", "指标"), "{{ gap.criterion }}", 32),
                Column(
                    Text("Largest shortfall", "最大差距"),
                    "",
                    62,
                    pieces="gap.missing_parts",
                    anchor=anchor,
                ),
                Column(Text("Office", "主管单位"), "{{ gap.office }}", 24),
                Column(Text("Uses concerned", "涉及应用"), "{{ gap.uses }}", 28),
                Column(
                    Text("Gain for each on average (points)", "平均每项可增（分）"),
                    "{{ gap.points }}",
                    24,
                    number=True,
                ),
            ),
            key="gaps",
        )
    )
