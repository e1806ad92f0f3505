"""Actions, duties, indicators and questions in words."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

from msgspec.structs import replace

from generator.model import ActionPlan, CounselList, Label, OpenActivity
from generator.model.law import ReadKind
from generator.report.actions import action_fields
from generator.report.conditions import missed_rules
from generator.report.counsel import counsel_fields
from generator.report.lawbasis import law_basis_fields
from generator.report.lawscope import read_line, resting_rules
from generator.report.screening import law_fields

UNREAD = [kind for kind in get_args(ReadKind) if kind != "official"]


def test_actions_stand_in_order_and_wait_only_for_earlier_ones(full, english):
    rows = action_fields(full, english)["actions"]
    assert [row["number"] for row in rows] == [str(i) for i in range(1, len(rows) + 1)]
    for row in rows:
        assert all(int(number) < int(row["number"]) for number in re.findall(r"\d+", row["after"]))


def energy_asked(found, voice):
    """The questions of rules that no project reaches by its own power, each once."""
    rules = (rule for use in found.programme.uses for rule in missed_rules(use, found))
    return [*dict.fromkeys(voice.name(rule.question) for rule in rules if rule.question.texts)]


def place_of_check(found):
    """The place of the monthly check of closed sites, which runs for a year from the start."""
    return [one.action.action_id for one in found.action_plan.actions].index("A38")


def test_months_are_those_of_the_calendar_once_the_start_is_known(full, english):
    place = place_of_check(full)
    row = action_fields(full, english)["actions"][place]
    action = full.action_plan.actions[place]
    assert (action.start_month, action.end_month) == (0, 12)
    assert row["period"] == "January 2027 – December 2027"


def test_a_plan_that_starts_in_autumn_runs_over_the_new_year(full, english):
    region = replace(full.region, plan_from=date(2027, 11, 15))
    row = action_fields(replace(full, region=region), english)["actions"][place_of_check(full)]
    assert row["period"] == "November 2027 – October 2028"


def test_months_are_counted_while_the_start_is_unknown(full, voice):
    found = replace(full, region=replace(full.region, plan_from=None))
    fields = action_fields(found, voice)
    assert fields["actions"][place_of_check(full)]["period"] == voice.say(
        "plan.months", first=1, last=12
    )
    assert fields["intro"].startswith(
        voice.say(
            "tasks.intro_months",
            count=len(full.action_plan.actions),
            binding=sum(a.is_binding for a in full.action_plan.actions),
            # Halls stand 15 months after finding whose a load is, the vote, design with permits, tender
            # and the construction permit; their acceptance takes a month and their filing three.
            end=voice.say("plan.month", number=42),
        )
    )


def test_each_action_says_because_of_what(full, english):
    because = {row["task"]: row["because"] for row in action_fields(full, english)["actions"]}
    refused = because["Refuse and record requests for barred uses"]
    named = "; ".join(english.use(key) for key in ("P01", "P02", "P03"))
    assert refused == f"barred: {named} and others (6 in all)"
    assert because["Hold a quarterly rule review"].startswith("risk: K06 ")
    kinds = {text.partition(":")[0] for text in because.values()}
    assert kinds == {
        "gap", "condition", "risk", "in the programme", "proposed use", "every plan",
        "barred", "procedure", "what waits for it", "connection that stays unused",
        "people without a post",
    }  # fmt: skip


def test_the_division_of_tasks_names_bodies_and_letters(full, english):
    place = place_of_check(full)
    row = action_fields(full, english)["actions"][place]
    action = full.action_plan.actions[place].action
    for column, key in (("lead", action.lead_office), ("responsible", action.responsible_office)):
        assert english.office(key) in row[column]
    assert row["joint"].split("; ") == [english.office(key) for key in action.joint_offices]
    assert row["raci"] == "A/R: government; C: operator"


def test_an_indicator_starts_from_the_cell_and_aims_at_the_requirement(full, english):
    rows = {row["number"]: row for row in action_fields(full, english)["indicators"]}
    numbers = {one.action.action_id: str(i) for i, one in enumerate(full.action_plan.actions, 1)}
    measured = [row for row in full.action_plan.monitoring if row.baseline is not None]
    assert measured
    for row in measured:
        shown, baseline = rows[numbers[row.action_id]], row.baseline
        assert shown["baseline"] == english.amount(
            baseline.value.fact.value, baseline.value.criterion_id
        )
        value, key = baseline.value.fact.value, baseline.value.criterion_id
        is_lower = english.knowledge.criteria[key].direction == "lower_better"
        is_short = value > baseline.minimum if is_lower else value < baseline.minimum
        # What binds and is missed is the minimum; beyond it the target is what is hoped for.
        bound = baseline.minimum if row.is_binding and is_short else baseline.target
        assert english.amount(bound, key) in shown["target"]
        assert shown["cell"]
        assert shown["target_use"] == f"for: {english.use(baseline.use_id)}"


def test_binding_indicators_are_marked(full, english):
    rows = action_fields(full, english)["indicators"]
    assert [row["kind_band"] == "binding" for row in rows] == [
        row.is_binding for row in full.action_plan.monitoring
    ]
    assert {row["kind"] for row in rows} == {"binding", "expected"}


def test_an_unknown_baseline_is_a_dash(full, voice):
    rows = action_fields(full, voice)["indicators"]
    blank = next(i for i, row in enumerate(full.action_plan.monitoring) if row.baseline is None)
    assert rows[blank]["baseline"] == voice.dash
    assert rows[blank]["target"] == full.action_plan.monitoring[blank].target.text(voice.language)


def test_without_actions_the_chapter_says_so(full, voice):
    fields = action_fields(replace(full, action_plan=ActionPlan((), ())), voice)
    assert fields["intro"] == voice.say("tasks.none")
    assert fields["actions"] == fields["indicators"] == []


def test_a_brief_asks_what_could_stop_a_project_first(full, english):
    rows = counsel_fields(full, english)["asked"]
    own = set(full.programme.uses)
    rules = [one.rule for one in full.counsel.questions if own & set(one.uses)]

    assert 0 < len(rows) <= 12
    # Each names one instrument and what its rule asks, and every project is asked about.
    texts = {english.text(rule.question) or english.name(rule.condition) for rule in rules}
    asked = [row for row in rows if any(text in row["ask"] for text in texts)]
    assert asked
    # Beside them stand what decides for the whole plan or a project, and who holds the sites.
    gates = {english.name(one.procedure.question) for one in full.procedures}
    energy = energy_asked(full, english)
    assert energy
    assert {*energy} <= {row["ask"] for row in rows}
    # Money, debt, power and personal data are asked of their procedures, whom no project waits for.
    procedures = {text for one in full.procedures if (text := english.text(one.procedure.asked))}
    assert procedures <= {row["ask"] for row in rows}
    assert all(row["by"] for row in rows)
    told = {*gates, english.say("counsel.title"), *energy, *procedures}
    beside = [row for row in rows if row not in asked and row["ask"] not in told]
    assert {row["uses"] for row in beside} <= {english.say("counsel.whole")}
    assert all(row["ask"].endswith("?") for row in rows)
    named = " ".join(row["uses"] for row in asked)
    assert english.say("counsel.all") in named or all(english.use(key) in named for key in own)
    # What is asked of every rule is said once, above the table.
    said = english.say("counsel.of_each")
    assert said in counsel_fields(full, english)["finding"]
    assert not any("what proves it" in row["ask"] for row in rows)
    limited = {
        english.text(rule.question) or english.name(rule.condition)
        for rule in rules
        if rule.duty == "limit"
    }
    limits = [any(text in row["ask"] for text in limited) for row in asked]
    assert limits == sorted(limits, reverse=True)
    others = {one.name.text("en") for one in english.knowledge.uses if one.use_id not in own}
    assert not any(name in row["uses"] for row in rows for name in others)


def test_what_counsel_is_asked_is_a_question(full, voice):
    fields = counsel_fields(full, voice)
    asked = [row["ask"] for row in fields["asked"]]
    asked += [one for row in fields["rows"] for one in row["ask"]]
    assert asked
    assert {text[-1] for text in (*asked, fields["finding"])} == {
        "?" if voice.language == "en" else "？"
    }


def test_a_rule_asks_its_own_question_and_one_that_binds_everyone_asks_none(full, english):
    own = set(full.programme.uses)
    (first, *_) = (
        one
        for one in full.counsel.questions
        if own & set(one.uses) and "conditional" in one.reasons and not one.rule.is_of_operation
    )
    label = Label((("en", "Who files it, and by when?"),))

    def asked(**changed):
        mine = replace(first, rule=replace(first.rule, **changed))
        alone = replace(full, counsel=replace(full.counsel, questions=(mine,)))
        return [row["ask"] for row in counsel_fields(alone, english)["asked"]]

    assert "Who files it, and by when?" in asked(question=label)
    assert "Who files it, and by when?" not in asked(question=label, duty="general")


def test_whether_the_body_may_act_at_all_is_asked_before_every_rule(full, english):
    asked = Label((("en", "May it act at all?"),))
    due = replace(
        full.procedures[0], procedure=replace(full.procedures[0].procedure, question=asked)
    )
    rows = counsel_fields(replace(full, procedures=(due,)), english)["asked"]
    assert rows[0]["ask"] == "May it act at all?"
    assert english.name(due.procedure.basis) in rows[0]["instruments"]
    assert len(rows) <= 12


def test_every_count_of_rules_is_that_of_one_scope(full, english):
    """Sections on law, on its reading, on its sources and for counsel count the same rules."""
    count = len(resting_rules(full))
    law = law_fields(full, english)
    said = (
        law["intro"], law["stale_notice"], counsel_fields(full, english)["finding"],
        law_basis_fields(full, english)["read"],
    )  # fmt: skip
    assert all(f" {count} rules on the projects" in text for text in said)
    # Its parts add up to it.
    read = read_line(resting_rules(full), english)
    assert sum(int(one) for one in re.findall(r"\d+", read)) == count
    # Where some are to be read again, that notice stands for it.
    assert law["read"] == ""


def test_what_stops_no_project_is_asked_where_there_is_none_and_in_the_annex(full, english):
    bars = english.say("counsel.barred_text")
    asked = counsel_fields(full, english)
    assert bars not in {row["ask"] for row in asked["asked"]}
    assert asked["lines"]


def test_who_holds_title_and_connection_is_asked_of_every_site(full, english):
    (row,) = (
        one
        for one in counsel_fields(full, english)["asked"]
        if one["ask"] == english.say("counsel.title")
    )
    on_sites = [one.use_id for one in full.programme.projects if one.place.number is not None]
    assert on_sites
    assert english.use(on_sites[0]) in row["uses"]


def test_every_question_names_rule_condition_uses_and_what_to_confirm(full, english):
    rows = counsel_fields(full, english)["rows"]
    assert [row["rule"] for row in rows] == [one.rule.rule_id for one in full.counsel.questions]
    for row, question in zip(rows, full.counsel.questions, strict=True):
        assert question.rule.condition.text("en") in row["condition"]
        assert question.rule.reader_note.text("en").rstrip(".") in row["condition"]
        assert english.use(question.uses[0]) in row["uses"]
        asks = " ".join(row["ask"])
        assert ("How is the condition met" in asks) is ("conditional" in question.reasons)
        # What was read instead of the official text decides what is asked of its wording.
        wordings = {kind: english.say(f"counsel.wording_{kind}") for kind in UNREAD}
        asked = [kind for kind in UNREAD if wordings[kind] in row["ask"]]
        assert asked == [kind for kind in UNREAD if kind == question.rule.read_kind]


def test_nothing_is_asked_twice(full, english):
    fields = counsel_fields(full, english)
    asked = [row["rule"] for row in fields["rows"]]
    assert len(asked) == len(set(asked))
    assert len(fields["lines"]) == len(set(fields["lines"]))


def test_rules_without_a_start_are_asked_about(full, english):
    fields = counsel_fields(full, english)
    undated = [rule for found in full.screening.findings.values() for rule in found.undated]
    assert undated
    lines = " ".join(fields["lines"])
    rows = {row["rule"]: row["ask"] for row in fields["rows"]}
    for rule in undated:
        in_rows = "Is it in force?" in rows.get(rule.rule_id, ())
        title = english.short_instrument(rule)
        assert in_rows is not (
            f"Is {title} (" in lines and "no start is on file" in lines.casefold()
        )


def test_an_activity_without_a_rule_is_a_question_with_its_uses(full, english):
    counsel = CounselList((), (OpenActivity("customs", ("U02", "U15")),))
    lines = counsel_fields(replace(full, counsel=counsel), english)["lines"]
    assert lines[0].startswith("Which law governs ")
    assert english.use("U15") in lines[0]


def test_nothing_to_ask_has_a_word(full, voice):
    screening = replace(full.screening, findings={})
    found = replace(full, counsel=CounselList((), ()), screening=screening)
    fields = counsel_fields(found, voice)
    assert fields["rows"] == fields["lines"] == []
    # What a procedure decides and who holds the sites is asked whatever the rules say.
    gates = [
        voice.name(one.procedure.question) for one in found.procedures if one.procedure.question
    ]
    # So is with what the energy of a hall is counted, which a limit missed by its own power hangs on.
    energy = energy_asked(found, voice)
    assert energy
    procedures = [text for one in found.procedures if (text := voice.text(one.procedure.asked))]
    told = [*gates, voice.say("counsel.title"), *energy, *procedures]
    assert [row["ask"] for row in fields["asked"]] == told
    assert fields["finding"] == voice.say("counsel.none_own")
