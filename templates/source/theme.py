"""The theme part: the colours and faces that Word offers in its menus."""

from look import RULE, THEME, Look

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def theme(look: Look) -> str:
    """XML of the theme part."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in THEME.items()
    )
    major, minor = (
        f'<a:latin typeface="{look.latin}"/><a:ea typeface="{east}"/><a:cs typeface=""/>'
        for east in (look.head_face, look.body_face)
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="Brief"><a:themeElements>'
        f'<a:clrScheme name="Brief">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Brief"><a:majorFont>{major}</a:majorFont>'
        f"<a:minorFont>{minor}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Brief"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
