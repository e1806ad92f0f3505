"""The portfolio in words and tables: what is launched together, what binds, what comes next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.merit import benefit_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, Portfolio, ResourceUse
    from generator.report.voice import Voice

_NAMED = 6
"""Uses that a sentence names in full; of a longer list it names the first of each kind."""
_LED_BY = 2


def portfolio_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `portfolio` fields: the choice under limits and what it rests on."""
    found = assessment.portfolio
    return {
        "sentence": _sentence(assessment, voice),
        "rows": [_row(use_id, assessment, voice) for use_id in found.candidates],
        "limits": [_limit(resource, voice) for resource in found.resources]
        if found.candidates
        else [],
        "points": [
            *_not_usable(assessment, voice),
            *_over(assessment, voice),
            *_binding(assessment, voice),
            *_excluded(assessment, voice),
            *_runner_up(assessment, voice),
            *_blocked(assessment, voice),
        ],
        "note": voice.say("portfolio.note") if found.candidates else "",
        "rows_note": voice.say("portfolio.rows_note", draws=voice.number(found.frequency_draws))
        if found.candidates
        else "",
    }


def named(ids: Sequence[str], voice: Voice) -> str:
    """The uses by name, in number with the first of each list where they are many."""
    if len(ids) <= _NAMED:
        return voice.join(voice.use(use_id) for use_id in ids)
    parts = []
    for category in LISTS:
        own = [use_id for use_id in ids if voice.knowledge.use(use_id).category == category]
        if own:
            parts.append(
                voice.say(
                    f"portfolio.many.{category}", count=len(own),
                    uses=voice.join(voice.use(use_id) for use_id in own[:_LED_BY]),
                )
            )  # fmt: skip
    return voice.join(parts)


def checked(found: Portfolio, voice: Voice, key: str = "capital.checked") -> str:
    """How the limit of capital was kept to; empty where there is none."""
    return voice.say(key) if has_capital_limit(found) else ""


def has_capital_limit(found: Portfolio) -> bool:
    """Whether there is a limit of capital that was kept to."""
    return any(one.resource == "capex" and one.limit is not None for one in found.resources)


def is_bounded(found: Portfolio) -> bool:
    """Whether any limit was stated or follows from the registers."""
    return bool(found.not_usable) or any(one.limit is not None for one in found.resources)


def amount(resource: str, value: float, voice: Voice, *, upward: bool = False) -> str:
    """An amount of a resource with its unit."""
    if resource == "capex":
        return voice.millions(value, upward=upward)
    shown = math.ceil(value * 1000 - 1e-9) / 1000 if upward else value
    return voice.say(f"resource_amount.{resource}", value=voice.number(shown))


def _sentence(assessment: Assessment, voice: Voice) -> str:
    found = assessment.portfolio
    if not found.candidates:
        return voice.sentence("portfolio", "portfolio.none")
    if not found.selected:
        return voice.sentence("portfolio", "portfolio.nothing_fits")
    whole = set(found.selected) == set(found.candidates)
    has_limits = is_bounded(found)
    key = (
        "portfolio.some" if not whole else "portfolio.all" if has_limits else "portfolio.unlimited"
    )
    return voice.sentence(
        "portfolio", key, count=len(found.selected), of=len(found.candidates),
        uses=named(found.selected, voice), capex=voice.money(*found.capex),
        checked=checked(found, voice, "portfolio.checked"),
        jobs=voice.span(*found.jobs, "span.jobs"),
    )  # fmt: skip


def _row(use_id: str, assessment: Assessment, voice: Voice) -> dict[str, object]:
    found = assessment.portfolio
    use = voice.knowledge.use(use_id)
    is_selected = use_id in found.selected
    return {
        "name": voice.name(use.name),
        "list": voice.choice("category", use.category),
        "selected": voice.say("flag.yes" if is_selected else "flag.no"),
        "band": "full" if is_selected else "absent",
        "benefit": benefit_score(assessment.benefit.uses[use_id], voice),
        "capex": voice.money(*own_range("capex", use_id, assessment)),
        "jobs": voice.span(*own_range("jobs", use_id, assessment)),
        "point": _point(found.hosts.get(use_id), assessment, voice),
        "frequency": voice.percent(found.frequency[use_id])
        if use_id in found.frequency
        else voice.dash,
    }


def own_range(
    column: str, use_id: str, assessment: Assessment
) -> tuple[float, float] | tuple[None, None]:
    """The region's own figure where it gave one, else the catalogue's range."""
    return assessment.portfolio.ranges.get(use_id, {}).get(column, (None, None))


def _point(name: str | None, assessment: Assessment, voice: Voice) -> str:
    for row in assessment.region.power:
        if name and row.name.text("en") == name:
            return voice.name(row.name)
    return voice.dash


