"""Two assessed regions: one with something in every register, one with next to nothing."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.analysis.skills import match_skills
from generator.choices.rivals import choices_between
from generator.choices.worth import of_both
from generator.model.programme import Placement, Together
from generator.report.voice import Voice

AS_OF = date(2026, 11, 28)
SOURCED = {"source_zh": "市发展改革委填报", "as_of": "2025-06-30", "grade": "B"}
REGISTERS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
    "limits",
)  # fmt: skip


def _site(name, **columns):
    return {"name_en": name, "land_use": "industrial land", **columns, **SOURCED}


def _industry(code, here, there, before, there_before):
    return {
        "code": code, "employment": here, "employment_reference": there,
        "employment_before": before, "employment_reference_before": there_before, "year": 2023,
        "year_before": 2018, "reference_area_en": "the province", "reference_area_zh": "全省",
        **SOURCED,
    }  # fmt: skip


def _role(role, group, fte):
    return {
        "role_en": role,
        "counts_towards": group,
        "headcount": 99,
        "available_fte": fte,
        **SOURCED,
    }


@pytest.fixture(scope="session")
def full(region, knowledge):
    """Sites, roles, two years of employment, an unexplained load, an estimate, a contract."""
    found = region(
        unexplained_load_mw=1.2,
        sites=[
            _site(
                "Hall 1", former_use="mining", former_load_mw=40, grid_mva=50, voltage_kv=110,
                hall_m2=9000, road_km=9, port_km=600, water_m3_day=120, cooling_en="air",
                equipment_en="sold abroad", load_not_mining_evidence_en="hourly load curves",
            ),
            _site("Shed 2", former_use="other", grid_mva=10, hall_m2=4000, road_km=45, port_km=600),
            _site("Yard 3", former_use="warehouse", hall_m2=9000),
        ],
        industry=[
            _industry("C13", 12_000, 2_000_000, 11_000, 1_900_000),
            _industry("C38", 9_000, 4_000_000, 10_000, 3_700_000),
            _industry("A01", 99, 50_000, 80, 51_000),
        ],
        workforce=[
            _role("Developer", "developers", 60),
            _role("Operator", "operations", 10),
            _role("Electrician", "technicians", 20),
            _role("Electrical technician (former mine)", "none", 12),
            _role("Site security (former mine)", "none", 10),
            _role("High-voltage electrician (former mine)", "none", None),
        ],
        estimates=[
            {"use": "R05", "jobs": 90, "capex": 55, "annual_value_added": 12.5, **SOURCED},
        ],
        measures=[{"criterion": "carbon_intensity", "value": 0.3, **SOURCED}],
    )  # fmt: skip
    return assess(found, knowledge, AS_OF, draws=300)


@pytest.fixture(scope="session")
def lacking(full):
    """The same region, were its projects to take 15 operators: five more than there are."""
    found = match_skills(
        full.region, full.knowledge, full.readiness, full.programme.uses, {"ops_fte": 15.0}
    )
    return replace(full, skills=found)


@pytest.fixture(scope="session")
def bare(region, knowledge):
    """A region of which only the name is known."""
    empty = {register: [] for register in REGISTERS}
    figures = dict.fromkeys(
        ("population", "gdp", "fiscal_revenue", "renewable_share", "in_national_hub",
         "plan_from", "plan_until")
    )  # fmt: skip
    found = region(jurisdiction="KZ", admin_code="550000000", currency="KZT", **figures, **empty)
    return assess(found, knowledge, AS_OF, draws=300)


@pytest.fixture(params=["en", "zh-CN"])
def voice(request, texts, knowledge):
    return Voice(texts, request.param, knowledge)


@pytest.fixture
def english(texts, knowledge):
    return Voice(texts, "en", knowledge)


@pytest.fixture(scope="session")
def as_one(dear):
    """Qingdao with halls dear, were both waves planned as one to bring far more power, over the limit of money.

    A computing hall stands for the archive, store and factory units are smaller, and a platform is
    left out whose people others reach.
    """
    city = dear["qingdao"]
    own = city.programme
    base = of_both(own)
    smaller = {"R05": 0.5, "R06": 0.8}
    first = [
        Placement(one.use_id, one.place, smaller.get(one.use_id, one.size))
        for one in own.first.projects
    ]
    second = [
        Placement("R01" if one.use_id == "R07" else one.use_id, one.place, one.size)
        for one in own.second.projects
        if one.use_id != "U01"
    ]
    value = own.first.value + own.second.value
    both = Together(
        tuple(first), tuple(second), 1.5 * value, 0.5 * value,
        {**base, "jobs": base["jobs"] - 249, "power": 7.5}, own.first.effects,
        own.first.capital + own.second.capital + 12, 488.0,
    )  # fmt: skip
    found = replace(city, programme=replace(own, together=both))
    return replace(found, choices=tuple(choices_between(found)))
