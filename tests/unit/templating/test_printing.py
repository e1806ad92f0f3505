"""What a template prints out of dicts, and how it is escaped."""

from __future__ import annotations

import pytest
from jinja2 import TemplateRuntimeError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from generator.templating.budget import ExceededError
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
     (Markup("<b>"), "<b>")],
)  # fmt: skip
@pytest.mark.parametrize("is_lean", [False, True])
def test_values_are_escaped_once_whatever_they_are(value, expected, is_lean):
    own = environment(is_lean=is_lean)
    made = own.from_string("{{ value }}{{ value|e }}").render({"value": value})
    assert made == expected * 2


@pytest.mark.parametrize("is_lean", [False, True])
@pytest.mark.parametrize("value", [["<"], {"a": 1}, print])
def test_what_is_no_text_is_not_printed(value, is_lean):
    with pytest.raises(SecurityError, match="printing"):
        environment(is_lean=is_lean).from_string("{{ value }}").render({"value": value})


def test_a_lean_template_pays_from_the_same_budget():
    own = environment(is_lean=True)
    growing = "{% for a in rows %}{% for b in rows %}{% for c in rows %}x{% endfor %}{% endfor %}{% endfor %}"
    with pytest.raises(ExceededError):
        own.from_string(growing).render({"rows": [1] * 1000})
    with pytest.raises(ExceededError):
        own.from_string("{% for a in rows %}{{ text }}{% endfor %}").render(
            {"rows": [1] * 1000, "text": "x" * 100_000}
        )
    # Pieces that are empty do not end it.
    blank = "{% for a in rows %}{{ text }}{% endfor %}end"
    assert own.from_string(blank).render({"rows": [1] * 5000, "text": ""}) == "end"


@pytest.mark.parametrize(
    "source",
    [
        "7 {{ a }} 8 {% if a %}9{% endif %}",
        "{{ '}}' }} and {% if '%}' %}{{ a }}{% endif %}{",
        "white {{- a -}} space {%- if a -%} is gone {%- endif +%} ",
        "line\r\nby {{ a }}\nline\n",
        "{% raw %}{{ a }}{% endraw %} {# no #}",
        "no tag at all",
        "",
        "{{{ 'a': a }['a'] }}}",
    ],
)
def test_what_stands_between_tags_is_printed_alike_in_both_ways(source):
    lean, strict = (environment(is_lean=one).from_string(source) for one in (True, False))
    assert lean.render(a="A") == strict.render(a="A")


@pytest.mark.parametrize(
    "source", ["{{% if a %}{% endif %}", "{ {{ a", "{% if a", "{{ it's }}", "{% if " + '"a" ' * 60]
)
def test_what_is_no_template_is_none_in_either_way(source):
    for is_lean in (True, False):
        with pytest.raises(TemplateSyntaxError):
            environment(is_lean=is_lean).from_string(source)
