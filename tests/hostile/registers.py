"""Registers of many regions as planners fill them: right, plausible, and of 100,000 rows."""

import random

chance = random.Random(4000)  # noqa: S311 - a reproducible choice
PLACES = {
    # jurisdiction: (currency, CNY per unit, GDP in billions, price, latitude, longitude)
    "CN": ("CNY", None, 60, 0.5, 25, 105),
    "KZ": ("KZT", 0.0145, 6000, 25, 44, 60),
    "DE": ("EUR", 7.8, 40, 0.2, 48, 8),
    "US-TX": ("USD", 7.1, 50, 0.08, 28, -102),
    "FR": ("EUR", 7.8, 40, 0.15, 44, 0),
    "SE": ("SEK", 0.7, 400, 0.9, 58, 13),
}
REGIONS = {f"r{n:03d}": place for n, place in enumerate([*PLACES] * 20)}
ALONE = {f"alone{n:02d}": "DE" for n in range(40)}
SIZES = {
    "power": 262, "data_centres": 120, "workforce": 100, "connectivity": 100, "sites": 100,
    "institutions": 60, "steps": 50, "claims": 15, "recipients": 12,
}  # fmt: skip
INDUSTRIES = {
    "CN": {
        "C14": "Food manufacturing", "C17": "Textiles", "D44": "Electricity and heat supply",
        "F51": "Wholesale", "G54": "Road transport", "I63": "Telecommunications",
        "I65": "Software and information technology services", "P83": "Education",
    },
    "US-TX": {
        "311": "Food manufacturing", "517": "Telecommunications", "531": "Real estate",
        "518": "Computing infrastructure providers, data processing, web hosting",
        "611": "Educational services", "622": "Hospitals", "721": "Accommodation",
    },
    "": {
        "10": "Manufacture of food products", "13": "Manufacture of textiles",
        "55": "Accommodation", "61": "Telecommunications", "68": "Real estate activities",
        "62": "Computer programming, consultancy and related activities", "85": "Education",
    },
}  # fmt: skip
TAIL = {"source_en": "Statistics office", "as_of": "2025-06-30", "grade": "B"}


def between(low, high, digits=0):
    """Numbers within a factor of two of each other: no row is the sum of others by chance."""
    value = round(low + (high - low) * chance.random(), digits)
    return value if digits else int(value)


def clean_region(code, place):
    currency, rate, gdp, *_ = PLACES[place]
    row = {
        "region": code, "name_en": f"Town {code}", "jurisdiction": place, "admin_code": "140400",
        "population": between(900_000, 1_100_000), "gdp": gdp, "fiscal_revenue": gdp / 10,
        "renewable_share": between(20, 60), "grid_factor": 0.5, "saidi_minutes": 60,
        "in_national_hub": 1 if place == "CN" else None, "port_throughput": 25,
        "currency": currency, "cny_per_unit": rate, "rate_on": None, "rate_source": None,
        "contact_email": f"plan@{code}.example.org", "plan_from": "2026-01-01",
        "plan_until": "2030-12-31", **TAIL,
    }  # fmt: skip
    return row if rate is None else {**row, "rate_on": "2026-06-30", "rate_source": "Central bank"}


def named(name, code, n):
    return {"region": code, "name_en": f"{name} {n}"}


def spot(place, n):
    south, west = PLACES[place][4:]
    return {"latitude": round(south + n * 0.02, 4), "longitude": round(west + n % 7 * 0.02, 4)}


