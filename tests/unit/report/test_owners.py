"""One owner a use, whichever document names it; bodies that the place directs are told, others asked."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from generator.analysis import assess
from generator.report.actions import action_fields
from generator.report.bodies import title
from generator.report.funding import first_step, owner, runs
from generator.report.profiles import profile_rows
from generator.report.projects import project_rows
from generator.report.risks import risk_fields
from generator.report.screening import law_fields
from generator.report.voice import Voice

AS_OF = date(2026, 11, 28)
SOURCED = {"source_en": "register", "as_of": "2026-03-31", "grade": "B"}
PLACES = {
    "US-TX": {"jurisdiction": "US-TX", "admin_code": "48331", "currency": "USD"},
    "KZ": {"jurisdiction": "KZ", "admin_code": "551000000", "currency": "KZT"},
    "DE": {"jurisdiction": "DE", "admin_code": "12066", "currency": "EUR"},
}
CHINESE_OFFICES = re.compile(
    r"development and reform|data bureau|people’s court|cyberspace administration|park management committee"
    r"|发展改革委|数据局|人民法院|网信部门|园区管委会|工业和信息化局|市场监管局"
)


def body(name, kind, use, status):
    signed = {"signed_on": date(2026, 2, 1)} if status == "signed" else {}
    return {"name_en": name, "type": kind, "use": use, "status": status, **signed, **SOURCED}


@pytest.fixture(scope="module")
def place(region, knowledge, texts):
    """`place("KZ", "en") -> (assessment, voice)` of a small region there."""

    @cache
    def assessed(code):
        found = region(
            **PLACES[code],
            institutions=[
                body("Dairy", "anchor company", "U01", "signed"),
                body("Growers", "industry association", "U01", "talks"),
                body("Truck line", "truck-fleet operator", "R13", "none"),
            ],
        )
        return assess(found, knowledge, AS_OF, draws=50)

    def of(code, language="en"):
        return assessed(code), Voice(texts, language, assessed(code).knowledge)

    return of


@pytest.mark.parametrize("code", PLACES)
def test_a_use_has_the_owner_of_the_catalogue_in_every_document(place, code):
    found, voice = place(code)
    known = found.knowledge
    waves = (found.programme.first, found.programme.second)
    rows = [row for wave in waves for row in project_rows(wave, found, voice)]
    assert rows
    ids = {voice.name(use.name): use.use_id for use in known.uses}
    for row in rows:
        use = known.use(ids[row["name"]])
        assert known.office(use.owner_office).name.text("en") in row["lead"]
        assert row["lead"] == owner(use.use_id, voice)


def test_an_office_that_the_place_does_not_direct_is_asked(place, cities, texts):
    _, voice = place("US-TX")
    assert owner("U11", voice) == "county purchasing agent or county auditor (to be asked)"
    assert owner("R13", voice) == "county commissioner of the precinct"
    chinese = Voice(texts, "zh-CN", cities["changzhi"].knowledge)
    # The justice bureau leads and asks the court, which no city directs.
    assert owner("U07", chinese) == "司法局"
    assert chinese.lead("court") == "商请中级人民法院"
    assert owner("U05", chinese) == "商请税务局"
    assert owner("U04", chinese) == "数据局"
    # A part in the project is no authority that anybody petitions.
    assert voice.lead("legal_counsel") == "legal counsel"


def test_no_document_makes_a_body_sign_that_the_place_does_not_direct(cities, texts):
    for found in cities.values():
        voice = Voice(texts, "zh-CN", found.knowledge)
        for task in found.action_plan.actions:
            assert not re.search("推动.*签约", title(task, voice))


def test_the_first_step_of_a_use_is_its_own_where_it_was_set_off(cities, place):
    checked = 0
    for found in (*cities.values(), *(place(code)[0] for code in PLACES)):
        planned = {one.action.action_id: one for one in found.action_plan.actions}
        for use_id in (*found.programme.uses, *found.readiness.proposed):
            first = planned.get(found.knowledge.use(use_id).first_action)
            if first is not None and use_id in first.because.uses:
                assert first_step(use_id, found) == first
                checked += 1
    assert checked > 10


def test_the_first_step_names_the_bodies_of_the_workbook(place):
    found, voice = place("KZ")
    step = title(first_step("U01", found), voice, "U01")
    assert (
        step
        == "Agree with Dairy and Growers which goods, events and temperature records are shared"
    )


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("code", PLACES)
def test_no_office_of_another_country_leads_or_carries_out_anything(place, code, language):
    found, voice = place(code, language)
    tasks = action_fields(found, voice)
    named = [
        *(row[key] for row in tasks["actions"] for key in ("lead", "responsible", "joint")),
        *(row["owner"] for row in tasks["indicators"]),
        *(row["owner"] for row in risk_fields(found, voice)["rows"]),
        *(row["lead"] for row in law_fields(found, voice)["procedures"]),
    ]
    assert named
    assert [text for text in named if CHINESE_OFFICES.search(text)] == []


@pytest.mark.parametrize("code", PLACES)
def test_procedures_are_those_of_the_place_and_name_who_leads_them(place, code):
    found, voice = place(code)
    rows = law_fields(found, voice)["procedures"]
    assert rows
    for due, row in zip(found.procedures, rows, strict=True):
        assert due.procedure.jurisdiction in found.knowledge.lineage(code)
        assert found.knowledge.office(due.procedure.lead_office).name.text("en") in row["lead"]


def test_a_risk_is_owned_by_an_office(place):
    found, voice = place("KZ")
    shown = {row["id"]: row["owner"] for row in risk_fields(found, voice)["rows"]}
    assert shown["K06"] == "department of justice (to be asked)"
    assert shown["K13"] == "akimat office in charge of employment and social programmes"


def test_what_nobody_gave_is_asked_of_the_office_that_has_it(region, knowledge, texts):
    one = assess(region(connectivity=[]), knowledge, AS_OF, draws=20)
    known = one.knowledge
    assert (
        known.office(known.criteria["water_m3_day"].owner_office).name.text("zh-CN")
        == "水务主管部门"
    )
    voice = Voice(texts, "zh-CN", known)
    assert voice.say(
        "reason.unknown", criterion="工业用水量", office=voice.supplier("water_m3_day")
    ) == ("工业用水量未填报，硬性门槛无法判定，请水务主管部门补报")


@pytest.mark.parametrize(
    ("code", "language", "head"),
    [("KZ", "en", "Elsewhere:"), ("DE", "zh-CN", "其他地区实例：")],
)
def test_examples_from_other_places_are_headed_and_named_so(place, code, language, head):
    found, voice = place(code, language)
    rows = {row["id"]: row for row in profile_rows(found, voice) if row["cases"]}
    assert rows
    home = {"KZ": "Kazakhstan", "DE": "Germany|European Union"}[code]
    for use_id, row in rows.items():
        if not re.search(home, found.knowledge.use(use_id).reference_deployments.text("en")):
            assert row["cases_head"] == head


def test_no_task_is_led_by_whoever_carries_it_out(place):
    """Of two offices of a task one asks and one answers; a body that the place lacks leads none."""
    for code in PLACES:
        for language in ("en", "zh-CN"):
            assessment, voice = place(code, language)
            rows = action_fields(assessment, voice)["actions"]
            assert rows
            assert [row["task"] for row in rows if row["responsible"] in row["lead"]] == []


def test_who_would_run_a_project_is_named_as_what_it_is(place):
    _, voice = place("DE")
    assert runs("R02", voice) == "data-centre operator"
    assert runs("U12", voice) == "universities and colleges"
    # Where the catalogue knows nobody beside the lead, its body stands in until one is chosen.
    assert runs("R13", voice) == owner("R13", voice)
    assert runs("R06", voice) == owner("R06", voice)
