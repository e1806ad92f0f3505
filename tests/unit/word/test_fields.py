"""Fields as Word itself would fill them: counts, references, numbers of headings, contents lists."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.model import Brief
from generator.word import render
from generator.word.numbering import number_word
from generator.word.office import answers, asking, numbered

DAY = date(2026, 11, 28)
NUMBERED = """<w:abstractNum w:abstractNumId="90" {ns}><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{first}"/><w:pStyle w:val="Heading1"/>
<w:suff w:val="{after}"/><w:lvlText w:val="{one}"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{first}"/><w:pStyle w:val="Heading2"/>
<w:suff w:val="{after}"/><w:lvlText w:val="{two}"/></w:lvl></w:abstractNum>"""


def run(inner):
    return f"<w:r>{inner}</w:r>"


def text(words):
    return run(f'<w:t xml:space="preserve">{words}</w:t>')


def chain(code, shown):
    """A field as Word writes it."""
    return (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + shown
        + run('<w:fldChar w:fldCharType="end"/>')
    )


def simple(code, shown):
    return f'<w:fldSimple w:instr=" {code} ">{text(shown)}</w:fldSimple>'


def bookmark(name, inner, number=7):
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
    )


def paragraph(inner, style="", more=""):
    kind = f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>' if style else ""
    return f"<w:p>{kind}{inner}</w:p>"


def word_contents(code=r"TOC \o &quot;1-3&quot; \h \z \u", stale="Old heading"):
    """A contents list as Word's menu inserts it: framed, titled, with an entry of long ago."""
    entry = (
        '<w:hyperlink w:anchor="_Toc123456789" w:history="1">'
        + text(stale)
        + run("<w:tab/>")
        + chain(r"PAGEREF _Toc123456789 \h", text("7"))
        + "</w:hyperlink>"
    )
    first = (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + entry
    )
    inner = (
        paragraph(text("In this paper"), "TOCHeading", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph(first, "TOC1")
        + paragraph(run('<w:fldChar w:fldCharType="end"/>'))
    )
    frame = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{frame}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


@pytest.fixture
def made(tmp_path):
    """Make a template of body XML, fill it, open what comes out."""

    def make(*blocks, number="", **fields):
        document = Document()
        body = document.element.body
        for block in blocks:
            wrapped = parse_xml(f"<w:body {nsdecls('w')}>{block}</w:body>")
            for child in list(wrapped):
                body.insert(len(body) - 1, child)
        if number:
            part = document.part.numbering_part.element
            part.insert(0, parse_xml(number))
            part.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
                )
            )
            for level in (1, 2):
                style = document.styles[f"Heading {level}"].element.get_or_add_pPr()
                style.append(
                    parse_xml(
                        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/>'
                        '<w:numId w:val="91"/></w:numPr>'
                    )
                )
        path = tmp_path / "t.docx"
        document.save(str(path))
        return render(path, Brief("en", fields, {}), DAY)

    return make


def opened(content):
    return Document(io.BytesIO(content))


def shown(content, style=None):
    """What the paragraphs of the body show, frames included; of one style where it is named."""
    found = []
    for one in opened(content).element.body.iter(qn("w:p")):
        if style is None or one.style == style:
            nodes = one.iter(qn("w:t"), qn("w:tab"))
            found.append(
                "".join(
                    node.text or "" if node.tag == qn("w:t") else "\t"
                    for node in nodes
                    if node.getparent().tag == qn("w:r")
                )
            )
    return found


def anchors(content):
    return [one.get(qn("w:anchor")) for one in opened(content).element.iter(qn("w:hyperlink"))]


def bookmarks(content):
    return [
        (one.get(qn("w:id")), one.get(qn("w:name")))
        for one in opened(content).element.iter(qn("w:bookmarkStart"))
    ]


