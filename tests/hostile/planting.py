"""Writes large input files with faults, and what must be said of them: a child of test_planted.

Its arguments are `tables` or `workbook` and an empty folder.
"""

import csv
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from conftest import Package
from faults import IN_WORKBOOKS, KINDS, Cell
from registers import SIZES, chance, clean_rows

FAULTS = 4000


@dataclass
class Planted:
    """Rows with faults, and what must be said of them."""

    rows: dict
    expected: dict
    """(sheet, cell) to (code, kind)."""
    merged: dict = field(default_factory=dict)
    """Sheet to merged cells: column, first row, last row."""
    hidden: dict = field(default_factory=dict)
    """Sheet to hidden rows."""


def letter(index):
    return chr(65 + index)


def planted(kinds):
    """Clean rows with `FAULTS` faults, the kinds in turn, each row at most one."""
    rows = clean_rows()
    done = Planted(rows, {})
    columns = {sheet: list(own[0]) for sheet, own in rows.items()}
    free = {sheet: set(range(len(own))) for sheet, own in rows.items()}
    # Their addresses stand once more elsewhere, where that is the fault.
    free["recipients"] -= set(range(SIZES["recipients"]))
    spots = {sheet: chance.sample(sorted(own), len(own)) for sheet, own in free.items()}
    waiting = [*kinds]
    while len(done.expected) < FAULTS:
        for kind in tuple(waiting):
            code, places, change = kinds[kind]
            if len(done.expected) == FAULTS:
                break
            for place in chance.sample(places, len(places)):
                sheet, _, key = place.partition(".")
                at = _spot(rows[sheet], free[sheet], spots[sheet], kind, key, change, done, sheet)
                if at is not None:
                    cell = f"{letter(columns[sheet].index(key))}{at + 2}" if key else ""
                    done.expected[sheet, cell] = code, kind
                    break
            else:
                waiting.remove(kind)
    return done


def _spot(own, free, spots, kind, key, change, done, sheet):
    """The first row of a random order that the fault fits; it is changed and no longer free."""
    for at in spots:
        before = own[at - 1] if at and own[at - 1]["region"] == own[at]["region"] else None
        is_pair = before is not None and at - 1 in free
        if at not in free:
            continue
        if change is None:
            if not is_pair or not _beside_the_rows(kind, key, at, own, done, sheet):
                continue
            free.discard(at - 1)
            if key:
                free.discard(at)
                return at - 1
            return at
        new = change(own[at], key, before if is_pair else None)
        if new is None:
            continue
        own[at].update(new)
        free -= {at, at - 1} if is_pair else {at}
        spots.remove(at)
        return at
    return None


def _beside_the_rows(kind, key, at, own, done, sheet):
    """A merge of a row and the one before, or hidden rows: one message for each sheet."""
    if kind != "hidden rows":
        own[at][key] = None
        done.merged.setdefault(sheet, []).append((key, at + 1, at + 2))
        return True
    if sheet in done.hidden:
        return False
    done.hidden[sheet] = (at + 1, at + 2)
    return True


def _xml(place, value, styles):
    if value is None:
        return ""
    if isinstance(value, Cell):
        told = styles.get(value.attributes)
        return f'<c r="{place}" {value.attributes if told is None else told}>{value.content}</c>'
    if isinstance(value, str):
        return (
            f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        )
    return f'<c r="{place}"><v>{value}</v></c>'


def as_workbook(book, done):
    """The rows as sheets of a package that holds nothing else."""
    book.edit("xl/styles.xml", "<cellXfs>", "<fonts><font/><font><strike/></font></fonts><cellXfs>")
    styles = {
        code: f's="{book.style(code)}"'
        for code in ("yyyy-mm-dd", "hh:mm", "0.0%", '0" MWh"', "0,", ";;;")
    }
    styles["struck"] = f's="{book.style(0)}"'
    book.edit("xl/styles.xml", '<xf numFmtId="0"/></cellXfs>',
              '<xf numFmtId="0" fontId="1"/></cellXfs>')  # fmt: skip
    for name in list(book.sheets):
        book.drop(name)
    book.sheets.clear()
    book.parts["xl/workbook.xml"] = re.sub("<sheet .*?/>", "", book.parts["xl/workbook.xml"])
    rels = book.parts["xl/_rels/workbook.xml.rels"]
    book.parts["xl/_rels/workbook.xml.rels"] = re.sub(
        '<Relationship Id="[^"]*" Type="[^"]*/worksheet"[^>]*>', "", rels
    )
    for name, rows in done.rows.items():
        book.sheet(name, [])
        columns = list(rows[0])
        letters = {key: letter(index) for index, key in enumerate(columns)}
        lines = ["".join(_xml(f"{letters[key]}1", key, styles) for key in columns)]
        lines += [
            "".join(_xml(f"{letters[key]}{at}", row[key], styles) for key in columns)
            for at, row in enumerate(rows, start=2)
        ]
        hidden = done.hidden.get(name, ())
        body = "".join(
            f'<row r="{at}" hidden="{int(at in hidden)}">{line}</row>'
            for at, line in enumerate(lines, start=1)
        )
        merges = "".join(
            f'<mergeCell ref="{letters[key]}{first}:{letters[key]}{last}"/>'
            for key, first, last in done.merged.get(name, ())
        )
        book.edit(name, "<sheetData></sheetData>",
                  f"<sheetData>{body}</sheetData><mergeCells>{merges}</mergeCells>")  # fmt: skip
    return book.bytes()


def as_folder(done, folder):
    for name, rows in done.rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(rows[0])
            table.writerows(row.values() for row in rows)


def main(what, folder):
    """Write the input and, beside it, `expected.json`: sheet, cell, code and kind of each fault."""
    kinds = {**KINDS, **IN_WORKBOOKS} if what == "workbook" else KINDS
    done = planted(kinds)
    (folder / "input").mkdir()
    if what == "workbook":
        (folder / "input" / "large.xlsx").write_bytes(as_workbook(Package(), done))
    else:
        as_folder(done, folder / "input")
    told = {
        "rows": sum(map(len, done.rows.values())), "kinds": list(kinds),
        "faults": [(*place, *fault) for place, fault in done.expected.items()],
    }  # fmt: skip
    (folder / "expected.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
