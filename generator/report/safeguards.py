"""How the plan is kept on its way: who leads, money, means, law, data; each with its office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.report.ceiling import secured
from generator.report.registers import beyond, overtaken
from generator.report.taskrank import FULL
from generator.report.yearly import Peak, dearest

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import LimitUse
    from generator.report.voice import Voice

_SMALL = 1e-9


def safeguard_rows(
    assessment: Assessment, said: Mapping[str, Mapping[str, object]], voice: Voice
) -> list[dict[str, object]]:
    """Paragraphs with a head and a text; one that would say nothing is left out.

    Args:
        assessment: The results of one region.
        said: The fields of goals, counsel and firmness, whose findings are not told anew.
        voice: Speaks.
    """
    made = {
        "organisation": _organisation(voice),
        "money": _money(assessment, voice),
        "means": voice.run_on(_means(assessment, voice)),
        "law": _law(said, voice),
        "data": _data(said, voice),
    }
    return [
        {"name": voice.say(f"safeguard.{key}"), "text": text} for key, text in made.items() if text
    ]


def _office(about: str, voice: Voice) -> str:
    return voice.office(voice.say(f"office_of.{about}"))


def _organisation(voice: Voice) -> str:
    """Who brings the offices together, how often, and who follows up what is late; a proposal."""
    return voice.say(
        "safeguard.lead", office=_office("plan", voice), watch=voice.office("government_office")
    )


def _money(assessment: Assessment, voice: Voice) -> str:
    first = assessment.programme.first
    if not first.projects:
        return ""
    office = _office("money", voice)
    limit = assessment.programme.money_limit
    if limit is None:
        return voice.say(
            "safeguard.money_open", office=office, capital=voice.about(*first.capital_range)
        )
    over = first.capital_range[1] - limit
    if over > 0:
        return voice.say(
            "safeguard.money_over", office=office, over=voice.millions(over, upward=True),
            rule=secured(assessment, voice),
        )  # fmt: skip
    year, amount, _ = dearest(assessment, voice) or Peak("", "", "all")
    second = dearest(assessment, voice, is_second=True)
    return voice.say(
        "safeguard.money_within", office=office, year=year, amount=amount,
        second=voice.say("safeguard.money_second", year=second.year, amount=second.amount)
        if second else "",
    )  # fmt: skip


def _means(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What is taken up nearly whole, with the office that supplies it; else the fullest.

    What a register does not hold is told first, in the words of the first page.
    """
    short = {one.resource for one, _ in overtaken(assessment, voice)}
    if short:
        yield beyond(assessment, voice)
    offices = {one.role: one.owner_office for one in voice.knowledge.criteria.values() if one.role}
    shares = [
        ((one.first + one.second) / one.limit, one)
        for one in assessment.programme.limits
        if one.limit
        and one.first + one.second > _SMALL
        and one.resource in offices
        and one.resource not in short
    ]
    full = [pair for pair in shares if pair[0] >= FULL]

    def told(key: str, share: float, one: LimitUse) -> str:
        return voice.say(
            key, resource=voice.say(f"resource.{one.resource}"), share=voice.percent(share),
            office=voice.office(offices[one.resource]),
        )  # fmt: skip

    if full:
        yield from (told("safeguard.full", *pair) for pair in full)
    elif shares and not short:
        yield told("safeguard.spare", *max(shares, key=lambda pair: pair[0]))


def _law(said: Mapping[str, Mapping[str, object]], voice: Voice) -> str:
    finding = said["counsel"]["finding"]
    if not finding:
        return ""
    return voice.say("safeguard.counsel", office=_office("law", voice), finding=finding)


def _data(said: Mapping[str, Mapping[str, object]], voice: Voice) -> str:
    parts = []
    values = said["firmness"]["measured"]
    if isinstance(values, list) and values:
        first = values[0]
        parts.append(voice.say("safeguard.values", value=first["value"], office=first["office"]))
    if said["goals"]["finding"]:
        parts.append(voice.say("safeguard.follow", finding=said["goals"]["finding"]))
    return voice.run_on(parts)
