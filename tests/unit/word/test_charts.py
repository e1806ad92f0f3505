"""Charts as Word holds them: filled where a designer put them, with a workbook that agrees."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from lxml import etree
from openpyxl import Workbook, load_workbook
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from generator.model import Brief, Figure, Series
from generator.problems import TemplateError
from generator.word import render
from generator.word.chartdata import ChartForm

DAY = date(2026, 11, 28)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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


def old_book():
    """A workbook as it stands behind a designer's chart."""
    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


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
            made[f"word/embeddings/b{number}.xlsx"] = old_book()
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


def test_the_axis_ends_where_the_data_say_and_else_where_the_designer_does():
    ends = re.compile(rb"(<c:valAx>.*?)<c:scaling/>", re.DOTALL)
    scaled = rb'\1<c:scaling><c:max val="50"/></c:scaling>'
    drawn = ends.sub(scaled, placeholder(XL_CHART_TYPE.BAR_CLUSTERED))
    form = ChartForm(drawn)
    series = (Series("MW", (1.0, 2.0)),)
    figures = [Figure("mix", ("a", "b"), series, "Chart.", "0", top) for top in (27.0, None, 12.0)]
    found = [re.findall(rb'<c:max val="([^"]*)"', form.filled(one)) for one in figures]
    assert found == [[b"27"], [b"50"], [b"12"]]


def test_one_line_of_the_axis_stands_out_where_the_data_say():
    units = re.compile(rb"(<c:valAx>.*?)</c:valAx>", re.DOTALL)
    form = ChartForm(
        units.sub(
            rb'\1<c:majorUnit val="960"/></c:valAx>', placeholder(XL_CHART_TYPE.BAR_CLUSTERED)
        )
    )
    series = (Series("months", (1.0, 2.0)),)
    found = [
        re.findall(rb'<c:majorUnit val="([^"]*)"', form.filled(one))
        for one in (
            Figure("plan", ("a", "b"), series, "Chart.", mark=mark) for mark in (24.0, None)
        )
    ]
    assert found == [[b"24"], [b"960"]]


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


def test_a_designers_own_chart_loses_its_link_to_a_workbook_elsewhere(template):
    path = template("[Our own picture of 2020]", mode="External")
    parts = package(render(path, brief(bars()), DAY))
    assert b"x.xlsx" not in b"".join(parts.values())
    (name,) = charts(parts)
    assert b"externalData" not in parts[name]
    assert cached(parts[name])[0][0] == {0: "old"}


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


def changed(path, edit):
    """The template with its parts edited in place."""
    parts = package(path.read_bytes())
    edit(parts)
    with zipfile.ZipFile(path, "w") as held:
        for name, content in parts.items():
            held.writestr(name, content)
    return path


def in_chart(old, new):
    def edit(parts):
        name = "word/charts/chart1.xml"
        parts[name] = re.sub(old, new, parts[name], flags=re.DOTALL)

    return edit


@pytest.mark.parametrize(
    ("edit", "detail"),
    [
        (in_chart(rb".*", b"<c:chartSpace"), "XML"),
        (in_chart(rb".+", b"<a/>"), "c:plotArea"),
        (in_chart(rb"c:barChart", b"c:surfaceChart"), "c:surfaceChart"),
        (in_chart(rb"c:barChart", b"c:stockChart"), "c:stockChart"),
        (in_chart(rb"<c:ser>.*</c:ser>", b""), "c:ser"),
        (in_chart(rb"<c:order [^>]*/>", b""), "c:ser"),
    ],
)
def test_a_chart_that_cannot_be_filled_is_named_with_what_it_lacks(template, edit, detail):
    path = changed(template("[chart:mix]"), edit)
    with pytest.raises(TemplateError) as fault:
        render(path, brief(bars()), DAY)
    (found,) = fault.value.problems
    assert (found.code, dict(found.args)) == ("TP-126", {"name": "chart:mix", "detail": detail})


def test_a_chart_with_a_document_type_is_refused_before_it_is_read(template):
    declared = in_chart(rb"^<\?xml.*?\?>", b'<!DOCTYPE x [<!ENTITY e "e">]>')
    with pytest.raises(TemplateError) as fault:
        render(changed(template("[chart:mix]"), declared), brief(bars()), DAY)
    (found,) = fault.value.problems
    args = dict(found.args)
    assert (found.code, args["cause"]) == ("TP-101", "doctype")
    assert args["place"].startswith("word/charts/")


def test_a_chart_that_leads_nowhere_is_named(template):
    def lose(parts):
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b'Id="rChart1"', b'Id="rElse"')

    with pytest.raises(TemplateError) as fault:
        render(changed(template("[chart:mix]"), lose), brief(bars()), DAY)
    assert [one.code for one in fault.value.problems] == ["TP-126"]


