"""What people typed, made fit to keep and to compare; the nearest known word where none is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.model import Label
from generator.shipped import LANGUAGES, texts

_MOST_COMPARED = 200_000
"""Comparisons with known words for suggestions."""
_MOST_LISTED, _LONGEST_LIST, _MOST_CODES = 24, 360, 80
"""Words of a list that a message names, and their letters; of short codes all are named."""
_FIRST_WIDE = 0x2E80
"""From here on a sign takes the room of two Latin letters."""
_BASIC = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_HIGHER = "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
# Marks that turn the direction of writing turn what follows too, in whatever they are put into.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNPRINTABLE = re.compile(f"[{_BASIC}{_TURNING}{_HIGHER}]")
_SUSPECT = re.compile(f"[{_BASIC}{_TURNING}\U0001fffe-\U0010ffff]")
"""A quick look at every cell: one range is tried four times as fast as the signs one by one."""
BREAKS = re.compile("\r\n|[\n\r\t\x85\u2028\u2029]")
HARMLESS = (
    0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F, *range(0x202A, 0x202D),
    *range(0x2066, 0x206A),
)  # fmt: skip
"""Characters without width or direction of their own, which a paste leaves at the ends of text."""
TRIMMED = " \t\r\n" + "".join(map(chr, HARMLESS))
WIDE: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0xA0, *range(0x2002, 0x200B), 0x202F, 0x205F, 0x3000), " "),
}
"""Full-width forms and spaces; every other look-alike of a digit stays what it is: no digit."""
_INVISIBLE = dict.fromkeys((*HARMLESS, 0x202D, 0x202E, 0x180E, 0xFE0E, 0xFE0F))


def clean(text: str) -> tuple[str, str]:
    """Text without characters that XML and readers cannot carry, and the names of those removed.

    Control characters, lone surrogates, non-characters and marks of direction go; line breaks and tabs become spaces,
    which no table row breaks at.
    """
    if not _SUSPECT.search(text):
        return BREAKS.sub(" ", text).strip(), ""
    removed = dict.fromkeys(f"U+{ord(char):04X}" for char in _UNPRINTABLE.findall(text))
    return BREAKS.sub(" ", _UNPRINTABLE.sub("", text)).strip(), ", ".join(removed)


def one_line(text: str) -> tuple[str, str]:
    """Text fit for one line of a mail, and the names of the characters that were not.

    Breaks become spaces; what `clean` removes goes.
    """
    names = [f"U+{ord(char):04X}" for char in dict.fromkeys(text) if BREAKS.match(char)]
    kept, removed = clean(text)
    return kept, ", ".join([*names, removed] if removed else names)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A key for comparing what people typed: NFKC, no invisible characters, one space, lower case."""
    visible = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return " ".join(visible.split()).casefold()


