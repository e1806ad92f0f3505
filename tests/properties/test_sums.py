"""What a first page prints adds up: rows to totals, what is left, plans side by side, idle power."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest

from generator.report import report

_NONE = "–"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"


def number(text):
    return 0.0 if text in {_NONE, "", "none"} else float(re.search(_NUMBER, text)[0].replace(",", ""))  # fmt: skip


def ends(text):
    """A range, or one number as both ends."""
    low, _, high = text.partition("–")
    return number(low), number(high or low)


def in_digits(amount, digits=3):
    """To so many significant digits, a half up."""
    step = 10.0 ** (math.floor(math.log10(amount)) - digits + 1)
    return math.floor(amount / step + 0.5 + 1e-6) * step


def texts_of(fields) -> Iterator[str]:
    if isinstance(fields, str):
        yield fields
    elif isinstance(fields, dict):
        for one in fields.values():
            yield from texts_of(one)
    elif isinstance(fields, list | tuple):
        for one in fields:
            yield from texts_of(one)


@pytest.fixture(scope="module")
def pages(everywhere, dear, knowledge, texts):
    """The fields of a first page by region, with its results; where halls are dear plans are chosen between."""
    named = everywhere | {f"dear {code}": found for code, found in dear.items()}
    return {
        code: (found, report(found, knowledge, texts, "en", with_annex=False).fields)
        for code, found in named.items()
    }


def waves_of(fields):
    """Each wave's row of the one table with the rows of its projects."""
    found = []
    for row in fields["top"]["projects"]:
        if row["variant"] == "wave":
            found.append((row, []))
        elif row["variant"] in {"", "later"}:
            found[-1][1].append(row)
    return found


def test_rows_add_up_to_the_totals_of_their_wave_and_to_the_tiles(pages):
    tried = set()
    for code, (found, fields) in pages.items():
        told = [one for one in (found.programme.first, found.programme.second) if one.projects]
        for wave, (total, rows) in zip(told, waves_of(fields), strict=True):
            if len(rows) < len(wave.projects):
                continue  # a long programme names them in a line
            for name in ("jobs", "power"):
                parts = math.fsum(number(row[name]) for row in rows)
                assert parts == pytest.approx(number(total[name]), abs=1e-9), (code, name)
                tried.add(name)
            if wave.has_platform or any(one.capital.value is None for one in wave.projects):
                continue
            for end in (0, 1):
                parts = math.fsum(ends(row["capital"])[end] for row in rows)
                whole = ends(total["capital"])[end]
                assert in_digits(parts) == pytest.approx(whole), (code, "capital")
                tried.add("capital")
        if not told:
            continue
        heads, (tiles, _) = fields["top"]["measures"], fields["top"]["tiles"]
        shown = dict(zip(heads, (cell["text"] for cell in tiles["measures"]), strict=True))
        total, _ = waves_of(fields)[0]
        # The head names the wave where two are told.
        jobs = "Full-time jobs, first wave" if len(told) > 1 else "Full-time jobs"
        assert number(shown.get(jobs, _NONE)) == number(total["jobs"]), code
        assert number(shown.get("Idle power used (MW)", _NONE)) == number(total["power"]), code
    assert tried == {"jobs", "power", "capital"}


def test_what_is_left_without_a_project_is_the_total_less_its_part(pages):
    tried = 0
    for code, (_, fields) in pages.items():
        for text in texts_of(fields):
            for part, whole, left in (
                *re.findall(rf"({_NUMBER}) of the ({_NUMBER}) jobs depend on .+?; without it ({_NUMBER}) ", text),
                *re.findall(rf"brings ({_NUMBER}) of the ({_NUMBER}) jobs .+?; without it, ({_NUMBER}) ", text),
            ):  # fmt: skip
                assert number(left) == number(whole) - number(part), (code, text)
                tried += 1
            for part, whole in re.findall(rf"({_NUMBER}) of ({_NUMBER}) jobs\)", text):
                rows = waves_of(fields)
                assert number(whole) == number(rows[0][0]["jobs"]), (code, text)
                assert number(part) in {number(row["jobs"]) for row in rows[0][1]}, (code, text)
    assert tried


def test_a_plan_differs_by_what_lies_between_the_printed_amounts(pages):
    tried = set()
    said = {
        "jobs": rf"({_NUMBER}) (more|fewer) full-time jobs",
        "power": rf"({_NUMBER}) MW (more|less) in use",
        "served": rf"({_NUMBER}) (more|fewer) staff of industries served",
        "capital": rf"({_NUMBER}) \w+ (more|less) capital",
    }
    for code, (_, fields) in pages.items():
        rows = {row["plan"]: row for row in fields["top"]["plans_all"]}
        told = re.findall(r"(?:Compared with A, )?([B-E]) has (.+?)\.(?= |$)", fields["top"]["plans_lines"])  # fmt: skip
        for letter, text in told:
            for name, pattern in said.items():
                gap = number(rows[letter][name]) - number(rows["A"][name])
                found = re.search(pattern, text)
                by = 0.0 if found is None else number(found[1]) * (1 if found[2] == "more" else -1)
                assert by == pytest.approx(gap, abs=1e-9), (code, letter, name, text)
                tried.add(name)
    assert tried == set(said)


_IDLE = re.compile(
    rf"Of ({_NUMBER}) MW idle, .+? would use ({_NUMBER}) MW on average, ({_NUMBER}) MW at peak; "
    rf"({_NUMBER}) MW stays unused"
)


def idle_told(fields):
    """Idle, used on average and at the peak, and left, as the box of a first page says."""
    for text in texts_of(fields["summary"]["box"]):
        found = _IDLE.search(text)
        assert (found is None) is ("stays unused" not in text), text
        if found is not None:
            yield [number(one) for one in found.groups()]


def test_the_idle_connection_is_told_in_parts_that_add_up(pages):
    """What stays unused is the limit less what all that is planned takes at its peak."""
    tried = 0
    for code, (results, fields) in pages.items():
        for idle, _, peak, left in idle_told(fields):
            grid, held = results.programme.idle_grid, results.idle.held
            assert idle == pytest.approx(grid.limit, abs=1e-9), code
            # A plan that may stand in its place takes no less than the programme counts for.
            assert held >= grid.first + grid.second - 1e-9, code
            assert idle - left == pytest.approx(held, abs=0.005 + 1e-9), code
            assert peak <= held + 0.005 + 1e-9, code
            tried += 1
    assert tried


def test_what_the_box_says_of_idle_power_is_what_the_table_adds_up_to(pages):
    tried = 0
    for code, (_, fields) in pages.items():
        for _, used, _, _ in idle_told(fields):
            drawn = math.fsum(number(total["power"]) for total, _ in waves_of(fields))
            assert drawn == pytest.approx(used, abs=1e-9), code
            tried += 1
    assert tried
