"""Template and fields to .docx bytes: compiled once for a process, filled for every document.

Templates may come from strangers: the sandbox lets them read plain values and nothing else, names
that do not exist are faults, and every value is escaped for XML.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jinja2 import TemplateError as JinjaError

from generator.opc import DAMAGE, Package, in_order, joined, packed
from generator.problems import Origin, TemplateError, problem
from generator.word.compile import compiled
from generator.word.fallback import by_docxtpl
from generator.word.fill import Body
from generator.word.fillcharts import Charts
from generator.word.foreign import foreign_parts
from generator.word.package import HEAD, opened_template
from generator.word.tagged import BROKEN, UnsuitedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from generator.model import Brief
    from generator.word.forms import Form

_UNUSABLE = (*DAMAGE, ArithmeticError, AttributeError, SyntaxError, TypeError)
"""What a file that only looks like a template makes the libraries raise."""
_HEAD = HEAD.encode()
_BROKEN = [sign.encode() for sign in BROKEN]
_MOST_KEPT = 32
"""Compiled templates that are kept at a time."""
_kept: dict[bytes, Form | str] = {}
"""Compiled templates by the hash of their content, or why they are left to docxtpl."""


def render(
    template: Path, brief: Brief, as_of: date, tell: Callable[[str], None] | None = None
) -> bytes:
    """A finished Word file; the same template, fields and date give the same bytes.

    Args:
        template: A docxtpl template.
        brief: The fields it may name, and the data of its charts.
        as_of: The date that the file's properties carry.
        tell: Called with the reason where docxtpl had to make the document.

    Raises:
        TemplateError: The template is missing, not a Word file, or names or says something wrong.
    """
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - 0.1 s of start-up

    origin = Origin(f"{template.parent.name}/{template.name}")
    try:
        content = _content(template)
        form = _compiled(template, content, origin)
        reason = form if isinstance(form, str) else ""
        if not isinstance(form, str):
            try:
                return filled(form, brief, as_of)
            except UnsuitedError as fault:
                reason = fault.reason
        made = by_docxtpl(content, brief, as_of, origin)
    except _UNUSABLE as fault:
        raise TemplateError([problem("TP-101", origin, detail=_said(fault))]) from fault
    except (JinjaError, PackageNotFoundError) as fault:
        detail = getattr(fault, "message", None) or _said(fault)
        raise TemplateError([problem("TP-101", origin, detail=detail)]) from fault
    if tell is not None:
        tell(reason)
    return made


def filled(form: Form, brief: Brief, as_of: date) -> bytes:
    """A document of a compiled template.

    Raises:
        UnsuitedError: Its data ask for something that only docxtpl does.
    """
    charts = Charts(form, brief)
    body = Body(form.body.render(brief.fields), form.marks, charts)
    said = {form.main: body.finished()}
    said |= {name: one.render(brief.fields) for name, one in form.stories.items()}
    if body.styles:
        name, styles = form.styles
        said[name] = styles.replace("</w:styles>", f"{''.join(body.styles.values())}</w:styles>")
    parts, gone = charts.parts()
    for name, text in said.items():
        encoded = text.encode()
        if any(sign in encoded for sign in _BROKEN):
            raise UnsuitedError("breaks")
        parts[name] = packed(name, (_HEAD, encoded))
    parts[form.core] = packed(form.core, form.properties.filled(brief.fields, as_of))
    order = form.order if form.known.issuperset(parts) else in_order({*form.order, *parts})
    return joined(parts.get(name) or form.fixed[name] for name in order if name not in gone)


def _content(template: Path) -> bytes:
    try:
        return template.read_bytes() if template.is_file() else b""
    except OSError:
        return b""


def _compiled(template: Path, content: bytes, origin: Origin) -> Form | str:
    """A template ready to be filled, or why it is left to docxtpl; looked at once for its content.

    Raises:
        TemplateError: It lies, or brings what runs or is fetched.
    """
    digest = hashlib.sha256(content).digest()
    if digest not in _kept:
        with opened_template(template, origin) as source:
            if foreign := foreign_parts(Package(source), origin.file):
                raise TemplateError(foreign)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        try:
            _kept[digest] = compiled(content)
        except UnsuitedError as fault:
            _kept[digest] = fault.reason
        except (*_UNUSABLE, JinjaError):
            _kept[digest] = "faulty"
    return _kept[digest]


def _said(fault: Exception) -> str:
    return str(fault)[:200] or type(fault).__name__
