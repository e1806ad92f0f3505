"""The documents that a plan rests on: laws of the programme's projects by level, and local plans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix
from typing import TYPE_CHECKING, Literal, get_args

from generator.model import COMPARATORS, Assessment, BasisDocument, Label, Rule
from generator.model.knowledge import NO_LABEL
from generator.model.law import ReadKind
from generator.report.briefquestions import asked_points
from generator.report.citation import signs
from generator.report.frames import Document, framing, own_frame, settling
from generator.report.lawscope import resting_rules, scope
from generator.report.projects import is_long
from generator.report.quality import document_line
from generator.report.tables import begun, row, table

if TYPE_CHECKING:
    from generator.report.voice import Voice

_MOST, _FEWER, _PARTS, _LOCAL = 10, 7, 2, 3
"""Documents in all, in a long brief, of parts of a legal order, and of the region itself."""
_PART = 2
"""The letters by which codes of one part begin."""
_USES = 2
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ORDER = ("conditional", "prohibited", "encouraged", "permitted")
_READ = get_args(ReadKind)


def law_basis_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """Of the `basis` fields: documents by level, and how many of them were read."""
    rows = [
        one
        for name, own in _levels(assessment, voice)
        for one in (row({"document": name}, "block"), *map(row, own))
    ]
    return {"documents": table("basis.documents", rows), "read": _read(assessment, voice)}


def _levels(assessment: Assessment, voice: Voice) -> list[tuple[str, list[Document]]]:
    """Documents grouped by level, the highest first; a level without one is left out."""
    touched, bars = _touched(assessment), _bars(assessment)
    orders = _from_the_top(
        dict.fromkeys(rules[0].jurisdiction for rules in touched.values()), voice
    )
    is_framed = any(framing(order, assessment, voice) for order in orders)
    # Where newer plans are asked for by name, one whose years are over bears on nothing.
    local = [
        (number, one)
        for number, one in enumerate(assessment.region.basis_documents, start=1)
        if not (is_framed and _is_over(one, voice))
    ][:_LOCAL]
    stated: dict[str, list[Document]] = {}
    for number, one in local:
        whose = _whose(one, assessment, orders, voice)
        stated.setdefault(whose, []).append(_stated(number, one, voice))
    asked = _asked(assessment, voice)
    room = (_FEWER if is_long(assessment) else _MOST) - len(local) - _PARTS
    most = max(2, room // max(1, len(orders)))
    is_alone = len(orders) == 1
    levels: list[tuple[str, list[Document]]] = []
    for order in orders:
        own = [rules for rules in touched.values() if rules[0].jurisdiction == order]
        is_own = order == assessment.region.jurisdiction
        frames = _frames(order, assessment, voice)
        is_barring = bool(bars) and bars[0].jurisdiction == order
        whole = [rules for rules in own if not _is_part(rules[0])]
        lines = [*frames, *settling(order, assessment, voice)]
        lines += [
            _law(rules, assessment, voice)
            for rules in _kept(whole, asked, most - len(lines) - is_barring, assessment)
        ]
        if is_barring:
            lines.append(_line(bars, begun(voice.say("basis.bar")), voice))
        lines += stated.get("top", []) if is_own else []
        _add(levels, _level(order, voice, is_alone=is_alone, is_part=False), lines)
        part = [rules for rules in own if _is_part(rules[0])]
        lines = [_law(rules, assessment, voice) for rules in _kept(part, asked, _PARTS, assessment)]
        if is_own:
            lines += [*own_frame(order, assessment, voice, is_part=True), *stated.get("part", [])]
        name = _part_of(assessment, voice) if is_alone else ""
        _add(levels, name or _level(order, voice, is_alone=is_alone, is_part=True), lines)
        if frames and is_own:
            own_plans = own_frame(order, assessment, voice, is_part=False)
            stated.setdefault("local", [])[:0] = own_plans
    _add(levels, voice.say("basis_level.local"), stated.get("local", []))
    return levels


def _asked(assessment: Assessment, voice: Voice) -> list[str]:
    """The instruments that counsel is asked about, in the order of the questions."""
    rules = (one.question.rule for one in asked_points(assessment, voice))
    return list(dict.fromkeys(rule.instrument.instrument_id for rule in rules))


def _kept(
    own: list[list[Rule]], asked: Sequence[str], most: int, assessment: Assessment
) -> list[list[Rule]]:  # fmt: skip
    """Every instrument that a question to counsel names, then others as far as there is room."""
    held = {rules[0].instrument.instrument_id: rules for rules in own}
    named = [held.pop(key) for key in asked if key in held]
    left = most - len(named)
    return [*named, *(_chosen(list(held.values()), left, assessment) if left > 0 else ())]


def _frames(order: str, assessment: Assessment, voice: Voice) -> list[Document]:
    """The texts of an order that frame the plans of the period of this one."""
    return [
        _line([rule], begun(voice.name(rule.condition)), voice)
        for rule in framing(order, assessment, voice)
    ]


def _whose(
    one: BasisDocument, assessment: Assessment, orders: Sequence[str], voice: Voice
) -> Literal["top", "part", "local"]:
    """The level of a document that the region names, by who issued it.

    The region's own where nothing tells, and where its legal order has no level of its own here.
    """
    region, known = assessment.region, voice.knowledge.jurisdictions
    issuer = one.issuer
    above = next((row.reference_area for row in region.industry if row.reference_area), NO_LABEL)
    if region.jurisdiction not in orders or _names(region.name, issuer):
        return "local"
    order = known[region.jurisdiction].name
    if _names(order, issuer) or _is_national(issuer, voice):
        return "top"
    if not _names(above, issuer):
        return "local"
    return "top" if _names(order, above) else "part"


def _names(place: Label, text: Label) -> bool:
    """Whether a text names a place in any language; a province also without that word behind it."""
    told = dict(text.texts)
    return any(
        name in told.get(language, "")
        for language, whole in place.texts
        for name in (whole, whole.rpartition(" ")[0])
        if name
    )


def _is_national(issuer: Label, voice: Voice) -> bool:
    """Whether whoever issued it has also issued law of the whole order."""
    return bool(issuer) and any(
        rule.instrument.issuer == issuer and not rule.region_scope for rule in voice.knowledge.rules
    )


def _add(
    levels: list[tuple[str, list[Document]]], name: str, lines: list[Document]
) -> None:  # fmt: skip
    if lines:
        levels.append((name, lines))


def _stated(number: int, one: BasisDocument, voice: Voice) -> Document:
    """A document that the region names, with what it asks; nobody here has read it.

    One whose title names years that are all over is told as such.
    """
    is_over = _is_over(one, voice)
    return {
        "document": document_line(number, one, voice),
        "uses": begun(voice.text(one.asks)),
        "read": voice.say("basis.stated_over" if is_over else "basis.stated"),
    }


def _is_over(one: BasisDocument, voice: Voice) -> bool:
    """Whether the years that a title names are all over."""
    years = [int(year) for year in _YEAR.findall(voice.name(one.title))]
    return bool(years) and voice.as_of is not None and max(years) < voice.as_of.year


def _read(assessment: Assessment, voice: Voice) -> str:
    """How many instruments hold the rules that the brief rests on, and what was read of them."""
    kinds: dict[str, set[str]] = {}
    for rule in resting_rules(assessment):
        kind = rule.read_kind if rule.is_read else "none"
        kinds.setdefault(rule.instrument.instrument_id, set()).add(kind)
    if not kinds:
        return ""
    counts = Counter(next(iter(own)) if len(own) == 1 else "mixed" for own in kinds.values())
    parts = [
        voice.say(f"basis_read.{kind}", count=counts[kind])
        for kind in (*_READ, "mixed")
        if counts[kind]
    ]
    return voice.sentence(
        "basis.read", "basis.read", count=len(kinds), scope=scope(assessment, voice),
        parts=voice.say("effects.separator").join(parts),
    )  # fmt: skip


def _touched(assessment: Assessment) -> Mapping[str, list[Rule]]:
    """Rules that bear on the programme's projects by the instrument that holds them; no frames."""
    uses = assessment.programme.uses or assessment.confidence.uses
    found: dict[str, dict[Rule, None]] = {}
    for use_id in uses:
        for one in assessment.screening.of_use(use_id).findings:
            for rule in one.rules:
                if rule.duty != "frame":
                    found.setdefault(rule.instrument.instrument_id, {})[rule] = None
    return {key: list(rules) for key, rules in found.items()}


