"""What the chapters of the planning brief say: findings, options, sheets, conditions, the one page."""

from __future__ import annotations

import math
import re
from itertools import groupby, pairwise

import pytest
from msgspec.structs import replace

from generator.choices.rivals import own_plan
from generator.model import LISTS, Fact, Label
from generator.report import limitchart, report, series
from generator.report.answer import answer
from generator.report.choices import alternatives
from generator.report.compared import plan_rows
from generator.report.conditions import activity, condition_table
from generator.report.decisions import decisions_asked
from generator.report.funding import owner
from generator.report.idle import (
    closest,
    closest_line,
    front,
    idle_asked,
    near_rows,
    unused_line,
)
from generator.report.inplan import open_in_plan
from generator.report.openings import opening_fields
from generator.report.optionchart import options_by_points
from generator.report.options import counts, option_fields, shown
from generator.report.options import verdict as ruling
from generator.report.otherplans import idle_line
from generator.report.overview import overview_fields
from generator.report.ownrisks import main_risk
from generator.report.peopletask import outnumbered
from generator.report.profiles import cautions, examples
from generator.report.projects import EFFECTS, megawatts, project_rows
from generator.report.scenarios import kinds_of, scenario_fields
from generator.report.sheets import sheet_rows
from generator.report.tasklist import tasks_of
from generator.report.verdict import verdict
from generator.report.voice import Voice

CITIES = ("changzhi", "heze", "qingdao")


@pytest.fixture(params=CITIES)
def city(request, cities):
    return cities[request.param]


@pytest.fixture
def speaking(texts, city):
    return Voice(texts, "en", city.knowledge)


# --- findings -------------------------------------------------------------------------------------


def test_every_chapter_opens_with_a_finding_that_carries_a_number(city, speaking):
    fields = opening_fields(city, speaking)
    assert all(one["lead"] and one["text"] for one in fields.pop("outlook"))
    spare = fields.pop("spare")
    for name, text in [*fields.items(), *(("spare", one) for one in spare)]:
        assert re.search(r"\d", text), name
        assert text.endswith("."), name


def test_where_nothing_is_proposed_every_finding_but_the_sheets_still_says_so(bare, voice):
    fields = opening_fields(bare, voice)
    assert fields["sheets"] == ""
    assert all(fields[name] for name in ("assets", "law", "options", "programme", "sites"))
    assert fields["law"] == voice.say("finding.law_no_project")


def test_the_power_that_is_taken_and_the_rest_make_up_what_is_free(city, speaking):
    text = opening_fields(city, speaking)["assets"]
    idle, used, rest = (float(one) for one in re.findall(r"([\d.]+) MW", text)[:3])
    assert used + rest == pytest.approx(idle, abs=0.1)
    grid = next(one for one in city.programme.limits if one.resource == "grid_mw")
    assert idle == pytest.approx(grid.limit, abs=0.05)


def test_projects_without_revenue_are_counted_with_what_they_cost_a_year(city, speaking):
    text = opening_fields(city, speaking)["sheets"]
    known = city.knowledge
    without = [
        one
        for one in city.programme.projects
        if known.use(one.use_id).payback_status == "not shown"
    ]
    named = re.search(
        rf", {len(without)} without revenue on record \(([^)]*)\) must be paid for by", text
    )
    names = [speaking.use(one.use_id) for one in without]
    # Each of two, and of more the first.
    assert sum(name in named[1] for name in names) == 2
    assert named[1].startswith("such as ") is (len(without) > 2)
    low = sum(one.running_cost[0] for one in without)
    assert speaking.about(low).removeprefix("CNY ").split(" ")[0] in text


def test_sites_without_a_former_mine_are_said_to_be_so(full, english):
    others = replace(full, sites=full.sites[1:])
    text = opening_fields(others, english)["sites"]
    assert text.startswith("Of the 2 sites listed, none of them a former mining site, ")


def test_the_chapter_on_sites_opens_with_the_mines_that_stand_empty(dear, texts):
    for language, hall, people in (
        (
            "en",
            "No project uses Former mining hall 1",
            "10 people of other trades have no post in the plan; the human resources",
        ),
        ("zh-CN", "各项目均未利用1号原“矿场”厂房", "待安置人员10人暂无岗位安排，由"),
    ):
        found = dear["heze"]
        text = opening_fields(found, Voice(texts, language, found.knowledge))["sites"]
        assert text.startswith(hall)
        assert people in text
    # Where each of them is used nothing is said of it.
    first = opening_fields(dear["changzhi"], Voice(texts, "en", dear["changzhi"].knowledge))
    assert first["sites"].startswith(("No project uses", "Of the 3 sites listed"))


