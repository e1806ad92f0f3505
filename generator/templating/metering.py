"""The environment in which all that a template does pays from the budget of its document.

Loops and macros pay by the number of tags in them, before the first round; texts pay by their
length, before they are joined; whatever may be called or filtered with stands on a list.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.templating.budget import LARGEST_NUMBER, ExceededError, current, is_plain
from generator.templating.filters import allow, pay_for_call
from generator.templating.printing import KeysFirst, PlainTemplate
from generator.templating.reading import TagByTag
from generator.templating.weighing import CALLED, COUNTED, Weighing

_MOST_KEPT = 200
"""Compiled templates that are kept at a time."""
_BETWEEN_LOOKS = 4096
"""Tags that a loop fills between two looks at the clock."""
_OF_MARKUP = 16
"""Characters that an element costs beside its own: as a tree it takes many times its length."""
_AT_ONCE = 1024
"""Pieces that a lean template is filled with before they are paid for."""
_OF_RECURSION = 100
"""What each round of a loop that calls itself is taken to fill."""
_UNREADABLE = (MemoryError, OverflowError, RecursionError, SyntaxError, ValueError)
"""What Python makes of an expression that is nested too deeply or of a number too long."""
_compiled: dict[tuple[Any, ...], Any] = {}


class Counting(Context):
    """What one template is filled from, and the budget that it draws on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = current()

    def derived(self, locals: dict[str, Any] | None = None) -> Counting:  # noqa: A002 - jinja's own name
        """The same with further names, drawing on the same budget."""
        made = super().derived(locals)
        made.budget = self.budget  # type: ignore[attr-defined] # made by the environment, whose contexts are of this class
        return made  # type: ignore[return-value] # likewise

    def printed(self, value: Any) -> Any:
        """A value on its way to the page; lists and what else is no text are not printed."""
        if not is_plain(value) and not hasattr(value, "_fail_with_undefined_error"):
            raise SecurityError(f"printing a {type(value).__name__}")
        return value

    def kept(self, value: Any) -> str:
        """A printed value that waits in a macro or a block, paid for."""
        printed = self.printed(value)
        made = escape(printed) if self.eval_ctx.autoescape else str(printed)
        self.budget.write(len(made))
        return made

    def concat(self, *pieces: Any) -> str:
        """Texts joined by `~`."""
        texts = [self.printed(piece) for piece in pieces]
        is_marked = self.eval_ctx.autoescape and any(hasattr(one, "__html__") for one in texts)
        made: list[str] = [escape(one) if is_marked else str(one) for one in texts]
        self.budget.grow(sum(map(len, made)))
        return Markup("").join(made) if is_marked else "".join(made)

    def cut(self, value: Any, part: slice) -> Any:
        """A part of a text or of a list."""
        return self.budget.made(value[part])

    def within(self, held: Any, value: Any) -> bool:
        """Whether a value is in a text or a list, which is looked through for it."""
        self.budget.step(1 + (len(held) >> 6 if hasattr(held, "__len__") else 0))
        self.budget.tick()
        return value in held


