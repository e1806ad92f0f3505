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
from generator.intake.knowledge import choice_words, planner_references
from generator.intake.words import folded
from generator.report import problem_text

SHEETS = {
    "en": ["Instructions", "Region", "Power", "Data centres", "Workforce", "Connectivity", "Industry",
           "Institutions", "Sites", "Measures", "Steps", "Limits", "Estimates", "Weights", "Claims",
           "Basis documents", "Recipients", "Lists"],
    "zh-CN": ["填表说明", "地区", "电力", "数据中心", "人才", "通信", "产业", "机构", "场地", "指标",
              "拟议举措", "约束", "自有测算", "权重", "主张", "依据文件",
              "收件人", "Lists"],
}  # fmt: skip
SOME_HEADERS = {
    "en": {"Power": ["Region *", "Spare MW", "Spare MW, low", "Source (Chinese)", "As of", "Grade"],
           "Sites": ["Grid connection", "Industrial water, high", "Evidence that the load is not mining (English)"]},
    "zh-CN": {"电力": ["地区 *", "可靠富余容量", "可靠富余容量（低值）", "来源（中文）", "数据日期", "等级"],
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


def test_weights_offer_the_objectives_and_nothing_retired(form):
    (page,) = [form[name] for name in ("Weights", "权重") if name in form.sheetnames]
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    offered = []
    for rule in lists:
        name, cells = rule.formula1.lstrip("=").split("!")
        if name == "Lists":
            ((*cells,),) = zip(*form["Lists"][cells.replace("$", "")], strict=True)
            offered += [str(cell.value).split(" ")[0] for cell in cells]
    assert offered == ["B02", "B08", "B09", "B10"]


def test_first_sheet_explains_itself_and_shows_the_version(form):
    lines = [cell.value for (cell,) in form.worksheets[0].iter_rows(max_col=1)]
    # A title, ten lines, four colours, for whom it was made, the version.
    assert len(lines) == 17
    assert [line[:3] for line in lines[1:11]] == [f"{n}. "[:3] for n in range(1, 11)]
    assert lines[-1].endswith("2")
    assert form.custom_doc_props["schema_version"].value == 2


def test_form_is_the_same_bytes_each_time(blank, knowledge, texts):
    for language in SHEETS:
        assert write_form(knowledge, texts, language, {}) == blank(language)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_blank_form_read_back_only_names_the_cells_to_begin_with(
    tmp_path, blank, knowledge, texts, language
):
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank(language))
    found = read_submission([path], knowledge)
    (only,) = found.problems
    sheet = SHEETS[language][1]
    assert (only.code, only.origin.sheet, only.origin.cell) == ("IN-140", sheet, "A4")
    text = problem_text(only, texts, language)
    page = load_workbook(path)[sheet]
    marked = [cell for cell in page[1] if cell.value.endswith(" *")]
    for cell in marked:
        if cell.column != 3:  # the name in the other language: one is enough
            name = re.sub(r" \*|（.+）| \(.+\)", "", cell.value)
            shape = (
                f"{name}（{cell.column_letter}4）"
                if language == "zh-CN"
                else f"{name} ({cell.column_letter}4)"
            )
            assert shape in text
    assert found.regions == ()
    assert found.language == language
    assert found.unfilled == ()


def test_required_columns_are_marked_for_those_who_see_no_colour_too(form):
    for sheet in FORM:
        page = form[sheet.name(form.language)]
        wanted = {
            part.header(form.language)
            for column in sheet.columns
            if column.required
            for part in (column.expanded() if column.bilingual else column.expanded()[:1])
        }
        found = {cell.value[:-2]: cell for cell in page[1] if cell.value.endswith(" *")}
        assert set(found) == wanted
        notes = {rule.promptTitle: rule.prompt for rule in page.data_validations.dataValidation}
        for cell in page[1]:
            is_dark = cell.fill.fgColor.rgb.endswith("1F4E79")
            assert is_dark == (cell.value in {f"{name} *" for name in wanted})
            if is_dark:
                assert notes[cell.value[:32]].startswith(
                    {"en": "Required.", "zh-CN": "必填。"}[form.language]
                )


@pytest.mark.parametrize("header", ["Spare MW*", "* Spare MW", "Spare MW ＊", "Spare MW"])
def test_header_is_read_with_or_without_its_mark(workbook, knowledge, header):
    region = [["region *", "name_en *", "jurisdiction", "admin_code", "currency"],
              ["a", "A", "CN", "370200", "CNY"]]  # fmt: skip
    power = [["region", "name_en", "kind *", "status＊", header],
             ["a", "One", "connection point", "existing", 12]]  # fmt: skip
    found = read_submission([workbook({"Region": region, "Power": power})], knowledge)
    assert found.problems == ()
    assert found.regions[0].power[0].spare_mw.value == 12


def test_every_word_of_every_dropdown_is_read_back(form, knowledge):
    words, references = (
        choice_words(knowledge.choices, knowledge.former_labels),
        planner_references(knowledge),
    )
    tried = 0
    for sheet in FORM:
        page = form[sheet.name(form.language)]
        headers = {cell.value.removesuffix(" *"): cell.column_letter for cell in page[1]}
        rules = {
            str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation
        }
        for column in sheet.physical:
            letter = headers.get(column.header(form.language))
            name = column.choices or column.refers_to
            rule = rules.get(f"{letter}4")
            if name in {"", "region"} or rule is None or rule.type != "list":
                continue
            left, top, _, bottom = range_boundaries(rule.formula1.split("!")[1].replace("$", ""))
            known = references.get(name) or words[name]
            offered = [form["Lists"].cell(row, left).value for row in range(top, bottom + 1)]
            assert len(set(offered)) == len(offered)
            assert all(folded(word) in known for word in offered)
            assert len({known[folded(word)] for word in offered}) == len(offered)
            tried += len(offered)
    assert tried > 150


def test_uses_benefits_and_measures_are_offered_by_number_and_name(form):
    lists = {row[0].value: [cell.value for cell in row[1:]] for row in form["Lists"].columns}
    name = {"en": "B02 Jobs", "zh-CN": "B02 就业岗位"}[form.language]
    assert name in lists["benefits"]
    # A retired criterion is offered no more.
    assert not any(str(one).startswith("B01 ") for one in lists["benefits"])
    measure = {"en": "power_price Delivered power price", "zh-CN": "power_price 到户电价"}
    assert measure[form.language] in lists["measures"]
    assert measure[form.language] in lists["criteria"]
    assert any(use.startswith("U01 ") for use in lists["uses"])


FOREIGN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")


def shown(content):
    """Every text of a form, notes included, without the region it may be for."""
    book = load_workbook(io.BytesIO(content))
    cells = {cell.value for page in book for row in page.iter_rows() for cell in row if cell.value}
    notes = {rule.prompt for _, rule in validations(book) if rule.prompt}
    return " | ".join(map(str, cells | notes))


@pytest.mark.parametrize(
    ("jurisdiction", "there", "absent"),
    [
        ("", ["GB/T 4754", "NAICS", "ISIC", "such as EUR"],
         ["GB 50174", "GB/T 2260", "FIPS", "KATO", "national computing hub", "hub_status"]),
        ("CN", ["GB 50174", "GB/T 2260", "GB/T 4754", "letters: CNY", "national computing hub", "hub_status"],
         ["FIPS", "KATO", "NAICS", "US-TX", "CNY per unit", "Rate on"]),
        ("US-TX", ["FIPS", "NAICS", "letters: USD", "CNY per unit", "Rate on"],
         ["GB 50174", "GB/T", "KATO", "national computing hub", "hub_status", "US-NY"]),
        ("KZ", ["KATO", "letters: KZT", "ISIC"], ["GB 50174", "GB/T", "FIPS", "NAICS"]),
        ("DE", ["NUTS", "such as EUR"], ["GB 50174", "GB/T", "FIPS", "KATO", "NAICS"]),
    ],
)  # fmt: skip
def test_form_shows_what_concerns_its_jurisdiction(knowledge, texts, jurisdiction, there, absent):
    text = shown(write_form(knowledge, texts, "en", {}, jurisdiction))
    made_for = text.replace("--jurisdiction US-TX", "")
    assert [word for word in there if word not in made_for] == []
    assert [word for word in absent if word in made_for] == []
    assert not FOREIGN.search(text)


def test_column_that_is_not_shown_is_read_where_it_stands(tmp_path, knowledge, texts):
    hall = {"region": "a", "name_en": "Hall", "gb50174_grade": "A"}
    own = {**ROWS["region"][0], "jurisdiction": "US-TX", "currency": "USD", "cny_per_unit": 7.1}
    path = tmp_path / "region.xlsx"
    path.write_bytes(
        write_form(knowledge, texts, "en", {"region": [own], "data_centres": [hall]}, "US-TX")
    )
    found = read_submission([path], knowledge)
    assert found.problems == ()
    assert found.regions[0].data_centres[0].gb50174_grade == "A"


def test_dropdowns_reach_below_the_rows_of_a_long_register(knowledge, texts):
    rows = [{"region": "a", "name_en": f"P{n}", "kind": "coal"} for n in range(2500)]
    book = load_workbook(io.BytesIO(write_form(knowledge, texts, "en", {"power": rows})))
    for page, least in ((book["Power"], 2503), (book["Sites"], 2003)):
        ends = [
            range_boundaries(str(rule.sqref))[3] for rule in page.data_validations.dataValidation
        ]
        assert min(ends) >= least


def test_cells_below_the_coloured_rows_keep_text_as_text(form):
    page = form[SHEETS[form.language][1]]
    columns = {cell.value: cell.column_letter for cell in page[1]}
    code = columns[{"en": "Administrative code *", "zh-CN": "行政区划代码 *"}[form.language]]
    assert page.column_dimensions[code].number_format == "@"
    assert page.column_dimensions[code].protection.locked is False


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
    # The expected product of Heze is an estimate, all else was published.
    real = {"Power": {"B"}, "Measures": {"B", "C"}, "Basis documents": {"B"}}
    for path in sorted((root / "inputs/regions").glob("*.xlsx")):
        book = load_workbook(path, read_only=True, data_only=True)
        for name in [*SHEETS["en"][1:-5], "Basis documents"]:
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
