"""How far the answer is the region's own, and not the catalogue's: `python tests/spread.py`.

Prints for the sample cities: a two-way analysis of variance of value alone over the uses that all of
them shortlist or prepare (sum of squares of city, and of city by use, over the total), the mean
Kendall tau between their orders, and the share of the cells whose change by half moves an order, a
shortlist or the programme.
"""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from scipy.stats import kendalltau

from generator.analysis import core
from generator.analysis.benefit import judge
from generator.analysis.scenarios import outcome_of
from generator.analysis.scope import within
from generator.analysis.waves import terms
from generator.intake import load_knowledge, read_submission
from generator.model import LISTS, Fact

ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 11, 28)
REGISTERS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "sites", "measures", "limits",
)  # fmt: skip


def runs() -> dict[str, core.Core]:
    """Each sample city through law, readiness and value alone."""
    knowledge = load_knowledge(ROOT / "inputs/catalogue", ROOT / "inputs/rules")
    paths = sorted((ROOT / "inputs/regions").glob("*.xlsx"))
    return {
        region.code: core.run(
            region,
            within(knowledge, knowledge.lineage(region.jurisdiction), region.admin_code),
            AS_OF,
        )
        for region in read_submission(paths, knowledge).regions
    }


def variance(cities: dict[str, core.Core]) -> None:
    """Print how the variance of value alone parts into use, city and both together."""
    values = {
        code: {
            key: one.alone.value
            for key, one in judge(
                city, city.readiness.proposed, terms(city.setting).ceilings()
            ).items()
        }
        for code, city in cities.items()
    }
    common = sorted(set.intersection(*(set(found) for found in values.values())))
    table = np.array([[found[use_id] for use_id in common] for found in values.values()])
    mean = table.mean()
    total = ((table - mean) ** 2).sum()
    by_city = len(common) * ((table.mean(axis=1) - mean) ** 2).sum()
    by_use = len(table) * ((table.mean(axis=0) - mean) ** 2).sum()
    print(f"uses that all cities shortlist or prepare: {len(common)}: {', '.join(common)}")
    print(
        f"  use {by_use / total:.0%}, city {by_city / total:.0%}, city by use {(total - by_city - by_use) / total:.0%}"
    )
    taus = [
        kendalltau([one[key] for key in common], [other[key] for key in common]).statistic
        for one, other in itertools.combinations(values.values(), 2)
    ]
    print(f"  mean Kendall tau between cities {np.mean(taus):.2f}")
    for category in LISTS:
        orders = [city.readiness.shortlist[category] for city in cities.values()]
        shared = [key for key in orders[0] if all(key in order for order in orders)]
        ranks = [[order.index(key) for key in shared] for order in orders]
        taus = [kendalltau(one, other).statistic for one, other in itertools.combinations(ranks, 2)]
        print(
            f"  {category}: {len(shared)} shared, mean tau {np.mean(taus):.2f}"
            if len(shared) > 1
            else f"  {category}: {len(shared)} shared"
        )


def moved(code: str, base: core.Core) -> None:
    """Print how many cells move something when they are half as much or half as much again."""
    start = outcome_of(base)
    count, orders, lists, plans = 0, 0, 0, 0
    for changed in _halved(base):
        count += 1
        found = [outcome_of(base.again(region)) for region in changed]
        shortlists = [one.core.readiness.shortlist for one in found]
        orders += any(one != base.readiness.shortlist for one in shortlists)
        lists += any(
            set(one[category]) != set(base.readiness.shortlist[category])
            for one in shortlists
            for category in LISTS
        )
        plans += any(
            (one.first.placements, one.second.placements)
            != (start.first.placements, start.second.placements)
            for one in found
        )
    print(
        f"{code}: {count} cells; move an order {orders}, a shortlist {lists}, the programme {plans}"
    )


def _halved(base: core.Core):
    region = base.region
    for register in REGISTERS:
        rows = getattr(region, register)
        for number, row in enumerate(rows):
            for name in row.__struct_fields__:
                fact = getattr(row, name)
                if isinstance(fact, Fact) and fact.value:
                    yield [
                        replace(
                            region,
                            **{
                                register: (
                                    *rows[:number],
                                    replace(row, **{name: _times(fact, by)}),
                                    *rows[number + 1 :],
                                )
                            },
                        )
                        for by in (0.5, 1.5)
                    ]
    for key, fact in region.figures.items():
        if fact.value:
            yield [
                replace(region, figures={**region.figures, key: _times(fact, by)})
                for by in (0.5, 1.5)
            ]


def _times(fact: Fact, by: float) -> Fact:
    ends = [None if end is None else end * by for end in (fact.value, fact.low, fact.high)]
    return replace(fact, value=ends[0], low=ends[1], high=ends[2])


if __name__ == "__main__":
    found = runs()
    variance(found)
    for code, base in found.items():
        moved(code, base)