# --- options --------------------------------------------------------------------------------------


def options(fields):
    """The rows of the matrix without those that name a list."""
    return [row for row in fields["rows"].plain() if not row["variant"]]


def test_what_the_law_may_still_forbid_is_no_settled_choice(city, speaking):
    """A sentence below the table names it while a procedure decides whether it is built."""
    use = city.programme.first.uses[0]
    due = city.procedures[0]
    asked = replace(due.procedure, question=Label((("en", "May it be built?"),)))
    gated = replace(city, procedures=(replace(due, procedure=asked, uses=(use,)),))
    told = option_fields(gated, speaking)
    assert speaking.use(use) not in {row["name"] for row in options(told)}
    line = f"may still stop projects of the first wave: {speaking.use(use)} ({speaking.name(asked.name)})."
    assert line in told["rest"]


def test_the_table_shows_what_is_no_project_and_the_chart_both(city, speaking):
    """A project has a row in its own table; the chart ranks all that is shown by points."""
    names = {row["name"] for row in options(option_fields(city, speaking))}
    told = {key for own in shown(city).values() for key in own}
    assert set(city.programme.uses) <= told
    assert names == {speaking.use(key) for key in told - set(city.programme.uses)}
    drawn = options_by_points(city, speaking)
    assert 10 <= sum(value is not None for one in drawn.series for value in one.values) == len(told)
    assert drawn.mark == city.knowledge.assumed("shortlist_readiness")
    by_name = dict(zip(drawn.categories, drawn.spoken, strict=True))
    first = {speaking.use(key) for key in city.programme.first.uses}
    assert {name for name, words in by_name.items() if words.startswith("first wave")} <= {
        *first, *(name for name in by_name if name.endswith("…"))
    }  # fmt: skip


def test_an_option_below_the_line_by_less_than_a_half_is_not_drawn_on_it(city, speaking):
    (key, *_), *_ = (own for own in shown(city).values() if own)
    use = replace(city.readiness.uses[key], low=49.7)
    readiness = replace(city.readiness, uses={**city.readiness.uses, key: use})
    drawn = options_by_points(replace(city, readiness=readiness), speaking)
    assert speaking.score(49.7) == "49"
    assert 49.0 in {value for one in drawn.series for value in one.values}


def test_options_below_the_line_are_not_compared_and_verdicts_stand_together(city, speaking):
    """What lacks points says so beside them; the rows of a list follow their verdicts."""
    fields = option_fields(city, speaking)
    rows = options(fields)
    for row in rows:
        assert ("too few points" in row["verdict"]) <= (int(row["points"]) < int(fields["least"]))
    for own in shown(city).values():
        told = [ruling(one, city) for one in own]
        assert len([*groupby(told)]) == len(set(told))


def test_options_shown_and_counted_are_all_that_the_law_leaves_open(city, speaking):
    fields = option_fields(city, speaking)
    told = sum(map(len, shown(city).values()))
    rest = int(re.search(r"(\d+) more", fields["rest"])[1])
    assert told + rest == sum(len(city.readiness.order[one]) for one in LISTS)


def test_an_option_that_lacks_something_has_no_effects(city, speaking):
    """Its verdict tells it, not only that it is no candidate."""
    ids = {speaking.use(key): key for key in city.readiness.uses}
    for row in options(option_fields(city, speaking)):
        kind = ruling(ids[row["name"]], city)
        assert bool(row["jobs"]) is (kind in {"reserve", "not_yet"}), (row, kind)


def test_the_law_stands_in_a_sentence_where_it_is_the_same_for_all(city, speaking):
    fields = option_fields(city, speaking)
    laws = {row["law"] for row in options(fields)}
    assert (fields["same_law"] != "") is (len(laws) == 1)


