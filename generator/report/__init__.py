"""Results to words, tables and results.json: the one place that makes sentences.

What only documents need is imported when it is first asked for: a check prints problems alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.lazily import lazily
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

_OFFERS = {
    "brief": "report report_letter",
    "changes": "changes_as_json changes_as_lines",
    "comparison": "compare comparison_csv",
    "explanation": "explained_as_json explained_as_lines",
    "fields": "available described field_values",
    "regions": "project_rows region_tables",
    "results_json": "results",
    "rulebook": "rules_as_json rules_as_lines",
}
__getattr__ = lazily(__name__, _OFFERS)
