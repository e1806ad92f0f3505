"""What the XML of a part must not hold: what starts, plays or fetches, and more than anybody needs.

Also here: the fields of a part, read as Word reads them, and which of them a template may hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from msgspec import Struct, field

from generator.codes import Code
from generator.problems import Origin, Problem, problem
from generator.word.allowed import (
    ADDRESS,
    COMPATIBILITY,
    FETCHING,
    FIELDS,
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
from generator.word.tags import Fault, W, placed

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
_MOST_CLEAN = 4_096
"""Kinds of elements that need not be looked at again."""
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
_IN_FIELD = re.compile(r"\{[{%#]|[}%#]\}")


class Strangers:
    """Looks through the parts of one template.

    Args:
        file: The template, for messages.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._held: Counter[str] = Counter()
        self._clean: set[tuple[object, ...]] = set()
        """Names of elements with their attributes, in which nothing is wrong."""

    def look(
        self, name: str, root: etree._Element, told: Container[str] = frozenset()
    ) -> list[Problem]:
        """What a part holds that it must not, each with its place.

        Args:
            name: The part, as messages call it.
            root: Its XML.
            told: Ids of relations that are refused already; what they belong to is not told again.
        """
        found: list[Fault] = []
        inside: set[etree._Element] = set()
        count = 0
        for one in root.iter(etree.Element):
            count += 1
            if one.tag == f"{W}bookmarkStart":
                self._held["bookmarks"] += 1
            said = one.tag, *one.items()
            if said in self._clean:
                continue
            held = _held(one)
            if not held and len(self._clean) < _MOST_CLEAN:
                self._clean.add(said)
            # What stands within something refused is refused with it.
            if held and not inside.intersection(one.iterancestors()):
                inside.add(one)
                if not any(_points(each, told) for each in one.iter("{*}*")):
                    found.append((one, Code.ACTIVE_CONTENT, {"name": held}))
        self._held["elements"] += count
        found += [one for one in _fields(root) if not inside.intersection(one[0].iterancestors())]
        found += list(self._slow(root))
        return list(dict.fromkeys(placed(root, found, Origin(self._file, name))))

    def fields(self, name: str, root: etree._Element) -> list[Problem]:
        """What the fields of a part hold that they must not; its bookmarks are counted.

        Args:
            name: The part, as messages call it.
            root: Its XML.
        """
        self._held["bookmarks"] += sum(1 for _ in root.iter(f"{W}bookmarkStart"))
        return list(dict.fromkeys(placed(root, [*_fields(root)], Origin(self._file, name))))

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

    def _slow(self, root: etree._Element) -> Iterator[Fault]:
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


def _fields(root: etree._Element) -> Iterator[Fault]:
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
    for key, said in one.items():
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


class Strange(NamedTuple):
    """A field that may not stand there: where, why (`kind`, `nested`, `unfinished`, `made`, `link`)."""

    element: etree._Element
    why: str
    name: str


class _Open(Struct):
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
    if "{%" in code or "{#" in code or _IN_FIELD.search(kind):
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
