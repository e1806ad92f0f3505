"""Blocks that several documents carry: opening, signatures, gaps."""

from blocks import Pen
from tables import Column, Table, Text


def opening(pen: Pen) -> str:
    """Title, date of law and data, draft banner."""
    return (
        pen.p("Title", "{{ doc.title }}")
        + pen.p("Subtitle", "{{ doc.as_of_line }}")
        + pen.optional("Banner", "doc.draft", "**{{ doc.draft }}**")
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
            "prepare",
            (
                Column(Text("Use", "应用"), "{{ name }}", 70),
                Column(
                    Text("Readiness (of 100)", "就绪度（分）"),
                    "{{ readiness }}",
                    25,
                    number=True,
                ),
                Column(Text("Signatures needed", "尚需签约"), "{{ missing }}", 75),
            ),
        )
    )


def gaps(pen: Pen) -> str:
    """The biggest gaps of the programme."""
    return pen.table(
        Table(
            Text("Biggest gaps of the programme", "组合方案的主要短板"),
            Text(
                "Criterion, amount missing and the projects concerned",
                "指标、缺口和涉及的项目",
            ),
            "gaps",
            (
                Column(Text("Criterion", "指标"), "{{ criterion }}", 32),
                Column(Text("Largest shortfall", "最大差距"), "{{ missing }}", 62),
                Column(Text("Office", "主管单位"), "{{ office }}", 26),
                Column(Text("Projects concerned", "涉及项目"), "{{ uses }}", 44),
            ),
            small=True,
        )
    )
