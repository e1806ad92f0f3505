"""The rows of what changed, as tables and screens show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model.law import READING
from generator.report.tables import begun

if TYPE_CHECKING:
    from generator.model.changes import Changes, RankChange, RuleChange
    from generator.report.changes.words import Words

Row = dict[str, str]
_FIELDS = 4
"""Parts of a rule's text that are named before the rest is counted."""


def project_rows(words: Words) -> Iterator[Row]:
    """Projects that joined, left or moved."""
    for one in words.changes.projects:
        yield {
            "name": words.use(one.use_id),
            "change": words.say(f"changes.project.{one.kind}"),
            "before": words.placed(one.before),
            "after": words.placed(one.after),
            "why": words.why(one.why),
            "where": words.where(one.why),
        }


def law_rows(words: Words) -> Iterator[Row]:
    """Rules, those first that do more than read otherwise; then uses with another legal status."""
    rules = sorted(words.changes.law, key=lambda one: one.kind == "changed")
    for one in rules:
        is_gone = one.kind in {"ended", "removed"}
        yield {
            "name": words.activity(one.rule.activity),
            "change": _turn(one, words),
            "effect": words.voice.dash if is_gone else words.word("status", one.rule.effect),
            "what": words.condition(one.rule_id, one.rule),
            "source": words.cited(one.rule_id, one.rule),
            "rule": one.rule_id,
        }
    known = {one.rule_id: one.rule for one in words.changes.law}
    for status in words.changes.statuses:
        before, after = (words.word("status", one) for one in (status.before, status.after))
        sources = [words.cited(rule_id, known[rule_id]) for rule_id in status.rules]
        yield {
            "name": words.use(status.use_id),
            "change": words.say("changes.law.status", before=before),
            "effect": after,
            "what": words.voice.dash,
            "source": words.say("clause.separator").join(dict.fromkeys(sources))
            or words.voice.dash,
            "rule": words.addresses(status.rules),
        }


def _turn(one: RuleChange, words: Words) -> str:
    rule, voice = one.rule, words.voice
    days = {"began": rule.in_force_from, "ended": rule.in_force_until}
    day = days.get(one.kind)
    key = f"changes.law.{one.kind}"
    if one.is_reading:
        key = "changes.law.read"
    elif one.kind in days and day is None:
        key += "_undated"
    fields = [words.word("changes.rule", name) for name in one.fields if name not in READING]
    return words.say(
        key, date=voice.date(day), before=words.word("status", one.effect_before),
        fields=voice.several(list(dict.fromkeys(fields)), _FIELDS),
    )  # fmt: skip


def cell_rows(words: Words) -> Iterator[Row]:
    """Cells that hold something else, and rows that came or went."""
    for one in words.changes.cells:
        before, after = words.pair(one)
        yield {"name": begun(words.cell(one)), "before": before, "after": after, "where": one.place}


def figure_rows(words: Words) -> Iterator[Row]:
    """Computed figures that print otherwise, those of the programme first."""
    order = {"effect": 0, "chosen": 1, "criterion": 2}
    for one in sorted(words.changes.figures, key=lambda figure: order[figure.kind]):
        name, before, after = words.figure(one)
        if before != after:
            yield {
                "name": begun(name), "before": before, "after": after, "why": words.why(one.why),
                "where": words.where(one.why),
            }  # fmt: skip


def rank_rows(words: Words) -> Iterator[Row]:
    """Uses that stand elsewhere, those that moved in their list first."""
    for one in sorted(words.changes.ranks, key=lambda rank: not is_moved(rank)):
        row = {
            "name": words.use(one.use_id),
            "before": words.standing(one.use_id, one.before),
            "after": words.standing(one.use_id, one.after),
            "readiness_before": words.readiness(one.before),
            "readiness_after": words.readiness(one.after),
        }
        is_shown = (row["before"], row["readiness_before"]) != (
            row["after"],
            row["readiness_after"],
        )
        if is_shown:
            yield {**row, "why": words.why(one.why), "where": words.where(one.why)}


def is_moved(one: RankChange) -> bool:
    """Whether its list or its rank is another."""
    if one.before is None or one.after is None:
        return True
    return (one.before.listed, one.before.rank) != (one.after.listed, one.after.rank)


def catalogue_rows(words: Words) -> Iterator[Row]:
    """Numbers of the catalogue that are others."""
    for one in words.changes.catalogue:
        name, before, after = words.catalogue(one)
        yield {"name": begun(name), "before": before, "after": after}


def moved_parts(changes: Changes, words: Words) -> str:
    """The parts that the figures rest on and that are others; empty for none."""
    names = [words.say(f"changes.ground.{one}") for one in changes.grounds if one != "as_of"]
    return words.voice.join(names)
