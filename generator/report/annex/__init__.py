"""The annex: every input, sum, draw and rule behind the briefs, for those who check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.report.annex.alternatives import alternative_fields
from generator.report.annex.glossary import glossary
from generator.report.annex.programme import objective_fields
from generator.report.annex.projects import project_fields
from generator.report.annex.readiness import criterion_fields
from generator.report.annex.register import register_fields
from generator.report.annex.robustness import robustness_fields
from generator.report.annex.scenarios import annex_scenario_fields
from generator.report.annex.used import used_fields
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


_PARTS = ("inputs", "streams", "weights", "orders", "unknown", "programme", "checks")
_REFERENCES = ("smaa", "central", "switching", "sobol", "similarity", "checks", "mavt")
_GRADES = "abcd"


def annex_fields(
    fields: Mapping[str, object], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The `annex` fields of a template, in the order of its chapters.

    Args:
        fields: What else the documents of the region may print, whose terms the glossary explains.
        assessment: The results of the region.
        voice: The language.
    """
    register = register_fields(assessment, voice)
    made: dict[str, object] = {
        "intro": voice.say("annex.intro"),
        "used": used_fields(assessment, voice),
        "points": criterion_fields(assessment, voice),
        "choice": objective_fields(assessment, voice),
        "projects": project_fields(assessment, voice),
        "around": alternative_fields(assessment, voice),
        "changes": annex_scenario_fields(assessment, voice),
        "orders": robustness_fields(assessment, voice),
        "register": register,
        "method": method_fields(assessment, voice),
    }
    return made | {"register": register | {"terms": glossary((*fields.values(), made), voice)}}


def method_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.method` fields."""
    return {
        "paragraphs": [voice.say(f"annex.method.{part}") for part in _PARTS],
        "settings": table("annex.method.settings", _settings(assessment, voice)),
        "references": [voice.say(f"annex.reference.{part}") for part in _REFERENCES],
    }


def _resolves(assessment: Assessment, voice: Voice) -> dict[str, str]:
    robustness = assessment.programme.firmness
    return {} if robustness is None else {"resolves": voice.number(robustness.resolves)}


def _settings(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    known, found = voice.knowledge, assessment.robustness
    rows = {
        "as_of": voice.date(assessment.screening.as_of),
        "rules": known.rules_version,
        "catalogue": known.catalogue_version,
        "draws": voice.number(found.draws),
        "seed": str(found.seed),
        "weight_cv": voice.number(known.assumed("weight_cv")),
        **_resolves(assessment, voice),
    }
    rows |= {
        f"grade_{grade}": voice.say(
            "annex.half_width", share=voice.percent(known.assumed(f"grade_{grade}_range_pct") / 100)
        )
        for grade in _GRADES
    }
    return [{"name": voice.say(f"setting.{key}"), "value": value} for key, value in rows.items()]
