"""A legal order, a use, a criterion and a trigger are added in tables alone."""

from __future__ import annotations

import csv
import json
import re
import shutil

import pytest

from generator.analysis.scope import within
from generator.intake import load_knowledge

ON = ("--as-of", "2026-11-28")


def both(key, en, zh):
    """A text in both languages."""
    return {f"{key}_en": en, f"{key}_zh": zh}


def law(number, title, title_zh, begins, **more):
    """A row of instruments that nobody read."""
    return {
        "instrument_id": f"ZZ-LAW-{number}", "jurisdiction": "ZZ", "title_local": title,
        **both("title", title, title_zh), **both("issuer", "Assembly of Zubrowka", "祖布罗夫卡议会"),
        "in_force_from": begins, "read_kind": "none", "title_status": "original",
        "start_basis": "known", **more,
    }  # fmt: skip


def rule(number, instrument, activity, effect, **more):
    """A row of rules that nobody read."""
    return {
        "jurisdiction": "ZZ", "rule_id": f"ZZ-{number}", "instrument_id": f"ZZ-LAW-{instrument}",
        "activity": activity, "effect": effect, "region_scope": "ZZ",
        **both("condition", "notice to the assembly before work starts", "开工前向议会报备"),
        "read_kind": "none", **more,
    }  # fmt: skip


def need(criterion, low, target, weight, **more):
    """A row of requirements of the made-up use."""
    return {
        "use_id": "U98", "criterion_id": criterion, "minimum": low, "target": target,
        "direction": "higher_better", "hard_minimum": "no", "weight": weight, "status": "assumed",
        **both("reason", "made up for a test", "测试用"), **more,
    }  # fmt: skip


def office(key, name, name_zh):
    """What the made-up order calls an office."""
    return {
        "office_key": key, "jurisdiction": "ZZ", "kind": "public", "exists": "yes",
        **both("name", name, name_zh), "read_kind": "none",
    }  # fmt: skip


ROWS = {
    "catalogue/jurisdictions.csv": [
        {
            "code": "ZZ", **both("name", "Zubrowka", "祖布罗夫卡"), "currency": "ISK",
            "admin_code_system": "own", "classification": "isic4",
        }
    ],
    "rules/instruments.csv": [
        law(1, "Act on Halls", "机房法", "2024-01-01"),
        law(2, "Act on Ledgers", "账本法", "2025-07-01", in_force_until="2028-01-01"),
    ],
    "rules/rules.csv": [
        rule(1, 1, "data_centre", "conditional"),
        rule(2, 1, "data_centre", "prohibited", threshold_quantity="it_mw", threshold_op=">=",
             threshold_value="20"),
        rule(3, 1, "energy_storage", "conditional", threshold_quantity="load_mw",
             threshold_op=">", threshold_value="400"),
        rule(4, 2, "permissioned_blockchain", "permitted"),
        rule(5, 2, "personal_data", "conditional", in_force_from="2027-03-01"),
    ],
    "rules/relations.csv": [
        {
            "from_instrument": "ZZ-LAW-2", "relation": "implements", "to_instrument": "ZZ-LAW-1",
            "effective_on": "2025-07-01",
        }
    ],
    "rules/coverage.csv": [
        {
            "jurisdiction": "ZZ", "activity": "customs",
            **both("reason", "Customs law was not looked at.", "海关法规未查。"),
        }
    ],
    "catalogue/offices.csv": [
        office("governing_body", "Assembly of Zubrowka", "祖布罗夫卡议会"),
        office("energy_office", "Office of Lamps", "灯火局"),
        office("development_reform", "Office of Plans", "规划局"),
    ],
    "catalogue/procedures.csv": [
        {
            "jurisdiction": "ZZ", "procedure_id": "ZZ-P01", **both("name", "Reading aloud", "当众宣读"),
            "applies_when": "always", **both("basis", "Act on Halls, Art. 3", "《机房法》第三条"),
            **both("what", "The plan is read aloud in the square.", "规划在广场当众宣读。"),
            "lead_office": "governing_body", "read_kind": "none",
        },
        {
            "jurisdiction": "ZZ", "procedure_id": "ZZ-P02", **both("name", "Weighing of ink", "墨水称重"),
            "applies_when": "outside_hub", **both("basis", "Act on Halls, Art. 4", "《机房法》第四条"),
            **both("what", "The ink is weighed.", "墨水须称重。"),
            "lead_office": "governing_body", "read_kind": "none",
        },
    ],
    "catalogue/procedure_triggers.csv": [
        {
            "trigger": "outside_hub",
            **both("definition", "The region lies in no hub.", "地区不在枢纽内。"),
            "test": "region_equals", "argument": "in_national_hub", "value": "0",
        }
    ],
    "catalogue/criteria.csv": [
        {
            "criterion_id": "boat_shed", **both("name", "Largest boat shed", "最大船棚"),
            "unit": "m²", "unit_zh": "平方米", "direction": "higher_better", "group": "site",
            **both("meaning", "Floor area of the largest hall", "最大厂房面积"),
            "reads": "hall_m2", "rollup_blockchain": "max_site", "rollup_power_reuse": "max_site",
            **both("rollup", "best single site", "单个场地最高值"), "low": "0", "is_money": "no",
            "is_environmental": "no", "by_price_level": "no", "jurisdictions": "ZZ", "changeable": "given",
            "owner_office": "governing_body",
        }
    ],
    "catalogue/uses.csv": [
        {
            "use_id": "U98", "category": "blockchain", **both("name", "Register of boats", "船只登记"),
            **both("what_it_is", "a shared register of boats", "共享的船只登记账本"),
            "regulated_activities": "permissioned_blockchain", "it_load_mw_low": "0.01",
            "it_load_mw_high": "0.05", "key_institution_types": "port_group",
            "capex_cny_m_low": "1", "capex_cny_m_high": "2", "jobs_fte_low": "2",
            "jobs_fte_high": "4", "opex_pct_of_capex_low": "10", "opex_pct_of_capex_high": "20",
            "maturity": "emerging", "numbers_status": "assumed", "jurisdictions": "ZZ",
            "owner_office": "governing_body", "operator_office": "association",
            **both("owner", "the assembly", "议会"), "payback_status": "not shown", "needs_site": "no",
            **both("unit_of_scale", "one register", "一个登记系统"),
            **both("capex_unit", "per register", "按系统"),
        }
    ],
    "catalogue/unit_needs.csv": [
        {
            "use_id": "U98", "partner_types": "port_group;association", "on_shared_platform": "yes",
            "reach_share": "0.5", "repeatable": "no", "jobs_by": "operator",
            "wages_in": "operator",
            "build_months_low": "6", "build_months_high": "9", "status": "assumed",
            **both("reason", "made up for a test", "测试用"),
            **both("build_reason", "made up for a test", "测试用"),
        }
    ],
    "catalogue/requirements.csv": [
        need("dev_fte", 4, 12, 40),
        need("backbone_gbps", 1, 10, 30),
        need("boat_shed", 1000, 17000, 30, jurisdictions="ZZ"),
    ],
    "catalogue/triggers.csv": [
        {
            "trigger": "ledger_proposed",
            **both("definition", "A use with a ledger is in the programme.", "项目方案含账本应用。"),
            "test": "activity", "argument": "permissioned_blockchain",
        }
    ],
    "catalogue/risks.csv": [
        {
            "risk_id": "K98", "trigger": "ledger_proposed", **both("title", "Ink runs out", "墨水用尽"),
            **both("description", "The register is kept in ink as well.", "登记同时用墨水记录。"),
            "likelihood_1_5": "2", "impact_1_5": "2", **both("mitigation", "Buy ink.", "购置墨水。"),
            "owner_type": "government", "jurisdictions": "ZZ",
            "owner_office": "governing_body",
        }
    ],
}  # fmt: skip


