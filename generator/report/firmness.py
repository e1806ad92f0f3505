"""How stable the choice is, what would change it, and which values to replace or measure first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.report import money
from generator.report.demand import uncounted
from generator.report.funding import owner
from generator.report.hanging import hangs_on, what
from generator.report.heat import heat_projects, power_for_heat
from generator.report.money import is_from_elsewhere
from generator.report.outlay import cost_per_job
from generator.report.verdict import by_word, thresholds, verdict

if TYPE_CHECKING:
    from generator.model import Assessment, Fact
    from generator.model.decisions import Measurement
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice


_FIRST = 3
"""Values that a brief asks to have replaced or measured."""
_USES = 3
_LISTED = 4
"""Values of one column that a cell lists; of more it tells how many and their ends."""


def firmness_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `firmness` fields: the finding, a row a project, values to measure first."""
    rows = [
        _value(one, assessment, voice)
        for one in telling(assessment)[:_FIRST]
        if assessment.programme.first.projects
    ]
    others = [
        *_local_cost(assessment, voice), *_demand(assessment, voice), *_tariff(assessment, voice)
    ]  # fmt: skip
    rows += others
    changes = {str(row["changes"]) for row in rows}
    is_same = len(changes) == 1
    return {
        "finding": voice.run_on(
            (_finding(assessment, voice), _later(assessment, voice), _meaning(assessment, voice))
        ),
        "projects": [*_projects(assessment, voice)],
        "lines": [*_basis(assessment, voice)],
        "next": _next(len(others), assessment, voice) if rows else "",
        "same": voice.say("firmness.one" if len(rows) == 1 else "firmness.each", changes=changes.pop())
        if is_same
        else "",
        "measured": rows,
    }  # fmt: skip


def telling(assessment: Assessment) -> list[Measurement]:
    """Values to replace or measure: those that could drop a project of the first wave come first."""
    return sorted(assessment.measurements, key=lambda one: not one.leaves)


def _finding(assessment: Assessment, voice: Voice) -> str:
    """The words of the first wave, each with its projects; empty without one."""
    found = assessment.programme
    if not found.first.projects:
        return ""
    if not by_word(assessment):
        return voice.sentence("firmness.finding", "firmness.untried")
    parts = _those(found.first, assessment, voice)
    return voice.sentence("firmness.finding", "firmness.told", parts=parts)


