"""Regions outside China as their planners would fill the form; one is nearly empty, one has no rules.

All values are illustrative and graded D; names of bodies are generic. Codes are those of the place:
FIPS for counties, KATO, NUTS, NAICS subsectors, ISIC (NACE) divisions.
"""

from datetime import date
from typing import NamedTuple

TAIL = {"source_en": "illustrative value", "source_zh": "示例值", "as_of": "2026", "grade": "D"}
TWO_YEARS_AGO = "2024-11-28"
US = {
    "211": "Oil and gas extraction", "311": "Food manufacturing",
    "327": "Nonmetallic mineral product manufacturing", "331": "Primary metal manufacturing",
    "332": "Fabricated metal product manufacturing", "333": "Machinery manufacturing",
    "484": "Truck transportation", "493": "Warehousing and storage",
    "518": "Computing infrastructure providers, data processing, web hosting",
    "611": "Educational services", "622": "Hospitals", "2121": "Coal mining",
    "2211": "Electric power generation, transmission and distribution",
}  # fmt: skip
ISIC = {
    "01": "Crop and animal production", "05": "Mining of coal and lignite",
    "10": "Manufacture of food products", "20": "Manufacture of chemicals",
    "24": "Manufacture of basic metals", "25": "Manufacture of fabricated metal products",
    "28": "Manufacture of machinery", "35": "Electricity, gas, steam and air conditioning supply",
    "49": "Land transport", "52": "Warehousing and support activities for transportation",
    "62": "Computer programming, consultancy and related activities", "85": "Education",
    "86": "Human health activities",
}  # fmt: skip
BODIES = {
    "U01": ("Food processor", "anchor_industry", "signed"),
    "U03": ("Regional bank", "bank", "talks"),
    "U04": ("Vocational college", "college", "talks"),
    "U06": ("Power supply company", "power_company", "signed"),
    "U08": ("Land registry", "registry", "talks"),
    "U10": ("Machinery maker", "anchor_industry", "signed"),
    "U12": ("Vocational college", "college", "signed"),
    "U19": ("Warehouse operator", "warehouse_operator", "signed"),
    "U22": ("Metal works", "anchor_industry", "talks"),
    "R04": ("Power supply company", "power_company", "signed"),
    "R06": ("Industrial park operator", "park_committee", "signed"),
    "R08": ("Power supply company", "power_company", "signed"),
    "R09": ("Power supply company", "power_company", "talks"),
    "R13": ("Truck fleet", "fleet_operator", "signed"),
}
"""Use to the body that would join it, its type and whether it has signed; the same everywhere."""


class Place(NamedTuple):
    """What tells one region from another; amounts of money in its own currency."""

    name_en: str
    name_zh: str
    jurisdiction: str
    admin_code: str
    currency: str
    cny_per_unit: float | None
    price: float
    spread: float
    capital: float
    population: int
    gdp: float
    site: str
    as_of: str = "2026-11-28"
    bodies: tuple[tuple[str, tuple[str, str, str]], ...] = ()
    port: float = 0
    """Million tonnes a year through ports and customs terminals."""


PLACES = {
    "milam": Place(
        "Milam County", "米拉姆县", "US-TX", "48331", "USD", None, 0.052, 0.06, 25, 25_000, 1.1,
        "Former smelter and bitcoin hall",
        bodies=(("R03", ("Chemical works", "anchor_industry", "talks")),),
    ),
    "reeves": Place(
        "Reeves County", "里夫斯县", "US-TX", "48389", "USD", 7.1, 0.048, 0.05, 30, 15_000, 3.2,
        "Former mining hall (bitcoin)", TWO_YEARS_AGO,
    ),
    "washington": Place(
        "Washington County", "华盛顿县（佐治亚州）", "US-GA", "13303", "USD", None, 0.061, 0.04, 18,
        20_000, 0.9, "Former mining hall (bitcoin)",
        bodies=(("U02", ("Freight terminal", "port_group", "talks")),),
    ),
    "ekibastuz": Place(
        "Ekibastuz", "埃基巴斯图兹", "KZ", "552200000", "KZT", 0.0135, 22, 6, 9_000, 145_000, 900,
        "Former mining hall (bitcoin)",
        bodies=(
            ("R11", ("Coal mine", "coal_mine", "talks")),
            ("R14", ("District-heating company", "heat_company", "signed")),
            ("R15", ("Data-labelling firm", "anchor_industry", "signed")),
        ),
    ),
    "karaganda": Place(
        "Karaganda", "卡拉干达", "KZ", "351000000", "KZT", 0.0135, 26, 7, 12_000, 500_000, 2_300,
        "Former mining hall (bitcoin)", TWO_YEARS_AGO,
        (
            ("R11", ("Coal mine", "coal_mine", "signed")),
            ("U24", ("Farmers association", "association", "talks")),
        ),
    ),
    "lausitz": Place(
        "Spree-Neiße", "施普雷-尼斯县", "DE", "DE40G", "EUR", None, 0.17, 0.06, 22, 112_000, 3.9,
        "Former bitcoin hall at the power station",
        bodies=(
            ("R14", ("District-heating company", "heat_company", "signed")),
            ("U20", ("Municipal data company", "data_group", "talks")),
            ("U24", ("Growers association", "association", "signed")),
        ),
    ),
    "leverkusen": Place(
        "Leverkusen", "勒沃库森", "DE", "DEA24", "EUR", 7.8, 0.19, 0.07, 40, 164_000, 8.1,
        "Former mining hall (bitcoin)", TWO_YEARS_AGO,
        (("R03", ("Chemical park", "anchor_industry", "signed")),),
    ),
    "iceland": Place(
        "Reykjanesbær", "雷克雅内斯拜尔", "IS", "2000", "ISK", 0.055, 9, 2, 3_000, 22_000, 180,
        "Former mining hall (bitcoin)", port=0.6,
    ),
}  # fmt: skip
EMPTY = "rudny"
"""A region with little more than a name: see `rows`."""


