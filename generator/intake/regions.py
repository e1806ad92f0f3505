"""Checked records to regions: one noun per row, every number with its cell."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from generator.intake.books import CODE, Book
from generator.intake.columns import FORM_BY_KEY, REGION_FIGURES, Column
from generator.intake.records import Record, filled
from generator.model import (
    BasisDocument,
    Claim,
    DataCentre,
    Estimate,
    Fact,
    IndustryRow,
    Institution,
    Knowledge,
    Label,
    Limit,
    Link,
    Measure,
    PowerPoint,
    Recipient,
    Region,
    Site,
    StakeholderWeight,
    Step,
    WorkforceRole,
)
from generator.problems import Origin

_Noun = TypeVar("_Noun")
REGISTERS: dict[str, type] = {
    "power": PowerPoint,
    "data_centres": DataCentre,
    "workforce": WorkforceRole,
    "connectivity": Link,
    "industry": IndustryRow,
    "institutions": Institution,
    "sites": Site,
    "measures": Measure,
    "steps": Step,
    "limits": Limit,
    "estimates": Estimate,
    "weights": StakeholderWeight,
    "claims": Claim,
    "basis_documents": BasisDocument,
    "recipients": Recipient,
}


_PLACE: dict[type, str] = {Recipient: "email"}
"""The column whose cell messages name, where it is not the row as a whole."""
_WHOLE = frozenset({"0/1", "level 1-4", "count"})
"""Units of criteria whose values are whole numbers."""


def build_regions(book: Book, knowledge: Knowledge) -> Iterator[Region]:
    """The regions of a book with all their registers, one after the other.

    Args:
        book: Its records are taken out; those of a region are let go when it is built.
        knowledge: Criteria, currencies and what is assumed of grades.
    """
    if "region" not in book.sheets:
        return
    rows: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    heads = deque(book.sheets["region"].records)
    for key, found in book.sheets.items():
        for record in found.records:
            rows[record.text("region")][key].append(record)
        found.records = []
    # A code that stands twice is an error, and both are read.
    waiting = Counter(record.text("region") for record in heads)
    while heads:
        record = heads.popleft()
        code = record.text("region")
        waiting[code] -= 1
        own = rows[code] if waiting[code] else rows.pop(code)
        if not CODE.fullmatch(code):
            continue
        registers: dict[str, tuple[Any, ...]] = {
            key: tuple(_noun(noun, row, key, knowledge) for row in own.get(key, ()))
            for key, noun in REGISTERS.items()
        }
        registers["weights"] = _joined(registers["weights"])
        yield replace(_region(record, registers, knowledge, book), digest=_digest(own))


def _digest(sheets: Mapping[str, Iterable[Record]]) -> str:
    """SHA-256 over what a region's rows hold, by sheet and column, wherever they stand."""
    digest = hashlib.sha256()
    for key in sorted(sheets):
        for record in sheets[key]:
            held = sorted(pair for pair in record.values.items() if pair[1] is not None)
            digest.update(f"{key}\0{held!r}\0".encode())
    return digest.hexdigest()


def _joined(rows: Iterable[StakeholderWeight]) -> tuple[StakeholderWeight, ...]:
    """Points of one stakeholder for one objective as one; those for none are left out."""
    found: dict[tuple[Label, str], StakeholderWeight] = {}
    for row in rows:
        key = row.stakeholder, row.benefit
        first = found.get(key)
        if first is not None:
            found[key] = replace(first, weight=_sum(first.weight, row.weight))
        elif row.benefit:
            found[key] = row
    return tuple(found.values())


def _sum(one: Fact, other: Fact) -> Fact:
    total = (one.value or 0.0) + (other.value or 0.0)
    return replace(one, value=total, low=total, high=total, origins=(*one.origins, *other.origins))


def _figures(record: Record, measured: Container[str], knowledge: Knowledge) -> Iterator[Column]:
    """The single numbers of a region: those of its legal order, and whatever else it gives."""
    order = knowledge.jurisdictions.get(record.text("jurisdiction"))
    lineage = (order.code, *order.parents) if order else ()
    for column in REGION_FIGURES:
        is_given = record.values.get(column.key) is not None or column.key in measured
        if is_given or column.is_shown(lineage):
            yield column


def _region(
    record: Record, registers: Mapping[str, Any], knowledge: Knowledge, book: Book
) -> Region:
    measures = {measure.criterion: measure.value for measure in registers["measures"]}
    figures = {
        column.key: measures.get(column.key, _fact(column, record, knowledge))
        for column in _figures(record, measures, knowledge)
    }
    plain: dict[str, Any] = {
        name: filled(record.values.get(name), kind)
        for name, kind in Region.__annotations__.items()
        if name not in registers
        and name not in {"origin", "files", "code", "figures", "cny_per_unit", "digest"}
    }
    return Region(
        origin=record.at("region"),
        files=book.files,
        code=record.text("region"),
        figures=figures,
        cny_per_unit=_rate(record, knowledge),
        **plain,
        **registers,
    )


