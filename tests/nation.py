"""Made-up nations for tests and benchmarks: `python tests/nation.py OUT --regions 300 --as csv`.

A region is one of the sample cities or one of the places in `places.py`, changed by a seed: larger
or smaller, dearer or cheaper, with rows and cells missing and partners signed or not. The same seed
and number give the same region in a nation of any size. Nothing in it is a fact about any place.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import sys
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "inputs/source")]

import places  # noqa: E402 - stands beside this script
from build_samples import CITIES, records  # noqa: E402 - likewise

ABROAD = ("milam", "reeves", "washington", "ekibastuz", "karaganda", "lausitz", "leverkusen")
REGIONS = 4
"""Of the smallest nation, which the tests of batches build."""
ONE = ("--as-of", "2026-11-28", "--lang", "en", "--draws", 100)
BRIEF = (*ONE, "--document", "leadership-brief")
PROVINCES = (
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65,
)  # fmt: skip
"""First two digits of the administrative codes of China."""
SIZES = {
    "population", "gdp", "fiscal_revenue", "port_throughput", "capacity_mw", "spare_mw",
    "it_load_mw_total", "it_load_mw_free", "racks_total", "racks_free", "headcount",
    "available_fte", "backbone_gbps", "employment", "employment_before", "employment_reference",
    "employment_reference_before", "former_load_mw", "grid_mva", "hall_m2", "water_m3_day", "amount",
}  # fmt: skip
"""Grow and shrink with the region: those of one row together, so that no part outgrows its whole."""
RATES = {"price", "peak_valley_spread", "latency_ms", "road_km", "port_km", "saidi_minutes"}
WHOLE = {"racks_total", "racks_free", "population"}
NEEDED = {
    "region", "power", "industry", "limits", "weights", "recipients", "claims", "basis_documents",
}  # fmt: skip
"""Sheets whose rows all stay."""
TAIL = {"source_en": "made-up value", "source_zh": "虚构数值", "as_of": "2026", "grade": "D"}
SOURCED = {
    "region", "power", "data_centres", "workforce", "connectivity", "industry", "institutions",
    "sites", "steps", "limits", "basis_documents",
}  # fmt: skip
OBJECTIVES = ("B02", "B09", "B10")
Rows = dict[str, list[dict[str, object]]]


def region(number: int, seed: int = 1) -> Rows:
    """The rows of one region by sheet and column key."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - a seed, no secret
    code = f"r{number:05d}"
    is_chinese = chance.random() < 0.6
    name = chance.choice(list(CITIES) if is_chinese else ABROAD)
    base = _base(name)
    size = chance.lognormvariate(0, 0.5)
    named = {str(row.get("applies_to")) for row in base.get("steps", ())}
    made: Rows = {}
    for sheet, listed in base.items():
        kept = [
            row
            for row in listed
            if sheet in NEEDED or named & {str(row.get("name_en")), str(row.get("role_en"))}
            or chance.random() < 0.85
        ]  # fmt: skip
        made[sheet] = [_changed(row, sheet, code, size, chance) for row in kept]
    (own,) = made["region"]
    own |= {"name_en": f"Region {number}", "name_zh": f"第{number}地区"}
    own |= {"contact_email": f"planning.{code}@example.org"}
    if is_chinese:
        own["admin_code"] = f"{chance.choice(PROVINCES)}{chance.randint(1, 29):02d}00"
    _add(made, code, chance)
    return made


@cache
def _base(name: str) -> Rows:
    """The rows that a region is made from."""
    return records(name) if name in CITIES else places.rows(name)


def _changed(
    row: dict[str, object], sheet: str, code: str, size: float, chance: random.Random
) -> dict[str, object]:
    """One row as it might stand in another region."""
    factor = size * chance.lognormvariate(0, 0.3)
    if sheet == "power":  # a line of its voltage carries no more
        factor = min(factor, 1.0)
    rate = chance.uniform(0.8, 1.25)
    made = dict(row, region=code)
    if sheet in SOURCED:
        made = TAIL | made
    for key, value in row.items():
        plain = key.removesuffix("_low").removesuffix("_high")
        if not isinstance(value, int | float) or plain not in SIZES | RATES:
            continue
        changed = float(f"{value * (factor if plain in SIZES else rate):.4g}")
        made[key] = round(changed) if plain in WHOLE or plain.startswith("employment") else changed
    if sheet == "institutions":
        made["status"] = chance.choice(("signed", "signed", "intent", "talks", "none"))
        if made["status"] != "signed":
            made = {key: value for key, value in made.items() if key != "signed_on"}
    if sheet == "recipients":
        made["email"] = f"{chance.randrange(10**6)}.{code}@example.org"
    if sheet not in {"region", "limits", "steps", "weights"} and chance.random() < 0.1:
        blank = chance.choice([key for key in made if key in SIZES | RATES] or [""])
        made = {key: value for key, value in made.items() if not blank or not key.startswith(blank)}
    return made


