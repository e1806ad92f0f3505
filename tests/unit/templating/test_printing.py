"""What a template prints out of dicts, and how it is escaped."""

from __future__ import annotations

import pytest
from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from generator.templating.sandbox import environment


def printed(source, **fields):
    return environment().from_string(source).render(fields)


def test_a_key_counts_before_what_dicts_can_do():
    assert printed("{{ row.items }} {{ row.get('b') }}", row={"items": 3, "b": 4}) == "3 4"


@pytest.mark.parametrize("name", ["missing", "__class__", "_private"])
def test_what_is_no_key_stays_a_fault(name):
    with pytest.raises(TemplateRuntimeError):
        printed(f"{{{{ row.{name} }}}}", row={"a": 1})


@pytest.mark.parametrize(
    ("value", "expected"),
    [("<a & 'b'>", "&lt;a &amp; &#39;b&#39;&gt;"), (1.5, "1.5"), (None, "None"),
     (Markup("<b>"), "<b>"), (["<"], "[&#39;&lt;&#39;]")],
)  # fmt: skip
def test_values_are_escaped_once_whatever_they_are(value, expected):
    assert printed("{{ value }}{{ value|e }}", value=value) == expected * 2
