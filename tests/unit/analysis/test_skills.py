import pytest
from msgspec.structs import replace

from generator.analysis.skills import match_skills
from generator.model import Label, Skill

STAFF = {"dev_fte": "developers", "ops_fte": "operations", "technician_fte": "technicians"}


def way(start, goal, group, relatedness, months, uses=()):
    return Skill(
        Label((("en", start), ("zh-CN", f"原{start}"))), Label((("en", goal),)), group, relatedness,
        months, Label(), "assumed", (), tuple(uses),
    )  # fmt: skip


def person(build, name, fte):
    return replace(build.role("none", fte), role=build.label(name))


@pytest.fixture
def known(build, knowledge):
    """One shortlisted use that asks for operators and technicians."""
    needs = [
        build.need("U90", "spare_grid_mw", 1, 2, 80),
        build.need("U90", "ops_fte", 4, 10, 10),
        build.need("U90", "technician_fte", 2, 8, 10),
    ]
    return replace(build.catalogue(knowledge, [build.use("U90")], needs), skills=())


def matched(build, known, skills, *people, ops=6, technicians=8, projects=None, taken=None):
    """Shortages by group, and roles; every shortlisted use is a project unless it is said which.

    The projects take 10 operators and 8 technicians unless it is said what they take.
    """
    here = build.region(
        power=[build.point(5)],
        workforce=[build.role("operations", ops), build.role("technicians", technicians), *people],
    )
    readiness = build.scored(known, here)
    if projects is None:
        projects = [use_id for ids in readiness.shortlist.values() for use_id in ids]
    known = replace(known, skills=tuple(skills))
    taken = {"ops_fte": 10, "technician_fte": 8} if taken is None else taken
    found = match_skills(here, known, readiness, projects, taken)
    return {one.group: one for one in found.shortages}, found.roles


@pytest.mark.parametrize(("takes", "lacks"), [(10, 4), (6, 0), (5, 0)])
def test_a_shortage_is_what_the_projects_take_beyond_the_people_on_hand(build, known, takes, lacks):
    shortages, _ = matched(build, known, [], taken={"ops_fte": takes})

    found = shortages["operations"]
    assert (found.need, found.short, found.remaining) == (takes, lacks, lacks)
    assert found.fact.value == 6
    # The targets of the catalogue are no posts: nobody is short of technicians that nobody takes.
    assert (shortages["technicians"].short, shortages["technicians"].fact) == (0, None)


def test_the_groups_are_those_the_criteria_read(build, known):
    shortages, _ = matched(build, known, [])

    assert {one.criterion_id: group for group, one in shortages.items()} == STAFF
    assert (shortages["developers"].short, shortages["developers"].fact) == (0.0, None)


def test_an_unknown_staff_is_an_unknown_shortage(build, known):
    shortages, _ = matched(build, known, [], ops=None)

    assert shortages["operations"].short is None
    assert shortages["operations"].remaining is None


def test_people_move_up_to_the_shortage_and_no_further(build, known):
    skills = [way("Electrician", "Operator", "operations", 0.8, 3)]

    shortages, (role,) = matched(build, known, skills, person(build, "Electrician", 9))

    found = shortages["operations"]
    assert (found.transferred, found.remaining, found.training_months) == (4, 0, 3)
    assert [(one.group, one.fte) for one in role.transfers] == [("operations", 4)]
    assert role.row.available_fte.value == 9


def test_nobody_counts_twice_and_the_rest_goes_to_the_next_group(build, known):
    skills = [
        way("Electrician", "Operator", "operations", 0.8, 3),
        way("Electrician", "Fitter", "technicians", 0.7, 6),
    ]

    shortages, (role,) = matched(
        build, known, skills, person(build, "Electrician", 6), technicians=3
    )

    assert [(one.group, one.fte) for one in role.transfers] == [
        ("operations", 4),
        ("technicians", 2),
    ]
    assert shortages["technicians"].remaining == (8 - 3) - 2


@pytest.mark.parametrize(
    ("other", "first"), [((0.9, 12), "Fitter"), ((0.8, 2), "Fitter"), ((0.8, 4), "Electrician")]
)
def test_the_closest_way_goes_first_then_the_shortest(build, known, other, first):
    skills = [
        way("Electrician", "Operator", "operations", 0.8, 3),
        way("Fitter", "Operator", "operations", *other),
    ]
    people = [person(build, "Electrician", 4), person(build, "Fitter", 4)]

    _, roles = matched(build, known, skills, *people)
    _, turned = matched(build, known, reversed(skills), *reversed(people))

    for found in (roles, turned):
        assert [one.row.role.text("en") for one in found if one.transfers] == [first]


@pytest.mark.parametrize(("group", "relatedness"), [("operations", 0.49), ("none", 0.9)])
def test_a_long_way_or_one_to_no_group_is_shown_but_not_counted(build, known, group, relatedness):
    skills = [way("Guard", "Clerk", group, relatedness, 3)]

    shortages, (role,) = matched(build, known, skills, person(build, "Guard", 9))

    assert [one.is_transferable for one in role.ways] == [False]
    assert (role.transfers, shortages["operations"].transferred) == ((), 0)


def test_a_way_at_the_least_relatedness_counts(build, known):
    skills = [way("Guard", "Operator", "operations", known.assumed("relatedness_minimum"), 3)]

    shortages, _ = matched(build, known, skills, person(build, "Guard", 1))

    assert (shortages["operations"].transferred, shortages["operations"].remaining) == (1, 3)


@pytest.mark.parametrize("name", ["  high-VOLTAGE   electrician ", "原High-voltage electrician"])
def test_a_role_is_known_by_its_name_in_any_language(build, known, name):
    skills = [way("High-voltage electrician", "Operator", "operations", 0.8, 3)]

    _, roles = matched(build, known, skills, person(build, name, 1))

    assert len(roles) == 1


def test_a_role_that_counts_already_or_that_no_way_starts_from_is_left_out(build, known):
    skills = [way("Electrician", "Operator", "operations", 0.8, 3)]
    counted = replace(build.role("technicians", 3), role=build.label("Electrician"))

    _, roles = matched(build, known, skills, counted, person(build, "Clerk", 5))

    assert roles == ()


def test_a_blank_number_of_people_moves_nobody(build, known):
    skills = [way("Electrician", "Operator", "operations", 0.8, 3)]

    shortages, (role,) = matched(build, known, skills, person(build, "Electrician", None))

    assert role.row.available_fte.value is None
    assert (role.transfers, shortages["operations"].remaining) == ((), 4)


def test_no_project_and_nobody_listed_is_an_empty_answer(build, known):
    here = build.region()

    found = match_skills(here, known, build.scored(known, here), ())

    assert found.roles == ()
    assert [one.remaining for one in found.shortages] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("uses", "moved"), [((), 4), (("U90",), 4), (("U99", "U90"), 4), (("U99",), None)]
)
def test_a_way_to_certain_uses_counts_where_one_of_them_is_a_project(build, known, uses, moved):
    skills = [way("Fitter", "Operator", "operations", 0.9, 3, uses)]

    shortages, roles = matched(build, known, skills, person(build, "Fitter", 9))

    assert shortages["operations"].transferred == (moved or 0)
    assert len(roles) == (0 if moved is None else 1)
