"""The region's economy beside the programme: structure, change, jobs, energy and carbon.

Also here: how concentrated, diverse and special a regional economy is: plain functions of arrays.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from generator.analysis.anchors import anchor_rows
from generator.analysis.energy import describe_energy, span_of
from generator.analysis.values import location_quotient
from generator.model import (
    Diversity,
    Economy,
    Industry,
    IndustryRow,
    Knowledge,
    Programme,
    Range,
    Region,
    Screening,
    ShiftShare,
    ShiftShareTotal,
    TopIndustry,
    Use,
    UseEconomics,
    ValueAdded,
)

_TOP = 5
_STEPS = 2.0**20
FloatArray = NDArray[np.float64]


def describe_economy(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    programme: Programme,
) -> Economy:
    """The economy as it is and with the programme; what is blank stays unknown.

    Args:
        region: Employment, estimates, sites and the grid factor.
        knowledge: Catalogue ranges and published grid factors.
        screening: Where and on which day.
        programme: The projects of both waves and their jobs.
    """
    counted, left_out = _counted(region.industry)
    uses = [knowledge.use(use_id) for use_id in programme.uses]
    jobs = _jobs(programme)
    added, not_placed = _placed(region, knowledge, uses, jobs, counted)
    changes, total = _shift_share(region.industry)
    estimates = {row.use: row for row in region.estimates}
    return Economy(
        industries=_industries(region.industry, counted, changes),
        left_out=left_out,
        before=_diversity(counted, {}),
        after=_diversity(counted, added) if added else None,
        not_placed=not_placed,
        shift_share=total,
        top=_top(region.industry, _span(programme)),
        uses=tuple(
            UseEconomics(
                use.use_id,
                span_of(use.jobs_fte_low, use.jobs_fte_high),
                span_of(use.capex_cny_m_low, use.capex_cny_m_high),
                span_of(use.payback_years_low, use.payback_years_high),
                estimates.get(use.use_id),
            )
            for use in uses
        ),
        value_added=_value_added(region, programme.uses),
        energy=describe_energy(region, knowledge, screening, programme.projects),
    )


def _jobs(programme: Programme) -> dict[str, float | None]:
    """Jobs by use over both waves; None while unknown."""
    found: dict[str, float | None] = {}
    for one in programme.projects:
        before = found.get(one.use_id, 0.0)
        own = one.jobs.value
        found[one.use_id] = None if own is None or before is None else before + own
    return found


def _span(programme: Programme) -> Range:
    """Low and high ends of the jobs of all projects together."""
    facts = [one.jobs for one in programme.projects if one.jobs.value is not None]
    return (
        math.fsum(one.value or 0.0 if one.low is None else one.low for one in facts),
        math.fsum(one.value or 0.0 if one.high is None else one.high for one in facts),
    )


def _counted(rows: Sequence[IndustryRow]) -> tuple[dict[str, tuple[float, float]], tuple[str, ...]]:
    """Employment here and in the reference area by code, and the codes without both."""
    counted = {
        row.code: (row.employment.value, row.employment_reference.value)
        for row in rows
        if row.employment.value is not None and row.employment_reference.value is not None
    }
    return counted, tuple(row.code for row in rows if row.code not in counted)


def _industries(
    rows: Sequence[IndustryRow],
    counted: Mapping[str, tuple[float, float]],
    changes: Mapping[str, ShiftShare],
) -> tuple[Industry, ...]:
    local, there = (math.fsum(pair[side] for pair in counted.values()) for side in (0, 1))

    def quotient(code: str) -> float | None:
        if code not in counted:
            return None
        found = float(location_quotient(counted[code][0], local, counted[code][1], there))
        return None if math.isnan(found) else found

    return tuple(
        Industry(row.code, row.name, row.employment, quotient(row.code), changes.get(row.code))
        for row in rows
    )


def _diversity(
    counted: Mapping[str, tuple[float, float]], added: Mapping[str, float]
) -> Diversity | None:
    """The four indices over one set of rows; None without employment on both sides."""
    local = [pair[0] + added.get(code, 0.0) for code, pair in counted.items()]
    there = [pair[1] for pair in counted.values()]
    if not math.fsum(local) > 0 or not math.fsum(there) > 0:
        return None
    return Diversity(
        herfindahl=herfindahl(local),
        entropy=shannon_entropy(local, math.e),
        entropy_base=math.e,
        hachman=hachman(local, there),
        krugman=specialisation_krugman(local, there),
    )


def _placed(
    region: Region,
    knowledge: Knowledge,
    uses: Iterable[Use],
    jobs: Mapping[str, float | None],
    counted: Mapping[str, tuple[float, float]],
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Each use's jobs over its anchor industries as they employ now, and the uses left out."""
    added: dict[str, float] = {}
    left_out = []
    for use in uses:
        anchors = [row.code for row in anchor_rows(region, use, knowledge) if row.code in counted]
        present = math.fsum(counted[code][0] for code in anchors)
        number = jobs[use.use_id]
        if number is None or present <= 0:
            left_out.append(use.use_id)
            continue
        for code in anchors:
            added[code] = added.get(code, 0.0) + number * counted[code][0] / present
    return added, tuple(left_out)


