"""How law is cited: the instrument, what was read of it and when, and from which size on it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from generator.model.law import ReadKind
from generator.report.thresholds import amount_of_law, limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from generator.model import Finding, Instrument, Procedure, Rule
    from generator.report.voice import Voice

_BEST_READ = get_args(ReadKind)[:-1]
BINDING = ("prohibited", "conditional", "permitted", "encouraged")
"""The effects of rules, the strictest first."""


def reading(read: Rule | Instrument | Procedure, voice: Voice) -> str:
    """What was read and when, in a few words; a blank day is nothing read."""
    if not read.read_kind:
        return voice.say("reading.unrecorded")
    return _told(read.read_kind, read.checked_on, voice)


def sign(read: Rule | Procedure, voice: Voice) -> str:
    """What was read as one short sign, which `legend` explains; marked where it was read too late."""
    return _sign(read.read_kind, read.checked_on, voice)


def _sign(kind: str, day: date | None, voice: Voice) -> str:
    if not kind:
        return voice.say("reading.sign.unrecorded")
    text = voice.say(f"reading.sign.{'none' if day is None else kind}")
    is_marked = kind != "none" and is_later(day, voice)
    return voice.say("reading.sign.later", sign=text) if is_marked else text


def texts_of(procedure: Procedure, voice: Voice) -> list[str]:
    """The texts that a procedure rests on, one by one, each with the sign of what was read of it."""
    return [
        voice.say("law.cited", instruments=part, reading=_sign(kind, procedure.checked_on, voice))
        for part, kind in kinds_of(procedure, voice)
    ]


def kinds_of(procedure: Procedure, voice: Voice) -> list[tuple[str, str]]:
    """The texts that a procedure rests on, each with what was read of it."""
    parts = _parted(voice.name(procedure.basis), voice.say("clause.separator").strip())
    # Of texts read alike the row says it once for all; more kinds than texts would name the wrong ones.
    kinds: Sequence[str] = procedure.basis_read
    if len(kinds) != len(parts):
        kinds = [procedure.read_kind or "none"] * len(parts)
    return list(zip(parts, kinds, strict=True))


def first_read(procedure: Procedure) -> str:
    """What was read of the text that a procedure names first, which a short citation of it speaks of."""
    return procedure.basis_read[0] if procedure.basis_read else procedure.read_kind or "none"


def based(procedure: Procedure, voice: Voice) -> str:
    """All that a procedure rests on in one line: a sign for each text, or one where all were read alike."""
    if len(set(procedure.basis_read)) > 1:
        return voice.clauses(texts_of(procedure, voice))
    return voice.say(
        "law.cited", instruments=voice.name(procedure.basis), reading=sign(procedure, voice)
    )


def _parted(text: str, mark: str) -> list[str]:
    """A list of texts, parted at its marks outside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "(（") - (letter in ")）")
        if letter == mark and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def signed(read: Rule, voice: Voice) -> str:
    """The sign with the day, for a register; a day after that of the law is told as such."""
    kind = "none" if read.checked_on is None else read.read_kind
    text = voice.say(f"reading.sign.{kind}")
    if kind == "none":
        return text
    key = "reading.signed_later" if is_later(read.checked_on, voice) else "reading.signed"
    return voice.say(key, sign=text, date=voice.date(read.checked_on))


def legend(rules: Iterable[Rule], voice: Voice) -> str:
    """What the signs mean, when the texts were read, and that some were read too late."""
    days = sorted({rule.checked_on for rule in rules if rule.checked_on is not None})
    parts = [voice.say("reading.legend")]
    if days:
        key = "reading.legend_days" if len(days) > 1 else "reading.legend_day"
        parts.append(voice.say(key, first=voice.date(days[0]), last=voice.date(days[-1])))
    if days and is_later(days[-1], voice):
        parts.append(voice.say("reading.legend_later", date=voice.date(voice.as_of)))
    return voice.run_on(parts)


def is_later(day: date | None, voice: Voice) -> bool:
    """Whether a text was read after the day whose law is told: it may be younger than that law."""
    return day is not None and voice.as_of is not None and day > voice.as_of


def sites(rule: Rule, voice: Voice) -> str:
    """Where it was read: sites and collections, which are no authority; empty for nothing read."""
    if not rule.is_read:
        return ""
    names = []
    for page in rule.read_locator.split(";"):
        address = re.search(r"https?://\S+", page)
        collection = re.match(r"\s*([\w-]+/[\w-]+)", page)
        if address:
            names.append(urlsplit(address[0]).hostname or address[0])
        elif collection:
            names.append(collection[1])
    return voice.say("reading.at", sites=voice.join(dict.fromkeys(names))) if names else ""


