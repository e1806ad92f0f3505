"""The names a template may use as a tree, and what an expression of a template stands for.

Also here: values of the right kinds for every declared name: what a template is tried with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, nodes
from msgspec import Struct, field

from generator.codes import Code

if TYPE_CHECKING:
    from generator.model import Field


_ROWS = 2
_VALUES: Mapping[str, Any] = {"flag": True, "number": 1, "list": ["text"] * _ROWS}


class Name(Struct):
    """What a name holds: further names, a list, a value, or something nobody can know."""

    kind: str
    """`group`, `list`, `value` or `any`."""
    path: str = ""
    children: dict[str, Name] = field(default_factory=dict)
    item: Name | None = None


ANY = Name("any")
_VALUE = Name("value")
_LOOP = (
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem",
    "depth", "depth0", "cycle", "changed",
)  # fmt: skip
LOOP = Name("group", "loop", dict.fromkeys(_LOOP, ANY))
_SAME_LIST = {"sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"}
_ONE_OF = {"first", "last", "random", "min", "max"}
_BY_ATTRIBUTE = {"selectattr", "rejectattr", "groupby"}


def name_tree(fields: Iterable[Field]) -> Name:
    """The declared paths as a tree."""
    root = Name("group")
    for one in fields:
        # A kind of row is what the `variant` of a row may say.
        path = re.sub("#.*", "[].variant", one.path)
        _place(root, path, is_list=one.type in {"list", "table"})
    return root


def _place(root: Name, path: str, *, is_list: bool) -> None:
    at, walked = root, ""
    steps = path.split(".")
    for number, step in enumerate(steps):
        name, depth = step.rstrip("[]"), step.count("[]")
        walked = f"{walked}.{name}" if walked else name
        at.kind = "group" if at.kind == "value" else at.kind
        at = at.children.setdefault(name, Name("value", walked))
        for _ in range(depth):
            walked += "[]"
            at.kind = "list"
            at.item = at.item or Name("value", walked)
            at = at.item
        if is_list and number == len(steps) - 1:
            at.kind = "list"
            at.item = at.item or Name("value", f"{walked}[]")


class Finding(Struct):
    """A fault of an expression: a code and its arguments."""

    code: str
    name: str
    nearest: str = ""


class Reader:
    """Reads expressions against scopes of names and collects what is wrong.

    Args:
        fields: The tree of declared names.
        environment: Knows filters, tests and the names that every template has.
    """

    def __init__(self, fields: Name, environment: Environment) -> None:
        self.scopes: list[dict[str, Name]] = [dict.fromkeys(environment.globals, ANY)]
        self.scopes.append(dict(fields.children))
        self.findings: list[Finding] = []
        self.used: set[str] = set()
        self.printed: set[str] = set()
        """Paths of the fields that the template prints."""
        self._environment = environment
        self._is_guarded = False
        self._readers: Mapping[type[nodes.Node], Callable[..., Name]] = {
            nodes.Name: self._name,
            nodes.Getattr: self._attribute,
            nodes.Getitem: self._item,
            nodes.Filter: self._filter,
            nodes.Test: self._test,
            nodes.Call: self._call,
            nodes.CondExpr: self._either,
            nodes.Or: self._either,
            nodes.And: self._either,
        }

    def read(self, node: nodes.Node) -> Name:
        """What an expression stands for; faults are added to `findings`."""
        known = self._readers.get(type(node))
        if known:
            return known(node)
        for child in node.iter_child_nodes():
            self.read(child)
        return ANY if isinstance(node, nodes.List | nodes.Tuple | nodes.Dict) else _VALUE

    def bind(self, target: nodes.Node, value: Name) -> None:
        """Give a loop or set target its name in the innermost scope."""
        if isinstance(target, nodes.Name):
            self.scopes[-1][target.name] = value
        elif isinstance(target, nodes.NSRef):
            space = self._name(nodes.Name(target.name, "load"))
            if space.kind == "group":
                space.children.setdefault(target.attr, ANY)
        else:
            for child in target.iter_child_nodes():
                self.bind(child, ANY)

    def _known(self, name: str) -> Name | None:
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def _name(self, node: nodes.Name) -> Name:
        found = self._known(node.name)
        if found is None:
            names = dict.fromkeys(name for scope in reversed(self.scopes) for name in scope)
            self._unknown(node.name, node.name, names, "")
            return ANY
        self.used.add(found.path)
        return found

    def _attribute(self, node: nodes.Getattr) -> Name:
        return self._child(self.read(node.node), node.attr, written(node))

    def _item(self, node: nodes.Getitem) -> Name:
        base = self.read(node.node)
        if isinstance(node.arg, nodes.Slice) and base.kind == "list":
            for bound in filter(None, (node.arg.start, node.arg.stop, node.arg.step)):
                self.read(bound)
            return base
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._child(base, node.arg.value, written(node))
        self.read(node.arg)
        return base.item if base.kind == "list" and base.item else ANY

    def _child(self, base: Name, attribute: str, whole: str) -> Name:
        if base.kind == "any":
            return ANY
        owner: type = {"list": list, "group": dict}.get(base.kind, str)
        if attribute in base.children:
            self.used.add(base.children[attribute].path)
            return base.children[attribute]
        if not attribute.startswith("_") and hasattr(owner, attribute):
            return ANY
        of_row = base.item.children if base.kind == "list" and base.item else {}
        if attribute in of_row and not self._is_guarded:
            self.findings.append(Finding(Code.LIST_OUTSIDE_LOOP, whole.rpartition(".")[0]))
            return ANY
        self._unknown(whole, attribute, base.children or of_row, whole[: -len(attribute)])
        return ANY

    def _unknown(self, whole: str, name: str, known: Iterable[str], before: str) -> None:
        if not self._is_guarded:
            close = nearest(name, known)
            self.findings.append(
                Finding(Code.FIELD_UNKNOWN, whole, f"{before}{close}" if close else "")
            )

    def _filter(self, node: nodes.Filter) -> Name:
        was_guarded = self._is_guarded
        self._is_guarded = was_guarded or node.name in {"default", "d"}
        base = self.read(node.node) if node.node else ANY
        self._is_guarded = was_guarded
        for given in (*node.args, *node.kwargs):
            self.read(given)
        if node.name not in self._environment.filters:
            close = nearest(node.name, self._environment.filters)
            self.findings.append(Finding(Code.FILTER_UNKNOWN, node.name, close))
            return ANY
        self._named_attribute(node, base)
        if node.name in _SAME_LIST:
            return base if base.kind == "list" else ANY
        if node.name in _ONE_OF:
            return base.item or ANY
        return base if node.name in {"default", "d"} else ANY

    def _named_attribute(self, node: nodes.Filter, base: Name) -> None:
        """`map(attribute="name")` and its like name a field of the list's rows."""
        given: list[nodes.Node] = [one.value for one in node.kwargs if one.key == "attribute"]
        given += node.args[:1] if node.name in _BY_ATTRIBUTE else []
        for one in given:
            is_text = isinstance(one, nodes.Const) and isinstance(one.value, str)
            if is_text and base.item and base.item.kind == "group":
                at = base.item
                for step in str(one.value).split("."):  # type: ignore[attr-defined] # a Const, as tested
                    at = self._child(at, step, f"{base.path}[].{step}")

    def _test(self, node: nodes.Test) -> Name:
        was_guarded = self._is_guarded
        self._is_guarded = was_guarded or node.name in {"defined", "undefined"}
        self.read(node.node)
        self._is_guarded = was_guarded
        for given in node.args:
            self.read(given)
        if node.name not in self._environment.tests:
            close = nearest(node.name, self._environment.tests)
            self.findings.append(Finding(Code.FILTER_UNKNOWN, node.name, close))
        return _VALUE

    def _call(self, node: nodes.Call) -> Name:
        self.read(node.node)
        given = {one.key: self.read(one.value) for one in node.kwargs}
        for one in node.args:
            self.read(one)
        makes = node.node.name if isinstance(node.node, nodes.Name) else ""
        if makes in {"dict", "namespace"} and not node.args:
            return Name("group", "", given)
        return ANY

    def _either(self, node: nodes.Node) -> Name:
        """One of two values: known only where both are of one kind."""
        found = [self.read(child) for child in node.iter_child_nodes()]
        kinds = {one.kind for one in found[-2:]}
        return Name(kinds.pop()) if kinds == {"value"} else ANY


def written(node: nodes.Node) -> str:
    """A chain of names as the template writes it."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        return written(node.node)
    if isinstance(node, nodes.Getitem):
        inner = node.arg.value if isinstance(node.arg, nodes.Const) else None
        return f"{written(node.node)}.{inner}" if isinstance(inner, str) else f"{written(node.node)}[]"  # fmt: skip
    return "…"


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word most like what was typed; empty where none is close."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only wanted when something is wrong

    best = process.extractOne(text, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else ""


def sample(tree: Name, fields: Sequence[Field]) -> dict[str, Any]:
    """A value for every name.

    Args:
        tree: The names, as `name_tree` gives them.
        fields: The same with their types.
    """
    types = {one.path: one.type for one in fields}
    return {name: _value(one, types) for name, one in tree.children.items()}


def _value(name: Name, types: Mapping[str, str]) -> Any:
    if name.kind == "group" and name.children:
        return {key: _value(one, types) for key, one in name.children.items()}
    if name.kind == "list":
        item = name.item
        return ["text" if item is None else _value(item, types) for _ in range(_ROWS)]
    return _VALUES.get(types.get(name.path, ""), "text")
