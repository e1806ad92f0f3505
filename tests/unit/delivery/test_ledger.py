"""The ledger remembers, and settles what an earlier run left open."""

import os
import sqlite3
import subprocess
import sys

import pytest

from generator.delivery.ledger import open_ledger
from generator.problems import DeliveryError, InputError

KEY = ("office@example.org", "qingdao", "annex", "en")
OTHER = ("b@example.org", "qingdao", "annex", "en")


def states(path, campaign="spring"):
    with open_ledger(path, is_written=False) as ledger:
        return [(one.address, one.state) for one in ledger.entries(campaign)]


def test_nothing_is_made_by_looking(tmp_path):
    assert states(tmp_path / "l.sqlite") == []
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_of_a_run_that_died_at_once_is_no_fault(tmp_path):
    path = tmp_path / "l.sqlite"
    path.touch()
    assert states(path) == []
    assert path.read_bytes() == b""


def test_what_was_being_sent_when_the_run_died_is_unknown(tmp_path):
    path = tmp_path / "l.sqlite"
    code = (
        "import os,sys;from pathlib import Path;from generator.delivery.ledger import open_ledger\n"
        f"with open_ledger(Path({str(path)!r})) as ledger:\n"
        f" ledger.plan('spring', {{{KEY!r}: 'h', {OTHER!r}: 'h'}})\n"
        f" ledger.mark('spring', [{KEY!r}], 'sending', '<id>')\n"
        " os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert states(path) == [("b@example.org", "planned"), ("office@example.org", "sending")]
    with open_ledger(path):
        pass
    assert states(path) == [("b@example.org", "planned"), ("office@example.org", "unknown")]


def test_campaigns_do_not_know_of_each_other(tmp_path):
    path = tmp_path / "l.sqlite"
    with open_ledger(path) as ledger:
        for campaign in ("spring", "autumn"):
            ledger.plan(campaign, {KEY: "h"})
        ledger.mark("spring", [KEY], "sent")
    assert states(path, "spring") == [(KEY[0], "sent")]
    assert states(path, "autumn") == [(KEY[0], "planned")]


def test_a_second_run_is_turned_away_and_the_first_goes_on(tmp_path):
    path = tmp_path / "l.sqlite"
    with open_ledger(path) as first:
        first.plan("spring", {KEY: "h"})
        with pytest.raises(DeliveryError) as fault, open_ledger(path):
            pass
        assert [one.code for one in fault.value.problems] == ["DL-401"]
        first.mark("spring", [KEY], "sent")
    assert states(path) == [(KEY[0], "sent")]


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only")
def test_a_second_run_that_reaches_the_file_through_a_link_is_turned_away(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "shared" / "l.sqlite")
    with (
        open_ledger(tmp_path / "shared" / "l.sqlite"),
        pytest.raises(DeliveryError),
        open_ledger(tmp_path / "link.sqlite"),
    ):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode bits")
def test_nobody_else_on_the_machine_can_read_the_addresses(tmp_path):
    with open_ledger(tmp_path / "l.sqlite"):
        pass
    assert {oct(path.stat().st_mode)[-3:] for path in tmp_path.iterdir()} == {"600"}


@pytest.mark.parametrize("content", [b"not a ledger" * 500, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_file_that_is_no_ledger_is_left_as_it_is(content, tmp_path):
    path = tmp_path / "l.sqlite"
    path.write_bytes(content)
    for is_written in (True, False):
        with pytest.raises(InputError) as fault, open_ledger(path, is_written=is_written):
            pass
        assert [one.code for one in fault.value.problems] == ["DL-402"]
    assert path.read_bytes() == content


def test_a_ledger_of_a_later_version_is_not_touched(tmp_path):
    path = tmp_path / "l.sqlite"
    with open_ledger(path):
        pass
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(InputError), open_ledger(path):
        pass


def test_a_failed_start_leaves_no_lock_behind(tmp_path):
    path = tmp_path / "l.sqlite"
    path.write_bytes(b"not a ledger" * 500)
    with pytest.raises(InputError), open_ledger(path):
        pass
    path.unlink()
    with open_ledger(path):
        pass
