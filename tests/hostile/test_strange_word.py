"""Word templates of strangers: refused for what they are and where it stands, or harmless when made."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hostile.strange_word import (
    REQUIRED,
    doctype_cases,
    harmless,
    packed,
    put,
    relate,
    text_run,
    word_cases,
)

from generator.intake import load_fields
from generator.model import Brief
from generator.problems import TemplateError
from generator.word import render
from generator.word.lint import lint

DAY = date(2026, 11, 28)
W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CASES, DOCTYPES = word_cases(), doctype_cases()


@pytest.fixture(scope="module")
def fields(root):
    return load_fields(root / "templates/fields.csv")


@pytest.fixture
def spoilt(tmp_path):
    """A template with one thing wrong in it."""

    def make(spoil):
        parts = harmless()
        spoil(parts)
        path = tmp_path / "planning-brief.docx"
        path.write_bytes(packed(parts))
        return path

    return make


BRIEF = Brief(
    "en",
    {
        "doc": {"as_of_line": "a", "draft": "b", "title": "INCLUDETEXT"},
        "disclaimer": ["c"], "attribution": ["d"], "law": {"barred": [{"sentence": "e"}]},
    },
    {},
)  # fmt: skip


def test_the_harmless_template_is_harmless(spoilt, fields):
    path = spoilt(lambda _: None)
    assert lint(path, fields) == []
    assert render(path, BRIEF, DAY)


def test_there_are_enough_of_them():
    assert len(CASES) + len(DOCTYPES) >= 120


@pytest.mark.parametrize("name", CASES)
def test_a_template_is_refused_once_for_what_it_holds_and_where(spoilt, fields, name):
    spoil, code, place = CASES[name]
    path = spoilt(spoil)
    (found,) = lint(path, fields)
    assert (found.code, found.origin[1:]) == (code, place)
    with pytest.raises(TemplateError) as fault:
        render(path, BRIEF, DAY)
    assert [(one.code, one.origin[1:]) for one in fault.value.problems] == [(code, place)]


@pytest.mark.parametrize("name", DOCTYPES)
def test_no_part_declares_a_document_type(spoilt, fields, name):
    path = spoilt(DOCTYPES[name])
    for judged in (lambda: lint(path, fields), lambda: refused(path)):
        (found,) = judged()
        assert (found.code, dict(found.args)["cause"]) == ("TP-101", "doctype")
        assert dict(found.args)["place"]


def refused(path):
    with pytest.raises(TemplateError) as fault:
        render(path, BRIEF, DAY)
    return fault.value.problems


def made(path):
    with zipfile.ZipFile(io.BytesIO(render(path, BRIEF, DAY))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_template_behind_the_template_is_let_go(spoilt, fields):
    owner = "word/_rels/settings.xml.rels"
    path = spoilt(relate("attachedTemplate", "http://127.0.0.1/x.dotm", "External", owner))
    assert lint(path, fields) == []
    assert b"127.0.0.1" not in b"".join(made(path).values())


@pytest.mark.parametrize("kind", ["application/xml", "text/xml"])
def test_a_part_is_no_data_by_its_type_alone(spoilt, kind):
    """A header that says it is data is read by Word as the header that its relation makes it."""
    fetching = (
        f'<w:hdr xmlns:w="{W_SPACE}" xmlns:v="urn:schemas-microsoft-com:vml"><w:p><w:r><w:pict>'
        '<v:shape><v:imagedata src="http://example.org/x.png"/></v:shape></w:pict></w:r></w:p></w:hdr>'
    )

    def spoil(parts):
        parts["word/header9.xml"] = fetching.encode()
        relate("header", "header9.xml")(parts)
        types = parts["[Content_Types].xml"].decode()
        own = f'<Override PartName="/word/header9.xml" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = types.replace("</Types>", own).encode()

    with pytest.raises(TemplateError) as fault:
        render(spoilt(spoil), BRIEF, DAY)
    assert [one.origin.sheet for one in fault.value.problems] == ["header9"]


def test_what_nothing_leads_to_stays_behind(spoilt, fields):
    def hide(parts):
        parts["customUI/customUI.xml"] = b"<customUI/>"
        parts["word/hidden.exe"] = b"MZ"

    path = spoilt(hide)
    assert lint(path, fields) == []
    assert not {"customUI/customUI.xml", "word/hidden.exe"} & {*made(path)}


CUT = (
    "{% set x %}</w:t></w:r><w:r><w:t>{% endset %}{{ x[:1] }}w:control/{{ x[4:5] }}",
    "{% macro m() %}</w:t></w:r><w:r><w:t>{% endmacro %}{{ m() | replace('w:r', 'w:object') }}",
)


@pytest.mark.parametrize("text", CUT)
def test_no_element_is_cut_and_joined_from_pieces_of_the_template(spoilt, text):
    (found,) = refused(spoilt(put(text_run(text))))
    assert found.code in {"TP-127", "TP-141"}


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_template_without_what_every_document_must_say_makes_none(spoilt, fields, missing):
    def leave_out(parts):
        parts["word/document.xml"] = (
            parts["word/document.xml"]
            .replace(missing.replace("'", "&#39;").encode(), b"")
            .replace(missing.encode(), b"")
        )

    assert [one.code for one in lint(spoilt(leave_out), fields)] == ["TP-119"]
