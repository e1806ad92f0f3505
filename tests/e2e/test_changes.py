"""What changed between two runs: `briefs diff`, and what documents say with --previous.

Each expected statement is the edit that was made.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from unicodedata import east_asian_width

import pytest
from openpyxl import load_workbook

from generator.word import as_pdf

DAY = "2026-11-28"
SPARE = ("Power", "G5")
"""Firm spare capacity of the second connection point of Heze: 28 MW."""


@pytest.fixture(scope="module")
def book(root, tmp_path_factory):
    """`book(("Power", "G5", 12), …) -> path`: the workbook of Heze with some cells changed."""

    def make(*edits):
        path = tmp_path_factory.mktemp("book") / "heze.xlsx"
        found = load_workbook(root / "inputs/regions/heze.xlsx")
        for sheet, cell, value in edits:
            found[sheet][cell] = value
        found.save(path)
        return path

    return make


@pytest.fixture(scope="module")
def built(briefs, tmp_path_factory):
    """`built(book, "--seed", 2) -> folder`: a run of the leadership brief alone."""

    def make(*arguments, day=DAY):
        out = tmp_path_factory.mktemp("run") / "out"
        done = briefs("build", *arguments, "--as-of", day, "--document", "leadership-brief",
                      "--lang", "en", "--out", out)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return out

    return make


@pytest.fixture(scope="module")
def base(built, book):
    return built(book())


@pytest.fixture(scope="module")
def changed(briefs, base):
    """`changed(out) -> dict`: what `diff --json` says of Heze since the base run."""

    def ask(out, before=base):
        done = briefs("diff", before, out, "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["schema"] == "briefs-diff/1"
        (region,) = found["regions"]
        return region

    return ask


@pytest.fixture(scope="module")
def tables(root, tmp_path_factory):
    """`tables("rules", "rules.csv", edit) -> folder`: tables with the rows that `edit` returns."""

    def make(kind, name, edit):
        folder = tmp_path_factory.mktemp("tables") / kind
        shutil.copytree(root / "inputs" / kind, folder)
        rows = rows_of(folder / name)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(edit(rows))
        return folder

    return make


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refs(why):
    return [ref for reason in why["reasons"] for ref in reason["refs"]]


# --- one edit each --------------------------------------------------------------------------------


def test_nothing_changed_is_one_sentence(briefs, base):
    for language, words in (("en", "Nothing has changed"), ("zh-CN", "没有变化")):
        done = briefs("diff", base, base, "--lang", language)
        assert (done.returncode, done.stderr) == (0, "")
        head, said = done.stdout.splitlines()
        assert "heze" in head
        assert words in said


def test_a_cell_is_named_with_what_it_moved(briefs, base, built, book, changed):
    out = built(book((*SPARE, 12), ("Power", "H5", 10), ("Power", "I5", 14)))

    found = changed(out)

    assert found["grounds"] == ["inputs"]
    (cell,) = found["cells"]
    assert (cell["place"], cell["column"]) == ("heze.xlsx Power!G5", "spare_mw")
    assert (cell["before"]["value"], cell["after"]["value"]) == (28, 12)
    assert (cell["before"]["low"], cell["after"]["low"]) == (21, 10)
    spare = [one for one in found["figures"] if one["name"] == "spare_grid_mw"]
    assert spare
    for one in spare:
        assert one["before"] - one["after"] == pytest.approx(16)
        assert one["why"] == {
            "reasons": [{"kind": "cells", "refs": ["heze.xlsx Power!G5"]}], "is_traced": True
        }  # fmt: skip
    assert found["law"] == found["statuses"] == found["catalogue"] == []
    said = " ".join(briefs("diff", base, out, "--lang", "en").stdout.split())
    assert "Firm spare capacity of Grid connection point 2: 12 MW instead of 28 MW" in said
    assert "[heze.xlsx Power!G5]" in said


def test_a_limit_that_shrinks_changes_projects_and_says_by_which_cell(built, book, changed):
    out = built(book(("Limits", "C4", 60), ("Limits", "D4", 50), ("Limits", "E4", 70)))

    found = changed(out)

    (cell,) = found["cells"]
    assert (cell["before"]["value"], cell["after"]["value"]) == (150, 60)
    moved = {one["use_id"]: one for one in found["projects"]}
    assert moved
    for one in moved.values():
        assert one["why"] == {
            "reasons": [{"kind": "cells", "refs": ["heze.xlsx Limits!C4"]}], "is_traced": True
        }  # fmt: skip
    capital = next(one for one in found["figures"] if (one["name"], one["wave"]) == ("capital", 1))
    assert capital["after"] < capital["before"]
    assert capital["after"] <= 60


def test_the_projects_told_are_those_of_the_two_files(built, book, changed, base):
    out = built(book(("Institutions", "F4", "in talks"), ("Institutions", "G4", None)))
    found = changed(out)
    waves = []
    for folder in (base, out):
        programme = json.loads((folder / "heze/results.json").read_text())["programme"]
        waves.append({
            one["use_id"]: (wave, one["place"]["name"], one["size"])
            for wave in ("first", "second") for one in programme[wave]["projects"]
        })  # fmt: skip
    before, after = waves
    told = {(one["kind"], one["use_id"]) for one in found["projects"]}
    assert {use for kind, use in told if kind == "joins"} == after.keys() - before.keys()
    assert {use for kind, use in told if kind == "leaves"} == before.keys() - after.keys()
    others = {use for kind, use in told if kind not in {"joins", "leaves"}}
    assert others == {use for use in before.keys() & after.keys() if before[use] != after[use]}
    left = next(one for one in found["projects"] if one["kind"] == "leaves")
    assert refs(left["why"]) == ["heze.xlsx Institutions!4"]


def test_a_rule_that_bars_takes_its_project_out(briefs, base, built, book, tables, changed):
    def bar(rows):
        (rule,) = [row for row in rows if row["rule_id"] == "CN-COLD-01"]
        rule["effect"] = "prohibited"
        return [row for row in rows if row["rule_id"] != "CN-SIG-01"]

    out = built(book(), "--rules", tables("rules", "rules.csv", bar))

    found = changed(out)

    assert found["grounds"] == ["rules"]
    told = {(one["rule_id"], one["kind"], one["effect_before"]) for one in found["law"]}
    assert ("CN-COLD-01", "effect", "conditional") in told
    assert ("CN-SIG-01", "removed") in {one[:2] for one in told}
    assert len(told) == 2
    (status,) = [one for one in found["statuses"] if one["use_id"] == "R05"]
    assert (status["before"], status["after"]) == ("conditional", "prohibited")
    (left,) = [one for one in found["projects"] if one["use_id"] == "R05"]
    assert left["kind"] == "leaves"
    assert refs(left["why"]) == ["CN-COLD-01"]
    assert found["cells"] == found["catalogue"] == []
    said = " ".join(briefs("diff", base, out, "--lang", "en").stdout.split())
    assert "other effect (was: lawful under conditions); barred" in said


def test_a_rule_that_is_added_says_so(built, book, tables, changed):
    def add(rows):
        (rule,) = [row for row in rows if row["rule_id"] == "CN-COLD-01"]
        return [*rows, {**rule, "rule_id": "CN-COLD-99"}]

    found = changed(built(book(), "--rules", tables("rules", "rules.csv", add)))

    assert [(one["rule_id"], one["kind"]) for one in found["law"]] == [("CN-COLD-99", "added")]
    assert found["projects"] == []


def test_between_two_days_law_begins_and_ends_as_its_own_days_say(root, built, book, changed):
    first, last = "2025-12-31", DAY
    before, after = built(book(), day=first), built(book(), day=last)

    found = changed(after, before)

    assert "as_of" in found["grounds"]
    assert set(found["grounds"]) == {"as_of"}
    instruments = {
        row["instrument_id"]: row for row in rows_of(root / "inputs/rules/instruments.csv")
    }
    rules = {row["rule_id"]: row for row in rows_of(root / "inputs/rules/rules.csv")}

    def day_of(rule_id, name):
        row = rules[rule_id]
        return row[name] or instruments[row["instrument_id"]][name]

    began = {one["rule_id"] for one in found["law"] if one["kind"] == "began"}
    assert began
    for rule_id in began:
        assert first < day_of(rule_id, "in_force_from") <= last
    there = json.loads((after / "heze/results.json").read_text())["law"]["rules"]
    due = {
        rule_id for rule_id in there
        if first < day_of(rule_id, "in_force_from") <= last
        and not (day_of(rule_id, "in_force_until") or "9999") <= last
    }  # fmt: skip
    assert began == due


def test_a_weight_of_the_catalogue_is_told_with_both_values(built, book, tables, changed):
    def weigh(rows):
        own = [row for row in rows if row["use_id"] == "U01"]
        own[0]["weight"], own[1]["weight"] = "27", "25"
        return rows

    out = built(book(), "--catalogue", tables("catalogue", "requirements.csv", weigh))

    found = changed(out)

    assert found["grounds"] == ["catalogue"]
    told = [(one["use_id"], one["name"], one["field"], one["before"], one["after"])
            for one in found["catalogue"]]  # fmt: skip
    assert told == [
        ("U01", "anchor_lq", "weight", 22, 27), ("U01", "anchor_institutions", "weight", 30, 25)
    ]  # fmt: skip
    (rank,) = [one for one in found["ranks"] if one["use_id"] == "U01"]
    assert [one["kind"] for one in rank["why"]["reasons"]] == ["catalogue"]
    assert {one["use_id"] for one in found["ranks"]} == {"U01"}


def test_another_seed_moves_shares_and_nothing_else(built, book, changed):
    found = changed(built(book(), "--seed", 2))

    assert found["grounds"] == ["seed"]
    assert {one["kind"] for one in found["figures"]} <= {"chosen"}
    assert found["cells"] == found["law"] == found["projects"] == found["ranks"] == []


def test_a_region_that_came_or_went_is_named(briefs, base, built, book, root):
    both = built(book(), root / "inputs/regions/qingdao.xlsx")

    for folders, key, words in (
        ((base, both), "only_after", "Only in the later results: qingdao"),
        ((both, base), "only_before", "Only in the earlier results: qingdao"),
    ):
        found = json.loads(briefs("diff", *folders, "--json").stdout)
        assert found[key] == ["qingdao"]
        assert [one["code"] for one in found["regions"]] == ["heze"]
        assert words in briefs("diff", *folders, "--lang", "en").stdout.splitlines()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_lines_are_no_wider_than_a_terminal(briefs, base, built, book, language):
    out = built(book(("Limits", "C4", 60), ("Limits", "D4", 50), ("Limits", "E4", 70)))
    lines = briefs("diff", base, out, "--lang", language).stdout.splitlines()
    assert len(lines) > 20
    for line in lines:
        assert sum(2 if east_asian_width(char) in "WF" else 1 for char in line) <= 100


def test_every_field_stands_on_the_page_that_describes_it(root, built, book, changed):
    page = (root / "docs/diff.md").read_text(encoding="utf-8")
    found = changed(built(book(("Limits", "C4", 60), ("Limits", "D4", 50), ("Limits", "E4", 70))))
    rows = [
        found,
        *(
            row
            for key in ("projects", "cells", "figures", "ranks", "words")
            for row in found[key][:1]
        ),
    ]
    for name in {name for row in rows for name in row}:
        assert f"`{name}`" in page, name


# --- what the caller can correct ------------------------------------------------------------------


def test_folders_and_files_that_cannot_be_compared_are_refused(briefs, base, tmp_path):
    (tmp_path / "empty").mkdir()
    spoilt = tmp_path / "spoilt"
    shutil.copytree(base, spoilt)
    (spoilt / "heze/results.json").write_text("{", encoding="utf-8")
    for folder, code in (
        (tmp_path / "nowhere", "RN-102"),
        (tmp_path / "empty", "RN-130"),
        (spoilt, "RN-131"),
    ):
        for pair in ((base, folder), (folder, base)):
            done = briefs("diff", *pair)
            assert done.returncode == 2
            (line,) = done.stderr.strip().splitlines()
            assert line.startswith(code)
            assert folder.name in line


def test_one_bad_file_does_not_keep_the_others(briefs, built, book, root, tmp_path):
    both = built(book(), root / "inputs/regions/qingdao.xlsx")
    spoilt = tmp_path / "spoilt"
    shutil.copytree(both, spoilt)
    (spoilt / "heze/results.json").write_text("[]", encoding="utf-8")

    done = briefs("diff", both, spoilt, "--json")

    assert done.returncode == 2
    assert [one["code"] for one in json.loads(done.stdout)["regions"]] == ["qingdao"]
    assert done.stderr.startswith("RN-132")


def test_a_previous_that_cannot_serve_stops_before_anything_is_built(briefs, base, book, tmp_path):
    (tmp_path / "empty").mkdir()
    for previous, out, code in (
        (tmp_path / "nowhere", tmp_path / "out", "RN-102"),
        (tmp_path / "empty", tmp_path / "out", "RN-130"),
        (base, base, "RN-134"),
    ):
        done = briefs("build", book(), "--previous", previous, "--out", out)
        assert done.returncode == 2
        assert done.stderr.startswith(code)
        assert not (tmp_path / "out").exists()


# --- what documents say ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(briefs, base, book, tmp_path_factory):
    """The documents of a run that is compared with the base, twice, and without it."""
    edited = book((*SPARE, 12), ("Power", "H5", 10), ("Power", "I5", 14))
    folders = {}
    for name, more in (
        ("with", ("--previous", base)),
        ("again", ("--previous", base)),
        ("without", ()),
    ):
        folders[name] = tmp_path_factory.mktemp("told") / "out"
        done = briefs("build", edited, "--as-of", DAY, "--out", folders[name], *more)
        assert done.returncode == 0, done.stderr
    return edited, folders


def hashes(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "heze").iterdir()
    }


def test_the_same_previous_gives_the_same_bytes(told):
    _, folders = told
    assert hashes(folders["with"]) == hashes(folders["again"])
    differing = {name for name, digest in hashes(folders["without"]).items()
                 if hashes(folders["with"])[name] != digest}  # fmt: skip
    assert differing == set(hashes(folders["with"]))


@pytest.mark.parametrize(
    ("language", "heading", "figure"),
    [
        ("en", "What changed since the previous edition", "irm spare capacity of Grid connection point 2"),
        ("zh-CN", "与上一版相比的变化", "2号接入点（城东）的可靠富余容量"),
    ],
)  # fmt: skip
def test_the_section_names_figures_and_only_the_annex_their_cells(
    told, read_text, language, heading, figure
):
    _, folders = told
    for name in ("planning-brief", "annex"):
        text = read_text(folders["with"] / f"heze/{name}.{language}.docx")
        assert heading in text
        assert figure in text.partition(heading)[2]
        section = text.rpartition(heading)[2].partition(figure)[2][:80]
        assert ("Power!G5" in section) is (name == "annex")
        assert heading not in read_text(folders["without"] / f"heze/{name}.{language}.docx")
    leading = read_text(folders["with"] / f"heze/leadership-brief.{language}.docx")
    (line,) = [line for line in leading.splitlines() if figure in line]
    assert ("12 MW instead of 28 MW" if language == "en" else "由28兆瓦变为12兆瓦") in line
    assert "Power!G5" not in leading


def test_a_region_that_was_not_in_the_previous_edition_is_told_so(
    briefs, base, root, tmp_path, read_text
):
    done = briefs("build", root / "inputs/regions/qingdao.xlsx", "--as-of", DAY, "--lang", "en",
                  "--document", "leadership-brief", "--previous", base, "--out", tmp_path)  # fmt: skip
    assert done.returncode == 0
    assert "Only in the earlier results: heze" in done.stderr
    assert "This region was not in the previous edition" in read_text(
        tmp_path / "qingdao/leadership-brief.en.docx"
    )


def test_a_previous_that_is_damaged_leaves_the_documents_and_exit_2(briefs, base, book, tmp_path):
    spoilt, out = tmp_path / "spoilt", tmp_path / "out"
    shutil.copytree(base, spoilt)
    (spoilt / "heze/results.json").write_text("{", encoding="utf-8")
    done = briefs("build", book(), "--as-of", DAY, "--lang", "en", "--document", "leadership-brief",
                  "--previous", spoilt, "--out", out)  # fmt: skip
    assert done.returncode == 2
    assert "RN-131" in done.stderr
    assert (out / "heze/leadership-brief.en.docx").is_file()


def test_documents_hang_on_what_they_are_compared_with(briefs, base, built, book, tmp_path):
    edited, out = book((*SPARE, 22)), tmp_path / "out"
    once = ("build", edited, "--as-of", DAY, "--lang", "en", "--document", "leadership-brief",
            "--out", out, "--verbose")  # fmt: skip
    other = built(book((*SPARE, 25)))
    assert briefs(*once, "--previous", base).returncode == 0
    first = hashes(out)

    assert "nothing changed" in briefs(*once, "--previous", base).stderr
    assert "earlier results" in briefs(*once, "--previous", other).stderr
    assert hashes(out) != first
    assert "earlier results" in briefs(*once).stderr
    assert "earlier results" in briefs(*once, "--previous", base).stderr
    assert hashes(out) == first


def test_previous_may_stand_in_the_settings_file(briefs, base, book, tmp_path, read_text):
    (tmp_path / "briefs.toml").write_text(f'previous = "{base.as_posix()}"\n', encoding="utf-8")
    done = briefs("build", book((*SPARE, 22)), "--as-of", DAY, "--lang", "en",
                  "--document", "leadership-brief", cwd=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Changes since the previous edition" in read_text(
        tmp_path / "out/heze/leadership-brief.en.docx"
    )


@pytest.fixture(scope="module")
def much(briefs, root, tmp_path_factory):
    """The leadership briefs of the sample cities after a year in which much has changed."""
    folder = tmp_path_factory.mktemp("much")
    for path in sorted((root / "inputs/regions").glob("*.xlsx")):
        found = load_workbook(path)
        limits, sites, bodies = (found[name] for name in ("Limits", "Sites", "Institutions"))
        # Half the money, other halls, and nobody of the second half of the bodies has signed.
        for column in "CDE":
            limits[f"{column}4"] = limits[f"{column}4"].value / 2
        bodies.delete_rows(4 + (bodies.max_row - 3) // 2, bodies.max_row)
        sites.delete_rows(5)
        found.save(folder / path.name)
    shared = ("--document", "leadership-brief")
    before, after = folder / "before", folder / "after"
    done = briefs("build", folder, "--as-of", "2025-06-30", *shared, "--out", before)
    assert done.returncode == 0, done.stderr
    done = briefs("build", "--as-of", DAY, *shared, "--previous", before, "--out", after)
    assert done.returncode == 0, done.stderr
    return after


def test_the_leadership_brief_says_much_in_a_line_and_keeps_its_two_pages(much, soffice, read_text):
    assert soffice
    words = {f"{path.parent.name}.{path.name}": path.read_bytes() for path in much.glob("*/*.docx")}
    assert len(words) == 6
    for name, content in as_pdf(words).items():
        city, _, language, _ = name.split(".")
        text = read_text(much / city / f"leadership-brief.{language}.docx")
        begins = "Changes since the previous edition" if language == "en" else "与上一版"
        (line,) = [line for line in text.splitlines() if line.startswith(begins)]
        assert len(line) < (540 if language == "en" else 200), line
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 2, name
