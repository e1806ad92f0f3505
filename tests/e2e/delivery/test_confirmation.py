"""Before the first message goes, a person sees who gets what and says yes."""

import os

import pytest

pty = pytest.importorskip("pty", reason="Windows has no terminals of this kind")
EVERYBODY = {"anna@example.org", "office@example.org", "wang@example.org"}


@pytest.fixture
def ask(ready):
    """`ask("y")`: what a sender at a terminal said, its code, and the server."""

    def do(answer, *options):
        desk, office = ready()
        ours, theirs = pty.openpty()
        process = desk.start("--smtp", "--campaign", "spring", *options, stdin=theirs)
        os.close(theirs)
        os.write(ours, answer)
        done = desk.finished(process)
        os.close(ours)
        return done, office

    return do


@pytest.mark.parametrize("answer", [b"y\n", b"Yes\n", "是\n".encode()])
def test_a_yes_sends_to_those_who_were_shown(ask, answer):
    done, office = ask(answer)
    assert done.returncode == 0, done.stderr
    shown = done.stderr[: done.stderr.index("Send?")]
    assert all(f"<{address}>" in shown for address in EVERYBODY)
    assert "spring" in done.stderr.splitlines()[3]
    assert set(office.addresses) == EVERYBODY


@pytest.mark.parametrize("answer", [b"n\n", b"\n", b"\x04", b"yellow\n", b"\xff\n"])
def test_anything_else_sends_nothing(ask, answer):
    done, office = ask(answer)
    assert done.returncode == 2, done.stderr
    assert "Nothing was sent." in done.stderr
    assert office.stages("CONNECT") == 0


def test_a_chinese_reader_is_asked_in_chinese(ask):
    done, office = ask("是\n".encode(), "--lang", "zh-CN")
    assert done.returncode == 0, done.stderr
    assert "是否发送？" in done.stderr
    assert len(office.accepted) == 3


def test_everything_that_is_wrong_stands_before_the_question(ready):
    desk, _ = ready(options=("--document", "leadership-brief"))
    ours, theirs = pty.openpty()
    process = desk.start("--smtp", "--campaign", "spring", stdin=theirs)
    os.close(theirs)
    os.write(ours, b"n\n")
    said = desk.finished(process).stderr
    os.close(ours)
    assert 0 <= said.index("DL-105") < said.index("Send?")
