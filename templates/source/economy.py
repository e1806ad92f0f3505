"""The chapter on the regional economy: jobs, industries, diversity, money, energy and carbon."""

from blocks import Pen, when
from tables import Column, Table, Text


def _text(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", mm)


def _number(head: Text, name: str, mm: int, trace: str = "") -> Column:
    return Column(head, f"{{{{ row.{name} }}}}", mm, number=True, trace=trace)


_TOP = Table(
    Text("Largest industries beside the portfolio's jobs", "主要行业从业人员与组合新增就业对照"),
    Text(
        "The five largest industries with employment, location quotient and the portfolio's jobs",
        "从业人员最多的五个行业大类、区位熵和组合新增就业之比",
    ),
    "row in economy.top",
    (
        _text(Text("Industry", "行业"), "name", 62),
        _number(
            Text("Employment (persons)", "从业人员（人）"), "employment", 30, "row.trace.employment"
        ),
        _text(Text("Year", "年份"), "year", 16),
        _number(Text("Location quotient", "区位熵"), "lq", 22),
        _number(
            Text("Portfolio jobs per 10,000 employed", "组合就业（人/万从业人员）"),
            "share",
            40,
        ),
    ),
    small=True,
)
_DIVERSITY = Table(
    Text(
        "Diversity of employment today and with the portfolio", "就业结构多样性：现状与计入组合后"
    ),
    Text("Four measures of diversity before and after the portfolio", "四项多样性指标的前后对比"),
    "row in economy.diversity",
    (
        _text(Text("Measure", "指标"), "name", 58),
        _number(Text("Today", "现状"), "before", 20),
        _number(Text("With the portfolio", "计入组合后"), "after", 36),
        _text(Text("How to read it", "含义"), "reading", 56),
    ),
)
_MOVERS = Table(
    Text("Change of employment and its three parts", "从业人员变动的偏离—份额分解"),
    Text(
        "Industries that changed most, with the three parts of the change, and the total",
        "变动最大的行业及三项分解，末行为合计",
    ),
    "row in economy.movers",
    (
        _text(Text("Industry", "行业"), "name", 62),
        _number(Text("Change (persons)", "变动（人）"), "change", 26),
        _number(Text("Growth of the whole", "整体增长份额"), "national", 27),
        _number(Text("Mix of industries", "产业结构份额"), "mix", 27),
        _number(Text("Region's own course", "区域竞争力份额"), "regional", 28),
    ),
)
_USES = Table(
    Text("Jobs, capital and payback of the selected uses", "入选方向的就业、投资和回收期"),
    Text(
        "Ranges for each selected use, with the region's own estimate where supplied",
        "各入选方向的区间值及本地区估算",
    ),
    "row in economy.uses",
    (
        Column(
            Text("Use", "方向"),
            (
                "{{ row.name }}",
                "{{ row.scale }}",
                "{%p if row.own %}",
                "{{ row.own }}",
                "{%p endif %}",
            ),
            86,
        ),
        _number(Text("Jobs (FTE)", "就业（人）"), "jobs", 22),
        _number(Text("Capital", "投资"), "capex", 38),
        _number(Text("Payback (years)", "回收期（年）"), "payback", 24),
    ),
)
_ENERGY = Table(
    Text("Electricity and carbon of the selected uses", "入选方向的用电与碳排放"),
    Text(
        "Load, electricity, emissions in two accounts and electricity per job of each use",
        "各方向的负荷、用电量、两种口径的排放和每个就业岗位用电",
    ),
    "row in economy.energy.rows",
    (
        _text(Text("Use", "方向"), "name", 46),
        _number(Text("Load (MW)", "负荷（兆瓦）"), "load", 22),
        _number(
            Text("Electricity (MWh a year)", "年用电量（万千瓦时）"),
            "electricity",
            28,
            "row.trace.electricity",
        ),
        _number(Text("Location-based (tCO2 a year)", "区位口径（吨二氧化碳/年）"), "location", 26),
        _number(Text("Market-based (tCO2 a year)", "市场口径（吨二氧化碳/年）"), "market", 26),
        _number(Text("MWh per job", "每个就业岗位用电（万千瓦时）"), "per_job", 24),
    ),
)


_EFFECTS = Table(
    Text("Jobs, payback, electricity and carbon of the selected uses", "入选方向的就业、回收期、用电与碳排放"),
    Text(
        "Jobs, payback, electricity and location-based emissions of each selected use",
        "各入选方向的就业、回收期、年用电量和区位口径排放",
    ),
    "row in economy.effects",
    (
        Column(
            Text("Use", "方向"),
            ("{{ row.name }}", "{%p if row.own %}", "{{ row.own }}", "{%p endif %}"),
            68,
        ),
        _number(Text("Jobs (FTE)", "就业（人）"), "jobs", 24),
        _number(Text("Payback (years)", "回收期（年）"), "payback", 22),
        _number(Text("Electricity (MWh a year)", "年用电量（万千瓦时）"), "electricity", 28),
        _number(Text("Emissions (tCO2 a year)", "排放（吨二氧化碳/年）"), "location", 34),
    ),
    small=True,
)  # fmt: skip
_EFFECTS_NOTE = Text(
    "{{ economy.energy.notes | join(' ') }} Emissions are location-based; market-based ones, capital by use, "
    "diversity measures and the change by industry stand in the annex.",
    "{{ economy.energy.notes | join }}表中排放为区位口径；市场口径、分项投资、多样性指标和分行业变动见附件。",
)


def chapter(pen: Pen) -> str:
    """The chapter; it always says at least what is missing."""
    return (
        pen.heading(1, Text("Effect on the regional economy and carbon", "效益与情景"))
        + when("economy.jobs", pen.paragraph("BodyText", pen.pieces("economy.jobs_parts")))
        + when(
            "economy.top",
            pen.heading(2, Text("Comparison with existing industries", "与现有产业的比较")),
            pen.table(_TOP),
            pen.optional("AfterTable", "economy.comparison"),
        )
        + pen.optional("BodyText", "economy.diversity_note")
        + pen.optional("BodyText", "economy.change")
        + when(
            "economy.effects",
            pen.heading(2, Text("Jobs, energy and carbon", "就业、能源与碳排放")),
            pen.table(_EFFECTS),
            pen.p("Note", _EFFECTS_NOTE),
            pen.optional("BodyText", "economy.energy.former"),
            pen.optional("BodyText", "economy.value_added"),
        )
    )


def details(pen: Pen) -> str:
    """The chapter of the annex: diversity, change by industry, money and energy by use."""
    return when(
        "economy.diversity or economy.movers or economy.uses or economy.energy.rows",
        pen.heading(1, Text("Regional economy, energy and carbon", "经济、能源与碳排放")),
        pen.table(_DIVERSITY),
        pen.table(_MOVERS),
        pen.optional("Note", "economy.movers_note"),
        pen.table(_USES),
        pen.optional("Note", "economy.uses_note"),
        pen.table(_ENERGY),
        pen.bullets("economy.energy.notes", "Note"),
    )
