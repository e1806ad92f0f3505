"""What exists where a region lies: offices, tasks, texts and needs."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from generator.analysis.scope import within
from generator.model import COMPARATORS, Label, LocalText, Office

PLACES = ("CN", "KZ", "US", "US-TX", "US-GA", "EU", "DE", "FR", "IS")
YUAN = re.compile(r"\bCNY\b|\byuan\b|[\d万亿百]元(?!素)|人民币")
CHINESE_LAW = re.compile(
    r"15th Five-Year|“十五五”|MLPS|网络安全等级保护|国密|hidden debt|隐性债务|fair-competition|公平竞争审查"
    r"|国家枢纽节点|national hubs?\b(?! \(June)",
)


@pytest.fixture(scope="module")
def cut(knowledge):
    """`cut("US-TX")`: the knowledge as it stands there."""
    made = {}

    def of(place):
        if place not in made:
            made[place] = within(knowledge, knowledge.lineage(place))
        return made[place]

    return of


@pytest.mark.parametrize(
    ("place", "office", "language", "name"),
    [
        # A Chinese city prints these two; wording.md, section 1.
        ("CN", "data_bureau", "zh-CN", "数据局"),
        ("CN", "development_reform", "zh-CN", "发展改革委"),
        ("US-TX", "governing_body", "en", "commissioners court"),
        ("KZ", "governing_body", "en", "akimat"),
        # Texas has no row of its own for customs, the United States have one.
        ("US-TX", "customs", "en", "US Customs and Border Protection"),
        ("US-GA", "governing_body", "en", "county board or city council"),
        ("FR", "finance", "en", "municipal treasury"),
        ("IS", "data_bureau", "zh-CN", "数据主管部门"),
        ("IS", "development_reform", "zh-CN", "发展规划主管部门"),
    ],
)
def test_an_office_is_named_by_the_nearest_order(cut, place, office, language, name):
    assert cut(place).office(office).name.text(language) == name


@pytest.mark.parametrize(
    ("order", "code", "office", "name"),
    [
        ("DE", "DEA24", "governing_body", "city council"),
        ("DE", "DEA24", "assigns_leads", "lord mayor"),
        ("DE", "DE40G", "assigns_leads", "head of the district (Landrat)"),
        ("DE", "DE40G", "governing_body", "district council (Kreistag)"),
        ("DE", "DE300", "governing_body", "local elected council"),
        ("DE", "DE4", "governing_body", "local elected council"),
        ("DE", "DE402", "ecology_environment", "Land environment office of Brandenburg"),
        ("DE", "DE402", "investment_agency", "Wirtschaftsregion Lausitz"),
        (
            "DE",
            "DEA24",
            "local_supervision",
            "district government of Cologne (Bezirksregierung Köln)",
        ),
        (
            "DE",
            "DEA11",
            "local_supervision",
            "district government of Düsseldorf (Bezirksregierung Düsseldorf)",
        ),
        (
            "DE",
            "DEA2",
            "local_supervision",
            "district government of Cologne (Bezirksregierung Köln)",
        ),
        ("DE", "DE212", "charger_authority", "verification authority of the Land"),
        ("US-TX", "48331", "governing_body", "commissioners court"),
        ("US-TX", "4835000", "governing_body", "city council"),
        ("KZ", "750000000", "local_supervision", "Government of the Republic"),
        ("KZ", "552200000", "local_supervision", "akimat of the region"),
        ("CN", "150600", "governing_body", "city government executive meeting"),
        ("CN", "150602", "governing_body", "executive meeting of the county government"),
        ("CN", "150000", "local_supervision", "State Council"),
        ("CN", "310000", "governing_body", "city government executive meeting"),
    ],
)
def test_an_office_is_named_by_the_part_or_kind_of_place(knowledge, order, code, office, name):
    here = within(knowledge, knowledge.lineage(order), code)
    assert here.office(office).name.text("en") == name


def test_a_task_of_a_part_exists_there_alone(knowledge):
    def tasks(code):
        here = within(knowledge, knowledge.lineage("DE"), code)
        return {one.action_id for one in here.actions}

    assert tasks("DE40G") - tasks("DEA24") == {"DE13"}


ASKED = {
    "bank": "banks", "coal_mine": "coal_mine_operator", "court": "court", "customs": "customs",
    "data_group": "data_group", "heat_company": "heat_company", "hospital": "hospitals",
    "notary": "notary", "park_committee": "park_committee", "port_group": "port_operator",
    "power_company": "power_company", "procurement_authority": "procurement_authority",
    "registry": "property_registry", "tax_office": "tax_office",
}  # fmt: skip
"""What kinds of institutions are called among the offices."""


@pytest.mark.parametrize("place", PLACES)
def test_no_task_is_led_by_the_body_that_it_asks(cut, place):
    """Nobody asks itself: the one who decides or answers stands beside who asks."""
    found = [
        action.action_id
        for action in cut(place).actions
        if action.lead_office in {ASKED.get(kind) for kind in action.fills_from}
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "own", "others"),
    [("DEA24", "NW", {"BB", "SN"}), ("DE40G", "BB", {"NW", "SN"}), ("DED2C", "SN", {"BB", "NW"}),
     ("DE212", "", {"BB", "NW", "SN"})],
)  # fmt: skip
def test_law_of_a_land_is_told_in_that_land_alone(knowledge, code, own, others):
    names = {"BB": "Brandenburg", "NW": "North Rhine-Westphalia", "SN": "Saxony"}
    here = {
        one.procedure_id: one for one in within(knowledge, knowledge.lineage("DE"), code).procedures
    }
    whether = here[f"DE-P10-{own}" if own else "DE-P10"]
    assert len({key for key in here if key.startswith("DE-P10")}) == 1
    assert "basis" not in whether.basis.text("en")
    assert (names[own] in whether.basis.text("en")) if own else (whether.read_kind == "none")
    for one in here.values():
        told = one.basis.text("en") + one.what.text("en")
        # The districts of the Lausitz lie in two Länder, and its programme names both.
        if not one.procedure_id.endswith("LAUSITZ"):
            assert not any(names[land] in told for land in others), one.procedure_id


def test_a_task_that_is_optional_says_so_in_its_first_word(knowledge):
    titles = [one.title for one in knowledge.actions if one.optional]
    assert titles
    assert [one.text("en") for one in titles if not one.text("en").startswith("If ")] == []
    assert [one.text("zh-CN") for one in titles if "的，" not in one.text("zh-CN")] == []


@pytest.mark.parametrize(("code", "is_district"), [("DEA24", False), ("DEA27", True)])
def test_the_district_code_is_told_in_districts_alone(knowledge, code, is_district):
    """Leverkusen is a city outside the districts; Rhein-Erft-Kreis is one."""
    here = within(knowledge, knowledge.lineage("DE"), code).procedures
    told = " ".join(one.basis.text("en") + one.what.text("en") for one in here)
    assert ("KrO NRW" in told) is is_district


def test_every_german_code_is_of_one_kind_of_place(knowledge):
    """No office of a district is named in a city, nor the other way round."""
    kinds = {"DE-CITY", "DE-CITY-STATE", "DE-DISTRICT"}
    (cities,) = [one for one in knowledge.places if one.place == "DE-CITY"]
    for code in (*cities.codes, "DE300", "DE600", "DE501", "DE40G", "DEC01"):
        assert len(kinds.intersection(knowledge.parts(("DE", "EU"), code))) == 1


@pytest.mark.parametrize("place", PLACES)
def test_nothing_names_a_body_that_the_place_does_not_have(cut, knowledge, place):
    here = cut(place)
    absent = {office.office_key for office in here.offices if not office.exists}
    assert absent
    named = [
        *((one.action_id, key) for one in here.actions for key in (
            one.lead_office, one.responsible_office, *one.joint_offices)),
        *((one.use_id, key) for one in here.uses for key in (
            one.owner_office, one.operator_office)),
        *((one.risk_id, one.owner_office) for one in here.risks),
        *((one.criterion_id, one.owner_office) for one in here.criteria.values()),
        *((one.procedure_id, one.lead_office) for one in here.procedures
          if one.jurisdiction in knowledge.lineage(place)),
    ]  # fmt: skip
    assert [pair for pair in named if pair[1] in absent] == []


def test_a_task_whose_lead_the_place_lacks_is_led_by_who_carries_it_out(knowledge):
    action = replace(
        knowledge.actions[0],
        jurisdictions=(),
        lead_office="school_district",
        responsible_office="project_operator",
        joint_offices=("school_district", "finance"),
    )
    use = replace(knowledge.uses[0], owner_office="school_district", operator_office="association")
    known = replace(knowledge, actions=(action,), uses=(use, *knowledge.uses[1:]))
    there = within(known, ("US-TX", "US"))
    assert there.actions[0].lead_office == there.uses[0].owner_office == "school_district"
    here = within(known, ("KZ",))
    assert here.actions[0].lead_office == "project_operator"
    assert here.actions[0].joint_offices == ("finance",)
    assert here.uses[0].owner_office == "association"


@pytest.mark.parametrize(
    ("place", "own"),
    [("US-TX", "TX"), ("KZ", "KZ"), ("DE", "DE"), ("CN", "CN"), ("IS", "-")],
)
def test_native_tasks_stand_only_where_they_are_at_home(cut, place, own):
    native = {
        action.action_id[:2]
        for action in cut(place).actions
        if action.action_id[:2] in {"TX", "KZ", "DE"}
    }
    assert native == ({own} if own in {"TX", "KZ", "DE"} else set())


def test_courts_customs_tax_and_central_bank_are_under_no_local_government(knowledge):
    asked = {"court", "customs", "tax_office", "central_bank", "energy_regulator",
             "financial_regulator_branch", "power_company", "system_operator"}  # fmt: skip
    rows = [office for office in knowledge.offices if office.office_key in asked]
    assert {office.office_key for office in rows} == asked
    assert not any(office.directed for office in rows)


def test_the_nearest_order_words_a_text_and_all_others_keep_the_general_one(knowledge):
    def worded(place, text):
        return LocalText("uses", "U01", "scope_caution", place, Label((("en", text),)))

    known = replace(knowledge, local_texts=(worded("US", "federal"), worded("US-TX", "Texan")))
    general = knowledge.use("U01").scope_caution
    for orders, text in ((("US-TX", "US"), "Texan"), (("US-GA", "US"), "federal")):
        assert within(known, orders).use("U01").scope_caution.text("en") == text
    assert within(known, ("KZ",)).use("U01").scope_caution == general


def test_the_size_barred_outside_the_hubs_is_a_matter_of_china(cut):
    assert "7.5 MW" in cut("CN").use("R01").scope_caution.text("en")
    assert "7.5" not in cut("US-TX").use("R01").scope_caution.text("en")
    assert "1.2" in cut("DE").use("R01").scope_caution.text("en")
    assert not cut("KZ").use("R01").legal_size_note


@pytest.mark.parametrize("place", [place for place in PLACES if place != "CN"])
def test_no_text_outside_china_speaks_of_yuan_or_of_chinese_law(cut, place):
    here = cut(place)
    rows = [
        *here.uses, *here.evidence.values(), *here.risks, *here.actions, *here.glossary,
        *here.scenarios, *here.skills,
    ]  # fmt: skip
    found = [
        (row, name, text)
        for row in rows
        for name in row.__struct_fields__
        if isinstance(label := getattr(row, name), Label)
        for _, text in label.texts
        if YUAN.search(text)
        or (CHINESE_LAW.search(text) and "China" not in text and "中国" not in text)
    ]
    assert [(name, text) for _, name, text in found] == []


@pytest.mark.parametrize("place", PLACES)
def test_weights_of_a_use_add_up_to_a_hundred_wherever_it_exists(cut, place):
    here = cut(place)
    for use in here.uses:
        if use.category != COMPARATORS:
            rows = here.requirements[use.use_id]
            assert sum(row.weight for row in rows) == pytest.approx(100), use.use_id
            assert {row.criterion_id for row in rows} <= set(here.criteria)


@pytest.mark.parametrize(
    ("place", "level"), [("CN", 1), ("KZ", 1), ("US-TX", 1), ("EU", 2.4), ("DE", 2.4), ("FR", 2.4)]
)
def test_minima_and_targets_of_prices_are_those_of_the_price_level(cut, knowledge, place, level):
    here = cut(place)
    orders = knowledge.lineage(place)
    again = within(here, orders)
    for use in here.uses:
        rows = here.requirements.get(use.use_id, ())
        before = {need.criterion_id: need for need in knowledge.requirements.get(use.use_id, ())}
        for need in rows:
            factor = level if here.criteria[need.criterion_id].by_price_level else 1
            old = before[need.criterion_id]
            assert need.minimum == pytest.approx(old.minimum * factor)
            assert need.target == pytest.approx(old.target * factor)
            assert need.price_level == (level if factor != 1 else None)
        assert again.requirements.get(use.use_id, ()) == rows
    assert sum(criterion.by_price_level for criterion in here.criteria.values()) == 1


def test_a_pair_counts_only_where_both_uses_exist(cut):
    for place in PLACES:
        here = cut(place)
        ids = {use.use_id for use in here.uses}
        assert all({pair.use_id, pair.other_id} <= ids for pair in here.pairs)


def test_an_unknown_place_has_every_neutral_office(knowledge):
    keys = {office.office_key for office in knowledge.offices}
    neutral = within(knowledge, ("XX",)).offices
    assert {office.office_key for office in neutral} == keys
    assert all(isinstance(one, Office) and one.jurisdiction == "*" for one in neutral)


@pytest.mark.parametrize(("code", "is_told"), [("DEA24", False), ("DE40G", True)])
def test_a_city_that_is_the_building_authority_asks_itself_for_no_consent(knowledge, code, is_told):
    here = within(knowledge, knowledge.lineage("DE"), code)
    notes = [
        one.reader_note.text("en") for one in here.rules if one.rule_id in {"DE-BLD-01", "DE-DC-06"}
    ]
    assert len(notes) == 2
    assert all(("section 36" in note) is is_told for note in notes)


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("370200", "Shandong Province", "山东省"),
        ("150600", "Inner Mongolia Autonomous Region", "内蒙古自治区"),
        ("", "the province or region", "省（自治区）"),
    ],
)
def test_the_province_is_named_where_it_is_known(knowledge, code, english, chinese):
    cut = within(knowledge, ("CN",), code)
    (task,) = (one for one in cut.actions if one.action_id == "A16")
    assert f"commission of {english} in writing" in task.title.text("en")
    assert f"商请{chinese}发展改革委书面" in task.title.text("zh-CN")
    # Only where the part of the country has a hub is it asked whether the site lies in one.
    (hub,) = (one for one in cut.procedures if one.procedure_id == "CN-P07")
    assert ("枢纽场址" in hub.proviso.text("zh-CN")) is (code == "150600")
    assert cut.office("comms_admin").name.text("zh-CN") == f"{chinese}通信管理局"
    (rule,) = (one for one in cut.rules if one.rule_id == "CN-DC-06")
    assert f"{chinese}发展改革委书面确认" in rule.condition.text("zh-CN")
    general = {"the province or region", "省（自治区）"}
    for office in cut.offices if code else ():
        assert not any(word in text for word in general for _, text in office.name.texts)


def test_every_place_that_gives_its_name_stands_for_one_that_there_is(knowledge):
    places = {one.place for one in knowledge.places}
    own = [one for one in knowledge.places if one.stands_for]
    assert len(own) == 31
    assert {one.stands_for for one in own} <= places
