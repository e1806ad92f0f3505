"""CSV files of the catalogue and the rules to addressed tables, with the standard library."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from generator.intake.cells import Raw
from generator.intake.rows import Table, address
from generator.problems import KnowledgeError, Origin, problem

if TYPE_CHECKING:
    from pathlib import Path


def read_csv(path: Path) -> Table:
    """A CSV file as a table; addresses count records as a spreadsheet would show them.

    Raises:
        KnowledgeError: The file is missing or is not UTF-8 text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = list(csv.reader(file, strict=True))
    except FileNotFoundError as fault:
        raise KnowledgeError([problem("RN-101", Origin(str(path)))]) from fault
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise KnowledgeError([problem("KN-101", Origin(path.name), detail=str(fault))]) from fault
    rows = tuple(
        (
            number,
            {
                index: Raw(address(path.name, "", number, index), text)
                for index, text in enumerate(record)
                if text
            },
        )
        for number, record in enumerate(records, start=1)
        if any(record)
    )
    return Table(path.name, "", rows)
