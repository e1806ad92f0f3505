"""The filters, tests and methods that templates may use, each of which pays for what it makes.

A list of what is allowed: what jinja adds tomorrow is outside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.tests import TESTS
from jinja2.utils import Cycler, Joiner, Namespace

from generator.templating.budget import LONGEST, Budget, ExceededError, is_plain

Cost = Callable[..., None]
_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "forceescape", "groupby", "int", "items", "join", "last", "length", "list", "lower", "map",
    "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr",
    "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
    "wordwrap",
)  # fmt: skip
_TESTS = (
    "!=", "<", "<=", "==", ">", ">=", "boolean", "defined", "divisibleby", "eq", "equalto", "even",
    "false", "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan",
    "lower", "lt", "mapping", "ne", "none", "number", "odd", "sameas", "sequence", "string", "true",
    "undefined", "upper",
)  # fmt: skip
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        {
            "capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha",
            "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper",
            "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace",
            "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith",
            "strip", "swapcase", "title", "upper",
        }
    ),
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    LoopContext: frozenset({"changed", "cycle"}),
    Cycler: frozenset({"next", "reset"}),
}  # fmt: skip
_FREE = frozenset({"d", "default"})
"""Filters that look into nothing and make nothing: they give back one of two values."""
_PICKING = frozenset({
    "first", "last", "list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort",
    "unique",
})  # fmt: skip
"""Filters that give back what they were given, or some of it in another order."""
_LONGEST_WRAPPED = 100_000
"""Characters; longer texts are no lines that somebody reads."""
_MOST_DIGITS = 15
"""Of a rounded number, or of a text that is read as one: a float holds no more."""


def _replaced(budget: Budget, text: Any, old: Any = "", new: Any = "", *_: Any, **__: Any) -> None:
    text, old, new = str(text), str(old), str(new)
    budget.grow(len(text) + text.count(old) * len(new))


def _joined(budget: Budget, pieces: Any, between: Any = "", *_: Any, **__: Any) -> None:
    length = 0
    for piece in pieces:
        if not is_plain(piece) and not isinstance(piece, Undefined):
            raise SecurityError("join of lists")
        length += len(str(piece)) + len(str(between))
        if length > LONGEST:
            break
    budget.grow(length)


def _rounded(_: Budget, _value: Any, precision: Any = 0, *__: Any, **___: Any) -> None:
    if abs(int(precision)) > _MOST_DIGITS:
        raise ExceededError("digits")


def _read(_: Budget, value: Any, *__: Any, **___: Any) -> None:
    if isinstance(value, str) and len(value) > 4 * _MOST_DIGITS:
        raise ExceededError("digits")


def _summed(_: Budget, _values: Any, attribute: Any = None, start: Any = 0) -> None:
    del attribute
    if not isinstance(start, int | float):
        raise SecurityError("sum of what is no number")


def _cut(budget: Budget, _text: Any, *given: Any, **named: Any) -> None:
    budget.grow(sum(len(one) for one in (*given, *named.values()) if isinstance(one, str)))


_COSTS: Mapping[str, Cost] = {
    "float": _read, "int": _read, "join": _joined, "replace": _replaced, "round": _rounded,
    "sum": _summed, "truncate": _cut,
}  # fmt: skip


def allow(environment: Environment) -> None:
    """Leave the environment nothing but what templates may use."""
    environment.filters = {
        name: FILTERS[name] if name in _FREE else _paying(name) for name in _FILTERS
    }
    environment.filters["wordwrap"] = _wrapped
    environment.tests = {name: TESTS[name] for name in _TESTS}


def _paying(name: str) -> Callable[..., Any]:
    """A filter of jinja that pays before it works and for what it has made."""
    work, cost = FILTERS[name], _COSTS.get(name)
    kind = getattr(work, "jinja_pass_arg", None)
    wants = {"context": "", "eval_context": "eval_ctx", "environment": "environment"}
    passed = wants.get(kind.name) if kind is not None else None

    @pass_context
    def paying(context: Any, value: Any, *given: Any, **named: Any) -> Any:
        budget: Budget = context.budget
        value = _looked_at(budget, value)
        if name == "join" and (by := _attribute(given, named)) is not None:
            value = list(map(make_attrgetter(context.environment, by), value))
            given, named = given[:1], {key: one for key, one in named.items() if key == "d"}
        if cost is not None:
            pieces = {"between": named["d"]} if name == "join" and "d" in named else named
            cost(budget, value, *given, **pieces)
        first = () if passed is None else (getattr(context, passed) if passed else context,)
        made = work(*first, value, *given, **named)
        is_listed = isinstance(made, Iterable) and not isinstance(made, Sized)
        if is_listed:
            made = _listed(budget, made)
        if name in _PICKING and not isinstance(made, str | int):
            # What was picked was there before, and is no deeper for it.
            budget.step(len(made) if isinstance(made, list) else 1)
            return made
        return budget.made(made)

    return paying


def _attribute(given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
    """The attribute by which `join` takes its pieces."""
    return given[1] if len(given) > 1 else named.get("attribute")


def _looked_at(budget: Budget, value: Any) -> Any:
    """A value that a filter goes through once, paid for."""
    budget.tick()
    if isinstance(value, Undefined):
        return value
    if isinstance(value, Sized):
        budget.step(1 + (len(value) >> 4 if isinstance(value, str) else len(value)))
    elif isinstance(value, Iterable):
        return _listed(budget, value)
    return value


def _listed(budget: Budget, values: Iterable[Any]) -> list[Any]:
    kept = []
    for value in values:
        budget.step()
        kept.append(value)
    return kept


@pass_context
def _wrapped(
    context: Any,
    text: str,
    width: int = 79,
    break_long_words: bool = True,  # noqa: FBT001, FBT002 - jinja's own signature
    wrapstring: str | None = None,
    break_on_hyphens: bool = True,  # noqa: FBT001, FBT002 - likewise
) -> str:
    """Jinja's `wordwrap`, which pays for each line before the lines are joined."""
    budget: Budget = context.budget
    between = context.environment.newline_sequence if wrapstring is None else wrapstring
    if len(text) > _LONGEST_WRAPPED:
        raise ExceededError("text")
    work = FILTERS["wordwrap"]
    lines = work(
        context.environment, text, int(width), break_long_words, "\n", break_on_hyphens
    ).split("\n")
    budget.step(len(lines) + (len(text) >> 4))
    budget.grow(sum(map(len, lines)) + len(lines) * len(between))
    budget.tick()
    return str(between).join(lines) if type(text) is str else text.__class__(between).join(lines)


def pay_for_call(budget: Budget, called: Any, given: tuple[Any, ...]) -> None:
    """See that something may be called, and pay for it.

    Raises:
        SecurityError: It is neither a macro nor a method on the list.
    """
    budget.step()
    if isinstance(called, Macro | LoopContext | Joiner) or called in {dict, Namespace}:
        return
    owner: Any = getattr(called, "__self__", None)
    name = getattr(called, "__name__", "")
    kind = next((one for one in _METHODS if isinstance(owner, one)), None)
    if kind is None or name not in _METHODS[kind]:
        raise SecurityError(f"call of {name or type(called).__name__}")
    if kind is str:
        budget.tick()
        budget.step(len(owner) >> 4)
        if name == "join" and given:
            _joined(budget, given[0], owner)
        elif name == "replace" and len(given) > 1:
            _replaced(budget, owner, *given[:2])
    elif kind in {dict, list, tuple}:
        budget.step(len(owner))
