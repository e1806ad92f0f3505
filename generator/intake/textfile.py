"""How a text table is written: its encoding, what separates its fields, what a comma in a number is.

What is valid UTF-8 is UTF-8. For all else a code page fits any bytes, so that only the letters it
gives can tell: a page counts where what it gives looks like writing.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = "gb18030"
_CYRILLIC = frozenset({"KZ", "RU", "BY", "KG", "TJ", "MN", "BG", "UA", "RS"})
_PAGES = {
    **dict.fromkeys(_CYRILLIC, "cp1251"), **dict.fromkeys(("TR", "AZ"), "cp1254"),
    **dict.fromkeys(("GR", "CY"), "cp1253"), **dict.fromkeys(("EE", "LV", "LT"), "cp1257"),
    **dict.fromkeys(("PL", "CZ", "SK", "HU", "RO", "HR", "SI"), "cp1250"), "CN": _CHINESE,
}  # fmt: skip
"""Jurisdiction to the page that its spreadsheets write; all others write the Western one."""
_WESTERN = "cp1252"
_SIGNS = frozenset("€£°§«»“”‘’„–—…·•±²³№µ×¿¡©®½¼¾´`¨")
_SCRIPTS = {"cp1251": re.compile("[\u0400-\u04ff]"), "cp1253": re.compile("[\u0370-\u03ff]")}
_TURNED = re.compile("[a-zа-яё][А-ЯЁÀ-ÖØ-Þ]")
"""Letters of a small word do not turn into capitals."""
_LONGEST_RUN = {_WESTERN: 3}
"""Letters in a row that are not ASCII from which on a page of Latin letters gives no writing; 4."""
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef·—…“”‘’×±°℃㎡Ⅰ-Ⅻ①-⑳]")
_SAMPLE = 200_000
SEPARATORS = (",", ";", "\t", "|")
_LINES, _HEAD = 20, 65_536
_BLOCK = 2**20
_STATED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DECIMAL = re.compile(r"[+-]?\d[\d. ]*,\d+\s*[^\d]*")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}\s*[^\d]*")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}")
_POINT_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}(?!\d|[.,]\d)\s*[^\d]*")
_POINT_DECIMAL = re.compile(
    r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|(?:0|\d{4,})\.\d{3}|\d[\d,]*,\d{3}\.\d+)"
)


class Encoding(NamedTuple):
    """The encoding of a text; `choices` hold the readings where no single one is plausible."""

    name: str = ""
    choices: tuple[str, ...] = ()


class Text:
    """A text that is read anew each time, so that none of any length is ever held whole.

    Args:
        opened: Opens it at its beginning, line ends as they are.
        start: How many characters to pass over: a first line that spreadsheets hide.
    """

    def __init__(self, opened: Callable[[], TextIO], start: int = 0) -> None:
        self._opened, self._start = opened, start

    @classmethod
    def of_file(cls, path: Path, encoding: str) -> Text:
        """A file's."""
        return cls(lambda: path.open(encoding=encoding or "utf-8", newline=""))

    @classmethod
    def of(cls, text: str) -> Text:
        """One that is held already."""
        return cls(lambda: io.StringIO(text, newline=""))

    def after(self, start: int) -> Text:
        """The same without so many more characters at its beginning."""
        return Text(self._opened, self._start + start)

    def head(self) -> str:
        """The first lines."""
        with self._opened() as file:
            file.read(self._start)
            return file.read(_HEAD)

    def lines(self) -> Iterator[str]:
        """Its lines with their ends; old programs fill the end of a file up, or mark it."""
        with closing(self._opened()) as file:
            file.read(self._start)
            last = file.readline()
            for line in file:
                yield last
                last = line
            if last := last.rstrip("\0\x1a"):
                yield last

    def holds(self, sign: str) -> bool:
        """Whether a sign that holds no line break stands in it."""
        return any(sign in line for line in self.lines())


def encoding_of(content: bytes, jurisdictions: Iterable[str] = ()) -> Encoding:
    """How a file is encoded.

    Args:
        content: Its bytes.
        jurisdictions: Where the regions of the folder lie, which tells the usual code page.
    """
    marked = next((name for mark, name in _BOMS if content.startswith(mark)), "")
    tries = [marked] if marked else ["utf-8", *_wide(content)]
    for encoding in tries if not _wide(content) or marked else reversed(tries):
        if _is_valid(content, encoding):
            return Encoding(encoding)
    pages = [_page(code) for code in dict.fromkeys(jurisdictions) if code]
    usual = list(dict.fromkeys(pages))
    plausible = [page for page in usual if _is_plausible(content, page)]
    if not usual:
        plausible = [
            page for page in (_CHINESE, "cp1251", _WESTERN) if _is_plausible(content, page)
        ]
    if len(plausible) == 1:
        return Encoding(plausible[0])
    others = [*usual, _CHINESE, _WESTERN, "cp1251"]
    return Encoding(choices=tuple(_readings(content, dict.fromkeys(others))))


