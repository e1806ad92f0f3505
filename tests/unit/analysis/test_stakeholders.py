"""What each stakeholder's points would begin with."""

import pytest
from msgspec.structs import replace

from generator.analysis.programme import programme


@pytest.fixture
def known(build, knowledge):
    """U91 brings 40 jobs, U92 reaches the people of C13; money is enough for one of them."""
    uses = [
        build.use("U91", **build.ranged((40, 40), (10, 10))),
        build.use("U92", gb4754_anchor=("C13",), **build.ranged((10, 10), (10, 10))),
    ]
    needs = [build.need(use.use_id, "backbone_gbps", 1, 1, 100) for use in uses]
    units = [build.unit_need("U91"), build.unit_need("U92", reach_share=0.5)]
    return replace(build.catalogue(knowledge, uses, needs, units=units), pairs=())


@pytest.fixture
def plan(build, known):
    """The programme of a region whose stakeholders gave these rows."""

    def of(*rows, capex=12, **sheets):
        here = build.region(
            connectivity=[build.link(10)], industry=[build.industry("C13", 4000, None)],
            limits=[build.cap("capex", capex)], weights=rows, **sheets,
        )  # fmt: skip
        return programme(build.run(known, here))

    return of


def uses(view):
    return [one.use_id for one in view.placements]


def test_each_stakeholder_begins_with_what_its_own_points_favour(build, plan):
    rows = [*build.stakeholder("Labour", B02=9, B10=1), *build.stakeholder("Trade", B02=1, B10=9)]

    labour, trade = plan(*rows).stakeholders

    assert (uses(labour), uses(trade)) == (["U91"], ["U92"])
    assert labour.effects["jobs"] == 40
    assert trade.effects["served"] == 2000


def test_points_are_brought_to_one_and_what_cannot_be_had_is_left_out(build, plan):
    (view,) = plan(*build.stakeholder("Labour", B02=30, B09=50, B10=20)).stakeholders

    weights = {one.effect: one.weight for one in view.objectives}
    assert weights == {
        "jobs": pytest.approx(0.6), "power": 0, "served": pytest.approx(0.4),
    }  # fmt: skip


def test_the_points_of_a_retired_criterion_go_to_what_replaced_it(build, plan, known):
    retired = {key: one.replaced_by for key, one in known.benefits.items() if one.replaced_by}
    assert retired["B01"] == "B02"

    found = plan(
        *build.stakeholder("Labour", B01=9, B10=1), *build.stakeholder("Both", B01=3, B02=2)
    )

    labour, both = found.stakeholders
    assert {one.effect: one.stated for one in labour.objectives} == {"jobs": 9, "served": 1}
    # Points of both come together.
    assert {one.effect: one.stated for one in both.objectives} == {"jobs": 5}
    assert found.retired_weights == (("B01", "B02"),)


def test_the_points_of_a_retired_criterion_without_a_successor_go_nowhere(build, plan, known):
    gone = [
        key
        for key, one in known.benefits.items()
        if one.status == "retired" and not one.replaced_by
    ]

    found = plan(*build.stakeholder("Bank", **{gone[0]: 90, "B10": 10}))

    (view,) = found.stakeholders
    assert {one.effect: (one.stated, one.weight) for one in view.objectives} == {"served": (10, 1)}
    assert found.retired_weights == ((gone[0], ""),)


def test_without_points_on_any_objective_no_programme_follows(build, plan, known):
    gone = next(
        key
        for key, one in known.benefits.items()
        if one.status == "retired" and not one.replaced_by
    )

    found = plan(
        *build.stakeholder("Bank", **{gone: 100}), *build.stakeholder("Nobody", B02=0),
        *build.stakeholder("Trade", B10=1),
    )  # fmt: skip

    bank, nobody, trade = found.stakeholders
    assert (bank.without_points, uses(bank), bank.effects) == (True, [], {})
    assert (nobody.without_points, uses(nobody)) == (True, [])
    assert not trade.without_points
    # Who begins with nothing for want of points does not speak against what the others share.
    assert found.shared == ("U92",)


def test_what_is_shared_is_in_every_first_wave_and_that_of_the_method(build, plan):
    rows = [*build.stakeholder("Labour", B02=9, B10=1), *build.stakeholder("Trade", B02=1, B10=9)]

    apart, together = plan(*rows), plan(*rows, capex=100)

    assert apart.shared == ()
    assert together.shared == ("U91", "U92")
    assert plan().shared == ()


def test_value_added_counts_where_every_candidate_has_an_estimate(build, plan):
    rows = build.stakeholder("Finance", B08=1)
    some = [build.own_figures("U92", value_added=8)]
    every = [*some, build.own_figures("U91", value_added=3)]

    (without,) = plan(*rows, estimates=some).stakeholders
    (counted,) = plan(*rows, estimates=every).stakeholders

    assert (without.without_points, uses(without)) == (True, [])
    assert uses(counted) == ["U92"]
    assert counted.effects["value_added"] == 8


def test_a_use_that_waits_for_a_partner_is_no_candidate_to_be_estimated(build, known):
    """U93 requires a use that is none, and so is dropped; nobody needs its value added."""
    more = replace(
        known,
        uses=(*known.uses, build.use("U93", **build.ranged())),
        requirements={
            **known.requirements,
            "U93": (build.need("U93", "backbone_gbps", 1, 1, 100),),
        },
        needs={**known.needs, "U93": build.unit_need("U93")},
        pairs=(build.pair("U93", "requires", "U94"),),
    )
    here = build.region(
        connectivity=[build.link(10)], limits=[build.cap("capex", 12)],
        weights=build.stakeholder("Finance", B08=1),
        estimates=[build.own_figures(key, value_added=5) for key in ("U91", "U92")],
    )  # fmt: skip

    (view,) = programme(build.run(more, here)).stakeholders

    assert not view.without_points


def test_the_value_added_of_power_reuse_grows_with_its_size(build, knowledge):
    use = build.use("R90", "power_reuse", needs_site=False, **build.ranged((1, 1), (1, 1)))
    unit = build.unit_need("R90", ["bank"], grid_mw_per_unit=1, units_min=1, units_max=3)
    known = replace(
        build.catalogue(
            knowledge, [use], [build.need("R90", "backbone_gbps", 1, 1, 100)], units=[unit]
        ),
        pairs=(),
    )
    here = build.region(
        connectivity=[build.link(10)], institutions=[build.institution("R90")],
        weights=build.stakeholder("Finance", B08=1),
        estimates=[build.own_figures("R90", value_added=2)],
    )  # fmt: skip

    (view,) = programme(build.run(known, here)).stakeholders

    assert [(one.use_id, one.size) for one in view.placements] == [("R90", 3)]
    assert view.effects["value_added"] == 6
