"""Tasks with the bodies that they name, as the planner wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from generator.model import PLACEHOLDER, Bodies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Institution, PlannedAction
    from generator.report.voice import Voice

_NAMED, _PAIR, _KINDS = 3, 2, 2
"""Bodies that a sentence names at most, those that a line does, and kinds of the others."""
_WIDE = 90
"""Columns that two names take at most where both are named; a Chinese sign takes two."""


def title(
    task: PlannedAction, voice: Voice, use_id: str = "", *, brief: bool = False, every: bool = False
) -> str:  # fmt: skip
    """What is to be done, and with whom.

    Args:
        task: A planned action.
        voice: Names bodies in the reader's language.
        use_id: On whose account alone it is named, where the task is about several uses.
        brief: Whether of more than two bodies the first stands for all.
        every: Whether all of them are named.
    """
    bodies = _of(task, use_id)
    return titled(voice.name(task.action.title), bodies, voice, brief=brief, every=every)


def titled(
    text: str, bodies: Bodies, voice: Voice, *, brief: bool = False, every: bool = False
) -> str:  # fmt: skip
    """A title with the bodies that it names, and those that have signed already."""
    made = filled(text, bodies, voice, brief=brief, every=every)
    if not bodies.signed:
        return made
    signed = several_bodies(bodies.signed, voice, every=every)
    return voice.say("bodies.signed", title=made, names=signed)


def bodies_for(task: PlannedAction, uses: Sequence[str]) -> Bodies:
    """The bodies that a task names on account of some uses; all of them for a task about none."""
    if not uses:
        return task.bodies
    whole = task.bodies
    return Bodies(
        tuple(one for one in whole.named if one.use in uses),
        tuple(one for one in whole.signed if one.use in uses),
        tuple(one for one in whole.sought if one[0] in uses),
    )


def _of(task: PlannedAction, use_id: str) -> Bodies:
    own = task.bodies.of(use_id)
    return task.bodies if own.is_settled else own


def filled(
    text: str, bodies: Bodies, voice: Voice, *, brief: bool = False, every: bool = False
) -> str:  # fmt: skip
    """A text with the bodies in the place that it keeps for them."""
    if PLACEHOLDER not in text:
        return text
    named = several_bodies(bodies.named, voice, brief=brief, every=every) if bodies.named else ""
    if not bodies.sought:
        return text.replace(PLACEHOLDER, named or voice.say("bodies.open"))
    kinds = dict.fromkeys(kind for _, kind in bodies.sought)
    found = voice.say("bodies.sought", kinds=either(list(kinds), voice))
    if named:
        found = voice.say("bodies.pair", first=named, second=found, count=0)
    return text.replace(PLACEHOLDER, found)


def _kind(institution_type: str, voice: Voice) -> str:
    """A kind of body that nobody has named yet, with its article where the language has one."""
    label = voice.knowledge.choices.get("body_sought", {}).get(institution_type)
    return voice.name(label) if label else voice.choice("institution_type", institution_type)


def either(types: Sequence[str], voice: Voice) -> str:
    """The first two of several types of bodies."""
    kinds = list(dict.fromkeys(_kind(one, voice) for one in types))
    if len(kinds) == 1:
        return kinds[0]
    return voice.say("or.words", first=kinds[0], second=kinds[1])


def several_bodies(
    rows: Iterable[Institution], voice: Voice, *, brief: bool = False, every: bool = False
) -> str:  # fmt: skip
    """All names where every one is asked for, else up to three; of more the first two, and how many others there are, by kind where these are few.

    Where two names alone would fill lines, the first stands for the others; where there is room for
    one line (`brief`), also for those of three and more.
    """
    by_name = {voice.name(row.name): row for row in rows}
    names = list(by_name)
    if len(names) == 1:
        return names[0]
    are_wide = not every and len(fitting(names, 2)) == 1
    if brief and (are_wide or len(names) > _PAIR):
        return voice.say("bodies.first", first=names[0], count=len(names) - 1)
    if are_wide:
        kinds = _kinds_of(names[1:], by_name, voice)
        return voice.say(
            "bodies.first_kinds" if kinds else "bodies.first",
            first=names[0], count=len(names) - 1, kinds=kinds,
        )  # fmt: skip
    if len(names) == _NAMED or (every and len(names) > _NAMED):
        *before, last = names
        first = voice.say("bodies.separator").join(before)
        return voice.say("bodies.pair", first=first, second=last)
    first, second, *others = names
    if not others:
        return voice.say("bodies.pair", first=first, second=second)
    kinds = _kinds_of(others, by_name, voice)
    return voice.say(
        "bodies.more_kinds" if kinds else "bodies.more",
        first=first, second=second, count=len(others), kinds=kinds,
    )  # fmt: skip


def fitting(names: Sequence[str], most: int) -> Sequence[str]:
    """The first of several names; where two would fill lines, the first alone."""
    return names[: most if sum(map(width, names[:2])) <= _WIDE else 1]


def _kinds_of(names: Sequence[str], by_name: Mapping[str, Institution], voice: Voice) -> str:
    """The kinds of several bodies, where they are few; empty otherwise."""
    kinds = dict.fromkeys(voice.choice("institution_type", by_name[one].type) for one in names)
    return voice.say("bodies.separator").join(kinds) if len(kinds) <= _KINDS else ""


def width(name: str) -> int:
    """Columns of a name."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in name)