def _top(rows: Iterable[IndustryRow], jobs: Range) -> tuple[TopIndustry, ...]:
    known = [(row.employment.value, row) for row in rows if row.employment.value is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1].code))
    return tuple(
        TopIndustry(
            row.code,
            row.name,
            row.employment,
            (jobs[0] / number, jobs[1] / number) if number > 0 else None,
        )
        for number, row in known[:_TOP]
    )


def _years(row: IndustryRow) -> tuple[int, int] | None:
    """The two years of a row that has all four numbers, the earlier first."""
    numbers = (
        row.employment_before, row.employment, row.employment_reference_before,
        row.employment_reference,
    )  # fmt: skip
    if any(fact.value is None for fact in numbers):
        return None
    if row.year_before.value is None or row.year.value is None:
        return None
    return int(row.year_before.value), int(row.year.value)


def _shift_share(
    rows: Sequence[IndustryRow],
) -> tuple[dict[str, ShiftShare], ShiftShareTotal | None]:
    """The change of each row between the two years that most rows have, and of all of them."""
    pairs = Counter(years for row in rows if (years := _years(row)) is not None)
    if not pairs:
        return {}, None
    years = max(pairs, key=lambda pair: (pairs[pair], pair))
    used = [row for row in rows if _years(row) == years]
    numbers = np.array(
        [
            [
                row.employment_before.value, row.employment.value,
                row.employment_reference_before.value, row.employment_reference.value,
            ]
            for row in used
        ],
        dtype=float,
    )  # fmt: skip
    if not numbers[:, 2].sum() > 0:
        return {}, None
    national, mix, _ = shift_share(*numbers.T)
    parts = np.stack([numbers[:, 1] - numbers[:, 0], national, mix], axis=-1)
    # Whole steps of 2**-20 persons: sums of such numbers are exact, so the parts add up to the
    # change to the last digit, row by row and in total.
    steps = (np.round(parts * _STEPS) / _STEPS).tolist()
    changes = {row.code: _change(*three) for row, three in zip(used, steps, strict=True)}
    total = _change(*(math.fsum(column) for column in zip(*steps, strict=True)))
    left_out = tuple(row.code for row in rows if row.code not in changes)
    return changes, ShiftShareTotal(total, *years, left_out)


def _change(change: float, national: float, mix: float) -> ShiftShare:
    return ShiftShare(change, national, mix, math.fsum((change, -national, -mix)))


def _value_added(region: Region, selected: Sequence[str]) -> ValueAdded | None:
    known = {
        row.use: row.annual_value_added
        for row in region.estimates
        if row.use in selected and row.annual_value_added.value is not None
    }
    if not known:
        return None
    uses = tuple(use_id for use_id in selected if use_id in known)
    return ValueAdded(
        amount=math.fsum(known[use_id].value or 0.0 for use_id in uses),
        currency=region.currency,
        uses=uses,
        missing=tuple(use_id for use_id in selected if use_id not in known),
        facts=tuple(known[use_id] for use_id in uses),
    )


