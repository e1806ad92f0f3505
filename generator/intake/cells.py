"""One cell, read by its column: only what is unambiguous is converted, unknown is never zero."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from generator.codes import Code
from generator.intake import footnotes
from generator.intake.answers import is_plain_unknown, is_unknown, meant, yes_or_no
from generator.intake.cell import Raw, Reading, plain
from generator.intake.columns import Column, Kind
from generator.intake.dates import EARLIEST_YEAR, Day, is_near, read_day
from generator.intake.quantities import read_number, with_footnote
from generator.intake.refusals import lacking, refusal, refused
from generator.intake.words import TRIMMED, WIDE, clean, folded, listed, one_line, suggested
from generator.model import Conversion
from generator.problems import Problem, problem

_LONGEST_CODE = 1e15
"""Beyond 15 digits Excel has already lost the last ones of a code."""


def read_cell(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    """The value of a cell under its column.

    Args:
        raw: The cell.
        column: The column it stands in.
        labels: For choices: folded label or value to value.
    """
    if raw.is_error:
        return refusal(Code.FORMULA_ERROR, raw, column)
    if raw.is_formula_without_value:
        return refusal(Code.FORMULA_STALE, raw, column)
    if is_unknown(raw.value, column):
        is_short = column.required
        return Reading(problem=lacking(raw.origin, column, labels)) if is_short else _unknown(raw)
    if raw.kept is not None:
        return refusal(Code.STRUCK_OUT_PARTLY, raw, column, without=raw.kept)
    return _READERS[column.kind](raw, column, labels)


def _unknown(raw: Raw) -> Reading:
    """Nothing known; a mark that is not the form's own is logged."""
    if raw.value is None or is_plain_unknown(str(raw.value)):
        return Reading()
    return Reading(conversion=Conversion(raw.origin, raw.shown, "–", "unknown_mark"))


