"""Tasks name bodies as the planner wrote them, in the reader's language."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.model import Bodies, Institution, Label
from generator.problems import Origin
from generator.report.bodies import title
from generator.report.funding import carried_out_by


def body(en, zh, use="U07"):
    label = Label((("en", en), ("zh-CN", zh)))
    return Institution(Origin("b.xlsx", "Institutions", "A4"), label, "notary", use, "talks", None,
                       Label(), "B", Label(), "2026")  # fmt: skip


NOTARY, COURT = body("Notary office", "公证处"), body("Intermediate court", "中级人民法院")
BANK, PORT = body("First bank", "第一银行", "U03"), body("Port", "港口", "U02")


@pytest.fixture
def task(full):
    """`task(named=[...])`: a planned action with the bodies that it names."""
    text = Label((("en", "Ask {institution} to sign"), ("zh-CN", "商请{institution}签约")))
    planned = full.action_plan.actions[0]
    action = replace(planned.action, title=text, responsible_office="key_institution")

    def of(named=(), signed=(), sought=()):
        return replace(planned, action=action, bodies=Bodies(named, signed, sought))

    return of


@pytest.mark.parametrize(
    ("bodies", "en", "zh"),
    [
        ({"named": (NOTARY,)}, "Ask Notary office to sign", "商请公证处签约"),
        # The pattern of wording.md, section 5.
        ({"named": (NOTARY,), "signed": (COURT,)},
         "Ask Notary office to sign (Intermediate court signed already)",
         "商请公证处签约（中级人民法院已签约）"),
        ({"named": (NOTARY, COURT)}, "Ask Notary office and Intermediate court to sign",
         "商请公证处和中级人民法院签约"),
        ({"named": (NOTARY, COURT, BANK, PORT)},
         "Ask Notary office, Intermediate court and 2 more (notary) to sign",
         "商请公证处、中级人民法院和另外2家公证处签约"),
        ({"named": (NOTARY, COURT, BANK)},
         "Ask Notary office, Intermediate court and First bank to sign", "商请公证处、中级人民法院和第一银行签约"),
        ({"named": (NOTARY, NOTARY)}, "Ask Notary office to sign", "商请公证处签约"),
        ({"sought": (("U07", "notary"),)}, "Ask a notary (none named for this yet) to sign",
         "商请公证机构（尚未确定）签约"),
        ({"sought": (("U07", "court"), ("U07", "notary"), ("U03", "bank"))},
         "Ask the court or a notary (none named for this yet) to sign",
         "商请法院或公证机构（尚未确定）签约"),
        ({}, "Ask the bodies concerned to sign", "商请有关单位签约"),
    ],
)  # fmt: skip
def test_a_task_names_a_few_bodies_or_says_what_is_to_be_found(task, voice, bodies, en, zh):
    shown = title(task(**bodies), voice)
    assert shown == (en if voice.language == "en" else zh)
    found = task(**bodies)
    assert "{" not in carried_out_by(found, (), found.bodies, voice).told


def test_on_account_of_one_use_only_its_bodies_are_named(task, english):
    found = task(named=(NOTARY, BANK), sought=(("U09", "hospital"),))
    assert title(found, english, "U03") == "Ask First bank to sign"
    assert title(found, english, "U09") == "Ask a hospital (none named for this yet) to sign"
    # A use that the task says nothing of gets the whole of it.
    assert title(found, english, "U01") == (
        "Ask Notary office and First bank and a hospital (none named for this yet) to sign"
    )


def test_every_type_of_institution_can_be_sought_in_both_languages(knowledge):
    kinds = set(knowledge.choices["institution_type"])
    assert set(knowledge.choices["body_sought"]) == kinds


def test_no_task_of_a_region_prints_a_placeholder(cities, full, voice):
    for one in (*cities.values(), full):
        local = replace(voice, knowledge=one.knowledge)
        for task in one.action_plan.actions:
            for text in (title(task, local), carried_out_by(task, (), task.bodies, local).told):
                assert "{" not in text, task.action.action_id
                assert "key institution" not in text.lower()
