"""The chapter on the legal position."""

from blocks import Column, Pen, Table, Text, each

_RULES = (
    "{%p for rule in ban.rules %}",
    "{{ rule.instrument }}",
    "{{ rule.trace }}",
    "{%p else %}",
    "–",
    "{%p endfor %}",
)
_BARRED = Table(
    Text("Barred activities", "禁止的活动"),
    Text(
        "Each barred activity with the reason, the penalty and the instruments",
        "各项禁止活动的理由、处罚和依据",
    ),
    "ban in law.barred",
    (
        Column(Text("Activity", "活动"), "{{ ban.name }}", 27),
        Column(
            Text("Why it is barred", "禁止理由"),
            (
                "{{ ban.sentence }}",
                "{%p if ban.reason %}",
                "{{ ban.reason }}",
                "{%p endif %}",
                "{%p if ban.penalty %}",
                Text("**Penalty:** {{ ban.penalty }}", "**处罚：**{{ ban.penalty }}"),
                "{%p endif %}",
                "{%p if ban.open %}",
                "{{ ban.open }}",
                "{%p endif %}",
            ),
            53,
        ),
        Column(Text("Instrument, reference, evidence", "文件、官方出处、核实情况"), _RULES, 90),
    ),
    small=True,
)
_OUTSIDE = Table(
    Text("Lawful here in part, but outside this plan", "本地未予禁止、但不在本方案范围内的活动"),
    Text(
        "Activities that the law here does not bar and that this plan does not propose",
        "本地法律未予禁止、本方案也不建议的活动",
    ),
    "ban in law.outside",
    (
        Column(Text("Activity", "活动"), "{{ ban.name }}", 32),
        Column(Text("Law", "法律状态"), "{{ ban.status }}", 22, band="ban.status_band"),
        Column(Text("Position of this plan", "本方案立场"), "{{ ban.sentence }}", 50),
        Column(Text("Instrument, reference, evidence", "文件、官方出处、核实情况"), _RULES, 66),
    ),
    small=True,
)
_FILING = Table(
    Text("Conditions to meet for the proposed uses", "拟议方向须满足的条件"),
    Text(
        "Checklist by activity: what is required, by which instrument, since when, for which uses",
        "按活动列出的条件清单：要求、文件、施行日期和涉及方向",
    ),
    "duty in law.filing",
    (
        Column(Text("Activity", "活动"), "{{ duty.activity }}", 26),
        Column(
            Text("What is required, by whom", "要求及依据"),
            (
                "{%p for rule in duty.rules %}",
                "**{{ rule.condition }}**",
                "{{ rule.instrument }}",
                "{{ rule.trace }}",
                "{%p endfor %}",
            ),
            108,
        ),
        Column(Text("Uses", "涉及方向"), "{{ duty.uses }}", 36),
    ),
    small=True,
)
_OPEN = Table(
    Text("Not assessed", "尚未评估的事项"),
    Text("Uses with activities for which no rule is held", "尚无规则可依的方向和活动"),
    "gap in law.open",
    (
        Column(Text("Use", "应用"), "{{ gap.use }}", 45),
        Column(Text("Activities", "活动"), "{{ gap.activities }}", 45),
        Column(Text("What is open", "待明确内容"), "{{ gap.sentence }}", 80),
    ),
)
_PROCEDURES = Table(
    Text("Procedures the plan must go through", "方案须履行的程序"),
    Text(
        "Each procedure with what it asks, its basis and the uses it concerns",
        "各项程序的要求、依据和适用方向",
    ),
    "step in law.procedures",
    (
        Column(Text("Procedure", "程序"), "{{ step.name }}", 30),
        Column(Text("What it asks", "要求"), "{{ step.what }}", 55),
        Column(
            Text("Basis and reference", "依据和官方出处"),
            (
                "{{ step.basis }}",
                "{{ step.trace }}",
            ),
            55,
        ),
        Column(Text("Concerns", "适用方向"), "{{ step.uses }}", 30),
    ),
    small=True,
)
_CLAIMS = Table(
    Text("Claims in source documents, answered", "资料所载主张及答复"),
    Text(
        "Each claim with its source, the position of this brief and the rules that bear on it",
        "各项主张的出处、本报告立场和相关规则",
    ),
    "claim in law.claims",
    (
        Column(Text("Claim", "主张"), "{{ claim.claim }}", 50),
        Column(Text("Source", "出处"), "{{ claim.source }}", 30),
        Column(Text("Position of this brief", "本报告立场"), "{{ claim.position }}", 60),
        Column(Text("Rules", "规则"), "{{ claim.rules }}", 30),
    ),
    small=True,
)
_TABLES = (_BARRED, _OUTSIDE, _FILING, _OPEN, _PROCEDURES, _CLAIMS)
READING = Text(
    "{{ doc.law_day }} An activity for which no rule is held is not assessed; it is never taken "
    "as permitted.",
    "{{ doc.law_day }}没有规则可依的活动列为未评估，不视为允许。",
)


def position(pen: Pen) -> str:
    """The chapter without its reading note."""
    return (
        pen.heading(1, Text("Legal position", "合规边界"))
        + pen.optional("BodyText", "summary.barred", "**{{ summary.barred }}**")
        + pen.optional("BodyText", "law.intro")
        + each("line in law.stale", pen.p("Banner", "{{ line }}"))
        + "".join(pen.table(table) for table in _TABLES)
    )
