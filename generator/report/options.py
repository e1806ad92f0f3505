"""How the options were judged: a row each with law, needs, what it would bring, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from generator.model import LISTS, Assessment, Category, Cell, Contribution, Row, UseReadiness
from generator.report.bodies import either
from generator.report.conditions import gates_of
from generator.report.met import is_met
from generator.report.projects import megawatts, size
from generator.report.reserve import new_people, reason
from generator.report.tables import row, table
from generator.report.voice import INDUSTRY

if TYPE_CHECKING:
    from generator.model.choosing import Candidate
    from generator.report.voice import Voice

_SHOWN, _LEAST = 7, 3
"""Rows of a list, and how many of them are no projects, which are shown however many there are."""
_LACKS = 2
_CLOSE = 5.0
"""Points above and below the line from which options are weighed that are not far."""
_NAMED, _SUCH = 4, 2
_VERDICTS = (
    "now", "next", "reserve", "not_yet", "waiting", "weak", "unknown", "declining", "open", "lacks",
)  # fmt: skip
"""In the order in which a list tells them."""
_WEIGHED = frozenset({"now", "next", "reserve", "weak"})
"""Options of which points alone decide whether they are compared."""


def option_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `options` fields: of both lists what is no project, and in a sentence what is not shown or judged."""
    rows: list[Row] = []
    rest = list[str]()
    told = shown(assessment)
    for category, own in told.items():
        order = _ordered(category, assessment)
        outside = [key for key in own if not assessment.programme.wave_of(key)]
        if outside:
            rows.append(row({"name": voice.choice("category", category)}, "block"))
            rows += _told_once([_row(key, assessment, voice) for key in outside], voice)
        rest += [key for key in order if key not in own]
    return {
        "rows": table("options.rows", rows),
        "least": voice.score(assessment.knowledge.assumed("shortlist_readiness")),
        "same_law": _same_law([key for own in told.values() for key in own], assessment, voice),
        "rest": voice.run_on(
            (_gated(assessment, voice), _near(assessment, voice), _rest(rest, assessment, voice))
        ),
        "unchecked": _unchecked(assessment, voice),
    }  # fmt: skip


def _told_once(rows: Sequence[Row], voice: Voice) -> list[Row]:
    """Rows of which a verdict that repeats the one above says so."""
    told, before = list[Row](), None
    for one in rows:
        found = one.cells["verdict"]
        again = Cell(voice.say("matrix.same"), found.band)
        told.append(replace(one, cells={**one.cells, "verdict": again}) if found == before else one)
        before = found
    return told


def _gated(assessment: Assessment, voice: Voice) -> str:
    """The projects of the first wave that the law may still stop; empty for none."""
    parts = [
        voice.say(
            "options.gate", use=voice.use(key),
            procedures=voice.join(voice.name(one.name) for one in gates),
        )
        for key in assessment.programme.first.uses
        if (gates := gates_of(key, assessment))
    ]  # fmt: skip
    return (
        voice.sentence("options.gated", "options.gated", parts=voice.clauses(parts))
        if parts
        else ""
    )


def shown(assessment: Assessment) -> dict[Category, list[str]]:
    """The options that the chart shows, by list."""
    return {one: _telling(_ordered(one, assessment), assessment) for one in LISTS}


def _rest(ids: Sequence[str], assessment: Assessment, voice: Voice) -> str:
    """How many options were judged beside those shown, and how many of them lack nothing; empty for none."""
    if not ids:
        return ""
    met = sum(is_met(key, assessment) for key in ids)
    return voice.sentence(
        "options.rest", "options.rest_met" if met else "options.rest", count=len(ids), met=met,
        uses=voice.join(map(voice.use, ids[:_SUCH])),
    )  # fmt: skip


def _near(assessment: Assessment, voice: Voice) -> str:
    """All options with what they must have that stand close to the line; empty for none."""
    least = assessment.knowledge.assumed("shortlist_readiness")
    ids = [
        key
        for category in LISTS
        for key in _ordered(category, assessment)
        if verdict(key, assessment) in _WEIGHED
        and abs(assessment.readiness.uses[key].low - least) < _CLOSE
    ]
    if not ids:
        return ""
    return voice.sentence(
        "options.near", "options.near", least=voice.number(least, 0),
        uses=voice.join(
            voice.say("options.near_use", use=voice.use(key), points=voice.score(assessment.readiness.uses[key].low))
            for key in ids
        ),
    )  # fmt: skip


