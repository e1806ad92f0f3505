"""Catalogue and rule packs to checked knowledge; a content hash is the version."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from generator import model
from generator.intake.catalogue import catalogue_problems, local_problems
from generator.intake.check import read_records
from generator.intake.columns import CATALOGUE, REGION_FIGURES, RULES
from generator.intake.lawbook import folder_problems, joined_rules, law_problems, reading_problems
from generator.intake.linked import duplicates, resolve
from generator.intake.plausibility import table_problems
from generator.intake.records import Record, Records, Vocabulary, built
from generator.intake.tablefile import read_csv
from generator.intake.words import Words, folded
from generator.model import (
    BenefitCriterion,
    Choice,
    Criterion,
    Fact,
    GridFactor,
    IndustryCode,
    Instrument,
    Knowledge,
    Label,
    Requirement,
    Use,
)
from generator.problems import KnowledgeError, Problem, errors

_Noun = TypeVar("_Noun")


def load_knowledge(catalogue: Path, rules: Path) -> Knowledge:
    """Everything the analysis knows, checked, with every date.

    Args:
        catalogue: Folder with one CSV file per catalogue table.
        rules: Folder of the four rule tables; each row names its jurisdiction.

    Raises:
        KnowledgeError: A table is missing or a row is wrong; every problem is listed.
    """
    tables, problems = _read(catalogue, rules)
    if errors(problems):
        raise KnowledgeError(errors(problems))
    references = _references(tables)
    for found in tables.values():
        found.problems.clear()
        resolve(found, references)
        problems.extend(found.problems)
        problems.extend(duplicates(found.records, found.sheet))
    if not errors(problems):
        problems.extend(catalogue_problems(tables))
        problems.extend(law_problems(tables))
        problems.extend(reading_problems(tables))
        problems.extend(local_problems(tables))
        problems.extend(table_problems(tables))
    if errors(problems):
        raise KnowledgeError(errors(problems))
    return _knowledge(tables, _digest([catalogue]), _digest([rules]))


def _read(catalogue: Path, rules: Path) -> tuple[dict[str, Records], list[Problem]]:
    choices: Vocabulary = {}
    tables: dict[str, Records] = {}
    problems: list[Problem] = []
    for sheet in CATALOGUE:
        tables[sheet.key] = read_records(read_csv(catalogue / f"{sheet.key}.csv"), sheet, choices)
        problems.extend(tables[sheet.key].problems)
        if sheet.key == "choices" and errors(problems):
            return tables, problems
        if sheet.key == "choices":
            choices.update(choice_words(_choices(tables["choices"]), {}))
    refused = list(folder_problems(rules))
    problems.extend(refused)
    for sheet in () if refused else RULES:
        tables[sheet.key] = read_records(read_csv(rules / f"{sheet.key}.csv"), sheet, choices)
        problems.extend(tables[sheet.key].problems)
    return tables, problems


def _choices(found: Records) -> dict[str, dict[str, Label]]:
    """Choice list to value to label."""
    choices: dict[str, dict[str, Label]] = {}
    for choice in _built(Choice, found.records):
        choices.setdefault(choice.list, {})[choice.value] = choice.label
    return choices


def _former_labels(found: Records) -> dict[str, dict[str, tuple[str, ...]]]:
    """Choice list to value to its former labels, where it has any."""
    former: dict[str, dict[str, tuple[str, ...]]] = {}
    for choice in _built(Choice, found.records):
        if choice.former_labels:
            former.setdefault(choice.list, {})[choice.value] = choice.former_labels
    return former


def choice_words(
    choices: Mapping[str, Mapping[str, Label]],
    former: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> Vocabulary:
    """Choice list to folded value or label, present or former, in any language, to the value."""
    words: Vocabulary = {}
    for name, items in choices.items():
        known = Words()
        for value, label in items.items():
            # A letter alone, as of a grade, is what people write, and says nothing.
            known.name(value, label, is_numbered=len(value) == 1)
        for value, labels in former.get(name, {}).items():
            known.former(value, labels)
        words[name] = known
    return words


def _names(records: Iterable[Record], key: str, *labels: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for record in records:
        value = record.text(key)
        words = [value]
        for label in labels:
            folded_label = record.values.get(label)
            if isinstance(folded_label, Label):
                words += [text for _, text in folded_label.texts]
                words += [f"{value} {text}" for _, text in folded_label.texts]
        for word in words:
            names.setdefault(folded(word), value)
    return names


def _references(tables: Mapping[str, Records]) -> Vocabulary:
    records = {key: found.records for key, found in tables.items()}
    industry: dict[str, str] = {}
    for record in records["industry_codes"]:
        for key in ("gb4754_division", "isic4_division", "isic4_section"):
            code = record.text(key)
            industry[folded(code)] = code
    return {
        "uses": _names(records["uses"], "use_id", "name"),
        "criteria": _names(records["criteria"], "criterion_id", "name"),
        "activities": _names(records["activities"], "activity", "name"),
        "jurisdictions": _names(records["jurisdictions"], "code", "name"),
        "evidence": _names(records["evidence"], "evidence_id"),
        "procedure_triggers": _names(records["procedure_triggers"], "trigger"),
        "triggers": _names(records["triggers"], "trigger"),
        "actions": _names(records["actions"], "action_id"),
        "benefits": _names(records["benefit_criteria"], "benefit_id", "name"),
        "instruments": _names(records["instruments"], "instrument_id"),
        "procedures": _names(records["procedures"], "procedure_id"),
        "offices": _names(records["offices"], "office_key"),
        "places": _names(records["places"], "place"),
        "orders": {
            **_names(records["jurisdictions"], "code", "name"),
            **_names(records["places"], "place"),
        },
        "industry_codes": industry,
    }


def planner_references(knowledge: Knowledge) -> Vocabulary:
    """What names in a planner's workbook may refer to, in any language."""

    def names(pairs: Iterable[tuple[str, Label]], *, is_numbered: bool = False) -> Words:
        known = Words()
        for value, label in pairs:
            known.name(value, label, is_numbered=is_numbered)
        return known

    def with_former(known: Words, items: Mapping[str, Use | Criterion | BenefitCriterion]) -> Words:
        """Entries of a list are read by their leading id, and under their former names too."""
        for value, item in items.items():
            known.ids[folded(value)] = value
            known.former(value, item.former_names)
        return known

    criteria = [(key, item.name) for key, item in knowledge.criteria.items()]
    figures = [(column.key, column.label) for column in REGION_FIGURES]
    places = names((key, item.name) for key, item in knowledge.jurisdictions.items())
    for code in knowledge.jurisdictions:
        # By their codes all of them fit into a message; Chinese names are short.
        places.written[code, "en"] = code
    return {
        "uses": with_former(
            names(((use.use_id, use.name) for use in knowledge.uses), is_numbered=True),
            {use.use_id: use for use in knowledge.uses},
        ),
        "criteria": with_former(names(criteria), knowledge.criteria),
        "measures": with_former(names([*criteria, *figures]), knowledge.criteria),
        "activities": names((key, item.name) for key, item in knowledge.activities.items()),
        "jurisdictions": places,
        "benefits": with_former(
            names(((key, item.name) for key, item in knowledge.benefits.items()), is_numbered=True),
            knowledge.benefits,
        ),
    }


