"""What is said of the law: never more than was read, for the size and the place at hand."""

from __future__ import annotations

import csv
import itertools
import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.model import Staleness
from generator.report import report
from generator.report.citation import cited, legend, reading, sign, texts_of
from generator.report.conditions import depends_rows
from generator.report.freshness import stale_notice
from generator.report.profiles import evidence_lines
from generator.report.screening import law_fields
from generator.report.voice import Voice
from generator.shipped import LANGUAGES

DAY = date(2026, 11, 28)
MONTHS = "January February March April May June July August September October November December"
SIGNS = {
    "official": "O",
    "repost": "P",
    "superseded": "V",
    "page": "A",
    "press": "R",
    "none": "N",
}
CLAIMS = re.compile(
    r"\bverified (?:in|on|against|text|rule|source)|(?<!be )\bchecked (?:on|against)|"
    r"(?<!be )\bconfirmed;|status of checking|已核实|已核对|已与原文核对|经核实|核实状态|核验日期",
    re.IGNORECASE,
)
PLACES = {
    "US-TX": {"admin_code": "48331", "currency": "USD", "cny_per_unit": 7.1},
    "US-GA": {"admin_code": "13015", "currency": "USD", "cny_per_unit": 7.1},
    "KZ": {"admin_code": "552200000", "currency": "KZT", "cny_per_unit": 0.0135},
    "DE": {"admin_code": "DE40B", "currency": "EUR", "cny_per_unit": 8.2},
    "IS": {"admin_code": "IS00", "currency": "ISK", "cny_per_unit": 0.055},
}


@pytest.fixture(scope="module")
def places(region, knowledge):
    """A region in each of these legal orders, assessed."""
    return {
        order: assess(region(jurisdiction=order, **columns), knowledge, DAY, draws=100)
        for order, columns in PLACES.items()
    }


