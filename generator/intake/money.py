"""Money as planners write it: the currency, its hundredth, how many of it, and per what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_DOLLARS = ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN", "CLP", "ARS", "COP")
_NAMES: dict[str, tuple[str, ...]] = {
    "currency": (), "local currency": (), "lcu": (), "本币": (),
    **dict.fromkeys(("rmb", "cn¥", "元", "人民币", "元人民币", "人民币元", "yuan", "renminbi", "юань", "юаней"), ("CNY",)),
    **dict.fromkeys(("¥", "￥", "円"), ("CNY", "JPY")), **dict.fromkeys(("日元", "jp¥"), ("JPY",)),
    **dict.fromkeys(("us$", "美元", "us$ dollars", "us dollar", "us dollars"), ("USD",)),
    **dict.fromkeys(("$", "dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("hk$", "港元", "港币"), ("HKD",)), "新台币": ("TWD",), "r$": ("BRL",),
    **dict.fromkeys(("€", "euro", "euros", "欧元", "евро"), ("EUR",)), **dict.fromkeys(("£", "英镑"), ("GBP",)),
    **dict.fromkeys(("₸", "тг", "тенге", "tenge", "坚戈"), ("KZT",)),
    **dict.fromkeys(("₽", "руб", "рублей", "roubles", "卢布"), ("RUB",)), **dict.fromkeys(("₹", "rs"), ("INR",)),
    "₺": ("TRY",), "₴": ("UAH",), "₩": ("KRW",), "kr": ("SEK", "DKK", "NOK", "ISK"), "kč": ("CZK",),
    "zł": ("PLN",), "ft": ("HUF",), "lei": ("RON",), "лв": ("BGN",),
    **{code.lower(): (code,) for code in (
        "CNY", "USD", "EUR", "GBP", "JPY", "KZT", "RUB", "HKD", "CHF", "AUD", "CAD", "NZD", "SGD", "TWD", "INR", "KRW",
        "SEK", "DKK", "NOK", "ISK", "CZK", "HUF", "PLN", "RON", "BGN", "TRY", "UAH", "BYN", "UZS", "KGS", "MNT", "AZN",
        "GEL", "AMD", "BRL", "MXN", "CLP", "ARS", "COP")},
}  # fmt: skip
"""What names a currency to the codes it may stand for; an empty list is the region's own."""
_WORDS = {name.replace(" ", ""): codes for name, codes in _NAMES.items()}
"""The same as a unit is folded: without spaces."""
_IN_UNITS_ONLY = frozenset({"ft", "rs", "lei"})
"""Names that are other words as well, feet among them, wherever no amount stands beside them."""
_LOCALES = {"¥-804": ("CNY",), "¥-411": ("JPY",)}
"""A sign with the locale that its number format gives it."""
_PARTS: dict[str, tuple[float, tuple[str, ...]]] = {
    **dict.fromkeys(("分", "fen", "分钱", "分人民币"), (0.01, ("CNY",))),
    **dict.fromkeys(("角", "jiao"), (0.1, ("CNY",))),
    **dict.fromkeys(("¢", "cent", "cents", "ct", "cts", "c"), (0.01, ("EUR", *_DOLLARS))),
    **dict.fromkeys(("美分", "uscent", "uscents", "us¢", "usc"), (0.01, ("USD",))),
    **dict.fromkeys(("欧分", "eurocent", "eurocents", "€cent", "€ct", "eurct"), (0.01, ("EUR",))),
    **dict.fromkeys(("p", "pence"), (0.01, ("GBP",))),
    **dict.fromkeys(("öre", "øre", "ore"), (0.01, ("SEK", "DKK", "NOK"))),
    **dict.fromkeys(("тиын", "tiyn"), (0.01, ("KZT",))),
    **dict.fromkeys(("коп", "копеек"), (0.01, ("RUB",))),
}
SCALES: dict[str, float] = {
    "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9, "百亿": 1e10,
    "千亿": 1e11, "万亿": 1e12, "萬": 1e4, "億": 1e8, **dict.fromkeys(("hundred", "hundreds"), 1e2),
    **dict.fromkeys(("k", "thousand", "thousands", "ths", "000", "000s", "тыс", "тысяч", "tsd"), 1e3),
    "ten thousand": 1e4, "hundred thousand": 1e5, "ten million": 1e7, "hundred million": 1e8,
    **dict.fromkeys(("m", "mn", "mm", "mln", "mio", "million", "millions", "millionen", "millones",
                     "milhões", "млн", "миллион", "миллионов"), 1e6),
    **dict.fromkeys(("bn", "bln", "mrd", "md", "billion", "billions", "milliard", "milliards",
                     "milliarden", "млрд", "миллиард", "миллиардов"), 1e9),
    **dict.fromkeys(("tn", "trn", "trillion", "трлн"), 1e12),
    **dict.fromkeys(("lakh", "lakhs", "lac"), 1e5), **dict.fromkeys(("crore", "crores", "cr"), 1e7),
}  # fmt: skip
"""Words for how many, as large as their language's statistics offices mean them."""
_AMOUNTS = {word.replace(" ", ""): scale for word, scale in SCALES.items()}
_ENERGY = {
    **dict.fromkeys(("kwh", "kwhr", "千瓦时", "千瓦小时", "度", "度电", "квтч", "квтчас"), 1.0),
    **dict.fromkeys(("mwh", "兆瓦时", "千千瓦时", "千度", "мвтч"), 1e-3),
    **dict.fromkeys(("万千瓦时", "万度", "万kwh"), 1e-4),
}
_CAPACITY = {
    **dict.fromkeys(("kw", "千瓦", "квт"), 1.0),
    **dict.fromkeys(("mw", "兆瓦", "мвт", "千千瓦"), 1e-3),
    **dict.fromkeys(("万千瓦", "万kw"), 1e-4),
}
_TIMES_A_YEAR = {
    **dict.fromkeys(("year", "yr", "y", "a", "annum", "年", "год"), 1.0),
    **dict.fromkeys(("month", "mo", "月", "мес"), 12.0),
}

