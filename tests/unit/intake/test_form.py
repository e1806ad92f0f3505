"""The blank form, as a planner opens it; and the sample workbooks made with it."""

import io
import re
import subprocess
import sys

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from generator.intake import read_submission, write_form
from generator.intake.columns import FORM

SHEETS = {
    "en": ["Instructions", "Region", "Power", "Data centres", "Workforce", "Connectivity", "Industry",
           "Institutions", "Sites", "Measures", "Steps", "Limits", "Estimates", "Weights", "Claims",
           "Recipients", "Lists"],
    "zh-CN": ["填表说明", "地区", "电力", "数据中心", "人才", "通信", "产业", "机构", "场地", "指标",
              "拟议举措", "约束", "自有测算", "权重", "主张", "收件人", "Lists"],
}  # fmt: skip
SOME_HEADERS = {
    "en": {"Power": ["Region", "Spare MW", "Spare MW, low", "Source (Chinese)", "As of", "Grade"],
           "Sites": ["Grid connection", "Industrial water, high", "Evidence that the load is not mining (English)"]},
    "zh-CN": {"电力": ["地区", "可靠富余容量", "可靠富余容量（低值）", "来源（中文）", "数据日期", "等级"],
              "场地": ["变压器容量", "工业用水（高值）", "负荷非“挖矿”证明（英文）"]},
}  # fmt: skip


@pytest.fixture(scope="module")
def blank(knowledge, texts):
    """The blank form of a language as bytes."""
    made = {language: write_form(knowledge, texts, language, {}) for language in SHEETS}
    return made.__getitem__


@pytest.fixture(scope="module", params=["en", "zh-CN"])
def form(request, blank):
    """The blank form of each language, opened."""
    book = load_workbook(io.BytesIO(blank(request.param)))
    book.language = request.param
    return book


def validations(book):
    return [(page, rule) for page in book for rule in page.data_validations.dataValidation]


def test_form_has_every_sheet_and_header_in_its_language(form):
    assert form.sheetnames == SHEETS[form.language]
    for name, headers in SOME_HEADERS[form.language].items():
        assert set(headers) <= {cell.value for cell in form[name][1]}
    for sheet in FORM:
        row = [cell.value for cell in form[sheet.name(form.language)][1]]
        assert None not in row
        assert len(set(row)) == len(row)


def test_headers_stay_in_sight_and_the_unit_row_below(form):
    power = form[SHEETS[form.language][2]]
    assert power.freeze_panes == "C4"
    unit = {"en": "MW", "zh-CN": "兆瓦"}[form.language]
    assert unit in {cell.value for cell in power[2]}


def test_lists_are_hidden_and_dropdowns_point_to_filled_cells(form):
    assert form["Lists"].sheet_state == "hidden"
    assert [page.title for page in form if page.sheet_state != "visible"] == ["Lists"]
    rules = [rule for _, rule in validations(form) if rule.type == "list"]
    assert len(rules) > 30
    for rule in rules:
        name, cells = re.fullmatch(r"='?([^'!]+)'?!(.+)", "=" + rule.formula1.lstrip("=")).groups()
        assert name in {"Lists", SHEETS[form.language][1]}
        if name == "Lists":
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
            values = [form["Lists"].cell(row, left).value for row in range(top, bottom + 1)]
            assert left == right
            assert None not in values
            assert form["Lists"].cell(bottom + 1, left).value is None


def test_first_sheet_explains_itself_and_shows_the_version(form):
    lines = [cell.value for (cell,) in form.worksheets[0].iter_rows(max_col=1)]
    assert len(lines) == 12  # a title, ten lines, the version
    assert lines[-1].endswith("1")
    assert form.custom_doc_props["schema_version"].value == 1


def test_form_is_the_same_bytes_each_time(blank, knowledge, texts):
    for language in SHEETS:
        assert write_form(knowledge, texts, language, {}) == blank(language)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_blank_form_read_back_only_lacks_a_region(tmp_path, blank, knowledge, language):
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank(language))
    found = read_submission([path], knowledge)
    assert [one.code for one in found.problems] == ["IN-110"]
    assert found.regions == ()
    assert found.language == language


ROWS = {
    "region": [{"region": "a", "name_en": "=1+1", "name_zh": "+甲", "jurisdiction": "CN",
                "admin_code": "0070", "currency": "CNY"}],
    "power": [{"region": "a", "name_en": "@x", "kind": "coal", "status": "building",
               "capacity_mw": 12.5, "source_en": "-NA-"}],
    "institutions": [{"region": "a", "name_zh": "港口", "type": "port_group", "use": "U02",
                      "status": "talks"}],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_rows_written_are_the_rows_read(tmp_path, knowledge, texts, language):
    path = tmp_path / "region.xlsx"
    path.write_bytes(write_form(knowledge, texts, language, ROWS))
    found = read_submission([path], knowledge)
    assert found.problems == ()
    (region,) = found.regions
    assert region.name.texts == (("en", "=1+1"), ("zh-CN", "+甲"))
    assert region.admin_code == "0070"
    assert region.power[0].name.text("en") == "@x"
    assert (region.power[0].kind, region.power[0].status) == ("coal", "building")
    assert region.power[0].capacity_mw.source.text("en") == "-NA-"
    assert (region.institutions[0].use, region.institutions[0].status) == ("U02", "talks")


@pytest.fixture(scope="module")
def samples(root, knowledge):
    """The three sample regions as the product reads them."""
    return read_submission(sorted((root / "inputs/regions").glob("*.xlsx")), knowledge)


def test_samples_load_without_problems(samples):
    assert samples.problems == ()
    assert {one.code for one in samples.regions} == {"changzhi", "heze", "qingdao"}
    for one in samples.regions:
        assert all((one.power, one.data_centres, one.workforce, one.connectivity, one.industry,
                    one.institutions, one.sites, one.measures, one.weights, one.claims,
                    one.recipients))  # fmt: skip


def test_samples_are_up_to_date(root):
    command = [sys.executable, str(root / "inputs/source/build_samples.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_illustrative_values_are_graded_d_and_say_so(root):
    real = {"Power": {"B"}, "Measures": {"B"}}
    for path in sorted((root / "inputs/regions").glob("*.xlsx")):
        book = load_workbook(path, read_only=True, data_only=True)
        for name in SHEETS["en"][1:-4]:
            rows = book[name].iter_rows(values_only=True)
            headers = next(rows)
            grade, source = headers.index("Grade"), headers.index("Source (English)")
            for row in [row for row in rows if row[0]][2:]:
                is_illustrative = "illustrative" in str(row[source])
                assert is_illustrative == (row[grade] == "D"), (path.name, name, row)
                assert is_illustrative or row[grade] in real[name]
        book.close()


def test_power_plants_carry_their_licence(samples):
    plants = [
        point for one in samples.regions for point in one.power if point.kind != "connection point"
    ]
    assert len(plants) > 20
    for plant in plants:
        for language in ("en", "zh-CN"):
            assert "CC BY 4.0" in plant.capacity_mw.source.text(language)
        assert plant.spare_mw.value is None
        assert plant.capacity_mw.grade == "B"


def test_recipients_of_samples_are_at_the_example_domain(samples):
    mails = [to.email for one in samples.regions for to in one.recipients]
    assert mails
    assert all(mail.endswith("@example.org") for mail in mails)