def _those(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The words of a wave, each with its projects; empty where nothing was tried."""
    groups = by_word(assessment, wave)
    return voice.clauses(
        voice.say(f"firm.those.{word}", uses=_names(own, voice)) for word, own in groups.items()
    )


def _later(assessment: Assessment, voice: Voice) -> str:
    """The same words for the second wave; empty without a first, whose finding they follow."""
    found = assessment.programme
    parts = _those(found.second, assessment, voice) if found.first.projects else ""
    return voice.sentence("firmness.second", "firmness.second", parts=parts) if parts else ""


def _meaning(assessment: Assessment, voice: Voice) -> str:
    """What the words do not say; empty where there are none."""
    if not by_word(assessment):
        return ""
    return voice.sentence("firmness.meaning", "firmness.meaning")


def _names(projects: Sequence[Project], voice: Voice) -> str:
    return voice.uses([one.use_id for one in projects], _USES)


def _projects(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """A row for each project of the first wave: what was tried, the word, and what it hangs on most.

    The sheets of the projects say at which sizes it is chosen and what may come in its place.
    """
    for one in assessment.programme.first.projects:
        found = verdict(one, assessment)
        share = found.shortlisted if found.chosen is None else found.least_chosen
        if found.word is not None:
            yield {
                "name": voice.use(one.use_id),
                "draws": voice.dash if share is None else voice.percent(share),
                "scenarios": voice.dash
                if found.kept is None
                else voice.say("firm.kept", count=found.kept, of=found.scenarios),
                "word": voice.say(f"firm.word.{found.word}"),
                "hangs": hangs_on(one, assessment, voice) or voice.dash,
            }


def _basis(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The rule of the words, what the draws vary, and what they say nothing on."""
    found = assessment.programme
    if found.firmness is None or not found.firmness.resolves or not found.first.projects:
        return
    key = "firmness.basis_draft" if assessment.confidence.is_illustrative else "firmness.basis"
    rule = voice.sentence("firmness.rule", "firmness.rule", **thresholds(voice))
    basis = voice.sentence("firmness.basis", key, draws=voice.number(found.firmness.resolves))
    yield voice.run_on((rule, basis))


def _next(others: int, assessment: Assessment, voice: Voice) -> str:
    """Whether any value would turn the programme, how many, and how many of them the table begins with.

    Args:
        others: Rows of the table on cost, demand and tariff, which follow.
        assessment: The results.
        voice: Speaks.
    """
    turning = [one for one in assessment.measurements if one.turns or one.drops]
    first = telling(assessment)[:_FIRST] if assessment.programme.first.projects else []
    if not turning:
        return voice.sentence("firmness.next", "firmness.no_turn")
    swapped = dict.fromkeys(
        use_id for one in turning for use_id in (*one.joins, *one.leaves, *one.drops)
    )
    key = "firmness.turn" if swapped else "firmness.turn_size"
    return voice.sentence(
        "firmness.next", voice.plural_key(key, len(turning)), count=len(turning),
        uses=voice.uses(list(swapped), _USES),
        shown=voice.number(sum(one in turning for one in first), 0),
        rest=voice.say("firmness.rest") if others else "",
    )  # fmt: skip


def _value(one: Measurement, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """A value with where it stands, its range, what it would change and who is asked for it."""
    joins, leaves = (voice.join(voice.use(key) for key in ids) for ids in (one.joins, one.leaves))
    key = (
        "value.swaps" if joins and leaves else "value.joins" if joins
        else "value.leaves" if leaves else "value.sizes" if one.turns
        else "value.later" if one.drops else "value.worth"
    )  # fmt: skip
    if key == "value.later":
        leaves = voice.join(map(voice.use, one.drops))
    return {
        "value": what(one, voice),
        "now": _now(one, assessment, voice),
        "changes": voice.say(key, joins=joins, leaves=leaves),
        "office": _office(one, assessment, voice),
    }


def _local_cost(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """That running cost is to be estimated locally, where the catalogue speaks of another country."""
    projects = assessment.programme.projects
    ratio = cost_per_job(projects, voice)
    if ratio is None or not is_from_elsewhere(voice):
        return
    yield {
        "value": voice.say("value.local_cost"),
        "now": voice.say("value.local_cost_now", ratio=voice.about(*ratio)),
        "changes": voice.say("value.local_cost_changes"),
        "office": voice.join(dict.fromkeys(owner(one.use_id, voice) for one in projects)),
    }


def _demand(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """What customers would bring, where the size of a project hangs on it and nobody counts it."""
    for one in assessment.programme.projects:
        if now := uncounted("value.demand_now", one, assessment, voice):
            demand = voice.name(voice.knowledge.needs[one.use_id].demand)
            yield {
                "value": voice.say("value.demand", demand=demand, use=voice.use(one.use_id)),
                "now": now,
                "changes": voice.say("value.demand_changes", use=voice.use(one.use_id)),
                "office": owner(one.use_id, voice),
            }


def _tariff(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """What customers pay for heat today, where a project would sell it and nobody says."""
    for one in heat_projects(assessment, voice):
        if one.heat_tariff is None:
            yield {
                "value": voice.say("value.tariff"),
                "now": voice.say("value.tariff_now", cost=power_for_heat(one, voice)),
                "changes": voice.say("value.tariff_changes", use=voice.use(one.use_id)),
                "office": owner(one.use_id, voice),
            }


def _now(one: Measurement, assessment: Assessment, voice: Voice) -> str:
    """The values in use, that they are examples where they are, and the range."""
    currency = money.word(assessment.region.currency, voice)
    values = list(dict.fromkeys(_shown(one.column, fact, currency, voice) for fact in one.facts))
    keys = ("value.estimate", "value.estimates", "value.estimates_many")
    if all(fact.grade == "D" for fact in one.facts):
        keys = ("value.example", "value.examples", "value.examples_many")
    if len(values) > _LISTED:
        known = sorted(fact.value for fact in one.facts if fact.value is not None)
        ends = voice.say("span", low=voice.large(known[0]), high=voice.large(known[-1]))
        text = voice.say(
            keys[2], count=len(values), ends=_in_unit(one.column, ends, currency, voice)
        )
    else:
        text = voice.say(keys[len(values) > 1], value=voice.join(values))
    low, high = one.ends.get("low"), one.ends.get("high")
    if low is None or high is None:
        return text
    return voice.say("value.range", now=text, low=voice.large(low), high=voice.large(high))


def _shown(column: str, fact: Fact, currency: str, voice: Voice) -> str:
    return _in_unit(column, voice.large(fact.value), currency, voice)


def _in_unit(column: str, number: str, currency: str, voice: Voice) -> str:
    key = f"value_amount.{column}"
    return voice.say(key, value=number, currency=currency) if key in voice.texts.table else number


def _office(one: Measurement, assessment: Assessment, voice: Voice) -> str:
    """The office that supplies what the column is read for; the one that prepares the plan if none."""
    criteria = voice.knowledge.criteria.values()
    columns = {one.column, *_groups(one, assessment)}
    found = next(
        (
            each
            for each in criteria
            if each.reads and any(column.startswith(each.reads) for column in columns)
        ),
        None,
    )
    if found is not None:
        return voice.lead(found.owner_office)
    return voice.name(assessment.region.prepared_by)


def _groups(one: Measurement, assessment: Assessment) -> set[str]:
    """The staff groups that roles among the records count towards."""
    if one.sheet != "workforce":
        return set()
    return {row.counts_towards for row in assessment.region.workforce if row.role in one.records}
