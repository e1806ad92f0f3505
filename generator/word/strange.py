"""What the XML of a part must not hold: what starts, plays or fetches, and more than anybody needs."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.codes import Code
from generator.problems import Origin, problem
from generator.word.allowed import (
    ADDRESS,
    COMPATIBILITY,
    FETCHING,
    HAND_OVER,
    LINK,
    LONGEST_TAG,
    MOST,
    MOST_BLANKS,
    NAMESPACES,
    NOT_ELEMENTS,
    NOT_NAMESPACES,
    TEXTS,
)
from generator.word.strangefields import strange_fields
from generator.word.tags import Places, W, ancestor

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from generator.problems import Problem

_Fault = tuple[Any, str, dict[str, str]]
"""An element, the code of what is wrong there, and its arguments."""
_RELATED = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_TEXT = (f"{W}t", f"{W}instrText", f"{W}delText", f"{W}delInstrText")
_SLOW = re.compile(rf"\{{[{{%#][^{{}}%#]*?\s{{{MOST_BLANKS + 1}}}")
_TAG = re.compile(r"\{[{%#]")
_END = re.compile(r"[}%#]\}")
_NAMED = re.compile(r"[A-Za-z_][\w.\-]*")
_SHORT = 64
"""Characters of an attribute that may well come again."""


class Strangers:
    """Looks through the parts of one template.

    Args:
        file: The template, for messages.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._held: Counter[str] = Counter()

    def look(
        self, name: str, root: etree._Element, told: Container[str] = frozenset()
    ) -> list[Problem]:
        """What a part holds that it must not, each with its place.

        Args:
            name: The part, as messages call it.
            root: Its XML.
            told: Ids of relations that are refused already; what they belong to is not told again.
        """
        found: list[_Fault] = []
        inside: set[etree._Element] = set()
        count = 0
        for one in root.iter("{*}*", "*"):
            count += 1
            if one.tag == f"{W}bookmarkStart":
                self._held["bookmarks"] += 1
            held = _held(one)
            # What stands within something refused is refused with it.
            if held and not inside.intersection(one.iterancestors()):
                inside.add(one)
                if not any(_points(each, told) for each in one.iter("{*}*")):
                    found.append((one, Code.ACTIVE_CONTENT, {"name": held}))
        self._held["elements"] += count
        found += [one for one in _fields(root) if not inside.intersection(one[0].iterancestors())]
        found += list(self._slow(root))
        return placed(root, found, Origin(self._file, name))

    def fields(self, name: str, root: etree._Element) -> list[Problem]:
        """What the fields of a part hold that they must not; its bookmarks are counted.

        Args:
            name: The part, as messages call it.
            root: Its XML.
        """
        self._held["bookmarks"] += sum(1 for _ in root.iter(f"{W}bookmarkStart"))
        return placed(root, list(_fields(root)), Origin(self._file, name))

    def too_much(self) -> list[Problem]:
        """What there is too much of in all parts together."""
        return [
            problem(
                Code.PART_TOO_LARGE,
                Origin(self._file),
                cause=kind,
                found=self._held[kind],
                most=most,
            )
            for kind, most in MOST.items()
            if self._held[kind] > most
        ]

    def _slow(self, root: etree._Element) -> Iterator[_Fault]:
        """Tags that docxtpl would search for hours."""
        for paragraph in root.iter(f"{W}p"):
            texts = [one for one in paragraph.iter(*_TEXT) if one.text]
            text = "".join(one.text or "" for one in texts)
            starts = [one.start() for one in _TAG.finditer(text)]
            self._held["tags"] += len(starts)
            if starts and (_SLOW.search(text) or _is_long(text, starts)):
                yield paragraph, Code.TAG_TOO_LONG, {"tag": text[starts[0] : starts[0] + 60]}


def _points(one: etree._Element, told: Container[str]) -> bool:
    """Whether an element names one of these relations."""
    return any(
        said in told and etree.QName(key).namespace in _RELATED for key, said in one.attrib.items()
    )


def _fields(root: etree._Element) -> Iterator[_Fault]:
    for one in strange_fields(root):
        if one.name.upper() in FETCHING:
            yield one.element, Code.ACTIVE_CONTENT, {"name": one.name}
        else:
            code = Code.LINK_REFUSED if one.why == "link" else Code.WORD_FIELD_REFUSED
            yield one.element, code, {"name": one.name, "cause": one.why}


def _is_long(text: str, starts: list[int]) -> bool:
    """Whether a tag goes on for longer than anybody writes one."""
    return any(
        len(text) - start > LONGEST_TAG and not _END.search(text, start, start + LONGEST_TAG)
        for start in starts
    )


def _held(one: etree._Element) -> str:
    """What is wrong with an element: its namespace, its name or an attribute; empty for nothing."""
    if found := _of_element(str(one.tag)):
        return found
    for key, said in one.attrib.items():
        # The same few attributes stand at thousands of elements; long ones do not come again.
        look = _of_attribute if len(said) <= _SHORT else _of_attribute.__wrapped__
        if found := look(str(key), str(said)):
            return found
    return ""


@lru_cache(maxsize=1_024)
def _of_element(tag: str) -> str:
    name = etree.QName(tag)
    space = name.namespace or ""
    is_known = space.startswith(NAMESPACES) and space not in NOT_NAMESPACES
    return "" if is_known and name.localname not in NOT_ELEMENTS else name.localname


@lru_cache(maxsize=4_096)
def _of_attribute(key: str, value: str) -> str:
    attribute = etree.QName(key)
    if attribute.namespace in _RELATED:
        return value[:80] if value and not _NAMED.fullmatch(value) else ""
    if attribute.localname in HAND_OVER or (
        attribute.localname == "href" and not LINK.fullmatch(value)
    ):
        return f"{attribute.localname}={value[:60]}"
    is_address = attribute.localname not in TEXTS and ADDRESS.match(value)
    return value[:80] if is_address and not _is_own(value) else ""


def _is_own(address: str) -> bool:
    """Whether an address is the name of a namespace of Word's."""
    return address == COMPATIBILITY or address.startswith(NAMESPACES)


def placed(root: etree._Element, found: list[_Fault], origin: Origin) -> list[Problem]:
    """Faults as problems with the places of their paragraphs, in reading order.

    Args:
        root: The part.
        found: The element, the code and the arguments of each.
        origin: The file and the part.
    """
    if not found:
        return []
    places = Places()
    at, order = {}, {}
    for number, one in enumerate(root.iter()):
        order[one] = number
        if one.tag == f"{W}p":
            at[one] = places.of(one)
    made = []
    for element, code, args in sorted(found, key=lambda fault: order[fault[0]]):
        around = element if element.tag == f"{W}p" else ancestor(element, f"{W}p")
        if around is None:
            around = next(element.iter(f"{W}p"), None)
        cell = at.get(around, "") if around is not None else ""
        made.append(problem(code, origin._replace(cell=cell), **args))  # type: ignore[arg-type] # no argument is called severity
    return list(dict.fromkeys(made))
