"""One region's results as everything a template of one language may print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.model import Assessment, Brief, Knowledge, Texts
from generator.report.actions import action_fields
from generator.report.annex import annex_fields
from generator.report.assets import asset_fields
from generator.report.changes.fields import change_fields
from generator.report.counsel import counsel_fields
from generator.report.currencies import money_of
from generator.report.decisions import decisions_asked
from generator.report.economy import economy_fields
from generator.report.figures import figure_fields
from generator.report.firmness import firmness_fields
from generator.report.firsttable import table_fields
from generator.report.front import doc_fields, gap_rows, prepare_rows, summary_fields, top_fields
from generator.report.goals import goal_fields
from generator.report.lawbasis import law_basis_fields
from generator.report.leads import lead_fields
from generator.report.letter import letter_fields
from generator.report.needs import common_lines
from generator.report.openings import opening_fields
from generator.report.options import option_fields
from generator.report.overview import overview_fields
from generator.report.ownrisks import own_risk_fields
from generator.report.plannedsteps import step_fields
from generator.report.printed import as_printed
from generator.report.profiles import evidence_lines, profile_rows
from generator.report.programme import programme_fields
from generator.report.quality import (
    assumption_rows,
    attribution_lines,
    disclaimer_paragraphs,
    method_paragraphs,
    money_lines,
    quality_fields,
)
from generator.report.readiness import readiness_fields
from generator.report.restated import with_restated
from generator.report.risks import risk_fields, swot_fields
from generator.report.robustness import robustness_fields
from generator.report.safeguards import safeguard_rows
from generator.report.scenarios import scenario_fields
from generator.report.screening import law_fields
from generator.report.sheets import sheet_rows
from generator.report.sites import site_fields
from generator.report.spending import money_fields
from generator.report.tables import without_tables
from generator.report.taskwords import task_fields
from generator.report.tiles import tile_fields
from generator.report.titles import title_fields
from generator.report.trace import trace_fields
from generator.report.voice import Voice

if TYPE_CHECKING:
    from generator.model.changes import Changes


def report(
    assessment: Assessment,
    knowledge: Knowledge,
    texts: Texts,
    language: str,
    changes: Changes | None = None,
    *,
    with_annex: bool = True,
) -> Brief:
    """The fields of a brief, and every sentence in it by place.

    Args:
        assessment: The results of one region.
        knowledge: Names and texts of the catalogue and the rules.
        texts: The text table.
        language: A key of `LANGUAGES`.
        changes: What changed since an earlier edition; None where it is compared with none.
        with_annex: Whether a template may ask for the fields of the annex, which are a third of
            the work.
    """
    voice = _voice(assessment, knowledge, texts, language)
    assessment = as_printed(assessment, voice)
    figures, around = figure_fields(assessment, voice)
    fields = _sections(assessment, voice)
    fields["figures"] = around
    fields["titles"] = title_fields(fields, assessment, voice)
    fields["safeguards"] = safeguard_rows(assessment, fields, voice)
    fields["changes"] = change_fields(changes, voice)
    if with_annex:
        fields["annex"] = annex_fields(fields, assessment, voice)
    fields["trace"] = trace_fields(fields, assessment, voice)
    fields["top"] |= tile_fields(fields, assessment, voice)
    fields["top"] |= table_fields(fields, assessment, voice)
    fields, tables = without_tables(fields)
    return Brief(language, fields, voice.said, figures, tables)


def report_letter(
    assessment: Assessment, knowledge: Knowledge, texts: Texts, language: str
) -> Brief:
    """What a cover letter says, for a language in which no document is made.

    Args:
        assessment: The results of one region.
        knowledge: Names and texts of the catalogue and the rules.
        texts: The text table.
        language: A key of `LANGUAGES`.
    """
    voice = _voice(assessment, knowledge, texts, language)
    return Brief(language, _of_letter(as_printed(assessment, voice), voice), voice.said)


def _voice(assessment: Assessment, knowledge: Knowledge, texts: Texts, language: str) -> Voice:
    money = money_of(assessment.region, knowledge)
    return with_restated(Voice(texts, language, knowledge, money, as_of=assessment.screening.as_of))


def _of_letter(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields that a cover letter is made of."""
    return {
        "doc": doc_fields(assessment, voice),
        "letter": letter_fields(assessment, voice),
        "disclaimer": [
            *disclaimer_paragraphs(assessment.screening.as_of, voice),
            *money_lines([voice.money_in], voice),
        ],
    }


def _sections(assessment: Assessment, voice: Voice) -> dict[str, Any]:
    """The fields of each chapter, by its name; what others quote is said first."""
    said_first: dict[str, Any] = {
        "tasks": action_fields(assessment, voice) | {"brief": task_fields(assessment, voice)},
        "counsel": counsel_fields(assessment, voice),
        "firmness": firmness_fields(assessment, voice),
        "goals": goal_fields(assessment, voice),
    }
    asked = decisions_asked(assessment, voice)
    said = {
        **said_first,
        **_of_letter(assessment, voice),
        "summary": summary_fields(asked, assessment, voice),
        "law": law_fields(assessment, voice),
        "top": top_fields(asked, assessment, voice),
        "overview": overview_fields(asked, assessment, voice),
        "prepare": prepare_rows(assessment, voice),
        "gaps": gap_rows(assessment, voice),
        "readiness": readiness_fields(assessment, voice),
        "programme": programme_fields(assessment, voice),
        "options": option_fields(assessment, voice),
        "sheets": sheet_rows(assessment, voice),
        "sheets_common": common_lines(assessment, voice),
        "finding": opening_fields(assessment, voice),
        "orders": robustness_fields(assessment, voice),
        "scenarios": scenario_fields(assessment, voice),
        "steps": step_fields(assessment, voice),
        "assets": asset_fields(assessment, voice),
        "profiles": profile_rows(assessment, voice),
        "evidence": evidence_lines(assessment, voice),
        "economy": economy_fields(assessment, voice),
        "sites": site_fields(assessment, voice),
        "money": money_fields(assessment, voice),
        "risks": risk_fields(assessment, voice) | own_risk_fields(assessment, voice),
        "swot": swot_fields(assessment, voice),
        "quality": quality_fields(assessment, voice),
        "assumptions": assumption_rows(voice),
        "method": method_paragraphs(voice),
        "basis": law_basis_fields(assessment, voice),
        "attribution": attribution_lines(assessment.sources, voice),
    }
    return said | {"opening": lead_fields(said, voice)}
