"""Faults planted at known cells of 100,000 rows: every one is found, none twice, in one run."""

import csv
import json
import random
import subprocess
import sys

import pytest

REGIONS, POINTS, ROLES = 1000, 50, 50
FAULTS = 4000
TAIL = ("Bureau", "2025-06-30", "B")
HEADERS = {
    "Region": ["region", "name_en", "jurisdiction", "admin_code", "population", "currency",
               "source_en", "as_of", "grade"],
    "Power": ["region", "name_en", "kind", "voltage_kv", "capacity_mw", "spare_mw", "price",
              "status", "source_en", "as_of", "grade"],
    "Workforce": ["region", "role_en", "counts_towards", "headcount", "available_fte",
                  "source_en", "as_of", "grade"],
}  # fmt: skip
PLANTS = [
    # sheet, column, what is written there, the code it must come to
    ("Power", "F", "约30", "IN-204"),
    ("Power", "F", "3-5", "IN-204"),
    ("Power", "F", "n.v.t.", "IN-203"),
    ("Power", "F", "30 MWh", "IN-206"),
    ("Power", "F", -5, "IN-211"),
    ("Power", "F", 500, "IN-303"),
    ("Power", "G", "1.200,5", "IN-205"),
    ("Power", "G", 56, "IN-304"),
    ("Power", "C", "conection point", "IN-215"),
    ("Power", "H", None, "IN-201"),
    ("Power", "A", "atlantis", "IN-216"),
    ("Power", "J", "03/04/2025", "IN-213"),
    ("Power", "J", "last year", "IN-212"),
    ("Power", "B", None, "IN-202"),
    ("Workforce", "B", "Total", "IN-222"),
    ("Workforce", "C", None, "IN-201"),
    ("Workforce", "E", "1e400", "IN-203"),
    ("Workforce", "D", "12%", "IN-206"),
]
READ = """
import json, resource, sys
from pathlib import Path
from generator.intake import load_knowledge, read_submission
root = Path(sys.argv[2])
known = load_knowledge(root / "inputs" / "catalogue", root / "inputs" / "rules")
found = read_submission([Path(sys.argv[1])], known)
print(json.dumps([(one.code, one.origin.sheet or one.origin.file, one.origin.cell)
                  for one in found.problems]))
"""


def right_rows():
    """Sheet to rows of right values, headers first."""
    codes = [f"r{number:04d}" for number in range(REGIONS)]
    return {
        "Region": [HEADERS["Region"]]
        + [[code, f"Town {code}", "CN", "140400", 500_000, "CNY", *TAIL] for code in codes],
        "Power": [HEADERS["Power"]]
        + [
            [code, f"Point {n}", "connection point", 110, 100 + n, 50 + n, 0.5, "existing", *TAIL]
            for code in codes
            for n in range(POINTS)
        ],
        "Workforce": [HEADERS["Workforce"]]
        + [
            [code, f"Role {n}", "developers", 400 + n, 40 + n, *TAIL]
            for code in codes
            for n in range(ROLES)
        ],
    }


def planted():
    """The rows with their faults, and the set of (code, sheet, cell) that must be reported."""
    rows = right_rows()
    chance = random.Random(4000)  # noqa: S311 - a reproducible choice of rows
    spots = [(sheet, row) for sheet in ("Power", "Workforce") for row in range(2, 50_002)]
    chance.shuffle(spots)
    by_sheet = {name: [spot for spot in spots if spot[0] == name] for name in rows}
    expected = set()
    for number in range(FAULTS):
        sheet, column, content, code = PLANTS[number % len(PLANTS)]
        _, row = by_sheet[sheet].pop()
        rows[sheet][row - 1][ord(column) - 65] = content
        expected.add((code, sheet, f"{column}{row}"))
    return rows, expected


def as_workbook(package, rows):
    book = package()
    for name in list(book.sheets):
        book.drop(name)
    book.parts["xl/workbook.xml"] = book.parts["xl/workbook.xml"].split("<sheets>")[0]
    book.parts["xl/workbook.xml"] += "<sheets></sheets></workbook>"
    rels = book.parts["xl/_rels/workbook.xml.rels"]
    book.parts["xl/_rels/workbook.xml.rels"] = "".join(
        piece
        for piece in rels.split("<Relationship Id=")
        if "worksheet" not in piece.split("/>")[0]
    )
    book.write("xl/_rels/workbook.xml.rels", book.relations([("rId100", "styles", "styles.xml")]))
    book.sheets.clear()
    book.places.clear()
    for name, content in rows.items():
        book.sheet(name, content)
    return book.bytes()


def found_in(path, root):
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), str(root)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [tuple(one) for one in json.loads(done.stdout)]


def assert_found(found, expected):
    assert sorted(expected - set(found)) == []
    assert sorted(set(found) - expected) == []
    assert len(found) == len(expected)


@pytest.mark.slow("writes and reads 100,000 rows")
def test_every_planted_fault_of_a_workbook_is_found_once(package, tmp_path, root):
    rows, expected = planted()
    path = tmp_path / "large.xlsx"
    path.write_bytes(as_workbook(package, rows))
    assert_found(found_in(path, root), expected)


def test_every_planted_fault_of_a_folder_of_tables_is_found_once(tmp_path, root):
    rows, expected = planted()
    for name, content in rows.items():
        with (tmp_path / f"{name.lower()}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(content)
    told = {(code, f"{sheet.lower()}.csv", cell) for code, sheet, cell in expected}
    found = found_in(tmp_path, root)
    assert_found(found, told)
