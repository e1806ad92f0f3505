"""Two runs beside each other, region by region: for `briefs diff`, and for what documents say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.codes import Code
from generator.intake.previous import edition_codes, edition_of, has_edition, read_edition
from generator.problems import InputError, Origin, Problem, problem
from generator.report import results

if TYPE_CHECKING:
    from generator.model import Assessment, Knowledge, Submission
    from generator.model.changes import Changes
    from generator.settings import Settings


def previous_codes(folder: Path) -> tuple[str, ...]:
    """Codes of the regions that an earlier run's folder has results of.

    Raises:
        InputError: It has none.
    """
    if not folder.is_dir():
        raise InputError([problem(Code.NO_FOLDER, Origin(str(folder)), found=folder)])
    codes = edition_codes(folder)
    if not codes:
        raise InputError([problem(Code.NO_RESULTS_THERE, Origin(str(folder)))])
    return codes


def left_behind(settings: Settings, submission: Submission) -> tuple[str, ...]:
    """Codes of the regions that only the earlier run has results of; none where none is named.

    Raises:
        InputError: The folder of the earlier run has no results at all.
    """
    if settings.previous is None:
        return ()
    here = {*submission.left_out, *submission.codes}
    return tuple(code for code in previous_codes(settings.previous) if code not in here)


def changes_of(
    assessment: Assessment, knowledge: Knowledge, folder: Path
) -> tuple[Changes | None, Sequence[Problem]]:
    """What changed in a region since the earlier run; None where there is no telling, and why."""
    from generator.analysis.changes import changes_between  # noqa: PLC0415 - as in build_region

    code = assessment.region.code
    own = results(
        assessment, knowledge, (), {"program": __version__, "inputs": assessment.region.digest}
    )
    try:
        before = read_edition(folder, code) if has_edition(folder, code) else None
    except InputError as fault:
        # The documents are made without the comparison; the exit code says that it is missing.
        return None, fault.problems
    return changes_between(before, edition_of(own)), ()


def compare_runs(
    before: Path, after: Path, codes: Sequence[str]
) -> Iterator[Changes | tuple[Problem, ...]]:
    """What changed in each region that both folders have results of, one at a time.

    Args:
        before: The folder of the earlier run.
        after: That of the later one.
        codes: The regions.

    Returns:
        For each what changed, or the problems of a file that cannot be compared.
    """
    from generator.analysis.changes import changes_between  # noqa: PLC0415 - as in build_region

    for code in codes:
        try:
            yield changes_between(read_edition(before, code), read_edition(after, code))
        except InputError as fault:
            yield fault.problems
