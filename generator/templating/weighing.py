"""What a template costs, found in its tree before it is compiled: loops and macros are made to pay for it.

Also here: what jinja would go through the same tree for, answered from this one walk.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, nodes

COUNTED, CALLED = "counted loop", "called macro"
"""The filters that count what a loop goes through and a macro does; no template can write them."""
_EACH_ROUND = ("body", "test")
"""What of a loop is gone through in every round."""
_LEAVES = frozenset({nodes.TemplateData, nodes.Const, nodes.Name})


class Weighing:
    """A tree that is read for the first time, made to pay, and what else jinja asks of it.

    Args:
        own: What the tree is compiled in.
    """

    def __init__(self, own: Environment) -> None:
        self._own = own
        self._found: list[nodes.Node] = []
        self._named: dict[tuple[type[nodes.Node], str], nodes.Node] = {}
        self._loops = 0
        """How often what jinja knows of a round was named so far."""

    def answered(self, tree: nodes.Node) -> None:
        """Weigh a whole tree; it answers from then on what jinja would go through it five times for.

        Only blocks, assignments to `loop` and a node for each filter and test are found in it;
        imported names only extensions make.
        """
        self.weighed(tree)
        _answering(tree, (*self._found, *self._named.values()))

    def weighed(self, node: nodes.Node) -> int:
        """How many tags a round of a node takes; its loops and macros are made to pay by theirs."""
        kind = type(node)
        if kind in _LEAVES:
            if kind is nodes.Name and node.name == "loop":  # type: ignore[attr-defined] # a name
                self._loops += 1
                if node.ctx == "store":  # type: ignore[attr-defined] # likewise
                    self._found.append(node)
            return 1
        if isinstance(node, nodes.For):
            before, named = len(self._found), self._loops
            of_a_round = max(1, sum(map(self.weighed, node.iter_child_nodes(only=_EACH_ROUND))))
            once = 1 + sum(map(self.weighed, node.iter_child_nodes(exclude=_EACH_ROUND)))
            node.iter = self._paid(COUNTED, node.iter, node, of_a_round)
            _answering(node, self._found[before:])
            if self._loops == named:
                _asking_for_no_round(node)
            return once
        if isinstance(node, nodes.Filter | nodes.Test):
            self._named.setdefault((kind, node.name), node)
        elif isinstance(node, nodes.Block | nodes.Extends):
            self._found.append(node)
        weight = 1 + sum(map(self.weighed, node.iter_child_nodes()))
        if isinstance(node, nodes.Macro | nodes.CallBlock):
            paid = self._paid(CALLED, nodes.Const(0), node, weight)
            node.body.insert(0, nodes.ExprStmt(paid, lineno=node.lineno))
            return 1
        return weight

    def _paid(self, name: str, value: nodes.Node, node: nodes.Node, weight: int) -> nodes.Filter:
        made = nodes.Filter(value, name, [nodes.Const(weight)], [], None, None)
        made.set_lineno(node.lineno).set_environment(self._own)
        self._named.setdefault((nodes.Filter, name), made)
        return made


def _answering(node: nodes.Node, found: Sequence[nodes.Node]) -> None:
    """Let one node say what is in it without looking."""
    node.find_all = lambda kinds: (one for one in found if isinstance(one, kinds))  # type: ignore[method-assign, assignment] # of this one node


def _asking_for_no_round(loop: nodes.For) -> None:
    """Let a loop that names no `loop` hide its body from those who go through it for that name alone."""
    inside = loop.iter_child_nodes
    loop.iter_child_nodes = lambda exclude=None, only=None: (  # type: ignore[method-assign] # of this one node
        iter(()) if only == ("body",) else inside(exclude, only)
    )
