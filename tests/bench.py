"""Processor time, as ratios in one run: `make bench`.

Each figure is the best of several fresh processes, beside a base measured in the same run: what
else a machine does meanwhile counts less in processor time, and in the ratio least. The targets are
those of the form's page (§6); nothing fails, the numbers are for a person.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""As a planner has it: what Python compiles in a first run it does not compile again."""
BRIEFS = (sys.executable, "-m", "generator.cli")
QINGDAO = str(ROOT / "inputs" / "regions" / "qingdao.xlsx")
TAIL = ["Statistics office", "2025-06-30", "B"]
CSV_BASE = """
import csv, sys
from pathlib import Path
for path in Path(sys.argv[1]).glob("*.csv"):
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
"""
OPENPYXL_BASE = """
import sys
from openpyxl import load_workbook
for sheet in load_workbook(sys.argv[1], read_only=True).worksheets:
    for _ in sheet.iter_rows(values_only=True):
        pass
"""
KNOWLEDGE = """
import sys, time
from pathlib import Path
from generator.intake import load_knowledge
start = time.process_time()
load_knowledge(Path(sys.argv[1]) / "catalogue", Path(sys.argv[1]) / "rules")
print(time.process_time() - start)
"""
PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def spent() -> float:
    """Seconds of processor time that the children have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best(command: tuple[str, ...], runs: int = 5) -> float:
    """Seconds of processor time of the cheapest of several cold runs."""
    seconds = []
    for _ in range(runs):
        start = spent()
        subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
        seconds.append(spent() - start)
    return min(seconds)


def told(script: str, *arguments: str, runs: int = 5) -> float:
    """The least number that several runs of a script print."""
    command = (sys.executable, "-c", script, *arguments)
    outputs = [
        subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
        for _ in range(runs)
    ]
    return min(float(one.stdout) for one in outputs)


def peak(command: tuple[str, ...]) -> tuple[int, float]:
    """The exit code of a command and the most megabytes it held at once."""
    done = subprocess.run((sys.executable, "-c", PEAK, *command), check=True, capture_output=True)
    code, megabytes = done.stdout.split()
    return int(code), float(megabytes)


def tables(regions: int, rows: int) -> dict[str, list[list[object]]]:
    """Region, Power and Workforce with so many rows in all, without a fault."""
    codes = [f"r{number:04d}" for number in range(regions)]
    each = (rows - regions) // (2 * regions)
    return {
        "region": [
            ["region", "name_en", "jurisdiction", "admin_code", "population", "currency",
             "source_en", "as_of", "grade"],
            *([code, f"Town {code}", "CN", "140400", 500_000, "CNY", *TAIL] for code in codes),
        ],
        "power": [
            ["region", "name_en", "kind", "voltage_kv", "capacity_mw", "spare_mw", "price",
             "status", "source_en", "as_of", "grade"],
            *(
                [code, f"Point {number}", "connection point", 110, 100 + number / 7,
                 50 + number / 9, 0.5, "existing", *TAIL]
                for code in codes
                for number in range(each)
            ),
        ],
        "workforce": [
            ["region", "role_en", "counts_towards", "headcount", "available_fte", "source_en",
             "as_of", "grade"],
            *(
                [code, f"Role {number}", "developers", 400 + number, 40 + number, *TAIL]
                for code in codes
                for number in range(each)
            ),
        ],
    }  # fmt: skip


def write_book(content: dict[str, list[list[object]]], path: Path) -> str:
    """The tables as sheets of a workbook."""
    book = Workbook(write_only=True)
    for name, rows in content.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return str(path)


def write_folder(content: dict[str, list[list[object]]], path: Path) -> str:
    """The tables as CSV files of a folder."""
    path.mkdir()
    for name, rows in content.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return str(path)


def print_large(name: str, path: str, base: float, target: str, runs: int = 3) -> None:
    """One line for the check of a generated input, with its memory; a word where it fails."""
    command = (*BRIEFS, "check", path)
    code, megabytes = peak(command)
    if code:
        print(f"{name:32} skipped: exit code {code}")
        return
    seconds = best(command, runs)
    print(f"{name:32} {seconds:6.3f} s  {seconds / base:5.1f} x its base  {megabytes:4.0f} MB"
          f"  (target {target})")  # fmt: skip


def main() -> None:
    """Print the table."""
    bare = best((sys.executable, "-c", "pass"))
    libraries = best((sys.executable, "-c", "import docxtpl, jinja2.sandbox, numpy, openpyxl"))
    with tempfile.TemporaryDirectory() as out:
        # Without the flag all but the first run would find everything built.
        command = (*BRIEFS, "build", QINGDAO, "--force", "--as-of", "2026-11-28", "--out", out)
        city, (_, megabytes) = best(command, 3), peak(command)
    rows = (
        ("bare interpreter", bare, bare),
        ("briefs --help", best((*BRIEFS, "--help")), bare),
        ("import of the libraries", libraries, libraries),
        ("the catalogue and the rules", told(KNOWLEDGE, str(ROOT / "inputs")), libraries),
        ("briefs check, one city", best((*BRIEFS, "check", QINGDAO)), libraries),
        ("briefs build, one city, cold", city, libraries),
    )
    for name, seconds, base in rows:
        print(f"{name:32} {seconds:6.3f} s  {seconds / base:5.1f} x its base")
    print(f"{'the same, memory':32} {megabytes:4.0f} MB  (target 3.0 s, 280 MB)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = write_book(tables(4, 200), folder / "small.xlsx")
        print_large("check, 200 rows, cold", small, bare, "0.4 s", 5)
        content = tables(1000, 100_000)
        book = write_book(content, folder / "large.xlsx")
        files = write_folder(content, folder / "large")
        in_openpyxl = best((sys.executable, "-c", OPENPYXL_BASE, book), 1)
        in_csv = best((sys.executable, "-c", CSV_BASE, files), 3)
        print(f"{'openpyxl pass, 100,000 rows':32} {in_openpyxl:6.3f} s    1.0 x its base")
        print_large("check, 100,000 rows, .xlsx", book, in_openpyxl, "12 s, 300 MB", 2)
        print(f"{'csv.reader pass, 100,000 rows':32} {in_csv:6.3f} s    1.0 x its base")
        print_large("check, 100,000 rows, CSV", files, in_csv, "3 s, 300 MB")


if __name__ == "__main__":
    main()
