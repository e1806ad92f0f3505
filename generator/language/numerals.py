"""Whole numbers in Chinese words, for numbered headings."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_POWERS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def chinese_numeral(number: int) -> str:
    """Up to 9999, as 一百零三; a leading 一十 is written 十."""
    if number == 0:
        return _DIGITS[0]
    text = ""
    for power, unit in _POWERS:
        digit = number // power % 10
        if digit:
            text += _DIGITS[digit] + unit
        elif text and not text.endswith(_DIGITS[0]) and number % power:
            text += _DIGITS[0]
    return text.removeprefix("一") if text.startswith("一十") else text
