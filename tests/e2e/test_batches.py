"""Many regions: on several cores, again with little changed, stopped half-way, two runs at once."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import nation
import pytest
from nation import BRIEF, REGIONS, digests

COLOUR = r"\x1b\[[39]\d"
"""What a terminal is told to change the colour of what follows."""


@pytest.fixture
def out(built, tmp_path):
    """A copy of it with the times of its files."""
    return Path(shutil.copytree(built, tmp_path / "out"))


def made_anew(before, folder):
    """The files below a region that were written since, by their path."""
    return {
        name for name, mark in marks(folder).items() if mark != before.get(name) and "/" in name
    }


def marks(folder):
    """What a rename changes of a file, even if its bytes are the same."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def command(books, out, *options):
    return [sys.executable, "-m", "generator.cli", "build", str(books), "--out", str(out),
            *map(str, (*BRIEF, *options))]  # fmt: skip


def interruptible():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def started(tmp_path, root):
    """`started(books, out, "--jobs", 2)`: a build in a group of processes of its own."""
    begun = []

    def start(books, out, *options):
        environment = {key: value for key, value in os.environ.items() if "BRIEFS_" not in key}
        process = subprocess.Popen(
            command(books, out, *options),
            cwd=tmp_path, env={**environment, "PYTHONPATH": str(root)}, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            # A shell in the background has its children ignore interrupts.
            preexec_fn=interruptible if os.name == "posix" else None,  # noqa: PLW1509 - no thread runs here
        )  # fmt: skip
        begun.append(process)
        return process

    yield start
    for process in begun:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


# --- the same bytes -------------------------------------------------------------------------------


def test_two_processes_write_the_same_bytes_as_one(books, built, process, tmp_path):
    done = process("build", books, *BRIEF, "--jobs", 2, "--out", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "two") == digests(built)


def test_a_region_alone_has_the_bytes_it_has_among_others(books, built, briefs, tmp_path):
    briefs("build", books / "r00003.xlsx", *BRIEF, "--out", tmp_path)
    assert digests(tmp_path / "r00003") == digests(built / "r00003")


def test_tables_of_text_and_of_parquet_make_the_same_documents(briefs, tmp_path):
    rows = nation.nation(2)
    nation.write_csv(rows, tmp_path / "csv")
    nation.write_parquet(rows, tmp_path / "parquet")
    for kind in ("csv", "parquet"):
        done = briefs("build", tmp_path / kind, *BRIEF, "--out", tmp_path / f"out-{kind}")
        assert done.returncode == 0, done.stderr
    found = [json.loads((tmp_path / f"out-{kind}/r00002/results.json").read_bytes())
             for kind in ("csv", "parquet")]  # fmt: skip
    assert found[0]["programme"]["first"]["effects"] == found[1]["programme"]["first"]["effects"]
    assert found[0]["versions"] == found[1]["versions"]


# --- what has not changed -------------------------------------------------------------------------


def test_with_nothing_changed_no_file_is_touched(books, out, briefs):
    before = marks(out)
    done = briefs("build", books, *BRIEF, "--out", out)
    assert done.returncode == 0
    assert made_anew(before, out) == set()
    told = [line for line in done.stderr.splitlines() if ": nothing changed, documents: 1" in line]
    assert len(told) == REGIONS


def test_a_run_with_nothing_changed_says_again_what_the_files_said(books, out, briefs):
    first, second = (briefs("build", books, *BRIEF, "--out", out) for _ in range(2))
    again = briefs("build", books, *BRIEF, "--out", out, "--jobs", 2)
    assert first.stderr.count("nothing changed") == REGIONS
    assert (first.stderr, first.stdout) == (second.stderr, second.stdout)
    assert (again.stderr, again.stdout) == (second.stderr, second.stdout)


def test_a_new_file_beside_the_workbooks_is_read(books, briefs, tmp_path):
    folder = Path(shutil.copytree(books, tmp_path / "books"))
    (folder / "r00004.xlsx").rename(tmp_path / "r00004.xlsx")
    briefs("build", folder, *BRIEF, "--out", tmp_path / "out")
    (tmp_path / "r00004.xlsx").rename(folder / "r00004.xlsx")
    before = marks(tmp_path / "out")
    done = briefs("build", folder, *BRIEF, "--out", tmp_path / "out")
    assert done.stderr.count("nothing changed") == REGIONS - 1
    assert {name.split("/")[0] for name in made_anew(before, tmp_path / "out")} == {"r00004"}


