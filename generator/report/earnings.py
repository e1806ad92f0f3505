"""What projects must earn to pay back, what prices on file leave to the budget, and fewer customers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from generator.report import money
from generator.report.breakeven import AGES, by_unit, is_late, let_share, price, priced_years
from generator.report.money import is_from_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.model import Assessment, Range
    from generator.model.programme import Project, Wave
    from generator.model.returns import Returns
    from generator.report.voice import Voice

_ROUGH = 2
"""Of an amount for one job, which no plan knows better."""
_HOURS, _KILO = 8760.0, 1000.0
"""Hours of a year; CNY m a MWh are that many CNY a kWh."""
_LEAST = 0.005
"""CNY m below which nothing is left to be paid."""


def income_told(one: Project, voice: Voice) -> str:
    """What a project must earn a year to pay back, for a natural unit too; empty without a payback."""
    found = one.returns
    if found is None:
        return ""
    key = "earnings.income_elsewhere" if is_from_elsewhere(voice) else "earnings.income"
    each = _by_unit(one, found, voice)
    parts = [
        voice.say(
            key, years=voice.number(found.years, 1), income=voice.about(found.income),
            by_unit=voice.say("earnings.or_by_unit", by_unit=each) if each else "",
        ),
        _beside_price(one, found, voice),
        _left([one], voice) or _even(one, found, voice) or _with_fewer(found, voice),
    ]  # fmt: skip
    return voice.clauses(filter(None, parts))


def needed_lines(wave: Wave, voice: Voice) -> Iterator[str]:
    """What each project must earn at prices gathered elsewhere, and that nobody is named who pays it.

    Nothing where the costs are those of the country.
    """
    if not is_from_elsewhere(voice):
        return
    for one in wave.projects:
        found, load = one.returns, one.effects.get("power", 0.0)
        if found is None or found.price is not None:
            continue
        income, wage = _with_local_wages(one, found)
        each = (income * _KILO / (load * _HOURS),) if load else ()
        key = f"earnings.needed{wage}_kwh" if each else f"earnings.needed{wage}"
        yield voice.sentence(
            "funding.needed", key,
            use=voice.use(one.use_id), income=voice.about(income),
            years=voice.number(found.years, 1), each=price(each, voice, _ROUGH) if each else "",
        )  # fmt: skip


def _with_local_wages(one: Project, found: Returns) -> tuple[float, str]:
    """The income that pays a project back with its staff at the lower local wage, and the ending of its key."""
    cost, roll = one.running_cost, one.payroll
    if cost is None or roll is None:
        return found.income, ""
    return found.income + max(0.0, roll.wages[0] - sum(cost) / 2), "_local"


def let_told(one: Project, voice: Voice, *, brief: bool = False) -> str:
    """What a leader must know of space to let: how many jobs and what sum fewer tenants cost; else empty.

    Args:
        one: A project.
        voice: Speaks.
        brief: Whether there is room only for the years, where no price is on file; what prices leave
            to the budget stands with the project.
    """
    found = one.returns
    is_space = found is not None and one.jobs_by == "tenants_clients"
    if found is None or not is_space or found.share is None or found.by_unit is None:
        return ""
    share = voice.percent(found.share)
    jobs = one.jobs.value or 0.0
    fewer = voice.number(jobs - _filled(one, found.share), 0)
    back = _back(found, voice)
    if brief:
        return (
            "" if gap_told(one, voice) else voice.say("earnings.let_brief", share=share, back=back)
        )
    if found.gap_at_share is not None and found.gap_at_share[1] > _LEAST:
        gap = _sum(found.gap_at_share, voice)
        even = let_share(found, one.use_id, voice)
        return voice.say("earnings.let_paid", even=even, share=share, jobs=fewer, gap=gap)
    return voice.say(
        "earnings.let", by_unit=_by_unit(one, found, voice), jobs=fewer, share=share, back=back,
        years=voice.number(found.years, 1),
    )  # fmt: skip


def gap_told(one: Project, voice: Voice) -> str:
    """What a project must earn, and what prices on file leave to the budget; empty where they pay it."""
    found = one.returns
    if found is None or found.price is None or found.gap is None or not _falls_short(one):
        return ""
    return voice.say(
        "earnings.gap", by_unit=_by_unit(one, found, voice), price=price(found.price, voice),
        gap=_sum(found.gap, voice),
    )  # fmt: skip


def payback_told(one: Project, payback: str, voice: Voice) -> str:
    """The years of payback by the catalogue; where prices are on file, that its sheet tells what they bring."""
    if one.returns is None or is_from_elsewhere(voice) or not priced_years(one.returns, voice):
        return payback
    return voice.say("project.payback_priced", payback=payback)


def budget_line(place: str, wave: Wave, voice: Voice) -> str:
    """What is missing a year where projects of a wave earn the prices on file, in full use and with fewer tenants.

    Args:
        place: Where it stands.
        wave: Its projects.
        voice: Speaks and keeps the sentence.

    Returns:
        Who is to bear it as well; empty where prices on file pay every project.
    """
    full, half = (_short(wave.projects, gap) for gap in (_in_full, _with_share))
    told = full or half
    if not told:
        return ""
    fewer = {"share": _share_told(half, voice), "gap": _sum(_total(half, _with_share), voice)}
    several = "several" if len(told) > 1 else "one"
    named = {"use": voice.use(told[0].use_id), "count": voice.number(len(told), 0)}
    if not full:
        late = (
            voice.say("earnings.late")
            if any(one.returns is not None and is_late(one.returns) for one in told)
            else ""
        )
        key = f"earnings.budget_fewer_{several}"
        return voice.sentence(place, key, late=late, **named, **fewer)
    same = "" if len(half) == len(full) else "_all"
    return voice.sentence(
        place, f"earnings.budget_{several}", **named, gap=_sum(_total(full, _in_full), voice),
        half=voice.say(f"earnings.budget_share{same}", **fewer) if half else "",
    )  # fmt: skip


class Missing(NamedTuple):
    """What rents on file leave open a year."""

    text: str
    """With fewer customers where that is more, and in full use."""
    share: str
    """Of the customers with whom it is the most; empty for all of them."""
    most: float
    """The most of it, CNY m, as it is printed."""
    least: float
    """Likewise the least of it, at the highest price on file."""


def gap_in_full(projects: Sequence[Project], voice: Voice) -> str:
    """What prices on file leave a year to the owners of projects in full use; empty where they pay all."""
    short = _short(projects, _in_full)
    return _sum(_total(short, _in_full), voice) if short else ""


def missing_rents(wave: Wave, voice: Voice) -> Missing | None:
    """What rents on file leave open a year, in full use and with fewer customers; None where they pay all."""
    told = [one for one in wave.projects if one.returns is not None and one.returns.gap is not None]
    full, fewer = _total(told, _in_full), _total(told, _with_share)
    is_worse = fewer[1] > max(full[1], _LEAST)
    gap = fewer if is_worse else full
    if gap[1] <= _LEAST:
        return None
    key = "earnings.short_share" if is_worse and full[1] > _LEAST else "earnings.short_full"
    return Missing(
        voice.say(key, gap=_sum(gap, voice), full=_sum(full, voice)),
        _share_told(told, voice) if is_worse else "",
        money.kept_roughly(gap[1], voice),
        money.kept_roughly(gap[0], voice),
    )


def _short(projects: Iterable[Project], gap: Callable[[Returns], Range]) -> list[Project]:
    """The projects that lack an amount worth telling."""
    return [one for one in projects if one.returns is not None and gap(one.returns)[1] > _LEAST]


def _share_told(projects: Iterable[Project], voice: Voice) -> str:
    """The share of the customers that a scenario tries; empty without one."""
    found = (one.returns.share for one in projects if one.returns is not None)
    share = next(found, None)
    return voice.percent(share) if share else ""


def pays_short(wave: Wave) -> bool:
    """Whether prices on file leave something of a wave to the budget."""
    return any(map(_falls_short, wave.projects))


def budget_lines(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """For each project that prices on file do not pay: what it must earn, what is left, and the rule."""
    short = [one for one in assessment.programme.projects if _falls_short(one)]
    for one in short:
        found = one.returns
        if found is not None and found.price is not None:
            yield voice.sentence(
                "money.gap", "earnings.pays", use=voice.use(one.use_id),
                years=voice.number(found.years, 1), by_unit=_by_unit(one, found, voice),
                price=price(found.price, voice), left=_left([one], voice),
            )  # fmt: skip
    if short:
        yield voice.sentence("money.gap_rule", "earnings.pays_rule")


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


def priced_line(assessment: Assessment, voice: Voice) -> str:
    """When projects in full use are back at the top and the bottom of the prices on file; else empty."""
    parts = [
        voice.say(
            "earnings.priced_part", use=voice.use(one.use_id),
            years=priced_years(one.returns, voice),
        )
        for one in assessment.programme.projects
        if one.returns is not None and one.returns.years_at_price
    ]  # fmt: skip
    if not parts:
        return ""
    return voice.sentence("scenarios.priced", "earnings.priced", parts=voice.clauses(parts))


def _falls_short(one: Project) -> bool:
    """Whether the lower price on file leaves an amount that is worth telling."""
    return one.returns is not None and one.returns.gap is not None and one.returns.gap[1] > _LEAST


def _in_full(found: Returns) -> Range:
    return found.gap or (0.0, 0.0)


def _with_share(found: Returns) -> Range:
    return found.gap_at_share or (0.0, 0.0)


def _total(projects: Sequence[Project], gap: Callable[[Returns], Range]) -> Range:
    """The gaps of projects, added up end by end."""
    gaps = [gap(one.returns) for one in projects if one.returns is not None]
    return math.fsum(each[0] for each in gaps), math.fsum(each[1] for each in gaps)


def _sum(gap: Range, voice: Voice) -> str:
    """Money for a year as a range, or as the most that it may be where it may be nothing."""
    low, high = gap
    if low <= _LEAST:
        return voice.say("earnings.most", value=money.rough((high, high), voice))
    return money.rough(gap, voice)


def _each(
    projects: Sequence[Project], gap: Callable[[Returns], Range], share: float, voice: Voice
) -> str:
    """The same for one job a year, of those that stand with a share of the customers; rounded."""
    jobs = math.fsum(_filled(one, share) for one in projects)
    least, most = _total(projects, gap)
    # From the amounts as they are printed beside it.
    ends = (money.kept_roughly(end, voice) for end in (least, most))
    low, high = (end * 1e6 / jobs for end in ends) if jobs else (0.0, 0.0)
    if least <= _LEAST:
        return voice.say("earnings.most", value=price((high,), voice, _ROUGH))
    return price((low, high), voice, _ROUGH)


def _filled(one: Project, share: float) -> float:
    """Jobs of a project that stand with a share of the customers, in whole persons."""
    jobs = one.jobs.value or 0.0
    return jobs - math.floor(jobs * (1.0 - share) + 0.5)


def _left(projects: Sequence[Project], voice: Voice) -> str:
    """What prices on file leave to the budget in full use and with fewer customers; else empty."""
    short = [one for one in projects if one.returns is not None and _falls_short(one)]
    if not short:
        return ""
    return voice.say(
        "earnings.left", gap=_sum(_total(short, _in_full), voice),
        each=_each(short, _in_full, 1.0, voice),
        half=_at_share("earnings.left_at_share", short, voice),
    )  # fmt: skip


def _at_share(key: str, short: Sequence[Project], voice: Voice) -> str:
    """The same with the share of the customers that a scenario tries; empty without one."""
    share = next((one.returns.share for one in short if one.returns is not None), None)
    if not share:
        return ""
    return voice.say(
        key, share=voice.percent(share), gap=_sum(_total(short, _with_share), voice),
        each=_each(short, _with_share, share, voice),
    )  # fmt: skip


def _by_unit(one: Project, found: Returns, voice: Voice) -> str:
    """The income for one natural unit, such as a cubic metre; empty where the size counts none."""
    if found.by_unit is None:
        return ""
    return by_unit(found.by_unit, one.use_id, voice)


def _beside_price(one: Project, found: Returns, voice: Voice) -> str:
    """How the price that is needed stands to those on file; empty where there is none."""
    row = next((row for row in voice.knowledge.prices if row.use_id == one.use_id), None)
    if found.price is None or found.by_unit is None or row is None:
        return voice.say("earnings.no_price")
    low, high = found.price
    key = "above" if found.by_unit > high else "within" if found.by_unit > low else "below"
    return voice.say(
        f"earnings.price_{key}", price=price((low, high), voice),
        name=voice.name(row.name),
    ) + _with_power(one, found, voice)  # fmt: skip


def _with_power(one: Project, found: Returns, voice: Voice) -> str:
    """What a rent would have to be that holds the power as well, since no price on file says whether it does."""
    if not one.power_cost or found.by_unit is None:
        return ""
    each = found.by_unit * (1.0 + one.power_cost / found.income)
    return voice.say("earnings.with_power", by_unit=by_unit(each, one.use_id, voice))


def _even(one: Project, found: Returns, voice: Voice) -> str:
    """From which share on prices on file pay a project back, and after how many years in full use; or empty."""
    share = let_share(found, one.use_id, voice)
    if not share:
        return ""
    return voice.say(
        "earnings.even", share=share, years=priced_years(found, voice),
        late=voice.say("earnings.late") if is_late(found) else "",
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
    if found.years_at_share > AGES:
        return voice.say("earnings.ages", most=voice.number(AGES, 0))
    return voice.say("earnings.back", years=voice.number(found.years_at_share, 0))
