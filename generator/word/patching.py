"""Tags freed of Word's markup, as docxtpl's `patch_xml` (0.20) does it, in a third of its time.

The same replacements in the same order; what a text does not hold is not searched for, and what
repeats up to an element leaps from one `<` to the next. Tags that are rarer than that are left to
docxtpl itself.
"""

from __future__ import annotations

import re

_RARE = re.compile(r"\{%-|-%\}|\{%[^%]*\b(?:colspan|vm|hm)\b")
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
_SPACED = re.compile(r"<w:t>([^<]*(?:<(?!w:t>)[^<]*)*)({{.*?}}|{%.*?%})", re.DOTALL)
_IN_RUN = re.compile(r"({{r\s.*?}}|{%r\s.*?%})", re.DOTALL)
_AROUND = {
    name: re.compile(
        rf"<w:{name}[ >][^<]*(?:<(?!w:{name}[ >])[^<]*)*({{%|{{{{){name} ([^}}%]*(?:%}}|}}}})).*?</w:{name}>",
        re.DOTALL,
    )
    for name in ("tr", "tc", "p", "r")
}
"""The row, cell, paragraph or run that a tag takes the place of."""
_SAID = re.compile(r"(?<=\{[\{%])(.*?)(?=[\}%]})")


def patched(xml: str) -> str:
    """A part as docxtpl hands it to jinja.

    Args:
        xml: The part, or an element of it.
    """
    freed = _BETWEEN_SIGNS.sub("", xml) if "{<" in xml or ">}" in xml else xml
    made = _TAG.sub(_stripped, freed)
    if "{#" in freed or _RARE.search(made):
        from docxtpl import DocxTemplate  # noqa: PLC0415 - a tenth of a second of start-up

        return str(DocxTemplate.patch_xml(None, xml))  # it asks nothing of its document
    if "cellbg" in made:
        made = _SHADED.sub(_shaded, made)
    made = _SPACED.sub(r'<w:t xml:space="preserve">\1\2', made)
    made = _IN_RUN.sub(
        r'</w:t></w:r><w:r><w:t xml:space="preserve">\1</w:t></w:r><w:r><w:t xml:space="preserve">',
        made,
    )
    for name, around in _AROUND.items():
        if f"{{%{name} " in made or f"{{{{{name} " in made:
            made = around.sub(r"\1 \2", made)
    return _SAID.sub(_said, made)


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
