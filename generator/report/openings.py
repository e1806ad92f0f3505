"""What each chapter of the planning brief opens with: its finding, in a sentence with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.answer import answer
from generator.report.idle import awaited_in_short, far_line, kept_line, taken_line
from generator.report.options import counts
from generator.report.outlook import outlook
from generator.report.people import people_line
from generator.report.peopletask import offered
from generator.report.places import owners_of_halls
from generator.report.projects import brought, counted
from generator.report.registers import differing
from generator.report.spending import revenue_line
from generator.report.tasklist import tasks_of
from generator.report.verdict import by_word, thresholds

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_NAMED = 3


def opening_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `finding` fields: one sentence or a few for each chapter, and what becomes of spare power."""
    return {
        "assets": voice.run_on(
            (
                taken_line(assessment, voice),
                _built_on(assessment, voice),
                _halls(assessment, voice),
            )
        ),
        "spare": [
            line
            for line in (
                kept_line(assessment, voice, tasks_of(assessment, voice)),
                far_line(assessment, voice),
                differing(assessment, voice),
            )
            if line
        ],
        "outlook": outlook(assessment, voice),
        "law": _law(assessment, voice),
        "options": _options(assessment, voice),
        "programme": _programme(assessment, voice),
        "sheets": voice.run_on(
            (
                revenue_line("finding.sheets", assessment, voice, in_full=True),
                _firm_rule(assessment, voice),
            )
        ),
        "sites": voice.run_on(
            (
                _idle_mines(assessment, voice),
                _sites(assessment, voice),
                people_line(assessment, voice),
            )
        ),
    }


def _used_sites(assessment: Assessment, voice: Voice) -> list[str]:
    places = [one.place for one in assessment.programme.projects if one.place.number is not None]
    return list(dict.fromkeys(voice.name(one.name) for one in places))


def _built_on(assessment: Assessment, voice: Voice) -> str:
    used = _used_sites(assessment, voice)
    if not used:
        return ""
    return voice.sentence(
        "finding.built_on", "finding.built_on", all=len(assessment.region.sites), used=len(used),
        names=voice.several([_with_owner(name, assessment, voice) for name in used], _NAMED),
    )  # fmt: skip


def _with_owner(name: str, assessment: Assessment, voice: Voice) -> str:
    """A site with its owner, where the register gives one."""
    site = next(one for one in assessment.region.sites if voice.name(one.name) == name)
    if not site.owner:
        return name
    return voice.say("finding.owned", name=name, owner=voice.name(site.owner))


def _halls(assessment: Assessment, voice: Voice) -> str:
    """Whose halls would hold the ledgers; empty where no owner is given or none is proposed."""
    is_asked = any(one.category == "blockchain" for one in assessment.programme.projects)
    owners = owners_of_halls(assessment, voice) if is_asked else ""
    return voice.sentence("finding.halls", "finding.halls", owners=owners) if owners else ""


def _law(assessment: Assessment, voice: Voice) -> str:
    """On how many activities the projects must meet conditions before they start."""
    projects = assessment.programme.projects
    if not projects:
        return voice.sentence("finding.law", "finding.law_no_project")
    bound = {
        found.activity
        for one in projects
        for found in assessment.screening.of_use(one.use_id).of("conditional")
    }
    named = counted(len(projects), voice)
    if not bound:
        return voice.sentence("finding.law", "finding.law_free", projects=named)
    key = voice.plural_key("finding.law", len(bound))
    return voice.sentence("finding.law", key, projects=named, count=len(bound))


def _options(assessment: Assessment, voice: Voice) -> str:
    """How many options the law leaves open, and what became of them."""
    found = assessment.programme
    told = counts(assessment, assessment.readiness.order)
    key = (
        "finding.options_closed" if not told.every
        else "finding.options_none" if not found.projects
        else "finding.options_next" if not found.first.uses
        else "finding.options_some" if told.lacking
        else "finding.options"
    )  # fmt: skip
    return voice.sentence("finding.options", key, **told._asdict())


def _programme(assessment: Assessment, voice: Voice) -> str:
    """What the first wave brings and costs, and which share of the attainable that is."""
    first = assessment.programme.first
    if not first.projects:
        return answer("finding.programme", assessment, voice)
    return voice.run_on((_brought(assessment, voice), _most_jobs(assessment, voice)))


def _most_jobs(assessment: Assessment, voice: Voice) -> str:
    """The option outside both waves that would bring the most jobs by itself, and what it waits for.

    Empty unless it would bring more than the first wave, and where nothing keeps it out but others.
    """
    found = assessment.programme
    jobs = {
        key: (one.jobs.value or 0.0) * (one.best[1] if one.best else 0.0)
        for key, one in found.candidates.items()
        if one.category == "power_reuse" and not found.wave_of(key)
    }
    most = max(jobs, key=lambda key: (jobs[key], key), default="")
    waits = awaited_in_short(found.candidates[most], voice) if most else ""
    if not waits or jobs[most] <= found.first.effects.get("jobs", 0.0):
        return ""
    return voice.sentence(
        "finding.most_jobs", "finding.most_jobs", use=voice.use(most), waits=waits,
        jobs=voice.number(jobs[most], 0),
    )  # fmt: skip


def _brought(assessment: Assessment, voice: Voice) -> str:
    """The first wave in figures, with its shares."""
    first = assessment.programme.first
    shares = [
        voice.say(
            f"finding.share.{one.effect}",
            share=voice.percent(first.effects.get(one.effect, 0.0) / one.attainable),
        )
        for one in assessment.programme.objectives
        if one.attainable > 0 and first.effects.get(one.effect, 0.0) > 0
    ]
    return voice.sentence(
        "finding.programme", "finding.programme" if shares else "finding.programme_plain",
        projects=counted(len(first.projects), voice), effects=brought(first.effects, voice),
        capital=voice.about(*first.capital_range), shares=voice.say("effects.separator").join(shares),
    )  # fmt: skip


def _firm_rule(assessment: Assessment, voice: Voice) -> str:
    """The rule of the words on choice stability, before the sheets that use them first."""
    found = assessment.programme
    if not any(by_word(assessment, wave) for wave in (found.first, found.second)):
        return ""
    return voice.sentence("finding.firm_rule", "finding.firm_rule", **thresholds(voice))


def _idle_mines(assessment: Assessment, voice: Voice) -> str:
    """The former mining sites that no project uses, and the people without a post; empty for none."""
    used = _used_sites(assessment, voice)
    mines = [voice.name(one.site.name) for one in assessment.sites if one.is_former_mine]
    idle = [name for name in mines if name not in used]
    if not idle or not assessment.programme.projects:
        return ""
    left = offered(assessment, voice)
    return voice.sentence(
        "finding.idle_mines", "finding.idle_mines_people" if left else "finding.idle_mines",
        names=voice.several(idle, _NAMED), free=voice.number(assessment.skills.unplaced, 0), **left,
    )  # fmt: skip


def _sites(assessment: Assessment, voice: Voice) -> str:
    """How many sites there are, how many of them mined, and on which the programme builds."""
    matches = assessment.sites
    if not matches:
        return voice.sentence("finding.sites", "sites.none")
    used = _used_sites(assessment, voice)
    mines = sum(1 for one in matches if one.is_former_mine)
    if mines:
        key = "finding.sites" if used else "finding.sites_unused"
    else:
        key = "finding.sites_no_mine" if used else "finding.sites_no_mine_unused"
    return voice.sentence(
        "finding.sites", key, all=len(matches), mines=mines, names=voice.several(used, _NAMED)
    )
