"""What the HTML of a mail may hold: words, tables and their look, and links that a person follows.

A list of what is allowed, not of what is known to be bad: everything that runs, fetches or sends is
outside it, in today's mail programs and in tomorrow's.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        "datetime", "cite", "name", "content", "charset", "rel", "target", "media",
    }
)  # fmt: skip
_LINK = re.compile(r"(?:https://[^\s/]|mailto:[^\s@]+@)[^\s]*", re.IGNORECASE)
_OPENING = re.compile(r"<!--|<[A-Za-z/!?]")
_LONGEST = 4000
"""Characters of a tag or a comment."""
_FETCHES = re.compile(r"url\s*\(|image\s*\(|image-set\s*\(|src\s*\(|element\s*\(|@import|@font-face"
                      r"|@namespace|expression\s*\(|behavior|-moz-binding|javascript:|\\|<!--",
                      re.IGNORECASE)  # fmt: skip
"""What makes a style fetch or run something; a backslash could hide any of it."""


def markup_faults(html: str, origin: Origin) -> list[Problem]:
    """What a mail may not hold, each with its line.

    Args:
        html: A filled mail, or a template whose tags were blanked out.
        origin: The file.
    """
    unclosed = _unclosed(html)
    if unclosed is not None:
        cell = f"L{html.count(chr(10), 0, unclosed) + 1}"
        name = html[unclosed : unclosed + 20].partition("\n")[0]
        return [problem("TP-131", origin._replace(cell=cell), name=name)]
    reader = _Markup(origin)
    reader.feed(html)
    reader.close()
    return reader.found


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


class _Markup(HTMLParser):
    """Collects what is not allowed; elements are read as a browser reads them."""

    def __init__(self, origin: Origin) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Problem] = []
        self._origin = origin
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """An element and its attributes."""
        if tag not in _ELEMENTS:
            self._refuse(f"<{tag}>")
            return
        self._is_style = tag == "style"
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """An element written as closed; browsers take no notice of the slash."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The end of a style sheet."""
        if tag == "style":
            self._is_style = False

    def handle_data(self, data: str) -> None:
        """Text; only that of a style sheet can do anything."""
        if self._is_style:
            self._style(data)

    def handle_comment(self, data: str) -> None:
        """Some programs read what stands in comments, and not all end them at the same place."""
        if "<" in data or ">" in data or data.lstrip().startswith("["):
            self._refuse("<!--")

    def handle_decl(self, decl: str) -> None:
        """The document type, the plain one."""
        if decl.strip().lower() != "doctype html":
            self._refuse(f"<!{decl[:20]}")

    def unknown_decl(self, data: str) -> None:
        """Marked sections."""
        self._refuse(f"<![{data[:20]}")

    def handle_pi(self, data: str) -> None:
        """Processing instructions."""
        self._refuse(f"<?{data[:20]}")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "href" and tag == "a":
            if not _LINK.fullmatch(value.strip()):
                self._add("TP-132", value[:80])
        elif name == "style":
            self._style(value)
        elif name == "http-equiv" and tag == "meta":
            if value.strip().lower() != "content-type":
                self._refuse(f"<meta {name}={value[:20]}>")
        elif name not in _ATTRIBUTES and not name.startswith("aria-"):
            self._refuse(f"<{tag} {name}>")

    def _style(self, text: str) -> None:
        for found in _FETCHES.finditer(_without_comments(text)):
            self._refuse(found[0])

    def _refuse(self, name: str) -> None:
        self._add("TP-131", name)

    def _add(self, code: str, name: str) -> None:
        line = self.getpos()[0]
        self.found.append(problem(code, self._origin._replace(cell=f"L{line}"), name=name))
