"""Projects in words: what, how large and where, what each costs, brings and must wait for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.report import money
from generator.report.actions import month_of_end
from generator.report.bodies import title
from generator.report.earnings import payback_told
from generator.report.funding import first_step, owner
from generator.report.hanging import hangs_on, what
from generator.report.money import is_from_elsewhere
from generator.report.preconditions import preconditions
from generator.report.reach import law_word
from generator.report.verdict import shares, verdict, weakest

if TYPE_CHECKING:
    from generator.model import Assessment, Fact, Use
    from generator.model.choosing import Bound
    from generator.model.programme import Placement, Project, Wave
    from generator.report.voice import Voice

_MANY = 8
"""Projects above which a programme counts as long."""
_SMALL_MW = 10.0
EFFECTS = ("jobs", "power", "served")
"""What every sentence and table counts; the region's own value added stands by itself."""
_FULL = 1e-9


def size(use_id: str, units: float, voice: Voice) -> str:
    """How large a project is in natural units; a platform is told by whom it serves."""
    return _sized(use_id, (units,), voice)


def _sized(use_id: str, ends: Sequence[float], voice: Voice) -> str:
    """One size in natural units, or from one to another."""
    use = voice.knowledge.use(use_id)
    if use.size_amount is None:
        return voice.name(use.unit_of_scale)
    amounts = [use.size_amount * units for units in ends]
    told = {
        "amount": [voice.number(amount, 2) for amount in amounts],
        "count": [voice.large(amount) for amount in amounts],
        "power": [_power(amount, voice) for amount in amounts],
    }
    return voice.name(use.size).format(
        **{
            name: voice.say("span", low=own[0], high=own[-1]) if len(own) > 1 else own[0]
            for name, own in told.items()
        }
    )


def _power(megawatts: float, voice: Voice) -> str:
    """Power in the steps of the language, small power in megawatts."""
    if megawatts < _SMALL_MW:
        return voice.say("power", value=voice.number(megawatts, 2))
    return voice.say("size.kilowatts", value=voice.large(megawatts * 1e3))


def named(one: Placement | Project, voice: Voice, *, is_quoted: bool = False) -> str:
    """A project by name, which a sentence quotes; power reuse with its size and place."""
    name = voice.quoted(one.use_id) if is_quoted else voice.use(one.use_id)
    if voice.knowledge.use(one.use_id).category == "blockchain":
        return name
    place = voice.text(one.place.name)
    shown = size(one.use_id, one.size, voice)
    key = "project.named" if place else "project.sized"
    return voice.say(key, name=name, size=shown, place=place)


def names(chosen: Iterable[Placement | Project], voice: Voice) -> str:
    """Projects in a row; a dash for none."""
    return voice.join(named(one, voice) for one in chosen) or voice.dash


def least_capital(assessment: Assessment) -> tuple[float, float] | None:
    """What a project takes least, which decides the step of money in a table of all; None while unknown."""
    return money.smallest(ends(one.capital) for one in assessment.programme.projects)


def is_long(assessment: Assessment) -> bool:
    """Whether a programme has so many projects that its briefs tell some things in short."""
    return len(assessment.programme.projects) > _MANY


def counted(count: int, voice: Voice) -> str:
    """A number of projects in words."""
    return voice.plural("projects.count", count)


def megawatts(value: float, voice: Voice) -> str:
    """Power in MW to the hundredths that projects are counted in, so that parts add up as printed."""
    return voice.number(value, 2)


def amount_of(effect: str, value: float, voice: Voice) -> str:
    """How much of one effect, as a bare number in its unit."""
    if effect == "power":
        return megawatts(value, voice)
    if effect == "value_added":
        return voice.millions(value)
    return people(value, voice) if effect == "served" else voice.large(nearest(value))


def nearest(value: float) -> float:
    """The nearest whole number as the language prints it: a half goes up."""
    return math.floor(value + 0.5)


def people(value: float, voice: Voice) -> str:
    """People reached, to the three figures that an estimate bears."""
    return voice.large(in_figures(value))


def in_figures(value: float) -> float:
    """People to the three figures that an estimate bears."""
    return float(f"{value:.3g}")


def with_unit(effect: str, value: float, voice: Voice) -> str:
    """How much of one effect, with its unit."""
    return voice.say(f"effect.{effect}", value=amount_of(effect, value, voice))


def brought(effects: dict[str, float], voice: Voice, tenants: float = 0.0) -> str:
    """What a wave brings in one enumeration, effects that it has none of left out.

    Args:
        effects: Amounts by effect.
        voice: Speaks.
        tenants: Jobs among them that tenants and clients create, told apart.
    """
    parts = [
        with_unit(name, effects[name], voice) for name in EFFECTS if effects.get(name, 0.0) > 0
    ]
    if tenants > 0 and parts:
        parts[0] = voice.say(
            "effect.jobs_tenants", jobs=parts[0], tenants=amount_of("jobs", tenants, voice)
        )
    return voice.say("effects.separator").join(parts) or voice.say("effects.none")


