"""Broken mail templates, each named by its fault: what the linter calls it and on which line."""

from __future__ import annotations

import pytest

from generator.delivery.body import MAIL_TEMPLATES
from generator.delivery.lint import lint_mail
from generator.intake import load_fields
from generator.report import available
from generator.shipped import LANGUAGES

PRINTED = """
{% for r in mail.regions %}{{ r.draft }} {{ r.answer }}{% endfor %}
{% for b in mail.barred %}{{ b.sentence }}{% for row in b.rows %}{{ row.sentence }}{% endfor %}{% endfor %}
{% for d in mail.documents %}{{ d.title }}{% endfor %} {{ mail.as_of }} {{ mail.disclaimer | join }}
"""


@pytest.fixture(scope="session")
def declared(root):
    return load_fields(root / "templates/fields.csv")


@pytest.fixture
def check(declared, tmp_path):
    """`check(text) -> [(code, line)]` of a template that prints what it must after the text."""

    def do(text, name="mail.html", printed=PRINTED):
        path = tmp_path / "en" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else (text + printed).encode())
        return lint_mail(path, available(declared, "mail"))

    return do


def faults(problems):
    return [(one.code, one.origin.cell) for one in problems]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAIL_TEMPLATES)
def test_the_default_templates_have_no_fault(root, declared, language, name):
    assert lint_mail(root / "templates" / language / name, available(declared, "mail")) == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("\n{{ mail.nmae }}", "TP-102", 2),
        ("{{ doc.title }}", "TP-102", 1),
        ("\n\n{{ mail.name | uper }}", "TP-114", 3),
        ("{{ mail.name | safe }}", "TP-114", 1),
        ("{% if mail.name is ful %}{% endif %}", "TP-114", 1),
        ("{% autoescape false %}", "TP-115", 1),
        ("{% include 'x' %}", "TP-115", 1),
        ("{% iff mail.name %}", "TP-115", 1),
        ("\n{% if mail.name %}", "TP-107", 2),
        ("\n{% endfor %}", "TP-108", 2),
        ("\n{{ mail.name + }}", "TP-113", 2),
        ("\n{{ mail.name", "TP-136", 2),
        ("\nmail.name }}", "TP-137", 2),
        ("\n｛｛ mail.name ｝｝", "TP-105", 2),
        ("\n{ mail.name }", "TP-105", 2),
        ("{{ mail.handling | join(“, ”) }}", "TP-138", 1),
        ("{{ mail.regions }}", "TP-116", 1),
        ("{{ mail.regions.name }}", "TP-117", 1),
        ("{% for x in mail.name %}{% endfor %}", "TP-118", 1),
        ("\n<script>1</script>", "TP-131", 2),
        ("\n\n<p onclick='x'>", "TP-131", 3),
        ("<img src='https://example.org/a.png'>", "TP-131", 1),
        ("{% if mail.illustrative %}\n<iframe>{% endif %}", "TP-131", 2),
        ("\n<a href='http://example.org'>x</a>", "TP-132", 2),
        ("<a href='data:text/html,x'>x</a>", "TP-132", 1),
        ("<p style='background: url(x)'>", "TP-131", 1),
        ("<body background='x'>", "TP-131", 1),
    ],
)
def test_a_fault_is_named_with_its_line(check, text, code, line):
    assert (code, f"L{line}") in faults(check(text))


def test_a_place_is_written_like_a_cell_of_the_file(check):
    (only,) = check("\n{{ mail.nmae }}")
    assert str(only.origin) == "en/mail.html!L2"
    assert dict(only.args)["nearest"] == "mail.name"


def test_every_fault_is_found_at_once_and_in_order(check):
    text = "{{ mail.nmae }}\n{{ + }}\n{{ mail.name | safe }}\n<script></script>\n{% endfor %}\n"
    assert faults(check(text)) == [
        ("TP-102", "L1"), ("TP-113", "L2"), ("TP-114", "L3"), ("TP-131", "L4"), ("TP-108", "L5"),
    ]  # fmt: skip


def test_links_that_a_person_follows_and_quotes_inside_quotes_are_fine(check):
    text = (
        "<a href='https://example.org/a?b=c'>x</a> <a href=\"mailto:plan@example.org\">y</a>"
        '{{ "“" ~ mail.name ~ "”" }}{# “notes” may hold <script> #}'
        '<table role="presentation"><tr><td style="padding: 4px">x</td></tr></table>'
    )
    assert check(text) == []


def test_text_templates_may_hold_what_looks_like_markup(check):
    assert check("1 < 2 <script> http://example.org", "mail.txt") == []


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<!--", "<a b='", "<p style='/*", "{{", "{% if x %}", "{ {", "｛", "{", "{{ mail.x }}"],
)
def test_the_work_on_a_hostile_file_grows_no_faster_than_the_file(check, cost, piece):
    def judged(size):
        assert check(piece * (size // len(piece)), printed="")

    # Eight times the text: 64 times the work where every piece is held against every other.
    assert cost(lambda: judged(152_000), lambda: judged(19_000), 24) <= 24


REQUIRED = {
    "mail.regions[].answer": "{{ r.answer }}",
    "mail.regions[].draft": "{{ r.draft }}",
    "mail.barred[].sentence": "{{ b.sentence }}",
    "mail.barred[].rows[].sentence": "{{ row.sentence }}",
    "mail.documents[].title": "{{ d.title }}",
    "mail.as_of": "{{ mail.as_of }}",
    "mail.disclaimer": "{{ mail.disclaimer | join }}",
}


@pytest.mark.parametrize("name", ["mail.html", "mail.txt"])
@pytest.mark.parametrize("path", REQUIRED)
def test_what_every_mail_must_print_is_missed(check, name, path):
    found = check("", name, PRINTED.replace(REQUIRED[path], ""))
    assert [one.code for one in found] == ["TP-119"]
    assert path in dict(found[0].args)["name"]


def test_a_subject_need_not_print_all_that(check):
    assert check("{{ mail.region_count }}", "mail.subject.txt", "") == []


def test_testing_for_a_value_is_not_printing_it(check):
    text = PRINTED.replace("{{ r.draft }}", "{% if r.draft %}x{% endif %}")
    assert [one.code for one in check("", printed=text)] == ["TP-119"]


@pytest.mark.parametrize(
    ("content", "code", "cell"),
    [
        (b"", "TP-135", ""),
        (b" \n ", "TP-135", ""),
        (b"x" * 200_001, "TP-135", ""),
        ("王副市长".encode("gb18030"), "TP-134", "L1"),
        (b"a\nb\n\xff", "TP-134", "L3"),
        ("mail".encode("utf-16"), "TP-134", "L1"),
        (b"PK\x03\x04\x00\x00", "TP-134", ""),
    ],
)
def test_a_file_that_is_no_text_gets_one_clear_problem(check, content, code, cell):
    assert faults(check(content)) == [(code, cell)]


def test_a_missing_file_is_one_problem(declared, tmp_path):
    found = lint_mail(tmp_path / "mail.html", available(declared, "mail"))
    assert faults(found) == [("TP-130", "")]


def test_names_of_the_mail_are_unknown_to_documents_and_the_other_way_round(declared):
    groups = {
        name: {one.path.split(".")[0].removesuffix("[]") for one in available(declared, name)}
        for name in ("mail", "leadership-brief", "comparison")
    }
    assert groups["mail"] == {"mail"}
    assert "mail" not in groups["leadership-brief"] | groups["comparison"]
