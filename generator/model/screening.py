"""The law gate's answer: per activity and use, for sizes and a day; what to read again; its reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from generator.model.law import CoverageNote, Instrument, Rule, RuleEffect, Threshold
    from generator.model.region import Claim

Effect = Literal["prohibited", "conditional", "permitted", "encouraged", "not_assessed"]
LegalStatus = Literal[
    "prohibited", "conditional", "permitted", "encouraged", "partly_assessed", "not_assessed"
]
STRICTEST: tuple[RuleEffect, ...] = ("prohibited", "conditional", "permitted", "encouraged")
"""Effects of rules, the one that decides first."""
CLEARED: frozenset[str] = frozenset({"conditional", "permitted", "encouraged"})


class Extent(Struct, frozen=True):
    """The amounts of one quantity that a use, or the region, may come to; None: no end is known."""

    low: float
    high: float | None
    is_open: bool = False
    """Whether the high end itself is out of reach, as below a size that is barred."""

    @classmethod
    def exactly(cls, amount: float) -> Extent:
        """One amount."""
        return cls(amount, amount)

    def times(self, rate: float) -> Extent:
        """The same amounts in another unit."""
        high = None if self.high is None else self.high * rate
        return Extent(self.low * rate, high, self.is_open)

    def reaches(self, limit: Threshold) -> bool:
        """Whether some of the amounts are on the side on which a rule applies."""
        if self.high is None:
            return True
        return self.high > limit.value if self.is_open else limit.holds(self.high)

    def at_most(self, amount: float, *, is_open: bool = False) -> Extent:
        """The part of it up to an amount; the low end stays."""
        if self.high is not None and (self.high < amount or (self.high == amount and not is_open)):
            return self
        return Extent(self.low, amount, is_open)


class BarredSize(Struct, frozen=True):
    """From this size on the law bars a use that it leaves open below."""

    rule: Rule
    quantity: str
    """What the size is told in: installed IT load, connection, or the quantity of the rule."""
    amount: float
    """In the unit of the quantity."""
    is_certain: bool
    """False where the region field that the rule asks for is blank: then it may be barred."""
    is_included: bool = True
    """Whether the size itself is barred, or only what is above it."""


class Finding(Struct, frozen=True):
    """What the rules in force say about one activity, here, on the day and for these sizes."""

    activity: str
    effect: Effect
    """At the largest lawful size; prohibited only if the smallest is."""
    rules: tuple[Rule, ...]
    """Rules that apply, some only from a size on (`rule.threshold`)."""
    undated: tuple[Rule, ...]
    """Rules in scope whose start is unknown: listed, never applied."""
    depends: tuple[Rule, ...] = ()
    """Rules in force that apply if a quantity or a region field, which nobody gave, says so."""
    beyond: tuple[Rule, ...] = ()
    """Rules in force whose threshold none of the sizes reaches."""
    coming: tuple[Rule, ...] = ()
    """Rules that start after the day and within the plan period, by start."""
    barred: tuple[BarredSize, ...] = ()
    """Sizes from which a rule bars, or may bar, what is open below; told nowhere else."""
    distant: tuple[Rule, ...] = ()
    """Those of `undated` that would not reach any of the sizes if they were in force."""

    @property
    def asked(self) -> tuple[Rule, ...]:
        """Rules whose start is worth asking for: in force they would, or might, apply here."""
        return tuple(rule for rule in self.undated if rule not in self.distant)

    @property
    def is_unread(self) -> bool:
        """Whether it does not bar, on rules of which nobody has read a word: no verdict to print."""
        own = (*self.rules, *self.depends)
        return bool(own) and self.effect != "prohibited" and not any(rule.is_read for rule in own)

    @property
    def bearing(self) -> tuple[Rule, ...]:
        """The rules in force that matter here: applied, open, or barring larger sizes."""
        return (*self.rules, *self.depends, *(one.rule for one in self.barred))


class UseFinding(Struct, frozen=True):
    """The legal status of one use and the activities it rests on."""

    use_id: str
    status: LegalStatus
    """At the largest lawful size; prohibited only if the smallest is."""
    findings: tuple[Finding, ...]
    largest: float | None = None
    """The largest size, in tenths of a unit of scale, at which no prohibition holds, nor may hold
    because a region field is blank; 0 where there is none, None where no units are counted."""

    @property
    def told(self) -> LegalStatus:
        """The status that may be printed: what rests on nothing read counts as not assessed."""
        if self.status == "prohibited":
            return "prohibited"
        opened = [one for one in self.findings if one.effect == "not_assessed" or one.is_unread]
        if not opened:
            return self.status
        return "not_assessed" if len(opened) == len(self.findings) else "partly_assessed"

    @property
    def unread(self) -> tuple[Finding, ...]:
        """The activities on which something is on file, but no text was read."""
        return tuple(one for one in self.findings if one.is_unread)

    @property
    def barred(self) -> tuple[BarredSize, ...]:
        """The sizes from which the law bars the use, the least first."""
        every = (one for found in self.findings for one in found.barred)
        return tuple(sorted(every, key=lambda one: (one.quantity, one.amount, one.rule.rule_id)))

    def of(self, *effects: Effect) -> tuple[Finding, ...]:
        """The findings with one of these effects."""
        return tuple(found for found in self.findings if found.effect in effects)


StaleReason = Literal["ended", "unread", "ends", "target", "old"]
"""Repealed or replaced; never read; runs out within the plan period; sets a target day that passes
by the plan's end; read too long ago."""


