"""The names that templates may use, as the contexts of real regions hold them.

What each name means stands in `templates/fields.csv`; a test holds that table equal to the paths
found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.settings import COMPARISON, MAIL

if TYPE_CHECKING:
    from generator.model import Brief, Field

_CHART = "figures.compared."
_OF_EVERY = frozenset({"doc", "letter", "attribution", "disclaimer"})
"""Groups of names that every document has."""
_WITHOUT_EXAMPLE = {"list", "table", "row"}


def field_values(fields: Mapping[str, object]) -> dict[str, object]:
    """The first value that is not empty by path; lists hold their type's empty value.

    Args:
        fields: The fields of a brief.

    Returns:
        Paths like `law.barred[].name`; groups and rows stand in the paths of what they hold.
    """
    found: dict[str, object] = {}
    for path, value in _walk("", fields):
        if found.get(path) in (None, ""):
            found[path] = value
    return found


def _is_of_several(group: str, path: str) -> bool:
    """Whether a name is that of a comparison: its own, or around its chart."""
    return group == COMPARISON or path.startswith(_CHART)


def available(declared: Iterable[Field], document: str) -> tuple[Field, ...]:
    """The names that a document may use: a comparison knows no single region, nor any other it.

    A mail knows the letters of all that is in it, and nothing else.

    Args:
        declared: All names.
        document: Name of the document, or `mail`; any but it and the comparison is about one region.
    """
    by_group = [(re.split(r"[.\[]", field.path)[0], field) for field in declared]
    if document == MAIL:
        return tuple(field for group, field in by_group if group == MAIL)
    is_compared = document == COMPARISON
    return tuple(
        field
        for group, field in by_group
        if group in _OF_EVERY
        or (group != MAIL and _is_of_several(group, field.path) == is_compared)
    )


def described(declared: Iterable[Field], briefs: Iterable[Brief]) -> tuple[Field, ...]:
    """The declared names with an example each, where one of the briefs has one."""
    values: dict[str, object] = {}
    for brief in briefs:
        values = field_values(brief.names()) | values
    return tuple(
        replace(
            field, example="" if field.type in _WITHOUT_EXAMPLE else str(values.get(field.path, ""))
        )
        for field in declared
    )


def _walk(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield from _walk(f"{path}.{name}" if path else str(name), held)
    elif isinstance(value, list | tuple):
        yield path, []
        for held in value:
            yield from _walk(f"{path}[]", held)
    else:
        yield path, value
