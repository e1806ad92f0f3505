"""The tables of the comparison."""

from tables import Column, Table, Text

REASONS = Table(
    Text("What each region begins with and does next, and why", "各地区首批、第二批项目及差异原因"),
    Text(
        "Per region the projects of both waves, and what sets its programme apart",
        "各地区两批项目及与其他地区的差异和原因",
    ),
    "comparison.programmes.reasons",
    (
        Column(Text("Region", "地区"), ("{{ region }}", "{{ order }}"), 22),
        Column(Text("Begins with", "首批项目"), "{{ first }}", 44),
        Column(Text("Does next", "第二批项目"), "{{ second }}", 40),
        Column(Text("Why it differs from the others", "与其他地区的差异及原因"), "{{ why }}", 72),
    ),
    small=True,
)
FIGURES = Table(
    Text("What each region has to work with", "各地区现有条件"),
    Text(
        "Per region spare grid capacity, IT load, racks, staff and power price",
        "各地区富余供电容量、IT负荷、机架、人员和电价",
    ),
    "comparison.programmes.figures",
    (
        Column(Text("Region", "地区"), "{{ region }}", 28),
        Column(Text("Firm spare grid (MW)", "可靠富余容量（兆瓦）"), "{{ spare_mw }}", 22, number=True),
        Column(Text("Free IT load (MW)", "空闲IT负荷（兆瓦）"), "{{ it_load_mw }}", 20, number=True),
        Column(Text("Free racks", "空闲机架（架）"), "{{ racks }}", 17, number=True),
        Column(Text("Free developers", "开发人员（人）"), "{{ developers }}", 19, number=True),
        Column(Text("Operations staff", "运维人员（人）"), "{{ operations }}", 19, number=True),
        Column(Text("Technicians", "技术工人（人）"), "{{ technicians }}", 19, number=True),
        Column(Text("Delivered power price", "到户电价"), "{{ price }}", 34, number=True),
    ),
)  # fmt: skip
PROGRAMMES = Table(
    Text("What each region begins with and does next", "各地区首批、第二批项目"),
    Text(
        "Per region or group the projects of both waves, their effects and capital",
        "各地区或各组两批项目、成效和投资",
    ),
    "comparison.programmes.rows",
    (
        Column(Text("Region", "地区"), "{{ region }}", 26),
        Column(Text("Begins with", "首批项目"), "{{ first }}", 52),
        Column(Text("Does next", "第二批项目"), "{{ second }}", 48),
        Column(Text("Full-time jobs", "就业（人）"), "{{ jobs }}", 17, number=True),
        Column(Text("Idle power used (MW)", "盘活电力（兆瓦）"), "{{ power }}", 17, number=True),
        Column(Text("Capital", "投资"), "{{ capital }}", 24, number=True),
    ),
    small=True,
)
USES = Table(
    Text("Why a use is planned here and not there", "各应用在部分地区未安排的原因"),
    Text(
        "Per use the regions that plan it, and what keeps it out of the others",
        "各应用安排的地区数及其他地区未安排的原因",
    ),
    "comparison.programmes.uses",
    (
        Column(Text("Use", "应用"), "{{ use }}", 50),
        Column(Text("Begin with it", "首批（个）"), "{{ first }}", 16, number=True),
        Column(Text("Plan it", "两批合计（个）"), "{{ count }}", 16, number=True),
        Column(
            Text("Why others do not (regions)", "其他地区未安排的原因（地区数）"),
            "{{ others }}",
            96,
        ),
    ),
    small=True,
)
EFFECTS = Table(
    Text("What each programme brings and costs", "各地区成效与投资"),
    Text(
        "Per region jobs, idle power used, people reached, capital, and how far the data carry",
        "各地区就业、盘活电力、覆盖人员、投资和数据支撑程度",
    ),
    "comparison.programmes.effects",
    (
        Column(Text("Region", "地区"), "{{ region }}", 26),
        Column(Text("Full-time jobs", "就业（折合全职）"), "{{ jobs }}", 20, number=True),
        Column(Text("Idle power used (MW)", "盘活电力（兆瓦）"), "{{ power }}", 22, number=True),
        Column(Text("Share of idle power", "占闲置电力"), "{{ share }}", 16, number=True),
        Column(Text("People in the industries reached", "覆盖从业人员（人）"), "{{ served }}", 30, number=True),
        Column(Text("Capital", "投资"), "{{ capital }}", 46, number=True),
        Column(Text("Example values", "示例值占比"), "{{ illustrative }}", 18, number=True),
    ),
)  # fmt: skip
LIMITS = Table(
    Text("Limits that keep a better first wave out", "构成瓶颈的约束"),
    Text(
        "Per region and limit how much there is, and what the least further amount brings in",
        "各地区的瓶颈约束、现有上限、最小增量及可纳入的应用",
    ),
    "comparison.limits.rows",
    (
        Column(Text("Region", "地区"), "{{ region }}", 24),
        Column(Text("Limit", "约束"), "{{ resource }}", 30),
        Column(Text("There is", "现有上限"), "{{ limit }}", 28, number=True),
        Column(Text("What a little more would do", "适当增加的作用"), "{{ more }}", 96),
    ),
)
KINDS = Table(
    Text("Limits that keep a better first wave out", "构成瓶颈的约束"),
    Text(
        "Per limit the regions where it binds, and what more of it most often brings in",
        "各类约束构成瓶颈的地区及放宽后最常纳入的应用",
    ),
    "comparison.limits.kinds",
    (
        Column(Text("Limit", "约束"), "{{ resource }}", 36),
        Column(Text("Regions", "地区数（个）"), "{{ count }}", 16, number=True),
        Column(Text("Where", "所在地区"), "{{ regions }}", 60),
        Column(Text("More of it most often brings in", "放宽后最常纳入"), "{{ uses }}", 66),
    ),
)
SHARED = Table(
    Text("Planned uses that several regions could run on one platform", "可由多个地区共用平台的拟建应用"),
    Text(
        "Each use with the regions of each wave, the conditions in common, and the capital apart",
        "各应用的两批地区、共同的法定条件和各自建设的投资",
    ),
    "comparison.shared.rows",
    (
        Column(Text("Use", "应用"), "{{ use }}", 42),
        Column(Text("Begin with it", "首批地区"), "{{ first }}", 36),
        Column(Text("Do it next", "第二批地区"), "{{ second }}", 30),
        Column(Text("Conditions in common", "共同的法定条件"), "{{ conditions }}", 46),
        Column(Text("Capital if built apart", "各自建设投资"), "{{ capital }}", 24, number=True),
    ),
)  # fmt: skip
EXCHANGE = Table(
    Text("Done in one region, still needed in another", "已办成与尚待办理的事项"),
    Text(
        "Per use what has been done, where and by whom, and which regions still need it",
        "各应用已办成的事项、地区和单位，以及尚待办理的地区",
    ),
    "comparison.exchange.rows",
    (
        Column(Text("Use", "应用"), "{{ use }}", 42),
        Column(Text("What", "事项"), "{{ what }}", 36),
        Column(Text("Done in", "已办成"), "{{ done }}", 50),
        Column(Text("Still needed in", "尚待办理"), "{{ needed }}", 50),
    ),
)
BOX = Table(
    Text("What is barred, and where", "禁止和限制事项及涉及地区"),
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
