"""The straight line, and the other ways through the rooms that a command takes.

Each way is imported when it is first asked for: a check needs neither the Word files nor the mail.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline.again import begin
    from generator.pipeline.batch import build
    from generator.pipeline.changes import compare_runs, left_behind, previous_codes
    from generator.pipeline.explain import uses_of
    from generator.pipeline.forms import annotate, new_form
    from generator.pipeline.law import law_of, place_of
    from generator.pipeline.own import template_problems
    from generator.pipeline.publishing import publish, reach
    from generator.pipeline.reading import read, words_of
    from generator.pipeline.region import Task, build_region
    from generator.pipeline.templates import (
        annotate_template,
        check_template,
        copy_templates,
        is_of_mail,
        template_fields,
    )

__all__ = [
    "Task",
    "annotate",
    "annotate_template",
    "begin",
    "build",
    "build_region",
    "check_template",
    "compare_runs",
    "copy_templates",
    "is_of_mail",
    "law_of",
    "left_behind",
    "new_form",
    "place_of",
    "previous_codes",
    "publish",
    "reach",
    "read",
    "template_fields",
    "template_problems",
    "uses_of",
    "words_of",
]
_MODULES = {
    "begin": "again",
    "build": "batch",
    **dict.fromkeys(("Task", "build_region"), "region"),
    **dict.fromkeys(("annotate", "new_form"), "forms"),
    **dict.fromkeys(("law_of", "place_of"), "law"),
    "template_problems": "own",
    **dict.fromkeys(("compare_runs", "left_behind", "previous_codes"), "changes"),
    "uses_of": "explain",
    **dict.fromkeys(("publish", "reach"), "publishing"),
    **dict.fromkeys(("read", "words_of"), "reading"),
    **dict.fromkeys(
        ("annotate_template", "check_template", "copy_templates", "is_of_mail", "template_fields"),
        "templates",
    ),
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(name)
    way: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = way
    return way
