"""Who may get what, how large it may be, and addresses beyond ASCII."""

import hashlib
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

FAR = (
    ("User", "用户", "用户@example.org", "zh-CN", "leadership-brief"),
    ("Books", "图书", "info@bücher.example.org", "en", "leadership-brief"),
    ("Anna", "安娜", "anna@example.org", "en", "leadership-brief"),
)
ANYWHERE = ["example.org", "*.example.org"]


def test_every_enclosure_arrives_as_it_was_built(ready):
    desk, office = ready()
    assert desk.send().returncode == 0
    built = {hashlib.sha256(path.read_bytes()).hexdigest() for path in desk.out.rglob("*.docx")}
    arrived = {
        message["recipients"][0]: [part["sha256"] for part in message["attachments"]]
        for message in office.accepted
    }
    assert {name: len(parts) for name, parts in arrived.items()} == {
        "anna@example.org": 1, "office@example.org": 3, "wang@example.org": 2,
    }  # fmt: skip
    assert {one for parts in arrived.values() for one in parts} <= built
    assert set(arrived["wang@example.org"]).isdisjoint(arrived["office@example.org"])


def test_messages_on_the_wire_are_marked_and_name_one_recipient(ready):
    desk, office = ready()
    assert desk.send().returncode == 0
    for message in office.accepted:
        headers = dict(message["headers"])
        assert message["mail_from"] == "briefs@example.org"
        assert headers["Auto-Submitted"] == "auto-generated"
        assert len(message["recipients"]) == 1
        assert message["recipients"][0] in headers["To"]
        assert headers["To"].count("@") == 1
        assert not {"Cc", "Bcc", "X-Unsent"} & set(headers)
        assert {"Date", "Message-ID", "From", "Subject", "Content-Language"} <= set(headers)


def test_an_international_address_goes_to_a_server_that_can_carry_it(ready):
    desk, office = ready(FAR, settings={"domains": ANYWHERE})
    done = desk.send()
    assert done.returncode == 0, done.stderr
    assert sorted(office.addresses) == [
        "anna@example.org", "info@xn--bcher-kva.example.org", "用户@example.org",
    ]  # fmt: skip
    carried = {message["recipients"][0]: message["utf8"] for message in office.accepted}
    assert carried["用户@example.org"] is True
    assert carried["anna@example.org"] is False
    assert carried["info@xn--bcher-kva.example.org"] is False


def test_an_international_address_fails_where_the_server_cannot_carry_it(ready):
    desk, office = ready(FAR, settings={"domains": ANYWHERE}, smtputf8=False)
    done = desk.send()
    assert done.returncode == 2, done.stderr
    assert "Recipients!D2" in done.stderr
    assert sorted(office.addresses) == ["anna@example.org", "info@xn--bcher-kva.example.org"]
    assert desk.states()["用户@example.org"] == "failed"


def test_only_listed_domains_are_written_to_unless_one_run_allows_more(ready):
    desk, office = ready(FAR, settings={"domains": ["*.example.org"]})
    done = desk.send()
    assert done.returncode == 2, done.stderr
    assert "DL-106" in done.stderr
    assert "Recipients!D2" in done.stderr
    assert "Recipients!D2, D4" in done.stderr
    assert office.addresses == ["info@xn--bcher-kva.example.org"]
    assert desk.send("--allow", "example.org").returncode == 0
    assert len(office.accepted) == 3


@pytest.mark.parametrize("handling", ["internal", None])
def test_what_is_not_marked_public_goes_to_listed_domains_only(ready, handling):
    desk, office = ready(region={"handling": handling}, settings={"domains": None})
    done = desk.send()
    assert done.returncode == 2, done.stderr
    for part in ("DL-107", "Recipients!D2–D4"):
        assert part in done.stderr
    assert office.stages("CONNECT") == 0
    assert desk.send("--allow", "example.org").returncode == 0
    assert len(office.accepted) == 3


def test_a_document_too_large_for_the_server_never_starts(ready):
    desk, office = ready(size=20_000)
    done = desk.send()
    assert done.returncode == 2, done.stderr
    for cell in ("Recipients!D2", "Recipients!D3", "Recipients!D4"):
        assert cell in done.stderr
    assert office.stages("DATA") == 0
    assert office.accepted == []


