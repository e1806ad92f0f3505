"""One campaign, several runs: what was sent is not sent again, whoever starts what and when."""

import shutil
import signal
import time

import pytest

ANNA, OFFICE, WANG = "anna@example.org", "office@example.org", "wang@example.org"
EVERYBODY = [ANNA, OFFICE, WANG]
SLOW = {"script": [{"stage": "MAIL", "kind": "delay"}]}


def until(condition, seconds=120):
    """Wait for something that another process brings about."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def test_two_senders_at_once_send_nothing_twice(ready):
    desk, office = ready(plan=SLOW, delay_s=1.0, settings={"timeout_s": 5})
    first = desk.start("--smtp", "--campaign", "spring", "--yes")
    until(lambda: office.stages("MAIL"))
    second = desk.send()
    assert second.returncode == 3, second.stderr
    assert "DL-401" in second.stderr
    assert desk.finished(first).returncode == 0
    assert sorted(office.addresses) == EVERYBODY
    assert office.stages("CONNECT") == 1


def test_an_interrupted_run_knows_what_it_sent(ready):
    desk, office = ready(plan=SLOW, delay_s=1.0, settings={"timeout_s": 5})
    process = desk.start("--smtp", "--campaign", "spring", "--yes")
    until(lambda: len(office.accepted) == 1 and office.stages("MAIL") == 2)
    process.send_signal(signal.SIGINT)
    done = desk.finished(process)
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    states = desk.states()
    assert [who for who in EVERYBODY if states[who] == "sent"] == office.addresses
    assert sorted(states.values()) == ["planned", "planned", "sent"]
    assert desk.send().returncode == 0
    assert sorted(office.addresses) == EVERYBODY


def test_a_run_interrupted_before_the_answer_does_not_know_and_says_so(ready):
    desk, office = ready(
        plan={"script": [{"stage": "AFTER_DATA", "kind": "accepted-hang", "times": 1}]},
        settings={"timeout_s": 30},
    )
    process = desk.start("--smtp", "--campaign", "spring", "--yes")
    until(lambda: len(office.accepted) == 1)
    process.send_signal(signal.SIGINT)
    assert desk.finished(process).returncode == 130
    done = desk.send()
    assert done.returncode == 2, done.stderr
    assert "--resend-unknown" in done.stderr
    assert sorted(desk.states().values()) == ["sent", "sent", "unknown"]
    assert sorted(office.addresses) == EVERYBODY


def test_a_killed_run_leaves_the_message_under_way_as_unknown(ready):
    desk, office = ready(
        plan={"script": [{"stage": "AFTER_DATA", "kind": "accepted-hang", "times": 1}]},
        settings={"timeout_s": 30},
    )
    process = desk.start("--smtp", "--campaign", "spring", "--yes")
    until(lambda: len(office.accepted) == 1)
    process.kill()
    process.wait()
    done = desk.send()
    assert done.returncode == 2, done.stderr
    assert sorted(desk.states().values()) == ["sent", "sent", "unknown"]
    assert sorted(office.addresses) == EVERYBODY


def test_a_dry_run_sends_and_writes_nothing(ready):
    desk, office = ready()
    before = set(desk.folder.rglob("*"))
    done = desk.send("--dry-run")
    assert done.returncode == 0, done.stderr
    for address in EVERYBODY:
        assert address in done.stdout + done.stderr
    assert office.stages("CONNECT") == 0
    assert set(desk.folder.rglob("*")) == before


def test_without_a_terminal_sending_needs_a_yes(ready):
    desk, office = ready()
    done = desk.run("--smtp", "--campaign", "spring")
    assert done.returncode == 2, done.stderr
    assert "--yes" in done.stderr
    assert office.stages("CONNECT") == 0


def test_sending_needs_a_campaign(ready):
    desk, office = ready()
    done = desk.run("--smtp", "--yes")
    assert done.returncode == 2, done.stderr
    assert "campaign" in done.stderr
    assert office.stages("CONNECT") == 0


def test_another_campaign_sends_anew(ready):
    desk, office = ready()
    assert desk.send().returncode == 0
    done = desk.run("--smtp", "--yes", "--campaign", "autumn")
    assert done.returncode == 0, done.stderr
    assert sorted(office.addresses) == sorted(2 * EVERYBODY)
    assert len({one["message_id"] for one in office.accepted}) == 6


def test_deleting_the_output_forgets_nothing(ready, built):
    desk, office = ready()
    assert desk.send().returncode == 0
    shutil.rmtree(desk.out)
    shutil.copytree(built(), desk.out)
    assert desk.send().returncode == 0
    assert sorted(office.addresses) == EVERYBODY


def test_a_document_changed_after_it_was_sent_needs_a_decision(ready, built):
    desk, office = ready()
    assert desk.send().returncode == 0
    shutil.rmtree(desk.out)
    shutil.copytree(built(options=("--as-of", "2026-11-27")), desk.out)
    done = desk.send()
    assert done.returncode == 2, done.stderr
    assert "--resend-changed" in done.stderr
    assert len(office.accepted) == 3
    done = desk.send("--resend-changed")
    assert done.returncode == 0, done.stderr
    assert sorted(office.addresses) == sorted(2 * EVERYBODY)
    assert len({one["message_id"] for one in office.accepted}) == 6


@pytest.mark.parametrize(("harm", "code"), [("missing", "DL-103"), ("changed", "DL-104")])
def test_a_document_that_is_not_what_was_built_is_not_sent(ready, harm, code):
    desk, office = ready()
    (path,) = desk.out.rglob("leadership-brief.en.docx")
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    done = desk.send()
    assert done.returncode == 2, done.stderr
    for part in (code, "Recipients!D2–D3", "leadership-brief.en.docx"):
        assert part in done.stderr
    assert office.addresses == [WANG]


def test_a_document_that_was_not_built_is_named_by_the_cell_that_asks_for_it(ready):
    desk, office = ready(options=("--document", "leadership-brief"))
    done = desk.send()
    assert done.returncode == 2, done.stderr
    for part in ("DL-105", "Recipients!D3", "Recipients!D4", "annex", "planning-brief"):
        assert part in done.stderr
    assert office.addresses == [ANNA]


def test_the_pace_is_kept(ready):
    desk, office = ready(settings={"per_minute": 40})
    assert desk.send().returncode == 0
    at = [message["at"] for message in office.accepted]
    assert len(at) == 3
    assert at[2] - at[0] > 2.4  # three messages at forty a minute: two waits of 1.5 s


def test_the_files_with_addresses_are_for_their_owner_only(ready):
    desk, _ = ready()
    assert desk.send().returncode == 0
    assert (desk.out / "delivery.json").stat().st_mode & 0o077 == 0
    assert (desk.folder / "briefs-ledger.sqlite").stat().st_mode & 0o077 == 0
