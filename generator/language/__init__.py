"""Numbers, dates, plurals, money and lists in one language, on Babel and the text table."""

from generator.language.amount import Amount, Grain
from generator.language.language import Language, chinese_numeral
