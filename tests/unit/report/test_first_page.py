"""The first page: the answer, its figures in one unit, what is barred and on what that rests."""

from __future__ import annotations

import math
import re

import pytest
from msgspec.structs import replace

from generator.model.preparation import Preparation
from generator.model.programme import Precondition
from generator.report import report
from generator.report.answer import answer, headline
from generator.report.decisions import decisions_asked
from generator.report.duties import steps_of
from generator.report.front import top_fields
from generator.report.idle import alone
from generator.report.needs import unmet
from generator.report.otherplans import served_line
from generator.report.prospect import lacking, shortfall_line
from generator.report.reach import trade_sentence
from generator.report.spending import public_line


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_money_of_the_waves_stands_in_the_unit_of_the_answer(cities, knowledge, texts, language):
    for found in cities.values():
        fields = report(found, knowledge, texts, language).fields
        overview, programme = fields["overview"], fields["programme"]
        heads, (_, notes) = fields["top"]["measures"], fields["top"]["tiles"]
        (place,) = (
            at
            for at, head in enumerate(heads)
            if programme["capital_unit"] in head and at < len(heads) - 1
        )
        told = notes["measures"][place]["text"]
        # The tile and the row of the table below it are one range in one unit.
        wave = fields["top"]["projects"][0]
        assert wave["capital"] in told
        below = " ".join(row["ceiling"] + row["bill"] for row in overview["waves"])
        assert not re.search("million|billion|CNY|万|亿|元", below)
        assert programme["capital_unit"].removeprefix("CNY ") in fields["titles"]["second"] or not (
            found.programme.second.projects
        )


def test_jobs_have_their_range_and_people_served_their_meaning(cities, knowledge, texts):
    for found in cities.values():
        rows = report(found, knowledge, texts, "en").fields["overview"]["waves"]
        first = found.programme.first
        ends = [
            math.fsum(getattr(one.jobs, end) for one in first.projects) for end in ("low", "high")
        ]
        low, high = map(int, re.findall(r"\d+", rows[0]["jobs_range"]))
        assert [low, high] == pytest.approx(ends, abs=0.51)
        # Nobody served is a dash, with no word below it.
        assert all(("not users" in row["served_note"]) == (row["served"] != "–") for row in rows)


def test_where_data_alone_are_missing_the_answer_says_so_first(full, english):
    second = full.programme.second
    waits = (Precondition("unknown", criterion_id="anchor_lq"),)
    later = replace(
        second, projects=tuple(replace(one, preconditions=waits) for one in second.projects)
    )
    found = replace(full, programme=replace(full.programme, second=later))
    text = answer("summary.answer", found, english)
    assert headline(found, english).startswith("Whether ")
    assert f"because the {english.supplier('anchor_lq')} has not reported" in text
    assert all(english.use(one.use_id) in text for one in second.projects)
    mixed = (*waits, Precondition("signature", types=("bank",)))
    later = replace(
        later, projects=tuple(replace(one, preconditions=mixed) for one in second.projects)
    )
    found = replace(full, programme=replace(full.programme, second=later))
    assert headline(found, english).startswith("Nothing is ready to begin")


def test_bars_that_rest_on_no_official_text_say_so(cities, knowledge, texts, english):
    screening = cities["heze"].screening
    # Where no official text of any rule was opened, one sentence says it of all of them.
    assert "No official text" not in trade_sentence("summary.barred", screening, english)
    told = report(cities["heze"], knowledge, texts, "en").fields["law"]["read_first"]
    assert re.match(
        r"Of the \d+ rules behind this, \d+ were read as copies and none on an official page", told
    )
    rules = {
        key: replace(
            one,
            findings=tuple(
                replace(
                    each, rules=tuple(replace(rule, read_kind="official") for rule in each.rules)
                )
                for each in one.findings
            ),
        )
        for key, one in screening.uses.items()
    }
    opened = replace(screening, uses=rules)
    assert "No official text" not in trade_sentence("summary.barred", opened, english)


