"""A part with its tags as a tree: its text cleaned once as by docxtpl, each tag a stand-in that XML can hold.

docxtpl frees tags of Word's markup and puts them where rows, paragraphs and runs were; what comes of
it is text for jinja and no longer XML. Here a tag between elements becomes a processing instruction
and one in an attribute two signs of private use around its number, so that the part can be read as
a tree again, changed, and turned back into text.

Also here: tags freed of Word's markup, as docxtpl's `patch_xml` (0.20) does it, in a third of its
time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from generator.templating.tags import WHOLE
from generator.word.tags import W

TAG, END = "\ue000", "\ue001"
"""What stands around the number of a tag in an attribute."""
NOTE, NOTE_END = "\ue002", "\ue003"
"""What stands around a mark in an attribute."""
MARK = "\x01"
"""What stands around a mark in the text that jinja fills: no document can hold it."""
BROKEN = "\t\n\a\f"
"""Signs in a text for which docxtpl splits its run."""
_STAND_INS = re.compile(
    f"<\\?tag (\\d+)\\?>|{TAG}(\\d+){END}|<\\?mark (.*?)\\?>|{NOTE}([^{NOTE_END}]*){NOTE_END}",
    re.DOTALL,
)
_WITHIN = re.compile(f"{TAG}(\\d+){END}")
_WITH_TAGS = etree.XPath(
    "descendant-or-self::processing-instruction('tag')"
    f" | descendant-or-self::*[@*[contains(., '{TAG}')]]"
)
"""The stand-ins of a tree and the elements with one in an attribute, in order."""
_WORD = re.compile(r"\{%[-+]?\s*(\w+)\s*([^%]*)")
_BLOCKS = {"if", "for", "with"}
"""What keeps no piece of the template's own XML, from which others could be cut and joined."""
_MIDDLES = {"else", "elif"}
_PLAIN = {"do", "break", "continue"}
_TAGS = re.compile(rf"(\{{_\{{|\}}_\}}|\{{_%|%_\}}|\{{#.*?#\}}|{WHOLE})", re.DOTALL)
"""A tag, or its marks written out: docxtpl makes marks of these after all tags are filled."""
_ESCAPED = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_RAW = re.compile(r"""["'|]\s*(?:safe|xmlattr|urlize|tojson)\b|\\[^"'\\]""")
"""What may print more than escaped text: only a parser sees that a document is whole then."""
_RARE = re.compile(r"\{%[^%]*\b(?:colspan|vm|hm)\b")
"""What only docxtpl's own cleaning knows: comments, tags that join paragraphs or cells."""
_BETWEEN_SIGNS = re.compile(r"(?<={)(<[^>]*>)+(?=[\{%\#])|(?<=[%\}\#])(<[^>]*>)+(?=\})")
_TAG = re.compile(r"\{(?:%[^%]*(?:%(?!\})[^%]*)*|\{[^}]*(?:\}(?!\})[^}]*)*)")
_BETWEEN_TEXTS = re.compile(r"</w:t>.*?(<w:t>|<w:t [^>]*>)", re.DOTALL)
_SHADED = re.compile(
    r"(<w:tc[ >][^<]*(?:<(?!w:tc[ >])[^<]*)*){%\s*cellbg\s+([^%]*)\s*%}(.*?</w:tc>)", re.DOTALL
)
_EMPTY_RUN = re.compile(r"<w:r[ >](?:(?!<w:r[ >]).)*<w:t></w:t>.*?</w:r>", re.DOTALL)
_SHADING = re.compile(r"<w:shd[^/]*/>", re.DOTALL)
_CELL_PROPERTIES = re.compile(r"(<w:tcPr[^>]*>)")
_IN_RUN = re.compile(r"({{r\s.*?}}|{%r\s.*?%})", re.DOTALL)
_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OF_KIND = {
    name: re.compile(rf"(\{{%|\{{\{{){name} ([^}}%]*(?:%\}}|\}}\}})).*?</w:{name}>", re.DOTALL)
    for name in ("tr", "tc", "p", "r")
}
"""A tag that takes the place of the row, cell, paragraph or run around it, and what ends that."""
_SAID = re.compile(r"(?<=\{[\{%])(.*?)(?=[\}%]})")


