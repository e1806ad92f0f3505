"""The box of a first page: short lines under the headline, each with the words that say what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED
from generator.report.actions import month
from generator.report.answer import answer, begins, without_programme
from generator.report.demand import is_uncounted
from generator.report.earnings import gap_in_full
from generator.report.gates import gates_line
from generator.report.inplan import open_month
from generator.report.money import about_beside
from generator.report.otherplans import idle_line
from generator.report.projects import amount_of, counted, is_long, least_capital, megawatts
from generator.report.prospect import hangs
from generator.report.tables import begun
from generator.report.verdict import by_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.voice import Voice


def box(waiting: Mapping[str, str], assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """What stands under the headline: projects, what is undecided, jobs, idle power, what follows, law.

    Args:
        waiting: The projects that are only candidates, with the month of the choice.
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    first = assessment.programme.first
    if without_programme(assessment) or not first.projects:
        texts = {"": answer("summary.answer", assessment, voice)}
    else:
        lead = "project" if len(first.projects) == 1 else "projects"
        texts = {
            lead: begins("summary.answer", assessment, voice),
            "open": _undecided(waiting, assessment, voice),
            "jobs": _jobs(waiting, assessment, voice),
        }
    texts["power"] = idle_line(assessment, voice)
    if first.projects:
        texts["second"] = _second(assessment, voice)
        texts["law"] = gates_line(first.uses, assessment, voice)
    return [
        {"lead": voice.say(f"box.lead.{name}") if name else "", "text": begun(text)}
        for name, text in texts.items()
        if text
    ]


def _undecided(waiting: Mapping[str, str], assessment: Assessment, voice: Voice) -> str:
    """Which projects of the first wave a choice or the values that are replaced keep or drop; or nothing."""
    uses = assessment.programme.first.uses
    held: dict[str, list[str]] = {}
    for use in uses:
        if use in waiting:
            held.setdefault(waiting[use], []).append(use)
    parts = [voice.say("box.held", uses=voice.quoted_uses(own), by=by) for by, own in held.items()]
    low = [one.use_id for one in by_word(assessment).get("low", ())]
    loose = [use for use in uses if use in low and use not in waiting]
    if loose and assessment.confidence.is_illustrative:
        by = month(SUPPLIED, assessment.region.plan_from, voice)
        parts.append(voice.say("box.values", uses=voice.quoted_uses(loose), by=by))
    if not parts:
        return ""
    count = len(loose) * assessment.confidence.is_illustrative + sum(map(len, held.values()))
    return voice.sentence(
        "box.open", "box.open_one" if len(uses) == 1 else "box.open", count=voice.number(count, 0),
        whole=voice.number(len(uses), 0), parts=voice.clauses(parts),
    )  # fmt: skip


def _jobs(waiting: Mapping[str, str], assessment: Assessment, voice: Voice) -> str:
    """On what most of the jobs hang, and that sizes are upper bounds; or nothing."""
    told = hangs(assessment, voice)
    return voice.run_on(filter(None, (told, _bound(waiting, assessment, voice)))) if told else ""


def _bound(waiting: Mapping[str, str], assessment: Assessment, voice: Voice) -> str:
    """That the jobs are those of sizes which are upper bounds, as the table says; or nothing."""
    uncounted = [
        one
        for one in assessment.programme.first.projects
        if one.use_id not in waiting and is_uncounted(one, assessment)
    ]
    # Of a single project a point below the box tells it.
    if not uncounted or is_long(assessment) or len(assessment.programme.first.projects) == 1:
        return ""
    return voice.sentence("box.bound", "box.bound")


def _second(assessment: Assessment, voice: Voice) -> str:
    """What the second wave costs, brings and earns, and that its vote comes later; empty without one."""
    wave = assessment.programme.second
    if not wave.projects:
        return ""
    power = wave.effects.get("power", 0.0)
    return voice.sentence(
        "box.second", voice.plural_key("box.second", len(wave.projects)),
        count=counted(len(wave.projects), voice),
        capital=about_beside(
            wave.capital_range, least_capital(assessment) or wave.capital_range, voice
        ),
        jobs=amount_of("jobs", wave.effects.get("jobs", 0.0), voice),
        power=voice.say("box.second_power", power=megawatts(power, voice)) if power else "",
        open=open_month(wave.projects, assessment, voice), back=_back(wave, voice),
    )  # fmt: skip


def _back(wave: Wave, voice: Voice) -> str:
    """What prices on file say of its payback, or why nothing can be said."""
    gap = gap_in_full(wave.projects, voice)
    if gap:
        return voice.say("box.second_gap", gap=gap)
    found = [one.returns for one in wave.projects if one.returns is not None]
    if not found:
        return voice.say("box.second_bare")
    is_priced = all(one.price is not None for one in found)
    return voice.say("box.second_pays" if is_priced else "box.second_unpriced")
