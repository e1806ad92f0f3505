"""The annex: every input, score, draw and rule behind the briefs, for those who check them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.annex.firmness import firmness_fields
from generator.report.annex.limits import limit_fields
from generator.report.annex.method import method_fields
from generator.report.annex.points import point_fields
from generator.report.annex.register import register_fields
from generator.report.annex.used import used_fields

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def annex_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex` fields of a template, in the order of its chapters."""
    return {
        "intro": voice.say("annex.intro"),
        "used": used_fields(assessment, voice),
        "points": point_fields(assessment, voice),
        "firmness": firmness_fields(assessment, voice),
        "limits": limit_fields(assessment, voice),
        "register": register_fields(assessment, voice),
        "method": method_fields(assessment, voice),
    }


__all__ = ["annex_fields"]
