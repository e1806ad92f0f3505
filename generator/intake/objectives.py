"""Points of stakeholders for what is no longer an objective of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake.columns.words import led
from generator.problems import problem

if TYPE_CHECKING:
    from generator.intake.records import Records
    from generator.model import BenefitCriterion, Knowledge


def settle_objectives(found: Records, knowledge: Knowledge) -> None:
    """Give points for a retired criterion to the objective that replaced it, or to none; say so.

    Duplicates are looked for beforehand: two former criteria may have become one objective.

    Args:
        found: The rows of the Weights sheet, with the ids of the criteria that they name. A row
            whose points count nowhere is left without one.
        knowledge: What was retired, why, and what replaced it.
    """
    for record in found.records:
        item = knowledge.benefits.get(record.text("benefit"))
        if item is None or item.is_objective:
            continue
        heir = _heir(item, knowledge)
        record.values["benefit"] = heir.benefit_id if heir else None
        why = item.retired_why
        said = {
            **led(item.benefit_id, item.name).arguments("found"), **why.arguments("why"),
            "points": f"{record.number_of('weight') or 0:g}",
        }  # fmt: skip
        if heir is None:
            cause = {"cause": "retired"} if why.texts else {}
            found.problems.append(
                problem("IN-147", record.at("benefit"), "warning", **said, **cause)
            )
            continue
        found.problems.append(
            problem(
                "IN-146", record.at("benefit"), "warning", **said,
                **led(heir.benefit_id, heir.name).arguments("other"),
            )
        )  # fmt: skip


def _heir(item: BenefitCriterion, knowledge: Knowledge) -> BenefitCriterion | None:
    """The objective at the end of a chain of replacements; None where it ends elsewhere."""
    seen: set[str] = set()
    while not item.is_objective:
        seen.add(item.benefit_id)
        following = knowledge.benefits.get(item.replaced_by)
        if following is None or following.benefit_id in seen:
            return None
        item = following
    return item
