"""How a value that is worth measuring is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from generator.model.decisions import Measurement
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
    return voice.say("measure.of", column=name, records=voice.several(records, most))