def test_a_scenario_tells_of_each_project_what_becomes_of_it(dear, english):
    """Heze: half the capital leaves a smaller store elsewhere, costs up by 30 percent a smaller one."""
    rows = {row["name"]: row for row in scenario_fields(dear["heze"], english)["moving"]}
    (store,) = [
        cell for cell in rows["Capital limit halved"]["projects"] if cell["text"] != "stays"
    ]
    assert store == {"text": "site, less", "band": "serious"}
    (store,) = [
        cell for cell in rows["Capital cost up 30 percent"]["projects"] if cell["text"] != "stays"
    ]
    assert store["text"] == "less"


def test_a_row_says_why_projects_are_out_and_counts_nothing_that_is_only_prepared(cities, english):
    """Heze: storage waits for a figure nobody gave; 16 developers less 40 percent leave too few points."""
    found = cities["heze"]
    rows = {row["name"]: row for row in scenario_fields(found, english)["moving"]}
    told = rows["Available developers down 40 percent"]
    assert "P1, P3 out: too few points" in told["joins"]
    assert "only prepared, not counted: Battery storage (20 MWh)" in told["joins"]
    assert "Capacity payment for storage" in told["joins"]
    assert (told["jobs"], told["power"]) == ("−56", english.dash)


# --- sheets ---------------------------------------------------------------------------------------


def test_each_project_has_a_sheet_with_its_partners_by_name_and_status(city, speaking):
    sheets = sheet_rows(city, speaking)
    assert [one["id"] for one in sheets] == [one.use_id for one in city.programme.projects]
    for sheet in sheets:
        signed = [
            one.name.text("en")
            for one in city.region.institutions
            if one.use == sheet["id"] and one.status == "signed"
        ]
        assert all(name in sheet["partners"] for name in dict.fromkeys(signed[:1]))
        assert ("signed (as the workbook says; example): " in sheet["partners"]) is bool(signed)


def test_a_limit_that_a_project_waits_for_is_told_once(city, speaking):
    """What falls short of another bound of the same criterion would be a second figure for it."""
    known = speaking.knowledge.criteria
    needs = {sheet["id"]: sheet["needs"] for sheet in sheet_rows(city, speaking)}
    for project in city.programme.second.projects:
        for one in project.preconditions:
            if one.criterion_id:
                assert speaking.name(known[one.criterion_id].name) not in needs[project.use_id]


def test_a_sheet_names_at_most_three_steps_with_office_and_month(city, speaking):
    for sheet in sheet_rows(city, speaking):
        assert 1 <= len(sheet["steps"]) <= 3
        assert all(re.search(r"by \w+ \d{4}\)$", step) for step in sheet["steps"])


def test_the_main_risk_names_the_project(city):
    for one in city.programme.projects:
        found = main_risk(one.use_id, city)
        assert found is None or one.use_id in found.uses


def test_both_briefs_tell_one_verdict_one_by_what_it_hangs_on_one_by_its_shares(city, speaking):
    """How far a choice depends on what was varied is no likelihood, and stands on examples as well."""
    for one, row in zip(
        city.programme.first.projects,
        project_rows(city.programme.first, city, speaking),
        strict=True,
    ):
        assert row["firm_word"]
        assert row["firm_hangs"] or verdict(one, city).word == "high"
        assert "%" not in row["firm_word"] + row["firm_hangs"]
        # The sheet of the project says the same before the shares behind it.
        least = speaking.percent(min(verdict(one, city).shares.values()))
        told = {"word": row["firm_word"], "least": least, "shares": ""}
        assert row["firm"].startswith(speaking.say("firm.told", **told))


def test_examples_and_cautions_are_those_of_the_catalogue(cities, english):
    found = cities["qingdao"]
    told = found.knowledge.use("U02").reference_deployments.text("en").split("; ")
    assert sorted(examples("U02", found, english)) == sorted(told)
    # Qingdao's own port comes before those of others.
    assert (
        "Qingdao" in examples("U02", found, english)[0]
        or "China" in examples("U02", found, english)[0]
    )
    failures = found.knowledge.use("U02").known_failures_or_cautions.text("en")
    assert "; ".join(cautions("U02", english)) == failures


# --- law and the one page -------------------------------------------------------------------------


