"""Industry codes: the classification of the region, the name beside the code, nothing twice."""

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from generator.intake import read_submission
from generator.intake.classification import Likeness
from generator.problems import errors

SPELLINGS = Path(__file__).with_name("industry_names.csv")
"""Names of divisions as yearbooks, census tables and company lists of several years spell them."""
US = {"jurisdiction": "US", "admin_code": "48001", "currency": "USD", "cny_per_unit": 7.1}
KZ = {"jurisdiction": "KZ", "admin_code": "750000000", "currency": "KZT", "cny_per_unit": 0.015}
CN = {"jurisdiction": "CN"}


@pytest.fixture
def industry(region_book, knowledge):
    """`industry(where, (code, name, classification), …)`: problems, rows and conversions."""

    def read(where, *rows):
        filled = [
            {
                "code": code, "name_zh": name, "classification": system or None,
                "employment": 10 + place, "employment_reference": 1000, "source_zh": "统计局",
            }
            for place, (code, name, system) in enumerate(
                (*row, "", "")[:3] if isinstance(row, tuple) else (row, "", "") for row in rows
            )
        ]  # fmt: skip
        return read_submission([region_book(**where, industry=filled)], knowledge)

    return read


def said(found):
    """Codes of problems on the Industry sheet, by row."""
    return {
        (one.code, int(one.origin.cell[1:])) for one in found.problems if one.origin.sheet == "产业"
    }


def read_as(found):
    (region,) = found.regions
    return [(row.code, row.divisions) for row in region.industry]


def test_letters_digits_and_classes_of_the_national_classification_are_one_division_each(industry):
    found = industry(
        CN, "C13", "c14", ("1712", "棉织造加工", "gbt4754"), ("18", "纺织服装、服饰业")
    )
    assert read_as(found) == [
        ("C13", ("C13",)),
        ("C14", ("C14",)),
        ("C1712", ("C17",)),
        ("C18", ("C18",)),
    ]
    assert [(one.found, one.value) for one in found.conversions] == [("1712", "C17"), ("18", "C18")]


def test_international_codes_may_carry_the_letter_and_the_dots_of_nace(industry):
    found = industry(KZ, "10", ("C14", "Manufacture of wearing apparel"), "35.11", "1")
    assert read_as(found) == [
        ("10", ("10",)), ("14", ("14",)), ("3511", ("35",)), ("01", ("01",)),
    ]  # fmt: skip


def test_american_codes_of_any_length_lead_to_their_international_division(industry):
    found = industry(
        US, ("311", "Food manufacturing"), ("334413", "Semiconductors"), ("5415", "Computer systems"),
        ("622///", "Hospitals"),
    )  # fmt: skip
    assert read_as(found) == [
        ("311", ("10",)), ("334413", ("26",)), ("5415", ("62",)), ("622", ("86",)),
    ]  # fmt: skip
    assert [one.value for one in found.conversions] == ["ISIC 10", "ISIC 26", "ISIC 62", "ISIC 86"]


def test_digits_alone_in_china_are_asked_about_with_both_readings(industry):
    found = industry(CN, "26")
    (asked,) = errors(found.problems)
    words = dict(asked.args)
    assert asked.code == "IN-352"
    assert words["national_zh"] == "C26 化学原料和化学制品制造业"
    assert words["world_zh"].startswith("26 计算机")


def test_the_name_beside_digits_says_which_classification_they_are(industry):
    found = industry(CN, ("26", "化学原料及化学制品制造业"), ("10", "Manufacture of food products"))
    assert [row[0] for row in read_as(found)] == ["C26", "10"]
    assert len(found.conversions) == 2


def test_digits_without_a_name_follow_the_rest_of_their_column(industry):
    found = industry(CN, ("26", "化学原料和化学制品制造业"), ("38", "电气机械和器材制造业"), "39")
    assert [row[0] for row in read_as(found)] == ["C26", "C38", "C39"]


@pytest.mark.parametrize("code", ["02", "44", "54"])
def test_digits_that_can_mean_one_thing_only_are_read(industry, code):
    # ISIC has no 44 and no 54, and forestry is 02 in both.
    ((found, _),) = read_as(industry(CN, code))
    assert found[1:] == code


