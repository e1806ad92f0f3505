"""A template read tag by tag, each text once: what a document says it says in a thousand cells.

What comes of it is the tree that jinja's own parser makes. A template that says more than prints,
`if`, `for` and `set` is left to that parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.templating.tags import WHOLE

_TAGS = re.compile(f"({WHOLE})", re.DOTALL)
_ODD = re.compile(r"[\r\n]|\{(?:[{%#]|\Z)")
"""What jinja makes something else of than data."""
_STATEMENT = re.compile(r"\{%\s*(\w+)\b\s*(.*?)\s*%\}", re.DOTALL)
_NAMES = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*")
_WORDS = {"and", "else", "false", "if", "in", "is", "none", "not", "or", "true"}
"""What is no name of a field."""
_MOST_KEPT = 10_000
"""Texts of tags that are kept at a time."""


class _OtherError(Exception):
    """Something that jinja's own parser has to read."""


class _Said(NamedTuple):
    """What a tag says: its word, and what it prints, tests, goes through or sets."""

    word: str
    """Empty for a tag that prints."""
    node: nodes.Node | None = None


class TagByTag(Environment):
    """Reads templates whose lines nobody asks for."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type] # jinja's own
        self._said: dict[str, _Said] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree of a template."""
        pieces = _TAGS.split(source)
        if any(map(_ODD.search, pieces[::2])) or self.trim_blocks or self.lstrip_blocks:
            return super()._parse(source, name, filename)
        try:
            body = _Body(self)
            for data, tag in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
                if data:
                    body.show(nodes.TemplateData(data, lineno=1, environment=self))
                if tag:
                    body.take(self._of(tag))
            return nodes.Template(body.finished(), lineno=1, environment=self)
        except (_OtherError, TemplateSyntaxError):
            return super()._parse(source, name, filename)

    def _of(self, tag: str) -> _Said:
        if tag not in self._said:
            if len(self._said) >= _MOST_KEPT:
                self._said.clear()
            self._said[tag] = self._read(tag)
        return self._said[tag]

    def _read(self, tag: str) -> _Said:
        """A tag; one of more than names by jinja's own parser, whatever closes it behind it."""
        if tag[2] in "-+" or tag[-3] in "-+":
            raise _OtherError
        if tag.startswith("{{"):
            shown = self._named(tag[2:-2].strip())
            return _Said("", shown or self._body_of(tag)[0].nodes[0])  # type: ignore[attr-defined] # a tag that prints
        found = _STATEMENT.fullmatch(tag)
        word, rest = found.groups() if found else ("", "")
        if word in {"else", "endif", "endfor"} and not rest:
            return _Said(word)
        if word == "set" and "=" in rest:
            return _Said(word, *self._body_of(tag))
        if word in {"if", "elif"}:
            if test := self._named(rest):
                return _Said(word, nodes.If(test, [], [], [], lineno=1, environment=self))
            return _Said(word, *self._body_of(f"{{% if {rest} %}}{{% endif %}}"))
        if word == "for":
            return _Said(word, *self._body_of(f"{tag}{{% endfor %}}"))
        raise _OtherError

    def _named(self, text: str) -> nodes.Expr | None:
        """Names with points between, which is most of what tags say; None for anything else."""
        first, *inner = text.split(".")
        if not _NAMES.fullmatch(text) or first in _WORDS:
            return None
        made: nodes.Expr = nodes.Name(first, "load", lineno=1, environment=self)
        for name in inner:
            made = nodes.Getattr(made, name, "load", lineno=1, environment=self)
        return made

    def _body_of(self, source: str) -> Sequence[nodes.Node]:
        return super()._parse(source, None, None).body


class _Body:
    """The statements of a template as they come."""

    def __init__(self, own: Environment) -> None:
        self._own = own
        self._statements: list[nodes.Node] = []
        """Of the innermost block."""
        self._shown: list[nodes.Expr] = []
        """Data and prints that stand in a row."""
        self._open: list[tuple[nodes.If | nodes.For, list[nodes.Node]]] = []
        """Blocks that have begun, each with the statements that it stands among."""

    def show(self, one: nodes.Expr) -> None:
        """Data, or what is printed."""
        if not self._shown:
            self._statements.append(nodes.Output(self._shown, lineno=1, environment=self._own))
        self._shown.append(one)

    def take(self, said: _Said) -> None:
        """A tag."""
        node = said.node
        if not said.word:
            self.show(node)  # type: ignore[arg-type] # what is printed is an expression
            return
        self._shown = []
        if isinstance(node, nodes.If):
            one = nodes.If(node.test, [], [], [], lineno=1, environment=self._own)
            if said.word == "if":
                self._begin(one)
            else:
                self._block(nodes.If).elif_.append(one)  # type: ignore[union-attr] # no loop
                self._statements = one.body
        elif isinstance(node, nodes.For):
            rest = node.test, node.recursive
            self._begin(
                nodes.For(node.target, node.iter, [], [], *rest, lineno=1, environment=self._own)
            )
        elif node is not None:
            self._statements.append(node)
        elif said.word == "else":
            self._statements = self._block(nodes.If, nodes.For).else_
        else:
            self._end(nodes.If if said.word == "endif" else nodes.For)

    def _begin(self, block: nodes.If | nodes.For) -> None:
        self._statements.append(block)
        self._open.append((block, self._statements))
        self._statements = block.body

    def _block(self, *kinds: type[nodes.If | nodes.For]) -> nodes.If | nodes.For:
        """The block that is open, before its `else`."""
        block = self._open[-1][0] if self._open else None
        if not isinstance(block, kinds) or self._statements is block.else_:
            raise _OtherError
        return block

    def _end(self, kind: type[nodes.If | nodes.For]) -> None:
        block, around = self._open.pop() if self._open else (None, [])
        if not isinstance(block, kind):
            raise _OtherError
        self._statements = around

    def finished(self) -> list[nodes.Node]:
        """All of them."""
        if self._open:
            raise _OtherError
        return self._statements