class Staleness(Struct, frozen=True):
    """A rule that a reader must look at again, and why; several reasons may hold at once."""

    rule: Rule
    days_since_check: int | None
    """None where nothing was read."""
    is_old: bool
    """Whether nobody read it, or too long ago."""
    ended_by: Instrument | None
    """What repeals or replaces its instrument, on the day or from `ends_on` on."""
    ends_on: date | None
    """The last day of the rule, where it lies within the plan period."""
    target_on: date | None = None
    """The target day that the rule sets, where it passes by the plan's end."""

    @property
    def reasons(self) -> tuple[StaleReason, ...]:
        """Why, the gravest first."""
        is_unread = self.days_since_check is None
        holds: tuple[tuple[StaleReason, bool], ...] = (
            ("ended", self.ended_by is not None and self.ends_on is None),
            ("unread", is_unread),
            ("ends", self.ends_on is not None),
            ("target", self.target_on is not None),
            ("old", self.is_old and not is_unread),
        )
        return tuple(reason for reason, is_so in holds if is_so)


def pressing(
    stale: Iterable[Staleness], activities: Collection[str], orders: Sequence[str] = ()
) -> tuple[Staleness, ...]:
    """Stale rules in the order in which a reader must look at them again.

    First bars and conditions on what is proposed, then other bars and conditions, then all others.
    Within each: what was repealed or replaced; then the law of the place itself before the law above
    it, which may bind through it alone, as a directive does; then the gravest reason (never read,
    ends within the plan period, target day that passes, read too long ago); then bars before
    conditions before permissions and encouragements; then what was read longest ago; then by id.

    Args:
        stale: In any order.
        activities: Regulated activities of the uses that are proposed.
        orders: Legal orders of the place, its own first; none where there are several places.
    """
    depth = {code: number for number, code in enumerate(orders)}

    def key(one: Staleness) -> tuple[object, ...]:
        rule, is_near = one.rule, one.rule.activity in activities
        is_strict = rule.effect in STRICTEST[:2]
        return (
            not (is_near and is_strict),
            not is_strict,
            not is_near,
            one.reasons[0] != "ended",
            depth.get(rule.jurisdiction, len(depth)),
            get_args(StaleReason).index(one.reasons[0]),
            STRICTEST.index(rule.effect),
            -(one.days_since_check or 0),
            rule.rule_id,
        )

    return tuple(sorted(stale, key=key))


class Reach(Struct, frozen=True):
    """How many activities the rules speak to in a legal order and those above it, on a day."""

    assessed: tuple[str, ...]
    """Activities with at least one rule in force there, whatever it says and from whatever size."""
    open: tuple[str, ...]
    reasons: Mapping[str, CoverageNote]
    """Why an activity is open, where somebody wrote it down."""
    has_own: bool
    """Whether the jurisdiction itself has rules in force; if not, it runs on those above."""

    @property
    def has_any(self) -> bool:
        """Whether any law was assessed there at all."""
        return bool(self.assessed)


class ClaimAnswer(Struct, frozen=True):
    """A claim beside the rules that bear on it."""

    claim: Claim
    finding: Finding


class Screening(Struct, frozen=True):
    """The law gate's answer for one region on one day."""

    as_of: date
    jurisdictions: tuple[str, ...]
    """The region's jurisdiction, then its parents."""
    findings: Mapping[str, Finding]
    """Every activity, whether a use carries it or not."""
    uses: Mapping[str, UseFinding]
    stale: tuple[Staleness, ...]
    claims: tuple[ClaimAnswer, ...]
    rules_in_force: int
    """Rules in force that reach the place, whether or not their sizes and conditions are met."""
    reach: Reach
    chosen: Mapping[str, UseFinding] = field(default_factory=dict)
    """Of the uses of the programme what the rules say at the sizes chosen."""

    def of_use(self, use_id: str) -> UseFinding:
        """What the rules say of a use: at the sizes chosen, else at all that are lawful."""
        return self.chosen.get(use_id) or self.uses[use_id]

    @property
    def bearing(self) -> tuple[Rule, ...]:
        """The rules in force that matter here, each once."""
        every = (rule for found in self.findings.values() for rule in found.bearing)
        return tuple(dict.fromkeys(every))
