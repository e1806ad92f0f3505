"""Chapters of the annex on the programme: what it is chosen from, its projects, and what else."""

from blocks import Pen, when
from tables import Column, Table, Text

_RESOURCES = (
    ("capex", Text("Capital with contingency", "投资（含预备费）"), 30),
    ("grid_mw", Text("Grid (MW)", "电网容量（兆瓦）"), 20),
    ("it_load_mw", Text("IT load (MW)", "IT负荷（兆瓦）"), 20),
    ("racks", Text("Racks", "机架"), 18),
    ("dev_fte", Text("Developers (FTE)", "开发人员（人）"), 22),
    ("ops_fte", Text("Operations (FTE)", "运维人员（人）"), 22),
    ("technician_fte", Text("Technicians (FTE)", "技术工人（人）"), 22),
)


def _number(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ {name} }}}}", mm, number=True)


def _effects(mm: int) -> tuple[Column, ...]:
    return (
        _number(Text("Jobs (FTE)", "就业（人）"), "jobs", mm),
        _number(Text("Idle power used (MW)", "盘活电力（兆瓦）"), "power", mm),
        _number(Text("People reached", "覆盖从业人员"), "served", mm + 3),
    )


def choice(pen: Pen) -> str:
    """What counts, what may be chosen, and where it fits."""
    return (
        pen.heading(1, Text("What the programme is chosen from", "组合方案的选取依据"))
        + pen.optional("BodyText", "annex.choice.intro", keep=True)
        + pen.table(_OBJECTIVES, wide=True)
        + pen.optional("Note", "annex.choice.objective_note")
        + pen.table(_CANDIDATES, wide=True)
        + pen.optional("Note", "annex.choice.candidate_note")
        + pen.table(_FITS, wide=True)
        + when("annex.choice.fits", pen.p("Note", "{{ annex.choice.fit_note }}"))
    )


def projects(pen: Pen) -> str:
    """Both waves in full."""
    return (
        pen.heading(1, Text("Projects of both waves", "两批项目"))
        + pen.optional("BodyText", "annex.projects.intro", keep=True)
        + pen.table(_WAVES, wide=True)
        + pen.table(_PROJECTS, wide=True)
        + pen.table(_STANDING, wide=True)
        + pen.table(_NEEDS, wide=True)
        + pen.table(_YEARS, wide=True)
        + pen.optional("Note", "annex.projects.year_note")
        + pen.table(_SUMS, wide=True)
        + pen.optional("Note", "annex.projects.sum_note")
    )


def around(pen: Pen) -> str:
    """Limits, alternatives, stakeholders, and what varies."""
    return when(
        "annex.around.limits",
        pen.heading(1, Text("Limits and alternatives", "约束与备选方案")),
        pen.table(_LIMITS, wide=True),
        pen.table(_BINDING, wide=True),
        pen.p("Note", "{{ annex.around.limit_note }}"),
        pen.optional("BodyText", "annex.around.unusable"),
        pen.table(_ALTERNATIVES, wide=True),
        pen.table(_STAKEHOLDERS, wide=True),
        pen.optional("BodyText", "annex.around.shared"),
        pen.bullets("annex.around.retired"),
        when(
            "annex.around.firm_intro",
            pen.heading(2, Text("How firm the first wave is", "首批项目的稳健性")),
            pen.optional("BodyText", "annex.around.firm_intro", keep=True),
            pen.table(_FIRM, wide=True),
            pen.table(_CAPITAL, wide=True),
        ),
    )


