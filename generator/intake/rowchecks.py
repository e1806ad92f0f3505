"""What is checked of checked cells, row by row and region by region: names, kinds, twins, currencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.asides import flag_problems
from generator.intake.industry import CodeReader
from generator.intake.linked import duplicates, resolve, settle, settle_objectives, units_in_names
from generator.intake.refusals import refused
from generator.intake.totals import Labels, without_totals
from generator.intake.versions import changes_in
from generator.intake.words import Words, folded
from generator.problems import Problem, problem
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.intake.columns import Column
    from generator.intake.records import Record, Records, Vocabulary
    from generator.model import Knowledge


class Checks:
    """What is checked of the rows of every sheet, row by row and region by region.

    Args:
        own: The Region sheet, without totals.
        labels: The words by which rows of totals are told.
        references: What names may refer to.
        known: Criteria, for numbers whose kind another cell decides.
        version: Of the form that the input was made with.
    """

    def __init__(
        self, own: Records, labels: Labels, references: Vocabulary, known: Knowledge, version: int
    ) -> None:
        self._labels, self._known, self._version = labels, known, version
        self._references = references
        codes = _region_names(own)
        # When no region could be read, that is the error; its rows elsewhere are not wrong as well.
        self._regions: Vocabulary = {"region": codes} if codes else {}
        is_short = any(record.is_refused("region") for record in own.records)
        self._silent = frozenset({"region"} if is_short else ())
        self._own = {record.text("region"): record for record in own.records}
        self._codes = CodeReader(self._own, known)

    def sort_out(self, found: Records) -> None:
        """Take totals off, and find out the region of every other row."""
        without_totals(found, self._labels)
        resolve(found, self._regions, silent=self._silent)

    def check(self, key: str, found: Records) -> None:
        """Check rows of a sheet: all of some regions.

        Args:
            key: Of the sheet.
            found: The rows, by their regions' codes.
        """
        if key != "region":
            resolve(found, self._references, silent=self._silent)
        if key == "industry":
            self._codes.read(found)
        settle(found, self._known)
        found.problems.extend(units_in_names(found))
        found.problems.extend(list(flag_problems(found)))
        found.problems.extend(duplicates(found.records, found.sheet))
        if key == "weights":
            settle_objectives(found, self._known)
        _check_currencies(found, self._own)
        found.problems.extend(list(changes_in(self._version, found)))


def _region_names(own: Records) -> Words:
    """What the region column may hold: the code, or the name with or without its rank.

    Two codes for one name, or for one administrative code under a Chinese and an English name, are
    perhaps one region that was filed twice.
    """
    names = Words()
    alone: dict[tuple[str, str], Record] = {}
    for record in own.records:
        code = record.text("region")
        texts = dict(record.label("name").texts)
        shorter = [re.sub(r"(?<=.{2})[市县区州盟]$", "", text) for text in texts.values()]
        words = [folded(word) for word in (*texts.values(), *shorter)]
        twin = next((names[word] for word in words if names.get(word, code) != code), None)
        if twin is None and len(texts) == 1:
            other = alone.setdefault(
                (record.text("jurisdiction"), record.text("admin_code")), record
            )
            is_other = other is not record and _scripts(record.words("name")) != _scripts(
                other.words("name")
            )
            twin = other.text("region") if is_other else None
        if twin is not None:
            found = next(iter(texts.values()), code)
            own.problems.append(
                problem(Code.DUPLICATE, record.at("name"), "warning", found=found, first=twin)
            )
        for word in (folded(code), *words):
            names.setdefault(word, code)
        for language in LANGUAGES:
            names.called(code, texts.get(language, ""), language)
    return names


def _scripts(texts: Iterable[str]) -> set[bool]:
    """Whether names are written in Chinese, in Latin letters, or in both."""
    return {any(ord(char) > 0x2E80 for char in text) for text in texts}


def _check_currencies(found: Records, regions: Mapping[str, Record]) -> None:
    """Money written out, or shown, in another currency than the region's."""
    columns: dict[str, Column] = {}
    for record in found.records:
        region = regions.get(record.text("region"))
        currency = region.text("currency") if region and record.currencies else ""
        for key, (written, named) in (record.currencies or {}).items() if currency else ():
            if currency in named:
                continue
            columns = columns or {column.key: column for column in found.sheet.physical}
            found.problems.append(_foreign(record, columns[key], written, named, currency))
            record.values[key] = None
            record.refuse(key)


def _foreign(
    record: Record, column: Column, written: str, named: tuple[str, ...], currency: str
) -> Problem:
    said = {"found": written or record.text("unit"), "written": " / ".join(named[:3])}
    place = record.at(column.key)
    return refused(Code.UNIT_WRONG, place, column, cause="currency", currency=currency, **said)
