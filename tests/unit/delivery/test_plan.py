"""Who gets what, and what keeps somebody from getting it."""

import os

import pytest
from msgspec.structs import replace

from generator.delivery.plan import plan
from generator.intake import load_texts
from generator.report import line
from generator.shipped import data_root

OUT = "out"


def found(consignments, tmp_path, settings):
    made = plan(consignments, tmp_path / OUT, settings)
    return made, [(one.code, one.origin.cell) for one in made.problems]


def test_one_recipient_of_two_regions_gets_one_errand(consignment, recipient, tmp_path, settings):
    both = [
        consignment("qingdao", [recipient()]),
        consignment("heze", [recipient(cell="D9", file="heze.xlsx")]),
    ]
    made, problems = found(both, tmp_path, settings)
    assert problems == []
    (errand,) = made.errands
    assert [item.enclosure.path for item in errand.items] == [
        "qingdao/leadership-brief.en.docx",
        "qingdao/annex.en.docx",
        "heze/leadership-brief.en.docx",
        "heze/annex.en.docx",
    ]
    assert set(errand.letters) == {"qingdao", "heze"}


@pytest.mark.parametrize(
    "other", ["Office@example.org", "office@EXAMPLE.org", "OFFICE@example.org"]
)
def test_capitals_do_not_make_another_recipient(other, consignment, recipient, tmp_path, settings):
    both = [
        consignment("qingdao", [recipient()]),
        consignment("heze", [recipient(email=other, cell="D9")]),
    ]
    made, _ = found(both, tmp_path, settings)
    assert len(made.errands) == 1


def test_letters_that_only_fold_alike_make_two_recipients(
    consignment, recipient, tmp_path, settings
):
    rows = [recipient("straße@example.org"), recipient("strasse@example.org", "D5")]
    made, problems = found([consignment("qingdao", rows)], tmp_path, settings)
    assert problems == []
    assert [one.address for one in made.errands] == ["straße@example.org", "strasse@example.org"]


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "\u2003"])
def test_a_name_set_with_a_wide_space_is_an_ordinary_name(
    space, consignment, recipient, tmp_path, settings
):
    rows = [recipient(name=f"王{space}伟", language="zh-CN")]
    made, problems = found([consignment("qingdao", rows)], tmp_path, settings)
    assert problems == []
    assert made.errands[0].name == "王 伟"


def test_the_comparison_asked_for_in_two_sheets_goes_once(
    consignment, recipient, tmp_path, settings
):
    asked = [recipient(documents=("comparison",)), recipient(documents=("comparison",), cell="D9")]
    compared = consignment("comparison", asked, documents=("comparison",))
    made, problems = found([compared], tmp_path, settings)
    assert problems == []
    assert len(made.errands[0].items) == 1


def test_a_missing_document_keeps_the_whole_mail_back_and_names_the_cell(
    consignment, recipient, tmp_path, settings
):
    one = consignment(
        "qingdao", [recipient(), recipient("b@example.org", "D5", documents=("annex",))]
    )
    (tmp_path / OUT / "qingdao/leadership-brief.en.docx").unlink()
    made, problems = found([one], tmp_path, settings)
    assert problems == [("DL-103", "D4")]
    assert [errand.address for errand in made.errands] == ["b@example.org"]


def test_a_document_changed_since_the_build_is_not_sent(consignment, recipient, tmp_path, settings):
    one = consignment("qingdao", [recipient()])
    with (tmp_path / OUT / "qingdao/annex.en.docx").open("ab") as file:
        file.write(b"!")
    made, problems = found([one], tmp_path, settings)
    assert (made.errands, problems) == ((), [("DL-104", "D4")])


def test_a_document_that_was_not_built_is_named(consignment, recipient, tmp_path, settings):
    one = consignment("qingdao", [recipient(documents=("annex", "planning-brief"))])
    made, problems = found([one], tmp_path, settings)
    assert (made.errands, problems) == ((), [("DL-105", "D4")])


def test_a_comparison_that_one_region_cannot_have_keeps_nothing_back(
    consignment, recipient, tmp_path, settings
):
    one = consignment("qingdao", [recipient(documents=("annex", "comparison"))])
    made, problems = found([one], tmp_path, settings)
    assert problems == [("DL-111", "D4")]
    assert [item.enclosure.document for item in made.errands[0].items] == ["annex"]


@pytest.mark.parametrize(
    ("handling", "domains", "code"),
    [
        ("public", (), None),
        ("public", ("example.com",), "DL-106"),
        ("internal", (), "DL-107"),
        ("", (), "DL-107"),
        ("internal", ("example.com",), "DL-106"),
        ("internal", ("example.org",), None),
        ("internal", ("*.org",), None),
        ("internal", ("*.example.org",), "DL-106"),
        ("internal", ("ample.org",), "DL-106"),
        ("internal", ("*.ample.org",), "DL-106"),
    ],
)
def test_domains_and_marks_decide_who_may_get_it(
    handling, domains, code, consignment, recipient, tmp_path, settings
):
    one = consignment("qingdao", [recipient()], handling=handling)
    made, problems = found([one], tmp_path, replace(settings, domains=domains))
    assert problems == ([(code, "D4")] if code else [])
    assert len(made.errands) == (0 if code else 1)


