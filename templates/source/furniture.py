"""What stands around the text: header, footer, numbering, settings, fonts, properties."""

from blocks import Pen, field
from look import Look
from package import NAMESPACES
from tables import Text

_DUBLIN = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
# Chinese systems without the face set a stand-in of the same kind.
_FACES = {
    "Calibri": ("Carlito", "swiss", "00"),
    "Times New Roman": ("Liberation Serif", "roman", "00"),
    "FangSong": ("仿宋", "modern", "86"),
    "SimHei": ("黑体", "modern", "86"),
    "KaiTi": ("楷体", "modern", "86"),
    "SimSun": ("宋体", "auto", "86"),
}
_HANDLING = "{{ doc.as_of }}{% if doc.handling %} · {{ doc.handling }}{% endif %}"


def header(pen: Pen, width: int) -> str:
    """XML of a header: document at the left, date and handling mark at the right.

    Args:
        pen: Writes in the document's language.
        width: Text width in twentieths of a point, where the right-hand text ends.
    """
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    runs = pen.run("{{ doc.short_title }}") + "<w:r><w:tab/></w:r>" + pen.run(_HANDLING)
    inner = f'<w:p><w:pPr><w:pStyle w:val="Header"/>{tabs}</w:pPr>{runs}</w:p>'
    return f"<w:hdr {NAMESPACES}>{inner}</w:hdr>"


def footer(pen: Pen) -> str:
    """XML of the footer, page x of y."""
    page, pages = field("PAGE", pen.run("1")), field("NUMPAGES", pen.run("1"))
    before, between, after = Text("Page ", "第"), Text(" of ", "页 共"), Text("", "页")
    runs = pen.run(before) + page + pen.run(between) + pages + pen.run(after)
    return f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs}</w:p></w:ftr>'


def numbering(look: Look) -> str:
    """XML of the numbering part: 1 headings, 2 bullets, 3 numbered list, 4 none."""
    heads = _chinese_heads() if look.chinese else _latin_heads(look.hang)
    left = 420 if look.body > 10 else 300
    ind = f'<w:pPr><w:ind w:left="{left}" w:hanging="{left}"/></w:pPr>'
    bullet = _level(0, "bullet", "•", ind, "ListBullet")
    number = _level(0, "decimal", "%1.", ind, "ListNumber")
    plain = _level(0, "none", "", "", "", suff='<w:suff w:val="nothing"/>')
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:multiLevelType w:val="{kind}"/>{levels}'
        "</w:abstractNum>"
        for i, kind, levels in (
            (1, "multilevel", heads if look.numbered else ""),
            (2, "singleLevel", bullet),
            (3, "singleLevel", number),
            (4, "singleLevel", plain),
        )
    )
    numbers = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>' for i in (1, 2, 3, 4)
    )
    return f"<w:numbering {NAMESPACES}>{lists}{numbers}</w:numbering>"


def _latin_heads(hang: int) -> str:
    ind = f'<w:pPr><w:ind w:left="{hang}" w:hanging="{hang}"/></w:pPr>'
    return _level(0, "decimal", "%1", ind, "Heading1") + _level(
        1, "decimal", "%1.%2", ind, "Heading2"
    )


def _chinese_heads() -> str:
    suff = '<w:suff w:val="nothing"/>'
    return (
        _level(0, "chineseCountingThousand", "%1、", "", "Heading1", suff=suff)
        + _level(1, "chineseCountingThousand", "（%2）", "", "Heading2", suff=suff)
        + _level(2, "decimal", "%3.", "", "Heading3", suff='<w:suff w:val="space"/>')
    )


def _level(level: int, kind: str, text: str, ppr: str, style: str, *, suff: str = "") -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'{link}{suff}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"{ppr}</w:lvl>"
    )


def settings(look: Look) -> str:
    """XML of the settings part."""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{look.lang}" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts(look: Look) -> str:
    """XML of the font table with the stand-in names of each face."""
    used = dict.fromkeys(
        (look.latin, look.body_face, look.head_face, look.sub_face, look.title_face)
    )
    rows = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{alt}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for face, (alt, family, charset) in ((f, _FACES[f]) for f in used)
    )
    return f"<w:fonts {NAMESPACES}>{rows}</w:fonts>"


def core(look: Look) -> str:
    """XML of the core properties; the renderer fills title and subject."""
    return (
        f"<cp:coreProperties {_DUBLIN}><dc:title>{{{{ doc.title }}}}</dc:title>"
        "<dc:subject>{{ doc.short_title }}</dc:subject><dc:creator></dc:creator>"
        f"<dc:language>{look.lang}</dc:language></cp:coreProperties>"
    )