def _amounts(values: ArrayLike) -> FloatArray:
    found = np.asarray(values, dtype=float)
    if not np.all(found >= 0) or not found.sum() > 0:
        raise ValueError("amounts must be at least 0 and sum to more than 0")
    return found


def _shares(values: ArrayLike) -> FloatArray:
    found = _amounts(values)
    return np.asarray(found / found.sum())


def herfindahl(values: ArrayLike) -> float:
    """Herfindahl-Hirschman index: the sum of squared shares, from 1/n (even) to 1 (one holds all).

    Args:
        values: Amounts of at least 0, such as employment by industry; shape (industries,).

    Returns:
        Index in (0, 1]; times 10,000 in the points that authorities use.

    Raises:
        ValueError: For a negative amount or a total of 0; so in all functions of this module.

    Source:
        Hirschman (1964), American Economic Review 54(5), 761-762.
    """
    return float(np.sum(np.square(_shares(values))))


def shannon_entropy(values: ArrayLike, base: float) -> float:
    """Shannon entropy of the shares, from 0 (one holds all) to log n (even); a share of 0 adds 0.

    Args:
        values: Amounts of at least 0; shape (industries,).
        base: Base of the logarithm, above 1: 2 gives bits, e gives nats.

    Source:
        Shannon (1948), Bell System Technical Journal 27(3), 379-423.
    """
    share = _shares(values)
    held = share[share > 0]
    # max removes the minus sign of -0.0.
    return max(0.0, -float(np.sum(held * np.log(held))) / math.log(base))


def hachman(local: ArrayLike, reference: ArrayLike) -> float:
    """Hachman index: how close the local mix of industries is to that of the reference area.

    Args:
        local: Local amounts by industry; shape (industries,).
        reference: Amounts of the same industries in the reference area; same shape.

    Returns:
        1 / sum(LQ_i · s_i) in [0, 1]: 1 for the same mix, 0 where an industry is local only.

    Source:
        F. Hachman, Bureau of Economic and Business Research, University of Utah.
    """
    here, there = _shares(local), _shares(reference)
    if np.any(here[there == 0] > 0):
        return 0.0
    both = there > 0
    return 1.0 / float(np.sum(np.square(here[both]) / there[both]))


def specialisation_krugman(local: ArrayLike, reference: ArrayLike) -> float:
    """Sum of absolute differences of shares: 0 for the same mix, 2 for no industry in common.

    Args:
        local: Local amounts by industry; shape (industries,).
        reference: Amounts of the same industries in the reference area; same shape.

    Source:
        Krugman (1991), Geography and Trade.
    """
    return float(np.sum(np.abs(_shares(local) - _shares(reference))))


def shift_share(
    local_before: ArrayLike,
    local_after: ArrayLike,
    reference_before: ArrayLike,
    reference_after: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Classic shift-share: what growth, mix and the place itself brought each local industry.

    With G the growth of all industries of the reference area, g that of the industry there and e
    its local amount before: e·G, e·(g - G) and the rest. An industry that the reference area did
    not have before has no g; the whole of its local change is its regional shift.

    Args:
        local_before: Local amounts by industry; shape (industries,).
        local_after: The same, later.
        reference_before: Amounts in the reference area, positive in total.
        reference_after: The same, later.

    Returns:
        National share, industry mix and regional shift in the unit of the amounts, each of shape
        (industries,); the three sum to the local change of each industry.

    Source:
        Dunn (1960), Papers of the Regional Science Association 6(1), 97-112.
    """
    before, after = (np.asarray(part, dtype=float) for part in (local_before, local_after))
    there, later = _amounts(reference_before), np.asarray(reference_after, dtype=float)
    overall = later.sum() / there.sum() - 1.0
    known = there > 0
    own = np.where(known, later / np.where(known, there, 1.0) - 1.0, 0.0)
    national = np.where(known, before * overall, 0.0)
    mix = np.where(known, before * (own - overall), 0.0)
    return national, mix, after - before - national - mix