def test_conditions_stand_with_each_project_and_are_told_once(city, speaking):
    rows = condition_table(city, speaking).rows
    names = [one.cells["name"].text for one in rows if one.variant == "block"]
    assert rows[0].variant == "block"
    assert set(names) <= {speaking.use(one) for one in city.programme.uses}
    assert len(names) == len(set(names))
    # What a project does not reach is said of its own size.
    told = [
        (one.cells["condition"].text, one.cells["instrument"].text)
        for one in rows
        if not one.variant and not one.cells["condition"].text.startswith("not reached")
    ]
    assert len(told) == len(set(told)) > 0
    # What it shares with others, and what begins in operation, is one line at the end of each.
    for one, after in pairwise(rows):
        assert one.variant != "also" or after.variant == "block"


def test_every_condition_on_a_project_stands_in_its_rows(city, speaking):
    rows, name = dict[str, str](), ""
    also: dict[str, str] = {}
    for one in condition_table(city, speaking).rows:
        if one.variant == "also":
            also[name] = one.cells["name"].text
        elif one.variant:
            name = one.cells["name"].text
        else:
            rows[name] = "\n".join(
                (rows.get(name, ""), *(cell.text for cell in one.cells.values()))
            )
    start = city.region.plan_from
    met = [
        (use_id, found, rule)
        for use_id in city.programme.uses
        for found in city.screening.of_use(use_id).of("conditional")
        for rule in found.rules
        if rule.effect == "conditional"
        and not (start and rule.in_force_until and rule.in_force_until <= start)
    ]
    assert met
    for use_id, found, rule in met:
        again = also.get(speaking.use(use_id), "")
        text = rows.get(speaking.use(use_id), "") + again
        # In its words; where an earlier project was told them, by its instrument, or by the activity
        # with all of its conditions.
        assert (
            speaking.name(rule.condition) in text
            or speaking.short_instrument(rule) in text
            or activity(found, speaking) in again
            or rule.is_general
        )
    # What is to be met before a start is told in full somewhere; the annex tells what begins after it
    # and what binds everyone.
    told = "\n".join(rows.values())
    before = [rule for _, _, rule in met if not (rule.is_of_operation or rule.is_general)]
    assert before
    assert all(speaking.name(rule.condition) in told for rule in before)


def test_the_one_page_has_a_row_for_each_lead_project_and_few_decisions(city, speaking):
    asked = decisions_asked(city, speaking)
    fields, decisions = overview_fields(asked, city, speaking), asked.rows
    assert len(fields["flow"]) == len(city.programme.first.projects)
    assert all(row["uses"] for row in fields["flow"])
    assert all(
        {row["jobs"], row["power"], row["served"]} != {speaking.dash} for row in fields["flow"]
    )
    # A bar is as long as the project's share of the most jobs of one; none needs a bar of its own.
    jobs = [one.effects.get("jobs", 0.0) for one in city.programme.first.projects]
    bars = [len(row["bar"]) for row in fields["flow"]]
    assert all(
        abs(bar - max(bars) * own / max(jobs)) < 1.0 for bar, own in zip(bars, jobs, strict=True)
    )
    # Each in one short line with its month; what it says in full stands in its chapter.
    assert decisions
    lines = [line for line in fields["decisions"] if re.match(r"\d+\. ", line)]
    # What is handed out without a vote comes before them, a line each, a choice of a later month after.
    others = len(asked.order) + len(asked.choices)
    assert len(fields["decisions"]) == len(lines) + others
    before, after = len(asked.order), len(asked.order) + len(lines)
    assert fields["decisions"][before:after] == lines
    handed = [line for line in fields["decisions"] if line.startswith("Without a vote: ")]
    errand = [line for line in handed if "people without a post" not in line]
    assert len(handed) - len(errand) == outnumbered(city)
    assert errand == fields["decisions"][:before][-1:]
    kept = idle_asked(city, speaking)
    assert bool(errand) is bool(kept)
    assert all(kept["rest"] in line and kept["by"] in line for line in errand)
    numbered = enumerate(zip(lines, decisions, strict=True), start=1)
    for number, (line, row) in numbered:
        assert line.startswith(f"{number}. ")
        assert line.endswith(f"({row['by']})")
        assert len(line) < 140
    # Nothing is a dash as large as a figure, without a word below it.
    assert all(
        row["served"] and (row["served_note"] or row["served"] == speaking.dash)
        for row in fields["waves"]
    )
    waves = [one for one in (city.programme.first, city.programme.second) if one.projects]
    assert len(fields["waves"]) == len(waves)


