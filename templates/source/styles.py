"""The styles part: the paragraph, character and table styles that a designer restyles in Word."""

from look import (
    ACCENT,
    BOX,
    BOX_HEAD,
    INK,
    PALETTE,
    QUIET,
    RULE,
    SHADE,
    TRACE,
    WARNING,
    WHITE,
    Look,
)
from package import NAMESPACES


def styles(look: Look, *, has_bands: bool = False) -> str:
    """XML of the styles part.

    Args:
        look: Faces and sizes.
        has_bands: Whether the tables of the document take their tints from styles of their own.
    """
    bands = "".join(_band(band, fill) for band, fill in PALETTE.items()) if has_bands else ""
    lang = '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(look, look.body_face)}"
        f'<w:color w:val="{INK}"/>{_size(look.body)}{lang}</w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return f"<w:styles {NAMESPACES}>{defaults}{_paragraphs(look)}{_others(look)}{bands}</w:styles>"


def _paragraphs(look: Look) -> str:
    body = _body_spacing(look)
    gap = 0.5
    first = f'<w:ind w:firstLineChars="{look.indent_chars * 100}" w:firstLine="{_em(look)}"/>'
    first = first if look.indent_chars else ""
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    rows = [
        f'{normal}<w:name w:val="Normal"/><w:qFormat/></w:style>',
        _style("BodyText", "Body Text", body + first + _both(look)),
        _style("AfterTable", "After Table", '<w:spacing w:before="100"/>', based="BodyText"),
        _style(
            "Title",
            "Title",
            "<w:keepNext/>" + _spacing(0, 3) + _centre(look),
            _fonts(look, look.title_face) + _bold(ACCENT, look.title),
            "Subtitle",
        ),
        _style(
            "Subtitle",
            "Subtitle",
            _spacing(0, 6) + _centre(look),
            f'<w:color w:val="{QUIET}"/>' + _size(look.table + 1),
        ),
        _style(
            "Answer",
            "Answer",
            "<w:keepLines/>" + _bar(ACCENT) + _spacing(4, 6) + '<w:ind w:left="170"/>',
            _fonts(look, look.head_face) + _bold(ACCENT, _lead(look)),
        ),
        _style(
            "Banner",
            "Banner",
            "<w:keepLines/>"
            + _bar(WARNING, PALETTE["conditional"])
            + _spacing(4, 6)
            + '<w:ind w:left="170"/>',
            _fonts(look, look.head_face) + _size(look.table + 1),
        ),
        _style(
            "Caption",
            "caption",
            "<w:keepNext/><w:keepLines/>" + _spacing(5 if _tight(look) else 9, 3),
            _fonts(look, look.head_face) + _bold(ACCENT, look.table + 0.5),
        ),
        _style("Figure", "Figure", "<w:keepNext/>" + _spacing(6, 0) + '<w:jc w:val="center"/>'),
        _style(
            "FigureCaption",
            "Figure Caption",
            '<w:keepNext w:val="0"/>' + _spacing(1, 3),
            based="Caption",
        ),
        _style("FigureNote", "Figure Note", _spacing(0, 6), based="Note"),
        _style(
            "Note",
            "Note",
            "<w:keepLines/>" + _spacing(3, 3, look.table_leading),
            f'<w:color w:val="{QUIET}"/>' + _size(look.table),
        ),
        _style(
            "FinePrint",
            "Fine Print",
            _spacing(0, 2),
            f'<w:color w:val="{QUIET}"/>' + _size(look.table - 1),
        ),
        _style("Signature", "Signature", "<w:keepLines/>" + _spacing(10, 0)),
        _style("ListBullet", "List Bullet", _number(2) + body),
        _style("ListNumber", "List Number", _number(3) + body),
        _style(
            "TableText",
            "Table Text",
            _spacing(gap, gap, look.table_leading),
            _fonts(look, look.table_face) + _size(look.table),
        ),
        _style("TableNumber", "Table Number", '<w:jc w:val="right"/>', based="TableText"),
        _style("TableCentre", "Table Centre", '<w:jc w:val="center"/>', based="TableText"),
        _style("TableSmall", "Table Small", "", _size(look.table - 0.5), based="TableText"),
        _style(
            "TableSmallNumber", "Table Small Number", '<w:jc w:val="right"/>', based="TableSmall"
        ),
        _style(
            "TableHead",
            "Table Head",
            "<w:keepNext/>",
            _fonts(look, look.head_face) + _bold(ACCENT, look.table),
            based="TableText",
        ),
        _style("TableHeadNumber", "Table Head Number", '<w:jc w:val="right"/>', based="TableHead"),
        _style(
            "TableHeadCentre",
            "Table Head Centre",
            '<w:jc w:val="center"/>',
            _size(look.table - 0.5),
            based="TableHead",
        ),
        _style("Header", "header", "", f'<w:color w:val="{QUIET}"/>' + _size(8.5)),
        _style(
            "Footer", "footer", '<w:jc w:val="center"/>', f'<w:color w:val="{QUIET}"/>' + _size(8.5)
        ),
    ]
    rows += [_heading(look, level) for level in (1, 2, 3)]
    return "".join(rows) + _contents(look)


def _contents(look: Look) -> str:
    """The title of the contents list, which is no heading itself, and its two levels."""
    title = _fonts(look, look.head_face) + _bold(ACCENT, look.heads[1])
    plain = _style("TOCHeading", "TOC Heading", "<w:keepNext/>" + _spacing(6, 2), title, "BodyText")
    tabs = '<w:tabs><w:tab w:val="left" w:pos="{0}"/></w:tabs>'
    left = (_CONTENTS_STEP, 2 * _CONTENTS_STEP + 60)
    return plain + "".join(
        _style(
            f"TOC{level}",
            f"toc {level}",
            ("" if look.chinese else tabs.format(left[level - 1]))
            + _spacing(0, 1)
            + f'<w:ind w:left="{(level - 1) * _CONTENTS_STEP}"/>',
            _fonts(look, look.body_face) + _size(look.table + 1.5),
        )
        for level in (1, 2)
    )


