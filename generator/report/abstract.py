"""What the summary of the planning brief says above its exhibit: what, when and for how much, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.answer import answer
from generator.report.demand import is_uncounted
from generator.report.gates import gates_line
from generator.report.inplan import (
    effect_in_plan,
    open_by,
    open_in_plan,
    open_month,
    told_effect,
)
from generator.report.money import is_from_elsewhere
from generator.report.otherplans import held_line
from generator.report.prospect import jobs_in_plan, lacking, payers_line
from generator.report.tables import begun
from generator.report.verdict import by_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_MONTHS = 12
_FEWER = 0.1
"""Share of the jobs from which it is said that so many come after the plan."""


def abstract(asked: Asked, assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """Labelled lines of few figures, since the exhibit below them holds the ranges.

    Where nothing begins the one line is the answer of the first page.

    Args:
        asked: The decisions, of which one may choose a larger plan.
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    first, told = assessment.programme.first, answer("overview.answer", assessment, voice)
    if not first.projects:
        return [_line("answer", [told], voice)]
    capital = _capital(first, assessment, voice)
    lines = [
        _line(
            "what",
            [
                told,
                _waiting(asked, voice),
                _unsettled(asked, assessment, voice),
                _upper_bounds(asked, assessment, voice),
                lacking(assessment, voice),
            ],
            voice,
        ),
        _line("law", [begun(gates_line(first.uses, assessment, voice))], voice),
        _line("when", [_by_the_end(first, assessment, voice)], voice),
        _line(
            "money",
            [capital, payers_line(assessment, voice), held_line(asked, assessment, voice)],
            voice,
        ),
    ]
    return [line for line in lines if line["text"]]


def _line(label: str, texts: Iterable[str], voice: Voice) -> dict[str, str]:
    return {
        "label": voice.say(f"overview.label.{label}"),
        "text": voice.run_on(filter(None, texts)),
    }


def _waiting(asked: Asked, voice: Voice) -> str:
    """The projects that a later choice may do without, by name; empty for none."""
    months: dict[str, list[str]] = {}
    for use, by in asked.candidates.items():
        months.setdefault(by, []).append(use)
    return voice.run_on(
        voice.sentence("overview.held", "overview.held", uses=voice.uses(uses), by=by)
        for by, uses in months.items()
    )


def unsettled(assessment: Assessment) -> list[str]:
    """The uses of the first wave whose choice is least stable."""
    return [one.use_id for one in by_word(assessment).get("low", ())]


def _unsettled(asked: Asked, assessment: Assessment, voice: Voice) -> str:
    """The same by name, save those that a later choice may do without; empty for none."""
    uses = [one for one in unsettled(assessment) if one not in asked.candidates]
    return voice.sentence("overview.low", "overview.low", uses=voice.uses(uses)) if uses else ""


def _upper_bounds(asked: Asked, assessment: Assessment, voice: Voice) -> str:
    """The projects of which the size is an upper bound, as nobody gave their demand.

    Empty for none, and where what the one project lacks tells it; a later choice settles its own.
    """
    projects = assessment.programme.first.projects
    uses = [
        one.use_id
        for one in projects
        if is_uncounted(one, assessment) and one.use_id not in asked.candidates
    ]
    if not uses or len(projects) == 1:
        return ""
    return voice.sentence("overview.bound", "overview.bound", uses=voice.uses(uses))


def _by_the_end(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """What is there when the plan ends, and when the rest comes; where nearly all is, when all is open."""
    opened = open_month(wave.projects, assessment, voice)
    jobs, early = wave.effects.get("jobs", 0.0), jobs_in_plan(wave, assessment)
    until = assessment.region.plan_until
    if until is None or early[0] >= jobs * (1.0 - _FEWER):
        return voice.sentence("overview.open", "overview.open_all", open=opened)
    built = [one for one in wave.projects if one.category == LISTS[-1]]
    is_any_site = bool(open_in_plan(built, assessment, "shorter"))
    is_late = bool(effect_in_plan("power", wave.projects, assessment)[1])
    key = "late" if early[1] >= jobs else "part" if early[1] else "none"
    if key == "part" and built and not (is_any_site or is_late):
        key = "no_site"
    told = voice.sentence(
        "overview.open", f"overview.open_{key}", end=voice.month(until.year, until.month),
        early=told_effect("jobs", early, voice), open=opened,
    )  # fmt: skip
    return voice.run_on(filter(None, (told, _longer(wave, assessment, voice))))


def _longer(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The year to which a plan would have to run to see the wave open; empty where it does."""
    start, until = assessment.region.plan_from, assessment.region.plan_until
    if start is None or until is None:
        return ""
    year = start.year + (start.month - 1 + open_by(wave.projects, assessment)) // _MONTHS
    if year <= until.year:
        return ""
    return voice.sentence("overview.longer", "overview.longer", year=str(year))


def _capital(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The middle of the capital, and how the upper end stands to the limit."""
    found, limit = assessment.programme, assessment.programme.money_limit
    middle = voice.about(wave.capital)
    if is_from_elsewhere(voice):
        middle = voice.say("overview.prices_elsewhere", capital=middle)
    if limit is None:
        key = "no_rate" if "capex" in found.unusable_limits else "no_limit"
        return voice.sentence("overview.capital", f"overview.capital_{key}", middle=middle)
    over = wave.capital_range[1] - limit
    return voice.sentence(
        "overview.capital", f"overview.capital_{'over' if over > 0 else 'within'}", middle=middle,
        limit=voice.millions(limit), over=voice.millions(max(0.0, over), upward=True),
    )  # fmt: skip