@pytest.mark.parametrize(
    ("number", "form", "word"),
    [
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (21, "chineseCountingThousand", "二十一"),
        (100, "chineseCountingThousand", "一百"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
    ],
)
def test_numbers_are_written_in_words_as_word_writes_them(number, form, word):
    assert number_word(number, form) == word


def test_captions_are_counted_by_name_in_both_forms_of_a_field(made):
    content = made(
        paragraph(text("Table ") + simple(r"SEQ Table \* ARABIC", "9")),
        paragraph(text("Figure ") + chain(r"SEQ Figure \* ARABIC", text("9"))),
        paragraph(text("Table ") + chain(r"SEQ Table \* ROMAN", text("9"))),
    )
    assert shown(content) == ["Table 1", "Figure 1", "Table II"]


def test_a_caption_in_a_loop_counts_on_and_one_under_a_false_condition_does_not(made):
    content = made(
        paragraph(text("{%p for name in names %}")),
        paragraph(simple("SEQ Table", "1") + text(". {{ name }}")),
        paragraph(text("{%p endfor %}")),
        paragraph(text("{%p if false %}")),
        paragraph(simple("SEQ Table", "1") + text(". gone")),
        paragraph(text("{%p endif %}")),
        paragraph(simple("SEQ Table", "1") + text(". last")),
        names=["a", "b"],
    )
    assert shown(content) == ["1. a", "2. b", "3. last"]


def test_a_count_starts_anew_where_its_switch_says_so(made):
    content = made(
        paragraph(simple(r"SEQ T \r 5", "?")),
        paragraph(simple("SEQ T", "?")),
        paragraph(simple(r"SEQ T \c", "?")),
        paragraph(text("Chapter"), "Heading1"),
        paragraph(simple(r"SEQ F \s 1", "?")),
        paragraph(simple(r"SEQ F \s 1", "?")),
        paragraph(text("Chapter"), "Heading1"),
        paragraph(simple(r"SEQ F \s 1", "?")),
    )
    assert shown(content) == ["5", "6", "6", "Chapter", "1", "2", "Chapter", "1"]


def test_a_reference_says_what_its_caption_says_after_counting(made):
    content = made(
        paragraph(text("See ") + chain(r"REF heat \h", text("Table 1")) + text(".")),
        paragraph(text("Table ") + simple("SEQ Table", "1")),
        paragraph(bookmark("heat", text("Table ") + simple("SEQ Table", "1")) + text(". Heat")),
    )
    assert shown(content) == ["See Table 2.", "Table 1", "Table 2. Heat"]


def test_a_reference_to_what_is_gone_goes_with_its_brackets(made):
    link = text(" (") + simple(r"REF heat \h", "Table 1") + text(")")
    content = made(
        paragraph(
            text("The map")
            + f'<w:hyperlink w:anchor="heat">{link}</w:hyperlink>'
            + text(" shows it.")
        ),
        paragraph(text("{%p if false %}")),
        paragraph(bookmark("heat", text("Table ") + simple("SEQ Table", "1"))),
        paragraph(text("{%p endif %}")),
    )
    assert shown(content) == ["The map shows it."]
    assert anchors(content) == []


def test_bookmarks_that_a_loop_repeats_keep_one_name_and_have_ids_of_their_own(made):
    content = made(
        paragraph(text("{%p for name in names %}")),
        paragraph(bookmark("row", text("{{ name }}"))),
        paragraph(text("{%p endfor %}")),
        paragraph(bookmark("other", text("x"))),
        names=["a", "b"],
    )
    assert bookmarks(content) == [("0", "row"), ("1", "other")]
    ends = [one.get(qn("w:id")) for one in opened(content).element.iter(qn("w:bookmarkEnd"))]
    assert ends == ["0", "1"]


def test_the_contents_list_of_words_menu_is_made_anew_from_the_headings(made):
    content = made(
        word_contents(),
        paragraph(text("{%p for name in names %}")),
        paragraph(text("{{ name }}"), "Heading1"),
        paragraph(text("Part of {{ name }}"), "Heading2"),
        paragraph(text("{%p endfor %}")),
        names=["Law", "Power & heat"],
    )
    assert shown(content, "TOC1") == ["Law", "Power & heat"]
    assert shown(content, "TOC2") == ["Part of Law", "Part of Power & heat"]
    assert "Old heading" not in "".join(shown(content))
    targets = [name for _, name in bookmarks(content)]
    assert anchors(content) == targets
    assert len(set(targets)) == 4
    assert all(len(name) <= 40 and name.startswith("_Toc") for name in targets)
    assert "In this paper" in shown(content)


def test_the_marks_of_the_rebuilt_list_are_balanced_and_no_empty_line_is_left(made):
    content = made(word_contents(), paragraph(text("Law"), "Heading1"))
    kinds = [one.get(qn("w:fldCharType")) for one in opened(content).element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert "" not in shown(content)


def test_a_contents_list_lists_only_the_levels_it_asks_for(made):
    content = made(
        word_contents(r"TOC \o &quot;1-1&quot; \n \h \z"),
        paragraph(text("Law"), "Heading1"),
        paragraph(text("Detail"), "Heading2"),
    )
    assert shown(content, "TOC1") == ["Law"]
    assert shown(content, "TOC2") == []


def test_a_contents_list_without_headings_leaves_nothing_behind(made):
    content = made(word_contents(), paragraph(text("Only text.")))
    assert shown(content) == ["Only text."]
    assert list(opened(content).element.iter(qn("w:sdt"))) == []
    assert bookmarks(content) == []


def test_a_section_that_ends_with_the_contents_list_still_ends_there(made):
    ending = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>{}</w:p>'
    opening = (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run('<w:instrText xml:space="preserve"> TOC \\o "1-1" </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + text("old")
    )
    content = made(
        paragraph(opening, "TOC1"),
        ending.format(run('<w:fldChar w:fldCharType="end"/>')),
        paragraph(text("Law"), "Heading1"),
    )
    body = opened(content).element.body
    assert len(list(body.iter(qn("w:sectPr")))) == 2
    assert shown(content, "TOC1") == ["Law"]


@pytest.mark.parametrize(
    ("first", "one", "two", "after", "expected"),
    [
        ("decimal", "%1", "%1.%2", "tab", ["1\tA", "1.1\tAa", "2\tB", "2.1\tBa", "2.2\tBb"]),
        (
            "chineseCountingThousand", "%1、", "（%2）", "nothing",
            ["一、A", "（一）Aa", "二、B", "（一）Ba", "（二）Bb"],
        ),
        ("upperRoman", "%1.", "%1.%2", "space", ["I. A", "I.I Aa", "II. B", "II.I Ba", "II.II Bb"]),
    ],
)  # fmt: skip
def test_entries_carry_the_automatic_numbers_of_their_headings(
    made, first, one, two, after, expected
):
    number = NUMBERED.format(ns=nsdecls("w"), first=first, one=one, two=two, after=after)
    headings = [("A", 1), ("Aa", 2), ("B", 1), ("Ba", 2), ("Bb", 2)]
    content = made(
        word_contents(),
        *(paragraph(text(words), f"Heading{level}") for words, level in headings),
        number=number,
    )
    listed = [line for line in shown(content) if line[-2:].strip("\t ")]
    assert listed[1 : 1 + len(expected)] == expected


def test_a_heading_whose_number_is_switched_off_has_none_in_the_list(made):
    number = NUMBERED.format(ns=nsdecls("w"), first="decimal", one="%1", two="%1.%2", after="tab")
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    plain = paragraph(text("Summary"), "Heading1", off)
    content = made(word_contents(), plain, paragraph(text("Law"), "Heading1"), number=number)
    assert shown(content, "TOC1") == ["Summary", "1\tLaw"]


def test_headings_are_known_by_the_name_of_their_style_whatever_its_id(tmp_path):
    """A Chinese Word calls the style of the name `heading 1` by the id `1`."""
    document = Document()
    style = document.styles["Heading 1"].element
    style.set(qn("w:styleId"), "1")
    body = document.element.body
    for block in (word_contents(), paragraph(text("总则"), "1")):
        body.insert(len(body) - 1, parse_xml(block.replace(">", f" {nsdecls('w')}>", 1)))
    path = tmp_path / "t.docx"
    document.save(str(path))
    content = render(path, Brief("zh-CN", {}, {}), DAY)
    assert shown(content, "TOC1") == ["总则"]


def test_styles_of_the_list_are_added_to_a_template_that_lacks_them(made):
    content = made(word_contents(), paragraph(text("Law"), "Heading1"))
    assert any(one.name == "toc 1" for one in opened(content).styles)


def test_a_list_of_tables_holds_the_captions_with_their_counted_numbers(made):
    content = made(
        word_contents(r"TOC \h \z \c &quot;Table&quot;"),
        paragraph(text("Table ") + simple("SEQ Table", "4") + text(". Power")),
        paragraph(text("Figure ") + simple("SEQ Figure", "4") + text(". Map")),
    )
    assert shown(content, "TableofFigures") == ["Table 1. Power"]


def test_page_numbers_stand_behind_a_tab_with_dots_and_the_list_asks_for_them(made):
    content = made(
        word_contents(r"TOC \o &quot;1-1&quot; \n \h \z"), paragraph(text("Law"), "Heading1")
    )
    assert asking(content) is not None
    anchor = anchors(content)[0]
    paged = numbered(content, {anchor: "12"})
    assert shown(paged, "TOC1") == ["Law\t12"]
    root = opened(paged).element
    assert [one.text.strip() for one in root.iter(qn("w:instrText")) if "TOC \\" in one.text] == [
        r'TOC \o "1-1" \h \z'
    ]
    tab = next(one for one in root.iter(qn("w:tab")) if one.get(qn("w:leader")))
    assert (tab.get(qn("w:val")), tab.get(qn("w:leader"))) == ("right", "dot")
    section = opened(paged).sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert int(tab.get(qn("w:pos"))) == round(room / 635)
    assert answers(paged) == {anchor: "12"}


def test_a_document_that_names_no_page_is_not_laid_out_for_page_numbers(made):
    assert asking(made(paragraph(text("Law"), "Heading1"))) is None


def test_the_same_fields_give_the_same_bytes(made):
    blocks = (word_contents(), paragraph(text("Law"), "Heading1"), paragraph(simple("SEQ T", "1")))
    assert made(*blocks) == made(*blocks)


@pytest.mark.parametrize("shape", [lambda code: chain(code, text("7")), lambda code: simple(code, "7")])  # fmt: skip
def test_a_page_number_of_the_template_is_no_page_of_the_document(made, shape):
    """Outside a contents list too: Word and LibreOffice store what the template's own pages were."""
    content = made(
        paragraph(bookmark("chapter", text("Chapter"))), paragraph(shape(r"PAGEREF chapter \h"))
    )
    assert shown(content)[-1] == "→"
    assert shown(numbered(content, {"chapter": "4"}))[-1] == "4"
