"""Raised, lowered and circled figures: footnotes, or parts of a unit."""

from __future__ import annotations

import re
import unicodedata

from generator.intake import units

_RAISED = dict(zip("0123456789+-=()ni*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ*", strict=True))
_RAISED |= dict(zip("abcdefghjklmoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_TO_RAISED, _TO_LOWERED = str.maketrans(_RAISED), str.maketrans(_LOWERED)
_FIGURES = "⁰¹²³⁴-⁹⁺-ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ₀-₎"
_CIRCLED = "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
FOOTNOTE = re.compile(f"[{_FIGURES}{_CIRCLED}]+")
"""What stands raised, lowered or in a circle."""
_BEHIND_TEXT = re.compile(f"(.*[^{_FIGURES}])([{_FIGURES}]+)", re.DOTALL)
_TENS = re.compile(f"[×x*·]\\s*10[{_FIGURES}]")
_POWER = re.compile(r"(?:^|[^A-Za-z])[kcdm]?m$|(?:^|[×x*·]\s*)10$")


def raised(text: str) -> str:
    """Text of a raised run, in characters that are raised by themselves where there are such."""
    return text.translate(_TO_RAISED)


def lowered(text: str) -> str:
    """Text of a lowered run, likewise."""
    return text.translate(_TO_LOWERED)


def has_footnote(text: str) -> bool:
    """Whether a footnote stands at a number or a date: such figures in no known unit or power."""
    if text.isascii() or not FOOTNOTE.search(text) or _TENS.search(text):
        return False
    number = re.match(r"[+\-−\d.,\s]*", text)
    unit = text[number.end() :] if number else text
    return FOOTNOTE.match(unit) is not None or not units.known(unit)


def readings(text: str) -> tuple[str, str]:
    """A text without its footnotes, and with them as figures of the number."""
    return FOOTNOTE.sub("", text).strip(), unicodedata.normalize("NFKC", text).strip()


def apart(text: str) -> tuple[str, str]:
    """A text without the footnote at its end, and that; a power of a unit is no footnote."""
    parts = _BEHIND_TEXT.fullmatch(text.rstrip())
    if not parts or _POWER.search(parts[1]) or parts[1][-1:] in "₀₁₂₃₄₅₆₇₈₉":
        return text, ""
    # A lowered figure belongs to its formula: CO₂.
    return (text, "") if parts[2][0] in _LOWERED.values() else (parts[1].rstrip(), parts[2])