def _is_valid(content: bytes, encoding: str) -> bool:
    """Whether bytes are text in an encoding; a block at a time, for text takes twice their room."""
    decoder, view = codecs.getincrementaldecoder(encoding)(), memoryview(content)
    try:
        for start in range(0, len(content), _BLOCK):
            decoder.decode(view[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _page(jurisdiction: str) -> str:
    return _PAGES.get(jurisdiction.partition("-")[0].upper(), _WESTERN)


def _wide(content: bytes) -> list[str]:
    """The encoding in pairs of bytes that a file without a mark seems to have: every other is 0."""
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) or min(even, odd) * 10 > max(even, odd) or len(content) % 2:
        return []
    return ["utf-16-le" if odd > even else "utf-16-be"]


def _is_plausible(content: bytes, page: str) -> bool:
    """Whether a page gives writing: letters of one script, where letters belong."""
    if not _is_valid(content, page):
        return False
    text = codecs.getincrementaldecoder(page)().decode(content[: 4 * _SAMPLE])[:_SAMPLE]
    odd = [char for char in text if ord(char) > 0x7F]
    if page == _CHINESE:
        return _is_chinese(odd)
    letters = [char for char in odd if char.isalpha() and char not in "ªºµ"]
    script = _SCRIPTS.get(page)
    if script:
        letters = [char for char in letters if script.match(char)]
    known = len(letters) + sum(char in _SIGNS for char in odd)
    if known < 0.97 * len(odd) or _TURNED.search(text):
        return False
    if script:
        # A letter of another script inside a word is a Western one under the wrong page.
        return not re.search(rf"[A-Za-z]{script.pattern}|{script.pattern}[A-Za-z]", text)
    return not re.search(rf"[^\x00-\x7f\s]{{{_LONGEST_RUN.get(page, 4)}}}", text)


def _is_chinese(odd: list[str]) -> bool:
    """Whether nearly all of the characters are common ones: the list of 1980, and signs."""
    common = sum(1 for char in odd if _HAN.match(char) and _is_common(char))
    return common >= 0.9 * len(odd)


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return not "\u4e00" <= char <= "\u9fff"
    return True


def _readings(content: bytes, pages: Iterable[str]) -> Iterable[str]:
    """The first word that is not ASCII, as each page gives it."""
    found = re.search(rb"[^,;\t\r\n|\"]*[\x80-\xff][^,;\t\r\n|\"]*", content)
    piece = found[0][:40] if found else b""
    for page in pages:
        text = piece.decode(page, "replace")
        if "\ufffd" not in text:
            yield f"{page}: “{text}”"


def stated_separator(text: str) -> tuple[str, int]:
    """The separator that a first line `sep=;` states, which spreadsheets hide, and its length."""
    match = _STATED.match(text)
    return (match[1], match.end()) if match and match[1] in SEPARATORS else ("", 0)


def separator(text: str) -> str:
    """What separates the fields: what stands equally often in most of the first lines.

    Args:
        text: The beginning of the table.
    """
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()]
    best, most = ",", 0
    for sign in SEPARATORS:
        counts = Counter(_outside_quotes(line, sign) for line in lines[:_LINES])
        del counts[0]
        score = max((count * lines_ for count, lines_ in counts.items()), default=0)
        if score > most:
            best, most = sign, score
    return best


def commas(text: Text, sign: str) -> dict[int, str]:
    """What a comma is in the numbers of each column of a table that it does not separate.

    Returns:
        Column to `decimal` where at least one number of the column can be nothing else, or to
        `either` where all of them may also be grouped by thousands, or some are.
    """
    decimal, either, grouped = set(), set(), set()
    for record in reader(text, sign, is_strict=False):
        for index, field in enumerate(record):
            if "," not in field:
                continue
            one = field.strip()
            if _GROUPED.match(one):
                grouped.add(index)
            elif _EITHER.fullmatch(one):
                either.add(index)
            elif _DECIMAL.fullmatch(one):
                decimal.add(index)
    return {
        index: "decimal" if index in decimal and index not in grouped else "either"
        for index in decimal | either
    }


def points(text: Text, sign: str, signs: Mapping[int, str]) -> dict[int, str]:
    """The columns in whose numbers a point before three digits may group thousands.

    A spreadsheet of a language with decimal commas separates fields by semicolons and writes 1200
    as `1.200` where the cell groups its thousands.

    Args:
        text: The table.
        sign: What separates its fields.
        signs: What a comma is in the numbers of its columns.

    Returns:
        Column to `decimal` where the comma is the decimal sign of its numbers, so that the point
        groups, or to `either`; nothing where a number of the table shows the point as decimal.
    """
    is_continental = "decimal" in signs.values()
    if not (is_continental or sign == ";"):
        return {}
    found = set()
    for record in reader(text, sign, is_strict=False):
        for index, field in enumerate(record):
            if "." not in field:
                continue
            one = field.strip()
            if _POINT_EITHER.fullmatch(one):
                found.add(index)
            elif not is_continental and _POINT_DECIMAL.fullmatch(one):
                return {}
    return {index: "decimal" if signs.get(index) == "decimal" else "either" for index in found}


def is_comma_number(field: str) -> bool:
    """Whether a field is a number with one comma, and perhaps a unit."""
    return _DECIMAL.fullmatch(field.strip()) is not None


def is_point_number(field: str) -> bool:
    """Whether a field is a number whose one point may group thousands."""
    return _POINT_EITHER.fullmatch(field.strip()) is not None


def reader(text: Text, sign: str, *, is_strict: bool = True) -> Iterator[list[str]]:
    """The records of a text table, quoted as spreadsheets do."""
    return csv.reader(text.lines(), delimiter=sign, strict=is_strict)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])