class UnsuitedError(Exception):
    """A template or document that docxtpl has to make.

    Args:
        reason: A key of the text table's `engine.` rows.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Tagged:
    """A part, or an element of one, as a tree with stand-ins for its tags.

    Args:
        xml: What docxtpl would fill.

    Raises:
        UnsuitedError: Its tags cut across elements, or say what only docxtpl understands.
    """

    def __init__(self, xml: str) -> None:
        self.tags: list[str] = []
        text = "".join(self._stand_ins(patched(xml)))
        self._has_within = TAG in text
        try:
            self.root = etree.fromstring(text)
        except etree.XMLSyntaxError as fault:
            raise UnsuitedError("across") from fault
        self._refuse_crossing()

    def _stand_ins(self, xml: str) -> Iterator[str]:
        """The text with its tags taken out."""
        if any(sign in xml for sign in (TAG, END, NOTE, NOTE_END, MARK)):
            raise UnsuitedError("signs")
        is_inside = False
        for count, piece in enumerate(_TAGS.split(xml)):
            if count % 2:
                if _RAW.search(piece):
                    raise UnsuitedError("words")
                tag = (
                    f"{{{{ '{piece.replace('_', '')}' }}}}" if _ESCAPED.fullmatch(piece) else piece
                )
                yield self._stand_in(tag, is_inside=is_inside)
                continue
            if any(sign in piece for sign in BROKEN):
                raise UnsuitedError("breaks")
            opened, closed = piece.rfind("<"), piece.rfind(">")
            is_inside = opened > closed if (opened, closed) != (-1, -1) else is_inside
            yield piece

    def _stand_in(self, tag: str, *, is_inside: bool) -> str:
        self.tags.append(tag)
        number = len(self.tags) - 1
        return f"{TAG}{number}{END}" if is_inside else f"<?tag {number}?>"

    def _refuse_crossing(self) -> None:
        """See that blocks open and close at one level, so that elements stay whole."""
        still_open: list[object] = []
        for number, place in self._places():
            found = _WORD.match(self.tags[number])
            if not found:
                continue
            word, rest = found.groups()
            if (word == "set" and "=" in rest) or word in _PLAIN:
                continue
            if word in _BLOCKS:
                still_open.append(place)
            elif word not in _MIDDLES and word.removeprefix("end") not in _BLOCKS:
                raise UnsuitedError("words")
            elif not still_open or still_open[-1] != place:
                raise UnsuitedError("across")
            elif word not in _MIDDLES:
                still_open.pop()
        if still_open:
            raise UnsuitedError("across")

    def _places(self) -> Iterator[tuple[int, object]]:
        """Every tag and what it stands in, in order."""
        nodes: Iterable[etree._Element] = self.root.iter(etree.PI)
        if self._has_within:
            nodes = _WITH_TAGS(self.root)  # type: ignore[assignment] # all of them nodes
        for node in nodes:
            if is_tag(node):
                yield int(node.text or 0), _level(node)
            elif isinstance(node.tag, str):
                for name, value in node.attrib.items():
                    if TAG in value:
                        for one in _WITHIN.findall(str(value)):
                            yield int(one), (node, name)

    def is_never_empty(self, cell: etree._Element) -> bool:
        """Whether a paragraph of a cell stands there whatever tags and marks around it do."""
        depth = 0
        for node in cell:
            if is_tag(node):
                found = _WORD.match(self.tags[int(node.text or 0)])
                word = found[1] if found else ""
                depth += (word in _BLOCKS) - (word.removeprefix("end") in _BLOCKS - {word})
            elif node.tag == f"{W}p" and not depth:
                beside = (node.getprevious(), node.getnext())
                if not any(one is not None and _is_mark(one) for one in beside):
                    return True
        return False

    def source(self, root: etree._Element) -> str:
        """The text for jinja of a tree that holds this one: tags as they were, marks in their signs."""
        return _STAND_INS.sub(self._restored, etree.tostring(root, encoding="unicode"))

    def _restored(self, found: re.Match[str]) -> str:
        between, within, mark, note = found.groups()
        if between or within:
            return self.tags[int(between or within)]
        said = mark if note is None else note
        return MARK + _STAND_INS.sub(self._restored, said) + MARK


def is_tag(node: etree._Element) -> bool:
    """Whether a node stands in for a tag."""
    return isinstance(node, etree._ProcessingInstruction) and node.target == "tag"  # noqa: SLF001 - lxml names the type nowhere else


def _is_mark(node: etree._Element) -> bool:
    return isinstance(node, etree._ProcessingInstruction) and node.target == "mark"  # noqa: SLF001 - as above


def has_tags(element: etree._Element) -> bool:
    """Whether a tag stands anywhere in an element or its attributes."""
    for node in element.iter():
        if is_tag(node) or any(TAG in str(value) for value in node.attrib.values()):
            return True
    return False


def mark(said: str) -> etree._Element:
    """A mark between elements."""
    return etree.ProcessingInstruction("mark", said)


def note(said: str) -> str:
    """A mark in an attribute or a text."""
    return f"{NOTE}{said}{NOTE_END}"


def _level(node: etree._Element) -> object:
    """What a tag stands in: for one in a text the holder of its run, which may end and begin anew."""
    in_text = (f"{W}t", f"{W}r")
    return next((one for one in node.iterancestors() if one.tag not in in_text), None)


def patched(xml: str) -> str:
    """A part as docxtpl hands it to jinja.

    Args:
        xml: The part, or an element of it.
    """
    freed = _BETWEEN_SIGNS.sub("", xml) if "{<" in xml or ">}" in xml else xml
    made = _TAG.sub(_stripped, freed)
    if any(sign in made for sign in ("{#", "{%-", "-%}")) or _RARE.search(made):
        from docxtpl import DocxTemplate  # noqa: PLC0415 - a tenth of a second of start-up

        return str(DocxTemplate.patch_xml(None, xml))  # it asks nothing of its document
    if "cellbg" in made:
        made = _SHADED.sub(_shaded, made)
    made = _put(made, ("<w:t>",), _WHOLE, _spaced)
    made = _IN_RUN.sub(
        r'</w:t></w:r><w:r><w:t xml:space="preserve">\1</w:t></w:r><w:r><w:t xml:space="preserve">',
        made,
    )
    for name, tag in _OF_KIND.items():
        made = _put(made, (f"<w:{name} ", f"<w:{name}>"), tag, lambda _, tag: f"{tag[1]} {tag[2]}")
    return _SAID.sub(_said, made)


def _put(
    text: str,
    starts: tuple[str, ...],
    tag: re.Pattern[str],
    instead: Callable[[str, re.Match[str]], str],
) -> str:
    """A text with something in the place of each start that a tag follows, to the end of the tag.

    Args:
        text: Of a part.
        starts: How what is replaced begins; the last of several counts.
        tag: Finds the tags; of several before the next start the last counts.
        instead: Gets what stands before the tag, and the tag.
    """
    made: list[str] = []
    done = at = 0
    while found := tag.search(text, at):
        start = max(text.rfind(one, at, found.start()) for one in starts)
        at = found.start() + 1
        if start < 0:
            continue
        while (later := tag.search(text, at)) and not any(
            text.find(one, at, later.start()) >= 0 for one in starts
        ):
            found, at = later, later.start() + 1
        made += text[done:start], instead(text[start : found.start()], found)
        done = at = found.end()
    return "".join((*made, text[done:]))


def _spaced(before: str, tag: re.Match[str]) -> str:
    return f'<w:t xml:space="preserve">{before.removeprefix("<w:t>")}{tag[0]}'


def _stripped(tag: re.Match[str]) -> str:
    text = tag[0]
    return _BETWEEN_TEXTS.sub("", text) if "</w:t>" in text else text


def _shaded(cell: re.Match[str]) -> str:
    """A cell with the shading that its tag says, in place of its own."""
    rest = _SHADING.sub("", _EMPTY_RUN.sub("", cell[1] + cell[3]), count=1)
    return _CELL_PROPERTIES.sub(
        rf'\1<w:shd w:val="clear" w:color="auto" w:fill="{{{{{cell[2]}}}}}"/>', rest
    )


def _said(tag: re.Match[str]) -> str:
    """What a tag says, with the signs of programs for those that Word writes."""
    return (
        tag[0]
        .replace("&#8216;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("“", '"')
        .replace("”", '"')
        .replace("‘", "'")
        .replace("’", "'")
    )
