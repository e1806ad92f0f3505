"""Every fault of a template at once, with part, place and the tag's text.

Expressions are judged in `names`, tags are found in `tags`; here stand the rules about where tags
may stand, what closes what, and what a document must print.

Also here: tags of a Word file: what opens and closes where, and where docxtpl can read them; a copy
of a template with a Word comment at every fault.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.model import Field, Label
from generator.opc import DAMAGE, Package
from generator.problems import Origin, Problem, TemplateError, problem
from generator.shipped import ENGLISH
from generator.templating.blocks import Blocks
from generator.templating.budget import Budget, spending
from generator.templating.names import Name, Reader, name_tree, sample
from generator.templating.sandbox import environment
from generator.word.charts import KEY, charted, unfit, unknown
from generator.word.declared import declared_tables
from generator.word.fallback import tried
from generator.word.foreign import foreign_parts
from generator.word.named import take_names
from generator.word.package import opened_template, reproducible
from generator.word.tablelint import with_loops
from generator.word.tags import BODY, Part, Places, Slip, Tag, W, ancestor, read_parts

if TYPE_CHECKING:
    from lxml import etree


_WHOLE = {Code.TEMPLATE_UNUSABLE, Code.PART_TOO_LARGE, Code.TAG_TOO_LONG}
"""Faults after which a template is not read any further: that would take hours."""
_ALWAYS = (("doc.as_of_line",), ("doc.draft",), ("disclaimer",))
_CREDIT = ("attribution", "annex.register.sources[].attribution")
_LAW_COMPARED = ("comparison.law.rows[].text",)
_LAW = (
    "law.barred[].sentence", "law.barred_together[].sentence", "law.barred_all[].sentence",
    "law.parts[].text",
)  # fmt: skip
_REQUIRED: Mapping[str, Sequence[Sequence[str]]] = {
    "comparison": (*_ALWAYS, _CREDIT, _LAW_COMPARED),
}
"""What a document must print, of each group one path, where that is not the same as in others."""
_IN_CELLS = {"cellbg": True, "colspan": True, "vm": False, "hm": False}
"""docxtpl's own tags, and whether an expression follows."""
_AUTHOR = "briefs"
_BODY_PART = BODY.rpartition("/")[2].removesuffix(".xml")


def lint(path: Path, fields: Sequence[Field], document: str = "") -> list[Problem]:
    """All faults of a template, in reading order; none for one that renders.

    Args:
        path: A .docx file that may come from a stranger.
        fields: Every name a template may use.
        document: Which document it makes; told from the file's name when empty.
    """
    origin = Origin(f"{path.parent.name}/{path.name}")
    tree = name_tree(fields)
    known, roots = declared_tables(fields), frozenset(tree.children)
    values = sample(tree, fields)
    found: list[Problem] = []
    used: set[str] = set()
    has_body = False
    try:
        with opened_template(path, origin) as source, spending(Budget()):
            package = Package(source)
            found += foreign_parts(package, origin.file)
            if any(one.code in _WHOLE for one in found):
                return found
            if BODY in package:
                root = package.tree(BODY, is_bare=False)
                take_names(root)
                package.put_tree(BODY, root)
            styles = _styles(package)
            for part in read_parts(package, roots):
                has_body = has_body or part.is_body
                reader = Reader(tree, environment())
                tables = with_loops(part, styles, known, roots, origin.file)
                found += tables.faults
                used |= tables.printed
                found += _part_problems(tables.part, reader, values, origin.file)
                found += _chart_problems(part, tree.children, package, origin.file)
                used |= reader.printed
    except TemplateError as fault:
        return list(fault.problems)
    except DAMAGE as fault:
        return [problem(Code.TEMPLATE_UNUSABLE, origin, detail=str(fault)[:200])]
    if not has_body:
        return [problem(Code.TEMPLATE_UNUSABLE, origin, detail=BODY)]
    return [*found, *_missing(used, fields, document or path.stem, origin)]


def _styles(package: Package) -> etree._Element | None:
    own = [name for name in package.relations(BODY).of("styles") if name in package]
    return package.tree(own[0]) if own else None


