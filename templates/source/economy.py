"""The chapter on the regional economy: jobs, industries, diversity, money, energy and carbon."""

from blocks import Pen, when
from programme import NUMBERS
from tables import Column, Table, Text


def _text(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ {name} }}}}", mm)


def _number(head: Text, name: str, mm: int, trace: str = "") -> Column:
    return Column(head, f"{{{{ {name} }}}}", mm, number=True, trace=trace)


_DIVERSITY = Table(
    Text(
        "Diversity of employment today and with the programme",
        "就业结构多样性：现状与计入组合方案后",
    ),
    Text("Four measures of diversity before and after the programme", "四项多样性指标的前后对比"),
    "economy.diversity",
    (
        _text(Text("Measure", "指标"), "name", 58),
        _number(Text("Today", "现状"), "before", 20),
        _number(Text("With the programme", "计入组合方案后"), "after", 36),
        _text(Text("How to read it", "含义"), "reading", 56),
    ),
)
_MOVERS = Table(
    Text("Change of employment and its three parts", "从业人员变动的偏离—份额分解"),
    Text(
        "Industries that changed most, with the three parts of the change, and the total",
        "变动最大的行业及三项分解，末行为合计",
    ),
    "economy.movers",
    (
        _text(Text("Industry", "行业"), "name", 62),
        _number(Text("Change (persons)", "变动（人）"), "change", 26),
        _number(Text("Growth of the whole", "整体增长份额"), "national", 27),
        _number(Text("Mix of industries", "产业结构份额"), "mix", 27),
        _number(Text("Region's own course", "区域竞争力份额"), "regional", 28),
    ),
)
_USES = Table(
    Text(
        "Jobs, capital and payback for one unit of each use",
        "组合方案各应用单位规模的就业、投资和回收期",
    ),
    Text(
        "Ranges for one unit of each use, with the region's own estimate where supplied",
        "各应用单位规模的区间值及本地区估算",
    ),
    "economy.uses",
    (
        Column(
            Text("Use", "方向"),
            (
                "{{ name }}",
                "{{ scale }}",
                "{{ own }}",
            ),
            86,
        ),
        _number(Text("Jobs (FTE)", "就业（人）"), "jobs", 22),
        _number(Text("Capital", "投资"), "capex", 38),
        _number(Text("Payback (years)", "回收期（年）"), "payback", 24),
    ),
)
_ENERGY = Table(
    Text("Electricity and carbon of the projects", "各项目用电与碳排放"),
    Text(
        "Connection, average load, electricity, emissions in two accounts and electricity per job",
        "各项目的接入容量、平均负荷、用电量、两种口径的排放和每个岗位用电",
    ),
    "economy.energy.rows",
    (
        _text(Text("Project", "项目"), "name", 50),
        _number(Text("Connection (MW)", "接入容量（兆瓦）"), "connection", 20),
        _number(Text("Average load (MW)", "平均负荷（兆瓦）"), "load", 20),
        _number(Text("Electricity (MWh a year)", "年用电量（万千瓦时）"), "electricity", 26),
        _number(
            Text("Location-based (kt CO2 a year)", "区位口径（千吨二氧化碳/年）"), "location", 24
        ),
        _number(Text("Market-based (kt CO2 a year)", "市场口径（千吨二氧化碳/年）"), "market", 24),
        _number(Text("MWh per job", "每个岗位用电（万千瓦时）"), "per_job", 20),
    ),
)


_EFFECTS = Table(
    Text("Jobs, payback, electricity and carbon of the projects", "各项目的岗位、回收期、用电与碳排放"),
    Text(
        "Jobs, payback, electricity and location-based emissions of each project",
        "各项目的岗位、回收期、年用电量和区位口径排放",
    ),
    "economy.effects",
    (
        Column(
            Text("Project", "项目"),
            ("{{ name }}", "{{ own }}"),
            54,
        ),
        Column(
            Text("Jobs (full-time)", "岗位（个）"),
            ("{{ jobs_range }}", "{{ jobs_by }}"),
            34,
        ),
        _text(Text("Payback", "回收期"), "payback", 44),
        _number(Text("Electricity (MWh a year)", "年用电量（万千瓦时）"), "electricity", 26),
        _number(Text("Emissions (kt CO2 a year)", "排放（千吨二氧化碳/年）"), "emissions", 26),
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
    jobs = pen.pieces("economy.jobs_parts", anchor=NUMBERS, strong=True)
    return (
        pen.heading(1, Text("Region, energy and carbon", "效益与情景"))
        + when("economy.jobs", pen.paragraph("BodyText", jobs))
        + pen.optional("BodyText", "economy.comparison")
        + pen.optional("BodyText", "economy.change")
        + when(
            "economy.effects",
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
