"""What a template may do: read plain values; a name that does not exist is a fault."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment


def environment(
    *, autoescape: bool = True, trims: bool = False, is_lean: bool = False
) -> ImmutableSandboxedEnvironment:
    """The sandbox in which templates, which may come from strangers, are read and filled.

    What is filled inside `budget.spending` draws on that budget; else each template has its own.

    Args:
        autoescape: Whether values are escaped for XML and HTML.
        is_lean: Whether faults need no place, as where another way of filling will tell it.
        trims: Whether a line that holds nothing but a `{% … %}` tag leaves no line behind.
    """
    from generator.templating.metering import Sandbox  # noqa: PLC0415 - jinja is a tenth of a second of start-up

    return _lean(autoescape, trims) if is_lean else Sandbox(autoescape=autoescape, trims=trims)


@cache
def _lean(autoescape: bool, trims: bool) -> ImmutableSandboxedEnvironment:  # noqa: FBT001 - kept by them
    """One for all templates: tags that it has read are read for all."""
    from generator.templating.metering import LeanSandbox  # noqa: PLC0415 - as above

    return LeanSandbox(autoescape=autoescape, trims=trims)
