"""The risks of the programme in a brief."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from generator.report.decisions import decisions_asked
from generator.report.earnings import let_told
from generator.report.heavy import heaviest
from generator.report.ownrisks import main_risk, own_risk_fields, own_risks
from generator.report.safeguards import safeguard_rows
from generator.report.sheets import sheet_rows
from generator.report.toprisks import top_lines


def test_at_most_eight_stand_and_the_rest_is_counted(cities, english):
    for one in cities.values():
        fields = own_risk_fields(one, english)
        assert 0 < len(fields["own"]) <= 8
        left = len(one.risks) - len(fields["own"])
        assert fields["rest"].startswith(f"Another {left} risks")


def test_no_risk_is_about_uses_outside_the_programme(cities, english):
    for one in cities.values():
        own = set(one.programme.uses)
        strange = {
            found.risk.title.text("en")
            for found in one.risks
            if found.uses and not own & set(found.uses)
        }
        assert not strange & {row["title"] for row in own_risk_fields(one, english)["own"]}


def test_no_number_of_a_row_and_no_cell_is_printed(cities, voice):
    for one in cities.values():
        for row in own_risk_fields(one, voice)["own"]:
            text = " ".join(str(cell) for cell in row.values())
            assert not re.search(r"\b[KRU]\d\d\b|\b(?:CN|DE|EU|KZ|US)-[A-Z]{2,}|!\w", text)
            assert all(value for name, value in row.items() if name != "leads")


def test_the_first_three_of_many_are_marked_and_of_three_none(cities, english):
    for one in cities.values():
        marks = [row["leads"] for row in own_risk_fields(one, english)["own"]]
        assert marks == [len(marks) > 3] * 3 + [False] * (len(marks) - 3)


def test_risks_of_the_second_wave_alone_come_last_and_main_risks_stand(cities):
    found = cities["qingdao"]
    first = set(found.programme.first.uses)
    later = [bool(one.uses) and not first & set(one.uses) for one in own_risks(found)]
    assert later == sorted(later)
    chosen = own_risks(found)
    for use_id in first:
        main = main_risk(use_id, found)
        assert main is None or main in chosen


def test_no_two_projects_have_one_main_risk(cities):
    for one in cities.values():
        main = [main_risk(use_id, one) for use_id in one.programme.uses]
        assert len({risk.risk.risk_id for risk in main if risk}) == len(
            [risk for risk in main if risk]
        )


def test_a_first_page_tells_projects_by_name_what_failed_elsewhere_and_who_answers(dear, english):
    found = dear["qingdao"]
    # Above more than eight projects a page has room for two.
    first, second, more = top_lines(found, english)
    fewer = replace(found.programme.second, projects=())
    shorter = replace(found, programme=replace(found.programme, second=fewer))
    _, _, third, _ = top_lines(shorter, english)
    roomy = top_lines(shorter, english, is_roomy=True)
    assert len(roomy) == len(found.programme.first.projects)
    # Half of the jobs hang on it; then by capital.
    assert first.startswith("Advanced manufacturing units (358 of 576 jobs): no firm moves in")
    assert second.startswith("Cold storage and food logistics: ")
    assert third.startswith("Port and logistics documents, electronic bill of lading: ")
    assert "Foxconn" in first
    office = english.lead(english.knowledge.use("R05").owner_office)
    assert second.endswith(f" Responsible: {office}.")
    # Every other project of the first wave stands in a last line with its risk and who answers.
    named = [
        one.use_id for one in found.programme.first.projects if one.use_id not in {"R05", "R06"}
    ]
    told = [english.use(use) in more for use in named]
    assert more.startswith("As well: ")
    assert told.count(False) <= 1 < len(named)


@pytest.mark.parametrize("name", ["qingdao", "heze", "changzhi"])
def test_lines_of_a_first_page_are_short(cities, voice, name):
    word, most = (r"\S+", 32) if voice.language == "en" else (r"[A-Za-z0-9.,%]+|[^\sA-Za-z0-9]", 55)
    lines = top_lines(cities[name], voice)
    # More than eight projects take the room of one line.
    assert len(lines) == {"qingdao": 3, "heze": 4, "changzhi": 3}[name]
    owners = {voice.lead(one.office_key) for one in voice.knowledge.offices}
    # Whoever collects what answers a risk stands beside the lead body.
    owners |= {
        voice.say("office.with", lead=lead, office=other) for lead in owners for other in owners
    }
    # What space to let must earn is a sentence of its own behind them.
    sums = [
        let_told(one, voice, brief=brief)
        for one in cities[name].programme.projects
        for brief in (True, False)
    ]
    for told in lines[: 2 if name == "qingdao" else 3]:
        line = told
        for sum_ in filter(None, sums):
            line = line.removesuffix(sum_).rstrip()
        # Names of offices are as long as the place has them.
        owner = max((one for one in owners if one in line[-len(one) - 3 :]), key=len)
        kept = line.replace(owner, "").removesuffix(" Responsible: .")
        assert len(re.findall(word, kept)) <= most


def test_a_sheet_does_not_tell_again_what_is_done_about_a_risk_of_the_chapter(cities, voice):
    for found in cities.values():
        done = [voice.name(one.risk.mitigation).rstrip(".。") for one in own_risks(found)]
        told = [row["risk"] for row in sheet_rows(found, voice)]
        assert all(told)
        assert len(set(told)) == len(told)
        assert not [text for text in told for one in done if one in text]


def test_what_a_first_page_tells_stands_in_the_chapter(cities, voice):
    for found in cities.values():
        rows = own_risk_fields(found, voice)["own"]
        for line in top_lines(found, voice):
            titles = [row["title"][1:].partition(" (")[0].partition("（")[0] for row in rows]
            assert any(title in line for title in titles)


def test_a_load_that_nobody_explains_is_told_by_its_decision_and_in_the_chapter(cities, english):
    found = cities["changzhi"]
    lines = top_lines(found, english)
    assert lines[0].startswith("Advanced manufacturing units (130 of 142 jobs): ")
    assert not any(line.startswith("Unexplained electricity load. ") for line in lines)
    asked = decisions_asked(found, english)
    # It is ordered at once, without a vote.
    first, *others = asked.order
    assert first.startswith("At once; no vote is needed: ")
    assert "the 1.2 MW with no registered user" in first
    assert not any("registered user" in order for order in others)
    assert not any("registered user" in row["ask"] for row in asked.rows)
    own = own_risk_fields(found, english)["own"]
    assert any(row["title"] == "Unexplained electricity load" for row in own)


def test_what_hangs_on_one_project_is_said_with_what_is_left(cities, english):
    found = cities["qingdao"]
    finding = own_risk_fields(found, english)["finding"]
    assert "brings 358 of the 562 jobs of the first wave; without it, 204 are left" in finding
    assert heaviest("jobs", found).use_id == "R06"
    alone = replace(found.programme.first, projects=found.programme.first.projects[:1])
    single = replace(found, programme=replace(found.programme, first=alone))
    # Of a project that stands alone nothing is said.
    assert heaviest("jobs", single) is None
    assert "of the first wave; without it" not in own_risk_fields(single, english)["finding"]


def test_people_without_a_post_are_counted(cities, english):
    rows = {row["title"]: row["why"] for row in own_risk_fields(cities["changzhi"], english)["own"]}
    assert rows["Former staff are left without a post"] == "225 free people in other roles"


def test_a_project_without_an_operator_has_the_office_that_leads_it(cities, english):
    rows = {row["title"]: row["owner"] for row in own_risk_fields(cities["heze"], english)["own"]}
    title = "The space is not let (China 2024: supply twice the demand)"
    assert rows[title] == english.lead(english.knowledge.use("R05").owner_office)
    assert "project operator" not in rows.values()


def test_without_risks_it_is_said(full, voice):
    fields = own_risk_fields(replace(full, risks=()), voice)
    assert fields["own"] == []
    assert fields["finding"] == voice.say("risk.none_own")
    assert fields["rest"] == ""


def test_safeguards_repeat_no_empty_finding(full, voice):
    said = {
        "goals": {"finding": ""},
        "counsel": {"finding": ""},
        "firmness": {"measured": []},
    }
    empty = replace(full.programme.first, projects=())
    programme = replace(full.programme, first=empty, second=empty, limits=())
    rows = safeguard_rows(replace(full, programme=programme), said, voice)
    assert [row["name"] for row in rows] == [voice.say("safeguard.organisation")]


def test_a_value_close_to_its_limit_stands_with_the_project_that_bears_it(cities, english):
    """Each project has a limit of its own; what is already past it is no margin."""
    told = 0
    for found in cities.values():
        tests = found.knowledge.triggers
        for risk in found.risks:
            trigger = tests[risk.risk.trigger]
            if trigger.test != "margin_below":
                continue
            assert set(risk.uses) <= set(found.programme.uses)
            for use_id in risk.uses:
                parts = found.readiness.uses[use_id].contributions
                near = next(
                    one for one in parts if one.requirement.criterion_id in trigger.argument
                )
                assert 0.0 <= near.margin < trigger.bound
            rows = own_risk_fields(found, english)["own"]
            row = next(one for one in rows if one["title"].startswith(risk.risk.title.text("en")))
            nearest = min(
                (
                    one.margin,
                    found.knowledge.use(use_id).name.text("en"),
                    english.amount(one.requirement.minimum, one.requirement.criterion_id),
                )
                for use_id in risk.uses
                for one in found.readiness.uses[use_id].contributions
                if one.requirement.criterion_id in trigger.argument
            )
            assert row["why"].startswith(f"{nearest[1]}: ")
            assert f"limit {nearest[2]}" in row["why"]
            told += 1
    assert told


def test_the_unexplained_load_is_told_with_its_size_and_apart_from_the_high_ones(cities, english):
    found = cities["changzhi"]
    fields = own_risk_fields(found, english)
    load = found.region.figures["unexplained_load_mw"].value
    # It may hide what the law bars, so it is answered first whatever its level, as the finding says.
    (row,) = (one for one in fields["own"] if one["why"].endswith(f": {english.number(load)} MW"))
    assert row["level_band"] == "serious"
    assert row["title"] in fields["finding"]
    assert fields["own"][0] is row
    bands = [one["level_band"] for one in fields["own"][1:]]
    assert bands == sorted(bands, reverse=True)
    assert " are high. One of medium level may hide barred use" in fields["finding"]
