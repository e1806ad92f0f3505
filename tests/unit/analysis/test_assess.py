from generator.analysis import assess
from generator.model import Conversion
from generator.problems import Origin, problem


def test_one_assessment_holds_law_readiness_and_what_reading_learned(build, knowledge):
    here = build.region(power=[build.point(42, 0.6)])
    warning = problem("IN-111", Origin("region.xlsx"), "warning")
    done = Conversion(Origin("region.xlsx", "Power", "E4"), "4.2万千瓦", "42", "unit")

    found = assess(here, knowledge, build.TODAY, [warning], iter([done]))

    assert found.region is here
    assert found.screening.as_of == build.TODAY
    assert set(found.readiness.uses) == {
        use_id for use_id, use in found.screening.uses.items() if use.status != "prohibited"
    }
    assert (found.problems, found.conversions) == ((warning,), (done,))


def test_procedures_follow_from_the_projects_and_not_from_the_lists(build, knowledge):
    uses = [
        build.use("U91", activities=("personal_data",), **build.ranged()),
        build.use("U92", activities=("important_data",)),
        build.use("U93", activities=("cross_border_data",)),
    ]
    needs = [
        build.need("U91", "spare_grid_mw", 10, 30, 100),
        build.need("U92", "spare_grid_mw", 10, 30, 60),
        build.need("U92", "anchor_institutions", 1, 3, 40, hard=True),
        build.need("U93", "spare_grid_mw", 10, 300, 100),
    ]
    known = build.catalogue(knowledge, uses, needs)
    here = build.region(
        power=[build.point(30)], institutions=[build.institution("U92", status="talks")]
    )

    found = assess(here, known, build.TODAY)

    assert found.readiness.shortlist["blockchain"] == ("U91",)
    assert found.readiness.prepare["blockchain"] == ("U92",)
    assert found.readiness.uses["U93"].listed == "cleared"
    assert found.programme.uses == ("U91",)
    by_trigger = {one.procedure.applies_when[0]: one.uses for one in found.procedures}
    assert by_trigger["personal_data"] == ("U91",)
    assert "important_data" not in by_trigger
    assert "cross_border_data" not in by_trigger
