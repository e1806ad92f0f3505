"""What a mail says and what it can never hold, whatever a workbook or a template asks for."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from msgspec.structs import replace

from generator.delivery.body import MAIL_TEMPLATES, compiled, fill_body
from generator.delivery.record import attached_names
from generator.model import Enclosure, Errand, Item, Letter, Mailbox
from generator.problems import Origin, TemplateError
from generator.shipped import LANGUAGES

CELL = Origin("region.xlsx", "Recipients", "C4")
ROWS = (("Small home mining", "Barred by Yin Fa [2026] No. 42."),)


def said(name="Lucheng", **changes):
    plain = Letter(
        name=name,
        answer=f"The answer for {name} is no.",
        barred="The rules on file bar every kind of mining.",
        barred_rows=ROWS,
        as_of="28 November 2026",
        as_of_line="As of 28 November 2026 · rule pack 1 · catalogue 2",
        draft="",
        handling="internal",
        prepared_by="Planning office",
        disclaimer=("For planning discussion only.", "Rules change."),
    )
    return replace(plain, **changes)


def item(region, document="annex", language="en"):
    path = f"{document}.{language}.docx"
    path = path if region == "comparison" else f"{region}/{path}"
    file = f"{region} {document}.docx"
    enclosure = Enclosure(document, language, document.title(), file, path, "0" * 64)
    return Item(region, enclosure, CELL)


@pytest.fixture
def templates(root):
    def of(language="en", **changed):
        return {
            name: changed.get(name.replace(".", "_"), root / "templates" / language / name)
            for name in MAIL_TEMPLATES
        }

    return of


@pytest.fixture
def fill(templates):
    """`fill({"lucheng": letter}, language="en")` with one annex a region."""

    def do(letters, *, language="en", part=1, parts=1, name="Ms Li", items=None, **changed):
        items = items or tuple(item(code, language=language) for code in letters)
        errand = Errand(
            Mailbox("li", "example.org", "example.org"), name, language, CELL, items, letters, ()
        )
        return fill_body(errand, items, part, parts, templates(language, **changed))

    return do


@pytest.fixture
def own(tmp_path):
    """A template written by hand, for `fill`."""

    def write(text, name="mail.html"):
        path = tmp_path / "en" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


class Seen(HTMLParser):
    """Elements, attributes and words, as a mail program sees them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attrs]

    def handle_data(self, data):
        self.words += data


def codes(fault):
    return [one.code for one in fault.value.problems]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_say_the_same_things_in_the_order_a_reader_needs(fill, language):
    letter = said(draft="Illustrative draft: 84 %.")
    body = fill({"lucheng": letter}, language=language)
    name, sentence = ROWS[0]
    order = (letter.draft, letter.answer, letter.barred, name, sentence, "lucheng annex.docx",
             letter.as_of_line, letter.prepared_by, *letter.disclaimer)  # fmt: skip
    for text in (body.text, Seen(body.html).words):
        folded = " ".join(text.split())
        places = [folded.find(part) for part in order]
        assert -1 not in places
        assert places == sorted(places)


def test_a_mail_without_illustrative_data_says_nothing_of_a_draft(fill):
    body = fill({"lucheng": said()})
    for text in (body.subject, body.text, body.html):
        assert "raft" not in text


def test_only_regions_whose_documents_are_in_the_part_are_written_about(fill):
    letters = {"a": said("Aba"), "b": said("Bozhou")}
    body = fill(letters, items=(item("b"),), part=2, parts=3)
    assert "Aba" not in body.text + body.html + body.subject
    assert "part 2 of 3" in body.subject
    assert "part 2 of 3" in body.text
    assert "Part 2 of 3" in body.html


def test_three_regions_are_named_and_more_are_counted(fill):
    names = ["Aba", "Bozhou", "Chizhou", "Dazhou"]
    letters = {name.lower(): said(name) for name in names}
    three = fill(dict(list(letters.items())[:3])).subject
    four = fill(letters).subject
    assert all(name in three for name in names[:3])
    assert "4 regions" in four
    assert not any(name in four for name in names)


def test_a_comparison_is_no_region_of_the_count(fill):
    alone = fill({"comparison": said("Aba; Bozhou")})
    both = fill({"a": said("Aba"), "comparison": said("Aba; Bozhou")})
    assert alone.subject.endswith("compared: Aba; Bozhou")
    assert both.subject.endswith(": Aba, with comparison")
    assert "comparison-annex" not in alone.text


