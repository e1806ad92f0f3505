"""Tags in reading order: what opens and closes where, and in which scope names are read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from generator.word.names import ANY, LOOP, Name, nearest
from generator.word.render import environment
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.word.names import Reader
    from generator.word.tags import Tag

_OPENERS = ("if", "for", "set", "with", "filter", "macro", "call", "raw")
_ENDS = {word: f"end{word}" for word in _OPENERS}
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_IN_CELLS = {"cellbg": True, "colspan": True, "vm": False, "hm": False}
"""docxtpl's own tags, and whether an expression follows."""
_WORDS = (*_OPENERS, *_ENDS.values(), *_MIDDLES, *_IN_CELLS)
_SCOPED = {"for", "with", "macro", "call"}
_WORD = re.compile(r"(\w*)\s*(.*)", re.DOTALL)

Fault = tuple["Tag", str, "Mapping[str, str]"]


@cache
def _parsed(source: str) -> nodes.Template | str:
    """The tree of a piece of template, or what jinja says against it."""
    try:
        return environment().parse(source)
    except TemplateSyntaxError as fault:
        return fault.message or "syntax"


class Blocks:
    """Takes the tags of one part one after another and collects faults.

    Args:
        reader: Judges the expressions; holds the scopes.
    """

    def __init__(self, reader: Reader) -> None:
        self.faults: list[Fault] = []
        self._reader = reader
        self._open: list[tuple[str, Tag]] = []

    def take(self, tag: Tag) -> None:
        """One tag."""
        word, rest = _split(tag)
        if self._is_raw() and word != "endraw":
            return
        if tag.mark == "{#" or not self._stands_well(tag):
            if tag.mark == "{%":
                self._follow(tag, word, rest)
            return
        if tag.mark == "{{":
            self._print(tag, tag.body)
        elif word in _IN_CELLS:
            self._in_cell(tag, word, rest)
        elif word not in _WORDS:
            self._fault(tag, "TP-115", name=word, nearest=nearest(word, _WORDS))
        else:
            self._follow(tag, word, rest)

    def finish(self) -> None:
        """The end of the part: whatever is still open was never closed."""
        for word, tag in self._open:
            self._fault(tag, "TP-107", end=_like(tag, _ENDS[word]))

    def _is_raw(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "raw"

    def _stands_well(self, tag: Tag) -> bool:
        """Whether the tag stands where docxtpl can read it."""
        before = len(self.faults)
        if tag.element is not tag.last and _carrier(tag.element) is not _carrier(tag.last):
            self._fault(tag, "TP-106")
        if tag.prefix:
            host = tag.host
            if host is None:
                self._fault(tag, "TP-111")
            elif tag.prefix != "r":
                whole = "".join(one.text or "" for one in host.iter(f"{W}t"))
                lost = whole.replace(tag.text, "", 1).strip()
                if lost:
                    self._fault(tag, "TP-112", lost=lost[:60])
            if re.search(r"[%}]", tag.body):
                self._fault(tag, "TP-113", detail="% }")
        return len(self.faults) == before

    def _follow(self, tag: Tag, word: str, rest: str) -> None:
        """Opening, middle and closing tags."""
        if word in _MIDDLES:
            self._middle(tag, word, rest)
        elif word in _ENDS.values():
            self._close(tag, word)
        elif word in _OPENERS:
            self._begin(tag, word, rest)

    def _begin(self, tag: Tag, word: str, rest: str) -> None:
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

    def _scope(self, tag: Tag, opened: nodes.Node | None) -> dict[str, Name]:
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
            scope = {one.name: ANY for one in opened.args}
        self._report(tag)
        return scope

    def _loop(self, tag: Tag, opened: nodes.For) -> dict[str, Name]:
        """The names that hold inside a loop."""
        listed = self._reader.read(opened.iter)
        if listed.kind in {"value", "group"}:
            self._fault(tag, "TP-118", name=listed.path or tag.body)
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

    def _middle(self, tag: Tag, word: str, rest: str) -> None:
        if not self._open or self._open[-1][0] not in _MIDDLES[word]:
            self._fault(tag, "TP-108")
            return
        self._pair(self._open[-1][1], tag)
        if word == "elif":
            tree = self._tree(tag, f"{{% if {rest} %}}{{% endif %}}")
            self._scope(tag, tree.body[0] if tree else None)

    def _close(self, tag: Tag, word: str) -> None:
        opener = word.removeprefix("end")
        if opener not in [one for one, _ in self._open]:
            self._fault(tag, "TP-108")
            return
        while True:
            last, opened = self._open.pop()
            if last in _SCOPED:
                self._reader.scopes.pop()
            if last == opener:
                self._pair(opened, tag)
                return
            self._fault(opened, "TP-107", end=_like(opened, _ENDS[last]))

    def _pair(self, opened: Tag, other: Tag) -> None:
        """Two tags of one block must be of one kind and stand at one level."""
        where = {"other": other.text, "other_place": other.place}
        if opened.prefix != other.prefix or opened.is_attribute != other.is_attribute:
            self._fault(opened, "TP-109", **where)
        elif opened.prefix:
            hosts = opened.host, other.host
            if None not in hosts and _parent(hosts[0]) is not _parent(hosts[1]):
                self._fault(opened, "TP-109", **where)
        elif opened.paragraph is not other.paragraph:
            self._fault(opened, "TP-110", **where, better=_better(opened, other))
        elif _carrier(opened.element) is not _carrier(other.element):
            self._fault(opened, "TP-109", **where)

    def _in_cell(self, tag: Tag, word: str, rest: str) -> None:
        if tag.prefix or tag.is_attribute or ancestor(tag.element, f"{W}tc") is None:
            self._fault(tag, "TP-111")
        if _IN_CELLS[word]:
            self._print(tag, rest)

    def _print(self, tag: Tag, expression: str) -> None:
        tree = self._tree(tag, f"{{{{ {expression} }}}}")
        output = tree.body[0] if tree and tree.body else None
        if not isinstance(output, nodes.Output):
            return
        before = set(self._reader.used)
        self._reader.used.clear()
        for node in output.nodes:
            value = self._reader.read(node)
            if value.kind in {"list", "group"}:
                self._fault(tag, "TP-116", name=value.path or tag.body)
        self._reader.printed |= self._reader.used
        self._reader.used |= before
        self._report(tag)

    def _tree(self, tag: Tag, source: str) -> nodes.Template | None:
        found = _parsed(source)
        if isinstance(found, str):
            self._fault(tag, "TP-113", detail=found)
            return None
        return found

    def _report(self, tag: Tag) -> None:
        """Turn what the reader found into faults of the tag."""
        for one in self._reader.findings:
            self._fault(tag, one.code, name=one.name, nearest=one.nearest)
        self._reader.findings.clear()

    def _fault(self, tag: Tag, code: str, **args: str) -> None:
        self.faults.append((tag, code, args))


def _split(tag: Tag) -> tuple[str, str]:
    match = _WORD.match(tag.body)
    return (match[1], match[2]) if match and tag.mark == "{%" else ("", "")


def _carrier(element: object) -> object:
    """What holds the run of a text element, or the element itself outside runs."""
    run = ancestor(element, f"{W}r")  # type: ignore[arg-type] # an element, as all callers pass
    return element if run is None else run.getparent()


def _parent(element: object) -> object:
    return element.getparent()  # type: ignore[attr-defined] # an element, as the caller has tested


def _like(tag: Tag, word: str) -> str:
    """A tag of the same kind with another word."""
    return f"{{%{tag.prefix} {word} %}}"


def _better(opened: Tag, other: Tag) -> str:
    """The kind of tag that may open in one place and close in another."""
    cells = [ancestor(tag.element, f"{W}tc") for tag in (opened, other)]
    rows = [ancestor(tag.element, f"{W}tr") for tag in (opened, other)]
    if None in cells or cells[0] is cells[1]:
        return "{%p … %}"
    return "{%tc … %}" if rows[0] is rows[1] else "{%tr … %}"
