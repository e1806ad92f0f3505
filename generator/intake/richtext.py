"""The text of a cell from its runs: raised and lowered figures kept apart, struck parts known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.intake.cell import Special
from generator.intake.footnotes import lowered, raised

if TYPE_CHECKING:
    from lxml import etree

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ASIDE = frozenset({"rPh", "phoneticPr", "extLst"})
"""Reading aids above the text, and what later versions add behind it."""
_OFF = frozenset({"0", "false", "off"})


def joined(item: etree._Element) -> str | Special:
    """The text of a string item; a special one where parts of it are struck out.

    Raises:
        ValueError: A text holds an element, so that some of it would be lost.
    """
    if len(item) == 1 and str(item[0].tag).endswith("}t"):
        return unescaped(_text(item[0]))
    whole, kept = [], []
    is_struck = False
    for part in item:
        name = _name(part)
        if name in _ASIDE:
            continue
        text = "".join(_text(one) for one in part.iter("{*}t"))
        style = {_name(one): one.get("val", "1") for one in part.iterfind("{*}rPr/*")}
        place = style.get("vertAlign")
        if place in {"superscript", "subscript"}:
            text = raised(text) if place == "superscript" else lowered(text)
        whole.append(text)
        if style.get("strike", "0") in _OFF:
            kept.append(text)
        else:
            is_struck = is_struck or bool(text.strip())
    full = unescaped("".join(whole))
    return Special(full, kept=unescaped("".join(kept)).strip()) if is_struck else full


def unescaped(text: str) -> str:
    """`_x000A_` stands for a character that XML cannot hold; `_x005F_` for the underscore."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _text(element: etree._Element) -> str:
    if len(element):
        raise ValueError(element.tag)
    return element.text or ""


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]
