"""The straight line, and the other ways through the rooms that a command takes."""

from generator.pipeline.build import build, build_region, read
from generator.pipeline.forms import annotate, new_form
from generator.pipeline.own import template_problems
from generator.pipeline.templates import (
    annotate_template,
    check_template,
    copy_templates,
    is_of_mail,
    template_fields,
)

__all__ = [
    "annotate",
    "annotate_template",
    "build",
    "build_region",
    "check_template",
    "copy_templates",
    "is_of_mail",
    "new_form",
    "read",
    "template_fields",
    "template_problems",
]
