"""Addresses of recipients, as people type them. Expected readings follow RFC 5321, 6531 and 6761."""

import subprocess
import sys

import pytest

from generator.intake import read_submission
from generator.intake.cell import Raw
from generator.intake.cells import read_address, read_cell
from generator.intake.columns import FORM_BY_KEY
from generator.model import Notice
from generator.problems import Origin, errors
from generator.report.quality import problem_text

CELL = Origin("region.xlsx", "Recipients", "D4")
COLUMNS = {
    part.key: part for column in FORM_BY_KEY["recipients"].columns for part in column.expanded()
}
ROW = {
    "name_zh": "规划处", "email": "office@example.org", "language": "zh-CN",
    "documents": "leadership-brief",
}  # fmt: skip


def read(value, key="email"):
    return read_cell(Raw(CELL, value), COLUMNS[key], {"annex": "annex"})


def fault(text):
    """Why a text is refused, as the arguments of its problem say it."""
    reading = read(text)
    assert reading.value is None, reading.value
    assert (reading.problem.code, reading.problem.severity) == ("IN-230", "error")
    assert reading.problem.origin == CELL
    return dict(reading.problem.args)["fault"]


@pytest.mark.parametrize(
    "text",
    ["office@example.org", "a.b+c_d@mail.example.org", "o'brien@example.org", "用户@example.org",
     "规划@例子.广告", "josé@example.org"],
)  # fmt: skip
def test_plain_address_is_kept_as_it_stands(text):
    reading = read(text)
    assert (reading.value, reading.conversion, reading.problem) == (text, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "office＠example．org",
        "ｏｆｆｉｃｅ@example.org",
        "office@example。org",
        "mailto:office@example.org",
        "MAILTO:office@example.org",
        "\u200boffice@example.org\ufeff",
        "office@EXAMPLE.Org",
        "Planning office <office@example.org>",
        "规划处＜office@example.org＞",
        "<office@example.org>",
        "Office <mailto:office@example.org>",
        "office@example.org;",
        "office@example.org。",
    ],
)
def test_clear_address_is_put_right_and_reported(text):
    reading = read(text)
    assert (reading.value, reading.problem) == ("office@example.org", None)
    assert (reading.conversion.rule, reading.conversion.value) == ("address", reading.value)
    assert reading.conversion.origin == CELL


def test_blanks_around_an_address_are_no_remark():
    reading = read(" \toffice@example.org\n")
    assert (reading.value, reading.conversion) == ("office@example.org", None)


def test_domain_in_the_spelling_of_machines_is_read_in_its_own_script():
    # xn--fsqu00a is 例子 and xn--4rr70v is 广告 (RFC 3492).
    assert read("规划@xn--fsqu00a.xn--4rr70v").value == "规划@例子.广告"


