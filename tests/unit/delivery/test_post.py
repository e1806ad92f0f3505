"""What a run writes down and does when something other than the network breaks it off."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from generator.cli import main
from generator.delivery import post as module
from generator.delivery.ledger import open_ledger
from generator.delivery.plan import plan
from generator.delivery.post import check_settings, post_office
from generator.delivery.record import as_record
from generator.delivery.session import Refused
from generator.pipeline.mail import mail_due, mail_plan, write_drafts
from generator.pipeline.shelf import Shelf
from generator.problems import InputError, Origin, problem
from generator.settings import load_settings


class BrokenOff:
    """A connection on which `fault` is raised within a message, before or after the last byte."""

    size_limit, has_utf8 = 0, True

    def __init__(self, fault, *, is_decided):
        self.fault, self.is_decided, self.done = fault, is_decided, []

    def __call__(self, *_):
        return self

    def transmit(self, *message):
        if self.is_decided:
            message[-1]()
        raise self.fault

    def close(self):
        self.done.append("close")

    def leave(self):
        self.done.append("leave")


@pytest.fixture
def run(consignment, recipient, tmp_path, settings, templates, monkeypatch):
    """`run(session)`: sends one message on it."""

    def do(session, resent=frozenset()):
        monkeypatch.setattr(module, "Session", session)
        out = tmp_path / "out"
        errands = plan([consignment("qingdao", [recipient()])], out, settings)
        with post_office(errands, out, settings, templates, resent) as office:
            list(office.send())

    return do


def entries(settings):
    with open_ledger(settings.ledger, is_written=False) as ledger:
        return {(one.state, one.detail) for one in ledger.entries("spring")}


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), InputError([])])
def test_within_a_message_the_connection_is_dropped_before_any_goodbye(fault, run):
    session = BrokenOff(fault, is_decided=False)
    with pytest.raises(type(fault)):
        run(session)
    assert session.done[0] == "close"


def test_an_interruption_before_the_last_byte_leaves_it_planned(run, settings):
    with pytest.raises(KeyboardInterrupt):
        run(BrokenOff(KeyboardInterrupt(), is_decided=False))
    assert entries(settings) == {("planned", "")}


def test_an_interruption_after_the_last_byte_is_held_back_and_says_why(run, settings):
    with pytest.raises(KeyboardInterrupt):
        run(BrokenOff(KeyboardInterrupt(), is_decided=True))
    assert entries(settings) == {("sending", "DL-341 END")}
    untouched = BrokenOff(AssertionError("sent twice"), is_decided=True)
    # Nothing is due any more, so that `send` only asks the server for its limit.
    run(untouched)
    assert entries(settings) == {("unknown", "DL-341 END")}


def test_a_document_built_anew_while_the_question_stood_goes_by_itself_the_next_time(
    consignment, recipient, tmp_path, settings, templates, monkeypatch
):
    monkeypatch.setattr(module, "Session", BrokenOff(AssertionError("sent"), is_decided=True))
    out = tmp_path / "out"
    errands = plan([consignment("qingdao", [recipient()])], out, settings)
    with post_office(errands, out, settings, templates, frozenset()) as office:
        (out / "qingdao/annex.en.docx").write_bytes(b"built anew")
        (receipt,) = office.send()
    assert (receipt.state, receipt.problem.code) == ("failed", "DL-104")
    assert entries(settings) == {("planned", "")}


def test_an_outbox_that_could_not_be_filled_holds_no_draft_of_an_earlier_run(
    consignment, recipient, tmp_path, settings
):
    out = tmp_path / "out"
    errands = plan([consignment("qingdao", [recipient()])], out, settings)
    stale = out / "outbox" / "009-heze.en.eml"
    stale.parent.mkdir()
    stale.touch()
    own = load_settings({"out": str(out)}, date(2026, 11, 28), {})
    with pytest.raises(InputError):
        list(write_drafts(own, replace(settings, sender="no address"), errands))
    assert not stale.exists()


def test_a_file_without_certificates_is_named_before_anything_is_planned(settings, tmp_path):
    path = tmp_path / "own.pem"
    path.write_text("no certificate", encoding="utf-8")
    with pytest.raises(InputError) as fault:
        check_settings(replace(settings, ca_file=path))
    assert [(one.code, str(one.origin)) for one in fault.value.problems] == [
        ("DL-208", "[mail] ca_file")
    ]


def test_without_a_campaign_a_look_ahead_does_not_read_the_ledger_of_others(
    consignment, recipient, tmp_path, settings
):
    errands = plan([consignment("qingdao", [recipient()])], tmp_path / "out", settings)
    with pytest.raises(InputError) as fault:
        mail_due(replace(settings, campaign=""), errands, frozenset())
    assert [one.code for one in fault.value.problems] == ["DL-202"]


@pytest.fixture
def command(consignment, recipient, tmp_path, settings, monkeypatch):
    """`command(session)`: the exit code of `briefs send` with one message on that session."""

    def do(session):
        out = tmp_path / "out"
        record = as_record([consignment("qingdao", [recipient()])], [])
        (out / "delivery.json").write_bytes(record)
        monkeypatch.setattr(module, "Session", session)
        (tmp_path / "briefs.toml").touch()
        monkeypatch.setenv("BRIEFS_MAIL_HOST", settings.host)
        monkeypatch.setenv("BRIEFS_MAIL_FROM", settings.sender)
        return main(["send", str(out), "--smtp", "--campaign", "spring", "--yes"])

    return do


def test_a_message_whose_end_could_not_be_noted_counts_as_unknown(command, capsys):
    full = InputError([problem("DL-402", Origin("ledger"), detail="database or disk is full")])
    assert command(BrokenOff(full, is_decided=True)) == 2
    said = capsys.readouterr().err
    assert "2 unknown, 0 still planned" in said
    assert "office@example.org" not in said


def test_a_refusal_is_one_line_with_its_cell(command, capsys):
    refused = Refused(problem("DL-321", Origin("mail.example.org"), detail="550 5.1.1 unknown"))
    assert command(BrokenOff(refused, is_decided=False)) == 2
    said = capsys.readouterr().err.splitlines()
    assert [text.split(":")[0] for text in said] == [
        "DL-321 qingdao.xlsx Recipients!D4",
        "Campaign spring",
    ]


def test_the_state_of_one_campaign_is_asked_for_by_its_name(command, capsys):
    command(BrokenOff(KeyboardInterrupt(), is_decided=True))
    capsys.readouterr()
    assert main(["send", "out", "--status", "--campaign", "spring"]) == 0
    assert capsys.readouterr().out.count("spring") == 2
    assert main(["send", "out", "--status", "--campaign", "autumn"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "briefs-ledger.sqlite" in shown.err


def test_an_interrupted_run_ends_with_the_code_of_an_interruption(command):
    assert command(BrokenOff(KeyboardInterrupt(), is_decided=True)) == 130


def test_a_draft_that_cannot_be_taken_out_is_one_clear_problem(tmp_path):
    # Windows refuses for a file that is open; every system refuses for a folder.
    (tmp_path / "outbox" / "001-heze.en.eml").mkdir(parents=True)
    with pytest.raises(InputError) as fault:
        Shelf(tmp_path).clear("outbox", ["001-heze.en.eml"])
    assert [one.code for one in fault.value.problems] == ["RN-107"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ledger": None}, "DL-202"),
        ({"campaign": ""}, "DL-202"),
        ({"security": "starttls", "port": 465}, "DL-302"),
    ],
)
def test_settings_that_cannot_end_well_are_said_before_anything_is_planned(settings, change, code):
    with pytest.raises(InputError) as fault:
        check_settings(replace(settings, **change))
    assert [one.code for one in fault.value.problems] == [code]


def test_what_has_arrived_after_all_is_settled_for_those_who_say_so(command, capsys):
    command(BrokenOff(KeyboardInterrupt(), is_decided=True))
    capsys.readouterr()
    told = ["send", "out", "--campaign", "spring", "--arrived", "--only"]
    assert main([*told, "someone@example.org"]) == 0
    assert main(["send", "out", "--status"]) == 0
    assert "sent\t" not in capsys.readouterr().out
    assert main([*told, "Office@example.org"]) == 0
    assert "2 documents" in capsys.readouterr().err
    assert main(["send", "out", "--status"]) == 0
    assert {line.split("\t")[0] for line in capsys.readouterr().out.splitlines()} == {"sent"}


def test_who_asked_for_a_region_that_was_not_built_is_not_forgotten(
    consignment, recipient, tmp_path, settings
):
    (tmp_path / "out").mkdir(exist_ok=True)
    record = as_record([consignment("qingdao", [recipient()])], ["heze"])
    (tmp_path / "out" / "delivery.json").write_bytes(record)
    made = mail_plan(load_settings({"out": str(tmp_path / "out")}, date(2026, 11, 28)), settings)
    assert [(one.code, dict(one.args)) for one in made.problems] == [("DL-113", {"found": "heze"})]
    assert len(made.errands) == 1
