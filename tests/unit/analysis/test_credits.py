"""Sources are credited where a region's results rest on them, and nowhere else."""

import pytest
from msgspec.structs import replace

from generator.analysis.assess import SOURCES_BY_TEST, credited, is_restated_at_table_rate
from generator.model import SOURCE_TESTS, Label

PLANTS, CENSUS, FACTORS, TEXTS, RATES = "S01", "S02", "S04", "S10", "S11"
NAICS, RECORDS = "S12", "S13"


@pytest.fixture
def ids(build, knowledge):
    """The ids of the sources credited for a region."""

    def of(here, known=None, *, is_restated=False):
        known = known or build.catalogue(knowledge, [])
        readiness = build.scored(known, here)
        return [one.source_id for one in credited(here, known, readiness, is_restated=is_restated)]

    return of


def test_the_closed_list_is_what_the_catalogue_defines(knowledge):
    assert set(SOURCES_BY_TEST) == set(SOURCE_TESTS) == set(knowledge.choices["source_test"])


def test_an_empty_region_rests_on_the_texts_alone(build, ids):
    assert ids(build.region()) == [TEXTS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Global Power Plant Database 1.3.0", [PLANTS, TEXTS]),
        ("gppd", [PLANTS, TEXTS]),
        ("Power company", [TEXTS]),
        ("", [TEXTS]),
    ],
)
def test_a_register_that_names_a_source_credits_it(build, ids, text, expected):
    named = replace(build.fact(60), source=build.label(text))
    plant = replace(build.point(0, kind="coal"), capacity_mw=named)

    assert ids(build.region(power=[build.point(5), plant])) == expected


def test_a_single_figure_of_the_region_credits_its_source(build, ids):
    source = Label((("zh-CN", "China census city panel"),))
    figure = replace(build.fact(3_000_000), source=source)

    assert ids(build.region(figures={"population": figure})) == [CENSUS, TEXTS]


@pytest.mark.parametrize(
    ("own", "jurisdiction", "expected"),
    [(None, "CN", [FACTORS, TEXTS]), (0.5, "CN", [TEXTS]), (None, "DE", [TEXTS])],
)
def test_a_published_grid_factor_is_credited_where_a_score_rests_on_it(
    build, knowledge, ids, own, jurisdiction, expected
):
    needs = [build.need("U90", "carbon_intensity", 0.9, 0.4, 100)]
    known = build.catalogue(knowledge, [build.use("U90")], needs)
    here = build.region(jurisdiction=jurisdiction, figures={"grid_factor": own})

    assert ids(here, known) == expected


def test_a_concordance_is_credited_where_industries_are_listed_in_its_codes(build, ids):
    rows = [build.industry("31-33", 10, 100)]

    assert NAICS in ids(build.region(jurisdiction="US-TX", admin_code="", industry=rows))
    assert NAICS not in ids(build.region(jurisdiction="US-TX", admin_code=""))
    assert NAICS not in ids(build.region(industry=rows))


@pytest.mark.parametrize(("order", "expected"), [("US-TX", True), ("US", False), ("CN", False)])
def test_that_papers_are_public_is_told_in_the_order_and_below_it(build, ids, order, expected):
    assert (RECORDS in ids(build.region(jurisdiction=order, admin_code=""))) is expected


def test_reference_rates_are_credited_where_money_was_restated_at_them(build, ids):
    assert RATES in ids(build.region(), is_restated=True)
    assert RATES not in ids(build.region())


@pytest.mark.parametrize(
    ("currency", "rate", "expected"),
    [("USD", None, True), ("USD", 7.1, False), ("CNY", None, False), ("KZT", None, False),
     ("XXX", None, False)],
)  # fmt: skip
def test_a_rate_of_the_table_is_used_where_the_workbook_has_none(
    build, knowledge, currency, rate, expected
):
    # The table holds a rate of the United States dollar and none of the tenge.
    here = build.region(currency=currency, rate=rate)

    assert is_restated_at_table_rate(here, knowledge) is expected
