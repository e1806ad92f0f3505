"""Numbers, dates, plurals, money and lists in one language, on Babel and the text table."""

from generator.language.language import Amount, Grain, Language, chinese_numeral
