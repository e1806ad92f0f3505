"""Closed forms and plain counts of draws, weights and ranks: what the program is held to by test."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]

_TIE_DECIMALS = 9
"""Scores that agree to so many decimals are tied."""


def _triple(
    low: ArrayLike, mode: ArrayLike, high: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    least, likely, most = (np.asarray(part, dtype=float) for part in (low, mode, high))
    if not np.all((least <= likely) & (likely <= most)):
        raise ValueError("a triple needs low <= mode <= high")
    return least, likely, most


def triangular_moments(
    low: ArrayLike, mode: ArrayLike, high: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of a triangular distribution, broadcast shape of the triple."""
    least, likely, most = _triple(low, mode, high)
    # Differences instead of squares of large values: no cancellation.
    left, right = likely - least, most - likely
    return (least + likely + most) / 3.0, (left * left + left * right + right * right) / 18.0


def triangular_sf(x: ArrayLike, low: ArrayLike, mode: ArrayLike, high: ArrayLike) -> FloatArray:
    """Chance that a triangular value reaches `x`: P(X >= x), in [0, 1], broadcast shape."""
    least, likely, most = _triple(low, mode, high)
    at, span = np.asarray(x, dtype=float), most - least
    rise, fall = span * (likely - least), span * (most - likely)
    below = np.square(np.clip(at, least, likely) - least) / np.where(rise > 0, rise, 1.0)
    above = np.square(most - np.clip(at, likely, most)) / np.where(fall > 0, fall, 1.0)
    inside = np.where(at < likely, 1.0 - below, above)
    return np.where(at <= least, 1.0, np.where(at < most, inside, 0.0))


def pert_parameters(
    low: ArrayLike, mode: ArrayLike, high: ArrayLike, lam: float = 4.0
) -> tuple[FloatArray, FloatArray]:
    """Shape parameters of the beta distribution over [low, high] that PERT stands for.

    Returns:
        alpha and beta, at least 1, broadcast shape; `lam` is the weight of the mode in the mean.

    Raises:
        ValueError: If low equals high.

    Source:
        Malcolm et al. (1959), Operations Research 7(5), 646-669.
    """
    least, likely, most = _triple(low, mode, high)
    if np.any(least == most):
        raise ValueError("a single point has no PERT distribution")
    span = most - least
    return 1.0 + lam * (likely - least) / span, 1.0 + lam * (most - likely) / span


def pert_sf(
    x: ArrayLike, low: ArrayLike, mode: ArrayLike, high: ArrayLike, lam: float = 4.0
) -> FloatArray:
    """Chance that a PERT value reaches `x`: P(X >= x), in [0, 1], broadcast shape.

    Raises:
        ValueError: If low equals high.
    """
    from scipy.stats import beta  # noqa: PLC0415 - slow to import, and only this function needs it

    first, second = pert_parameters(low, mode, high, lam)
    least, most = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    return np.asarray(beta.sf((np.asarray(x, dtype=float) - least) / (most - least), first, second))


def uniform_weights(rng: np.random.Generator, draws: int, n: int) -> FloatArray:
    """Weights drawn uniformly from all that are at least 0 and sum to 1; shape (draws, n).

    Source:
        Rubinstein (1982), European Journal of Operational Research 10(2), 205-209.
    """
    parts = rng.standard_exponential((draws, n))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def ordinal_weights(rng: np.random.Generator, draws: int, n: int) -> FloatArray:
    """Weights drawn uniformly from those with w1 >= w2 >= ... that sum to 1; shape (draws, n).

    Source:
        Tervonen & Lahdelma (2007), European Journal of Operational Research 178(2), 500-513.
    """
    # Each order holds an equal part of the simplex, so sorting a uniform draw keeps it uniform.
    return np.ascontiguousarray(np.sort(uniform_weights(rng, draws, n), axis=1)[:, ::-1])


def gamma_factors(rng: np.random.Generator, draws: int, n: int, cv: float) -> FloatArray:
    """Independent gamma factors, mean 1, coefficient of variation `cv`; shape (draws, n).

    Raises:
        ValueError: If `cv` is negative.
    """
    if cv < 0:
        raise ValueError("a coefficient of variation is at least 0")
    if cv == 0:
        return np.ones((draws, n))
    return rng.gamma(1.0 / cv**2, cv**2, (draws, n))


def rank_order_centroid(n: int) -> FloatArray:
    """Mean of all weights in a stated order, w_i = (1/n) · sum of 1/k for k = i..n; shape (n,).

    Source:
        Barron & Barrett (1996), Management Science 42(11), 1515-1523.
    """
    return np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n


def entropy_weights(matrix: ArrayLike) -> FloatArray:
    """Weights in proportion to how unevenly a criterion spreads over the alternatives.

    Args:
        matrix: Values at least 0, each column with a positive sum; shape (alternatives, criteria).

    Returns:
        Weights that sum to 1, equal where no criterion tells alternatives apart; shape (criteria,).

    Raises:
        ValueError: For a negative value or a column that sums to 0.

    Source:
        Shannon entropy weighting as in Elsayed et al. (2017), IJETT 46(2), 60-66.
    """
    values = np.asarray(matrix, dtype=float)
    totals = values.sum(axis=0)
    if np.any(values < 0) or np.any(totals <= 0):
        raise ValueError("entropy weights need values of at least 0 and columns above 0")
    share = values / totals
    entropy = -np.sum(share * np.log(np.where(share > 0, share, 1.0)), axis=0)
    spread = np.maximum(0.0, 1.0 - entropy / np.log(max(2, len(values))))
    if len(values) < 2 or spread.sum() < 1e-12:
        return np.full(values.shape[1], 1.0 / values.shape[1])
    return np.asarray(spread / spread.sum())


