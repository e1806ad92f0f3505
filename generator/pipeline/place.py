"""The law and the uses of a place without its documents: what `briefs rules` and `explain` show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.codes import Code
from generator.intake.knowledge import planner_references
from generator.intake.words import folded, suggested
from generator.pipeline.reading import read
from generator.problems import InputError, Origin, problem
from generator.report.rulebook import RuleList
from generator.shipped import data_root

if TYPE_CHECKING:
    from generator.model import Knowledge, Region, Submission, Texts
    from generator.model.explanation import Explained
    from generator.settings import Settings


_MARK = "#"
"""Parts a file from one of its regions."""
_Told = TypeVar("_Told")
Asked = tuple["Texts", "Submission", list[_Told]]
"""What was read, and what is told of each region that was asked for."""


def place_of(named: str) -> tuple[str, str]:
    """The file of a region as it is named on the command line, and the region in it.

    Args:
        named: A workbook or a folder of tables; `file#code` for one region of several; or the name
            of a sample city.

    Returns:
        The path, and the code; empty for every region.
    """
    if Path(named).exists():
        return named, ""
    path, mark, code = named.rpartition(_MARK)
    if not mark or not path:
        path, code = named, ""
    sample = data_root() / "inputs" / "regions" / f"{path}.xlsx"
    return (str(sample) if sample.is_file() and not Path(path).exists() else path), code


def law_of(settings: Settings, code: str, activity: str | None) -> Asked[RuleList]:
    """The rules that reach the regions of a file.

    Args:
        settings: The file is its only input; the day is its as-of day.
        code: One of its regions; empty for every one.
        activity: An activity by its id or name in either language; None for all.

    Raises:
        InputError: There is no such region or activity.
    """
    knowledge, texts, submission = read(settings)
    names = tuple(knowledge.activities)
    if activity is not None:
        names = (_id_of(activity, "activities", "--activity", knowledge),)
    regions = regions_of(submission, code)
    return texts, submission, [_listed(one, knowledge, settings, names) for one in regions]


def regions_of(submission: Submission, code: str) -> Sequence[Region]:
    """The regions of a file, or the one of a code.

    Raises:
        InputError: The file has regions, and none with that code.
    """
    if not code:
        return submission.regions
    found = tuple(region for region in submission.regions if region.code == code)
    if not found and submission.regions:
        known = ", ".join(submission.codes)
        raise InputError(
            [problem(Code.VALUE_UNKNOWN, Origin("REGION"), found=code, expected=known)]
        )
    return found


def _listed(
    region: Region, knowledge: Knowledge, settings: Settings, names: tuple[str, ...]
) -> RuleList:
    from generator.analysis.scope import within  # noqa: PLC0415 - numpy is left out of a check
    from generator.analysis.screening import screen  # noqa: PLC0415 - likewise
    from generator.analysis.sizes import region_sizes  # noqa: PLC0415 - likewise

    here = within(knowledge, knowledge.lineage(region.jurisdiction), region.admin_code)
    screening = screen(region, here, settings.as_of)
    return RuleList(region, screening, region_sizes(region, here), here, names)


def uses_of(settings: Settings, code: str, named: str | None) -> Asked[Explained]:
    """Why the uses of a file's regions stand where they stand.

    Args:
        settings: The file is its only input; the day is its as-of day.
        code: One of its regions; empty for every one.
        named: A use by its id or name in either language; None for a line on every use.

    Raises:
        InputError: There is no such region or use.
    """
    from generator.analysis.explanation import explain  # noqa: PLC0415 - no arrays for a wrong name

    knowledge, texts, submission = read(settings)
    asked = () if named is None else (_id_of(named, "uses", "USE", knowledge),)
    found = [
        explain(region, knowledge, settings.as_of, asked, settings.draws, settings.seed)
        for region in regions_of(submission, code)
    ]
    return texts, submission, found


def _id_of(named: str, kind: str, place: str, knowledge: Knowledge) -> str:
    """The id of a use or an activity that was named by it or in words."""
    known = planner_references(knowledge)[kind]
    if (found := known.get(folded(named))) is not None:
        return found
    ids = {name: name for name in known.values()}
    near = suggested(named, known if kind == "uses" else ids)
    said = {"found": named, "expected": ", ".join(ids), **near}
    raise InputError([problem(Code.VALUE_UNKNOWN, Origin(place), "error", **said)])
