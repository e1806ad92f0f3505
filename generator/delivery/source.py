"""The source of a mail template: read with its limits, in a sandbox that makes no markup."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.problems import Origin, TemplateError, problem
from generator.templating.sandbox import environment

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SUBJECT, TEXT, HTML = "mail.subject.txt", "mail.txt", "mail.html"
MAIL_TEMPLATES = (SUBJECT, TEXT, HTML)
"""The templates of a mail in every language's folder."""
_LARGEST = 200_000


def mail_environment(*, is_html: bool) -> ImmutableSandboxedEnvironment:
    """What a mail template may do; no filter on its list turns a value into markup."""
    return environment(autoescape=is_html, trims=True)


def read_template(path: Path) -> str:
    """The source of a template.

    Raises:
        TemplateError: There is none, it is too large, empty, or no UTF-8 text, or it switches
            escaping off.
    """
    origin = origin_of(path)
    try:
        if not path.is_file():  # a pipe would never end
            raise FileNotFoundError(path)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise TemplateError([problem(Code.MAIL_UNFILLABLE, origin, detail=detail)]) from fault
    if not content.strip() or len(content) > _LARGEST:
        raise TemplateError([problem(Code.MAIL_SIZE, origin, most=f"{_LARGEST // 1000} kB")])
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        at = origin._replace(cell=f"L{content[: fault.start].count(10) + 1}")
        raise TemplateError([problem(Code.MAIL_NOT_UTF8, at)]) from fault
    if "\0" in source:
        raise TemplateError([problem(Code.MAIL_NOT_UTF8, origin)])
    return source.replace("\r\n", "\n").replace("\r", "\n")


def compiled(source: str, name: str) -> Template:
    """A template ready to be filled; each is compiled once, however many mails it makes.

    Args:
        source: What `read_template` returned.
        name: Name of the file: only `.html` is escaped.

    Raises:
        jinja2.TemplateSyntaxError: It cannot be read, or switches escaping off.
    """
    return _compiled(source, is_html=name.endswith(".html"))


@lru_cache(maxsize=32)
def _compiled(source: str, *, is_html: bool) -> Template:
    from jinja2 import TemplateSyntaxError, nodes  # noqa: PLC0415 - a tenth of a second of start-up

    language = mail_environment(is_html=is_html)
    switched = language.parse(source).find(nodes.ScopedEvalContextModifier)
    if switched:
        raise TemplateSyntaxError("autoescape", switched.lineno)
    return language.from_string(source)


def origin_of(path: Path) -> Origin:
    """A template as messages name it; a line of it is a cell such as `L12`."""
    return Origin(f"{path.parent.name}/{path.name}")
