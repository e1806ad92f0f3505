"""Values of the right kinds for every declared name: what a template is tried with.

They are few and short; what is too much for them is too much for any document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Field
    from generator.templating.names import Name

_ROWS = 2
_VALUES: Mapping[str, Any] = {"flag": True, "number": 1, "list": ["text"] * _ROWS}


def sample(tree: Name, fields: Sequence[Field]) -> dict[str, Any]:
    """A value for every name.

    Args:
        tree: The names, as `name_tree` gives them.
        fields: The same with their types.
    """
    types = {one.path: one.type for one in fields}
    return {name: _value(one, types) for name, one in tree.children.items()}


def _value(name: Name, types: Mapping[str, str]) -> Any:
    if name.kind == "group" and name.children:
        return {key: _value(one, types) for key, one in name.children.items()}
    if name.kind == "list":
        item = name.item
        return ["text" if item is None else _value(item, types) for _ in range(_ROWS)]
    return _VALUES.get(types.get(name.path, ""), "text")
