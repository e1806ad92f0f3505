"""What a cover mail says of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.comparison.law import bans
from generator.report.comparison.opening import illustrative, strictest_handling
from generator.report.letter import barred_sentence, citation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.report.comparison.row import Regions


def letter_fields(found: Regions, shared: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The `letter` fields of a comparison.

    Args:
        found: The regions compared.
        shared: Uses on the shortlists of several regions.
    """
    voice, count = found.voice, len(found.all)
    everywhere = sum(1 for row in shared if row["count"] == str(count))
    drafts = illustrative(found)
    screenings, rows = bans(found)
    return {
        "answer": voice.sentence(
            "letter.answer",
            f"letter.shared_{'every' if everywhere else 'some' if shared else 'none'}",
            count=count, names=found.names(found.all), shared=len(shared), everywhere=everywhere,
        ),
        "barred": barred_sentence(screenings, voice),
        "barred_rows": [
            {
                "name": voice.say("letter.where", name=ban["name"], where=where)
                if where
                else ban["name"],
                "sentence": citation(ban, voice),
            }
            for ban, where in rows
        ],
        "draft": voice.sentence(
            "letter.draft", "letter.draft_of_all", count=len(drafts), of=count,
            names=found.names(drafts),
        )
        if drafts
        else "",
        "handling": strictest_handling(found),
        "prepared_by": "",
    }  # fmt: skip
