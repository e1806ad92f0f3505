"""The tables of the comparison that have a fixed set of columns."""

from tables import Column, Table, Text

BOX = Table(
    Text("Legal position, and where each row holds", "合规边界及涉及地区"),
    Text(
        "Where the row holds, the position, the activity or use, and what the law says",
        "涉及地区、合规状态、活动或方向、法律规定和要求",
    ),
    "comparison.law.rows",
    (
        Column(Text("Where", "涉及地区"), "{{ where }}", 26),
        Column(Text("Position", "状态"), "{{ position }}", 21),
        Column(Text("Activity or use", "活动或方向"), "{{ subject }}", 40),
        Column(
            Text("What the law says", "法律规定和要求"),
            "{{ text }}",
            91,
        ),
    ),
    style="LegalBox",
)
DIFFERENCES = Table(
    Text("Uses whose legal status is not the same everywhere", "合规状态因地区而异的应用"),
    Text("Each use with its status and where it holds", "各应用的合规状态及适用地区"),
    "comparison.law.differences",
    (
        Column(Text("Uses", "应用"), "{{ uses }}", 82),
        Column(Text("Legal status and where", "合规状态及适用地区"), "{{ positions }}", 96),
    ),
)
LOCAL = Table(
    Text("Rules that reach only some of the regions", "仅适用于部分地区的规定"),
    Text(
        "Where the rule holds, the activity, its effect, the instrument and what it asks",
        "适用地区、活动、合规状态、文件及其要求",
    ),
    "comparison.law.local",
    (
        Column(Text("Where", "适用地区"), "{{ where }}", 28),
        Column(Text("Activity", "活动"), "{{ activity }}", 34),
        Column(Text("Position", "状态"), "{{ status }}", 22),
        Column(Text("Instrument", "文件"), "{{ instrument }}", 40),
        Column(Text("What it asks", "要求"), "{{ condition }}", 54),
    ),
    small=True,
)
OVERVIEW = Table(
    Text("What each region should do, and what it brings", "各地区建议项目及成效"),
    Text(
        "Per region the projects of both waves, their effects and capital, and how far the data carry",
        "各地区两批项目、成效、投资和数据支撑程度",
    ),
    "comparison.overview",
    (
        Column(Text("Region", "地区"), ("{{ region }}", "{{ order }}"), 28),
        Column(Text("First wave", "首批项目"), "{{ first }}", 62),
        Column(Text("Second wave", "第二批项目"), "{{ second }}", 48),
        Column(Text("Full-time jobs", "就业（折合全职）"), "{{ jobs }}", 22, number=True),
        Column(Text("Idle power used (MW)", "盘活电力（兆瓦）"), "{{ power }}", 22, number=True),
        Column(Text("People in the industries reached", "覆盖从业人员（人）"), "{{ served }}", 26, number=True),
        Column(Text("Capital", "投资"), "{{ capital }}", 30, number=True),
        Column(Text("Example values", "示例值占比"), "{{ illustrative }}", 16, number=True),
        Column(Text("Data support", "数据支撑"), "{{ confidence }}", 18),
    ),
)  # fmt: skip
VALUE = Table(
    Text("Where each region sees most value", "各地区单项价值居前的应用"),
    Text(
        "Per region the number of uses on each shortlist and the three of the greatest value alone",
        "各地区两类入围应用数及单项价值居前三位的应用",
    ),
    "comparison.value",
    (
        Column(Text("Region", "地区"), "{{ region }}", 34),
        Column(Text("Blockchain uses listed", "区块链应用（入围项）"), "{{ blockchain_count }}", 24, number=True),
        Column(Text("Greatest value alone", "单项价值居前"), "{{ blockchain }}", 92),
        Column(Text("Power-reuse options listed", "电力再利用（入围项）"), "{{ power_reuse_count }}", 24, number=True),
        Column(Text("Greatest value alone", "单项价值居前"), "{{ power_reuse }}", 92),
    ),
)  # fmt: skip
FIGURES = (
    Column(Text("Region", "地区"), "{{ region }}", 45),
    Column(Text("Firm spare grid capacity (MW)", "可靠富余电力容量（兆瓦）"), "{{ spare_mw }}", 30, number=True),
    Column(Text("Free IT load in existing rooms (MW)", "现有机房空闲IT负荷（兆瓦）"), "{{ it_load_mw }}", 30, number=True),
    Column(Text("Free standard racks", "空闲标准机架（架）"), "{{ racks }}", 28, number=True),
    Column(Text("Developers (FTE)", "开发人员（人）"), "{{ developers }}", 28, number=True),
    Column(Text("Operations staff (FTE)", "运维人员（人）"), "{{ operations }}", 28, number=True),
    Column(Text("Technicians (FTE)", "技术工人（人）"), "{{ technicians }}", 28, number=True),
    Column(Text("Delivered power price", "到户电价"), "{{ price }}", 30, number=True),
)  # fmt: skip
KEY_FIGURES = Table(
    Text("Key figures of each region", "各地区主要条件"),
    Text(
        "Spare grid capacity, IT load, racks, staff and power price of each region",
        "各地区富余电力容量、IT负荷、机架、人员和电价",
    ),
    "comparison.figures",
    FIGURES,
)
SHARED = Table(
    Text("Uses on the shortlists of several regions", "多个地区共同入围的应用"),
    Text(
        "Each use with the regions that list it, conditions and shortfalls they have in common",
        "各应用的入围地区、共同的法定条件和共同短板",
    ),
    "comparison.shared",
    (
        Column(Text("Use", "应用"), ("{{ use }}", "{{ list }}"), 40),
        Column(Text("Regions", "地区数（个）"), "{{ count }}", 14, number=True),
        Column(Text("Listed in", "入围地区"), "{{ regions }}", 25),
        Column(
            Text("In the programme of", "列入组合（个）"), "{{ in_programme }}", 17, number=True
        ),
        Column(Text("Conditions in common", "共同的法定条件"), "{{ conditions }}", 40),
        Column(Text("All short of target in", "共同未达标指标"), "{{ gaps }}", 47),
    ),
)
EXCHANGE = Table(
    Text("Who can learn from whom", "可互鉴的指标和地区"),
    Text(
        "Per criterion the target, the regions short of it and those that meet it, with figures",
        "各项指标的目标值、未达标地区和已达标地区及其数值",
    ),
    "comparison.exchange",
    (
        Column(Text("Criterion", "指标"), "{{ criterion }}", 30),
        Column(Text("Target, and for which use", "目标值及对应应用"), ("{{ target }}", "{{ use }}"), 53),
        Column(Text("Short of it", "未达标地区"), "{{ short }}", 46),
        Column(Text("Meeting it", "已达标地区"), "{{ meet }}", 31),
        Column(Text("Points lost on average", "平均失分（分）"), "{{ points }}", 20, number=True),
    ),
)  # fmt: skip
