"""Fields of a Word file, in both of their forms: what each says, and how its shown result is set.

A field is `w:fldSimple` around its result, or a chain of runs: begin, instruction, separator,
result, end (ECMA-376 part 1, 17.16). Word shows the stored result until a reader updates it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable

from lxml import etree
from msgspec import Struct, field

from generator.word.tags import W

NO_PAGE = "→"
"""What stands where a page number will, once a layout is known: a link, and no page."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORMATS_OF_LOOK = {"MERGEFORMAT", "CHARFORMAT"}
_WORD = re.compile(r'"[^"]*"|\\[*#@]\s*"?[^"\s\\]+"?|\S+')


class WordField(Struct):
    r"""One field, open to change.

    Attributes:
        code: The instruction, for example `SEQ Table \* ARABIC`.
        simple: The `w:fldSimple` element; None for a chain of runs.
        begin: The run that opens the chain.
        separator: The run between instruction and result, where there is one.
        end: The run that closes the chain.
        orders: The runs that hold the instruction.
        result: The runs of the result, those of fields inside it included.
    """

    code: str = ""
    simple: etree._Element | None = None
    begin: etree._Element | None = None
    separator: etree._Element | None = None
    end: etree._Element | None = None
    orders: list[etree._Element] = field(default_factory=list)
    result: list[etree._Element] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """Kind, arguments and switches, quotation marks taken off."""
        return tuple(word.strip('"') for word in _WORD.findall(self.code))

    @property
    def kind(self) -> str:
        """What the field does: `SEQ`, `REF`, `TOC` …; empty for none."""
        return self.words[0].upper() if self.words else ""

    @property
    def form(self) -> str:
        r"""The number format after `\*`; empty for none."""
        forms = (word[2:].strip(' "') for word in self.words if word.startswith("\\*"))
        return next((one for one in forms if one not in _FORMATS_OF_LOOK), "")

    @property
    def first(self) -> etree._Element:
        """The element with which the field starts."""
        return self.begin if self.simple is None else self.simple  # type: ignore[return-value] # a field has one of both

    def switch(self, letter: str) -> str | None:
        r"""What follows a switch such as `\r`: empty where it stands alone, None where it is absent."""
        words = self.words
        if f"\\{letter}" not in words:
            return None
        after = words[words.index(f"\\{letter}") + 1 :]
        return after[0] if after and not after[0].startswith("\\") else ""

    def show(self, text: str) -> None:
        """Put the text in place of the result; it looks like the first run that was there."""
        runs = list(self.simple.iter(f"{W}r")) if self.simple is not None else self.result
        made = new_run(text, runs[0] if runs else self.begin)
        for run in runs:
            detach(run)
        if self.simple is not None:
            self.simple[:] = [made]
        elif self.separator is not None:
            self.separator.addnext(made)
        elif self.end is not None:
            self.separator = field_mark("separate")
            self.end.addprevious(self.separator)
            self.end.addprevious(made)
        self.result = [made]

    def rewrite(self, code: str) -> None:
        """Give a chain of runs another instruction."""
        texts = [text for run in self.orders for text in run.iter(f"{W}instrText")]
        for text in texts:
            text.text = ""
        if texts:
            self.code = texts[0].text = f" {code.strip()} "
            texts[0].set(_SPACE, "preserve")

    def remove(self) -> None:
        """Take the field out, its result included."""
        whole = [self.simple, self.begin, *self.orders, self.separator, *self.result, self.end]
        for element in whole:
            if element is not None:
                detach(element)


def read_fields(root: etree._Element) -> list[WordField]:
    """Every field of a part that is closed, in the order in which they start."""
    _one_mark_a_run(root)
    found: list[WordField] = []
    still_open: list[WordField] = []
    for run in root.iter(f"{W}r", f"{W}fldSimple"):
        if run.tag == f"{W}fldSimple":
            found.append(WordField(run.get(f"{W}instr", "").strip(), simple=run))
            continue
        mark = run.find(f"{W}fldChar")
        kind = "" if mark is None else mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            still_open.append(WordField(begin=run))
            found.append(still_open[-1])
        elif kind == "end" and still_open:
            still_open.pop().end = run
        elif kind == "separate" and still_open:
            still_open[-1].separator = run
        elif still_open and still_open[-1].separator is None:
            still_open[-1].orders.append(run)
            still_open[-1].code += "".join(one.text or "" for one in run.iter(f"{W}instrText"))
        for outer in still_open:
            if (
                outer.separator is not None
                and run is not outer.separator
                and run is not outer.begin
            ):
                outer.result.append(run)
    return [one for one in found if one.simple is not None or one.end is not None]


def chain_marks(one: WordField) -> tuple[list[etree._Element], etree._Element]:
    """The runs that open and that close a field, made where it stands in the simple form."""
    if one.begin is None or one.end is None:
        order = etree.Element(f"{W}r")
        etree.SubElement(order, f"{W}instrText", {_SPACE: "preserve"}).text = f" {one.code} "
        return [field_mark("begin"), order, field_mark("separate")], field_mark("end")
    separator = field_mark("separate") if one.separator is None else one.separator
    return [one.begin, *one.orders, separator], one.end


def field_mark(kind: str) -> etree._Element:
    """A run with the mark that begins, separates or ends a field."""
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": kind})
    return run


def new_run(text: str, like: etree._Element | None = None) -> etree._Element:
    """A run of text with the properties of another run."""
    run = etree.Element(f"{W}r")
    properties = None if like is None else like.find(f"{W}rPr")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    etree.SubElement(run, f"{W}t", {_SPACE: "preserve"}).text = text
    return run


def text_of(elements: Iterable[etree._Element]) -> str:
    """What runs show: text and tabs, without instructions of fields."""
    shown = {f"{W}tab": " ", f"{W}br": " ", f"{W}noBreakHyphen": "-"}
    return "".join(
        shown.get(str(child.tag), (child.text or "") if child.tag == f"{W}t" else "")
        for run in elements
        for child in run
    )


def detach(element: etree._Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _one_mark_a_run(root: etree._Element) -> None:
    """Give every field mark a run of its own, as Word does and other writers do not."""
    for run in {mark.getparent(): None for mark in root.iter(f"{W}fldChar")}:
        if run is None or run.tag != f"{W}r":
            continue
        properties = run.find(f"{W}rPr")
        content = [child for child in run if child is not properties]
        for child in reversed(content[1:]):
            part = etree.Element(f"{W}r")
            if properties is not None:
                part.append(copy.deepcopy(properties))
            part.append(child)
            run.addnext(part)
