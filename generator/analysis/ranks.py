"""Ranks and pairwise wins over draws in which some alternatives may have no place.

Also here: where likelihoods change their word: the bands follow the printed whole percent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.values import FloatArray
    from generator.model import Knowledge


_TIE_DECIMALS = 9
"""Scores that agree to so many decimals are tied."""


_OUT = -1e15
"""Below every level of a placed alternative; each that is out gets a level of its own."""
_BANDS = ("very_likely", "likely", "ahead")


class Ranks(Struct, frozen=True):
    """Shares of draws; rows of `acceptability` and the share without a place sum to 1."""

    acceptability: FloatArray
    """Shape (alternatives, ranks), column 0 is rank 1."""
    wins: FloatArray
    """Shape (alternatives, alternatives): the row comes before the column; ties count half."""


def levels(scores: FloatArray) -> FloatArray:
    """Scores rounded to where ties begin, in units of the last decimal that counts."""
    level = scores * 10.0**_TIE_DECIMALS
    return np.rint(level, out=level)


def ranks_and_wins(scores: FloatArray, placed: NDArray[np.bool_]) -> Ranks:
    """Ranks and pairwise wins in one pass over the pairs.

    Args:
        scores: Higher is better, any value without a place; shape (alternatives, draws).
        placed: Where an alternative takes part; same shape.

    Returns:
        Shares among all draws. Tied alternatives share the ranks they occupy equally; of two
        without a place neither comes before the other.

    Source:
        Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454.
    """
    count, draws = scores.shape
    level = levels(scores)
    np.copyto(level, _OUT * (1.0 + np.arange(count))[:, np.newaxis], where=~placed)
    # Bytes are added eight times faster than words.
    small = np.int8 if count < 128 else np.int16
    better = np.zeros(level.shape, small)
    wins = np.zeros((count, count))
    everywhere = bool(placed.all())
    work = np.empty((2, *level.shape), dtype=bool)
    for row in range(count - 1):
        rest = level[row + 1 :]
        above = np.greater(level[row], rest, out=work[0, row + 1 :])
        below = np.less(level[row], rest, out=work[1, row + 1 :])
        better[row + 1 :] += above.view(np.int8)
        better[row] += np.add.reduce(below.view(np.int8), axis=0, dtype=small)
        if not everywhere:
            above &= placed[row]
            below &= placed[row + 1 :]
        # One row at a time, counting is many times faster than along an axis.
        wins[row, row + 1 :] = [np.count_nonzero(one) for one in above]
        wins[row + 1 :, row] = [np.count_nonzero(one) for one in below]
    tied = _ties(level, wins, placed, small) if _has_ties(better, draws) else None
    return Ranks(_acceptability(better, tied, placed) / draws, wins / draws)


def _has_ties(better: NDArray[np.signedinteger], draws: int) -> bool:
    """Whether some pair has no better one in some draw."""
    count = len(better)
    return bool(better.sum(dtype=np.int64) * 2 != draws * count * (count - 1))


def _ties(
    level: FloatArray, wins: FloatArray, placed: NDArray[np.bool_], small: type[np.signedinteger]
) -> NDArray[np.signedinteger]:
    """How many others each is tied with; half a win is added for each tie."""
    tied = np.zeros(level.shape, small)
    for row in range(len(level) - 1):
        same = (level[row] == level[row + 1 :]) & placed[row]
        tied[row + 1 :] += same.view(np.int8)
        tied[row] += np.add.reduce(same.view(np.int8), axis=0, dtype=small)
        halves = np.array([np.count_nonzero(one) for one in same]) / 2.0
        wins[row, row + 1 :] += halves
        wins[row + 1 :, row] += halves
    return tied


def _acceptability(
    better: NDArray[np.signedinteger],
    tied: NDArray[np.signedinteger] | None,
    placed: NDArray[np.bool_],
) -> FloatArray:
    """Draws at each rank, shared out among those tied for it."""
    count = len(better)
    code = better if tied is None else better.astype(np.intp) * count + tied
    everywhere = bool(placed.all())
    rows = code if everywhere else [row[own] for row, own in zip(code, placed, strict=True)]
    if tied is None:
        return np.array([np.bincount(row, minlength=count) for row in rows], dtype=float)
    cases = np.array([np.bincount(row, minlength=count * count) for row in rows])
    rank, first, others = np.ogrid[:count, :count, :count]
    spread = ((rank >= first) & (rank <= first + others)) / (others + 1.0)
    # Added without a matrix product, whose last bits depend on the machine.
    return np.stack([(cases * share.ravel()).sum(axis=1) for share in spread], axis=1)


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
