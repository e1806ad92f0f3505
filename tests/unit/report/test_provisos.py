"""What filing waits for: nothing of it files itself, and nothing is filed before it has ended."""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.analysis import assess
from generator.intake import read_submission, write_form
from generator.report import report
from generator.report.conditions import gates_of
from generator.report.currencies import money_of
from generator.report.decisions import decisions_asked
from generator.report.earnings import needed_lines
from generator.report.gates import answerer
from generator.report.path import path
from generator.report.provisos import files, holding, limits
from generator.report.task import each_of
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import task_at
from generator.report.toprisks import top_lines
from generator.report.voice import Voice
from generator.report.yearcost import extra_wages

DAY = date(2026, 11, 30)
ABROAD = ("milam", "reeves", "washington", "ekibastuz", "karaganda", "lausitz", "leverkusen")


@pytest.fixture(scope="module")
def regions(cities, knowledge, texts, tmp_path_factory):
    """The sample cities and the places outside China, assessed."""
    spec = importlib.util.spec_from_file_location("places", Path(__file__).parents[2] / "places.py")
    places = importlib.util.module_from_spec(spec)
    sys.modules["places"] = places
    spec.loader.exec_module(places)
    folder, found = tmp_path_factory.mktemp("books"), dict(cities)
    for code in ABROAD:
        book, order = folder / f"{code}.xlsx", places.PLACES[code].jurisdiction
        book.write_bytes(write_form(knowledge, texts, "en", places.rows(code), order))
        (region,) = read_submission([book], knowledge).regions
        found[code] = assess(region, knowledge, DAY, draws=50)
    return found


def voiced(found, texts):
    return Voice(texts, "en", found.knowledge)


def test_nothing_that_filing_waits_for_files_or_tenders_itself(regions, texts):
    for code, found in regions.items():
        tasks = tasks_of(found, voiced(found, texts))
        held = [task_at(place, tasks) for place in holding(tasks, found)]
        assert not [task.title for task in each_of(held) if files(task)], code


def test_nothing_is_filed_before_all_that_filing_waits_for_has_ended(regions, texts):
    for code, found in regions.items():
        voice = voiced(found, texts)
        tasks = tasks_of(found, voice)
        end = max((task_at(place, tasks).last for place in holding(tasks, found)), default=None)
        early = [
            task.title
            for task in each_of(tasks)
            if files(task) and end is not None and task.first <= end
        ]
        assert not early, code


def test_one_office_answers_what_decides_whether_a_project_can_be_built(regions, texts):
    for code, found in regions.items():
        voice = voiced(found, texts)
        risks = " ".join(top_lines(found, voice))
        for use_id in found.programme.first.uses:
            for gate in gates_of(use_id, found):
                assert any(due.procedure == gate and use_id in due.uses for due in found.procedures)
                assert answerer(gate, use_id, found, voice) in risks, (code, gate.procedure_id)


@pytest.mark.parametrize(("code", "is_alone"), [("milam", True), ("washington", False)])
def test_where_one_body_alone_decides_lead_bodies_only_prepare(regions, texts, code, is_alone):
    found = regions[code]

    told = limits(found, voiced(found, texts))

    assert ("the commissioners court alone decides" in told) is is_alone


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_a_project_must_earn_is_told_where_costs_are_from_elsewhere(regions, texts, language):
    for code, found in regions.items():
        voice = Voice(texts, language, found.knowledge, money_of(found.region, found.knowledge))
        told = list(needed_lines(found.programme.first, voice))
        due = [one for one in found.programme.first.projects if one.returns]
        assert len(told) == (len(due) if code in ABROAD else 0), code
        for one, line in zip(due, told, strict=False):
            load = one.effects["power"] * 8760
            income = one.returns.income
            if one.payroll:
                # Staff at the local wage, as far as that is more than the running cost.
                income += max(0.0, one.payroll.wages[0] - sum(one.running_cost) / 2)
            price = income * 1000 / load / voice.money_in.rate
            assert f"{price:.2g}" in line, (code, line)


def test_where_no_table_prices_studies_their_sum_has_a_vote_on_the_way(regions, texts):
    for code, found in regions.items():
        voice = Voice(texts, "en", found.knowledge, money_of(found.region, found.knowledge))
        if not found.programme.first.projects:
            continue
        told = dict(path(decisions_asked(found, voice), found, voice))
        at = [month for month, text in told.items() if "vote on the sum for studies" in text]
        assert bool(at) is not bool(found.preparation.studies), code
        # What is told to be priced by then is not voted on before.
        assert all(f"priced by {month} " in decisions_asked(found, voice).limits for month in at)


def test_a_yearly_cost_from_elsewhere_says_what_it_is_at_local_wages(regions, texts):
    for code in sorted(ABROAD):
        found = regions[code]
        projects = found.programme.first.projects
        if projects:
            told = report(found, found.knowledge, texts, "en").fields["top"]["tiles"][-1][
                "measures"
            ]
            extra = any(map(extra_wages, projects))
            # The figure to use is that at local wages; that of the catalogue stands below it.
            assert (" at wages of China" in told[-1]["text"]) is extra, code
