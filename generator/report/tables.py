"""Tables on their way out of the sections that make them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.model import Cell, Row, Table

_LONE = re.compile(r" (?=\d{1,3}(?:$|[ ,;.)]))")
"""A space before a short number."""


def table(
    key: str, rows: Iterable[Mapping[str, str | Cell] | Row], **heads: Iterable[str]
) -> Table:
    """A table of rows that are given by column.

    Args:
        key: Its path in the list of fields.
        rows: Texts and cells by column, or whole rows where they have a variant.
        heads: Heads of the columns that depend on the data, by the name of their group.
    """
    return Table(
        key,
        tuple(one if isinstance(one, Row) else row(one) for one in rows),
        {group: tuple(names) for group, names in heads.items()},
    )


def row(
    cells: Mapping[str, str | Cell], variant: str = "", **spread: Iterable[str | Cell]
) -> Row:  # fmt: skip
    """A row of texts and cells; `spread` are the cells of columns that depend on the data."""
    return Row(
        {name: _cell(one) for name, one in cells.items()},
        variant,
        {group: tuple(_cell(one) for one in held) for group, held in spread.items()},
    )


def _cell(one: str | Cell) -> Cell:
    return _plain(one) if isinstance(one, str) else one


@lru_cache(maxsize=4_096)
def _plain(text: str) -> Cell:
    """A cell without a band; most say what others say."""
    return Cell(text)


def inner(text: str) -> str:
    """A text within a sentence; what begins with capitals, such as a code, keeps them."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def kept_together(text: str) -> str:
    """A text in which no number that stands by itself begins a line."""
    return _LONE.sub("\N{NO-BREAK SPACE}", text)


def begun(text: str) -> str:
    """A text as the beginning of a line, a cell or a sentence."""
    return text[:1].upper() + text[1:]


def without_tables(fields: Mapping[str, object]) -> tuple[dict[str, object], dict[str, Table]]:
    """Fields and tables apart; a table that stands at its key's path is taken out of there.

    Raises:
        ValueError: A table stands elsewhere than its key says.
    """
    found: dict[str, Table] = {}
    return _parted("", fields, found), found


def _parted(
    path: str, fields: Mapping[str, object], found: dict[str, Table]
) -> dict[str, object]:  # fmt: skip
    kept: dict[str, object] = {}
    for name, held in fields.items():
        own = f"{path}.{name}" if path else name
        if isinstance(held, Table):
            if held.key != own:
                raise ValueError(own)
            found[own] = held
        else:
            kept[name] = _parted(own, held, found) if isinstance(held, Mapping) else held
    return kept
