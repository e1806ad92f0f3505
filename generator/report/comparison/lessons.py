"""Who can learn from whom: what one region has done and another still needs for the same use.

A region that is larger, richer or better placed teaches nothing. A lesson is a body that has signed
here and not there, or a target met here and missed there that work of a year can reach and that does
not grow with the size of the place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import RegionSummary, Requirement, Use
    from generator.report.comparison.row import Regions

_SIGNED, _UNTOUCHED = "signed", "none"
_SIGNATURES = "institutions"
"""Role of the criterion that counts signatures, which are told by the bodies themselves."""
_OF_SITES = "site"
_SUM = "sum_"
"""Beginning of the names of roll-ups that grow with the place."""
_LISTED = 10
_PROPOSED = frozenset({"shortlist", "prepare"})


class Lesson(NamedTuple):
    """What some regions have done and others still need."""

    use: Use
    what: str
    done: tuple[tuple[RegionSummary, str], ...]
    """Region and the body that has signed, or the value reached."""
    needed: tuple[tuple[RegionSummary, str], ...]
    """Region and how far it is."""


def lessons(found: Regions) -> list[Lesson]:
    """All lessons, those that help most regions first; a planned use before one on a list."""
    made = [*_signatures(found), *_targets(found)]
    return sorted(made, key=lambda one: (-_planning(one), -len(one.needed)))


def lesson_fields(every: Sequence[Lesson], found: Regions) -> dict[str, object]:
    """The `exchange` fields: the finding, and a row a lesson."""
    voice = found.voice
    if not every:
        sentence = voice.sentence("comparison.lessons", "comparison.lessons_none")
    else:
        first = every[0]
        sentence = voice.sentence(
            "comparison.lessons", "comparison.lessons",
            lessons=voice.plural("comparison.count_lessons", len(every)),
            use=voice.name(first.use.name), what=first.what,
            done=_told(first.done, found), needed=_told(first.needed, found),
        )  # fmt: skip
    return {
        "sentence": sentence,
        "rest": voice.plural("comparison.lessons_rest", len(every) - _LISTED)
        if len(every) > _LISTED
        else "",
        "rows": table(
            "comparison.exchange.rows",
            (
                {
                    "use": voice.name(one.use.name),
                    "what": one.what,
                    "done": _told(one.done, found),
                    "needed": _told(one.needed, found),
                }
                for one in every[:_LISTED]
            ),
        ),
    }


def _planning(one: Lesson) -> int:
    """How many of those in need have the use in their programme."""
    return sum(1 for region, _ in one.needed if region.uses[one.use.use_id].wave)


def _told(pairs: Iterable[tuple[RegionSummary, str]], found: Regions) -> str:
    return found.several(
        [
            found.voice.say("comparison.told", region=found.name(region), said=said)
            for region, said in pairs
        ]
    )


def _wanting(use: Use, found: Regions) -> list[RegionSummary]:
    """Regions that propose the use or prepare it."""
    return [
        region
        for region in found.all
        if use.use_id in region.uses and region.uses[use.use_id].listed in _PROPOSED
    ]


def _signatures(found: Regions) -> Iterator[Lesson]:
    """Bodies that a use cannot do without and that have signed in one region of a legal order."""
    voice = found.voice
    for use in voice.knowledge.uses:
        by_order: dict[str, list[RegionSummary]] = defaultdict(list)
        for region in _wanting(use, found):
            by_order[region.jurisdiction].append(region)
        for own in by_order.values():
            for kinds in _kinds(use, found):
                done, needed = _by_body(use, kinds, own, found)
                if done and needed:
                    yield Lesson(use, _signed(kinds, found), tuple(done), tuple(needed))


def _kinds(use: Use, found: Regions) -> list[tuple[str, ...]]:
    """Kinds of bodies of which one must sign: each that is named so, else any partner."""
    if use.key_institution_types:
        return [(kind,) for kind in use.key_institution_types]
    need = found.voice.knowledge.needs.get(use.use_id)
    return [need.partner_types] if need and need.partner_types else []


def _signed(kinds: Sequence[str], found: Regions) -> str:
    voice = found.voice
    if len(kinds) > 1:
        return voice.say("comparison.lesson.partner")
    return voice.say("comparison.lesson.signed", kind=voice.choice("institution_type", kinds[0]))


def _by_body(
    use: Use, kinds: Sequence[str], regions: Sequence[RegionSummary], found: Regions
) -> tuple[list[tuple[RegionSummary, str]], list[tuple[RegionSummary, str]]]:
    """Regions where such a body has signed, with its name; those where none has, and how far."""
    voice = found.voice
    done, needed = [], []
    for region in regions:
        own = [one for one in region.uses[use.use_id].partners if one.type in kinds]
        signed = [one for one in own if one.status == _SIGNED]
        if signed:
            done.append((region, voice.name(signed[0].name)))
        elif own and own[0].status == _UNTOUCHED:
            needed.append((region, voice.say("comparison.lesson.untouched")))
        elif own:
            needed.append((region, voice.choice("signature_status", own[0].status)))
        else:
            needed.append((region, voice.say("comparison.lesson.nobody")))
    return done, needed


def _targets(found: Regions) -> Iterator[Lesson]:
    """For each criterion the use for which most regions miss a target that another meets."""
    best: dict[str, Lesson] = {}
    for use in found.voice.knowledge.uses:
        for need in found.voice.knowledge.requirements.get(use.use_id, ()):
            lesson = _target(use, need, found) if _is_work(need, found) else None
            known = best.get(need.criterion_id)
            if lesson and (known is None or len(lesson.needed) > len(known.needed)):
                best[need.criterion_id] = lesson
    yield from best.values()


def _is_work(need: Requirement, found: Regions) -> bool:
    """Whether work of a year changes the criterion, and size does not."""
    criterion = found.voice.knowledge.criteria[need.criterion_id]
    return (
        criterion.changeable == "yes"
        and criterion.role != _SIGNATURES
        and criterion.group != _OF_SITES
        and not criterion.rollup_blockchain.startswith(_SUM)
    )


def _target(use: Use, need: Requirement, found: Regions) -> Lesson | None:
    """Who meets the target of a need and who misses it; nothing where all or none do."""
    voice = found.voice
    done: list[tuple[RegionSummary, str]] = []
    needed: list[tuple[RegionSummary, str]] = []
    for region in _wanting(use, found):
        own = region.uses[use.use_id]
        value, partial = own.values.get(need.criterion_id), own.partials.get(need.criterion_id)
        if value is None or partial is None:
            continue
        shown = found.voice_of(region).amount(value, need.criterion_id)
        (done if partial >= 1 else needed).append((region, shown))
    if not done or not needed:
        return None
    what = voice.say(
        "comparison.lesson.target",
        criterion=voice.name(voice.knowledge.criteria[need.criterion_id].name),
        target=voice.amount(need.target, need.criterion_id),
    )
    return Lesson(use, what, tuple(done), tuple(needed))
