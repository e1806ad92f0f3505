"""The connection, where no server is needed to see what it makes of odd values."""

from dataclasses import replace

import pytest

from generator.delivery.credentials import Secret
from generator.delivery.session import Session
from generator.problems import InputError


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


def test_a_file_without_certificates_is_named_as_what_is_wrong(settings, tmp_path):
    path = tmp_path / "notes.pem"
    path.write_text("no certificate", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Session(replace(settings, ca_file=path), Secret("", ""))
    (found,) = caught.value.problems
    assert found.code == "DL-303"
    assert "ca_file" in dict(found.args)["detail"]
