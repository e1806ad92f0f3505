"""Risks and the four fields in words, each with what it rests on."""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.model import TRIGGER_TESTS, Swot, SwotItem
from generator.report.risks import risk_fields, swot_fields


def test_risks_stand_in_the_order_of_likelihood_times_impact(full, english):
    rows = risk_fields(full, english)["rows"]
    assert [row["id"] for row in rows] == [one.risk.risk_id for one in full.risks]
    scores = [float(row["score"].rpartition(" ")[2]) for row in rows]
    assert scores == [one.score for one in full.risks]
    assert scores == sorted(scores, reverse=True)


def test_each_risk_says_why_it_applies_in_words(full, english):
    why = {row["id"]: row["why"] for row in risk_fields(full, english)["rows"]}
    assert why["K06"] == "applies to every plan"
    assert why["K01"].startswith("sites are listed as virtual-currency mining (")
    assert why["K25"].startswith("Unexplained load (to be investigated): more than 0 MW (")
    assert "Food and cold-chain traceability" in why["K10"]


def test_every_test_of_a_trigger_has_words_in_both_languages(voice):
    terms = {"uses": "u", "cells": "c", "rules": "r", "argument": "a", "value": "v"}
    for name in TRIGGER_TESTS:
        assert voice.say(f"risk_why.{name}", **terms)


def test_every_trigger_of_the_catalogue_says_what_it_names(full, voice):
    for trigger in voice.knowledge.triggers.values():
        risk = replace(full.risks[0].risk, trigger=trigger.trigger)
        fired = replace(full.risks[0], risk=risk, uses=("U01",), rules=("CN-DC-02",))
        (row,) = risk_fields(replace(full, risks=(fired,)), voice)["rows"]
        assert row["why"]
        # Ids and the words of the tables stay inside.
        assert not re.search(r"[a-z]_[a-z]|\{|\bCN\b(?!-)", row["why"])


def test_the_terms_of_a_trigger_are_printed_with_their_units(full, voice):
    answer = "否" if voice.language == "zh-CN" else "no"
    for trigger, printed in (
        ("coal_share_over_70pct", "70 ?%"),
        ("outside_computing_hub", answer),
        ("large_load_selected", "75 ?(MW|兆瓦)"),
    ):
        risk = replace(full.risks[0].risk, trigger=trigger)
        fired = replace(full.risks[0], risk=risk)
        (row,) = risk_fields(replace(full, risks=(fired,)), voice)["rows"]
        assert re.search(printed, row["why"])


def test_open_triggers_are_named_and_not_counted(bare, english):
    fields = risk_fields(bare, english)
    assert fields["undecided"].count("K") == len(bare.undecided_risks)
    assert f"{len(bare.risks)} risks apply" in fields["note"]
    listed = {row["id"] for row in fields["rows"]}
    assert listed.isdisjoint(risk.risk_id for risk in bare.undecided_risks)


def test_no_risk_at_all_has_a_sentence(full, voice):
    fields = risk_fields(replace(full, risks=(), undecided_risks=()), voice)
    assert fields["rows"] == []
    assert fields["note"] == voice.say("risks.none", count=0, severe=0, bound="16")
    assert fields["undecided"] == ""


def test_the_four_fields_carry_their_cell_rule_or_risk(full, english):
    fields = swot_fields(full, english)
    assert all("[" in line for line in fields["strengths"] + fields["weaknesses"])
    # One platform and one hall: each has a rule that encourages it, told in the order of rules.
    assert fields["opportunities"][0].endswith("[CN-BLK-02]")
    assert any(line.endswith("[CN-DC-08]") for line in fields["opportunities"])
    assert fields["threats"][0].startswith("K10 ")
    for name in ("strengths", "weaknesses", "opportunities"):
        assert len(fields[name]) == len(getattr(full.swot, name))
    # The rules that must be read share one line.
    threats = full.swot.threats
    assert len(fields["threats"]) == sum(one.kind == "risk" for one in threats) + 1
    stale = [one.reference for one in threats if one.kind == "stale_rule"]
    assert all(rule in fields["threats"][-1] for rule in stale)


def test_values_that_differ_by_list_name_the_list(full, english):
    (line,) = [line for line in swot_fields(full, english)["strengths"] if "spare grid" in line]
    assert "100 MW (blockchain uses); 60 MW (power-reuse options)" in line


def test_a_weakness_gives_the_gap_of_the_assessment(full, english):
    found = swot_fields(full, english)["weaknesses"]
    name = "Operations staff available"
    (line,) = [line for line in found if line.startswith(name)]
    # The project that asks most aims at 15.
    assert f"{name}: 10 full-time staff, 5 full-time staff short of the target" in line
    # What halls there are is no weakness of a project that builds its own.
    assert not any("PUE" in line for line in found)


def test_a_rule_to_check_again_is_a_threat(full, english):
    stale = tuple(
        SwotItem("stale_rule", rule, uses, 1.0)
        for rule, uses in (("CN-DC-02", ("R07",)), ("CN-DC-03", ("R02", "R07")))
    )
    found = replace(full, swot=replace(full.swot, threats=stale))
    (line,) = swot_fields(found, english)["threats"]
    assert line.endswith("must be read, in brackets how many uses: CN-DC-02 (1); CN-DC-03 (2)")


def test_a_key_institution_without_signature_has_no_amount(full, english):
    item = SwotItem("criterion", "anchor_institutions", ("U01",), 1.0)
    found = replace(full, swot=replace(full.swot, weaknesses=(item,)))
    assert "a key institution has not signed" in swot_fields(found, english)["weaknesses"][0]


def test_an_empty_field_has_a_word(full, voice):
    fields = swot_fields(replace(full, swot=Swot((), (), (), ())), voice)
    for name, found in fields.items():
        assert found == [voice.say(f"swot_none.{name}")]
