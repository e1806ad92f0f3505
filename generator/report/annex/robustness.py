"""What holds when inputs and weights vary, in full: ranks, wins, drivers, switching values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.model import (
    LISTS,
    Assessment,
    Basis,
    Category,
    Cell,
    RankedUse,
    RobustOrder,
    SwitchingValue,
)
from generator.report.annex.units import list_name
from generator.report.robustness import input_amount, input_name
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.report.voice import Voice

_BASES: tuple[Basis, ...] = ("readiness", "value")
_RANKS = 5
"""Ranks that have a column of their own."""
_DRIVERS = 3


def robustness_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.orders` fields: one table an order, then what spans all of them."""
    found = assessment.robustness
    return {
        "intro": voice.sentence(
            "annex.orders", "annex.orders", draws=voice.number(found.draws), seed=found.seed
        ),
        **{
            basis: {category: _order(basis, category, assessment, voice) for category in LISTS}
            for basis in _BASES
        },
        "wins": table("annex.orders.wins", _wins(assessment, voice)),
        "central": table("annex.orders.central", _central(assessment, voice)),
        "drivers": table("annex.orders.drivers", _drivers(assessment, voice)),
        "switching": table(
            "annex.orders.switching", (_switching(one, voice) for one in found.switching)
        ),
        "checks": table("annex.orders.checks", _checks(assessment, voice)),
        "check_note": voice.say("annex.checks"),
        "central_note": voice.say("annex.central"),
        "driver_note": voice.say("annex.drivers"),
        "switching_note": voice.say("annex.switching"),
    }