def nearest(text: str, known: Mapping[str, str]) -> str:
    """The known word most like what was typed; suggested, never applied."""
    from rapidfuzz import process  # noqa: PLC0415 - only wanted when something is wrong

    memo = known.nearest if isinstance(known, Words) else {}
    word = folded(text)
    if word not in memo:
        # Where thousands of words are unknown, a suggestion for each would take minutes; one or two
        # letters resemble everything, and what says one word twice is no name.
        is_short = word.isascii() and len(word) <= 2
        is_enough = len(memo) * len(known) > _MOST_COMPARED
        words = [
            one
            for one in known
            if (not one.isascii() or len(one) > max(2, len(word) // 3))
            and one[: len(one) // 2] != one[-(len(one) // 2) :]
        ]
        best = None if is_short or is_enough else process.extractOne(word, words, score_cutoff=70)
        memo[word] = best[0] if best else ""
    return memo[word]


def suggested(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """What was perhaps meant, in each language as its list of words calls it."""
    word = nearest(text, known)
    if not word:
        return {}
    return {
        f"nearest_{ending}": _called(word, known, language)
        for language, ending in LANGUAGES.items()
    }


def _called(word: str, known: Mapping[str, str], language: str) -> str:
    """What a message in a language calls the value behind a word."""
    value = known[word]
    if not isinstance(known, Words):
        return word
    return known.written.get((value, language)) or (value if known.written else word)


def meant(text: str, known: Iterable[str]) -> dict[str, str]:
    """The known word that was perhaps meant, as it is written."""
    words = {folded(name): name for name in known}
    return {key: words[word] for key, word in suggested(text, words).items()}


def near(text: str, known: Iterable[str]) -> str:
    """The known word of which a text is a misspelling: a sign or two differ; empty without one."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only wanted when something is wrong

    found = folded(text)
    best, least = "", 4
    for word in known:
        length = min(len(word), len(found))
        most = 0 if length < 3 else 1 if length < 6 else 2 if length < 13 else 3
        distance = OSA.distance(found, word, score_cutoff=most)
        if distance <= most and distance < least:
            best, least = word, distance
    return best


class Words(dict[str, str]):
    """Folded word to value, and how each value is written for a reader."""

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[tuple[str, str], str] = {}
        """(value, language) to what a message calls the value."""
        self.nearest: dict[str, str] = {}
        """What was found nearest to words that are not here."""
        self.listed = Label()
        """The words as messages list them; empty before any message does."""
        self.ids: dict[str, str] = {}
        """Folded keys that tell a value whatever name stands behind them."""
        self.bare: dict[str, set[str]] = {}
        """Words without what planners vary in them, to the values they may mean."""

    def name(self, value: str, label: Label, *, is_numbered: bool = False) -> None:
        """Take a value in under its key, its label in any language, and the two together.

        Args:
            value: The key.
            label: What it is called.
            is_numbered: Whether the key says nothing by itself, so that it is shown with the name.
        """
        for language, text in (("", ""), *label.texts):
            for word in (value, text, f"{value} {text}"):
                if word.strip():
                    self.setdefault(folded(word), value)
            if language:
                is_short = is_numbered and not text.startswith(value)
                shown = f"{value} {text}" if is_short else text
                self.written[value, language] = shown

    def led(self, text: str) -> str | None:
        """The value whose key a text begins with, unless the rest names another value."""
        head, _, rest = folded(text).partition(" ")
        value = self.ids.get(head)
        return None if self.get(rest, value) != value else value

    def former(self, value: str, names: Iterable[str]) -> None:
        """Take in what older workbooks call a value; a present name of another value goes first."""
        for text in names:
            for word in (text, f"{value} {text}"):
                self.setdefault(folded(word), value)

    def called(self, value: str, text: str, language: str) -> None:
        """Show a value with its name, where people know either."""
        is_told = text and folded(text) != folded(value)
        shown = texts()["sheet.of_cell"][language].format(header=value, cell=text)
        self.written[value, language] = shown if is_told else value


def listed(known: Mapping[str, str]) -> Label:
    """The allowed words for a message in every language, shortened when there are many."""
    if isinstance(known, Words) and known.listed:
        return known.listed
    found = Label(tuple((language, _listed(known, language)) for language in LANGUAGES))
    if isinstance(known, Words):
        known.listed = found
    return found


def _listed(known: Mapping[str, str], language: str) -> str:
    separator = texts()["sheet.separator"][language]
    # Its signs are as wide as two of others, and its words as short.
    is_wide = ord(separator[0]) > _FIRST_WIDE
    written = known.written if isinstance(known, Words) else {}
    names: dict[str, str] = {}
    for word, value in known.items():
        if is_wide and any(ord(char) > _FIRST_WIDE for char in word):
            names.setdefault(value, word)
    shown = [
        written.get((value, language)) or names.get(value, value)
        for value in dict.fromkeys(known.values())
    ]
    is_coded = all(len(name) < 6 for name in shown)
    count = min(len(shown), _MOST_CODES if is_coded else _MOST_LISTED)
    longest = _LONGEST_LIST // 2 if is_wide and not is_coded else _LONGEST_LIST
    while count > 1 and len(separator.join(shown[:count])) > longest:
        count -= 1
    return separator.join(shown[:count]) + (" …" if len(shown) > count else "")
