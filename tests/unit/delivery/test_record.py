"""What a build left for sending, read back from a file that a stranger may have written."""

import json

import pytest

from generator.delivery.record import SCHEMA, as_record, read_record
from generator.problems import InputError


@pytest.fixture
def record(consignment, recipient):
    made = consignment("qingdao", [recipient()])
    return json.loads(as_record([made], [])), made


def read(tmp_path, record):
    (tmp_path / "out" / "delivery.json").write_text(json.dumps(record), encoding="utf-8")
    return read_record(tmp_path / "out")


def test_what_was_written_is_read_back(tmp_path, record):
    written, made = record
    assert written["schema"] == SCHEMA
    assert list(read(tmp_path, written).consignments) == [made]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        # Drafts are called after the region and the language.
        (("region",), "../../../elsewhere"),
        (("region",), "a\x1b[31m"),
        (("region",), "a\0b"),
        (("region",), ""),
        (("recipients", 0, "language"), "../en"),
        (("recipients", 0, "language"), "fr"),
        (("recipients", 0, "documents"), ["../annex"]),
        (("enclosures", 0, "path"), "../leadership-brief.en.docx"),
        (("enclosures", 0, "path"), "/etc/leadership-brief.en.docx"),
        (("enclosures", 0, "path"), "\\\\server\\share.en.docx"),
        (("enclosures", 0, "path"), "a\0b.en.docx"),
        (("enclosures", 0, "file"), "brief.exe"),
        (("enclosures", 0, "file"), "half \ud800 a character.docx"),
        (("letters",), {}),
    ],
)
def test_nothing_that_names_files_is_taken_from_the_record_unless_a_build_could_have_written_it(
    place, value, tmp_path, record
):
    written, _ = record
    found = written["consignments"][0]
    for step in place[:-1]:
        found = found[step]
    found[place[-1]] = value
    with pytest.raises(InputError) as caught:
        read(tmp_path, written)
    assert [one.code for one in caught.value.problems] == ["DL-102"]
