"""Tags in reading order: what opens and closes, and in which scope names are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from jinja2 import TemplateSyntaxError, nodes

from generator.codes import Code
from generator.templating.names import ANY, LOOP, Name, Reader, nearest
from generator.templating.sandbox import environment

if TYPE_CHECKING:
    from generator.templating.tags import Tag

_OPENERS = ("if", "for", "set", "with", "filter", "macro", "call", "raw")
_ENDS = {word: f"end{word}" for word in _OPENERS}
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_WORDS = (*_OPENERS, *_ENDS.values(), *_MIDDLES)
_IN_MACROS = ("caller", "varargs", "kwargs")
"""What jinja gives to a macro beside its own arguments."""
_SCOPED = {"for", "with", "macro", "call"}
_WORD = re.compile(r"(\w*)\s*(.*)", re.DOTALL)

T = TypeVar("T", bound="Tag")


@cache
def _parsed(source: str) -> nodes.Template | str:
    """The tree of a piece of template, or what jinja says against it."""
    try:
        return environment().parse(source)
    except TemplateSyntaxError as fault:
        return fault.message or "syntax"


class Blocks(Generic[T]):
    """Takes the tags of one part one after another and collects faults.

    Args:
        reader: Judges the expressions; holds the scopes.
    """

    own_words: tuple[str, ...] = ()
    """Tags that only this kind of file knows."""

    def __init__(self, reader: Reader) -> None:
        self.faults: list[tuple[T, str, Mapping[str, str]]] = []
        """Tag, code and arguments of each fault."""
        self._reader = reader
        self._open: list[tuple[str, T]] = []

    def take(self, tag: T) -> None:
        """One tag."""
        word, rest = _split(tag)
        if self._is_raw() and word != "endraw":
            return
        if tag.mark == "{#" or not self._stands_well(tag):
            if tag.mark == "{%":
                self._follow(tag, word, rest)
            return
        if tag.mark == "{{":
            self.print_(tag, tag.body)
        elif self._takes_itself(tag, word, rest):
            return
        elif word not in _WORDS:
            known = (*_WORDS, *self.own_words)
            self.fault(tag, Code.TAG_NOT_ALLOWED, name=word, nearest=nearest(word, known))
        else:
            self._follow(tag, word, rest)

    def finish(self) -> None:
        """The end of the part: whatever is still open was never closed."""
        for word, tag in self._open:
            self.fault(tag, Code.BLOCK_OPEN, end=_like(tag, _ENDS[word]))

    def _is_raw(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "raw"

    def _stands_well(self, _tag: T) -> bool:
        """Whether the tag stands where it can be read."""
        return True

    def _pair(self, opened: T, other: T) -> None:
        """See that two tags of one block fit each other where they stand."""

    def _takes_itself(self, _tag: T, _word: str, _rest: str) -> bool:
        """Whether it is one of the tags that only this kind of file knows, and has been read."""
        return False

    def _follow(self, tag: T, word: str, rest: str) -> None:
        """Opening, middle and closing tags."""
        if word in _MIDDLES:
            self._middle(tag, word, rest)
        elif word in _ENDS.values():
            self._close(tag, word)
        elif word in _OPENERS:
            self._begin(tag, word, rest)

    def _begin(self, tag: T, word: str, rest: str) -> None:
        is_single = word == "set" and "=" in rest
        end = "" if is_single else f"{{% {_ENDS[word]} %}}"
        tree = self._tree(tag, f"{{% {word} {rest} %}}{end}")
        opened = tree.body[0] if tree and tree.body else None
        scope = self._scope(tag, opened)
        if is_single:
            return
        self._open.append((word, tag))
        if word in _SCOPED:
            self._reader.scopes.append(scope)

    def _scope(self, tag: T, opened: nodes.Node | None) -> dict[str, Name]:
        """Read what an opening tag says; the names that hold inside it."""
        reader = self._reader
        scope: dict[str, Name] = {}
        if isinstance(opened, nodes.For):
            scope = self._loop(tag, opened)
        elif isinstance(opened, nodes.If | nodes.CallBlock | nodes.FilterBlock):
            read = {"If": "test", "CallBlock": "call", "FilterBlock": "filter"}
            reader.read(getattr(opened, read[type(opened).__name__]))
            scope = {one.name: ANY for one in getattr(opened, "args", ())}
        elif isinstance(opened, nodes.Assign):
            reader.bind(opened.target, reader.read(opened.node))
        elif isinstance(opened, nodes.AssignBlock):
            reader.bind(opened.target, ANY)
        elif isinstance(opened, nodes.With):
            for target, value in zip(opened.targets, opened.values, strict=True):
                self._bind_in(scope, target, reader.read(value))
        elif isinstance(opened, nodes.Macro):
            reader.scopes[-1][opened.name] = ANY
            scope = dict.fromkeys((*(one.name for one in opened.args), *_IN_MACROS), ANY)
        self._report(tag)
        return scope

    def _loop(self, tag: T, opened: nodes.For) -> dict[str, Name]:
        """The names that hold inside a loop."""
        listed = self._reader.read(opened.iter)
        if listed.kind in {"value", "group"}:
            self.fault(tag, Code.LOOP_OVER_NO_LIST, name=listed.path or tag.body)
        scope = {"loop": LOOP}
        self._bind_in(scope, opened.target, listed.item or ANY)
        if opened.test:
            self._reader.scopes.append(scope)
            self._reader.read(opened.test)
            self._reader.scopes.pop()
        return scope

    def _bind_in(self, scope: dict[str, Name], target: nodes.Node, value: Name) -> None:
        self._reader.scopes.append(scope)
        self._reader.bind(target, value)
        self._reader.scopes.pop()

    def _middle(self, tag: T, word: str, rest: str) -> None:
        if not self._open or self._open[-1][0] not in _MIDDLES[word]:
            self.fault(tag, Code.BLOCK_NOT_OPEN)
            return
        self._pair(self._open[-1][1], tag)
        if word == "elif":
            tree = self._tree(tag, f"{{% if {rest} %}}{{% endif %}}")
            self._scope(tag, tree.body[0] if tree else None)

    def _close(self, tag: T, word: str) -> None:
        opener = word.removeprefix("end")
        if opener not in [one for one, _ in self._open]:
            self.fault(tag, Code.BLOCK_NOT_OPEN)
            return
        while True:
            last, opened = self._open.pop()
            if last in _SCOPED:
                self._reader.scopes.pop()
            if last == opener:
                self._pair(opened, tag)
                return
            self.fault(opened, Code.BLOCK_OPEN, end=_like(opened, _ENDS[last]))

    def print_(self, tag: T, expression: str) -> None:
        """Read what a tag prints."""
        tree = self._tree(tag, f"{{{{ {expression} }}}}")
        output = tree.body[0] if tree and tree.body else None
        if not isinstance(output, nodes.Output):
            return
        before = set(self._reader.used)
        self._reader.used.clear()
        for node in output.nodes:
            value = self._reader.read(node)
            if value.kind in {"list", "group"}:
                self.fault(tag, Code.SEVERAL_PRINTED_AS_ONE, name=value.path or tag.body)
        self._reader.printed |= self._reader.used
        self._reader.used |= before
        self._report(tag)

    def _tree(self, tag: T, source: str) -> nodes.Template | None:
        found = _parsed(source)
        if isinstance(found, str):
            self.fault(tag, Code.EXPRESSION_UNREADABLE, detail=found)
            return None
        return found

    def _report(self, tag: T) -> None:
        """Turn what the reader found into faults of the tag."""
        for one in self._reader.findings:
            self.fault(tag, one.code, name=one.name, nearest=one.nearest)
        self._reader.findings.clear()

    def fault(self, tag: T, code: str, **args: str) -> None:
        """Note a fault of a tag."""
        self.faults.append((tag, code, args))


def _split(tag: Tag) -> tuple[str, str]:
    match = _WORD.match(tag.body)
    return (match[1], match[2]) if match and tag.mark == "{%" else ("", "")


def _like(tag: Tag, word: str) -> str:
    """A tag of the same kind with another word."""
    return f"{{%{tag.prefix} {word} %}}"
