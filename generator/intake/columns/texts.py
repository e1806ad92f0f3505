"""The table of printed texts and the list of template fields."""

from __future__ import annotations

from generator.intake.columns.column import Kind
from generator.intake.columns.tables import (
    code,
    key,
    table,
)

FIELDS = table(
    "fields",
    key("path", unique=True),
    key("type"),
    key("description_en", kind=Kind.VERBATIM),
    key("description_zh", kind=Kind.VERBATIM),
    unique=("path",),
)

STRINGS = table(
    "strings",
    key("key", unique=True),
    key("en", kind=Kind.VERBATIM),
    key("zh-CN", kind=Kind.VERBATIM),
    code("note"),
    unique=("key",),
)
