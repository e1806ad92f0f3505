"""The codes of the Industry sheet: the classification of the region, the name beside, no overlap."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.codes import Code
from generator.intake.classification import (
    EXAMPLES,
    GBT,
    ISIC,
    NAICS,
    SYSTEMS,
    Classifications,
    Meaning,
)
from generator.intake.floods import of_several_rows
from generator.intake.words import folded
from generator.model import Conversion
from generator.problems import Problem, problem
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.intake.records import Record, Records
    from generator.model import Knowledge
    from generator.problems import Severity

_ALIKE = 0.5
"""From here a name says what a known name says; see tests/unit/intake/test_industry.py."""
_APART = 0.4
"""How much more a name must resemble another industry than its own to contradict the code."""
_SAME = 1.0
_CLASS = 4
"""Figures of the finest codes of ISIC."""
_REMARKS = (Code.CODE_WHOLE_SECTION, Code.CODE_SECTION_OR_OTHER, Code.CODE_SPREADS)
"""Remarks on coarse codes, made once for a sheet."""
_FORMER = {
    "sections": Code.CODE_OF_SECTIONS, "divisions": Code.CODE_OF_SECTIONS, "former": Code.CODE_FORMER, "spread": Code.CODE_FORMER,
    "unclassified": Code.CODE_UNCLASSIFIED,
}  # fmt: skip
"""What is said of a code that tables have and the classification has not."""


class CodeReader:
    """Reads the codes of an Industry sheet, some regions of it at a time.

    Args:
        regions: Region code to its record; its jurisdiction says what its statistics use.
        knowledge: Jurisdictions, classifications and their names.
    """

    def __init__(self, regions: Mapping[str, Record], knowledge: Knowledge) -> None:
        self._regions, self._knowledge = regions, knowledge

    @cached_property
    def _reader(self) -> _Reader:
        return _Reader(Classifications(self._knowledge))

    def read(self, found: Records) -> None:
        """Read codes under the classification of each row or its region.

        Every record gets its code as the classification writes it, the classification and the GB/T
        or ISIC divisions it stands for; a code that is refused is taken out.

        Args:
            found: All records of some regions.
        """
        reader = self._reader
        reader.found = found
        for code, records in _by_region(found.records).items():
            region = self._regions.get(code)
            place = region.text("jurisdiction") if region else ""
            known = self._knowledge.jurisdictions.get(place)
            for record in records:
                record.values["divisions"] = ()
            # Without a jurisdiction, the region is refused already.
            usual = known.classification if known else ""
            read = reader.region(records, usual)
            found.problems.extend(
                of_several_rows(list(_overlaps(read, reader.known)), Code.INDUSTRY_PART_OF_OTHER)
            )
            found.problems.extend(_shortened(read))


def joined_remarks(problems: Sequence[Problem]) -> list[Problem]:
    """The problems of the whole sheet, its remarks on coarse codes made once."""
    made = list(problems)
    for code in _REMARKS:
        made = of_several_rows(made, code)
    return made


def _shortened(read: Sequence[tuple[Record, Meaning]]) -> Iterable[Problem]:
    """Codes of three figures among codes of four: a spreadsheet takes a leading nought away."""
    isic = [(record, one) for record, one in read if one.classification == ISIC]
    if not any(len(one.code) == _CLASS for _, one in isic):
        return
    for record, one in isic:
        if len(one.code) == _CLASS - 1 and one.code.isdecimal():
            yield problem(
                Code.CODE_SHORT, record.at("code"), "warning", found=one.code, other=f"0{one.code}"
            )


def _by_region(records: Iterable[Record]) -> Mapping[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.text("region")].append(record)
    return groups


class _Row(Struct, frozen=True):
    """A row while its code is read."""

    record: Record
    written: str
    meanings: Mapping[str, Meaning | None]
    usual: str
    """The classification of the region."""
    names: tuple[str, ...]


class _Reader:
    """Reads codes region by region; problems and conversions go to the records being read."""

    found: Records

    def __init__(self, known: Classifications) -> None:
        self.known = known
        # What many regions say alike is compared once.
        self._meanings: dict[str, Mapping[str, Meaning | None]] = {}
        self._scores: dict[tuple[str, str, tuple[str, ...]], float] = {}
        self._rivals: dict[tuple[str, str, tuple[str, ...]], Meaning | None] = {}

    def region(self, records: Iterable[Record], usual: str) -> list[tuple[Record, Meaning]]:
        """The rows of one region that could be read, with what their codes mean."""
        read: list[tuple[Record, Meaning]] = []
        waiting: list[_Row] = []
        decided: set[str] = set()
        for record in records:
            written, told = record.text("code"), record.text("classification")
            record.values["code"] = None
            if not written or not (told or usual):
                continue
            row = self._row(record, written, usual)
            if told or not self._is_open(row):
                self._settle(row, told or usual, read)
                continue
            likely = self._by_name(row)
            if likely:
                decided.add(likely.classification)
                self._take(row, likely, read)
            else:
                waiting.append(row)
        for row in waiting:
            # What the names of the other rows say of the column holds for a row without a name.
            if len(decided) == 1:
                self._settle(row, next(iter(decided)), read)
            elif rival := self._rival(row, usual):
                self._say(Code.CODE_CONTRADICTS_NAME, row, own=row.meanings[usual], other=rival)
            else:
                self._say(
                    Code.CODE_AMBIGUOUS, row, national=row.meanings[GBT], world=row.meanings[ISIC]
                )
        return read

    def _row(self, record: Record, written: str, usual: str) -> _Row:
        meanings = self._meanings.get(written)
        if meanings is None:
            meanings = {system: self.known.meaning(system, written) for system in SYSTEMS}
            self._meanings[written] = meanings
        return _Row(record, written, meanings, usual, tuple(record.words("name")))

    def _is_open(self, row: _Row) -> bool:
        """Whether a code may be a GB/T or an ISIC division, and not the same one.

        In China that is a code without its letter, elsewhere one with it: ISIC writes none, but
        NACE does.
        """
        national, world = row.meanings[GBT], row.meanings[ISIC]
        if row.usual == NAICS or not national or not world or national.is_section:
            return False
        is_bare = row.written.strip()[0].isdigit()
        if is_bare != (row.usual == GBT):
            return False
        return national.is_detailed or self.known.isic(national) != self.known.isic(world)

    def _by_name(self, row: _Row) -> Meaning | None:
        """The GB/T or the ISIC reading, as the name beside says; None where it says neither."""
        readings = [one for one in (row.meanings[GBT], row.meanings[ISIC]) if one]
        scores = sorted((self._score(row, one), one.classification) for one in readings)
        (less, _), (most, likely) = scores
        return row.meanings[likely] if most >= _ALIKE and most - less >= _APART else None

    def _settle(self, row: _Row, system: str, read: list[tuple[Record, Meaning]]) -> None:
        """A row whose classification is known: its code is taken, or refused with its reason."""
        meaning = row.meanings[system]
        if meaning is None:
            others = [one for one in row.meanings.values() if one]
            confirmed = [one for one in others if self._score(row, one) >= _ALIKE]
            if len(confirmed) == 1:
                self._take(row, confirmed[0], read)
            elif former := self.known.former(system, row.written):
                code = _FORMER[former.cause]
                self._say(code, row, system=system, cause=former.cause, instead=former.instead)
            else:
                # Without its letter, nobody elsewhere means GB/T 4754.
                is_chinese = row.usual == GBT or row.written.strip()[0].isalpha()
                near = (one for one in others if is_chinese or one.classification != GBT)
                other = next(near, None)
                self._say(
                    Code.CODE_OF_OTHER_SYSTEM if other else Code.NO_CODE,
                    row,
                    system=system,
                    other=other,
                )
        elif (rival := self._rival(row, system)) is None:
            self._take(row, meaning, read)
            self._warn(row, meaning)
        elif self.known.isic(meaning) == self.known.isic(rival):
            # Either way the people count in the same division: nothing is read wrong.
            self._take(row, meaning, read)
            self._say(Code.CODE_CONTRADICTS_NAME, row, "warning", own=meaning, other=rival)
        else:
            self._say(Code.CODE_CONTRADICTS_NAME, row, own=meaning, other=rival)

    def _take(self, row: _Row, meaning: Meaning, read: list[tuple[Record, Meaning]]) -> None:
        values = row.record.values
        values["code"], values["divisions"] = meaning.code, meaning.divisions
        values["classification"] = meaning.classification
        read.append((row.record, meaning))
        value, rule = meaning.code, "industry_code"
        if meaning.classification == NAICS:
            value, rule = f"ISIC {', '.join(meaning.divisions)}", "naics_to_isic"
        elif meaning.is_detailed:
            value, rule = meaning.entry, "industry_division"
        elif meaning.classification != row.usual:
            value = f"{self.known.labels[meaning.classification].text('en')} {meaning.code}"
        if value != folded(row.written).upper():
            origin = row.record.at("code")
            self.found.conversions.append(Conversion(origin, row.written, value, rule))

    def _score(self, row: _Row, one: Meaning) -> float:
        key = one.classification, one.entry, row.names
        if key not in self._scores:
            likeness = self.known.likeness(one.classification)
            scores = (likeness.score(name, one.entry) for name in row.names)
            self._scores[key] = max(scores, default=0.0)
        return self._scores[key]

    def _rival(self, row: _Row, system: str) -> Meaning | None:
        """The industry that the name beside a code says instead; None where it may be the code's."""
        own = row.meanings[system]
        if own is None or not row.names:
            return None
        key = system, row.written, row.names
        if key not in self._rivals:
            is_named = self._score(row, own) == _SAME
            self._rivals[key] = None if is_named else self._contradiction(row, own)
        return self._rivals[key]

    def _contradiction(self, row: _Row, own: Meaning) -> Meaning | None:
        """As above: a name that resembles nothing says nothing.

        Beside a code finer than the known names, only a known name as it stands is held against it.
        """
        known, system = self.known, own.classification
        likeness = known.likeness(system)
        near = set().union(*map(likeness.near, row.names))
        # In the order of the catalogue: of equals the first counts.
        scores = {
            code: max(likeness.score(name, code) for name in row.names)
            for code in known.codes(system)
            if code in near
        }
        whole = known.ancestors(own)
        mine = max(scores.get(code, 0.0) for code in (own.entry, *whole))
        rivals = [
            (self._score(row, one), one) for one in row.meanings.values() if one and one != own
        ]
        for code in sorted(scores, key=lambda code: -scores[code]):
            one = known.named(system, code)
            if code != own.entry and code not in whole and own.code not in known.ancestors(one):
                rivals.append((scores[code], one))
                break
        if not rivals:
            return None
        best, rival = max(rivals, key=lambda pair: pair[0])
        is_exact = best == _SAME > mine
        is_other = best >= _ALIKE and best - mine >= _APART and not own.is_detailed
        return rival if is_exact or is_other else None

    def _warn(self, row: _Row, meaning: Meaning) -> None:
        others = (one for one in row.meanings.values() if one and one != meaning)
        other = next((one for one in others if not one.is_section), None)
        if meaning.is_section:
            code = Code.CODE_SECTION_OR_OTHER if other else Code.CODE_WHOLE_SECTION
        elif len(meaning.divisions) > 1:
            code = Code.CODE_SPREADS
        elif meaning.classification == NAICS and not row.names:
            code = Code.CODE_NEEDS_NAME
        else:
            return
        self._say(
            code, row, "warning", own=meaning, other=other,
            divisions=", ".join(meaning.divisions),
            example=self.known.example_within(meaning),
        )  # fmt: skip

    def _name(self, row: _Row, other: Meaning | str | None) -> str:
        """The name beside a code; of two, the one that says another industry."""
        if not isinstance(other, Meaning):
            return next(iter(row.names), "")
        likeness = self.known.likeness(other.classification)
        return max(row.names, key=lambda name: likeness.score(name, other.entry), default="")

    def _say(
        self,
        code: str,
        row: _Row,
        severity: Severity = "error",
        *,
        system: str = "",
        **args: Meaning | str | None,
    ) -> None:
        """A problem of a code cell, every reading with its code and name in both languages."""
        said: dict[str, str] = {"found": row.written, "name": self._name(row, args.get("other"))}
        for language, suffix in LANGUAGES.items():
            if system:
                said[f"system_{suffix}"] = self.known.labels[system].text(language)
                said["example"] = EXAMPLES[system]
            for key, value in args.items():
                if isinstance(value, Meaning):
                    label = self.known.labels[value.classification].text(language)
                    said[f"{key}_{suffix}"] = self.known.label(value, language)
                    said[f"{key}_system_{suffix}"] = label
                elif value:
                    said[key] = value
        self.found.problems.append(
            Problem(code, severity, row.record.at("code"), tuple(said.items()))
        )


