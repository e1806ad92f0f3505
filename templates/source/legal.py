"""The chapter on the legal position."""

from blocks import Pen, each, when
from tables import Column, Table, Text

BARRED = Table(
    Text("Barred activities", "禁止事项"),
    Text(
        "Each barred activity with its citation, what is barred, the penalty and the rules",
        "各项禁止活动的依据、内容、处罚和规定编号",
    ),
    "law.barred",
    (
        Column(Text("Activity", "活动"), "{{ name }}", 34),
        Column(
            Text("What the law says", "法律规定"),
            Text(
                "{{ sentence }} {{ reason }} {{ penalty }} {{ open }}",
                "{{ sentence }}{{ reason }}{{ penalty }}{{ open }}",
            ),
            112,
        ),
        Column(Text("Rules", "规定编号"), "{{ rules }}", 24),
    ),
    small=True,
)
OUTSIDE = Table(
    Text(
        "Not barred or not assessed here, and outside this plan",
        "本地区未予禁止但不纳入本方案的活动",
    ),
    Text(
        "Activities that no rule on file bars here and that this plan does not propose",
        "规则库未予禁止、本方案也不建议的活动",
    ),
    "law.outside",
    (
        Column(Text("Activity", "活动"), "{{ name }}", 32),
        Column(Text("Law", "法律状态"), "{{ status }}", 24),
        Column(Text("Position of this plan", "本方案立场"), "{{ sentence }}", 44),
        Column(
            Text("What the law asks", "法律规定"),
            (
                "{%p for rule in row.rules %}",
                Text(
                    "{{ rule.condition }} – {{ rule.source }}",
                    "{{ rule.condition }}——{{ rule.source }}",
                ),
                "{%p else %}",
                "–",
                "{%p endfor %}",
            ),
            70,
        ),
    ),
    small=True,
)
_OUTSIDE_SHORT = Table(
    OUTSIDE.caption,
    OUTSIDE.description,
    "ban in law.outside_together",
    (
        Column(
            Text("Activity, and position of this plan", "活动、本方案立场"),
            ("{{ ban.name }}", "{{ ban.sentence }}"),
            74,
        ),
        Column(Text("Law", "法律状态"), "{{ ban.status }}", 22, band="ban.status_band"),
        Column(
            Text("Instruments, and what was read of them", "依据和阅读情况"),
            "{{ ban.instruments }}",
            74,
        ),
    ),
    small=True,
)
_BARRED_SHORT = Table(
    BARRED.caption,
    Text("Each barred activity with the instruments that bar it", "各项禁止活动及其依据"),
    "ban in law.barred_together",
    (
        Column(Text("Activity", "活动"), "{{ ban.name }}", 62),
        Column(
            Text("Instruments, and what was read of them", "依据和阅读情况"),
            Text(
                "{{ ban.sentence }}{% if ban.note %} {{ ban.note }}{% endif %}{% if ban.open %} {{ ban.open }}{% endif %}",
                "{{ ban.sentence }}{{ ban.note }}{{ ban.open }}",
            ),
            108,
        ),
    ),
    small=True,
)
_BEFORE = Table(
    Text("What must be met before each project starts", "各项目启动前须落实的法定条件"),
    Text(
        "Each project with the first condition of each activity, its instrument and what was read of it",
        "各项目所涉活动的首要条件、依据和阅读情况",
    ),
    "row in law.before",
    (
        Column(Text("Project", "项目"), "{{ row.name }}", 38),
        Column(
            Text("Activity, condition and instrument", "活动、条件和依据"),
            ("{%p for line in row.lines %}", "{{ line }}", "{%p endfor %}"),
            132,
        ),
    ),
    small=True,
    key="before",
)
_FILING = Table(
    Text(
        "Conditions to meet for the projects of the programme",
        "组合方案须落实的法定条件",
    ),
    Text(
        "Checklist by activity: what is required, by which instrument, for which uses",
        "按活动列出的条件清单：要求、依据和涉及应用",
    ),
    "law.filing",
    (
        Column(Text("Activity", "活动"), "{{ activity }}", 26),
        Column(
            Text("What is required, and by which instrument", "法定条件及依据"),
            (
                "{%p for rule in row.rules %}",
                Text(
                    "{{ rule.condition }} – {{ rule.cite }}",
                    "{{ rule.condition }}——{{ rule.cite }}",
                ),
                "{%p endfor %}",
            ),
            108,
        ),
        Column(Text("Uses", "涉及应用"), "{{ uses }}", 36),
    ),
    small=True,
)
SIZES = Table(
    Text("Barred from a size on", "达到一定规模原则上不得新建的方向"),
    Text(
        "Uses that are barred from a size on, with that size, the citation and what was read",
        "达到一定规模原则上不得新建的方向及其规模、依据和阅读情况",
    ),
    "law.sizes",
    (
        Column(Text("Uses", "方向"), "{{ uses }}", 48),
        Column(
            Text("Barred sizes", "禁止的规模"),
            Text(
                "{{ sentence }}{% if row.note %} {{ note }}{% endif %}",
                "{{ sentence }}{{ note }}",
            ),
            122,
        ),
    ),
    small=True,
)
DEPENDS = Table(
    Text("Rules that hang on a figure that was not given", "取决于未填报数据的规定"),
    Text(
        "Each missing figure with the limits, the activities and the instruments that hang on it",
        "各项未填报数据、限值、所涉活动和依据",
    ),
    "law.depends",
    (
        Column(Text("Not given", "未填报"), "{{ missing }}", 34),
        Column(
            Text("Applies to", "适用于"),
            ("{{ limits }}", "{{ note }}"),
            44,
        ),
        Column(Text("Activities", "所涉活动"), "{{ activities }}", 42),
        Column(Text("Instruments", "依据"), "{{ cite }}", 50),
    ),
    small=True,
)