def _part_problems(
    part: Part, reader: Reader, values: Mapping[str, object], file: str
) -> list[Problem]:
    """What is wrong in one part; the whole is tried only where no single tag is at fault."""
    if part.is_office_note:
        return [problem(Code.SAVED_BY_LIBREOFFICE, Origin(file, part.name), "warning")]
    if not part.is_filled:
        return [
            problem(Code.PART_NOT_FILLED, Origin(file, part.name, tag.place), tag=tag.text)
            for tag in part.tags
        ]
    blocks = WordBlocks(reader)
    for tag in part.tags:
        blocks.take(tag)
    blocks.finish()
    faults: list[tuple[Slip | Tag, str, Mapping[str, str]]] = [
        *((slip, slip.code, {"end": slip.end}) for slip in part.slips),
        *blocks.faults,
    ]
    faults.sort(key=lambda fault: fault[0].order)
    found = [
        problem(code, Origin(file, part.name, at.place), tag=_short(at.text), **args)  # type: ignore[arg-type] # no argument is called severity
        for at, code, args in faults
    ]
    if not found and part.name != "core":
        found += tried(part, values, Origin(file, part.name))
    return found


def _chart_problems(
    part: Part, names: Mapping[str, Name], package: Package, file: str
) -> Iterator[Problem]:
    """Drawings whose alternative text asks for data that there is not, or that cannot show it."""
    asking = [
        (drawing, chart, key)
        for drawing in part.root.iter(f"{W}drawing")
        for chart, key in (charted(drawing),)
        if key is not None
    ]
    if not asking:
        return
    known = names["figures"].children if "figures" in names else {}
    places = Places()
    at = {paragraph: places.of(paragraph) for paragraph in part.root.iter(f"{W}p")}
    for drawing, chart, key in asking:
        origin = Origin(file, part.name, at.get(next(drawing.iterancestors(f"{W}p")), ""))
        if chart is None:
            yield problem(Code.NOT_A_CHART, origin, name=f"{KEY}{key}")
        else:
            yield from unknown(key, known, origin)
            yield from unfit(package, f"word/{part.name}.xml", chart, key, origin)


def _missing(
    used: set[str], fields: Sequence[Field], document: str, origin: Origin
) -> Iterator[Problem]:
    """Required parts that nothing prints."""
    described = {one.path: one for one in fields}
    for paths in _REQUIRED.get(document, (*_ALWAYS, _CREDIT, _LAW)):
        if not used.intersection({*paths, *(f"{path}[]" for path in paths)}):
            field = described.get(paths[0])
            said = field.description if field else Label(((ENGLISH, paths[0]),))
            yield problem(
                Code.REQUIRED_FIELD_MISSING,
                origin,
                name=" / ".join(paths),
                **said.arguments("part"),
            )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