def _overlaps(read: list[tuple[Record, Meaning]], known: Classifications) -> Iterable[Problem]:
    """Rows whose people stand in another row too: a part beside its whole, two classifications."""
    by_code = {(one.classification, one.code): (record, one) for record, one in read}
    is_mixed = len({system for system, _ in by_code}) > 1
    by_division: dict[str, tuple[Record, Meaning]] = {}
    for record, one in read:
        wholes = [(one.classification, code) for code in known.ancestors(one)]
        whole = next((code for code in wholes if code in by_code), None)
        if whole:
            yield _twice(Code.INDUSTRY_PART_OF_OTHER, record, one, *by_code[whole], known)
        for division in known.isic(one) if is_mixed else ():
            first = by_division.setdefault(division, (record, one))
            if first[1].classification != one.classification:
                yield _twice(Code.INDUSTRY_TWICE, record, one, *first, known)
                break


def _twice(
    code: str, record: Record, one: Meaning, first: Record, other: Meaning, known: Classifications
) -> Problem:
    origin, place = record.at("code"), str(first.at("code"))
    labels = (
        (f"{key}_{suffix}", known.label(meaning, language))
        for key, meaning in (("found", one), ("other", other))
        for language, suffix in LANGUAGES.items()
    )
    return Problem(code, "error", origin, (*labels, ("first", place)))
