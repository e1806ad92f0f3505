"""How far the orders hold, and how far the evidence carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.facts import Category

Run = Literal["inputs", "weights", "both"]
"""What varies over the draws: the assets and catalogue ranges, the weights, or both."""
Basis = Literal["readiness", "value"]


class RankedUse(Struct, frozen=True):
    """One use over all draws; shares and probabilities in [0, 1]."""

    use_id: str
    acceptability: tuple[float, ...]
    """Share of draws at rank 1, 2 …; with `unplaced` the row sums to 1."""
    unplaced: float
    """Share of draws in which it is not shortlisted; 0 in the order by readiness, which ranks every
    cleared use. The order by value ranks what a draw shortlists; supply uses are no part of it."""
    p_first: float
    score_low: float | None
    """5th percentile of the score; taken where everything varies, None in the other runs."""
    score_high: float | None
    """95th percentile, likewise."""
    p_meets_minima: float | None
    """Share of draws that meet every hard minimum; None while one of them is unknown."""
    p_shortlisted: float
    central_weights: Mapping[str, float]
    """Mean weights of the objectives in the draws in which it is first; empty if it never is."""
    p_first_at_ends: tuple[float, float] | None = None
    """The same as `p_first` with unrelated costs and with one cause for all; taken in the order by
    value where everything varies."""


class FirstTwo(Struct, frozen=True):
    """The two uses most often first, and how far apart they are draw by draw."""

    first: str
    second: str
    mean: float
    deviation: float
    draws: int
    """Draws in which both have a place, and both or neither meet their hard minima."""


class RobustOrder(Struct, frozen=True):
    """How one order of one list holds up in one run."""

    basis: Basis
    category: Category
    run: Run
    uses: tuple[RankedUse, ...]
    wins: tuple[tuple[float, ...], ...]
    """Share of draws in which the row's use comes before the column's; ties count half."""
    lead: FirstTwo | None
    holds_at_ends: bool = True
    """Whether the likelihood band of the use most often first is the same with unrelated costs and
    with one cause for all: a likelihood word stands only then."""


class SwitchingValue(Struct, frozen=True):
    """The value of one input at which a use draws level with a rival, the rest unchanged."""

    basis: Basis
    category: Category
    use_id: str
    rival_id: str
    input: str
    """A criterion id; in the order by value a column of the Estimates sheet, or `served`, the people
    that a platform reaches. `capex` is listed where it bars a size: the lead then jumps, and no value
    makes the two level."""
    is_shared: bool
    """Whether the input feeds both uses."""
    value: float
    low: float
    high: float
    switching: float | None
    """None: no such value within the plausible range."""
    lead_at_low: float
    """Points by which `use_id` leads its rival with the input at `low`; negative behind it."""
    lead_at_high: float


class Driver(Struct, frozen=True):
    """The share of a score's variance that goes with one criterion; negative where it moves against."""

    basis: Basis
    use_id: str
    criterion_id: str
    """In the order by value the benefit criterion of an objective."""
    share: float


class CrossCheck(Struct, frozen=True):
    """How far another method agrees with the additive order: a smoke test, no more."""

    basis: Basis
    category: Category
    method: str
    order: tuple[str, ...]
    is_first_same: bool
    first_three_shared: int
    rank_similarity: float | None
    """WS coefficient in [0, 1]."""
    tau: float | None
    """Kendall's tau-b in [-1, 1]."""


class Robustness(Struct, frozen=True):
    """What holds when inputs and weights vary."""

    draws: int
    seed: int
    orders: tuple[RobustOrder, ...]
    switching: tuple[SwitchingValue, ...]
    drivers: tuple[Driver, ...]
    cross_checks: tuple[CrossCheck, ...]

    def order(self, basis: Basis, category: Category, run: Run = "both") -> RobustOrder | None:
        """One order, if the list has any use in it."""
        for one in self.orders:
            if (one.basis, one.category, one.run) == (basis, category, run):
                return one
        return None


Axis = Literal["programme", "readiness", "value"]
"""What a sentence speaks of: the projects, or one of the two orders."""


class Confidence(Struct, frozen=True):
    """How far the evidence behind some uses carries; shares in percent of the weight on it."""

    level: Literal["high", "moderate", "low"]
    uses: tuple[str, ...]
    coverage_pct: float
    published_pct: float
    """Grades A and B."""
    illustrative_pct: float
    """Grade D."""
    old_pct: float
    """Older than the age limit, or undated."""
    axis: Axis = "programme"
    is_illustrative: bool = False
    """Whether so much rests on grade D that the sentence is an illustration."""


class Assumed(Struct, frozen=True):
    """How much of what some uses are held against is assumed, no source being cited."""

    uses: tuple[str, ...]
    thresholds: int
    """Requirement rows of these uses, each with a minimum, a target and a weight."""
    thresholds_assumed: int
    weight_pct: float
    """Percent of the readiness weight of these uses that stands on assumed rows."""
    needs: int
    """Rows of needs by unit: loads, sizes, reach, months of build."""
    needs_assumed: int
    parameters: int
    """Numbers of the method, all conventions or assumptions."""