def add(folder, rows):
    """Put rows behind those of their tables; where each table's first new row stands."""
    first = {}
    for name, records in rows.items():
        path = folder / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
        first[name] = len(table) + 1
        for record in records:
            assert set(record) <= set(table[0]), name
            table.append([record.get(key, "") for key in table[0]])
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    return first


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, root):
    """Catalogue and rules with the made-up order, and where its rows begin."""
    folder = tmp_path_factory.mktemp("shelf")
    for name in ("catalogue", "rules"):
        shutil.copytree(root / "inputs" / name, folder / name)
    return folder, add(folder, ROWS)


def tables(folder):
    return ("--catalogue", folder / "catalogue", "--rules", folder / "rules")


@pytest.fixture(scope="module")
def zubrowkan(region_book):
    """A workbook of a region there, with a body that has signed for the made-up use."""
    return region_book(
        language="en", region="somewhere", name_en="Somewhere", jurisdiction="ZZ", admin_code="Z1",
        currency="ISK", cny_per_unit=0.05, in_national_hub=None, industry=[], limits=[],
        institutions=[
            {
                "name_en": "Harbour board", "type": "port group", "use": "U98", "status": "signed",
                "source_en": "Board", "as_of": "2025", "grade": "B",
            }
        ],
    )  # fmt: skip


def test_the_law_of_a_new_place_is_read_from_its_tables(briefs, shelf, zubrowkan):
    done = briefs("rules", zubrowkan, *ON, "--json", *tables(shelf[0]))

    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["regions"]
    assert found["jurisdictions"] == ["ZZ"]
    assert found["reach"]["has_own"] is True
    assert set(found["reach"]["assessed"]) == {
        "data_centre", "energy_storage", "permissioned_blockchain"
    }  # fmt: skip
    assert found["reach"]["reasons"]["customs"]["reason"]["en"] == "Customs law was not looked at."
    # 60 and 40 MW are spare, a tenth more at best: a law above 400 MW is out of reach.
    assert found["activities"]["energy_storage"]["beyond"] == ["ZZ-3"]
    assert found["activities"]["data_centre"]["barred"][0]["amount"] == 20
    assert found["activities"]["data_centre"]["effect"] == "conditional"
    assert found["activities"]["personal_data"]["coming"] == ["ZZ-5"]
    assert found["rules"]["ZZ-4"]["look_again"] == ["unread", "ends"]


