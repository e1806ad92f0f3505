"""Profiles in full: four kinds of feasibility for each use of the programme."""

from blocks import Pen, each, when
from tables import Text

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
