"""What else could be done: other first waves beside the proposed one, and who would choose them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.choices.rivals import own_plan
from generator.choices.worth import dearer_by, of_both, scale_of
from generator.report.differences import changed, noticed
from generator.report.money import in_one_unit
from generator.report.plan import told as told_plan
from generator.report.projects import EFFECTS, amount_of, is_long, named, names

if TYPE_CHECKING:
    from generator.choices.worth import Scale
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

    The plans to choose between, both waves of the proposal among them, end the table with their
    letters: what is chosen between is told in one place as in the other.

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
        *_of_plans(assessment, voice),
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


def _of_plans(assessment: Assessment, voice: Voice) -> Iterable[_Choice]:
    """Both waves of the proposal, and every plan to choose from; nothing where nothing is chosen."""
    own = assessment.programme
    for kind, letter, one in plans_told(assessment, voice):
        if one.kind == "own":
            # Without a second wave it is the first row of the table.
            if own.second.projects:
                then = voice.join(voice.use(use_id) for use_id in own.second.uses)
                what = voice.say("alternative.then", second=then)
                yield _Choice(kind, what, one.effects, one.capital, letter=letter)
            continue
        moved = _against(one.effects, own_plan(assessment).effects, voice)
        yield _Choice(
            kind, _planned(one, assessment, voice), one.effects, one.capital,
            _loses(one, moved, assessment, voice), letter,
        )  # fmt: skip


def _planned(one: Rival, assessment: Assessment, voice: Voice) -> str:
    """The projects of a plan, or in what it differs from the proposal."""
    own, other = assessment.programme, assessment.programme.together
    if is_long(assessment):
        # The table of plans has all of it.
        return told_plan(one, assessment, voice).short
    if one.kind != "both" or other is None:
        return told_plan(one, assessment, voice).what
    return voice.say(
        "alternative.planned" if other.first else "alternative.planned_later",
        first=_told(other.first, own, voice), second=_told(other.second, own, voice),
    )  # fmt: skip


def _loses(one: Rival, moved: str, assessment: Assessment, voice: Voice) -> str:
    """What a plan brings more and fewer of than both waves, and what is left if its second wave fails."""
    own, other = assessment.programme, assessment.programme.together
    if one.kind != "both" or other is None:
        key = "alternative.against_both" if own.second.projects else "alternative.against"
        return voice.say(key, moved=moved)
    return voice.say(
        "alternative.together_loses" if own.second.projects else "alternative.together_loses_own",
        moved=moved, kept=_short(other.first_effects, voice),
    )  # fmt: skip


def _told(placements: Sequence[Placement], own: Programme, voice: Voice) -> str:
    """Projects by name; with size and place those that the proposal has otherwise or not at all."""
    held = {(one.use_id, one.size, one.place.number) for one in own.projects}
    return voice.join(
        voice.use(one.use_id)
        if (one.use_id, one.size, one.place.number) in held
        else named(one, voice)
        for one in placements
    )


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
            moved = {
                name: one.effects.get(name, 0.0) - value
                for name, value in found.first.effects.items()
            }
            texts = changed(moved, voice) or [voice.say("alternative.level")]
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


def worth_line(assessment: Assessment, voice: Voice) -> str:
    """The sum by which both waves planned as one are worth more; empty where that is little.

    Each effect counts in percent of the most that could be had of it, times its weight; every
    project takes off the least that it must add.
    """
    own, other, share = (
        assessment.programme, assessment.programme.together, dearer_by(assessment),
    )  # fmt: skip
    if other is None or not share:
        return ""
    scale = scale_of(assessment)
    return voice.sentence(
        "programme.worth", "programme.worth",
        who=voice.say("programme.worth_both" if own.second.projects else "programme.worth_own"),
        most=_short(scale.most, voice),
        apart=_apart(scale, assessment, voice),
        weights=voice.say("effects.separator").join(
            voice.say(
                "programme.weight", effect=voice.say(f"programme.weight.{one.effect}"),
                share=voice.percent(one.weight),
            )
            for one in scale.aims
        ),
        least=voice.number(scale.least, 1),
        own=_summed(scale, of_both(own), len(own.projects), voice),
        other=_summed(scale, other.effects, len(other.first) + len(other.second), voice),
        share=voice.percent(share),
    )  # fmt: skip


def _apart(scale: Scale, assessment: Assessment, voice: Voice) -> str:
    """Where the most is a floor, or where two waves could have more power than one; empty else."""
    for one in scale.aims:
        most = scale.most[one.effect]
        told = amount_of(one.effect, most, voice)
        both = amount_of(one.effect, assessment.idle.attainable, voice)
        is_floor = most == one.normaliser > one.attainable
        if is_floor or (
            one.effect == "power" and most < assessment.idle.attainable and both != told
        ):
            other = amount_of(one.effect, one.attainable, voice) if is_floor else both
            of = f"change.of.{one.effect}"
            return voice.say(
                "programme.worth_floor" if is_floor else "programme.worth_waves",
                value=voice.say(of, value=told), other=voice.say(of, value=other),
            )  # fmt: skip
    return ""


def _summed(scale: Scale, effects: Effects, projects: int, voice: Voice) -> str:
    """What a choice is worth in points of 100, as a sum that a reader can redo."""
    return voice.say(
        "programme.worth_sum",
        parts=voice.say("programme.worth_plus").join(
            voice.say(
                "programme.worth_part", effect=voice.say(f"programme.weight.{name}"),
                points=voice.number(value, 1),
            )
            for name, value in scale.parts(effects).items()
        ),
        count=projects, less=voice.number(projects * scale.least, 1),
        total=voice.number(scale.points(effects, projects), 1),
    )  # fmt: skip


def _short(effects: Mapping[str, float], voice: Voice) -> str:
    """What a choice brings in as few words as a cell has room for."""
    parts = [
        voice.say(f"change.of.{name}", value=amount_of(name, effects[name], voice))
        for name in noticed(effects)
    ]
    return voice.say("effects.separator").join(parts) or voice.say("effects.none")


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
    moved = {name: effects.get(name, 0.0) - value for name, value in base.items()}
    parts = [
        voice.say(
            "change.up" if moved[name] > 0 else "change.down",
            amount=voice.say(f"change.of.{name}", value=amount_of(name, abs(moved[name]), voice)),
        )
        for name in noticed(moved)
    ]
    return voice.say("effects.separator").join(parts) or voice.say("alternative.level")