def test_the_title_of_the_one_table_counts_the_projects_of_each_wave(cities, knowledge, texts):
    found = cities["qingdao"]

    def title(assessment):
        return report(assessment, knowledge, texts, "en").fields["titles"]["lead"]

    # The law of each stands in the table.
    # How stable the choice of each is stands there too.
    assert title(found) == "Projects of both waves, 5 first and 4 later"
    assert title(cities["heze"]) == "First wave, 4 projects"


def test_what_to_read_first_is_one_line_with_how_much_is_known_at_second_hand(
    cities, knowledge, texts
):
    law = report(cities["heze"], knowledge, texts, "en").fields["law"]
    named = law["read_first"].removesuffix(".").partition("read these first: ")[2].split("; ")
    assert 1 <= len(named) <= 3
    assert all(name in law["stale_notice"] for name in named)
    assert len(law["read_first"]) < len(law["stale_notice"])


@pytest.mark.parametrize("city", ["changzhi", "qingdao", "heze"])
def test_the_law_of_a_first_page_is_what_bars_most_and_what_comes_before_the_start(
    cities, knowledge, texts, city
):
    found = cities[city]
    law = report(found, knowledge, texts, "en").fields["law"]
    (row,) = law["barred_all"]
    # The text of the national notice was read in a copy, the others in reports or not at all.
    assert row["sentence"] == (
        "The bar on proof-of-work mining rests mainly on Fa Gai Yun Xing [2021] No. 1283 "
        "of the National Development and Reform Commission and others (copy)."
    )
    steps = [steps_of(key, found) for key in found.programme.first.uses]
    low, high = min(one.works for one in steps), max(one.works for one in steps)
    # The least and the most of what each row of the table tells.
    assert f" takes {low}–{high} steps of law before works and " in law["start"]


def test_what_can_stop_the_first_wave_names_its_law_what_was_read_and_who_answers(cities, texts):
    found = cities["qingdao"]
    told = report(found, found.knowledge, texts, "en").fields["law"]["stop"]
    assert told.startswith("Title to sites and connections (not seen; ")
    # Body and month are those of the task that answers, each its own.
    assert (
        "(SASAC Order No. 12, Art. 6, not read; state-assets supervision commission, before" in told
    )
    # Of a long plan two and the budget's; a shorter one has room for a third.
    assert "an operating institution" not in told
    heze = report(cities["heze"], found.knowledge, texts, "en").fields["law"]["stop"]
    assert "supervises (Regulations on Optimising the Business Environment, copy; justice" in heze
    # Prices on file leave a gap that the budget would pay.
    assert (
        "budget money where rents fall short (State Council Order No. 783, Art. 8-12, copy; "
        in told
    )
    # At most three and the budget's, none with brackets in brackets.
    assert told.count(" (") == told.count(")") <= 4


def test_a_bar_of_everything_tells_its_exception_and_what_a_report_alone_says_in_sentences(
    cities, knowledge, texts
):
    barred = report(cities["heze"], knowledge, texts, "en").fields["summary"]["barred"]
    assert " is barred, save tokenised assets with the regulator’s consent; " in barred
    # A number that spells a Chinese code names who issued it.
    assert (
        "Part of the bar rests only on Yin Fa [2026] No. 42 of the People’s Bank of China and others, "
        "known from reports: read before any study is paid." in barred
    )


