"""A day, a month or a year as planners and statistics offices write it; unclear ones with readings."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from typing import NamedTuple

from generator.intake.numbers import with_chinese_digits_plain
from generator.intake.words import clean

_NAMES = (
    "january jan januar januari enero ene janvier janv janeiro января январь янв",
    "february feb februar febrero février févr fevereiro fev февраля февраль фев",
    "march mar märz maerz marzo mars março марта март мар",
    "april apr abril abr avril avr апреля апрель апр",
    "may mai mayo maio мая май",
    "june jun juni junio juin junho июня июнь июн",
    "july jul juli julio juillet juil julho июля июль июл",
    "august aug agosto ago août aout августа август авг",
    "september sep sept septiembre septembre setembro set сентября сентябрь сен сент",
    "october oct oktober okt octubre octobre outubro out октября октябрь окт",
    "november nov noviembre novembre novembro ноября ноябрь ноя нояб",
    "december dec dezember dez diciembre dic décembre déc dezembro декабря декабрь дек",
)
_MONTHS = {name: month for month, names in enumerate(_NAMES, start=1) for name in names.split()}
_LONGEST = 80
_LEAD = re.compile(
    r"(?:截至|截止到?|数据截至|as (?:of|at)|stand|état au|a fecha de|по состоянию на)\s*[:：]?\s*(?=\S)",
    re.IGNORECASE,
)
_BUDDHIST = 543
_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""What is added to a year of an era."""
_ERA = re.compile(rf"\s*({'|'.join(_ERAS)})\s*(\d{{1,3}})(?!\d)", re.ASCII)
_TAIL = re.compile(r"\s*(?:止|г\.?)$")
_TIME = r"(?:(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(
    rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})(?:\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}|\s*月)?", re.ASCII
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_COMPACT_MONTH = re.compile(r"(20(?:1[3-9]|[2-9]\d))(0[1-9]|1[0-2])", re.ASCII)
"""Later years than 2012 only: 201206 may also be the 20th of December 2006."""
EARLIEST_YEAR = 1901
_SLASHED = re.compile(rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{2,4}}){_TIME}", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\s*年(?:度)?)?", re.ASCII)
_CUT = re.compile(r"(\d{4})\.1", re.ASCII)
"""A spreadsheet cuts 2025.10 down to 2025.1."""
_SPAN = re.compile(r"(\d{4})\s*年?\s*[-–—/~～至]\s*(\d{2}|\d{4})\s*年?", re.ASCII)
_FISCAL = re.compile(
    r"FY\s*'?(\d{2,4})(?:/\d{2,4})?|(\d{4})\s*财(?:政)?年度?", re.ASCII | re.IGNORECASE
)
_END = re.compile(
    r"(\d{4})\s*(?:年\s*)?(?:年末|年底|末|底|年终)|"
    r"(?:end(?:[ -]of)?(?:[ -]year)?|year[ -]end|ende|fin(?: de)?|finales de|конец)\s+(\d{4})",
    re.ASCII | re.IGNORECASE,
)
_MONTH_END = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(?:末|底)", re.ASCII)
_QUARTER = re.compile(
    r"(\d{4})\s*(?:年|-|/)?\s*(?:第?\s*([1-4])\s*季度|Q([1-4]))|Q([1-4])\s*[-/ ]?\s*(\d{4})",
    re.ASCII | re.IGNORECASE,
)
_HALF = re.compile(
    r"(\d{4})\s*(?:年|-|/)?\s*(?:(上|下)半年|H([12]))|H([12])\s*[-/ ]?\s*(\d{4})",
    re.ASCII | re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?)?([^\W\d_]+)\.?,?[\s-]*(?:del?\s+)?(\d{4})"
)
_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED_SHORT = re.compile(r"(?:(\d{1,2})[-/. ])?([^\W\d_]+)[-/.' ]+(\d{2})")


class Day(NamedTuple):
    """An ISO day, or its first part; or the cause of a refusal with the readings there are."""

    iso: str
    cause: str = ""
    readings: str = ""
    is_rough: bool = False
    """Only the end of a month or year was named, which does for no exact day."""


def read_day(found: str, earliest: float = EARLIEST_YEAR) -> Day:
    """What a text says of a day, a month or a year; of years near ours only.

    A quarter and a half-year count as their last month, the end of a year as its last day. A year
    of another calendar, or one that only fills a field, is refused with the year it may stand for.

    Args:
        found: What stands in the cell.
        earliest: The first year that may be meant.
    """
    day = _read(found)
    if day.cause == "unclear":
        return _of_other_calendar(found) or day
    if not day.iso or is_near(int(day.iso[:4]), earliest):
        return day
    year = int(day.iso[:4])
    return Day(
        "", "era", f"{year - _BUDDHIST:04d}{day.iso[4:]}" if is_near(year - _BUDDHIST) else ""
    )


