"""Industry codes under the classifications that statistics use: what a written code means in each.

Also here: codes that are none of a classification and that tables have all the same: groups, older
editions.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from generator.intake.words import folded

if TYPE_CHECKING:
    from generator.model import Knowledge, Label


GBT, ISIC, NAICS = "gbt4754", "isic4", "naics2022"
SYSTEMS = (ISIC, GBT, NAICS)
"""In the order in which another reading of a code is looked for."""
EXAMPLES = {GBT: "C13", ISIC: "10", NAICS: "311"}
_GBT_CODE = re.compile(r"([A-T]?)[ .-]?(\d{1,4})")
_ISIC_CODE = re.compile(r"([A-U]?)[ .-]?(\d{1,2})(?:\.?(\d{1,2}))?")
_NAICS_CODE = re.compile(r"\d{2,6}|\d{2}-\d{2}")
_DASHES = re.compile("[\u2010-\u2015\u2212~\u301c\u81f3]")
_MAJORITY = 0.5
"""A subsector of which a smaller share leads to its best division stands for several of them."""
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


def _plain(written: str) -> str:
    return _DASHES.sub("-", folded(written).upper())


class Meaning(Struct, frozen=True):
    """What a written code means under one classification."""

    classification: str
    code: str
    """The code as the classification writes it, with all its digits."""
    entry: str
    """The code of the known name: the division, or the longest NAICS code on file."""
    name: Label
    divisions: tuple[str, ...]
    """GB/T 4754 divisions, or ISIC ones for ISIC and NAICS."""
    is_section: bool = False
    """A section or a NAICS sector, too coarse for most location quotients."""

    @property
    def is_detailed(self) -> bool:
        """Whether the code is finer than the known name."""
        return len(self.code) > len(self.entry)


class Classifications:
    """The codes and names of every classification of the catalogue."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.labels = knowledge.choices["classification"]
        self._names: dict[str, dict[str, Label]] = {system: {} for system in SYSTEMS}
        self._also: dict[str, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
        self._section_of: dict[str, str] = {}
        self.isic_of: dict[str, str] = {}
        for code in knowledge.industry_codes:
            self._names[ISIC][code.isic4_division] = code.name
            self._section_of[code.isic4_division] = code.isic4_section
            if code.gb4754_division:
                self._names[GBT][code.gb4754_division] = code.gb4754_name
            if code.gb4754_division and code.best_match:
                self.isic_of[code.gb4754_division] = code.isic4_division
                self._also[GBT][code.gb4754_division].append(code.name)
                self._also[ISIC][code.isic4_division].append(code.gb4754_name)
        self._gbt = {code[1:]: code for code in self._names[GBT]}
        for section in knowledge.industry_sections:
            self._names[section.classification][section.section] = section.name
        self._links: dict[str, list[tuple[str, bool, float]]] = defaultdict(list)
        self._ranges: dict[str, str] = {}
        for link in knowledge.naics_codes:
            self._names[NAICS][link.naics_code] = link.naics_name
            if link.isic4_division:
                share = 1.0 if link.link_share is None else link.link_share
                entry = link.isic4_division, link.best_match == "yes", share
                self._links[link.naics_code].append(entry)
            elif "-" in link.naics_code:
                first, last = (int(end) for end in link.naics_code.split("-"))
                self._ranges.update({str(part): link.naics_code for part in range(first, last + 1)})
        self._read: dict[tuple[str, str], Meaning | None] = {}
        self._likeness: dict[str, Likeness] = {}
        self._wholes: dict[tuple[str, str], tuple[str, ...]] = {}

    def meaning(self, system: str, written: str) -> Meaning | None:
        """What a written code means under a classification; None where it has no such code."""
        key = system, written
        if key not in self._read:
            text = _plain(written)
            reader = {GBT: self._as_gbt, ISIC: self._as_isic, NAICS: self._as_naics}[system]
            self._read[key] = reader(text)
        return self._read[key]

    def former(self, system: str, written: str) -> Former | None:
        """Why a code that a classification lacks stands in tables; None where there is no telling."""
        text = _plain(written)
        if system == NAICS:
            return former_naics(text)
        letters = (code for code in self._names[system] if code.isalpha())
        return group_of(text, "".join(sorted(letters)))

    def isic(self, found: Meaning) -> frozenset[str]:
        """The ISIC divisions of a meaning, the best match of each GB/T one."""
        return frozenset(self.isic_of.get(division, division) for division in found.divisions)

    def ancestors(self, found: Meaning) -> tuple[str, ...]:
        """The codes of the same classification that the code is a part of, nearest first."""
        key = found.classification, found.code
        if key not in self._wholes:
            self._wholes[key] = tuple(self._above(found))
        return self._wholes[key]

    def _above(self, found: Meaning) -> Iterable[str]:
        letter = found.code[:1] if found.code[0].isalpha() else ""
        digits = found.code.removeprefix(letter)
        if not digits or "-" in digits:
            return
        for size in range(len(digits) - 1, 1, -1):
            yield letter + digits[:size]
        if found.classification == NAICS:
            yield self._ranges.get(digits[:2], "")
        else:
            yield letter or self._section_of[digits[:2]]

    def example_within(self, found: Meaning) -> str:
        """A finer code inside a section, a sector or a subsector; the code itself where none is."""
        if found.classification != NAICS:
            return found.divisions[0]
        finer = sorted(code for code in self._inside(found.entry) if code != found.entry)
        return finer[0] if finer else found.entry

    def label(self, found: Meaning, language: str) -> str:
        """Code and name for a message."""
        return f"{found.code} {found.name.text(language)}"

    def named(self, system: str, code: str) -> Meaning:
        """The meaning of a code that the catalogue names."""
        found = self.meaning(system, code)
        assert found is not None  # noqa: S101 - its own name says so
        return found

    def likeness(self, system: str) -> Likeness:
        """Names to compare with; a GB/T or ISIC division also goes by the name of its best match."""
        if system not in self._likeness:
            also = self._also[system]
            self._likeness[system] = Likeness(
                {
                    code: [text for label in (name, *also.get(code, ())) for _, text in label.texts]
                    for code, name in self._names[system].items()
                }
            )
        return self._likeness[system]

    def codes(self, system: str) -> Iterable[str]:
        """The codes of a classification that have a name."""
        return self._names[system]

    def _as_gbt(self, text: str) -> Meaning | None:
        if text in self._names[GBT] and len(text) == 1:
            inside = tuple(code for code in self._gbt.values() if code[0] == text)
            return Meaning(GBT, text, text, self._names[GBT][text], inside, is_section=True)
        match = _GBT_CODE.fullmatch(text)
        digits = match[2].zfill(2) if match else ""
        division = self._gbt.get(digits[:2], "")
        if match is None or not division or (match[1] and match[1] != division[0]):
            return None
        name = self._names[GBT][division]
        return Meaning(GBT, division[0] + digits, division, name, (division,))

    def _as_isic(self, text: str) -> Meaning | None:
        text = without_prefix(text)
        if text in self._names[ISIC] and text.isalpha():
            inside = tuple(sorted(code for code, one in self._section_of.items() if one == text))
            return Meaning(ISIC, text, text, self._names[ISIC][text], inside, is_section=True)
        match = _ISIC_CODE.fullmatch(text)
        division = match[2].zfill(2) if match else ""
        section = self._section_of.get(division)
        if match is None or section is None or (match[1] and match[1] != section):
            return None
        code = division + (match[3] or "")
        return Meaning(ISIC, code, division, self._names[ISIC][division], (division,))

    def _as_naics(self, text: str) -> Meaning | None:
        # County tables fill codes up to six signs: 31----, 311///.
        code = re.sub(r"[-/]+$", "", text)
        names = self._names[NAICS]
        if not _NAICS_CODE.fullmatch(code):
            return None
        code = self._ranges.get(code, code)
        sizes = [len(code)] if len(code) == 2 or "-" in code else range(len(code), 2, -1)
        entry = next((code[:size] for size in sizes if code[:size] in names), "")
        if not entry:
            return None
        is_sector = len(entry) == 2 or "-" in entry
        return Meaning(NAICS, code, entry, names[entry], self._divisions(entry), is_sector)

    def _divisions(self, entry: str) -> tuple[str, ...]:
        """The ISIC divisions of a NAICS code: its best match, or all where none has the majority."""
        for division, is_best, share in self._links[entry]:
            if is_best and share >= _MAJORITY:
                return (division,)
        own = {division for division, _, _ in self._links[entry]}
        finer = {
            division
            for code in self._inside(entry)
            for division, is_best, _ in self._links[code]
            if is_best and code != entry
        }
        return tuple(sorted(own | finer))

    def _inside(self, entry: str) -> Iterable[str]:
        """The NAICS codes on file that begin like a code, itself among them."""
        ends = [part for part, whole in self._ranges.items() if whole == entry] or [entry]
        return [code for code in self._names[NAICS] if code.startswith(tuple(ends))]


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
