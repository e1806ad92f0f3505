"""Numbers, dates, plurals, money and lists in one language, on Babel and the text table."""

from generator.language.language import Language
from generator.language.money import Amount
from generator.language.numerals import chinese_numeral

__all__ = ["Amount", "Language", "chinese_numeral"]