# --- charts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_dear", [False, True])
def test_fewer_than_three_plans_are_left_to_their_table(city, dear, speaking, is_dear):
    found = dear[city.region.code] if is_dear else city
    assert all(1 + len(choice.rivals) < 3 for choice in found.choices)
    assert not alternatives(found, speaking).series


# Of what plan A brings: plans B and C bring less of everything, or more power and less of the rest.
@pytest.mark.parametrize("power", [(0.5, 0.75), (2.0, 1.5)])
def test_alternatives_are_shares_of_the_most_that_any_brings(as_one, english, power):
    own = own_plan(as_one)
    (choice,) = as_one.choices
    shares = [
        dict.fromkeys(EFFECTS, part) | {"power": watts}
        for part, watts in zip((0.5, 0.75), power, strict=True)
    ]
    rivals = tuple(
        replace(one, effects={name: own.effects[name] * part for name, part in each.items()})
        for one, each in zip(choice.rivals, shares, strict=True)
    )
    found = replace(as_one, choices=(replace(choice, rivals=rivals),))
    data = alternatives(found, english)
    # Where plans are chosen between they alone are drawn, the proposal first.
    assert [one[: len("Plan A")] for one in data.categories] == ["Plan A", "Plan B", "Plan C"]
    told = {english.say(f"series.alternative.{name}"): name for name in EFFECTS}
    assert {told[one.name] for one in data.series} == {
        name for name in EFFECTS if own.effects[name]
    }
    for one in data.series:
        assert max(one.values) == pytest.approx(100)
        assert min(one.values) >= 0
        brought = [plan.effects[told[one.name]] for plan in (own, *rivals)]
        assert one.values == pytest.approx([100 * value / max(brought) for value in brought])
    # The title says where both waves lead, and where and how far they trail.
    assert data.categories[0].endswith(english.say("alternative.both"))
    trailing = [one.values[0] for one in data.series if one.values[0] < 100 - 1e-9]
    assert trailing == pytest.approx([50.0] if max(power) > 1 else [])
    for share in trailing:
        assert english.percent(share / 100) in data.names["trails"]
    assert bool(trailing) is (data.titled != "_whole")
    # Two of the same plans are left to their table.
    fewer = replace(choice, rivals=rivals[:1])
    assert not alternatives(replace(found, choices=(fewer,)), english).series


def test_a_plan_of_places_needs_coordinates_of_a_site_or_a_grid_point(full, english):
    assert not series.places(full, english).series

    def at(degrees):
        return Fact(degrees, "°")

    # One degree of a meridian is 111.2 km on a sphere of 6,371 km.
    spots = [(110.0, 36.0), (110.0, 37.0), (110.0, 36.5)]
    sites = tuple(
        replace(site, longitude=at(east), latitude=at(north), name=Label((("en", "S"),)))
        for site, (east, north) in zip(full.region.sites, spots, strict=True)
    )
    found = replace(full, region=replace(full.region, sites=sites))
    data = series.places(found, english)
    assert [one.name for one in data.series] == ["Sites"]
    assert (data.series[0].x, data.series[0].values) == ((110.0,) * 3, (36.0, 37.0, 36.5))
    assert data.names == {"count": "3", "apart": "111"}


# --- idle power -----------------------------------------------------------------------------------


def test_the_first_page_tells_the_average_use_of_idle_power_and_its_share(
    cities, knowledge, texts, english
):
    for found in cities.values():
        first = found.programme.first
        grid = next(one for one in found.programme.limits if one.resource == "grid_mw")
        top = report(found, knowledge, texts, "en").fields["top"]
        place = top["measures"].index("Idle power used (MW)")
        value, note = (row["measures"][place]["text"] for row in top["tiles"])
        assert value == megawatts(first.effects["power"], english)
        assert english.percent(first.effects["power"] / grid.limit) in note


def test_a_first_wave_without_power_says_so_and_why(cities, english):
    found = cities["changzhi"]
    first = replace(found.programme.first, effects={**found.programme.first.effects, "power": 0.0})
    waiting = {key: replace(one, is_ready=False) for key, one in found.programme.candidates.items()}
    dark = replace(found.programme, first=first, candidates=waiting)
    told = unused_line(replace(found, programme=dark), english)
    assert told.startswith("None of the 60 MW idle is used at first, as no project of power reuse")
    assert "the second wave would use 2.52 MW on average" in told
    ready = {**waiting, "R06": replace(waiting["R06"], is_ready=True)}
    told = unused_line(replace(found, programme=replace(dark, candidates=ready)), english)
    assert "other projects bring more" in told


