"""The first page: the answer, its figures in one unit, what is barred and on what that rests."""

from __future__ import annotations

import math
import re

import pytest
from msgspec.structs import replace

from generator.model import Label
from generator.model.programme import Precondition
from generator.report import report
from generator.report.answer import answer
from generator.report.people import posts_line
from generator.report.reach import trade_sentence


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_tables_of_the_first_page_stand_in_one_unit_of_money(cities, knowledge, texts, language):
    for found in cities.values():
        fields = report(found, knowledge, texts, language).fields
        overview, programme = fields["overview"], fields["programme"]
        # The table of waves speaks as the sentence above it, and what stands below a figure as that.
        assert overview["capital_unit"].split()[-1] in overview_sentence(fields)
        below = " ".join(row["ceiling"] + row["bill"] for row in overview["waves"])
        assert not re.search("million|billion|CNY|万|亿|元", below)
        assert programme["capital_unit"].removeprefix("CNY ") in fields["titles"]["second"] or not (
            found.programme.second.projects
        )


def overview_sentence(fields):
    return fields["summary"]["answer"].replace("亿", "亿元").replace("万", "万元")


def test_jobs_have_their_range_and_people_served_their_meaning(cities, knowledge, texts):
    for found in cities.values():
        rows = report(found, knowledge, texts, "en").fields["overview"]["waves"]
        first = found.programme.first
        ends = [
            math.fsum(getattr(one.jobs, end) for one in first.projects) for end in ("low", "high")
        ]
        low, high = map(int, re.findall(r"\d+", rows[0]["jobs_range"]))
        assert [low, high] == pytest.approx(ends, abs=0.51)
        assert all(("not users" in row["served_note"]) == (row["served"] != "none") for row in rows)


def test_where_data_alone_are_missing_the_answer_says_so_first(full, english):
    second = full.programme.second
    waits = (Precondition("unknown", criterion_id="anchor_lq"),)
    later = replace(
        second, projects=tuple(replace(one, preconditions=waits) for one in second.projects)
    )
    found = replace(full, programme=replace(full.programme, second=later))
    text = answer("summary.answer", found, english)
    assert text.startswith("Whether ")
    assert f"because the {english.supplier('anchor_lq')} has not reported" in text
    assert all(english.use(one.use_id) in text for one in second.projects)
    mixed = (*waits, Precondition("signature", types=("bank",)))
    later = replace(
        later, projects=tuple(replace(one, preconditions=mixed) for one in second.projects)
    )
    found = replace(full, programme=replace(full.programme, second=later))
    assert "nothing is ready to begin" in answer("summary.answer", found, english)


def test_many_free_people_without_a_post_are_told_with_what_they_could_be(cities, english):
    told = posts_line(cities["changzhi"], english)
    assert told.startswith(f"For {cities['changzhi'].skills.free:.0f} free people")
    assert "183 could retrain (Data-centre operations; Network operations)" in told
    # Ten people are few beside 200 jobs.
    assert posts_line(cities["heze"], english) == ""


def test_bars_that_rest_on_no_official_text_say_so(cities, english):
    screening = cities["heze"].screening
    told = trade_sentence("summary.barred", screening, english)
    assert "No official text of these bars was opened here" in told
    assert "copies in other places, press reports and general knowledge" in told
    rules = {
        key: replace(
            one,
            findings=tuple(
                replace(
                    each, rules=tuple(replace(rule, read_kind="official") for rule in each.rules)
                )
                for each in one.findings
            ),
        )
        for key, one in screening.uses.items()
    }
    opened = replace(screening, uses=rules)
    assert "No official text" not in trade_sentence("summary.barred", opened, english)


def test_the_title_of_the_lead_projects_names_what_law_decides_first(
    cities, knowledge, texts, english
):
    found = cities["qingdao"]

    def title(assessment):
        return report(assessment, knowledge, texts, "en").fields["titles"]["lead"]

    assert title(found) == "First wave, 5 projects: all firm; lawful under conditions"
    use_id = found.programme.first.uses[0]
    due = next(one for one in found.procedures if use_id in one.uses)
    asked = replace(due, procedure=replace(due.procedure, question=Label((("en", "May it?"),))))
    assert f"{english.use(use_id)} once law has decided on" in title(
        replace(found, procedures=(asked,))
    )


def test_what_to_read_first_is_one_line_with_how_much_is_known_at_second_hand(
    cities, knowledge, texts
):
    law = report(cities["heze"], knowledge, texts, "en").fields["law"]
    assert law["read_first"].startswith("Read these originals before any step: ")
    assert "(each: report only)" in law["read_first"]
    assert len(law["read_first"]) < len(law["stale_notice"])