def _limit(resource: ResourceUse, voice: Voice) -> dict[str, object]:
    def shown(value: float | None) -> str:
        return voice.dash if value is None else amount(resource.resource, value, voice)

    left = None if resource.limit is None else max(0.0, resource.limit - resource.used)
    return {
        "resource": voice.say(f"resource.{resource.resource}"),
        "limit": shown(resource.limit),
        "basis": voice.say(f"limit_basis.{resource.basis}"),
        "cell": voice.cells(resource.fact.origins) if resource.fact else voice.dash,
        "used": shown(resource.used),
        "left": shown(left),
        "binds": voice.say("flag.yes" if resource.is_binding else "flag.no"),
        "band": "conditional" if resource.is_binding else "absent",
    }


def _over(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """How far the upper ends of the chosen uses' capital lie beyond the limit."""
    found = assessment.portfolio
    limit = next((one.limit for one in found.resources if one.resource == "capex"), None)
    if limit is not None and found.capex[1] > limit:
        yield voice.sentence(
            "capex_over", "portfolio.capex_over", limit=voice.millions(limit),
            over=voice.millions(found.capex[1] - limit, upward=True),
        )  # fmt: skip


def _binding(assessment: Assessment, voice: Voice) -> Iterable[str]:
    found = assessment.portfolio
    binding = [resource for resource in found.resources if resource.is_binding]
    if found.selected and not binding and found.is_limited:
        yield voice.sentence("binding", "binding.jointly")
    for resource in binding:
        name = resource.resource
        place = f"binding.{name}"
        word = voice.say(f"resource.{name}")
        if resource.next_extra is None:
            yield voice.sentence(place, "binding.alone", resource=word)
            continue
        # The gain is that of a million of the region's currency.
        one = amount(name, voice.money_in.rate if name == "capex" else 1.0, voice)
        key = "binding.line" if resource.gain_of_one else "binding.line_one_is_nothing"
        yield voice.sentence(
            place, key, resource=word, one=one, gain=voice.number(resource.gain_of_one, 1),
            extra=amount(name, resource.next_extra, voice, upward=True),
            uses=_exchange(resource, voice),
        )  # fmt: skip


def _exchange(resource: ResourceUse, voice: Voice) -> str:
    """What an extra amount brings in, and what leaves for it."""
    uses, out = (
        voice.join(voice.use(use_id) for use_id in ids)
        for ids in (resource.next_uses, resource.next_out)
    )
    return voice.say("binding.swap", uses=uses, out=out) if out else uses


def _runner_up(assessment: Assessment, voice: Voice) -> Iterable[str]:
    found = assessment.portfolio
    if not found.selected or found.runner_up_benefit is None:
        return
    out = [use_id for use_id in found.selected if use_id not in found.runner_up]
    put_in = [use_id for use_id in found.runner_up if use_id not in found.selected]
    key = "runner_up.without" if not put_in else "runner_up.swap" if out else "runner_up.more"
    yield voice.sentence(
        "runner_up", key,
        out=named(out, voice), put_in=named(put_in, voice),
        less=voice.number(found.benefit - found.runner_up_benefit, 1),
        benefit=voice.number(found.benefit, 1),
    )  # fmt: skip


def _not_usable(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Limits that were stated and could not be kept to."""
    names = [voice.say(f"resource.{name}") for name in assessment.portfolio.not_usable]
    if names and assessment.portfolio.candidates:
        yield voice.sentence(
            "portfolio.not_usable", "portfolio.not_usable", resources=voice.join(names)
        )


def _excluded(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Candidates that a selected use keeps out, whatever the limits."""
    found = assessment.portfolio
    for pair in voice.knowledge.pairs:
        both = (pair.use_id, pair.other_id)
        inside = [use_id for use_id in both if use_id in found.selected]
        outside = [use_id for use_id in both if use_id in found.candidates and use_id not in inside]
        if pair.relation == "excludes" and inside and outside:
            yield voice.sentence(
                f"excluded.{outside[0]}.{inside[0]}", "portfolio.excluded",
                use=voice.use(outside[0]), other=voice.use(inside[0]),
                reason=voice.name(pair.reason),
            )  # fmt: skip


def _blocked(assessment: Assessment, voice: Voice) -> Iterable[str]:
    reasons = {(pair.use_id, pair.other_id): pair.reason for pair in voice.knowledge.pairs}
    for use_id, other in assessment.portfolio.blocked.items():
        yield voice.sentence(
            f"blocked.{use_id}", "portfolio.blocked", use=voice.use(use_id),
            other=voice.use(other), reason=voice.name(reasons[use_id, other]),
        )  # fmt: skip
