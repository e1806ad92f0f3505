"""Every question that is asked, answered by hand: what is printed is what happens."""

import math

import pytest
from msgspec.structs import replace

from generator.analysis import assess, core
from generator.analysis.waves import effects_of
from generator.analysis.withinlimit import waves_of

CITIES = ["changzhi", "heze", "qingdao"]
EFFECTS = ("jobs", "power", "served", "value_added")
COLUMNS = {
    "dev_fte": ("workforce", "role", "available_fte"),
    "racks_available": ("data_centres", "name", "racks_free"),
    "pue": ("data_centres", "name", "pue"),
    "backbone_gbps": ("connectivity", "name", "backbone_gbps"),
}
"""Criterion to the register, the column of names and the column that a step of it changes."""


STEPS = {"jobs": 1, "power": 100, "served": 1}
"""Into how many parts a plan divides the unit of an effect."""


def whole(name, pick):
    """What a wave brings of an effect, each of its projects in whole persons or hundredths of a megawatt."""
    options, found = pick.frame.options, pick.found
    if name == "value_added":
        return effects_of(found, options)[name]
    steps = STEPS[name]
    if name == "served":
        return round(effects_of(found, options)[name] * steps) / steps
    parts = [
        *options.platforms.gains[name][list(found.platforms)].tolist(),
        *options.placings.gains[name][list(found.placings)].tolist(),
    ]
    return sum(math.floor(part * steps + 0.5 + 1e-9) for part in parts) / steps


class Answer:
    """Both waves of a region, judged by the objectives of a base case; run from the beginning."""

    def __init__(self, region, knowledge, as_of, objectives=None):
        base = core.run(region, knowledge, as_of, objectives)
        self.objectives = base.setting.objectives
        waves = waves_of(base.setting)
        picks = (waves.first, waves.second)
        first = waves.first
        self.value = first.found.value
        self.capital = sum(pick.found.capital for pick in picks)
        self.effects = {name: sum(whole(name, pick) for pick in picks) for name in EFFECTS}
        self.waves = [
            {(one.use_id, one.place.number, one.size) for one in pick.placements} for pick in picks
        ]

    def wave_of(self, use_id):
        """The earliest wave that holds a use."""
        return next(
            (n for n, wave in enumerate(self.waves, 1) if use_id in {one[0] for one in wave}), 0
        )

    @property
    def uses(self):
        return {one[0] for wave in self.waves for one in wave}


def holds(difference, before, after):
    """Whether a printed difference is the one between two answers."""
    joins, leaves = after.uses - before.uses, before.uses - after.uses
    both = before.uses & after.uses
    earlier = {key for key in both if after.wave_of(key) < before.wave_of(key)}
    later = {key for key in both if after.wave_of(key) > before.wave_of(key)}
    placed = before.waves[0] | before.waves[1]
    resized = {
        one[0] for wave in after.waves for one in wave if one not in placed and one[0] in both
    } - earlier - later  # fmt: skip
    found = [
        set(getattr(difference, name))
        for name in ("joins", "leaves", "earlier", "later", "resized")
    ]
    assert found == [joins, leaves, earlier, later, resized]
    assert difference.effects == pytest.approx(
        {name: after.effects[name] - before.effects[name] for name in EFFECTS}, abs=1e-9
    )
    assert difference.capital == pytest.approx(after.capital - before.capital, abs=1e-9)
    assert difference.value == pytest.approx(after.value - before.value, abs=1e-9)


def moved(fact, by, criterion):
    """A number and its range after a step, within what the criterion can be."""
    least = 0.0 if criterion.low is None else criterion.low
    most = float("inf") if criterion.high is None else criterion.high

    def end(value):
        return None if value is None else min(most, max(least, value + by))

    return replace(fact, value=end(fact.value), low=end(fact.low), high=end(fact.high))


def stepped(region, step, knowledge):
    """The region after a step, as its sheet says; the steps of the samples all find their record."""
    by, criterion = step.change.value, knowledge.criteria[step.criterion]
    if step.criterion == "anchor_institutions":
        name, use_id = (part.strip() for part in step.applies_to.rsplit("/", 1))
        rows = [
            replace(row, status="signed")
            if (row.use, row.name.text("en")) == (use_id, name)
            else row
            for row in region.institutions
        ]
        assert rows != list(region.institutions)
        return replace(region, institutions=tuple(rows))
    if step.criterion == "renewable_share":
        assert step.applies_to == region.code
        share = moved(region.figures["renewable_share"], by, criterion)
        return replace(region, figures={**region.figures, "renewable_share": share})
    register, named_by, column = COLUMNS[step.criterion]
    rows = list(getattr(region, register))
    names = [getattr(row, named_by).text("en") for row in rows]
    place = names.index(step.applies_to)
    fact = moved(getattr(rows[place], column), by, criterion)
    rows[place] = replace(rows[place], **{column: fact})
    return replace(region, **{register: tuple(rows)})


def signed(build, region, use_id, types, count):
    """The region with so many more bodies that signed for a use, of the types in turn."""
    more = [
        build.institution(use_id, types[number % len(types)], name=f"By hand {number}")
        for number in range(count)
    ]
    return replace(region, institutions=(*region.institutions, *more))


def cleared(build, region, number):
    sites = list(region.sites)
    sites[number] = replace(sites[number], clearance_document=build.label("By hand"))
    return replace(region, sites=tuple(sites))