def test_what_a_project_still_lacks_has_a_row_of_its_own_and_decides_in_the_answer(
    dear, knowledge, texts, english
):
    """Heze: no tenant is named, no demand counted; the two wishes that it misses keep to their limits."""
    found = dear["heze"]
    (store,) = (one for one in found.programme.first.projects if one.use_id == "R05")
    tenants, demand = unmet(store, found, english)
    assert tenants == "tenants (nobody named yet)"
    assert demand == "m³ that tenants would rent not given: the size is an upper bound"
    fields = report(found, knowledge, texts, "en").fields
    rows = fields["top"]["projects"]
    assert [row["variant"] for row in rows] == ["wave", "", "", "", "", "unmet"]
    assert (
        rows[-1]["unmet"] == f"Still open for Cold storage and food logistics: {tenants}; {demand}"
    )
    # The table tells it project by project, so that no point need do so.
    assert lacking(found, english) == ""
    # A platform lacks none; a project that stands alone has all of it in a point under the answer.
    assert unmet(found.programme.first.projects[0], found, english) == []
    alone = replace(found.programme.first, projects=(store,))
    found = replace(found, programme=replace(found.programme, first=alone))
    told = lacking(found, english)
    (gap, *others) = unmet(store, found, english)
    assert others == [tenants, demand]
    assert gap == (
        "needs CNY 208 a year for each m³ (on file: CNY 104 to 125); who bears the missing "
        "CNY 4.2 to 5.2 million a year is settled before its vote, or it is not built"
    )
    assert told == f"N{gap[1:]}; {tenants}; {demand}."


def test_the_answer_says_on_what_most_jobs_hang_and_no_more_than_a_few_figures(dear, english):
    told = answer("summary.answer", dear["heze"], english)
    assert told.endswith(
        "all running by about March 2030. 80 of the 159 jobs hang on tenants of Cold "
        "storage and food logistics; without them 79 remain."
    )
    hangs = told.partition("2030. ")[2]
    assert len(re.findall(r"\d+", hangs)) <= 6


def test_tiles_hold_the_figures_with_their_range_share_limit_and_payer(dear, knowledge, texts):
    top = report(dear["heze"], knowledge, texts, "en").fields["top"]
    values, notes = ([cell["text"] for cell in row["measures"]] for row in top["tiles"])
    assert top["measures"] == [
        "Full-time jobs",
        "Idle power used (MW)",
        "Capital (CNY million)",
        "Yearly cost (CNY million)",
    ]
    assert values[:3] == ["159", "0.34", "94.5"]
    assert notes[0] == "range 88–231; up to 79 by the plan’s end, December 2028"
    assert notes[2] == "middle of 57.5–131; limit 150"
    assert re.fullmatch(r"[\d.]+ of it power; [\d.]+–[\d.]+ of it without a known payer", notes[3])
    # Each leads to where it comes from; what stands below has no link of its own.
    figures, below = (row["measures"] for row in top["tiles"])
    assert all(cell["anchor"].startswith("trace") and cell["tip"] for cell in figures)
    assert not any(cell["anchor"] for cell in below)


def test_a_tile_of_which_nothing_is_known_is_left_out(cities, knowledge, texts, full, bare):
    found = cities["heze"]
    first = found.programme.first
    alone = replace(first, effects={"jobs": first.effects["jobs"]})
    limits = tuple(replace(one, limit=None) for one in found.programme.limits)
    programme = replace(found.programme, first=alone, limits=limits)
    top = report(replace(found, programme=programme), knowledge, texts, "en").fields["top"]
    assert [head.partition(" (")[0] for head in top["measures"]] == [
        "Full-time jobs",
        "Capital",
        "Yearly cost",
    ]
    # What is only prepared has tiles as well; without a programme there is none.
    assert report(full, full.knowledge, texts, "en").fields["top"]["tiles"]
    nothing = report(bare, bare.knowledge, texts, "en").fields["top"]
    assert (nothing["tiles"], nothing["measures"]) == ([], [])


def test_each_point_begins_with_what_it_is_about_and_an_unexplained_load_stands_first(
    cities, knowledge, texts
):
    leads = [
        point["lead"]
        for point in report(cities["changzhi"], knowledge, texts, "en").fields["top"]["points"]
    ]
    assert leads[0] == "Check first."
    # They outnumber the jobs of the first wave.
    assert leads[1:3] == ["People without a post.", "Yearly shortfall."]
    # The hall that is left stands with them.
    assert leads[-1] == "The alternative."
    fields = report(cities["heze"], knowledge, texts, "en").fields["top"]
    # What nobody is known to pay is told once, in a point, on the basis of the tile.
    (short,) = (one["text"] for one in fields["points"] if one["lead"] == "Yearly shortfall.")
    assert short.startswith("With 50% let and capital at its middle, the plan lacks CNY ")
    assert "of running cost without revenue on record" in short
    qingdao = report(cities["qingdao"], knowledge, texts, "en").fields["top"]["points"]
    (both,) = (one["text"] for one in qingdao if one["lead"] == "Yearly shortfall.")
    assert "the first wave lacks CNY " in both
    assert "the second wave’s running cost has no payer either" in both
    assert not any(line.startswith("To be found a year") for line in fields["funding"])


