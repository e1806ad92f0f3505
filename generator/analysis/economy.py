"""The region's economy beside the programme: structure, change, jobs, energy and carbon."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.anchors import anchor_rows
from generator.analysis.energy import describe_energy, span_of
from generator.analysis.indices import (
    hachman,
    herfindahl,
    shannon_entropy,
    shift_share,
    specialisation_krugman,
)
from generator.analysis.values import location_quotient
from generator.model import (
    Diversity,
    Economy,
    Industry,
    Range,
    ShiftShare,
    ShiftShareTotal,
    TopIndustry,
    UseEconomics,
    ValueAdded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import (
        IndustryRow,
        Knowledge,
        Programme,
        Region,
        Screening,
        Use,
    )

_TOP = 5
_STEPS = 2.0**20


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


# --- structure ------------------------------------------------------------------------------------


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


# --- change ---------------------------------------------------------------------------------------


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


# --- value added ----------------------------------------------------------------------------------


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
