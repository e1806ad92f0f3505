"""Copies of the text table that are not of this version: they work, and what differs is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake import load_texts
from generator.problems import KnowledgeError
from generator.report import line
from generator.shipped import LANGUAGES

HERE = Path(__file__).parent
OLDER = HERE / "strings_missing_keys.csv"


@pytest.fixture(scope="module")
def built_in(root):
    return root / "templates/strings.csv"


@pytest.fixture
def copied(tmp_path, built_in):
    """Load a copy of the table in which one text is replaced by another, or lines are added."""

    def load(old="", new="", more=""):
        path = tmp_path / "strings.csv"
        text = built_in.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) + more, encoding="utf-8")
        return load_texts(path, built_in)

    return load


def test_an_older_copy_takes_the_missing_texts_from_the_built_in_table_and_says_so(texts, built_in):
    found = load_texts(OLDER, built_in)
    assert set(found.table) >= set(texts.table)
    (note,) = [one for one in found.problems if one.code == "KN-112"]
    assert note.severity == "warning"
    own = {row.partition(",")[0] for row in OLDER.read_text(encoding="utf-8").splitlines()[1:]}
    args = dict(note.args)
    assert int(args["count"]) == len(set(texts.table) - own)
    assert args["names"].endswith(" …")
    for language in LANGUAGES:
        said = line(note, found, language)
        assert "\n" not in said
        assert args["count"] in said


def test_the_texts_of_a_copy_are_used(copied):
    found = copied("No problems found.,", "All well.,")
    assert found.say("run.no_problems", "en") == "All well."
    assert found.problems == ()


def test_a_text_that_nothing_prints_is_named(copied):
    found = copied(more="run.no_such,Nothing,没有,\n")
    assert [(one.code, dict(one.args)["names"]) for one in found.problems] == [
        ("KN-113", "run.no_such")
    ]


def test_a_placeholder_that_nothing_fills_gives_way_to_the_built_in_text(copied, texts):
    found = copied(
        '"{region}: built, documents: {count}",{region}：{count}个文件,',
        '"{region} of {all}: built",{region}/{all}：已生成,',
    )
    assert [(one.code, dict(one.args)["names"]) for one in found.problems] == [
        ("KN-114", "run.region_done")
    ]
    said = found.say("run.region_done", "en", region="qingdao", count=3)
    assert said == texts.say("run.region_done", "en", region="qingdao", count=3)


def test_placeholders_that_differ_between_the_languages_are_refused(copied):
    with pytest.raises(KnowledgeError) as caught:
        copied("{region}：{count}个文件,", "{region}：已生成,")
    assert [one.code for one in caught.value.problems] == ["KN-108"]
