"""Short numbers with a hyphen, such as 11-2: Word breaks lines behind a plain one, so a hyphen is set that it keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from generator.word.tags import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NUMBER = r"(?<![\w-])(\d{1,2})-(?=\d{1,2}(?![\w-]))"
_HYPHEN = re.compile(_NUMBER, re.ASCII)
_SHOWN = re.compile(rb"<w:t(?: [^>]*)?>([^<]*[0-9]-[0-9][^<]*)</w:t>")
_KEPT = re.compile(_NUMBER.encode())
_OPEN = b'<w:t xml:space="preserve">'


def unbroken(body: bytes) -> bytes:
    """The text of a body with such hyphens."""
    return _SHOWN.sub(_parted, body)


def _parted(shown: re.Match[bytes]) -> bytes:
    text, count = _KEPT.subn(rb"\1</w:t><w:noBreakHyphen/>" + _OPEN, shown[1])
    return _OPEN + text + b"</w:t>" if count else shown[0]


def keep_hyphens(root: _Element) -> None:
    """The same in a tree, in place."""
    for shown in [*root.iter(f"{W}t")]:
        first, *others = _parts(shown.text or "")
        if not others:
            continue
        shown.text = first
        shown.set(_SPACE, "preserve")
        for text in others:
            hyphen = etree.Element(f"{W}noBreakHyphen")
            shown.addnext(hyphen)
            shown = etree.Element(f"{W}t")  # noqa: PLW2901 - on behind the hyphen
            shown.text = text
            shown.set(_SPACE, "preserve")
            hyphen.addnext(shown)


def _parts(text: str) -> list[str]:
    """A text cut at such hyphens."""
    return _HYPHEN.sub("\\1\0", text).split("\0")
