"""The first sentence of what each chapter opens with, apart from the rest: a template prints it in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from generator.report.voice import Voice

_OPENS = {
    "assets": ("finding", "assets"), "law": ("finding", "law"), "options": ("finding", "options"),
    "programme": ("finding", "programme"), "sheets": ("finding", "sheets"),
    "sites": ("finding", "sites"), "money": ("money", "finding"), "risks": ("risks", "finding"),
    "counsel": ("counsel", "finding"), "firmness": ("firmness", "finding"), "tasks": ("tasks", "brief", "finding"),
}  # fmt: skip
"""Chapters to the field that opens them."""


def lead_fields(said: Mapping[str, Any], voice: Voice) -> dict[str, dict[str, str]]:
    """The `opening` fields: of each chapter the `first` sentence and the `rest`, both maybe empty.

    Args:
        said: The fields of the chapters.
        voice: Knows where a sentence ends.
    """
    found = {}
    for name, path in _OPENS.items():
        text: Any = said
        for part in path:
            text = text[part]
        first, rest = voice.parted(text)
        found[name] = {"first": first, "rest": rest}
    return found
