"""What to measure next: the cells whose range could turn the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment
    from generator.model.decisions import Measurement
    from generator.report.voice import Voice

_MOST = 5
_RECORDS = 3
_BY_ITSELF = "measures"
"""The register whose rows are criteria; their records are its ids."""


def measurement_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """The first of them, with what either end would change; a line for those that change the same."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Measurement]] = {}
    for one in assessment.measurements[:_MOST]:
        alike.setdefault((one.joins, one.leaves), []).append(one)
    return [_line(number, group, voice) for number, group in enumerate(alike.values(), start=1)]


def what(one: Measurement, voice: Voice) -> str:
    """The column with the records it is about; of a criterion measured by itself its name."""
    known = voice.knowledge.criteria
    if one.sheet == _BY_ITSELF:
        ids = (record.text(ENGLISH) for record in one.records)
        return voice.several([voice.name(known[key].name) for key in ids if key in known], _RECORDS)
    keys = (f"measure.head.{one.column}", f"column.{one.column}", f"figure.{one.column}")
    name = voice.say(next((key for key in keys if key in voice.texts.table), keys[-1]))
    if not one.records:
        return name
    records = [voice.name(record) for record in one.records]
    return voice.say("measure.of", column=name, records=voice.several(records, _RECORDS))


def _line(number: int, group: Sequence[Measurement], voice: Voice) -> str:
    one = group[0]
    joins, leaves = (voice.join(voice.use(key) for key in ids) for ids in (one.joins, one.leaves))
    key = (
        "measure.swaps" if joins and leaves else "measure.joins" if joins
        else "measure.leaves" if leaves else "measure.value"
    )  # fmt: skip
    if len(group) > 1:
        key += "_each"
    named = voice.join(what(item, voice) for item in group)
    return voice.sentence(f"measure.{number}", key, what=named, joins=joins, leaves=leaves)
