"""Records beside each other: which say they are the same one, and which one a cell names.

Points for what is no longer an objective go to the one that replaced it.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.answers import split_unit
from generator.intake.columns.words import led
from generator.intake.words import Words, folded, listed, suggested
from generator.model import Label
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.intake.columns import Column, Sheet
    from generator.intake.records import Record, Records, Vocabulary
    from generator.model import BenefitCriterion, Knowledge


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
