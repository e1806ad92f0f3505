"""The two README pages say the same, and what they name is there."""

import re
import tomllib
from pathlib import Path

import pytest

from generator.cli import main

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
}
ENGLISH, CHINESE = PAGES.values()


def _commands(page):
    blocks = re.findall(r"```(?:sh|bat|toml)\n(.*?)```", page, re.DOTALL)
    return [re.split(r"\s+#", line)[0] for block in blocks for line in block.splitlines()]


def test_both_pages_show_the_same_commands():
    assert _commands(ENGLISH) == _commands(CHINESE)
    assert len(_commands(ENGLISH)) >= 25


def test_both_pages_have_the_same_chapters_and_rows():
    shape = [re.findall(r"^(#+ |\| |```)", page, re.MULTILINE) for page in PAGES.values()]
    assert shape[0] == shape[1]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_page_and_target_that_is_named_is_there(page):
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", page):
        assert (ROOT / link).is_file(), link
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"[`\n]make ([a-z]+)", page)) <= set(targets)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_option_of_build_that_is_named_is_one(page, capsys):
    rows = re.findall(r"^\| (`--[^|]+)\|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"--[\w-]+", row)}
    with pytest.raises(SystemExit):
        main(["build", "--help"])
    assert named <= set(re.findall(r"--[\w-]+", capsys.readouterr().out))
    assert len(named) >= 10


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_library_table_is_that_of_the_project(page):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["parquet"]]
    table = re.search(r"\n## (?:Libraries|程序库)\n(.*?)\n\n[^|\n]", page, re.DOTALL)[1]
    cells = " ".join(line.split("|")[1] for line in table.strip().splitlines()[2:])
    for line in wanted:
        name = re.match(r"[\w-]+", line)[0]
        assert re.search(rf"\b{name}\b", cells), name
