"""The table of names that templates may use, against the contexts of real regions."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import assess, summarise
from generator.analysis.changes import changes_between
from generator.delivery.body import mail_fields
from generator.intake import load_fields
from generator.intake.previous import edition_of
from generator.model import Brief, Enclosure, Errand, Item, Mailbox
from generator.model.changes import ProjectChange, Why
from generator.problems import KnowledgeError, Origin
from generator.report import (
    available,
    compare,
    described,
    field_values,
    letter,
    report,
    results,
)
from generator.settings import COMPARISON
from generator.shipped import LANGUAGES

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def declared(root):
    return {field.path: field for field in load_fields(root / "templates/fields.csv")}


def edition(assessment, knowledge):
    """The results of an assessment as an edition."""
    return edition_of(results(assessment, knowledge, [], {"program": "1", "inputs": "i"}))


@pytest.fixture(scope="module")
def briefs(cities, knowledge, texts, full, lacking, bare, region, as_one):
    """The sample cities, the three regions of this folder, two whose law changes, one without any, one with three plans.

    All of them on their own, and all but the last four compared, in every language; one beside an
    earlier edition with other rows, law and catalogue.
    """
    few = [summarise(one, knowledge) for one in (full, bare, *cities.values())]
    german = region(jurisdiction="DE", admin_code="DE40B", currency="EUR", cny_per_unit=8.2)
    changing = assess(german, knowledge, DAY, draws=100)
    # The general permit for stormwater ends within the plan.
    texan = region(jurisdiction="US-TX", admin_code="48331", currency="USD", cny_per_unit=7.2)
    ending = assess(texan, knowledge, DAY, draws=100)
    icelandic = region(jurisdiction="IS", admin_code="IS00", currency="ISK", cny_per_unit=0.055)
    without = assess(icelandic, knowledge, DAY, draws=100)
    found = [full, lacking, bare, *cities.values(), changing, ending, without, as_one]
    many = [replace(few[place % 5], code=f"r{place}") for place in range(45)]
    earlier = replace(
        edition(full, knowledge),
        rules={},
        totals={},
        projects=(),
        records=(),
        parameters={("", "x"): 1},
    )
    use_id, use = next(iter(earlier.uses.items()))
    moved = changes_between(
        replace(earlier, uses={use_id: replace(use, low=0.0)}), edition(full, knowledge)
    )
    moved = replace(moved, projects=(ProjectChange("joins", use_id, None, None, Why()),))
    return [
        *(report(full, full.knowledge, texts, language, moved) for language in LANGUAGES),
        *(report(one, one.knowledge, texts, language) for one in found for language in LANGUAGES),
        *(
            compare(summaries, ["elsewhere"], DAY, knowledge, texts, language)
            for summaries in (few, many)
            for language in LANGUAGES
        ),
    ]


@pytest.fixture(scope="module")
def mails(briefs):
    """The names of a mail with every region of a language and a comparison in it."""
    found = []
    for language in LANGUAGES:
        own = {f"r{at}": one for at, one in enumerate(briefs) if one.language == language}
        own[COMPARISON] = own.popitem()[1]
        cell = Origin("region.xlsx", "Recipients", "C4")
        items = [
            Item(code, Enclosure("annex", language, "annex", "a.docx", f"{code}/a.docx", ""), cell)
            for code in own
        ]
        letters = {code: letter(one) for code, one in own.items()}
        errand = Errand(
            Mailbox("li", "example.org", "example.org"),
            "Li",
            language,
            cell,
            tuple(items),
            letters,
            (),
        )
        found.append(Brief(language, {"mail": mail_fields(errand, items, 1, 2)}, {}))
    return found


def test_the_declared_names_are_those_of_real_contexts(declared, briefs, mails):
    real = {path for brief in (*briefs, *mails) for path in field_values(brief.names())}
    kinds = {
        f"{table.key}#{row.variant}"
        for brief in briefs
        for table in brief.tables.values()
        for row in table.rows
        if row.variant
    }
    # The rows of two lists have kinds as well, and links that rows of a table have not.
    kinds |= {
        f"top.{name}#{row['variant']}"
        for brief in briefs
        for name in ("projects", "tiles")
        for row in brief.fields.get("top", {}).get(name, ())
        if row["variant"]
    }
    real = {path for path in real if not path.endswith("[].variant")} | kinds
    assert sorted(real - set(declared)) == []
    # A list that is empty everywhere shows no rows; nothing else may be declared and never filled.
    idle = {path for path in set(declared) - real if path.removesuffix("[]") not in real}
    assert sorted(idle) == []


def test_a_declared_list_is_a_list_and_a_flag_is_a_flag(declared, briefs, mails):
    kinds = {list: "list", bool: "flag", int: "number", float: "number", str: "text"}
    for brief in briefs:
        assert {declared[key].type for key in brief.tables} == {"table"}
    for brief in (*briefs, *mails):
        wrong = {
            path
            for path, value in field_values(brief.names()).items()
            if path in declared
            and path not in brief.tables
            and declared[path].type != kinds[type(value)]
        }
        assert wrong == set()


def test_no_name_is_one_that_a_group_of_names_has_of_its_own(declared):
    """`x.items` would be what a dict can do and never the field."""
    reserved = frozenset(dir(dict))
    taken = {path for path in declared if reserved.intersection(path.replace("[]", "").split("."))}
    assert taken == set()


def test_every_name_is_described_in_both_languages(declared):
    han = re.compile("[\u4e00-\u9fff]")
    wrong = {
        path
        for path, field in declared.items()
        if han.search(field.description.text("en")) or not re.search("[A-Z]", field.description.text("en"))
        or not han.search(field.description.text("zh-CN"))
    }  # fmt: skip
    assert wrong == set()


def test_examples_come_from_the_brief(declared, briefs):
    examples = {one.path: one.example for one in described(declared.values(), briefs[:1])}
    assert examples["doc.language"] == "en"
    assert examples["gaps[].criterion"] == briefs[0].fields["gaps"][0]["criterion"]
    assert examples["gaps"] == ""


def test_a_comparison_and_the_brief_of_one_region_share_only_what_every_document_has(declared):
    compared, single = (
        {field.path for field in available(declared.values(), name)}
        for name in ("comparison", "planning-brief")
    )
    groups, own = (
        {path.split(".")[0].rstrip("[]") for path in paths} for paths in (compared, single)
    )
    shared = {"doc", "letter", "disclaimer", "attribution"}
    assert groups == shared | {"comparison", "figures"}
    assert {path.split(".")[0].rstrip("[]") for path in compared & single} == shared
    # Its one chart is no chart of a region.
    assert {path for path in compared if path.startswith("figures.")} == {
        f"figures.compared.{name}" for name in ("title", "note", "count", "series", "series[]")
    }
    assert "gaps" in own


def test_both_kinds_of_document_have_the_same_doc_names(briefs):
    single, compared = briefs[0].fields["doc"], briefs[-1].fields["doc"]
    assert set(single) == set(compared)


def test_a_path_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "fields.csv"
    path.write_text(
        "path,type,description_en,description_zh\na,text,x,甲\na,text,y,乙\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError):
        load_fields(path)
