"""The sheets that planners fill: their words stand in the text table, as `words` finds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.intake.columns.column import Column, Kind, Sheet, worded


def _number(key: str, unit: str, low: float = 0, high: float | None = None, **more: Any) -> Column:
    return replace(Column(key, Kind.NUMBER, unit=unit, low=low, high=high), **more)


def _text(key: str, **more: Any) -> Column:
    """Typed text that documents print, in one language or both."""
    return replace(Column(key, bilingual=True, printed=True), **more)


def _choice(key: str, choices: str, **more: Any) -> Column:
    return replace(Column(key, Kind.CHOICE, choices=choices), **more)


def _date(key: str, **more: Any) -> Column:
    return replace(Column(key, Kind.DATE, example="2025-06-30"), **more)


_REGION = Column("region", refers_to="region", required=True)
_SOURCE = Column("source", bilingual=True, printed=True)
_TAIL = (
    _SOURCE,
    Column("as_of", Kind.PERIOD, example="2025-06-30"),
    Column("grade", Kind.CHOICE, choices="grade", example="B"),
    Column("note"),
)
_EXPECTED = frozenset({
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
})  # fmt: skip
"""The registers that criteria are rolled up from."""
_FIGURES = (
    _number("population", "persons", high=2e9),
    _number("gdp", "bn", high=1e6),
    _number("fiscal_revenue", "bn", high=1e6),
    _number("renewable_share", "%", high=100, kind=Kind.PERCENT, uncertain=True, ranged_since=2),
    _number("grid_factor", "kgCO2/kWh", high=2),
    Column("in_national_hub", Kind.FLAG, unit="0/1", example="0", jurisdictions=("CN",)),
    _number("saidi_minutes", "minutes", high=525600),
    _number("mean_temperature_c", "°C", low=-40, high=45),
    _number("free_cooling_hours", "hours", high=8784),
    _number("port_throughput", "million t", high=1e5),
    _number("unexplained_load_mw", "MW", high=1e5),
    _number("capacity_payment", "currency/kW/year", high=1e6, since=2),
)
_SHEETS = (
    Sheet(
        "region",
        (
            Column("region", required=True, unique=True, example="qingdao"),
            _text("name", required=True, example="Qingdao"),
            Column("jurisdiction", refers_to="jurisdictions", required=True, example="CN"),
            Column("admin_code", required=True, example="370200"),
            *_FIGURES,
            Column("currency", required=True, example="CNY"),
            _number("cny_per_unit", "CNY", low=1e-6, high=1e4, not_in=("CN",)),
            _date("rate_on", not_in=("CN",)),
            Column("rate_source", not_in=("CN",)),
            _text("prepared_by"),
            Column("contact_email", Kind.EMAIL),
            _date("plan_from"),
            _date("plan_until"),
            _choice("handling", "handling", example="internal"),
        ),
        required=True,
        unique=("region",),
    ),
    Sheet(
        "power",
        (
            _text("name", required=True),
            _choice("kind", "power_kind", required=True),
            _number("voltage_kv", "kV", high=1200),
            _number("capacity_mw", "MW", high=1e5),
            _number("spare_mw", "MW", high=1e5, uncertain=True, example="12"),
            _number("price", "currency/kWh", high=1e4, uncertain=True, example="0.56"),
            _number("peak_valley_spread", "currency/kWh", high=1e4, uncertain=True),
            _choice("status", "asset_status", required=True),
            Column("latitude", Kind.NUMBER, unit="°", low=-90, high=90),
            Column("longitude", Kind.NUMBER, unit="°", low=-180, high=180),
        ),
        unique=("region", "name"),
    ),
    Sheet(
        "data_centres",
        (
            _text("name", required=True),
            _number("it_load_mw_total", "MW", high=1e4),
            _number("it_load_mw_free", "MW", high=1e4, uncertain=True),
            _number("racks_total", "count", high=1e6),
            _number("racks_free", "count", high=1e6, uncertain=True),
            Column("tier", Kind.INTEGER, unit="level 1-4", low=1, high=4),
            _choice("gb50174_grade", "gb50174_grade", jurisdictions=("CN",)),
            _number(
                "availability",
                "%",
                low=50,
                high=100,
                kind=Kind.PERCENT,
                uncertain=True,
                example="99.982",
            ),
            _number("pue", "ratio", low=1, high=5, uncertain=True),
        ),
        unique=("region", "name"),
    ),
    Sheet(
        "workforce",
        (
            _text("role", required=True),
            _choice("counts_towards", "counts_towards", required=True),
            _number("headcount", "persons", high=1e8),
            _number("available_fte", "FTE", high=1e7, uncertain=True),
        ),
        unique=("region", "role", "counts_towards"),
    ),
    Sheet(
        "connectivity",
        (
            _text("name", required=True),
            Column("carriers", Kind.INTEGER, unit="count", low=0, high=1000),
            _number("backbone_gbps", "Gbit/s", high=1e7, uncertain=True),
            _number("latency_ms", "ms", high=1e4, uncertain=True),
            _text("to"),
        ),
        unique=("region", "name"),
    ),
    Sheet(
        "industry",
        (
            Column("code", required=True, example="C13"),
            _text("name"),
            _number("employment", "persons", high=1e9, uncertain=True, ranged_since=2),
            _number("employment_reference", "persons", high=2e9, uncertain=True, ranged_since=2),
            _number("employment_before", "persons", high=1e9),
            _number("employment_reference_before", "persons", high=2e9),
            _text("reference_area"),
            Column("year", Kind.INTEGER, unit="year", low=1950, high=2100),
            Column("year_before", Kind.INTEGER, unit="year", low=1950, high=2100),
            _choice("classification", "classification"),
        ),
        unique=("region", "code"),
    ),
    Sheet(
        "institutions",
        (
            _text("name", required=True),
            _choice("type", "institution_type", required=True),
            Column("use", refers_to="uses", required=True),
            _choice("status", "signature_status", required=True),
            _date("signed_on"),
            _text("document"),
        ),
        unique=("region", "name", "use"),
    ),
    Sheet(
        "sites",
        (
            _text("name", required=True),
            _choice("former_use", "former_use", required=True),
            _date("closed_on"),
            _number("former_load_mw", "MW", high=1e5),
            _text("owner"),
            _choice("land_use", "land_use"),
            _date("land_right_until"),
            _number("grid_mva", "MVA", high=1e5, uncertain=True),
            _number("voltage_kv", "kV", high=1200),
            _number("hall_m2", "m2", high=1e8, uncertain=True),
            _text("cooling"),
            _text("building_state"),
            _text("equipment"),
            _number("road_km", "km", high=2e4),
            _number("port_km", "km", high=2e4),
            _number("water_m3_day", "m3/day", high=1e8, uncertain=True),
            _text("load_not_mining_evidence"),
            _text("clearance_document"),
            Column("latitude", Kind.NUMBER, unit="°", low=-90, high=90),
            Column("longitude", Kind.NUMBER, unit="°", low=-180, high=180),
        ),
        unique=("region", "name"),
    ),
    Sheet(
        "measures",
        (
            Column("criterion", refers_to="measures", required=True),
            Column("value", Kind.NUMBER, required=True, uncertain=True, typed_by="criterion"),
            Column("unit", Kind.TEXT),
        ),
        unique=("region", "criterion"),
    ),
    Sheet(
        "steps",
        (
            _text("title", required=True),
            Column("criterion", refers_to="criteria", required=True),
            Column("applies_to", required=True),
            Column("change", Kind.NUMBER, required=True, uncertain=True, typed_by="criterion"),
            _number("cost", "m", high=1e7, uncertain=True),
            _number("months", "months", high=600, uncertain=True),
            _text("owner"),
            _choice("funding_source", "funds"),
        ),
        unique=("region", "title"),
    ),
    Sheet(
        "limits",
        (
            _choice("resource", "limit", required=True),
            Column(
                "amount",
                Kind.NUMBER,
                low=0,
                high=1e9,
                required=True,
                uncertain=True,
                ranged_since=2,
                is_ranged_by_grade=False,
                typed_by="resource",
            ),
            Column("unit", Kind.TEXT),
            _choice("source_of_funds", "funds"),
        ),
        unique=("region", "resource"),
    ),
    Sheet(
        "estimates",
        (
            Column("use", refers_to="uses", required=True),
            _number("capex", "m", high=1e7, uncertain=True),
            _number("jobs", "FTE", high=1e7, uncertain=True),
            _number("payback_years", "years", high=200, uncertain=True),
            _number("annual_value_added", "m", low=-1e7, high=1e7, uncertain=True),
        ),
        unique=("region", "use"),
    ),
    Sheet(
        "weights",
        (
            _text("stakeholder", required=True),
            Column("benefit", refers_to="benefits", required=True),
            _number("weight", "points", high=100, required=True),
        ),
        unique=("region", "stakeholder", "benefit"),
    ),
    Sheet(
        "claims",
        (
            _text("text", required=True),
            _SOURCE,
            Column("activity", refers_to="activities", required=True),
        ),
    ),
    Sheet(
        "basis_documents",
        (
            _text("title", required=True),
            Column("number", since=2),
            _text("issuer", since=2),
            _date("issued_on", low=1949, high=2100, since=2),
            _text("asks", since=2),
        ),
        unique=("region", "title"),
    ),
    Sheet(
        "recipients",
        (
            _text("name", required=True, printed=False, kind=Kind.LINE),
            Column("email", Kind.EMAIL, required=True),
            _choice("language", "language", required=True),
            Column("documents", Kind.CODES, choices="document", required=True),
        ),
        unique=("region", "email"),
    ),
)


def _framed(sheet: Sheet) -> Sheet:
    """The sheet with the region column in front and source, date, grade and note behind, and words."""
    body = sheet.columns if sheet.key == "region" else (_REGION, *sheet.columns)
    tail = _TAIL if sheet.key not in {"claims", "recipients", "weights"} else (_TAIL[-1],)
    return worded(replace(sheet, columns=(*body, *tail), is_expected=sheet.key in _EXPECTED))


FORM = tuple(_framed(sheet) for sheet in _SHEETS)
FORM_BY_KEY = {sheet.key: sheet for sheet in FORM}
REGION_FIGURES = tuple(
    column for column in FORM[0].columns if column.key in {one.key for one in _FIGURES}
)
"""Single numbers of a region; a Measures row may carry each with its own source and grade."""
