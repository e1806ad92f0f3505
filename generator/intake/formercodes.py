"""Codes that are none of a classification and that tables have all the same: groups, older editions.

What NAICS 2017 called the trades that NAICS 2022 names anew is from the concordance of the two by
the United States Census Bureau.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PREFIX = re.compile(
    r"(?:WZ[ _-]?(?:20)?08|NACE[ _-]?(?:R(?:EV)?\.?[ _-]?2(?:\.1)?)?|CPA(?:[ _-]?2\.1|[ _-]?08)?|SIC[ _-]?2007|"
    r"ISIC[ _-]?(?:REV\.?[ _-]?)?4?)[ _:.-]*(?=[A-U\d])"
)
"""National editions of NACE and ISIC, as statistics offices write them before a code."""
_LETTERS = re.compile(r"([A-U])(?:\s*(?:-|TO|_|,|\+|&|/)\s*([A-U]))+|[A-U]{2,}")
_DIVISIONS = re.compile(
    r"[A-U]?(\d{2})\s*(?:-|_|,|\+|&|/)\s*[A-U]?(\d{2})(?:\s*[-_,+&/]\s*[A-U]?\d{2})*"
)
_FORMER = {
    "442": "449", "443": "449", "446": "456", "447": "457", "448": "458", "451": "459", "452": "455",
    "453": "459", "454": "", "511": "513", "515": "516",
}  # fmt: skip
"""NAICS 2012 and 2017 to NAICS 2022; 454, shops without a store, was dealt out by what they sell."""
_SPREAD = ("449", "459")
_UNCLASSIFIED = re.compile(r"99\d{0,4}|999\d{0,3}")


class Former(NamedTuple):
    """Why a code is none, and what to write instead: sections, or a code of today."""

    cause: str
    instead: str


def without_prefix(text: str) -> str:
    """A code without the name of its classification before it."""
    return _PREFIX.sub("", text, count=1)


def group_of(text: str, sections: str) -> Former | None:
    """A group of sections or divisions written as one code; None where it is none.

    Args:
        text: The code, in capitals, dashes plain.
        sections: The letters of the classification, in order.
    """
    text = without_prefix(text)
    if _DIVISIONS.fullmatch(text):
        first, last = re.findall(r"\d{2}", text)[:: len(re.findall(r"\d{2}", text)) - 1]
        return Former("divisions", f"{first}, {int(first) + 1:02d}" if last > first else first)
    match = _LETTERS.fullmatch(text)
    if match is None:
        return None
    letters = re.findall("[A-U]", text.replace("TO", "-"))
    if "-" in text.replace("TO", "-") and len(letters) == 2 and letters[0] < letters[1]:
        letters = [one for one in sections if letters[0] <= one <= letters[1]]
    is_ordered = letters == sorted(set(letters)) and len(letters) > 1
    return Former("sections", ", ".join(letters)) if is_ordered else None


def former_naics(text: str) -> Former | None:
    """A NAICS code of 2012 or 2017, or one for what is not classified; None where it is neither."""
    code = re.sub(r"[-/]+$", "", text)
    if not code.isdecimal() or not 2 <= len(code) <= 6:
        return None
    if _UNCLASSIFIED.fullmatch(code):
        return Former("unclassified", "")
    if code[:3] not in _FORMER:
        return None
    today = _FORMER[code[:3]]
    return Former("former" if today else "spread", today or ", ".join(_SPREAD))
