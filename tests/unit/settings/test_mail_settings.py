"""The mail settings from file, environment and flags; never a password."""

import base64
import os
from datetime import date
from pathlib import Path

import pytest

from generator.delivery.credentials import Secret, find_secret
from generator.problems import InputError
from generator.settings import load_settings
from generator.settings.mail import load_mail_settings

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(fault) -> list[str]:
    return [found.code for found in fault.value.problems]


def test_flags_win_over_the_environment_and_the_environment_over_the_file(folder):
    (folder / "briefs.toml").write_text(
        '[mail]\nhost = "a.example.org"\ncampaign = "file"\nuser = "u"\n', encoding="utf-8"
    )
    environment = {"BRIEFS_MAIL_HOST": "b.example.org", "BRIEFS_MAIL_CAMPAIGN": "environment"}
    found = load_mail_settings({"campaign": "flag"}, environment)
    assert (found.host, found.campaign, found.user) == ("b.example.org", "flag", "u")


def test_the_port_follows_the_encryption():
    assert load_mail_settings({}, {}).port == 587
    assert load_mail_settings({}, {"BRIEFS_MAIL_SECURITY": "tls"}).port == 465
    assert load_mail_settings({}, {"BRIEFS_MAIL_PORT": "2525"}).port == 2525


def test_domains_of_the_file_close_the_list_and_those_of_a_run_widen_it(folder):
    (folder / "briefs.toml").write_text('[mail]\ndomains = ["Example.org"]\n', encoding="utf-8")
    found = load_mail_settings({"allow": ["@example.com", "*.gov.cn"]}, {})
    assert (found.domains, found.allowed) == (("example.org",), ("example.com", "*.gov.cn"))


def test_no_limit_of_pace_is_a_value_and_not_a_blank():
    assert load_mail_settings({}, {"BRIEFS_MAIL_PER_MINUTE": "0"}).per_minute == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("port", '"smtp"'), ("port", "0"), ("port", "70000"), ("port", "25.5"),
        ("security", '"none"'), ("security", '"plain"'), ("timeout_s", "0"), ("timeout_s", "nan"),
        ("attempts", "0"), ("backoff_s", "-1"), ("limit_mb", "inf"), ("host", '"a\\nb"'),
        ("from", '"a\\r\\nBcc: b"'), ("campaign", f'"{"x" * 81}"'),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(key, value, folder):
    (folder / "briefs.toml").write_text(f"[mail]\n{key} = {value}\n", encoding="utf-8")
    with pytest.raises(InputError) as fault:
        load_mail_settings({}, {})
    assert codes(fault) == ["RN-104"]
    assert key in str(fault.value)


def test_all_wrong_settings_are_said_at_once(folder):
    (folder / "briefs.toml").write_text(
        '[mail]\nport = 0\nhots = "x"\nca_file = "gone.pem"\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as fault:
        load_mail_settings({}, {})
    assert sorted(codes(fault)) == ["RN-101", "RN-104", "RN-106"]


@pytest.mark.parametrize("key", ["password", "Password", "passwd", "secret", '"密码"', '"授权码"'])
def test_a_password_in_the_file_is_refused_and_not_repeated(key, folder):
    (folder / "briefs.toml").write_text(f'[mail]\n{key} = "hunter2"\n', encoding="utf-8")
    with pytest.raises(InputError) as fault:
        load_mail_settings({}, {})
    assert codes(fault) == ["DL-201"]
    assert "hunter2" not in repr(fault.value) + repr(fault.value.problems)


def test_other_commands_accept_the_table_for_mail(folder):
    (folder / "briefs.toml").write_text('[mail]\nhost = "x"\n', encoding="utf-8")
    assert load_settings({}, TODAY, {}).languages


def test_a_password_does_not_print_itself():
    assert "hunter2" not in repr(Secret("u", "hunter2"))


def test_a_password_is_hidden_in_every_form_that_a_server_has_seen():

    said = [
        "hunter2",
        base64.b64encode(b"hunter2").decode(),
        base64.b64encode(b"\0u\0hunter2").decode(),
    ]
    hidden = Secret("u", "hunter2").hidden_in(f"bad AUTH {' '.join(said)}")
    assert not any(form in hidden for form in said)
    assert Secret("", "").hidden_in("nothing to hide") == "nothing to hide"


def test_a_user_without_a_password_is_told_where_to_put_it(monkeypatch):
    monkeypatch.delenv("BRIEFS_MAIL_PASSWORD", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    found = load_mail_settings({}, {"BRIEFS_MAIL_USER": "u", "BRIEFS_MAIL_HOST": "h.example.org"})
    with pytest.raises(InputError) as fault:
        find_secret(found)
    assert codes(fault) == ["DL-205"]
    assert dict(fault.value.problems[0].args)["service"] == "briefs:h.example.org"


@pytest.mark.parametrize(("user", "password"), [("u", "pässword"), ("规划", "password")])
def test_what_no_server_can_be_given_is_refused_unprinted(user, password, monkeypatch):
    # A machine whose own character set lacks a letter cannot hold it in its environment.
    monkeypatch.setattr(os, "environ", {**os.environ, "BRIEFS_MAIL_PASSWORD": password})
    with pytest.raises(InputError) as fault:
        find_secret(load_mail_settings({}, {"BRIEFS_MAIL_USER": user}))
    assert codes(fault) == ["DL-206"]
    assert "ssword" not in repr(fault.value.problems)


@pytest.mark.parametrize("value", ["true", "1", "{ a = 1 }", '["example.org", 1]', "[[]]"])
def test_domains_that_are_no_list_of_texts_never_mean_anywhere(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs.toml").write_text(f"[mail]\ndomains = {value}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mail_settings({}, {})
    assert [one.code for one in caught.value.problems] == ["RN-104"]


@pytest.mark.parametrize("value", ["true", "[]", '["a"]', "{ a = 1 }", "2026-01-01"])
@pytest.mark.parametrize("key", ["host", "ledger", "campaign", "from"])
def test_a_setting_that_is_no_text_is_refused_and_not_written_out(
    key, value, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs.toml").write_text(f"[mail]\n{key} = {value}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mail_settings({}, {})
    assert [one.code for one in caught.value.problems] == ["RN-104"]


def test_a_broken_key_store_is_one_without_a_password(monkeypatch):
    def broken(*_):
        raise TypeError("locked")

    monkeypatch.delenv("BRIEFS_MAIL_PASSWORD", raising=False)
    monkeypatch.setattr("keyring.get_password", broken)
    with pytest.raises(InputError) as fault:
        find_secret(load_mail_settings({}, {"BRIEFS_MAIL_USER": "u"}))
    assert codes(fault) == ["DL-205"]
