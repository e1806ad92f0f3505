"""What is asked for to build the first wave: a ceiling or an estimate, and the limit it is held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.alternatives import held_plan
from generator.report.funding import PAYS
from generator.report.money import is_from_elsewhere, number_in, stated_in

_SAME = 1e-9

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.language import Grain
    from generator.model import Assessment
    from generator.report.voice import Voice


def asked(assessment: Assessment, voice: Voice) -> float:
    """The ceiling that is asked for, no higher than the limit of money, or an estimate, in CNY m.

    An estimate is what nine tenths of the draws keep to, wherever the limit lies.

    Args:
        assessment: The results of one region.
        voice: Knows whether anything is asked for.
    """
    found = assessment.programme
    drawn = found.firmness.capital if found.firmness else None
    p90 = found.first.capital_range[1] if drawn is None else drawn.p90
    if drawn is not None and not is_ceiling(assessment, voice):
        return p90
    amounts = (one.amount for one in assessment.decisions if one.kind == "programme")
    amount = next((one for one in amounts if one is not None), p90)
    # What is above the limit is asked for by a decision of its own.
    return amount if found.money_limit is None else min(found.money_limit, amount)


def money_clause(assessment: Assessment, voice: Voice, grain: Grain | None = None) -> str:
    """The ceiling that is asked for, or the middle of the first wave, and the limit, upper end included.

    Args:
        assessment: The results of one region, with a first wave.
        voice: Speaks.
        grain: The step of the column that it stands in, whose head has the unit; None for units here.
    """
    found = assessment.programme
    limit = found.money_limit
    if "capex" in found.unusable_limits:
        return voice.say("overview.money_no_rate")
    if limit is None:
        return voice.say("overview.money_none")
    own = is_ceiling(assessment, voice)
    word = "overview.ceiling" if own else "overview.middle"
    ceiling = asked(assessment, voice) if own else found.first.capital
    over = found.first.capital_range[1] - limit
    key = "overview.money_over" if over > 0 else "overview.money_within"
    if grain is None:
        told = (voice.about(ceiling), voice.millions(limit), voice.millions(over, upward=True))
    else:
        told = (
            number_in((ceiling, ceiling), grain, voice),
            stated_in(limit, grain, voice), stated_in(over, grain, voice, upward=True),
        )  # fmt: skip
    return voice.say(key, ceiling=voice.say(word, ceiling=told[0]), limit=told[1], over=told[2])


def is_over(assessment: Assessment) -> bool:
    """Whether the upper end of the first wave with contingencies passes the limit: no size of it is small enough."""
    found, spare = assessment.programme, assessment.knowledge.assumed("contingency")
    limit = found.money_limit
    return limit is not None and found.first.capital_range[1] * (1 + spare) > limit * (1 + _SAME)


def is_ceiling(assessment: Assessment, voice: Voice) -> bool:
    """Whether nine tenths of the draws of capital are a ceiling to ask for.

    On example values nothing is asked for, and prices of another country bind nobody here.
    """
    return not (assessment.confidence.is_illustrative or is_from_elsewhere(voice))


def asked_capital(assessment: Assessment, voice: Voice) -> str:
    """The ceiling to ask for, the end of a sentence; empty where nothing is asked for."""
    if not is_ceiling(assessment, voice):
        return ""
    return voice.say("spending.asked", ceiling=voice.about(asked(assessment, voice)))


def limit_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """The limit, the middle and the upper end of the first wave, a labelled line each.

    Middle and upper end with and without contingencies. Empty without a limit to hold them against.
    """
    found, limit = assessment.programme, assessment.programme.money_limit
    if limit is None or not found.first.projects:
        return []
    spare, first = assessment.knowledge.assumed("contingency"), found.first
    upper = first.capital_range[1]
    lines = [voice.say("spending.line_limit", limit=voice.millions(limit))]
    for name, value in (("middle", first.capital), ("upper", upper)):
        over, more = value - limit, value * (1 + spare) - limit
        key = "over" if over > 0 else "more" if more > 0 else "within"
        lines.append(
            voice.say(
                f"spending.line_{key}", label=voice.say(f"spending.label_{name}"),
                value=voice.about(value), share=voice.percent(spare),
                more=voice.about(value * (1 + spare)), over=voice.millions(max(over, 0.0), upward=True),
                beyond=voice.millions(max(more, 0.0), upward=True),
            )
        )  # fmt: skip
    return lines


def is_drawn(assessment: Assessment, voice: Voice) -> bool:
    """Whether nine of ten draws keep to the ceiling."""
    firmness = assessment.programme.firmness
    if firmness is None or firmness.capital is None:
        return False
    return bool(assessment.programme.first.projects) and (
        asked(assessment, voice) == firmness.capital.p90
    )


def over_limit(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """How far the upper ends of capital lie beyond the limit."""
    found = assessment.programme
    limit = found.money_limit
    if found.first.projects and limit is not None and found.first.capital_range[1] > limit:
        key = "programme.over" if held_plan(assessment, voice) is None else "programme.over_held"
        yield voice.sentence(
            "programme.over", key, limit=voice.millions(limit),
            over=voice.millions(found.first.capital_range[1] - limit, upward=True),
        )  # fmt: skip


def secured(assessment: Assessment, voice: Voice) -> str:
    """What must be settled before tenders where the upper end is above the limit, ends a sentence.

    Money or its source stands before an invitation to tender, and building money stays within the
    approved budget; the dearest project of the first wave is what has to give.

    Args:
        assessment: The results, with a first wave.
        voice: Names the office that secures the money.
    """
    dearest = max(assessment.programme.first.projects, key=lambda one: one.capital.value or 0.0)
    return voice.say(
        "funding.secured", office=voice.office(PAYS), project=voice.uses((dearest.use_id,))
    )


def limit_varies(assessment: Assessment, voice: Voice) -> str:
    """Between which ends the limit of money was drawn as well; empty where none are stated."""
    limit = assessment.programme.money_limit
    stated = [one.amount for one in assessment.region.limits if one.resource == "capex"]
    if limit is None or len(stated) != 1:
        return ""
    amount = stated[0]
    if not amount.value or amount.low is None or amount.high is None or amount.low == amount.high:
        return ""
    low, high = (limit * end / amount.value for end in (amount.low, amount.high))
    return voice.say("spending.limit_varies", limits=voice.about(low, high))