def cited(rules: Iterable[Rule], voice: Voice) -> str:
    """The instruments of rules, each once, with what was read; those read alike together."""
    return _alike(rules, voice, lambda own: read_of(own, voice))


def in_brief(rules: Sequence[Rule], name: str, voice: Voice) -> str:
    """One instrument by a name, with what was read of these rules in a word and no day."""
    kinds = (voice.say(f"reading.brief.{kind}") for kind in kinds_read(rules))
    read = voice.say("reading.signs").join(kinds)
    return voice.say("law.cited", instruments=name, reading=read)


def _alike(rules: Iterable[Rule], voice: Voice, reading: Callable[[Sequence[Rule]], str]) -> str:
    """The instruments of rules, each once; those of one reading together, with it behind them."""
    held: dict[str, list[Rule]] = {}
    for rule in rules:
        held.setdefault(voice.short_instrument(rule), []).append(rule)
    alike: dict[str, list[str]] = {}
    for name, own in held.items():
        alike.setdefault(reading(own), []).append(name)
    return voice.say("clause.separator").join(
        voice.say(
            "law.cited" if len(names) == 1 else "law.cited_alike",
            instruments=voice.join(names), reading=read,
        )
        for read, names in alike.items()
    )  # fmt: skip


def kinds_read(rules: Iterable[Rule]) -> list[str]:
    """What was read of rules, the best first, each kind once; `none` for nothing."""
    every = sorted(rules, key=_order)
    return list(dict.fromkeys(rule.read_kind if rule.is_read else "none" for rule in every))


def coded(rules: Iterable[Rule], voice: Voice) -> str:
    """The instruments of rules, each once, with the signs of what was read of it."""
    held: dict[str, list[Rule]] = {}
    for rule in rules:
        held.setdefault(voice.short_instrument(rule), []).append(rule)
    return voice.clauses(
        voice.say("law.cited", instruments=name, reading=signs(own, voice))
        for name, own in held.items()
    )


def placed(rule: Rule, voice: Voice) -> str:
    """The instrument and article of a rule with the sign of what was read."""
    name, article = voice.short_instrument(rule), voice.article(rule)
    name = _with_article(name, article, rule, voice) if article else name
    return voice.say("law.cited", instruments=name, reading=sign(rule, voice))


def _with_article(name: str, article: str, rule: Rule, voice: Voice) -> str:
    if article != rule.article:
        return voice.say("instrument.placed", instrument=name, article=article)
    return voice.say("instrument.separator").join((name, article))


def in_part(rule: Rule, name: str, voice: Voice) -> str:
    """An instrument by a name, with the article where the others of it were read differently."""
    article = voice.article(rule)
    is_whole = len(voice.readings(rule.instrument.instrument_id)) <= 1
    return name if is_whole or not article else _with_article(name, article, rule, voice)


def placed_together(rules: Iterable[Rule], voice: Voice) -> str:
    """The instruments of rules, each once, with all their articles and the signs of what was read."""
    held: dict[str, list[Rule]] = {}
    for rule in rules:
        held.setdefault(voice.short_instrument(rule), []).append(rule)
    named = []
    for name, own in held.items():
        articles = dict.fromkeys(article for rule in own if (article := voice.article(rule)))
        told = voice.say("instrument.separator").join((name, *_run_on(articles)))
        named.append(voice.say("law.cited", instruments=told, reading=signs(own, voice)))
    return voice.clauses(named)


def _run_on(articles: Iterable[str]) -> list[str]:
    """Articles of one instrument; the word for an article stands before the first alone."""
    told = list(articles)
    word = told[0].partition(" ")[0] + " " if told else ""
    return [*told[:1], *(article.removeprefix(word) for article in told[1:])]


def signs(rules: Iterable[Rule], voice: Voice) -> str:
    """What was read of several rules of one instrument, the best first; each sign once."""
    found = dict.fromkeys(sign(rule, voice) for rule in sorted(rules, key=_order))
    return voice.say("reading.signs").join(found)


def read_of(rules: Sequence[Rule], voice: Voice) -> str:
    """What was read of rules of one instrument: one status for it, by article where pages differ.

    Of one kind of reading the earliest day speaks for the instrument, wherever it is cited.
    """
    on_file = voice.readings(rules[0].instrument.instrument_id)
    kinds: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=_order):
        kinds.setdefault(rule.read_kind if rule.is_read else "none", []).append(rule)
    told = {
        kind: _told(kind, on_file.get(kind, own[0].checked_on), voice)
        for kind, own in kinds.items()
    }
    if len({*on_file, *kinds}) <= 1:
        return voice.run_on(told.values())
    other = voice.say("reading.point" if len(rules) == 1 else "reading.part")
    parts = []
    for kind, own in kinds.items():
        articles = dict.fromkeys(voice.article(rule) for rule in own)
        points = other if "" in articles else voice.join(articles)
        parts.append(voice.say("reading.by_article", points=points, reading=told[kind]))
    return voice.say("list.separator").join(parts)


