"""Questions for counsel, and the Chinese chapter on safeguards."""

from blocks import Pen, each
from tables import Column, Table, Text

_ASKED = Table(
    Text("What counsel is asked to confirm", "须请法律顾问确认的事项"),
    Text("What is to be confirmed, with the documents and projects concerned", "待确认事项、所涉文件和项目"),
    "row in counsel.asked",
    (
        Column(Text("To confirm", "待确认事项"), "{{ row.ask }}", 46),
        Column(Text("Of which", "所涉文件、活动"), "{{ row.instruments }}", 90),
        Column(Text("For", "涉及项目"), "{{ row.uses }}", 40),
    ),
    small=True,
)  # fmt: skip


def questions(pen: Pen) -> str:
    """The English chapter with the questions for counsel."""
    return (
        pen.heading(1, "Questions for counsel")
        + pen.optional("BodyText", "counsel.finding", "**{{ counsel.finding }}**")
        + pen.table(_ASKED)
    )


def chapter(pen: Pen) -> str:
    """The Chinese chapter on safeguards: prose with offices, then what counsel is asked."""
    line = pen.p("BodyText", "**{{ one.name }}。**{{ one.text }}")
    return pen.heading(1, "保障措施") + each("one in safeguards", line) + pen.table(_ASKED)
