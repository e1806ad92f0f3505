"""Planners' files to a submission: every region of every input, with all problems at once."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from generator.intake.books import read_book
from generator.intake.consistency import check_consistency
from generator.intake.knowledge import choice_words, planner_references
from generator.intake.regions import REGISTERS, build_regions
from generator.model import Conversion, Knowledge, Region, Submission
from generator.problems import InputError, Problem, errors, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def read_submission(
    paths: Sequence[Path], knowledge: Knowledge, *, is_check: bool = False
) -> Submission:
    """All regions of all inputs, with every problem of every file at once.

    A region with an error is left out; its problems are in the submission, so that one bad region
    never stops the others.

    Args:
        paths: Workbooks, or folders of tables.
        knowledge: What choices, uses, codes and units there are.
        is_check: Only look for problems; no region is built, and memory stays low.
    """
    choices = choice_words(knowledge.choices)
    references = planner_references(knowledge)
    problems: list[Problem] = []
    conversions: list[Conversion] = []
    regions: list[Region] = []
    digest = hashlib.sha256()
    languages: set[str] = set()
    for path in sorted(paths, key=lambda item: item.name):
        try:
            book = read_book(path, choices, references, knowledge)
        except InputError as fault:
            problems.extend(fault.problems)
            continue
        digest.update(book.digest)
        languages |= book.languages
        problems.extend(book.problems)
        if "region" in book.sheets:
            problems.extend(check_consistency(book, knowledge))
        if not is_check:
            regions.extend(build_regions(book, knowledge))
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
            blocked |= {one.code for one in regions if found.origin.file in one.files}
    twins = {code.casefold() for code in blocked}
    return {region.code for region in regions if region.code.casefold() in twins}


def _rows_of(region: Region) -> Iterable[tuple[str, str, str]]:
    yield region.origin.file, region.origin.sheet, re.sub(r"^[A-Z]+", "", region.origin.cell)
    for key in REGISTERS:
        for row in getattr(region, key):
            yield row.origin.file, row.origin.sheet, row.origin.cell