def _bars(assessment: Assessment) -> list[Rule]:
    """The rules of the instrument that bars most of what no plan may hold."""
    found: dict[str, dict[Rule, None]] = {}
    for use in assessment.knowledge.uses:
        if use.category == COMPARATORS and use.use_id in assessment.screening.uses:
            for one in assessment.screening.of_use(use.use_id).findings:
                for rule in one.rules if one.effect == "prohibited" else ():
                    found.setdefault(rule.instrument.instrument_id, {})[rule] = None
    if not found:
        return []
    best = max(found.values(), key=lambda rules: (-_worst(list(rules)), len(rules)))
    return list(best)


def _worst(rules: Sequence[Rule]) -> int:
    return max(_READ.index(rule.read_kind) for rule in rules)


def _is_part(rule: Rule) -> bool:
    """Whether it is the law of one part of its legal order.

    What names places of several parts, such as the cities of a national pilot, stands above them:
    codes of one part begin alike, those of a German one with the letters of the country besides.
    """
    if rule.jurisdiction in rule.region_scope:
        return False
    shared = commonprefix(list(rule.region_scope))  # noqa: RUF071 - codes, no paths
    return len(shared) >= _PART and shared != rule.jurisdiction


def _chosen(own: list[list[Rule]], most: int, assessment: Assessment) -> list[list[Rule]]:
    """The first of them: those that set conditions, that were read, on the most projects.

    Each project of the first wave has the one on the activity that the fewest uses share, then each
    project one before any has two. What encourages is the reason for a plan, so one of it stands beside the
    conditions.
    """
    ordered = sorted(
        own,
        key=lambda rules: (
            min(_ORDER.index(rule.effect) for rule in rules), _worst(rules) == _READ.index("none"),
            not rules[0].instrument.number.text("en"), -len(rules), rules[0].rule_id,
        ),
    )  # fmt: skip
    if len(ordered) <= most:
        return ordered
    wished = [rules for rules in ordered if rules[0].effect == "encouraged"][:1]
    binding = [rules for rules in ordered if rules[0].effect != "encouraged"]
    uses = {id(rules): set(_uses(rules, assessment)) for rules in ordered}
    first: list[list[Rule]] = []
    for use_id in assessment.programme.first.uses:
        own = [rules for rules in ordered if use_id in uses[id(rules)]]
        if own:
            narrowest = min(own, key=lambda rules: _shared(rules, use_id, assessment))
            first += [narrowest] if narrowest not in first else []
    covered = {use_id for rules in first for use_id in uses[id(rules)]}
    for rules in binding:
        new = uses[id(rules)] - covered
        covered |= new
        first += [rules] if new else []
    wished = [rules for rules in wished if rules not in first]
    rest = [rules for rules in binding if rules not in first]
    return [*[*first, *rest][: most - len(wished)], *wished]


