"""The assets of the region: what each register comes to, and the registers themselves."""

import charts
from blocks import Pen, when
from tables import Column, Table, Text

_GRADE = Column(Text("Grade", "等级"), "{{ grade }}", 12)
_AS_OF = Column(Text("As of", "数据日期"), "{{ as_of }}", 20)
_CELL = Column(Text("Cell", "单元格"), "{{ cell }}", 24)
_SOURCE = Column(Text("Source", "来源"), "{{ source }}", 42)
_NAME = Column(Text("Name", "名称"), "{{ name }}", 36)
_STATUS = Column(Text("Status", "状态"), "{{ status }}", 18)


def _number(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ {name} }}}}", mm, number=True)


def _text(head: Text, name: str, mm: int) -> Column:
    return Column(head, f"{{{{ {name} }}}}", mm)


def _register(name: str, caption: Text, *columns: Column) -> tuple[str, Table]:
    about = Text(
        "Register of the region with grade, date and workbook cell of each row",
        "本地区登记表，逐行列明数据等级、日期和工作簿单元格",
    )
    return name, Table(caption, about, f"assets.{name}", columns)


_REGISTERS = (
    _register(
        "figures",
        Text("The region in figures", "地区基本数据"),
        _text(Text("Figure", "指标"), "name", 36),
        _number(Text("Value", "数值"), "value", 38),
        _AS_OF,
        _GRADE,
        _SOURCE,
        _CELL,
    ),
    _register(
        "points",
        Text("Grid connection points", "电网接入点"),
        _NAME,
        _number(Text("Voltage (kV)", "电压（千伏）"), "voltage", 17),
        _number(Text("Capacity (MW)", "容量（兆瓦）"), "capacity", 18),
        _number(Text("Firm spare (MW)", "可靠富余（兆瓦）"), "spare", 18),
        _number(Text("Price (per kWh)", "电价（每千瓦时）"), "price", 18),
        _STATUS,
        _GRADE,
        _CELL,
    ),
    _register(
        "plants",
        Text("Power plants", "电厂"),
        _NAME,
        _text(Text("Kind", "类型"), "kind", 16),
        _number(Text("Capacity (MW)", "容量（兆瓦）"), "capacity", 19),
        _STATUS,
        _AS_OF,
        _SOURCE,
        _CELL,
    ),
    _register(
        "data_centres",
        Text("Data centres", "数据中心"),
        _NAME,
        _number(Text("IT load, total (MW)", "IT负荷合计（兆瓦）"), "it_total", 18),
        _number(Text("IT load, free (MW)", "IT负荷可用（兆瓦）"), "it_free", 18),
        _number(Text("Racks, free", "空闲机架（架）"), "racks_free", 16),
        _number(Text("Tier", "机房等级"), "tier", 11),
        _number(Text("Availability (%)", "可用性（%）"), "availability", 22),
        _number(Text("PUE", "PUE"), "pue", 12),
        _GRADE,
        _CELL,
    ),
    _register(
        "workforce",
        Text("Workforce", "人才"),
        _text(Text("Role", "岗位"), "role", 40),
        _text(Text("Counts towards", "计入"), "group", 28),
        _number(Text("Headcount (persons)", "人数（人）"), "headcount", 22),
        _number(Text("Available (FTE)", "可用（全时当量）"), "available", 20),
        _GRADE,
        _CELL,
    ),
    _register(
        "links",
        Text("Network links", "通信链路"),
        _NAME,
        _text(Text("To", "通达"), "to", 26),
        _number(Text("Carriers", "运营商（家）"), "carriers", 16),
        _number(Text("Bandwidth (Gbit/s)", "带宽（Gbit/s）"), "gbps", 20),
        _number(Text("Latency (ms)", "时延（毫秒）"), "latency", 17),
        _GRADE,
        _CELL,
    ),
    _register(
        "industry",
        Text("Employment by industry", "分行业就业"),
        _text(Text("Industry", "行业"), "name", 46),
        _text(Text("Code", "代码"), "code", 14),
        _number(Text("Employment (persons)", "就业（人）"), "employment", 24),
        _number(Text("Location quotient", "区位熵"), "lq", 20),
        _text(Text("Year", "年份"), "year", 14),
        _GRADE,
        _CELL,
    ),
    _register(
        "institutions",
        Text("Institutions by proposed use", "入围和待签约应用参与单位"),
        _text(Text("Use", "应用"), "use", 40),
        _text(Text("Signed", "已签约"), "signed", 58),
        _text(Text("In talks", "洽谈中"), "talks", 48),
        _GRADE,
        Column(Text("Rows", "所在行"), "{{ cell }}", 30),
    ),
    _register(
        "sites",
        Text("Former mining halls (bitcoin) and industrial sites", "原“矿场”和工业场地"),
        _NAME,
        _text(Text("Land use", "用地性质"), "land_use", 22),
        _number(Text("Grid (MVA)", "供电（兆伏安）"), "grid_mva", 16),
        _number(Text("Hall (m²)", "厂房（平方米）"), "hall_m2", 16),
        _number(Text("Road (km)", "距公路（公里）"), "road_km", 14),
        _number(Text("Port (km)", "距港口（公里）"), "port_km", 14),
        _number(Text("Water (m³/day)", "供水（立方米/日）"), "water", 17),
        _GRADE,
        _CELL,
    ),
    _register(
        "sites",
        Text("Condition of the sites", "场地现状"),
        _NAME,
        Column(
            Text("Former use, closed on", "原用途、关停日期"),
            ("{{ former_use }}", "{{ closed_on }}"),
            26,
        ),
        _text(Text("Building and cooling", "建筑和冷却"), "state", 48),
        _text(
            Text("Evidence that the load is not mining", "用电负荷非“挖矿”的证明材料"),
            "evidence",
            60,
        ),
    ),
)
ANY = "assets.figures or assets.registers"
_NOTES = {"points": "points_note", "plants": "plants_note", "industry": "industry_note"}
_CELLS = Text(
    "Grades: A measured, B published, C estimate, D assumed or illustrative. The last column names the cell of "
    "the region's workbook that the row was read from; a dash stands for a value not supplied.",
    "数据等级：A 实测，B 公开发布，C 估算，D 假设或示例。末列为该行数据在本地区工作簿中的单元格；“—”表示未提供。",
)


