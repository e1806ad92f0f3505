"""What every room shares: labels, facts with their origin, conversions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from generator.problems import Origin

Category = Literal["blockchain", "power_reuse", "mining_and_trading"]
LISTS: tuple[Category, ...] = ("blockchain", "power_reuse")
COMPARATORS: Category = "mining_and_trading"


CNY_M = "CNY m"
"""The unit of money inside the analysis: millions of the currency the catalogue counts in."""


class Label(Struct, frozen=True):
    """One printed text in every language it exists in; shape: (language, text) pairs."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The text in that language, else the one that exists, else an empty string."""
        first = ""
        for code, text in self.texts:
            if code == language and text:
                return text
            first = first or text
        return first

    def arguments(self, name: str) -> dict[str, Any]:
        """The text in every language, as the arguments of a problem: `name_en` and so on."""
        return {f"{name}_{ending}": self.text(tag) for tag, ending in LANGUAGES.items()}

    def __bool__(self) -> bool:
        return bool(self.texts)


class Fact(Struct, frozen=True):
    """A number with its unit, plausible range, quality and every cell it came from.

    `value` is None when unknown; the origin then names the blank cell. `as_of` is an ISO date, or
    its first part where only the year or month is known. `grade` is A (measured) to D (assumed).
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    grade: str = "D"
    source: Label = Label()
    as_of: str = ""
    origins: tuple[Origin, ...] = ()
    stream: str = ""
    """The record and column it stands for, whatever row they are in: the name of its draws."""


class Conversion(Struct, frozen=True):
    """A cell that was read as something other than its literal content, and by which rule."""

    origin: Origin
    found: str
    value: str
    rule: str
    header: Label = Label()
    """The header of its column, where that is known."""
