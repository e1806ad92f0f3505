"""Regions side by side: what is shared, what differs, who can learn from whom, with worked figures."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from generator.analysis import summarise
from generator.model import (
    Confidence,
    Label,
    LegalPosition,
    LimitUse,
    RegionSummary,
    Staleness,
    UseSummary,
)
from generator.report import compare, comparison_csv

DAY = date(2026, 11, 28)


CAPITAL = LimitUse("capex", 150.0, "stated", None, 75.0, 37.5, True, 0.0, 4.25, ("R05",), ())  # noqa: FBT003 - the field's place


@pytest.fixture
def place(knowledge):
    """A region of two uses, met in full unless told otherwise."""

    def make(code, jurisdiction="CN", **changes):
        uses = {
            use_id: UseSummary(
                "shortlist", "viable", 60.0, 60.0, 100.0, wave=0, value_alone=20.0,
                values={need.criterion_id: need.target for need in knowledge.requirements[use_id]},
                partials=dict.fromkeys(
                    (need.criterion_id for need in knowledge.requirements[use_id]), 1.0
                ),
            )
            for use_id in ("U07", "R05")
        }  # fmt: skip
        law = LegalPosition(
            (jurisdiction,),
            tuple((key, "conditional", ()) for key in knowledge.activities),
            tuple((use.use_id, "conditional") for use in knowledge.uses),
        )
        found = RegionSummary(
            code=code, name=Label((("en", code.title()), ("zh-CN", f"{code}市"))),
            jurisdiction=jurisdiction, admin_code="370200", handling="public", currency="CNY",
            cny_per_unit=1.0, rate_basis="same", rate_on=None, law=law, uses=uses,
            shortlist={"blockchain": ("U07",), "power_reuse": ("R05",)},
            figures={"spare_grid_mw": 10.0, "racks_available": None}, limits=(),
            waves=(("U07", "R05"), ()), first={"jobs": 30.0, "power": 1.5, "served": 900.0},
            second={"jobs": 0.0, "power": 0.0, "served": 0.0}, capital=(12.0, 0.0),
            confidence=Confidence("high", ("U07",), 100.0, 100.0, 0.0, 0.0),
        )  # fmt: skip
        return replace(found, **changes)

    return make


@pytest.fixture
def fields(knowledge, texts):
    """What the comparison of some regions says, in English unless told otherwise."""

    def say(*regions, not_built=(), language="en"):
        return compare(regions, not_built, DAY, knowledge, texts, language).names()

    return say


def with_use(region, use_id, **changes):
    return replace(region, uses={**region.uses, use_id: replace(region.uses[use_id], **changes)})


def off_the_shortlist(region, use_id, category, **changes):
    changed = with_use(region, use_id, listed="cleared", **changes)
    return replace(changed, shortlist={**region.shortlist, category: ()})


def need_of(knowledge, use_id, criterion):
    (found,) = (need for need in knowledge.requirements[use_id] if need.criterion_id == criterion)
    return found


def short_of(region, use_id, criterion, value, partial):
    """The region with another value of one criterion of one use."""
    use = region.uses[use_id]
    assert criterion in use.values
    return with_use(
        region,
        use_id,
        values={**use.values, criterion: value},
        partials={**use.partials, criterion: partial},
    )


def test_a_use_is_shared_when_two_regions_list_it_and_the_widest_comes_first(place, fields):
    alone = off_the_shortlist(place("c"), "U07", "blockchain")
    found = fields(place("a"), place("b"), alone)["comparison"]
    assert [(row["count"], row["regions"]) for row in found["shared"]] == [
        ("3", "all 3 regions"), ("2", "A; B"),
    ]  # fmt: skip
    assert "2 uses are on the shortlist of more than one region, 1 of them" in found["answer"]


def test_a_use_that_one_region_lists_is_not_shared(place, fields):
    one = off_the_shortlist(place("a"), "U07", "blockchain")
    other = off_the_shortlist(place("b"), "R05", "power_reuse")
    found = fields(one, other)["comparison"]
    assert found["shared"] == []
    assert "No use is on the shortlist of more than one region" in found["answer"]


def test_conditions_are_shared_only_under_the_same_rules(place, fields, knowledge):
    activity = knowledge.use("R05").regulated_activities[0]
    rule = next(rule.rule_id for rule in knowledge.rules if rule.activity == activity)
    other = place("b")
    own = tuple(
        (key, effect, (rule,) if key == activity else ids)
        for key, effect, ids in other.law.findings
    )
    other = replace(other, law=replace(other.law, findings=own))
    name = knowledge.activities[activity].name.text("en")
    alike = fields(place("a"), place("b"))["comparison"]["shared"]
    apart = fields(place("a"), other)["comparison"]["shared"]
    cold = knowledge.use("R05").name.text("en")
    assert name in next(row for row in alike if row["use"] == cold)["conditions"]
    assert name not in next(row for row in apart if row["use"] == cold)["conditions"]


def test_shared_shortfalls_are_those_that_every_region_has(place, fields, knowledge):
    both = [short_of(place(code), "U07", "ops_fte", 1.0, 0.0) for code in ("a", "b")]
    both[0] = short_of(both[0], "U07", "dev_fte", 1.0, 0.0)
    shared = fields(*both)["comparison"]["shared"]
    row = next(row for row in shared if row["use"] == knowledge.use("U07").name.text("en"))
    assert row["gaps"] == knowledge.criteria["ops_fte"].name.text("en")


def test_a_region_learns_from_those_that_meet_the_target_it_misses(place, fields, knowledge):
    """Points lost are the weight times what is missing on the way from minimum to target."""
    need = need_of(knowledge, "U07", "dev_fte")
    half = (need.minimum + need.target) / 2
    learner = short_of(place("a"), "U07", "dev_fte", half, 0.5)
    worse = short_of(place("b"), "U07", "dev_fte", need.minimum - 1, 0.0)
    rows = fields(learner, worse, place("c"))["comparison"]["exchange"]
    assert [row["criterion"] for row in rows] == ["Developers available"]
    row = rows[0]
    assert row["use"] == knowledge.use("U07").name.text("en")
    under = ", under the hard minimum" if need.hard_minimum else ""
    assert (
        row["short"] == f"B {need.minimum - 1:g} full-time staff{under}; A {half:g} full-time staff"
    )
    assert row["meet"] == f"C {need.target:g} full-time staff"
    assert float(row["points"]) == pytest.approx(need.weight * (0.5 + 1) / 2, abs=0.05)


def test_nobody_learns_where_all_miss_or_a_value_is_unknown(place, fields):
    missing = [short_of(place(code), "U07", "dev_fte", 1.0, 0.0) for code in "ab"]
    assert fields(*missing)["comparison"]["exchange"] == []
    unknown = short_of(place("a"), "U07", "dev_fte", None, None)
    assert fields(unknown, place("b"))["comparison"]["exchange"] == []


def test_sums_over_regions_leave_an_unknown_as_a_lower_bound(place, fields):
    one = place("a", figures={"spare_grid_mw": 135.0, "racks_available": 95.0, "power_price": 0.4})
    two = place("b", figures={"spare_grid_mw": 97.5, "racks_available": None, "power_price": 0.6})
    found = fields(one, two)["comparison"]
    *rows, total = found["figures"]
    assert (total["variant"], total["region"]) == ("total", "All 2 regions together")
    assert (total["spare_mw"], total["racks"], total["price"]) == ("232.5", "at least 95", "–")
    assert [row["racks"] for row in rows] == ["95", "–"]


def test_a_region_shows_both_waves_by_name_and_what_the_second_adds(place, fields, knowledge):
    one = place("a", waves=(("U07",), ("R05",)), second={"jobs": 12.0, "power": 0.0, "served": 0.0},
                capital=(12.0, 3.5))  # fmt: skip
    row, plain = fields(one, place("b"))["comparison"]["overview"]
    name = {use_id: knowledge.use(use_id).name.text("en") for use_id in ("U07", "R05")}
    assert (row["first"], row["second"]) == (name["U07"], name["R05"])
    assert (row["jobs"], row["power"], row["served"]) == ("30 + 12", "1.5", "900")
    assert row["capital"] == "CNY 12 million + CNY 3.5 million"
    assert (plain["second"], plain["jobs"]) == ("–", "30")


def test_the_first_waves_are_added_up_and_places_without_one_are_named(place, fields):
    """30 jobs and 900 people in each of two regions; the third has nothing ready."""
    idle = place("c", waves=((), ("U07",)), first={"jobs": 0.0, "power": 0.0, "served": 0.0})
    said = fields(place("a"), place("b"), idle)["comparison"]["points"][0]
    assert "Ready to begin in 2 of 3 regions" in said
    assert "4 projects, 60 full-time jobs, 3 MW" in said
    assert "1,800 people" in said
    assert said.endswith("Nothing is ready yet in: C.")
    assert "All 2 regions can begin" in fields(place("a"), place("b"))["comparison"]["points"][0]


def test_uses_of_several_programmes_are_named_with_how_many(place, fields):
    points = fields(place("a"), place("b", waves=(("U07",), ())))["comparison"]["points"]
    assert any("In the programmes of several regions: Judicial" in one for one in points)


def test_no_value_of_one_region_is_set_beside_that_of_another(place, fields, knowledge, texts):
    """A value is a share of what its own region can attain."""
    odd = with_use(place("a"), "U07", value_alone=73.21)
    found = fields(odd, place("b"))
    assert "73.2" not in str(found)
    content = comparison_csv([odd, place("b")], [], DAY, knowledge, texts, ["en"]).decode()
    assert "73.2" not in content


def test_an_extra_amount_that_swaps_projects_says_what_leaves(place, fields):
    swap = replace(CAPITAL, next_out=("U07",))
    found = fields(place("a", limits=(swap,)), place("b"))["comparison"]["limits"]
    said = "into the first wave in place of Judicial evidence preservation"
    assert said in found["rows"][0]["more"]


def test_a_limit_shows_the_share_taken_and_whether_it_binds(place, fields):
    staff = LimitUse("dev_fte", None, "none", None, 8.0, 0.0, False, 0.0, None, (), ())  # noqa: FBT003 - the field's place
    found = fields(place("a", limits=(CAPITAL, staff)), place("b"))["comparison"]["limits"]
    assert found["resources"] == ["Capital", "Developers"]
    first, second = found["rows"]
    assert [cell["text"] for cell in first["resources"]] == ["75% binds", "– no limit"]
    assert "CNY 4.25 million more brings Cold storage" in first["more"]
    assert "in place of" not in first["more"]
    assert second["more"] == "–"
    assert found["sentence"].startswith("In 1 of 2 regions")


@pytest.mark.parametrize(
    ("changes", "word", "band"),
    [
        ({}, "listed", "high"),
        ({"listed": "cleared", "low": 49.6, "high": 49.6}, "met", "low"),
        ({"listed": "cleared", "viability": "not_viable"}, "fail", "missed"),
        ({"listed": "cleared", "viability": "cannot_be_cleared"}, "?", "unknown"),
        ({"listed": "law_not_checked"}, "law?", "not_assessed"),
        ({"low": 70.0, "high": 80.0}, "listed", "full"),
        ({"wave": 1}, "wave 1", "high"),
        ({"wave": 2, "low": 70.0, "high": 80.0}, "wave 2", "full"),
    ],
)
def test_a_heat_cell_says_minima_and_law_in_a_word_beside_the_score(
    place, fields, knowledge, changes, word, band
):
    found = fields(with_use(place("a"), "U07", **changes), place("b"))["comparison"]
    name = knowledge.use("U07").name.text("en")
    row = next(row for row in found["readiness"]["blockchain"]["by_use"] if row["name"] == name)
    low = changes.get("low", 60.0)
    shown = {60.0: "60", 49.6: "49", 70.0: "70–80"}
    assert row["regions"][0] == {"text": f"{shown[low]} {word}", "band": band}


def test_a_barred_use_has_no_score_and_one_that_a_place_does_not_have_is_not_called_barred(
    place, fields, knowledge
):
    statuses = tuple((use.use_id, "prohibited") for use in knowledge.uses)
    barred, absent = place("a"), place("b")
    barred = replace(barred, law=replace(barred.law, statuses=statuses))
    known = tuple(one for one in absent.law.statuses if one[0] != "U01")
    absent = replace(absent, law=replace(absent.law, statuses=known))
    found = fields(barred, absent)["comparison"]["readiness"]["blockchain"]["by_use"]
    name = knowledge.use("U01").name.text("en")
    cells = next(row for row in found if row["name"] == name)["regions"]
    assert [cell["text"] for cell in cells] == ["– barred", "– n/a"]


def test_up_to_ten_regions_stand_beside_each_other_and_more_below(place, fields):
    ten = [place(f"r{number:02d}") for number in range(10)]
    beside = fields(*ten)["comparison"]["readiness"]["blockchain"]
    below = fields(*ten, place("r10"))["comparison"]["readiness"]["blockchain"]
    assert (len(beside["regions"]), len(beside["by_use"]), beside["by_region"]) == (10, 23, [])
    assert (below["regions"], len(below["uses"]), len(below["by_region"])) == ([], 23, 11)


def test_more_than_forty_regions_are_grouped_by_province_and_named_once(place, fields):
    regions = [
        place(f"r{number:02d}", admin_code="370200" if number % 2 else "140400")
        for number in range(41)
    ]
    rows = fields(*regions)["comparison"]["overview"]
    assert [row["group"] for row in rows if row["group"]] == ["China: Shanxi", "China: Shandong"]
    assert [at for at, row in enumerate(rows) if row["variant"] == "group"] == [0, 22]
    assert not any(row["group"] for row in fields(*regions[:40])["comparison"]["overview"])


def test_more_than_four_hundred_regions_are_summed_up_and_the_table_still_lists_them(
    place, fields, knowledge, texts
):
    """Of 401 regions 100 in Shanxi list U07 in half of the cases; 301 in Shandong all do."""
    shanxi = [place(f"s{number:03d}", admin_code="140400") for number in range(100)]
    shanxi[:50] = [off_the_shortlist(region, "U07", "blockchain") for region in shanxi[:50]]
    shandong = [place(f"t{number:03d}", limits=(CAPITAL,)) for number in range(301)]
    found = fields(*shanxi, *shandong)["comparison"]
    assert found["summed_up"]
    assert [row["region"] for row in found["overview"]] == [
        "China: Shanxi (100 regions)", "China: Shandong (301 regions)",
    ]  # fmt: skip
    counts = [row["blockchain_count"] for row in found["value"]]
    assert counts == ["0.5", "1"]
    second = found["overview"][1]
    # 301 regions with 12 million, 30 jobs and 1.5 MW each.
    assert second["capital"] == "CNY 3.61 billion"
    assert (second["jobs"], second["power"]) == ("9,030", "451.5")
    assert "(301 regions)" in second["first"]
    assert [row["spare_mw"] for row in found["figures"]] == ["1,000", "3,010", "4,010"]
    heat = found["readiness"]["blockchain"]
    column = heat["uses"].index(knowledge.use("U07").name.text("en"))
    shares = [row["uses"][column]["text"] for row in heat["by_region"]]
    assert shares == ["50% listed", "100% listed"]
    bound = [row["resources"][0]["text"] for row in found["limits"]["rows"]]
    assert bound == ["0% binds", "100% binds"]
    content = comparison_csv([*shanxi, *shandong], [], DAY, knowledge, texts, ["en"])
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 1 + 401


def test_the_same_law_is_said_once_and_another_one_is_named(full, bare, knowledge, fields):
    chinese, kazakh = (summarise(one, knowledge) for one in (full, bare))
    same = fields(chinese, replace(chinese, code="twin"))["comparison"]["law"]
    assert "no difference in law" in same["sentence"]
    assert {row["where"] for row in same["rows"]} == {"all 2 regions"}
    assert same["differences"] == same["local"] == []
    apart = fields(chinese, kazakh)["comparison"]["law"]
    bans = {row["where"] for row in apart["rows"] if "Fa Gai Yun Xing" in row["text"]}
    assert bans == {"China"}
    mining = next(row for row in apart["differences"] if "Proof-of-work" in row["uses"])
    assert mining["positions"] == "barred: China; lawful under conditions: Kazakhstan"


def test_a_rule_that_must_be_checked_again_is_said_once(place, fields, knowledge):
    rule = knowledge.rules[0].rule_id
    one, two = (
        replace(place(code), law=replace(place(code).law, stale=((rule, 200, ""),)))
        for code in ("a", "b")
    )
    stale = fields(one, two)["comparison"]["law"]["stale"]
    assert stale.count("Fa Gai Yun Xing [2021] No. 1283") == 1
    assert "1 was read more than 180 days before" in stale


def test_barred_sizes_and_open_activities_stand_in_the_comparison(place, fields, knowledge):
    """3,000 racks are told in the IT load that readers know; a German state has all assessed."""
    sized = place("a")
    bar = (("R01", "CN-DC-06", "it_mw", 7.5, True),)
    opened = tuple(list(knowledge.activities)[:2])
    sized = replace(sized, law=replace(sized.law, barred=bar, open=opened))
    law = fields(sized, place("b", jurisdiction="DE"))["comparison"]["law"]
    row = next(row for row in law["rows"] if "7.5 MW" in row["text"])
    assert row["where"] == "China"
    assert "copy in another place" in row["text"]
    assert "exception needs approval from above" in row["text"]
    total = len(knowledge.activities)
    assert law["reach"] == [
        f"China: the rules on file speak to {total - 2} of the {total} activities considered."
    ]


def test_what_a_site_has_or_has_not_is_no_lesson(place, fields):
    floor = short_of(place("a"), "R05", "usable_floor_m2", 1.0, 0.0)
    assert fields(floor, place("b"))["comparison"]["exchange"] == []


def test_a_rule_of_one_province_is_named_with_its_regions(full, knowledge, fields):
    here = summarise(full, knowledge)
    scoped = next(
        rule
        for rule in knowledge.rules
        if rule.jurisdiction == "CN" and "CN" not in rule.region_scope
    )
    findings = tuple(
        (key, effect, (*ids, scoped.rule_id) if key == scoped.activity else ids)
        for key, effect, ids in here.law.findings
    )
    there = replace(
        here, code="b", name=Label((("en", "Beyond"),)), law=replace(here.law, findings=findings)
    )
    rows = fields(here, there)["comparison"]["law"]["local"]
    assert [row["where"] for row in rows] == ["Beyond"]


def test_illustrative_regions_make_the_whole_a_draft_and_are_named(place, fields):
    shaky = place("b", confidence=Confidence("low", ("U07",), 90.0, 5.0, 51.0, 10.0))
    doc = fields(place("a"), shaky)["doc"]
    assert doc["illustrative"]
    assert "in 1 of 2 regions (B)" in doc["draft"]
    assert not fields(place("a"), place("c"))["doc"]["illustrative"]


def test_the_strictest_handling_mark_of_any_region_holds_for_all(place, fields):
    assert fields(place("a"), place("b", handling="internal"))["doc"]["handling"] == "internal"


def test_regions_that_were_not_built_are_named(place, fields):
    found = fields(place("a"), place("b"), not_built=("lost", "broken.xlsx"))["comparison"]
    assert found["not_built"].endswith("2 (lost; broken.xlsx).")
    assert fields(place("a"), place("b"))["comparison"]["not_built"] == ""


def test_the_table_has_a_row_a_region_and_numbers_stay_numbers(place, knowledge, texts):
    content = comparison_csv(
        [place("a"), place("b")], ["lost"], DAY, knowledge, texts, ["en", "zh-CN"]
    )
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert {len(row) for row in rows} == {len(head)}
    assert [row[0] for row in rows] == ["a", "b", "lost"]
    column = next(place for place, name in enumerate(head) if name.startswith("Firm spare grid"))
    assert [row[column] for row in rows] == ["10.0", "10.0", ""]
    low = next(i for i, name in enumerate(head) if name.startswith("U07") and "low end" in name)
    assert "就绪度下限" in head[low]
    assert rows[0][low] == "60.0"


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "＝1"])
def test_a_name_that_a_spreadsheet_would_run_stays_text(place, knowledge, texts, name):
    odd = place("a", name=Label((("en", name),)))
    content = comparison_csv([odd, place("b")], [name], DAY, knowledge, texts, ["en"])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1][1] == f"'{name}"
    assert rows[3][0] == f"'{name}"


def test_chinese_words_hold_no_english(place, fields):
    found = fields(place("a"), place("b"), not_built=("x",), language="zh-CN")["comparison"]
    assert found["answer"].startswith("本报告比较2个地区：a市、b市。")
    assert found["not_built"].startswith("未能生成")


@pytest.fixture
def hanging(place, knowledge):
    """A Chinese region that proposes R05 while its yearly energy use is blank, and the rule."""
    rule = next(one for one in knowledge.rules if one.rule_id == "CN-DC-04")

    def make(code):
        region = place(code)
        activity = knowledge.use("R05").regulated_activities[0]
        own = (("R05", activity, "conditional", (), (rule.rule_id,)),)
        return replace(region, law=replace(region.law, own=own))

    return make, rule


def test_a_condition_that_hangs_on_a_missing_figure_is_said_and_not_applied(
    hanging, place, fields, english
):
    make, rule = hanging
    rows = fields(make("a"), place("b"))["comparison"]["law"]["rows"]
    (row,) = [row for row in rows if english.short_instrument(rule) in row["text"]]
    assert row["where"] == "A"
    assert row["text"].startswith("Depending on what was not given (yearly energy use)")
    assert "Conditions under" not in row["text"]


def test_what_a_use_is_barred_or_bound_by_at_its_own_size_is_what_is_compared(full, knowledge):
    """Another size of a use makes another position, though the region's own is the same."""
    use = full.screening.uses["R05"]
    first = replace(use.findings[0], effect="permitted", rules=())
    sized = replace(use, findings=(first, *use.findings[1:]))
    there = replace(full.screening, uses={**full.screening.uses, "R05": sized})
    alike = summarise(full, knowledge)
    full = replace(full, screening=there)
    here = summarise(full, knowledge)
    findings = {
        (use_id, found.activity): (
            found.effect,
            tuple(rule.rule_id for rule in found.rules),
            tuple(rule.rule_id for rule in found.depends),
        )
        for use_id, use in full.screening.uses.items()
        for found in use.findings
    }
    assert any(depends for *_, depends in findings.values())
    for (use_id, activity), expected in findings.items():
        assert here.law.of_use(use_id)[activity] == expected
    assert len({here.law, alike.law}) == 2


def test_what_ends_within_one_plan_is_not_said_to_have_ended(full, knowledge):
    rule = full.screening.findings["data_centre"].rules[0]
    later = Staleness(rule, 200, True, rule.instrument, date(2027, 12, 31))  # noqa: FBT003 - the field's place
    ended = replace(later, ends_on=None)
    stale = {}
    for name, one in (("later", later), ("ended", ended)):
        screening = replace(full.screening, stale=(one,))
        stale[name] = summarise(replace(full, screening=screening), knowledge).law.stale
    assert stale["later"] == ((rule.rule_id, 200, ""),)
    assert stale["ended"] == ((rule.rule_id, 200, rule.instrument.instrument_id),)