def answered(build, found, one):
    """The region after a yes."""
    region = found.region
    if one.kind == "step":
        return stepped(region, one.step, found.knowledge)
    if one.kind == "clearance":
        return cleared(build, region, one.place.number)
    (use_id,) = one.uses
    return signed(build, region, use_id, one.types, one.count)


@pytest.fixture(scope="module", params=CITIES)
def city(request, cities):
    """A sample city as assessed, and both waves of it run from the beginning."""
    found = cities[request.param]
    return found, Answer(found.region, found.knowledge, found.screening.as_of)


def again(found, region, before):
    return Answer(region, found.knowledge, found.screening.as_of, before.objectives)


def test_the_printed_yes_is_what_happens(city, build):
    found, before = city

    for one in found.decisions:
        if one.kind != "programme":
            holds(one.yes, before, again(found, answered(build, found, one), before))


def test_no_leaves_everything_as_it_is(city, build):
    found, _ = city

    assert {one.kind for one in found.decisions}
    assert all(replace(one.no, bill=None) == build.UNCHANGED for one in found.decisions)


def test_the_steps_that_change_the_programme_are_asked_and_no_other(city):
    found, before = city
    steps = found.region.steps

    changing = [
        step
        for step in steps
        if again(found, stepped(found.region, step, found.knowledge), before).waves != before.waves
    ]

    assert steps
    asked = [one.step for one in found.decisions if one.kind == "step"]
    assert sorted(step.origin.full for step in asked) == sorted(one.origin.full for one in changing)


def test_the_signatures_that_change_the_programme_are_asked_and_no_other(city, build):
    found, before = city
    knowledge = found.knowledge
    waiting = {use_id for ids in found.readiness.prepare.values() for use_id in ids}
    short = {}
    for one in found.programme.second.projects:
        for item in one.preconditions:
            if item.kind == "signature":
                short.setdefault(one.use_id, 1)
            elif item.kind == "criterion" and knowledge.is_in_role(
                item.criterion_id, "institutions"
            ):
                short[one.use_id] = math.ceil(item.minimum - item.value)
    waiting |= set(short)
    # What a step that is asked brings is not asked once more.
    waiting -= {
        one.step.applies_to.rpartition("/")[2].strip()
        for one in found.decisions
        if one.kind == "step" and knowledge.is_in_role(one.step.criterion, "institutions")
    }

    changing = {}
    for use_id in waiting:
        missing = found.readiness.uses[use_id].signatures
        types = missing.missing_types or knowledge.needs[use_id].partner_types
        count = max(1, missing.missing, len(missing.missing_types), short.get(use_id, 0))
        region = signed(build, found.region, use_id, types, count)
        if again(found, region, before).waves != before.waves:
            changing[use_id] = count

    asked = {one.uses[0]: one.count for one in found.decisions if one.kind == "signature"}
    assert asked == changing


def test_what_only_adds_options_never_lowers_the_value(city):
    found, _ = city

    assert all(one.yes.value >= -1e-9 for one in found.decisions)
    assert all(one.difference.value >= -1e-9 for one in found.steps.single)


def test_the_first_question_is_whether_to_begin_and_up_to_which_capital(city):
    found, _ = city
    first, capital = found.programme.first, found.programme.firmness.capital

    begin = found.decisions[0]

    assert begin.kind == "programme"
    assert [one.kind for one in found.decisions].count("programme") == 1
    assert begin.uses == first.uses == begin.yes.joins
    assert begin.yes.effects == pytest.approx(first.effects)
    assert begin.yes.capital == pytest.approx(first.capital)
    assert begin.amount == max(capital.p90, 1.1 * first.capital)


# --- a site that nothing clears -------------------------------------------------------------------


@pytest.fixture
def mine(build, knowledge):
    """A former mining hall where mining is barred, and one use that would fit there."""
    use = build.use("R90", "power_reuse", needs_site=True, **build.ranged((10, 10), (20, 20)))
    needs = [build.need("R90", "usable_floor_m2", 100, 1000, 100)]
    unit = build.unit_need(
        "R90", ["bank"], grid_mw_per_unit=4, mean_load_mw_per_unit=3, units_min=1, units_max=2
    )
    suspect = next(key for key, one in knowledge.activities.items() if one.former_use)
    rules = [
        build.rule(f"T-{key}", key, "prohibited" if key == suspect else "permitted")
        for key in knowledge.activities
    ]
    made = build.catalogue(knowledge, [use], needs, rules, units=[unit])
    known = replace(made, pairs=(), risks=(), actions=(), procedures=(), scenarios=())
    return known, build.region(
        power=[build.point(40)], institutions=[build.institution("R90")],
        sites=[build.site(mva=20, hall_m2=3000)],
    )  # fmt: skip


def test_a_site_that_a_project_waits_for_is_asked_to_be_cleared(build, mine):
    known, here = mine

    found = assess(here, known, build.TODAY, draws=20)

    before = Answer(here, known, build.TODAY)
    assert before.waves == [set(), {("R90", 0, 2.0)}]
    (asked,) = found.decisions
    assert (asked.kind, asked.uses, asked.place.number) == ("clearance", ("R90",), 0)
    assert asked.yes.earlier == ("R90",)
    holds(asked.yes, before, again(found, answered(build, found, asked), before))


def test_a_site_that_is_cleared_is_not_asked_for(build, mine):
    known, here = mine

    found = assess(cleared(build, here, 0), known, build.TODAY, draws=20)

    assert [one.kind for one in found.decisions] == ["programme"]
