"""What is read first bears on the projects, and stops or sizes one."""

from datetime import date

import pytest

from generator.analysis import assess
from generator.report.freshness import ending_rows
from generator.report.nearness import near_lines, told
from generator.report.projects import named
from generator.report.readfirst import read_first
from generator.report.voice import Voice


@pytest.fixture(scope="module")
def places(region, knowledge):
    """A region each in three legal orders, to the end of 2030."""
    return {
        order: assess(
            region(jurisdiction=order, plan_until="2030-12-31"), knowledge, date(2026, 11, 30),
            draws=100,
        )
        for order in ("US-TX", "DE", "KZ")
    }  # fmt: skip


@pytest.fixture(scope="module")
def every(cities, places):
    return [*cities.values(), *places.values()]


def _bearing(found):
    """Whatever must be met before a project of the first wave, or of the plan, begins."""
    uses = found.programme.first.uses or found.programme.uses or found.readiness.proposed
    return [
        rule
        for use_id in uses
        for one in found.screening.of_use(use_id).findings
        for rule in one.bearing
        if rule.effect in {"prohibited", "conditional"}
        and not (rule.is_of_operation or rule.is_general)
    ]


def test_only_what_binds_a_first_project_or_the_whole_plan_is_read_first(every, texts):
    told = 0
    for found in every:
        voice = Voice(texts, "en", found.knowledge)
        allowed = {voice.short_instrument(rule) for rule in _bearing(found)}
        allowed |= {
            voice.name(due.procedure.cited)
            for due in found.procedures
            if due.procedure.question and not due.uses
        }
        named = read_first(found, voice)
        assert set(named) <= allowed
        assert len(named) <= 3 or not set(named) & {
            voice.short_instrument(r) for r in _bearing(found)
        }
        told += bool(named)
    assert told


def test_what_ends_is_told_once_an_instrument_and_its_text_stands_above(places, texts):
    found = places["US-TX"]
    voice = Voice(texts, "en", found.knowledge)
    rows = ending_rows(found.screening.stale, voice)
    conditions = [row for row in rows if row["effect_band"] == "conditional"]
    assert conditions
    assert {row["condition"] for row in conditions} == {voice.say("law.told_above")}
    assert len({(row["day"], row["cite"]) for row in conditions}) == len(conditions)


def test_a_size_near_a_limit_says_what_holds_there(every, texts):
    near = [(found, one) for found in every for one in found.near_limits]
    assert near
    for found, one in near:
        near_by = found.knowledge.assumed("near_limit_pct") / 100
        assert abs(one.amount - one.limit) <= near_by * one.limit + 1e-9
        voice = Voice(texts, "en", found.knowledge)
        # What it asks stands with the conditions; here its limit and the text that sets it.
        line = voice.say("near.project", project=named(one.placement, voice), told=told(one, voice))
        assert voice.short_instrument(one.rule) in line
        # A chapter tells it of the projects, not of what else could be chosen.
        planned = {(each.use_id, each.size) for each in found.programme.projects}
        is_planned = (one.placement.use_id, one.placement.size) in planned
        assert (line in near_lines(found, voice)) is is_planned