def test_what_is_barred_alike_is_said_once(fill):
    letters = {"a": said("Aba"), "b": said("Bozhou"), "c": said("Almaty", barred_rows=())}
    body = fill(letters)
    assert body.text.count(ROWS[0][1]) == 1
    assert "Aba, Bozhou" in body.text


def test_documents_of_regions_of_one_name_do_not_share_a_file_name():
    items = [item("lucheng"), item("lucheng"), item("comparison")]
    assert attached_names(items) == [
        "lucheng annex.docx",
        "lucheng annex (2).docx",
        "comparison annex.docx",
    ]


def test_english_text_fits_a_terminal_and_chinese_is_not_cut_into_lines(fill):
    long = said(answer="word-by-word " * 40)
    assert max(map(len, fill({"a": long}).text.splitlines())) <= 76
    chinese = said("潞城", answer="潞城市入选方向五项，" * 20)
    assert chinese.answer in fill({"a": chinese}, language="zh-CN").text


def test_text_has_no_entities_and_html_has_no_markup_of_names(fill):
    body = fill({"a": said("R&D <Park>")})
    assert "R&D <Park>" in body.text.replace("R&D <PARK>", "R&D <Park>")
    assert "&amp;" not in body.text
    assert "R&amp;D &lt;Park&gt;" in body.html


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "{{7*7}}{% raw %}",
    "</p><a href=javascript:alert(1)>x</a>",
    "--><style>@import 'http://x'</style>",
    "&lt;script&gt;",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_value_never_becomes_markup_and_stays_as_it_was_typed(fill, name, language):
    plain = Seen(fill({"a": said("Lucheng")}, language=language).html)
    rows = ((name, name),)
    letter = said(name, answer=name, barred=name, barred_rows=rows, draft="", handling=name,
                  as_of_line=name, prepared_by=name, disclaimer=(name, name))  # fmt: skip
    seen = Seen(fill({"a": letter}, language=language, name=name).html)
    assert seen.tags == plain.tags
    assert seen.attributes == plain.attributes
    assert name in seen.words
    assert "49" not in seen.words


def test_no_value_makes_a_line_of_its_own_or_turns_the_line_around(fill):
    name = "Lu\r\nBcc: all@example.org\u2028cheng\u202egnehc\x00\u0085\ud800"
    letter = said(name, answer=f"{name}\n\nATTACHED\n1. malware.exe")
    body = fill({"a": letter}, name=name)
    for text in (body.subject, body.text, body.html):
        assert not set(text) & set("\r\u2028\u2029\u0085\x00\u202e\ud800")
        text.encode()
    assert "\n" not in body.subject
    assert "Bcc:" in body.subject
    assert not [line for line in body.text.splitlines() if line.startswith(("Bcc", "1. mal"))]


def test_an_endless_region_name_still_leaves_a_subject(fill):
    letters = {code: said(code * 4000) for code in "abc"}
    assert len(fill(letters, part=9, parts=9).subject) <= 200


@pytest.mark.parametrize(
    "markup",
    [
        "<script>1</script>", "<p onclick=x>", "<img src='cid:a'>", "<a href='javascript:x'>",
        "<a href='data:text/html,x'>", "<a href='http://example.org/'>", "<iframe></iframe>",
        "<form></form>", "<link rel=stylesheet>", "<base href='https://example.org'>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>", "<svg/onload=x>",
        "<p style='background:url(https://example.org/a.png)'>", "<table><td background=x>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<p style='background:u\\72l(x)'>", "<p style='background:u/**/rl(x)'>",
        "<!--[if mso]><v:rect><![endif]-->", "<!--><img src=x>-->", "<p class={{ mail.name }}>",
        "{{ '<' }}", "<object data=x></object>",
    ],
)  # fmt: skip
def test_a_filled_mail_that_runs_or_fetches_is_refused(fill, own, markup):
    path = own(f"<!DOCTYPE html><p>{markup}")
    if markup == "{{ '<' }}":
        assert "&lt;" in fill({"a": said()}, mail_html=path).html
        return
    with pytest.raises(TemplateError) as fault:
        fill({"a": said()}, name="x onmouseover=alert(1)", mail_html=path)
    assert set(codes(fault)) <= {"TP-131", "TP-132"}
    assert {str(one.origin) for one in fault.value.problems} == {"en/mail.html"}


