"""What the filling of one document may cost: steps, characters and time, drawn on by all it does.

Templates come from strangers. Nothing that grows is barred by name: loops, macros, joined texts,
filters and numbers all pay from one purse, and who empties it ends with one fault.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2.exceptions import SecurityError

_STEPS = 3_500_000
"""Rounds of loops times the tags in them: seventy times what the largest document takes."""
_CHARACTERS = 24_000_000
"""Of all texts that are made on the way, the printed ones among them."""
LONGEST = 1_000_000
"""Characters of one text that an expression makes."""
_SECONDS = 4.5
"""Processor time, which only comes to an end on a template that does nothing but burn it; what is
spent once is tried once more, to tell at which tag."""
_STEPS_A_VALUE, _CHARACTERS_A_VALUE, _SECONDS_A_VALUE = 40, 1_000, 0.0001
"""What each value of the document's data may cost beyond that; the annex takes a tenth of it."""
LARGEST_NUMBER = 2**63
_MOST_HELD = 100_000
"""Values in a list of lists of lists, each counted as often as it is reached."""
_PIECES = 32
_SCALARS = (str, int, float, type(None))

_open: ContextVar[Budget | None] = ContextVar("_open", default=None)


class ExceededError(SecurityError):
    """A template wants more than its document may cost; `what` it wants too much of."""

    def __init__(self, what: str) -> None:
        super().__init__(f"more {what} than one document may take")
        self.what = what


SPENT = (SecurityError, RecursionError)
"""What filling raises when a template wants too much or what it may not."""


def cause_of(fault: BaseException) -> dict[str, str]:
    """What a fault of `SPENT` is called in messages, with what jinja says of it."""
    if isinstance(fault, ExceededError):
        return {"cause": fault.what, "detail": ""}
    if isinstance(fault, RecursionError):
        return {"cause": "depth", "detail": ""}
    return {"cause": "forbidden", "detail": str(fault)[:120]}


def line_of(fault: BaseException) -> int:
    """The line of the innermost template in which a fault arose; 0 where it is not known."""
    line, at = 0, fault.__traceback__
    while at is not None:
        # Jinja puts frames of the template in place of those of the code made from it.
        line = at.tb_lineno if "__jinja_exception__" in at.tb_frame.f_globals else line
        at = at.tb_next
    return line


class Budget:
    """What is left of one document's steps, characters and time.

    Args:
        fields: What the document is filled from: who has much to say may say it at length.
        steps: Rounds of loops, calls of macros and values looked at.
        characters: Length of all texts made, in characters.
        seconds: Processor time from now on.
    """

    __slots__ = ("_characters", "_ends", "_fields", "_steps")

    def __init__(
        self,
        fields: Any = None,
        steps: int = _STEPS,
        characters: int = _CHARACTERS,
        seconds: float = _SECONDS,
    ) -> None:
        self._fields = fields
        self._steps = steps
        self._characters = characters
        self._ends = time.process_time() + seconds

    def step(self, count: int = 1) -> None:
        """Pay for steps.

        Raises:
            ExceededError: None are left.
        """
        self._steps -= count
        if self._steps < 0 and (not self._extended() or self._steps < 0):
            raise ExceededError("rounds")

    def write(self, count: int) -> None:
        """Pay for characters.

        Raises:
            ExceededError: None are left.
        """
        self._characters -= count
        if self._characters < 0 and (not self._extended() or self._characters < 0):
            raise ExceededError("text")

    def _extended(self) -> bool:
        """Whether there was more to be had, once, for the values that the document has to show."""
        if self._fields is None:
            return False
        values = _values(self._fields)
        self._fields = None
        self._steps += values * _STEPS_A_VALUE
        self._characters += values * _CHARACTERS_A_VALUE
        self._ends += values * _SECONDS_A_VALUE
        return True

    def grow(self, count: int) -> None:
        """Pay for one text before it is made.

        Raises:
            ExceededError: It is too long, or no characters are left.
        """
        if count > LONGEST:
            raise ExceededError("text")
        self.write(count)

    def tick(self) -> None:
        """See that there is time left.

        Raises:
            ExceededError: There is none.
        """
        if time.process_time() > self._ends:
            raise ExceededError("time")

    def made(self, value: Any) -> Any:
        """A value that an expression has made, paid for: texts, numbers and lists are bounded.

        Raises:
            ExceededError: It is too large.
        """
        if isinstance(value, str):
            self.grow(len(value))
        elif isinstance(value, int):
            if not -LARGEST_NUMBER < value < LARGEST_NUMBER:
                raise ExceededError("digits")
        elif isinstance(value, list | tuple | dict):
            self.step(held(value))
        return value

    def joined(self, pieces: Iterable[str]) -> str:
        """Many texts as one, paid for while they come."""
        kept: list[str] = []
        some: list[str] = []
        for piece in pieces:
            some.append(piece)
            if len(some) == _PIECES:
                self.write(sum(map(len, some)))
                kept += some
                some = []
        self.write(sum(map(len, some)))
        return "".join([*kept, *some])


@contextmanager
def spending(budget: Budget) -> Iterator[Budget]:
    """Everything filled inside draws on this budget, however many templates it takes."""
    token = _open.set(budget)
    try:
        yield budget
    finally:
        _open.reset(token)


def current() -> Budget:
    """The budget of the document that is being filled; a new one where none was opened."""
    return _open.get() or Budget()


def held(value: Any) -> int:
    """How many values a list, tuple or mapping holds, each counted as often as it is reached.

    Raises:
        ExceededError: They are too many; a list of itself holds endlessly many.
    """
    count, waiting = 1, [value]
    while waiting:
        one = waiting.pop()
        inner = one.values() if isinstance(one, dict) else one
        count += len(inner)
        if count > _MOST_HELD:
            raise ExceededError("values")
        waiting += [each for each in inner if isinstance(each, list | tuple | dict) and each]
    return count


def is_plain(value: Any) -> bool:
    """Whether printing a value prints what a reader expects, and no more than it shows."""
    return isinstance(value, _SCALARS) or hasattr(value, "__html__")


def _values(fields: Any) -> int:
    """How many values the data of a document hold."""
    inner = fields.values() if isinstance(fields, dict) else fields
    return sum(_values(one) if isinstance(one, dict | list | tuple) else 1 for one in inner)
