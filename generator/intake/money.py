"""Money as planners write it: the currency, its hundredth, how many of it, and per what."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_DOLLARS = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN")
_CROWNS = ("SEK", "DKK", "NOK", "CZK", "ISK")
_WORDS: dict[str, tuple[str, ...]] = {
    "currency": (), "localcurrency": (), "lcu": (), "本币": (),
    **dict.fromkeys(("cny", "rmb", "元", "人民币", "元人民币", "人民币元", "yuan", "renminbi", "юань", "юаней"), ("CNY",)),
    **dict.fromkeys(("¥", "円"), ("CNY", "JPY")),
    **dict.fromkeys(("usd", "us$", "美元", "us$dollars", "usdollar", "usdollars"), ("USD",)),
    **dict.fromkeys(("$", "dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("eur", "€", "euro", "euros", "欧元", "евро"), ("EUR",)),
    **dict.fromkeys(("kzt", "₸", "тг", "тенге", "tenge", "坚戈"), ("KZT",)),
    **dict.fromkeys(("rub", "₽", "руб", "рублей", "卢布"), ("RUB",)),
    **dict.fromkeys(("gbp", "£", "英镑"), ("GBP",)), **dict.fromkeys(("jpy", "日元"), ("JPY",)),
    **dict.fromkeys(("hkd", "hk$", "港元", "港币"), ("HKD",)), "新台币": ("TWD",),
    **dict.fromkeys(("inr", "₹", "rs"), ("INR",)), "kr": _CROWNS,
    **{code.lower(): (code,) for code in (
        "SEK", "DKK", "NOK", "CZK", "HUF", "PLN", "RON", "BGN", "CHF", "CAD", "AUD", "TWD", "SGD", "BRL", "MXN", "KRW")},
    "kč": ("CZK",), "ft": ("HUF",), "zł": ("PLN",), "lei": ("RON",), "лв": ("BGN",), "r$": ("BRL",),
}  # fmt: skip
"""What names a currency to the codes it may stand for; an empty list is the region's own."""
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
    "千亿": 1e11, "万亿": 1e12, "萬": 1e4, "億": 1e8,
    **dict.fromkeys(("k", "thousand", "thousands", "000", "000s", "тыс", "тысяч", "tsd", "ths"), 1e3),
    **dict.fromkeys(("m", "mn", "mm", "mln", "mio", "million", "millions", "millionen", "millones",
                     "milhões", "млн", "миллион", "миллионов"), 1e6),
    **dict.fromkeys(("bn", "bln", "mrd", "md", "billion", "billions", "milliard", "milliards",
                     "milliarden", "млрд", "миллиард", "миллиардов"), 1e9),
    **dict.fromkeys(("tn", "trn", "trillion", "трлн"), 1e12),
    **dict.fromkeys(("lakh", "lakhs", "lac"), 1e5), **dict.fromkeys(("crore", "crores", "cr"), 1e7),
}  # fmt: skip
"""Words for how many, as large as their language's statistics offices mean them."""
_ENERGY = {
    **dict.fromkeys(("kwh", "kwhr", "千瓦时", "千瓦小时", "度", "度电", "квтч", "квтчас"), 1.0),
    **dict.fromkeys(("mwh", "兆瓦时", "千千瓦时", "千度", "мвтч"), 1e-3),
    **dict.fromkeys(("万千瓦时", "万度", "万kwh"), 1e-4),
}


def _either(words: object) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))  # type: ignore[call-overload]  # any collection of words


_AMOUNT = re.compile(
    f"(?P<before>{_either(_WORDS)})?(?P<scale>{_either(SCALES)})?(?P<behind>{_either(_WORDS)})?"
)
_PRICE = re.compile(
    f"(?:(?P<whole>{_either(_WORDS)})|(?P<part>{_either(_PARTS)}))/(?P<energy>{_either(_ENERGY)})"
)
SIGNS = re.compile(
    r"(?:US\$|HK\$|R\$|US dollars?|USD|RMB|CNY|EUR|KZT|GBP|人民币|[$€¥￥£₸₽₹])(?=[\s.:：]*[-+]?\.?\d)[.:：]?",
    re.IGNORECASE,
)
"""A currency in front of a number."""


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
    scale = SCALES[match["scale"]] if match["scale"] else None
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
