"""The table of printed texts and the list of template fields."""

from __future__ import annotations

from generator.intake.columns.column import Kind
from generator.intake.columns.tables import (
    code,
    key,
    printed,
    table,
)
from generator.shipped import ENGLISH, LANGUAGES

FIELDS = table(
    "fields",
    key("path", unique=True),
    key("type"),
    printed("description", required=True),
    unique=("path",),
)

STRINGS = table(
    "strings",
    key("key", unique=True),
    *(code(language, kind=Kind.VERBATIM, required=language == ENGLISH) for language in LANGUAGES),
    code("note"),
    unique=("key",),
)
