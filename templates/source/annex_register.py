"""Chapters of the annex on the rules, the method, the sources and the terms."""

from dataclasses import replace

import legal
import tasks
from blocks import Pen, when
from tables import Column, Table, Text

_RULES = Table(
    Text("Rule register", "规定登记表"),
    Text(
        "Each rule with what it governs and says, its instrument, dates and what was read of it",
        "各项规定的对象、内容、文件、日期、官方页面和阅读情况",
    ),
    "annex.register.rules",
    (
        Column(Text("Rule", "编号"), "{{ id }}", 22),
        Column(Text("Activity", "活动"), "{{ activity }}", 34),
        Column(Text("Effect", "效力"), "{{ effect }}", 22),
        Column(Text("What it says", "内容"), "{{ condition }}", 72),
        Column(
            Text("Instrument", "文件"),
            (
                "{{ instrument }}",
                "{{ dates }}",
                "{{ relations }}",
                "**{{ standing }}**",
            ),
            70,
        ),
        Column(
            Text("What was read, official page", "阅读情况、官方页面"),
            ("{{ reading }}", "{{ sites }}", "{{ reference }}"),
            45,
        ),
    ),
    small=True,
)
_USES = Table(
    Text("Legal status of every use", "各应用的法律状态"),
    Text(
        "Each use with its legal status and the activities it rests on",
        "各应用的法律状态及所涉活动",
    ),
    "annex.register.uses",
    (
        Column(Text("No.", "编号"), "{{ id }}", 14),
        Column(Text("Use", "应用"), "{{ name }}", 80),
        Column(Text("Law", "法律状态"), "{{ status }}", 40),
        Column(Text("Activities and what the rules say", "所涉活动及效力"),
               ("{{ sizes }}", "{{ activities }}"), 131),
    ),
    small=True,
)  # fmt: skip
_STALE = Table(
    Text("Rules to be read before use", "使用前须核对原文的规定"),
    Text("Each rule with its instrument, what was read and why", "各条规定的依据、阅读情况和缘由"),
    "annex.register.stale",
    (
        Column(Text("Rule", "编号"), "{{ id }}", 26),
        Column(Text("Instrument", "文件"), "{{ instrument }}", 120),
        Column(Text("What was read", "阅读情况"), "{{ reading }}", 60),
        Column(Text("Why", "缘由"), "{{ why }}", 60),
    ),
    small=True,
)
_UNASSESSED = Table(
    Text("Activities not assessed", "尚未核查的活动"),
    Text(
        "Each activity that no rule in force speaks to, with the reason", "各项尚未核查的活动及缘由"
    ),
    "annex.register.open",
    (
        Column(Text("Activity", "活动"), "{{ activity }}", 90),
        Column(Text("Why", "缘由"), "{{ reason }}", 176),
    ),
    small=True,
)
_SETTINGS = Table(
    Text("Settings of this run", "本次运行参数"),
    Text("Each setting with its value", "各项参数及取值"),
    "annex.method.settings",
    (
        Column(Text("Setting", "参数"), "{{ name }}", 70),
        Column(Text("Value", "取值"), "{{ value }}", 108),
    ),
    small=True,
)
_SOURCES = Table(
    Text("Sources and licences", "数据来源与许可"),
    Text("Each source with the line that its licence asks for", "各数据来源及其许可要求的署名"),
    "annex.register.sources",
    (
        Column(Text("No.", "编号"), "{{ id }}", 14),
        Column(Text("Source", "来源"), "{{ title }}", 64),
        Column(Text("Attribution and licence", "署名与许可"), "{{ attribution }}", 100),
    ),
    small=True,
)
_TERMS = Table(
    Text("Terms", "术语"),
    Text("Terms with their meaning, in two columns", "术语及释义，分两栏列示"),
    "annex.register.terms",
    (
        Column(Text("Term", "术语"), "{{ term }}", 30),
        Column(Text("Meaning", "释义"), "{{ meaning }}", 59),
        Column(Text("Term", "术语"), "{{ other_term }}", 30),
        Column(Text("Meaning", "释义"), "{{ other_meaning }}", 59),
    ),
    small=True,
)
_FOLLOWED = replace(tasks.INDICATORS, caption=Text("All indicators", "全部指标"))
_OPENING = Text(
    "{{ annex.register.intro }} {{ doc.law_day }}", "{{ annex.register.intro }}{{ doc.law_day }}"
)


def register(pen: Pen) -> str:
    """What the law says: statuses, what is barred and why, claims answered, every rule."""
    return (
        pen.heading(1, Text("Rules", "规定登记"))
        + pen.optional("BodyText", "annex.register.intro", _OPENING, keep=True)
        + pen.table(_USES, wide=True)
        + pen.table(legal.BARRED, wide=True)
        + pen.table(legal.OUTSIDE, wide=True)
        + pen.table(legal.CLAIMS, wide=True)
        + pen.optional("BodyText", "annex.register.no_claims")
        + pen.table(legal.SIZES, wide=True)
        + pen.table(legal.DEPENDS, wide=True)
        + legal.timing(pen, "annex.register", wide=True)
        + pen.table(_UNASSESSED, wide=True)
        + pen.table(_RULES, wide=True)
        + pen.table(_STALE, wide=True)
        + pen.table(tasks.COUNSEL, wide=True)
        + pen.bullets("counsel.lines", "ListNumber")
        + pen.table(_FOLLOWED, wide=True)
    )


def method(pen: Pen) -> str:
    """How it was computed, with which settings, after whom."""
    return (
        pen.heading(1, Text("Method and settings", "方法与参数"))
        + pen.bullets("method", "BodyText")
        + pen.bullets("annex.method.paragraphs", "BodyText")
        + pen.table(_SETTINGS)
        + pen.heading(2, Text("References of the methods", "方法文献"))
        + pen.bullets("annex.method.references", "Note")
    )


def sources(pen: Pen) -> str:
    """Where the data come from, and the evidence behind the thresholds."""
    return (
        pen.heading(1, Text("Sources and licences", "数据来源与许可"))
        + pen.table(_SOURCES)
        + when(
            "evidence",
            pen.heading(2, Text("Evidence cited", "引用资料")),
            pen.bullets("evidence", "Note"),
        )
    )


def glossary(pen: Pen) -> str:
    """What the document is and is not, then the terms: a few lines alone would end on a page."""
    return when(
        "disclaimer",
        pen.heading(1, Text("Disclaimer", "说明"), numbered=False),
        pen.bullets("disclaimer", "Note"),
    ) + when(
        "annex.register.terms",
        pen.heading(1, Text("Glossary", "术语表")),
        pen.table(_TERMS),
    )
