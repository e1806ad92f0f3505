"""Files to checked facts: workbooks, tables, catalogue, rules and texts.

What only writes workbooks is imported when it is first asked for: a build reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake.knowledge import load_knowledge
from generator.intake.submission import input_names, read_submission
from generator.intake.texts import load_fields, load_texts
from generator.lazily import lazily

if TYPE_CHECKING:
    from generator.intake.carried import form_rows
    from generator.intake.form import write_form
    from generator.intake.marked import marked_copy

_OFFERS = {"carried": "form_rows", "form": "write_form", "marked": "marked_copy"}
__getattr__ = lazily(__name__, _OFFERS)
