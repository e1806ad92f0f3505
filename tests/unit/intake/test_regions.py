"""Workbooks to regions: references, ranges, overrides, several regions in one file."""

from datetime import date

import pytest

from generator.intake import input_names, read_submission
from generator.problems import Origin, errors

POINT = {"name_zh": "一号变电站", "kind": "connection point", "status": "existing"}
BODY = {"name_zh": "供电公司", "type": "power company", "status": "signed"}


@pytest.fixture
def read(region_book, knowledge):
    """Read a small region workbook with changes."""
    return lambda **changes: read_submission([region_book(**changes)], knowledge)


def codes(found):
    return [(one.code, str(one.origin)) for one in errors(found.problems)]


def test_complete_small_region_has_no_problems(read):
    found = read()
    (region,) = found.regions
    assert found.problems == ()
    assert found.conversions == ()
    assert region.name.text("zh-CN") == "潞城"
    assert region.name.text("en") == "Lucheng"
    assert region.plan_from == date(2027, 1, 1)
    assert region.institutions[0].use == "U01"
    assert region.figures["in_national_hub"].value == 0
    assert region.figures["saidi_minutes"].value is None


def test_both_languages_of_the_form_say_the_same(region):
    chinese, english = region(), region(language="en")
    assert [point.spare_mw.value for point in english.power] == [60, 40]
    assert {key: fact.value for key, fact in english.figures.items()} == {
        key: fact.value for key, fact in chinese.figures.items()
    }


def test_fact_keeps_cell_unit_grade_source_and_date(region):
    fact = region().power[0].spare_mw
    assert (fact.value, fact.unit, fact.grade, fact.as_of) == (60, "MW", "B", "2025-06-30")
    assert fact.source.text("en") == "市发展改革委填报"
    assert fact.origins == (Origin("region.xlsx", "电力", "F2"),)


def test_blank_range_is_that_of_the_grade(region):
    # ±5, ±10, ±20, ±40 % of 60; a row without a grade counts as an assumption.
    ends = {"A": (57, 63), "B": (54, 66), "C": (48, 72), "D": (36, 84), None: (36, 84)}
    rows = [{**POINT, "name_zh": f"{grade}", "spare_mw": 60, "grade": grade} for grade in ends]
    facts = [point.spare_mw for point in region(power=rows).power]
    assert [(fact.low, fact.high) for fact in facts] == [
        pytest.approx(end) for end in ends.values()
    ]


def test_given_range_replaces_that_of_the_grade(region):
    ends = {"spare_mw_low": 50, "spare_mw_high": 61, "grade": "D"}
    fact = region(power=[{**POINT, "spare_mw": 60, **ends}]).power[0].spare_mw
    assert (fact.low, fact.value, fact.high) == (50, 60, 61)


def test_default_range_stops_at_the_bounds_of_the_column(region):
    hall = {"name_zh": "机房", "pue": 1.2, "availability": 99, "grade": "D"}
    facts = region(data_centres=[hall]).data_centres[0]
    assert facts.pue.low == 1  # 1.2 × 0.6 is no PUE
    assert facts.availability.high == 100


def test_exact_number_has_no_range(region):
    fact = region(power=[{**POINT, "capacity_mw": 100, "grade": "D"}]).power[0].capacity_mw
    assert (fact.low, fact.high) == (100, 100)


@pytest.mark.parametrize(
    ("ends", "refusal"),
    [
        ({"spare_mw": 60, "spare_mw_low": 61}, "IN-218"),
        ({"spare_mw": 60, "spare_mw_high": 59}, "IN-218"),
        ({"spare_mw": None, "spare_mw_low": 50}, "IN-219"),
    ],
)
def test_range_must_hold_its_value(read, ends, refusal):
    found = read(power=[{**POINT, **ends}])
    assert codes(found) == [(refusal, "电力!E2")]
    assert found.regions == ()


def test_blank_number_is_unknown_and_zero_is_zero(region):
    rows = [{**POINT, "spare_mw": 0}, {**POINT, "name_zh": "二号", "spare_mw": "无"}]
    first, second = region(power=rows).power
    assert first.spare_mw.value == 0
    assert second.spare_mw.value is None
    assert second.spare_mw.origins[0].cell == "E3"


def test_row_of_an_unknown_region_is_refused(read):
    found = read(power=[{**POINT, "region": "lucheng2"}])
    assert codes(found) == [("IN-216", "电力!A2")]
    assert dict(errors(found.problems)[0].args)["nearest_en"] == "lucheng"


