"""A profile per use of the programme: technical, regulatory, economic, environmental feasibility."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.report.citation import coded, missing
from generator.report.projects import payback
from generator.report.readiness import readiness
from generator.report.tables import begun
from generator.report.thresholds import barred_from

if TYPE_CHECKING:
    from generator.model import Assessment, Contribution, Use, UseReadiness
    from generator.report.voice import Voice


def profiled(assessment: Assessment) -> tuple[str, ...]:
    """The uses that have a profile: those of the programme, or the shortlist where there is none."""
    shortlist = [use_id for ids in assessment.readiness.shortlist.values() for use_id in ids]
    return assessment.programme.uses or tuple(shortlist)


def profile_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """One profile per use of the programme, the first wave before the second."""
    entries = {use.use_id: use for use in voice.knowledge.uses}
    return [_profile(entries[use_id], assessment, voice) for use_id in profiled(assessment)]


def _profile(entry: Use, assessment: Assessment, voice: Voice) -> dict[str, object]:
    use = assessment.readiness.uses[entry.use_id]
    return {
        "id": entry.use_id,
        "name": voice.name(entry.name),
        "what": begun(voice.name(entry.what_it_is)),
        "readiness_line": voice.sentence(
            f"profile.{entry.use_id}", "profile.readiness", score=readiness(use, voice),
            coverage=voice.whole(use.coverage_pct), maturity=voice.choice("maturity", entry.maturity),
        ),
        "technical": _technical(use, voice),
        "regulatory": _regulatory(entry, assessment, voice),
        "economic": _economic(entry, voice),
        "environmental": _environmental(use, voice),
        "cases": voice.clauses(examples(entry.use_id, assessment, voice)),
        "cases_head": voice.say(
            "profile.elsewhere" if is_elsewhere(entry, assessment) else "profile.examples"
        ),
        "failures": voice.text(entry.known_failures_or_cautions),
        "caution": voice.text(entry.scope_caution),
        "evidence": voice.join(entry.evidence_ids),
    }  # fmt: skip


def _technical(use: UseReadiness, voice: Voice) -> str:
    """How many needs are met, and each that is not with its amount."""
    met = sum(1 for part in use.contributions if part.partial == 1.0)
    clauses = [_shortfall(part, voice) for part in use.contributions if part.partial != 1.0]
    key = "profile.technical" if clauses else "profile.technical_all"
    return voice.sentence(
        f"technical.{use.use_id}", key, met=met, needs=len(use.contributions),
        clauses=voice.clauses(clauses),
    )  # fmt: skip


def _shortfall(part: Contribution, voice: Voice) -> str:
    need, fact = part.requirement, part.value.fact
    key = need.criterion_id
    name = voice.name(voice.knowledge.criteria[key].name)
    if fact.value is None:
        is_bounded = part.value.at_least_as_good_as is not None
        return voice.say(
            "profile.unknown_bounded" if is_bounded else "profile.unknown",
            criterion=name, value=_value(part, voice), office=voice.supplier(key),
        )  # fmt: skip
    sign = 1 if need.direction == "higher_better" else -1
    return voice.say(
        voice.directed("profile.short", key), criterion=name,
        value=voice.amount(fact.value, key),
        gap=voice.gap((need.target - fact.value) * sign, key),
        target=voice.amount(need.target, key),
        way=voice.dash if part.partial is None else voice.percent(part.partial),
    )  # fmt: skip


def _value(part: Contribution, voice: Voice) -> str:
    key = part.requirement.criterion_id
    if part.value.fact.value is None and part.value.at_least_as_good_as is not None:
        amount = voice.amount(part.value.at_least_as_good_as, key)
        is_higher = part.requirement.direction == "higher_better"
        return voice.say("at_least" if is_higher else "at_most", value=amount)
    return voice.amount(part.value.fact.value, key)


def _regulatory(entry: Use, assessment: Assessment, voice: Voice) -> str:
    """The position of each regulated activity, its instruments as read, and the barred sizes."""
    finding = assessment.screening.uses[entry.use_id]
    parts = []
    for found in finding.findings:
        rules = [rule for rule in found.rules if rule.effect == found.effect]
        hanging = [rule for rule in found.depends if rule.effect != "permitted"]
        key = (
            "profile.law_part"
            if rules
            else "profile.law_depends"
            if hanging
            else "profile.law_open"
        )
        parts.append(
            voice.say(
                key, activity=voice.name(voice.knowledge.activities[found.activity].name),
                effect=voice.say("status.unread" if found.is_unread else f"status.{found.effect}"),
                instruments=coded(rules or hanging, voice),
                missing=voice.join(dict.fromkeys(missing(one, voice) for one in hanging)),
            )
        )  # fmt: skip
    sizes = [
        voice.say("profile.law_size", limit=barred_from(one, voice), cite=coded((one.rule,), voice))
        for one in finding.barred
        if one.is_certain
    ]
    return voice.sentence(
        f"regulatory.{entry.use_id}", f"profile.law.{finding.told}",
        parts=voice.clauses((*sizes, *parts)),
    )  # fmt: skip


def _economic(entry: Use, voice: Voice) -> str:
    """Catalogue ranges for one unit of scale, and whether they are cited or assumed."""
    unit, scale = voice.name(entry.capex_unit), voice.name(entry.unit_of_scale)
    return voice.sentence(
        f"economic.{entry.use_id}", "profile.economic",
        capex=voice.money(entry.capex_cny_m_low, entry.capex_cny_m_high),
        unit=unit,
        running=voice.span(entry.opex_pct_of_capex_low, entry.opex_pct_of_capex_high, "span.percent"),
        jobs=voice.span(entry.jobs_fte_low, entry.jobs_fte_high, "span.jobs"),
        payback=payback(entry, voice),
        scale="" if scale == unit else voice.say("profile.scale", scale=scale),
        status=voice.choice("numbers_status", entry.numbers_status),
    )  # fmt: skip


def _environmental(use: UseReadiness, voice: Voice) -> str:
    """What the use's environmental criteria come to, in one sentence."""
    parts = _environmental_parts(use, voice)
    if not parts:
        return voice.sentence(f"environmental.{use.use_id}", "profile.environmental_none")
    facts = voice.clauses(parts)
    return voice.sentence(f"environmental.{use.use_id}", "profile.environmental", facts=facts)


