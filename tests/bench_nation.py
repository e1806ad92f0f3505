"""Builds of made-up nations: `python tests/bench_nation.py [REGIONS …]`, part of `make bench`.

Leadership and planning brief in English on two processes; processor time a region, the most memory
of any process, wall time, how busy both cores were, and the same again with nothing changed. What
else the machine does meanwhile makes wall time longer and the cores look idle; processor time bears
it. Nothing fails, the numbers are for a person.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from nation import nation, write_csv

JOBS = 2
BUILD = ("build", "--as-of", "2026-11-28", "--lang", "en", "--document", "leadership-brief",
         "--document", "planning-brief", "--jobs", str(JOBS), "--quiet")  # fmt: skip
CHILD = """
import resource, subprocess, sys, time
began = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
wall, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)
"""


def measured(*arguments: str) -> tuple[int, float, float, float]:
    """Exit code, seconds of processor, seconds on the wall, megabytes of the largest process."""
    command = [sys.executable, "-c", CHILD, sys.executable, "-m", "generator.cli", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    code, processor, wall, memory = done.stdout.split()
    return int(code), float(processor), float(wall), float(memory)


def main(sizes: list[int]) -> None:
    """Print a line for each nation."""
    print(f"{'regions':>8} {'CPU s':>8} {'a region':>9} {'wall s':>7} {'busy':>5} {'MB':>5} "
          f"{'again: CPU s':>13} {'wall s':>7} {'MB':>5}")  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            tables = write_csv(nation(size), Path(name) / f"nation-{size}")
            run = (*BUILD, "--out", str(Path(name) / f"out-{size}"), str(tables))
            code, processor, wall, memory = measured(*run)
            if code:
                print(f"{size:8} exit code {code}")
                continue
            _, again, again_wall, again_memory = measured(*run)
            print(f"{size:8} {processor:8.1f} {processor / size:9.3f} {wall:7.1f} "
                  f"{processor / wall / JOBS:5.0%} {memory:5.0f} {again:13.1f} {again_wall:7.1f} "
                  f"{again_memory:5.0f}")  # fmt: skip


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [30, 300])