def test_other_uses_of_power_are_named_with_what_they_wait_for_and_who_settles_it(dear, english):
    for found in dear.values():
        near, told = closest(found)[:3], closest_line(found, english)
        assert all(english.use(one.use_id) in told for one in near)
        # The chapter holds the same as a table.
        rows = near_rows(found, english)
        assert [row["use"] for row in rows] == [english.use(one.use_id) for one in near]
        assert all(row["waits"][1:] in told and row["power"] in told for row in rows)
        assert not {one.use_id for one in closest(found)} & set(found.programme.uses)
        for one in near:
            owner = english.knowledge.use(one.use_id).owner_office
            assert not one.lacks_partner or english.office(owner) in told
    # Heze: storage waits for a figure, halls for an industry that no office makes larger.
    told = closest_line(dear["heze"], english)
    office = english.office(english.knowledge.criteria["capacity_payment"].owner_office)
    assert f"Capacity payment for storage to be given ({office})" in told
    assert "a larger industry here" in told


def test_a_first_page_tells_the_most_that_could_be_used_and_what_would_add_most(
    cities, as_one, english
):
    # Qingdao: the computing hall, which would take most of that.
    found = cities["qingdao"]
    near = front(found)
    assert near == found.idle.unlocks[0]
    told = idle_line(found, english)
    price = found.knowledge.criteria["power_price"]
    office, owner = (
        english.office(key)
        for key in (price.owner_office, found.knowledge.use(near.use_id).owner_office)
    )
    assert told.endswith(
        f" {english.use(near.use_id)} could take 6.58 MW if delivered power price on the market were "
        f"CNY 0.5 per kWh instead of 0.62 ({office}) and a partner signed ({owner}), but the first "
        "wave takes its site."
    )
    load = found.knowledge.needs[near.use_id].mean_load_mw_per_unit
    drawn = math.fsum(one.size * load for one in found.idle.mix if one.use_id == near.use_id)
    assert found.idle.attainable / 2 < drawn <= found.idle.attainable
    # Where another plan holds it, the same is said.
    assert near.use_id in {one.use_id for one in as_one.programme.together.second}
    assert f"{english.use(near.use_id)} could take " in idle_line(as_one, english)
    # Changzhi: what could be settled there adds nothing; the hall waits for a signature alone.
    assert front(cities["changzhi"]) is None
    assert idle_line(cities["changzhi"], english).endswith(
        f" {english.use('R01')} could take 4.7 MW if a partner signed ({owner}), but at the upper "
        "ends of capital the limit of money does not hold it beside the first wave."
    )
    # Heze: no use outside the programme would take more than half.
    found = cities["heze"]
    assert idle_line(found, english).endswith(
        f"could take at most {megawatts(found.idle.attainable, english)} MW on average."
    )


def test_what_the_waves_take_and_what_stays_add_up_as_printed(cities, english):
    for found in cities.values():
        grid = next(one for one in found.programme.limits if one.resource == "grid_mw")
        told = opening_fields(found, english)["assets"]
        taken = re.search(r"takes ([\d.]+) MW at its peak .*; ([\d.]+) MW stays unused", told)
        assert sum(map(float, taken.groups())) == pytest.approx(grid.limit)
        assert float(taken[1]) == pytest.approx(grid.first + grid.second, abs=0.1)


def test_the_other_plan_is_told_with_its_vote_and_by_its_figures_in_the_table(
    cities, as_one, english
):
    """Both waves as one hold the computing hall; the table has what both bring."""

    def kinds(change):
        return {each.rival.kind for each in change.plans}

    found = as_one
    asked = decisions_asked(found, english)
    one = next(one for one in asked.changing if "both" in kinds(one))
    rows = plan_rows(asked.choices, found, english)[0]
    (both,) = (row for row in rows if row["what"].startswith("both waves as one"))
    assert both["number"] == one.row["number"]
    assert both["jobs"] == f"{found.programme.together.effects['jobs']:.0f}"
    # What it waits for, since its first wave holds only what can begin, is that of the project it adds.
    criterion = english.name(found.knowledge.criteria["power_price"].name)
    assert english.use("R01") in both["what"]
    assert criterion in both["waits"]
    for city in cities.values():
        assert not any("both" in kinds(one) for one in decisions_asked(city, english).changing)


