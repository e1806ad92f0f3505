"""A stored number and what its cell shows of it: which of the two is meant, if that can be told."""

from __future__ import annotations

import re
from typing import NamedTuple

_BARE = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class Sight(NamedTuple):
    """How a number is read that its format adds something to.

    The stored number counts unless `text` is to be read in its place, or `code` names a problem: an
    error, or for IN-125 a remark beside the number.
    """

    code: str = ""
    text: str = ""
    shown: str = ""


def sight(shows: str, stored: float, *, is_scaled: bool, is_money: bool) -> Sight:
    """What the planner sees is what is meant; where no unit tells why the two differ, neither is.

    Args:
        shows: What the cell shows, unrounded; empty for nothing at all.
        stored: The number that the file holds.
        is_scaled: Whether it is shown divided by thousands, without a unit of its own.
        is_money: Whether the column counts money, where `M` and `bn` are units.
    """
    if not any(char.isdecimal() for char in shows):
        return Sight("IN-124" if stored else "IN-125", shown=shows or "␣")
    is_bare = _BARE.fullmatch(shows) is not None
    if is_bare and float(shows) == stored:
        return Sight()
    has_other_sign = shows.startswith("-") != (stored < 0)
    if is_bare or has_other_sign or (is_scaled and not is_money):
        return Sight("IN-124", shown=shows)
    return Sight(text=shows)
