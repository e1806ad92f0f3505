"""The plans that rival the proposal, in numbers, and the choices between them that projects wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.decisions import Decision
    from generator.model.programme import Effects
    from generator.model.region import Step
    from generator.model.returns import YearBill

_SAME = 1e-6


class Rival(Struct, frozen=True):
    """One way to go on beside the proposal, or the proposal itself; amounts of both waves."""

    kind: Literal["own", "both", "opened", "larger"]
    """`both`: both waves chosen as one; `opened`: by a step, a signature or a clearance; `larger`: both
    waves at the sizes that the middle of costs bears, so that their upper end passes the limit of money."""
    effects: Effects
    capital: float
    """CNY m in the middle, with the steps that it rests on, without contingencies."""
    upper: float
    """The same at the upper ends."""
    projects: int
    steps: tuple[Step, ...] = ()
    """Planned steps whose cost is in the capital."""
    worth: float = 1.0
    """By the weights, the proposal being 1."""
    apart: Mapping[str, float] = {}
    """The same without one effect, by that effect; none where nothing else counts."""
    touched: tuple[str, ...] = ()
    """Uses of the proposal that it does without, or holds later, elsewhere or at another size."""
    known: int | None = None
    """The month, 0 the first, by which it is known whether what it waits for came about."""
    is_level: bool = False
    """Whether it is worth about as much as the proposal."""
    gone: tuple[str, ...] = ()
    """Uses of the proposal that it does without."""
    decision: Decision | None = None
    beyond: float = 0.0
    """CNY m by which its upper end with contingencies passes the limit of money; 0 where it does not."""
    bill: YearBill | None = None
    """What its projects cost a year once open; the steps that it rests on cost nothing a year."""
    procedures: tuple[str, ...] = ()
    """Procedures of law that its projects go through, as far as the proposal or an answer tells them."""

    def dominates(self, other: Rival) -> bool:
        """Whether it brings no less of any effect than another plan, more of one, and costs no more."""
        names = {*self.effects, *other.effects}
        gains = [self.effects.get(name, 0.0) - other.effects.get(name, 0.0) for name in names]
        return min(gains) >= -_SAME and max(gains) > _SAME and self.capital <= other.capital + _SAME


class PlanChoice(Struct, frozen=True):
    """Plans that exclude one another, so that one of them is chosen in one vote."""

    rivals: tuple[Rival, ...]
    """Beside the proposal, that which is worth most first."""
    uses: tuple[str, ...]
    """Of the proposal that wait for the choice."""
    by: int
    """The month, 0 the first, in which it falls; what builds on them is voted on, filed and bought later."""

    @property
    def holds(self) -> bool:
        """Whether its projects wait for it; a size alone is settled with the vote on its project."""
        return any(one.kind != "larger" for one in self.rivals)
