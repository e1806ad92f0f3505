"""What a use costs and brings, where it fits, and its value alone as a sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from generator.model.choosing import ProjectSite

if TYPE_CHECKING:
    from generator.model import Bound, Fact, Fit
    from generator.model.explanation import Explanation, NoHost
    from generator.report.explanation.sheet import Sheet

_BOUNDS = ("bound", "units", "need", "amount", "cells")
_BOUND_WIDTHS = (42, 10, 11, 14, 19)
_DIVISIONS = ("division", "employed", "share", "people", "cells")
_DIVISION_WIDTHS = (40, 14, 10, 14, 18)
_WORTH = ("effect", "value", "normaliser", "weight", "sum")
_WORTH_WIDTHS = (36, 15, 17, 15, 13)


def costs(use: Explanation, sheet: Sheet) -> Iterator[str]:
    """Capital and jobs of one unit, and where they are from."""
    found, voice = use.costs, sheet.voice
    if found is None:
        return
    yield from sheet.head("explain.costs")
    unit = use.use.unit_of_scale
    if unit:
        yield from sheet.text("explain.unit", unit=voice.name(unit))
    per = sheet.say(f"explain.per.{use.use.category}")
    low, high = found.capital_range
    ends = voice.money(low, low), voice.money(high, high)
    capital = found.capital.value
    yield from sheet.text(
        "explain.capital", per=per, basis=_basis("capex", found.capital, ends, use, sheet),
        amount=voice.dash if capital is None else voice.millions(capital),
    )  # fmt: skip
    jobs = voice.number(found.jobs_range[0]), voice.number(found.jobs_range[1])
    by = voice.choice("jobs_by", voice.knowledge.needs[use.use.use_id].jobs_by)
    yield from sheet.text(
        "explain.jobs", per=per, basis=_basis("jobs", found.jobs, jobs, use, sheet), by=by,
        amount=voice.number(found.jobs.value),
    )  # fmt: skip
    if found.scale is not None and not {"capex", "jobs"} <= set(found.own):
        low_end, high_end = (voice.number(end) for end in found.scale_ends)
        yield from sheet.text(
            "explain.scale", reached=voice.number(found.reached), low=low_end, high=high_end
        )


def _basis(column: str, fact: Fact, ends: tuple[str, str], use: Explanation, sheet: Sheet) -> str:
    found = use.costs
    if found is None or fact.value is None:
        return sheet.say("explain.basis.none")
    if column in found.own:
        return sheet.say("explain.basis.own", cells=sheet.voice.cells(fact.origins))
    low, high = ends
    if found.scale is None:
        return sheet.say("explain.basis.middle", low=low, high=high)
    return sheet.say("explain.basis.place", low=low, high=high, scale=sheet.fine(found.scale))


def places(use: Explanation, sheet: Sheet) -> Iterator[str]:
    """Each place with each bound, and the sites that do not host the use."""
    yield from sheet.head("explain.sizes")
    for fit in use.fits:
        yield from _fit(fit, use, sheet)
    for site in use.no_hosts:
        yield from _no_host(site, sheet)
    if not use.fits and not use.no_hosts:
        yield from sheet.text("explain.why.no_place")


def _fit(fit: Fit, use: Explanation, sheet: Sheet) -> Iterator[str]:
    voice, place = sheet.voice, sheet.place(fit.place)
    if fit.menu:
        menu = voice.join(voice.number(size) for size in fit.menu)
        yield from sheet.text("explain.fit", place=place, full=voice.number(fit.full), menu=menu)
    else:
        least = voice.knowledge.needs[use.use.use_id].units_min
        yield from sheet.text("explain.fit_none", place=place, least=voice.number(least))
    if not fit.place.is_cleared:
        yield from sheet.text("explain.fit_cleared")
    body = (_bound(one, fit, sheet) for one in fit.bounds)
    yield from sheet.table(_BOUNDS, _BOUND_WIDTHS, body)


def bound_name(one: Bound, sheet: Sheet) -> str:
    """What limits a size."""
    return sheet.say(f"explain.bound.{one.kind}", rules=sheet.voice.join(one.rules))


def _bound(one: Bound, fit: Fit, sheet: Sheet) -> tuple[str, ...]:
    voice = sheet.voice
    name = bound_name(one, sheet)
    if one is fit.tightest:
        name = sheet.say("explain.bound.tightest", bound=name)
    origins = [origin for fact in one.facts for origin in fact.origins]
    return (
        name,
        voice.number(one.units),
        voice.number(one.need) if one.need else voice.dash,
        voice.number(one.amount) if one.need else voice.dash,
        voice.cells(origins) if origins else "",
    )


def _no_host(one: NoHost, sheet: Sheet) -> Iterator[str]:
    voice = sheet.voice
    tests = voice.clauses(
        sheet.say(
            "explain.test",
            criterion=sheet.criterion(test.criterion_id),
            value=voice.amount(test.value, test.criterion_id),
            minimum=voice.amount(test.need, test.criterion_id),
        )
        for test in one.tests
    )
    yield from sheet.text("explain.no_host", site=voice.name(one.site), tests=tests or voice.dash)


class _Scaled(NamedTuple):
    """A size and place that effects are told for, and why that one."""

    key: str
    size: float
    place: ProjectSite


def _sized(use: Explanation) -> _Scaled:
    if use.projects:
        return _Scaled("chosen", use.projects[0].size, use.projects[0].place)
    if use.candidate is not None and use.candidate.best is not None:
        place, size = use.candidate.best
        return _Scaled("best", size, place)
    housed = [fit for fit in use.fits if fit.full is not None]
    if housed:
        largest = max(housed, key=lambda fit: fit.full or 0.0)
        return _Scaled("fits", largest.full or 0.0, largest.place)
    return _Scaled("none", 1.0, ProjectSite())


def effects(use: Explanation, sheet: Sheet) -> Iterator[str]:
    """Jobs, power and people, and where they come from."""
    found, voice = use.costs, sheet.voice
    if found is None:
        return
    yield from sheet.head("explain.effects")
    is_chain = use.use.category == "blockchain"
    scaled = _sized(use)
    size = 1.0 if is_chain else scaled.size
    if not is_chain:
        yield from sheet.text(
            f"explain.effect.size_{scaled.key}", size=voice.number(size),
            place=sheet.place(scaled.place),
        )  # fmt: skip
    per = found.jobs.value or 0.0
    yield from sheet.text(
        "explain.effect.jobs", per=sheet.fine(per), size=voice.number(size),
        amount=sheet.fine(per * size),
    )  # fmt: skip
    if not is_chain:
        yield from sheet.text(
            "explain.effect.power", per=sheet.fine(found.mean_load), size=voice.number(size),
            amount=sheet.fine(found.mean_load * size),
        )  # fmt: skip
        return
    reached = sum(one.reached for one in use.divisions)
    yield from sheet.text("explain.effect.served", amount=sheet.fine(reached))
    if not use.divisions:
        yield from sheet.text("explain.effect.unnamed")
        return
    body = (
        (
            f"{one.code} {voice.text(one.name)}".rstrip(),
            voice.number(one.employment.value),
            sheet.fine(one.share),
            sheet.fine(one.reached),
            voice.cells(one.employment.origins) if one.employment.origins else "",
        )
        for one in use.divisions
    )
    yield from sheet.table(_DIVISIONS, _DIVISION_WIDTHS, body)


def alone(use: Explanation, sheet: Sheet) -> Iterator[str]:
    """The value alone as a sum that one can redo by hand."""
    one, voice = use.candidate, sheet.voice
    yield from sheet.head("explain.alone")
    if one is None:
        yield from sheet.text("explain.alone_only")
        return
    if not use.worth:
        yield from sheet.text("explain.alone_none")
        return
    if one.category == "power_reuse":
        if one.best is None:
            yield from sheet.text("explain.alone_nowhere")
            return
        place, size = one.best
        yield from sheet.text(
            "explain.alone_best", size=voice.number(size), place=sheet.place(place)
        )
    body = (
        (
            voice.choice("benefit_effect", part.effect),
            sheet.fine(part.amount),
            sheet.fine(part.normaliser),
            sheet.fine(100.0 * part.weight),
            voice.number(part.points, 2),
        )
        for part in use.worth
    )
    yield from sheet.table(_WORTH, _WORTH_WIDTHS, body)
    yield from sheet.text("explain.alone_sum", points=voice.number(one.value_alone, 2))
