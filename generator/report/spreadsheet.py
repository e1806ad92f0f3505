"""Text that a spreadsheet may open: whatever it would take for a formula is marked as text.

A table with commas is split at semicolons where Windows says so, so that what follows a separator
or a line break inside a field can begin a cell too (OWASP, CSV injection); breaks become blanks.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""As typed on any keyboard: East Asian spreadsheets read the wide forms likewise."""
_BEFORE = '[\\s"\u200b-\u200f\u2060\ufeff]*'
"""What may be dropped in front of it."""
_FORMULA = re.compile(f"(^|[;,|])({_BEFORE})(?=[{_STARTS}])")
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]+")


def guarded(text: str) -> str:
    """The text in one line, with an apostrophe before every sign that could begin a formula."""
    return _FORMULA.sub(r"\1\2'", _BREAKS.sub(" ", text))