def test_a_use_that_waits_is_told_with_why_another_stands_in_its_place(dear, english):
    """Qingdao: two data centres wait alike; the archive fits the one hall that is left."""
    found = dear["qingdao"]
    assert found.idle.outside["R01"].kind == found.idle.outside["R02"].kind == "room"
    assert found.programme.second.uses[-1] == "R07"
    told = closest_line(found, english)
    assert ", but the first wave takes its site" in told
    assert "every site that fits it" in told
    # Heze: what nobody there can change names no office, and stands behind what can be prepared.
    told = closest_line(dear["heze"], english)
    assert "a larger industry here (no plan brings that) and" in told
    assert told.index(english.use("R04")) < told.index(english.use("R06"))


def test_options_that_have_all_and_those_prepared_without_it_are_counted_apart(cities, english):
    for found in cities.values():
        told = counts(found, shown(found))
        # What the table below the chart counts is what a reader can count in both.
        first, second, met, lacks = (
            sum(value is not None for value in one.values)
            for one in options_by_points(found, english).series
        )
        assert told.every == first + second + met + lacks
        assert told.chosen + told.lacking == first + second
        assert told.met == told.chosen + met
        assert told.chosen <= told.met <= told.every
        whole = counts(found, found.readiness.order)
        assert (whole.chosen, whole.lacking) == (told.chosen, told.lacking)
    assert counts(cities["qingdao"], shown(cities["qingdao"])).lacking == 2


def test_scenarios_are_counted_by_what_they_change(cities, english):
    for found in cities.values():
        kinds = kinds_of(found)
        assert sum(kinds.values()) == sum(one.is_applicable for one in found.scenarios)
        fields = scenario_fields(found, english)
        rows = fields["moving"]
        assert len(fields["projects"]) == len(found.programme.projects)
        assert all(len(row["projects"]) == len(fields["projects"]) for row in rows)
        others = [
            row
            for row in rows
            # Another size of the same project joins nothing.
            if not row["joins"].startswith((english.dash, "instead: "))
            or {"out", "waits", "at once"} & {cell["text"] for cell in row["projects"]}
        ]
        sizes = [
            row
            for row in rows
            if row not in others and {cell["text"] for cell in row["projects"]} != {"stays"}
        ]
        assert (kinds["projects"], kinds["sizes"]) == (len(others), len(sizes))
        # What changes most stands first.
        assert rows[: len(others)] == others


def test_what_only_one_project_needs_is_led_by_its_office(city, dear, speaking):
    """Heze: the hall of the cold store is checked by its owner, until that is settled by the body that leads the project."""
    tasks = tasks_of(city, speaking)
    for task in tasks:
        if len(task.uses) == 1 and task.action and task.action.because.kind in _OF_ONE:
            office = owner(task.uses[0], speaking)
            assert office in {task.lead, task.deciding} or task.lead == task.owner
    if city.region.code == "heze":
        # With halls dear the store is the only project on a site.
        tasks = tasks_of(dear["heze"], speaking)
        hall = next(one for one in tasks if "hall structure" in one.title)
        assert hall.lead == "commerce bureau*"
        assert hall.responsible == "site owner (supporting)"


_OF_ONE = {"rule", "procedure", "law"}


def test_limits_above_the_registers_are_told_with_both_figures(cities, english):
    told = opening_fields(cities["changzhi"], english)["spare"]
    # The register of data centres holds 95 free racks, the sheet of limits says 110.
    assert any("Racks in halls now 110 against 95" in text for text in told)
    told = opening_fields(cities["qingdao"], english)["spare"]
    assert not any("higher than what its registers" in text for text in told)


