"""The four rule tables to rules: what each takes from its instrument, and what is wrong with them.

No row says more than what was read for it: neither its kind of reading nor its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from generator.codes import Code
from generator.intake.columns import REGION_FIGURES, RULES
from generator.intake.columns.words import enumerated, unnamed
from generator.intake.records import Record, Records, built
from generator.intake.refusals import unknown_name
from generator.intake.words import suggested
from generator.model import Instrument, Label, RegionCondition, Rule, Threshold
from generator.model.law import ReadKind
from generator.problems import Origin, Problem, problem

_CONDITION = re.compile(r"(?P<figure>\w+)\s*=\s*(?P<value>-?\d+(?:\.\d+)?)")
_HOME = re.compile(
    r"https?://[^/]+(?:/(?:[a-z]{2}(?:-[a-z]{2})?|index\.\w+|home)?)?/?", re.IGNORECASE
)
"""The front page of a site, which is no place where a text can be read."""
_READING = "reading"
"""The basis of a rule that its text does not state."""
_THRESHOLD = ("threshold_quantity", "threshold_op", "threshold_value")
_ORDER = get_args(ReadKind)[::-1]
"""The kinds of reading, the weakest first."""
_CLAIMS = "reading_claim"
"""The list of words that claim a reading, by its kind; those of `none` deny what follows them."""


def folder_problems(folder: Path) -> Iterable[Problem]:
    """A folder without the tables, or with rules in the one-file form of former versions."""
    names = [f"{sheet.key}.csv" for sheet in RULES]
    tables = ", ".join(names)
    former = [path for path in sorted(folder.glob("*.csv")) if _is_former(path)]
    for path in former:
        yield problem(Code.RULE_PACK_FORMER, Origin(path.name), tables=tables)
    if not former and not any((folder / name).is_file() for name in names):
        yield problem(Code.NO_RULE_TABLES, Origin(folder.name), tables=tables)


def _is_former(path: Path) -> bool:
    head = path.read_bytes()[:4000].partition(b"\n")[0]
    return b"instrument_title_en" in head and b"rule_id" in head


def joined_rules(
    records: Iterable[Record], instruments: Mapping[str, Instrument]
) -> tuple[Rule, ...]:
    """Every rule with its instrument; its own dates bind, else those of the instrument.

    Args:
        records: Checked rows of the rule table.
        instruments: By id.
    """
    return tuple(_rule(record, instruments[record.text("instrument_id")]) for record in records)


def _rule(record: Record, instrument: Instrument) -> Rule:
    values = record.values
    begin = cast("date | None", values.get("in_force_from")) or instrument.in_force_from
    ends = (cast("date | None", values.get("in_force_until")), instrument.in_force_until)
    return built(
        Rule,
        record,
        instrument=instrument,
        region_condition=region_condition(record.text("region_condition")),
        threshold=_threshold(record),
        in_force_from=begin,
        in_force_until=min((end for end in ends if end is not None), default=None),
        duty=record.text("duty"),
        is_reading=record.text("basis") == _READING,
    )


def _threshold(record: Record) -> Threshold | None:
    quantity, value = record.text("threshold_quantity"), record.values.get("threshold_value")
    if not quantity:
        return None
    return Threshold(
        quantity, cast("Any", record.text("threshold_op")), float(cast("float", value))
    )


def region_condition(text: str) -> RegionCondition | None:
    """`field = number` as a condition; None for anything else."""
    found = _CONDITION.fullmatch(text.strip())
    return found and RegionCondition(found["figure"], float(found["value"]))


def law_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """What contradicts itself between the rule tables, or names what nothing has."""
    instruments = {one.text("instrument_id"): one for one in tables["instruments"].records}
    orders = {
        one.text("code"): cast("tuple[str, ...]", one.values.get("parents") or ())
        for one in tables["jurisdictions"].records
    }
    for record in tables["instruments"].records:
        yield from _dates(record, record)
        yield from _reading(record)
        yield from home_page(record)
    for record in tables["rules"].records:
        yield from _dates(record, instruments[record.text("instrument_id")])
        yield from _reading(record)
        yield from _threshold_parts(record)
        yield from _field(record)
        yield from _scope(record, orders)
    for record in tables["relations"].records:
        if record.text("from_instrument") == record.text("to_instrument"):
            yield problem(
                Code.INSTRUMENT_ON_ITSELF,
                record.at("to_instrument"),
                found=record.text("to_instrument"),
            )


def _dates(record: Record, instrument: Record) -> Iterable[Problem]:
    """An end, of the rule or of its instrument, that leaves no day."""

    def own(key: str) -> date | None:
        return cast("date | None", record.values.get(key))

    begin = own("in_force_from") or cast("date | None", instrument.values.get("in_force_from"))
    ends = (own("in_force_until"), cast("date | None", instrument.values.get("in_force_until")))
    if begin and any(end and end <= begin for end in ends):
        key = "in_force_until" if own("in_force_until") else "in_force_from"
        yield problem(Code.RULE_ENDS_FIRST, record.at(key))


def _reading(record: Record) -> Iterable[Problem]:
    """A day or a place without a reading, or a reading without its day."""
    kind = record.text("read_kind")
    is_read = kind != "none"
    if is_read != (record.values.get("checked_on") is not None):
        yield problem(
            Code.READ_WITHOUT_DAY,
            record.at("checked_on"),
            found=kind,
            cause="" if is_read else "unread",
        )
    if not is_read and record.text("read_locator"):
        yield problem(Code.READ_WITHOUT_DAY, record.at("read_locator"), found=kind, cause="unread")


def home_page(record: Record) -> Iterable[Problem]:
    """An official reference that leads to the front page of a site."""
    for address in record.text("official_locator").split(";"):
        if _HOME.fullmatch(address.strip()):
            yield problem(Code.FRONT_PAGE, record.at("official_locator"), found=address.strip())


def _threshold_parts(record: Record) -> Iterable[Problem]:
    given = [key for key in _THRESHOLD if record.values.get(key) not in {None, ""}]
    if given and len(given) < len(_THRESHOLD):
        lacking = next(key for key in _THRESHOLD if key not in given)
        yield problem(Code.THRESHOLD_PARTIAL, record.at(lacking), column=lacking)


def _field(record: Record) -> Iterable[Problem]:
    """A condition on a region that no field of the Region sheet can answer."""
    text = record.text("region_condition")
    if not text:
        return
    figures = {column.key: column.key for column in REGION_FIGURES}
    condition = region_condition(text)
    if condition is None or condition.figure not in figures:
        named = text.partition("=")[0].strip()
        yield problem(
            Code.CONDITION_UNKNOWN, record.at("region_condition"), "error", found=text,
            **enumerated(map(unnamed, figures)).arguments("listed"),
            **({} if named in figures else suggested(named, figures)),
        )  # fmt: skip


def _scope(record: Record, orders: Mapping[str, tuple[str, ...]]) -> Iterable[Problem]:
    """A scope that is no place, or lies outside the legal order whose rule this is."""
    own = record.text("jurisdiction")
    for code in cast("tuple[str, ...]", record.values["region_scope"]):
        if code in orders:
            if own not in _above(code, orders):
                yield problem(Code.SCOPE_OUTSIDE, record.at("region_scope"), found=code, own=own)
        elif not any(char.isdigit() for char in code) and not code.startswith(f"{own}-"):
            yield unknown_name(record.at("region_scope"), "region_scope", code, orders)


def _above(code: str, orders: Mapping[str, tuple[str, ...]]) -> set[str]:
    """A legal order and all above it."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(orders.get(one, ()))
    return found


