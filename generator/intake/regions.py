"""Planners' workbooks to checked regions: the sheets read, joined and compared with each other."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, cast

from generator.intake.cells import folded, nearest, refused
from generator.intake.check import (
    Record,
    Records,
    Vocabulary,
    duplicates,
    read_records,
    resolve,
)
from generator.intake.columns import FORM, REGION_FIGURES, Column
from generator.intake.consistency import cross_checks
from generator.intake.knowledge import planner_references
from generator.intake.xlsx import read_workbook
from generator.model import (
    Claim,
    Conversion,
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
    Submission,
    WorkforceRole,
)
from generator.problems import InputError, Origin, Problem, errors, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from generator.intake.rows import Table
from generator.intake.typed import settle
from generator.intake.units import names_yuan

_Noun = TypeVar("_Noun")
_MONEY = frozenset({"currency/kWh", "bn", "m"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REGISTERS: dict[str, type] = {
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
    "recipients": Recipient,
}


@dataclass(slots=True)
class _Book:
    """One input file as checked records by sheet."""

    file: str
    sheets: dict[str, Records] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)


def read_submission(paths: Sequence[Path], knowledge: Knowledge) -> Submission:
    """All regions of all workbooks, with every problem of every file at once.

    A region with an error is left out; its problems are in the submission, so that one bad region
    never stops the others.

    Args:
        paths: Workbooks.
        knowledge: What choices, uses, codes and units there are.
    """
    choices = _choice_words(knowledge)
    references = planner_references(knowledge)
    problems: list[Problem] = []
    conversions: list[Conversion] = []
    regions: list[Region] = []
    digest = hashlib.sha256()
    languages: set[str] = set()
    for path in sorted(paths, key=lambda item: item.name):
        try:
            tables = read_workbook(path)
            digest.update(path.read_bytes())
        except InputError as fault:
            problems.extend(fault.problems)
            continue
        book = _read_book(path.name, tables, choices, references, knowledge)
        languages |= book.languages
        found = [*_regions(book, knowledge)]
        problems.extend(book.problems)
        for region in found:
            problems.extend(cross_checks(region, knowledge))
        regions.extend(found)
        conversions.extend(one for sheet in book.sheets.values() for one in sheet.conversions)
    problems.extend(_repeated(regions))
    blocked = _blocked(regions, problems)
    return Submission(
        tuple(region for region in regions if region.code not in blocked),
        tuple(dict.fromkeys(problems)),
        tuple(conversions),
        digest.hexdigest(),
        languages.pop() if len(languages) == 1 else "en",
    )


def _choice_words(knowledge: Knowledge) -> Vocabulary:
    return {
        name: {
            folded(text): value
            for value, label in items.items()
            for text in (*(text for _, text in label.texts), value)
        }
        for name, items in knowledge.choices.items()
    }


def _read_book(
    file: str,
    tables: Iterable[Table],
    choices: Vocabulary,
    references: Vocabulary,
    known: Knowledge,
) -> _Book:
    book = _Book(file)
    by_name = {
        folded(name): sheet
        for sheet in FORM
        for name in (sheet.key, sheet.en, sheet.zh, *sheet.synonyms)
    }
    for table in tables:
        sheet = by_name.get(folded(table.sheet))
        if sheet is None:
            _unknown_sheet(table, by_name, book)
        elif table.rows:
            _keep(book, sheet.key, read_records(table, sheet, choices))
    book.languages = {found.language for found in book.sheets.values()}
    own = book.sheets.get("region")
    if own is None or not (own.records or errors(own.problems)):
        book.problems.append(problem("IN-110", Origin(file)))
        book.sheets.clear()
        return book
    codes = {folded(row.text("region")): row.text("region") for row in own.records}
    for sheet_key, found in book.sheets.items():
        if sheet_key == "region":
            _check_codes(found)
        resolve(found, references if sheet_key == "region" else {**references, "region": codes})
        settle(found, known)
        found.problems.extend(duplicates(found.records, found.sheet))
    _check_yuan(book)
    book.problems.extend(one for found in book.sheets.values() for one in found.problems)
    return book


def _keep(book: _Book, key: str, found: Records) -> None:
    """The records of a sheet; a second sheet of the same register adds its own."""
    first = book.sheets.setdefault(key, found)
    if first is not found:
        first.records += found.records
        first.problems += found.problems
        first.conversions += found.conversions


def _check_yuan(book: _Book) -> None:
    """Chinese money written out in the workbook of a region with another currency."""
    currency = {
        record.text("region"): record.text("currency") for record in book.sheets["region"].records
    }
    for found in book.sheets.values():
        columns = {column.key: column for column in found.sheet.physical}
        for record in found.records:
            for key, written in record.written.items():
                is_other = currency.get(record.text("region"), "CNY") != "CNY"
                if is_other and columns[key].unit in _MONEY and names_yuan(written):
                    found.problems.append(
                        refused(
                            "IN-206", record.at(key), columns[key], found=written, written=written
                        )
                    )


def _unknown_sheet(table: Table, by_name: Mapping[str, object], book: _Book) -> None:
    """Sheets of the form's own furniture pass; others are named, with the sheet they resemble."""
    if folded(table.sheet) in {"lists", "instructions", "填表说明", "problems"} or not table.rows:
        return
    suggestion = nearest(table.sheet, {word: word for word in by_name})
    book.problems.append(
        problem("IN-111", table.origin, "warning", found=table.sheet, nearest=suggestion)
    )


