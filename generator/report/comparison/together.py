"""What regions share and what they can show each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.comparison.readiness import is_listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import RegionSummary, Requirement, Use
    from generator.report.comparison.row import Regions

_NAMED = 6
_OF_SITES = "site"
"""The group of criteria that a place has or has not: nobody can show another how."""
_PROPOSED = frozenset({"shortlist", "prepare"})


def shared_rows(found: Regions) -> list[dict[str, str]]:
    """Uses that several regions have on their shortlists, the most widely shared first."""
    voice = found.voice
    shared = [
        (use, own)
        for use in voice.knowledge.uses
        if use.category in LISTS and len(own := [r for r in found.all if is_listed(r, use)]) > 1
    ]
    return [
        {
            "use": voice.name(use.name),
            "list": voice.choice("category", use.category),
            "count": str(len(own)),
            "regions": found.places(own),
            "in_programme": str(sum(1 for region in own if region.uses[use.use_id].wave)),
            "conditions": voice.several(_conditions(use, own, found), _NAMED),
            "gaps": voice.several(_gaps(use, own, found), _NAMED),
        }
        for use, own in sorted(shared, key=lambda pair: -len(pair[1]))
    ]


def _conditions(use: Use, own: Sequence[RegionSummary], found: Regions) -> list[str]:
    """Activities of the use that the same rules put under conditions in all of these regions."""
    known = found.voice.knowledge
    held = [set(law.of_use(use.use_id).items()) for law in {one.law for one in own}]
    same = {key for key, (effect, *_) in set.intersection(*held) if effect == "conditional"}
    return [
        found.voice.name(known.activities[key].name)
        for key in use.regulated_activities
        if key in same
    ]


def _gaps(use: Use, own: Sequence[RegionSummary], found: Regions) -> list[str]:
    """Criteria in which every one of these regions is known to be short of the target."""
    known = found.voice.knowledge
    names = []
    for need in known.requirements[use.use_id]:
        partials = [region.uses[use.use_id].partials.get(need.criterion_id) for region in own]
        if all(one is not None and one < 1 for one in partials):
            names.append(found.voice.name(known.criteria[need.criterion_id].name))
    return names


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One need of one use that some regions miss and others meet; points of 100."""

    need: Requirement
    short: tuple[tuple[RegionSummary, float, float], ...]
    """Region, value and points lost, the most lost first."""
    meet: tuple[tuple[RegionSummary, float], ...]

    @property
    def points(self) -> float:
        """Points that all who are short lose together."""
        return sum(lost for _, _, lost in self.short)


def exchange_rows(found: Regions) -> list[dict[str, str]]:
    """For each criterion the use where most is lost while some region meets the target."""
    best: dict[str, _Lesson] = {}
    for lesson in _lessons(found):
        key = lesson.need.criterion_id
        if key not in best or lesson.points > best[key].points:
            best[key] = lesson
    ordered = sorted(best.values(), key=lambda one: (-one.points, one.need.criterion_id))
    return [_exchange(lesson, found) for lesson in ordered]


def _lessons(found: Regions) -> Iterable[_Lesson]:
    """Needs that work can change, of uses that some region proposes or prepares."""
    known = found.voice.knowledge
    for use in known.uses:
        scored = [region for region in found.all if use.use_id in region.uses]
        if not any(region.uses[use.use_id].listed in _PROPOSED for region in scored):
            continue
        for need in known.requirements.get(use.use_id, ()):
            criterion = known.criteria[need.criterion_id]
            if criterion.is_given or criterion.group == _OF_SITES:
                continue
            short, meet = [], []
            for region in scored:
                own = region.uses[use.use_id]
                value = own.values.get(need.criterion_id)
                partial = own.partials.get(need.criterion_id)
                if value is None or partial is None:
                    continue
                if partial < 1:
                    short.append((region, value, need.weight * (1 - partial)))
                else:
                    meet.append((region, value))
            if short and meet:
                short.sort(key=lambda one: -one[2])
                yield _Lesson(need, tuple(short), tuple(meet))


def _exchange(lesson: _Lesson, found: Regions) -> dict[str, str]:
    voice, need = found.voice, lesson.need
    sign = 1 if need.direction == "higher_better" else -1

    def shown(region: RegionSummary, value: float) -> str:
        is_under = need.hard_minimum and value * sign < need.minimum * sign
        return voice.say(
            "comparison.under" if is_under else "comparison.figure",
            region=found.name(region),
            value=found.voice_of(region).amount(value, need.criterion_id),
        )  # fmt: skip

    meet = sorted(lesson.meet, key=lambda one: -one[1] * sign)
    return {
        "criterion": voice.name(voice.knowledge.criteria[need.criterion_id].name),
        "use": voice.use(need.use_id),
        "target": _target(lesson, found),
        "short": found.several([shown(*one[:2]) for one in lesson.short]),
        "meet": found.several([shown(*one) for one in meet]),
        "points": voice.number(lesson.points / len(lesson.short), 1),
    }


def _target(lesson: _Lesson, found: Regions) -> str:
    """The target, in the currency of each region concerned where it is money."""
    need = lesson.need
    regions = [one[0] for one in lesson.short] + [one[0] for one in lesson.meet]
    shown = (found.voice_of(region).amount(need.target, need.criterion_id) for region in regions)
    return found.voice.join(dict.fromkeys(shown))
