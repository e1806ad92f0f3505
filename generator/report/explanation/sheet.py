"""A page of a terminal, and the words that several parts of an explanation share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.report.textable import rows

if TYPE_CHECKING:
    from generator.model import Placement, ProjectSite
    from generator.report.voice import Voice

WIDE = 100
"""Places of a line."""
_SAME = 1e-9
_FINE = 6
"""Decimals of numbers that a reader may calculate with."""


class Sheet(Struct, frozen=True):
    """Lines of at most 100 places in one language."""

    voice: Voice

    def say(self, key: str, **args: object) -> str:
        """A text of the table."""
        return self.voice.say(key, **args)

    def text(self, key: str, **args: object) -> Iterator[str]:
        """A text over the whole width."""
        yield from rows([(self.say(key, **args),)], [WIDE])

    def head(self, key: str, **args: object) -> Iterator[str]:
        """A blank line and a heading."""
        yield ""
        yield from self.text(key, **args)

    def table(
        self, heads: Sequence[str], widths: Sequence[int], body: Iterable[Sequence[object]]
    ) -> Iterator[str]:
        """Column heads, then rows whose cells are texts or paragraphs."""
        named = [(self.say(f"explain.head.{key}"),) for key in heads]
        yield from rows(named, widths)
        for cells in body:
            shown = [(cell,) if isinstance(cell, str) else _paragraphs(cell) for cell in cells]
            yield from rows(shown, widths)

    def fine(self, value: float | None) -> str:
        """A number as exactly as a sum by hand needs it."""
        return self.voice.number(value, _FINE)

    def points(self, value: float) -> str:
        """Hundredths of the attainable, of a value in shares."""
        return self.voice.number(100.0 * value, 2)

    def signed(self, value: float, shown: str) -> str:
        """An amount, given without its sign, as more or less."""
        if abs(value) < _SAME:
            return self.say("explain.signed.same")
        return self.say(f"explain.signed.{'more' if value > 0 else 'less'}", value=shown)

    def change(
        self, effects: Mapping[str, float], base: Mapping[str, float], capital: float, loss: float
    ) -> str:
        """What another first wave changes, in points and in natural units; what stays is left out.

        Args:
            effects: What the other brings.
            base: What the first wave brings.
            capital: CNY m more.
            loss: Value less, in shares of the attainable.
        """
        voice = self.voice
        parts = [
            self.say(
                "explain.delta.points", value=self.signed(-loss, self.points(abs(loss)))
            )
        ]  # fmt: skip
        for name in ("jobs", "power", "served"):
            delta = effects.get(name, 0.0) - base.get(name, 0.0)
            if abs(delta) >= _SAME:
                value = self.signed(delta, voice.number(abs(delta)))
                parts.append(self.say(f"explain.delta.{name}", value=value))
        if abs(capital) >= _SAME:
            amount = self.signed(capital, voice.millions(abs(capital)))
            parts.append(self.say("explain.delta.capital", value=amount))
        return voice.join(parts)

    def place(self, place: ProjectSite) -> str:
        """The name of a site, or that none is needed."""
        if place.number is None:
            return self.say("explain.no_site")
        return self.voice.name(place.name)

    def size(self, size: float, *, is_platform: bool) -> str:
        """A size in units of scale, or the one platform of a blockchain use."""
        if is_platform:
            return self.say("explain.platform")
        return self.say("explain.size", size=self.voice.number(size))

    def wave(self, placements: Sequence[Placement]) -> str:
        """The uses of a wave with their sizes."""
        shown = []
        for one in placements:
            use = self.voice.knowledge.use(one.use_id)
            name = self.voice.name(use.name)
            if use.category != "blockchain":
                name = self.say(
                    "explain.placed", use=name, size=self.size(one.size, is_platform=False)
                )
            shown.append(name)
        return self.voice.join(shown) or self.say("explain.nothing")

    def institutions(self, types: Iterable[str]) -> str:
        """Types of bodies."""
        return self.voice.join(self.voice.choice("institution_type", one) for one in types)

    def criterion(self, criterion_id: str) -> str:
        """The name of a criterion."""
        return self.voice.name(self.voice.knowledge.criteria[criterion_id].name)

    def resource(self, name: str, amount: float | None) -> str:
        """An amount of a limit in its own unit, money in the document's currency."""
        if amount is None:
            return self.voice.dash
        return self.voice.millions(amount) if name == "capex" else self.voice.number(amount)


def _paragraphs(cell: object) -> tuple[str, ...]:
    return tuple(str(part) for part in cell) if isinstance(cell, tuple) else (str(cell),)