def dated(path: str, caption: Text, day: Text) -> Table:
    """Rules that start or end within the plan period, by their day."""
    return Table(
        caption,
        Text(
            "Each rule with its day, its activity, what it says and its instrument as read",
            "各条规定的日期、所涉活动、内容和依据",
        ),
        path,
        (
            Column(day, "{{ day }}", 26),
            Column(Text("Activity", "活动"), "{{ activity }}", 34),
            Column(Text("Effect", "效力"), "{{ effect }}", 22, band="row.effect_band"),
            Column(
                Text("What it says", "内容"),
                Text("{{ condition }} – {{ cite }}", "{{ condition }}——{{ cite }}"),
                88,
            ),
        ),
        small=True,
    )


_STARTS = Text("Rules that start before the plan ends", "规划期末前开始施行的规定")
_ENDS = Text("Rules that end before the plan does", "规划期末前失效的规定")
_FROM = Text("From", "施行日期")
_LAST = Text("Last day", "有效期至")


def timing(pen: Pen, group: str, *, wide: bool = False) -> str:
    """What starts and what ends within the plan period."""
    return pen.table(dated(f"{group}.coming", _STARTS, _FROM), wide=wide) + pen.table(
        dated(f"{group}.ending", _ENDS, _LAST), wide=wide
    )


_PROCEDURES = Table(
    Text("Procedures to be checked for the plan", "方案须对照履行的法定程序"),
    Text(
        "Each procedure with what it asks, its basis, what was read of it and the uses it concerns",
        "各项程序的要求、依据、阅读情况和适用方向",
    ),
    "law.procedures",
    (
        Column(
            Text("Procedure, lead body", "程序、牵头单位"),
            ("{{ name }}", "{{ lead }}"),
            27,
        ),
        Column(Text("What it asks", "要求"), "{{ what }}", 54),
        Column(
            Text("Basis, what was read, official page", "依据、阅读情况、官方页面"),
            (
                "{{ basis }}",
                "{{ trace }}",
            ),
            55,
        ),
        Column(Text("Applies to", "适用范围"), "{{ uses }}", 34),
    ),
    small=True,
)
CLAIMS = Table(
    Text("Claims in source documents, answered", "有关说法及本报告意见"),
    Text(
        "Each claim with its source, the position of this brief and the rules that bear on it",
        "各项说法的出处、本报告意见和依据",
    ),
    "law.claims",
    (
        Column(Text("Claim", "说法"), "{{ claim }}", 50),
        Column(Text("Source", "出处"), "{{ source }}", 30),
        Column(Text("Position of this brief", "本报告意见"), "{{ position }}", 60),
        Column(Text("Basis", "依据"), "{{ rules }}", 30),
    ),
    small=True,
)
_SIZE = Text(
    "{{ size.uses }}: {{ size.sentence }}{% if size.note %} {{ size.note }}{% endif %}",
    "{{ size.uses }}：{{ size.sentence }}{{ size.note }}",
)
_READING = Text(
    "Every condition, every procedure and the answers to claims in source documents stand in the annex.",
    "全部法定条件、各项法定程序和对有关说法的意见见附件。",
)


def position(pen: Pen) -> str:
    """The chapter of the brief: the finding, what is barred, what must be met, what changes."""
    finding = Text(
        "**{{ finding.law }}**{% if summary.barred %} {{ summary.barred }}{% endif %}",
        "**{{ finding.law }}**{{ summary.barred }}",
    )
    return (
        pen.heading(1, Text("What the law allows", "合规边界"))
        + pen.p("BodyText", finding)
        + pen.table(_BARRED_SHORT)
        + each("size in law.sizes", pen.p("BodyText", _SIZE))
        + pen.table(_OUTSIDE_SHORT)
        + pen.table(_BEFORE)
        + pen.optional("BodyText", "law.duties_note")
        + timing(pen, "law")
        + pen.optional("BodyText", "law.open")
        + pen.optional("BodyText", "law.procedures_line")
        + pen.optional("BodyText", "law.procedures_open")
        + pen.optional(
            "BodyText",
            "law.intro",
            Text("**How the law was checked.** {{ law.intro }}", "**核查情况。**{{ law.intro }}"),
        )
        + pen.optional("Banner", "law.stale_notice")
        + pen.p("Note", _READING)
    )


def conditions(pen: Pen) -> str:
    """The chapter of the annex: every condition and procedure with its basis."""
    return when(
        "law.filing or law.procedures or law.procedures_open",
        pen.heading(1, Text("Conditions and procedures", "法定条件与程序")),
        pen.table(_FILING),
        pen.table(_PROCEDURES),
        pen.optional("BodyText", "law.procedures_open"),
    )
