"""Profiles: four kinds of feasibility for each use of the programme, in a table or in full."""

from blocks import Pen, each, when
from look import SHADE
from tables import Column, Table, Text

_PARTS = (
    ("technical", Text("Technical feasibility.", "技术可行性。")),
    ("regulatory", Text("Regulatory feasibility.", "合规可行性。")),
    ("economic", Text("Economic feasibility.", "经济可行性。")),
    ("environmental", Text("Environmental feasibility.", "环境可行性。")),
    ("cases", Text("{{ profile.cases_head }}", "{{ profile.cases_head }}")),
    ("failures", Text("Failures and cautions:", "失败教训与风险提示：")),
    ("caution", Text("Limit:", "适用边界：")),
    ("evidence", Text("Sources:", "引用资料：")),
)
_ROWS = (
    (Text("Technical", "技术"), ("technical",)),
    (Text("Regulatory", "合规"), ("regulatory",)),
    (Text("Economic", "经济"), ("economic_short",)),
    (Text("Environmental", "环境"), ("environmental",)),
    (Text("Cases, cautions", "案例与教训"), ("cases", "failures", "caution", "evidence")),
)
_FULL = Table(
    Text(
        "First uses of the programme: feasibility in four parts",
        "组合方案居前应用可行性（四个方面）",
    ),
    Text(
        "Under each use its technical, regulatory, economic and environmental feasibility, cases",
        "各方向的技术、合规、经济、环境可行性及案例与教训",
    ),
    'profile in profiles | selectattr("is_first") | list',
    (
        Column(Text("Part", "方面"), "", 23),
        Column(Text("Finding", "分析结论"), "", 147),
    ),
)
_HEADED = (
    "{{% if profile.cases %}}{{{{ profile.cases_head }}}}{}{{{{ profile.cases }}}}{{% endif %}}"
)
_BETWEEN = "{{% if profile.cases and profile.failures %}}{}{{% endif %}}"
_REST = Table(
    Text("Other uses of the programme: feasibility in short", "组合方案其他应用可行性摘要"),
    Text(
        "Each use with its technical, regulatory, economic and environmental feasibility, cautions",
        "各方向的技术、合规、经济、环境可行性摘要及案例与教训",
    ),
    'profile in profiles | rejectattr("is_first") | list',
    (
        Column(Text("Use", "方向"), "{{ profile.name }}", 24),
        Column(Text("Technical", "技术"), "{{ profile.technical_short }}", 33),
        Column(Text("Regulatory", "合规"), "{{ profile.regulatory_short }}", 29),
        Column(Text("Economic", "经济"), "{{ profile.economic_short }}", 28),
        Column(Text("Environmental", "环境"), "{{ profile.environmental_short }}", 30),
        Column(Text("Cautions", "教训"), "{{ profile.failures }}", 41),
    ),
    small=True,
)
_NOTE = Text(
    "Figures are catalogue ranges for the size named, not forecasts. The annex holds every profile in full and the "
    "evidence (E…) named.",
    "投资、就业和回收期为目录所列规模的参考区间，不是预测。各方向完整分析和所引资料（E…）见附件。",
)


def chapter(pen: Pen) -> str:
    """The chapter of the brief; absent without a use to look at."""
    title = Text("Profiles of the programme's uses", "技术、合规、经济、环境可行性")
    return when(
        "profiles",
        pen.heading(1, title),
        when(_FULL.source, pen.caption(_FULL.caption), pen.frame(_FULL, _rows(pen))),
        pen.table(_REST),
        pen.p("Note", _NOTE),
    )


def _rows(pen: Pen) -> str:
    """A tinted row with name and readiness, then a row for each part that says something."""
    rows = pen.row([pen.head_cell(column) for column in _FULL.columns], header=True)
    named = pen.p("TableSmall", "**{{ profile.name }}**", extra="<w:keepNext/>")
    line = pen.p(
        "TableSmall",
        Text(
            "{{ profile.what }}. {{ profile.readiness_line }}",
            "{{ profile.what }}。{{ profile.readiness_line }}",
        ),
        extra="<w:keepNext/>",
    )
    rows += pen.row_tag(f"for {_FULL.loop}") + pen.row([_tinted(named), _tinted(line)])
    for label, names in _ROWS:
        cells = [pen.raw_cell(pen.p("TableSmall", label)), pen.raw_cell(_said(pen, names))]
        rows += pen.row(cells)
    return rows + pen.row_tag("endfor")


def _tinted(paragraph: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    return f"<w:tc><w:tcPr>{shade}</w:tcPr>{paragraph}</w:tc>"


def _said(pen: Pen, names: tuple[str, ...]) -> str:
    """The part's sentence, or its pieces run in one after the other."""
    if len(names) == 1:
        return pen.p("TableSmall", f"{{{{ profile.{names[0]} }}}}")
    leads = dict(_PARTS)
    gap = pen.say(Text(" ", ""))
    stop = pen.say(Text(".", "。"))
    pieces = "".join(
        f"{{% if profile.{name} %}}{pen.say(leads[name])}{gap}{{{{ profile.{name} }}}}{stop}{gap}"
        "{% endif %}"
        for name in names
    )
    return pen.p("TableSmall", pieces)


def in_full(pen: Pen) -> str:
    """The chapter of the annex: every profile in full."""
    return when(
        "profiles",
        pen.heading(1, Text("Profiles of the programme's uses", "组合方案各应用可行性分析")),
        each("profile in profiles", _profile(pen)),
    )


def _profile(pen: Pen) -> str:
    head = (
        pen.heading(2, "{{ profile.name }}")
        + pen.optional("BodyText", "profile.what", keep=True)
        + pen.optional(
            "BodyText", "profile.readiness_line", "**{{ profile.readiness_line }}**", keep=True
        )
    )
    return head + "".join(_part(pen, name, lead) for name, lead in _PARTS)


def _part(pen: Pen, name: str, lead: Text) -> str:
    path = f"profile.{name}"
    words = Text(f"**{lead.en}** {{{{ {path} }}}}", f"**{lead.zh}**{{{{ {path} }}}}")
    return pen.optional("BodyText", path, words)
