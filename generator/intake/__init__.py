"""Files to checked facts: workbooks, tables, catalogue, rules and texts."""

from generator.intake.form import write_form
from generator.intake.knowledge import load_knowledge
from generator.intake.submission import read_submission
from generator.intake.texts import load_texts

__all__ = ["load_knowledge", "load_texts", "read_submission", "write_form"]
