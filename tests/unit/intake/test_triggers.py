"""Rows of triggers, sources, roles and actions are refused with their cell where they name nothing."""

import csv
import shutil

import pytest

from generator.intake import load_knowledge
from generator.problems import KnowledgeError


@pytest.fixture
def shelf(tmp_path, root):
    shutil.copytree(root / "inputs" / "catalogue", tmp_path / "catalogue")
    return Shelf(tmp_path / "catalogue", root / "inputs" / "rules")


class Shelf:
    """A copy of the shipped catalogue, and ways to change and load it."""

    def __init__(self, folder, rules):
        self.folder, self.rules = folder, rules

    def load(self):
        return load_knowledge(self.folder, self.rules)

    def problems(self):
        with pytest.raises(KnowledgeError) as fault:
            self.load()
        return fault.value.problems

    def write(self, table, row, **cells):
        """Change cells of the record with this key, or add a record; the place of the first cell."""
        path = self.folder / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *records = csv.reader(file)
        keys = [record[0] for record in records]
        if row not in keys:
            records.append([row, *[""] * (len(head) - 1)])
            keys.append(row)
        for key, value in cells.items():
            records[keys.index(row)][head.index(key)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *records])
        return f"{table}.csv!{_letter(head.index(next(iter(cells))))}{keys.index(row) + 2}"


def _letter(index):
    return chr(65 + index) if index < 26 else f"A{chr(65 + index - 26)}"


def term(test, argument="", value=""):
    return {"test": test, "argument": argument, "value": value}


WRONG_TERMS = [
    (term("activity", "personal_dat"), "argument", "KN-131", "personal_data"),
    (term("use", "R01;R99"), "argument", "KN-131", None),
    (term("category", "blockchian"), "argument", "KN-131", "blockchain"),
    (term("category", "blockchain;power_reuse"), "argument", "KN-134", None),
    (term("region_above", "unexplained_load", "0"), "argument", "KN-131", "unexplained_load_mw"),
    (term("region_above", "unexplained_load_mw", "none"), "value", "KN-135", None),
    (term("region_equals", "in_national_hub", ""), "value", "KN-132", None),
    (term("region_equals", "", "0"), "argument", "KN-132", None),
    (term("quantity_from", "grid_mv", "75"), "argument", "KN-131", "grid_mw"),
    (term("quantity_from", "grid_mw", "75 MW"), "value", "KN-135", None),
    (term("quantity_from", "grid_mw", "inf"), "value", "KN-135", None),
    (term("quantity_from", "grid_mw", "75;80"), "value", "KN-134", None),
    (term("coverage_below", "coverage_minimum"), "argument", "KN-131", "coverage_minimum_pct"),
    (term("institutions_fewer", "suppliers", "2"), "argument", "KN-131", "supplier"),
    (term("plant_share_above", "coal", "70"), "value", "KN-135", None),
    (term("plant_share_above", "cole", "0.7"), "argument", "KN-131", "coal"),
    (term("site_field", "former_uses", "mining"), "argument", "KN-131", "former_use"),
    (term("site_field", "former_use", "minning"), "value", "KN-131", "mining"),
    (term("funds", "publik"), "argument", "KN-131", "public"),
    (term("key_institution", "blockchain", "courts"), "value", "KN-131", "court"),
    (term("site_land_other", "power_reuse", "industrial"), "value", "KN-131", "industrial land"),
    (term("stale_rules", "180"), "argument", "KN-133", None),
    (term("always", "", "1"), "value", "KN-133", None),
]


@pytest.mark.parametrize("table", ["triggers", "procedure_triggers"])
def test_a_term_that_names_nothing_is_refused_with_its_cell(shelf, table):
    words = {"definition_en": "New", "definition_zh": "新"}
    expected = {}
    for number, (terms, column, code, nearest) in enumerate(WRONG_TERMS):
        shelf.write(table, f"new_{number}", **words, **terms)
        expected[shelf.write(table, f"new_{number}", **{column: terms[column]})] = code, nearest

    found = {str(one.origin): one for one in shelf.problems()}

    assert {place: one.code for place, one in found.items()} == {
        place: code for place, (code, _) in expected.items()
    }
    for place, (_, nearest) in expected.items():
        if nearest:
            assert dict(found[place].args)["nearest_en"] == nearest


