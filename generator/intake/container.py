"""What a workbook file is, before anything in it is read: refused when it is not, or is a trap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.opc import DAMAGE, Bounds, DocumentTypeError, Lie, PackageError, opened
from generator.problems import Origin, Problem, WorkbookError, problem

if TYPE_CHECKING:
    import zipfile

_BOUNDS = Bounds(unpacked=400 * 2**20, parts=100_000, may_climb=True)
_CODES = {
    Lie.EMPTY: Code.FILE_EMPTY, Lie.COMPOUND: Code.WORKBOOK_ENCRYPTED_OR_OLD, Lie.OTHER: Code.NO_WORKBOOK, Lie.INFLATES: Code.WORKBOOK_TOO_LARGE,
    Lie.DOCTYPE: Code.DOCUMENT_TYPE_DECLARED,
}  # fmt: skip
"""How the ways in which a package lies are told; any other is damage."""


@contextmanager
def opened_workbook(path: Path, origin: Origin) -> Iterator[zipfile.ZipFile]:
    """The package of a workbook, refused where it lies.

    Raises:
        WorkbookError: The file is not there, no workbook, damaged, or a trap.
    """
    if not path.is_file():
        raise WorkbookError([problem(Code.NO_FILE, Origin(str(path)))])
    with faults_named(origin), opened(path, _BOUNDS) as package:
        yield package


@contextmanager
def faults_named(origin: Origin) -> Iterator[None]:
    """Whatever a package that lies or is damaged raises, as one problem with a way out."""
    try:
        yield
    except PackageError as fault:
        if (code := _CODES.get(fault.lie)) is not None:
            raise WorkbookError([problem(code, origin, place=fault.part)]) from fault
        damage = problem(Code.WORKBOOK_DAMAGED, origin, cause=fault.lie, place=fault.part)
        raise WorkbookError([damage]) from fault
    except DocumentTypeError as fault:
        raise WorkbookError([problem(Code.DOCUMENT_TYPE_DECLARED, origin, place="XML")]) from fault
    except DAMAGE as fault:
        raise WorkbookError(
            [problem(Code.WORKBOOK_DAMAGED, origin, detail=type(fault).__name__)]
        ) from fault


def parts_beside(names: Iterable[str], origin: Origin) -> Iterator[Problem]:
    """What a workbook holds that is not read as it may be meant: links to other files, macros."""
    lowered = [name.lower() for name in names]
    links = sum(name.startswith("xl/externallinks/") and name.endswith(".xml") for name in lowered)
    if links:
        yield problem(Code.LINKED_WORKBOOKS, origin, "warning", count=links)
    if any(name.endswith("vbaproject.bin") for name in lowered):
        yield problem(Code.MACROS, origin, "warning")
