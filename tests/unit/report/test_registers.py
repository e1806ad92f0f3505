"""Each register in one row: what counts in the total, what is best, what is unknown."""

from __future__ import annotations

from generator.report.registers import register_rows

POINT = {"kind": "connection point", "status": "existing", "capacity_mw": 90, "grade": "C"}


def rows(region, voice):
    return {row["register"]: row for row in register_rows(region, voice)}


def test_only_existing_points_count_and_the_largest_of_them_is_named(region, english):
    power = [
        {"name_en": "North", "spare_mw": 30, **POINT},
        {"name_en": "South", "spare_mw": 12.5, **POINT},
        {"name_en": "Later", "spare_mw": 80, **POINT, "status": "planned"},
    ]
    found = rows(region(power=power), english)["Grid connection points"]
    assert found["count"] == "3"
    assert found["total"] == "42.5 MW firm spare (existing); limit stated: 80 MW"
    assert found["best"] == "30 MW (North)"


def test_what_the_plan_counts_at_the_low_ends_stands_beside_what_is_listed(region, english):
    power = [{"name_en": "North", "spare_mw": 30, **POINT}]
    (row,) = (
        one
        for one in register_rows(region(power=power), english, {"points": 24.0})
        if one["register"] == "Grid connection points"
    )
    assert row["total"] == (
        "30 MW firm spare (existing); 24 MW at the low ends; limit stated: 80 MW"
    )


def test_a_register_without_a_known_number_has_no_total_and_zero_is_one(region, english):
    blank = [{"name_en": "North", **POINT}]
    zero = [{"name_en": "North", "spare_mw": 0, **POINT}]
    shown = [
        rows(region(power=power), english)["Grid connection points"] for power in (blank, zero)
    ]
    assert [row["total"] for row in shown] == [
        "–",
        "0 MW firm spare (existing); limit stated: 80 MW",
    ]
    assert [row["best"] for row in shown] == ["–", "0 MW (North)"]


def test_staff_that_counts_towards_no_group_is_left_out_of_the_total(full, english):
    assert rows(full.region, english)["Workforce"]["total"] == "90 full-time staff available"


def test_a_register_without_rows_has_no_row(bare, english):
    assert register_rows(bare.region, english) == []


def test_people_of_a_register_are_whole(region, english):
    roles = [
        {"role_en": name, "counts_towards": "technicians", "headcount": 199, "available_fte": fte}
        for name, fte in (("Fitters", 47.4), ("Welders", 119.67))
    ]
    told = rows(region(workforce=roles), english)[english.say("register.workforce")]
    assert told["total"] == "167 full-time staff available"
    assert told["best"].startswith("120")
