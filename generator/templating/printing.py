"""What makes the sandbox fast where a template prints a thousand plain texts out of dicts."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, Template
from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined
from markupsafe import _escape_inner, escape  # type: ignore[attr-defined] # `escape` without the object it wraps around every text

from generator.templating.budget import is_plain


class KeysFirst(Environment):
    """Looks for a key before an attribute: what a brief holds are dicts, and to miss is slow."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template calls `obj.attribute`."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


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
