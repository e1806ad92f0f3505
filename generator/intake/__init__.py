"""Files to checked facts: workbooks, tables, catalogue, rules and texts.

What only writes workbooks is imported when it is first asked for: a build reads them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from generator.intake.knowledge import load_knowledge
from generator.intake.submission import input_names, read_submission
from generator.intake.texts import load_fields, load_texts

if TYPE_CHECKING:
    from generator.intake.carried import form_rows
    from generator.intake.form import write_form
    from generator.intake.marked import marked_copy

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
_MODULES = {"form_rows": "carried", "write_form": "form", "marked_copy": "marked"}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
