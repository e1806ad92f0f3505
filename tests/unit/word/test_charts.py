"""Charts as Word holds them: filled where a designer put them, with a workbook that agrees."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from generator.model import Brief, Figure, Series
from generator.problems import TemplateError
from generator.word import render

DAY = date(2026, 11, 21)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3600000" '
    'cy="2025000"/><wp:docPr id="{0}" name="Chart" descr="{1}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://'
    'schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="' + REL + '" r:id="rChart{0}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)  # fmt: skip


def placeholder(kind):
    """A chart as another library draws it, with data of its own."""
    if kind == XL_CHART_TYPE.XY_SCATTER:
        data = XyChartData()
        data.add_series("old").add_data_point(1, 2)
    else:
        data = CategoryChartData()
        data.categories = ["old 1", "old 2"]
        data.add_series("old", (1, 2))
        data.add_series("older", (3, 4))
    # As Word writes it, the chart leads to a workbook; this library adds that later.
    link = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    return data.xml_bytes(kind).replace(b"</c:chartSpace>", link.encode())


@pytest.fixture
def template(tmp_path):
    """A Word file whose text is given, `[chart:key]` standing for a chart with that text."""

    def make(*paragraphs, kind=XL_CHART_TYPE.BAR_CLUSTERED, mode="Internal"):
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        plain = io.BytesIO()
        document.save(plain)
        with zipfile.ZipFile(plain) as held:
            parts = {name: held.read(name) for name in held.namelist()}
        body, relations, types = parts["word/document.xml"].decode(), "", ""
        found = re.findall(r"\[([^\]]*)\]", body)
        made = {}
        for number, key in enumerate(found, 1):
            drawing = DRAWING.replace("{0}", str(number)).replace("{1}", key)
            body = re.sub(
                r"<w:r><w:t[^>]*>\[" + re.escape(key) + r"\]</w:t></w:r>",
                lambda _, made=drawing: made, body, count=1,
            )  # fmt: skip
            relations += (
                f'<Relationship Id="rChart{number}" Type="{REL}/chart" '
                f'Target="charts/chart{number}.xml"/>'
            )
            types += (
                f'<Override PartName="/word/charts/chart{number}.xml" ContentType="{CHART_TYPE}"/>'
            )
            made[f"word/charts/chart{number}.xml"] = placeholder(kind)
            target = f"../embeddings/b{number}.xlsx" if mode == "Internal" else "file:///c:/x.xlsx"
            made[f"word/charts/_rels/chart{number}.xml.rels"] = (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships"><Relationship Id="rId1" Type="{REL}/package" Target="{target}" '
                f'TargetMode="{mode}"/></Relationships>'
            ).replace('TargetMode="Internal"', "")
            made[f"word/embeddings/b{number}.xlsx"] = b"old"
        types += f'<Default Extension="xlsx" ContentType="{BOOK_TYPE}"/>'
        rels = "word/_rels/document.xml.rels"
        parts["word/document.xml"] = body
        listed = parts[rels].decode()
        parts[rels] = listed.replace("</Relationships>", f"{relations}</Relationships>")
        listed = parts["[Content_Types].xml"].decode()
        parts["[Content_Types].xml"] = listed.replace("</Types>", f"{types}</Types>")
        path = tmp_path / "t.docx"
        with zipfile.ZipFile(path, "w") as package:
            for name, content in {**parts, **made}.items():
                package.writestr(name, content)
        return path

    return make


def bars(key="mix", categories=("coal", "wind"), values=(10.0, 2.5), second=None):
    series = [Series("MW", values)]
    series += [Series("more", second)] if second else []
    return Figure(key, categories, tuple(series), f"Chart. {key}.", "0.0")


def points(key="merit"):
    return Figure(
        key, (), (Series("1", (40.0,), (70.0,)), Series("2", (55.5,), (20.0,))), "Chart. Points."
    )


def brief(*figures, known=(), **fields):
    names = {one.key.partition(":")[0]: {"title": "t"} for one in figures}
    fields = {**fields, "figures": names | {name: {"title": ""} for name in known}}
    return Brief("en", fields, {}, {one.key: one for one in figures})


def package(content):
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {name: held.read(name) for name in held.namelist()}


def charts(parts):
    return sorted(name for name in parts if re.fullmatch(r"word/charts/chart\d+\.xml", name))


def cached(xml):
    """Names, categories (or x values) and values that the chart shows, series by series."""
    found = []
    for series in etree.fromstring(xml).iter(f"{C}ser"):
        row = []
        for tag in ("tx", "cat", "xVal", "val", "yVal"):
            part = series.find(f"{C}{tag}")
            if part is not None:
                row.append({int(pt.get("idx")): pt.findtext(f"{C}v") for pt in part.iter(f"{C}pt")})
        found.append(row)
    return found


def book_of(parts, chart):
    rels = parts[f"word/charts/_rels/{chart.rpartition('/')[2]}.rels"].decode()
    target = re.search(r'Target="\.\./(embeddings/[^"]+)"', rels)[1]
    return load_workbook(io.BytesIO(parts[f"word/{target}"]))["Sheet1"]


def test_a_chart_and_its_workbook_show_the_same_numbers(template):
    figure = bars(values=(10.0, 2.5), second=(1.0, 0.25))
    parts = package(render(template("[chart:mix]"), brief(figure), DAY))
    assert cached(parts[charts(parts)[0]]) == [
        [{0: "MW"}, {0: "coal", 1: "wind"}, {0: "10.0", 1: "2.5"}],
        [{0: "more"}, {0: "coal", 1: "wind"}, {0: "1.0", 1: "0.25"}],
    ]
    sheet = book_of(parts, charts(parts)[0])
    assert [[cell.value for cell in row] for row in sheet["A1:C3"]] == [
        [None, "MW", "more"], ["coal", 10, 1], ["wind", 2.5, 0.25],
    ]  # fmt: skip


def test_points_stand_in_the_sheet_where_the_series_look_for_them(template):
    path = template("[chart:merit]", kind=XL_CHART_TYPE.XY_SCATTER)
    parts = package(render(path, brief(points()), DAY))
    name = charts(parts)[0]
    sheet = book_of(parts, name)
    for series in etree.fromstring(parts[name]).iter(f"{C}ser"):
        for tag in ("tx", "xVal", "yVal"):
            part = series.find(f"{C}{tag}")
            place = part.findtext(f".//{C}f").removeprefix("Sheet1!").replace("$", "")
            value = sheet[place.partition(":")[0]].value
            shown = part.findtext(f".//{C}v")
            assert str(value) == shown or float(value) == float(shown)
    assert [row[0][0] for row in cached(parts[name])] == ["1", "2"]


def test_text_that_looks_like_a_formula_stays_text(template):
    figure = bars(categories=("=cmd|' /C calc'!A1", "https://example.org <&>"))
    parts = package(render(template("[chart:mix]"), brief(figure), DAY))
    sheet = book_of(parts, charts(parts)[0])
    assert [(sheet[at].value, sheet[at].data_type, sheet[at].hyperlink) for at in ("A2", "A3")] == [
        ("=cmd|' /C calc'!A1", "s", None), ("https://example.org <&>", "s", None),
    ]  # fmt: skip
    assert cached(parts[charts(parts)[0]])[0][1][1] == "https://example.org <&>"


def test_an_unknown_value_is_a_gap_and_no_zero(template):
    figure = bars(categories=("a", "b", "c"), values=(1.0, None, 3.0))
    parts = package(render(template("[chart:mix]"), brief(figure), DAY))
    assert cached(parts[charts(parts)[0]])[0][2] == {0: "1.0", 2: "3.0"}
    assert book_of(parts, charts(parts)[0])["B3"].value is None


def test_a_chart_in_a_loop_has_parts_of_its_own_for_each_turn(template):
    path = template("{%p for use in uses %}", "[chart:gap:{{ use.id }}]", "{%p endfor %}")
    figures = [bars(f"gap:U{n}", values=(float(n), 0.5)) for n in (1, 2, 3)]
    uses = [{"id": f"U{n}"} for n in (1, 2, 3)]
    parts = package(render(path, brief(*figures, uses=uses), DAY))
    assert len(charts(parts)) == 3
    assert sorted(cached(parts[name])[0][2][0] for name in charts(parts)) == ["1.0", "2.0", "3.0"]
    assert sorted(book_of(parts, name)["B2"].value for name in charts(parts)) == [1, 2, 3]
    body = parts["word/document.xml"].decode()
    assert len(set(re.findall(r'c:chart [^>]*r:id="(\w+)"', body))) == 3
    types = parts["[Content_Types].xml"].decode()
    assert all(f'PartName="/{name}"' in types for name in charts(parts))


def test_a_chart_without_data_goes_with_its_paragraph_and_all_its_parts(template):
    path = template("before", "[chart:mix]", "after")
    content = render(path, brief(known=["mix"]), DAY)
    parts = package(content)
    assert [p.text for p in Document(io.BytesIO(content)).paragraphs] == ["before", "after"]
    assert not [name for name in parts if "chart" in name or "embeddings" in name]
    assert "chart" not in parts["[Content_Types].xml"].decode()
    assert "charts/" not in parts["word/_rels/document.xml.rels"].decode()


def test_a_chart_that_a_condition_removes_leaves_nothing_behind(template):
    path = template("{%p if false %}", "[chart:mix]", "{%p endif %}", "text")
    parts = package(render(path, brief(bars()), DAY))
    assert not [name for name in parts if "chart" in name or "embeddings" in name]


def test_the_key_gives_way_to_words_for_a_screen_reader(template):
    parts = package(render(template("[chart:mix]"), brief(bars()), DAY))
    body = parts["word/document.xml"].decode()
    assert 'descr="Chart. mix."' in body
    assert "chart:mix" not in body


def test_a_designers_own_chart_stays_as_it_is(template):
    parts = package(render(template("[Our own picture of 2020]"), brief(bars()), DAY))
    assert cached(parts[charts(parts)[0]])[0][0] == {0: "old"}


def test_a_workbook_outside_the_file_gives_way_to_one_inside(template):
    path = template("[chart:mix]", mode="External")
    parts = package(render(path, brief(bars()), DAY))
    rels = parts["word/charts/_rels/chart1.xml.rels"].decode()
    assert "External" not in rels
    assert "c:/x.xlsx" not in rels
    assert book_of(parts, charts(parts)[0])["B2"].value == 10


def test_all_wrong_charts_are_named_at_once(template):
    path = template("[chart:mxi]", "[chart:merit]", "[chart:gone:U1]")
    with pytest.raises(TemplateError) as fault:
        render(path, brief(bars(), points()), DAY)
    found = [(one.code, dict(one.args)["name"]) for one in fault.value.problems]
    assert found == [("TP-122", "mxi"), ("TP-124", "chart:merit"), ("TP-122", "gone:U1")]
    assert dict(fault.value.problems[0].args)["nearest"] == "mix"


def test_categories_do_not_fit_a_chart_of_points(template):
    path = template("[chart:mix]", kind=XL_CHART_TYPE.XY_SCATTER)
    with pytest.raises(TemplateError) as fault:
        render(path, brief(bars()), DAY)
    assert [one.code for one in fault.value.problems] == ["TP-125"]


def test_the_same_data_give_the_same_bytes(template):
    path = template("[chart:mix]", "[chart:mix]")
    assert render(path, brief(bars()), DAY) == render(path, brief(bars()), DAY)


def test_series_keep_their_look_and_lose_what_speaks_of_old_data(template):
    path = template("[chart:mix]")
    with zipfile.ZipFile(path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    look = b'<c:spPr><a:solidFill xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    look += b'<a:srgbClr val="123456"/></a:solidFill></c:spPr>'
    bar = b'<c:errBars><c:errBarType val="both"/><c:errValType val="fixedVal"/></c:errBars>'
    chart = parts["word/charts/chart1.xml"]
    chart = chart.replace(b"</c:tx>", b"</c:tx>" + look, 1).replace(b"<c:cat>", bar + b"<c:cat>", 1)
    parts["word/charts/chart1.xml"] = chart
    with zipfile.ZipFile(path, "w") as held:
        for name, content in parts.items():
            held.writestr(name, content)
    made = package(render(path, brief(bars()), DAY))["word/charts/chart1.xml"]
    assert b"123456" in made
    assert b"errBars" not in made
