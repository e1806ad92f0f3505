"""What the figures of a table rest on, said in its caption; told from the list that fills it."""

from typing import NamedTuple


class _Basis(NamedTuple):
    """Beginnings of paths, and the words for a caption in both languages."""

    paths: tuple[str, ...]
    en: str
    zh: str


# The first that fits is taken. Units stand in the column heads, years that differ in the rows.
_ALL = (
    _Basis(
        ("assets.", "annex.used.rows", "annex.used.institutions"),
        "region's workbook",
        "来源：地区工作簿",
    ),
    _Basis(
        ("law.", "comparison.law.", "counsel.", "readiness.not_checked", "annex.register.rules", "annex.register.uses"),
        "rule packs, law of {{ doc.as_of }}",
        "来源：规则库，基准日{{ doc.as_of }}",
    ),
    _Basis(
        (
            "annex.used.catalogue",
            "assumptions",
        ),
        "catalogue",
        "来源：目录",
    ),
    _Basis(
        ("changes.",),
        "from the results of both editions",
        "据两版结果比较",
    ),
    _Basis(
        ("swot.", "risks.", "tasks.", "goals."),
        "from results and catalogue",
        "据测算结果和目录编制",
    ),
    _Basis(
        (
            "top.", "gaps", "prepare", "readiness.", "programme.", "sites.", "economy.",
            "scenarios.", "steps.", "annex.used.", "annex.points.", "annex.choice.",
            "annex.projects.", "annex.around.", "annex.changes.", "annex.orders.", "projects.",
            "options.", "overview.", "comparison.", "money.", "firmness.",
        ),
        "calculated from workbook and catalogue",
        "据地区工作簿和目录测算",
    ),
)  # fmt: skip


def basis(path: str) -> tuple[str, str]:
    """The words in English and Chinese; empty for lists that hold no figures of the region."""
    found = (one for one in _ALL if path.startswith(one.paths))
    one = next(found, None)
    return (one.en, one.zh) if one else ("", "")