@pytest.fixture
def limit(built):
    """Bytes that any document of one reader fits into alone, but not all three."""
    sizes = [path.stat().st_size for path in built().rglob("*.en.docx")]
    # Mail writes 57 bytes in a line of 78; words and headers are given 40 kB.
    *rest, largest = (size * 78 // 57 for size in sorted(sizes))
    limit = largest + 40_000
    assert len(rest) == 2
    assert sum(rest) < largest < limit < largest + sum(rest)
    return limit


def test_too_much_for_one_message_goes_in_parts(ready, limit):
    desk, office = ready(size=limit)
    done = desk.send()
    assert done.returncode == 0, done.stderr
    parts = [one for one in office.accepted if one["recipients"] == ["office@example.org"]]
    assert len(parts) == 2
    assert all(part["size"] <= limit for part in parts)
    held = [one["sha256"] for part in parts for one in part["attachments"]]
    wanted = [
        hashlib.sha256(next(desk.out.rglob(f"{name}.en.docx")).read_bytes()).hexdigest()
        for name in ("leadership-brief", "planning-brief", "annex")
    ]
    assert sorted(held) == sorted(wanted)
    subjects = [dict(part["headers"])["Subject"] for part in parts]
    assert [re.search(r"(\d)\D+2\b", subject)[1] for subject in subjects] == ["1", "2"]
    assert len({part["message_id"] for part in parts}) == 2
    assert desk.states()["office@example.org"] == "sent"
    assert desk.send().returncode == 0
    assert len(office.accepted) == 4


def test_a_lost_part_does_not_send_the_other_again(ready, limit):
    desk, office = ready(
        size=limit,
        plan={"script": [{"stage": "RCPT", "kind": "say", "text": "450 4.2.1 busy",
                          "match": "office@", "times": 3}]},
    )  # fmt: skip
    desk.send()
    assert desk.send().returncode == 0
    parts = [one for one in office.accepted if one["recipients"] == ["office@example.org"]]
    held = [one["sha256"] for part in parts for one in part["attachments"]]
    assert len(held) == len(set(held)) == 3


def test_a_chinese_reader_gets_chinese_names_in_mail_that_carries_only_ascii(ready):
    desk, office = ready(smtputf8=False)
    assert desk.send().returncode == 0
    (kept,) = (one for one in office.accepted if one["recipients"] == ["wang@example.org"])
    raw = Path(kept["file"]).read_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = message_from_bytes(raw, policy=default)
    assert message["Content-Language"] == "zh-CN"
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("王市长", "wang@example.org")
    for part in message.iter_attachments():
        assert re.search(r"[\u4e00-\u9fff]", part.get_filename())
        assert part.get_filename().endswith(".docx")


def test_one_reader_of_two_regions_gets_one_message(desk, briefs, region_book, post_office):
    reader = {"name_en": "Anna", "name_zh": "安娜", "email": "anna@example.org", "language": "en"}
    books = [
        region_book(
            language="en", name=f"{region}.xlsx", region=region, name_en=region, name_zh=region,
            handling="public",
            recipients=[{**reader, "documents": "leadership-brief;comparison", "email": email}],
        )
        for region, email in (("lucheng", "anna@example.org"), ("gaoping", "Anna@EXAMPLE.org"))
    ]  # fmt: skip
    done = briefs(
        "build", *books, "--as-of", "2026-11-28", "--draws", 100, "--out", desk.out,
        "--document", "leadership-brief", "--document", "comparison",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    office = post_office()
    desk.configure(office)
    done = desk.send()
    assert done.returncode == 0, done.stderr
    (message,) = office.accepted
    wanted = [
        desk.out / "lucheng/leadership-brief.en.docx",
        desk.out / "gaoping/leadership-brief.en.docx",
        desk.out / "comparison.en.docx",
    ]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in wanted]
    assert sorted(part["sha256"] for part in message["attachments"]) == sorted(digests)
    assert len({part["name"] for part in message["attachments"]}) == 3
    assert {state for state, _ in desk.status().values()} == {"sent"}
    assert len(desk.status()) == 3
