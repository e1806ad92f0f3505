"""What makes the sandbox fast where a template prints a thousand plain texts out of dicts."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, Template
from jinja2.exceptions import SecurityError
from jinja2.lexer import TOKEN_DATA, TokenStream
from jinja2.runtime import Undefined
from markupsafe import _escape_inner, escape  # type: ignore[attr-defined] # `escape` without the object it wraps around every text

from generator.templating.budget import is_plain
from generator.templating.tags import WHOLE

if TYPE_CHECKING:
    from collections.abc import MutableMapping


_TAGS = re.compile(f"({WHOLE})", re.DOTALL)
_ODD = re.compile(r"[\r\n]|\{(?:[{%#]|\Z)")
"""What jinja makes something else of than data."""
_TRIMS = re.compile(r"^..[-+]|[-+]..$|^\{%\s*(?:end)?raw\b", re.DOTALL)
"""Tags that take white space off the data beside them, or turn tags into data."""


class KeysFirst(Environment):
    """Looks for a key before an attribute: what a brief holds are dicts, and to miss is slow."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template calls `obj.attribute`."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class ShortData(Environment):
    """Has what stands between tags read as numbers: to look through it for tags once is enough."""

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        """The tokens of a template, its data put back."""
        pieces = _TAGS.split(source)
        data, tags = pieces[::2], pieces[1::2]
        is_odd = any(map(_ODD.search, data)) or any(map(_TRIMS.search, tags))
        if is_odd or self.trim_blocks or self.lstrip_blocks:
            return super()._tokenize(source, name, filename, state)
        short = [str(count) if one else "" for count, one in enumerate(data)]
        text = "".join(chain.from_iterable(zip(short, [*tags, ""], strict=True)))
        tokens = (
            (line, kind, data[int(said)] if kind == TOKEN_DATA else said)
            for line, kind, said in self.lexer.tokeniter(text, name, filename, state)
        )
        return TokenStream(self.lexer.wrap(tokens, name, filename), name, filename)


class PlainTemplate(Template):
    """Prints escaped text as text, without an object of its own around each value."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - jinja's own name
    ) -> Template:
        """The compiled template with another function under the name it prints through."""
        namespace["escape"] = _escaped
        return super()._from_namespace(environment, namespace, globals)


def _escaped(value: Any) -> str:
    if type(value) is str:
        text: str = _escape_inner(value)
        return text
    if not is_plain(value) and not isinstance(value, Undefined):
        raise SecurityError(f"printing a {type(value).__name__}")
    return escape(value)
