"""Former mining sites and other sites in words: what each could host, and whom their people could become."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import TYPE_CHECKING

from generator.report.met import is_met
from generator.report.options import ruling
from generator.report.unexplained import unexplained

if TYPE_CHECKING:
    from generator.model import (
        Assessment,
        RoleMatch,
        SiteMatch,
        SiteOption,
        SiteTest,
        StaffShortage,
    )
    from generator.report.voice import Voice


_EXACTLY = 1e-9
"""What a sum of decimals may fall short of a whole."""
_FEW = 0.2
"""Up to this share of cells that differ, a sentence names them in place of a table."""


def site_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `sites` fields: the matrix of sites and options, a paragraph a site, and the people."""
    matches = assessment.sites
    return {
        "intro": _intro(assessment, voice),
        **_matrix(assessment, voice),
        "same": _same(assessment, voice),
        "elsewhere": _elsewhere(assessment, voice),
        "details": [
            {"name": voice.name(match.site.name), "lines": list(_lines(match, number, voice))}
            for number, match in enumerate(matches, start=1)
        ],
        "unexplained": unexplained("sites.unexplained", assessment, voice),
        **skill_fields(assessment, voice),
    }


def _matrix(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """Sites and options against each other, both ways: few sites are columns, many are rows."""
    matches = assessment.sites
    options = [option.use_id for option in matches[0].options] if matches else []
    cells = [
        [_cell(option, number, assessment, voice) for option in match.options]
        for number, match in enumerate(matches)
    ]
    names = [
        (voice.name(match.site.name), voice.choice("former_use", match.site.former_use))
        for match in matches
    ]
    return {
        "options": [voice.use(use_id) for use_id in options],
        "matrix": [
            {"name": name, "former_use": former, "options": own}
            for (name, former), own in zip(names, cells, strict=True)
        ],
        "places": [voice.say("sites.place", name=name, former=former) for name, former in names],
        "hosts": [
            {"name": voice.use(use_id), "places": [own[number] for own in cells]}
            for number, use_id in enumerate(options)
        ],
    }


def _same(assessment: Assessment, voice: Voice) -> str:
    """What differs where nearly every site hosts nearly every option; empty where a table says more."""
    matches = assessment.sites
    usual = voice.say("verdict.hosts")
    odd: dict[tuple[str, str], list[str]] = {}
    cells = differing = 0
    for number, use_id in enumerate(one.use_id for one in (matches[0].options if matches else ())):
        words = [
            _cell(match.options[number], at, assessment, voice)["text"]
            for at, match in enumerate(matches)
        ]
        cells += len(words)
        differing += sum(word != usual for word in words)
        for word in dict.fromkeys(words):
            at = [
                voice.name(one.site.name)
                for one, own in zip(matches, words, strict=True)
                if own == word
            ]
            if word != usual:
                where = voice.say("sites.every") if len(at) == len(matches) > 1 else voice.join(at)
                odd.setdefault((word, where), []).append(use_id)
    if not cells or differing > _FEW * cells:
        return ""
    parts = [
        voice.say("sites.differ", word=word, options=voice.uses(uses), sites=where)
        for (word, where), uses in odd.items()
    ]
    key = "sites.same" if parts else "sites.same_all"
    return voice.run_on((voice.sentence("sites.same", key), *parts))


def _word(option: SiteOption, voice: Voice) -> str:
    """Whether a site hosts an option, and that it falls short of a minimum where it does."""
    is_short = option.verdict == "hosts" and bool(option.shortfalls)
    return voice.say("verdict.hosts_short" if is_short else f"verdict.{option.verdict}")


def does(option: SiteOption, number: int, assessment: Assessment) -> bool:
    """Whether a site would do for an option, at the low ends of its ranges too."""
    return option.verdict == "hosts" and not _is_too_small(option.use_id, number, assessment)


def _is_too_small(use_id: str, number: int, assessment: Assessment) -> bool:
    """Whether not even the smallest size of a shortlisted option fits the low ends of a site."""
    candidate = assessment.programme.candidates.get(use_id)
    fits = candidate.fits if candidate else ()
    return any(fit.place.number == number and fit.full is None for fit in fits)


def _cell(
    option: SiteOption, number: int, assessment: Assessment, voice: Voice
) -> dict[str, str]:  # fmt: skip
    """What a site is to an option; grey where the site would do and the option is not ready."""
    if option.verdict == "hosts" and _is_too_small(option.use_id, number, assessment):
        return {"text": voice.say("verdict.too_small"), "band": "unknown"}
    if option.verdict == "hosts" and not is_met(option.use_id, assessment):
        return {"text": voice.say("verdict.region_lacks"), "band": "unknown"}
    return {"text": _word(option, voice), "band": option.verdict}


def _intro(assessment: Assessment, voice: Voice) -> str:
    matches = assessment.sites
    if not matches:
        return voice.sentence("sites.intro", "sites.none")
    text = voice.sentence(
        "sites.intro", "sites.intro", factor=voice.number(voice.knowledge.assumed("site_power_factor")),
    )  # fmt: skip
    return voice.run_on((text, _not_chosen(assessment, voice)))


def _not_chosen(assessment: Assessment, voice: Voice) -> str:
    """Why options that a site could host are in no wave; empty where all such are."""
    held: dict[str, list[str]] = {}
    for number, one in enumerate(assessment.sites[0].options):
        able = any(
            does(match.options[number], at, assessment) for at, match in enumerate(assessment.sites)
        )
        if able and is_met(one.use_id, assessment) and not assessment.programme.wave_of(one.use_id):
            held.setdefault(ruling(one.use_id, assessment, voice), []).append(one.use_id)
    if not held:
        return ""
    parts = voice.clauses(
        voice.say("sites.not_chosen_part", uses=voice.uses(ids), reason=why)
        for why, ids in held.items()
    )
    return voice.sentence("sites.not_chosen", "sites.not_chosen", parts=parts)


def _elsewhere(assessment: Assessment, voice: Voice) -> str:
    """Options that the region as a whole cannot carry, whatever a site offers."""
    if not assessment.sites:
        return ""
    options = assessment.sites[0].options
    barred = [option.use_id for option in options if option.viability != "viable"]
    if not barred:
        return ""
    return voice.sentence("sites.elsewhere", "sites.elsewhere", options=voice.uses(barred))


def _lines(match: SiteMatch, number: int, voice: Voice) -> Iterator[str]:
    place = f"sites.{number}"
    yield from _verdicts(match, place, voice)
    if match.is_suspect or match.has_load_evidence:
        yield _evidence(match, place, voice)
    if match.is_suspect or match.has_clearance:
        yield voice.say("site.clearance" if match.has_clearance else "site.no_clearance")
    equipment = match.equipment.text(voice.language)
    if equipment:
        key = "site.equipment_mine" if match.is_former_mine else "site.equipment"
        yield voice.sentence(f"{place}.equipment", key, equipment=equipment)
    elif match.is_former_mine:
        yield voice.sentence(f"{place}.equipment", "site.no_equipment")
    yield _described(match, place, voice)


def _verdicts(match: SiteMatch, place: str, voice: Voice) -> Iterator[str]:
    """What the site could not host and by how much, what would fall short, what is unknown."""
    excluded = [option for option in match.options if option.verdict == "cannot_host"]
    unknown = [option for option in match.options if option.verdict == "unknown" and option.tests]
    untested = [option.use_id for option in match.options if not option.tests]
    short = [
        option for option in match.options if option.shortfalls and option.verdict != "cannot_host"
    ]
    if excluded:
        clauses = _grouped(((one, _shorts(one, voice)) for one in excluded), voice)
        yield voice.sentence(f"{place}.cannot", "site.cannot", clauses=clauses)
    elif not unknown and not untested:
        yield voice.sentence(f"{place}.cannot", "site.nothing_excluded")
    if short:
        clauses = _grouped(((one, _shorts(one, voice)) for one in short), voice)
        yield voice.sentence(f"{place}.soft", "site.soft", clauses=clauses)
    if unknown:
        clauses = _grouped(((one, _blanks(one, voice)) for one in unknown), voice)
        yield voice.sentence(f"{place}.unknown", "site.unknown", clauses=clauses)
    if untested:
        yield voice.sentence(f"{place}.untested", "site.untested", options=voice.uses(untested))


def _grouped(reasons: Iterable[tuple[SiteOption, str]], voice: Voice) -> str:
    """Options with the same reasons stand together."""
    found: dict[str, list[str]] = {}
    for option, reason in reasons:
        found.setdefault(reason, []).append(option.use_id)
    return voice.clauses(
        voice.say("site.clause", reasons=reason, options=voice.uses(uses))
        for reason, uses in found.items()
    )


def _shorts(option: SiteOption, voice: Voice) -> str:
    return _and((_short(test, voice) for test in option.shortfalls), "and.clauses", voice)


def _and(parts: Iterable[str], key: str, voice: Voice) -> str:
    return reduce(lambda first, second: voice.say(key, first=first, second=second), parts)


def _short(test: SiteTest, voice: Voice) -> str:
    criterion = test.criterion_id
    return voice.say(
        voice.directed("site.short", criterion),
        need=voice.say(f"site_need.{criterion}"),
        value=voice.amount(test.value or 0.0, criterion),
        gap=voice.gap(test.missing or 0.0, criterion),
        bound=voice.amount(test.need, criterion),
    )


def _blanks(option: SiteOption, voice: Voice) -> str:
    """What would have to be known of the site."""
    blank = [
        voice.say(f"site_need.{test.criterion_id}") for test in option.tests if test.met is None
    ]
    return _and(blank, "and.words", voice)


def _evidence(match: SiteMatch, place: str, voice: Voice) -> str:
    if match.has_load_evidence:
        evidence = voice.name(match.site.load_not_mining_evidence)
        return voice.sentence(f"{place}.evidence", "site.evidence", evidence=evidence)
    return voice.sentence(f"{place}.evidence", "site.no_evidence")


def _described(match: SiteMatch, place: str, voice: Voice) -> str:
    site = match.site
    volts, unstated = site.voltage_kv.value, voice.say("site.not_stated")
    voltage = unstated if volts is None else voice.say("site.voltage", value=voice.number(volts))
    return voice.sentence(
        f"{place}.described", "site.described", voltage=voltage,
        cooling=site.cooling.text(voice.language) or unstated,
        building=site.building_state.text(voice.language) or unstated,
        owner=site.owner.text(voice.language) or unstated,
    )  # fmt: skip


def skill_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields on people: shortages by staff group, roles with where their people could go."""
    skills = assessment.skills
    asked = [short for short in skills.shortages if short.fact is not None]
    return {
        "staff": [_shortage(short, voice) for short in asked if short.short != 0],
        "roles": [_role(role, assessment, voice) for role in skills.roles],
        "roles_note": voice.sentence(
            "sites.roles", "skills.roles" if skills.roles else "skills.no_roles",
            least=voice.number(voice.knowledge.assumed("relatedness_minimum")),
        ),
    }  # fmt: skip


def _fte(value: float | None, voice: Voice) -> str:
    """People as they are free or move, never more than there are; a word for none."""
    if value is None:
        return voice.dash
    return voice.number(math.floor(value + _EXACTLY), 0) if value >= 1 else voice.say("none")


def _missing(value: float | None, criterion_id: str, voice: Voice) -> str:
    """A shortage, never printed too small."""
    if value is None or value <= 0:
        return voice.dash if value is None else voice.say("none")
    return voice.gap(value, criterion_id)


def _short_of(one: StaffShortage, voice: Voice) -> str:
    """What is short, and of how many that the projects take."""
    if not one.short:
        return _missing(one.short, one.criterion_id, voice)
    return voice.say(
        "skills.short", amount=_missing(one.short, one.criterion_id, voice),
        need=voice.whole(one.need),
    )  # fmt: skip


def _shortage(short: StaffShortage, voice: Voice) -> dict[str, object]:
    return {
        "group": voice.choice("counts_towards", short.group),
        "available": _fte(None if short.fact is None else short.fact.value, voice),
        "need": voice.whole(short.need) if short.need else voice.say("none"),
        "to_target": _short_of(short, voice),
        "transferred": _fte(short.transferred, voice),
        "months": voice.number(short.training_months),
        "remaining": _missing(short.remaining, short.criterion_id, voice),
    }


def _role(match: RoleMatch, assessment: Assessment, voice: Voice) -> dict[str, object]:
    ways = [
        voice.say(
            "skills.way",
            role=voice.name(transfer.skill.to_role),
            group=voice.choice("counts_towards", transfer.group),
            people=_fte(transfer.fte, voice),
            months=voice.number(transfer.skill.training_months),
        )
        for transfer in match.transfers
    ]
    return {
        "role": voice.name(match.row.role),
        "free": _fte(match.row.available_fte.value, voice),
        "ways": ways or [_why_none(match, assessment, voice)],
    }


def _why_none(match: RoleMatch, assessment: Assessment, voice: Voice) -> str:
    """Why nobody of a role moves: unknown or no people, no way near enough, or no need left."""
    if match.row.available_fte.value is None:
        return voice.say("skills.unknown_people")
    if not match.row.available_fte.value:
        return voice.say("skills.nobody_free")
    open_to = {way.skill.counts_towards for way in match.ways if way.is_transferable}
    if not open_to:
        return voice.say("skills.no_way")
    needs = [short.short for short in assessment.skills.shortages if short.group in open_to]
    return voice.say("skills.need_unknown" if None in needs else "skills.no_need_left")
