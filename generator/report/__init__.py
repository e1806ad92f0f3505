"""Results to words, tables and results.json: the one place that makes sentences."""

from generator.report.brief import report
from generator.report.comparison import compare, comparison_csv
from generator.report.fields import available, described, field_values
from generator.report.letter import document_title, letter
from generator.report.listing import as_json, line, screen
from generator.report.problem_texts import problem_text
from generator.report.results import results

__all__ = [
    "as_json",
    "available",
    "compare",
    "comparison_csv",
    "described",
    "document_title",
    "field_values",
    "letter",
    "line",
    "problem_text",
    "report",
    "results",
    "screen",
]
