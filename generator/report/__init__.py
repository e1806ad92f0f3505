"""Results to words, tables and results.json: the one place that makes sentences.

What only documents need is imported when it is first asked for: a check prints problems alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from generator.report.letter import document_title, letter
from generator.report.listing import as_json, line, screen
from generator.report.problem_texts import problem_text

if TYPE_CHECKING:
    from generator.report.brief import report, report_letter
    from generator.report.changes import changes_as_json, changes_as_lines
    from generator.report.comparison import compare, comparison_csv
    from generator.report.explanation import explained_as_json, explained_as_lines
    from generator.report.fields import available, described, field_values
    from generator.report.regions import project_rows, region_tables
    from generator.report.results_json import results
    from generator.report.rulebook import rules_as_json, rules_as_lines

__all__ = [
    "as_json",
    "available",
    "changes_as_json",
    "changes_as_lines",
    "compare",
    "comparison_csv",
    "described",
    "document_title",
    "explained_as_json",
    "explained_as_lines",
    "field_values",
    "letter",
    "line",
    "problem_text",
    "project_rows",
    "region_tables",
    "report",
    "report_letter",
    "results",
    "rules_as_json",
    "rules_as_lines",
    "screen",
]
_MODULES = {
    "report": "brief",
    "report_letter": "brief",
    "results": "results_json",
    **dict.fromkeys(("changes_as_json", "changes_as_lines"), "changes"),
    **dict.fromkeys(("compare", "comparison_csv"), "comparison"),
    **dict.fromkeys(("available", "described", "field_values"), "fields"),
    **dict.fromkeys(("explained_as_json", "explained_as_lines"), "explanation"),
    **dict.fromkeys(("project_rows", "region_tables"), "regions"),
    **dict.fromkeys(("rules_as_json", "rules_as_lines"), "rulebook"),
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
