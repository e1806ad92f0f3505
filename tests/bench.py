"""Speed as ratios in one run: `make bench`.

Each figure is the best of several fresh processes, beside a base measured in the same run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BRIEFS = (sys.executable, "-m", "generator.cli")
QINGDAO = str(ROOT / "inputs" / "regions" / "qingdao.xlsx")


def best(command: tuple[str, ...], runs: int = 5) -> float:
    """Seconds of the fastest of several cold runs."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Print the table."""
    bare = best((sys.executable, "-c", "pass"))
    libraries = best((sys.executable, "-c", "import docxtpl, jinja2.sandbox, numpy, openpyxl"))
    with tempfile.TemporaryDirectory() as out:
        city = best((*BRIEFS, "build", QINGDAO, "--as-of", "2026-11-21", "--out", out), 3)
    rows = (
        ("bare interpreter", bare, bare),
        ("briefs --help", best((*BRIEFS, "--help")), bare),
        ("import of the libraries", libraries, libraries),
        ("briefs check, one city", best((*BRIEFS, "check", QINGDAO)), libraries),
        ("briefs build, one city, cold", city, libraries),
    )
    for name, seconds, base in rows:
        print(f"{name:32} {seconds:6.3f} s  {seconds / base:5.1f} x its base")


if __name__ == "__main__":
    main()