def project_rows(wave: Wave, assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """One row a project of a wave, with everything that a table may print of it."""
    return [
        {
            "number": str(number),
            **_what(one, assessment, voice),
            **brings(one, voice),
            **_costs(one, voice),
            **_starts(one, assessment, voice),
        }
        for number, one in enumerate(wave.projects, start=1)
    ]


def priced_rows(waves: Sequence[Wave], assessment: Assessment, voice: Voice) -> Priced:
    """Rows of both waves whose capital and running cost stand in one unit each."""
    projects = [one for wave in waves for one in wave.projects]
    capital, capital_unit = money.in_one_unit([ends(one.capital) for one in projects], voice)
    costs = [one.running_cost for one in projects]
    running, running_unit = money.in_one_unit(costs, voice)
    told = iter(zip(capital, _with_power(projects, running, voice), strict=True))
    rows = [project_rows(wave, assessment, voice) for wave in waves]
    for row in (row for own in rows for row in own):
        row["capital"], row["running_cost"] = next(told)
    return Priced(rows, capital_unit, running_unit)


def _with_power(projects: Sequence[Project], running: Sequence[str], voice: Voice) -> Iterator[str]:
    """Yearly costs of a column: the running cost, with power told apart where any is counted."""
    least = money.smallest(one.running_cost for one in projects)
    for one, text in zip(projects, running, strict=True):
        if not one.power_cost or one.yearly_cost is None or least is None:
            yield text
            continue
        grain, power = money.step_of(least, voice), (one.power_cost, one.power_cost)
        yield voice.say(
            "project.running_power",
            power=money.number_in(power, grain, voice),
            total=money.number_in(one.yearly_cost, grain, voice),
        )  # fmt: skip


class Priced(NamedTuple):
    """Rows a wave, with the units that their amounts of money stand in."""

    rows: list[list[dict[str, object]]]
    capital_unit: str
    running_unit: str


def _what(one: Project, assessment: Assessment, voice: Voice) -> dict[str, object]:
    use = voice.knowledge.use(one.use_id)
    law = assessment.screening.uses[one.use_id].status
    known = assessment.evidence.get(one.use_id)
    return {
        "id": one.use_id,
        "name": voice.name(use.name),
        "what": voice.name(use.what_it_is),
        "size": size(one.use_id, one.size, voice),
        "place": voice.text(one.place.name),
        "law": law_word(one.use_id, assessment, voice),
        "law_band": law,
        "confidence": voice.say(f"confidence.{known.level}") if known else "",
        "bound": _bound(one, assessment, voice),
        "supplies": _supplies(one, voice),
        "firm": firm(one, assessment, voice),
        "firm_word": _firm_word(one, assessment, voice),
        "firm_hangs": hangs_on(one, assessment, voice),
        "lead": owner(one.use_id, voice),
        "responsible": ""
        if use.operator_office == use.owner_office
        else voice.office(use.operator_office),
    }


def brings(one: Project, voice: Voice) -> dict[str, str]:
    """What a project brings, and what it draws for that."""
    power, hours = one.effects.get("power", 0.0), voice.knowledge.assumed("load_hours")
    served = one.effects.get("served", 0.0)
    return {
        "jobs": _jobs(one.jobs, voice),
        "jobs_range": voice.extent(whole(ends(one.jobs))),
        "jobs_by": voice.say("project.jobs_by_tenants") if one.jobs_by != "operator" else "",
        "power": megawatts(power, voice) if power else voice.say("none"),
        "people": people(served, voice) if served else voice.say("none"),
        "connection": voice.number(one.connection_mw, 2),
        "electricity": voice.say("not_counted")
        if voice.knowledge.use(one.use_id).category == "blockchain"
        else electricity(power * hours, voice),
        "emissions": voice.say("not_counted")
        if voice.knowledge.use(one.use_id).category == "blockchain"
        else voice.dash
        if one.emissions_kt is None
        else voice.rounded(one.emissions_kt)
        if power
        else voice.say("none"),
    }


def whole(span: tuple[float, float] | None) -> tuple[float, float] | None:
    """Both ends of a range of people as whole numbers."""
    return span and (nearest(span[0]), nearest(span[1]))


def electricity(energy: float, voice: Voice) -> str:
    """Electricity in MWh, in the unit of the language's planners."""
    amount = energy * float(voice.say("energy.per_mwh"))
    return voice.rounded(amount) if amount else voice.say("none")


def _jobs(fact: Fact, voice: Voice) -> str:
    return voice.say("none_known") if fact.value is None else voice.number(fact.value, 0)


def _costs(one: Project, voice: Voice) -> dict[str, object]:
    use = voice.knowledge.use(one.use_id)
    return {
        "capex": voice.about(*(ends(one.capital) or (None, None))),
        "running": voice.about(*(one.running_cost or (None, None))),
        "payback": payback_told(one, payback(use, voice), voice),
        "months": voice.extent(one.months),
    }


def payback(use: Use, voice: Voice) -> str:
    """Years until the capital is back; not shown where no revenue is on record."""
    if is_from_elsewhere(voice):
        return voice.say("project.payback_elsewhere")
    if not use.has_revenue or use.payback_years_low is None:
        return voice.say("project.no_payback")
    return voice.span(use.payback_years_low, use.payback_years_high, "span.years")


def ends(fact: Fact) -> tuple[float, float] | None:
    """Low and high end of a figure, its value where it has no range; None while unknown."""
    if fact.value is None:
        return None
    return (
        fact.value if fact.low is None else fact.low,
        fact.value if fact.high is None else fact.high,
    )


def _starts(one: Project, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What must come first, and the first step with its end."""
    step = first_step(one.use_id, assessment)
    start = assessment.region.plan_from
    return {
        "before": preconditions(one, assessment, voice),
        "first_step": voice.dash if step is None else title(step, voice, one.use_id),
        "by": voice.dash if step is None else month_of_end(step, start, voice),
    }


def _bound(one: Project, assessment: Assessment, voice: Voice) -> str:
    """What limits the size, or that more would fit than is built."""
    if one.bound is None:
        return ""
    fits = assessment.programme.candidates[one.use_id].fits
    full = next((fit.full for fit in fits if fit.place == one.place), None)
    if full is not None and one.size < full - _FULL:
        return voice.say("bound_by.choice", full=size(one.use_id, full, voice))
    return voice.say(
        f"bound_by.{one.bound.kind}", amount=_available(one.bound, voice),
        rules=voice.join(_instruments(one.bound.rules, voice)),
    )  # fmt: skip


def _available(bound: Bound, voice: Voice) -> str:
    return voice.number(bound.amount, 2 if bound.kind == "connection" else 1)


def _instruments(rule_ids: Sequence[str], voice: Voice) -> list[str]:
    rules = [rule for rule in voice.knowledge.rules if rule.rule_id in rule_ids]
    return list(dict.fromkeys(voice.short_instrument(rule) for rule in rules))


def _supplies(one: Project, voice: Voice) -> str:
    """Uses that could feed the project's load, at the size of that load."""
    parts = [
        voice.say("project.supply", name=voice.use(supply.use_id), size=size(supply.use_id, supply.size, voice))
        if supply.size
        else voice.say("project.supply_small", name=voice.use(supply.use_id))
        for supply in one.supplies
    ]  # fmt: skip
    return voice.clauses(parts)


def firm(one: Project, assessment: Assessment, voice: Voice, *, is_short: bool = False) -> str:
    """How stable the choice is: the verdict, the shares behind it, what takes it out or its place.

    Only how often it is shortlisted where nothing else was tried; empty while nothing was. In short
    it is the verdict and its share.
    """
    found = verdict(one, assessment)
    word, tried = found.word, [*shares(one, assessment, voice)]
    told = voice.clauses([*tried[:1], *_sizes(one, assessment, voice), *tried[1:]])
    if found.turning:
        value = voice.say("firm.turning", value=what(found.turning[0], voice, 1))
        told = voice.clauses([told, value])
    if one.replaced_by and word not in {None, "high"}:
        instead = voice.say("firm.replaced", uses=voice.uses(one.replaced_by, 2))
        told = voice.clauses([told, instead])
    if word is None or not told:
        return told
    if is_short:
        return voice.say(
            "firm.told_turning" if found.turning and found.is_often else "firm.told_short",
            word=voice.say(f"firm.word.{word}"),
            least=weakest(one, assessment, voice),
        )  # fmt: skip
    return voice.say(
        "firm.told", word=voice.say(f"firm.word.{word}"), shares=told,
        least=weakest(one, assessment, voice),
    )  # fmt: skip


def _sizes(one: Project, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Between which sizes most draws choose a project; nothing within a step of what is on offer."""
    if one.usual_sizes is None:
        return
    low, high = one.usual_sizes
    fits = assessment.programme.candidates[one.use_id].fits
    if any(low + _FULL < tried < high - _FULL for fit in fits for tried in fit.menu):
        yield voice.say("firm.full.sizes", size=_sized(one.use_id, (low, high), voice))


def _firm_word(one: Project, assessment: Assessment, voice: Voice) -> str:
    """The verdict in a word, the same as in the sheet of the project; empty while nothing was tried."""
    word = verdict(one, assessment).word
    return "" if word is None else voice.say(f"firm.word.{word}")