class WordBlocks(Blocks[Tag]):
    """Takes the tags of one part one after another and collects faults."""

    own_words = tuple(_IN_CELLS)

    def _stands_well(self, tag: Tag) -> bool:
        """Whether the tag stands where docxtpl can read it."""
        before = len(self.faults)
        if tag.element is not tag.last and _carrier(tag.element) is not _carrier(tag.last):
            self.fault(tag, Code.TAG_CUT)
        if tag.prefix:
            host = tag.host
            if host is None:
                self.fault(tag, Code.TAG_OUT_OF_PLACE)
            elif tag.prefix != "r":
                whole = "".join(one.text or "" for one in host.iter(f"{W}t"))
                lost = whole.replace(tag.text, "", 1).strip()
                if lost:
                    self.fault(tag, Code.TAG_TAKES_NEIGHBOURS, lost=lost[:60])
            if re.search(r"[%}]", tag.body):
                self.fault(tag, Code.EXPRESSION_UNREADABLE, detail="% }")
        return len(self.faults) == before

    def print_(self, tag: Tag, expression: str) -> None:
        """Read what a tag prints; what would take the place of a run or a paragraph is no text."""
        if tag.prefix and tag.mark == "{{":
            self.fault(tag, Code.FORMATTED_TEXT, better=f"{{{{ {expression} }}}}")
        super().print_(tag, expression)

    def _pair(self, opened: Tag, other: Tag) -> None:
        """Two tags of one block must be of one kind and stand at one level."""
        where = {"other": other.text, "other_place": other.place}
        if opened.prefix != other.prefix or opened.is_attribute != other.is_attribute:
            self.fault(opened, Code.BLOCKS_OF_TWO_KINDS, **where)
        elif opened.prefix:
            hosts = opened.host, other.host
            if None not in hosts and _parent(hosts[0]) is not _parent(hosts[1]):
                self.fault(opened, Code.BLOCKS_OF_TWO_KINDS, **where)
        elif opened.paragraph is not other.paragraph:
            self.fault(opened, Code.BLOCK_CLOSED_ELSEWHERE, **where, better=_better(opened, other))
        elif _carrier(opened.element) is not _carrier(other.element):
            self.fault(opened, Code.BLOCKS_OF_TWO_KINDS, **where)

    def _takes_itself(self, tag: Tag, word: str, rest: str) -> bool:
        """The tags for cells."""
        if word not in _IN_CELLS:
            return False
        if tag.prefix or tag.is_attribute or ancestor(tag.element, f"{W}tc") is None:
            self.fault(tag, Code.TAG_OUT_OF_PLACE)
        if _IN_CELLS[word]:
            self.print_(tag, rest)
        return True


def _carrier(element: object) -> object:
    """What holds the run of a text element, or the element itself outside runs."""
    run = ancestor(element, f"{W}r")  # type: ignore[arg-type] # an element, as all callers pass
    return element if run is None else run.getparent()


def _parent(element: object) -> object:
    return element.getparent()  # type: ignore[attr-defined] # an element, as the caller has tested


def _better(opened: Tag, other: Tag) -> str:
    """The kind of tag that may open in one place and close in another."""
    cells = [ancestor(tag.element, f"{W}tc") for tag in (opened, other)]
    rows = [ancestor(tag.element, f"{W}tr") for tag in (opened, other)]
    if None in cells or cells[0] is cells[1]:
        return "{%p … %}"
    return "{%tc … %}" if rows[0] is rows[1] else "{%tr … %}"


def annotated(path: Path, problems: Iterable[Problem], say: Callable[[Problem], str]) -> bytes:
    """The template with comments; what it says and how it looks stay as they are.

    Word allows comments in the text only, so faults of other parts stand at its first paragraph.

    Args:
        path: A template that could be read.
        problems: What the linter found.
        say: A problem as a sentence.
    """
    from docx import Document  # noqa: PLC0415 - 0.3 s of start-up
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - likewise

    document = Document(str(path))
    places = Places()
    paragraphs = {places.of(one): one for one in document.element.body.iter(f"{W}p")}
    first = next(iter(paragraphs.values()), None)
    for found in problems:
        element = paragraphs.get(found.origin.cell) if found.origin.sheet == _BODY_PART else None
        if element is None:
            element = document.add_paragraph()._p if first is None else first  # noqa: SLF001 - python-docx has no public door to it
        paragraph = Paragraph(element, document)
        runs = paragraph.runs or [paragraph.add_run()]
        comment = document.add_comment(
            (runs[0], runs[-1]), f"{found.code} {found.origin}: {say(found)}", _AUTHOR, "b"
        )
        # The same template gives the same bytes.
        comment._comment_elm.attrib.pop(f"{W}date", "")  # noqa: SLF001 - as above
        _plain(comment._comment_elm)  # noqa: SLF001 - as above
    _plain(document.element.body)
    made = io.BytesIO()
    document.save(made)
    return reproducible(made.getvalue())


def _plain(root: etree._Element) -> None:
    """Comments go without their usual styles, which the template need not have."""
    for style in list(root.iter(f"{W}pStyle", f"{W}rStyle")):
        holder = style.getparent()
        if holder is not None and style.get(f"{W}val") in {"CommentText", "CommentReference"}:
            holder.remove(style)
