"""Templates that would cost too much end with a fault at its place, checked or filled, Word or mail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile.strange_cost import MEGABYTES, SPENT, UNKNOWN, UNREAD

HERE = Path(__file__).parent
SECONDS = 30
"""Of processor time for each of the three: what the system ends ends the test."""


FEW = {
    "joined by a plus", "a list in a list", "a power of powers", "digits of a rounding",
    "a macro that calls itself twice", "loops that print", "printed over and over",
    "reaching for a class", "formatted by a method", "compared over and over",
}  # fmt: skip
"""One of each kind; the others take minutes."""
BURNS = {"compared over and over", "sorted over and over", "capitals over and over"}
"""Templates that make nothing and keep nothing."""


def tried(*groups):
    """The names of templates, most of them only for whoever has the time."""
    return [
        name
        if name in FEW or name in UNKNOWN or name in UNREAD
        else pytest.param(name, marks=pytest.mark.exhaustive("spends a whole budget three times"))
        for group in groups
        for name in group
    ]


@pytest.fixture(scope="module")
def results(request):
    """What came of each template in a process with little memory and time."""
    every = request.config.getoption("--exhaustive")
    names = [*SPENT, *UNKNOWN, *UNREAD] if every else [*FEW, *UNKNOWN, *UNREAD]
    done = subprocess.run(
        [sys.executable, HERE / "strange_cost.py", str(SECONDS), *names],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(HERE.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(map(json.loads, done.stdout.splitlines()))


@pytest.mark.parametrize("name", tried(SPENT))
def test_what_is_too_much_is_one_fault_at_its_place(results, name):
    found = results[name]
    ((*filled, cause),) = found["fill"]
    assert filled == ["TP-145", "document", "P2"]
    # What grows is stopped for growing; only what merely burns time may be stopped by the clock.
    assert cause != "time" or name in BURNS
    # Where a name alone gives it away, the check says so before anything is filled.
    ((code, *place, _),) = {tuple(one) for one in found["check"]}
    assert code in {"TP-145", "TP-102"}
    assert place == ["document", "P2"]
    ((code, _, line, _),) = {tuple(one) for one in found["mail"]}
    assert code in {"TP-145", "TP-102"}
    assert line == "L2"


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_filter_that_is_not_on_the_list_is_none(results, name):
    found = results[name]
    assert [one[:3] for one in found["check"]] == [["TP-114", "document", "P2"]]
    assert [one[0] for one in found["fill"]] == ["TP-101"]
    assert [(one[0], one[2]) for one in found["mail"]] == [("TP-114", "L2")]


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_a_fault_of_its_tag(results, name):
    found = results[name]
    assert [one[:3] for one in found["check"]] == [["TP-113", "document", "P2"]]
    assert [one[0] for one in found["fill"]] == ["TP-101"]
    assert [(one[0], one[2]) for one in found["mail"]] == [("TP-113", "L2")]


@pytest.mark.parametrize("name", tried(SPENT, UNKNOWN, UNREAD))
def test_no_template_takes_more_memory_than_a_run_may(results, name):
    assert "ended" not in results[name]
    assert results[name]["megabytes"] <= MEGABYTES / 1.5
