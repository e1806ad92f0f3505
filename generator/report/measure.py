"""How a value that is worth measuring is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model.decisions import Measurement
    from generator.report.voice import Voice

_RECORDS = 3


def what(one: Measurement, voice: Voice, most: int = _RECORDS) -> str:
    """The column with the records it is about, up to `most` of them by name."""
    keys = (f"measure.{one.column}", f"column.{one.column}", f"figure.{one.column}")
    name = voice.say(next((key for key in keys if key in voice.texts.table), keys[-1]))
    if not one.records:
        return name
    records = [voice.name(record) for record in one.records]
    return voice.say("measure.of", column=name, records=voice.several(records, most))
