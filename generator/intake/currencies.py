"""Which currencies a sign, a code or a word names."""

from __future__ import annotations

import re

_DOLLARS = frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN", "CLP", "ARS", "COP"})
_NAMED: dict[str, frozenset[str]] = {
    "¥-804": frozenset({"CNY"}), "¥-411": frozenset({"JPY"}), "¥": frozenset({"CNY", "JPY"}),
    "CN¥": frozenset({"CNY"}), "JP¥": frozenset({"JPY"}),
    "人民币": frozenset({"CNY"}), "RMB": frozenset({"CNY"}), "YUAN": frozenset({"CNY"}),
    "US$": frozenset({"USD"}), "HK$": frozenset({"HKD"}), "美元": frozenset({"USD"}),
    "港元": frozenset({"HKD"}), "日元": frozenset({"JPY"}), "欧元": frozenset({"EUR"}),
    "英镑": frozenset({"GBP"}), "坚戈": frozenset({"KZT"}), "卢布": frozenset({"RUB"}),
    "DOLLARS": _DOLLARS, "DOLLAR": _DOLLARS, "$": _DOLLARS, "EUROS": frozenset({"EUR"}),
    "EURO": frozenset({"EUR"}), "TENGE": frozenset({"KZT"}), "ROUBLES": frozenset({"RUB"}),
    "€": frozenset({"EUR"}), "£": frozenset({"GBP"}), "₸": frozenset({"KZT"}),
    "₽": frozenset({"RUB"}), "₺": frozenset({"TRY"}), "₴": frozenset({"UAH"}),
    "₹": frozenset({"INR"}), "₩": frozenset({"KRW"}), "ZŁ": frozenset({"PLN"}),
    "KR": frozenset({"SEK", "NOK", "DKK"}), "KČ": frozenset({"CZK"}), "元": frozenset({"CNY"}),
}  # fmt: skip
_CODES = (
    "CNY|USD|EUR|GBP|JPY|KZT|RUB|HKD|CHF|AUD|CAD|PLN|CZK|HUF|RON|BGN|SEK|NOK|DKK|TRY|UAH|INR|KRW|"
    "SGD|TWD|UZS|KGS|MNT|AZN|GEL|AMD|BYN"
)
_WORDS = sorted((word for word in _NAMED if "-" not in word), key=len, reverse=True)
SYMBOL = re.compile(rf"(?:￥|{'|'.join(map(re.escape, _WORDS))}|{_CODES})", re.IGNORECASE)
"""One name of a currency."""
_ANY = re.compile(
    rf"¥-[0-9A-F]{{3}}|(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])|"
    + "|".join(
        rf"(?<![A-Za-z]){word}(?![A-Za-z])"
        if word.isascii() and word.isalpha()
        else re.escape(word)
        for word in _WORDS
    ),
    re.IGNORECASE,
)


def currencies(text: str) -> frozenset[str]:
    """The codes that the first name of a currency in a text may stand for; empty without any."""
    found = _ANY.search(text.replace("￥", "¥"))
    if not found:
        return frozenset()
    name = found[0].upper()
    return _NAMED.get(name) or (_NAMED["¥"] if name.startswith("¥") else frozenset({name}))


def without_currency(text: str) -> tuple[str, bool]:
    """A unit without the currency in it, and whether one was named."""
    rest, count = _ANY.subn(" ", text.replace("￥", "¥"), count=1)
    return " ".join(rest.split()), bool(count)
