"""The outbox: messages as files that a mail program opens as drafts."""

import re
from email import message_from_bytes
from email.policy import default

import pytest

HOSTILE = (
    ('Wang "Bob" <x@evil.example.org>, b@evil.example.org', "王、李（办公室）",
     "one@example.org", "en", "leadership-brief"),
    ("“Quoted”; then", "“引号”；分号", "two@example.org", "en", "leadership-brief"),
    ("Planner \U0001f3d9, Ltd.; (east) \\ west", "规划\U0001f3d9局", "three@example.org", "zh-CN",
     "leadership-brief"),
    ("N" * 300, "名" * 200, "four@example.org", "zh-CN", "leadership-brief"),
    ("To: everybody", "收件人: 全体", "five@example.org", "en", "leadership-brief"),
)  # fmt: skip


def drafts(done, desk):
    """The drafts whose paths the command printed, parsed by their recipient."""
    assert done.returncode == 0, done.stderr
    paths = sorted((desk.out / "outbox").iterdir())
    assert sorted(done.stdout.splitlines()) == sorted(map(str, paths))
    found = {}
    for path in paths:
        assert path.suffix == ".eml"
        raw = path.read_bytes()
        message = message_from_bytes(raw, policy=default)
        assert not message.defects
        assert all(not part.defects for part in message.walk())
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert raw.isascii()
        (to,) = message["To"].addresses
        assert to.addr_spec not in found
        found[to.addr_spec] = message
    return found


def test_drafts_hold_what_their_reader_asked_for(ready):
    desk, office = ready()
    found = drafts(desk.finished(desk.start()), desk)
    assert office.stages("CONNECT") == 0
    assert set(found) == {"anna@example.org", "office@example.org", "wang@example.org"}
    names = {address: one["To"].addresses[0].display_name for address, one in found.items()}
    assert names == {
        "anna@example.org": "Anna Lindqvist",
        "office@example.org": "Office of Planning",
        "wang@example.org": "王市长",
    }
    for address, message in found.items():
        language = "zh-CN" if address.startswith("wang") else "en"
        assert message["X-Unsent"] == "1"
        assert message["Content-Language"] == language
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Date"].datetime.tzinfo is not None
        assert re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", message["Message-ID"])
        assert "Bcc" not in message
        assert "Cc" not in message
        assert bool(re.search(r"[\u4e00-\u9fff]", message["Subject"])) == (language == "zh-CN")


def test_drafts_have_a_text_and_an_html_body_that_say_the_same(ready):
    desk, _ = ready()
    for message in drafts(desk.run(), desk).values():
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        titles = [part.get_filename().removesuffix(".docx") for part in message.iter_attachments()]
        assert titles
        for body in (text, html):
            assert len(body) > 200
            assert "2026" in body
        assert not re.search(r"<script|<img|https?://(?!www\.w3\.org)", html)
        assert not re.search(r"\{[{%]|[%}]\}", text + html)


def test_enclosures_are_the_files_of_the_build_under_their_titles(ready):
    desk, _ = ready()
    found = drafts(desk.run(), desk)
    expected = {
        "anna@example.org": {"leadership-brief.en"},
        "office@example.org": {"leadership-brief.en", "planning-brief.en", "annex.en"},
        "wang@example.org": {"leadership-brief.zh-CN", "planning-brief.zh-CN"},
    }
    for address, names in expected.items():
        parts = list(found[address].iter_attachments())
        files = {next(desk.out.rglob(f"{name}.docx")).read_bytes() for name in names}
        assert {part.get_content() for part in parts} == files
        titles = [part.get_filename() for part in parts]
        assert len(set(titles)) == len(titles)
        chinese = [bool(re.search(r"[\u4e00-\u9fff]", title)) for title in titles]
        assert chinese == [address.startswith("wang")] * len(titles)
        for title in titles:
            assert title.endswith(".docx")
            assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', title)


def test_long_file_names_are_written_as_rfc_2231_says(ready):
    desk, _ = ready()
    drafts(desk.run(), desk)
    raw = b"".join(path.read_bytes() for path in (desk.out / "outbox").iterdir())
    assert re.search(rb"filename\*(0\*)?=utf-8''", raw)
    assert not re.search(rb'filename="=\?', raw)


def test_names_that_look_like_headers_stay_names(ready):
    desk, _ = ready(HOSTILE)
    found = drafts(desk.run(), desk)
    assert set(found) == {row[2] for row in HOSTILE}
    for english, chinese, address, language, _ in HOSTILE:
        message = found[address]
        (to,) = message["To"].addresses
        name = english if language == "en" else chinese
        # This parser puts a space between the two coded words that a long name makes.
        assert to.display_name.replace(" ", "") == name.replace(" ", "")
        assert "Bcc" not in message
        assert len(message.get_all("To")) == 1


CODED = "=?utf-8?q?a=0D=0ABcc=3A_x=40evil=2Eexample=2Eorg?="
"""Python's own mail library decodes this on its way into a header, line break and all."""


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_name_in_the_code_of_headers_is_not_decoded_into_one(ready, language):
    name, address = f"Q {CODED}", "two@example.org"
    row = (name, name, address, language, "leadership-brief")
    desk, _ = ready(
        [row], region={"name_en": f"Lucheng {CODED}", "name_zh": f"潞城{CODED}"},
        settings={"from": f"Desk {CODED} <briefs@example.org>"},
    )  # fmt: skip
    (message,) = drafts(desk.run(), desk).values()
    (path,) = (desk.out / "outbox").iterdir()
    assert not re.search(rb"(?im)^bcc:", path.read_bytes())
    assert [one.addr_spec for one in message["To"].addresses] == [address]
    assert [one.addr_spec for one in message["From"].addresses] == ["briefs@example.org"]
    for header in (message["To"], message["From"], message["Subject"]):
        assert "=0D=0A" in str(header)
    (part,) = message.iter_attachments()
    assert part.get_filename().endswith(".docx")


def test_the_second_run_writes_the_same_drafts_in_place(ready):
    desk, _ = ready()
    first = drafts(desk.run(), desk)
    again = drafts(desk.run(), desk)
    assert {key: one["Message-ID"] for key, one in first.items()} == {
        key: one["Message-ID"] for key, one in again.items()
    }
    assert not (desk.folder / "briefs-ledger.sqlite").exists()


@pytest.mark.parametrize("name", ["Anna\nBcc: x@evil.example.org", "Anna\u2028Bcc: x@evil.org"])
def test_a_line_break_in_a_name_reaches_no_header(ready, name):
    row = (name, "安娜", "anna@example.org", "en", "leadership-brief")
    desk, _ = ready([row])
    (message,) = drafts(desk.run(), desk).values()
    assert "Bcc" not in message
    assert message["To"].addresses[0].display_name.startswith("Anna Bcc")


def test_a_line_break_put_into_the_record_is_refused_at_its_cell(ready):
    desk, office = ready()
    record = desk.out / "delivery.json"
    text = record.read_text("utf-8")
    assert "Anna Lindqvist" in text
    record.write_text(text.replace("Anna Lindqvist", r"Anna\r\nBcc: x@evil.org"), "utf-8")
    done = desk.send()
    assert done.returncode == 2, done.stderr
    assert "DL-110" in done.stderr
    assert "Recipients!D2" in done.stderr
    assert sorted(office.addresses) == ["office@example.org", "wang@example.org"]