def _order(
    basis: Basis, category: Category, assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """One order over the draws in which everything varies; empty without a use in it."""
    order = assessment.robustness.order(basis, category)
    key = f"annex.orders.{basis}.{category}.rows"
    if order is None:
        none = f"annex.none_{basis}"
        return {
            "rows": table(key, ()),
            "lead": "",
            "none": voice.say(none, list=list_name(category, voice)),
        }
    first = {
        run: _first(assessment.robustness.order(basis, category, run), voice)
        for run in ("inputs", "weights", "both")
    }
    return {
        "rows": table(
            key,
            (
                {
                    "id": use.use_id,
                    "name": voice.use(use.use_id),
                    **_ranks(use, voice),
                    **{
                        run: shares.get(use.use_id, voice.percent(0))
                        for run, shares in first.items()
                    },
                    "interval": _score_range(use, voice),
                    "meets": voice.dash
                    if use.p_meets_minima is None
                    else voice.percent(use.p_meets_minima),
                    "shortlisted": voice.percent(use.p_shortlisted),
                }
                for use in order.uses
            ),
        ),
        "lead": _lead(order, voice),
        "none": "",
    }


def _ranks(use: RankedUse, voice: Voice) -> dict[str, str]:
    """The first ranks one by one, then all later ones, then no rank at all."""
    shares = (*use.acceptability[:_RANKS], *(0.0,) * (_RANKS - len(use.acceptability)))
    cells = {f"rank{place}": voice.percent(share) for place, share in enumerate(shares, start=1)}
    later = sum(use.acceptability[_RANKS:])
    return {**cells, "later": voice.percent(_whole(later)), "unplaced": voice.percent(use.unplaced)}


def _whole(share: float) -> float:
    """A sum of shares without the last bits of its additions."""
    return round(share, 12)


def _first(order: RobustOrder | None, voice: Voice) -> dict[str, str]:
    return {use.use_id: voice.percent(use.p_first) for use in order.uses} if order else {}


def _lead(order: RobustOrder, voice: Voice) -> str:
    if order.lead is None:
        return ""
    lead = order.lead
    return voice.sentence(
        f"annex.lead.{order.basis}.{order.category}",
        "annex.lead" if lead.mean >= 0 else "annex.lead_behind",
        first=voice.use(lead.first), second=voice.use(lead.second),
        mean=voice.number(abs(lead.mean), 1), deviation=voice.number(lead.deviation, 1),
        draws=voice.number(lead.draws),
    )  # fmt: skip


def _heading(basis: Basis, category: Category, voice: Voice) -> str:
    """Which list, by which order."""
    return voice.say(f"annex.order.{basis}", list=list_name(category, voice))


def _both(assessment: Assessment) -> Iterator[RobustOrder]:
    """The orders of the run in which everything varies, as chapters print them."""
    for basis in _BASES:
        for category in LISTS:
            order = assessment.robustness.order(basis, category)
            if order:
                yield order


def _wins(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Every pair among the five uses of an order that are most often first."""
    for order in _both(assessment):
        top = sorted(range(len(order.uses)), key=lambda place: -order.uses[place].p_first)[:_RANKS]
        for number, one in enumerate(top):
            for other in top[number + 1 :]:
                yield {
                    "order": _heading(order.basis, order.category, voice),
                    "use": voice.use(order.uses[one].use_id),
                    "rival": voice.use(order.uses[other].use_id),
                    "share": voice.percent(order.wins[one][other]),
                    "reverse": voice.percent(order.wins[other][one]),
                }


def _central(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Mean weights of the draws in which a use is first by value, beside the default ones."""
    default = {
        one.benefit_id: 100 * one.weight
        for one in assessment.programme.objectives
        if one.weight > 0
    }
    for category in LISTS:
        order = assessment.robustness.order("value", category)
        leading = [use for use in order.uses if use.central_weights] if order else []
        if leading:
            yield {
                "list": list_name(category, voice),
                "name": voice.say("annex.default_weights"),
                "share": voice.dash,
                "weights": _weights(default, voice),
            }
        for use in leading:
            yield {
                "list": list_name(category, voice),
                "name": voice.use(use.use_id),
                "share": voice.percent(use.p_first),
                "weights": _weights(use.central_weights, voice),
            }


def _weights(weights: Mapping[str, float], voice: Voice) -> str:
    return voice.clauses(
        voice.say(
            "annex.weight",
            criterion=voice.name(voice.knowledge.benefits[key].name),
            weight=voice.number(points, 1),
        )
        for key, points in weights.items()
    )


def _drivers(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """The criteria that most of the spread of a score comes from, use by use."""
    known = voice.knowledge
    labels = {
        "readiness": {key: item.name for key, item in known.criteria.items()},
        "value": {key: item.name for key, item in known.benefits.items()},
    }
    shares: dict[str, dict[str, list[tuple[float, str]]]] = {}
    for found in assessment.robustness.drivers:
        own = shares.setdefault(found.use_id, {basis: [] for basis in _BASES})
        own[found.basis].append((found.share, voice.name(labels[found.basis][found.criterion_id])))
    for use_id, own in shares.items():
        yield {
            "id": use_id,
            "name": voice.use(use_id),
            **{
                basis: voice.clauses(
                    voice.say("annex.share", criterion=shown, share=voice.percent(_whole(share)))
                    for share, shown in sorted(found, key=lambda one: -one[0])[:_DRIVERS]
                )
                or voice.dash
                for basis, found in own.items()
            },
        }


def _score_range(drawn: RankedUse, voice: Voice) -> str:
    """The middle nine tenths of a score; a dash where they were not taken."""
    if drawn.score_low is None or drawn.score_high is None:
        return voice.dash
    return voice.say("span", low=voice.whole(drawn.score_low), high=voice.whole(drawn.score_high))


def _switching(found: SwitchingValue, voice: Voice) -> dict[str, str | Cell]:
    unit = f"annex.input_amount.{found.input}"
    return {
        "order": _heading(found.basis, found.category, voice),
        "use": voice.use(found.use_id),
        "rival": voice.use(found.rival_id),
        "input": input_name(found, f"annex.input.{found.input}", voice),
        "shared": voice.say("flag.yes" if found.is_shared else "flag.no"),
        "value": input_amount(found, found.value, unit, voice),
        "range": voice.say(
            "annex.from_to",
            low=input_amount(found, found.low, unit, voice),
            high=input_amount(found, found.high, unit, voice),
        ),
        "switching": Cell(voice.say("annex.no_switching"), "none")
        if found.switching is None
        else Cell(input_amount(found, found.switching, unit, voice), "middle"),
    }


def _checks(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    return [
        {
            "order": _heading(found.basis, found.category, voice),
            "method": voice.say(f"check.{found.method}"),
            "first": voice.say("flag.yes" if found.is_first_same else "flag.no"),
            "three": voice.number(found.first_three_shared),
            "similarity": voice.number(found.rank_similarity, 2),
            "tau": voice.number(found.tau, 2),
        }
        for found in assessment.robustness.cross_checks
    ]
