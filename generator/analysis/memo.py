"""What a run of the analysis need not do again: results kept by the very objects they were read from.

A changed region shares every register that the change did not touch with the one it was made from, so
what rests on these registers alone is found again, and cannot be anything else.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

_Found = TypeVar("_Found")


class Same(Struct, Generic[_Found], frozen=True, eq=False):
    """An object as a key that stands for itself alone: to compare what it holds would cost more."""

    one: _Found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.one is other.one

    def __hash__(self) -> int:
        return id(self.one)


class Memo(Struct, frozen=True):
    """Results by name, key and the identity of what was read."""

    _kept: MutableMapping[tuple[Hashable, ...], tuple[tuple[object, ...], Any]] = field(
        default_factory=dict
    )

    def aside(self) -> Memo:
        """Another that finds what this one holds, and keeps by itself what is found from now on.

        For one of very many trials: what it alone needs goes with it.
        """
        return Memo(ChainMap({}, self._kept))

    def of(
        self,
        name: str,
        key: tuple[Hashable, ...],
        read: tuple[object, ...],
        make: Callable[[], _Found],
    ) -> _Found:
        """A result, made once for the same key and the same objects.

        Args:
            name: Of the kind of result.
            key: Values that it depends on, compared by what they are.
            read: Objects that it depends on, compared by identity and kept alive.
            make: Makes it.
        """
        place = (name, *key, *map(id, read))
        if place not in self._kept:
            self._kept[place] = read, make()
        found: _Found = self._kept[place][1]
        return found

    def same(self, name: str, key: tuple[Hashable, ...], found: _Found) -> _Found:
        """The equal object that was found first, so that equal things are one.

        Args:
            name: Of the kind of result.
            key: Values in which equal things do not differ; the fewer share one, the better.
            found: Compared with those that share it.
        """
        first: _Found
        place = ("same", name, *key)
        known: tuple[_Found, ...] = self._kept.get(place, ((), ()))[1]
        for first in known:
            if first is found or first == found:
                return first
        self._kept[place] = (), (*known, found)
        return found
