"""What a finished document lacks for readers who cannot see it as it looks (WCAG 2.2, level AA).

Looks only at the document itself: what is said in colour alone, or whether an alternative text is
true, no program can tell.

Also here: links of a document, however Word writes them, and whether their text says where they
lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator.codes import Code
from generator.opc import parse
from generator.problems import Origin, Problem, problem
from generator.word.looks import Looks, faint, is_on, look_of
from generator.word.named import take_names
from generator.word.numbering import value
from generator.word.package import parts_of
from generator.word.tags import BODY, WP, Fault, W, ancestor, placed

if TYPE_CHECKING:
    from lxml import etree

    from generator.model import Texts


_READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_DESCRIPTION = re.compile(
    r"[a-z_]+:\S*|.*(?:\{\{|\{%).*|.*\.(?:png|jpe?g|gif|svg|emf|wmf|bmp|tiff?|xlsx)",
    re.IGNORECASE | re.DOTALL,
)
"""Keys of a template and names of files."""
_NUMBERED = re.compile(r"\s*\d*$")
"""What programs put behind the word that stands for a description."""
_FILLED = re.compile(r"(?:chart|table):|.*(?:\{\{|\{%)", re.DOTALL)
"""Words that a template does not yet say."""
_HOLDS = {
    f"{W}{name}"
    for name in (
        "drawing", "pict", "object", "sym", "fldSimple", "fldChar", "footnoteReference",
        "endnoteReference", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
        "sectPr", "pBdr", "ptab", "altChunk",
    )
} | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"}  # fmt: skip
"""What makes a paragraph without text more than space."""
_BODY_TEXT = 10
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S*", re.IGNORECASE)
_FIELD = re.compile(r"\s*HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r'\\(l|o)\s+(?:"([^"]*)"|(\S+))')
_BUILT_IN = {"_top"}
"""Bookmarks that Word knows without their being written."""


def check(
    content: bytes, texts: Texts, name: str = "", *, is_template: bool = False
) -> list[Problem]:
    """Everything in a document that shuts a reader out; none for one that may go out.

    Args:
        content: The bytes of a .docx file that this program rendered, or of a template.
        texts: Whose words for a link or a picture say nothing.
        name: What its problems call the file.
        is_template: Whether tags and keys stand where words will: what they will say is not judged,
            and what is found are warnings, as a document can be made all the same.

    Returns:
        Problems of the family AC by part and in reading order, with places as the linter of
        templates writes them; what concerns the whole file comes first.

    Raises:
        PackageError: The bytes are no package.
        lxml.etree.XMLSyntaxError: A part is not XML.
    """
    parts = dict(_parts(content))
    if is_template and BODY in parts:
        take_names(parts[BODY])
    idle, pictures = texts.words("access.links"), texts.words("access.pictures")
    styles = Looks(parts.get("word/styles.xml"))
    found = list(_of_the_file(parts, styles, name))
    read = sorted((part for part in parts if _READ.fullmatch(part)), key=lambda part: part != BODY)
    bookmarks = {
        mark.get(f"{W}name", "") for part in read for mark in parts[part].iter(f"{W}bookmarkStart")
    }
    for part in read:
        root = parts[part]
        faults = [
            *_pictures(root, pictures), *_blanks(root), *_links(root, bookmarks, idle),
            *_contrasts(root, styles),
        ]  # fmt: skip
        if not part.startswith(("word/header", "word/footer")):
            faults += _tables(root)
        if part == BODY:
            faults += _headings(root, styles)
        found += placed(root, faults, Origin(name, part.rpartition("/")[2].removesuffix(".xml")))
    return [*_of_template(found)] if is_template else found


def _of_template(found: list[Problem]) -> Iterator[Problem]:
    """What is found in a template without what its tags and keys will put right."""
    for one in found:
        said = [value for key, value in one.args if key in {"found", "text", "anchor"}]
        if not any(_FILLED.match(value) for value in said):
            yield replace(one, severity="warning")


def _parts(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    others = {"word/styles.xml", "word/settings.xml", "docProps/core.xml"}
    for name, part in parts_of(content).items():
        if name in others or _READ.fullmatch(name):
            yield name, parse(part)


def _of_the_file(
    parts: dict[str, etree._Element], styles: Looks, name: str
) -> Iterator[Problem]:  # fmt: skip
    core = parts.get("docProps/core.xml")
    title = None if core is None else core.find(_TITLE)
    if title is None or not (title.text or "").strip():
        yield problem(Code.DOCUMENT_WITHOUT_TITLE, Origin(name, "core"))
    settings = parts.get("word/settings.xml")
    is_set = settings is not None and settings.find(f"{W}themeFontLang") is not None
    if not styles.has_language and not is_set:
        yield problem(Code.DOCUMENT_WITHOUT_LANGUAGE, Origin(name, "styles"))


def _pictures(root: etree._Element, idle: frozenset[str]) -> Iterator[Fault]:
    """Pictures, charts and drawings; a box of text speaks for itself."""
    for holder in root.iter(f"{W}drawing", f"{W}pict", f"{W}object"):
        if ancestor(holder, _FALLBACK) is not None or _is_text_box(holder):
            continue
        for described in _described(holder):
            text = described.strip()
            if not text:
                yield holder, Code.PICTURE_WITHOUT_TEXT, {}
            elif _NO_DESCRIPTION.fullmatch(text) or _NUMBERED.sub("", text).casefold() in idle:
                yield holder, Code.PICTURE_TEXT_SAYS_NOTHING, {"found": _short(text)}


def _described(holder: etree._Element) -> Iterator[str]:
    """The alternative text of each picture in a holder; none for what is marked as decoration."""
    for frame in holder.iterchildren(f"{WP}inline", f"{WP}anchor"):
        note = frame.find(f"{WP}docPr")
        mark = None if note is None else next(note.iter(_DECORATIVE), None)
        if mark is None or not is_on(mark.get("val", "1")):
            yield "" if note is None else note.get("descr", "")
    for shape in holder.iterchildren(f"{_VML}*"):
        is_rule = shape.get(f"{_OFFICE}hr", "f") in {"t", "true"}
        if shape.tag != f"{_VML}shapetype" and not is_rule:
            yield shape.get("alt", "")


def _is_text_box(holder: etree._Element) -> bool:
    drawn = ("{*}pic", "{*}chart", "{*}imagedata", "{*}relIds")
    return (
        next(holder.iter(f"{W}txbxContent"), None) is not None
        and next(holder.iter(*drawn), None) is None
    )


def _tables(root: etree._Element) -> Iterator[Fault]:
    """Tables without a header row, and header cells that belong to several columns or rows."""
    for table in root.iter(f"{W}tbl"):
        rows = [row for row in table.iter(f"{W}tr") if ancestor(row, f"{W}tbl") is table]
        cells = [cell for row in rows[:2] for cell in row.iter(f"{W}tc")]
        if len(cells) < 2:
            continue  # a frame around text
        if not _is_header(rows[0]):
            yield next(table.iter(f"{W}p"), table), Code.TABLE_WITHOUT_HEADER, {}
        for row in rows:
            if not _is_header(row):
                break
            for cell in row.iterchildren(f"{W}tc"):
                if _is_merged(cell):
                    yield next(cell.iter(f"{W}p"), cell), Code.HEADER_CELLS_MERGED, {}


def _is_header(row: etree._Element) -> bool:
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and is_on(mark.get(f"{W}val", "1"))


def _is_merged(cell: etree._Element) -> bool:
    """Whether the cell begins a merge; those it swallows are told of with it."""
    own = cell.find(f"{W}tcPr")
    begins = [value(own, merge) == "restart" for merge in ("vMerge", "hMerge")]
    return any(begins) or int(value(own, "gridSpan") or "1") > 1


def _headings(root: etree._Element, styles: Looks) -> Iterator[Fault]:
    """Headings more than one level below the one before; the first must be of level 1."""
    before = 0
    for paragraph in root.iter(f"{W}p"):
        style = value(paragraph, "pPr", "pStyle")
        level = look_of(paragraph).level or styles.look("paragraph", style).level
        if not level or level >= _BODY_TEXT:
            continue
        if level > before + 1:
            text = _short("".join(part.text or "" for part in paragraph.iter(f"{W}t")))
            args = {"text": text, "found": str(level), "expected": str(before + 1)}
            yield paragraph, Code.HEADING_LEVEL_SKIPPED, args
        before = level


def _blanks(root: etree._Element) -> Iterator[Fault]:
    """Paragraphs that hold nothing, but for those that Word itself asks for."""
    for paragraph in root.iter(f"{W}p"):
        if any((text.text or "").strip() for text in paragraph.iter(f"{W}t")):
            continue
        if any(_holds(one) for one in paragraph.iterdescendants()):
            continue
        before = next(paragraph.itersiblings("{*}p", "{*}tbl", "{*}sdt", preceding=True), None)
        after = next(paragraph.itersiblings("{*}p", "{*}tbl", "{*}sdt"), None)
        is_alone = before is None and after is None
        parts_tables = before is not None and before.tag == f"{W}tbl" and (
            after is None or after.tag == f"{W}tbl"
        )  # fmt: skip
        if not is_alone and not parts_tables:
            yield paragraph, Code.EMPTY_PARAGRAPH, {}


def _holds(element: etree._Element) -> bool:
    if element.tag == f"{W}br":
        return element.get(f"{W}type", "textWrapping") != "textWrapping"
    return element.tag in _HOLDS


def _links(root: etree._Element, bookmarks: set[str], idle: frozenset[str]) -> Iterator[Fault]:
    for link in links(root):
        if not link.says_where(idle):
            yield link.element, Code.LINK_TEXT_SAYS_NOTHING, {"text": _short(link.text)}
        if link.anchor and link.anchor not in bookmarks:
            args = {"text": _short(link.text), "anchor": link.anchor}
            yield link.element, Code.LINK_LEADS_NOWHERE, args


def _contrasts(root: etree._Element, styles: Looks) -> Iterator[Fault]:
    for paragraph, one in faint(root, styles):
        # Cut, never rounded: 4.49 must not read as the 4.5 it fails.
        ratio = f"{int(one.ratio * 100) / 100:.2f}"
        args = {
            "text": _short(one.text), "colour": one.colour, "ground": one.ground, "ratio": ratio,
            "needed": f"{one.needed:g}",
        }  # fmt: skip
        yield paragraph, Code.CONTRAST_TOO_LOW, args


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class Link(Struct):
    """One link: what is printed, its screen tip and the bookmark it leads to, if any."""

    element: etree._Element
    text: str = ""
    tip: str = ""
    anchor: str = ""

    def says_where(self, idle: Iterable[str]) -> bool:
        """Whether the text tells where the link leads; a bare number does with a screen tip.

        Args:
            idle: Texts that lead nowhere when they are read out in a list of links.
        """
        text = self.text.strip()
        if not text or _ADDRESS.fullmatch(text) or _bare(text) in map(_bare, idle):
            return False
        return any(sign.isalpha() for sign in text) or bool(self.tip.strip())


class _Open(Struct):
    """A field whose end has not come yet."""

    element: etree._Element
    code: str = ""
    is_result: bool = False
    text: list[str] = field(default_factory=list)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).casefold()


def links(root: etree._Element) -> Iterator[Link]:
    """All links of a part: elements, simple fields and fields in several runs."""
    for one in root.iter(f"{W}hyperlink"):
        anchor = one.get(f"{W}anchor", "")
        yield Link(one, _text(one), one.get(f"{W}tooltip", ""), _wanted(anchor))
    for element, code, text in codes(root):
        match = _FIELD.match(code)
        if match:
            found = {key: quoted or bare for key, quoted, bare in _SWITCH.findall(match[1])}
            yield Link(element, text, found.get("o", ""), _wanted(found.get("l", "")))


def codes(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """The element with which each field begins, its instruction and what it shows."""
    for one in root.iter(f"{W}fldSimple"):
        yield one, one.get(f"{W}instr", ""), _text(one)
    if next(root.iter(f"{W}fldChar"), None) is not None:
        yield from _of_runs(root)


def _of_runs(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Fields from `begin` to `end`; one may stand in the result of another."""
    stack: list[_Open] = []
    for one in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if one.tag == f"{W}fldChar":
            kind = one.get(f"{W}fldCharType")
            if kind == "begin":
                stack.append(_Open(one))
            elif kind == "separate" and stack:
                stack[-1].is_result = True
            elif kind == "end" and stack:
                done = stack.pop()
                yield done.element, done.code, "".join(done.text)
        elif one.tag == f"{W}instrText" and stack:
            stack[-1].code += one.text or ""
        else:
            for around in stack:
                if around.is_result:
                    around.text.append(one.text or "")


def _wanted(anchor: str) -> str:
    return "" if anchor in _BUILT_IN else anchor


def _text(holder: etree._Element) -> str:
    """What is printed, and what stands for a picture."""
    said = [text.text or "" for text in holder.iter(f"{W}t")]
    said += [note.get("descr", "") for note in holder.iter("{*}docPr")]
    return "".join(said)