def test_what_runs_without_revenue_stands_with_the_money_where_no_rent_falls_short(cities, english):
    """Heze: with the store the point tells both in one sum; three platforms alone have no rent."""
    found = cities["heze"]
    assert public_line("funding.public", found, english) == ""
    bare = tuple(one for one in found.programme.first.projects if one.returns is None)
    wave = replace(found.programme.first, projects=bare)
    alone = replace(found, programme=replace(found.programme, first=wave))
    assert shortfall_line(alone, english) == ""
    told = public_line("funding.public", alone, english)
    assert told.startswith("To be found a year at the prices on file: CNY ")
    assert f" to run {len(bare)} projects without revenue on record; " in told


def test_limits_of_every_yes_are_the_same_in_points_and_in_one_line(cities, knowledge, texts):
    for found in cities.values():
        top = report(found, knowledge, texts, "en").fields["top"]
        assert [one["lead"] for one in top["limits_each"]] == [
            "Limits.",
            "This vote.",
            "Before submission.",
        ]
        told = " ".join(one["text"] for one in top["limits_each"])
        # What it means to put a decision off stands beside the boxes alone.
        assert told.replace(" “Later” means the next agenda.", "") == top["limits"]


def test_a_choice_that_hangs_on_people_served_says_so(dear, english):
    assert served_line(dear["qingdao"], english).startswith(
        "Not counting staff of industries served, "
    )
    assert served_line(dear["heze"], english) == ""
    own = dear["qingdao"].programme
    none = tuple(
        replace(one, placements=()) if one.kind == "not_served" else one for one in own.alternatives
    )
    found = replace(dear["qingdao"], programme=replace(own, alternatives=none))
    assert "nothing would stand in the first wave" in served_line(found, english)


def test_a_load_that_nobody_explains_is_checked_at_once_without_a_vote(cities, english):
    asked = decisions_asked(cities["changzhi"], english)
    assert not any("registered user" in row["ask"] for row in asked.rows)
    load, people, _ = asked.order
    # The workbook names no access point, and the paper comes before the plan begins.
    assert load.startswith("At once; no vote is needed: by a separate note, ")
    assert "which first names the access point" in load
    assert (
        "it reports within 10 working days of being asked (proposed), in writing by January 2027."
        in load
    )
    # Each body keeps to its own powers: the notice on mining is policy, and cuts nobody off.
    assert (
        "Each body keeps to its statutory powers: supply by contract and Regulations on "
        "Electricity Supply and Use; mining by policy notice Fa Gai Yun Xing [2021] No. 1283 "
        "(copy); theft only if found."
    ) in load
    assert "If it is fed from Former mining hall 1 and unlawful, that site leaves the plan" in load
    # People without a post who outnumber the jobs are an item of their own, and no decision hides it.
    assert "the 225 people without a post" in people
    assert not any("without a post" in row["terms"] for row in asked.rows)
    # No one person may tick for a body that decides together.
    assert not any("☐" in one for one in asked.order)
    here = english.knowledge.office
    leader = replace(here("hands_out"), exists=True, name=here("chief_executive").name)
    others = (one for one in english.knowledge.offices if one.office_key != "hands_out")
    speaking = replace(english, knowledge=replace(english.knowledge, offices=(*others, leader)))
    assert all(
        "☐\xa0assigned (" in one for one in decisions_asked(cities["changzhi"], speaking).order
    )
    (question,) = decisions_asked(cities["heze"], english).order
    assert "registered user" not in question
    # People whom the jobs outnumber are handed out in the same line.
    assert "; nothing is returned before the answer; the " in question
    assert "proposes by March 2027 what the 10 people without a post are offered." in question


