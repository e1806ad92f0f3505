"""Fields that are right when the file is opened: counts, references, the contents list.

Word stores beside each field what it showed last and recounts only when a reader asks for it. A
template's loops and conditions repeat and remove captions and headings, so the stored results are
made anew here as Word would make them, and no reader is asked to update anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.word.bookmarks import Bookmarks
from generator.word.contents import clear_anchors, rebuild
from generator.word.fieldcodes import detach, read_fields, text_of
from generator.word.numbering import Counter, Numbering, number_word
from generator.word.styles import Styles
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from generator.word.fieldcodes import WordField
    from generator.word.numbering import Mark

_BY_NUMBER = ("r", "n", "w")
"""Switches of REF that ask for the number of the paragraph and not for its text."""


def settle(root: _Element, styles: _Element | None, numbering: _Element | None) -> None:
    """Set the stored result of every field of a rendered document part, in place.

    Args:
        root: The document part.
        styles: The styles part, which gets the styles of a contents list where it lacks them.
        numbering: The numbering part, if there is one.
    """
    known = Styles(styles)
    bookmarks = Bookmarks(root)
    fields = read_fields(root)
    captions = [one for one in fields if one.kind == "SEQ"]
    references = [one for one in fields if one.kind == "REF"]
    lists = [one for one in fields if one.kind == "TOC"]
    _count(captions, root, known)
    marks: dict[_Element, Mark] = {}
    if lists or any(one.switch(letter) is not None for one in references for letter in _BY_NUMBER):
        numbers, counter = Numbering(numbering, known), Counter()
        for paragraph in root.iter(f"{W}p"):
            numbered = numbers.of(paragraph)
            if numbered and (mark := counter.mark(numbered)):
                marks[paragraph] = mark
    for one in references:
        _refer(one, bookmarks, marks)
    for one in lists:
        rebuild(one, captions, marks, bookmarks, known)
    clear_anchors(root, bookmarks)
    # The old lists may have held one end of a bookmark, and ids count in document order.
    Bookmarks(root)


def _count(captions: Sequence[WordField], root: _Element, styles: Styles) -> None:
    """SEQ fields, counted by name in document order."""
    counts: dict[str, int] = {}
    chapters: dict[str, int] = {}
    headings = _chapters(captions, root, styles)
    for one in captions:
        name = one.words[1] if len(one.words) > 1 else ""
        count = counts.get(name, 0)
        chapter = headings.get(one.first, 0)
        if chapter != chapters.get(name, 0):
            chapters[name], count = chapter, 0
        reset = one.switch("r") or ""
        if reset.isdecimal():
            count = int(reset)
        elif one.switch("c") is None:
            count += 1
        counts[name] = count
        is_hidden = one.switch("h") is not None and not one.form
        one.show("" if is_hidden else number_word(count, one.form))


def _chapters(
    captions: Sequence[WordField], root: _Element, styles: Styles
) -> Mapping[_Element, int]:
    """For each caption that starts anew with a chapter, how many such headings precede it."""
    levels = {
        one.first: int(start) for one in captions if (start := one.switch("s") or "").isdecimal()
    }
    found: dict[_Element, int] = {}
    if not levels:
        return found
    seen: list[int] = []
    for element in root.iter(f"{W}p", f"{W}r", f"{W}fldSimple"):
        if element in levels:
            found[element] = sum(level <= levels[element] for level in seen)
        elif element.tag == f"{W}p" and (level := styles.level(element)):
            seen.append(level)
    return found


def _refer(one: WordField, bookmarks: Bookmarks, marks: Mapping[_Element, Mark]) -> None:
    """A reference says what its target says; where the target has gone, the reference goes too.

    The link around it goes with its brackets, so that the sentence before it stays sound.
    """
    name = one.words[1] if len(one.words) > 1 else ""
    if name not in bookmarks:
        link = ancestor(one.first, f"{W}hyperlink")
        if link is None:
            one.remove()
        else:
            detach(link)
    elif any(one.switch(letter) is not None for letter in _BY_NUMBER):
        paragraph = ancestor(bookmarks.start(name), f"{W}p")
        mark = None if paragraph is None else marks.get(paragraph)
        # Word writes a number it refers to without the full stop at its end.
        one.show(mark.text.rstrip(".") if mark else "0")
    elif one.switch("p") is None:
        one.show(text_of(bookmarks.runs(name)))
