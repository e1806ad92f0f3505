"""Documents of a plan's basis that are no rule of a project: what frames plans, and what settles whether it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import first_read
from generator.report.tables import begun

if TYPE_CHECKING:
    from generator.model import Assessment, Rule
    from generator.report.voice import Voice

Document = dict[str, str]
"""A row: the document, whom it bears on or what it asks, and what was read of it."""
_USES = 2


def settling(order: str, assessment: Assessment, voice: Voice) -> list[Document]:
    """The texts by which procedures of an order and of its parts put a question before all others."""
    places = {one.place: one.jurisdiction for one in voice.knowledge.places}
    found = []
    for due in assessment.procedures:
        one = due.procedure
        if one.question and places.get(one.jurisdiction, one.jurisdiction) == order:
            found.append(
                {
                    "document": begun(voice.name(one.cited)),
                    "uses": begun(
                        voice.say("basis.settles", procedure=voice.name(one.name), uses=voice.uses(due.uses, _USES))
                        if due.uses
                        else voice.name(one.name)
                    ),
                    "read": voice.say(f"reading.sign.{first_read(one)}"),
                }
            )  # fmt: skip
    return found


def framing(order: str, assessment: Assessment, voice: Voice) -> list[Rule]:
    """The rules of an order that frame plans of the time in which this one begins."""
    start = assessment.region.plan_from or assessment.screening.as_of
    return [
        rule
        for rule in voice.knowledge.rules
        if rule.duty == "frame"
        and rule.jurisdiction == order
        and rule.in_force_from is not None
        and rule.in_force_from <= start
        and (rule.in_force_until is None or rule.in_force_until > start)
    ]


def own_frame(
    order: str, assessment: Assessment, voice: Voice, *, is_part: bool
) -> list[Document]:  # fmt: skip
    """That the plan of the region, or of the part it lies in, under such a text is still to be supplied."""
    region, known = assessment.region, voice.knowledge
    places = [region.name]
    if is_part:
        code = region.admin_code
        places = [one.name for one in known.places if code and one.stands_for and one.holds(code)]
    return [
        {
            "document": voice.say(
                "basis.own_frame", title=voice.title_of(rule), place=voice.name(place)
            ),
            "uses": begun(voice.say("basis.own_frame_asks")),
            "read": voice.say("basis.own_frame_read"),
        }
        for rule in framing(order, assessment, voice)
        for place in places
    ]
