"""Results to words, tables and results.json: the one place that makes sentences."""

from generator.report.brief import report
from generator.report.quality import problem_text
from generator.report.results import results

__all__ = ["problem_text", "report", "results"]