def _heading(look: Look, level: int) -> str:
    size = look.heads[level - 1]
    face = (look.head_face, look.sub_face, look.body_face)[level - 1]
    number = _number(1, level - 1) if look.numbered and (look.chinese or level < 3) else ""
    before = (12, 10, 8)[level - 1] if look.body > 10 and not _tight(look) else 6
    indent = f'<w:ind w:firstLine="{_em(look)}"/>' if look.indent_chars else ""
    properties = (
        f"<w:keepNext/><w:keepLines/>{number}{_spacing(before, 3)}{indent}"
        f'<w:outlineLvl w:val="{level - 1}"/>'
    )
    return _style(
        f"Heading{level}",
        f"heading {level}",
        properties,
        _fonts(look, face) + _bold(ACCENT, size),
        "BodyText",
    )


def _others(look: Look) -> str:
    bold = _fonts(look, look.head_face) if look.chinese else ""
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f'<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        f"<w:rPr>{bold}<w:b/></w:rPr></w:style>"
        # Dots, not the line of a web address: the number leads no further than to its source.
        '<w:style w:type="character" w:customStyle="1" w:styleId="Traced"><w:name w:val="Traced"/>'
        f'<w:qFormat/><w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="dotted" w:color="{TRACE}"/>'
        "</w:rPr></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="CaptionSource">'
        '<w:name w:val="Caption Source"/><w:qFormat/>'
        f'<w:rPr><w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{QUIET}"/>'
        f"{_size(look.table - 0.5)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        f"<w:tblPr>{_margins(0, 108)}</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _table("BriefTable", "Brief Table", _borders(RULE), 80)
        + _table("HeatTable", "Heat Table", _borders(RULE, inner=WHITE), 28)
        + _table("LegalBox", "Legal Box", _borders(ACCENT, box=True), 85, BOX)
    )


def _table(style_id: str, name: str, borders: str, side: int, fill: str = "") -> str:
    shade = (
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>' if fill else ""
    )
    head = SHADE if not fill else BOX_HEAD
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr>{borders}{_margins(8, side)}</w:tblPr>{shade}"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{head}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _band(band: str, fill: str) -> str:
    """The tint of the cells of a band."""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="Band_{band}">'
        f'<w:name w:val="Band {band.replace("_", " ")}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr></w:style>'
    )


def _borders(colour: str, inner: str = "", *, box: bool = False) -> str:
    def line(side: str, size: int, fill: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{fill}"/>'

    rows = [line("top", 8, ACCENT)]
    rows += [line("left", 8, colour)] if box else []
    rows += [line("bottom", 8, ACCENT)]
    rows += [line("right", 8, colour)] if box else []
    rows += [line("insideH", 4, RULE)]
    rows += [line("insideV", 8, inner)] if inner else []
    return f"<w:tblBorders>{''.join(rows)}</w:tblBorders>"


def _style(
    style_id: str, name: str, ppr: str, rpr: str = "", following: str = "", *, based: str = "Normal"
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    custom = ' w:customStyle="1"' if style_id not in _BUILT_IN else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{after}<w:qFormat/>'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


_BUILT_IN = frozenset(
    (
        "BodyText",
        "Signature",
        "Title",
        "Subtitle",
        "Caption",
        "ListBullet",
        "ListNumber",
        "Header",
        "Footer",
        "Heading1",
        "Heading2",
        "Heading3",
        "TOCHeading",
        "TOC1",
        "TOC2",
    )
)
_CONTENTS_STEP = 400
"""Room for a number in the contents list, in twentieths of a point."""


def _tight(look: Look) -> bool:
    return look.margin_mm < 20


def _lead(look: Look) -> float:
    return look.body + (1.5 if _tight(look) else 1)


def _em(look: Look) -> int:
    return round(look.indent_chars * look.body * 20)


def _both(look: Look) -> str:
    return '<w:jc w:val="both"/>' if look.chinese else ""


def _centre(look: Look) -> str:
    return '<w:jc w:val="center"/>' if look.chinese else ""


def _body_spacing(look: Look) -> str:
    if look.leading:
        line = round(look.leading * 20)
        after = 40 if _tight(look) else 0
        return f'<w:spacing w:before="0" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
    after = 2 if _tight(look) else 5
    return f'<w:spacing w:before="40" w:after="{after * 20}" w:line="259" w:lineRule="auto"/>'


def _spacing(before: float, after: float, exact: float = 0) -> str:
    line = f' w:line="{round(exact * 20)}" w:lineRule="exact"' if exact else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{line}/>'


def _bar(colour: str, fill: str = SHADE) -> str:
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="{colour}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )


def _number(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _margins(vertical: int, side: int) -> str:
    return (
        f'<w:tblCellMar><w:top w:w="{vertical}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{vertical}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        "</w:tblCellMar>"
    )


def _fonts(look: Look, east: str) -> str:
    return (
        f'<w:rFonts w:ascii="{look.latin}" w:hAnsi="{look.latin}" w:eastAsia="{east}" '
        f'w:cs="{look.latin}"/>'
    )


def _bold(colour: str, size: float) -> str:
    return f'<w:b/><w:bCs/><w:color w:val="{colour}"/>{_size(size)}'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
