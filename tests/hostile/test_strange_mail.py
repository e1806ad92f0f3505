"""Mail templates of strangers: refused at their line, or what is sent holds nothing of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.delivery.lint import lint_mail
from generator.delivery.markup import read_markup
from generator.intake import load_fields
from generator.problems import Origin
from generator.report import available

ELEMENTS = (
    "<script>1</script>", "<SCRIPT SRC=//x></SCRIPT>", "<script/x>1</script>", "<img src=x>",
    "<img srcset='https://example.org/a 2x'>", "<image src=x>", "<picture><source srcset=x></picture>",
    "<svg><script>1</script></svg>", "<svg onload=x>", "<svg><a xlink:href='javascript:x'><text>x</text></a></svg>",
    "<svg><style><img src=x></style></svg>", "<math><mi xlink:href='data:x'>x</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x'>",
    "<iframe src=x></iframe>", "<iframe srcdoc='&lt;script&gt;'></iframe>", "<frame src=x><embed src=x>",
    "<object data=x></object>", "<embed src=x>", "<applet code=x></applet>", "<video src=x></video>",
    "<audio src=x></audio>", "<track src=x><canvas></canvas>", "<form action=x></form>", "<input name=x>",
    "<button formaction=x>x</button>", "<textarea></textarea><script>1</script>", "<select><option>x</select>",
    "<keygen><dialog open>x</dialog>", "<base href='https://example.org'>", "<link rel=stylesheet href=x>",
    "<link rel=prefetch href=//x>", "<template><img src=x></template>", "<noscript><img src=x></noscript>",
    "<noscript><p title='</noscript><img src=x>'></noscript>", "<xmp><img src=x></xmp>",
    "<noembed><img src=x></noembed>", "<noframes><img src=x></noframes>", "<plaintext><img src=x>",
    "<title><style></title><img src=x></style>", "<style></style ><img src=x>", "<!--><img src=x>-->",
    "<!---><img src=x>-->", "<!-- --!><img src=x> -->", "<!--[if mso]><v:rect href=x><![endif]-->",
    "<![if mso]><img src=x><![endif]>", "<marquee>x</marquee>", "<bgsound src=x>", "<portal src=x></portal>",
    "<x-y>x</x-y>", "<o:p>x</o:p>", "<meta http-equiv=refresh content='0;url=//x'>",
    "<meta http-equiv='Content-Security-Policy' content=x>",
)  # fmt: skip
ATTRIBUTES = (
    "<p onclick=x>x</p>", "<p/onmouseover=x>x</p>", "<p\nonclick=x>x</p>", "<p ONCLICK=x>x</p>",
    "<table background=x></table>", "<a ping=//x href='https://example.org/'>x</a>",
    "<p xmlns:x=y>x</p>", "<p contenteditable>x</p>", "<p data-x=1>x</p>", "<a download=x>x</a>",
    "<p itemprop=x>x</p>", "<q cite=//x>x</q>", "<font color='red' dynsrc=x>x</font>", "<p is=x>x</p>",
)  # fmt: skip
STYLES = (
    "<p style='background:url(//x)'>x</p>", "<p style='background:URL (//x)'>x</p>",
    "<p style='background:u\\72l(x)'>x</p>", "<p style='background:u/**/rl(x)'>x</p>",
    "<p style='width:expression(1)'>x</p>", "<p style='behavior:url(x)'>x</p>",
    "<p style='background:image-set(x 1x)'>x</p>", "<p style='-moz-binding:x'>x</p>",
    "<p style='background:&#117;rl(x)'>x</p>", "<style>@import '//x';</style>",
    "<style>@font-face{src:local(x)}</style>", "<style>p{background:url(x)}</style>",
    "<style>p{} <!-- @import x --></style>", "<style>p{content:'<img src=x>'}</style>",
)  # fmt: skip
LINKS = (
    "javascript:x", "JAVASCRIPT:x", "java\tscript:x", "java&#10;script:x", "&#106;avascript:x",
    "&#x6A;avascript&colon;x", " javascript:x", "&#1;javascript:x", "data:text/html,x", "vbscript:x",
    "file:///x", "\\\\server\\x", "//server/x", "http://example.org", "ftp://x", "ms-msdt:x", "cid:x",
    "https:x", "https:///x", "https:\\\\x", "mailto:", "mailto:x", "about:blank", "#x", "x.html", "",
)  # fmt: skip
INERT = (
    "<td background=x>x", "<tr onclick=x><p>x", "</p onclick=x>", "<?php x ?>", "<!-- a note -->",
    "<title><script>1</script></title>", "<title></title/><b>x</b>", "&lt;script&gt;1&lt;/script&gt;",
    "<p title='--><img src=x>'>x</p>", "<p title='</p><script>1</script>'>x</p>", "<p title=\"'><img src=x>\">x</p>",
    "<html><head><body>", "<p title='1' title='2'>x</p>", "</script>", "</style>",
    "<pre>\n\n<b>x</b></pre>", "<b><p>x</b>y</p>", "<table><b>x</table>", "<a href='https://example.org'><a href='https://example.net'>x</a>",
)  # fmt: skip
REFUSED = (*ELEMENTS, *ATTRIBUTES, *STYLES)
PRINTED = """
{% for r in mail.regions %}{{ r.draft }} {{ r.answer }}{% endfor %}
{% for b in mail.barred %}{{ b.sentence }}{% for row in b.rows %}{{ row.sentence }}{% endfor %}{% endfor %}
{% for d in mail.documents %}{{ d.title }}{% endfor %} {{ mail.as_of }} {{ mail.disclaimer | join }}
"""
ACTIVE = re.compile(r"<(?:script|img|svg|td|tr|iframe|!--|\?)|<[^>]* on\w+=", re.IGNORECASE)


@pytest.fixture(scope="module")
def declared(root):
    return available(load_fields(root / "templates/fields.csv"), "mail")


@pytest.fixture
def faults(declared, tmp_path):
    """Code and line of what is wrong with a template that has some markup on its third line."""

    def find(markup):
        path = Path(tmp_path / "mail.html")
        path.write_text(f"<!DOCTYPE html>\n<p>x</p>\n{markup}\n{PRINTED}", encoding="utf-8")
        return {(one.code, one.origin.cell) for one in lint_mail(path, declared)}

    return find


def test_there_are_enough_of_them():
    assert len(REFUSED) + len(LINKS) + len(INERT) >= 60


@pytest.mark.parametrize("markup", REFUSED)
def test_markup_that_runs_fetches_or_asks_is_refused_at_its_line(faults, markup):
    found = faults(markup)
    assert {code for code, _ in found} == {"TP-131"}
    assert {line for _, line in found} <= {"L3", "L4"}


@pytest.mark.parametrize("target", LINKS)
def test_a_link_leads_to_the_web_or_to_a_mailbox_or_is_refused(faults, target):
    assert faults(f'<a href="{target}">x</a>') == {("TP-132", "L3")}


@pytest.mark.parametrize("markup", INERT)
def test_what_a_browser_makes_nothing_of_is_not_sent(faults, markup):
    assert faults(markup) == set()
    made, found = read_markup(f"<!DOCTYPE html><p>{markup}", Origin("mail.html"))
    assert found == []
    assert not ACTIVE.search(re.sub(r'"[^"]*"', '""', made))


@pytest.mark.parametrize("markup", [*INERT, "<p>a &amp; b &lt; c &nbsp; ü 中</p><hr><br>"])
def test_what_is_sent_reads_the_same_the_next_time(markup):
    made, _ = read_markup(f"<!DOCTYPE html><body><p>{markup}</p>", Origin("mail.html"))
    assert read_markup(made, Origin("mail.html")) == (made, [])


def test_a_mail_of_too_many_pieces_is_refused():
    (found,) = read_markup("<b>" * 60_000, Origin("mail.html"))[1]
    assert found.code == "TP-147"


def test_a_mail_nested_without_end_is_refused():
    found = read_markup("<div>" * 20_000, Origin("mail.html"))[1]
    assert {one.code for one in found} == {"TP-131"}
