"""Template and fields to .docx bytes: compiled once for a process, filled for every document.

Templates may come from strangers: the sandbox lets them read plain values and nothing else, names
that do not exist are faults, and every value is escaped for XML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.opc import DAMAGE, Package, PackageError
from generator.problems import Origin, TemplateError, problem
from generator.word.foreign import foreign_parts
from generator.word.package import opened_template

if TYPE_CHECKING:
    from generator.model import Brief
    from generator.word.forms import Form, Prepare

_UNUSABLE = (*DAMAGE, ArithmeticError, AttributeError, SyntaxError, TypeError)
"""What a file that only looks like a template makes the libraries raise."""
_MOST_KEPT = 32
"""Compiled templates that are kept at a time."""
_kept: dict[tuple[bytes, Prepare | None], Form | str] = {}
"""Compiled templates by the hash of their content, or why they are left to docxtpl."""


def render(
    template: Path,
    brief: Brief,
    as_of: date,
    prepare: Prepare | None = None,
    tell: Callable[[str], None] | None = None,
) -> bytes:
    """A finished Word file; the same template, fields and date give the same bytes.

    Args:
        template: A docxtpl template.
        brief: The fields it may name, and the data of its charts.
        as_of: The date that the file's properties carry.
        prepare: What is done to the template's document part before it is compiled or filled; the
            same function for the same template, which is compiled once.
        tell: Called with the reason where docxtpl had to make the document.

    Raises:
        TemplateError: The template is missing, not a Word file, or names or says something wrong.
    """
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415 - a tenth of a second of start-up

    origin = Origin(f"{template.parent.name}/{template.name}")
    try:
        made, reason = _made(template, brief, as_of, origin, prepare)
    except PackageError as fault:  # of the document: what is printed is one thing many times
        swollen = problem(Code.TEMPLATE_UNUSABLE, origin, cause=fault.lie, place=fault.part)
        raise TemplateError([swollen]) from fault
    except _UNUSABLE as fault:
        raise TemplateError(
            [problem(Code.TEMPLATE_UNUSABLE, origin, detail=_said(fault))]
        ) from fault
    except JinjaError as fault:
        detail = fault.message or _said(fault)
        raise TemplateError([problem(Code.TEMPLATE_UNUSABLE, origin, detail=detail)]) from fault
    if reason and tell is not None:
        tell(reason)
    return made


def _made(
    template: Path, brief: Brief, as_of: date, origin: Origin, prepare: Prepare | None
) -> tuple[bytes, str]:
    """The document, and why it was left to docxtpl; empty where it was not."""
    from generator.templating.budget import SPENT, Budget, spending  # noqa: PLC0415 - brings jinja along
    from generator.word.fill import filled  # noqa: PLC0415 - likewise
    from generator.word.tagged import UnsuitedError  # noqa: PLC0415 - likewise

    content = template.read_bytes() if template.is_file() else b""
    form = _compiled(template, content, origin, prepare)
    reason = form if isinstance(form, str) else ""
    if not isinstance(form, str):
        try:
            with spending(Budget(brief.names())):
                return filled(form, brief, as_of), ""
        except UnsuitedError as fault:
            reason = fault.reason
        except SPENT:
            reason = "spent"  # docxtpl tells at which tag
    from generator.word.fallback import by_docxtpl  # noqa: PLC0415 - most documents need no docxtpl

    return by_docxtpl(content, brief, as_of, origin, prepare), reason


def _compiled(
    template: Path, content: bytes, origin: Origin, prepare: Prepare | None
) -> Form | str:
    """A template ready to be filled, or why it is left to docxtpl; looked at once for its content.

    Raises:
        TemplateError: It lies, or brings what runs or is fetched.
    """
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415 - as above

    from generator.word.compile import compiled  # noqa: PLC0415 - as above
    from generator.word.tagged import UnsuitedError  # noqa: PLC0415 - as above

    key = hashlib.sha256(content).digest(), prepare
    if key not in _kept:
        # What is looked at is what is filled, whatever becomes of the file meanwhile.
        with opened_template(content or template, origin) as source:
            if foreign := foreign_parts(Package(source), origin.file):
                raise TemplateError(foreign)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        try:
            _kept[key] = compiled(content, prepare)
        except UnsuitedError as fault:
            _kept[key] = fault.reason
        except (*_UNUSABLE, JinjaError):
            # docxtpl says what is wrong with it, or makes something of it after all.
            _kept[key] = "faulty"
    return _kept[key]


def _said(fault: Exception) -> str:
    return str(fault)[:200] or type(fault).__name__
