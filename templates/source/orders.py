"""The two orders of each list, kept apart, and what each rests on."""

from blocks import Pen, when
from tables import Column, Table, Text

_ORDERS = Table(
    Text("Candidates in two orders: alone and by readiness", "候选应用的两种次序：单独效果与就绪程度"),
    Text(
        "Each candidate with its place in both orders, what it would bring alone and its wave",
        "各候选应用在两种次序中的位次、单独实施的效果和所在批次",
    ),
    'row in programme.orders | selectattr("is_shown") | list',
    (
        Column(Text("Use", "应用"), ("{{ row.name }}", "{%p if row.size %}", "{{ row.size }}", "{%p endif %}"), 58),
        Column(Text("List", "清单"), "{{ row.list }}", 28),
        Column(Text("Place, alone", "单独效果位次"), "{{ row.alone }}", 15, number=True),
        Column(Text("Place, readiness", "就绪度位次"), "{{ row.readiness }}", 17, number=True),
        Column(Text("Jobs (full-time)", "岗位（个）"), "{{ row.jobs }}", 16, number=True),
        Column(Text("Power used (MW)", "用电（兆瓦）"), "{{ row.power }}", 16, number=True),
        Column(Text("People reached", "覆盖人员（人）"), "{{ row.people }}", 18, number=True),
        Column(Text("Programme", "组合方案"), "{{ row.wave }}", 20, band="row.band"),
    ),
    small=True,
)  # fmt: skip


def chapter(pen: Pen) -> str:
    """Both orders; absent without a candidate."""
    return when(
        "programme.orders",
        pen.heading(2, Text("Two orders", "两种次序")),
        pen.p("BodyText", "{{ programme.orders_note }}"),
        pen.table(_ORDERS),
        pen.bullets("orders.standing"),
    )


def views(pen: Pen) -> str:
    """For the annex: the confidence, what drives the order of value alone and what turns it."""
    return when(
        "programme.orders",
        pen.heading(1, Text("What the order rests on", "排序说明")),
        pen.optional("BodyText", "orders.confidence"),
        pen.bullets("orders.switching"),
        pen.bullets("orders.drivers"),
    )
