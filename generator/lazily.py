"""Names of a room that are imported when they are first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(room: str, offers: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a room.

    Args:
        room: The room's own `__name__`.
        offers: A module of the room to the names that it has to offer, parted by blanks.
    """
    modules = {name: module for module, names in offers.items() for name in names.split()}

    def looked_up(name: str) -> object:
        if name not in modules:
            raise AttributeError(name)
        offered: object = getattr(import_module(f"{room}.{modules[name]}"), name)
        setattr(sys.modules[room], name, offered)
        return offered

    return looked_up
