"""The annex: every input, sum, draw and rule behind the briefs, for those who check them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.annex.alternatives import around_fields
from generator.report.annex.method import method_fields
from generator.report.annex.programme import choice_fields
from generator.report.annex.projects import project_fields
from generator.report.annex.readiness import point_fields
from generator.report.annex.register import register_fields
from generator.report.annex.robustness import order_fields
from generator.report.annex.scenarios import change_fields
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
        "choice": choice_fields(assessment, voice),
        "projects": project_fields(assessment, voice),
        "around": around_fields(assessment, voice),
        "changes": change_fields(assessment, voice),
        "orders": order_fields(assessment, voice),
        "register": register_fields(assessment, voice),
        "method": method_fields(assessment, voice),
    }


__all__ = ["annex_fields"]