@pytest.mark.parametrize(
    "markup",
    [
        "<?xml-stylesheet href='x'?>", "<td background=x>", "<!-- a note -->", "</p onclick=x>",
        "<title><script>1</script></title>", "<p title='--><img src=x>'>",
        "<p title='</p><script>1</script>'>",
    ],
)  # fmt: skip
def test_what_a_browser_does_not_see_is_not_sent(fill, own, markup):
    html = fill({"a": said()}, mail_html=own(f"<!DOCTYPE html><p>{markup}")).html
    assert not re.search(r"<(?:\?|!--|td|script|img)", html)
    assert html.startswith("<!DOCTYPE html>")


UNREADABLE = (
    "{{ mail.name | safe }}", "{% autoescape false %}{{ mail.name }}{% endautoescape %}",
    "{{ mail.name | urlize }}", "{{ mail.nothing }}", "{% include 'x' %}", "{% if %}",
    "{{ 1 / 0 }}", "{{ '%9999999999d' | format(1) }}", "{{ [1] | batch(9999999999, 0) | list }}",
    "{{ range(9) }}", "{{ mail.name | attr('__class__') }}",
)  # fmt: skip
TOO_MUCH = (
    "{{ mail.name.__class__ }}", "{{ 9 ** 99999999 }}", "{{ 'x' * 9999999999 }}",
    "{{ 'x'.ljust(9999999999) }}", "{{ '%9999999999d' % 1 }}", "{{ '{:9999999999}'.format(1) }}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [*((one, "TP-130") for one in UNREADABLE), *((one, "TP-145") for one in TOO_MUCH)],
)
@pytest.mark.parametrize("name", ["mail.html", "mail.txt"])
def test_a_template_that_does_more_than_read_values_is_refused_at_once(
    fill, own, cost, text, code, name
):
    path = own(text, name)

    def refused():
        with pytest.raises(TemplateError) as fault:
            fill({"a": said()}, **{name.replace(".", "_"): path})
        assert codes(fault) == [code]

    assert cost(refused, lambda: fill({"a": said()}), 20) <= 20


def test_a_mail_without_end_is_stopped(fill, own):
    loops = "".join(f"{{% for a{n} in 'xxxxxxxxxx' %}}" for n in range(9))
    path = own(f"{loops}much text{'{% endfor %}' * 9}", "mail.txt")
    with pytest.raises(TemplateError) as fault:
        fill({"a": said()}, mail_txt=path)
    assert codes(fault) == ["TP-133"]


@pytest.mark.parametrize("text", ["x" * 201, "{# nothing #}"])
def test_a_subject_too_long_or_empty_is_refused(fill, own, text):
    with pytest.raises(TemplateError) as fault:
        fill({"a": said()}, mail_subject_txt=own(text, "mail.subject.txt"))
    assert codes(fault) == ["TP-133"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "TP-135"), (b"x" * 200_001, "TP-135"), (b"a\n\xff\xfe", "TP-134"), (b"a\0", "TP-134")],
)
def test_a_file_that_is_no_text_is_refused_before_it_is_read_as_a_template(
    fill, own, content, code
):
    with pytest.raises(TemplateError) as fault:
        fill({"a": said()}, mail_txt=own(content, "mail.txt"))
    assert codes(fault) == [code]


def test_a_missing_template_is_named(fill, tmp_path):
    with pytest.raises(TemplateError) as fault:
        fill({"a": said()}, mail_txt=tmp_path / "en" / "mail.txt")
    assert codes(fault) == ["TP-130"]


def test_a_template_is_compiled_once_for_many_mails(fill):
    before = compiled_count()
    for number in range(20):
        fill({"a": said(f"Region {number}")})
    assert compiled_count() - before <= 3


def compiled_count():
    from generator.delivery import body  # noqa: PLC0415 - the cache behind `compiled`

    assert compiled
    return body._compiled.cache_info().misses  # noqa: SLF001 - nothing else shows what was not done


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_is_fit_for_screen_readers_phones_and_dark_rooms(fill, language):
    html = fill({"a": said(), "b": said("Bozhou")}, language=language).html
    seen = Seen(html)
    levels = [int(tag[1]) for tag in seen.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert ("html", "lang", language) in seen.attributes
    assert ("meta", "charset", "utf-8") in seen.attributes
    assert ("meta", "content", "light dark") in seen.attributes
    assert "table" not in seen.tags
    assert not re.search(r"https?:|src=|url\(|<style", html)
    # Text keeps the reader's own colours; only borders have one.
    styles = ";".join(value for _, name, value in seen.attributes if name == "style")
    assert not re.search(r"(^|[;\s])(color|background[a-z-]*)\s*:", styles)
    assert not re.search(r"[^-]width:\s*\d", styles)
