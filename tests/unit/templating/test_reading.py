"""A template read tag by tag is the one that jinja's own parser reads."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError

from generator.templating.sandbox import environment

SOURCES = (
    "",
    "<w:p/>",
    "a{{ x }}{{ x.y }}b{{ x.items.in }}c",
    "{{ true }}{{ none }}{{ not x }}{{ x, y }}{{ x if y else z }}{{ -x }}{{ 'a}}b' }}",
    "{{ {'a': {}} }}",
    "{% if a %}1{% elif a.b %}2{% elif a > 1 %}3{% else %}4{% endif %}",
    "{% if a %}{% if b %}{{ c }}{% endif %}d{% endif %}{% if a %}{% endif %}",
    "{% for a in b[:2] if a %}{% set z = a.c %}{{ z | default('<') }}{% else %}n{% endfor %}",
    "{% for a, b in c.items() recursive %}{{ loop(a) }}{% endfor %}",
    "{%if a%}x{%endif%}{{a}}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1) }}",
    "{% set a %}x{% endset %}{% with a = 1 %}{{ a }}{% endwith %}",
    "{% raw %}{{ a }}{% endraw %}{# note #}{{- a -}} b",
    "line\nline {{ a }}\n",
    "{{ {'a': {}}} }}",
    "{% if a %}",
    "{% if a %}{% else %}{% else %}{% endif %}",
    "{% if a %}{% else %}{% elif b %}{% endif %}",
    "{% for a in b %}{% endif %}",
    "{% endif %}",
    "{% else %}",
    "{% elif a %}",
    "{% if %}{% endif %}",
    "{% if a if b %}{% endif %}",
    "{% nothing %}",
    "{{ }}",
    "{{ a",
)


def read(source, *, is_lean):
    try:
        return environment(is_lean=is_lean).parse(source)
    except TemplateSyntaxError as fault:
        return fault.message


@pytest.mark.parametrize("source", SOURCES)
def test_the_tree_or_the_fault_is_that_of_jinja(source):
    assert read(source, is_lean=True) == read(source, is_lean=False)


def test_what_one_template_does_to_a_tag_stays_with_it():
    own = environment(is_lean=True)
    source = "{% for row in rows %}{{ row }}{% set row = 1 %}{{ row }}{% endfor %}{{ row }}"
    for _ in range(2):
        assert own.from_string(source + " ").render(rows="ab", row="c") == "a1b1c "
        assert own.from_string(f"{source}{source}").render(rows="a", row="b") == "a1ba1b"