@pytest.fixture(scope="module")
def documents(places, cities, texts):
    """What the documents of every place print, by place and language."""
    every = {**places, **cities}
    return {
        (place, language): report(found, found.knowledge, texts, language).names()
        for place, found in every.items()
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def rows(root):
    """The rule table as it stands in its file."""
    with (root / "inputs/rules/rules.csv").open(encoding="utf-8") as file:
        return {row["rule_id"]: row for row in csv.DictReader(file)}


def sentences(value):
    """Every text in the fields of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from sentences(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from sentences(held)


def cells(value):
    """Every text, those of one row of a table together."""
    if isinstance(value, dict):
        yield " | ".join(held for held in value.values() if isinstance(held, str))
        for held in value.values():
            if not isinstance(held, str):
                yield from cells(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from cells(held)
    elif isinstance(value, str):
        yield value


def in_words(iso):
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS.split()[int(month) - 1]} {year}"


# --- what was read --------------------------------------------------------------------------------


def test_the_register_says_of_each_rule_what_its_row_says_was_read(documents, rows):
    seen = set()
    for (_, language), fields in documents.items():
        if language != "en":
            continue
        for row in fields["annex"]["register"]["rules"]:
            own = rows[row["id"]]
            expected = SIGNS[own["read_kind"]]
            if own["checked_on"]:
                expected = f"{expected}, {in_words(own['checked_on'])}"
            if own["checked_on"] > DAY.isoformat():
                expected = f"{expected}, after the day of this paper"
            assert row["reading"] == expected
            seen.add(own["read_kind"])
    assert seen == {"official", "repost", "superseded", "page", "press", "none"}


def test_no_text_claims_a_reading_that_no_rule_in_it_has(documents, places, cities, texts):
    """A text that says how something was read names an instrument that was read so on that day."""
    every = {**places, **cities}
    for (place, language), fields in documents.items():
        known = every[place].knowledge
        voice = Voice(texts, language, known)
        named = {}
        for rule in known.rules:
            said = reading(rule, voice)
            if rule.checked_on is not None:
                named.setdefault(said, set()).add(voice.short_instrument(rule))
        procedures = {reading(one.procedure, voice) for one in every[place].procedures}
        for text in cells([fields[key] for key in ("law", "swot", "counsel", "profiles", "annex")]):
            for said, instruments in named.items():
                if said in text and said not in procedures:
                    assert any(name in text for name in instruments), text


_WEAKER = ("official", "repost", "superseded", "page", "press")


def test_each_text_of_a_procedure_has_its_own_sign_and_the_row_the_weakest(knowledge, english):
    """Else a reader could not tell which part of a row a sign speaks of."""
    rows = [one for one in knowledge.procedures if one.basis_read]
    assert rows
    for one in rows:
        for language in LANGUAGES:
            voice = Voice(english.texts, language, knowledge)
            told = texts_of(one, voice)
            assert len(told) == len(one.basis_read), one.procedure_id
            for text, kind in zip(told, one.basis_read, strict=True):
                said = voice.say(f"reading.sign.{kind}")
                assert text.rstrip(")）").endswith(said), text
        read = [kind for kind in one.basis_read if kind != "none"]
        assert one.read_kind == max(read, key=_WEAKER.index), one.procedure_id


def test_a_list_of_texts_is_not_parted_within_brackets(knowledge, english):
    own = next(one for one in knowledge.procedures if one.procedure_id == "DE-P20")
    assert len(texts_of(own, english)) == 1


def test_procedures_and_opportunities_say_what_was_read(documents, places, cities, texts):
    """A procedure ends with its reading, blank for not recorded; an opportunity rests on one."""
    every = {**places, **cities}
    seen = 0
    for (place, language), fields in documents.items():
        voice = Voice(texts, language, every[place].knowledge, as_of=every[place].screening.as_of)
        for due, row in zip(every[place].procedures, fields["law"]["procedures"], strict=True):
            said = {"en": "what was read is not recorded", "zh-CN": "阅读情况未记录"}[language]
            if due.procedure.read_kind:
                *_, last = due.procedure.basis_read or (due.procedure.read_kind,)
                said = sign(replace(due.procedure, read_kind=last), voice)
            assert row["basis"].rstrip(")）").endswith(said)
        known = {rule.rule_id: rule for rule in every[place].knowledge.rules}
        for item, line in zip(
            every[place].swot.opportunities, fields["swot"]["opportunities"], strict=False
        ):
            rule = known[item.reference]
            assert rule.read_kind != "none"
            assert rule.condition.text(language) in line
            assert f"{sign(rule, voice)})" in line.replace("）", ")")
            seen += 1
    assert seen > 10


def test_a_limit_that_holds_only_with_another_says_so_beside_the_number(cities, texts):
    known = cities["changzhi"]
    (project, *_), first = known.programme.first.projects, known.programme.first
    gas = replace(first, projects=(replace(project, use_id="R11"),))
    here = replace(known, programme=replace(known.programme, first=gas))
    for language, word in (("en", "Both limits must be reached"), ("zh-CN", "两项限值须同时达到")):
        rows = depends_rows(here, Voice(texts, language, here.knowledge))
        assert any("8" in row["limits"] and word in row["note"] for row in rows)


def test_what_is_given_says_why_and_every_other_criterion_names_its_office(
    documents, cities, texts
):
    for language in LANGUAGES:
        known = cities["changzhi"].knowledge
        voice = Voice(texts, language, known)
        by_name = {one.name.text(language): one for one in known.criteria.values()}
        for row in documents["changzhi", language]["annex"]["used"]["rolled"]:
            criterion = by_name[row["criterion"]]
            assert criterion.changeable_note.text(language) in row["change"]
            is_named = voice.supplier(criterion.criterion_id) in row["change"]
            assert is_named != (criterion.changeable == "given")


def test_every_instrument_that_a_citation_names_has_its_reading_beside_it(documents):
    """Barred, conditional, coming or hanging: the citation ends with the signs of what was read."""
    mark = re.compile(r"\([OPVARN]\*?(, [OPVARN]\*?)*\)")
    for (_, language), fields in documents.items():
        if language != "en":
            continue
        law = fields["law"]
        texts = [row["sentence"] for row in law["barred"]]
        texts += [rule["source"] for row in law["filing"] for rule in row["rules"]]
        texts += [rule["source"] for row in law["outside"] for rule in row["rules"]]
        texts += [row["instruments"] for row in law["outside_together"] if row["instruments"]]
        texts += [row["cite"] for key in ("coming", "ending", "depends") for row in law[key]]
        assert all(mark.search(text) for text in texts)


def test_nothing_is_called_verified(documents, knowledge):
    """But for what the law or a task wants verified, such as a yearly report of emissions."""
    for (_, language), fields in documents.items():
        for text in sentences({key: held for key, held in fields.items() if key != "quality"}):
            left = text
            if CLAIMS.search(text):
                wanted = [rule.condition for rule in knowledge.rules]
                for one in knowledge.actions:
                    wanted += (one.title, one.target, one.short)
                for label in wanted:
                    left = left.replace(label.text(language), "")
            assert not CLAIMS.search(left), text


def test_texts_of_the_product_call_no_law_verified(texts):
    """Messages on the workbook may ask a planner to check; nothing says that a law was checked."""
    for key, said in texts.table.items():
        if not key.startswith(("problem.", "run.", "help.")):
            assert not any(CLAIMS.search(text) for text in said.values()), key


def test_an_instrument_has_one_reading_or_one_by_article(knowledge, english):
    rule = next(rule for rule in knowledge.rules if rule.read_kind == "press")
    again = replace(rule, rule_id="X", article="Art. 2", checked_on=rule.checked_on - timedelta(1))
    rule = replace(rule, article="Art. 1")
    voice = replace(english, knowledge=replace(knowledge, rules=(rule, again)), _read={})
    # The earliest day speaks for both, wherever either is cited.
    day = english.date(again.checked_on)
    assert cited((rule,), voice) == f"{english.short_instrument(rule)} (press report, read {day})"
    assert cited((rule, again), voice) == cited((again,), voice) == cited((rule,), voice)
    unread = replace(again, read_kind="none", checked_on=None)
    voice = replace(english, knowledge=replace(knowledge, rules=(rule, unread)), _read={})
    assert cited((unread,), voice).endswith("(Art. 2: not read, general knowledge)")
    assert cited((unread, rule), voice).endswith(
        f"(Art. 1: press report, read {english.date(rule.checked_on)}; "
        "Art. 2: not read, general knowledge)"
    )
    bare = replace(unread, article="")
    assert cited((bare,), voice).endswith("(on this point: not read, general knowledge)")
    assert reading(replace(rule, checked_on=None), english) == "not read, general knowledge"


def test_an_act_that_no_project_is_about_is_none_of_the_questions_that_stop_one(documents):
    for place in ("US-TX", "qingdao"):
        asked = [row["ask"] for row in documents[place, "en"]["counsel"]["asked"]]
        assert asked
        assert not any("stablecoin act" in text for text in asked)


def test_what_ends_alike_for_several_activities_is_one_row(documents):
    rows = documents["US-TX", "en"]["annex"]["register"]["ending"]
    said = [(row["day"], row["condition"]) for row in rows]
    assert len(said) == len(set(said))
    assert any("; " in row["activity"] for row in rows)


def test_one_legend_explains_the_signs_wherever_law_is_listed(documents):
    for (_, language), fields in documents.items():
        told = "How far each text was read: " if language == "en" else "阅读情况标记"
        assert fields["annex"]["register"]["intro"].count(told) <= 1
        if fields["annex"]["register"]["rules"]:
            assert told in fields["annex"]["register"]["intro"]
            assert fields["law"]["legend"].startswith(told)
        # A brief prints it once, above the first table with signs.
        assert told not in fields["law"]["intro"] + fields["basis"]["read"]


def test_what_was_read_after_the_day_of_the_paper_says_so(knowledge, english):
    read = next(rule for rule in knowledge.rules if rule.read_kind == "repost")
    day = replace(english, knowledge=knowledge, as_of=read.checked_on, _read={})
    before = replace(day, as_of=read.checked_on - timedelta(1), _read={})
    assert (sign(read, day), sign(read, before)) == ("P", "P*")
    assert "after the day" not in reading(read, day)
    assert reading(read, before).endswith("after the day of this paper")
    assert "*" not in legend((read,), day)
    assert f"after the day of this paper, {english.date(before.as_of)}" in legend((read,), before)


def test_reader_notes_stand_with_their_rule(documents, places, cities):
    """In the words of the place: where the province is known, the note names it."""
    for (place, language), fields in documents.items():
        found = {**places, **cities}[place]
        notes = {one.rule_id: one.reader_note for one in found.knowledge.rules}
        for row in fields["annex"]["register"]["rules"]:
            assert notes[row["id"]].text(language).rstrip(".。") in row["condition"], place


def test_evidence_names_its_kind_and_its_place(cities, english):
    found = cities["changzhi"]
    lines = evidence_lines(found, replace(english, knowledge=found.knowledge))
    assert lines
    for line in lines:
        item = found.knowledge.evidence[line.partition(":")[0]]
        place = item.place.text("en")
        if item.kind == "general knowledge":
            assert line.endswith(" (general knowledge)")
            continue
        kind = "copy elsewhere" if item.kind == "repost" else item.kind
        assert f"({kind}; {place}; " in line if place else f"({kind}; " in line
        assert line.endswith("; day of reading not recorded)") is (item.checked_on is None)


# --- sizes, unknowns, days ------------------------------------------------------------------------


@pytest.mark.parametrize("city", ["changzhi", "qingdao", "heze"])
def test_large_halls_are_barred_from_a_size_on_and_smaller_ones_have_conditions(
    documents, cities, city
):
    """3,000 racks of 2.5 kW, as the notice of 2023 counts them, are 7.5 MW."""
    size = f"{3000 * 2.5 / 1000:g} MW"
    fields, found = documents[city, "en"], cities[city]
    (row,) = fields["law"]["sizes"]
    assert row["sentence"].startswith(f"installed IT load of {size} or more: barred here: ")
    assert "[2023] No. 1779 (P)" in row["sentence"]
    assert "in principle" in row["sentence"]
    assert row["note"].startswith("In principle: an exception needs approval from above.")
    halls = [found.knowledge.use(use_id) for use_id in row["ids"].split("; ")]
    assert {use.name.text("en") for use in halls} >= {
        "AI and high-performance computing hall", "General data centre for cloud and government",
    }  # fmt: skip
    for use in halls:
        assert found.screening.uses[use.use_id].status == "conditional"
    annexed = {row["id"]: row["sizes"] for row in fields["annex"]["register"]["uses"]}
    assert all(size in annexed[use.use_id] for use in halls)
    barred = " ".join(str(row["rules"]) for row in fields["law"]["barred"])
    assert row["rule"] not in barred
    assert "1779" not in fields["law"]["barred_all"][0]["sentence"]


def test_what_hangs_on_a_missing_figure_is_neither_applied_nor_dropped(documents):
    law = documents["changzhi", "en"]["law"]
    row = next(row for row in law["depends"] if row["missing"] == "persons whose data are held")
    assert row["limits"] == "10,000,000 or more persons whose data are held"
    assert "Network Data Security" in row["cite"]
    standing = {
        row["id"]: row["standing"]
        for row in documents["changzhi", "en"]["annex"]["register"]["rules"]
    }
    assert standing["CN-SEC-08"] == (
        "depends on persons whose data are held, which was not given: neither applied nor dropped"
    )
    # What a hall draws in a year follows from its size.
    assert "not given" not in standing["CN-DC-04"]


def test_what_may_set_more_conditions_is_said_once_for_all_uses(documents):
    law = documents["changzhi", "en"]["law"]
    hung = {row["missing"] for row in law["depends"]}
    named = law["duties_note"].removesuffix(".").partition("may hang on it: ")[2].split("; ")
    assert "persons whose data are held" in named
    assert set(named) <= hung


def test_a_condition_that_starts_at_a_size_says_so(documents):
    law = documents["DE", "en"]["law"]
    conditions = [rule["condition"] for row in law["filing"] for rule in row["rules"]]
    assert any(text.startswith("from connection of 0.3 MW or more: ") for text in conditions)


def test_persons_are_counted_and_not_measured(documents):
    limits = "; ".join(row["limits"] for row in documents["DE", "en"]["law"]["depends"])
    assert "50 or more employees" in limits


def test_rules_that_start_or_end_within_the_plan_stand_with_their_day(documents, rows):
    """The plan runs from 2027 to 2030: all German power of halls is renewable from 2027 on.

    The half of the years before is no end, since the next stage takes over; a permit of Texas ends.
    """
    law = documents["DE", "en"]["law"]
    assert rows["DE-DC-04"]["in_force_from"] == "2027-01-01"
    days = {row["id"]: row["day"] for row in law["coming"]}
    assert days["DE-DC-04"] == "1 January 2027"
    assert "DE-DC-03" not in {row["id"] for row in law["ending"]}
    ends = {row["id"]: row["day"] for row in documents["US-TX", "en"]["law"]["ending"]}
    assert "5 March 2028" in ends.values()
    annexed = [row["id"] for row in documents["DE", "en"]["annex"]["register"]["coming"]]
    assert set(days) <= set(annexed)
    starts = [rows[key]["in_force_from"] for key in annexed if rows[key]["in_force_from"]]
    assert starts == sorted(starts)
    assert all("2026-11-28" < start <= "2030-12-31" for start in starts)


# --- freshness ------------------------------------------------------------------------------------


def test_the_notice_counts_by_reason_and_names_what_to_begin_with(knowledge, english):
    own = [rule for rule in knowledge.rules if rule.jurisdiction == "CN"]
    press = [rule for rule in own if rule.read_kind == "press"]
    none = [rule for rule in own if rule.read_kind == "none"]
    ended = Staleness(press[0], 10, is_old=False, ended_by=none[0].instrument, ends_on=None)
    stale = [
        *(Staleness(rule, None, is_old=True, ended_by=None, ends_on=None) for rule in none[:4]),
        Staleness(press[1], 200, is_old=True, ended_by=None, ends_on=date(2027, 12, 31)),
        ended,
    ]
    first = {
        english.short_instrument(press[0]): "repealed", english.short_instrument(none[1]): "not read",
    }  # fmt: skip
    said = stale_notice(stale, "the nine rules", DAY, english, first)
    # The gravest reason first.
    assert (
        "of the nine rules, 1 rests on an instrument that has been repealed or replaced; "
        "4 were not read; 1 provision ends before the plan does; 1 was read more than 180 days before"
    ) in said
    # What to begin with says why.
    named = said.partition("Begin with ")[2]
    assert named.startswith(f"{english.short_instrument(press[0])} (repealed)")
    assert named.count("(not read)") == 1
    # Where no project waits for a text, nothing is put first.
    assert "Begin with" not in stale_notice(stale, "the nine rules", DAY, english)
    assert not re.search(r"\b0\b", said.replace("180", ""))
    assert stale_notice([], "", DAY, english) == ""


def test_the_annex_lists_every_rule_of_the_notice_with_why(documents, cities):
    found = cities["qingdao"]
    rows = documents["qingdao", "en"]["annex"]["register"]["stale"]
    assert [row["id"] for row in rows] == [one.rule.rule_id for one in found.screening.stale]
    assert all(row["why"] and row["reading"] for row in rows)


# --- reach ----------------------------------------------------------------------------------------


def test_a_place_without_rules_is_told_so_and_how_to_add_them(documents):
    fields = documents["IS", "en"]
    assert fields["law"]["reach"].startswith("No rules are on file for Iceland")
    assert "fill the rule tables" in fields["law"]["reach"]
    assert "was not assessed" in fields["summary"]["barred"]
    for language in LANGUAGES:
        for text in sentences(documents["IS", language]):
            assert not re.search(r"no rule on file bars|未见禁止|未予禁止", text), text


def test_a_state_without_rules_of_its_own_says_whose_rules_it_runs_on(documents):
    said = documents["US-GA", "en"]["law"]["reach"]
    assert "No rules of its own are on file for Georgia (US)" in said
    assert "United States" in said


def test_coverage_that_is_not_complete_is_counted_on_page_one(documents, places):
    for order in ("US-TX", "US-GA"):
        reach = places[order].screening.reach
        assert reach.open
        counted = f"{len(reach.assessed)} of the {len(reach.assessed) + len(reach.open)} activities"
        assert counted in documents[order, "en"]["law"]["reach"]
    assert not places["KZ"].screening.reach.open
    assert documents["KZ", "en"]["law"]["reach"] == ""


def test_uses_without_assessed_law_are_one_line(documents):
    for (place, _), fields in documents.items():
        assert isinstance(fields["law"]["open"], str)
        assert ("\n" in fields["law"]["open"]) is False, place
    assert "24 uses are not assessed" in documents["IS", "en"]["law"]["open"]


@pytest.mark.parametrize("order", ["US-TX", "DE", "KZ"])
def test_comparators_that_are_not_barred_have_conditions_and_are_outside_the_plan(documents, order):
    law = documents[order, "en"]["law"]
    assert law["outside_together"]
    for rows in (law["outside"], law["outside_together"]):
        assert all("outside this plan" in row["sentence"].casefold() for row in rows)
    # Each activity in one row, those of one position and nearly the same instruments together.
    names = [name for row in law["outside_together"] for name in row["name"].split("; ")]
    assert sorted(names) == sorted(row["name"] for row in law["outside"])
    told = [(row["status"], set(row["instruments"].split("; "))) for row in law["outside_together"]]
    for (position, one), (other_position, other) in itertools.combinations(told, 2):
        assert position != other_position or len(one & other) <= 0.7 * len(one | other)
    assert all(re.search(r"\([OPVARN]", row["instruments"]) for row in law["outside_together"])


def test_a_claim_on_what_is_barred_from_a_size_on_is_not_called_barred(region, knowledge, texts):
    found = region(
        claims=[{"text_en": "Halls are welcome here", "activity": "data_centre"}],
        in_national_hub=0,
    )
    own = assess(found, knowledge, DAY, draws=100)
    (row,) = law_fields(own, Voice(texts, "en", own.knowledge))["claims"]
    assert (
        "barred from a size on (data-centre size of 3,000 standard racks or more)"
        in (row["position"])
    )


def test_what_other_instruments_do_to_a_rule_stands_in_the_register(documents):
    """The Ecological and Environmental Code ended the EIA Law on 15 August 2026."""
    rows = documents["changzhi", "en"]["annex"]["register"]["rules"]
    assert "CN-BLD-09" not in {row["id"] for row in rows}
    plan = next(row for row in rows if row["id"] == "CN-DC-09")
    assert "[2023] No. 1779 extends this (25 December 2023)" in plan["relations"]


def test_open_procedures_are_named_in_a_sentence_of_their_own(full, voice):
    named = full.knowledge.procedures[:2]
    found = replace(full, undecided_procedures=named)

    text = law_fields(found, voice)["procedures_open"]

    assert all(voice.name(one.name) in text for one in named)
    assert law_fields(replace(full, undecided_procedures=()), voice)["procedures_open"] == ""
