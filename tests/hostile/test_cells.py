"""What stands in a cell: read as it is shown, or refused with its cell; never another number."""

import pytest

FORMULA_LIKE = ("=cmd|' /C calc'!A1", "+1", "-1+1", "@SUM(A1:A9)", '=HYPERLINK("http://x")')
F2 = "Power!F2"
FREE = "power.0.spare_mw"


def typed(place, text):
    return lambda book: book.text(place, text)


def raw(inner, attributes="", place=F2):
    return lambda book: book.cell(place, attributes, inner)


def shown(value, code, place=F2):
    return lambda book: book.number(place, value, code)


def dated(value, code):
    return lambda book: book.number("Sites!D2", value, code)


def shared(item):
    """The name of the first point as a shared string of raw XML."""

    def change(book):
        place = book.places["North"]
        book.edit("xl/sharedStrings.xml", "<si><t>North</t></si>", f"<si>{item}</si>")
        assert f"<v>{place}</v>" in book.parts[book.part("Power")]

    return change


def twins(first, second):
    def change(book):
        book.text("Power!B2", first)
        book.text("Power!B3", second)

    return change


def book_of_1904(book):
    book.edit("xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>')
    # Excel's two systems lie 1,462 days apart; 2021-09-24 is 44463 in the usual one.
    book.number("Sites!D2", 44463 - 1462, 14)


NUMBERS = {
    "full-width digits": (typed(F2, "６０"), {}),
    "no-break space in digits": (
        typed("Power!E2", "1\u00a0200"),
        {"power.0.capacity_mw": 1200, "said": {"IN-319 Power!E2"}},
    ),
    "narrow no-break space": (
        typed("Power!E2", "1\u202f200"),
        {"power.0.capacity_mw": 1200, "said": {"IN-319 Power!E2"}},
    ),
    "written unit": (typed(F2, "0.06 GW"), {}),
    "Chinese written unit": (typed(F2, "6万千瓦"), {}),
    "number as text": (typed(F2, "60"), {}),
    "typed n told": (raw("<v>60</v>", 't="n"'), {}),
    "spaces around the stored number": (raw("<v> 60\n</v>"), {}),
    "exponent": (raw("<v>6E1</v>"), {}),
    "nearest double with 17 digits": (
        raw("<v>0.56000000000000005</v>", place="Power!G2"),
        {"power.0.price": 0.56},
    ),
    "minus nought": (raw("<v>-0</v>"), {FREE: 0}),
    "format with quoted unit": (shown(60, '0.0 "MW"'), {}),
    "format with colour and condition": (shown(60, "[Red][>100]0.0;[Blue]0"), {}),
    "format as wide as a percent sign": (shown(60, "#,##0_%_)"), {}),
    "format as wide as letters of a date": (shown(100, r"_-* #,##0.00\ _D_M_-", "Power!E2"), {}),
    "accounting format": (shown(60, r"_ * #,##0.00_ ;_ * \-#,##0.00_ "), {}),
    "style out of range": (raw("<v>60</v>", 's="99999"'), {"or": "IN-103"}),
    "infinite": (raw("<v>1e400</v>"), {"IN-203 Power!F2"}),
    "minus infinite": (raw("<v>-1e400</v>"), {"IN-203 Power!F2"}),
    "infinity as text": (typed(F2, "1e400"), {"IN-203 Power!F2"}),
    "NaN stored as a number": (raw("<v>NaN</v>"), {"IN-203 Power!F2"}),
    "truth value": (raw("<v>1</v>", 't="b"'), {"IN-203 Power!F2"}),
    "17 digits": (raw("<v>12345678901234567</v>", place="Region!E2"), {"IN-211 Region!E2"}),
    "invisible direction marks around": (typed(F2, "\u200e60\u200f"), {}),
    "embedding marks around": (typed(F2, "\u202a60\u202c"), {}),
    "control character between digits": (typed(F2, "6_x0001_0"), {"IN-203 Power!F2"}),
    "line break between digits": (typed(F2, "6\n0"), {"IN-204 Power!F2"}),
    "dash": (typed(F2, "—"), {FREE: None}),
    "Arabic-Indic digits": (typed(F2, "٦٠"), {"IN-203 Power!F2"}),
    "two values in one cell": (raw("<v>60</v><v>6</v>"), "IN-103"),
    "unknown cell type": (raw("<v>60</v>", 't="q"'), "IN-103"),
    "text where a number is stored": (raw("<v>sixty</v>"), "IN-103"),
    "a number with underscores stored": (raw("<v>6_0</v>"), "IN-103"),
    "date in a number column": (shown(44463, 14), {"IN-203 Power!F2"}),
    "time in a number column": (shown(0.5, 20), {"IN-203 Power!F2"}),
    "elapsed time in a number column": (shown(2.5, "[h]:mm:ss"), {"IN-203 Power!F2"}),
    "time with seconds in a number column": (shown(0.75, "h:mm:ss AM/PM"), {"IN-203 Power!F2"}),
    "percentage in a number column": (shown(0.6, "0%"), {"IN-206 Power!F2"}),
}
PERCENT = {
    "percent format": (shown(0.34, 9, "Region!F2"), {}),
    "percent format with decimals and colour": (shown(0.34, "0.00%;[Red]-0.00%", "Region!F2"), {}),
    "quoted percent sign": (shown(34, '0"%"', "Region!F2"), {}),
    "escaped percent sign": (shown(34, r"0\%", "Region!F2"), {}),
    "space as wide as a percent sign": (shown(34, "0.0_%", "Region!F2"), {}),
    "share under that space": (shown(0.34, "0.0_%", "Region!F2"), {"IN-207 Region!F2"}),
    "bare share": (raw("<v>0.34</v>", place="Region!F2"), {"IN-207 Region!F2"}),
    "full-width percent sign": (typed("Region!F2", "３４％"), {}),
}
DATES = {
    "1904 system": (book_of_1904, {}),
    "built-in date": (dated(44463, 14), {}),
    "built-in date and time": (dated(44463.75, 22), {}),
    "built-in Chinese date": (dated(44463, 31), {}),
    "custom date": (dated(44463, "yyyy-mm-dd;@"), {}),
    "Chinese locale": (dated(44463, '[$-804]yyyy"年"m"月"d"日";@'), {}),
    "Chinese locale, unquoted": (dated(44463, "[$-804]yyyy年m月d日"), {}),
    "long date of the system": (dated(44463, r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy"), {}),
    "ISO date cell": (raw("<v>2021-09-24</v>", 't="d"', "Sites!D2"), {}),
    "ISO date and time cell": (raw("<v>2021-09-24T00:00:00</v>", 't="d"', "Sites!D2"), {}),
    "ISO date, time and zone cell": (raw("<v>2021-09-24T00:00:00Z</v>", 't="d"', "Sites!D2"), {}),
    "bare serial": (raw("<v>44463</v>", place="Sites!D2"), {"IN-228 Sites!D2"}),
    "time alone": (dated(0.5, 20), {"IN-212 Sites!D2"}),
    "day before the calendar": (dated(-5, 14), {"IN-212 Sites!D2"}),
    "29 February 1900": (dated(60, 14), {"IN-212 Sites!D2"}),
    "after the year 9999": (dated(2958466, 14), {"IN-212 Sites!D2"}),
    "day or month first": (typed("Sites!D2", "03/04/2021"), {"IN-213 Sites!D2"}),
}
FORMULAS = {
    **{
        f"error {error}": (raw(f"<f>1/0</f><v>{error}</v>", 't="e"'), {"IN-208 Power!F2"})
        for error in (
            "#DIV/0!",
            "#N/A",
            "#NAME?",
            "#NULL!",
            "#NUM!",
            "#REF!",
            "#VALUE!",
            "#GETTING_DATA",
            "#SPILL!",
            "#CALC!",
            "#BLOCKED!",
        )
    },
    "error in a name": (raw("<v>#N/A</v>", 't="e"', "Power!B2"), {"IN-208 Power!B2"}),
    "error written as text": (typed(F2, "#REF!"), {"IN-203 Power!F2"}),
    "no stored value": (raw("<f>30+30</f>"), {"IN-209 Power!F2"}),
    "empty stored value": (raw("<f>30+30</f><v/>"), {"IN-209 Power!F2"}),
    "text formula without value": (raw("<f>A1</f>", 't="str"', "Power!B2"), {"IN-209 Power!B2"}),
    "stored value": (raw("<f>30+30</f><v>60</v>"), {}),
    "shared formula": (raw('<f t="shared" ref="F2:F3" si="0">E2*0.6</f><v>60</v>'), {}),
    "follower of a shared formula": (raw('<f t="shared" si="0"/><v>60</v>'), {}),
    "array formula": (raw('<f t="array" ref="F2:F3">E2:E3*0.6</f><v>60</v>'), {}),
    "data table": (
        raw('<f t="dataTable" ref="F2:F3" dt2D="0" dtr="0" r1="A1"/><v>60</v>'),
        {},
    ),
    "dynamic array": (raw('<f t="array" ref="F2">_xlfn.UNIQUE(E2)</f><v>60</v>', 'cm="1"'), {}),
    "external link": (raw("<f>[1]Sheet1!A1</f><v>60</v>"), {}),
    "DDE": (raw("<f>cmd|'/C calc'!A1</f><v>60</v>"), {}),
    "web service": (raw('<f>_xlfn.WEBSERVICE("http://127.0.0.1:9/")</f><v>60</v>'), {}),
    "text result": (raw("<f>TEXT(60,0)</f><v>60</v>", 't="str"'), {}),
    "empty text result": (raw('<f>""</f><v></v>', 't="str"'), {FREE: None}),
}
TEXTS = {
    **{
        f"formula-like {text[:4]}": (typed("Power!B2", text), {"power.0.name": text})
        for text in FORMULA_LIKE
    },
    "rich text": (shared("<r><t>No</t></r><r><rPr><b/></rPr><t>rth</t></r>"), {}),
    "phonetic runs": (
        shared('<t>北部</t><rPh sb="0" eb="2"><t>ほくぶ</t></rPh><phoneticPr fontId="1"/>'),
        {"power.0.name": "北部"},
    ),
    "rich inline text": (
        raw("<is><r><t>No</t></r><r><t>rth</t></r></is>", 't="inlineStr"', "Power!B2"),
        {},
    ),
    "longest text": (typed("Power!L2", "字" * 32_767), {}),
    "longest name": (typed("Power!B2", "字" * 32_767), {"power.0.name": "字" * 32_767}),
    "control character": (
        typed("Power!B2", "No_x0001_rth"),
        {"said": {"IN-220 Power!B2"}},
    ),
    "escaped escape": (typed("Power!B2", "_x005F_x0041_"), {"power.0.name": "_x0041_"}),
    "escape of a letter": (typed("Power!B2", "_x004E_orth"), {}),
    "no escape": (typed("Power!B2", "a_x00_b"), {"power.0.name": "a_x00_b"}),
    "lone surrogate": (typed("Power!B2", "North_xD800_"), {"said": {"IN-220 Power!B2"}}),
    "emoji": (typed("Power!B2", "North 🏭"), {"power.0.name": "North 🏭"}),
    "document type as text": (
        typed("Power!B2", "<!DOCTYPE html>"),
        {"power.0.name": "<!DOCTYPE html>"},
    ),
    "leading noughts": (typed("Region!D2", "0007"), {"region.admin_code": "0007"}),
    "NA is a name": (typed("Power!B2", "NA"), {"power.0.name": "NA"}),
    "code stored as a number": (raw("<v>140400</v>", place="Region!D2"), {}),
    "shared string out of range": (raw("<v>99999</v>", 't="s"', "Power!B2"), "IN-103"),
    "shared string before the first": (raw("<v>-1</v>", 't="s"', "Power!B2"), "IN-103"),
    "shared string that is no number": (raw("<v>x</v>", 't="s"', "Power!B2"), "IN-103"),
    "NFC and NFD twins": (twins("Café", "Cafe\u0301"), {"IN-217 Power!B3"}),
    "zero-width twin": (twins("Site 1", "site\u200b 1 "), {"IN-217 Power!B3"}),
    "right-to-left mark twin": (
        twins("Site 1", "Site 1\u200f"),
        {"IN-217 Power!B3", "IN-220 Power!B3"},
    ),
    "right-to-left override twin": (
        twins("Site 1", "\u202eSite 1\u202c"),
        {"IN-217 Power!B3", "IN-220 Power!B3"},
    ),
    "isolate twin": (twins("Site 1", "\u2066Site 1\u2069"), {"IN-217 Power!B3", "IN-220 Power!B3"}),
    "variation selector twin": (twins("Site 1", "Site 1\ufe0f"), {"IN-217 Power!B3"}),
    "Mongolian separator twin": (twins("Site 1", "Site\u180e 1"), {"IN-217 Power!B3"}),
    "full-width twin": (twins("Site 1", "Ｓｉｔｅ　１"), {"IN-217 Power!B3"}),
    "markup as text": (
        typed("Power!B2", "{{ region.name }} {% for x in y %}"),
        {"power.0.name": "{{ region.name }} {% for x in y %}"},
    ),
}
CASES = {**NUMBERS, **PERCENT, **DATES, **FORMULAS, **TEXTS}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_cell_is_read_as_it_is_shown_or_refused_by_its_place(package, judge, change, expected):
    book = package()
    change(book)
    judge(book.bytes(), expected)


def test_code_of_seventeen_digits_stored_as_a_number_is_never_shown_as_a_power(package, judge):
    # Excel keeps 15 digits; what is read must be the stored digits, or the cell must be refused.
    book = package()
    book.number("Region!D2", "12345678901234567")
    answer = judge_any(judge, book)
    assert all("e+" not in region["region.admin_code"] for region in answer["regions"])


def judge_any(judge, book):
    """The answer, whatever it is, within the limits."""
    return judge(book.bytes(), None)


def test_elapsed_hours_are_no_day(package, judge):
    answer = judge_any(judge, package().number("Sites!D2", 44463, "[h]:mm"))
    assert answer["regions"] == []
    assert [place for _, _, place in answer["problems"]] == ["Sites!D2"]


def test_nought_with_a_minus_sign_is_nought(package, judge):
    book = package().number(F2, "-0")
    (region,) = judge_any(judge, book)["regions"]
    assert str(region[FREE]) == "0.0"


def test_month_format_is_read_as_its_month_or_its_day(package, judge):
    book = package().number("Sites!G2", 44463, '[$-804]yyyy"年"m"月"')
    (region,) = judge_any(judge, book)["regions"]
    assert region["sites.0.closed_on"] == "2021-09-24"


@pytest.mark.parametrize("twin", ["长治市", "Changzhi"])
def test_regions_that_differ_by_suffix_or_language_are_reported(package, judge, twin):
    book = package()
    book.text("Region!B2", "长治")
    cells = [
        "changzhi2", twin, "CN", "140400", 3000000, 34, 0, "CNY", "Bureau", "2025-06-30", "B",
    ]  # fmt: skip
    row = "".join(book._cell(3, at, value) for at, value in enumerate(cells))  # noqa: SLF001
    book.below("Region", f'<row r="3">{row}</row>')
    answer = judge_any(judge, book)
    assert [code for code, _, place in answer["problems"] if place in {"Region!A3", "Region!B3"}]
