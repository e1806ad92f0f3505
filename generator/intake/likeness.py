"""How far a written name says what a known name says: shared words, rare ones counting for more."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.intake.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STEM = 7
"""Letters that tell words apart: electri(city, cal) from electro(nic), chemica(l, ls)."""
_WORD = re.compile(r"[a-z]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_PLAIN_EN = re.compile(
    r"\b(?:and|of|the|for|to|in|by|with|from|its|their|others?|related|similar|nec|not|elsewhere"
    r"|classified|except|excluding|including|miscellaneous|manufactur(?:e|ing|ers)|mfg|production"
    r"|producing|products?|industry|industries|industrial|activity|activities|services?|supply"
    r"|process(?:ing)?|division|sector)\b"
)
"""Words that names of any industry may have."""
_PLAIN_ZH = re.compile(
    "以及|[和及与的]|其他|其它|等|制造业|制造|加工业|加工|制品业|制品|生产供应业|生产|供应业|供应|服务业|服务"
    "|相关|活动|专业|辅助性|行业|产业|大类|业"
)


_LEFT_OUT = re.compile(
    r"[,(]?\s*\b(?:except|excluding|excl\.|other than|not including|ohne|hors|excepto)\b[^;)]*\)?"
    "|[（(，,]?(?:不含|不包括|除外)[^）)；;]*[）)]?|除[^）)；;，,]{1,20}(?:外|以外)(?:的)?"
)
"""What a name leaves out is no part of it."""


@lru_cache(maxsize=20_000)
def features(text: str) -> frozenset[str]:
    """The words of a name that tell it from others: stems in Latin letters, pairs of characters.

    A name that consists of plain words alone, such as 其他制造业, keeps them.
    """
    whole = folded(text).replace("non-", "non").replace("fibre", "fiber")
    whole = _LEFT_OUT.sub(" ", whole) if _LEFT_OUT.sub("", whole).strip() else whole
    return _features(_PLAIN_EN.sub(" ", _PLAIN_ZH.sub("、", whole))) or _features(whole)


def _features(text: str) -> frozenset[str]:
    found = {_stem(word) for word in _WORD.findall(text)}
    for run in _HAN.findall(text):
        found.update(run[place : place + 2] for place in range(max(len(run) - 1, 1)))
    return frozenset(found)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"[:_STEM]
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return (word[:-1] if is_plural else word)[:_STEM]


class Likeness:
    """Compares written names with the known names of a list.

    Args:
        known: Key to the names that it goes by.
    """

    def __init__(self, known: Mapping[str, Iterable[str]]) -> None:
        self._names = {key: [features(name) for name in names] for key, names in known.items()}
        self._whole = {key: {_bare(name) for name in names} for key, names in known.items()}
        seen = Counter(word for sets in self._names.values() for word in frozenset().union(*sets))
        # A word that no name has weighs like one that a single name has.
        self._rare = math.log(1 + len(self._names))
        self._weights = {
            word: math.log(1 + len(self._names) / count) for word, count in seen.items()
        }
        self._heavy = {
            names: self._weight(names) for sets in self._names.values() for names in sets
        }
        self._keys: dict[str, set[str]] = defaultdict(set)
        for key, sets in self._names.items():
            for word in (*frozenset().union(*sets), *self._whole[key]):
                self._keys[word].add(key)

    def near(self, name: str) -> set[str]:
        """The keys that a name resembles at all; every other scores 0."""
        return set().union(*(self._keys.get(word, ()) for word in (_bare(name), *features(name))))

    def score(self, name: str, key: str) -> float:
        """How far a name says what a key's names say, in [0, 1]; 1 for one of them as it stands.

        Mostly the share of the name's own words that a known name has, so that a short form scores
        like the whole; what else the known name says counts for little.
        """
        if _bare(name) in self._whole[key]:
            return 1.0
        said = features(name)
        return max((self._shared(said, names) for names in self._names[key]), default=0.0)

    def _shared(self, said: frozenset[str], known: frozenset[str]) -> float:
        both = self._weight(said & known)
        if not both:
            return 0.0
        return 0.9 * (0.55 * both / self._weight(said) + 0.45 * both / self._heavy[known])

    def _weight(self, words: Iterable[str]) -> float:
        return math.fsum(self._weights.get(word, self._rare) for word in words)


@lru_cache(maxsize=20_000)
def _bare(name: str) -> str:
    """A name without marks between its words."""
    return re.sub(r"[\W_]+", " ", folded(name)).strip()
