"""One language's way of saying things: numbers, dates, names and sentences from the text table."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from generator.model import Knowledge, Label, Said, Texts
from generator.report import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from generator.model import Fact, Origin, Rule
    from generator.report.money import Money

_ROLE = "role"
"""The kind of an office that is a part in the project, whoever takes it."""
_WHOLE_UNITS = frozenset({"count", "FTE", "persons", "m²", "level 1-4", "0/1", "m³/day"})


@lru_cache(maxsize=20_000)
def _written(value: float, decimals: int) -> str:
    """A number with commas between thousands and no idle decimals, the same in every language."""
    # As readers round: halves up, and by the digits that results.json shows.
    shown = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{shown:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, the words of the product and the names in the catalogue."""

    texts: Texts
    language: str
    knowledge: Knowledge
    currencies: Money | None = None
    """What amounts stand in; None for money as the catalogue counts it."""
    restated: Mapping[str, str] = field(default_factory=dict)
    """Texts of the catalogue to the same with their amounts in another currency."""
    said: dict[str, Said] = field(default_factory=dict)
    """Every sentence by its place, for the results file."""

    @property
    def money_in(self) -> Money:
        """The currencies that amounts stand in."""
        return self.currencies or money.in_base(self.knowledge)

    def say(self, key: str, **args: object) -> str:
        """A text of the table with its placeholders filled."""
        return self.texts.say(key, self.language, **args)

    def sentence(self, place: str, key: str, **args: object) -> str:
        """A sentence that documents print; its key and arguments are kept under its place."""
        text = self.say(key, **args)
        self.said[place] = Said(key, {name: str(value) for name, value in args.items()}, text)
        return text

    def name(self, label: Label) -> str:
        """A catalogue or typed text; a dash where there is none."""
        return self.text(label) or self.dash

    def text(self, label: Label) -> str:
        """The same, empty where there is none."""
        text = label.text(self.language)
        return self.restated.get(text, text)

    def use(self, use_id: str) -> str:
        """The name of a use."""
        return self.name(self.knowledge.use(use_id).name)

    def uses(self, use_ids: Sequence[str], most: int = 8) -> str:
        """The names of uses, shortened when there are many; a dash where there are none."""
        return self.several([self.use(use_id) for use_id in use_ids], most)

    def several(self, names: Sequence[str], most: int) -> str:
        """An enumeration, shortened when it is long; a dash where it is empty."""
        if len(names) <= most:
            return self.join(names) or self.dash
        return self.say("several", first=self.join(names[:most]), count=len(names))

    def extent(self, ends: tuple[float, float] | None, scale: float = 1.0) -> str:
        """A range in rounded numbers, one number where its ends print alike; a dash when unknown."""
        if ends is None:
            return self.dash
        low, high = (end * scale for end in ends)
        shown = (self.rounded(low, high), self.rounded(high))
        return shown[0] if shown[0] == shown[1] else self.say("span", low=shown[0], high=shown[1])

    def rounded(self, value: float, beside: float | None = None) -> str:
        """A computed number with no more decimals than its size, or its neighbour's, can bear."""
        size = abs(value if beside is None else beside)
        decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
        # A small end of a wide range is not rounded away.
        return self.number(value, decimals if abs(value) >= 10**-decimals else 3)

    @property
    def dash(self) -> str:
        """What stands for an unknown."""
        return self.say("unknown")

    def choice(self, listed: str, value: str) -> str:
        """The label of a choice."""
        label = self.knowledge.choices.get(listed, {}).get(value)
        return label.text(self.language) if label else (value or self.dash)

    def join(self, items: Iterable[str]) -> str:
        """An enumeration."""
        # Chinese title marks enumerate by themselves.
        return self.say("list.separator").join(items).replace("》、《", "》《")

    def run_on(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other; nothing for none."""
        parts = [sentence for sentence in sentences if sentence]
        if not parts:
            return ""
        return reduce(
            lambda first, second: self.say("letter.cited", first=first, second=second), parts
        )

    # --- numbers ----------------------------------------------------------------------------------

    def number(self, value: float | None, decimals: int = 3) -> str:
        """A number with grouped thousands and no idle decimals; a dash when unknown."""
        if value is None or not math.isfinite(value):
            return self.dash
        text = _written(float(value), decimals)
        if "," not in text:
            return text
        return text.replace(",", self.say("number.group").replace("none", ""))

    def whole(self, value: float) -> str:
        """A score or percentage as a whole number."""
        return self.number(math.floor(value + 0.5), 0)

    def percent(self, share: float) -> str:
        """A share in [0, 1] as whole percent; ends that are not quite reached say so."""
        whole = math.floor(share * 100 + 0.5)
        if whole >= 100 and share < 1:
            return self.say("percent.above", value=99)
        if whole < 1 and share > 0:
            return self.say("percent.below", value=1)
        return self.say("percent", value=whole)

    def large(self, value: float | None) -> str:
        """A large count in the language's own steps (万, 亿), plainly where it has none."""
        if value is None:
            return self.dash
        scales = self.say("number.scales")
        for step in () if scales == "none" else scales.split(";"):
            size, word = step.split(":")
            if abs(value) >= float(size):
                return f"{self.number(value / float(size), 2)}{word}"
        return self.number(value)

    def money(self, low_m: float | None, high_m: float | None) -> str:
        """A range of money of the analysis, in millions; a dash when unknown."""
        if low_m is None or high_m is None:
            return self.dash
        return money.catalogue_range(low_m, high_m, self)

    def millions(self, value_m: float, *, upward: bool = False) -> str:
        """An amount of the analysis, in millions; `upward` for what is missing."""
        return money.millions(value_m, self, upward=upward)

    def about(self, low_m: float | None, high_m: float | None = None) -> str:
        """Computed money in millions, or a range of it, rounded; a dash when unknown."""
        if low_m is None:
            return self.dash
        return money.about(low_m, low_m if high_m is None else high_m, self)

    def own_millions(self, value_m: float | None, currency: str = "") -> str:
        """An amount that the workbook gives in millions of its currency; a dash when unknown."""
        return self.dash if value_m is None else money.own_millions(value_m, self, currency)

    def span(self, low: float | None, high: float | None, key: str = "span") -> str:
        """A range of plain numbers."""
        if low is None or high is None:
            return self.dash
        return self.say(key, low=self.number(low), high=self.number(high))

    def score(self, value: float) -> str:
        """A score as a whole number, never rounded up across the shortlist's threshold."""
        least = self.knowledge.assumed("shortlist_readiness")
        rounded = math.floor(value + 0.5)
        return self.number(rounded - 1 if value < least <= rounded else rounded, 0)

    def amount(self, value: float | None, criterion_id: str) -> str:
        """A criterion value with its unit."""
        if value is None:
            return self.dash
        criterion = self.knowledge.criteria[criterion_id]
        unit = criterion.unit
        if criterion.is_money:
            return money.price(value, unit, self)
        if unit.text("en") == "0/1":
            return self.say("flag.yes" if value else "flag.no")
        return self.with_unit(self.number(value), unit)

    def amount_in(self, role: str, value: float | None) -> str:
        """A value with the unit of the criterion that plays a part in the method."""
        criterion = self.knowledge.in_role(role)
        return self.amount(value, criterion.criterion_id) if criterion else self.number(value)

    def with_unit(self, number: str, unit: Label) -> str:
        """A formatted number and a unit, without words that only explain a scale."""
        if unit.text("en") in {"%", "percent"}:
            return self.say("percent", value=number)
        if unit.text(self.language) in {"ratio", "比值", "level 1-4", "级（1—4）", "count"}:
            return number
        return self.say("quantity", value=number, unit=unit.text(self.language))

    def directed(self, key: str, criterion_id: str) -> str:
        """The key of a sentence on a gap: more is missing, less would be needed, or yes is."""
        criterion = self.knowledge.criteria[criterion_id]
        if criterion.unit.text("en") == "0/1":
            return f"{key}_flag"
        return f"{key}_lower" if criterion.direction == "lower_better" else key

    def gap(self, value: float, criterion_id: str) -> str:
        """A missing amount with its unit, rounded away from zero so that it is never too small."""
        criterion = self.knowledge.criteria[criterion_id]
        unit = criterion.unit
        if criterion.is_money:
            return money.price(value, unit, self, upward=True)
        step = 1.0 if unit.text("en") in _WHOLE_UNITS else 1000.0
        number = self.number(math.copysign(math.ceil(abs(value) * step - 1e-9) / step, value))
        if unit.text("en") == "%":
            return self.say("percent_points", value=number)
        return self.with_unit(number, unit)

    # --- dates, sources, law ----------------------------------------------------------------------

    def date(self, day: date | None) -> str:
        """A date in full; a dash when unknown."""
        if day is None:
            return self.dash
        month = self.say(f"month.{day.month}")
        return self.say("date", day=day.day, month=month, year=day.year)

    def month_of(self, iso: str) -> str:
        """A year and month such as 2026-06 in words; as it stands where it is none."""
        year, _, month = iso.partition("-")
        if not month:
            return iso
        return self.say("plan.calendar", month=self.say(f"month.{int(month)}"), year=year)

    def period(self, iso: str) -> str:
        """An ISO date, month or year; a dash when unknown."""
        return iso or self.dash

    def grade(self, grade: str) -> str:
        """A data grade with its word; grade D says illustrative or assumed."""
        return self.say(f"grade.{grade}")

    def source(self, fact: Fact) -> str:
        """Where a fact comes from."""
        return self.name(fact.source)

    def cells(self, origins: Iterable[Origin], most: int = 4) -> str:
        """Cell references, shortened when a value rests on many."""
        places = [str(origin) for origin in origins]
        if len(places) <= most:
            return self.join(places) or self.dash
        return self.say("cells.more", first=self.join(places[:most]), count=len(places) - most)

    def office(self, office_key: str) -> str:
        """What the legal order calls an office."""
        return self.name(self.knowledge.office(office_key).name)

    def lead(self, office_key: str) -> str:
        """An office that leads; one that the local government does not direct is asked to."""
        office = self.knowledge.office(office_key)
        name = self.office(office_key)
        is_told = office.directed or office.kind == _ROLE
        return name if is_told else self.say("lead.asked", office=name)

    def supplier(self, criterion_id: str) -> str:
        """The office that is asked for a criterion's value."""
        return self.office(self.knowledge.criteria[criterion_id].owner_office)

    def offices(self, office_keys: Iterable[str]) -> str:
        """Offices in a row; a dash where there are none."""
        return self.join(self.office(key) for key in office_keys) or self.dash

    def instrument(self, rule: Rule) -> str:
        """Title, number, article and issuer; the original title beside a translated one."""
        title = self._title(rule)
        original = rule.instrument.title_local or rule.instrument.title.text("en")
        if original and original not in title and not self._is_own(rule):
            title = self.say("instrument.original", title=title, original=original)
        number = rule.instrument.number.text(self.language)
        issuer = rule.instrument.issuer.text(self.language)
        shown = number if number and number not in title else ""
        return self.say("instrument.separator").join(
            part for part in (title, shown, self._article(rule), issuer) if part
        )

    def _title(self, rule: Rule) -> str:
        """The title in title marks; without them, and marked, where it is not the instrument's own."""
        title, status = self.name(rule.instrument.title), rule.instrument.title_status
        if status == "original":
            return title if "《" in title else self.say("instrument.title", title=title)
        return self.say("instrument.marked", title=title, mark=self.choice("title_status", status))

    def _article(self, rule: Rule) -> str:
        """The article in the words of the language, as it stands where it is no plain number."""
        found = re.fullmatch(r"(Art\.|sec\.|ch\.|§) ([\d,()–\-\w ]+)", rule.article)
        if found is None or re.search(r"[A-Za-z]{3}", rule.article.partition(" ")[2]):
            return rule.article
        kind = {"Art.": "article", "sec.": "section", "ch.": "chapter", "§": "paragraph"}
        key = f"instrument.{kind[found[1]]}"
        return self.say(key, number=found[2].replace(", ", self.say("instrument.numbers")))

    def short_instrument(self, rule: Rule) -> str:
        """How the instrument is cited in running text.

        A document number in brackets or a standard's number names the document by itself; the
        number of an order or a law does not, so those go by their title.
        """
        number = rule.instrument.number.text(self.language)
        is_telling = any(mark in number for mark in "[〔") or number.startswith("GB")
        return number if is_telling else self._title(rule)

    def _is_own(self, rule: Rule) -> bool:
        """Whether the reader's language is the one the instrument was written in."""
        is_chinese = rule.jurisdiction.split("-")[0] == "CN"
        return (
            is_chinese if self.language.startswith("zh") else rule.jurisdiction[:2] in {"US", "EU"}
        )
