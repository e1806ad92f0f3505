"""Small builders: knowledge, texts, workbooks from Markdown tables, a complete small region."""

import os
import re
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.intake import load_knowledge, load_texts, read_submission
from generator.intake.columns import FORM_BY_KEY
from generator.problems import errors

ROOT = Path(__file__).parents[1]
SOURCE = {"source_zh": "市发展改革委填报", "source_en": "", "as_of": "2025-06-30", "grade": "B"}

SMALL = {
    "region": [
        {
            "region": "lucheng",
            "name_en": "Lucheng",
            "name_zh": "潞城",
            "jurisdiction": "CN",
            "admin_code": "140400",
            "population": 3_000_000,
            "gdp": 240,
            "fiscal_revenue": 25,
            "renewable_share": 34,
            "in_national_hub": 0,
            "currency": "CNY",
            "prepared_by_zh": "市发展改革委",
            "contact_email": "plan@example.org",
            "plan_from": date(2027, 1, 1),
            "plan_until": date(2030, 12, 31),
            "handling": "internal",
            **SOURCE,
        }
    ],
    "power": [
        {
            "name_zh": "一号变电站",
            "kind": "connection point",
            "voltage_kv": 110,
            "capacity_mw": 100,
            "spare_mw": 60,
            "price": 0.56,
            "peak_valley_spread": 0.5,
            "status": "existing",
            **SOURCE,
        },
        {
            "name_zh": "二号变电站",
            "kind": "connection point",
            "voltage_kv": 220,
            "capacity_mw": 200,
            "spare_mw": 40,
            "price": 0.5,
            "peak_valley_spread": 0.4,
            "status": "existing",
            **SOURCE,
        },
    ],
    "data_centres": [
        {
            "name_zh": "云计算中心",
            "it_load_mw_total": 12,
            "it_load_mw_free": 4,
            "racks_total": 3000,
            "racks_free": 800,
            "tier": 3,
            "availability": 99.98,
            "pue": 1.35,
            **SOURCE,
        }
    ],
    "workforce": [
        {
            "role_zh": role,
            "counts_towards": group,
            "headcount": 4 * fte,
            "available_fte": fte,
            **SOURCE,
        }
        for role, group, fte in (
            ("软件开发", "developers", 60),
            ("机房运维", "operations", 25),
            ("电工", "technicians", 120),
        )
    ],
    "connectivity": [
        {
            "name_zh": "省会方向",
            "carriers": 3,
            "backbone_gbps": 400,
            "latency_ms": 8,
            "to_zh": "省会",
            **SOURCE,
        }
    ],
    "industry": [
        {
            "code": code,
            "employment": here,
            "employment_reference": there,
            "reference_area_zh": "全国",
            "year": 2023,
            **SOURCE,
            "classification": "gbt4754",
        }
        for code, here, there in (("C13", 12_000, 2_000_000), ("C38", 9_000, 4_000_000))
    ],
    "institutions": [
        {
            "name_zh": "供电公司",
            "type": "power company",
            "use": "U01",
            "status": "signed",
            "signed_on": date(2025, 5, 6),
            **SOURCE,
        }
    ],
    "sites": [
        {
            "name_zh": "原一号机房",
            "former_use": "mining",
            "closed_on": date(2021, 9, 30),
            "land_use": "industrial land",
            "grid_mva": 40,
            "voltage_kv": 110,
            "hall_m2": 9000,
            "road_km": 6,
            "port_km": 300,
            "water_m3_day": 500,
            **SOURCE,
        }
    ],
    "limits": [{"resource": "grid_mw", "amount": 80, **SOURCE}],
}


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def knowledge():
    """The shipped catalogue and rules."""
    return load_knowledge(ROOT / "inputs" / "catalogue", ROOT / "inputs" / "rules")


@pytest.fixture(scope="session")
def texts():
    """The shipped text table."""
    return load_texts(ROOT / "templates" / "strings.csv")


@pytest.fixture(scope="session")
def unmeasured():
    """The environment of a child whose time and memory count: coverage does not follow it there."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}


def markdown(table):
    """Rows of a Markdown table: bare numbers are numbers, "quoted" cells are text, blank is None.

    >>> markdown('''| Name | Spare MW |
    ...             | Hub  | "12"     |''')
    [['Name', 'Spare MW'], ['Hub', '12']]
    """
    rows = []
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
            rows.append([_typed(cell) for cell in cells])
    return rows


def _typed(cell):
    if cell.startswith('"') and cell.endswith('"') and len(cell) > 1:
        return cell[1:-1]
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell or None


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    """`workbook({"Power": markdown or rows}) -> path` of an .xlsx file."""

    def build(sheets, name="region.xlsx"):
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, content in sheets.items():
            page = book.create_sheet(title)
            for row in markdown(content) if isinstance(content, str) else content:
                page.append(row)
        path = tmp_path_factory.mktemp("workbook") / name
        book.save(path)
        return path

    return build


@pytest.fixture(scope="session")
def region_book(workbook):
    """`region_book(jurisdiction="KZ", power=[{...}]) -> path`: a complete small region workbook.

    Keywords that name a sheet replace its rows (records by column key, `region` filled in); all
    others are columns of the Region sheet. Without keywords: the whole of `SMALL`, in Chinese.
    """

    def build(*, language="zh-CN", name="region.xlsx", **changes):
        rows = deepcopy(SMALL)
        own = rows["region"][0]
        for key, value in changes.items():
            if key in FORM_BY_KEY and key != "region":
                rows[key] = value
            else:
                own[key] = value
        sheets = {}
        for key, records in rows.items():
            if records:
                filled = [{"region": own["region"], **record} for record in records]
                used = dict.fromkeys(part for record in filled for part in record)
                headers = {
                    part.key: part.header(language)
                    for column in FORM_BY_KEY[key].columns
                    for part in column.expanded()
                }
                body = [[record.get(part) for part in used] for record in filled]
                sheets[FORM_BY_KEY[key].name(language)] = [[headers[part] for part in used], *body]
        return workbook(sheets, name)

    return build


@pytest.fixture(scope="session")
def region(region_book, knowledge):
    """`region(jurisdiction="KZ", power=[{...}]) -> Region`, read from `region_book` without error."""

    def build(**changes):
        found = read_submission([region_book(**changes)], knowledge)
        assert errors(found.problems) == ()
        (only,) = found.regions
        return only

    return build