def test_letter_case_before_the_sign_is_kept():
    # RFC 5321, 2.4: it is the receiving host's to judge.
    assert read("Wei.Zhang@example.org").value == "Wei.Zhang@example.org"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("office", "no_at"), ("office.example.org", "no_at"), (12345, "no_at"), (True, "no_at"),
        ("office﹫example.org", "no_at"),
        ("a@example.org;b@example.org", "several"), ("a@example.org b@example.org", "several"),
        ("a@example.org，b@example.org", "several"), ("a@example.org、b@example.org", "several"),
        ("a@example.org\nb@example.org", "several"), ("a@b@example.org", "several"),
        ("a＠example.org；b＠example.org", "several"), ("a@x.org <b@x.org>", "several"),
        ("@example.org", "half"), ("office@", "half"), ("@", "half"),
        ("office @example.org", "blank"), ("office@ex ample.org", "blank"),
        ("of\u3000fice@example.org", "blank"),
        ('"of fice"@example.org', "quoted"), ('"a@b"@example.org', "quoted"),
        ("of(fice@example.org", "characters"), ("office@exa_mple.org", "characters"),
        ("office:x@example.org", "characters"), ("office@example.org?subject=x", "characters"),
        ("处、室@example.org", "characters"), ("处。室@example.org", "characters"),
        ("of\u200bfice@example.org", "characters"), ("of\u202efice@example.org", "characters"),
        ("of\u3164fice@example.org", "characters"),
        ("o\ufb03ce@example.org", "characters"), ("\u0301office@example.org", "characters"),
        ("of\ufe0ffice@example.org", "characters"), ("of\x00fice@example.org", "characters"),
        ("office\r\nBcc: x@example.org", "characters"), ("office@example.org\x7f", "characters"),
        ("office@localhost", "no_dot"), ("office@example", "no_dot"),
        (".office@example.org", "dots"), ("of..fice@example.org", "dots"),
        ("office.@example.org", "dots"),
        ("office@x.test", "domain"), ("office@x.invalid", "domain"), ("office@x.local", "domain"),
        ("office@x.localhost", "domain"), ("office@[192.0.2.1]", "domain"),
        ("office@[IPv6:2001:db8::1]", "domain"), ("office@192.0.2.1", "domain"),
        ("office@-example.org", "domain"), ("office@example..org", "domain"),
        ("office@xn--zzzz.org", "domain"), ("office@xn--.org", "domain"),
        ("a" * 65 + "@example.org", "too_long"), ("a@" + "b." * 126 + "org", "too_long"),
        ("规" * 64 + "@" + "例子." * 20 + "广告", "too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused_with_its_reason(text, why):
    assert fault(text) == why


def test_refusal_is_said_in_the_language_of_the_reader(texts):
    for text in ("office", "a@b@example.org", "@", "a b@example.org", '"a"@example.org',
                 "a(b@example.org", "a@example", ".a@example.org", "a@x.test", "a" * 300 + "@x.org"):  # fmt: skip
        problem = read(text).problem
        english, chinese = (problem_text(problem, texts, one) for one in ("en", "zh-CN"))
        assert "office@example.org" in english
        assert "office@example.org" in chinese
        said = chinese.partition("：")[2].replace("office@example.org", "")
        assert not any(char.isascii() and char.isalpha() for char in said), chinese
        assert "{" not in english + chinese


def test_message_shows_no_character_that_could_disturb_a_screen(texts):
    problem = read("a\r\n\x1b[2J\u202eBcc: b@example.org").problem
    for language in ("en", "zh-CN"):
        text = problem_text(problem, texts, language)
        assert text.isprintable()
        assert "U+202E" in text


@pytest.mark.parametrize(
    "text",
    [lambda n: "a" * n + "@example.org", lambda n: "a@" + "x." * n + "org", lambda n: "@" * n,
     lambda n: "a" * n, lambda n: ";".join(["a@example.org"] * (n // 50)),
     lambda n: "<" * n + "a@b.org" + ">" * n, lambda n: "a@xn--" + "9" * n,
     lambda n: "\u0301" * n + "@x.org", lambda n: "a@" + "٠" * (n // 200) + ".org"],
    ids=["local", "domain", "signs", "letters", "list", "brackets", "punycode", "accents", "digits"],
)  # fmt: skip
def test_the_work_on_endless_text_grows_no_faster_than_the_text(cost, text):
    def refused(length):
        assert fault(text(length)) in {"several", "too_long", "characters", "no_at", "domain"}

    assert cost(lambda: refused(100_000), lambda: refused(12_500), 24) <= 24


def test_no_text_of_odd_characters_raises():
    signs = ["@", "＠", ".", "。", "a", "规", " ", "\u3000", "<", ">", '"', "\\", "(", "-", "xn--",
             "mailto:", "\u0301", "\u200d", "\ud800", "\uffff", "א", "\U0001f3ed", "ß", "[", ";"]  # fmt: skip
    for first in signs:
        for second in signs:
            for third in signs:
                for text in (f"{first}{second}@{third}.org", f"{first}@{second}{third}", third):
                    found = read_address(text)
                    assert bool(found.value) != bool(found.fault), text
                    if found.value:
                        assert read_address(found.value).value == found.value, text


def test_break_in_a_name_is_folded_and_named():
    reading = read("规划处\r\nBcc: x@example.org", "name_zh")
    assert reading.value == "规划处 Bcc: x@example.org"
    assert (reading.problem.code, reading.problem.severity) == ("IN-232", "warning")
    assert reading.problem.origin == CELL
    assert dict(reading.problem.args)["found"] == "U+000D, U+000A"
    assert reading.conversion.value == reading.value


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\t", "\x0b", "\x85", "\u2028", "\u2029", "\x00", "\u202e"]
)
def test_name_keeps_no_character_that_breaks_or_turns_a_line(sign):
    reading = read(f"规划{sign}处的一个很长的名称以免被当作合计行而不经读取就保留下来", "name_zh")
    assert sign not in reading.value
    assert reading.problem.code == "IN-232"


def test_plain_name_is_no_remark():
    reading = read("Planning office (illustrative)", "name_en")
    assert (reading.value, reading.problem, reading.conversion) == (
        "Planning office (illustrative)", None, None
    )  # fmt: skip


@pytest.mark.parametrize("text", [";", "；;", " ; "])
def test_documents_of_nothing_but_joints_are_blank(text):
    assert read(text, "documents").problem.code == "IN-201"


def test_document_named_twice_is_sent_once():
    assert read("annex;annex", "documents").value == ("annex",)


# --- whole workbooks ------------------------------------------------------------------------------


@pytest.fixture
def check(region_book, knowledge):
    """Read a small region with rows of recipients: (code, severity, place) of each problem."""

    def run(*rows, **changes):
        book = region_book(recipients=[{**ROW, **row} for row in rows], **changes)
        found = read_submission([book], knowledge)
        return [(one.code, one.severity, str(one.origin)) for one in found.problems], found

    return run


def test_wrong_address_stops_its_region_and_names_the_cell(check):
    problems, found = check({"email": "office"})
    assert problems == [("IN-230", "error", "收件人!C2")]
    assert found.regions == ()


def test_wrong_contact_address_is_refused_and_a_blank_one_is_not(check):
    problems, _ = check({}, contact_email="12345678")
    assert [(code, place[:3]) for code, _, place in problems] == [("IN-230", "地区!")]
    problems, found = check({}, contact_email="-")
    assert problems == []
    assert found.regions[0].contact_email == ""


@pytest.mark.parametrize(
    ("key", "code"), [("documents", "IN-201"), ("email", "IN-201"), ("language", "IN-201"), ("name_zh", "IN-202")]
)  # fmt: skip
def test_recipient_without_a_needed_cell_is_refused(check, key, code):
    problems, _ = check({}, {"email": "b@example.org", key: None})
    assert [(name, place[-1]) for name, _, place in problems] == [(code, "3")]


def test_unknown_document_is_refused_with_the_list(check, texts):
    problems, found = check({"documents": "leadership-brief;memo"})
    assert problems == [("IN-215", "error", "收件人!E2")]
    assert "comparison" in problem_text(found.problems[0], texts, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("office@example.org", "Office@Example.ORG"),
        ("josé@example.org", "jose\u0301@example.org"),
        ("规划@例子.广告", "规划@xn--fsqu00a.xn--4rr70v"),
        ("office@example.org", "office＠example.org"),
    ],
)
def test_one_address_in_two_spellings_is_one_recipient(check, one, other):
    problems, _ = check({"email": one}, {"email": other, "language": "en"})
    assert problems == [("IN-217", "error", "收件人!C3")]


TWO = {
    "Region": """
        | Region | Name (English) | Jurisdiction | Administrative code | Currency |
        | a | A | CN | 140400 | CNY |
        | b | B | CN | 370200 | CNY |""",
    "Recipients": """
        | Region | Name (English) | E-mail | Language | Documents |
        | b | Desk | desk@example.org | en | annex |
        | a | Desk | Desk@example.org | zh-CN | annex |
        | a | Other | other@example.org | en | annex |""",
}


def test_one_address_in_two_languages_is_warned_of_with_the_first_cell(workbook, knowledge):
    found = read_submission([workbook(TWO)], knowledge)
    # Regions come in the order of their sheet: a, then b; the language of the first is kept.
    assert [(one.code, one.severity, str(one.origin)) for one in found.problems] == [
        ("IN-231", "warning", "Recipients!D2")
    ]
    assert dict(found.problems[0].args)["first"] == "Recipients!D3"
    assert [one.code for one in found.regions] == ["a", "b"]


def test_one_address_in_two_languages_is_found_across_files(region_book, knowledge):
    first = region_book(name="a.xlsx", recipients=[ROW])
    rows = [{**ROW, "language": "en"}, {**ROW, "email": "same@example.org"}]
    second = region_book(name="b.xlsx", region="b", name_zh="乙", name_en="B", recipients=rows)
    found = read_submission([first, second], knowledge, is_check=True)
    (warned,) = found.problems
    assert (warned.code, warned.origin.full) == ("IN-231", "b.xlsx 收件人!D2")
    assert dict(warned.args)["first"] == "a.xlsx 收件人!D2"


def test_documents_are_told_nothing_that_quotes_an_address(check, knowledge, workbook):
    _, found = check(
        {"email": "office＠example.org", "name_zh": "处\n室"}, contact_email="A@EXAMPLE.org"
    )
    assert len(found.conversions) == 3
    (region,) = found.regions
    assert found.notice_of(region) == Notice()
    sheets = {name: f"{table.strip()}\n" for name, table in TWO.items()}
    sheets["Recipients"] += "| b | Wrong | secret@@example.org | en | annex |\n"
    spoilt = read_submission([workbook(sheets)], knowledge)
    assert [one.code for one in errors(spoilt.problems)] == ["IN-230"]
    (left,) = spoilt.regions
    assert spoilt.notice_of(left).problems == ()


def test_what_is_noticed_elsewhere_is_still_told(check):
    _, found = check({}, gdp="2400亿元", prepared_by_zh="发展改革_x0001_委")
    (region,) = found.regions
    assert {one.code for one in found.notice_of(region).problems} == {"IN-220"}
    assert {one.rule for one in found.notice_of(region).conversions} == {
        "written_unit", "control_characters"
    }  # fmt: skip


def test_the_work_on_recipients_grows_no_faster_than_their_number(region_book, knowledge, cost):
    rows = [{**ROW, "email": f"office{number}@例子.广告"} for number in range(4_000)]
    few, many = region_book(recipients=rows[:500]), region_book(recipients=rows)

    def read(book):
        assert read_submission([book], knowledge).problems == ()

    assert cost(lambda: read(many), lambda: read(few), 24) <= 24


def test_checking_an_address_asks_no_network():
    program = (
        "import sys\n"
        "def watch(event, arguments):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(watch)\n"
        "from generator.intake.cells import read_address\n"
        "assert 'email_validator' not in sys.modules\n"
        "assert read_address('office@example.org').value\n"
        "assert read_address('office@x.test').fault == 'domain'\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('dns', 'socket')]\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_form_says_in_its_help_what_a_recipient_may_get(knowledge, language):
    # A planner who writes what the help says must be understood.
    named = {value: label.text(language) for value, label in knowledge.choices["document"].items()}
    text = COLUMNS["documents"].help(language)
    for value, label in named.items():
        assert (value if language == "en" else label) in text
    assert len(named) == 4
    assert read_address("office@example.org").value in COLUMNS["email"].help(language)
    for column in FORM_BY_KEY["recipients"].columns:
        assert column.help(language), column.key


def test_samples_have_illustrative_recipients_of_both_languages(root, knowledge):
    paths = sorted((root / "inputs/regions").glob("*.xlsx"))
    found = read_submission(paths, knowledge)
    assert (len(found.regions), found.problems) == (3, ())
    for region in found.regions:
        assert {to.language for to in region.recipients} == {"en", "zh-CN"}
        assert any(
            to.documents == ("leadership-brief", "planning-brief") for to in region.recipients
        )
        assert any(len(to.documents) == 4 for to in region.recipients)
        assert region.contact_email.endswith("@example.org")
        for to in region.recipients:
            assert "illustrative" in to.name.text("en")
            assert "示例" in to.name.text("zh-CN")
