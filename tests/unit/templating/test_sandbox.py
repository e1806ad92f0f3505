"""What every template may do, whoever wrote it."""

import pytest
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from generator.templating.budget import Budget, spending
from generator.templating.sandbox import environment


def filled(source, **values):
    return environment().from_string(source).render(values)


def filled_at_leisure(source, **values):
    """On a slow machine, too, it is the rounds that come to an end, and not the time."""
    with spending(Budget(seconds=600)):
        return filled(source, **values)


def test_loops_that_print_nothing_end_too():
    nested = "{% for a in x %}" * 5 + "{% endfor %}" * 5
    with pytest.raises(SecurityError, match="rounds"):
        filled_at_leisure(nested, x="y" * 400)


def test_a_macro_in_a_loop_counts_as_well():
    source = "{% macro m() %}{% for a in x %}{% endfor %}{% endmacro %}"
    with pytest.raises(SecurityError, match="rounds"):
        filled_at_leisure(source + "{% for a in x %}{{ m() }}{% endfor %}", x="y" * 4_000)


def test_loops_are_what_they_were():
    source = "{% for a in x if a > 1 %}{{ loop.index }}/{{ loop.length }}:{{ a }} {% else %}-{% endfor %}"
    assert filled(source, x=[1, 2, 3]) == "1/2:2 2/2:3 "
    assert filled(source, x=[]) == "-"
    assert filled("{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}", d={"a": 1}) == "a1"
    assert filled("{% for a in x | reverse %}{{ a }}{% endfor %}", x=[1, 2]) == "21"


def test_documents_do_not_share_their_rounds():
    template = environment().from_string("{% for a in x %}{% endfor %}ok")
    assert {template.render(x="y" * 1_000_000) for _ in range(4)} == {"ok"}


def test_faults_keep_their_names_and_lines():
    with pytest.raises(UndefinedError, match="nope"):
        filled("{% for a in nope %}{% endfor %}")
    with pytest.raises(TemplateSyntaxError) as fault:
        filled("\n\n{% for a in %}{% endfor %}")
    assert fault.value.lineno == 3