def is_near(year: int, earliest: float = EARLIEST_YEAR) -> bool:
    """Whether a year may be meant: leases end after 2100; an empty date is shown as one of 1900."""
    return earliest <= year <= 2199


def _of_other_calendar(found: str) -> Day | None:
    """A year of the Republic of China, or one of a Japanese era, in the common calendar."""
    match = _ERA.match(unicodedata.normalize("NFKC", found[:_LONGEST]))
    if not match:
        return None
    return Day("", "era", str(int(match[2]) + _ERAS[match[1]]))


def _read(found: str) -> Day:
    if len(found) > _LONGEST:
        return Day("", "unclear")
    text = unicodedata.normalize("NFKC", clean(found)[0])
    text = _TAIL.sub("", with_chinese_digits_plain(_LEAD.sub("", text, count=1)))
    year = _YEAR.fullmatch(text)
    if year and 1900 <= int(year[1]) <= 2100:
        return Day(year[1])
    return _with_month(text) or _spoken(text) or _part_of_year(text) or Day("", "unclear")


def _with_month(text: str) -> Day | None:
    """Figures alone: year first, or in an order that only one reading allows."""
    span = _SPAN.fullmatch(text)
    if span and not 1 <= int(span[2]) <= 12:
        last = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        return Day("", "span", " / ".join(sorted((span[1], last))))
    cut = _CUT.fullmatch(text)
    if cut:
        return Day("", "order", f"{cut[1]}-01 / {cut[1]}-10")
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3] or 0))
    match = _COMPACT_MONTH.fullmatch(text)
    if match:
        return _day(int(match[1]), int(match[2]), 0)
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return _day(int(match[2]), int(match[1]), 0)
    match = _SLASHED.fullmatch(text)
    return _in_order(match) if match else None


def _in_order(match: re.Match[str]) -> Day:
    """Three figures with the year last, where only one order gives a day."""
    days = _readings(int(match[1]), int(match[3]), int(match[4]))
    if len(days) == 1 and len(match[4]) == 4:
        return Day(days[0])
    return Day("", "order" if days else "unclear", " / ".join(days))


def _day(year: int, month: int, day: int) -> Day:
    try:
        value = date(year, month, day or 1)
    except ValueError:
        return Day("", "unclear")
    return Day(value.isoformat() if day else f"{year:04d}-{month:02d}")


def _readings(first: int, second: int, third: int) -> list[str]:
    """The days that three numbers may mean: day first, month first, year first."""
    found = []
    for year, month, day in (
        (third, second, first),
        (third, first, second),
        (first, second, third),
    ):
        full = year + 2000 if year < 100 else year
        try:
            found.append(date(full, month, day).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _spoken(text: str) -> Day | None:
    """A month by its name."""
    match = _NAMED_FIRST.fullmatch(text)
    if match and match[1].lower() in _MONTHS:
        return _day(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
    match = _NAMED.fullmatch(text)
    if match and match[2].lower() in _MONTHS:
        return _day(int(match[3]), _MONTHS[match[2].lower()], int(match[1] or 0))
    match = _NAMED_SHORT.fullmatch(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    if match is None or month is None:
        return None
    if match[1]:
        days = [_day(2000 + int(match[3]), month, int(match[1])).iso,
                _day(2000 + int(match[1]), month, int(match[3])).iso]  # fmt: skip
        return Day("", "order", " / ".join(dict.fromkeys(filter(None, days))))
    return Day("", "short", f"{2000 + int(match[3])}-{month:02d}")


def _part_of_year(text: str) -> Day | None:
    match = _END.fullmatch(text)
    if match:
        return Day(f"{match[1] or match[2]}-12-31", is_rough=True)
    match = _MONTH_END.fullmatch(text)
    if match and 1 <= int(match[2]) <= 12:
        year, month = int(match[1]), int(match[2])
        last = calendar.monthrange(year, month)[1]
        return _day(year, month, last)._replace(is_rough=True)
    match = _QUARTER.fullmatch(text)
    if match:
        return _day(int(match[1] or match[5]), 3 * int(match[2] or match[3] or match[4]), 0)
    match = _HALF.fullmatch(text)
    if match:
        is_first = match[2] == "上" or "1" in {match[3], match[4]}
        return _day(int(match[1] or match[5]), 6 if is_first else 12, 0)
    match = _FISCAL.fullmatch(text)
    if match:
        ending = match[1] or match[2]
        return Day("", "fiscal", ending if len(ending) == 4 else f"20{ending[-2:]}")
    return None


def year_of(text: str) -> str:
    """The year that a text such as 2024年末 or 2024年 names; empty where it names none."""
    plain = unicodedata.normalize("NFKC", clean(text[:_LONGEST])[0])
    match = _END.fullmatch(plain) or _YEAR.fullmatch(plain)
    return next((part for part in match.groups() if part), "") if match else ""