def _rate(record: Record, knowledge: Knowledge) -> Fact:
    """What one unit of the region's currency is worth in the catalogue's.

    The workbook's rate counts; without one the dated rate of the table of currencies.
    """
    column = next(
        column for column in FORM_BY_KEY["region"].columns if column.key == "cny_per_unit"
    )
    stated, currency = _fact(column, record, knowledge), record.text("currency")
    if currency == knowledge.base_currency:
        return Fact(1.0, column.unit, grade="A")
    entry = knowledge.currencies.get(currency)
    if stated.value is not None or entry is None or entry.cny_per_unit is None:
        return stated
    return Fact(
        entry.cny_per_unit,
        column.unit,
        grade="B",
        source=entry.source,
        as_of=entry.period,
        origins=(Origin("currency.csv", "currency", currency),),
        stream=stated.stream,
    )


def _noun(noun: type[_Noun], record: Record, sheet_key: str, knowledge: Knowledge) -> _Noun:
    sheet = FORM_BY_KEY[sheet_key]
    columns = {column.key: column for column in sheet.columns}
    values: dict[str, object] = {"origin": record.at(_PLACE.get(noun, ""))}
    stream = f"{sheet_key}/{_identity(record, sheet.unique)}"
    for name, kind in noun.__annotations__.items():
        if name == "origin":
            continue
        column = columns.get(name)
        if column is not None and column.kind.is_number:
            values[name] = _fact(column, record, knowledge, sheet_key, stream)
        else:
            values[name] = filled(record.values.get(name), kind)
    return noun(**values)


def _fact(
    column: Column,
    record: Record,
    knowledge: Knowledge,
    sheet_key: str = "region",
    stream: str = "region",
) -> Fact:
    """A number with its unit, range, grade, source and cell."""
    value = record.values.get(column.key)
    number = float(value) if isinstance(value, int | float) else None
    grade = record.text("grade") or "D"
    low, high = _range(column, record, number, grade, knowledge)
    return Fact(
        value=number,
        unit=_unit(column, record, sheet_key, knowledge),
        low=low,
        high=high,
        grade=grade,
        source=record.label("source"),
        as_of=record.text("as_of"),
        origins=(record.at(column.key),),
        stream=f"{stream}/{column.key}",
    )


def _identity(record: Record, unique: Iterable[str]) -> str:
    """What names a record among its region's: the columns that must be unique together."""
    found = (record.values.get(key) for key in unique if key != "region")
    return "/".join(
        "=".join(text for _, text in value.texts) if isinstance(value, Label) else str(value)
        for value in found
    )


def _unit(column: Column, record: Record, sheet_key: str, knowledge: Knowledge) -> str:
    if sheet_key in {"measures", "steps"} and column.key in {"value", "change"}:
        criterion = knowledge.criteria.get(record.text("criterion"))
        if criterion and criterion.is_money:
            # Planners write all money in their own currency, as in every other column.
            return criterion.unit.text("en").replace(knowledge.base_currency, "currency")
        if criterion:
            return criterion.unit.text("en")
        figure = {item.key: item for item in REGION_FIGURES}.get(record.text("criterion"))
        return figure.unit if figure else ""
    return column.unit


def _range(
    column: Column, record: Record, value: float | None, grade: str, knowledge: Knowledge
) -> tuple[float | None, float | None]:
    """The plausible range: as given, else that of the grade within the column's bounds."""
    if value is None:
        return None, None
    if not column.uncertain:
        return value, value
    least, most = column.low, column.high
    criterion = knowledge.criteria.get(record.text("criterion")) if column.typed_by else None
    if criterion:
        least, most = criterion.low, criterion.high
    is_whole = criterion is not None and criterion.unit.text("en") in _WHOLE
    spread = knowledge.assumed(f"grade_{grade.lower()}_range_pct") / 100
    ends = sorted((value * (1 - spread), value * (1 + spread)))
    floor = ends[0] if least is None else max(ends[0], least)
    ceiling = ends[1] if most is None else min(ends[1], most)
    if is_whole:
        # A level, a flag or a count is what it is; only a range that someone states widens it.
        floor = ceiling = value
    if not column.is_ranged_by_grade:
        floor = ceiling = value
    low, high = record.number_of(f"{column.key}_low"), record.number_of(f"{column.key}_high")
    return (floor if low is None else low), (ceiling if high is None else high)