def test_region_code_must_do_for_a_file_name(read):
    for code in ("潞城", "a b", "a/b", "..", "a.b", "x" * 65):
        found = read(region=code)
        assert [name for name, _ in codes(found)] == ["IN-112"], code
        assert found.regions == ()


@pytest.mark.parametrize("code", ["comparison", "Outbox", "CON", "nul", "com1", "LPT9"])
def test_a_code_that_the_program_or_windows_keeps_is_refused(read, code):
    assert [name for name, _ in codes(read(region=code))] == ["IN-119"]


@pytest.mark.parametrize(
    "written",
    [
        "U02",
        "u02",
        "Port and logistics documents, electronic bill of lading",
        "U02 Port and logistics documents, electronic bill of lading",
    ],
)
def test_use_is_named_by_id_by_name_or_by_both(region, knowledge, written):
    port = next(use.name.text("en") for use in knowledge.uses if use.use_id == "U02")
    assert port == "Port and logistics documents, electronic bill of lading"
    assert region(institutions=[{**BODY, "use": written}]).institutions[0].use == "U02"


def test_unknown_use_is_refused(read):
    assert codes(read(institutions=[{**BODY, "use": "U99"}])) == [("IN-216", "机构!E2")]


def test_one_use_in_two_spellings_is_one_record(read):
    rows = [{**BODY, "use": "U02"}, {**BODY, "use": "u02"}]
    names = [*rows, {**BODY, "use": "U02 Port and logistics documents, electronic bill of lading"}]
    assert [name for name, _ in codes(read(institutions=rows))] == ["IN-217"]
    assert [name for name, _ in codes(read(institutions=names))] == ["IN-217"] * 2


def test_measures_override_the_region_sheet_with_their_own_source(region):
    own = {"criterion": "常住人口", "value": 3_180_000, "grade": "A", "source_zh": "人口普查"}
    fact = region(measures=[own]).figures["population"]
    assert (fact.value, fact.grade, fact.source.text("en")) == (3_180_000, "A", "人口普查")
    assert fact.origins[0] == Origin("region.xlsx", "指标", "C2")


def test_measure_has_the_unit_of_its_criterion(region, knowledge):
    (row,) = region(measures=[{"criterion": "spare_grid_mw", "value": 80}]).measures
    assert row.value.unit == knowledge.criteria["spare_grid_mw"].unit.text("en") == "MW"


@pytest.mark.parametrize(
    ("criterion", "value", "unit"),
    [("spare_grid_mw", 1.2, "GW"), ("population", 318, "万人"), ("power_price", 56, "分/kWh")],
)
def test_unit_beside_a_measure_is_obeyed_or_refused(read, criterion, value, unit):
    found = read(measures=[{"criterion": criterion, "value": value, "unit": unit}])
    taken = [row.value.value for region in found.regions for row in region.measures]
    assert value not in taken


def test_unit_beside_a_limit_is_obeyed_or_refused(read):
    found = read(limits=[{"resource": "capex", "amount": 3500, "unit": "万元"}])
    assert 3500 not in [row.amount.value for region in found.regions for row in region.limits]


@pytest.mark.parametrize(
    ("criterion", "value"),
    [
        ("renewable_share", 0.34),
        ("population", -5),
        ("in_national_hub", 7),
        ("mean_temperature_c", 99),
    ],
)
def test_measure_of_a_region_column_keeps_to_that_column(read, criterion, value):
    # The same number is refused on the Region sheet.
    assert codes(read(**{criterion: value})) != []
    assert codes(read(measures=[{"criterion": criterion, "value": value}])) != []


def test_yuan_is_not_read_as_another_currency(read):
    found = read(
        jurisdiction="KZ", currency="KZT", cny_per_unit=0.015,
        power=[{**POINT, "price": "0.35 元/kWh"}],
    )  # fmt: skip
    assert codes(found) == [("IN-206", "电力!E2")]


TWO = {
    "Region": """
        | region | name_zh | jurisdiction | admin_code | currency |
        | lucheng | 潞城 | CN | "140400" | CNY |
        | daogang | 岛港 | CN | "370200" | CNY |
        """,
    "Power": """
        | region | name_zh | kind | status | spare_mw |
        | daogang | 一号变电站 | connection point | existing | 60 |
        | lucheng | 一号变电站 | connection point | existing | 40 |
        """,
}


def test_one_workbook_holds_several_regions(workbook, knowledge):
    found = read_submission([workbook(TWO)], knowledge)
    assert errors(found.problems) == ()
    spare = {one.code: [point.spare_mw.value for point in one.power] for one in found.regions}
    assert spare == {"lucheng": [40], "daogang": [60]}