def test_where_mining_is_not_barred_no_bar_is_cited_for_a_load(cities, english):
    found = cities["changzhi"]
    findings = {
        key: replace(one, effect="conditional", rules=())
        for key, one in found.screening.findings.items()
    }
    lawful = replace(found, screening=replace(found.screening, findings=findings))
    load, *_ = decisions_asked(lawful, english).order
    assert "cut off" not in load
    assert "stopped" not in load
    assert "reported to the authority in charge" in load


def test_studies_that_a_table_prices_have_a_cap(dear, english):
    found = dear["changzhi"]
    asked = decisions_asked(found, english)
    terms = asked.whole[0]["terms"]
    # One ceiling, for studies alone; quotes replace what it rests on.
    low, high = found.preparation.estimate
    most = english.about(high)
    assert f" cost at most {most} (estimate; three quotes replace it before any order)" in terms
    assert "outside counsel and surveys are decided apart" in terms
    assert "until the finance office names the budget line (March 2027)" in terms
    assert "unpaid in-house work only" in terms
    # Each stands in the list to two digits, and the ceiling is their sum as it is printed.
    for end, told in enumerate((low, high)):
        printed = sum(float(f"{one.cost[end]:.2g}") for one in found.preparation.studies)
        assert told == pytest.approx(printed)
    bare = replace(found, preparation=Preparation((), found.programme.first.uses, ()))
    later = decisions_asked(bare, english)
    assert "at most CNY" not in later.whole[0]["terms"]
    assert "No money is spent on studies before this body has voted a sum" in later.limits


def test_every_yes_keeps_to_the_same_limits_in_both_briefs(cities, knowledge, texts, english):
    """A leader signs no more than the working group was told."""
    for found in cities.values():
        top = report(found, knowledge, texts, "en").fields["top"]
        assert "This vote opens studies and adopts no project’s figures." in top["limits"]
        assert "is submitted, after this vote, only once these are settled: " in top["limits"]
        # Owners are settled later than the rest.
        assert (
            "(by February 2027); owner of each project and its right to the site (by March 2027)."
            in top["limits"]
        )
        every = {row["number"]: row for row in top["decisions_all"]}
        # Of two plans the first page tells the other one there; the planning brief has a table.
        chosen = {*decisions_asked(found, english).choices} if not top["plans"] else set()
        for row in top["decisions"]:
            if row["number"] not in chosen:
                assert row["terms"] == every[row["number"]]["terms"]
        # What most rows share is said once, above them; what plans wait for has a lead of its own.
        apart = [row["apart"] for row in top["decisions"] if row["apart"]]
        assert apart == []


def test_what_plans_differ_on_is_a_candidate_in_box_table_and_first_decision(
    dear, as_one, knowledge, texts
):
    # Places of the first wave held; what of it stays in every plan; how many the headline counts.
    for found, count, sizes, waiting in (
        (as_one, 1, ["R06"], 2),
        (dear["qingdao"], 1, [], 1),
        (dear["changzhi"], 1, [], 1),
        (dear["heze"], 0, [], 0),
    ):
        fields = report(found, knowledge, texts, "en").fields
        told = fields["top"]["candidates"]
        held = {one["use_id"]: one["by"] for one in told if one["kind"] == "row"}
        open_ = [one["use_id"] for one in told if one["kind"] == "size"]
        first = [use for use in found.programme.first.uses if use in held]
        assert len(first) == count
        assert open_ == sizes
        # The box names what the choice may replace together with what it may resize.
        box = " ".join(
            one["text"] for one in fields["summary"]["box"] if one["lead"] == "Undecided."
        )
        kept = re.findall(r"([^:;]+?) \(kept or replaced by the choice of", box)
        assert bool(kept) == bool(waiting)
        told = fields["top"]["decisions"][0]["terms"]
        # What every plan holds is no candidate; its size or place stays open.
        assert ("the size or place of " in told) == bool(sizes)
        marks = {row.get("name"): row.get("held") for row in fields["top"]["projects"]}
        marked = [key for key, mark in marks.items() if mark == "candidate"]
        for use in open_:
            assert marks[knowledge.use(use).name.text("en")] == "size or place open"
        for use in first:
            assert knowledge.use(use).name.text("en") in marked
            assert (
                f"{knowledge.use(use).name.text('en')}: studies only, nothing filed until {held[use]}"
            ) in told


