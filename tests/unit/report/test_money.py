"""Amounts of money: the currency first, one step for both ends, in the region's own currency."""

import pytest
from msgspec.structs import replace

from generator.model import Label
from generator.report.currencies import Money, in_base, money_of
from generator.report.money import columns, in_one_unit, priced
from generator.report.rates import note
from generator.report.restated import with_restated
from generator.report.voice import Voice

DOLLAR = Money("USD", "USD", 6.7758, "table")
TENGE = Money("KZT", "KZT", 0.0137, "workbook")
UNKNOWN = Money("KZT", "CNY", 1.0, "none")


@pytest.fixture
def speak(texts, knowledge):
    """`speak("en", money)`: a voice that says money in those currencies."""

    def voice(language, money=None):
        return Voice(texts, language, knowledge, money or in_base(knowledge))

    return voice


@pytest.mark.parametrize(
    ("low", "high", "english", "chinese"),
    [
        # wording.md, section 2.
        (179, 558, "CNY 179 to 558 million", "1.79亿—5.58亿元"),
        (1200, 3400, "CNY 1.2 to 3.4 billion", "12亿—34亿元"),
        (3.7, 3.7, "CNY 3.7 million", "370万元"),
        # One unit for both ends: ten-thousands where one lies below half a hundred million.
        (85, 120, "CNY 85 to 120 million", "0.85亿—1.2亿元"),
        (45, 120, "CNY 45 to 120 million", "4500万—12000万元"),
        (0, 0, "CNY 0", "0元"),
    ],
)
def test_a_range_has_its_currency_and_its_step_once(speak, low, high, english, chinese):
    assert speak("en").money(low, high) == english
    assert speak("zh-CN").money(low, high) == chinese


def test_other_currencies_have_their_names_in_chinese(speak):
    dollar, tenge = speak("zh-CN", Money("USD", "USD", 1.0, "table")), speak("zh-CN", TENGE)
    assert dollar.own_millions(3.7) == "370万美元"
    assert speak("zh-CN", Money("EUR", "EUR", 1.0, "table")).own_millions(120) == "1.2亿欧元"
    assert tenge.own_millions(120) == "1.2亿哈萨克斯坦坚戈"


def test_a_single_amount_is_written_to_the_same_place_in_both_languages(speak):
    english, chinese = speak("en"), speak("zh-CN")
    for amount_m, said, told in (
        (38.480157, "CNY 38.48 million", "3848万元"),
        (226.6612, "CNY 226.66 million", "2.2666亿元"),
        (0.305, "CNY 0.31 million", "30.5万元"),
        (0.0345, "CNY 34,500", "3.45万元"),
    ):
        assert english.millions(amount_m) == said
        assert chinese.millions(amount_m) == told


def test_a_range_below_a_million_is_not_told_in_parts_of_a_million(speak):
    assert speak("en").about(0.0419, 0.1012) == "CNY 41,900 to 101,000"
    assert speak("en").about(0.28846, 0.8077) == "CNY 0.288 to 0.808 million"
    assert speak("en").about(0.028846, 0.048077) == "CNY 28,800 to 48,100"


def test_a_currency_that_no_table_knows_is_written_as_its_code(speak):
    assert speak("zh-CN", Money("GBP", "CNY", 1.0, "none")).own_millions(2) == "200万GBP"


def test_catalogue_money_is_restated_at_the_rate_with_three_digits(speak):
    # 20 and 50 million yuan at 6.7758 are 2.9517 and 7.3792 million dollars.
    assert speak("en", DOLLAR).money(20, 50) == "USD 2.95 to 7.38 million"
    assert speak("zh-CN", DOLLAR).money(20, 50) == "295万—738万美元"
    # At 0.0137 they are 1,459.9 and 3,649.6 million tenge.
    assert speak("en", TENGE).money(20, 50) == "KZT 1.46 to 3.65 billion"


def test_without_a_rate_the_catalogue_keeps_its_currency_and_the_workbook_its_own(speak):
    voice = speak("en", UNKNOWN)
    assert voice.money(20, 50) == "CNY 20 to 50 million"
    assert voice.own_millions(21900) == "KZT 21.9 billion"


@pytest.mark.parametrize(
    ("language", "money", "said"),
    [
        ("en", None, "CNY 0.36 per kWh"),
        ("zh-CN", None, "0.36元/千瓦时"),
        # 0.36 / 6.7758 = 0.05313.
        ("en", DOLLAR, "USD 0.0531 per kWh"),
        ("zh-CN", DOLLAR, "0.0531美元/千瓦时"),
        # 0.36 / 0.0137 = 26.277.
        ("en", TENGE, "KZT 26.3 per kWh"),
    ],
)
def test_a_price_is_said_per_what_it_buys(speak, language, money, said):
    assert speak(language, money).amount(0.36, "power_price") == said


def test_a_price_of_power_and_time_names_both(speak, knowledge):
    per = knowledge.criteria["capacity_payment"].per
    assert priced(330, "CNY", per, speak("en")) == "CNY 330 per kW and year"
    assert priced(330, "CNY", per, speak("zh-CN")) == "330元/千瓦·年"


