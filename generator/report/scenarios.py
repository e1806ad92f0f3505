"""Scenarios and planned steps: what each changes against the base case, project by project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from generator.report.differences import changed
from generator.report.earnings import fewer_line, priced_line
from generator.report.options import criterion_word
from generator.report.preconditions import awaited_then
from generator.report.projects import EFFECTS, amount_of, named, names, size

if TYPE_CHECKING:
    from generator.model import Assessment, Difference, ScenarioResult
    from generator.model.decisions import Out
    from generator.model.programme import Placement, Precondition, Project
    from generator.report.voice import Voice

_SIZED = 2
_MOST = 8
_NAMED = 2
"""Criteria that tell why a project is out."""
_OF_CRITERIA = frozenset({"minimum", "points"})
"""Reasons that name criteria beside what they say."""
Placed = frozenset[tuple[str, float, int | None]]
"""Uses with size and site."""
_LISTED = (
    "law_changed", "became_viable", "lost_viability", "joins", "leaves", "earlier", "later",
    "resized", "idle",
)  # fmt: skip
"""Changes in the order in which they follow from each other."""
_PLACED = frozenset({"joins", "earlier", "resized"})
_LOOKS = {
    "stays": "viable",
    "out": "missed",
    "resized": "serious",
    "later": "unknown",
    "earlier": "middle",
}
"""The colours of what becomes of a project."""
_FOLLOWED = frozenset({"became_viable", "lost_viability"})
"""Left unsaid of uses that join or leave the programme."""
_SMALL = 0.05
"""Points below which a change of readiness prints as nothing."""


def scenario_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `scenarios` fields: what moves under which, what holds, and what changes nothing.

    What each scenario comes to is said as well: the results have the sentence.
    """
    results = assessment.scenarios
    proposed = frozenset(map(_at, assessment.programme.projects))
    projects = list(enumerate(assessment.programme.projects, start=1))
    for one in results:
        _effect(one, voice)
    # Other projects first, then another size or site alone, then effects alone.
    moving = sorted(
        (one for one in results if _moves(one, voice)),
        key=lambda one: KINDS.index(kind_of(one, proposed)),
    )
    return {
        "intro": _intro(assessment, voice) if results else "",
        "projects": [voice.say("scenarios.code", number=number) for number, _ in projects],
        "key": voice.clauses(
            [
                voice.say("scenarios.key", number=number, use=voice.use(at.use_id))
                for number, at in projects
            ]
        ),
        "moving": [_moving(one, assessment, voice) for one in moving],
        "still": _still(results, voice),
        "points": [
            *_summary(assessment, voice),
            *filter(None, [fewer_line(assessment, voice), priced_line(assessment, voice)]),
        ],
    }


def _intro(assessment: Assessment, voice: Voice) -> str:
    """What scenarios are, and that the second wave may wait in them as it does in the plan."""
    waits = any(one.preconditions for one in assessment.programme.second.projects)
    own = voice.say("scenarios.waits") if waits else ""
    return voice.run_on((voice.say("scenarios.intro"), own))


Kind = Literal["projects", "sizes", "same"]
KINDS: tuple[Kind, ...] = ("projects", "sizes", "same")
"""What a scenario changes of the programme: its projects, a size or site alone, or neither."""


def kind_of(one: ScenarioResult, proposed: Placed) -> Kind:
    """What a scenario changes; a further project of a use that stays is another project."""
    found = one.difference
    moved, further = _replaced(found, proposed)
    if found.joins or found.leaves or found.later or found.earlier or further:
        return "projects"
    return "sizes" if moved else "same"


def kinds_of(assessment: Assessment) -> dict[Kind, int]:
    """How many of the scenarios that apply here change what."""
    proposed = frozenset(map(_at, assessment.programme.projects))
    held = [kind_of(one, proposed) for one in assessment.scenarios if one.is_applicable]
    return {kind: held.count(kind) for kind in KINDS}


def _moves(one: ScenarioResult, voice: Voice) -> bool:
    """Whether other projects begin or are prepared, or an effect prints as another."""
    found = one.difference
    return one.is_applicable and bool(
        found.joins
        or found.leaves
        or found.later
        or found.earlier
        or found.resized
        or any(
            _signed(name, found.effects.get(name, 0.0), voice) != voice.say("none")
            for name in EFFECTS
        )
    )