def test_one_bad_region_does_not_stop_the_others(workbook, knowledge):
    sheets = {**TWO, "Power": TWO["Power"].replace("60", "约60")}
    found = read_submission([workbook(sheets)], knowledge)
    assert codes(found) == [("IN-204", "Power!E2")]
    assert [one.code for one in found.regions] == ["lucheng"]


def test_one_bad_file_does_not_stop_the_others(tmp_path, region_book, knowledge):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"not a workbook")
    found = read_submission([bad, region_book()], knowledge)
    assert codes(found) == [("IN-102", "bad.xlsx")]
    assert [one.code for one in found.regions] == ["lucheng"]


@pytest.mark.parametrize("twin", ["lucheng", "Lucheng"])
def test_region_code_that_stands_twice_builds_no_half_region(workbook, knowledge, twin):
    sheets = {**TWO, "Region": TWO["Region"].replace("daogang", twin)}
    sheets["Power"] = TWO["Power"].replace("daogang", "lucheng").replace("一号变电站", "甲", 1)
    found = read_submission([workbook(sheets)], knowledge)
    assert ("IN-217", "Region!A3") in codes(found)
    assert found.regions == ()


@pytest.mark.parametrize("is_check", [False, True])
def test_region_in_two_files_is_refused(region_book, knowledge, is_check):
    paths = [region_book(name="a.xlsx"), region_book(name="b.xlsx", region="Lucheng")]
    found = read_submission(paths, knowledge, is_check=is_check)
    (twice,) = errors(found.problems)
    assert twice.code == "IN-217"
    assert twice.origin.full == "b.xlsx 地区!A2"
    assert dict(twice.args)["first"] == "a.xlsx 地区!A2"
    assert found.regions == ()


def test_inputs_of_one_name_are_told_apart_by_their_folders(tmp_path):
    ends = ("2025/a/x.xlsx", "2026/a/x.xlsx", "2026/b/X.xlsx", "2026/b/y.xlsx")
    paths = [tmp_path / end for end in ends]
    assert list(input_names(paths).values()) == [
        "2025/a/x.xlsx", "2026/a/x.xlsx", "b/X.xlsx", "y.xlsx"
    ]  # fmt: skip


def test_wrong_cell_of_one_file_leaves_the_namesake_alone(region_book, knowledge):
    good, bad = region_book(), region_book(region="other", name_zh="乙", name_en="B", gdp="x")
    found = read_submission([good, bad], knowledge)
    (wrong,) = errors(found.problems)
    assert wrong.origin.file == f"{bad.parent.name}/region.xlsx"
    assert [one.code for one in found.regions] == ["lucheng"]


def test_rows_of_a_region_that_could_not_be_read_are_not_wrong_as_well(workbook, knowledge):
    sheets = {**TWO, "Region": TWO["Region"].replace("jurisdiction", "realm")}
    found = read_submission([workbook(sheets)], knowledge)
    assert {name for name, _ in codes(found)} == {"IN-105"}


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"Power": TWO["Power"]}, "IN-110"),
        ({**TWO, "Region": []}, "IN-110"),
        ({**TWO, "Region": [TWO["Region"].split("|")[1:6]]}, "IN-141"),
        ({"Region": [TWO["Region"].split("|")[1:6]]}, "IN-140"),
    ],
    ids=["missing", "empty", "headers only", "headers only and no other sheet"],
)
def test_workbook_without_a_region_says_so_once(workbook, knowledge, sheets, code):
    found = read_submission([workbook(sheets)], knowledge)
    assert [name for name, _ in codes(found)] == [code]


def test_other_sheets_are_checked_before_there_is_a_region(workbook, knowledge):
    headers = [TWO["Region"].split("|")[1:6]]
    power = [["region", "name_en", "kind", "status", "spare_mw"],
             ["a", "One", "connection point", "existing", "about 5"]]  # fmt: skip
    found = read_submission([workbook({"Region": headers, "Power": power})], knowledge)
    assert [name for name, _ in codes(found)] == ["IN-141", "IN-204"]


def test_digest_follows_the_content(region_book, knowledge):
    one, same, other = region_book(), region_book(), region_book(gdp=241)
    same.write_bytes(one.read_bytes())
    digest = {}
    for path in (one, same, other):
        (region,) = read_submission([path], knowledge).regions
        digest[path] = region.digest
    assert digest[one] == digest[same] != digest[other]


