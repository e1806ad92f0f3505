"""Units and misspellings in headers, lines and rows around them, sheets near the form's."""

import pytest

from generator.intake import read_submission

REGION = [
    [
        "Region",
        "Name (English)",
        "Jurisdiction",
        "Administrative code",
        "Currency",
        "Source (English)",
    ],
    ["lucheng", "Lucheng", "CN", "140400", "CNY", "Bureau"],
]


@pytest.fixture
def power(workbook, knowledge):
    """`power(headers, row, ...)`: what comes of a Power sheet of further columns."""

    def run(headers, *rows, above=(), under=(), currency="CNY", **sheets):
        head = ["Region", "Name (English)", "Kind", "Status", "Source (English)", *headers]
        body = [
            ["lucheng", f"P{number}", "coal", "existing", "Bureau", *row]
            for number, row in enumerate(rows)
        ]
        region = [REGION[0], [*REGION[1][:4], currency, REGION[1][5]]]
        rows = [*above, head, *under, *body]
        return read_submission([workbook({"Region": region, "Power": rows, **sheets})], knowledge)

    return run


def codes(found, severity="error"):
    return [(one.code, str(one.origin)) for one in found.problems if one.severity == severity]


@pytest.mark.parametrize(
    ("header", "written", "expected"),
    [
        ("Capacity (kW)", 5000, 5), ("容量（万千瓦）", 12, 120), ("Capacity kW", 5000, 5),
        ("Capacity, GW", 1.2, 1200), ("容量/万千瓦", 12, 120), ("Capacity (10,000 kW)", 3, 30),
        ("Capacity (MW)", 12, 12), ("Capacity\n(kW)", 5000, 5), ("Capacity (kW)", "5000", 5),
        ("Capacity (kW)", "3 MW", 3),
    ],
)  # fmt: skip
def test_unit_in_the_header_counts_for_bare_numbers(power, header, written, expected):
    found = power([header], [written])
    assert codes(found) == []
    assert found.regions[0].power[0].capacity_mw.value == expected
    is_said = [code for code, place in codes(found, "warning") if place == "Power!F1"]
    assert is_said == ([] if "MW" in header else ["IN-126"])


@pytest.mark.parametrize(
    "header", ["Capacity (MWh)", "Capacity (ha)", "Capacity (thousand)", "容量（元）"]
)
def test_unit_that_cannot_be_the_columns_is_refused(power, header):
    assert codes(power([header], [12])) == [("IN-114", "Power!F1")]


def test_currency_in_the_header_must_be_the_regions(power):
    assert codes(power(["Delivered price (USD/kWh)"], [0.1])) == [("IN-206", "Power!F2")]
    assert codes(power(["Delivered price (元/kWh)"], [0.1], currency="KZT")) == [
        ("IN-206", "Power!F2")
    ]
    assert codes(power(["Delivered price (元/kWh)"], [0.5])) == []


@pytest.mark.parametrize(
    ("header", "written", "expected"),
    [("GDP（亿元）", 2400, 240), ("GDP (100 million yuan)", 2400, 240), ("GDP (RMB bn)", 240, 240)],
)
def test_money_of_a_header_is_read_in_billions(workbook, knowledge, header, written, expected):
    rows = [[*REGION[0], header], [*REGION[1], written]]
    found = read_submission([workbook({"Region": rows})], knowledge)
    assert found.regions[0].figures["gdp"].value == pytest.approx(expected)


@pytest.mark.parametrize("header", ["GDP (CNY)", "GDP（元）", "GDP (US dollars)"])
def test_currency_alone_does_not_say_how_many_of_it(workbook, knowledge, header):
    rows = [[*REGION[0], header], [*REGION[1], 240]]
    found = read_submission([workbook({"Region": rows})], knowledge)
    assert codes(found) == [("IN-114", "Region!G1")]


def test_rate_in_yuan_is_no_money_of_the_region(workbook, knowledge):
    rows = [[*REGION[0], "CNY per unit of currency (CNY)"], [*REGION[1][:4], "EUR", "Bureau", 7.8]]
    assert codes(read_submission([workbook({"Region": rows})], knowledge)) == []


@pytest.mark.parametrize("header", ["Population (10,000 persons)", "常住人口（万人）"])
def test_population_in_ten_thousands(workbook, knowledge, header):
    rows = [[*REGION[0], header], [*REGION[1], 300]]
    found = read_submission([workbook({"Region": rows})], knowledge)
    assert found.regions[0].figures["population"].value == 3_000_000


def test_row_of_units_under_the_headers_counts_like_the_header(power):
    found = power(["Capacity"], [5000], under=[[None, None, None, None, None, "kW"]])
    assert codes(found) == []
    assert found.regions[0].power[0].capacity_mw.value == 5


@pytest.mark.parametrize("line", ["单位：万千瓦", "Unit: kW", "(in thousands)", "Unit: MWh"])
def test_unit_of_the_whole_table_is_asked_for_column_by_column(power, line):
    found = power(["Capacity"], [12], above=[["Plants", None, line]])
    assert codes(found) == [("IN-128", "Power!C1")]


@pytest.mark.parametrize(
    "line", ["单位：兆瓦", "Unit: MW", "填报单位：供电公司", "单位：供电公司", "Plants 2025"]
)
def test_line_above_that_agrees_or_is_a_title_passes(power, line):
    assert codes(power(["Capacity"], [12], above=[[line]])) == []


def test_data_above_the_headers_are_named(power):
    row = ["lucheng", "P9", "coal", "existing", "Bureau", 12]
    assert ("IN-133", "Power!1") in codes(power(["Capacity"], [12], above=[row]))


@pytest.mark.parametrize("header", ["Capacty", "Volatge", "Spare MV", "可靠富余容置", "Spread"])
def test_misspelt_header_is_an_error_with_the_right_word(power, header):
    assert codes(power([header], [12])) == [("IN-130", "Power!F1")]


@pytest.mark.parametrize("header", ["Contact person", "联系人", "Ownership", "Colour"])
def test_column_of_another_kind_is_a_warning(power, header):
    found = power([header], ["x"])
    assert codes(found) == []
    assert ("IN-106", "Power!F1") in codes(found, "warning")


@pytest.mark.parametrize(
    "title", ["Powr", "Workfroce", "Sites (2)", "Sites 2025", "电 力", "Halls"]
)
def test_sheet_near_the_forms_is_an_error(power, title):
    rows = [["Region", "Name (English)", "Former use"], ["lucheng", "H", "mining"]]
    assert ("IN-131", title) in codes(power(["Capacity"], [12], **{title: rows}))


def test_sheet_of_another_kind_is_a_warning(power):
    found = power(["Capacity"], [12], Contacts=[["Name", "Telephone"], ["Li", 1]])
    assert codes(found) == []
    assert ("IN-111", "Contacts") in codes(found, "warning")


def test_second_header_row_without_merged_cells_is_one_message(power):
    found = power(["Capacity"], [12], under=[[None, None, None, None, None, "Spare MW"]])
    assert codes(found) == [("IN-129", "Power!2")]