def additive_scores(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Weighted sums of partial values.

    Args:
        values: Shape (alternatives, criteria) or (draws, alternatives, criteria).
        weights: Shape (criteria,) or (draws, criteria).

    Returns:
        Scores, shape (draws, alternatives); one draw if neither argument has draws.
    """
    parts, shares = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    # Not a matrix product: there the last bits of a score depend on the alternative's position.
    found = np.einsum("...ac,...c->...a", parts, shares)
    return np.asarray(np.atleast_2d(found))


def _levels(scores: ArrayLike) -> FloatArray:
    """Scores rounded to where ties begin, (alternatives, draws), draws contiguous in memory."""
    # Rounding, unlike a tolerance between pairs, keeps being tied transitive, and costs two passes.
    level: FloatArray = np.multiply(
        np.asarray(scores, dtype=float).T, 10.0**_TIE_DECIMALS, order="C"
    )
    np.rint(level, out=level)
    if level.size and np.isnan(level.min()):
        raise ValueError("a score is not a number")
    return level


def _count_better(level: FloatArray) -> NDArray[np.signedinteger]:
    """How many alternatives are strictly better, shape of `level`."""
    # Bytes are added eight times faster than words.
    small = np.int8 if len(level) < 128 else np.int16
    better = np.zeros(level.shape, small)
    for i in range(len(level) - 1):
        better[i + 1 :] += level[i] > level[i + 1 :]
        better[i] += np.add.reduce(level[i] < level[i + 1 :], axis=0, dtype=small)
    return better


def ranks(scores: ArrayLike) -> NDArray[np.int64]:
    """Number of strictly better alternatives plus one, so that tied alternatives share the best.

    Args:
        scores: Higher is better, -inf for an alternative that is out; shape (draws, alternatives).
            Rounded to 9 decimals, so that scores within 1e-9 of each other count as tied (a pair
            on either side of a rounding boundary excepted); so in all functions below.

    Returns:
        Ranks from 1; shape (draws, alternatives).

    Raises:
        ValueError: If a score is not a number.
    """
    return _count_better(_levels(scores)).T.astype(np.int64) + 1


def rank_acceptability(scores: ArrayLike) -> FloatArray:
    """Share of draws in which each alternative takes each rank.

    Args:
        scores: Higher is better, -inf for an alternative that is out, all of which tie at the
            bottom; shape (draws, alternatives).

    Returns:
        Shares in [0, 1]; shape (alternatives, ranks), column 0 is rank 1; rows sum to 1. Tied
        alternatives share the ranks they occupy equally.

    Source:
        Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454.
    """
    level = _levels(scores)
    count, draws = level.shape
    better = _count_better(level)
    # Without ties every pair has a better one, so the sum alone tells.
    if better.sum(dtype=np.int64) * 2 == draws * count * (count - 1):
        counts = [np.bincount(row, minlength=count) for row in better]
        return np.asarray(np.reshape(counts, (count, count)) / draws)
    tied = (count - 1) - better - _count_better(-level)
    code = better.astype(np.intp) * count + tied
    cases = np.array([np.bincount(row, minlength=count * count) for row in code])
    first, others, rank = np.ogrid[:count, :count, :count]
    spread = ((rank >= first) & (rank <= first + others)) / (others + 1.0)
    return np.asarray(cases @ spread.reshape(count * count, count) / draws)


def _first_shares(scores: ArrayLike) -> FloatArray:
    """Each draw's first rank, shared among the alternatives tied for it, (alternatives, draws)."""
    level = _levels(scores)
    first = level == level.max(axis=0, initial=-np.inf)
    return np.asarray(first / first.sum(axis=0))


def first_rank_share(scores: ArrayLike) -> FloatArray:
    """Share of draws in which each alternative is first, shape (alternatives,); sums to 1.

    Column 0 of the rank acceptability. Where all alternatives of a draw are out (-inf) they share
    its first rank; a caller to whom such a draw has no first leaves it out beforehand.
    """
    return np.asarray(_first_shares(scores).mean(axis=1))


def pairwise_win(scores: ArrayLike) -> FloatArray:
    """Share of draws in which the row's alternative beats the column's; a tie is half a win.

    Returns:
        Shares, 0 on the diagonal, opposite entries sum to 1; shape (alternatives, alternatives).

    Source:
        Leskinen et al. (2006), Forest Science 52(3), 304-312.
    """
    level = _levels(scores)
    count, draws = level.shape
    found = np.zeros((count, count))
    for i, j in combinations(range(count), 2):
        lead = np.count_nonzero(level[i] > level[j]) - np.count_nonzero(level[i] < level[j])
        found[i, j], found[j, i] = (draws + lead) / (2 * draws), (draws - lead) / (2 * draws)
    return found


def central_weights(weights: ArrayLike, scores: ArrayLike) -> FloatArray:
    """Mean weights of the draws in which an alternative is first: what a supporter would think.

    Args:
        weights: Shape (draws, criteria).
        scores: Higher is better; shape (draws, alternatives). A draw counts in part for those tied.

    Returns:
        Weights, NaN for an alternative that is never first; shape (alternatives, criteria).

    Source:
        Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454.
    """
    share = _first_shares(scores)
    total = share.sum(axis=1, keepdims=True)
    mean = share @ np.asarray(weights, dtype=float) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, mean, np.nan))
