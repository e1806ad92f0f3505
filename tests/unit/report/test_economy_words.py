"""The regional economy in words: every number is the assessment's, every gap has a word."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from generator.model import Fact
from generator.report import series
from generator.report.economy import economy_fields


def with_economy(assessment, **changes):
    return replace(assessment, economy=replace(assessment.economy, **changes))


def with_energy(assessment, **changes):
    return with_economy(assessment, energy=replace(assessment.economy.energy, **changes))


def jobs_span(assessment):
    """Low and high ends of the jobs of both waves, summed here."""
    facts = [one.jobs for one in assessment.programme.projects]
    return sum(fact.low for fact in facts), sum(fact.high for fact in facts)


def whole(span):
    """People are told as whole numbers."""
    return tuple(float(round(one)) for one in span)


def tenants_of(assessment, voice):
    """The words for the jobs that tenants and clients offer."""
    facts = [one.jobs for one in assessment.programme.projects if one.jobs_by == "tenants_clients"]
    span = sum(fact.low for fact in facts), sum(fact.high for fact in facts)
    return voice.say("economy.tenants", jobs=voice.extent(whole(span))) if facts else ""


def number(text):
    return float(re.sub(r"[^0-9.-]", "", text))


def test_jobs_stand_beside_total_employment_with_its_year(full, english):
    sentence = economy_fields(full, english)["jobs"]
    low, high = jobs_span(full)
    assert f"{low:.0f}–{high:.0f} full-time jobs" in sentence
    assert "21,099 persons employed in the 3 industries with a figure (2023)" in sentence


def test_the_comparison_counts_industries_smaller_than_the_upper_end(full, english):
    assert "1 of the 3 industries listed" in economy_fields(full, english)["comparison"]


def test_a_change_of_diversity_below_the_printed_place_is_not_printed_as_one(full, voice):
    rows = economy_fields(full, voice)["diversity"]
    economy = full.economy
    for row, index in zip(rows, ("herfindahl", "entropy", "hachman", "krugman"), strict=True):
        before, after = getattr(economy.before, index), getattr(economy.after, index)
        assert row["before"] == voice.number(before, 3)
        is_small = abs(after - before) < 0.001
        assert (row["after"] == voice.number(after, 3)) is not is_small


def test_when_no_measure_changes_each_row_says_so(full, voice):
    same = with_economy(full, after=full.economy.before)
    fields = economy_fields(same, voice)
    assert all("0.001" in row["after"] for row in fields["diversity"])
    assert series.diversity(same, voice).categories == ()


def test_the_indices_are_drawn_before_and_after_where_one_moves(full, voice):
    before = full.economy.before
    moved = with_economy(full, after=replace(before, hachman=before.hachman - 0.01))
    drawn = series.diversity(moved, voice)
    assert [one.values for one in drawn.series] == [
        (before.herfindahl, before.hachman, before.krugman),
        (before.herfindahl, before.hachman - 0.01, before.krugman),
    ]


def test_the_base_of_the_entropy_is_stated(full, english):
    names = [row["name"] for row in economy_fields(full, english)["diversity"]]
    assert "Shannon entropy (base of the logarithm: natural)" in names


def test_printed_parts_of_the_change_add_up_or_are_said_to_be_rounded(full, english):
    fields = economy_fields(full, english)
    adds_up = [
        number(row["change"]) == sum(number(row[part]) for part in ("national", "mix", "regional"))
        for row in fields["movers"]
    ]
    assert all(adds_up) or "Rounded" in fields["movers_note"]


def test_the_total_of_the_change_is_that_of_the_assessment(full, english):
    fields = economy_fields(full, english)
    assert fields["movers"][-1]["change"] == "19"
    assert "a gain of 19 persons" in fields["change"]
    assert full.economy.shift_share.parts.change == 19


def test_the_largest_movers_come_first_and_are_eight_at_most(full, english):
    rows = full.economy.industries
    many = tuple(replace(rows[0], code=f"C{i:02}") for i in range(12))
    found = economy_fields(with_economy(full, industries=(*rows, *many)), english)["movers"]
    assert len(found) == 9
    assert number(found[0]["change"]) == 1000


def test_the_regions_own_estimate_stands_below_the_use(full, english):
    rows = {row["name"]: row for row in economy_fields(full, english)["uses"]}
    cold = rows["Cold storage and food logistics"]
    assert "jobs 90 (81–99)" in cold["own"]
    assert "capital CNY 55 million" in cold["own"]
    assert cold["jobs"] == "40–120"


def test_value_added_is_the_regions_own_and_names_who_is_missing(full, english):
    sentence = economy_fields(full, english)["value_added"]
    assert "CNY 12.5 million a year for: Cold storage and food logistics" in sentence
    assert "No figure was supplied for: Food and cold-chain traceability" in sentence


def test_without_own_figures_no_value_added_is_derived(full, voice):
    assert economy_fields(with_economy(full, value_added=None), voice)["value_added"] == ""


def test_both_accounts_of_carbon_are_printed(full, english):
    """Average load round the clock times 8.76 GWh a MW and the factor, in kilotonnes."""
    energy = economy_fields(full, english)["energy"]
    one = next(project for project in full.programme.projects if project.effects["power"])
    row = next(row for row in energy["rows"] if row["name"].startswith(english.use(one.use_id)))
    gwh = one.effects["power"] * 8.76
    factor = full.economy.energy.location_factor.fact.value
    assert number(row["location"]) == pytest.approx(gwh * factor, rel=0.005)
    assert number(row["market"]) == pytest.approx(gwh * 0.3, rel=0.005)
    assert any("contracted figure of 0.3" in note for note in energy["notes"])


def test_energy_is_that_of_the_projects_at_their_size(cities, knowledge):
    """Size times mean load of a unit in hundredths, round the clock; platforms draw nothing that counts."""
    for one in cities.values():
        energy, loads = one.economy.energy, []
        for project, drawn in zip(one.programme.projects, energy.projects, strict=True):
            load = project.size * (knowledge.needs[project.use_id].mean_load_mw_per_unit or 0.0)
            load = round(load * (project.category == "power_reuse") + 1e-9, 2)
            loads.append(load)
            assert drawn.uses == (project.use_id,)
            assert drawn.power_mw == pytest.approx(load)
            assert drawn.electricity_mwh == pytest.approx(load * 8760)
            factor = energy.location_factor.fact.value
            assert drawn.location_t == pytest.approx(load * 8760 * factor)
            assert drawn.location_t == pytest.approx(1000 * project.emissions_kt)
            assert drawn.mwh_per_job == pytest.approx(load * 8760 / project.jobs.value)
        assert energy.total.power_mw == pytest.approx(sum(loads))
        assert energy.total.electricity_mwh == pytest.approx(sum(loads) * 8760)
        drew = energy.former_load.fact.value
        assert energy.share_of_former_load == pytest.approx(sum(loads) / drew)


def test_chinese_electricity_is_in_ten_thousand_kwh(full, voice):
    rows = economy_fields(full, voice)["energy"]["rows"]
    power = sum(project.effects["power"] for project in full.programme.projects)
    scale = 0.1 if voice.language == "zh-CN" else 1
    assert number(rows[-1]["electricity"]) == pytest.approx(power * 8760 * scale, abs=0.51)


def test_without_a_contract_the_market_account_says_so(full, voice):
    energy = economy_fields(with_energy(full, market_factor=None), voice)["energy"]
    assert voice.say("energy.no_market") in energy["notes"]


def test_a_former_load_that_is_known_in_part_makes_the_share_a_greatest_one(full, voice):
    former = replace(full.economy.energy.former_load, is_partial=True)
    found = economy_fields(with_energy(full, former_load=former), voice)["energy"]["former"]
    assert found.endswith(voice.say("energy.share_most"))


def test_the_share_of_the_former_load_is_that_of_the_average_draw(full, english):
    power = sum(project.effects["power"] for project in full.programme.projects)
    former = economy_fields(full, english)["energy"]["former"]
    assert "drew 40 MW" in former
    assert f", {round(power / 40 * 100)}% of it" in former


def test_a_former_load_that_nobody_gave_has_words(full, voice):
    former = economy_fields(with_energy(full, former_load=None), voice)["energy"]["former"]
    assert former == voice.say("energy.former_unknown")


def test_without_a_former_mine_there_is_nothing_to_compare(full, voice):
    former = economy_fields(replace(full, sites=full.sites[1:]), voice)["energy"]["former"]
    assert former == voice.say("energy.former_none")


def test_an_unknown_grid_factor_has_words(full, voice):
    notes = economy_fields(with_energy(full, location_factor=None), voice)["energy"]["notes"]
    assert voice.say("energy.no_location") in notes


def test_without_programme_and_industry_every_part_has_a_word_or_is_absent(bare, voice):
    fields = economy_fields(bare, voice)
    assert fields["jobs"] == voice.say("economy.no_programme")
    assert fields["energy"]["rows"] == fields["uses"] == []


def test_jobs_without_employment_are_not_set_beside_anything(full, voice):
    alone = with_economy(full, industries=(), top=(), before=None, after=None, shift_share=None)
    assert economy_fields(alone, voice)["jobs"] == voice.say(
        "economy.jobs_only",
        jobs=voice.extent(whole(jobs_span(full))),
        tenants=tenants_of(full, voice),
    )


def test_one_year_of_employment_has_no_parts(full, voice):
    fields = economy_fields(with_economy(full, shift_share=None), voice)
    assert fields["change"] == ""
    assert fields["movers"] == []
    assert fields["movers_note"] == ""


def test_jobs_that_no_industry_can_take_leave_todays_values(full, voice):
    fields = economy_fields(with_economy(full, after=None), voice)
    assert {row["after"] for row in fields["diversity"]} == {voice.dash}


def test_an_unknown_range_is_a_dash(voice):
    assert voice.extent(None) == voice.dash
    assert voice.extent((5.0, 5.0)) == "5"


def test_a_small_end_of_a_wide_range_is_not_rounded_away(english):
    assert english.extent((0.0148, 2.3661)) == "0.01–2.37"
    assert english.extent((0.004, 150.0)) == "0.004–150"
    assert english.extent((0.0148, 0.0739)) == "0.015–0.074"


def test_money_of_another_currency_is_named(full, english):
    added = replace(
        full.economy.value_added, currency="KZT", facts=(Fact(1.0, "million"),), missing=()
    )
    sentence = economy_fields(with_economy(full, value_added=added), english)["value_added"]
    assert "KZT 12.5 million" in sentence
