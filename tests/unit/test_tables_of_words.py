"""The text table, the problem codes and the documentation agree with the code."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.codes import Code

ROOT = Path(__file__).parents[2]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py"))


def keys():
    with (ROOT / "templates/strings.csv").open(encoding="utf-8", newline="") as file:
        return [row["key"] for row in csv.DictReader(file)]


def codes_in_text_table():
    """The codes, each once however many sentences it has."""
    return {key.split(".")[1] for key in keys() if re.match(r"problem\.[A-Z]", key)}


def test_every_problem_code_in_the_code_has_its_sentence_and_none_is_idle():
    names = {name: code for name, code in vars(Code).items() if name.isupper()}
    source = SOURCE.replace((ROOT / "generator/codes.py").read_text(encoding="utf-8"), "")
    used = {names[name] for name in re.findall(r"\bCode\.([A-Z0-9_]+)", source)}
    used |= set(re.findall(r'"((?:AC|DL|IN|KN|RN|TP)-\d{3})"', source))
    assert used == set(names.values()) == codes_in_text_table()


def test_the_page_of_problem_codes_lists_them_all():
    page = (ROOT / "docs/problems.md").read_text(encoding="utf-8")
    assert (
        set(re.findall(r"^\| ([A-Z]{2}-\d{3})(?:\.\w+)? \|", page, re.MULTILINE))
        == codes_in_text_table()
    )


@pytest.mark.parametrize("script", ["docs/build.py", "inputs/source/build_samples.py"])
def test_what_is_made_from_source_is_up_to_date(script):
    done = subprocess.run(
        [sys.executable, ROOT / script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_text_is_idle():
    """Each key is written in the code, whole or as the beginning of a key with a variable end."""
    written = set(re.findall(r'"([a-z_]+(?:[.-][A-Za-z0-9_]+)*)"', SOURCE))
    written |= set(re.findall(r"'([a-z_]+)'", SOURCE))
    beginnings = tuple(re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', SOURCE))
    kinds = re.compile(r"(?:_(?:lower|flag)|\.(?:one|other))$")
    idle = [
        key
        for key in keys()
        if key.removeprefix("marked.") not in written and kinds.sub("", key) not in written
        and not key.startswith(beginnings)
    ]  # fmt: skip
    assert idle == []


def said(tree):
    """Keys that the code asks the text table for by name: the first text with a point in it."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        place = {"say": 0, "sentence": 1, "words": 0, "plural": 0}.get(call.func.attr)
        if place is None or len(call.args) <= place:
            continue
        pieces = {id(one) for made in ast.walk(call) if isinstance(made, ast.JoinedStr)
                  for one in ast.walk(made)}  # fmt: skip
        for part in ast.walk(call.args[place]):
            if id(part) in pieces:
                continue
            if isinstance(part, ast.Constant) and re.fullmatch(
                r"[a-z_]+(\.[a-z0-9_-]+)+", str(part.value)
            ):
                yield part.value


def test_every_text_that_the_code_asks_for_is_in_the_table():
    known = {re.sub(r"\.(?:one|other)$", "", key) for key in keys()} | set(keys())
    asked = {
        (path.relative_to(ROOT).as_posix(), key)
        for path in (ROOT / "generator").rglob("*.py")
        for key in said(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(asked) > 400
    assert sorted(one for one in asked if one[1] not in known) == []