def test_what_stays_unused_is_asked_without_a_vote_wherever_a_task_asks_for_its_cost(
    cities, english
):
    for found in cities.values():
        asked = decisions_asked(found, english)
        assert not any("to keep or to return" in one["ask"] for one in asked.rows)
        assert "what it costs to keep or to return the other" in asked.order[-1]


def test_the_box_tells_average_peak_and_what_stays_of_the_idle_power_in_one_line(
    dear, knowledge, texts, english
):
    found = dear["changzhi"]
    fields = report(found, knowledge, texts, "en").fields
    (told,) = (one["text"] for one in fields["summary"]["box"] if one["lead"] == "Idle power.")
    idle, used, peak, rest, more = map(float, re.findall(r"([\d.]+) MW", told))
    grid, power = found.programme.idle_grid, found.idle
    assert idle == grid.limit == 60
    assert used == pytest.approx(power.used, abs=0.01)
    assert peak == pytest.approx(power.held, abs=0.01)
    assert rest == pytest.approx(idle - peak, abs=0.01)
    assert "which this plan does not solve" in told
    # What could take more, who settles what that lacks, and why it stands in no wave even then.
    assert more == pytest.approx(alone(found.programme.candidates["R01"], found), abs=0.01)
    office = english.office(found.knowledge.use("R01").owner_office)
    assert (
        f"if a partner signed ({office}), but at the upper ends of capital the limit of money "
        in told
    )
    assert not any(one["lead"] == "Idle power." for one in fields["top"]["points"])


def test_the_box_tells_what_the_second_wave_costs_and_why_no_payback_is_told(
    dear, knowledge, texts
):
    box = report(dear["changzhi"], knowledge, texts, "en").fields["summary"]["box"]
    (told,) = (one["text"] for one in box if one["lead"] == "Second wave.")
    assert told.startswith("1 project, with a vote of its own later: CNY 45 to 90 million for 17")
    assert told.endswith("; no price is on file, so payback is not worked out.")


def test_all_that_nobody_pays_a_year_is_added_up_where_rents_fall_short(dear, english):
    found = dear["changzhi"]
    told = shortfall_line(found, english)
    numbers = re.findall(r"(?:CNY |to )(\d[\d.]*\d|\d)", told)
    least, total, *rents, low, high = map(float, numbers)
    assert low < high
    assert total == pytest.approx(high + max(rents), abs=0.01)
    assert least == pytest.approx(low + rents[0], abs=0.01)


@pytest.mark.parametrize("letter", ["B", "C"])
def test_a_choice_of_a_later_month_is_no_row_but_stands_with_its_plans(
    dear, as_one, english, letter
):
    found = dear["qingdao"] if letter == "B" else as_one
    asked = decisions_asked(found, english)
    (one,) = asked.choices.values()
    top = top_fields(asked, found, english)
    assert top["plans_by"] == one.row["by"]
    if letter == "B":
        # One other plan alone: its decision tells the rule, and no table stands below.
        assert (top["choices"], top["plans"]) == ([], [])
    else:
        (choice,) = top["choices"]
        assert choice.startswith("Nothing is chosen today; running cost, rents and legal steps ")
        assert choice.endswith(f"As of now: {one.row['advice']}.")
    # What the plans wait for is sought from now on, first that of the better plan.
    (row,) = (row for row in top["decisions"] if row["number"] == one.row["number"])
    # Of several that of the better plan is sought first; a single one needs no order.
    first = f"{letter} first, since it brings no less of jobs, power or staff served"
    waiting = [each for each in one.plans if each.rival.kind != "larger"]
    assert row["terms"].endswith(first) == (len(waiting) > 1)
    assert one.row["by"] in row["yes"]
