"""`briefs rules`: what holds in a place and why, on a screen and for a program."""

from __future__ import annotations

import json
import unicodedata

import pytest

ON = ("--as-of", "2026-11-28")


def width(line):
    """Places on the screen, where a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def rules_of(done):
    """The JSON of the only region."""
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "briefs-rules/1"
    (region,) = found["regions"]
    return region


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("city", ["changzhi", "qingdao", "heze"])
def test_the_table_fits_a_hundred_places(briefs, city, language):
    done = briefs("rules", city, *ON, "--lang", language)

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) > 100
    assert max(map(width, lines)) <= 100


def test_a_barred_size_stands_with_its_threshold_and_what_the_region_has(briefs):
    text = " ".join(briefs("rules", "changzhi", *ON, "--activity", "data_centre", "--lang", "en").stdout.split())  # fmt: skip

    assert "Data centre (data_centre): lawful under conditions" in text
    # Columns are read across, so the words of one cell stand apart.
    assert "CN-DC-06 prohibited outside the national hubs" in text
    assert "barred: from 3,000" in text
    assert "Read: copy in another place" in text


def test_json_says_what_applies_and_why(briefs, root):
    done = briefs("rules", root / "inputs/regions/changzhi.xlsx", *ON, "--json", "--activity", "data_centre")  # fmt: skip

    found = rules_of(done)
    assert (found["as_of"], found["region"]["jurisdiction"]) == ("2026-11-28", "CN")
    assert list(found["activities"]) == ["data_centre"]
    halls = found["activities"]["data_centre"]
    assert halls["effect"] == "conditional"
    assert halls["barred"] == [
        {"rule": "CN-DC-06", "quantity": "it_mw", "amount": 7.5, "is_included": True, "is_certain": True}
    ]  # fmt: skip
    # Not barred as such: No. 1742 sets conditions, and yearly energy use is not known.
    assert "CN-DC-02" in halls["rules"]
    assert halls["depends"] == ["CN-DC-04"]
    assert found["rules"]["CN-DC-04"]["threshold"] == {
        "quantity": "energy_tce_a", "operation": ">=", "value": 1000.0
    }  # fmt: skip
    assert found["rules"]["CN-DC-02"]["read_kind"] == "repost"
    assert "target" in found["rules"]["CN-DC-06"]["look_again"]


def test_the_page_on_results_names_every_field(briefs, root):
    page = (root / "docs/results.md").read_text(encoding="utf-8")
    (told,) = [line for line in page.splitlines() if line.startswith("`briefs rules --json`")]

    found = rules_of(briefs("rules", "heze", *ON, "--json", "--activity", "data_centre"))

    for name in (*found, "look_again"):
        assert f"`{name}`" in told, name
    assert all("look_again" in rule for rule in found["rules"].values())


def test_every_activity_is_there_unless_one_is_asked_for(briefs, knowledge):
    found = rules_of(briefs("rules", "heze", *ON, "--json"))

    assert list(found["activities"]) == list(knowledge.activities)
    assert len(found["reach"]["assessed"]) + len(found["reach"]["open"]) == len(
        knowledge.activities
    )


@pytest.mark.parametrize("name", ["data_centre", "Data centre", "数据中心"])
def test_an_activity_is_named_by_its_id_or_in_either_language(briefs, name):
    assert list(rules_of(briefs("rules", "heze", *ON, "--json", "--activity", name))["activities"]) == ["data_centre"]  # fmt: skip


def test_the_law_is_that_of_the_day(briefs):
    ask = ("rules", "qingdao", "--json", "--activity", "exchange_service", "--as-of")

    # The notice of 2021 stood until No. 42 of 2026 ended it on 6 February.
    before, after = (rules_of(briefs(*ask, day)) for day in ("2026-02-05", "2026-02-06"))

    assert "CN-FIN-01" in before["activities"]["exchange_service"]["rules"]
    assert "CN-FIN-01" not in after["activities"]["exchange_service"]["rules"]
    assert "CN-FIN-02" in after["activities"]["exchange_service"]["rules"]


@pytest.fixture
def texan(region_book):
    """A workbook of a Texan county: `texan(spare) -> path`."""

    def make(spare, **more):
        points = [
            {
                "name_en": "Substation", "kind": "connection point", "capacity_mw": 500,
                "spare_mw": spare, "status": "existing", "source_en": "Operator", "as_of": "2025",
                "grade": "B",
            }
        ]  # fmt: skip
        return region_book(
            language="en", region="somewhere", name_en="Somewhere County", jurisdiction="US-TX",
            admin_code="48201", currency="USD", cny_per_unit=7.1, power=points, industry=[],
            institutions=[], sites=[], limits=[], **more,
        )  # fmt: skip

    return make


@pytest.mark.parametrize(
    # A published figure may lie a tenth off: 70 MW may be 77, 68 are never 75.
    ("spare", "part"),
    [(20, "beyond"), (68, "beyond"), (70, "rules"), (75, "rules"), (300, "rules")],
)
def test_a_law_of_75_megawatts_applies_only_where_they_may_be_had(briefs, texan, spare, part):
    found = rules_of(briefs("rules", texan(spare), *ON, "--json", "--activity", "data_centre"))

    halls = found["activities"]["data_centre"]
    assert "TX-LL-01" in halls[part]
    assert "TX-LL-01" not in halls["rules" if part == "beyond" else "beyond"]


def test_what_is_out_of_reach_is_not_printed_as_applying(briefs, texan):
    done = briefs("rules", texan(20), *ON, "--activity", "demand_response", "--lang", "en")

    text = done.stdout
    assert "not reached: from" in " ".join(text.split())
    assert "WHAT IS OPEN" not in text


def test_rules_to_come_stand_with_their_first_day(briefs, region_book):
    german = region_book(
        language="en", region="somewhere", name_en="Somewhere", jurisdiction="DE",
        admin_code="DE300", currency="EUR", cny_per_unit=8, industry=[], institutions=[], sites=[],
        limits=[],
    )  # fmt: skip

    found = rules_of(briefs("rules", german, *ON, "--json", "--activity", "data_centre"))
    text = briefs("rules", german, *ON, "--lang", "en").stdout

    # All power from renewables from 1 January 2027; PUE of older halls from 1 July 2027.
    assert found["activities"]["data_centre"]["coming"][:2] == ["DE-DC-04", "DE-DC-01"]
    # The second stage of section 11(5) takes over from the first: nothing of the act ends.
    assert "ends" not in found["rules"]["DE-DC-03"]["look_again"]
    assert "WHAT WILL COME BEFORE THE PLAN ENDS" in text
    assert "2027-01-01" in text


def test_why_an_activity_is_open_is_said(briefs, texan):
    done = briefs("rules", texan(20), *ON, "--lang", "en")

    assert "WHAT IS OPEN" in done.stdout
    assert (
        "(zero_carbon_park): No federal or state regime for zero-carbon parks is known."
        in done.stdout
    )
    # Proposals and bills without a first day are named and never applied.
    assert "TX-LL-04" in done.stdout.partition("WHAT IS OPEN")[2]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_place_without_any_rules_is_told_so(briefs, region_book, language):
    book = region_book(
        language="en", region="somewhere", name_en="Somewhere", jurisdiction="IS", admin_code="IS00",
        currency="ISK", cny_per_unit=0.05, industry=[], institutions=[], sites=[], limits=[],
    )  # fmt: skip

    done = briefs("rules", book, *ON, "--lang", language)
    found = rules_of(briefs("rules", book, *ON, "--json"))

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()) <= 4
    assert "docs/rules.md" in done.stdout
    assert found["reach"]["assessed"] == []
    assert {one["effect"] for one in found["activities"].values()} == {"not_assessed"}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_jurisdiction_that_nobody_knows_is_refused_with_how_to_add_it(
    briefs, region_book, language
):
    book = region_book(language="en", region="somewhere", jurisdiction="Atlantis")

    done = briefs("check", book, "--lang", language)

    assert done.returncode == 2
    (line,) = [one for one in done.stderr.splitlines() if "Atlantis" in one]
    assert line.startswith("IN-216")
    assert "docs/rules.md" in line


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere.xlsx",), "RN-101", ("nowhere.xlsx",)),
        (("changzhi", "--activity", "data_centrr"), "RN-104", ("data_centrr", "“data_centre”")),
        (("changzhi#nowhere",), "RN-104", ("nowhere", "changzhi")),
        (("changzhi", "--as-of", "soon"), "RN-103", ("soon",)),
    ],
)
def test_what_the_caller_can_correct_is_one_line_and_exit_2(briefs, arguments, code, words):
    done = briefs("rules", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(code)
    assert all(word in line for word in words)


def test_one_region_of_several_is_named_behind_the_file(briefs, workbook):
    headers = ["Region", "Name (English)", "Jurisdiction", "Administrative code", "Currency"]
    book = workbook(
        {"Region": [headers, ["a", "A", "KZ", "550000000", "KZT"], ["b", "B", "CN", "370200", "CNY"]]},
        name="two.xlsx",
    )  # fmt: skip

    both = json.loads(briefs("rules", book, *ON, "--json").stdout)
    one = rules_of(briefs("rules", f"{book}#b", *ON, "--json"))

    assert [region["region"]["code"] for region in both["regions"]] == ["a", "b"]
    assert one["region"]["code"] == "b"


def test_a_workbook_with_errors_is_refused_with_them(briefs, region_book):
    book = region_book(population="many")

    done = briefs("rules", book, *ON, "--lang", "en")

    assert done.returncode == 2
    assert "IN-203" in done.stderr
    assert done.stdout == ""
