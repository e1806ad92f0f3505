"""Files to checked facts: workbooks, tables, catalogue, rules and texts."""

from generator.intake.carried import form_rows
from generator.intake.form import write_form
from generator.intake.knowledge import load_knowledge
from generator.intake.marked import marked_copy
from generator.intake.submission import input_names, read_submission
from generator.intake.texts import load_fields, load_texts

__all__ = [
    "form_rows",
    "input_names",
    "load_fields",
    "load_knowledge",
    "load_texts",
    "marked_copy",
    "read_submission",
    "write_form",
]