def _text(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    found = raw.shows or plain(raw.value)
    if isinstance(raw.value, float) and abs(raw.value) >= _LONGEST_CODE:
        return refusal(Code.DIGITS_LOST, raw, column)
    text, removed = clean(found)
    if removed:
        note = problem(
            Code.CHARACTERS_REMOVED, raw.origin, "warning", found=removed, **column.headed,
        )  # fmt: skip
        return Reading(
            text or None, Conversion(raw.origin, removed, text, "control_characters"), note
        )
    return Reading(text) if text.isascii() else _without_footnote(text, raw, column)


def _without_footnote(text: str, raw: Raw, column: Column) -> Reading:
    """A text whose footnote is named and kept apart from it."""
    kept, mark = footnotes.apart(text)
    if not mark:
        return Reading(text)
    note = _kept(Code.FOOTNOTE_LEFT_OUT, raw, column, mark, kept)
    return Reading(kept, Conversion(raw.origin, raw.shown, kept, "footnote_mark"), note)


def _kept(code: str, raw: Raw, column: Column, removed: str, text: str) -> Problem:
    """That a part of a text was left out, and what is kept of it."""
    return problem(
        code, raw.origin, "warning", found=removed, value=shown(text), **column.headed,
    )  # fmt: skip


def _line(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    text, removed = one_line(plain(raw.value))
    if not removed:
        return Reading(text)
    note = _kept(Code.READ_IN_ONE_LINE, raw, column, removed, text)
    return Reading(text or None, Conversion(raw.origin, removed, text, "one_line"), note)


def _email(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    found = plain(raw.value)
    address = read_address(found)
    if address.fault:
        return Reading(
            problem=refused(
                Code.NOT_AN_ADDRESS, raw.origin, column, found=shown(found), fault=address.fault,
                characters=address.characters,
            )
        )  # fmt: skip
    if address.value == found.strip():
        return Reading(address.value)
    return Reading(address.value, Conversion(raw.origin, shown(found), address.value, "address"))


def _number(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    return read_number(raw, column)


def _date(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    value = raw.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and not is_near(value.year):
        value = value.isoformat()
    if isinstance(value, date):
        return Reading(value.isoformat() if column.kind is Kind.PERIOD else value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 20_000 <= value < 80_000:
            return _serial(float(value), raw, column)
        # A month behind a decimal point has lost its nought: 2025.1 may be 2025.10.
        return _written_date(plain(value) if value == value // 1 else "", raw, column)
    text = str(value).strip()
    if not text.isascii() and footnotes.FOOTNOTE.search(text):
        return with_footnote(text, raw, column)
    if text.isdecimal() and len(text) == 5:
        return _serial(float(text), raw, column)
    return _written_date("" if isinstance(value, bool) else text, raw, column)


def _serial(number: float, raw: Raw, column: Column) -> Reading:
    """A bare number where a date is wanted: refused, with the day of our times it may stand for."""
    day = date(1899, 12, 30) + timedelta(days=int(number))
    return _no_day(Code.DATE_AS_NUMBER, raw, column, reading=day.isoformat())


def _written_date(text: str, raw: Raw, column: Column) -> Reading:
    found = read_day(text, EARLIEST_YEAR if column.low is None else column.low)
    if not found.iso:
        return _unclear_date(found, raw, column)
    is_period = column.kind is Kind.PERIOD
    if not is_period and (len(found.iso) < 10 or found.is_rough):
        return refusal(Code.NOT_A_DATE, raw, column)
    is_same = text == found.iso or text.removesuffix("年") == found.iso
    rule = None if is_same else Conversion(raw.origin, raw.shown, found.iso, "date")
    return Reading(found.iso if is_period else date.fromisoformat(found.iso), rule)


def _unclear_date(found: Day, raw: Raw, column: Column) -> Reading:
    if found.cause == "order":
        first = found.readings.partition(" / ")[0]
        return _no_day(Code.DATE_UNCLEAR, raw, column, readings=found.readings, example=first)
    if found.cause == "era":
        likely = found.readings
        return refusal(
            Code.NOT_A_DATE, raw, column, cause="era" if likely else "year", readings=likely
        )
    if column.kind is Kind.PERIOD and found.readings:
        last = found.readings.rpartition(" / ")[2]
        return refusal(
            Code.NOT_A_DATE, raw, column, cause=found.cause, readings=found.readings, example=last
        )
    return _no_day(Code.NOT_A_DATE, raw, column)


def _no_day(code: str, raw: Raw, column: Column, **args: str) -> Reading:
    """A date refused; where a part of one will do, the sentence says so."""
    if column.kind is Kind.PERIOD:
        args["cause"] = "period"
    return refusal(code, raw, column, **args)


def _flag(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    answer = yes_or_no(plain(raw.value))
    if answer is not None:
        return Reading(answer)
    return refusal(Code.NOT_YES_OR_NO, raw, column)


def _choice(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(plain(raw.value))
    value = labels.get(folded(text))
    if value is not None:
        return Reading(value)
    value, unit = meant(text, labels)
    if value is None:
        return _unlisted(raw, column, text, labels)
    return Reading(value, Conversion(raw.origin, raw.shown, value, "choice"), unit=unit)


def _codes(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(plain(raw.value))
    parts = [part.strip() for part in re.split(r"[;；]", text) if part.strip()]
    if column.required and not parts:
        return Reading(problem=lacking(raw.origin, column, labels))
    if not column.choices:
        return Reading(tuple(parts))
    values = [labels.get(folded(part)) for part in parts]
    for part, value in zip(parts, values, strict=True):
        if value is None:
            return _unlisted(raw, column, part, labels)
    found = tuple(value for value in values if value)
    return Reading(found if column.is_sequence else tuple(dict.fromkeys(found)))


def _unlisted(raw: Raw, column: Column, text: str, labels: Mapping[str, str]) -> Reading:
    return refusal(
        Code.NOT_ON_LIST, raw, column, **listed(labels).arguments("listed"), **suggested(text, labels),
    )  # fmt: skip


def _verbatim(raw: Raw, _column: Column, _: Mapping[str, str]) -> Reading:
    return Reading(str(raw.value))


_READERS: dict[Kind, Callable[[Raw, Column, Mapping[str, str]], Reading]] = {
    Kind.TEXT: _text,
    Kind.LINE: _line,
    Kind.EMAIL: _email,
    Kind.NUMBER: _number,
    Kind.INTEGER: _number,
    Kind.PERCENT: _number,
    Kind.DATE: _date,
    Kind.PERIOD: _date,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.CODES: _codes,
    Kind.VERBATIM: _verbatim,
}


_LONGEST = 1_000
"""Characters with a name in front; beyond them nothing is worth a closer look."""
_MOST_BYTES, _MOST_LOCAL = 254, 64
"""What mail servers take (RFC 5321): the whole address, and the part before the @."""
_NAMED = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>")
_SCHEME = re.compile(r"mailto:", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]")
_BEHIND = ".,;、。｡ "
"""What a list or a sentence leaves behind an address; no address ends in it."""
_STOPS = dict.fromkeys((0x3002, 0xFF61), ".")
"""Chinese full stops, which stand for the dot of a domain (UTS 46)."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their class that show as nothing."""
_SHOWN = 60


class Address(NamedTuple):
    """What a text came to: a normalised address, or why it is none (a key below `address.`)."""

    value: str = ""
    fault: str = ""
    characters: str = ""
    """The characters that cannot stand in an address."""


def read_address(found: str) -> Address:
    """The address that a text clearly means.

    Full-width signs, `mailto:`, a name before `<address>`, what is invisible at either end and the
    mark of a list or sentence at the end are put right. The domain comes in lower case and in its
    own script; the part before the @ keeps its case.
    """
    text = found.strip(TRIMMED)
    if text.count("@") + text.count("＠") > 1:
        return Address(fault="quoted" if text.startswith('"') and '"@' in text else "several")
    if len(text) > _LONGEST:
        return Address(fault="too_long")
    text = text.translate(WIDE).rstrip(_BEHIND).strip()
    odd = [char for char in text if not char.isprintable()]
    if odd:
        return Address(fault="characters", characters=_listed(odd))
    named = _NAMED.fullmatch(text)
    text = _SCHEME.sub("", named[1] if named else text, count=1) if _has_frame(text) else text
    return _checked(text.strip())


def shown(found: str) -> str:
    """A text as a message may hold it: short, in one line, with what cannot be seen by its code."""
    cut = found.strip()
    text = "".join(one if one.isprintable() else f"<{_seen(one)}>" for one in cut[:_SHOWN])
    return text if len(cut) <= _SHOWN and len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _has_frame(text: str) -> bool:
    """Whether a name or a scheme stands around the address."""
    return text.endswith(">") or _SCHEME.match(text) is not None


def _checked(text: str) -> Address:
    """The address, or the first thing that is wrong with it."""
    local, sign, domain = text.partition("@")
    domain = domain.translate(_STOPS)
    fault, odd = _fault(local, sign, domain)
    if fault:
        return Address(fault=fault, characters=_listed(odd))
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - forms without an address spare it

    try:
        valid = validate_email(f"{local}@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return Address(fault="domain")
    return Address(valid.normalized)


def _fault(local: str, sign: str, domain: str) -> tuple[str, list[str]]:
    """What is wrong by sight, before the rules of international domains are asked."""
    odd = [char for char in local if not _is_allowed(char, _LOCAL) or _is_variant(char)]
    odd += [char for char in domain if not _is_allowed(char, _DOMAIN)]
    faults = {
        "no_at": not sign,
        "half": not local or not domain,
        "quoted": local.startswith('"'),
        "domain": domain.startswith("["),
        "blank": any(char.isspace() for char in odd),
        "characters": bool(odd) or unicodedata.category(local[:1] or "x")[0] == "M",
        "too_long": len(local) > _MOST_LOCAL or len(f"{local}@{domain}".encode()) > _MOST_BYTES,
        "dots": local.startswith(".") or local.endswith(".") or ".." in local,
        "no_dot": "." not in domain,
    }
    fault = next((name for name, is_so in faults.items() if is_so), "")
    return fault, odd or list(local[:1])


def _is_allowed(char: str, plain: re.Pattern[str]) -> bool:
    """Whether a character may stand there: of ASCII a few, of all else letters and digits."""
    if char.isascii():
        return plain.match(char) is not None
    return unicodedata.category(char)[0] in "LMN" and char not in _FILLERS and folded(char) != ""


def _is_variant(char: str) -> bool:
    """Whether a character only looks like another one, so that two addresses would look the same."""
    return unicodedata.normalize("NFKC", char) != unicodedata.normalize("NFC", char)


def _listed(odd: Iterable[str]) -> str:
    """The first few characters for a message."""
    return " ".join(list(dict.fromkeys(map(_seen, odd)))[:5])


def _seen(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