def test_documents_of_a_new_place_are_built_and_carry_its_use_procedures_and_risk(
    briefs, shelf, zubrowkan, read_text, tmp_path
):
    done = briefs(
        "build", zubrowkan, *ON, *tables(shelf[0]), "--out", tmp_path,
        "--document", "planning-brief", "--document", "annex", "--lang", "en",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "somewhere/results.json").read_text(encoding="utf-8"))
    assert found["law"]["uses"]["U98"]["status"] == "permitted"
    # Nobody said whether the region lies in a hub: the second procedure stays open.
    assert {one["id"] for one in found["law"]["procedures"]} == {"ZZ-P01"}
    assert found["law"]["undecided_procedures"] == ["ZZ-P02"]
    (risk,) = [one for one in found["risks"] if one["risk"] == "K98"]
    assert "U98" in risk["uses"]
    shed = found["readiness"]["uses"]["U98"]["contributions"]["boat_shed"]
    # The hall of the workbook has 9,000 m², half-way from 1,000 to 17,000.
    assert (shed["fact"]["value"], shed["partial"], shed["weight"]) == (9000, 0.5, 30)
    plan = read_text(tmp_path / "somewhere/planning-brief.en.docx")
    assert "Reading aloud" in plan
    assert "they stay open: Weighing of ink" in plan
    assert "The ink is weighed." not in plan
    # The worst risks stand in the planning brief, every one in the annex.
    assert "Ink runs out" in read_text(tmp_path / "somewhere/annex.en.docx")


def test_a_new_use_and_criterion_exist_in_their_place_alone(shelf):
    knowledge = load_knowledge(shelf[0] / "catalogue", shelf[0] / "rules")

    there, here = (within(knowledge, knowledge.lineage(code)) for code in ("ZZ", "CN"))

    assert "U98" in there.requirements
    assert "boat_shed" in there.criteria
    assert "U98" not in here.requirements
    assert "boat_shed" not in here.criteria
    assert "K98" in {risk.risk_id for risk in there.risks}
    assert "K98" not in {risk.risk_id for risk in here.risks}
    assert there.office("energy_office").name.text("en") == "Office of Lamps"
    assert here.office("energy_office").name.text("en") != "Office of Lamps"


@pytest.mark.parametrize(
    ("name", "number", "column", "word", "code"),
    [
        ("catalogue/jurisdictions.csv", 0, "classification", "isic5", "IN-215"),
        ("rules/instruments.csv", 0, "jurisdiction", "ZY", "IN-216"),
        ("rules/rules.csv", 0, "activity", "data_center", "IN-216"),
        ("rules/rules.csv", 1, "threshold_quantity", "it_mv", "IN-215"),
        ("rules/rules.csv", 4, "instrument_id", "ZZ-LAW-3", "IN-216"),
        ("rules/relations.csv", 0, "relation", "implemnts", "IN-215"),
        ("rules/coverage.csv", 0, "activity", "custom", "IN-216"),
        ("catalogue/offices.csv", 1, "office_key", "enrgy_office", "KN-121"),
        ("catalogue/procedures.csv", 0, "applies_when", "allways", "IN-216"),
        ("catalogue/uses.csv", 0, "regulated_activities", "permissioned_blockchian", "IN-216"),
        ("catalogue/uses.csv", 0, "owner_office", "governing_bodi", "IN-216"),
        ("catalogue/criteria.csv", 0, "reads", "hall_m3", "KN-138"),
        ("catalogue/criteria.csv", 0, "rollup_blockchain", "max_sight", "IN-215"),
        ("catalogue/requirements.csv", 2, "criterion_id", "boat_shet", "IN-216"),
        ("catalogue/triggers.csv", 0, "test", "activty", "IN-215"),
        ("catalogue/risks.csv", 0, "trigger", "ledger_propsed", "IN-216"),
    ],
)
def test_a_wrong_word_in_a_new_row_is_refused_in_its_cell(
    briefs, shelf, zubrowkan, tmp_path, name, number, column, word, code
):
    folder, first = shelf
    shutil.copytree(folder, tmp_path / "wrong")
    path = tmp_path / "wrong" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    row = first[name] + number
    rows[row - 1][rows[0].index(column)] = word
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    done = briefs("rules", zubrowkan, *ON, *tables(tmp_path / "wrong"), "--lang", "en")

    assert (done.returncode, done.stdout) == (2, "")
    said = [line for line in done.stderr.splitlines() if f"“{word}”" in line]
    assert said
    assert all(
        re.match(rf"{code} {path.name}![A-Z]+{row}\b", line) for line in said
    ), done.stderr  # fmt: skip
    assert "Did you mean" in said[0] or "Choose one of" in said[0]
    assert "Traceback" not in done.stderr
