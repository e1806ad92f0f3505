"""Ranks and pairwise wins over draws in which some alternatives may have no place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.values import FloatArray

_TIE_DECIMALS = 9
"""Scores that agree to so many decimals are tied."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Shares of draws; rows of `acceptability` and the share without a place sum to 1."""

    acceptability: FloatArray
    """Shape (alternatives, ranks), column 0 is rank 1."""
    wins: FloatArray
    """Shape (alternatives, alternatives): the row comes before the column; ties count half."""


def standings(scores: FloatArray, placed: NDArray[np.bool_]) -> Standing:
    """Ranks and pairwise wins in one pass over the pairs.

    Args:
        scores: Higher is better, -inf without a place; shape (alternatives, draws).
        placed: Where an alternative takes part; same shape.

    Returns:
        Shares among all draws. Tied alternatives share the ranks they occupy equally.

    Source:
        Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454.
    """
    count, draws = scores.shape
    level = np.rint(scores * 10.0**_TIE_DECIMALS)
    # Bytes are added eight times faster than words.
    small = np.int8 if count < 128 else np.int16
    better, tied = np.zeros(level.shape, small), np.zeros(level.shape, small)
    wins = np.zeros((count, count))
    for row in range(count - 1):
        rest = level[row + 1 :]
        above, below = level[row] > rest, level[row] < rest
        better[row + 1 :] += above
        better[row] += np.add.reduce(below, axis=0, dtype=small)
        wins[row, row + 1 :] = np.count_nonzero(above, axis=1)
        wins[row + 1 :, row] = np.count_nonzero(below, axis=1)
        if wins[row, row + 1 :].sum() + wins[row + 1 :, row].sum() == draws * len(rest):
            continue
        level_with = ~(above | below) & placed[row] & placed[row + 1 :]
        tied[row + 1 :] += level_with
        tied[row] += np.add.reduce(level_with, axis=0, dtype=small)
        halves = np.count_nonzero(level_with, axis=1) / 2.0
        wins[row, row + 1 :] += halves
        wins[row + 1 :, row] += halves
    return Standing(_acceptability(better, tied, placed) / draws, wins / draws)


def _acceptability(
    better: NDArray[np.signedinteger], tied: NDArray[np.signedinteger], placed: NDArray[np.bool_]
) -> FloatArray:
    """Draws at each rank, shared out among those tied for it."""
    count = len(better)
    everywhere = bool(placed.all())
    if not tied.any():
        rows = better if everywhere else [row[own] for row, own in zip(better, placed, strict=True)]
        return np.array([np.bincount(row, minlength=count) for row in rows], dtype=float)
    code = better.astype(np.intp) * count + tied
    rows = code if everywhere else [row[own] for row, own in zip(code, placed, strict=True)]
    cases = np.array([np.bincount(row, minlength=count * count) for row in rows])
    first, others, rank = np.ogrid[:count, :count, :count]
    spread = ((rank >= first) & (rank <= first + others)) / (others + 1.0)
    return np.asarray(cases @ spread.reshape(count * count, count))
