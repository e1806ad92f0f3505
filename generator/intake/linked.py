"""Records beside each other: which say they are the same one, and which one a cell names.

Points for what is no longer an objective go to the one that replaced it.

Also here: numbers whose kind another cell decides: a measure, a planned change, a limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.codes import Code
from generator.intake import units
from generator.intake.answers import is_unknown, split_unit
from generator.intake.cell import Raw, Reading
from generator.intake.cells import read_cell
from generator.intake.check import take
from generator.intake.columns import FORM, REGION_FIGURES, Column, Kind, Sheet
from generator.intake.columns.words import led
from generator.intake.numbers import parse, unified
from generator.intake.refusals import refused
from generator.intake.words import Words, folded, listed, suggested
from generator.model import BenefitCriterion, Criterion, Knowledge, Label
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from generator.intake.records import Record, Records, Vocabulary


_FIGURES = {column.key: column for column in REGION_FIGURES}
_REGISTER = {
    column.key: column for sheet in FORM for column in sheet.columns if column.kind.is_number
}
_GROUPS = frozenset({"developers", "operations", "technicians"})
_LIMITS = {
    "capex": "m", "grid_mw": "MW", "it_load_mw": "MW", "racks": "count", "dev_fte": "FTE",
    "ops_fte": "FTE", "technician_fte": "FTE",
}  # fmt: skip


def duplicates(records: Sequence[Record], sheet: Sheet) -> Iterable[Problem]:
    """Records that say they are the same one, in whatever spelling or language."""
    seen: dict[tuple[str, ...], Record] = {}
    for record in records:
        keys = [_words(record.values.get(key)) for key in sheet.unique]
        if not keys or not all(keys):
            continue
        if max(map(len, keys)) == 1:
            # Most records are named in one language.
            name = tuple([words[0] for words in keys])
            if seen.setdefault(name, record) is record:
                continue
        names = list(product(*keys))
        first = next((seen[name] for name in names if name in seen), None)
        if first:
            key = sheet.unique[-1]
            yield problem(
                Code.DUPLICATE, record.at(key), found=" / ".join(names[0]), first=str(first.at(key))
            )
        seen.update(dict.fromkeys(names, record))


def _words(value: object) -> list[str]:
    if isinstance(value, Label):
        return [folded(text) for _, text in value.texts]
    if isinstance(value, float):
        return [f"{value:.15g}"]
    return [folded(value)] if isinstance(value, str) and value else []


def resolve(
    found: Records, references: Vocabulary, *, silent: frozenset[str] = frozenset()
) -> None:
    """Turn names in reference columns into the ids they refer to; unknown ones are problems.

    Args:
        found: The records of one sheet.
        references: What names may refer to, by what a column refers to.
        silent: References whose own list has errors, so that an unknown name follows from those.
    """
    labels = {column.typed_by for column in found.sheet.columns}
    columns = [
        (column, column.key, references[column.refers_to], column.key in labels)
        for column in found.sheet.columns
        if column.refers_to in references
    ]
    for record in found.records:
        values = record.values
        for column, key, known, is_label in columns:
            value = values.get(key)
            if value is None:
                values[key] = None
                continue
            ids = []
            for name in value if isinstance(value, tuple) else (value,):
                target = known.get(folded(str(name)))
                if target is None and isinstance(known, Words):
                    target = known.led(str(name))
                if target is None and is_label:
                    target = _with_unit(str(name), column, known, record)
                if target is not None:
                    ids.append(target)
                elif name and column.refers_to not in silent:
                    is_place = column.refers_to == "jurisdictions" and not found.sheet.is_knowledge
                    cause = "place" if is_place else ""
                    found.problems.append(_unknown(str(name), record.at(key), column, known, cause))
                    record.refuse(key)
            only = ids[0] if ids else None
            values[key] = tuple(ids) if isinstance(value, tuple) else only


def _with_unit(text: str, column: Column, known: Mapping[str, str], record: Record) -> str | None:
    """The id of a label with a unit behind it, which is kept for the numbers of the row."""
    head, unit = split_unit(text)
    target = known.get(folded(head)) if unit else None
    if target is not None:
        record.units = {**(record.units or {}), column.key: unit}
    return target


def _unknown(
    name: str, origin: Origin, column: Column, known: Mapping[str, str], cause: str
) -> Problem:
    return problem(
        Code.NAME_UNKNOWN,
        origin,
        "error",
        **column.headed,
        found=name[:60],
        **listed(known).arguments("listed"),
        **({"cause": cause} if cause else {}),
        **suggested(name, known),
    )


def settle_objectives(found: Records, knowledge: Knowledge) -> None:
    """Give points for a retired criterion to the objective that replaced it, or to none; say so.

    Duplicates are looked for beforehand: two former criteria may have become one objective.

    Args:
        found: The rows of the Weights sheet, with the ids of the criteria that they name. A row
            whose points count nowhere is left without one.
        knowledge: What was retired, why, and what replaced it.
    """
    for record in found.records:
        item = knowledge.benefits.get(record.text("benefit"))
        if item is None or item.is_objective:
            continue
        heir = _heir(item, knowledge)
        record.values["benefit"] = heir.benefit_id if heir else None
        why = item.retired_why
        said = {
            **led(item.benefit_id, item.name).arguments("found"), **why.arguments("why"),
            "points": f"{record.number_of('weight') or 0:g}",
        }  # fmt: skip
        if heir is None:
            cause = {"cause": "retired"} if why.texts else {}
            found.problems.append(
                problem(Code.OBJECTIVE_RETIRED, record.at("benefit"), "warning", **said, **cause)
            )
            continue
        found.problems.append(
            problem(
                Code.OBJECTIVE_REPLACED, record.at("benefit"), "warning", **said,
                **led(heir.benefit_id, heir.name).arguments("other"),
            )
        )  # fmt: skip


def _heir(item: BenefitCriterion, knowledge: Knowledge) -> BenefitCriterion | None:
    """The objective at the end of a chain of replacements; None where it ends elsewhere."""
    seen: set[str] = set()
    while not item.is_objective:
        seen.add(item.benefit_id)
        following = knowledge.benefits.get(item.replaced_by)
        if following is None or following.benefit_id in seen:
            return None
        item = following
    return item


def settle(found: Records, knowledge: Knowledge) -> None:
    """Read the cells that were left until the kind of their number was known."""
    typed = [column for column in found.sheet.columns if column.typed_by]
    for record in found.records:
        for column in typed:
            kind = kind_of(column, record.text(column.typed_by), knowledge)
            if kind is not None and record.left:
                _settle(column, kind, record, found)


def _settle(column: Column, kind: Column, record: Record, found: Records) -> None:
    """A value with its low and high ends, all under the unit that the row states."""
    unit, fault = _row_unit(column, kind, record)
    if fault is not None:
        found.problems.append(fault)
        record.refuse(*(part.key for part in column.expanded()))
        return
    for part in column.expanded():
        raw = (record.left or {}).get(part.key)
        if raw is None:
            continue
        reader = replace(
            part, kind=kind.kind, unit=kind.unit, unit_label=kind.unit_label, low=kind.low,
            high=kind.high, example=kind.example,
        )  # fmt: skip
        reading = _under(unit, raw, reader)
        take(record, part.key, reading, found)
        if kind.kind is Kind.FLAG and reading.value is not None:
            record.values[part.key] = float(bool(reading.value))


def units_in_names(found: Records) -> Iterable[Problem]:
    """Names that end with a unit in brackets which some number of their row may be meant in."""
    names = [column.key for column in found.sheet.columns if column.bilingual and column.required]
    numbers = [column for column in found.sheet.physical if column.kind.is_number]
    for record in found.records:
        for key in names:
            label = record.values.get(key)
            if label.__class__ is Label:
                ending = [text for _, text in label.texts if text[-1] in ")）]"]
                if ending:
                    yield from islice(_by_name(ending, key, record, numbers), 1)


def _by_name(
    texts: Iterable[str], key: str, record: Record, numbers: Iterable[Column]
) -> Iterable[Problem]:
    for unit, column in product((split_unit(text)[1] for text in texts), numbers):
        value, scale = record.number_of(column.key), units.factor(column.unit, unit)
        if len(unit) > 1 and value and scale is not None and scale != 1:
            yield refused(
                Code.UNIT_IN_NAME, record.at(key), column, written=unit, value=f"{value:g}",
                other=f"{value * scale:.12g}",
            )  # fmt: skip


def kind_of(column: Column, name: str, knowledge: Knowledge) -> Column | None:
    """The column that says how the number is read; None while its name is wrong."""
    if column.typed_by == "resource":
        unit = _LIMITS.get(name)
        return replace(column, unit=unit) if unit else None
    if name in _FIGURES:
        return _FIGURES[name]
    criterion = knowledge.criteria.get(name)
    if criterion is None:
        return None
    kind = _of_criterion(criterion)
    if column.key == "change":
        # A change may be downward, and a small one of a percentage is no share.
        kind = replace(
            kind, low=None, high=None, kind=Kind.NUMBER if kind.kind.is_number else kind.kind
        )
    return kind


def _of_criterion(criterion: Criterion) -> Column:
    """The register column that feeds a criterion; a plain one where several do."""
    if criterion.reads in _FIGURES:
        return _FIGURES[criterion.reads]
    if criterion.reads in _GROUPS:
        return _REGISTER["available_fte"]
    if criterion.reads == "employment":
        return Column("value", Kind.NUMBER, unit="ratio", low=0)
    if criterion.reads == "status":
        return Column("value", Kind.INTEGER, unit="count", low=0)
    # No column of the form may feed it yet: then it is given on this sheet only.
    plain = Column("value", Kind.NUMBER, low=criterion.low, high=criterion.high)
    return _REGISTER.get(criterion.reads, plain)


def _row_unit(column: Column, kind: Column, record: Record) -> tuple[str, Problem | None]:
    """The unit that the row states in its unit cell or behind its label; refused if it cannot be."""
    units_of_row = [
        (record.at(key), text.strip())
        for key, text in (
            ("unit", record.text("unit")),
            (column.typed_by, (record.units or {}).get(column.typed_by, "")),
        )
        if text.strip()
    ]
    for place, written in units_of_row:
        if units.is_bare_currency(kind.unit, written):
            return "", refused(
                Code.UNIT_IS_BARE_CURRENCY, place, kind, found=written, written=written, number="1"
            )
        if units.factor(kind.unit, written) is None:
            cause = units.mistake(kind.unit, written) or "stated"
            return "", refused(
                Code.UNIT_WRONG, place, kind, found=written, written=written, cause=cause
            )
    words = [written for _, written in units_of_row]
    if len({units.factor(kind.unit, written) for written in words}) > 1:
        place = units_of_row[0][0]
        return "", refused(
            Code.UNITS_TWICE,
            place,
            kind,
            found=words[0],
            other=words[1],
            cell=units_of_row[1][0].cell,
        )
    return (words[0] if words else ""), None


def _under(unit: str, raw: Raw, reader: Column) -> Reading:
    """A cell read in the unit that its row states; one with a unit of its own must agree."""
    if not unit or raw.is_error or raw.is_percent or is_unknown(raw.value, reader):
        return read_cell(raw, reader, {})
    scale = units.factor(reader.unit, unit)
    written = parse(unified(raw.shown)) if reader.kind.is_number else None
    own = units.factor(reader.unit, written.unit) if written and written.unit else None
    if written and own is not None and own != scale:
        readings = (f"{written.number * factor:.12g}" for factor in (own, scale or 0))
        return Reading(
            problem=refused(
                Code.UNITS_DISAGREE, raw.origin, reader, found=raw.shown, written=unit, own=next(readings),
                stated=next(readings),
            )
        )  # fmt: skip
    if written and not written.unit and scale != 1:
        raw = Raw(raw.origin, f"{unified(raw.shown)} {unit}")
    reading = read_cell(raw, reader, {})
    return replace(reading, currencies=reading.currencies or units.currencies(reader.unit, unit))
