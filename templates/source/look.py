"""Faces, sizes and colours of each document in each language."""

from dataclasses import dataclass, replace

ACCENT = "1F4E79"
INK = "262626"
QUIET = "595959"
RULE = "BFC9D4"
SHADE = "E9EFF6"
TRACE = "7D95B0"

# Light tints only: dark text stays readable on each of them, also when printed in grey.
PALETTE = {
    "full": "9CBBDB",
    "high": "BBD0E7",
    "middle": "D8E4F1",
    "low": "EDF3F9",
    "none": "FFFFFF",
    "missed": "F6D5C5",
    "unknown": "E7E6E6",
    "absent": "FFFFFF",
    "viable": "DDEBDD",
    "not_viable": "F6D5C5",
    "cannot_be_cleared": "E7E6E6",
    "prohibited": "F6D5C5",
    "conditional": "FBE9C6",
    "permitted": "DDEBDD",
    "encouraged": "CFE5D3",
    "partly_assessed": "E7E6E6",
    "not_assessed": "E7E6E6",
    "hosts": "DDEBDD",
    "cannot_host": "F6D5C5",
    "severe": "F6D5C5",
    "serious": "FBE9C6",
    "minor": "FFFFFF",
    "binding": "D8E4F1",
    "expected": "FFFFFF",
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
        leading=16.6,
        table=9,
        title=18,
        heads=(14, 12, 10.5),
        margin_mm=15,
        table_leading=12.4,
    ),
    ("en", "annex"): replace(_ENGLISH, body=9.5),
    ("zh-CN", "annex"): _CHINESE_TEXT,
    ("en", "comparison"): _ENGLISH,
    ("zh-CN", "comparison"): replace(_CHINESE_TEXT, title=16, table_leading=10.8),
}
