"""Mining and trading that the law does not bar here, and that have no place in a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import COMPARATORS
from generator.report.citation import BINDING, placed_together, rules_of
from generator.report.conditions import may_bind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Rule, Screening, UseFinding
    from generator.report.voice import Voice

_MOSTLY = 0.7
"""Share of instruments from which two lists of them are told as one."""


def outside_rows(
    outside: Sequence[Mapping[str, object]], screening: Screening, voice: Voice
) -> list[dict[str, object]]:
    """The comparators that the law does not bar, with articles and what was read.

    Those whose instruments are nearly the same share a row, which says what is added for which.
    """
    groups: list[list[tuple[Mapping[str, object], list[Rule]]]] = []
    for row, rules in zip(outside, _rulings(screening, voice), strict=True):
        near = (one for one in groups if _is_near(one[0], row, rules))
        group = next(near, None)
        if group is None:
            groups.append([(row, rules)])
        else:
            group.append((row, rules))
    return [_grouped(one, voice) for one in groups]


def _instrument(rule: Rule) -> str:
    return rule.instrument.instrument_id


def _is_near(
    first: tuple[Mapping[str, object], list[Rule]], row: Mapping[str, object], rules: list[Rule]
) -> bool:
    """Whether most instruments of two comparators of one position are the same."""
    held, other = (set(map(_instrument, own)) for own in (first[1], rules))
    alike = len(held & other) > _MOSTLY * len(held | other)
    return alike and first[0]["sentence"] == row["sentence"]


def _grouped(
    group: Sequence[tuple[Mapping[str, object], list[Rule]]], voice: Voice
) -> dict[str, object]:
    """One row for comparators: what all rest on, then what one rests on besides."""
    shared = set.intersection(*(set(map(_instrument, rules)) for _, rules in group))
    every = list(dict.fromkeys(rule for _, rules in group for rule in rules))
    parts = [placed_together((one for one in every if _instrument(one) in shared), voice)]
    for row, rules in group:
        more = [rule for rule in rules if _instrument(rule) not in shared]
        if more:
            added = placed_together(more, voice)
            parts.append(voice.say("law.outside_more", name=str(row["name"]), instruments=added))
    first = group[0][0]
    return {
        **{key: first[key] for key in ("status", "status_band")},
        "name": voice.clauses(str(row["name"]) for row, _ in group),
        "sentence": voice.run_on(
            (
                str(first["sentence"]),
                *dict.fromkeys(_barred_beside(rules, voice) for _, rules in group),
            )
        ),
        "instruments": voice.clauses(filter(None, parts)),
    }


def _rulings(screening: Screening, voice: Voice) -> list[list[Rule]]:
    """The rules on each comparator that the law does not bar."""
    own = [use.use_id for use in voice.knowledge.uses if use.category == COMPARATORS]
    found = [screening.uses[key] for key in own if key in screening.uses]
    return [_ruling(one) for one in found if one.status != "prohibited"]


def _ruling(found: UseFinding) -> list[Rule]:
    """The rules on one comparator, each once."""
    hanging = (rule for one in found.findings for rule in may_bind(one))
    return list(dict.fromkeys((*rules_of(found.findings, *BINDING), *hanging)))


def _barred_beside(rules: Iterable[Rule], voice: Voice) -> str:
    """Where what carries conditions is barred outside them, as the notes of its rules say."""
    notes = dict.fromkeys(
        voice.text(rule.reader_note) for rule in rules if rule.duty == "limit" and rule.reader_note
    )
    return voice.run_on(notes)
