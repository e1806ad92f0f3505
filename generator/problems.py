"""What can go wrong, said so that a person can mend it.

GeneratorError                     exit 1   a fault of ours
  InputError(problems)             exit 2   a person must change something
    WorkbookError  KnowledgeError  TemplateError
  DeliveryError(problems)          exit 3   the documents exist; try again

A problem is a code and its arguments; the sentence and the remedy stand in the text table, in the
reader's language. Codes are stable: `AC` accessibility of documents, `DL` delivery by e-mail, `IN`
workbooks and tables, `KN` catalogue and rules, `TP` templates, `RN` running the command.
`docs/problems.md` lists them all.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

_NO_TEXT = re.compile("[\ud800-\udfff]")
_PROGRAM = Path(__file__).parent
Severity = Literal["error", "warning"]


UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move a cursor, colour a screen, turn the writing or could not be encoded."""


def seen(text: str) -> str:
    """Words of others, fit to be quoted: what could not be seen in them is written out in ASCII."""
    return UNSEEN.sub(lambda one: ascii(one[0])[1:-1], text)


def told(fault: BaseException) -> str:
    """What a fault of the program is, with the innermost line of the program that it went through."""
    first = fault.__cause__ or fault
    lines = [
        f" ({path.relative_to(_PROGRAM.parent).as_posix()}:{number})"
        for frame, number in traceback.walk_tb(first.__traceback__)
        if (path := Path(frame.f_code.co_filename)).is_relative_to(_PROGRAM)
    ]
    return f"{type(fault).__name__}: {fault}{lines[-1] if lines else ''}"


class Origin(NamedTuple):
    """Where a value stands: a cell of a sheet, or of a table file when `sheet` is empty."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = self.sheet or self.file
        return f"{place}!{self.cell}" if self.cell else place

    @property
    def full(self) -> str:
        """The file as well, as messages about several files write it."""
        return f"{self.file} {self}" if self.sheet else str(self)


class Problem(Struct, frozen=True):
    """One thing found, where, and the arguments of its sentence in the text table."""

    code: str
    severity: Severity
    origin: Origin
    args: tuple[tuple[str, str], ...] = ()


def printable(name: str) -> str:
    """A file name as messages can hold it, with the bytes that are no UTF-8 by their numbers."""
    return _NO_TEXT.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", name)


def problem(code: str, origin: Origin, severity: Severity = "error", **args: object) -> Problem:
    """A problem with its sentence's arguments given by name."""
    return Problem(code, severity, origin, tuple((key, str(value)) for key, value in args.items()))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop the work, without the warnings that travel on."""
    return tuple(found for found in problems if found.severity == "error")


class GeneratorError(Exception):
    """The work cannot go on; nothing half done is left behind.

    Args:
        problems: All problems found, in the order they should be read.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{found.code} {found.origin}" for found in self.problems)


class InputError(GeneratorError):
    """A person must change something; every problem of the stage is listed."""


class WorkbookError(InputError):
    """A planner's workbook or table cannot be used as it stands."""


class KnowledgeError(InputError):
    """The catalogue, the rule packs or the text table cannot be used as they stand."""


class TemplateError(InputError):
    """A template of a document or of the mail cannot be used as it stands."""


class DeliveryError(GeneratorError):
    """The documents exist but could not be handed over; nothing needs mending, try again."""