def _moving(one: ScenarioResult, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What becomes of each project, which join, and how the effects move; a dash where one does not."""
    found, programme = one.difference, assessment.programme
    proposed = frozenset(map(_at, programme.projects))
    moved = {name: _signed(name, found.effects.get(name, 0.0), voice) for name in EFFECTS}
    none = voice.say("none")
    moved_to, further = _replaced(found, proposed)
    # A row holds so many with size and site; of more it names the uses.
    is_short = len(further) <= _SIZED
    beside = names(further, voice) if is_short else voice.uses([at.use_id for at in further])
    sure = [use_id for use_id in found.joins if use_id not in found.waits]
    parts = [
        *([_sized(sure, found, voice)] if sure else []),
        *(_waiting(use_id, found, assessment, voice) for use_id in found.waits),
        *([voice.say("scenarios.another", uses=beside)] if further else []),
        *(
            [
                voice.say(
                    "scenarios.resized", uses=_sized([at.use_id for at in moved_to], found, voice)
                )
            ]
            if moved_to
            else []
        ),
        *_left(one, assessment, voice),
    ]
    return {
        "name": voice.name(one.changes[0].name),
        "projects": [
            _cell(at, wave, one, proposed, voice)
            for wave, own in ((1, programme.first), (2, programme.second))
            for at in own.projects
        ],
        "joins": voice.clauses(parts) or voice.dash,
        **{name: voice.dash if text == none else text for name, text in moved.items()},
    }


def _waiting(use_id: str, found: Difference, assessment: Assessment, voice: Voice) -> str:
    """A use that a scenario only prepares, what it waits for, and whether it counts as in the plan."""
    at = next(one for one in found.placed if one.use_id == use_id)
    waits = [_awaited(one, at, assessment, voice) for one in found.waits[use_id]]
    is_counted = assessment.programme.second.projects
    return voice.say(
        "scenarios.prepared" if is_counted else "scenarios.prepared_only",
        use=_sized([use_id], found, voice), waits=voice.listed(waits),
    )  # fmt: skip


def _awaited(one: Precondition, at: Placement, assessment: Assessment, voice: Voice) -> str:
    """What it waits for in few words, without offices and figures."""
    if one.kind == "signature" or voice.knowledge.is_in_role(one.criterion_id, "institutions"):
        return voice.say("idle.short.signature")
    if one.kind == "criterion":
        return voice.say("idle.short.criterion", criterion=criterion_word(one.criterion_id, voice))
    if one.kind == "unknown":
        return voice.say("scenarios.waits_data", criterion=voice.lacking(one.criterion_id))
    if one.kind == "load":
        return voice.say("scenarios.waits_load")
    return awaited_then(one, at, assessment, voice)


def _left(one: ScenarioResult, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Why projects leave, those on the same ground together; what the scenario's name says is left out."""
    held: dict[tuple[str, str], list[str]] = {}
    for number, at in enumerate(assessment.programme.projects, start=1):
        why = one.out.get(at.use_id)
        if why is not None and why.kind != "dropped":
            code = voice.say("scenarios.code", number=number)
            held.setdefault((why.kind, _wanting(why, one, voice)), []).append(code)
    for (kind, wanting), codes in held.items():
        told = voice.say("plans.list").join(codes)
        reason = voice.say(f"scenarios.out.{kind}", names=wanting)
        if wanting and kind in _OF_CRITERIA:
            reason = voice.say("scenarios.out_for", reason=reason, names=wanting)
        yield voice.say("scenarios.out", projects=told, reason=reason)


def _wanting(why: Out, one: ScenarioResult, voice: Voice) -> str:
    """The limits, or the criteria that the scenario does not itself change, by name; a few."""
    if why.kind == "limits":
        return voice.join(voice.say(f"idle.limit.{name}") for name in why.names)
    moved = {change.target for change in one.changes}
    if moved.intersection(why.names):
        return ""
    told = dict.fromkeys(criterion_word(name, voice) for name in why.names)
    return voice.join([*told][:_NAMED])


def _sized(ids: Sequence[str], found: Difference, voice: Voice) -> str:
    """Uses by name, with the size of those that come in another than one platform."""
    came = {
        one.use_id: one
        for one in found.placed
        if voice.knowledge.use(one.use_id).size_amount is not None
    }
    return voice.several(
        [
            voice.say(
                "project.sized", name=voice.use(use_id), place="",
                size=size(use_id, came[use_id].size, voice),
            )
            if use_id in came
            else voice.use(use_id)
            for use_id in ids
        ],
        _MOST,
    )  # fmt: skip


def _cell(
    at: Project, wave: int, one: ScenarioResult, proposed: Placed, voice: Voice
) -> dict[str, str]:  # fmt: skip
    """Whether a project of the programme stays, moves, changes or goes under a scenario."""
    if _at(at) in map(_at, (*one.first, *one.second)):
        begins = _at(at) in map(_at, one.first)
        kind = "stays" if begins == (wave == 1) else "earlier" if begins else "later"
        return {"text": voice.say(f"scenarios.cell.{kind}"), "band": _LOOKS[kind]}
    others = [own for own in (*one.first, *one.second) if own.use_id == at.use_id]
    other = next((own for own in others if _at(own) not in proposed), None)
    if other is None:
        return {"text": voice.say("scenarios.cell.out"), "band": _LOOKS["out"]}
    grown = "larger" if other.size > at.size else "smaller" if other.size < at.size else ""
    is_moved = other.place.number != at.place.number
    kind = "_".join(filter(None, ["site" if is_moved else "", grown]))
    return {"text": voice.say(f"scenarios.cell.{kind}"), "band": _LOOKS["resized"]}


def _replaced(
    found: Difference, proposed: Placed
) -> tuple[list[Placement], list[Placement]]:  # fmt: skip
    """The projects at another size or site, and those of a use that stays where it is as well."""
    moved = [at for at in found.placed if at.use_id in found.resized and _at(at) not in proposed]
    staying = {at.use_id for at in found.placed if _at(at) in proposed}
    return (
        [at for at in moved if at.use_id not in staying],
        [at for at in moved if at.use_id in staying],
    )


def _at(one: Placement | Project) -> tuple[str, float, int | None]:
    return one.use_id, one.size, one.place.number


def _still(results: Iterable[ScenarioResult], voice: Voice) -> str:
    """The scenarios under which everything stays; empty without any."""
    names = [
        voice.name(one.changes[0].name)
        for one in results
        if one.is_applicable and not _moves(one, voice)
    ]
    if not names:
        return ""
    key = voice.plural_key("scenarios.still", len(names))
    return voice.sentence("scenarios.still", key, count=len(names), names=voice.join(names))


def _signed(effect: str, value: float, voice: Voice) -> str:
    """A change of an effect with its sign; a word for none."""
    amount = amount_of(effect, abs(value), voice)
    if amount == "0":
        return voice.say("none")
    return voice.say("change.up" if value > 0 else "change.down", amount=amount)


def _effect(one: ScenarioResult, voice: Voice) -> str:
    place = f"scenario.{one.scenario_id}"
    if not one.is_applicable:
        return voice.sentence(place, "scenario.not_applicable")
    clauses = list(changes(one.difference, voice))
    if not clauses:
        return voice.sentence(place, "scenario.no_change")
    return voice.sentence(place, "scenario.effect", clauses=voice.clauses(clauses))


def changes(difference: Difference, voice: Voice) -> Iterable[str]:
    """What moves in law, viability, the programme and its effects, a clause each."""
    for kind in _LISTED:
        ids = getattr(difference, kind)
        if kind in _FOLLOWED:
            ids = [
                use_id for use_id in ids if use_id not in (*difference.joins, *difference.leaves)
            ]
        if ids:
            # What begins or moves is told with its size and place.
            where = {one.use_id: named(one, voice) for one in difference.placed}
            told = (
                voice.join(where.get(key, voice.use(key)) for key in ids)
                if kind in _PLACED
                else voice.uses(ids)
            )
            yield voice.say(f"change.{kind}", uses=told, count=len(ids))
    yield from changed(difference.effects, voice)
    if voice.about(abs(difference.capital)) != voice.about(0.0):
        key = "change.capital_more" if difference.capital > 0 else "change.capital_less"
        yield voice.say(key, amount=voice.about(abs(difference.capital)))
    moved = [abs(points) for points in difference.readiness.values() if abs(points) >= _SMALL]
    if moved and not difference.changes_programme:
        yield voice.say("change.readiness", count=len(moved), most=voice.number(max(moved), 1))


def _summary(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The uses of the first wave that stay in it in every scenario that can be run."""
    tried = [one for one in assessment.scenarios if one.is_applicable]
    begun = assessment.programme.first.uses
    if not tried or not begun:
        return
    held = [{placed.use_id for placed in one.first} for one in tried]
    kept = {use_id: sum(use_id in uses for uses in held) for use_id in begun}
    firm = [use_id for use_id, count in kept.items() if count == len(tried)]
    if not firm and len(begun) == 1:
        (count,) = kept.values()
        yield voice.say("scenarios.only", out=len(tried) - count, count=len(tried))
        return
    if firm:
        uses = voice.join(voice.use(use_id) for use_id in firm)
    else:
        uses = voice.say("effects.separator").join(
            voice.say("scenarios.kept_in", use=voice.use(use_id), count=count)
            for use_id, count in kept.items()
        )
    yield voice.sentence(
        "scenarios.firm", "scenarios.firm" if firm else "scenarios.none_firm",
        count=len(tried), uses=uses,
    )  # fmt: skip