def test_a_test_that_is_not_on_the_list_is_refused_with_what_is_meant(shelf):
    place = shelf.write("triggers", "personal_data", test="activty")

    (found,) = shelf.problems()

    assert (found.code, str(found.origin)) == ("IN-215", place)


def test_a_test_that_the_list_has_and_the_program_has_not_is_refused(shelf):
    path = shelf.folder / "choices.csv"
    path.write_text(path.read_text(encoding="utf-8") + "trigger_test,actvity,a,甲\n", "utf-8")
    place = shelf.write("triggers", "personal_data", test="actvity")

    (found,) = shelf.problems()

    assert (found.code, str(found.origin)) == ("KN-130", place)
    assert dict(found.args)["nearest_en"] == "activity"


@pytest.mark.parametrize(
    ("source", "terms", "column", "code"),
    [
        ("S04", term("grid_factor", "CHN"), "argument", "KN-131"),
        ("S12", term("classification", "naics"), "argument", "KN-131"),
        ("S01", term("register_source", "powr", "GPPD"), "argument", "KN-131"),
        ("S01", term("register_source", "power"), "value", "KN-132"),
        ("S10", term("always", "power"), "argument", "KN-133"),
    ],
)
def test_a_source_that_is_credited_for_nothing_known_is_refused(shelf, source, terms, column, code):
    shelf.write("sources", source, **terms)
    place = shelf.write("sources", source, **{column: terms[column]})

    assert [(one.code, str(one.origin)) for one in shelf.problems()] == [(code, place)]


def test_a_new_trigger_is_a_row_and_no_code(shelf):
    shelf.write(
        "triggers", "many_people", definition_en="The region has more than a million people.",
        definition_zh="常住人口超过一百万。", **term("region_above", "population", "1000000"),
    )  # fmt: skip

    assert shelf.load().triggers["many_people"].bound == 1_000_000


# --- what is given, and the parts that criteria play ----------------------------------------------


@pytest.mark.parametrize("criterion", ["hub_status", "anchor_lq", "road_port_km"])
def test_an_action_that_hangs_on_a_gap_of_a_given_criterion_is_refused(shelf, criterion):
    place = shelf.write("actions", "A01", trigger=f"gap:spare_grid_mw;gap:{criterion}")

    (found,) = shelf.problems()

    assert (found.code, str(found.origin)) == ("KN-136", place)


def test_the_action_is_right_once_the_criterion_can_be_changed(shelf):
    shelf.write("actions", "A01", trigger="gap:road_port_km")
    shelf.write("criteria", "road_port_km", changeable="slowly")

    assert shelf.load().criteria["road_port_km"].is_given is False


@pytest.mark.parametrize(
    ("trigger", "nearest"),
    [("propsed:R05", "proposed:r05"), ("gap:pues", "gap:pue"), ("allways", "always")],
)
def test_a_trigger_of_an_action_that_nothing_has_comes_with_what_is_perhaps_meant(
    shelf, trigger, nearest
):
    shelf.write("actions", "A01", trigger=trigger)

    (found,) = shelf.problems()

    assert found.code == "KN-111"
    assert dict(found.args)["nearest_en"].casefold() == nearest


@pytest.mark.parametrize(
    ("criterion", "role"), [("anchor_institutions", ""), ("road_port_km", "institutions")]
)
def test_a_part_of_the_method_is_played_by_one_criterion(shelf, criterion, role):
    place = shelf.write("criteria", criterion, role=role)

    (found,) = shelf.problems()

    assert (found.code, dict(found.args)["role"]) == ("KN-137", "institutions")
    if role:
        assert str(found.origin) == place


@pytest.mark.parametrize(
    ("criterion", "reads", "nearest"),
    [
        ("spare_grid_mw", "spare", None),
        ("pue", "puee", None),
        ("dev_fte", "developer", "developers"),
        ("water_m3_day", "water_m3", "water_m3_day"),
        ("hub_status", "in_hub", None),
    ],
)
def test_a_criterion_that_reads_what_its_roll_up_cannot_is_refused(
    shelf, criterion, reads, nearest
):
    place = shelf.write("criteria", criterion, reads=reads)

    (found,) = shelf.problems()

    assert (found.code, str(found.origin)) == ("KN-138", place)
    if nearest:
        assert dict(found.args)["nearest_en"] == nearest