def test_a_page_with_little_room_shows_the_tightest_limits_power_and_what_stays_free(
    cities, english
):
    for found in cities.values():
        whole, few = limitchart.limits(found, english), limitchart.tight(found, english)
        assert few.categories[:4] == whole.categories[:4]
        assert sum("Grid capacity" in one for one in few.categories) == 1
        assert len(few.categories) == 5
        assert few.names == whole.names
        for all_of, some in zip(whole.series, few.series, strict=False):
            assert some.values[:4] == all_of.values[:4]
        # Every bar that is not beyond its limit ends at all there is.
        bars = [
            math.fsum(filter(None, bar))
            for bar in zip(*(one.values for one in few.series), strict=True)
        ]
        assert all(one >= 99 for one in bars)
        assert few.series[3].name == "Without a project (%)"
        # The axis ends at a line beyond the longest bar where capital may pass its limit.
        longest = max(
            sum(filter(None, bar))
            for bar in zip(*(one.values for one in whole.series), strict=True)
        )
        assert few.top == (None if longest <= 100 else 20 * math.ceil(longest / 20))


# --- the summary ----------------------------------------------------------------------------------


def test_the_summary_says_what_when_and_for_how_much_in_few_figures(city, speaking):
    lines = overview_fields(decisions_asked(city, speaking), city, speaking)["lines"]
    assert [one["label"] for one in lines] == ["What:", "When:", "Money:"]
    what, when, money = (one["text"] for one in lines)
    # It begins with the answer of the first page, which tells all jobs.
    assert what.startswith(answer("summary.answer", city, speaking))
    first, asked = city.programme.first, decisions_asked(city, speaking)
    # What a later choice may do without is held by name.
    assert ("Held for the choice in " in what) is bool(asked.candidates)
    assert all(speaking.use(use) in what for use in asked.candidates)
    assert when.count("When the plan period ends in December 2028") == 1
    sites = [one for one in first.projects if one.category == "power_reuse"]
    is_open = bool(open_in_plan(sites, city, "shorter"))
    assert is_open or "no project on a site is open" in when or "no project is open" in when
    # Ranges stand in the exhibit below; months are no figures.
    told = re.sub(r"[A-Z][a-z]+ 20\d\d|CNY [\d.]+ to", "", f"{what} {when} {money}")
    figures = re.findall(r"\d[\d,.]*", told)
    assert len(figures) <= 18, figures
    over = first.capital_range[1] > city.programme.money_limit
    assert ("passes the limit of" in money) is over


def test_the_summary_says_what_does_not_pay_back_at_the_prices_on_file(cities, english):
    for name, jobs, short in (
        ("heze", "120 of the 185", ""),
        ("qingdao", "430 of the 562", "Advanced manufacturing units lacks up to CNY 1.9 million"),
        (
            "changzhi",
            "130 of the 142",
            "Advanced manufacturing units lacks up to CNY 0.69 million",
        ),
    ):
        found = cities[name]
        lines = overview_fields(decisions_asked(found, english), found, english)["lines"]
        told = " ".join(one["text"] for one in lines)
        assert f"{jobs} jobs" in told
        # In Heze the prices on file pay the store back within the longest years on file, fully let.
        # That holds at the middle of capital, and at its upper end no more.
        at = "At the prices on file and the middle of capital"
        assert (at in told) is bool(short)
        fully = "At the middle of capital, fully let, the prices on file pay"
        assert (fully in told) is not bool(short)
        assert ("at its upper end and the lowest price not in time; with 50%" in told) is not bool(
            short
        )
        assert not short or f" {at} {short} a year fully let" in told


def test_all_options_near_the_line_are_named_with_their_points(city, speaking):
    """Whether in the programme or not, above the line or below it."""
    least = city.knowledge.assumed("shortlist_readiness")
    told = option_fields(city, speaking)["rest"]
    for key, one in city.readiness.uses.items():
        if ruling(key, city) in {"now", "next", "reserve", "weak"} and abs(one.low - least) < 5:
            assert f"{speaking.use(key)} ({speaking.score(one.low)})" in told


def test_an_option_in_reserve_tells_whom_it_would_add_and_why_it_is_out(cities, english):
    """Qingdao: whom traceability could serve other projects reach; Heze: the developers are taken."""
    rows = {row["name"]: row for row in options(option_fields(cities["qingdao"], english))}
    food = rows["Food and cold-chain traceability"]
    assert (food["people"], food["verdict"]) == ("none", "in reserve: what was chosen brings more")
    rows = {row["name"]: row for row in options(option_fields(cities["heze"], english))}
    evidence = rows["Judicial evidence preservation"]["verdict"]
    assert evidence == "in reserve: the programme leaves too few developers"
