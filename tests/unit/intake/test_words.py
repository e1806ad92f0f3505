"""Names as people paste them: what turns the direction of writing goes, and is named."""

import pytest

from generator.intake.words import clean, one_line


@pytest.mark.parametrize("read", [clean, one_line])
@pytest.mark.parametrize(
    "code", [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
def test_marks_of_direction_are_taken_out_and_named(read, code):
    assert read(f"Chang{chr(code)}zhi") == ("Changzhi", f"U+{code:04X}")
    assert read(f"{chr(code)}长治市") == ("长治市", f"U+{code:04X}")


@pytest.mark.parametrize("text", ["Changzhi", "长治市", "O’Neill – 2", "میدان", "क्षेत्र", "🏭 plant"])
def test_other_writing_stays_as_it_is(text):
    assert clean(text) == (text, "")
