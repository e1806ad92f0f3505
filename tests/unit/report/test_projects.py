"""Projects in words: sizes in natural units, what each brings, what must come first."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from generator.model import Fact, Label, Opening
from generator.model.programme import Precondition
from generator.report import report
from generator.report.alternatives import alternative_rows
from generator.report.answer import answer, headline
from generator.report.ceiling import money_clause
from generator.report.firstbox import box
from generator.report.preconditions import preconditions
from generator.report.programme import programme_fields
from generator.report.projects import firm, named, project_rows, size
from generator.report.prospect import money_line
from generator.report.tables import inner
from generator.report.tiles import tile_fields


@pytest.fixture
def begun(cities):
    """A city that has projects to begin; the region of this folder has only some to prepare."""
    return cities["heze"]


@pytest.mark.parametrize(
    ("use_id", "units", "english", "chinese"),
    [
        # Units of scale of the catalogue: 50,000 m3, 20,000 m2, 10 MW of IT, 500 seats, 10 MW of
        # gas engines, 50 MW of adjustable load; power below 10 MW is told in megawatts.
        ("R05", 0.9, "45,000 m³", "4.5万立方米"),
        ("R06", 0.3, "6,000 m²", "6000平方米"),
        ("R01", 0.7, "7 MW IT", "7兆瓦IT负荷"),
        ("R15", 1.0, "500 seats", "500席"),
        ("R11", 0.5, "5 MW", "5兆瓦"),
        ("R11", 1.6, "16 MW", "1.6万千瓦"),
        ("R08", 0.5, "25 MW of adjustable load", "2.5万千瓦可调负荷"),
        ("R13", 1.4, "5.6 MW of charging power", "5.6兆瓦充换电功率"),
    ],
)
def test_a_size_is_told_in_natural_units(voice, use_id, units, english, chinese):
    assert size(use_id, units, voice) == (english if voice.language == "en" else chinese)


def test_a_project_is_named_with_size_and_place_and_a_platform_by_itself(full, english):
    for one in full.programme.projects:
        text = named(one, english)
        assert text.startswith(english.use(one.use_id))
        assert ("(" in text) is (one.category == "power_reuse")


def test_a_row_holds_the_numbers_of_its_project(begun, voice):
    first = begun.programme.first
    rows = project_rows(first, begun, voice)
    assert [row["id"] for row in rows] == [one.use_id for one in first.projects]
    for row, one in zip(rows, first.projects, strict=True):
        assert row["jobs"] == voice.number(one.jobs.value, 0)
        assert bool(row["jobs_by"]) is (one.jobs_by == "tenants_clients")
        assert row["before"] == ""


def test_payback_is_not_shown_where_no_revenue_is_on_record(begun, english):
    for row in project_rows(begun.programme.first, begun, english):
        status = english.knowledge.use(row["id"]).payback_status
        assert (row["payback"] == "no revenue on record") is (status == "not shown")


def test_what_must_come_first_names_the_gap_the_body_and_the_site(full, english):
    one = next(project for project in full.programme.projects if project.category == "power_reuse")
    price = Precondition("criterion", "power_price", 0.62, 0.5)
    place = replace(one.place, name=full.region.sites[0].name)
    waiting = replace(
        one, place=place, preconditions=(price, Precondition("clearance"), Precondition("money"))
    )
    assert preconditions(waiting, full, english) == (
        "Delivered power price must fall to CNY 0.5 per kWh (now CNY 0.62 per kWh); "
        "proof that no mining runs at Hall 1; ready, next in line"
    )


def test_what_law_decides_about_a_project_comes_before_all_else(full, english):
    """A procedure with a question on single projects; one on the whole plan is told elsewhere."""
    one = next(project for project in full.programme.projects if project.category == "power_reuse")
    asked = Label((("en", "Can it be built at all?"),))
    procedures = tuple(
        replace(due, procedure=replace(due.procedure, question=asked), uses=uses)
        for due, uses in zip(full.procedures[:2], ((one.use_id,), ()), strict=True)
    )
    found = replace(full, procedures=procedures)
    name = english.name(procedures[0].procedure.name)
    for kind, rest in (
        ("clearance", "proof that no mining runs at "),
        ("money", "otherwise ready, next in line"),
        ("turn", "otherwise ready; follows the first wave"),
    ):
        text = preconditions(replace(one, preconditions=(Precondition(kind),)), found, english)
        assert text.startswith(f"to be answered in law first: {inner(name)}; {rest}")
    assert preconditions(replace(one, preconditions=()), found, english) == ""


def test_a_missing_partner_is_asked_for_by_type_where_nobody_is_named(full, english):
    one = next(project for project in full.programme.projects if project.category == "power_reuse")
    nobody = replace(full, region=replace(full.region, institutions=()))
    waiting = replace(one, preconditions=(Precondition("signature", types=("bank", "hospital")),))
    assert preconditions(waiting, nobody, english) == "one partner must sign: a bank or a hospital"


def test_a_choice_is_told_by_its_verdict_with_what_may_replace_it(begun, english):
    first = begun.programme.first.projects[0]
    one = replace(first, chosen_in=0.5, chosen_at_ends=(0.5, 0.5), replaced_by=("R05",))
    told = firm(one, replace(begun, scenarios=(), measurements=()), english)
    assert told.startswith("low (50% at the lowest): ")
    assert "chosen in 50% of the calculations" in told
    assert told.endswith(f"may be replaced by {english.use('R05')}")


def test_how_many_scenarios_keep_a_project_is_counted_from_them(begun, english):
    tried = [one for one in begun.scenarios if one.is_applicable]
    for one in begun.programme.first.projects:
        kept = [each for each in tried if one.use_id in [at.use_id for at in each.first]]
        assert f"{len(kept)} of {len(tried)} scenarios" in firm(one, begun, english)


def test_where_nothing_else_was_tried_only_the_shortlist_is_told(begun, english):
    one = replace(begun.programme.first.projects[0], chosen_in=None, chosen_at_ends=None)
    bare = replace(begun, scenarios=(), measurements=())
    assert re.fullmatch(r"shortlisted in .{1,6} of the calculations", firm(one, bare, english))


def test_the_headline_says_what_is_asked_now_and_a_line_below_what_law_decides(begun, english):
    def law(held):
        """The last line of the box; the headline of several projects is the same with it."""
        assert headline(held, english) == told
        *others, last = box({}, held, english)
        assert last["lead"] == "Law first."
        assert not any("waits until" in row["text"] for row in others)
        return last["text"]

    first = begun.programme.first
    told = headline(begun, english)
    assert f"{len(first.projects)} projects" in told
    # What it would bring once built stands below what is asked.
    assert "jobs" not in told
    assert "waits until" not in told
    open_ = box({}, replace(begun, procedures=()), english)
    assert not any(row["lead"] == "Law first." or "waits until" in row["text"] for row in open_)
    due = begun.procedures[0]
    asked = replace(due.procedure, question=Label((("en", "May it?"),)))
    held = replace(begun, procedures=(replace(due, procedure=asked, uses=first.uses[:1]),))
    named = english.use(first.uses[0])
    assert law(held) == (
        f"For {named} building waits until the public legal office has answered in its favour "
        "on “Legality review” (September 2027); after any other answer this vote’s yes lapses for it."
    )
    held = replace(begun, procedures=(replace(due, procedure=asked, uses=first.uses),))
    assert law(held) == (
        "Building waits until the public legal office has answered in its favour "
        "on “Legality review” (September 2027); after any other answer this vote’s yes lapses."
    )
    settled = replace(asked, proviso=Label((("en", "nobody runs the grid"),)))
    held = replace(begun, procedures=(replace(due, procedure=settled, uses=first.uses),))
    assert law(held) == (
        "Building waits until it is shown, by September 2027, that nobody runs the grid."
    )
    limits = tuple(
        replace(one, limit=first.capital_range[1] - 1) if one.resource == "capex" else one
        for one in begun.programme.limits
    )
    over = replace(begun, programme=replace(begun.programme, limits=limits))
    line = money_line(over, english)
    assert line.startswith(
        "At its upper end capital passes the limit by CNY 1 million, and by CNY "
    )
    assert line.endswith(" with 10% for contingencies.")


TILES = ("jobs", "power", "served", "capital", "running")


@pytest.mark.parametrize(
    ("jobs", "shorter", "longer", "told"),
    [
        (120.0, 24.0, 24.0, ""),
        # Less than a tenth may come later.
        (181.0, 24.0, 24.0, ""),
        (178.0, 24.0, 24.0, "178 by the plan’s end, December 2028"),
        (178.0, 24.0, 25.0, "up to 178 by the plan’s end, December 2028"),
        (178.0, 25.0, 25.0, "none by December 2028, the plan’s end"),
    ],
)
def test_a_tile_tells_what_of_the_jobs_is_there_when_the_plan_ends(
    begun, english, jobs, shorter, longer, told
):
    one, other = begun.programme.first.projects[:2]
    projects = tuple(
        replace(own, jobs_by="operator", effects={**own.effects, "jobs": part})
        for own, part in ((one, jobs), (other, 200 - jobs))
    )
    first = replace(begun.programme.first, projects=projects, effects={"jobs": 200.0})
    rest = 24.0 if jobs == 120.0 else 26.0
    opens = {
        one.use_id: Opening(shorter, shorter, longer), other.use_id: Opening(rest, rest, rest),
    }  # fmt: skip
    plan = replace(begun.action_plan, opens=opens)
    found = replace(begun, programme=replace(begun.programme, first=first), action_plan=plan)
    waves = [{f"{name}_{what}": "" for name in TILES for what in ("anchor", "tip")}]
    made = tile_fields({"overview": {"waves": waves}}, found, english)
    (value, note) = (row["measures"][0]["text"] for row in made["tiles"])
    assert (made["measures"][0], value) == ("Full-time jobs", "200")
    assert note.partition("; ")[2] == told
    last = "December 2028" if jobs == 120.0 else "February 2029"
    assert f"all running by about {last}." in answer("summary.answer", found, english)


def test_a_choice_that_was_not_tried_has_no_word_of_firmness(begun, english):
    orders = replace(begun.robustness, orders=())
    untried = replace(begun, scenarios=(), robustness=orders)
    assert firm(replace(begun.programme.first.projects[0], chosen_in=None), untried, english) == ""


def test_the_answer_names_what_to_begin_and_a_mail_the_effects_as_well(begun, english):
    first = begun.programme.first
    text = answer("summary.answer", begun, english)
    assert all(english.use(one.use_id) in text for one in first.projects)
    mailed = answer("letter.answer", begun, english)
    assert f"{round(first.effects['jobs']):,} full-time jobs" in mailed


@pytest.mark.parametrize("city", ["changzhi", "qingdao", "heze"])
def test_the_one_table_of_a_first_page_holds_both_waves(cities, knowledge, texts, english, city):
    found = cities[city]
    fields = report(found, knowledge, texts, "en").fields
    top = fields["top"]
    rows = top["projects"]
    first, second = found.programme.first, found.programme.second
    waves = [row for row in rows if row["variant"] == "wave"]
    assert len(waves) == bool(first.projects) + bool(second.projects)
    assert waves[0]["jobs"] == f"{first.effects['jobs']:.0f}"
    own = [row["id"] for row in rows if not row["variant"]]
    assert own == list(first.uses)
    later = [row["id"] for row in rows if row["variant"] == "later"]
    if len(found.programme.projects) > 8:
        # Where there is no room for a row each, a line below tells each with capital and jobs.
        assert later == []
        (told,) = top["waits"]
        named_later = [row["name"] for row in fields["programme"]["second"]]
        assert named_later == [english.use(key) for key in second.uses]
        unit = fields["programme"]["capital_unit"]
        each = [
            f"{row['name']} ({row['lead']}; {row['capital']}, {row['jobs']} jobs)"
            for row in fields["programme"]["second"]
        ]
        # What each waits for stands in the planning brief.
        assert told == f"{'; '.join(each)}. In {unit}."
    else:
        assert (later, top["waits"]) == (list(second.uses), [])
    for row in rows:
        if "id" in row:
            # The same law stands in a sentence below.
            assert (row["position"] == "") is ("Law of every project: " in top["terms"])


def test_without_a_money_limit_it_is_said_that_none_was_given(begun, english):
    limits = tuple(
        replace(one, limit=None, basis="none") if one.resource == "capex" else one
        for one in begun.programme.limits
    )
    found = replace(begun, programme=replace(begun.programme, limits=limits, has_money_limit=False))
    assert money_clause(found, english) == "no limit was given"
    found = replace(found, programme=replace(found.programme, unusable_limits=("capex",)))
    assert "no exchange rate" in money_clause(found, english)


def test_where_nothing_is_ready_the_answer_says_so_and_names_the_second_wave(full, english):
    assert not full.programme.first.projects
    text = answer("summary.answer", full, english)
    assert headline(full, english).startswith("Nothing is ready to begin")
    assert all(english.use(one.use_id) in text for one in full.programme.second.projects)


def test_unknown_capital_is_said(full, english):
    found = full.programme
    use_id = next(iter(found.candidates))
    unknown = replace(found.candidates[use_id], capital=Fact(None, "CNY m"))
    held = replace(found, candidates={**found.candidates, use_id: unknown})
    points = programme_fields(replace(full, programme=held), english)["points"]
    assert f"Not weighed, because their capital is unknown: {english.use(use_id)}." in points


def test_doing_nothing_has_no_effect_and_gives_up_everything(begun, english):
    rows = alternative_rows(begun, english)[0]
    row = next(one for one in rows if one["name"] == "Do nothing")
    assert {row[key] for key in ("projects", "jobs", "power", "served", "capex")} == {"none"}
    jobs = round(begun.programme.first.effects["jobs"])
    assert f"−{jobs:,} jobs" in row["gives_up"]


def test_without_a_project_every_table_is_empty(bare, english):
    fields = programme_fields(bare, english)
    for name in ("first", "second", "alternatives"):
        assert fields[name] == []