_OBJECTIVES = Table(
    Text("Objectives", "目标"),
    Text(
        "Each objective with its points, attainable amount, floor, full amount, weight and value of a unit",
        "各目标的赋分、可达到值、下限、满值、权重和单位价值",
    ),
    "annex.choice.objectives",
    (
        Column(Text("Objective", "目标"), "{{ name }}", 60),
        Column(Text("Unit", "单位"), "{{ unit }}", 40),
        _number(Text("Points given", "赋分"), "stated", 22),
        _number(Text("Attainable", "可达到"), "attainable", 30),
        _number(Text("Floor", "下限"), "floor", 25),
        _number(Text("Full value at", "满值"), "full", 30),
        _number(Text("Weight", "权重"), "weight", 22),
        _number(Text("Value of a unit (of 100)", "单位价值（满分100）"), "unit_value", 32),
    ),
    small=True,
)
_CANDIDATES = Table(
    Text("Candidates", "候选应用"),
    Text(
        "Each candidate with what keeps it, capital, jobs, people reached, value alone and its parts",
        "各候选应用的启动条件、投资、就业、覆盖人数、单项价值及构成",
    ),
    "annex.choice.candidates",
    (
        Column(Text("No.", "编号"), "{{ id }}", 10),
        Column(Text("Use", "应用"), "{{ name }}", 38),
        Column(Text("Ready, or what keeps it", "启动条件"), "{{ ready }}", 48),
        Column(Text("Capital (range)", "投资（区间）"), "{{ capital }}", 36),
        Column(Text("Jobs (range, FTE)", "就业（区间，人）"), "{{ jobs }}", 24),
        _number(Text("People reached", "覆盖人数"), "reached", 17),
        _number(Text("Place in range", "区间位置"), "scale", 13),
        _number(Text("Value alone (of 100)", "单项价值（满分100）"), "value", 15),
        Column(Text("Of this", "其中"), "{{ parts }}", 32),
        Column(Text("Size, place", "规模、地点"), "{{ at }}", 28),
        Column(Text("Wave", "批次"), "{{ wave }}", 14),
    ),
    small=True,
)
_FITS = Table(
    Text("Where power reuse fits, and what limits its size", "电力再利用方向的场地与规模限制"),
    Text(
        "Each use at each site that hosts it, with its bounds, largest size and the sizes tried",
        "各方向在各可用场地的限制、最大规模和测算规模",
    ),
    "annex.choice.fits",
    (
        Column(Text("Use", "方向"), "{{ id }} {{ use }}", 46),
        Column(Text("Site", "场地"), "{{ place }}", 34),
        Column(Text("Cleared", "已核清"), "{{ cleared }}", 12),
        Column(Text("Bounds in units of scale, tightest first", "各项限制（规模单位，最紧的在前）"), "{{ bounds }}", 102),
        Column(Text("Cell of the tightest", "最紧限制所据单元格"), "{{ cells }}", 20),
        _number(Text("Largest size", "最大规模"), "full", 22),
        _number(Text("Sizes tried", "测算规模"), "menu", 34),
    ),
    small=True,
)  # fmt: skip
_WAVES = Table(
    Text("The waves as a whole", "两批合计"),
    Text(
        "Each wave with its projects, value, effects and capital",
        "各批的项目数、价值、成效和投资",
    ),
    "annex.projects.waves",
    (
        Column(Text("Wave", "批次"), "{{ wave }}", 28),
        _number(Text("Projects", "项目（个）"), "count", 20),
        _number(Text("Value (of 100)", "价值（满分100）"), "value", 24),
        *_effects(28),
        _number(Text("Capital", "投资"), "capital", 36),
        _number(Text("Low to high", "区间"), "range", 46),
        _number(Text("Saved by a common platform", "共用平台节省"), "platform", 36),
    ),
    small=True,
)
_PROJECTS = Table(
    Text("Projects: size, effects and cost", "项目：规模、成效与费用"),
    Text(
        "Each project with its wave, capital, jobs, power, people reached, running cost, emissions and months of build",
        "各项目的批次、投资、就业、盘活电力、覆盖人数、年运行成本、排放和建设期",
    ),
    "annex.projects.rows",
    (
        _number(Text("No.", "序号"), "number", 9),
        Column(Text("Project", "项目"), "{{ id }} {{ project }}", 52),
        Column(Text("Wave", "批次"), "{{ wave }}", 14),
        Column(Text("Capital (range)", "投资（区间）"), "{{ capital }}", 37),
        Column(Text("Jobs (range, FTE)", "就业（区间，人）"), "{{ jobs }}", 25),
        Column(Text("Employed by", "用工主体"), "{{ jobs_by }}", 20),
        _number(Text("Idle power used (MW)", "盘活电力（兆瓦）"), "power", 16),
        _number(Text("People reached", "覆盖从业人员"), "served", 18),
        _number(Text("of these in strong industries", "其中优势产业"), "strong", 18),
        Column(Text("Running cost a year", "年运行成本"), "{{ running }}", 27),
        _number(Text("Emissions (kt CO2 a year)", "排放（千吨/年）"), "emissions", 18),
        _number(Text("Months of build", "建设期（月）"), "months", 16),
    ),
    small=True,
)
_STANDING = Table(
    Text("Projects: what limits them, what comes first, how firm they are", "项目：规模限制、前置条件与稳健性"),
    Text(
        "Each project with the bound of its size, what must come first, share of choices, replacements and supply uses",
        "各项目的规模限制、前置条件、入选比例、可能的替代和配套供电方向",
    ),
    "annex.projects.standing",
    (
        _number(Text("No.", "序号"), "number", 9),
        Column(Text("Project", "项目"), "{{ project }}", 54),
        Column(Text("What limits its size", "规模限制"), "{{ bound }}", 44),
        Column(
            Text("What must come first; what else could feed or replace it", "前置条件；可配套供电和可能的替代"),
            (
                "{{ first }}",
                Text("Could be fed by: {{ supply }}", "可配套供电：{{ supply }}"),
                Text("May be replaced by: {{ instead }}", "可能由其替代：{{ instead }}"),
            ),
            142,
        ),
        _number(Text("Chosen in", "入选比例"), "chosen", 16),
    ),
    small=True,
)  # fmt: skip
_NEEDS = Table(
    Text("What each project takes of the limits", "各项目占用的约束资源"),
    Text("Each project with its need of each limit", "各项目对各项约束的需求"),
    "annex.projects.needs",
    (
        _number(Text("No.", "序号"), "number", 9),
        Column(Text("Project", "项目"), "{{ project }}", 92),
        *(_number(head, key, mm) for key, head, mm in _RESOURCES),
    ),
    small=True,
)
_YEARS = Table(
    Text("Money by year", "分年度资金"),
    Text(
        "Each year with the capital of both waves, its range and the running cost",
        "各年度两批投资、区间和运行成本",
    ),
    "annex.projects.years",
    (
        Column(Text("Year", "年度"), "{{ year }}", 26),
        _number(Text("Capital, first wave", "首批投资"), "first", 52),
        _number(Text("Capital, second wave", "第二批投资"), "second", 52),
        _number(Text("Both, low to high", "合计区间"), "range", 66),
        _number(Text("Running cost", "运行成本"), "running", 66),
    ),
    small=True,
)
_SUMS = Table(
    Text("Where the figures of the projects come from", "项目数字的算式与依据"),
    Text(
        "Each figure of each project as a sum, with its cells", "各项目各项数字的算式及所据单元格"
    ),
    "annex.projects.sums",
    (
        _number(Text("No.", "序号"), "number", 9),
        Column(Text("Project", "项目"), "{{ project }}", 56),
        Column(Text("Figure", "数字"), "{{ figure }}", 28),
        Column(Text("Sum", "算式"), "{{ sum }}", 130),
        Column(Text("Cells", "单元格"), "{{ cells }}", 42),
    ),
    small=True,
)
_LIMITS = Table(
    Text("Limits, and what both waves take of them", "约束与占用"),
    Text(
        "Each limit with its amount, basis, range and what both waves take",
        "各项约束的数量、依据、区间和两批占用",
    ),
    "annex.around.limits",
    (
        Column(Text("No.", "编号"), "{{ id }}", 10),
        Column(Text("Limit", "约束"), "{{ name }}", 32),
        _number(Text("Amount", "数量"), "limit", 26),
        Column(Text("Basis, cell", "依据、单元格"), ("{{ basis }}", "{{ cell }}"), 26),
        _number(Text("Range", "区间"), "range", 26),
        _number(Text("First wave", "首批"), "first", 24),
        _number(Text("Second wave", "第二批"), "second", 24),
    ),
    small=True,
)
_BINDING = Table(
    Text("Limits of which more would change the first wave", "放宽后可改变首批项目的约束"),
    Text(
        "Each such limit with the value of one more unit, the least extra amount and what it changes",
        "各项约束增加一个单位的价值、最小增量及其带来的变化",
    ),
    "annex.around.binding",
    (
        Column(Text("No.", "编号"), "{{ id }}", 12),
        Column(Text("Limit", "约束"), "{{ name }}", 50),
        _number(Text("Value of one more", "增一单位的价值"), "gain", 34),
        _number(Text("Least extra amount", "最小增量"), "extra", 40),
        Column(Text("Then joins", "由此进入"), "{{ joins }}", 70),
        Column(Text("Then leaves", "由此退出"), "{{ leaves }}", 60),
    ),
    small=True,
)
_ALTERNATIVES = Table(
    Text("Alternatives to the first wave", "首批项目的备选方案"),
    Text(
        "Each alternative with its projects, effects, capital, value and what it gives up",
        "各备选方案的项目、成效、投资、价值和放弃的价值",
    ),
    "annex.around.alternatives",
    (
        Column(Text("Alternative", "方案"), "{{ name }}", 30),
        Column(Text("Projects", "项目"), "{{ projects }}", 108),
        *_effects(18),
        _number(Text("Capital", "投资"), "capital", 28),
        _number(Text("Value (of 100)", "价值（满分100）"), "value", 18),
        _number(Text("Gives up", "放弃"), "loss", 16),
    ),
    small=True,
)
_STAKEHOLDERS = Table(
    Text("First wave by each stakeholder's weights", "按各方权重的首批项目"),
    Text(
        "Each stakeholder's weights with the first wave and the effects that follow from them",
        "各方的权重及由此得出的首批项目和成效",
    ),
    "annex.around.stakeholders",
    (
        Column(Text("Stakeholder", "利益相关方"), "{{ name }}", 38),
        Column(Text("Weights", "权重"), "{{ weights }}", 54),
        Column(Text("First wave", "首批项目"), "{{ projects }}", 110),
        *_effects(20),
    ),
    small=True,
)
_FIRM = Table(
    Text("How often each use is chosen", "各应用入选比例"),
    Text(
        "Share of the first waves that hold each use, at three degrees of common cost",
        "各应用在三种投资相关程度下列入首批的比例",
    ),
    "annex.around.firm",
    (
        Column(Text("No.", "编号"), "{{ id }}", 12),
        Column(
            Text("Use", "应用"),
            (
                "{{ name }}",
                Text("May be replaced by: {{ instead }}", "可能由其替代：{{ instead }}"),
            ),
            148,
        ),
        Column(Text("In the first wave", "列入首批"), "{{ chosen }}", 22),
        _number(Text("Chosen in", "入选比例"), "share", 26),
        _number(Text("Costs unrelated", "投资互不相关"), "apart", 28),
        _number(Text("Costs fully common", "投资完全同向"), "together", 28),
    ),
    small=True,
)
_CAPITAL = Table(
    Text("Capital of the first wave at its sizes", "首批项目投资分布"),
    Text(
        "Percentiles of capital at three degrees of common cost, and the share within the limit",
        "三种投资相关程度下的投资分位值及在限额内的比例",
    ),
    "annex.around.capital",
    (
        _number(Text("Common part of cost", "投资共同变动系数"), "correlation", 34),
        Column(Text("Basis", "依据"), "{{ basis }}", 38),
        _number(Text("10 % below", "10%分位"), "p10", 44),
        _number(Text("Half below", "中位值"), "p50", 44),
        _number(Text("90 % below: ceiling to ask for", "90%分位：申请上限"), "p90", 52),
        _number(Text("Within the limit", "在限额内的比例"), "within", 40),
    ),
    small=True,
)