def test_a_letter_outside_china_may_be_nace_or_national(industry):
    assert said(industry(KZ, "C13")) == {("IN-352", 2)}
    ((code, _),) = read_as(industry(KZ, ("C13", "农副食品加工业")))
    assert code == "C13"
    ((code, _),) = read_as(industry(KZ, ("C13", "Manufacture of textiles")))
    assert code == "13"
    ((code, _),) = read_as(industry(KZ, ("C13", "", "gbt4754")))
    assert code == "C13"


@pytest.mark.parametrize(
    ("where", "code", "other"),
    [
        (CN, "C10", "10 "),
        (CN, "99", "99 "),
        (US, "C13", "13 "),
        (KZ, "C38", "C38 "),
    ],
)
def test_a_code_of_another_classification_is_refused_with_that_reading(
    industry, where, code, other
):
    (refused,) = errors(industry(where, code).problems)
    assert refused.code == "IN-351"
    assert dict(refused.args)["other_en"].startswith(other)


@pytest.mark.parametrize("code", ["C99", "食品", "D13", "C13 农副食品加工业", "10000"])
def test_what_is_no_code_is_refused_with_an_example(industry, code):
    (refused,) = errors(industry(CN, code).problems)
    assert (refused.code, dict(refused.args)["example"]) == ("IN-350", "C13")


def test_a_name_of_another_industry_is_an_error_with_both_readings(industry):
    (refused,) = errors(industry(CN, ("C38", "计算机、通信和其他电子设备制造业")).problems)
    words = dict(refused.args)
    assert refused.code == "IN-353"
    assert words["own_zh"] == "C38 电气机械和器材制造业"
    assert words["other_zh"] == "C39 计算机、通信和其他电子设备制造业"


def test_a_name_that_says_an_international_reading_is_an_error_under_another_one(industry):
    found = industry(US, ("62", "Computer programming, consultancy and related activities"))
    (refused,) = errors(found.problems)
    assert (refused.code, dict(refused.args)["other_en"][:3]) == ("IN-353", "62 ")
    assert dict(refused.args)["other_system_en"].startswith("ISIC")


@pytest.mark.parametrize("name", ["飞地经济产业集群", "Miscellaneous", "重点企业（12家）", "n/a"])
def test_a_name_that_resembles_nothing_says_nothing(industry, name):
    assert said(industry(CN, ("C38", name))) == set()


def test_a_class_beside_its_own_name_is_no_contradiction(industry):
    assert said(industry(CN, ("C1310", "谷物磨制"), ("C3922", "通信终端设备制造"))) == set()
    assert said(industry(US, ("311811", "Retail bakeries"), ("441110", "New car dealers"))) == set()


def test_american_codes_without_names_ask_for_them(industry):
    found = industry(US, "311", ("334", "Computer and electronic product manufacturing"))
    assert said(found) == {("IN-356", 2)}


def test_a_sector_is_never_read_as_a_division(industry):
    found = industry(US, ("62", "Health care and social assistance"), ("31-33", "Manufacturing"))
    assert said(found) == {("IN-355", 2), ("IN-354", 3)}
    (health, making) = (row[1] for row in read_as(found))
    assert health == ("86", "87", "88")
    assert set(making) == {f"{number}" for number in range(10, 34)} - {"33"}


def test_a_subsector_without_a_main_division_stands_for_all_of_them(industry):
    found = industry(US, ("541", "Professional and technical services"))
    assert said(found) == {("IN-357", 2)}
    ((_, divisions),) = read_as(found)
    assert {"62", "69", "71", "72", "74"} <= set(divisions)


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        (CN, [("C", "制造业"), "C13"]),
        (CN, ["C13", ("C1310", "谷物磨制")]),
        (KZ, [("C", "Manufacturing"), "10"]),
        (US, [("31-33", "Manufacturing"), ("311", "Food manufacturing")]),
        (
            US,
            [("334", "Computer and electronic product manufacturing"), ("3344", "Semiconductors")],
        ),
    ],
)
def test_a_part_beside_its_whole_would_be_counted_twice(industry, where, rows):
    for order in (rows, rows[::-1]):
        found = [one for one in industry(where, *order).problems if one.severity == "error"]
        assert [(one.code, dict(one.args)["first"][-2:]) for one in found] in (
            [("IN-358", "B2")], [("IN-358", "B3")],
        )  # fmt: skip


def test_one_industry_under_two_classifications_would_be_counted_twice(industry):
    found = industry(CN, "C13", ("10", "", "isic4"))
    assert ("IN-359", 3) in said(found)


