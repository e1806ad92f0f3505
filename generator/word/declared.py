"""The tables that the list of fields declares: their columns, bands, links and kinds of row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from generator.model import Field

BAND, ANCHOR, TIP = "band", "anchor", "tip"
"""What may stand beside a column, under its name with `_` and one of these."""


class Declared(Struct):
    """What the rows of one table hold."""

    key: str
    columns: set[str] = field(default_factory=set)
    """Names of texts, those of bands and links among them."""
    groups: dict[str, set[str]] = field(default_factory=dict)
    """Columns that depend on the data, with what each of their cells holds."""
    variants: set[str] = field(default_factory=set)
    """Kinds of row besides the plain one."""

    def is_banded(self, column: str) -> bool:
        """Whether a column or a group has bands."""
        return self._has(column, BAND)

    def is_linked(self, column: str) -> bool:
        """Whether a column or a group leads elsewhere."""
        return self._has(column, ANCHOR)

    def heads(self, group: str) -> str:
        """The path of the heads of a group, beside the table's own."""
        before, dot, _ = self.key.rpartition(".")
        return f"{before}{dot}{group}"

    def _has(self, column: str, what: str) -> bool:
        if column in self.groups:
            return what in self.groups[column]
        return f"{column}_{what}" in self.columns


def declared_tables(fields: Iterable[Field]) -> dict[str, Declared]:
    """Every list of rows that a table of a template may name, by its path."""
    found: dict[str, Declared] = {}
    for one in fields:
        key, hash_, variant = one.path.partition("#")
        if hash_:
            found.setdefault(key, Declared(key)).variants.add(variant)
            continue
        key, row, rest = one.path.partition("[].")
        if not row:
            continue
        held = found.setdefault(key, Declared(key))
        name, inner, part = rest.partition("[].")
        if inner and "." not in name + part:
            held.groups.setdefault(name, set()).add(part)
        elif not inner and one.type not in {"list", "table"} and not rest.endswith("[]"):
            held.columns.add(rest)
    return {key: one for key, one in found.items() if one.columns or one.groups}
