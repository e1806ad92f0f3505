"""One language's way of saying things: numbers, dates, names and sentences from the text table."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import field

from generator.model import Fact, Label, Origin, Rule, Said
from generator.report import money
from generator.report.currencies import Purse

_Found = TypeVar("_Found")
_ROLE = "role"
"""The kind of an office that is a part in the project, whoever takes it."""
INDUSTRY = "industry"
"""The group of criteria that compare an industry with that of a reference area."""
OF_SITES = "site"
"""The group of criteria that ask for a unit of the catalogue, whatever the size of the project."""
_PLACED = {
    "§": "instrument.paragraph", "annex": "instrument.annex", "annexes": "instrument.annexes",
    "no.": "instrument.item", "nos.": "instrument.items",
}  # fmt: skip
_PARTS = re.compile(r"(§|annex(?:es)?|nos?\.) ([\dIV][\w.()–-]*(?: b\b)?)")
"""What a place in an instrument is made of, with its number."""
_WHOLE_UNITS = frozenset(
    {"count", "full-time staff", "persons", "m²", "level 1-4", "0/1", "m³/day"}
)


class Voice(Purse, frozen=True):
    """A language, the words of the product and the names in the catalogue."""

    restated: Mapping[str, str] = field(default_factory=dict)
    """Texts of the catalogue to the same with their amounts in another currency."""
    said: dict[str, Said] = field(default_factory=dict)
    """Every sentence by its place, for the results file."""
    as_of: date | None = None
    """The day whose law is told; None where no day is in question."""
    _read: dict[str, dict[str, date | None]] = field(default_factory=dict)
    """What `readings` has found, filled at its first question."""
    _last: dict[str, tuple[object, object, Any]] = field(default_factory=dict)
    """What `once` has made last, by name, with whose words it was made and of what."""

    def once(self, name: str, read: object, make: Callable[[], _Found]) -> _Found:
        """What chapters share, made when the first of them asks; made anew for another object.

        Args:
            name: Of what is made.
            read: All that it is made of beside this voice.
            make: Makes it.
        """
        voice, of, found = self._last.get(name, (None, None, None))
        if voice is not self or of is not read:
            found = make()
            self._last[name] = self, read, found
        made: _Found = found
        return made

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

    def quoted(self, use_id: str) -> str:
        """The name of a use within a sentence."""
        return self.say("quoted", name=self.use(use_id))

    def quoted_uses(self, use_ids: Sequence[str], most: int = 8) -> str:
        """Names of uses within a sentence, shortened when there are many."""
        names = [self.quoted(use_id) for use_id in use_ids]
        if len(names) <= most:
            return self.in_a_row(names)
        return self.say("several", first=self.in_a_row(names[:most]), count=len(names))

    def in_a_row(self, names: Iterable[str]) -> str:
        """Quoted names one after the other, with a word before the last one."""
        *before, last = names
        told = self.say("bodies.separator").join(before)
        return self.say("quoted.last", first=told, second=last) if told else last

    def choice(self, listed: str, value: str) -> str:
        """The label of a choice."""
        label = self.knowledge.choices.get(listed, {}).get(value)
        return label.text(self.language) if label else (value or self.dash)

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
            return money.price(value, criterion.per, self)
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
        name = unit.text(self.language)
        if name in self.say("unit.unsaid").split(";"):
            return number
        return self.say("quantity", value=number, unit=name)

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
            return money.price(value, criterion.per, self, upward=True)
        step = 1.0 if unit.text("en") in _WHOLE_UNITS else 1000.0
        number = self.number(math.copysign(math.ceil(abs(value) * step - 1e-9) / step, value))
        if unit.text("en") == "%":
            return self.say("percent_points", value=number)
        return self.with_unit(number, unit)

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

    def lacking(self, criterion_id: str) -> str:
        """What is to be given for a criterion, in the words of those who have it."""
        criterion = self.knowledge.criteria[criterion_id]
        is_industry = criterion.group == INDUSTRY
        return self.say("before.industry_data") if is_industry else self.name(criterion.name)

    def offices(self, office_keys: Iterable[str]) -> str:
        """Offices in a row; a dash where there are none."""
        return self.join(self.office(key) for key in office_keys) or self.dash

    def instrument(self, rule: Rule) -> str:
        """Title, number, article and issuer; the original title beside a translated one."""
        title = self.title_of(rule)
        original = rule.instrument.title_local or rule.instrument.title.text("en")
        if original and original not in title and not self._is_own(rule):
            title = self.say("instrument.original", title=title, original=original)
        number = rule.instrument.number.text(self.language)
        issuer = rule.instrument.issuer.text(self.language)
        shown = number if number and number not in title else ""
        return self.say("instrument.separator").join(
            part for part in (title, shown, self.article(rule), issuer) if part
        )

    def title_of(self, rule: Rule) -> str:
        """The title in title marks; without them, and marked, where it is not the instrument's own."""
        title, status = self.name(rule.instrument.title), rule.instrument.title_status
        if status == "original":
            return title if "《" in title else self.say("instrument.title", title=title)
        return self.say("instrument.marked", title=title, mark=self.choice("title_status", status))

    def article(self, rule: Rule) -> str:
        """The article in the words of the language, as it stands where it is no plain number."""
        found = re.fullmatch(r"(Art\.|sec\.|ch\.|§|Points) ([\d,()–\-\w ]+)", rule.article)
        if found is None or re.search(r"[A-Za-z]{3}", rule.article.partition(" ")[2]):
            return self._spelt(rule.article)
        kind = {
            "Art.": "article", "sec.": "section", "ch.": "chapter", "§": "paragraph",
            "Points": "point",
        }  # fmt: skip
        key = f"instrument.{kind[found[1]]}"
        return self.say(key, number=found[2].replace(", ", self.say("instrument.numbers")))

    def _spelt(self, article: str) -> str:
        """The paragraphs, annexes and items of a place in the words of the language."""
        if not _PARTS.search(article):
            return article
        text = _PARTS.sub(lambda found: self.say(_PLACED[found[1]], number=found[2]), article)
        return text.replace(", ", self.say("instrument.numbers"))

    def readings(self, instrument_id: str) -> Mapping[str, date | None]:
        """The kinds in which the rules of an instrument were read, each with its earliest day."""
        if not self._read:
            for rule in self.knowledge.rules:
                known = self._read.setdefault(rule.instrument.instrument_id, {})
                kind = rule.read_kind if rule.is_read else "none"
                day = rule.checked_on if rule.is_read else None
                before = known.get(kind)
                known[kind] = min(before, day) if before and day else day
        return self._read.get(instrument_id, {})

    def short_instrument(self, rule: Rule) -> str:
        """How the instrument is cited in running text.

        A document number in brackets or a standard's number names the document by itself; the
        number of an order or a law does not, so those go by their title.
        """
        number = rule.instrument.number.text(self.language)
        is_telling = any(mark in number for mark in "[〔") or number.startswith("GB")
        return number if is_telling else self.title_of(rule)

    def titled_instrument(self, rule: Rule) -> str:
        """How an instrument is cited in running text, a number in brackets behind its title."""
        name = self.short_instrument(rule)
        if not any(mark in name for mark in "[〔"):
            return name
        return self.say("instrument.original", title=self.title_of(rule), original=name)

    def brief_instrument(self, rule: Rule) -> str:
        """The shorter name of an instrument for a first page, else as in running text.

        A number in brackets names nobody to who does not read the script of its code, so its first
        issuer stands beside it.
        """
        if short := rule.instrument.short.text(self.language):
            return short
        name, issuer = self.short_instrument(rule), self.first_issuer(rule)
        return (
            self.say("instrument.of", number=name, issuer=issuer)
            if "[" in name and issuer
            else name
        )

    def first_issuer(self, rule: Rule) -> str:
        """Who issued an instrument; of several the first, and that there are others."""
        first, _, others = rule.instrument.issuer.text(self.language).partition(", ")
        return self.say("instrument.joint", issuer=first) if others else first

    def numbered(self, rule: Rule) -> str:
        """The title of an instrument with its number, or with the day on which it was made."""
        law, title = rule.instrument, self.title_of(rule)
        day = law.adopted_on or law.published_on or law.in_force_from
        number = law.number.text(self.language) or (self.date(day) if day else "")
        parts = [title, number if number and number not in title else ""]
        return self.say("instrument.separator").join(part for part in parts if part)

    def _is_own(self, rule: Rule) -> bool:
        """Whether the reader's language is the one the instrument was written in."""
        order = self.knowledge.jurisdictions.get(rule.jurisdiction)
        return order is not None and order.language == self.language
