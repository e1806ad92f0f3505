"""For the annex: what the orders of the two lists rest on."""

from blocks import Pen, when
from tables import Text


def views(pen: Pen) -> str:
    """The confidence, how firm each order is, what drives the value alone and what turns it."""
    return when(
        "orders.confidence or orders.standing",
        pen.heading(1, Text("What the order rests on", "排序说明")),
        pen.optional("BodyText", "orders.confidence"),
        pen.bullets("orders.standing"),
        pen.bullets("orders.switching"),
        pen.bullets("orders.drivers"),
    )
