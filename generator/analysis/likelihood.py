"""Where likelihoods change their word: the bands follow the printed whole percent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Knowledge

_BANDS = ("very_likely", "likely", "ahead")


def reaches(share: float, percent: float) -> bool:
    """Whether a share in [0, 1] is, as it is printed, at least so many percent."""
    return math.floor(share * 100 + 0.5) >= percent


def has_one_band(shares: Iterable[float], knowledge: Knowledge) -> bool:
    """Whether some likelihoods have one word.

    A likelihood word stands only where unrelated costs and one cause for all lead to the same.

    Args:
        shares: In [0, 1].
        knowledge: Where the bands begin.
    """
    limits = [knowledge.assumed(f"band_{name}_pct") for name in _BANDS]
    return len({sum(reaches(share, limit) for limit in limits) for share in shares}) <= 1
