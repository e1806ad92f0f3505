"""Fills costly templates one after another, each in a process of its own with its limits.

Prints what came of each as JSON: the code and the place of what the check said and of what filling
said, and the most memory that the process took, in MB.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path

from hostile.strange_word import harmless, packed, put, text_run

from generator.delivery.lint import lint_mail
from generator.intake import load_fields
from generator.model import Brief
from generator.problems import TemplateError
from generator.report import available
from generator.word import render
from generator.word.lint import lint

ROOT = Path(__file__).parents[2]
MEGABYTES = 600
Y = "'" + "y" * 200 + "'"
ROWS = "[" + ", ".join("1" * 200) + "]"
LOOP = f"{{% for a in {ROWS} %}}"
END = "{% endfor %}"
START = "{% set n = namespace(x='aaaa') %}"
LIST = "{% set n = namespace(x=[1]) %}"
NUMBER = "{% set n = namespace(x=9) %}"


def grown(start, change):
    return f"{start}{LOOP}{{% set n.x = {change} %}}{END}"


MACRO = (
    "{% macro m(k) %}{% if k > 0 %}{{ m(k - 1) }}{{ m(k - 1) }}{% endif %}{% endmacro %}{{ m(40) }}"
)
SPENT = {
    "joined by a plus": grown(START, "n.x + n.x"), "joined by a tilde": grown(START, "n.x ~ n.x"),
    "a text times a number": "{{ 'x' * 999999999 }}", "a list times a number": "{{ ([1] * 999999999) | length }}",
    "a list and itself": grown(LIST, "n.x + n.x"), "a list in a list": grown(LIST, "[n.x, n.x]"),
    "a pair in a pair": grown(LIST, "(n.x, n.x)"), "a mapping in a mapping": grown(LIST, "{'a': n.x, 'b': n.x}"),
    "a made mapping in another": grown(LIST, "dict(a=n.x, b=n.x)"),
    "replaced": grown(START, "n.x | replace('a', 'aaaa')"), "replaced by a method": grown(START, "n.x.replace('a', 'aaaa')"),
    "joined by a filter": grown(START, "[n.x, n.x] | join(n.x)"), "joined by a method": grown(START, "n.x.join([n.x, n.x])"),
    "made wide": "{{ 'x'.ljust(999999999) }}", "filled with zeros": "{{ 'x'.zfill(999999999) }}",
    "tabs made wide": "{{ '\\t'.expandtabs(999999999) }}", "formatted by a sign": "{{ '%999999999d' % 1 }}",
    "formatted by a method": "{{ '{:999999999}'.format(1) }}", "translated": "{{ 'x'.translate({120: 'y'}) }}",
    "a power of powers": "{{ 9 ** 9 ** 9 ** 9 }}", "a power": "{{ 10 ** 10 ** 10 }}",
    "squared over and over": grown(NUMBER, "n.x * n.x"), "doubled over and over": grown(NUMBER, "n.x + n.x"),
    "taken away over and over": grown(NUMBER, "n.x - (0 - n.x)"), "a sum over and over": grown(NUMBER, "[n.x, n.x] | sum"),
    "digits of a rounding": "{{ 1.5 | round(999999999, 'ceil') }}", "digits of a text": "{{ ('9' ~ " + Y + ") | int }}",
    "a macro that calls itself twice": MACRO, "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "two macros in turn": MACRO.replace("{{ m(k - 1) }}{{ m(k - 1) }}", "{{ o(k - 1) }}{{ o(k - 1) }}").replace("{% endmacro %}", "{% endmacro %}{% macro o(k) %}{% if k > 0 %}{{ m(k - 1) }}{{ m(k - 1) }}{% endif %}{% endmacro %}"),
    "a macro handed to itself": "{% macro m(f, k) %}{% if k %}{{ f(f, k - 1) }}{{ f(f, k - 1) }}{% endif %}{% endmacro %}{{ m(m, 50) }}",
    "loops within loops": LOOP * 5 + END * 5, "loops that print": LOOP * 4 + "xxxx" + END * 4,
    "a loop that calls itself": f"{{% for a in {ROWS} recursive %}}{{{{ loop({ROWS}) }}}}{END}",
    "wrapped with much between": "{% set x = " + Y + " %}{{ (x ~ x ~ x ~ x ~ x ~ x ~ x ~ x) | wordwrap(1, wrapstring=x ~ x ~ x ~ x) }}",
    "printed over and over": f"{{% set x = {Y} %}}" + LOOP * 3 + "{{ x }}" + END * 3,
    "kept over and over": f"{LOOP}{{% set x %}}{{{{ n.x }}}}{{{{ n.x }}}}{{% endset %}}{{% set n.x = x %}}{END}".join((START, "")),
    "sorted over and over": LOOP * 3 + f"{{% if {Y} | sort %}}{{% endif %}}" + END * 3,
    "compared over and over": LOOP * 3 + f"{{% if {Y} == {Y} %}}{{% endif %}}" + END * 3,
    "capitals over and over": LOOP * 3 + f"{{% if {Y} | upper %}}{{% endif %}}" + END * 3,
    "reaching for a class": "{{ ''.__class__ }}", "reaching for what is global": "{{ cycler.__init__.__globals__ }}",
    "reaching through a pair": "{{ ().__class__.__bases__ }}", "reaching for the template": "{{ self._TemplateReference__context }}",
    "the list of itself": "{% set n = namespace(x=[]) %}{% set n.x = [n] %}{{ n.x }}",
}  # fmt: skip
UNKNOWN = {
    one: f"{{{{ {text} }}}}" for one, text in {
        "center": "'x' | center(999999999)", "format": "'%999999999d' | format(1)", "indent": "'x' | indent(999999999)",
        "batch": "[1] | batch(999999999, 'x') | list", "slice": "[1] | slice(999999999) | list", "attr": "'' | attr('__class__')",
        "safe": "'x' | safe", "pprint": "[1] | pprint", "tojson": "[1] | tojson", "xmlattr": "{} | xmlattr", "urlize": "'x' | urlize",
        "random": "[1] | random", "filesizeformat": "1 | filesizeformat",
    }.items()
}  # fmt: skip
UNREAD = {
    "brackets without end": "{{ " + "(" * 1900 + "1" + ")" * 1900 + " }}",
    "lists without end": "{{ [" + "[" * 1900 + "]" * 1900 + "] }}",
}
BRIEF = Brief(
    "en",
    {
        "doc": {"as_of_line": "a", "draft": "b", "title": "t"}, "disclaimer": ["c"],
        "attribution": ["d"], "law": {"barred": [{"sentence": "e"}]},
    },
    {},
)  # fmt: skip


def said(problems):
    return [
        [one.code, one.origin.sheet, one.origin.cell, dict(one.args).get("cause", "")]
        for one in problems
    ]


def judged(text, folder):
    """What the check and the filling of a Word template say, and the check of one of the mail."""
    fields = load_fields(ROOT / "templates/fields.csv")
    parts = harmless()
    put(text_run(text.replace("<", "&lt;")))(parts)
    path = folder / "planning-brief.docx"
    path.write_bytes(packed(parts))
    mail = folder / "mail.txt"
    mail.write_text(f"x\n{text}\n", encoding="utf-8")
    try:
        render(path, BRIEF, date(2026, 11, 28))
        filled = []
    except TemplateError as fault:
        filled = said(fault.problems)
    of_mail = [one for one in lint_mail(mail, available(fields, "mail")) if one.code != "TP-119"]
    return {"check": said(lint(path, fields)), "fill": filled, "mail": said(of_mail)}


def main(seconds, names):
    """Print what came of those."""
    lint(ROOT / "templates/en/comparison.docx", [])  # what all need is loaded once
    known = SPENT | UNKNOWN | UNREAD
    for name in names:
        text = known[name]
        ours, theirs = os.pipe()
        if child := os.fork():
            os.close(theirs)
            with os.fdopen(ours) as told:
                found = told.read()
            _, status, used = os.wait4(child, 0)
            one = json.loads(found) if found else {"ended": status}
            print(json.dumps([name, one | {"megabytes": used.ru_maxrss // 1024}]), flush=True)
            continue
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds * 3, seconds * 3))
        with tempfile.TemporaryDirectory() as folder, os.fdopen(theirs, "w") as tell:
            tell.write(json.dumps(judged(text, Path(folder))))
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
