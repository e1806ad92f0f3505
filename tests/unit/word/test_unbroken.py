"""Short numbers with a hyphen stay on one line, whichever way a document is filled."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.word.tags import W
from generator.word.unbroken import keep_hyphens, unbroken

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("11-2", 1),
        ("见任务2-1、3-1。", 2),
        ("Art. 8-12 and tasks 10-3, 13-3", 3),
        ("2027-01-15", 0),
        ("GB 31605-2020", 0),
        ("CN-P06 low-carbon", 0),
        ("A11-2", 0),
    ],
)
def test_a_short_number_keeps_its_hyphen_both_ways(text, kept):
    plain = f"<w:p {_SPACE}><w:r><w:t>{text}</w:t></w:r></w:p>"
    made = unbroken(plain.encode())
    root = etree.fromstring(plain)
    keep_hyphens(root)
    assert etree.tostring(etree.fromstring(made)) == etree.tostring(root)
    assert len([*root.iter(f"{W}noBreakHyphen")]) == kept
    assert "".join(one.text or "-" for one in root.iter(f"{W}t", f"{W}noBreakHyphen")) == text
