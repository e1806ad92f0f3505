"""Makes the reference pages from the tables they describe.

`python docs/build.py` writes docs/problems.md, docs/columns.md, docs/tables.md and docs/settings.md, and the table of
what the rules reach into both READMEs; with `--check` it compares.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.analysis.screening import is_in_force, reach
from generator.intake import load_knowledge, load_texts
from generator.intake.columns import CATALOGUE, FORM, RULES, SCHEMA_VERSION, Column, Kind
from generator.settings.declared import MAIL_SETTINGS, SETTINGS
from generator.shipped import data_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.intake.columns import Sheet

HERE = Path(__file__).parent
REACH_DAY = date(2026, 11, 28)
"""The day whose law the table of the READMEs counts."""
READMES = {"README.md": "en", "README.zh-CN.md": "zh-CN"}
REACH_HEADS = {
    "en": "| jurisdiction | activities the rules speak to | rules in force | official page read "
    "| copy read | earlier version read | page about it | press report | nothing read |",
    "zh-CN": "| 法域 | 规定涵盖的活动 | 现行有效规定（条） | 读过官方页面 | 读过转载文本 | 读过旧版 | 读过介绍页面 | 据新闻报道 | 未读文本 |",
}
READ_KINDS = ("official", "repost", "superseded", "page", "press", "none")
OPENING, CLOSING = "<!-- reach -->\n", "<!-- /reach -->"
GROUPS = {
    "AC": "Accessibility of finished documents, as the tests check it",
    "DL": "Delivery by e-mail",
    "IN": "Workbooks and tables",
    "KN": "Catalogue, rules and text table",
    "RN": "Running the command",
    "TP": "Templates",
}


def problems() -> Iterator[str]:
    """The page of problem codes, from the text table."""
    table = load_texts(data_root() / "templates/strings.csv").table
    yield "# Problem codes\n"
    yield (
        "Every message of `briefs` starts with a code, then the place (file, sheet and cell), what "
        "was found and what to do. Codes are stable: a script may rely on them. Errors stop the "
        "region they touch; warnings are printed in its briefs, except what concerns recipients. Words in braces are filled in by "
        "the program. This page is made from `templates/strings.csv` by `make docs`.\n"
    )
    for group, title in GROUPS.items():
        yield f"## {group}: {title}\n"
        yield "| code | message |\n| --- | --- |"
        for key in sorted(key for key in table if key.startswith(f"problem.{group}-")):
            text = table[key]["en"].replace("{{", "{").replace("}}", "}")
            yield f"| {key.removeprefix('problem.')} | {text} |"
        yield ""


def columns() -> Iterator[str]:
    """The page of the form's columns, from the column table."""
    yield "# Columns of the form\n"
    yield (
        f"Form version {SCHEMA_VERSION}. Headers are read in either language, in any order, also by "
        "their key. *req* marks a column that must be filled (the form shows it with an asterisk, which is "
        "no part of the header), *range* one with optional low and "
        "high columns beside it, *since 2* one that came, or whose range came, with that version of the form, *en/zh* one that stands once per language, one of them optional, "
        "*CN* and *not CN* one that the form shows there alone or everywhere else; it is read in "
        "every workbook. "
        "This page is made from the column table by `make docs`.\n"
    )
    for sheet in FORM:
        yield f"## {sheet.name('en')} / {sheet.name('zh-CN')}\n"
        yield f"{sheet.help_label.text('en')} {sheet.help_label.text('zh-CN')}\n"
        yield "| key | header | 表头 | kind | unit | bounds | marks | also read as |"
        yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
        for column in sheet.columns:
            yield f"| {' | '.join(_cells(column))} |"
        yield ""


def tables() -> Iterator[str]:
    """The page of the rule tables and of those of the catalogue, from the column table."""
    yield "# Tables of rules and of the catalogue\n"
    yield (
        "All are CSV files in UTF-8, with commas and one row of headers in any order, days as "
        "2026-11-28. *req* marks a column that every row fills, *unique* one in which nothing stands "
        "twice, *en/zh* one that stands once per language (`title_en`, `title_zh`): both or none. "
        "*Codes* are several texts parted by semicolons. *One of* names a list of "
        "`choices.csv`, *refers to* the table whose rows may be named. How to add a legal order, and "
        "how to convert a former rule pack, says [rules.md](rules.md); how to add a use, a rule or a "
        "place, [architecture.md](architecture.md). "
        "This page is made from the column table by `make docs`.\n"
    )
    yield "## Rules: `inputs/rules/`, or the folder given with `--rules`\n"
    for sheet in RULES:
        yield from _table(sheet)
    yield "## Catalogue: `inputs/catalogue/`, or the folder given with `--catalogue`\n"
    for sheet in CATALOGUE:
        yield from _table(sheet)