def test_digest_of_a_region_says_nothing_of_its_neighbours(workbook, knowledge):
    more = "\n| daogang | 二号变电站 | connection point | existing | 7 |"
    changed = {**TWO, "Power": TWO["Power"].strip() + more}
    before, after = (
        {one.code: one.digest for one in read_submission([workbook(sheets)], knowledge).regions}
        for sheets in (TWO, changed)
    )
    assert before["lucheng"] == after["lucheng"] != before["daogang"] != after["daogang"]


def test_new_ranges_of_the_form_are_read(read):
    found = read(
        renewable_share_low=30, renewable_share_high=36, capacity_payment="16.5万元/兆瓦·年",
        industry=[{"code": "C26", "name_zh": "化学原料和化学制品制造业", "employment": 100,
                   "employment_low": 90, "employment_high": 130, "employment_reference": 1000,
                   "employment_reference_low": 900, "employment_reference_high": 1100, "source_zh": "x"}],
        limits=[{"resource": "capex", "amount": 300, "amount_low": 2.5, "amount_high": 320, "unit": "百万元"}],
    )  # fmt: skip
    (region,) = found.regions
    assert errors(found.problems) == ()
    share = region.figures["renewable_share"]
    assert (share.low, share.value, share.high) == (30, 34, 36)
    (row,) = region.industry
    assert (row.employment.low, row.employment.high) == (90, 130)
    assert (row.employment_reference.low, row.employment_reference.high) == (900, 1100)
    (limit,) = region.limits
    assert (limit.amount.low, limit.amount.value, limit.amount.high) == (2.5, 300, 320)
    # 165,000 yuan for a megawatt are 165 for a kilowatt.
    assert region.figures["capacity_payment"].value == 165


def test_a_measure_takes_the_place_of_the_capacity_payment(region):
    own = region(capacity_payment=100, measures=[{"criterion": "capacity_payment", "value": 165}])
    assert own.figures["capacity_payment"].value == 165


@pytest.mark.parametrize(
    ("word", "status"),
    [("意向书", "intent"), ("letter of intent", "intent"), ("已签意向书", "intent"), ("LOI", "intent"),
     ("已签约", "signed"), ("意向", None)],
)  # fmt: skip
def test_letters_of_intent_are_read_and_an_intention_is_not_guessed(read, word, status):
    found = read(institutions=[{**BODY, "use": "U01", "status": word}])
    if status is None:
        assert [code for code, _ in codes(found)] == ["IN-215"]
        return
    (region,) = found.regions
    assert region.institutions[0].status == status


def test_basis_documents_are_read_with_their_number_issuer_and_demand(read):
    row = {"title_zh": "某市规划", "number": "某政发〔2022〕21号", "issuer_zh": "某市人民政府",
           "issued_on": date(2022, 12, 5), "asks_zh": "推进转型", "grade": "B", "source_zh": "官网"}  # fmt: skip
    found = read(basis_documents=[row])
    assert found.problems == ()
    (region,) = found.regions
    (one,) = region.basis_documents
    assert (one.title.text("zh-CN"), one.number) == ("某市规划", "某政发〔2022〕21号")
    assert (one.issuer.text("zh-CN"), one.issued_on) == ("某市人民政府", date(2022, 12, 5))
    assert one.asks.text("zh-CN") == "推进转型"
    assert (one.grade, one.source.text("zh-CN"), one.origin.cell) == ("B", "官网", "2")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"title_zh": "某市规划"}, {"title_zh": "某市规划 "}], "IN-217"),
        ([{"title_zh": "某市规划"}, {"number": "1号"}], "IN-202"),
        ([{"title_zh": "某市规划", "issued_on": "03/04/2026"}], "IN-213"),
        ([{"title_zh": "某市规划", "grade": "E"}], "IN-215"),
    ],
)
def test_basis_documents_are_checked_like_all_other_rows(read, rows, code):
    assert [found for found, _ in codes(read(basis_documents=rows))] == [code]


def test_an_old_plan_is_no_old_data(read):
    found = read(basis_documents=[{"title_zh": "某市规划", "as_of": "2011", "source_zh": "x"}])
    assert found.problems == ()


def test_points_for_what_is_only_reported_count_nowhere(read):
    found = read(weights=[{"stakeholder_zh": "园区", "benefit": "B11 Capital", "weight": 60},
                          {"stakeholder_zh": "园区", "benefit": "所服务产业的从业人员", "weight": 40}])  # fmt: skip
    assert [one.code for one in found.problems] == ["IN-147"]
    (region,) = found.regions
    assert [(one.benefit, one.weight.value) for one in region.weights] == [("B10", 40)]