def _shared(rules: Sequence[Rule], use_id: str, assessment: Assessment) -> tuple[int, int]:
    """How many uses of the catalogue share the rarest activity of a use that rules bear on.

    With its place among the activities of the use, which begin with what it is about.
    """
    every = assessment.knowledge.uses
    own = assessment.knowledge.use(use_id).regulated_activities
    return min(
        (
            (sum(rule.activity in other.regulated_activities for other in every), place)
            for rule in rules
            for place, activity in enumerate(own)
            if activity == rule.activity
        ),
        default=(len(every), 0),
    )


def _from_the_top(orders: Iterable[str], voice: Voice) -> list[str]:
    """Legal orders, what stands above before what it holds."""
    known = voice.knowledge.jurisdictions

    def depth(order: str) -> int:
        parents = known[order].parents if order in known else ()
        return 1 + max((depth(one) for one in parents), default=0)

    return sorted(orders, key=depth)


def _part_of(assessment: Assessment, voice: Voice) -> str:
    """The part of the country that the region lies in, by name; empty where none is on file."""
    code = assessment.region.admin_code
    for one in voice.knowledge.places:
        if code and one.stands_for and one.holds(code):
            return voice.say("basis_level.part_named", place=voice.name(one.name))
    return ""


def _level(order: str, voice: Voice, *, is_alone: bool, is_part: bool) -> str:
    if is_alone:
        return voice.say("basis_level.part" if is_part else "basis_level.top")
    name = voice.name(voice.knowledge.jurisdictions[order].name)
    return voice.say("basis_level.part_of", place=name) if is_part else name


def _uses(rules: Sequence[Rule], assessment: Assessment) -> list[str]:
    """The projects that an instrument bears on."""
    wanted = frozenset(rules)
    return [
        use_id
        for use_id in assessment.programme.uses or assessment.confidence.uses
        if any(
            not wanted.isdisjoint(one.rules) for one in assessment.screening.of_use(use_id).findings
        )
    ]


def _law(rules: Sequence[Rule], assessment: Assessment, voice: Voice) -> Document:
    return _line(rules, voice.uses(_uses(rules, assessment), _USES), voice)


def _line(rules: Sequence[Rule], uses: str, voice: Voice) -> Document:
    """Title, number and issuer of an instrument, whom it bears on and what was read of it."""
    law = rules[0].instrument
    # A number names who issued it, save one that spells the code of another script.
    issuer = "" if law.number else law.issuer.text(voice.language)
    if "[" in law.number.text(voice.language):
        issuer = voice.first_issuer(rules[0])
    parts = [voice.numbered(rules[0]), issuer]
    document = voice.say("instrument.separator").join(part for part in parts if part)
    return {
        "document": voice.sentence(f"basis.{law.instrument_id}", "basis.law", document=document),
        "uses": uses,
        "read": signs(rules, voice),
    }
