"""What the place of a project hangs on most: a value, a scenario, another project or a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.verdict import verdict
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from generator.model import Assessment, Measurement
    from generator.model.decisions import Decision
    from generator.model.programme import Project
    from generator.report.voice import Voice

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


def hangs_on(one: Project, assessment: Assessment, voice: Voice) -> str:
    """What could most easily take a project out of its wave, in a few words; empty for nothing.

    A single value comes first, then what the weakest share varies, last what a decision would put
    in its place.
    """
    found = verdict(one, assessment)
    if found.turning:
        return voice.say("firm.hangs.value", value=what(found.turning[0], voice, 1))
    if found.word not in {None, "high"}:
        weak = min(found.shares, key=found.shares.__getitem__)
        if weak == "kept" and found.lost_in:
            name = voice.name(found.lost_in[0].changes[0].name)
            return voice.say("firm.hangs.scenario", name=name)
        if one.replaced_by:
            return voice.say("firm.hangs.use", uses=voice.uses(one.replaced_by, 1))
        return voice.say(f"firm.hangs.{weak}")
    step = next((each for each in assessment.decisions if _would_replace(each, one)), None)
    return "" if step is None or found.word is None else _step(step, voice)


def _would_replace(each: Decision, one: Project) -> bool:
    """Whether a yes that the figures do not speak against takes a project out."""
    return each.kind != "programme" and each.advice != "no" and one.use_id in each.yes.leaves


def _step(one: Decision, voice: Voice) -> str:
    if one.step is not None:
        return voice.say("firm.hangs.step", title=voice.name(one.step.title))
    return voice.say("firm.hangs.joining", uses=voice.uses(one.yes.joins or one.uses, 1))