LETTERS = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
"""Letters of scripts that put spaces between words, as a class of a pattern."""


def either(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _is_word(name: str) -> bool:
    """Whether a name is a word between spaces; a sign or a Chinese word may stand in others."""
    return name.replace(" ", "").isalpha() and ord(name[0]) < 0x2E80


_SEEN = [name for name, codes in _NAMES.items() if codes and name not in _IN_UNITS_ONLY]
_ANY = re.compile(
    f"¥-[0-9A-F]{{3}}|(?<![{LETTERS}])(?:{either(filter(_is_word, _SEEN))})(?![{LETTERS}])|"
    + either(name for name in _SEEN if not _is_word(name)),
    re.IGNORECASE,
)
SYMBOL = re.compile(either(_SEEN), re.IGNORECASE)
"""One name of a currency."""
SIGNS = re.compile(rf"(?:{SYMBOL.pattern})(?=[\s.:：]*[-+]?\.?\d)[.:：]?", re.IGNORECASE)
"""A currency in front of a number."""
_AMOUNT = re.compile(
    f"(?P<before>{either(_WORDS)})?(?P<figure>1[0,]+(?=[^0,]))?(?P<scale>{either(_AMOUNTS)})?(?:of(?=.))?"
    f"(?P<behind>{either(_WORDS)})?"
)
_PRICE = re.compile(
    f"(?:(?P<whole>{either(_WORDS)})|(?P<part>{either(_PARTS)}))/(?P<energy>{either(_ENERGY)})"
)
_RENT = re.compile(
    f"(?P<scale>{either(_AMOUNTS)})?(?P<whole>{either(_WORDS)})/(?P<capacity>{either(_CAPACITY)})"
    f"[-/]?(?P<time>{either(_TIMES_A_YEAR)})"
)


class Money(NamedTuple):
    """A written unit of money: its worth in single units, and the currencies it may name."""

    scale: float | None
    """None where only the currency is named, so that the column's own scale may be meant."""
    currencies: tuple[str, ...]


def amount(token: str) -> Money | None:
    """What a folded unit such as 亿元, `bnusd` or `млнтенге` stands for; None where it is none."""
    match = _AMOUNT.fullmatch(token)
    if match is None or not token:
        return None
    before, behind = match["before"], match["behind"]
    named = [_WORDS[word] for word in (before, behind) if word]
    if len(named) > 1 and named[0] != named[1]:
        return None
    figure = float(match["figure"].replace(",", "")) if match["figure"] else 1.0
    has_scale = match["figure"] or match["scale"]
    scale = figure * _AMOUNTS.get(match["scale"] or "", 1.0) if has_scale else None
    return Money(scale, named[0] if named else ())


def price(token: str) -> Money | None:
    """What a folded unit such as 分/kwh or `$/mwh` is per kilowatt-hour; None where it is none."""
    match = _PRICE.fullmatch(token)
    if match is None:
        return None
    per = _ENERGY[match["energy"]]
    if match["whole"]:
        return Money(per, _WORDS[match["whole"]])
    scale, currencies = _PARTS[match["part"]]
    return Money(scale * per, currencies)


def rent(token: str) -> Money | None:
    """What a folded unit such as 元/千瓦年 or `$/kw-yr` is per kilowatt and year; None where it is none."""
    match = _RENT.fullmatch(token)
    if match is None:
        return None
    scale = _AMOUNTS.get(match["scale"] or "", 1.0)
    each = _CAPACITY[match["capacity"]] * _TIMES_A_YEAR[match["time"]]
    return Money(float(f"{scale * each:.12g}"), _WORDS[match["whole"]])


def currencies(text: str) -> tuple[str, ...]:
    """The codes that the first name of a currency in a text may stand for; none without any."""
    found = _ANY.search(unicodedata.normalize("NFKC", text))
    if not found:
        return ()
    name = found[0]
    sign, dash, _ = name.partition("-")
    return _LOCALES.get(name.upper(), _NAMES[sign]) if dash else _NAMES[name.lower()]


def code_of(written: str, usual: str) -> str:
    """The three letters of a currency; empty where the words name none, or several.

    Args:
        written: A code, a sign or a name, such as CNY, US$ or 人民币.
        usual: The currency of the jurisdiction, which decides between several dollars.
    """
    if re.fullmatch(r"[A-Za-z]{3}", written) and written.lower() != "rmb":
        return written.upper()
    folded = unicodedata.normalize("NFKC", written).lower()
    codes = {_WORDS.get(word) for word in (re.sub(r"[\s.]", "", folded), *_bracketed(folded))}
    known = {codes for codes in codes if codes}
    if len(known) != 1:
        return ""
    (found,) = known
    if len(found) == 1:
        return found[0]
    return usual if usual in found else ""


def _bracketed(text: str) -> list[str]:
    """The parts of `人民币(元)` and `us dollar (usd)`."""
    match = re.fullmatch(r"\s*([^()]+?)\s*\(\s*([^()]+?)\s*\)\s*", text)
    return [re.sub(r"[\s.]", "", part) for part in match.groups()] if match else []
