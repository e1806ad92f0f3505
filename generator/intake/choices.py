"""Words of a list as planners vary them: punctuation, plural, a unit behind the word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.intake import units
from generator.intake.words import Words, folded

if TYPE_CHECKING:
    from collections.abc import Mapping

_WITH_UNIT = re.compile(
    r"(.+?)\s*(?:[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]|[,，:：]\s*([^,，:：]+?))\s*"
)
_LONGEST = 200
_JOINTS = re.compile(r"(?<=[^\W_])[-_/ ]+(?=[^\W_])")
_MARKS = re.compile(r"[\s.,;:!。，；：、！()（）\[\]【】\"“”‘’「」『』'《》]+")
"""What does not change a word; + and ? and * do, so they stay."""


def split_unit(text: str) -> tuple[str, str]:
    """A label and the unit behind it, in brackets or after a comma; no unit where none is known."""
    match = _WITH_UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return text, ""
    unit = match[2] or match[3]
    return (match[1], unit) if units.known(unit) else (text, "")


def meant(text: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """The one value that a text can mean, and a unit that stands behind it; None where unclear.

    Args:
        text: What was typed.
        known: Folded word to value.
    """
    head, unit = split_unit(text)
    wanted = _bare(head)
    if not wanted:
        return None, ""
    values = _by_bare_word(known).get(wanted, set())
    return (next(iter(values)), unit) if len(values) == 1 else (None, "")


def _by_bare_word(known: Mapping[str, str]) -> dict[str, set[str]]:
    """The values that each bare word may mean."""
    found = known.bare if isinstance(known, Words) else {}
    if not found:
        for word, value in known.items():
            for bare in (_bare(word), _bare(split_unit(word)[0])):
                found.setdefault(bare, set()).add(value)
    return found


def _bare(text: str) -> str:
    word = _MARKS.sub("", _JOINTS.sub("", folded(text)))
    return word.removesuffix("s") if word.isascii() and len(word) > 3 else word