def _told(kind: str, day: date | None, voice: Voice) -> str:
    if kind == "none" or day is None:
        return voice.say("reading.none")
    key = "reading.read_later" if is_later(day, voice) else "reading.read"
    return voice.say(key, kind=voice.choice("read_kind", kind), date=voice.date(day))


def _order(rule: Rule) -> int:
    """The best read first."""
    return _BEST_READ.index(rule.read_kind) if rule.is_read else len(_BEST_READ)


def cite(rule: Rule, voice: Voice) -> str:
    """One rule's instrument with what was read."""
    return cited((rule,), voice)


def position(effect: str, rules: Iterable[Rule], voice: Voice) -> str:
    """The word for an effect; a bar that only readings carry is no plain bar."""
    is_reading = effect == "prohibited" and is_read_only(rules)
    return voice.say("position.reading" if is_reading else f"status.{effect}")


def is_read_only(rules: Iterable[Rule]) -> bool:
    """Whether no text bars it and the bar is only a reading of one."""
    bars = [rule for rule in rules if rule.effect == "prohibited"]
    return bool(bars) and all(rule.is_reading for rule in bars)


_FIRST = ("limit", "", "operation", "report", "general", "frame")
"""The kinds of duty, the one that binds the thing itself first."""


def by_duty(rules: Iterable[Rule]) -> list[Rule]:
    """Rules with those first that bar or limit the thing itself, and reports and records last.

    Of one kind, those come first that bind from a size on, which a plan can still choose.
    """
    return sorted(
        rules,
        key=lambda rule: (
            rule.effect != "prohibited", _FIRST.index(rule.duty), rule.threshold is None
        ),
    )  # fmt: skip


def condition_of(rule: Rule, voice: Voice) -> str:
    """What a rule says, from which size on, with what a reader must know of it.

    What the text does not say itself is told as a reading of it; a bar of this kind quotes what the
    text says, and its position is the reading.
    """
    text = stated(rule, voice)
    note = rule.reader_note.text(voice.language).rstrip(".。")
    return voice.say("law.noted", condition=text, note=note) if note else text


def stated(rule: Rule, voice: Voice, *, sized: str = "law.sized") -> str:
    """What a rule says without its note, and from which size on or, by another text, that it is reached."""
    text = _asked(rule, voice)
    if rule.threshold is not None:
        text = voice.say(sized, limit=limit(rule.threshold, voice), condition=text)
    return text


def from_amount(rule: Rule, voice: Voice) -> str:
    """What a rule says, from which amount on of a quantity that its sentence names already."""
    text = _asked(rule, voice)
    if rule.threshold is None:
        return text
    key = "law.from_amount" if rule.threshold.operation == ">=" else "law.above_amount"
    quantity, number = rule.threshold.quantity, voice.large(rule.threshold.value)
    return voice.say(key, amount=amount_of_law(quantity, number, voice), condition=text)


def _asked(rule: Rule, voice: Voice) -> str:
    text = voice.name(rule.condition)
    if rule.is_reading and rule.effect != "prohibited":
        text = voice.say("law.as_read", condition=text)
    return text


def missing(rule: Rule, voice: Voice) -> str:
    """What nobody gave, on which it depends whether a rule applies."""
    if rule.threshold is not None:
        return voice.choice("threshold_quantity", rule.threshold.quantity)
    return missing_field(rule, voice)


def missing_field(rule: Rule, voice: Voice) -> str:
    """The Region field that a rule asks for; a dash where it asks for none."""
    condition = rule.region_condition
    return voice.say(f"figure.{condition.figure}") if condition else voice.dash


def reference(rule: Rule, voice: Voice) -> str:
    """The official page where one is on file; said to be unread unless it was what was read."""
    page = rule.instrument.official_locator
    if not page:
        return voice.say("law.no_reference")
    if rule.read_kind == "official" and rule.checked_on is not None:
        return page
    return voice.say("law.reference_unread", page=page)


def rules_of(findings: Iterable[Finding], *effects: str) -> list[Rule]:
    """Rules of those findings with one of the effects, national ones first, oldest first."""
    rules = [rule for found in findings for rule in found.rules if rule.effect in effects]
    return sorted(
        dict.fromkeys(rules),
        key=lambda rule: (rule.jurisdiction not in rule.region_scope, str(rule.in_force_from)),
    )
