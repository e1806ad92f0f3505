"""What projects must earn to pay back, beside prices on file, and what fewer customers do to that."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report import money
from generator.report.money import is_from_elsewhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment
    from generator.model.programme import Project, Returns
    from generator.report.voice import Voice

_DIGITS = 3
_AGES = 60.0
"""Years of payback that are told as longer than that."""


def income_told(one: Project, voice: Voice) -> str:
    """What a project must earn a year to pay back, for a natural unit too; empty without a payback."""
    found = one.returns
    if found is None:
        return ""
    key = "earnings.income_elsewhere" if is_from_elsewhere(voice) else "earnings.income"
    by_unit = _by_unit(one, found, voice)
    parts = [
        voice.say(
            key, years=voice.number(found.years, 1), income=voice.about(found.income),
            by_unit=voice.say("earnings.or_by_unit", by_unit=by_unit) if by_unit else "",
        ),
        _beside_price(one, found, voice),
        _with_fewer(found, voice),
    ]  # fmt: skip
    return voice.clauses(filter(None, parts))


def let_told(one: Project, voice: Voice, *, brief: bool = False) -> str:
    """What a leader must know of space to let: the price it needs, that on file, half let; else empty.

    Args:
        one: A project.
        voice: Speaks.
        brief: Whether there is room only for the years that it takes with fewer tenants.
    """
    found = one.returns
    is_space = found is not None and one.jobs_by == "tenants_clients"
    if found is None or not is_space or found.share is None or found.by_unit is None:
        return ""
    args = {
        "years": voice.number(found.years, 1), "share": voice.percent(found.share),
        "back": _back(found, voice),
    }  # fmt: skip
    if brief:
        # What it takes at prices on file stands with the project, where they do not pay it back.
        told = voice.say("earnings.let_brief", share=args["share"], back=args["back"])
        return "" if gap_told(one, voice) else told
    price = voice.say("earnings.let_price", price=_price(found.price, voice)) if found.price else ""
    return voice.say(
        "earnings.let", by_unit=_by_unit(one, found, voice), price=price,
        jobs=voice.number((one.jobs.value or 0.0) * (1.0 - found.share), 0), **args,
    )  # fmt: skip


def gap_told(one: Project, voice: Voice, *, brief: bool = False) -> str:
    """How long a project takes at prices on file that do not pay it back in time; empty without a gap.

    Args:
        one: A project.
        voice: Speaks.
        brief: Whether the two prices are enough.
    """
    found = one.returns
    if found is None or found.price is None or found.by_unit is None or not found.years_at_price:
        return ""
    if found.by_unit <= found.price[1]:
        return ""
    prices = {"by_unit": _by_unit(one, found, voice), "price": _price(found.price, voice)}
    if brief:
        return voice.say("earnings.gap_brief", **prices)
    best, worst = (
        None if each is None or each > _AGES else voice.number(each, 0)
        for each in found.years_at_price
    )
    key = "never" if best is None else "best" if worst is None or worst == best else "years"
    return voice.say(
        "earnings.gap", **prices,
        back=voice.say(
            f"earnings.gap_{key}", best=best or "", worst=worst or "", most=voice.number(_AGES, 0)
        ),
    )  # fmt: skip


def fewer_line(assessment: Assessment, voice: Voice) -> str:
    """How long projects take to pay back with the customers that a scenario tries; empty without any."""
    told = [
        (one, one.returns)
        for one in assessment.programme.projects
        if one.returns is not None and one.returns.share is not None
    ]
    if not told:
        return ""
    parts = [
        voice.say(
            "earnings.fewer_part", use=voice.use(one.use_id), back=_back(found, voice),
            years=voice.number(found.years, 1),
        )
        for one, found in told
    ]  # fmt: skip
    cost = math.fsum(sum(one.running_cost or (0.0, 0.0)) / 2 for one, _ in told)
    share = told[0][1].share or 0.0
    income = math.fsum(found.income for _, found in told)
    return voice.sentence(
        "scenarios.fewer", "earnings.fewer_elsewhere" if is_from_elsewhere(voice) else "earnings.fewer", share=voice.percent(share), parts=voice.clauses(parts),
        cost=voice.about(cost), income=voice.about(income), less=voice.about(share * income),
    )  # fmt: skip


def _by_unit(one: Project, found: Returns, voice: Voice) -> str:
    """The income for one natural unit, such as a cubic metre; empty where the size counts none."""
    if found.by_unit is None:
        return ""
    unit = voice.name(voice.knowledge.use(one.use_id).size).format(
        amount="", count="", power=voice.say("power", value="")
    )
    return voice.say("earnings.by_unit", price=_price((found.by_unit,), voice), unit=unit.strip())


def _beside_price(one: Project, found: Returns, voice: Voice) -> str:
    """How the price that is needed stands to those on file; empty where there is none."""
    row = next((row for row in voice.knowledge.prices if row.use_id == one.use_id), None)
    if found.price is None or found.by_unit is None or row is None:
        return voice.say("earnings.no_price")
    low, high = found.price
    key = "above" if found.by_unit > high else "within" if found.by_unit > low else "below"
    return voice.say(
        f"earnings.price_{key}", price=_price((low, high), voice),
        name=voice.name(row.name),
    )  # fmt: skip


def _with_fewer(found: Returns, voice: Voice) -> str:
    """When the capital is back with the customers that a scenario tries; empty without one."""
    if found.share is None:
        return ""
    return voice.say(
        "earnings.at_share", share=voice.percent(found.share), back=_back(found, voice)
    )


def _back(found: Returns, voice: Voice) -> str:
    """When the capital is back with these customers, or that it never is."""
    if found.years_at_share is None:
        return voice.say("earnings.never")
    return voice.say("earnings.back", years=voice.number(found.years_at_share, 0))


def _price(values: Sequence[float], voice: Voice) -> str:
    held = voice.money_in
    return money.amount(
        tuple(value / held.rate for value in values), held.shown, voice, digits=_DIGITS
    )
