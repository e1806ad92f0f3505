"""Faults planted at known cells of 100,000 rows: every one is found, none twice, in one run."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

MEGABYTES = 300
READ = """
import json, re, resource, sys
from pathlib import Path
from generator.intake import load_knowledge, read_submission
root = Path(sys.argv[2])
known = load_knowledge(root / "inputs" / "catalogue", root / "inputs" / "rules")
found = read_submission([Path(sys.argv[1])], known, is_check=True)
status = Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
most = int(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
print(json.dumps([most, [(one.code, one.origin.sheet or one.origin.file.removesuffix(".csv"),
                          one.origin.cell) for one in found.problems]]))
"""


@pytest.fixture
def check(tmp_path, root, unmeasured):
    """`check("tables")`: what was planted, and the (code, sheet, cell) of every message."""

    def run(what):
        planting = Path(__file__).with_name("planting.py")
        subprocess.run([sys.executable, str(planting), what, str(tmp_path)], check=True)
        told = json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))
        path = tmp_path / "input"
        path = next(path.glob("*.xlsx"), path)
        done = subprocess.run(
            [sys.executable, "-c", READ, str(path), str(root)],
            capture_output=True, text=True, check=True, env=unmeasured,
        )  # fmt: skip
        megabytes, found = json.loads(done.stdout)
        assert megabytes < MEGABYTES
        return told, [tuple(one) for one in found]

    return run


def assert_found(told, found):
    expected = {(sheet, cell): (code, kind) for sheet, cell, code, kind in told["faults"]}
    shown = Counter((sheet, cell) for _, sheet, cell in found)
    assert [(*fault, *place) for place, fault in expected.items() if place not in shown] == []
    assert [one for one in found if one[1:] not in expected] == []
    assert [(place, expected[place]) for place, count in shown.items() if count > 1] == []
    other = [(one[0], *expected[one[1:]]) for one in found if expected[one[1:]][0] != one[0]]
    assert other == []
    assert len(found) == len(expected) == 4000
    assert told["rows"] >= 100_000
    planted = Counter(kind for _, kind in expected.values())
    assert min(planted[kind] for kind in told["kinds"]) >= 3
    assert len(planted) >= 40


@pytest.mark.exhaustive("writes and reads 100,000 rows")
def test_every_planted_fault_of_a_workbook_is_found_once(check):
    assert_found(*check("workbook"))


@pytest.mark.exhaustive("writes and reads 100,000 rows")
def test_every_planted_fault_of_a_folder_of_tables_is_found_once(check):
    assert_found(*check("tables"))