def test_a_key_without_a_name_and_a_picture_with_a_key_are_faults(template):
    def no_chart(parts):
        body = parts["word/document.xml"].replace(b"<c:chart ", b"<c:other ", 1)
        parts["word/document.xml"] = body

    path = changed(template("[chart:mix]", "[chart:]"), no_chart)
    with pytest.raises(TemplateError) as fault:
        render(path, brief(bars()), DAY)
    assert [one.code for one in fault.value.problems] == ["TP-123", "TP-122"]


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        (XL_CHART_TYPE.PIE, "pieChart"), (XL_CHART_TYPE.DOUGHNUT, "doughnutChart"),
        (XL_CHART_TYPE.LINE, "lineChart"), (XL_CHART_TYPE.AREA, "areaChart"),
        (XL_CHART_TYPE.RADAR, "radarChart"),
    ],
)  # fmt: skip
def test_a_designer_may_choose_another_kind_of_chart(template, kind, element):
    parts = package(render(template("[chart:mix]", kind=kind), brief(bars()), DAY))
    (name,) = charts(parts)
    assert next(etree.fromstring(parts[name]).iter(f"{C}{element}"), None) is not None
    assert cached(parts[name])[0][1:] == [{0: "coal", 1: "wind"}, {0: "10.0", 1: "2.5"}]


def test_charts_in_a_header_are_filled_each_with_its_own_parts(tmp_path, template):
    document = Document(template("[chart:mix]"))
    header = document.sections[0].header
    source = document.part.rels["rChart1"].target_part
    for number in (1, 2):
        identifier = header.part.relate_to(source, f"{REL}/chart")
        drawing = DRAWING.replace("{0}", str(number)).replace("{1}", "chart:mix")
        drawing = drawing.replace(f"rChart{number}", identifier)
        run = f'<x xmlns:w="{W}">{drawing}</x>'
        header._element[0].append(etree.fromstring(run)[0])  # noqa: SLF001 - no public door
    path = tmp_path / "headed.docx"
    document.save(path)
    parts = package(render(path, brief(bars()), DAY))
    assert len(charts(parts)) == 3
    assert [cached(parts[name])[0][0] for name in charts(parts)] == [{0: "MW"}] * 3
    (head,) = (
        parts[one] for one in parts if one.startswith("word/header") and b"chart" in parts[one]
    )
    assert head.count(b'descr="Chart. mix."') == 2
    assert b"chart:mix" not in head


def test_a_chart_in_a_box_of_text_leaves_no_twin_behind(template):
    """The box is a drawing as well, and its own alternative text asks for nothing."""

    def box(parts):
        body = parts["word/document.xml"].decode()
        inner = re.search(r"<w:r><w:drawing>.*</w:drawing></w:r>", body, re.DOTALL)[0]
        outer = (
            '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
            'wordprocessingDrawing"><wp:extent cx="1" cy="1"/><wp:docPr id="9" name="Box"/>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="x"><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/'
            f'2010/wordprocessingShape"><wps:txbx><w:txbxContent><w:p>{inner}</w:p>'
            "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
            "</w:drawing></w:r>"
        )
        parts["word/document.xml"] = body.replace(inner, outer).encode()

    parts = package(render(changed(template("[chart:mix]"), box), brief(bars()), DAY))
    assert [cached(parts[name])[0][0] for name in charts(parts)] == [{0: "MW"}]


def test_charts_that_share_a_workbook_get_one_each(template):
    def share(parts):
        name = "word/charts/_rels/chart2.xml.rels"
        parts[name] = parts[name].replace(b"b2.xlsx", b"b1.xlsx")

    path = changed(template("[chart:mix]", "[chart:other]"), share)
    figures = bars(), bars("other", values=(7.0, 8.0))
    parts = package(render(path, brief(*figures), DAY))
    assert [book_of(parts, name)["B2"].value for name in charts(parts)] == [10, 7]


def test_a_chart_that_leads_back_to_itself_or_to_the_text_comes_to_an_end(template):
    def circle(parts):
        name = "word/charts/_rels/chart1.xml.rels"
        more = "".join(
            f'<Relationship Id="r{n}" Type="{REL}/chart" Target="{target}"/>'
            for n, target in enumerate(("chart1.xml", "../document.xml", "chart2.xml"))
        )
        parts[name] = parts[name].replace(b"</Rel", more.encode() + b"</Rel")

    path = changed(
        template("{%p for n in ns %}", "[chart:mix]", "{%p endfor %}", "[chart:gone]"), circle
    )
    content = render(path, brief(bars(), known=["gone"], ns=[1, 2, 3]), DAY)
    body = Document(io.BytesIO(content)).element
    assert len(list(body.iter(f"{C}chart"))) == 3


def test_what_a_cell_cannot_hold_is_cut_and_no_fault(template):
    figure = bars(categories=("x" * 40_000, "x" * 40_000))
    parts = package(render(template("[chart:mix]"), brief(figure), DAY))
    assert len(book_of(parts, charts(parts)[0])["A2"].value) == 32_767
    assert len(cached(parts[charts(parts)[0]])[0][1]) == 2
