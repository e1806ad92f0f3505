"""The money of studies before the votes: the ceiling, the estimate by project and lead body, its measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED
from generator.choices.votes import steps_asked
from generator.report.actions import month
from generator.report.funding import PAYS, owner
from generator.report.mandates import committed
from generator.report.money import rough
from generator.report.projects import is_long

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Assessment
    from generator.report.voice import Voice

_USES = 3


def study_lines(place: str, assessment: Assessment, voice: Voice) -> Iterator[str]:
    """What the vote allows, what is estimated for which project, what is not in it, and the measure.

    Args:
        place: Where it stands.
        assessment: The results.
        voice: Speaks and keeps the sentences.
    """
    found, by = assessment.preparation, month(SUPPLIED, assessment.region.plan_from, voice)
    if not found.studies:
        yield voice.sentence(place, "funding.preparation", office=voice.office(PAYS), by=by)
        return
    parts = [
        voice.say(
            "funding.study", use=voice.use(one.use_id), office=owner(one.use_id, voice),
            cost=rough(one.cost, voice),
        )
        for one in found.studies
    ]  # fmt: skip
    yield voice.sentence(
        place, "funding.preparation_priced", most=voice.about(found.estimate[1]),
        steps=voice.say("funding.preparation_steps", most=committed(assessment, voice, cap=True))
        if steps_asked(assessment) else "",
        cost=voice.about(*found.estimate), parts=voice.clauses(parts),
        table=voice.name(found.fees[0].short), office=voice.office(PAYS), by=by,
    )  # fmt: skip
    if found.unpriced:
        yield voice.sentence(
            "money.unstudied", "spending.unstudied", uses=voice.uses(found.unpriced, _USES)
        )
    if is_long(assessment):
        # The documents at the end say what was read of the tables.
        return
    bases = dict.fromkeys((voice.name(one.basis), one.read_kind) for one in found.fees)
    yield voice.sentence(
        "money.study_basis", "spending.study_basis",
        bases=voice.clauses(
            voice.say("law.cited", instruments=basis, reading=voice.say(f"reading.sign.{kind}"))
            for basis, kind in bases
        ),
    )  # fmt: skip
