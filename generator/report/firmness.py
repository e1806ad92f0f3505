"""How firm the choice is, what would change it, and which values to replace or measure first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.report import money
from generator.report.funding import owner
from generator.report.outlay import cost_per_job, is_from_elsewhere
from generator.report.projects import firm_parts
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from generator.model import Assessment, Fact
    from generator.model.decisions import Measurement
    from generator.report.voice import Voice


_FIRST = 3
"""Values that a brief asks to have replaced or measured."""
_USES = 3
_LEVEL = (0.4, 0.6)
"""Shares between which two choices are told as level."""


def firmness_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `firmness` fields: the finding, a line a contested project, values to measure first."""
    rows = [
        _value(one, assessment, voice)
        for one in assessment.measurements[:_FIRST]
        if assessment.programme.first.projects
    ]
    rows += _local_cost(assessment, voice)
    changes = {str(row["changes"]) for row in rows}
    is_same = len(changes) == 1
    return {
        "finding": _finding(assessment, voice),
        "lines": [*_contested(assessment, voice), *_basis(assessment, voice)],
        "next": _next(assessment, voice) if rows else "",
        "same": voice.say("firmness.one" if len(rows) == 1 else "firmness.each", changes=changes.pop())
        if is_same
        else "",
        "measured": rows,
    }  # fmt: skip


def in_words(share: float, voice: Voice) -> str:
    """A share of draws in tenths: every draw, nine of ten, half, fewer than one of ten."""
    tenths = math.floor(share * 10 + 0.5)
    if tenths >= 10 and share < 1.0:
        return voice.say("draws.nearly_all")
    return voice.say(f"draws.{min(10, max(0, tenths))}")


def _finding(assessment: Assessment, voice: Voice) -> str:
    first = assessment.programme.first.projects
    if not first:
        return ""
    parts = firm_parts(assessment, voice)
    if not parts:
        return voice.sentence("firmness.finding", "firmness.untried")
    known = voice.knowledge
    return voice.sentence(
        "firmness.finding", "firmness.verdicts", parts=voice.clauses(parts),
        firm=voice.number(known.assumed("firm_share_pct")),
        open=voice.number(known.assumed("open_share_pct")),
    )  # fmt: skip


def _contested(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Each project that is not firm: how often chosen, against which other, and what decides."""
    for one in assessment.programme.first.projects:
        if one.chosen_in is None or one.standing in {"firm", ""}:
            continue
        share = in_words(one.chosen_in, voice)
        args = {"use": voice.use(one.use_id), "share": share}
        if not one.replaced_by:
            yield voice.sentence(f"firmness.{one.use_id}", "firmness.alone", **args)
            continue
        is_level = _LEVEL[0] <= one.chosen_in <= _LEVEL[1]
        yield voice.sentence(
            f"firmness.{one.use_id}", "firmness.level" if is_level else "firmness.rival",
            rival=voice.uses(one.replaced_by, 2), **args,
        )  # fmt: skip


def _basis(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the draws vary, and what they say nothing on."""
    found = assessment.programme
    if found.firmness is None or not found.firmness.resolves or not found.first.projects:
        return
    key = "firmness.basis_draft" if assessment.confidence.is_illustrative else "firmness.basis"
    yield voice.sentence("firmness.basis", key, draws=voice.number(found.firmness.resolves))


def _next(assessment: Assessment, voice: Voice) -> str:
    """Whether any value would turn the programme, and how many."""
    turning = [one for one in assessment.measurements if one.turns]
    if not turning:
        return voice.sentence("firmness.next", "firmness.no_turn")
    swapped = dict.fromkeys(use_id for one in turning for use_id in (*one.joins, *one.leaves))
    key = "firmness.turn" if swapped else "firmness.turn_size"
    return voice.sentence(
        "firmness.next", voice.plural_key(key, len(turning)), count=len(turning),
        uses=voice.uses(list(swapped), _USES),
    )  # fmt: skip


def _value(one: Measurement, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """A value with where it stands, its range, what it would change and who is asked for it."""
    joins, leaves = (voice.join(voice.use(key) for key in ids) for ids in (one.joins, one.leaves))
    key = (
        "value.swaps" if joins and leaves else "value.joins" if joins
        else "value.leaves" if leaves else "value.sizes" if one.turns else "value.worth"
    )  # fmt: skip
    return {
        "value": what(one, voice),
        "now": _now(one, assessment, voice),
        "changes": voice.say(key, joins=joins, leaves=leaves),
        "office": _office(one, assessment, voice),
    }


def _local_cost(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """That running cost is to be estimated locally, where the catalogue speaks of another country."""
    projects = assessment.programme.projects
    ratio = cost_per_job(projects)
    if ratio is None or not is_from_elsewhere(voice):
        return
    yield {
        "value": voice.say("value.local_cost"),
        "now": voice.say("value.local_cost_now", ratio=voice.about(*ratio)),
        "changes": voice.say("value.local_cost_changes"),
        "office": voice.join(dict.fromkeys(owner(one.use_id, voice) for one in projects)),
    }


def _now(one: Measurement, assessment: Assessment, voice: Voice) -> str:
    """The values in use, that they are examples where they are, and the range."""
    currency = money.word(assessment.region.currency, voice)
    values = list(dict.fromkeys(_shown(one.column, fact, currency, voice) for fact in one.facts))
    keys = ("value.estimate", "value.estimates")
    if all(fact.grade == "D" for fact in one.facts):
        keys = ("value.example", "value.examples")
    text = voice.say(keys[len(values) > 1], value=voice.join(values))
    low, high = one.ends.get("low"), one.ends.get("high")
    if low is None or high is None:
        return text
    return voice.say("value.range", now=text, low=voice.large(low), high=voice.large(high))


def _shown(column: str, fact: Fact, currency: str, voice: Voice) -> str:
    key = f"value_amount.{column}"
    number = voice.large(fact.value)
    if key not in voice.texts.table:
        return number
    return voice.say(key, value=number, currency=currency)


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


_RECORDS = 3
_BY_ITSELF = "measures"
"""The register whose rows are criteria; their records are its ids."""


def what(one: Measurement, voice: Voice, most: int = _RECORDS) -> str:
    """The column with the records it is about, up to `most` of them by name.

    Of a criterion measured by itself it is the criterion's name.
    """
    known = voice.knowledge.criteria
    if one.sheet == _BY_ITSELF:
        ids = (record.text(ENGLISH) for record in one.records)
        return voice.several([voice.name(known[key].name) for key in ids if key in known], most)
    keys = (f"measure.head.{one.column}", f"column.{one.column}", f"figure.{one.column}")
    name = voice.say(next((key for key in keys if key in voice.texts.table), keys[-1]))
    if not one.records:
        return name
    records = [voice.name(record) for record in one.records]
    key = "measure.in" if one.sheet == "industry" else "measure.of"
    return voice.say(key, column=name, records=voice.several(records, most))
