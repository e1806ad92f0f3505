"""The mail server of these tests, tried with Python's own client: it must fail as it is told."""

import smtplib
import ssl
from email.message import EmailMessage

import pytest

from_, to = "briefs@example.org", "anna@example.org"


def message():
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = from_, to, "Brief"
    letter["Message-ID"] = "<one@example.org>"
    letter.set_content("Good morning.")
    letter.add_attachment(b"PK", maintype="application", subtype="zip", filename="潞城.docx")
    return letter


def trusting(office):
    return ssl.create_default_context(cafile=office.ca_file)


@pytest.fixture
def client():
    """`client(office) -> smtplib.SMTP`, encrypted and logged in; closed at the end."""
    opened = []

    def connect(office, user="briefs-desk", password="Kranich-7&Orange/Tor+9", timeout=60):  # noqa: S107 - no secret
        opened.append(smtplib.SMTP("localhost", office.port, timeout=timeout))
        opened[-1].starttls(context=trusting(office))
        opened[-1].login(user, password)
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


def test_what_was_accepted_is_in_the_journal(post_office, client):
    office = post_office()
    client(office).send_message(message())
    (kept,) = office.accepted
    assert kept["message_id"] == "<one@example.org>"
    assert kept["recipients"] == [to]
    assert [part["name"] for part in kept["attachments"]] == ["潞城.docx"]
    assert [event["encrypted"] for event in office.events("login")] == [True]


def test_mail_needs_encryption_and_a_login(post_office, client):
    office = post_office()
    with smtplib.SMTP("localhost", office.port, timeout=60) as bare:
        bare.ehlo()
        assert not bare.has_extn("auth")
        assert bare.mail(from_)[0] == 530
        bare.starttls(context=trusting(office))
        bare.ehlo()
        assert bare.mail(from_)[0] == 530
    with pytest.raises(smtplib.SMTPAuthenticationError):
        client(office, password="wrong")  # noqa: S106 - no secret


@pytest.mark.parametrize("certificate", ["wrong-host", "foreign", "expired"])
def test_a_wrong_certificate_is_seen(post_office, client, certificate):
    with pytest.raises(ssl.SSLCertVerificationError):
        client(post_office(certificate=certificate))


def test_encryption_from_the_start(post_office):
    office = post_office(security="tls")
    with smtplib.SMTP_SSL("localhost", office.port, timeout=60, context=trusting(office)) as tls:
        tls.login("briefs-desk", "Kranich-7&Orange/Tor+9")
        tls.send_message(message())
    assert office.addresses == [to]
    assert [event["encrypted"] for event in office.events("login")] == [True]


def test_a_server_without_encryption_notes_who_logs_in_all_the_same(post_office):
    office = post_office(security="plain")
    with smtplib.SMTP("localhost", office.port, timeout=60) as bare:
        bare.login("briefs-desk", "Kranich-7&Orange/Tor+9")
    assert [event["encrypted"] for event in office.events("login")] == [False]


STAGES = ("CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "AFTER_DATA")
EVERYWHERE = ("refuse-4xx", "refuse-5xx", "421", "close", "reset", "hang")
ELSEWHERE = (
    ("STARTTLS", "close-in-handshake"),
    ("STARTTLS", "hang-in-handshake"),
    ("DATA", "close-in-body"),
    ("AFTER_DATA", "accepted-close"),
    ("AFTER_DATA", "accepted-reset"),
    ("AFTER_DATA", "accepted-hang"),
)


@pytest.mark.parametrize(
    ("stage", "kind"), [*((s, k) for s in STAGES for k in EVERYWHERE), *ELSEWHERE]
)
def test_every_stage_fails_in_every_way(post_office, client, stage, kind):
    # This client tries a second way of logging in when the first is refused.
    times = 2 if stage == "AUTH" and kind.startswith("refuse") else 1
    office = post_office(plan={"script": [{"stage": stage, "kind": kind, "times": times}]})
    with pytest.raises((smtplib.SMTPException, OSError)):
        # EHLO refused is tried as HELO by this client, which then finds no encryption: an error.
        client(office, timeout=0.5 if "hang" in kind else 60).send_message(message())
    faults = [(event["stage"], event["kind"]) for event in office.events("fault")]
    assert faults == [(stage, kind)] * times
    assert len(office.accepted) == kind.startswith("accepted-")
    client(office).send_message(message())
    assert len(office.accepted) == 1 + kind.startswith("accepted-")
    assert office.events("error") == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_delay_only_delays(post_office, client, stage):
    office = post_office(plan={"script": [{"stage": stage, "kind": "delay", "times": 1}]})
    client(office).send_message(message())
    assert len(office.events("fault")) == len(office.accepted) == 1


def test_chance_uses_every_kind_before_it_repeats_one(post_office, client):
    bag = ["refuse-4xx", "refuse-5xx", "delay"]
    office = post_office(plan={"rates": {"MAIL": 0.25}, "bags": {"MAIL": bag}, "seed": 1})
    mail = client(office)
    for _ in range(60):
        mail.mail(from_)
        mail.rset()
    kinds = [event["kind"] for event in office.events("fault")]
    assert 8 < len(kinds) < 30
    assert set(kinds[:3]) == set(kinds[3:6]) == set(bag)
    office.plan()
    assert [mail.mail(from_)[0], mail.rset()[0]] == [250, 250]


def test_size_and_international_addresses_are_settable(post_office, client):
    small, plain = post_office(size=1000), post_office(smtputf8=False)
    assert client(small).esmtp_features["size"] == "1000"
    assert client(small).has_extn("smtputf8")
    assert not client(plain).has_extn("smtputf8")