def _built(noun: type[_Noun], records: Iterable[Record]) -> tuple[_Noun, ...]:
    return tuple(built(noun, record) for record in records)


def _grid_factor(record: Record) -> GridFactor:
    number, year = (cast("float", record.values[key]) for key in ("factor", "year"))
    fact = Fact(
        number, record.text("unit"), number, number, record.text("grade"), record.label("source"),
        str(int(year)), (record.at("factor"),),
    )  # fmt: skip
    return built(GridFactor, record, year=int(year), factor=fact)


_TABLES = {
    "needs": "unit_needs",
    "open_activities": "coverage",
    "naics_codes": "naics_isic",
    "benefits": "benefit_criteria",
    "pairs": "use_pairs",
    "currencies": "currency",
    "fees": "preparation_fees",
}
"""Parts of the knowledge whose tables are called otherwise."""


def _knowledge(tables: Mapping[str, Records], catalogue: str, rules: str) -> Knowledge:
    records = {key: found.records for key, found in tables.items()}
    requirements: dict[str, list[Requirement]] = {}
    for requirement in _built(Requirement, records["requirements"]):
        requirements.setdefault(requirement.use_id, []).append(requirement)
    instruments = {one.instrument_id: one for one in _built(Instrument, records["instruments"])}
    own: dict[str, Any] = {
        "requirements": {key: tuple(rows) for key, rows in requirements.items()},
        "rules": joined_rules(records["rules"], instruments),
        "choices": _choices(tables["choices"]),
        "former_labels": _former_labels(tables["choices"]),
        "industry_codes": tuple(
            built(IndustryCode, one, best_match=one.text("best_match") == "yes")
            for one in records["industry_codes"]
        ),
        "grid_factors": tuple(map(_grid_factor, records["grid_emission_factors"])),
        "catalogue_version": catalogue,
        "rules_version": rules,
        "lacking": sum((found.lacking for found in tables.values()), Counter()),
    }
    return Knowledge(**own, **dict(_as_they_stand(records, own)))


def _as_they_stand(
    records: Mapping[str, Sequence[Record]], but: Container[str]
) -> Iterable[tuple[str, Any]]:
    """The parts that are a table each: its rows in order, or by their first column."""
    for name, hint in get_type_hints(Knowledge, {**vars(model), "Mapping": Mapping}).items():
        table = _TABLES.get(name, name)
        if table not in records or name in but:
            continue
        if get_origin(hint) is tuple:
            yield name, _built(get_args(hint)[0], records[table])
        else:
            rows = _built(get_args(hint)[1], records[table])
            yield name, {getattr(row, row.__struct_fields__[0]): row for row in rows}


def _digest(folders: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of the CSV files, in name order."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