def _add(made: Rows, code: str, chance: random.Random) -> None:
    """The sheets that the places leave empty."""
    made["weights"] = [
        {"region": code, "stakeholder_en": who, "stakeholder_zh": words, "benefit": key, "weight": points}
        for who, words in (("Finance side", "财政部门"), ("Industry side", "产业部门"))
        for first in [chance.randint(10, 60)]
        for key, points in zip(OBJECTIVES, (first, 30, 70 - first), strict=True)
    ]  # fmt: skip
    if "recipients" not in made:
        made["recipients"] = [
            {"region": code, "name_en": "Planning office", "name_zh": "规划工作组",
             "email": f"office.{code}@example.org", "language": "en",
             "documents": "leadership-brief;planning-brief"},
        ]  # fmt: skip
    made.setdefault("basis_documents", []).append(
        {"region": code, "title_en": "Plan of the region (made up)", "title_zh": "本地区规划（虚构）",
         "number": f"No. {chance.randint(1, 99)}", "issuer_en": "Planning office",
         "issuer_zh": "规划工作组", "issued_on": date(2025, chance.randint(1, 12), 1), **TAIL}
    )  # fmt: skip
    use = chance.choice(("U01", "U03", "U04", "U08", "U10"))
    made.setdefault("estimates", []).append(
        {"region": code, "use": use, "jobs": chance.randint(5, 60), "payback_years": 6, **TAIL}
    )
    made.setdefault("measures", []).append(
        {"region": code, "criterion": "backbone_latency_ms", "value": chance.randint(5, 40), **TAIL}
    )


def nation(regions: int, seed: int = 1) -> Rows:
    """All rows of a nation by sheet."""
    made: Rows = {}
    for number in range(1, regions + 1):
        for sheet, listed in region(number, seed).items():
            made.setdefault(sheet, []).extend(listed)
    return made


def columns(rows: list[dict[str, object]]) -> list[str]:
    """Every column that some row has."""
    return list(dict.fromkeys(key for row in rows for key in row))


def write_csv(made: Rows, folder: Path) -> Path:
    """A folder with a CSV file a sheet."""
    folder.mkdir(parents=True)
    for sheet, rows in made.items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns(rows), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_parquet(made: Rows, folder: Path) -> Path:
    """A folder with a Parquet file a sheet."""
    import pandas as pd  # noqa: PLC0415 - half a second that CSV spares

    folder.mkdir(parents=True)
    for sheet, rows in made.items():
        pd.DataFrame(rows, columns=columns(rows)).to_parquet(folder / f"{sheet}.parquet")
    return folder


def write_books(regions: int, folder: Path, seed: int = 1) -> Path:
    """A folder with a workbook a region."""
    folder.mkdir(parents=True)
    for number in range(1, regions + 1):
        book = Workbook(write_only=True)
        for sheet, rows in region(number, seed).items():
            page, heads = book.create_sheet(sheet), columns(rows)
            page.append(heads)
            for row in rows:
                page.append([row.get(head) for head in heads])
        book.save(folder / f"r{number:05d}.xlsx")
    return folder


def main() -> None:
    """Write one nation."""
    parser = argparse.ArgumentParser(description="Write a made-up nation.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--regions", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as", dest="kind", choices=("csv", "parquet", "books"), default="csv")
    chosen = parser.parse_args()
    if chosen.kind == "books":
        write_books(chosen.regions, chosen.out, chosen.seed)
    elif chosen.kind == "parquet":
        write_parquet(nation(chosen.regions, chosen.seed), chosen.out)
    else:
        write_csv(nation(chosen.regions, chosen.seed), chosen.out)


def digests(folder):
    """SHA-256 of every file of a build by its path, what other runs have left included."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


if __name__ == "__main__":
    main()