class MeteredCode(CodeGenerator):
    """Writes templates that ask their context before they make or print anything."""

    _whole: nodes.Template

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - jinja's own name
        """A whole template."""
        self._whole = node
        super().visit_Template(node, frame)

    def pull_dependencies(self, inside: Iterable[nodes.Node]) -> None:
        """Filters and tests by name: those of a whole template were found while it was weighed."""
        if inside is self._whole.body:
            inside = self._whole.find_all((nodes.Filter, nodes.Test))
        super().pull_dependencies(inside)

    def write_commons(self) -> None:
        """The names that every template begins with."""
        super().write_commons()
        self.writeline("concat = context.budget.joined")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What stands in a macro or block waits in memory and is paid for at once."""
        if frame.buffer is None:
            super()._output_child_pre(node, frame, finalize)
            self.write("context.printed(")
        else:
            self.write("context.kept(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.buffer is None:
            self.write(")")
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - jinja's own name
        """Joined texts."""
        self.write("context.concat(")
        self._listed(node.nodes, frame)
        self.write(")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - likewise
        """A slice."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("context.cut(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(bound or nodes.Const(None), frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 - likewise
        """A list, which may hold lists."""
        self.write("context.budget.made([")
        self._listed(node.items, frame)
        self.write("])")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802 - likewise
        """The same in round brackets; on the left of a loop or a `set` it takes and makes nothing."""
        if node.ctx == "store":
            super().visit_Tuple(node, frame)
            return
        self.write("context.budget.made((")
        self._listed(node.items, frame)
        self.write("))")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - likewise
        """A mapping, likewise."""
        self.write("context.budget.made(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 - likewise
        """A search in a text or a list goes through all of it."""
        if len(node.ops) > 1 or node.ops[0].op not in {"in", "notin"}:
            super().visit_Compare(node, frame)
            return
        self.write("(not " if node.ops[0].op == "notin" else "(")
        self.write("context.within(")
        self.visit(node.ops[0].expr, frame)
        self.write(", ")
        self.visit(node.expr, frame)
        self.write("))")

    def _listed(self, items: Sequence[nodes.Expr], frame: Frame) -> None:
        for item in items:
            self.visit(item, frame)
            self.write(", ")


class Metered(PlainTemplate):
    """A template whose result is paid for piece by piece."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The filled template."""
        return "".join(self.generate(*args, **kwargs))

    def generate(self, *args: Any, **kwargs: Any) -> Iterator[str]:
        """The pieces of the filled template."""
        context = self.new_context(dict(*args, **kwargs))
        write = context.budget.write  # type: ignore[attr-defined] # a context of ours
        pieces = cast("Generator[str, None, None]", self.root_render_func(context))
        try:
            for piece in pieces:
                try:
                    write(len(piece) + piece.count("<") * _OF_MARKUP)
                except ExceededError as fault:
                    pieces.throw(fault)  # where it was printed, whose line is told
                yield piece
        except Exception:  # noqa: BLE001 - jinja gives the fault the line of the template and raises it again
            self.environment.handle_exception()


class LeanCode(MeteredCode):
    """Writes templates that print straight away: the escape of `printing` looks at what is no text."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What is printed outside macros and blocks is not wrapped."""
        if frame.buffer is None:
            CodeGenerator._output_child_pre(self, node, frame, finalize)  # noqa: SLF001 - as jinja does
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.buffer is None:
            CodeGenerator._output_child_post(self, node, frame, finalize)  # noqa: SLF001 - likewise
        else:
            super()._output_child_post(node, frame, finalize)


class Lean(PlainTemplate):
    """A template whose result is paid for many pieces at a time, at no place in particular."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The filled template."""
        context = self.new_context(dict(*args, **kwargs))
        pieces = cast("Generator[str, None, None]", self.root_render_func(context))
        write = context.budget.write  # type: ignore[attr-defined] # a context of ours
        kept: list[str] = []
        try:
            while some := list(islice(pieces, _AT_ONCE)):
                text = "".join(some)
                write(len(text) + text.count("<") * _OF_MARKUP)
                kept.append(text)
            return "".join(kept)
        except Exception:  # noqa: BLE001 - jinja gives the fault the line of the template and raises it again
            self.environment.handle_exception()


class _Rows:
    """What a loop goes through, with an eye on the clock."""

    __slots__ = ("_every", "_tick", "_values")

    def __init__(self, values: Sequence[Any], tick: Callable[[], None], every: int) -> None:
        self._values, self._tick, self._every = values, tick, every

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        every, tick = self._every, self._tick
        for number, value in enumerate(self._values):
            if not number % every:
                tick()
            yield value


@pass_context
def _counted(context: Counting, value: Any, weight: int) -> _Rows:
    """What a loop goes through: a list, a text or the pairs of a mapping, each round paid for."""
    rows = value if isinstance(value, list | tuple | str) else list(value)
    context.budget.step(1 + len(rows) * weight)
    return _Rows(rows, context.budget.tick, 1 + _BETWEEN_LOOKS // weight)


@pass_context
def _called(context: Counting, _: int, weight: int) -> None:
    """The beginning of a macro."""
    context.budget.step(weight)
    context.budget.tick()


class Sandbox(KeysFirst, ImmutableSandboxedEnvironment):
    """Refuses what grows without bound, when the template is read and when it is filled."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    context_class = Counting
    code_generator_class = MeteredCode
    template_class = Metered

    def __init__(self, *, autoescape: bool, trims: bool) -> None:
        super().__init__(
            autoescape=autoescape, undefined=StrictUndefined, trim_blocks=trims, lstrip_blocks=trims
        )
        allow(self)
        self.filters |= {COUNTED: _counted, CALLED: _called}
        # Nothing lazy: a template may not ask for a string or a list too large to hold.
        for name in ("range", "lipsum"):
            self.globals.pop(name, None)

    def parse(self, source: str, *args: Any, **kwargs: Any) -> nodes.Template:
        """The tree of a template.

        Raises:
            TemplateSyntaxError: It is none, or nested too deeply.
        """
        try:
            return super().parse(source, *args, **kwargs)
        except _UNREADABLE as fault:
            raise TemplateSyntaxError("nested too deeply", 1) from fault

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """A template whose loops end: nested over long texts they would not within a day."""
        key = (type(self), self.autoescape, self.trim_blocks, source, args, tuple(kwargs.items()))
        if key not in _compiled:
            if len(_compiled) >= _MOST_KEPT:
                _compiled.clear()
            try:
                tree = self.parse(source) if isinstance(source, str) else source
                Weighing(self).answered(tree)
                _compiled[key] = super().compile(tree, *args, **kwargs)
            except _UNREADABLE as fault:
                raise TemplateSyntaxError("nested too deeply", 1) from fault
        return _compiled[key]

    def wrap_str_format(self, _value: Any) -> None:
        """No formatting in jinja's safe way either: widths are not bounded there."""

    def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Macros, a few makers of lists and the methods on the list."""
        pay_for_call(context.budget, called, args)
        if isinstance(called, LoopContext):
            args = (_counted(context, args[0], _OF_RECURSION), *args[1:])
        made = super().call(context, called, *args, **kwargs)
        return made if isinstance(called, Macro | LoopContext) else context.budget.made(made)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers up to a size, and lists or texts put behind each other."""
        if all(isinstance(one, int | float) for one in (left, right)):
            if operator == "**" and _digits(left) * abs(right) > LARGEST_NUMBER.bit_length():
                raise ExceededError("digits")
            return context.budget.made(super().call_binop(context, operator, left, right))
        if operator == "+" and isinstance(left, list | tuple):
            context.budget.step(len(left) + (len(right) if hasattr(right, "__len__") else 0))
            return super().call_binop(context, operator, left, right)  # no deeper than its halves
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            context.budget.grow(len(left) + len(right))
        elif operator != "-" or isinstance(left, str):
            raise SecurityError(f"operator {operator}")
        return context.budget.made(super().call_binop(context, operator, left, right))


class LeanSandbox(TagByTag, Sandbox):
    """The same for templates whose faults another way will place: as strict, and faster.

    Nothing but escaped values may be printed in it.
    """

    code_generator_class = LeanCode
    template_class = Lean

    def __init__(self, *, autoescape: bool, trims: bool) -> None:
        super().__init__(autoescape=autoescape, trims=trims)
        # Constants worked out beforehand are few, and each expression is gone through for them.
        self.optimized = False


def _digits(number: float) -> int:
    """The bits of a whole number; of any other one, which cannot grow, none."""
    return number.bit_length() if isinstance(number, int) else 0
