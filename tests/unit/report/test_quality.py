"""What others wrote is quoted so that it neither steers a screen nor turns the writing around it."""

import pytest

from generator.problems import Origin, problem
from generator.report import problem_text


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("char", "written"),
    [("\x1b", "\\x1b"), ("\u202e", "\\u202e"), ("\u200f", "\\u200f"), ("\n", "\\n"), ("\udce9", "\\udce9")],
)  # fmt: skip
def test_a_quoted_header_shows_what_cannot_be_seen_in_it(texts, language, char, written):
    found = problem("IN-111", Origin("a.xlsx", "x"), "warning", found=f"spare{char}mw")
    text = problem_text(found, texts, language)
    assert char not in text
    assert f"spare{written}mw" in text