def test_the_table_across_regions_is_the_same_as_csv_and_parquet(built):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    table = pandas.read_parquet(built / "regions.parquet")
    text = pandas.read_csv(built / "regions.csv", dtype=str, keep_default_na=False)
    assert [*table.columns] == [*text.columns]
    assert [*table["region"]] == [*text["region"]]
    results = {
        code: json.loads((built / code / "results.json").read_bytes())["programme"]
        for code in dict.fromkeys(table["region"])
    }
    assert len(results) == REGIONS
    expected = [
        (code, number, one["use_id"], one["capital"]["value"], one["size"])
        for code, programme in results.items()
        for number, wave in ((1, programme["first"]), (2, programme["second"]))
        for one in wave["projects"]
    ]
    projects = table[table["wave"].notna()]
    columns = ["region", "wave", "use", "capital_cny_m", "size"]
    found = [tuple(row) for row in projects[columns].itertuples(index=False)]
    assert found == expected


def test_a_changed_cell_makes_that_region_alone_and_verbose_says_why(briefs, tmp_path):
    folder = nation.write_csv(nation.nation(REGIONS), tmp_path / "tables")
    first = briefs("build", folder, *BRIEF, "--out", tmp_path / "cells")
    assert first.returncode == 0, first.stderr
    before = marks(tmp_path / "cells")
    path = folder / "workforce.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["region"] == "r00002" and row["headcount"])
    row["headcount"] = str(float(row["headcount"]) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = briefs("build", folder, *BRIEF, "--out", tmp_path / "cells", "--verbose")
    assert {name.split("/")[0] for name in made_anew(before, tmp_path / "cells")} == {"r00002"}
    assert "r00002: built because of its rows in the workbook" in done.stderr


def test_a_changed_rule_makes_only_the_regions_that_it_reaches(books, out, briefs, root, tmp_path):
    rules = Path(shutil.copytree(root / "inputs/rules", tmp_path / "rules"))
    before = marks(out)
    untouched = briefs("build", books, *BRIEF, "--rules", rules, "--out", out)
    assert untouched.stderr.count("nothing changed") == REGIONS
    places = {
        code: json.loads((out / code / "results.json").read_bytes())["region"]
        for code in (f"r{number:05d}" for number in range(1, REGIONS + 1))
    }
    chinese = {code for code, one in places.items() if one["jurisdiction"] == "CN"}
    assert chinese
    assert chinese != set(places)
    path = rules / "rules.csv"
    text = path.read_text(encoding="utf-8")
    with path.open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    reaching = next(
        row for row in listed if row["jurisdiction"] == "CN" and row["region_scope"] == "CN"
        and row["condition_en"] and text.count(row["condition_en"]) == 1
    )  # fmt: skip
    words = reaching["condition_en"]
    path.write_text(text.replace(words, f"{words} (changed)"), encoding="utf-8")
    done = briefs("build", books, *BRIEF, "--rules", rules, "--out", out, "--verbose")
    assert done.returncode == 0, done.stderr
    assert {name.split("/")[0] for name in made_anew(before, out)} == chinese
    assert done.stderr.count("built because of the rules") == len(chinese)


def test_a_changed_template_makes_its_documents_and_leaves_the_others(
    books, briefs, root, tmp_path
):
    book, out, own = books / "r00001.xlsx", tmp_path / "out", tmp_path / "own/en"
    two = (*BRIEF, "--document", "planning-brief")
    briefs("build", book, *two, "--out", out)
    before = marks(out)
    own.mkdir(parents=True)
    with (
        zipfile.ZipFile(root / "templates/en/leadership-brief.docx") as source,
        zipfile.ZipFile(own / "leadership-brief.docx", "w") as target,
    ):
        for item in source.infolist():
            target.writestr(item, source.read(item), zipfile.ZIP_STORED)
    done = briefs("build", book, *two, "--out", out, "--templates", own.parent, "--verbose")
    assert done.returncode == 0, done.stderr
    assert "r00001: built because of a template" in done.stderr
    # Same words, so the brief itself comes out the same; results.json names the templates.
    assert made_anew(before, out) <= {"r00001/leadership-brief.en.docx", "r00001/results.json"}
    assert "r00001/planning-brief.en.docx" not in made_anew(before, out)
    assert "r00001/results.json" in made_anew(before, out)


@pytest.mark.parametrize(
    ("options", "why"),
    [(("--seed", "2"), "other settings"), (("--force",), "--force"),
     (("--document", "annex"), "a document that was not there")],
)  # fmt: skip
def test_other_options_make_the_documents_anew_and_say_why(
    books, built, briefs, tmp_path, options, why
):
    out = tmp_path / "out"
    book = books / "r00001.xlsx"
    briefs("build", book, *BRIEF, "--out", out)
    done = briefs("build", book, *BRIEF, *options, "--out", out, "--verbose")
    assert f"r00001: built because of {why}" in done.stderr
    assert digests(built / "r00001").keys() <= digests(out / "r00001").keys()


def test_a_changed_text_table_and_another_program_make_everything_anew(books, root, tmp_path):
    copy = tmp_path / "copy"
    for name in ("generator", "templates", "inputs"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))

    def run():
        return subprocess.run(
            command(books / "r00001.xlsx", tmp_path / "out", "--verbose"), check=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, encoding="utf-8",
        ).stderr  # fmt: skip

    assert "no earlier build" in run()
    assert "nothing changed" in run()
    strings = copy / "templates/strings.csv"
    strings.write_bytes(strings.read_bytes() + b"\r\n")
    assert "r00001: built because of the text table" in run()
    with (copy / "generator/shipped.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    assert "r00001: built because of another version of the program" in run()


def test_what_was_deleted_or_changed_by_hand_is_made_again(books, built, out, briefs):
    (out / "r00001/leadership-brief.en.docx").unlink()
    (out / "r00002/results.json").write_bytes(b"{}")
    before = marks(out)
    done = briefs("build", books, *BRIEF, "--out", out, "--verbose")
    assert done.returncode == 0
    expected = {"r00001/leadership-brief.en.docx", "r00002/results.json"}
    (aside,) = made_anew(before, out) - expected
    assert aside.startswith("r00002/results.edited-")
    why = "built because of a document that is gone or was changed by hand"
    assert done.stderr.count(why) == 2
    after = digests(out)
    assert {name: after[name] for name in expected} == {
        name: digests(built)[name] for name in expected
    }


def test_a_document_that_is_open_elsewhere_is_said_and_the_rest_is_built(books, out, briefs):
    lock = out / "r00001/.~lock.leadership-brief.en.docx#"
    lock.touch()
    done = briefs("build", books, *BRIEF, "--seed", 2, "--out", out)
    assert done.stderr.count("RN-123 r00001/leadership-brief.en.docx") == 1
    assert lock.exists()


# --- stopped, killed, and side by side ------------------------------------------------------------


def run_killed(started, books, out, after, *options):
    """Start a build, kill it and all its processes after some seconds; whether it was still busy."""
    process = started(books, out, *options)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    return False


def assert_is_mended(books, out, built, briefs):
    """After one more run the tree is that of a run that nobody stopped."""
    done = briefs("build", books, *BRIEF, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "RN-12" not in done.stderr
    assert digests(out) == digests(built)


def settled(out):
    """Wait until the processes of a killed run have gone: none holds or writes a file."""
    seen = None
    for _ in range(100):
        if seen == (seen := digests(out) if out.exists() else {}):
            return
        time.sleep(0.2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_run_is_mended_by_the_next_one(books, built, briefs, started, tmp_path, jobs):
    out = tmp_path / "out"
    process = started(books, out, "--jobs", jobs)
    process.stdout.readline()  # the first region is done, others are under way
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    settled(out)
    assert digests(out).keys() != digests(built).keys()
    assert_is_mended(books, out, built, briefs)


@pytest.mark.exhaustive("kills twenty builds")
def test_runs_killed_at_any_moment_leave_the_same_tree_in_the_end(
    books, built, briefs, started, tmp_path
):
    chance = random.Random(18)  # noqa: S311 - a seed, no secret
    killed = 0
    for number in range(20):
        out, jobs = tmp_path / f"out-{number}", 1 + number % 2
        killed += run_killed(started, books, out, chance.uniform(0.5, 9.0), "--jobs", jobs)
        settled(out)
        assert_is_mended(books, out, built, briefs)
    assert killed


def test_ctrl_c_stops_every_process_and_says_one_word(books, built, briefs, started, tmp_path):
    out = tmp_path / "out"
    process = started(books, out, "--jobs", 2)
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "interrupted"
    assert "Traceback" not in said
    assert [path for path in out.rglob(".*") if path.is_file()] == []
    manifest = json.loads((out / "manifest.json").read_bytes())
    there = {name for name in digests(out) if name != "manifest.json"}
    assert there == manifest["files"].keys()
    assert_is_mended(books, out, built, briefs)


def workers(process):
    """The processes that a build has started, by their number."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [
        int(number)
        for number in listed.split()
        if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_process_that_the_system_ends_costs_nothing(books, built, started, tmp_path):
    out = tmp_path / "out"
    process = started(books, out, "--jobs", 2)
    process.stdout.readline()
    os.kill(workers(process)[0], signal.SIGKILL)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert digests(out) == digests(built)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.exhaustive("starts many processes")
def test_regions_whose_process_is_always_ended_are_named_in_one_line_each(books, started, tmp_path):
    process = started(books, tmp_path / "out", "--jobs", 2)
    until = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < until:
        for number in workers(process):
            os.kill(number, signal.SIGKILL)
        time.sleep(0.05)
    _, said = process.communicate()
    assert process.returncode == 2
    assert "Traceback" not in said
    assert said.count("RN-126") == REGIONS
    assert digests(tmp_path / "out").keys() == {"manifest.json", "delivery.json"}


def test_two_runs_at_once_leave_the_tree_of_one(books, built, started, tmp_path):
    out = tmp_path / "out"
    both = [started(books, out, "--jobs", 1) for _ in range(2)]
    for process in both:
        _, said = process.communicate()
        assert process.returncode == 0, said
        assert "RN-12" not in said
    assert digests(out) == digests(built)


# --- where nothing can be written -----------------------------------------------------------------


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from generator.cli import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs limits on the size of files")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("room", [100, 30_000])
def test_where_there_is_no_room_each_file_is_whole_or_absent(
    books, built, root, tmp_path, jobs, room
):
    script = tmp_path / "limited.py"
    script.write_text(LIMITED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, str(room), *command(books, tmp_path / "out", "--jobs", jobs)[3:]],
        env={**os.environ, "PYTHONPATH": str(root)}, cwd=tmp_path,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert "RN-107" in done.stderr
    whole = digests(built)
    for name, digest in digests(tmp_path / "out").items():
        if "/" in name:
            assert whole[name] == digest


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may write")
def test_a_folder_that_may_not_be_written_is_one_line(books, briefs, tmp_path):
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    done = briefs("build", books, *BRIEF, "--out", out)
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines() if "RN-" in line] == ["RN-107"]
    assert [*out.iterdir()] == []


def test_a_fault_reads_the_same_from_another_process(books, process, root, tmp_path):
    own = tmp_path / "own/en"
    own.mkdir(parents=True)
    shutil.copyfile(root / "templates/en/leadership-brief.docx", own / "leadership-brief.docx")
    said = []
    for jobs in (1, 2):
        out = tmp_path / f"out-{jobs}"
        (out / "r00002").mkdir(parents=True)
        # What stands in the place of a document is no file.
        (out / "r00002/results.json").mkdir()
        (out / "r00002/results.json/notes").touch()
        (out / "r00003").write_text("in the way", encoding="utf-8")
        done = process("build", books, *BRIEF, "--jobs", jobs, "--out", out)
        assert "Traceback" not in done.stderr
        said.append((done.returncode, done.stderr.replace(str(out), "OUT")))
    assert said[0] == said[1]
    assert "r00003" in said[0][1]
    assert said[0][0] == 2


# --- what is said meanwhile -----------------------------------------------------------------------


@pytest.fixture
def seen(tmp_path, root):
    """`seen(...)`: what a person at a terminal sees of a command, and its exit code."""
    pty = pytest.importorskip("pty")

    def look(arguments, **environment):
        ours, theirs = pty.openpty()
        kept = {key: value for key, value in os.environ.items() if "BRIEFS_" not in key}
        kept.pop("NO_COLOR", None)
        with subprocess.Popen(
            arguments, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs,
            env={**kept, "PYTHONPATH": str(root), "TERM": "xterm", "COLUMNS": "100", **environment},
        ) as process:  # fmt: skip
            os.close(theirs)
            pieces = []
            while True:
                try:
                    piece = os.read(ours, 65_536)
                except OSError:  # the other end is closed
                    piece = b""
                if not piece:
                    break
                pieces.append(piece)
        os.close(ours)
        return process.returncode, b"".join(pieces).decode()

    return look


def test_on_a_terminal_a_bar_shows_how_far_it_is_and_problems_stand_above(books, seen, tmp_path):
    code, shown = seen(command(books, tmp_path / "out", "--jobs", 1))
    assert code == 0
    assert f"1 of {REGIONS} regions" in shown
    assert " left" in shown
    assert str(tmp_path / "out/r00004/leadership-brief.en.docx") in shown
    assert re.search(COLOUR, shown)


def test_no_color_and_quiet_are_obeyed_on_a_terminal(books, out, seen):
    _, shown = seen(command(books, out), NO_COLOR="1")
    assert f"of {REGIONS} regions" in shown
    assert not re.search(COLOUR, shown)
    _, shown = seen(command(books, out, "--quiet"))
    assert f"of {REGIONS} regions" not in shown
    assert "\x1b" not in shown


def test_elsewhere_there_are_plain_lines(books, out, process):
    done = process("build", books, *BRIEF, "--out", out)
    assert "\x1b" not in done.stderr + done.stdout
    told = [line for line in done.stderr.splitlines() if line.endswith("documents: 1")]
    assert [line.split(":")[0] for line in told] == [f"r0000{number}" for number in range(1, 5)]
