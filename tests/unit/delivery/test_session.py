"""A connection over real TLS to a server that says what a test tells it to."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress

import pytest
import trustme
from msgspec.structs import replace

from generator.delivery.credentials import Secret
from generator.delivery.session import Session
from generator.problems import InputError


@pytest.fixture
def server(tmp_path, settings):
    """`server([b"220 …", …])`: settings of a server with these answers, one to each line."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(answers):
        connection, _ = listening.accept()
        # The other side may leave at any time.
        with (
            suppress(OSError),
            context.wrap_socket(connection, server_side=True) as line,
            line.makefile("rb") as read,
        ):
            for answer in answers:
                line.sendall(answer + b"\r\n")
                read.readline()

    def start(answers):
        threading.Thread(target=serve, args=(answers,), daemon=True).start()
        return replace(
            settings, host="localhost", port=listening.getsockname()[1], security="tls",
            ca_file=tmp_path / "ca.pem", user="plan", timeout_s=5,
        )  # fmt: skip

    yield start
    listening.close()


@pytest.mark.parametrize("challenge", [b"334 x", b"334 AAA"])
def test_a_challenge_that_is_no_base64_is_said_and_shows_no_password(server, challenge):
    answers = [b"220 ready", b"250-ready\r\n250 AUTH CRAM-MD5", challenge, b"535 no"]
    with pytest.raises(InputError) as fault:
        Session(server(answers), Secret("plan", "hunter2"))
    assert [one.code for one in fault.value.problems] == ["DL-306"]
    assert "hunter2" not in repr(fault.value.problems)


@pytest.fixture
def unopened(settings, monkeypatch):
    monkeypatch.setattr(Session, "_open", lambda *_: None)
    return Session(settings, Secret("", ""))


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("20000000", 20_000_000),
        ("0", 0),
        ("", 0),
        ("-5", 0),
        ("abc", 0),
        ("1 2", 0),
        ("9" * 5000, 0),
    ],
)
def test_an_odd_size_of_a_server_is_no_limit(said, limit, unopened):
    vars(unopened)["_client"].esmtp_features["size"] = said
    assert unopened.size_limit == limit


def test_a_host_that_nobody_knows_is_named_and_not_tried_again(settings):
    with pytest.raises(InputError) as fault:
        Session(replace(settings, host="no-such-host.invalid"), Secret("", ""))
    assert [one.code for one in fault.value.problems] == ["DL-301"]


def test_a_server_that_answers_in_plain_words_is_told_from_one_that_is_busy(settings):
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with suppress(OSError), connection:
            connection.sendall(b"220 mail.example.org ready\r\n")
            connection.recv(4_096)

    threading.Thread(target=serve, daemon=True).start()
    port = listening.getsockname()[1]
    with pytest.raises(InputError) as fault:
        Session(
            replace(settings, host="localhost", port=port, security="tls", timeout_s=5),
            Secret("", ""),
        )
    listening.close()
    assert [one.code for one in fault.value.problems] == ["DL-309"]


def test_a_refused_password_is_tried_once(server):
    answers = [b"220 ready", b"250-ready\r\n250 AUTH CRAM-MD5 LOGIN PLAIN", b"535 no", b"250 more"]
    with pytest.raises(InputError) as fault:
        Session(server(answers), Secret("plan", "hunter2"))
    assert [one.code for one in fault.value.problems] == ["DL-307"]