def test_what_is_missing_is_rounded_up(speak):
    # 0.06 / 6.7758 = 0.008855.
    assert speak("en", DOLLAR).gap(0.06, "power_price") == "USD 0.0089 per kWh"
    # 70.01 / 6.7758 = 10.3324.
    assert speak("en", DOLLAR).millions(70.01, upward=True) == "USD 10.4 million"


def test_amounts_in_sentences_of_the_catalogue_are_restated(speak, knowledge):
    said = next(
        one.text
        for one in knowledge.local_texts
        if "earned CNY 1.36 million" in one.text.text("en")
    )
    # 1.36 and 0.09 million yuan at 6.7758 are 0.20071 and 0.01328 million dollars; an amount that
    # is written out has no more digits than one in millions.
    english = with_restated(speak("en", DOLLAR)).name(said)
    assert "USD 0.201 million and USD 13,300" in english
    chinese = with_restated(speak("zh-CN", DOLLAR)).name(said)
    # The Chinese gives 135.58 and 8.96 ten-thousands: 20.0095 and 1.3224.
    assert "20万美元和1.32万美元" in chinese
    assert "元" not in chinese.replace("美元", "")


def test_what_planners_typed_stands_as_they_typed_it(speak):
    typed = Label((("en", "The mayor promised CNY 5 million"), ("zh-CN", "市长承诺500万元")))
    assert with_restated(speak("en", DOLLAR)).name(typed) == "The mayor promised CNY 5 million"
    assert with_restated(speak("zh-CN", DOLLAR)).name(typed) == "市长承诺500万元"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_sentence_of_the_catalogue_leaves_an_amount_behind(speak, language):
    """Every amount that a document elsewhere may print carries its own sign of the currency."""
    voice = with_restated(speak(language, DOLLAR))
    sign = "CNY" if language == "en" else "元"
    kept = [
        text
        for text in voice.restated.values()
        if sign in text.replace("美元", "").replace("欧元", "")
    ]
    # What is left is the name of the digital currency and words such as 元件.
    assert not [text for text in kept if "e-CNY" not in text and "元件" not in text], kept


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_note_says_where_the_rate_is_from(speak, language):
    table = " ".join(note(DOLLAR, speak(language, DOLLAR)))
    assert ("June 2026" if language == "en" else "2026年6月") in table
    unknown = " ".join(note(UNKNOWN, speak(language, UNKNOWN)))
    assert ("Please give the rate" if language == "en" else "请在“地区”表补报汇率") in unknown
    assert list(note(speak(language).money_in, speak(language))) == []


def test_the_currencies_of_a_region_follow_from_its_rate(region, knowledge):
    kazakh = {"jurisdiction": "KZ", "admin_code": "551000000", "currency": "KZT"}
    assert money_of(region(), knowledge) == in_base(knowledge)
    texan = region(jurisdiction="US-TX", admin_code="48331", currency="USD")
    assert money_of(texan, knowledge) == DOLLAR
    assert money_of(region(**kazakh, cny_per_unit=0.0137), knowledge) == TENGE
    assert money_of(region(**kazakh), knowledge) == UNKNOWN
    own = region(jurisdiction="US-TX", admin_code="48331", currency="USD", cny_per_unit=7.1)
    assert money_of(own, knowledge) == replace(DOLLAR, rate=7.1, basis="workbook")


def test_columns_have_one_unit_and_add_up_as_they_are_printed(speak):
    """As fine as the smallest total bears; what is left over goes to the largest rests."""
    amounts = ((0.5, 0.5, 1.0), (107.462, 7.762, 34.0))
    (first, second), grain = columns(amounts, speak("en"))
    assert grain.unit(speak("en")) == "CNY million"
    assert first == [0.5, 0.5, 1.0]
    assert second == [107.46, 7.76, 34.0]
    assert grain.text((sum(first), sum(second)), speak("en")) == "CNY 2 to 149 million"
    thirds, _ = columns(((100 / 3, 100 / 3, 100 / 3),), speak("en"))
    assert (thirds[0], sum(thirds[0])) == ([34.0, 33.0, 33.0], 100.0)
    wide, grain = columns(((107.462, 7.762),), speak("zh-CN"))
    assert (wide, grain.unit(speak("zh-CN"))) == ([[1.07, 0.08]], "亿元")


def test_a_column_of_money_has_the_digits_of_a_sentence_and_no_amount_that_is_nothing(speak):
    """Of 0.0718 to 0.172 million nobody can use the fourth decimal; the third stands in sentences too."""
    voice = speak("en")
    shown, unit = in_one_unit([(0.0718, 0.172), (0.606, 1.2), (0.00042, 0.718)], voice)
    assert (shown, unit) == (["0.072–0.172", "0.606–1.2", "0.0004–0.718"], "CNY million")
    _, grain = columns([[0.5, 0.28], [0.9, 0.682]], voice)
    assert grain.places == 2
