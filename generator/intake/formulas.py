"""Sums and products that somebody typed into a cell, worked out."""

from __future__ import annotations

import math
import re

from generator.intake import units
from generator.intake.numbers import parse


def total_of(text: str, unit: str) -> float:
    """What a sum of products comes to in a unit; not a number where a term cannot be read."""
    terms = [_term(term, unit) for term in text.lstrip("=").split("+")]
    scales = {scale for _, scale in terms}
    if None in scales and not scales <= {None, 1.0}:
        return math.nan  # 120 + 80 kW: whether the unit counts for both is not said
    total = math.fsum(number * (1.0 if scale is None else scale) for number, scale in terms)
    return float(f"{total:.12g}" if scales <= {None, 1.0} else f"{total:.6g}")


def _term(text: str, unit: str) -> tuple[float, float | None]:
    """A product, and what its unit is multiplied by; None where it names none."""
    number, scales = 1.0, list[float]()
    for part in re.split("[×xX*✕]", text):
        written = parse(part.strip())
        if written is None:
            return math.nan, None
        number *= written.number
        if written.unit:
            scales.append(units.factor(unit, written.unit) or math.nan)
    if len(scales) > 1:
        return math.nan, None
    return number, scales[0] if scales else None