def reading_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Rules better read than their instrument, and texts that claim more than their row was read.

    Args:
        tables: Every table of catalogue and rules; those with a column `read_kind` are looked at.
    """
    instruments = {one.text("instrument_id"): one for one in tables["instruments"].records}
    for record in tables["rules"].records:
        own, held = record.text("read_kind"), instruments[record.text("instrument_id")]
        known = held.text("read_kind")
        if _rank(own) > _rank(known):
            yield problem(
                Code.RULE_READ_BEYOND_INSTRUMENT, record.at("read_kind"), found=own, known=known,
                instrument=record.text("instrument_id"),
            )  # fmt: skip
    claims = _claims(tables["choices"].records)
    beyond = {
        own: [word for kind, words in claims.items() if _rank(kind) > _rank(own) for word in words]
        for own in ("", *_ORDER)
    }
    for table in tables.values():
        if any(column.key == "read_kind" for column in table.sheet.columns):
            for record in table.records:
                yield from _words(record, beyond, claims)


def _rank(kind: str) -> int:
    """How well a text was read; a blank is nothing read."""
    return _ORDER.index(kind) if kind in _ORDER else 0


def _claims(choices: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Kind of reading to the words that claim it, in any language."""
    found = {}
    for record in choices:
        if record.text("list") == _CLAIMS:
            words = [*_texts(record.values["label"]), *_texts(record.values.get("former_labels"))]
            found[record.text("value")] = tuple(word.casefold() for word in words if word)
    return found


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, Label):
        return [text for _, text in value.texts]
    return [str(one) for one in value] if isinstance(value, tuple) else []


def _words(
    record: Record, beyond: Mapping[str, Sequence[str]], claims: Mapping[str, tuple[str, ...]]
) -> Iterable[Problem]:
    """The first claim in each text of a row that goes beyond the reading of the row."""
    own = record.text("read_kind")
    words = beyond.get(own, beyond[""])
    for key, value in record.values.items():
        if not isinstance(value, Label):
            continue
        texts = [text.casefold() for text in _texts(value)]
        said = (word for word in words for one in texts if word in one and _says(one, word, claims))
        if found := next(said, ""):
            yield problem(Code.READING_OVERSTATED, record.at(key), found=found, kind=own or "none")


def _says(text: str, word: str, claims: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text claims it, somewhere without a word in front that denies it."""
    parts = text.split(word)
    return any(not part.rstrip().endswith(claims.get("none", ())) for part in parts[:-1])
