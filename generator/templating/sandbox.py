"""What a template may do: read plain values; a name that does not exist is a fault."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import nodes
    from jinja2.runtime import Context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_GROWING = frozenset({"*", "**", "%"})
"""Operators that make a value of any size from a small template."""
_PADDING = frozenset(
    {"center", "expandtabs", "format", "format_map", "ljust", "rjust", "translate", "zfill"}
)
"""What a text can do to become one of any length."""
_MOST_STEPS = 5_000_000
"""Rounds of all loops of one document: a hundred times the largest, and seconds of work."""
_MOST_KEPT = 200
"""Compiled templates that are kept at a time."""
_COUNTED = "counted loop"
"""The filter around what a loop goes through; no template can write its name."""


def environment(*, autoescape: bool = True, trims: bool = False) -> ImmutableSandboxedEnvironment:
    """The sandbox in which templates, which may come from strangers, are read and filled.

    Args:
        autoescape: Whether values are escaped for XML and HTML.
        trims: Whether a line that holds nothing but a `{% … %}` tag leaves no line behind.
    """
    from jinja2 import StrictUndefined  # noqa: PLC0415 - a tenth of a second of start-up

    made: ImmutableSandboxedEnvironment = _kind()(
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=trims,
        lstrip_blocks=trims,
    )
    # Nothing lazy: a template may not ask for a string or a list too large to hold.
    made.globals.pop("range", None)
    made.globals.pop("lipsum", None)
    return made


_compiled: dict[tuple[Any, ...], Any] = {}


def _kept(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What was compiled before, or now: every region is filled into the same few templates."""
    if key not in _compiled:
        if len(_compiled) >= _MOST_KEPT:
            _compiled.clear()
        _compiled[key] = make()
    return _compiled[key]


def _ending(own: ImmutableSandboxedEnvironment, source: Any) -> nodes.Template:
    """A template as a tree, with its loops counted."""
    from jinja2 import nodes  # noqa: PLC0415 - as above

    tree: nodes.Template = own.parse(source) if isinstance(source, str) else source
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None)
        loop.iter.set_lineno(loop.lineno).set_environment(own)
    return tree


@cache
def _kind() -> type[ImmutableSandboxedEnvironment]:
    from jinja2 import pass_context  # noqa: PLC0415 - as above
    from jinja2.exceptions import SecurityError  # noqa: PLC0415 - likewise
    from jinja2.runtime import Context  # noqa: PLC0415 - likewise
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - likewise

    from generator.templating.printing import KeysFirst, PlainTemplate  # noqa: PLC0415 - likewise

    class Counting(Context):
        """What one document is filled from, and how many rounds its loops have gone."""

        steps = 0

    @pass_context
    def counted(context: Counting, value: Any) -> list[Any]:
        rows = list(value)
        context.steps += 1 + len(rows)
        if context.steps > _MOST_STEPS:
            raise SecurityError(f"loops of more than {_MOST_STEPS} rounds")
        return rows

    class Sandbox(KeysFirst, ImmutableSandboxedEnvironment):
        """Refuses what grows without bound, when the template is read and when it is filled."""

        intercepted_binops = _GROWING
        context_class = Counting
        template_class = PlainTemplate

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.filters[_COUNTED] = counted

        def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
            """A template whose loops end: nested over long texts they would not within a day."""
            key = (self.autoescape, self.trim_blocks, source, args, tuple(kwargs.items()))
            return _kept(
                key, lambda: super(Sandbox, self).compile(_ending(self, source), *args, **kwargs)
            )

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            """What jinja lets through, without what pads a text."""
            is_padding = isinstance(obj, str) and attr in _PADDING
            return not is_padding and super().is_safe_attribute(obj, attr, value)

        def wrap_str_format(self, _value: Any) -> None:
            """No formatting in jinja's safe way either: widths are not bounded there."""

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            """Products and remainders of numbers, and nothing else of the kind."""
            is_number = all(isinstance(one, int | float) for one in (left, right))
            if operator == "**" or not is_number:
                raise SecurityError(f"operator {operator}")
            return super().call_binop(context, operator, left, right)

    return Sandbox
