"""The fields of a part, read as Word reads them, and which of them a template may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from generator.word.allowed import FIELDS, LINK
from generator.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_CODE = (f"{W}instrText", f"{W}delInstrText", f"{W}t", f"{W}delText")
"""What makes up a code: between its beginning and its result plain text counts too."""
_BREAKS = (f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen", f"{W}sym", f"{W}p")
_QUOTES = '"“”„«»'
_FIRST = re.compile(rf"[\s{_QUOTES}]*([^\s{_QUOTES}\\]*)")
_ARGUMENT = re.compile(r'\\([*#@!]|\w)|"((?:[^"\\]|\\.)*)"|([^\s"]+)', re.DOTALL)
_TAKES = {"*", "#", "@", "l", "o", "t"}
"""Switches of a link that a word of their own follows (ECMA-376 part 1, 17.16.5.25)."""
_PLACE = re.compile(r"[\w.\- {}\[\]'|]*")
"""A bookmark, a frame or a format, perhaps named by a tag."""
_CURLED = str.maketrans("“”„«»", '"""""')
_TAG = re.compile(r"\{[{%#]|[}%#]\}")


class Strange(NamedTuple):
    """A field that may not stand there: where, why (`kind`, `nested`, `unfinished`, `made`, `link`)."""

    element: etree._Element
    why: str
    name: str


@dataclass(slots=True)
class _Open:
    element: etree._Element
    code: list[str] = field(default_factory=list)
    is_result: bool = False


def strange_fields(root: etree._Element) -> Iterator[Strange]:
    """Fields outside the list, within the code of another, cut off, or put together by tags.

    Args:
        root: A part of a template, or of what was made of it.
    """
    stack: list[_Open] = []
    is_lost = False  # whether a code without a beginning was told of, whose end will come
    for one in root.iter(f"{W}fldChar", f"{W}fldSimple", *_CODE, *_BREAKS):
        if one.tag == f"{W}fldChar":
            if not (is_lost and not stack and one.get(f"{W}fldCharType") != "begin"):
                yield from _turned(one, stack)
        elif one.tag == f"{W}fldSimple":
            if stack and not stack[-1].is_result:
                yield Strange(one, "nested", _shown(one.get(f"{W}instr", "")))
            else:
                yield from _judged(one, one.get(f"{W}instr", ""))
        elif stack and not stack[-1].is_result:
            stack[-1].code.append(_text(one) if one.tag in _CODE else " ")
        elif one.tag in _CODE[:2] and not stack and not is_lost and _text(one).strip():
            is_lost = True
            yield Strange(one, "unfinished", _shown(_text(one)))
    for left in stack:
        yield Strange(left.element, "unfinished", _shown("".join(left.code)))


def _turned(mark: etree._Element, stack: list[_Open]) -> Iterator[Strange]:
    """The beginning of a field, of its result, or its end."""
    kind = mark.get(f"{W}fldCharType", "")
    if kind == "begin":
        if stack and not stack[-1].is_result:
            yield Strange(mark, "nested", _shown("".join(stack[-1].code)))
        stack.append(_Open(mark))
    elif not stack or kind not in {"separate", "end"}:
        yield Strange(mark, "unfinished", kind)
    elif kind == "separate":
        stack[-1].is_result = True
    else:
        done = stack.pop()
        yield from _judged(done.element, "".join(done.code))


def _judged(element: etree._Element, code: str) -> Iterator[Strange]:
    first = _FIRST.match(code)
    kind = first[1] if first else ""
    if "{%" in code or "{#" in code or _TAG.search(kind):
        yield Strange(element, "made", _shown(code))
    elif kind.upper() not in FIELDS:
        yield Strange(element, "kind", _shown(kind or code))
    elif kind.upper() == "HYPERLINK":
        for target in _targets(code.translate(_CURLED)[first.end() if first else 0 :]):
            if not LINK.fullmatch(target):
                yield Strange(element, "link", _shown(target))


def _targets(arguments: str) -> Iterator[str]:
    """What a link leads to outside the document: each argument that no switch takes."""
    taken = ""
    for switch, quoted, bare in _ARGUMENT.findall(arguments):
        if switch:
            taken = switch.lower()
            continue
        said = (quoted or bare).replace("\\\\", "\\")
        is_place = taken in _TAKES and (taken == "o" or _PLACE.fullmatch(said))
        if said and not is_place:
            yield said
        taken = ""


def _text(element: etree._Element) -> str:
    """All of an element's text: a comment inside would end it for whoever asks for that alone."""
    return "".join(map(str, element.itertext()))


def _shown(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 60 else f"{said[:59]}…"