def settings() -> Iterator[str]:
    """The page of settings, from the table that declares them."""
    yield "# Settings\n"
    yield (
        "A setting is given on the command line, in the environment or in `briefs.toml` in the folder "
        "where the command runs; the first of these that has it counts. Several values of a list are "
        "parted by commas in the environment; on the command line the option is repeated. "
        "This page is made from `generator/settings/declared.py` by `make docs`.\n"
    )
    said = load_texts(data_root() / "templates/strings.csv")
    for title, declared in (("Of every run", SETTINGS), ("Of the mail: `[mail]`", MAIL_SETTINGS)):
        yield f"## {title}\n"
        yield "| in `briefs.toml` | option | variable | value | meaning |"
        yield "| --- | --- | --- | --- | --- |"
        for one in declared:
            option = f"`{one.flag} {one.metavar}`".replace(" `", "`") if one.has_flag else "–"
            value = one.kind.value + (f": {one.bounds}" if one.bounds else "")
            meaning = said.say(
                one.help_key, "en", default=one.default, allowed=", ".join(one.allowed)
            )
            yield f"| `{one.key}` | {option} | `{one.variable}` | {value} | {meaning} |"
        yield ""


def _table(sheet: Sheet) -> Iterator[str]:
    is_explained = any(column.help("en") for column in sheet.columns)
    yield f"### {sheet.key}.csv\n"
    yield "| column | kind | marks |" + (" meaning |" if is_explained else "")
    yield "| --- | --- | --- |" + (" --- |" if is_explained else "")
    for column in sheet.columns:
        kind = column.kind.value
        if column.choices:
            kind = f"{'codes, each ' if column.kind is Kind.CODES else ''}one of `{column.choices}`"
        elif column.refers_to:
            kind += f", refers to {column.refers_to}"
        if column.kind.is_number and (column.low is not None or column.high is not None):
            kind += f", {_bounds(column)}"
        names = {"req": column.required, "unique": column.unique, "en/zh": column.bilingual}
        marks = ", ".join(name for name, is_set in names.items() if is_set)
        meaning = f" {column.help('en')} |" if is_explained else ""
        yield f"| `{column.key}` | {kind} | {marks} |{meaning}"
    if len(sheet.unique) > 1:
        yield f"\nNo two rows agree in {', '.join(f'`{key}`' for key in sheet.unique)}."
    yield ""


def _bounds(column: Column) -> str:
    if column.low is None:
        return f"at most {column.high:g}"
    return (
        f"at least {column.low:g}" if column.high is None else f"{column.low:g} to {column.high:g}"
    )


def _cells(column: Column) -> list[str]:
    bounds = ""
    if column.low is not None or column.high is not None:
        ends = ("" if end is None else f"{end:g}" for end in (column.low, column.high))
        bounds = " to ".join(ends).strip()
    kind = column.kind.value
    if column.kind is Kind.CHOICE or column.choices:
        kind += f" of `{column.choices}`"
    elif column.refers_to:
        kind += f", refers to {column.refers_to}"
    marks = [
        name
        for name, is_set in (
            ("req", column.required),
            ("range", column.uncertain),
            ("en/zh", column.bilingual),
        )
        if is_set
    ]
    newest = max(column.since, column.ranged_since)
    marks += [f"since {newest}"] if newest > 1 else []
    marks += [*column.jurisdictions, *(f"not {code}" for code in column.not_in)]
    return [
        f"`{column.key}`", column.header("en"), column.header("zh-CN"), kind, column.unit, bounds, ", ".join(marks),
        ", ".join(word for _, word in column.synonyms),
    ]  # fmt: skip


def reached(language: str) -> Iterator[str]:
    """The table of how many activities the rules of each jurisdiction speak to, parents included."""
    root = data_root()
    knowledge = load_knowledge(root / "inputs/catalogue", root / "inputs/rules")
    yield REACH_HEADS[language]
    yield "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    for code, order in knowledge.jurisdictions.items():
        orders = knowledge.lineage(code)
        found = reach(orders, "", knowledge, REACH_DAY)
        if not found.has_own:
            continue
        rules = [
            rule
            for rule in knowledge.rules
            if rule.jurisdiction in orders and is_in_force(rule, REACH_DAY)
        ]
        kinds = Counter(rule.read_kind for rule in rules)
        counts = [len(rules), *(kinds[kind] for kind in READ_KINDS)]
        total = len(found.assessed) + len(found.open)
        of = (
            f"{len(found.assessed)} of {total}"
            if language == "en"
            else f"{len(found.assessed)}/{total}"
        )
        cells = [order.name.text(language), of, *map(str, counts)]
        yield f"| {' | '.join(cells)} |"


def with_reach(page: str, language: str) -> str:
    """A README with the table between its two marks made anew."""
    head, _, rest = page.partition(OPENING)
    _, mark, tail = rest.partition(CLOSING)
    return head + OPENING + "\n".join(reached(language)) + "\n" + mark + tail


def main() -> int:
    """Write the pages, or with --check compare them with the committed ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    stale = []
    pages = {
        "problems.md": problems(),
        "columns.md": columns(),
        "tables.md": tables(),
        "settings.md": settings(),
    }
    for name, lines in pages.items():
        text = "\n".join(lines).rstrip() + "\n"
        path = HERE / name
        if not is_check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name, language in READMES.items():
        path = HERE.parent / name
        page = path.read_text(encoding="utf-8")
        text = with_reach(page, language)
        if not is_check:
            path.write_text(text, encoding="utf-8")
        elif page != text:
            stale.append(name)
    if stale:
        print("not up to date: " + ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
