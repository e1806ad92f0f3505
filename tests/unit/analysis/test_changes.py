"""What changed between two editions: rows by their names, rules by their days."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.analysis.changes import changes_between
from generator.intake.previous import edition_of
from generator.report import results

DAY = date(2026, 11, 28)


def site(name, **columns):
    return {"name_en": name, "former_use": "warehouse", "land_use": "industrial land",
            "grid_mva": 20, "hall_m2": 5000, "as_of": "2025", "grade": "B", "source_en": "x",
            **columns}  # fmt: skip


@pytest.fixture(scope="module")
def edition(region, knowledge):
    """`edition(sites=[...]) -> Edition` of a small region."""

    def make(**changes):
        assessment = assess(region(**changes), knowledge, DAY, draws=20)
        versions = {"program": "1", "inputs": assessment.region.digest}
        return edition_of(results(assessment, knowledge, [], versions))

    return make


@pytest.fixture(scope="module")
def base(edition):
    return edition(sites=[site("Hall"), site("Shed", hall_m2=7000)])


def rule_of(edition, **changes):
    """An edition with one rule alone."""
    rule_id = next(iter(edition.rules))
    rule = replace(edition.rules[rule_id], in_force_from=DAY, in_force_until=None)
    return replace(edition, rules={rule_id: replace(rule, **changes)})


def test_the_same_edition_has_no_changes(base):
    found = changes_between(base, deepcopy(base))
    assert found.is_nothing
    assert found.grounds == ()


def test_a_region_that_was_not_there_has_no_earlier_day(base):
    assert changes_between(None, base).before is None


def test_rows_are_found_wherever_they_stand(base, edition):
    turned = edition(sites=[site("Shed", hall_m2=7000), site("Hall")])
    assert changes_between(base, turned).cells == ()


def test_a_cell_is_told_with_both_of_its_addresses(base, edition):
    turned = edition(sites=[site("Shed", hall_m2=7000), site("Hall", hall_m2=5500)])

    (only,) = changes_between(base, turned).cells

    assert (only.kind, only.column, only.name.text("en")) == ("changed", "hall_m2", "Hall")
    assert (only.before.value, only.after.value) == (5000, 5500)
    assert only.place != only.place_before


def test_a_name_in_one_more_language_is_the_same_row(base, edition):
    named = edition(sites=[site("Hall", name_zh="一号厂房"), site("Shed", hall_m2=7000)])
    (only,) = changes_between(base, named).cells
    assert (only.kind, only.column) == ("changed", "name")


def test_rows_that_come_and_go_are_told_once_each(base, edition):
    other = edition(sites=[site("Hall"), site("Yard")])
    kinds = {(one.kind, one.name.text("en")) for one in changes_between(base, other).cells}
    assert kinds == {("added", "Yard"), ("removed", "Shed")}


def test_a_value_is_traced_to_its_cell_and_no_other(edition):
    power = [
        {"name_zh": "一号变电站", "kind": "connection point", "capacity_mw": 100, "spare_mw": spare,
         "price": 0.56, "status": "existing", "grade": "B", "source_zh": "填报", "as_of": "2025"}
        for spare in (60, 45)
    ]  # fmt: skip
    before, after = (edition(power=[row]) for row in power)

    found = changes_between(before, after)

    (cell,) = found.cells
    moved = [one for one in found.figures if one.kind == "criterion"]
    assert {one.name for one in moved} >= {"spare_grid_mw"}
    for one in moved:
        assert one.why.is_traced
        assert [reason.refs for reason in one.why.reasons] == [(cell.place,)]


@pytest.mark.parametrize(
    ("start", "kind"),
    [(0, None), (1, "began"), (30, "began"), (31, None)],
    ids=["on the earlier day", "the day after", "on the later day", "after it"],
)
def test_a_rule_began_if_it_starts_after_the_earlier_day_and_by_the_later(base, start, kind):
    starts = {"in_force_from": DAY + timedelta(days=start)}
    before = rule_of(base, **starts)
    after = replace(rule_of(base, **starts), as_of=DAY + timedelta(days=30))
    assert [one.kind for one in changes_between(before, after).law] == ([kind] if kind else [])


@pytest.mark.parametrize(("end", "kind"), [(1, "ended"), (30, "ended"), (31, None)])
def test_a_rule_ended_if_its_first_day_out_of_force_has_come(base, end, kind):
    ends = {"in_force_until": DAY + timedelta(days=end)}
    before = rule_of(base, **ends)
    after = replace(rule_of(base, **ends), as_of=DAY + timedelta(days=30))
    assert [one.kind for one in changes_between(before, after).law] == ([kind] if kind else [])
    gone = replace(after, rules={})
    assert [one.kind for one in changes_between(before, gone).law] == [kind or "removed"]


def test_a_rule_that_came_on_file_later_than_it_began_was_added(base):
    before, after = replace(base, rules={}), rule_of(base, in_force_from=DAY - timedelta(days=400))
    assert [one.kind for one in changes_between(before, after).law] == ["added"]


def test_a_rule_with_another_effect_says_what_it_was(base):
    before, after = rule_of(base, effect="permitted"), rule_of(base, effect="prohibited")
    (only,) = changes_between(before, after).law
    assert (only.kind, only.effect_before, only.rule.effect) == (
        "effect",
        "permitted",
        "prohibited",
    )


def test_a_rule_that_was_read_again_moves_nothing(base):
    before = rule_of(base)
    (rule_id, rule) = next(iter(before.rules.items()))
    read = replace(rule, rest={**rule.rest, "checked_on": '"2027-01-01"'})
    (only,) = changes_between(before, replace(before, rules={rule_id: read})).law
    assert only.is_reading


def test_of_several_things_that_moved_none_is_named_for_certain(base):
    moved = replace(base, grounds={**base.grounds, "seed": "9", "program": "2"})
    moved = replace(moved, totals={key: value + 1 for key, value in base.totals.items()})
    found = changes_between(base, moved)
    assert found.figures
    for one in found.figures:
        assert [reason.kind for reason in one.why.reasons] == ["seed", "program"]
        assert not one.why.is_traced
