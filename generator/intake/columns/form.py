"""The sheets that planners fill."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.intake.columns.column import Column, Kind, Sheet
from generator.intake.columns.frame import SOURCE, framed

_EITHER = {"help_en": "In English, Chinese or both.", "help_zh": "中英文填一种即可。"}
"""Help of a text that must be given in one language at least."""


def _number(
    key: str, en: str, zh: str, unit: str, low: float = 0, high: float | None = None, **more: Any
) -> Column:
    return replace(
        Column(key, Kind.NUMBER, en, zh, unit=unit, low=low, high=high),
        **more,
    )


def _text(key: str, en: str, zh: str, **more: Any) -> Column:
    """Typed text that documents print, in one language or both."""
    return replace(Column(key, Kind.TEXT, en, zh, bilingual=True, printed=True), **more)


def _choice(key: str, en: str, zh: str, choices: str, **more: Any) -> Column:
    return replace(Column(key, Kind.CHOICE, en, zh, choices=choices), **more)


def _date(key: str, en: str, zh: str, **more: Any) -> Column:
    return replace(Column(key, Kind.DATE, en, zh, example="2025-06-30"), **more)


REGION_FIGURES = (
    _number("population", "Population", "常住人口", "persons", unit_zh="人", high=2e9),
    _number("gdp", "GDP", "地区生产总值", "bn", unit_zh="十亿（本币）", high=1e6,
            help_en="Billions of the region's currency.", help_zh="以十亿本币计。"),
    _number("fiscal_revenue", "Fiscal revenue", "财政收入", "bn", unit_zh="十亿（本币）", high=1e6,
            help_en="General public budget revenue, billions of the region's currency.",
            help_zh="一般公共预算收入，以十亿本币计。"),
    _number("renewable_share", "Renewable share of supply", "可再生能源占比", "%", high=100,
            kind=Kind.PERCENT, uncertain=True, ranged_since=2, help_en="Share of renewable power in the supply, 0-100.",
            help_zh="供电中可再生能源电量占比，0至100。"),
    _number("grid_factor", "Grid emission factor", "电网排放因子", "kgCO2/kWh",
            unit_zh="千克二氧化碳/千瓦时", high=2,
            help_en="Blank: the published factor of the province or country is used.",
            help_zh="留空则采用所在省份或国家公布的因子。"),
    Column("in_national_hub", Kind.FLAG, "In a national computing hub", "是否位于国家枢纽节点",
           "1 inside a hub cluster, 0 outside, blank unknown.", "集群内填1，集群外填0，不清楚留空。",
           unit="0/1", unit_zh="0/1（否/是）", example="0", jurisdictions=("CN",)),
    _number("saidi_minutes", "Outage minutes a year (SAIDI)", "年均停电时间", "minutes", unit_zh="分钟",
            high=525600),
    _number("mean_temperature_c", "Mean temperature", "年平均气温", "°C", low=-40, high=45),
    _number("free_cooling_hours", "Free-cooling hours a year", "年自然冷却小时数", "hours",
            unit_zh="小时", high=8784),
    _number("port_throughput", "Port throughput a year", "港口年吞吐量", "million t", unit_zh="百万吨",
            high=1e5),
    _number("unexplained_load_mw", "Unexplained load", "不明用电负荷", "MW", unit_zh="兆瓦", high=1e5,
            help_en="Steady load that nobody can explain; a risk, never an asset.",
            help_zh="无法说明用途的平稳负荷；属于风险，不计作资产。"),
    _number("capacity_payment", "Capacity payment for storage", "储能容量电价", "currency/kW/year",
            unit_zh="本币/千瓦·年", high=1e6, since=2,
            help_en="What listed grid-side storage is paid a year for its capacity; blank: unknown.",
            help_zh="清单内电网侧储能每年可获得的容量电价或等效收入；不清楚留空。"),
)  # fmt: skip
"""Single numbers of a region; a Measures row may carry each with its own source and grade."""

_SHEETS = (
    Sheet(
        "region",
        (
            Column("region", Kind.TEXT, "Region", "地区", "Short code for file names: letters, digits, - and _.",
                   "用于文件名的短代码：字母、数字、-和_。", required=True, unique=True,
                   synonyms=("region code", "地区代码"), example="qingdao"),
            _text("name", "Name", "名称", required=True, example="Qingdao", **_EITHER),
            Column("jurisdiction", Kind.TEXT, "Jurisdiction", "法域", "Whose law applies: CN, KZ, DE, US-TX …",
                   "适用哪里的法律：CN、KZ、DE、US-TX等。", refers_to="jurisdictions", required=True, example="CN"),
            Column("admin_code", Kind.TEXT, "Administrative code", "行政区划代码",
                   "The official code of the place: local rules are matched by it.",
                   "当地官方行政区划代码，据此匹配地方规定。", required=True, example="370200"),
            *REGION_FIGURES,
            Column("currency", Kind.TEXT, "Currency", "币种", "Three letters, such as EUR; all money on the form is in it.",
                   "三个字母，如EUR；本表所有金额均用该币种。", required=True, example="CNY"),
            _number("cny_per_unit", "CNY per unit of currency", "折合人民币汇率", "CNY", unit_zh="元", low=1e-6,
                    high=1e4, not_in=("CN",), help_en="Needed if the currency is not CNY; blank leaves money criteria unknown.",
                    help_zh="币种不是人民币时须填；留空则与金额有关的指标视为未知。"),
            _date("rate_on", "Rate on", "汇率日期", not_in=("CN",)),
            Column("rate_source", Kind.TEXT, "Rate source", "汇率来源", not_in=("CN",)),
            _text("prepared_by", "Prepared by", "编制单位"),
            Column("contact_email", Kind.EMAIL, "Contact e-mail", "联系邮箱",
                   "Where recipients reply to, for example office@example.org; appears in no document.",
                   "收件人回复邮件的地址，例如office@example.org；不出现在任何文件中。"),
            _date("plan_from", "Plan from", "规划起始"),
            _date("plan_until", "Plan until", "规划截止"),
            _choice("handling", "Handling", "密级标识", "handling", help_en="Printed in every header.",
                    help_zh="印在每页页眉。", example="internal"),
        ),
        "Region", "地区", "One row per region: who it is, and its single numbers.",
        "每个地区一行：基本信息和全市性数据。", required=True, unique=("region",),
    ),
    Sheet(
        "power",
        (
            _text("name", "Name", "名称", required=True, **_EITHER),
            _choice("kind", "Kind", "类型", "power_kind", required=True),
            _number("voltage_kv", "Voltage", "电压等级", "kV", unit_zh="千伏", high=1200),
            _number("capacity_mw", "Capacity", "容量", "MW", unit_zh="兆瓦", high=1e5,
                    synonyms=("capacity mw", "installed mw")),
            _number("spare_mw", "Spare MW", "可靠富余容量", "MW", unit_zh="兆瓦", high=1e5, uncertain=True,
                    help_en="Firm under N-1; leave blank for power plants.",
                    help_zh="满足N-1条件的富余容量；电厂留空。", synonyms=("spare capacity", "富余容量"), example="12"),
            _number("price", "Delivered price", "含税到户均价", "currency/kWh", unit_zh="本币/千瓦时", high=1e4,
                    uncertain=True, help_en="Average delivered price including tax, grid charges and levies.",
                    help_zh="含税到户均价（含输配电费和基金附加）。", example="0.56"),
            _number("peak_valley_spread", "Peak-valley spread", "峰谷价差", "currency/kWh",
                    unit_zh="本币/千瓦时", high=1e4, uncertain=True),
            _choice("status", "Status", "状态", "asset_status", required=True,
                    help_en="Only existing points and plants are counted.", help_zh="只有“现有”的计入。"),
            Column("latitude", Kind.NUMBER, "Latitude", "纬度", unit="°", low=-90, high=90),
            Column("longitude", Kind.NUMBER, "Longitude", "经度", unit="°", low=-180, high=180),
        ),
        "Power", "电力", "One row per grid connection point or power plant.", "每个接入点或电厂一行。",
        unique=("region", "name"),
    ),
    Sheet(
        "data_centres",
        (
            _text("name", "Name", "名称", required=True, **_EITHER),
            _number("it_load_mw_total", "IT load, total", "IT负荷合计", "MW", unit_zh="兆瓦", high=1e4),
            _number("it_load_mw_free", "IT load, free", "空闲IT负荷", "MW", unit_zh="兆瓦", high=1e4,
                    uncertain=True),
            _number("racks_total", "Racks, total", "机架合计", "count", unit_zh="个", high=1e6,
                    help_en="Standard racks of 2.5 kW.", help_zh="标准机架，每架2.5千瓦。"),
            _number("racks_free", "Racks, free", "空闲机架", "count", unit_zh="个", high=1e6, uncertain=True),
            Column("tier", Kind.INTEGER, "Tier", "Tier等级", "1 to 4.", "1至4。", unit="level 1-4", unit_zh="级（1—4）", low=1, high=4),
            _choice("gb50174_grade", "GB 50174 grade", "GB 50174等级", "gb50174_grade",
                    jurisdictions=("CN",)),
            _number("availability", "Availability", "可用性", "%", low=50, high=100, kind=Kind.PERCENT,
                    uncertain=True, example="99.982"),
            _number("pue", "PUE", "PUE", "ratio", unit_zh="比值", low=1, high=5, uncertain=True),
        ),
        "Data centres", "数据中心", "One row per existing facility.", "每个现有机房一行。",
        synonyms=("data centers", "datacentres", "机房"), unique=("region", "name"),
    ),
    Sheet(
        "workforce",
        (
            _text("role", "Role", "岗位", required=True, help_zh="每个岗位一行，不填合计；中英文填一种即可。",
                  help_en="One row per role, no totals; in English, Chinese or both."),
            _choice("counts_towards", "Counts towards", "计入", "counts_towards", required=True),
            _number("headcount", "Headcount", "现有人数", "persons", unit_zh="人", high=1e8),
            _number("available_fte", "Available FTE", "可用人数", "FTE", unit_zh="人（全时当量）", high=1e7,
                    uncertain=True, help_en="Full-time equivalents free for new work; 0 means none, blank unknown.",
                    help_zh="可投入新工作的全时当量；0表示没有，留空表示未知。"),
        ),
        "Workforce", "人才", "One row per role, no totals.", "每个岗位一行，不填合计。",
        unique=("region", "role", "counts_towards"),
    ),
    Sheet(
        "connectivity",
        (
            _text("name", "Name", "名称", required=True, **_EITHER),
            Column("carriers", Kind.INTEGER, "Carriers", "运营商数", unit="count", unit_zh="家", low=0, high=1000),
            _number("backbone_gbps", "Exit bandwidth", "出口带宽", "Gbit/s", high=1e7, uncertain=True),
            _number("latency_ms", "Latency (round trip)", "往返时延", "ms", unit_zh="毫秒", high=1e4,
                    uncertain=True),
            _text("to", "To", "对端"),
        ),
        "Connectivity", "通信", "One row per link out of the region.", "每条出口链路一行。",
        unique=("region", "name"),
    ),
    Sheet(
        "industry",
        (
            Column("code", Kind.TEXT, "Industry code", "行业代码",
                   "As your statistics write it: GB/T 4754 such as C13, NAICS such as 311, ISIC or NACE such "
                   "as 10. One level only: divisions, not their sections as well.",
                   "按统计资料填写：国标GB/T 4754大类，如C13；其他国家可用NAICS（如311）或ISIC、NACE（如10）。"
                   "只填一个层级，填了大类就不再填门类。", required=True, synonyms=("division", "行业大类"), example="C13"),
            _text("name", "Industry", "行业名称", help_en="The name of the industry: the code is compared with it.",
                  help_zh="行业名称，程序据此核对代码。"),
            _number("employment", "Employment", "从业人数", "persons", unit_zh="人", high=1e9, uncertain=True,
                    ranged_since=2),
            _number("employment_reference", "Employment, reference area", "参照区域从业人数", "persons",
                    unit_zh="人", high=2e9, uncertain=True, ranged_since=2),
            _number("employment_before", "Employment before", "前期从业人数", "persons", unit_zh="人", high=1e9),
            _number("employment_reference_before", "Employment before, reference area", "参照区域前期从业人数",
                    "persons", unit_zh="人", high=2e9),
            _text("reference_area", "Reference area", "参照区域"),
            Column("year", Kind.INTEGER, "Year", "年份", unit="year", unit_zh="年", low=1950, high=2100),
            Column("year_before", Kind.INTEGER, "Year before", "前期年份", unit="year", unit_zh="年",
                   low=1950, high=2100),
            _choice("classification", "Classification", "行业分类标准", "classification",
                    help_en="Blank: GB/T 4754 in China, NAICS in the United States, ISIC (NACE) elsewhere.",
                    help_zh="留空时，中国按国标GB/T 4754，美国按NAICS，其他地区按ISIC（NACE）。"),
        ),
        "Industry", "产业", "One row per industry division.", "每个行业大类一行。", unique=("region", "code"),
    ),
    Sheet(
        "institutions",
        (
            _text("name", "Name", "名称", required=True, **_EITHER),
            _choice("type", "Type", "类型", "institution_type", required=True),
            Column("use", Kind.TEXT, "Use it would join", "拟参与应用", "Pick from the list.", "从列表选择。",
                   refers_to="uses", required=True, synonyms=("use", "use_id", "应用")),
            _choice("status", "Status", "签约状态", "signature_status", required=True,
                    help_en="A letter of intent is no signature: it counts at the high end only.",
                    help_zh="意向书不等于签约，只计入合理区间高值。"),
            _date("signed_on", "Signed on", "签约日期"),
            _text("document", "Document", "文件"),
        ),
        "Institutions", "机构", "One row per institution and use it would join.", "每家机构及其拟参与应用一行。",
        unique=("region", "name", "use"),
    ),
    Sheet(
        "sites",
        (
            _text("name", "Name", "名称", required=True, **_EITHER),
            _choice("former_use", "Former use", "原用途", "former_use", required=True),
            _date("closed_on", "Closed on", "关停日期"),
            _number("former_load_mw", "Former load", "原用电负荷", "MW", unit_zh="兆瓦", high=1e5),
            _text("owner", "Owner", "产权单位"),
            _choice("land_use", "Land use", "土地用途", "land_use"),
            _date("land_right_until", "Land right until", "土地使用权截止"),
            _number("grid_mva", "Grid connection", "变压器容量", "MVA", unit_zh="兆伏安", high=1e5, uncertain=True),
            _number("voltage_kv", "Voltage", "电压等级", "kV", unit_zh="千伏", high=1200),
            _number("hall_m2", "Hall area", "厂房面积", "m2", unit_zh="平方米", high=1e8, uncertain=True),
            _text("cooling", "Cooling", "制冷"),
            _text("building_state", "Building state", "建筑状况"),
            _text("equipment", "Equipment left", "遗留设备"),
            _number("road_km", "Distance to motorway", "距高速出入口", "km", unit_zh="公里", high=2e4),
            _number("port_km", "Distance to port", "距港口", "km", unit_zh="公里", high=2e4),
            _number("water_m3_day", "Industrial water", "工业用水", "m3/day", unit_zh="立方米/日", high=1e8,
                    uncertain=True),
            _text("load_not_mining_evidence", "Evidence that the load is not mining", "负荷非“挖矿”证明"),
            _text("clearance_document", "Clearance document", "关停验收文件"),
            Column("latitude", Kind.NUMBER, "Latitude", "纬度", unit="°", low=-90, high=90),
            Column("longitude", Kind.NUMBER, "Longitude", "经度", unit="°", low=-180, high=180),
        ),
        "Sites", "场地", "One row per former mining hall or industrial site.", "每个原“矿场”或工业场地一行。",
        unique=("region", "name"),
    ),
    Sheet(
        "measures",
        (
            Column("criterion", Kind.TEXT, "Criterion", "指标", "A criterion, or a column of the Region sheet.",
                   "评价指标，或“地区”表的列。", refers_to="measures", required=True),
            Column("value", Kind.NUMBER, "Value", "数值", "Overrides the value rolled up from the registers.",
                   "覆盖由各表汇总得出的数值。", required=True, uncertain=True, typed_by="criterion"),
            Column("unit", Kind.TEXT, "Unit", "单位", "Optional: the unit of the value, converted or refused.",
                   "选填：数值的单位，程序据此换算或拒收。"),
        ),
        "Measures", "指标", "Any single measure with its own source and grade.", "单项数据，各有来源和等级。",
        unique=("region", "criterion"),
    ),
    Sheet(
        "steps",
        (
            _text("title", "Title", "举措", required=True, **_EITHER),
            Column("criterion", Kind.TEXT, "Criterion", "指标", refers_to="criteria", required=True),
            Column("applies_to", Kind.TEXT, "Applies to", "作用对象", "The record that changes.", "发生变化的记录。",
                   required=True),
            Column("change", Kind.NUMBER, "Change", "变化量", "In the unit of the criterion.", "以指标单位计。",
                   required=True, uncertain=True, typed_by="criterion"),
            _number("cost", "Cost", "费用", "m", unit_zh="百万（本币）", high=1e7, uncertain=True),
            _number("months", "Months", "工期", "months", unit_zh="月", high=600, uncertain=True),
            _text("owner", "Owner", "责任单位"),
            _choice("funding_source", "Funding", "资金来源", "funds"),
        ),
        "Steps", "拟议举措", "Planned steps that would close a gap.", "拟采取的补短板举措。", unique=("region", "title"),
    ),
    Sheet(
        "limits",
        (
            _choice("resource", "Resource", "资源", "limit", required=True),
            Column("amount", Kind.NUMBER, "Amount", "上限", "Money in millions of the region's currency.",
                   "金额以百万本币计。", low=0, high=1e9, required=True, uncertain=True, ranged_since=2,
                   is_ranged_by_grade=False, typed_by="resource"),
            Column("unit", Kind.TEXT, "Unit", "单位", "Optional: the unit of the amount, converted or refused.",
                   "选填：上限的单位，程序据此换算或拒收。"),
            _choice("source_of_funds", "Source of funds", "资金来源", "funds"),
        ),
        "Limits", "约束", "Caps on the plan.", "规划的上限。", unique=("region", "resource"),
    ),
    Sheet(
        "estimates",
        (
            Column("use", Kind.TEXT, "Use", "应用", refers_to="uses", required=True),
            _number("capex", "Capital", "投资", "m", unit_zh="百万（本币）", high=1e7, uncertain=True),
            _number("jobs", "Jobs", "就业", "FTE", unit_zh="人（全时当量）", high=1e7, uncertain=True),
            _number("payback_years", "Payback", "回收期", "years", unit_zh="年", high=200, uncertain=True),
            _number("annual_value_added", "Value added a year", "年增加值", "m", unit_zh="百万（本币）", low=-1e7,
                    high=1e7, uncertain=True),
        ),
        "Estimates", "自有测算", "Optional: the region's own figures for a use.", "选填：本地区对某项应用的测算。",
        unique=("region", "use"),
    ),
    Sheet(
        "weights",
        (
            _text("stakeholder", "Stakeholder", "利益相关方", required=True, **_EITHER),
            Column("benefit", Kind.TEXT, "Benefit", "效益指标", "An objective of the plan; pick from the list.",
                   "规划目标，从列表选择。", refers_to="benefits", required=True,
                   synonyms=("objective", "目标", "规划目标")),
            _number("weight", "Weight", "权重", "points", unit_zh="分", high=100, required=True),
        ),
        "Weights", "权重", "Optional: a stakeholder's points for each objective of the plan, 100 in all.",
        "选填：各方对规划目标的打分，合计100分。", unique=("region", "stakeholder", "benefit"),
    ),
    Sheet(
        "claims",
        (
            _text("text", "Claim", "主张", required=True, **_EITHER),
            replace(SOURCE, help_en="Document the claim was found in.", help_zh="该主张所在的文件。"),
            Column("activity", Kind.TEXT, "Activity", "活动", refers_to="activities", required=True),
        ),
        "Claims", "主张", "Optional: claims in source documents, answered from the rules.",
        "选填：资料中的说法，由报告对照规定逐条回应。",
    ),
    Sheet(
        "basis_documents",
        (
            _text("title", "Title", "文件名称", required=True, **_EITHER),
            Column("number", Kind.TEXT, "Number", "文号", "As the document writes it.", "照文件填写。",
                   synonyms=("document number", "发文字号"), since=2),
            _text("issuer", "Issuer", "发文单位", synonyms=("issued by", "发布机构", "发文机关"), since=2),
            _date("issued_on", "Issued on", "成文日期", low=1949, high=2100, synonyms=("date of issue", "发布日期"),
                  since=2),
            _text("asks", "What it asks of the region", "对本地区的要求",
                  help_en="In a sentence, as the document says it.", help_zh="一句话，按文件原意填写。", since=2),
        ),
        "Basis documents", "依据文件", "Optional: plans and policies that the region's plan rests on and cites.",
        "选填：本地区规划所依据并引用的规划和政策文件。", synonyms=("basis", "编制依据"), unique=("region", "title"),
    ),
    Sheet(
        "recipients",
        (
            _text("name", "Name", "姓名或单位", required=True, printed=False, kind=Kind.LINE,
                  help_en="Person or office, in one line.", help_zh="收件人姓名或单位，写成一行。"),
            Column("email", Kind.EMAIL, "E-mail", "邮箱",
                   "One address a row, for example office@example.org.",
                   "每行只填一个地址，例如office@example.org。", required=True),
            _choice("language", "Language", "语言", "language", required=True,
                    help_en="Language of the mail and of the documents in it.",
                    help_zh="邮件及所附文件使用的语言。"),
            Column("documents", Kind.CODES, "Documents", "文件",
                   "What is sent: leadership-brief, planning-brief, annex, comparison; several with a "
                   "semicolon between them: leadership-brief;annex.",
                   "发送哪些文件：决策参阅、规划简报、附件、区域比较。多项用分号隔开，例如“决策参阅；附件”。",
                   choices="document", required=True),
        ),
        "Recipients", "收件人", "Who gets which documents by e-mail: one row for each address. Printed in no document.",
        "通过邮件向谁发送哪些文件，每个地址一行；不印入任何文件。", unique=("region", "email"),
    ),
)  # fmt: skip

FORM = tuple(framed(sheet) for sheet in _SHEETS)
FORM_BY_KEY = {sheet.key: sheet for sheet in FORM}