def test_two_national_divisions_of_one_international_division_stand_side_by_side(industry):
    assert said(industry(CN, "C13", "C14")) == set()


def test_the_same_code_in_two_spellings_is_one_record(industry):
    assert said(industry(CN, "C02", "02")) == {("IN-350", 2)}
    assert said(industry(CN, "A02", "02")) == {("IN-217", 3)}


# --- names of published tables ------------------------------------------------------------------


def _spellings():
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"]) for row in csv.DictReader(file)]


@pytest.fixture
def beside(tmp_path, knowledge):
    """`beside([[(code, name), …], …])`: the rows whose name contradicts the code, one region a list."""

    def read(regions):
        head = "region,name_en,jurisdiction,admin_code,currency\n"
        body = [f"r{number},R{number},CN,14{number:04},CNY\n" for number in range(len(regions))]
        (tmp_path / "region.csv").write_text(head + "".join(body), encoding="utf-8")
        with (tmp_path / "industry.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["region", "code", "name_en", "employment", "source_en"])
            rows = [
                (f"r{number}", code, name, 5, "office")
                for number, rows in enumerate(regions)
                for code, name in rows
            ]
            table.writerows(rows)
        found = read_submission([tmp_path], knowledge, is_check=True)
        places = [int(one.origin.cell[1:]) - 2 for one in found.problems if one.code == "IN-353"]
        return [rows[place][1:3] for place in places]

    return read


def test_spellings_of_published_tables_agree_with_their_codes(beside):
    by_code = defaultdict(list)
    for code, name in _spellings():
        by_code[code].append(name)
    most = max(map(len, by_code.values()))
    regions = [
        [(code, names[number]) for code, names in by_code.items() if number < len(names)]
        for number in range(most)
    ]
    # One name too short to tell: a household is also what goods are made for.
    assert beside(regions) == [("O80", "Services to households")]


def test_official_names_contradict_every_other_code(beside, knowledge):
    names = {
        code.gb4754_division: code.gb4754_name.text("zh-CN")
        for code in knowledge.industry_codes
        if code.gb4754_division
    }
    codes = sorted(names)
    shifts = (1, 2, 3, 5, 11, 40)
    wrong = [
        [(code, names[codes[(place + shift) % len(codes)]]) for place, code in enumerate(codes)]
        for shift in shifts
    ]
    assert len(beside(wrong)) == len(codes) * len(shifts)


def test_official_names_agree_with_their_own_codes_in_both_languages(beside, knowledge):
    codes = [code for code in knowledge.industry_codes if code.gb4754_division and code.best_match]
    names = [
        [(code.gb4754_division, code.gb4754_name.text(language)) for code in codes]
        for language in ("en", "zh-CN")
    ]
    assert beside(names) == []


def test_neighbours_with_look_alike_names_are_told_apart(beside):
    pairs = [("C31", "黑色金属冶炼和压延加工业"), ("C32", "有色金属冶炼和压延加工业")]
    swapped = [(one[0], other[1]) for one, other in (*pairwise(pairs), *pairwise(pairs[::-1]))]
    assert len(beside([swapped])) == 2


def test_three_figures_among_four_may_have_lost_their_nought(industry):
    # ISIC 0311 is marine fishing; without its nought it reads as a group of division 31.
    found = industry(KZ, ("1011", "", "isic4"), ("311", "", "isic4"), ("62", "", "isic4"))
    assert {one for one in said(found) if one[0] == "IN-166"} == {("IN-166", 3)}


def test_three_figures_among_groups_of_three_have_lost_nothing(industry):
    found = industry(KZ, ("101", "", "isic4"), ("311", "", "isic4"), ("62", "", "isic4"))
    assert "IN-166" not in {code for code, _ in said(found)}


def test_a_name_shares_a_word_with_every_industry_that_it_resembles():
    known = {
        "A": ["Mining of coal", "煤炭开采"],
        "B": ["Coal trade"],
        "C": ["造纸"],
        "D": ["Other services"],
    }
    likeness = Likeness(known)
    for name in ("coal", "煤炭", "纸", "other services", "Weaving", "", "MINING-OF-COAL"):
        resembled = {key for key in known if likeness.score(name, key) > 0}
        assert likeness.near(name) >= resembled, name
    assert likeness.near("Weaving") == set()
    assert likeness.near("Mining of coal") == {"A", "B"}
