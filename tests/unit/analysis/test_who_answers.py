"""Who leads a task or answers for a risk: never those who only give an opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Knowledge

_ASKED = {"legal_counsel", "independent_assessor", "power_company", "tax_office", "notary"}


def test_third_parties_lead_no_task_and_own_no_risk_of_every_plan(knowledge: Knowledge) -> None:
    leads = {one.action_id for one in knowledge.actions if one.lead_office in _ASKED}
    owners = {
        one.risk_id
        for one in knowledge.risks
        if one.owner_office in {"legal_counsel", "independent_assessor"}
    }
    assert not leads
    assert not owners
