"""Faces, sizes and colours of each document in each language."""

import colorsys
from dataclasses import dataclass, replace

THEME = {
    "dk1": "262626",
    "lt1": "FFFFFF",
    "dk2": "1F4E79",
    "lt2": "E9EFF6",
    "accent1": "1F4E79",
    "accent2": "B1501C",
    "accent3": "539357",
    "accent4": "B8761A",
    "accent5": "5B8DB8",
    "accent6": "7D8A99",
    "hlink": "1F4E79",
    "folHlink": "595959",
}
"""The colours that Word offers in its menus: another set of colours restyles all that is below."""
THEMED = {colour: (slot, 0xFF) for slot, colour in reversed(THEME.items()) if "link" not in slot}
"""Colour to the slot of the theme that it comes from, and how much of it is left in 255 parts; a
negative share darkens, a positive one goes to white."""


def _tint(slot: str, share: int) -> str:
    """A lighter or darker colour of the theme, as Word works it out from `themeTint`, `themeShade`."""
    red, green, blue = (int(THEME[slot][at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    left = abs(share) / 255
    light = light * left + (1 - left if share > 0 else 0)
    parts = colorsys.hls_to_rgb(hue, light, depth)
    colour = "".join(f"{round(part * 255):02X}" for part in parts)
    THEMED.setdefault(colour, (slot, share))
    return colour


ACCENT, INK, SHADE, WHITE = THEME["dk2"], THEME["dk1"], THEME["lt2"], THEME["lt1"]
QUIET = _tint("dk1", 0xC3)
RULE = _tint("dk1", 0x40)
GRID = _tint("dk1", 0x21)
TRACE = _tint("accent1", 0x99)
WARNING = THEME["accent4"]
BOX, BOX_HEAD = _tint("lt2", 0x66), _tint("accent1", 0x22)
# Dark to light, so that the series of a chart differ in grey; every light one has a dark edge.
MID, LIGHT, PALE = THEME["accent5"], _tint("accent1", 0x54), _tint("accent1", 0x21)
WARM, WARM_EDGE, GREY = _tint("accent4", 0xBF), _tint("accent4", -0xBF), _tint("dk1", 0x45)
_BAD, _CARE, _GOOD = (_tint(slot, 0x33) for slot in ("accent2", "accent4", "accent3"))
_BLUE, _NOTHING = _tint("accent1", 0x26), _tint("dk1", 0x1C)

# Light tints only: dark text stays readable on each of them, also when printed in grey.
PALETTE = {
    "full": _tint("accent1", 0x60),
    "high": _tint("accent1", 0x41),
    "middle": _BLUE,
    "low": _tint("accent1", 0x11),
    "none": WHITE,
    "missed": _BAD,
    "unknown": _NOTHING,
    "absent": WHITE,
    "viable": _GOOD,
    "not_viable": _BAD,
    "cannot_be_cleared": _NOTHING,
    "prohibited": _BAD,
    "conditional": _CARE,
    "permitted": _GOOD,
    "encouraged": _tint("accent3", 0x48),
    "partly_assessed": _NOTHING,
    "not_assessed": _NOTHING,
    "hosts": _GOOD,
    "cannot_host": _BAD,
    "severe": _BAD,
    "serious": _CARE,
    "minor": WHITE,
    "binding": _BLUE,
    "expected": WHITE,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one document in one language is set.

    Sizes are in points; `leading` and `table_leading` are exact line heights in points, 0 for
    single spacing.
    """

    lang: str
    latin: str
    body_face: str
    head_face: str
    sub_face: str
    title_face: str
    table_face: str
    body: float
    leading: float
    table: float
    title: float
    heads: tuple[float, float, float]
    margin_mm: int
    indent_chars: int
    numbered: bool
    hang: int
    table_leading: float = 0

    @property
    def chinese(self) -> bool:
        """Whether the document is in Chinese."""
        return self.lang == "zh-CN"


_LATIN = ("Calibri",) + ("SimSun",) * 5
_CHINESE = ("Times New Roman", "FangSong", "SimHei", "KaiTi", "SimSun", "SimSun")

_ENGLISH = Look(
    "en-GB",
    *_LATIN,
    body=10,
    leading=0,
    table=8,
    title=18,
    heads=(14, 12, 10.5),
    margin_mm=16,
    indent_chars=0,
    numbered=True,
    hang=680,
)
_CHINESE_TEXT = Look(
    "zh-CN",
    *_CHINESE,
    body=10.5,
    leading=17,
    table=8,
    title=17,
    heads=(14, 12, 11),
    margin_mm=16,
    indent_chars=2,
    numbered=True,
    hang=0,
)

LOOKS = {
    ("en", "leadership-brief"): replace(
        _ENGLISH,
        body=9,
        title=16,
        heads=(11.5, 10.5, 10),
        margin_mm=12,
        numbered=False,
        hang=0,
    ),
    ("en", "planning-brief"): replace(
        _ENGLISH, body=10, table=8.5, title=20, heads=(14, 12, 11), margin_mm=15
    ),
    ("zh-CN", "leadership-brief"): replace(
        _CHINESE_TEXT, body=10, leading=13.5, heads=(12, 11, 10.5), margin_mm=12, table_leading=10.4
    ),
    ("zh-CN", "planning-brief"): replace(
        _CHINESE_TEXT,
        leading=15.6,
        table=9,
        title=18,
        heads=(14, 12, 10.5),
        margin_mm=15,
        table_leading=11.2,
    ),
    ("en", "annex"): replace(_ENGLISH, body=9.5),
    ("zh-CN", "annex"): _CHINESE_TEXT,
    ("en", "comparison"): _ENGLISH,
    ("zh-CN", "comparison"): replace(_CHINESE_TEXT, title=16, table_leading=10.8),
}
