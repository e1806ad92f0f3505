"""Regions side by side: what is shared, what differs, who can learn from whom, with worked figures."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import summarise
from generator.model import (
    Confidence,
    Label,
    LegalPosition,
    LimitUse,
    Partner,
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
                "shortlist", "viable", 60.0, 60.0, 100.0, wave=0,
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


def planning(region, use_id, knowledge, wave=1, **changes):
    """The region with one more use in a wave of its programme, met in full unless told otherwise."""
    needs = knowledge.requirements[use_id]
    use = replace(
        region.uses["U07"],
        wave=wave,
        values={need.criterion_id: need.target for need in needs},
        partials=dict.fromkeys((need.criterion_id for need in needs), 1.0),
        **changes,
    )
    waves = tuple(
        (*own, use_id) if number == wave else own for number, own in enumerate(region.waves, 1)
    )
    return replace(region, uses={**region.uses, use_id: use}, waves=waves)


def named(knowledge, use_id):
    return knowledge.use(use_id).name.text("en")


def test_only_uses_that_the_catalogue_puts_on_a_platform_are_shared(place, fields, knowledge):
    """Judicial evidence keeps its own system and cold storage its own site; credentials can share."""
    shared = {need.use_id for need in knowledge.needs.values() if need.on_shared_platform}
    assert "U12" in shared
    assert not shared & {"U07", "R05"}
    first = planning(place("a"), "U12", knowledge, capital=4.0)
    second = planning(place("b"), "U12", knowledge, wave=2, capital=2.5)
    found = fields(first, second, place("c"))["comparison"]["shared"]
    (row,) = found["rows"]
    assert (row["use"], row["count"]) == (named(knowledge, "U12"), "2")
    assert (row["first"], row["second"]) == ("A", "B")
    assert row["capital"] == "CNY 6.5 million"
    assert found["sentence"].startswith("1 use of the kind")
    assert found["points"][0] == (
        "Built one by one, these projects take CNY 6.5 million at the middle of their ranges."
    )
    assert "has not been computed" in found["points"][1]
    assert found["points"][-1].endswith(f"{named(knowledge, 'U07')}; {named(knowledge, 'R05')}.")


def test_nothing_is_shared_across_legal_orders_or_by_one_region_alone(place, fields, knowledge):
    apart = [planning(place("a"), "U12", knowledge),
             planning(place("b", jurisdiction="DE"), "U12", knowledge)]  # fmt: skip
    alone = [planning(place("a"), "U12", knowledge), place("b")]
    for regions in (apart, alone):
        found = fields(*regions)["comparison"]
        assert found["shared"]["rows"] == []
        assert "there is no platform to share" in found["shared"]["sentence"]
        assert "no planned use could run on a platform" in found["answer"]


def test_what_a_platform_of_one_region_spares_is_told_as_computed(place, fields, knowledge):
    """15.5 million in the first wave, 14.3 in the second: a platform is built once."""
    one = planning(place("a", spared=(15.5, 14.3)), "U12", knowledge)
    points = fields(one, planning(place("b"), "U12", knowledge))["comparison"]["shared"]["points"]
    assert any(line.endswith("spares in its larger wave: A CNY 15.5 million.") for line in points)


def test_conditions_are_shared_only_under_the_same_rules(place, fields, knowledge):
    activity = knowledge.use("U12").regulated_activities[0]
    rule = next(rule.rule_id for rule in knowledge.rules if rule.activity == activity)
    first, second = (planning(place(code), "U12", knowledge) for code in "ab")
    own = tuple(
        (key, effect, (rule,) if key == activity else ids)
        for key, effect, ids in second.law.findings
    )
    other = replace(second, law=replace(second.law, findings=own))
    name = knowledge.activities[activity].name.text("en")
    alike = fields(first, second)["comparison"]["shared"]["rows"]
    apart = fields(first, other)["comparison"]["shared"]["rows"]
    assert name in alike[0]["conditions"]
    assert name not in apart[0]["conditions"]


def signing(region, use_id, *partners):
    return with_use(
        region,
        use_id,
        partners=tuple(
            Partner(kind, status, Label((("en", name),))) for kind, status, name in partners
        ),
    )


def test_a_region_learns_from_the_one_where_a_body_has_signed(place, fields, knowledge):
    assert knowledge.use("U07").key_institution_types[0] == "court"
    done = signing(place("a"), "U07", ("court", "signed", "Intermediate court"))
    talks = signing(place("b"), "U07", ("court", "talks", "District court"))
    never = signing(place("c"), "U07", ("court", "none", "District court"))
    rows = fields(done, talks, never, place("d"))["comparison"]["exchange"]["rows"]
    row = next(row for row in rows if row["what"] == "Signed: court")
    assert row["use"] == named(knowledge, "U07")
    assert row["done"] == "A (Intermediate court)"
    assert row["needed"] == "B (in talks); C (not approached yet); D (nobody named yet)"


def test_a_body_of_another_legal_order_teaches_nothing(place, fields):
    done = signing(place("a", jurisdiction="DE"), "U07", ("court", "signed", "Local court"))
    assert fields(done, place("b"))["comparison"]["exchange"]["rows"] == []


def test_a_region_learns_from_the_one_that_meets_a_target_it_misses(place, fields, knowledge):
    criterion = "availability_pct"
    need = need_of(knowledge, "U07", criterion)
    learner = short_of(place("a"), "U07", criterion, need.minimum, 0.0)
    found = fields(learner, place("b"))["comparison"]["exchange"]
    (row,) = found["rows"]
    assert row["what"].startswith(
        f"Target met: {knowledge.criteria[criterion].name.text('en')} {need.target:g}"
    )
    assert row["done"].startswith(f"B ({need.target:g}")
    assert row["needed"].startswith(f"A ({need.minimum:g}")
    assert found["sentence"].startswith("There is 1 thing that one region has completed")


@pytest.mark.parametrize(
    ("use_id", "criterion"),
    [("U07", "dev_fte"), ("U07", "ops_fte"), ("R05", "usable_floor_m2"), ("R05", "spare_grid_mw")],
)
def test_size_staff_money_and_sites_are_no_lesson(place, fields, use_id, criterion):
    less = short_of(place("a"), use_id, criterion, 1.0, 0.0)
    found = fields(less, place("b"))["comparison"]["exchange"]
    assert found["rows"] == []
    assert "No region has completed what another still needs" in found["sentence"]


def test_a_region_shows_both_waves_by_name_and_what_the_second_adds(place, fields, knowledge):
    grid = LimitUse("grid_mw", 30.0, "available", None, 5.0, 0.0, False, 0.0, None, (), ())  # noqa: FBT003 - the field's place
    one = place("a", waves=(("U07",), ("R05",)), second={"jobs": 12.0, "power": 0.0, "served": 0.0},
                capital=(12.0, 3.5), limits=(grid,))  # fmt: skip
    found = fields(one, place("b"))["comparison"]["programmes"]
    assert (found["reasons"][0]["first"], found["reasons"][0]["second"]) == (
        named(knowledge, "U07"), named(knowledge, "R05"),
    )  # fmt: skip
    assert found["reasons"][1]["second"] == "nothing for now"
    row, plain = found["effects"]
    assert (row["jobs"], row["power"], row["served"]) == ("30 + 12", "1.5", "900")
    # 1.5 MW of 30 MW.
    assert (row["share"], plain["share"]) == ("5%", "–")
    assert row["capital"] == "CNY 12 million + CNY 3.5 million"
    assert plain["jobs"] == "30"


def test_the_first_waves_are_added_up_and_places_without_one_are_named(place, fields):
    """30 jobs and 900 people in each of two regions; the third has nothing ready."""
    idle = place("c", waves=((), ("U07",)), first={"jobs": 0.0, "power": 0.0, "served": 0.0})
    found = fields(place("a"), place("b"), idle)["comparison"]
    said = found["programmes"]["sentence"]
    assert "Ready to begin in 2 of 3 regions" in said
    assert "4 projects, 60 full-time jobs, 3 MW" in said
    assert "1,800 staff of industries served" in said
    assert said.endswith("Nothing is ready yet in: C.")
    assert "3 regions compared (A; B; C): 2 can begin now" in found["answer"]
    both = fields(place("a"), place("b"))["comparison"]
    assert "Each of the 2 regions can begin" in both["programmes"]["sentence"]
    assert "all can begin now" in both["answer"]
    nobody = place("a", first={"jobs": 30.0, "power": 1.5, "served": 0.0})
    alone = fields(nobody, nobody)["comparison"]["programmes"]["sentence"]
    assert "idle power used on average. " in f"{alone} "
    assert "people in the industries" not in alone


def test_on_example_values_no_region_is_said_to_begin_now(place, fields):
    """Their own briefs ask to prepare what rests on examples; one region with data is told apart."""
    shaky = [
        place(code, confidence=Confidence("low", ("U07",), 90.0, 5.0, 51.0, 10.0)) for code in "ab"
    ]
    found = fields(*shaky)["comparison"]
    assert "on example values all would begin" in found["answer"]
    assert (
        "most of them examples, each of the 2 regions would begin"
        in found["programmes"]["sentence"]
    )
    idle = place("c", waves=((), ("U07",)))
    found = fields(*shaky, idle)["comparison"]
    assert "on example values 2 would begin" in found["answer"]
    assert "2 of 3 regions would begin" in found["programmes"]["sentence"]
    assert "all can begin now" in fields(shaky[0], place("b"))["comparison"]["answer"]


def test_where_nothing_is_planned_nothing_empty_is_printed(place, fields):
    none = {"jobs": 0.0, "power": 0.0, "served": 0.0}
    idle = [place(code, waves=((), ()), first=none, capital=(0.0, 0.0)) for code in "ab"]
    found = fields(*idle)
    programmes = found["comparison"]["programmes"]
    assert [programmes[name] for name in ("reasons", "effects", "rows", "uses")] == [[]] * 4
    assert programmes["sentence"] == "No region has a project that is ready to begin."
    assert programmes["reason"] == found["figures"]["compared"]["title"] == ""
    one = fields(place("c"), *idle)["comparison"]["programmes"]
    assert [row["region"] for row in one["effects"]] == ["C"]
    assert len(one["reasons"]) == 3


def off_the_programme(region, use_id, **changes):
    waves = tuple(tuple(one for one in wave if one != use_id) for wave in region.waves)
    return replace(with_use(region, use_id, wave=0, **changes), waves=waves)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "B: ready, but other projects were chosen."),
        ({"kept": "signature"}, "B: signature missing."),
        ({"kept": "place"}, "B: no site fits."),
        ({"kept": "requires"}, "B: another use must come first."),
        ({"kept": "supply"}, "B: it only serves another project."),
        ({"listed": "cleared"}, "B: minima met, not ready enough for the shortlist."),
        ({"listed": "prepare"}, "B: signature missing."),
        ({"listed": "law_not_checked"}, "B: law not checked in full."),
        ({"listed": "barred"}, "B: barred by law."),
    ],
)
def test_a_programme_says_why_the_others_do_not_hold_its_use(
    place, fields, knowledge, changes, reason
):
    other = off_the_programme(place("b"), "R05", **changes)
    rows = fields(place("a"), other)["comparison"]["programmes"]["reasons"]
    assert rows[0]["why"] == f"Only here: {named(knowledge, 'R05')}. Elsewhere – {reason}"
    # What both hold needs no reason, and one region of two is not most of the others.
    assert rows[1]["why"] == "plans nothing that the others do not"


def test_a_missed_minimum_and_a_blank_are_named(place, fields, knowledge):
    hard = [need for need in knowledge.requirements["R05"] if need.hard_minimum]
    need = hard[0]
    name = knowledge.criteria[need.criterion_id].name.text("en")
    sign = 1 if need.direction == "higher_better" else -1
    missed = off_the_programme(place("b"), "R05", listed="cleared", viability="not_viable")
    missed = short_of(missed, "R05", need.criterion_id, need.minimum - sign, 0.0)
    blank = off_the_programme(place("c"), "R05", listed="cleared", viability="cannot_be_cleared")
    blank = short_of(blank, "R05", need.criterion_id, None, None)
    why = fields(place("a"), missed, blank)["comparison"]["programmes"]["reasons"][0]["why"]
    assert f"B: minimum missed ({name})." in why
    assert f"C: figure not given ({name})." in why


def test_what_most_others_plan_and_a_region_lacks_is_said_with_the_reason(place, fields, knowledge):
    without = off_the_programme(place("c"), "R05", listed="prepare")
    rows = fields(place("a"), place("b"), without)["comparison"]["programmes"]["reasons"]
    assert rows[2]["why"] == (
        f"Not here: {named(knowledge, 'R05')}, which 2 regions plan – a signature is missing."
    )


def test_a_use_that_the_catalogue_does_not_offer_is_not_called_barred(place, fields, knowledge):
    statuses = tuple((use.use_id, "prohibited") for use in knowledge.uses)
    regions = []
    for code, law in (("b", statuses), ("c", ())):
        region = off_the_programme(place(code), "R05")
        uses = {key: use for key, use in region.uses.items() if key != "R05"}
        regions.append(replace(region, uses=uses, law=replace(region.law, statuses=law)))
    why = fields(place("a"), *regions)["comparison"]["programmes"]["reasons"][0]["why"]
    assert "B: barred by law." in why
    assert "C: not offered by the catalogue." in why


def test_the_chart_counts_the_regions_of_each_wave_and_its_title_is_the_finding(
    place, knowledge, texts
):
    """Four regions: cold storage begun by three and next in one; judicial evidence begun by one."""
    alone = place("a")
    later = place("b", waves=((), ("R05",)))
    others = [place(code, waves=(("R05",), ())) for code in "cd"]
    brief = compare([alone, later, *others], [], DAY, knowledge, texts, "en")
    chart = brief.figures["compared"]
    assert chart.categories == (f"{named(knowledge, 'R05')} (4)", f"{named(knowledge, 'U07')} (1)")
    assert [one.values for one in chart.series] == [(75.0, 25.0), (25.0, 0.0)]
    title = brief.names()["figures"]["compared"]["title"]
    assert title == (
        f"{named(knowledge, 'R05')} is planned most widely, by all 4 regions; "
        "one use by one region only"
    )
    assert (
        f"{named(knowledge, 'R05')} (4): 3 in the first wave, 1 in the second" in chart.description
    )


def test_a_limit_that_binds_has_a_row_and_one_that_does_not_has_none(place, fields):
    """A swap says what leaves; a limit that nobody stated and that holds nothing back is left out."""
    staff = LimitUse("dev_fte", None, "none", None, 8.0, 0.0, False, 0.0, None, (), ())  # noqa: FBT003 - the field's place
    swap = replace(CAPITAL, next_out=("U07",))
    found = fields(place("a", limits=(CAPITAL, staff)), place("b", limits=(swap,)), place("c"))
    found = found["comparison"]["limits"]
    assert [(row["region"], row["resource"], row["limit"]) for row in found["rows"]] == [
        ("A", "Capital", "CNY 150 million"), ("B", "Capital", "CNY 150 million"),
    ]  # fmt: skip
    assert "CNY 4.25 million more would bring in Cold storage" in found["rows"][0]["more"]
    assert "in place of" not in found["rows"][0]["more"]
    assert found["rows"][1]["more"].endswith("in place of Judicial evidence preservation")
    assert found["sentence"].startswith("In 2 of 3 regions")
    assert found["kinds"] == []


def test_up_to_twenty_regions_have_a_reason_each_and_more_are_explained_use_by_use(
    place, fields, knowledge
):
    twenty = [place(f"r{number:02d}") for number in range(20)]
    few = fields(*twenty)["comparison"]["programmes"]
    last = off_the_programme(place("r20", limits=(CAPITAL,)), "R05", listed="prepare")
    found = fields(*twenty, last)["comparison"]
    many = found["programmes"]
    assert [len(few[name]) for name in ("reasons", "effects", "rows", "uses")] == [20, 20, 0, 0]
    assert [len(many[name]) for name in ("reasons", "effects", "rows", "uses")] == [0, 0, 21, 2]
    assert many["uses"][1] == {
        "use": named(knowledge, "R05"), "first": "20", "count": "20", "others": "signature missing: 1",
        "variant": "",
    }  # fmt: skip
    assert [(row["resource"], row["count"], row["regions"]) for row in found["limits"]["kinds"]] == [
        ("Capital", "1", "R20"),
    ]  # fmt: skip


def test_more_than_forty_regions_are_grouped_by_province_and_named_once(place, fields):
    regions = [
        place(f"r{number:02d}", admin_code="370200" if number % 2 else "140400")
        for number in range(41)
    ]
    rows = fields(*regions)["comparison"]["programmes"]["rows"]
    assert [row["group"] for row in rows if row["group"]] == ["China: Shanxi", "China: Shandong"]
    assert [at for at, row in enumerate(rows) if row["variant"] == "group"] == [0, 22]
    fewer = fields(*regions[:40])["comparison"]["programmes"]["rows"]
    assert not any(row["group"] for row in fewer)


def test_more_than_a_hundred_regions_are_summed_up_and_the_table_still_lists_them(
    place, fields, knowledge, texts
):
    """Of 401 regions 100 in Shanxi, of which half plan U07, and 301 in Shandong that all do."""
    shanxi = [place(f"s{number:03d}", admin_code="140400") for number in range(100)]
    shanxi[:50] = [off_the_programme(region, "U07", listed="cleared") for region in shanxi[:50]]
    shandong = [place(f"t{number:03d}", limits=(CAPITAL,)) for number in range(301)]
    found = fields(*shanxi, *shandong)["comparison"]
    assert found["summed_up"]
    first, second = found["programmes"]["rows"]
    assert (first["region"], second["region"]) == (
        "China: Shanxi (100 regions)", "China: Shandong (301 regions)",
    )  # fmt: skip
    # 301 regions with 12 million, 30 jobs and 1.5 MW each.
    assert second["capital"] == "CNY 3.61 billion"
    assert (second["jobs"], second["power"]) == ("9,030", "451.5")
    assert f"{named(knowledge, 'U07')} (50 regions)" in first["first"]
    assert "(301 regions)" in second["first"]
    (kind,) = found["limits"]["kinds"]
    assert kind["count"] == "301"
    content = comparison_csv([*shanxi, *shandong], [], DAY, knowledge, texts, ["en"])
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 1 + 401
    fewer = fields(*shanxi)["comparison"]
    assert fewer["summed_up"] == ""


def test_no_value_of_one_region_is_set_beside_that_of_another():
    """A value is a share of what its own region can attain, so a comparison is not even given one."""
    for noun in (RegionSummary, UseSummary):
        assert [name for name in noun.__struct_fields__ if "value_alone" in name] == []


def test_the_same_law_is_said_once_and_another_one_is_named(full, bare, knowledge, fields):
    chinese, kazakh = (summarise(one, knowledge) for one in (full, bare))
    same = fields(chinese, replace(chinese, code="twin"))["comparison"]["law"]
    assert "no difference in law" in same["sentence"]
    assert {row["where"] for row in same["rows"]} == {"both regions"}
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
    assert "of the 1 rule that bears on the regions, 1 was read more than 180 days before" in stale


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
    assert found["answer"].startswith("本报告比较2个地区（a市、b市）：均可启动首批项目；")
    assert found["not_built"].startswith("未能生成")


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
