"""Reads workbooks one after another and tells what came of each: the child of the hostile tests.

A path a line comes in, a line of JSON goes out. The argument is how many seconds of processor time
one workbook may take before the system ends the process. Whatever the reader opens for writing,
connects to or starts is told as well.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import os
import re
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path

from msgspec import Struct

from generator.intake import load_knowledge, read_submission
from generator.model import Fact, Label

ROOT = Path(__file__).parents[2]
WATCHED = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn",
           "os.fork", "os.mkdir", "os.remove", "os.rename", "shutil.", "ctypes.dlopen")  # fmt: skip
touched: list[str] = []


def watch(event, arguments):
    """Note what leaves the process."""
    is_written = event == "open" and bool(
        (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    if is_written or event.startswith(WATCHED):
        touched.append(f"{event} {arguments[:1]}")


def plain(value):
    """A value as JSON holds it."""
    if isinstance(value, Fact):
        return value.value
    if isinstance(value, Label):
        return " | ".join(text for _, text in value.texts)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | None) else str(value)


def flat(region):
    """A region as path to value: `power.0.spare_mw`, `region.population`."""
    found = {f"region.{key}": plain(fact) for key, fact in region.figures.items()}
    for name in region.__struct_fields__:
        value = getattr(region, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Struct):
            for number, record in enumerate(value):
                for column in record.__struct_fields__:
                    found[f"{name}.{number}.{column}"] = plain(getattr(record, column))
        elif name not in {"figures", "origin"} and not isinstance(value, tuple):
            found[f"region.{name}"] = plain(value)
    return found


def megabytes():
    """The most memory this process has held; `ru_maxrss` alone may be that of its parent."""
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def answer(path, knowledge):
    """What came of one workbook."""
    touched.clear()
    fault, found = "", None
    # Processor time: what else a machine does meanwhile is not the program's doing.
    start = time.process_time()
    try:
        found = read_submission([path], knowledge)
    except BaseException:  # noqa: BLE001 - whatever it is, it is the finding
        fault = traceback.format_exc(limit=-8)
    seconds = time.process_time() - start
    return {
        "seconds": seconds,
        "megabytes": megabytes(),
        "traceback": fault,
        "touched": touched[:10],
        "regions": [flat(region) for region in found.regions] if found else [],
        "problems": [
            (one.code, one.severity, str(one.origin)) for one in (found.problems if found else ())
        ],
        "conversions": [
            (one.rule, one.found, one.value) for one in (found.conversions if found else ())
        ],
    }


def main():
    """Answer until the parent closes the line."""
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    seconds = int(sys.argv[1])
    knowledge = load_knowledge(ROOT / "inputs" / "catalogue", ROOT / "inputs" / "rules")
    out = os.fdopen(os.dup(1), "w")
    with tempfile.TemporaryFile() as printed:
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
        out.write("ready\n")
        out.flush()
        sys.addaudithook(watch)
        for line in sys.stdin:
            spent = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (spent + 1 + seconds, resource.RLIM_INFINITY))
            told = answer(Path(line.rstrip("\n")), knowledge)
            with contextlib.suppress(ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            printed.seek(0)
            told["printed"] = printed.read().decode(errors="replace")
            printed.seek(0)
            printed.truncate()
            out.write(json.dumps(told) + "\n")
            out.flush()
            gc.collect()


if __name__ == "__main__":
    main()
