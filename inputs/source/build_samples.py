"""Makes the sample workbooks of inputs/regions from the tables beside this script.

What was published (power plants; the figures of `city_statistics.csv` marked `use_first`) carries
its source and grade and takes the place of an illustrative value; so do the plans and policies of
`basis_documents.csv`. All others come from the illustrative tables, are graded D and say so in their
source cells. Institutions are examples and no real body is meant. Running it twice gives the same bytes:
`python inputs/source/build_samples.py [--check]`.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from generator.intake import load_knowledge, load_texts, write_form
from generator.intake.columns import FORM_BY_KEY, Kind
from generator.shipped import data_root

HERE = Path(__file__).parent
CITIES = {"changzhi": "140400", "qingdao": "370200", "heze": "371700"}
ILLUSTRATIVE = {
    "source_en": "illustrative value, to be replaced by the region",
    "source_zh": "示例值，请由地区替换",
    "grade": "D",
}
FUELS = {"Coal": "coal", "Gas": "gas", "Hydro": "hydro", "Wind": "wind", "Solar": "solar"}
RENAMED = {"use_id": "use", "gb4754": "code"}
DROPPED = {"isic"}
PUBLISHED = {
    "population": "population",
    "gdp": "gdp",
    "fiscal_revenue": "fiscal_revenue",
    "annual_mean_temperature": "mean_temperature_c",
}
"""Indicator of `city_statistics.csv` to the figure of a region that it gives."""
SPANS = {"degC (13.5-14)": (13.5, 14)}
"""A unit that gives the range of the published value, to its low and high."""
CENSUS = (
    "China census city panel (MIT), {year} census",
    "中国城市人口普查面板数据（MIT许可），{year}年人口普查",
)
REPORT = ("published report", "公开报道")
STANDS = {
    "mean_temperature_c": "a yearly mean changes little; no newer one was found 年均值变化小，未查到更近年份数据"
}
"""Why an old figure stands."""
NAME_NOTES = {
    "given by the reviewer of wording": "",
    "descriptive": "",
    "unknown: leave in Latin letters": "Chinese name unknown 中文名称不详",
    "from general knowledge, needs check": "Chinese name not checked 中文名称待核实",
}
"""What the note of a plant says of its Chinese name, by the status of the name."""

Rows = list[dict[str, Any]]


def table(name: str) -> pd.DataFrame:
    """A table of the data folder as text, nothing turned into a missing value."""
    return pd.read_csv(HERE / "data" / name, dtype=str, keep_default_na=False)


def typed(sheet: str, key: str, text: str) -> Any:
    """The value as a planner would type it: a number in a number column, text elsewhere."""
    column = next((one for one in FORM_BY_KEY[sheet].physical if one.key == key), None)
    if column is not None and column.kind is Kind.DATE and text != "":
        return date.fromisoformat(text)
    if column is not None and (column.kind.is_number or column.kind is Kind.FLAG) and text != "":
        number = float(text)
        return int(number) if number.is_integer() else number
    return text


def records(city: str) -> dict[str, Rows]:
    """The long illustrative table of a city as one row per record and sheet."""
    sheets: dict[str, Rows] = defaultdict(list)
    for (sheet, _), group in table(f"illustrative_{city}.csv").groupby(
        ["sheet", "record"], sort=False
    ):
        columns = {column.key: column for column in FORM_BY_KEY[str(sheet)].columns}
        row: dict[str, Any] = {"region": city}
        for item in group.to_dict("records"):
            field = RENAMED.get(str(item["field"]), str(item["field"]))
            if field not in DROPPED and field != "region":
                put(row, str(sheet), field, item, columns)
        sheets[str(sheet)].append(row)
    return sheets


def put(
    row: dict[str, Any], sheet: str, field: str, item: dict[Any, Any], columns: dict[str, Any]
) -> None:
    """One long-table item into its columns: languages apart, low and high beside the value."""
    column = columns.get(field)
    if column is not None and column.bilingual:
        row[f"{field}_en"] = item["value"]
        row[f"{field}_zh"] = item["value_zh"]
        return
    row[field] = typed(sheet, field, item["value"])
    if column is not None and column.uncertain and item["low"] != "":
        row[f"{field}_low"] = typed(sheet, field, item["low"])
        row[f"{field}_high"] = typed(sheet, field, item["high"])


def plants(city: str) -> Rows:
    """Real plants inside the city's limits, with source and licence.

    The database has English names; a Chinese one that nobody has checked says so in the note.
    """
    found = table(f"power_{city}.csv")
    chinese = {row["gppd_idnr"]: row for row in table("power_names.csv").to_dict("records")}
    return [
        {
            "region": city,
            "name_en": " ".join(row["name"].split()),
            "name_zh": chinese[row["gppd_idnr"]]["name_zh"],
            "kind": FUELS.get(row["primary_fuel"], "other"),
            "capacity_mw": typed("power", "capacity_mw", row["capacity_mw"]),
            "status": "existing",
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
            "source_en": "Global Power Plant Database 1.3.0 (CC BY 4.0)",
            "source_zh": "全球电厂数据库1.3.0版（CC BY 4.0）",
            "as_of": "2021-06-02",
            "grade": "B",
            "note": "; ".join(
                filter(None, (row["quality_note"], NAME_NOTES[chinese[row["gppd_idnr"]]["status"]]))
            ),
        }
        for row in found[found["in_admin_boundary"] == "yes"].to_dict("records")
    ]


def statistics(city: str) -> Rows:
    """The published figures of a city as Measures rows, each with its own source, year and grade.

    Of several years the latest counts; `use_first` leaves out what a better source has replaced.
    """
    found = table("city_statistics.csv")
    found = found[(found["place_code"] == CITIES[city]) & (found["use_first"] == "yes")]
    rows = []
    for indicator, figure in PUBLISHED.items():
        items = found[found["indicator"] == indicator].sort_values("year")
        if items.empty:
            continue
        item = items.iloc[-1]
        value = typed("region", figure, item["value"])
        low, high = SPANS.get(item["unit"], (value, value))
        source_en, source_zh = sources({str(key): str(value) for key, value in item.items()})
        rows.append(
            {
                "region": city,
                "criterion": figure,
                "value": value,
                "value_low": low,
                "value_high": high,
                "source_en": source_en,
                "source_zh": source_zh,
                "as_of": item["year"],
                "grade": item["grade"] or "B",
                "note": STANDS.get(figure, ""),
            }
        )
    return rows


def sources(item: dict[str, str]) -> tuple[str, str]:
    """What the source cells say of a published figure: the page, and what its note says of it."""
    if item["source"].startswith("leiii/census"):
        english, chinese = CENSUS
        return english.format(year=item["year"]), chinese.format(year=item["year"])
    page = item["source"].split(" ")[0]
    english = "; ".join(filter(None, (f"{REPORT[0]}: {page}", item["note_en"])))
    return english, "；".join(filter(None, (f"{REPORT[1]}：{page}", item["note_zh"])))


def region(city: str, row: dict[str, Any]) -> tuple[dict[str, Any], Rows]:
    """The Region row, and the figures that leave it for Measures because their source differs."""
    published = statistics(city)
    hub = {
        "region": city,
        "criterion": "in_national_hub",
        "value": row["in_national_hub"],
        "source_en": "province not among the eight national hubs (reports on the approvals, rule "
        "CN-DC-01); to be confirmed in writing by the provincial commission",
        "source_zh": "本省不在8个国家枢纽节点之列（据批复报道，见规则库CN-DC-01），"
        "须由省发展改革委书面确认",
        "as_of": "2022-02-17",
        "grade": "B",
    }
    measures = [*published, hub]
    elsewhere = {one["criterion"] for one in measures}
    own = {key: value for key, value in row.items() if key not in elsewhere}
    return {**own, **ILLUSTRATIVE}, measures


def basis_documents(city: str) -> Rows:
    """Plans and policies of the city and its province, as the pages named there give them.

    What a page does not give, such as a number, stays blank.
    """
    found = table("basis_documents.csv")
    return [
        {
            "region": city,
            **{str(key): row[key] for key in row if key not in {"city", "issued_on", "source"}},
            "issued_on": typed("basis_documents", "issued_on", row["issued_on"]),
            "source_en": f"{REPORT[0]}: {row['source']}",
            "source_zh": f"{REPORT[1]}：{row['source']}",
            "as_of": row["issued_on"],
        }
        for row in found[found["city"] == city].to_dict("records")
    ]


def sample(city: str) -> dict[str, Rows]:
    """All rows of a sample workbook by sheet key."""
    sheets = records(city)
    for key, rows in sheets.items():
        for row in rows:
            row["region"] = city
            if key not in {"claims", "recipients", "weights", "region"}:
                row.update(ILLUSTRATIVE)
            if row.get("applies_to") == CITIES[city]:
                row["applies_to"] = city
    sheets["region"][0], measures = region(city, sheets["region"][0])
    sheets["measures"] = [*measures, *sheets.get("measures", [])]
    sheets["power"] += plants(city)
    sheets["basis_documents"] = basis_documents(city)
    return sheets


def main() -> int:
    """Write the workbooks, or with --check compare them with the committed ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    root = data_root()
    knowledge = load_knowledge(root / "inputs/catalogue", root / "inputs/rules")
    texts = load_texts(root / "templates/strings.csv")
    stale = []
    for city in CITIES:
        content = write_form(knowledge, texts, "en", sample(city), "CN")
        path = HERE.parent / "regions" / f"{city}.xlsx"
        if is_check and (not path.exists() or path.read_bytes() != content):
            stale.append(path.name)
        elif not is_check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    if stale:
        print("not up to date: " + ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