def rows(code):
    """The rows of a place by sheet and column key, as `write_form` takes them."""
    if code == EMPTY:
        row = {
            "region": code, "name_en": "Rudny", "name_zh": "鲁德内", "jurisdiction": "KZ",
            "admin_code": "392400000", "currency": "KZT",
        }  # fmt: skip
        return {"region": [row]}
    place = PLACES[code]
    codes = US if place.jurisdiction.startswith("US") else ISIC
    sheets = {
        "region": [_region(code, place)],
        "power": [
            _point("Substation 1", 110, 120, 45, place.price, place.spread),
            _point("Substation 2, former mining site", 110, 63, 30, place.price * 1.1, place.spread),
        ],
        "data_centres": [
            {
                "name_en": "Data hall 1", "it_load_mw_total": 3, "it_load_mw_free": 0.8,
                "racks_total": 300, "racks_free": 90, "tier": 3, "availability": 99.95, "pue": 1.4,
            },
        ],
        "workforce": [
            {"role_en": role, "counts_towards": group, "headcount": 6 * free, "available_fte": free}
            for role, group, free in (
                ("Software developer", "developers", 12),
                ("Data-hall technician", "operations", 16),
                ("Electrician", "technicians", 90),
                ("Electrician (former mining site)", "technicians", 30),
            )
        ],
        "connectivity": [
            {"name_en": "Fibre ring", "carriers": 3, "backbone_gbps": 200, "latency_ms": 14,
             "to_en": "nearest exchange"},
        ],
        "industry": [
            {
                "code": key, "name_en": name, "employment": 120 + 70 * n,
                "employment_reference": 900_000 - 40_000 * n,
                "employment_before": 130 + 60 * n, "employment_reference_before": 880_000 - 41_000 * n,
                "reference_area_en": "the country", "year": 2024, "year_before": 2019,
            }
            for n, (key, name) in enumerate(codes.items())
        ],
        "institutions": [
            {"name_en": name, "type": kind, "use": use, "status": status}
            for use, (name, kind, status) in {**BODIES, **dict(place.bodies)}.items()
        ],
        "sites": [
            {
                "name_en": place.site, "former_use": "mining", "closed_on": date(2024, 6, 30),
                "former_load_mw": 24, "land_use": "industrial land", "grid_mva": 30,
                "voltage_kv": 110, "hall_m2": 7_000, "cooling_en": "air, fan wall", "road_km": 7,
                "port_km": 300, "water_m3_day": 150,
                "load_not_mining_evidence_en": "12 months of hourly load curves",
            },
            {
                "name_en": "Closed workshop", "former_use": "industry", "land_use": "industrial land",
                "grid_mva": 10, "voltage_kv": 35, "hall_m2": 12_000, "road_km": 5, "port_km": 290,
                "water_m3_day": 200,
            },
        ],
        "steps": [
            {
                "title_en": "Training class", "criterion": "dev_fte",
                "applies_to": "Software developer", "change": 6, "cost": place.capital / 50,
                "months": 9, "owner_en": "college", "funding_source": "public",
            },
        ],
        "limits": [
            {"resource": "capex", "amount": place.capital, "source_of_funds": "mixed"},
            {"resource": "grid_mw", "amount": 50},
            {"resource": "it_load_mw", "amount": 2},
            {"resource": "dev_fte", "amount": 14},
            {"resource": "technician_fte", "amount": 90},
        ],
        "claims": [
            {
                "text_en": "Mining will come back once power is cheap.", "activity": "pow_mining",
                "source_en": "web article",
            },
        ],
    }  # fmt: skip
    return {
        key: [{"region": code, **row, **({} if key == "claims" else TAIL)} for row in listed]
        for key, listed in sheets.items()
    }


def _region(code, place):
    row = {
        "region": code, "name_en": place.name_en, "name_zh": place.name_zh,
        "jurisdiction": place.jurisdiction, "admin_code": place.admin_code,
        "population": place.population, "gdp": place.gdp, "fiscal_revenue": place.gdp / 12,
        "renewable_share": 35, "port_throughput": place.port, "grid_factor": 0.4, "saidi_minutes": 110, "currency": place.currency,
        "prepared_by_en": "Planning office", "prepared_by_zh": "规划工作组",
        "contact_email": "plan@example.org", "plan_from": date(2027, 1, 1),
        "plan_until": date(2029, 12, 31), "handling": "internal",
    }  # fmt: skip
    if place.cny_per_unit:
        row |= {
            "cny_per_unit": place.cny_per_unit, "rate_on": date(2026, 6, 30),
            "rate_source": "illustrative",
        }  # fmt: skip
    return row


def _point(name, voltage, capacity, spare, price, spread):
    return {
        "name_en": name, "kind": "connection point", "voltage_kv": voltage,
        "capacity_mw": capacity, "spare_mw": spare, "price": round(price, 4),
        "peak_valley_spread": spread, "status": "existing",
    }  # fmt: skip
