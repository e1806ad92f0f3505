"""Tables of very many rows are read in parts, and what comes of them is the same."""

import random

import nation
import pytest

from generator.intake import check, parts, read_submission


@pytest.fixture
def tables():
    """The rows of seven regions, those of one beside those of another."""
    made, chance = nation.nation(7), random.Random(3)  # noqa: S311 - a seed, no secret
    for rows in made.values():
        chance.shuffle(rows)
    return made


@pytest.fixture
def both(tmp_path, knowledge, monkeypatch):
    """What comes of tables that are read at once, and of the same tables in parts."""

    def run(made):
        folder = nation.write_csv(made, tmp_path / "tables")
        whole = read_submission([folder], knowledge)
        checked = read_submission([folder], knowledge, is_check=True)
        monkeypatch.setattr(check, "MANY", 5)
        monkeypatch.setattr(parts, "REGIONS", 2)
        pieces = read_submission([folder], knowledge)
        assert set(read_submission([folder], knowledge, is_check=True).problems) == {
            *checked.problems
        }
        return whole, pieces

    return run


def same(whole, pieces):
    assert pieces.codes == whole.codes
    assert [*map(repr, pieces.regions)] == [*map(repr, whole.regions)]
    assert [*map(repr, pieces.regions)] == [*map(repr, whole.regions)]  # and when asked again
    for region in whole.regions:
        assert pieces.notice_of(region) == whole.notice_of(region)
    assert pieces.problems == whole.problems
    assert sorted(map(repr, pieces.conversions)) == sorted(map(repr, whole.conversions))
    assert (pieces.left_out, pieces.language) == (whole.left_out, whole.language)
    return {(one.code, one.severity) for one in whole.problems}


def test_in_parts_there_are_the_same_regions_in_the_same_order(both, tables):
    whole, pieces = both(tables)
    same(whole, pieces)
    assert len(pieces.regions) == 7
    assert pieces.regions[3].code == whole.codes[3]


def test_in_parts_every_mistake_is_found_where_it_stands(both, tables):
    power, workforce = tables["power"], tables["workforce"]
    power[0]["region"] = "nowhere"
    power[3]["capacity_mw"] = "about 60"
    power.append({**power[5], "name_en": "Total", "name_zh": "合计"})
    power.append({**power[6]})
    tables["industry"][4]["code"] = "0000"
    tables["sites"][2]["grid_mva"] = "40000 kVA"
    tables["measures"][1]["value"] = "8000 µs"
    workforce[2]["headcount"] = ""
    workforce[3]["available_fte"] = workforce[3]["headcount"] * 3 or 7
    tables["recipients"][1]["email"] = "nobody"
    tables["region"][2]["jurisdiction"] = "Atlantis"
    found = same(*both(tables))
    assert {"IN-204", "IN-216", "IN-217", "IN-218", "IN-222"} <= {code for code, _ in found}


def test_a_question_about_a_column_of_all_regions_is_asked_once_in_parts_too(both, tables):
    for row in tables["region"]:
        row["population"] = 100
    found = same(*both(tables))
    assert ("IN-320", "error") in found


def test_flags_beside_a_table_are_counted_over_all_of_it(both, tables):
    for number, row in enumerate(tables["power"]):
        row["obs_status"] = "e" if number % 2 else ""
    same(*both(tables))
