"""The risks of the programme in a brief."""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.report.ownrisks import main_risk, own_risk_fields, own_risks
from generator.report.safeguards import safeguard_rows


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
            assert all(row.values())


def test_risks_of_the_second_wave_alone_come_last_and_main_risks_stand(cities):
    found = cities["qingdao"]
    first = set(found.programme.first.uses)
    later = [bool(one.uses) and not first & set(one.uses) for one in own_risks(found)]
    assert later == sorted(later)
    chosen = own_risks(found)
    for use_id in first:
        main = main_risk(use_id, found)
        assert main is None or main in chosen


def test_the_finding_counts_the_grave_ones(cities, english):
    found = cities["heze"]
    fields = own_risk_fields(found, english)
    grave = sum(1 for row in fields["own"] if row["level_band"] == "severe")
    assert fields["finding"].startswith(f"Of 8 risks {grave} are grave")
    assert fields["levels_differ"] is (0 < grave < 8)


def test_without_risks_it_is_said(full, voice):
    fields = own_risk_fields(replace(full, risks=()), voice)
    assert fields["own"] == []
    assert fields["finding"] == voice.say("risk.none_own")
    assert fields["rest"] == ""


def test_safeguards_repeat_no_empty_finding(full, voice):
    blank = {"brief": {"offices": ""}}
    said = {
        "tasks": blank,
        "goals": {"finding": ""},
        "counsel": {"finding": ""},
        "firmness": {"measured": []},
    }
    empty = replace(full.programme.first, projects=())
    programme = replace(full.programme, first=empty, second=empty, limits=())
    rows = safeguard_rows(replace(full, programme=programme), said, voice)
    assert [row["name"] for row in rows] == [voice.say("safeguard.organisation")]