def _check_codes(found: Records) -> None:
    for record in found.records:
        code = record.text("region")
        if code and not _CODE.fullmatch(code):
            found.problems.append(problem("IN-112", record.at("region"), found=code))
        currency = record.text("currency").upper()
        record.values["currency"] = currency
        if currency and not _CURRENCY.fullmatch(currency):
            found.problems.append(problem("IN-227", record.at("currency"), found=currency))


def _regions(book: _Book, knowledge: Knowledge) -> Iterable[Region]:
    if "region" not in book.sheets:
        return
    rows: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for key, found in book.sheets.items():
        for record in found.records:
            rows[record.text("region")][key].append(record)
    for record in book.sheets["region"].records:
        if not _CODE.fullmatch(record.text("region")):
            continue
        own = rows[record.text("region")]
        registers: dict[str, tuple[Any, ...]] = {
            key: tuple(_noun(noun, row, key, knowledge, book) for row in own.get(key, ()))
            for key, noun in _REGISTERS.items()
        }
        yield _region(record, registers, knowledge, book)


def _region(
    record: Record, registers: Mapping[str, Any], knowledge: Knowledge, book: _Book
) -> Region:
    facts = {column.key: _fact(column, record, knowledge, book) for column in REGION_FIGURES}
    measures = {measure.criterion: measure.value for measure in registers["measures"]}
    figures = {key: measures.get(key, fact) for key, fact in facts.items()}
    rate = next(column for column in FORM[0].columns if column.key == "cny_per_unit")
    plain: dict[str, Any] = {
        part.name: _blank(record.values.get(part.name), part.type)
        for part in fields(Region)
        if part.name not in registers
        and part.name not in {"origin", "code", "figures", "cny_per_unit"}
    }
    return Region(
        origin=record.at("region"),
        code=record.text("region"),
        figures=figures,
        cny_per_unit=_fact(rate, record, knowledge, book),
        **plain,
        **registers,
    )


def _noun(
    noun: type[_Noun], record: Record, sheet_key: str, knowledge: Knowledge, book: _Book
) -> _Noun:
    sheet = next(sheet for sheet in FORM if sheet.key == sheet_key)
    columns = {column.key: column for column in sheet.columns}
    values: dict[str, object] = {"origin": record.origin}
    for part in fields(cast("Any", noun)):
        if part.name == "origin":
            continue
        column = columns[part.name]
        if column.kind.is_number:
            values[part.name] = _fact(column, record, knowledge, book, sheet_key)
        else:
            values[part.name] = _blank(record.values.get(part.name), part.type)
    return noun(**values)