_SUMMARY = Table(
    Text("What the registers hold", "各类资源汇总"),
    Text("Each register with its rows, total and largest entry", "各类资源的条数、合计和最大一项"),
    "assets.registers",
    (
        _text(Text("Register", "类别"), "register", 56),
        _number(Text("Rows", "条数"), "count", 14),
        _text(Text("In all", "合计"), "total", 60),
        _text(Text("Largest", "最大一项"), "best", 50),
    ),
    small=True,
)


def assets(pen: Pen) -> str:
    """The chapter of the brief; it always says at least what of the power is used."""
    return (
        pen.heading(1, Text("What the region has", "发展基础与面临形势"))
        + pen.optional("BodyText", "finding.assets", "**{{ finding.assets }}**")
        + charts.figure(pen, "limits", 96)
        + pen.table(_SUMMARY)
        + charts.figure(pen, "places", 110)
        + pen.optional(
            "BodyText",
            "finding.outlook",
            Text("{{ finding.outlook }}", "**面临形势。**{{ finding.outlook }}"),
        )
    )


def registers(pen: Pen) -> str:
    """The chapter of the annex: every register row by row."""
    parts = [pen.heading(1, Text("Registers of the region", "地区资源登记表"))]
    for name, table in _REGISTERS:
        parts.append(pen.table(table))
        if name in _NOTES:
            parts.append(pen.optional("Note", f"assets.{_NOTES[name]}"))
    return when(ANY, *parts, pen.p("Note", _CELLS))
