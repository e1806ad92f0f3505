"""The titles of tables: what each finds, counted from the results."""

from __future__ import annotations

from msgspec.structs import replace

from generator.report import report


def titles(found, texts, language):
    brief = report(found, found.knowledge, texts, language, with_annex=False)
    return brief, brief.fields["titles"]


def test_no_title_is_empty(cities, texts):
    for found in cities.values():
        for language in ("en", "zh-CN"):
            assert all(titles(found, texts, language)[1].values())


def test_a_title_counts_what_its_table_holds(cities, texts):
    brief, found = titles(cities["qingdao"], texts, "en")
    rows = (
        brief.tables["risks.own"].rows
        if "risks.own" in brief.tables
        else brief.fields["risks"]["own"]
    )
    assert found["risks"].startswith(f"{len(rows)} risks, ")
    assert found["decisions"].startswith(f"{len(brief.fields['top']['decisions_all'])} decisions ")


def test_of_one_project_nothing_is_most(cities, texts):
    for one in cities.values():
        if len(one.programme.first.projects) > 1:
            _, found = titles(one, texts, "en")
            most = max(one.programme.first.projects, key=lambda own: own.effects.get("jobs", 0.0))
            assert one.knowledge.use(most.use_id).name.text("en") in found["flow"]


def test_without_a_project_titles_say_what_tables_would_hold(full, texts):
    empty = replace(full.programme.first, projects=(), effects={})
    none = replace(full.programme, first=empty, second=empty)
    _, found = titles(replace(full, programme=none), texts, "en")
    assert found["second"] == "Projects to prepare"
    assert found["before"] == "What must be met before each project starts and in operation"