def _blank(value: object, kind: object) -> object:
    """Blank text as an empty string, blank codes as an empty tuple; dates stay None."""
    if value is not None:
        return value
    if kind == "str":
        return ""
    if kind == "Label":
        return Label()
    return () if str(kind).startswith("tuple") else None


def _fact(
    column: Column, record: Record, knowledge: Knowledge, book: _Book, sheet_key: str = ""
) -> Fact:
    """A number with its unit, range, grade, source and cell."""
    value = record.values.get(column.key)
    number = float(value) if isinstance(value, int | float) else None
    grade = record.text("grade") or "D"
    low, high = _range(column, record, number, grade, knowledge, book)
    source = record.values.get("source")
    return Fact(
        value=number,
        unit=_unit(column, record, sheet_key, knowledge),
        low=low,
        high=high,
        grade=grade,
        source=source if isinstance(source, Label) else Label(),
        as_of=record.text("as_of"),
        origins=(record.at(column.key),),
    )


def _unit(column: Column, record: Record, sheet_key: str, knowledge: Knowledge) -> str:
    if sheet_key in {"measures", "steps"} and column.key in {"value", "change"}:
        criterion = knowledge.criteria.get(record.text("criterion"))
        if criterion:
            return criterion.unit.text("en")
        figure = {item.key: item for item in REGION_FIGURES}.get(record.text("criterion"))
        return figure.unit if figure else ""
    return column.unit


def _range(
    column: Column,
    record: Record,
    value: float | None,
    grade: str,
    knowledge: Knowledge,
    book: _Book,
) -> tuple[float | None, float | None]:
    low, high = (record.values.get(f"{column.key}_{end}") for end in ("low", "high"))
    cell = record.at(column.key)
    if value is None:
        if low is not None or high is not None:
            book.problems.append(problem("IN-219", cell))
        return None, None
    if not column.uncertain:
        return value, value
    spread = knowledge.assumed(f"grade_{grade.lower()}_range_pct") / 100
    ends = sorted((value * (1 - spread), value * (1 + spread)))
    floor = ends[0] if column.low is None else max(ends[0], column.low)
    ceiling = ends[1] if column.high is None else min(ends[1], column.high)
    least = float(low) if isinstance(low, int | float) else floor
    most = float(high) if isinstance(high, int | float) else ceiling
    if not least <= value <= most:
        book.problems.append(
            problem("IN-218", cell, low=f"{least:g}", value=f"{value:g}", high=f"{most:g}")
        )
    return least, most


def _repeated(regions: Sequence[Region]) -> Iterable[Problem]:
    """The same region code in two files."""
    first: dict[str, Region] = {}
    for region in regions:
        known = first.setdefault(region.code.casefold(), region)
        if known is not region:
            place = f"{known.origin.file} {known.origin}"
            yield problem("IN-217", region.origin, found=region.code, first=place)


def _blocked(regions: Sequence[Region], problems: Sequence[Problem]) -> set[str]:
    """Codes of regions that an error touches; an error that no row owns blocks its whole file."""
    owners: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for region in regions:
        for place in _rows_of(region):
            owners[place].add(region.code)
    blocked: set[str] = set()
    for found in errors(problems):
        row = re.sub(r"^[A-Z]+", "", found.origin.cell)
        mine = owners.get((found.origin.file, found.origin.sheet, row))
        if mine:
            blocked |= mine
        else:
            blocked |= {one.code for one in regions if one.origin.file == found.origin.file}
    twins = {code.casefold() for code in blocked}
    return {region.code for region in regions if region.code.casefold() in twins}


def _rows_of(region: Region) -> Iterable[tuple[str, str, str]]:
    yield region.origin.file, region.origin.sheet, re.sub(r"^[A-Z]+", "", region.origin.cell)
    for key in _REGISTERS:
        for row in getattr(region, key):
            yield row.origin.file, row.origin.sheet, row.origin.cell
