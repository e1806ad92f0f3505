"""The text table: every key in English at least, with the same bare placeholders everywhere."""

import pytest

from generator.codes import Code
from generator.intake import load_texts
from generator.problems import KnowledgeError


@pytest.fixture
def load(tmp_path):
    """Load a text table of one row."""

    def read(row, header="key,en,zh-CN"):
        path = tmp_path / "strings.csv"
        path.write_text(f"{header}\n{row}\n", encoding="utf-8")
        return load_texts(path)

    return read


def refusals(load, *row):
    with pytest.raises(KnowledgeError) as fault:
        load(*row)
    return [(one.code, str(one.origin)) for one in fault.value.problems]


def test_text_is_said_in_its_language(load):
    texts = load('gap,"{mw} MW, {use}",{use}差{mw}兆瓦')
    assert texts.say("gap", "en", mw=12, use="U01") == "12 MW, U01"
    assert texts.say("gap", "zh-CN", mw=12, use="U01") == "U01差12兆瓦"


def test_spaces_dashes_and_line_breaks_of_a_text_are_kept(load):
    texts = load('list.separator,"; ",、\nunknown,–,—\nlines,a\\nb,甲\\n乙')
    assert texts.say("list.separator", "en") == "; "
    assert texts.say("unknown", "zh-CN") == "—"
    assert texts.say("lines", "en") == "a\nb"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("gap,{mw} MW,{kw}千瓦", [("KN-108", "strings.csv!C2")]),
        ("gap,{mw} MW,兆瓦", [("KN-108", "strings.csv!C2")]),
        ("gap,{mw.__class__},{mw.__class__}", [("KN-107", f"strings.csv!{c}2") for c in "BC"]),
        ("gap,{mw[0]},{mw[0]}", [("KN-107", f"strings.csv!{c}2") for c in "BC"]),
        ("gap,{},{}", [("KN-107", f"strings.csv!{c}2") for c in "BC"]),
        ("gap,{mw,{mw}", [("KN-107", "strings.csv!B2")]),
        ("gap,{mw:{w.x}},{mw:{w.x}}", [("KN-107", f"strings.csv!{c}2") for c in "BC"]),
        ("gap,a,甲\ngap,b,乙", [("IN-217", "strings.csv!A3")]),
    ],
)
def test_wrong_text_is_named(load, row, found):
    assert refusals(load, row) == found


def test_text_missing_in_english_is_named(load):
    assert ("IN-201", "strings.csv!B2") in refusals(load, "gap,,兆瓦")


def test_english_stands_in_for_a_text_that_a_language_lacks_and_that_is_counted(load):
    texts = load("gap,MW,\nunknown,–,—")
    assert texts.say("gap", "zh-CN") == "MW"
    assert texts.lacking == {"zh-CN": 1}


def test_english_stands_in_for_a_language_without_a_column(load):
    texts = load("gap,{mw} MW\nunknown,–", "key,en")
    assert texts.say("gap", "zh-CN", mw=3) == "3 MW"
    assert texts.lacking == {"zh-CN": 2}


def test_missing_english_is_one_problem(load):
    assert refusals(load, "gap,兆瓦\nunknown,—", "key,zh-CN") == [("IN-105", "strings.csv!1")]


def test_shipped_texts_are_whole(texts):
    assert not texts.lacking


def test_shipped_texts_say_every_problem_of_intake(texts):
    named = (code for name, code in vars(Code).items() if name.isupper())
    codes = {code for code in named if code[:3] in {"IN-", "KN-"}}
    assert "IN-203" in codes
    assert {f"problem.{code}" for code in codes} <= set(texts.table)


@pytest.mark.parametrize(
    ("key", "english", "given"),
    [
        ("locale", "en_GB", "fr-FR"),
        ("locale", "en_GB", "xx_YY"),
        ("month.pattern", "MMM", "mois"),
        ("number.scales", "none", "aucun"),
        ("money.steps", '"1e9:bn;1e6:m"', '"1e9 bn, 1e6 m"'),
        ("money.decimals", "2", "deux"),
        ("energy.per_mwh", "1", '"0,1"'),
        ("chart.task_letters", "44", "douze"),
        ("list.order", "alphabet", "alphabetique"),
    ],
)
def test_a_row_that_is_no_text_keeps_its_form(load, key, english, given):
    assert refusals(load, f"{key},{english},{given}") == [("KN-125", "strings.csv!C2")]
    load(f"{key},{english},{english}")


def test_each_form_of_a_plural_may_write_the_count(load):
    texts = load("x.one,one region,{count}个地区\nx.other,{count} regions,")
    assert texts.say("x.one", "zh-CN", count=1) == "1个地区"
    assert refusals(load, "x.some,one region,{count}个地区") == [("KN-108", "strings.csv!C2")]


def test_a_form_that_a_language_lacks_is_its_own_general_one(load):
    texts = load("x.one,one region,\nx.other,{count} regions,{count}个地区")
    assert texts.say("x.one", "zh-CN", count=1) == "1个地区"