def _environmental_parts(use: UseReadiness, voice: Voice) -> list[str]:
    return [
        voice.say(
            "profile.environmental_part",
            criterion=voice.name(voice.knowledge.criteria[part.requirement.criterion_id].name),
            value=_value(part, voice),
            target=voice.amount(part.requirement.target, part.requirement.criterion_id),
        )
        for part in use.contributions
        if voice.knowledge.criteria[part.requirement.criterion_id].is_environmental
    ]


def evidence_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """The evidence that profiles and risks name, each with its source and how far it was checked."""
    entries = {use.use_id: use for use in voice.knowledge.uses}
    named = {key for use_id in profiled(assessment) for key in entries[use_id].evidence_ids}
    named |= {key for one in assessment.risks for key in one.risk.evidence}
    places = {key: voice.knowledge.evidence[key].place.text("en") for key in named}
    order = sorted(named, key=lambda key: (distance(places[key], assessment), key))
    return [_evidence(key, voice) for key in order]


def _host(source: str) -> str:
    """A page by its site; the catalogue holds the full address."""
    return urlsplit(source).hostname or source


def _evidence(evidence_id: str, voice: Voice) -> str:
    """What is claimed, what kind of page says so, of which place, and when it was read."""
    item = voice.knowledge.evidence[evidence_id]
    day = voice.date(item.checked_on) if item.checked_on else voice.say("evidence.day_unknown")
    kind = voice.choice("evidence_kind", item.kind)
    place, source = item.place.text(voice.language), voice.name(item.source)
    if source == kind:
        return voice.say("evidence.unread", id=evidence_id, claim=voice.name(item.claim), kind=kind)
    return voice.say(
        "evidence.item" if place else "evidence.item_placeless", id=evidence_id,
        claim=voice.name(item.claim), kind=kind, place=place,
        source=_host(source), day=day,
    )  # fmt: skip


_SEPARATOR = "; "
"""Between the examples of a use in the English catalogue."""


def examples(use_id: str, assessment: Assessment, voice: Voice) -> list[str]:
    """The examples of a use, the nearest to the region's own legal order first; none where unknown."""
    entry = voice.knowledge.use(use_id)
    text = voice.text(entry.reference_deployments)
    told = text.split(voice.say("clause.separator")) if text else []
    # The English names of places tell where each is; both languages list them alike.
    named = entry.reference_deployments.text("en").split(_SEPARATOR)
    if len(told) != len(named):
        return [text] if text else []
    order = sorted(range(len(told)), key=lambda place: distance(named[place], assessment))
    return [told[place] for place in order]


def cautions(use_id: str, voice: Voice) -> list[str]:
    """What failed elsewhere, or what its catalogue entry warns of; none where nothing is known."""
    text = voice.text(voice.knowledge.use(use_id).known_failures_or_cautions)
    return text.split(voice.say("clause.separator")) if text else []


def distance(case: str, assessment: Assessment) -> int:
    """How far from the region's legal order an example is, by the place that it names.

    Its own order comes first, then those above it, then others under the same one, then the rest.
    """
    known, orders = assessment.knowledge.jurisdictions, _orders(assessment)
    for rank, order in enumerate(orders):
        if order in known and known[order].name.text("en") in case:
            return rank
    is_beside = any(
        one.name.text("en") in case for one in known.values() if set(one.parents) & set(orders)
    )
    return len(orders) + (not is_beside)


def is_elsewhere(entry: Use, assessment: Assessment) -> bool:
    """Whether no example of a use is from the legal order of the region, or the one above it."""
    known, orders = assessment.knowledge.jurisdictions, _orders(assessment)
    if entry.jurisdictions and set(entry.jurisdictions) <= set(orders):
        return False
    cases = entry.reference_deployments.text("en")
    return not any(order in known and known[order].name.text("en") in cases for order in orders)


def _orders(assessment: Assessment) -> tuple[str, ...]:
    """The region's jurisdiction, then those above it."""
    known, code = assessment.knowledge.jurisdictions, assessment.region.jurisdiction
    return (code, *known[code].parents) if code in known else (code,)
