"""The straight line, and the other ways through the rooms that a command takes.

Each way is imported when it is first asked for: a check needs neither the Word files nor the mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.lazily import lazily

if TYPE_CHECKING:
    from generator.pipeline.again import begin
    from generator.pipeline.batch import build
    from generator.pipeline.changes import compare_runs, left_behind, previous_codes
    from generator.pipeline.forms import annotate, new_form
    from generator.pipeline.own import template_problems
    from generator.pipeline.place import law_of, place_of, uses_of
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

_OFFERS = {
    "again": "begin",
    "batch": "build",
    "changes": "compare_runs left_behind previous_codes",
    "forms": "annotate new_form",
    "own": "template_problems",
    "place": "law_of place_of uses_of",
    "publishing": "publish reach",
    "reading": "read words_of",
    "region": "Task build_region",
    "templates": "annotate_template check_template copy_templates is_of_mail template_fields",
}
__getattr__ = lazily(__name__, _OFFERS)
