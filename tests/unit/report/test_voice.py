"""Numbers, dates and instruments as each language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.intake import load_knowledge, load_texts
from generator.report.citation import cite, reading, reference
from generator.report.voice import Voice
from generator.shipped import data_root


@pytest.fixture(scope="module")
def voices():
    root = data_root()
    knowledge = load_knowledge(root / "inputs/catalogue", root / "inputs/rules")
    texts = load_texts(root / "templates/strings.csv")
    return {language: Voice(texts, language, knowledge) for language in ("en", "zh-CN")}


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (None, "–", "—"),
        (0, "0", "0"),
        (-0.0, "0", "0"),
        (0.641, "0.641", "0.641"),
        (99.985, "99.985", "99.985"),
        (1200, "1,200", "1200"),
        (16719.5, "16,719.5", "16719.5"),
        (0.1 + 0.2, "0.3", "0.3"),
    ],
)
def test_numbers_carry_no_idle_decimals(voices, value, en, zh):
    assert voices["en"].number(value) == en
    assert voices["zh-CN"].number(value) == zh


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (10071722, "10,071,722", "1007.17万"),
        (215e6, "215,000,000", "2.15亿"),
        (9999, "9,999", "9999"),
        (1671.95e9, "1,671,950,000,000", "16719.5亿"),
    ],
)
def test_large_counts_use_the_steps_of_the_language(voices, value, en, zh):
    assert voices["en"].large(value) == en
    assert voices["zh-CN"].large(value) == zh


def test_money_is_in_millions_in_english_and_in_wan_and_yi_in_chinese(voices):
    assert voices["en"].money(6, 25) == "CNY 6 to 25 million"
    assert voices["zh-CN"].money(6, 25) == "600万—2500万元"
    assert voices["zh-CN"].money(215, 360) == "2.15亿—3.6亿元"
    assert voices["en"].money(None, 5) == "–"


@pytest.mark.parametrize(
    ("value", "criterion", "en", "zh"),
    [
        (0.001, "spare_grid_mw", "0.001 MW", "0.001兆瓦"),
        (1.0001, "spare_grid_mw", "1.001 MW", "1.001兆瓦"),
        (2.2, "dev_fte", "3 full-time staff", "3人"),
        (11.0, "dev_fte", "11 full-time staff", "11人"),
        (1.0, "anchor_institutions", "1", "1家"),
        (0.3000000000000001, "power_price", "CNY 0.3 per kWh", "0.3元/千瓦时"),
        (4.21, "renewable_share", "4.21 percentage points", "4.21个百分点"),
    ],
)
def test_a_missing_amount_is_rounded_away_from_zero(voices, value, criterion, en, zh):
    assert voices["en"].gap(value, criterion) == en
    assert voices["zh-CN"].gap(value, criterion) == zh


def test_dates_are_written_out(voices):
    assert voices["en"].date(date(2026, 2, 6)) == "6 February 2026"
    assert voices["zh-CN"].date(date(2026, 2, 6)) == "2026年2月6日"


def test_an_instrument_keeps_its_original_title_beside_the_translation(voices):
    rules = {rule.rule_id: rule for rule in voices["en"].knowledge.rules}
    english = voices["en"].instrument(rules["CN-MIN-01"])
    assert "Notice on Rectifying Virtual Currency Mining Activities" in english
    assert "关于整治虚拟货币“挖矿”活动的通知" in english
    chinese = voices["zh-CN"].instrument(rules["EU-MICA-01"])
    assert chinese.startswith("《加密资产市场条例》（Markets in Crypto-Assets Regulation）")
    assert "Notice" not in voices["zh-CN"].instrument(rules["CN-MIN-01"])


def test_a_descriptive_title_is_marked(voices):
    rules = {rule.rule_id: rule for rule in voices["en"].knowledge.rules}
    assert "[descriptive title]" in voices["en"].instrument(rules["CN-BLK-03"])


def test_press_pages_are_never_printed_as_authority(voices):
    """Of this notice a press page was read; the page of an issuer is on file and was not."""
    voice = voices["en"]
    rule = next(rule for rule in voice.knowledge.rules if rule.rule_id == "CN-MIN-03")
    assert reference(rule, voice) == (
        "official page, not what was read: "
        "https://www.csrc.gov.cn/csrc/c100028/c7614318/content.shtml"
    )
    assert reading(rule, voice) == "press report, read 30 November 2026"
    assert "digitalpolicyalert" not in cite(rule, voice)


@pytest.mark.parametrize(
    ("language", "text", "first", "rest"),
    [
        ("en", "One costs 1.5. Two follow.", "One costs 1.5.", "Two follow."),
        ("en", "Fa Gai [2025] No. 466 holds. 4 of them end.", "Fa Gai [2025] No. 466 holds.", "4 of them end."),
        ("en", "One alone.", "One alone.", ""),
        ("zh-CN", "共2.5亿元。其余不计。", "共2.5亿元。", "其余不计。"),
        ("zh-CN", "", "", ""),
    ],
)  # fmt: skip
def test_a_text_parts_after_its_first_sentence(voices, language, text, first, rest):
    assert voices[language].parted(text) == (first, rest)
