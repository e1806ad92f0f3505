"""Values kept small until they are asked for, so that thousands of regions fit into memory.

What comes out is a new value each time, equal to the one that went in.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar, overload

T = TypeVar("T")
_QUICK = 1
"""How hard to compress; more takes longer than it is worth."""


class _InOrder(Sequence[T]):
    """Values that are only gone through; to ask for one makes all."""

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))


class Packed(Sequence[T]):
    """Values in their order, each with a name.

    Args:
        values: By name.
    """

    def __init__(self, values: Iterable[tuple[str, T]] = ()) -> None:
        self._held = {name: _packed(value) for name, value in values}

    @property
    def names(self) -> tuple[str, ...]:
        """The names, without looking at the values."""
        return tuple(self._held)

    def but(self, names: Iterable[str]) -> Packed[T]:
        """Those that bear other names."""
        left_out, rest = {*names}, Packed[T]()
        rest._held = {name: one for name, one in self._held.items() if name not in left_out}
        return rest

    def add(self, more: Iterable[tuple[str, T]]) -> None:
        """Take more in; a value of a known name takes the place of the first."""
        self._held |= {name: _packed(value) for name, value in more}

    def by_name(self) -> Mapping[str, T]:
        """The same values, to be asked for by name."""
        return _ByName(self._held)

    def __iter__(self) -> Iterator[T]:
        return map(_unpacked, self._held.values())

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        held = [*self._held.values()]
        if isinstance(index, slice):
            return tuple(map(_unpacked, held[index]))
        value: T = _unpacked(held[index])
        return value

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.names)


class Made(_InOrder[T]):
    """Values in their order, each with a name, made in groups whenever they are asked for."""

    def __init__(self) -> None:
        self._groups: list[tuple[tuple[str, ...], Callable[[], Iterable[T]]]] = []
        self._wanted: dict[str, int] = {}
        """Name to the group that makes the value."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names; no value is made."""
        return tuple(self._wanted)

    def but(self, names: Iterable[str]) -> Made[T]:
        """Those that bear other names."""
        left_out, rest = {*names}, Made[T]()
        rest._groups = self._groups
        rest._wanted = {name: at for name, at in self._wanted.items() if name not in left_out}
        return rest

    def add(self, names: Iterable[str], make: Callable[[], Iterable[T]]) -> None:
        """Take a group in; a known name stands for its value of this group from now on.

        Args:
            names: Of the values.
            make: Makes them, in the same order and the same each time.
        """
        named = tuple(names)
        self._wanted |= dict.fromkeys(named, len(self._groups))
        self._groups.append((named, make))

    def __iter__(self) -> Iterator[T]:
        for at, (names, make) in enumerate(self._groups):
            if any(self._wanted.get(name) == at for name in names):
                for name, value in zip(names, make(), strict=True):
                    if self._wanted.get(name) == at:
                        yield value

    def __len__(self) -> int:
        return len(self._wanted)

    def __hash__(self) -> int:
        return hash(self.names)


class Strung(_InOrder[T]):
    """The values of packed rows of them, one after the other.

    Args:
        rows: What holds them.
    """

    def __init__(self, rows: Packed[tuple[T, ...]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._rows)

    def __len__(self) -> int:
        return sum(map(len, self._rows))


class _ByName(Mapping[str, T]):
    def __init__(self, held: Mapping[str, bytes]) -> None:
        self._held = held

    def __getitem__(self, name: str) -> T:
        value: T = _unpacked(self._held[name])
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), _QUICK)


def _unpacked(held: bytes) -> Any:
    return pickle.loads(zlib.decompress(held))  # noqa: S301 - packed in this process