def power(code, place, n):
    is_point = n % 3
    return {
        **named("Power", code, n), "kind": "connection point" if is_point else ("coal", "wind", "solar")[n % 9 // 3],
        "voltage_kv": 110, "capacity_mw": between(80, 149),
        "spare_mw": between(30, 50) if is_point else None, "spare_mw_low": None,
        "spare_mw_high": None, "price": round(PLACES[place][3] * between(0.9, 1.2, 3), 4),
        "peak_valley_spread": round(PLACES[place][3] * 0.4, 4),
        "status": ("existing", "building", "planned")[n % 4 % 3], **spot(place, n), **TAIL, "note": None,
    }  # fmt: skip


def data_centres(code, place, n):
    load = between(20, 39)
    return {
        **named("Data Centres", code, n), "it_load_mw_total": load, "it_load_mw_free": between(5, 9.9, 1),
        "racks_total": load * 125, "racks_free": between(300, 590), "tier": 3,
        "gb50174_grade": "A" if place == "CN" else None, "availability": 99.98,
        "availability_low": None, "availability_high": None, "pue": between(1.2, 1.6, 2),
        **TAIL,
    }  # fmt: skip


def workforce(code, _, n):
    return {
        "region": code, "role_en": f"Role {n}", "counts_towards": "developers",
        "headcount": between(150, 290), "available_fte": between(40, 79), **TAIL,
    }  # fmt: skip


def connectivity(code, _, n):
    return {
        **named("Connectivity", code, n), "carriers": 3, "backbone_gbps": between(400, 790), "latency_ms": between(5, 20),
        "latency_ms_low": None, "latency_ms_high": None, "to_en": "Frankfurt", **TAIL,
    }  # fmt: skip


def sites(code, place, n):
    return {
        **named("Sites", code, n), "former_use": "mining", "closed_on": "2021-09-24",
        "former_load_mw": between(20, 39), "owner_en": "City", "land_use": "industrial land",
        "land_right_until": "2060-01-01", "grid_mva": between(40, 79), "voltage_kv": 35,
        "hall_m2": between(9000, 17_000), "road_km": between(3, 30), "water_m3_day": 500,
        **spot(place, n), **TAIL, "note": None,
    }  # fmt: skip


def institutions(code, _, n):
    # Uses that every legal order knows: of others the checker says so.
    use = ("U01", "U02", "U03", "U04", "U06", "U08", "U09")[n % 7]
    return {
        **named("Institutions", code, n), "type": "university", "use": use, "status": "signed",
        "signed_on": "2025-03-01", "document_en": f"Memorandum {n}", **TAIL,
    }  # fmt: skip


def steps(code, _, n):
    return {
        "region": code, "title_en": f"Step {n}", "criterion": "spare_grid_mw",
        "applies_to": "Power 1", "change": between(5, 9), "cost": between(20, 39),
        "months": between(12, 23), "owner_en": "City", "funding_source": "business", **TAIL,
    }  # fmt: skip


def claims(code, _, n):
    return {
        "region": code, "text_en": f"It is said of hall {n} that it may reopen.",
        "source_en": "A prospectus", "activity": "cold_storage",
    }  # fmt: skip


def recipients(code, _, n):
    return {
        "region": code, "name_en": f"Office {n}", "email": f"office{n}@{code}.example.org",
        "language": "en", "documents": "annex",
    }  # fmt: skip


def small_rows(code, place):
    """The sheets of few rows."""
    names = INDUSTRIES.get(place) or INDUSTRIES[""]
    for industry, name in names.items():
        yield "industry", {
            "region": code, "code": industry, "name_en": name, "employment": between(20_000, 39_000),
            "employment_reference": between(200_000, 390_000), "year": 2024, **TAIL,
        }  # fmt: skip
    for criterion, value, unit in (
        ("free_cooling_hours", 4300, "hours"), ("mean_temperature_c", 12, "°C"),
    ):  # fmt: skip
        yield "measures", {
            "region": code, "criterion": criterion, "value": value, "unit": unit, **TAIL,
        }  # fmt: skip
    for resource, amount, unit in (
        ("grid_mw", 500, "MW"), ("it_load_mw", 40, "MW"), ("racks", 900, "racks"),
    ):  # fmt: skip
        yield "limits", {
            "region": code, "resource": resource, "amount": amount, "unit": unit, **TAIL,
        }  # fmt: skip
    for benefit, weight in (("B02", 40), ("B10", 60)):
        yield "weights", {
            "region": code, "stakeholder_en": "Council", "benefit": benefit, "weight": weight,
        }  # fmt: skip


REGISTERS = {
    one.__name__: one
    for one in (
        power,
        data_centres,
        workforce,
        connectivity,
        sites,
        institutions,
        steps,
        claims,
        recipients,
    )
}


def clean_rows():
    """Sheet to its rows, region after region."""
    chance.seed(4000)
    rows = {"region": [clean_region(*one) for one in (*REGIONS.items(), *ALONE.items())]}
    for code, place in REGIONS.items():
        for sheet, count in SIZES.items():
            own = rows.setdefault(sheet, [])
            own.extend(REGISTERS[sheet](code, place, n) for n in range(count))
        for sheet, row in small_rows(code, place):
            rows.setdefault(sheet, []).append(row)
    return rows