@pytest.mark.parametrize("name", ["Office\r\nBcc: x@example.com", "a\nb", "a\u202eb", "a\x00b"])
def test_a_name_that_a_header_must_not_carry_is_refused(
    name, consignment, recipient, tmp_path, settings
):
    made, problems = found([consignment("qingdao", [recipient(name=name)])], tmp_path, settings)
    assert (made.errands, problems) == ((), [("DL-110", "D4")])


@pytest.mark.parametrize(
    "email", ["", "office", "a@b@example.org", "a@example.org\r\nBcc: b@example.org", "a@localhost"]
)
def test_what_is_no_address_is_refused_whatever_the_record_says(
    email, consignment, recipient, tmp_path, settings
):
    made, problems = found([consignment("qingdao", [recipient(email)])], tmp_path, settings)
    assert (made.errands, problems) == ((), [("DL-109", "D4")])


def test_all_that_is_wrong_is_said_at_once(consignment, recipient, tmp_path, settings):
    rows = [
        recipient("a", "D4"),
        recipient("b@example.com", "D5"),
        recipient("c@example.org", "D6", documents=("planning-brief",)),
        recipient("d@example.org", "D7"),
    ]
    made, problems = found([consignment("qingdao", rows)], tmp_path, settings)
    assert sorted(problems) == [("DL-105", "D6"), ("DL-106", "D5"), ("DL-109", "D4")]
    assert [errand.address for errand in made.errands] == ["d@example.org"]


def test_replies_go_to_the_contacts_of_the_regions(consignment, recipient, tmp_path, settings):
    both = [
        consignment("qingdao", [recipient()], contact="x@example.org"),
        consignment("heze", [recipient(cell="D9")], contact="y@example.org"),
    ]
    assert found(both[:1], tmp_path, settings)[0].errands[0].contacts == ("x@example.org",)
    assert found(both, tmp_path, settings)[0].errands[0].contacts == (
        "x@example.org",
        "y@example.org",
    )


def test_a_comparison_with_a_region_that_is_not_public_is_kept_back_from_a_row_of_a_public_one(
    consignment, recipient, tmp_path, settings
):
    asked = recipient(documents=("annex", "comparison"))
    sent = [
        consignment("qingdao", [asked], handling="public"),
        consignment("comparison", [asked], handling="", documents=("comparison",)),
    ]
    made, problems = found(sent, tmp_path, replace(settings, domains=()))
    assert (made.errands, problems) == ((), [("DL-107", "D4")])


@pytest.mark.parametrize("blank", ["\u3000", "\xa0", "\u2002"])
def test_a_name_typed_with_a_wide_blank_reaches_its_recipient(
    blank, consignment, recipient, tmp_path, settings
):
    made, problems = found(
        [consignment("qingdao", [recipient(name=f"张{blank}三")])], tmp_path, settings
    )
    assert problems == []
    assert made.errands[0].name == "张 三"


def test_a_name_with_a_line_break_never_reaches_a_header(
    consignment, recipient, tmp_path, settings
):
    made, problems = found(
        [consignment("qingdao", [recipient(name="a\nBcc: b@example.com")])], tmp_path, settings
    )
    assert (made.errands, problems) == ((), [("DL-110", "D4")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are a thing of POSIX")
def test_a_pipe_in_the_place_of_a_document_is_no_document(
    consignment, recipient, tmp_path, settings
):
    one = consignment("qingdao", [recipient()])
    path = tmp_path / OUT / "qingdao" / "annex.en.docx"
    path.unlink()
    os.mkfifo(path)
    _, problems = found([one], tmp_path, settings)
    assert problems == [("DL-103", "D4")]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_document_that_was_not_built_in_a_language_is_named_in_a_sentence(
    language, consignment, recipient, tmp_path, settings
):
    one = consignment("qingdao", [recipient()])
    one = replace(
        one, enclosures=tuple(each for each in one.enclosures if each.language == "zh-CN")
    )
    made, _ = found([one], tmp_path, settings)
    said = [line(each, load_texts(data_root() / "templates" / "strings.csv"), language)
            for each in made.problems]  # fmt: skip
    assert any("leadership-brief" in each and "qingdao" in each for each in said)


def test_a_domain_allowed_for_one_run_closes_the_way_to_no_other(
    consignment, recipient, tmp_path, settings
):
    rows = [recipient("a@example.com", "D4"), recipient("b@example.net", "D5")]
    widened = replace(settings, domains=(), allowed=("example.com",))
    _, problems = found([consignment("qingdao", rows, handling="public")], tmp_path, widened)
    assert problems == []
    _, problems = found([consignment("qingdao", rows, handling="internal")], tmp_path, widened)
    assert problems == [("DL-107", "D5")]


def test_a_plan_for_one_recipient_says_nothing_of_the_others(
    consignment, recipient, tmp_path, settings
):
    rows = [recipient(), recipient("b@example.org", "D5"), recipient("broken", "D6")]
    made = plan([consignment("qingdao", rows)], tmp_path / OUT, settings, ["B@example.org"])
    assert [errand.address for errand in made.errands] == ["b@example.org"]
    assert made.problems == ()
