"""The chapter on how the options were judged: one matrix, the two lists in blocks of their own."""

from dataclasses import replace

from blocks import Pen, when
from look import SHADE
from tables import Column, Table, Text


def chapter(pen: Pen) -> str:
    """The finding, the matrix in two blocks, and what is not in it."""
    return (
        pen.heading(1, Text("How options were judged", "方向遴选"))
        + pen.optional("BodyText", "finding.options", "**{{ finding.options }}**")
        + pen.p("BodyText", _HOW)
        + when(
            "options.blocks",
            pen.optional("BodyText", "options.same_law", keep=True),
            pen.caption(_MATRIX.caption, rows=_MATRIX.source),
            when("options.same_law", _matrix(pen, [one for one in _COLUMNS if one is not _LAW])),
            when("not options.same_law", _matrix(pen, _COLUMNS)),
            pen.p("Note", _NOTE),
        )
        + pen.optional("BodyText", "options.rest")
        + pen.optional("BodyText", "options.unchecked")
    )


_HOW = Text(
    "Law comes first: what it bars is out, whatever it would bring. Then each option is held against what it "
    "cannot do without, then against what it would bring within the money, power and people at hand. "
    "Ledgers and power reuse are two lists, because a ledger needs next to no power.",
    "遴选先看合规，被禁止的一律不予安排；再看必要条件是否具备；最后看在现有资金、电力和人员条件下的效果。"
    "区块链平台用电很少，与电力再利用方向分列，不作混合排序。",
)
_NOTE = Text(
    "Jobs, power and people are those of the project, or of the option at the size at which it brings most; they were "
    "not computed for options that lack something.",
    "岗位、用电和覆盖人员为项目规模下的数值，未列入方案的按效果最大的规模计；条件不具备的方向未作测算。",
)


_LAW = Column(Text("Law", "法律状态"), "{{ row.law }}", 24, band="row.law_band")
_COLUMNS = [
    Column(
        Text("Option", "方向"),
        ("{{ row.name }}", "{%p if row.size %}", "{{ row.size }}", "{%p endif %}"),
        48,
    ),
    _LAW,
    Column(Text("What it must have", "必要条件"), "{{ row.needs }}", 44, band="row.needs_band"),
    Column(Text("Jobs (full-time)", "岗位（个）"), "{{ row.jobs }}", 17, number=True),
    Column(Text("Power (MW)", "用电（兆瓦）"), "{{ row.power }}", 16, number=True),
    Column(Text("People reached", "覆盖人员（人）"), "{{ row.people }}", 18, number=True),
    Column(Text("Verdict", "结论"), "{{ row.verdict }}", 38, band="row.verdict_band"),
]
_MATRIX = Table(
    Text("Options by law, needs, effects and verdict", "各方向的合规、条件、效果和结论"),
    Text(
        "Each option with its legal position, what it lacks, jobs, power, people and the verdict",
        "各方向的法律状态、所缺条件、岗位、用电、覆盖人员和结论",
    ),
    "row in options.blocks",
    tuple(_COLUMNS),
    small=True,
)


def _matrix(pen: Pen, columns: list[Column]) -> str:
    """A table with a row for the title of each list, then its options."""
    title = pen.raw_cell(
        pen.p("TableSmall", "**{{ block.title }}**", extra="<w:keepNext/>"),
        fill=SHADE, span=len(columns),
    )  # fmt: skip
    rows = pen.row([pen.head_cell(one) for one in columns], header=True)
    cells = [pen.cell(one, small=True) for one in columns]
    block = pen.row([title]) + pen.loop_rows("row in block.rows", pen.row(cells))
    rows += pen.loop_rows("block in options.blocks", block)
    return pen.frame(replace(_MATRIX, columns=tuple(columns)), rows)