def _telling(order: Sequence[str], assessment: Assessment) -> list[str]:
    """All projects, whatever another plan or case holds, and the first that could and could not be done."""
    found, named = assessment.programme, _elsewhere(assessment)
    chosen = [key for key in order if found.wave_of(key) or key in named]
    spare = [key for key in order if key in found.candidates and key not in chosen]
    lacking = [key for key in order if key not in found.candidates and key not in chosen]
    others = sum(not found.wave_of(key) for key in chosen)
    room = max(_LEAST - others, _SHOWN - len(chosen), 0)
    most = max(room - len(lacking), (room + 1) // 2)
    kept = {*chosen, *spare[:most], *lacking[: room - len(spare[:most])]}
    return [key for key in order if key in kept]


def _elsewhere(assessment: Assessment) -> set[str]:
    """The uses that a plan to choose from, an alternative or a scenario holds."""
    found, other = assessment.programme, assessment.programme.together
    held = [one for each in found.alternatives for one in each.placements]
    held += [*other.first, *other.second] if other is not None else []
    opened = [one.yes for one in assessment.decisions if one.advice != "no"]
    opened += [one.difference for one in assessment.scenarios if one.is_applicable]
    return {one.use_id for one in held} | {use for one in opened for use in one.joins}


def _same_law(ids: Sequence[str], assessment: Assessment, voice: Voice) -> str:
    """The legal position of all that is shown, where it is one; empty otherwise."""
    held = {assessment.screening.uses[key].status for key in ids}
    if len(held) != 1:
        return ""
    status = voice.say(f"status.{held.pop()}")
    return voice.sentence("options.same_law", "options.same_law", status=status)


def _unchecked(assessment: Assessment, voice: Voice) -> str:
    """The uses that nobody could judge because their law was not fully read; empty for none."""
    ids = [key for own in assessment.readiness.law_not_checked.values() for key in own]
    if not ids:
        return ""
    return voice.sentence("options.unchecked", "options.unchecked", uses=voice.uses(ids, _NAMED))


def _ordered(category: Category, assessment: Assessment) -> list[str]:
    """First what begins, then what is prepared, what could be done, and what lacks something."""
    readiness = assessment.readiness

    def place(use_id: str) -> tuple[int, float, str]:
        candidate = assessment.programme.candidates.get(use_id)
        value = candidate.value_alone if candidate else readiness.uses[use_id].low
        return _VERDICTS.index(verdict(use_id, assessment)), -round(value, 9), use_id

    return sorted(readiness.order[category], key=place)


def _row(use_id: str, assessment: Assessment, voice: Voice) -> Row:
    """An option outside the programme."""
    law = assessment.screening.uses[use_id].status
    use = assessment.readiness.uses[use_id]
    return row(
        {
            "name": voice.use(use_id),
            "law": Cell(voice.say(f"status.{law}"), law),
            "needs": _needs(use_id, assessment, voice),
            "points": voice.score(use.low),
            **_effects(use_id, assessment, voice),
            "verdict": Cell(ruling(use_id, assessment, voice), "absent"),
        }
    )


def ruling(use_id: str, assessment: Assessment, voice: Voice) -> str:
    """Why an option is in no wave, in a few words."""
    kind = verdict(use_id, assessment)
    if kind == "reserve":
        return reason(assessment.programme.candidates[use_id], assessment, voice)
    names = _wanting(assessment.readiness.uses[use_id], voice) if kind == "weak" else ""
    key = "weak_bare" if kind == "weak" and not names else kind
    return voice.say(f"matrix.{key}", names=names)


def _needs(use_id: str, assessment: Assessment, voice: Voice) -> str:
    """What it cannot do without and lacks; else what is still open before it can begin."""
    lacks = _lacks(assessment.readiness.uses[use_id], voice)
    if lacks or is_met(use_id, assessment):
        return lacks or voice.say("matrix.met")
    return voice.clauses(_open(assessment.programme.candidates[use_id], voice))


def _open(candidate: Candidate, voice: Voice) -> Iterable[str]:
    """All that a shortlisted option still waits for."""
    known = voice.knowledge
    bodies = [key for key in candidate.missed if known.is_in_role(key, "institutions")]
    if candidate.lacks_partner or bodies:
        yield voice.say("matrix.open_partner")
    if candidate.requires:
        yield voice.say("matrix.open_use", use=voice.use(candidate.requires))
    for key in candidate.missed:
        criterion = known.criteria[key]
        if key not in bodies:
            is_industry = criterion.group == INDUSTRY
            yield voice.say(
                "matrix.open_industry"
                if is_industry
                else voice.directed("matrix.open_minimum", key),
                criterion=voice.name(criterion.name),
            )
    if candidate.unknown:
        yield voice.say("matrix.open_data")


def verdict(use_id: str, assessment: Assessment) -> str:
    """The key of what was decided, and on what ground."""
    found, known = assessment.programme, assessment.knowledge
    use, wave = assessment.readiness.uses[use_id], found.wave_of(use_id)
    if wave:
        return "now" if wave == 1 else "next"
    candidate = found.candidates.get(use_id)
    if candidate is not None:
        return "reserve" if candidate.is_ready else "not_yet"
    if use_id in assessment.readiness.prepare[use.category]:
        return "waiting"
    if use.viability != "viable":
        return "lacks" if use.viability == "not_viable" else "open"
    if known.use(use_id).maturity == "declining":
        return "declining"
    is_known = use.coverage_pct >= known.assumed("coverage_minimum_pct")
    return "weak" if is_known else "unknown"


def _lacks(use: UseReadiness, voice: Voice) -> str:
    """What it cannot do without and does not find here; empty where it finds all of it."""
    parts = [_missed(part, use, voice) for part in use.missed]
    parts += [
        voice.say("matrix.not_given", criterion=_name(part, voice)) for part in use.unknown_minima
    ]
    if len(parts) > _LACKS:
        parts = [*parts[:_LACKS], voice.say("matrix.more", count=len(parts) - _LACKS)]
    return voice.clauses(parts)


def _wanting(use: UseReadiness, voice: Voice) -> str:
    """The weightiest of what it should have and does not find here, by name."""
    parts = sorted(
        (one for one in use.contributions if one.partial != 1.0),
        key=lambda one: -one.requirement.weight * (1.0 - (one.partial or 0.0)),
    )
    names = dict.fromkeys(criterion_word(one.requirement.criterion_id, voice) for one in parts)
    return voice.join([*names][:_LACKS])


def criterion_word(criterion_id: str, voice: Voice) -> str:
    """A criterion by name; the share of an industry, which analysts alone read, in words."""
    criterion = voice.knowledge.criteria[criterion_id]
    is_share = criterion.group == INDUSTRY and not voice.knowledge.is_in_role(
        criterion_id, "institutions"
    )
    return voice.say("matrix.industry") if is_share else voice.name(criterion.name)


def _missed(part: Contribution, use: UseReadiness, voice: Voice) -> str:
    key, value = part.requirement.criterion_id, part.value.fact.value
    if voice.knowledge.is_in_role(key, "institutions") and use.signatures.missing_types:
        kinds = either(use.signatures.missing_types, voice)
        return voice.say("matrix.signature", types=kinds, count=use.signatures.missing)
    return voice.say(
        voice.directed("matrix.missed", key), criterion=_name(part, voice),
        value=voice.amount(value, key), minimum=voice.amount(part.requirement.minimum, key),
    )  # fmt: skip


def _name(part: Contribution, voice: Voice) -> str:
    return voice.name(voice.knowledge.criteria[part.requirement.criterion_id].name)


def _effects(use_id: str, assessment: Assessment, voice: Voice) -> Mapping[str, str]:
    """What a shortlisted option would bring by itself; of others nothing was computed."""
    candidate = assessment.programme.candidates.get(use_id)
    if candidate is None:
        return dict.fromkeys(("size", "jobs", "power", "people"), "")
    return _alone(candidate, assessment, voice)


def _alone(one: Candidate, assessment: Assessment, voice: Voice) -> Mapping[str, str]:
    """What a use would bring by itself at the size at which it brings most.

    Of people those alone whom no project of the programme could serve.
    """
    need, none, jobs = voice.knowledge.needs[one.use_id], voice.say("none"), one.jobs.value
    units, shown, power, served = 1.0, "", 0.0, 0.0
    if one.category == "blockchain":
        served = float(round(new_people(one.use_id, assessment)))
    elif one.best is None:
        return {"size": "", "jobs": none, "power": none, "people": none}
    else:
        units = one.best[1]
        shown = size(one.use_id, units, voice)
        power = (need.mean_load_mw_per_unit or 0.0) * units
    return {
        "size": shown,
        "jobs": voice.say("none_known") if jobs is None else voice.number(jobs * units, 0),
        "power": megawatts(power, voice) if power else none,
        "people": voice.large(served) if served else none,
    }


class Counts(NamedTuple):
    """What became of options."""

    every: int
    met: int
    """How many have all that they must have."""
    chosen: int
    """How many of these are in the programme."""
    lacking: int
    """How many are prepared although something is still missing."""


def counts(assessment: Assessment, listed: Mapping[Category, Sequence[str]]) -> Counts:
    """How many of some options there are, have what they must have, are chosen, and lack something.

    Args:
        assessment: The results of one region.
        listed: Those that the law leaves open, or those that have a row, by list.
    """
    ids = [key for own in listed.values() for key in own]
    met = [key for key in ids if is_met(key, assessment)]
    uses = assessment.programme.uses
    chosen = sum(1 for key in met if key in uses)
    return Counts(len(ids), len(met), chosen, len(uses) - chosen)
