"""What else could be done: other first waves beside the proposed one, and who would choose them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.choices.rivals import own_plan
from generator.report.differences import between, changed, gap_of, noticed
from generator.report.money import in_one_unit
from generator.report.projects import EFFECTS, amount_of, names

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.choices import Rival
    from generator.model.programme import (
        Alternative,
        Effects,
        Placement,
        Programme,
        Project,
    )
    from generator.report.voice import Voice

_NEXT = frozenset({"runner_up", "other_sizes", "other_uses"})
_WITHIN = "within_limit"
_KINDS = {"both": "together", "larger": "larger"}
"""What the table of alternatives calls the plans to choose between."""


def alternative_rows(
    assessment: Assessment, voice: Voice
) -> tuple[list[dict[str, object]], str]:  # fmt: skip
    """The proposed first wave and every alternative, with what each gives up; none without one.

    The plans to choose between have a table of their own.

    Returns:
        The rows, and the unit of their capital.
    """
    found = assessment.programme
    projects = found.first.projects
    if not projects:
        return [], ""
    told = [(one, against(one.placements, projects, voice)) for one in told_apart(found)]
    # Aims that lead to what is proposed have no row of the same numbers.
    same = [one for one, moved in told if one.placements and not moved]
    rows = [
        _Choice(
            "proposed",
            _proposed(found, same, voice),
            found.first.effects,
            found.first.capital,
            letter=next(
                (letter for kind, letter, _ in plans_told(assessment, voice) if kind == "proposed"),
                "",
            ),
        ),
        *_of_aims([one for one in told if one[0] not in same], found, voice),
    ]
    texts, unit = in_one_unit([(one.capital,) * 2 if one.capital else None for one in rows], voice)
    return [
        {
            "name": voice.clauses(
                [
                    choice_name(one.kind, one.letter, voice),
                    *(voice.say(f"alternative.{kind}") for kind in one.also),
                ]
            ),
            "projects": one.projects,
            **_effects(one.effects, voice),
            "capex": cost if one.capital else voice.say("none"),
            "gives_up": one.gives_up,
        }
        for one, cost in zip(rows, texts, strict=True)
    ], unit


def _of_aims(
    told: Sequence[tuple[Alternative, str]], found: Programme, voice: Voice
) -> Iterable[_Choice]:
    """A row for what aims would choose, with all that would choose the same."""
    aims: dict[tuple[Placement, ...], list[str]] = {}
    for one, _ in told:
        aims.setdefault(one.placements, []).append(one.kind)
    for one, moved in told:
        kind, *also = aims[one.placements]
        if one.kind == kind:
            yield _Choice(
                kind,
                (moved if one.placements else "") or voice.say("none"),
                one.effects,
                one.capital,
                _against(one.effects, found.first.effects, voice) if moved else "",
                also=also,
            )


class _Choice(NamedTuple):
    """A row of the table of alternatives before its capital is in the unit of all."""

    kind: str
    projects: str
    effects: Effects
    capital: float
    gives_up: str = ""
    letter: str = ""
    """Of a plan to choose from."""
    also: Sequence[str] = ()
    """Other aims that would choose the same."""


def choice_name(kind: str, letter: str, voice: Voice) -> str:
    """What a choice is called, with its letter where it is a plan to choose from."""
    name = voice.say(f"alternative.{kind}")
    return voice.say("alternative.plan", letter=letter, name=name) if letter else name


def plans_told(assessment: Assessment, voice: Voice) -> list[tuple[str, str, Rival]]:
    """The plans to choose between with their kind and letter, the proposal first; none where nothing is chosen.

    The letters are those of the table of plans: the first choice has them.
    """
    found = assessment.choices
    if not found:
        return []
    kind = "both" if assessment.programme.second.projects else "proposed"
    first, *letters = voice.say("decision.letters").split(";")
    return [
        (kind, first, own_plan(assessment)),
        *((_kind(one), letter, one) for letter, one in zip(letters, found[0].rivals, strict=False)),
    ]


def _kind(one: Rival) -> str:
    """What the table of alternatives calls a plan: by what opens it."""
    return _KINDS[one.kind] if one.decision is None else f"opened_{one.decision.kind}"


def _proposed(found: Programme, same: Sequence[Alternative], voice: Voice) -> str:
    """The projects of what is proposed, with the aims that would choose the same."""
    projects = voice.join(voice.use(use_id) for use_id in found.first.uses)
    if not same:
        return projects
    aims = voice.clauses(voice.say(f"alternative.{one.kind}") for one in same)
    return voice.say("alternative.proposed_also", projects=projects, aims=aims)


def told_apart(found: Programme) -> Iterable[Alternative]:
    """The alternatives that a reader would call different, each once.

    A swap of sites is told in a sentence, and a plan without projects is doing nothing.
    """
    told: list[tuple[Placement, ...]] = [()]
    for one in found.alternatives:
        if one.kind in EFFECTS and not one.effects.get(one.kind):
            continue  # the most of nothing
        if one.kind in _NEXT and (one.placements in told or one.kind == "runner_up"):
            continue
        if one.kind in {*_NEXT, _WITHIN}:
            told.append(one.placements)
        yield one


def held_plan(assessment: Assessment, voice: Voice) -> tuple[str, str] | None:
    """What the plan that keeps to the limit at the upper ends too costs, and what it brings less.

    None where the proposal keeps to it, and where no plan does.
    """
    found = assessment.programme
    for one in found.alternatives:
        if one.kind == _WITHIN:
            moved = between(one.effects, found.first.effects)
            texts = changed(moved, voice, is_printed=True) or [voice.say("alternative.level")]
            return voice.about(one.capital), voice.say("effects.separator").join(texts)
    return None


def swap_line(assessment: Assessment, voice: Voice) -> str:
    """That the same projects at other sites are worth as much, and what would follow; else empty."""
    found = assessment.programme
    if found.swap is None:
        return ""
    before = {one.use_id: one.place.number for one in found.first.projects}
    moved = [one for one in found.swap.placements if before[one.use_id] != one.place.number]
    key = "programme.swap_more" if found.swap.gain > 0 else "programme.swap"
    return voice.sentence(
        "programme.swap", key, projects=names(moved, voice), second=names(found.swap.second, voice)
    )


def against(placements: Sequence[Placement], projects: Sequence[Project], voice: Voice) -> str:
    """How a choice differs from the proposed first wave; empty where it does not."""
    now = {one.use_id: one for one in placements}
    before = {one.use_id: one for one in projects}
    moved = [
        one
        for key, one in now.items()
        if key in before
        and (one.size, one.place.number) != (before[key].size, before[key].place.number)
    ]
    parts = [
        voice.say(key, projects=shown)
        for key, shown in (
            (
                "alternative.adds",
                names([one for key, one in now.items() if key not in before], voice),
            ),
            ("alternative.drops", voice.join(voice.use(key) for key in before if key not in now)),
            ("alternative.moves", names(moved, voice)),
        )
        if shown not in {"", voice.dash}
    ]
    return voice.clauses(parts)


def _effects(effects: Effects, voice: Voice) -> dict[str, str]:
    """Effects; a word for none."""
    return {
        name: amount_of(name, effects.get(name, 0.0), voice)
        if effects.get(name, 0.0)
        else voice.say("none")
        for name in EFFECTS
    }


def _against(effects: Effects, base: Effects, voice: Voice) -> str:
    """What the alternative brings more and fewer of than the proposed one, short enough for a cell."""
    moved = between(effects, base)
    parts = [
        voice.say(
            "change.up" if moved[name] > 0 else "change.down",
            amount=voice.say(f"change.of.{name}", value=gap_of(name, abs(moved[name]), voice)),
        )
        for name in noticed(moved)
    ]
    return voice.say("effects.separator").join(parts) or voice.say("alternative.level")
