"""A wrong row of a copied catalogue is named by its cell; the shipped one is whole."""

import csv
import re
import shutil

import pytest
from openpyxl.utils import get_column_letter

from generator.intake import load_knowledge
from generator.intake.columns import CATALOGUE, RULES
from generator.intake.tablefile import read_csv
from generator.problems import KnowledgeError
from generator.report.problem_texts import problem_text


@pytest.fixture
def shelf(tmp_path, root):
    """A copy of the shipped catalogue and rules, and ways to spoil and load it."""
    shutil.copytree(root / "inputs" / "catalogue", tmp_path / "catalogue")
    shutil.copytree(root / "inputs" / "rules", tmp_path / "rules")
    return Shelf(tmp_path)


class Shelf:
    def __init__(self, folder):
        self.folder = folder

    def load(self):
        return load_knowledge(self.folder / "catalogue", self.folder / "rules")

    def faults(self):
        with pytest.raises(KnowledgeError) as fault:
            self.load()
        return fault.value.problems

    def problems(self):
        return [(one.code, str(one.origin)) for one in self.faults()]

    def cell(self, name, row, key):
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        return rows[row - 1][rows[0].index(key)]

    def spoil(self, name, row, **changes):
        """Change cells of a row (2 is the first record); `row` 0 repeats the last record."""
        path = self.folder / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        if not row:
            rows.append(list(rows[-1]))
            row = len(rows)
        for key, value in changes.items():
            rows[row - 1][rows[0].index(key)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return self.place(name, row, next(iter(changes), rows[0][0]))

    def place(self, name, row, key):
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            index = next(csv.reader(file)).index(key)
        return f"{name.rsplit('/', 1)[-1]}!{get_column_letter(index + 1)}{row}"


def test_english_stands_in_for_what_another_language_lacks_and_that_is_counted(tmp_path, root):
    shutil.copytree(root / "inputs", tmp_path, dirs_exist_ok=True)
    shelf = Shelf(tmp_path)
    shelf.spoil("catalogue/uses.csv", 2, name_zh="")
    shelf.spoil("rules/rules.csv", 4, condition_zh="")
    found = load_knowledge(tmp_path / "catalogue", tmp_path / "rules")
    use = found.uses[0]
    assert use.name.text("zh-CN") == use.name.text("en") != ""
    assert found.lacking == {"zh-CN": 2}


def test_shipped_knowledge_is_whole(knowledge):
    assert not knowledge.lacking
    assert len(knowledge.criteria) == 23
    assert {use.category for use in knowledge.uses} == {
        "blockchain", "power_reuse", "mining_and_trading"
    }  # fmt: skip
    for use_id, rows in knowledge.requirements.items():
        assert sum(row.weight for row in rows) == pytest.approx(100), use_id
    assert [knowledge.assumed(f"grade_{grade}_range_pct") for grade in "abcd"] == [5, 10, 20, 40]


WRONG_CELLS = [
    ("catalogue/requirements.csv", 2, {"weight": "about 20"}, "IN-204"),
    ("catalogue/criteria.csv", 2, {"rollup_blockchain": "sum_points"}, "IN-215"),
    ("catalogue/criteria.csv", 3, {"direction": "up"}, "IN-215"),
    ("catalogue/criteria.csv", 4, {"meaning_en": ""}, "KN-109"),
    ("catalogue/uses.csv", 2, {"name_en": ""}, "KN-109"),
    ("catalogue/uses.csv", 3, {"what_it_is_en": ""}, "KN-109"),
    ("catalogue/uses.csv", 4, {"capex_cny_m_low": "1e400"}, "IN-203"),
    ("catalogue/assumptions.csv", 2, {"value": ""}, "IN-201"),
    ("catalogue/procedures.csv", 2, {"checked_on": "yesterday"}, "IN-212"),
    ("catalogue/skills.csv", 2, {"relatedness_0_1": "1.4"}, "IN-211"),
    ("rules/instruments.csv", 2, {"in_force_from": "2021-02-30"}, "IN-212"),
    ("rules/instruments.csv", 3, {"title_en": ""}, "KN-109"),
    ("rules/rules.csv", 3, {"effect": "tolerated"}, "IN-215"),
    ("rules/rules.csv", 4, {"condition_en": ""}, "KN-109"),
    ("rules/rules.csv", 5, {"target_on": "2027"}, "IN-212"),
    ("rules/rules.csv", 6, {"threshold_value": "many"}, "IN-203"),
    ("rules/rules.csv", 7, {"region_scope": ""}, "IN-201"),
    ("rules/coverage.csv", 2, {"reason_en": ""}, "KN-109"),
]
WRONG_NAMES = [
    ("catalogue/requirements.csv", 2, {"use_id": "U99"}, "IN-216"),
    ("catalogue/uses.csv", 2, {"regulated_activities": "blockchain;smoking"}, "IN-216"),
    ("catalogue/actions.csv", 3, {"depends_on": "A999"}, "IN-216"),
    ("rules/rules.csv", 2, {"activity": "smoking"}, "IN-216"),
    ("rules/rules.csv", 3, {"instrument_id": "CN-XXX-99"}, "IN-216"),
    ("rules/relations.csv", 2, {"to_instrument": "CN-XXX-99"}, "IN-216"),
    ("rules/instruments.csv", 2, {"jurisdiction": "XX"}, "IN-216"),
]


def spoiled(folder, root, cases):
    """All problems of a copy in which every case is wrong at once, and the place of each case."""
    shutil.copytree(root / "inputs", folder, dirs_exist_ok=True)
    shelf = Shelf(folder)
    places = [shelf.spoil(name, row, **changes) for name, row, changes, _ in cases]
    return places, shelf.problems()


@pytest.fixture(scope="module")
def wrong_cells(tmp_path_factory, root):
    """Problems of a copy with every wrong cell."""
    return spoiled(tmp_path_factory.mktemp("cells"), root, WRONG_CELLS)


@pytest.mark.parametrize(
    "index", range(len(WRONG_CELLS)), ids=[str(case[2]) for case in WRONG_CELLS]
)
def test_wrong_cell_is_named_among_all_others(wrong_cells, index):
    places, found = wrong_cells
    assert (WRONG_CELLS[index][3], places[index]) in found


@pytest.fixture(scope="module")
def wrong_names(tmp_path_factory, root):
    """Problems of a copy with every name that refers to nothing."""
    return spoiled(tmp_path_factory.mktemp("names"), root, WRONG_NAMES)


@pytest.mark.parametrize(
    "index", range(len(WRONG_NAMES)), ids=[str(case[2]) for case in WRONG_NAMES]
)
def test_name_that_refers_to_nothing_is_named(wrong_names, index):
    places, found = wrong_names
    assert (WRONG_NAMES[index][3], places[index]) in found


def test_requirement_of_an_unknown_criterion_is_named(shelf):
    place = shelf.spoil("catalogue/requirements.csv", 2, criterion_id="spare_mw")
    assert shelf.problems()[0] == ("IN-216", place)


def test_numbers_that_contradict_each_other_are_named(shelf):
    # Rows 2 to 4 of requirements are of U01, whose weights then miss 100.
    shelf.spoil("catalogue/requirements.csv", 2, weight="1")
    side = shelf.spoil("catalogue/requirements.csv", 3, target="0.1", minimum="5")
    way = shelf.spoil(
        "catalogue/requirements.csv", 4, direction="lower_better", minimum="5", target="2"
    )
    until = {"in_force_until": "2020-01-01", "in_force_from": "2021-09-24"}
    end = shelf.spoil("rules/rules.csv", 2, **until)
    assert set(shelf.problems()) == {
        ("KN-103", "uses.csv!A2"), ("KN-105", side), ("KN-104", way), ("KN-106", end)
    }  # fmt: skip


def test_id_that_stands_twice_is_refused(shelf):
    names = [
        "catalogue/uses.csv",
        "catalogue/risks.csv",
        "rules/rules.csv",
        "rules/instruments.csv",
    ]
    places = [shelf.spoil(name, 0) for name in names]
    files = {where.split("!")[0] for code, where in shelf.problems() if code == "IN-217"}
    assert files == {place.split("!")[0] for place in places}


def test_folder_without_tables_is_refused_with_their_names(shelf):
    for path in (shelf.folder / "rules").iterdir():
        path.unlink()
    (found,) = shelf.faults()
    assert (found.code, str(found.origin)) == ("KN-102", "rules")
    assert dict(found.args)["tables"] == "instruments.csv, rules.csv, relations.csv, coverage.csv"


@pytest.mark.parametrize("keeps_tables", [True, False])
def test_former_pack_is_refused_with_how_to_convert_it(shelf, texts, keeps_tables):
    # Beside the tables too: a pack that is silently left out is law that nobody sees.
    for path in () if keeps_tables else (shelf.folder / "rules").iterdir():
        path.unlink()
    former = "jurisdiction,rule_id,activity,effect,instrument_title_en,replaced_by\n"
    (shelf.folder / "rules/CN.csv").write_text(former, encoding="utf-8")
    (found,) = shelf.faults()
    assert (found.code, str(found.origin)) == ("KN-115", "CN.csv")
    said = problem_text(found, texts, "en")
    for word in ("instruments.csv", "rules.csv", "relations.csv", "coverage.csv", "docs/rules.md"):
        assert word in said


def test_missing_table_is_named(shelf):
    (shelf.folder / "catalogue/risks.csv").unlink()
    assert [code for code, _ in shelf.problems()] == ["RN-101"]


def test_missing_column_is_one_problem_not_a_thousand(shelf):
    path = shelf.folder / "catalogue/choices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("list,value,", "list,worth,", 1), encoding="utf-8")  # fmt: skip
    assert shelf.problems() == [("IN-105", "choices.csv!1")]


def test_table_that_is_not_utf8_is_named(shelf):
    path = shelf.folder / "catalogue/glossary.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert shelf.problems() == [("KN-101", "glossary.csv")]


def test_row_wider_than_its_headers_is_refused(shelf):
    # An unquoted comma in the last column cuts the text there.
    path = shelf.folder / "catalogue/activities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + ",rest", *lines[2:]]) + "\n", encoding="utf-8")
    assert [where for _, where in shelf.problems()] == ["activities.csv!G2"]


def test_version_follows_the_content(shelf, knowledge):
    assert shelf.load().catalogue_version == knowledge.catalogue_version
    shelf.spoil("catalogue/assumptions.csv", 2, value="6")
    changed = shelf.load()
    assert changed.catalogue_version != knowledge.catalogue_version
    assert changed.rules_version == knowledge.rules_version


def test_every_printed_text_has_both_twins(root):
    tables = [(root / "inputs/catalogue" / f"{sheet.key}.csv", sheet) for sheet in CATALOGUE]
    tables += [(root / "inputs/rules" / f"{sheet.key}.csv", sheet) for sheet in RULES]
    alone = []
    for path, sheet in tables:
        printed = [column.key for column in sheet.columns if column.printed]
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                for key in printed:
                    english = row[f"{key}_en"] if f"{key}_en" in row else row.get(key)
                    if bool(english) != bool(row.get(f"{key}_zh")):
                        alone.append(f"{path.name}!{number} {key}")
    assert alone == []


def test_every_column_of_the_shipped_tables_is_described(root):
    tables = [(root / "inputs/catalogue" / f"{sheet.key}.csv", sheet) for sheet in CATALOGUE]
    tables += [(root / "inputs/rules" / f"{sheet.key}.csv", sheet) for sheet in RULES]
    for path, sheet in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            headers = set(next(csv.reader(file)))
        keys = {part.key for column in sheet.columns for part in column.expanded()}
        keys |= {column.key for column in sheet.columns}
        assert headers <= keys, path.name


def test_addresses_of_a_table_are_those_of_a_spreadsheet(tmp_path):
    path = tmp_path / "risks.csv"
    path.write_text('﻿risk_id,title_en\nR1,"two\nlines"\n\nR2,x\n', encoding="utf-8")
    rows = list(read_csv(path).rows)
    assert rows == [
        (1, {0: "risk_id", 1: "title_en"}), (2, {0: "R1", 1: "two\nlines"}), (4, {0: "R2", 1: "x"})
    ]  # fmt: skip


# --- words that nothing has -----------------------------------------------------------------------

FOLDERS = [("catalogue", CATALOGUE), ("rules", RULES)]


def _naming(*, is_choice):
    """Every column of every table that names an entry of a list, or a row of another table."""
    return [
        (f"{folder}/{sheet.key}.csv", column.key)
        for folder, sheets in FOLDERS
        for sheet in sheets
        for column in sheet.columns
        if bool(column.choices) is is_choice and (column.choices or column.refers_to)
    ]


def _misspelt(folder, root, columns):
    """All problems of a copy in which each column has one wrong word, and the place of each."""
    shutil.copytree(root / "inputs", folder, dirs_exist_ok=True)
    shelf, places = Shelf(folder), {}
    for name, key in columns:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        row = next((number for number, one in enumerate(rows, start=2) if one[key]), 2)
        first, *rest = rows[row - 2][key].split(";")
        places[name, key] = shelf.spoil(name, row, **{key: ";".join([f"{first}qx", *rest])})
    return places, {str(one.origin): one for one in shelf.faults()}


@pytest.fixture(scope="module")
def wrong_choices(tmp_path_factory, root):
    """Problems of a copy with one wrong word in every column of a closed list."""
    return _misspelt(tmp_path_factory.mktemp("choices"), root, _naming(is_choice=True))


@pytest.fixture(scope="module")
def wrong_references(tmp_path_factory, root):
    """Problems of a copy with one wrong word in every column that refers to other rows."""
    return _misspelt(tmp_path_factory.mktemp("references"), root, _naming(is_choice=False))


@pytest.mark.parametrize(("name", "key"), _naming(is_choice=True))
def test_a_word_that_is_on_no_list_is_refused_with_what_may_stand_there(
    wrong_choices, texts, name, key
):
    places, found = wrong_choices
    problem = found[places[name, key]]
    assert problem.code == "IN-215"
    assert dict(problem.args)["listed_en"]
    for language in ("en", "zh-CN"):
        assert "qx" in problem_text(problem, texts, language)


@pytest.mark.parametrize(("name", "key"), _naming(is_choice=False))
def test_a_name_that_no_row_has_is_refused_with_what_may_stand_there(
    wrong_references, texts, name, key
):
    places, found = wrong_references
    problem = found[places[name, key]]
    assert problem.code == "IN-216"
    assert dict(problem.args)["listed_en"]
    for language in ("en", "zh-CN"):
        assert "qx" in problem_text(problem, texts, language)


MISSPELT = [
    ("rules/rules.csv", {"region_scope": "CHN"}, "IN-216", None),
    ("rules/rules.csv", {"region_scope": "CN;US-TX"}, "KN-122", None),
    ("rules/rules.csv", {"region_condition": "in_natoinal_hub = 0"}, "KN-119", "in_national_hub"),
    ("rules/rules.csv", {"region_condition": "in_national_hub"}, "KN-119", None),
    ("rules/rules.csv", {"region_condition": "in_national_hub = no"}, "KN-119", None),
    ("rules/rules.csv", {"region_condition": "in_national_hub > 0"}, "KN-119", None),
    ("rules/rules.csv", {"threshold_value": "75"}, "KN-118", None),
    ("rules/rules.csv", {"threshold_op": ">=", "threshold_value": "75"}, "KN-118", None),
    ("rules/rules.csv", {"checked_on": ""}, "KN-117", None),
    ("rules/rules.csv", {"read_kind": "none"}, "KN-117", None),
    ("rules/rules.csv", {"in_force_until": "2021-09-24"}, "KN-106", None),
    ("rules/instruments.csv", {"in_force_until": "2021-09-24"}, "KN-106", None),
    ("rules/instruments.csv", {"checked_on": ""}, "KN-117", None),
    ("rules/instruments.csv", {"official_locator": "https://www.ndrc.gov.cn/"}, "KN-116", None),
    ("rules/instruments.csv", {"official_locator": "https://www.ercot.com/en"}, "KN-116", None),
    ("rules/rules.csv", {"read_kind": "official"}, "KN-123", None),
    ("rules/rules.csv", {"note_en": "Article 3, read on the official page."}, "KN-124", None),
    (
        "rules/rules.csv",
        {"reader_note_en": "As printed.", "reader_note_zh": "条文已与官方原文核对。"},
        "KN-124",
        None,
    ),
    (
        "rules/instruments.csv",
        {"note_en": "The official text was read.", "note_zh": "见附注。"},
        "KN-124",
        None,
    ),
    (
        "catalogue/procedures.csv",
        {"basis_zh": "《条例》第二十五条（官方页面已读）"},
        "KN-124",
        None,
    ),
    ("rules/relations.csv", {"to_instrument": "CN-LAW-CSL-2025"}, "KN-120", None),
    ("catalogue/procedures.csv", {"official_locator": "http://www.gov.cn"}, "KN-116", None),
    ("catalogue/offices.csv", {"jurisdiction": "US-TXX"}, "IN-216", "US-TX"),
    ("catalogue/actions.csv", {"trigger": "gap:spare_grid_wm"}, "KN-111", "gap:spare_grid_mw"),
    ("catalogue/actions.csv", {"fills_from": "notry"}, "IN-216", "notary"),
    ("catalogue/actions.csv", {"baseline": "nonne"}, "IN-216", "none"),
    ("catalogue/criteria.csv", {"reads": "spare_wm"}, "KN-138", "spare_mw"),
    ("catalogue/uses.csv", {"owner_office": ""}, "IN-201", None),
    ("catalogue/uses.csv", {"operator_office": ""}, "IN-201", None),
    ("catalogue/scenarios.csv", {"target": "power_prise"}, "KN-110", "power_price"),
    ("catalogue/jurisdictions.csv", {"currency": "YUAN"}, "IN-216", None),
    ("catalogue/currency.csv", {"currency": "EURO"}, "IN-216", None),
]


@pytest.mark.parametrize(
    ("name", "changes", "code", "nearest"), MISSPELT, ids=[str(case[1]) for case in MISSPELT]
)
def test_what_contradicts_itself_or_names_nothing_is_refused_in_its_cell(
    shelf, texts, name, changes, code, nearest
):
    shelf.spoil(name, 2, **changes)
    found = [one for one in shelf.faults() if one.code == code]
    # A contradiction may be named in either of its cells, and in every row that inherits it.
    assert any(
        re.fullmatch(rf".*{name.rpartition('/')[2]}![A-Z]+2", str(one.origin)) for one in found
    )
    args = dict(found[0].args)
    if nearest is not None:
        assert args.get("nearest", args.get("nearest_en")) == nearest
        assert f"“{nearest}”" in problem_text(found[0], texts, "en")
    assert problem_text(found[0], texts, "zh-CN") != problem_text(found[0], texts, "en")


def test_a_use_that_nothing_sizes_is_refused(shelf):
    use_id = shelf.cell("catalogue/unit_needs.csv", 2, "use_id")
    path = shelf.folder / "catalogue/unit_needs.csv"
    path.write_text(
        "".join(
            line
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
            if not line.startswith(f"{use_id},")
        ),
        encoding="utf-8",
    )
    (found,) = shelf.faults()
    assert (found.code, dict(found.args)["use"]) == ("KN-139", use_id)


def test_an_office_of_one_place_alone_that_no_row_names_is_refused(shelf):
    row = next(
        number
        for number in range(2, 400)
        if shelf.cell("catalogue/offices.csv", number, "jurisdiction") == "CN"
    )
    key = shelf.cell("catalogue/offices.csv", row, "office_key")
    place = shelf.spoil("catalogue/offices.csv", row, office_key=f"{key}e")
    (found,) = shelf.faults()
    assert (found.code, str(found.origin)) == ("KN-121", place)
    assert dict(found.args)["nearest_en"] == key


# --- scenarios and actions ------------------------------------------------------------------------

WRONG_SCENARIOS = [
    {"target": "power_prise"},
    {"target": "limits.power"},
    {"target": "rules.until"},
    {"target": "B99"},
    {"target": "B02"},
    {"target": "payback_years"},
    {"target": "use:U01"},
    {"target": "rules.as_of"},
    {"target": "power_price", "operation": "drop"},
    {"target": "power_price", "value": "a fifth"},
    {"target": "power_price", "value": ""},
    {"target": "power_price", "value": "inf"},
    {"target": "use:U99", "operation": "drop", "value": ""},
    {"target": "rules.as_of", "operation": "set", "value": "2025-06-31"},
]
SCENARIOS = [
    {"target": "capex", "operation": "set", "value": "9"},
    {"target": "jobs", "operation": "add", "value": "-2"},
    {"target": "annual_value_added", "operation": "multiply", "value": "0.5"},
    {"target": "limits.grid_mw", "operation": "at_most", "value": "40"},
    {"target": "use:U01", "operation": "drop", "value": ""},
    {"target": "rules.as_of", "operation": "set", "value": "2025-06-30"},
]
WRONG_TRIGGERS = [
    "gap:spare_mw", "rule:smoking", "risk:K99", "selected:U99", "selected:mining_and_trading",
    "law:permitted", "spare_grid_mw", "gap:", "always:", "proposed:U99", "procedure:CN-P99",
    "gap:pue;gap:",
]  # fmt: skip
TRIGGERS = [
    "gap:pue", "rule:personal_data", "risk:K01", "selected:R01", "selected:blockchain",
    "law:prohibited", "proposed:U01", "proposed:power_reuse", "procedure:CN-P01", "always",
    "selected:R01;selected:R02",
]  # fmt: skip
PLAIN = {"operation": "multiply", "value": "1.2"}


def test_scenarios_that_nothing_can_follow_are_named(shelf):
    places = [
        shelf.spoil("catalogue/scenarios.csv", row, **{"target": "", **PLAIN, **changes})
        for row, changes in enumerate(WRONG_SCENARIOS, start=2)
    ]
    assert shelf.problems() == [("KN-110", place) for place in places]


def test_every_kind_of_scenario_target_is_read(shelf):
    for row, changes in enumerate(SCENARIOS, start=2):
        shelf.spoil("catalogue/scenarios.csv", row, **changes)
    read = [one.target for one in shelf.load().scenarios[: len(SCENARIOS)]]
    assert read == [changes["target"] for changes in SCENARIOS]


def test_triggers_of_actions_that_nothing_has_are_named(shelf):
    places = [
        shelf.spoil("catalogue/actions.csv", row, trigger=trigger)
        for row, trigger in enumerate(WRONG_TRIGGERS, start=2)
    ]
    assert shelf.problems() == [("KN-111", place) for place in places]


def test_every_kind_of_action_trigger_is_read(shelf):
    for row, trigger in enumerate(TRIGGERS, start=2):
        shelf.spoil("catalogue/actions.csv", row, trigger=trigger)
    found = [";".join(one.trigger) for one in shelf.load().actions[: len(TRIGGERS)]]
    assert found == TRIGGERS


@pytest.mark.parametrize(
    ("column", "value", "code", "nearest"),
    [
        ("sheet", "pover", "IN-216", "power"),
        ("field", "capacity", "IN-216", "capacity_mw"),
        ("of", "headcont", "IN-216", "workforce.headcount"),
        ("of", "region.gpd", "IN-216", "region.gdp"),
        ("test", "rato", "IN-215", "the number over another"),
        ("when", "kin=coal", "IN-216", "kind"),
        ("when", "kind=cole", "IN-216", "coal"),
        ("code", "IN-999", "IN-216", None),
        ("currency", "KZTT", "IN-216", "kzt"),
        ("other_units", "kW", "IN-203", None),
        ("ask_en", "{vale} MW", "KN-107", None),
        ("ask_en", "{value.real} MW", "KN-107", None),
        ("ask_en", "MW?", "KN-108", None),
    ],
)
def test_a_plausibility_check_names_only_what_there_is(shelf, column, value, code, nearest):
    place = shelf.spoil("catalogue/plausibility.csv", 2, **{column: value})
    with pytest.raises(KnowledgeError) as fault:
        shelf.load()
    (found,) = fault.value.problems
    assert (found.code, str(found.origin)) == (code, place)
    if nearest is not None:
        args = dict(found.args)
        assert args.get("nearest", args.get("nearest_en", "")).casefold() == nearest
