"""What the HTML of a mail may hold: words, tables and their look, and links that a person follows.

A list of what is allowed, not of what is known to be bad: everything that runs, fetches or sends is
outside it, in today's mail programs and in tomorrow's.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from justhtml import Node


_ELEMENTS = frozenset(
    {
        "html", "head", "title", "meta", "style", "body", "header", "main", "footer",
        "section", "article", "nav", "aside", "address", "div", "span", "p", "h1", "h2", "h3",
        "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup",
        "col", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "strong", "b", "em", "i",
        "u", "s", "del", "ins", "small", "sub", "sup", "mark", "q", "cite", "blockquote",
        "pre", "code", "abbr", "time", "bdi", "bdo", "ruby", "rb", "rt", "rp", "br", "hr",
        "wbr", "center", "font",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset(
    {
        "id", "class", "lang", "xml:lang", "dir", "title", "style", "role", "tabindex",
        "hidden", "align", "valign", "width", "height", "border", "cellpadding",
        "cellspacing", "bgcolor", "color", "face", "size", "colspan", "rowspan", "span",
        "scope", "headers", "summary", "abbr", "start", "type", "value", "reversed",
        "datetime", "name", "content", "charset", "rel", "target", "media",
    }
)  # fmt: skip
_LINK = re.compile(
    r"(?:https://[^\s/\\\"'<>\x00-\x20]|mailto:[^\s@\\\"'<>]+@)[^\s\\\"'<>]*", re.IGNORECASE
)
_VOID = frozenset({"br", "col", "hr", "meta", "wbr"})
_MOST_TAGS, _DEEPEST = 30_000, 200
_OPENING = re.compile(r"<!--|<[A-Za-z/!?]")
_LONGEST = 4000
"""Characters of a tag or a comment."""
_FETCHES = re.compile(r"url\s*\(|image\s*\(|image-set\s*\(|src\s*\(|element\s*\(|@import|@font-face"
                      r"|@namespace|expression\s*\(|behavior|-moz-binding|javascript:|\\|<!--",
                      re.IGNORECASE)  # fmt: skip
"""What makes a style fetch or run something; a backslash could hide any of it."""


def read_markup(html: str, origin: Origin) -> tuple[str, list[Problem]]:
    """A mail written anew from the tree that a browser makes of it, and what it may not hold.

    Without faults it holds what was looked at and nothing else: no comment, no attribute and no
    element that some program could find in the source and the tree does not have.

    Args:
        html: A filled mail, or a template whose tags were blanked out.
        origin: The file.
    """
    unclosed = _unclosed(html)
    if unclosed is not None:
        cell = f"L{html.count(chr(10), 0, unclosed) + 1}"
        name = html[unclosed : unclosed + 20].partition("\n")[0]
        return "", [problem(Code.MAIL_CONTENT_REFUSED, origin._replace(cell=cell), name=name)]
    if (tags := html.count("<")) > _MOST_TAGS:
        return "", [problem(Code.MAIL_TOO_LONG, origin, found=tags, most=_MOST_TAGS)]
    reader = _Markup(origin)
    made = reader.read(html)
    if not reader.found and _Markup(origin).read(made) != made:
        return "", [problem(Code.MAIL_CONTENT_REFUSED, origin, name=html.strip()[:20])]
    return made, list(dict.fromkeys(reader.found))


def _unclosed(html: str) -> int | None:
    """Where a tag or comment begins that does not end soon; reading many of them takes hours."""
    for found in _OPENING.finditer(html):
        end = "-->" if found[0] == "<!--" else ">"
        if html.find(end, found.end(), found.end() + _LONGEST) < 0:
            return found.start()
    return None


def _without_comments(style: str) -> str:
    """A style as it is read: a comment inside a word would hide it from the search."""
    kept, at = [], 0
    while (start := style.find("/*", at)) >= 0:
        kept.append(style[at:start])
        end = style.find("*/", start + 2)
        if end < 0:
            return "".join(kept)
        at = end + 2
    return "".join([*kept, style[at:]])


class _Markup:
    """Walks the tree of a mail, writes it down and collects what is not allowed."""

    def __init__(self, origin: Origin) -> None:
        self.found: list[Problem] = []
        self._origin = origin
        self._line = 1
        self._made: list[str] = []

    def read(self, html: str) -> str:
        """The mail as it is written from its tree."""
        from justhtml import JustHTML  # noqa: PLC0415 - only wanted where there is a mail

        # As programs that run nothing read it: what they show instead is looked at as well.
        tree = JustHTML(html, sanitize=False, scripting_enabled=False, track_node_locations=True)
        self._children(tree.root, 0)
        return "".join(self._made)

    def _children(self, node: Node, depth: int) -> None:
        for child in node.children or ():
            self._node(child, depth + 1)

    def _node(self, node: Node, depth: int) -> None:
        self._line = node.origin_line or self._line
        if node.name == "#text":
            self._made.append(escape(str(node.data or ""), quote=False))
        elif node.name == "#comment":
            self._comment(str(node.data or ""))
        elif node.name == "!doctype":
            self._doctype(node.data)
        elif node.namespace != "html" or node.name not in _ELEMENTS or depth > _DEEPEST:
            self._refuse(f"<{node.name}>")  # and all that stands within
        else:
            self._element(node, depth)

    def _element(self, node: Node, depth: int) -> None:
        attributes = [
            f' {name}="{escape(value or "")}"'
            for name, value in (node.attrs or {}).items()
            if self._keeps(node.name, name, value or "")
        ]
        self._made.append(f"<{node.name}{''.join(attributes)}>")
        if node.name in _VOID:
            return
        if node.name == "style":
            self._style_sheet("".join(str(child.data or "") for child in node.children or ()))
        else:
            # A line break right behind the tag would be taken for a part of it.
            self._made.append("\n" * (node.name == "pre"))
            self._children(node, depth)
        self._made.append(f"</{node.name}>")

    def _style_sheet(self, text: str) -> None:
        self._style(text)
        if "<" in text:
            self._refuse("<style> <")
        self._made.append(text)

    def _comment(self, data: str) -> None:
        """Some programs read what stands in comments, and not all end them at the same place."""
        if "<" in data or ">" in data or data.lstrip().startswith(("[", "?")):
            self._refuse("<!--")

    def _doctype(self, data: object) -> None:
        """The document type, the plain one."""
        if getattr(data, "name", "") != "html" or getattr(data, "public_id", None):
            self._refuse(f"<!DOCTYPE {getattr(data, 'name', '')}"[:20])
        self._made.append("<!DOCTYPE html>\n")

    def _keeps(self, tag: str, name: str, value: str) -> bool:
        """Whether an attribute may stand; what is wrong with it is noted."""
        before = len(self.found)
        if name == "href" and tag == "a":
            if not _LINK.fullmatch(value.strip()):
                self._add(Code.MAIL_LINK_REFUSED, value[:80])
        elif name == "style":
            self._style(value)
        elif name == "http-equiv" and tag == "meta":
            if value.strip().lower() != "content-type":
                self._refuse(f"<meta {name}={value[:20]}>")
        elif name not in _ATTRIBUTES and not name.startswith("aria-"):
            self._refuse(f"<{tag} {name}>")
        return len(self.found) == before

    def _style(self, text: str) -> None:
        for found in _FETCHES.finditer(_without_comments(text)):
            self._refuse(found[0])

    def _refuse(self, name: str) -> None:
        self._add(Code.MAIL_CONTENT_REFUSED, name)

    def _add(self, code: str, name: str) -> None:
        self.found.append(problem(code, self._origin._replace(cell=f"L{self._line}"), name=name))
