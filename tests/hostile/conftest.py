"""A hand-written workbook package to spoil, and a watched child process that reads the result."""

from __future__ import annotations

import json
import re
import select
import struct
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

WORKER = Path(__file__).with_name("worker.py")
MEGABYTES = 600


def slowness() -> float:
    """How many times slower than the machine that the limit is meant for this one is, at least 1.

    That one runs the loop in 0.14 seconds; shared machines take up to twice as long at times.
    """
    taken = []
    for _ in range(3):
        start = time.process_time()
        sum(number * number % 7 for number in range(2_000_000))
        taken.append(time.process_time() - start)
    return max(1.0, min(taken) / 0.14)


SECONDS = 10 * slowness()
"""Processor time of one workbook; a process that takes three times as much is ended by the system."""
PATIENCE = 900
"""Seconds until a process that neither works nor answers is taken to hang."""
TRANSITIONAL = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "rel": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
STRICT = {
    "main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "rel": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TAIL = ["Bureau", "2025-06-30", "B"]
SHEETS = {
    "Region": [
        ["region", "name_en", "jurisdiction", "admin_code", "population", "renewable_share",
         "in_national_hub", "currency", "source_en", "as_of", "grade"],
        ["lucheng", "Lucheng", "CN", "140400", 3000000, 34, 0, "CNY", *TAIL],
    ],
    "Power": [
        ["region", "name_en", "kind", "voltage_kv", "capacity_mw", "spare_mw", "price", "status",
         "source_en", "as_of", "grade", "note"],
        ["lucheng", "North", "connection point", 110, 100, 60, 0.56, "existing", *TAIL],
        ["lucheng", "South", "connection point", 220, 200, 40, 0.5, "existing", *TAIL],
    ],
    "Sites": [
        ["region", "name_en", "former_use", "closed_on", "grid_mva", "source_en", "as_of", "grade"],
        ["lucheng", "Hall", "mining", "2021-09-24", 40, *TAIL],
    ],
}  # fmt: skip
RIGHT = {
    "region.code": "lucheng",
    "region.name": "Lucheng",
    "region.admin_code": "140400",
    "region.population": 3_000_000,
    "region.renewable_share": 34,
    "region.in_national_hub": 0,
    "power.0.name": "North",
    "power.0.capacity_mw": 100,
    "power.0.spare_mw": 60,
    "power.0.price": 0.56,
    "power.1.name": "South",
    "power.1.capacity_mw": 200,
    "power.1.spare_mw": 40,
    "power.1.price": 0.5,
    "sites.0.closed_on": "2021-09-24",
    "sites.0.grid_mva": 40,
}
"""What stands in the untouched package; a case names only what it changes."""


@dataclass
class Entry:
    """One entry of a zip file, true or lying."""

    name: str
    data: bytes = b""
    method: int = 8
    flags: int = 0
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    zip64: bool = False

    def squeeze(self):
        """The packed bytes."""
        if self.packed is None:
            self.packed = self.data
            if self.method == 8:
                squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
                self.packed = squeezer.compress(self.data) + squeezer.flush()
        return self.packed


def zipped(entries, *, shared=False):
    """A zip file of entries as they are told; `shared` lets every one point to the first's data."""
    body, directory = bytearray(), bytearray()
    start = 0
    for number, entry in enumerate(entries):
        packed = entry.squeeze()
        size = len(entry.data) if entry.size is None else entry.size
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        name = entry.name.encode()
        extra = struct.pack("<HHQQ", 1, 16, size, len(packed)) if entry.zip64 else b""
        sizes = (0xFFFFFFFF, 0xFFFFFFFF) if entry.zip64 else (len(packed), size)
        fixed = (entry.flags, entry.method, 0, 0x21, crc, *sizes, len(name), len(extra))
        if not (shared and number):
            start = len(body)
            body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, *fixed) + name + extra + packed
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, *fixed, 0, 0, 0, 0, start
        ) + name + extra  # fmt: skip
    count = len(entries)
    tail = (0x06054B50, 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + struct.pack("<IHHHHIIH", *tail)


def letter(index):
    """The letters of a column, counted from 0; the test package needs no more than ZZ."""
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)


@dataclass
class Package:
    """A small right workbook, written by hand, with tools to spoil it."""

    words: dict[str, str] = field(default_factory=lambda: dict(TRANSITIONAL))
    parts: dict[str, str | bytes] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[str, object]] = field(default_factory=dict)
    formats: int = 1
    file: str = "region.xlsx"

    def __post_init__(self):
        main, rel = self.words["main"], self.words["rel"]
        self.parts["[Content_Types].xml"] = (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
        )
        self.parts["_rels/.rels"] = self.relations([("rId1", "officeDocument", "xl/workbook.xml")])
        self.parts["xl/workbook.xml"] = (
            f'{HEAD}<workbook xmlns="{main}" xmlns:r="{rel}"><workbookPr/><sheets></sheets>'
            "</workbook>"
        )
        self.parts["xl/_rels/workbook.xml.rels"] = self.relations(
            [("rId100", "styles", "styles.xml"), ("rId101", "sharedStrings", "sharedStrings.xml")]
        )
        self.parts["xl/styles.xml"] = (
            f'{HEAD}<styleSheet xmlns="{main}"><numFmts></numFmts><cellXfs><xf numFmtId="0"/>'
            "</cellXfs></styleSheet>"
        )
        texts = dict.fromkeys(
            cell
            for rows in SHEETS.values()
            for row in rows
            for cell in row
            if isinstance(cell, str)
        )
        self.places = {text: number for number, text in enumerate(texts)}
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        self.parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{main}">{items}</sst>'
        for name, rows in SHEETS.items():
            self.sheet(name, rows)

    def relation(self, key, kind, target):
        """A relationship; a target with a scheme is outside the package."""
        mode = ' TargetMode="External"' if "://" in target else ""
        kind = f"{self.words['rel']}/{kind}"
        return f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>'

    def relations(self, targets):
        """A relationships part."""
        found = "".join(self.relation(*target) for target in targets)
        return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'

    def relate(self, key, kind, target, part="xl/_rels/workbook.xml.rels"):
        """One more relationship, of the workbook unless told otherwise."""
        closing = "</Relationships>"
        return self.edit(part, closing, self.relation(key, kind, target) + closing)

    def sheet(self, name, rows, state=""):
        """One more sheet of strings and numbers."""
        number = len(self.sheets) + 1
        part = f"xl/worksheets/sheet{number}.xml"
        self.sheets[name] = part
        body = "".join(
            f'<row r="{row}">{"".join(self._cell(row, at, cell) for at, cell in enumerate(cells))}'
            "</row>"
            for row, cells in enumerate(rows, start=1)
        )
        self.parts[part] = (
            f'{HEAD}<worksheet xmlns="{self.words["main"]}"><sheetData>{body}</sheetData>'
            "</worksheet>"
        )
        self.edit(
            "xl/workbook.xml", "</sheets>",
            f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" {state} '
            f'r:id="rId{number}"/></sheets>',
        )  # fmt: skip
        self.relate(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")

    def _cell(self, row, index, value):
        place = f"{letter(index)}{row}"
        if value is None:
            return ""
        if not isinstance(value, str):
            return f'<c r="{place}"><v>{value}</v></c>'
        if value in self.places:
            return f'<c r="{place}" t="s"><v>{self.places[value]}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    # --- tools ------------------------------------------------------------------------------------

    def part(self, name):
        """The part of a sheet, or the part of that name."""
        return self.sheets.get(name, name)

    def edit(self, name, old, new):
        """Replace the first occurrence of a text that must be there."""
        part = self.part(name)
        assert old in self.parts[part], (part, old)
        self.parts[part] = self.parts[part].replace(old, new, 1)
        return self

    def cell(self, place, attributes, inner):
        """Set a cell, written `Sheet!B2`, to raw XML."""
        name, at = place.split("!")
        new = f'<c r="{at}" {attributes}>{inner}</c>'
        part = self.part(name)
        pattern = rf'<c r="{at}"[^>]*>.*?</c>'
        if re.search(pattern, self.parts[part]):
            self.parts[part] = re.sub(pattern, lambda _: new, self.parts[part], count=1)
        else:
            row = re.sub(r"\D", "", at)
            pattern = rf'(<row r="{row}".*?)(</row>)'
            self.parts[part] = re.sub(
                pattern, lambda found: found[1] + new + found[2], self.parts[part], count=1
            )
        return self

    def text(self, place, text):
        """Set a cell to an inline string."""
        shown = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
        return self.cell(place, 't="inlineStr"', shown)

    def number(self, place, value, code=None):
        """Set a cell to a number, under a format code or the number of a built-in one."""
        style = "" if code is None else f's="{self.style(code)}"'
        return self.cell(place, style, f"<v>{value}</v>")

    def style(self, code):
        """The index of a new cell format."""
        number = code
        if isinstance(code, str):
            number = 200 + self.formats
            shown = escape(code, {'"': "&quot;"})
            self.edit("xl/styles.xml", "</numFmts>",
                      f'<numFmt numFmtId="{number}" formatCode="{shown}"/></numFmts>')  # fmt: skip
        self.edit("xl/styles.xml", "</cellXfs>", f'<xf numFmtId="{number}"/></cellXfs>')
        self.formats += 1
        return self.formats - 1

    def below(self, name, xml):
        """Further rows at the end of a sheet."""
        return self.edit(name, "</sheetData>", f"{xml}</sheetData>")

    def behind(self, name, xml):
        """Further elements behind the rows of a sheet."""
        return self.edit(name, "</sheetData>", f"</sheetData>{xml}")

    def write(self, name, content, **told):
        """Set or add a part; keywords say how the archive describes it."""
        self.parts[self.part(name)] = content
        self.entries[self.part(name)] = told
        return self

    def drop(self, name):
        """Leave a part out."""
        del self.parts[self.part(name)]
        return self

    def listed(self):
        """The entries of the archive."""
        return [
            Entry(
                name,
                content.encode() if isinstance(content, str) else content,
                **self.entries.get(name, {}),
            )
            for name, content in self.parts.items()
        ]

    def bytes(self):
        """The whole file."""
        return zipped(self.listed())


class Child:
    """A process that reads workbooks, replaced when it grew or died."""

    def __init__(self, environment=None):
        self.environment = environment
        self.process = None

    def read(self, path):
        """What came of a workbook; None when the process hung or died."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "error", "-B", str(WORKER), str(int(3 * SECONDS))],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                env=self.environment,
            )  # fmt: skip
            self.process.stdout.readline()
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ""
        answer = json.loads(line) if line else None
        if answer is None or answer["megabytes"] > 250:
            self.close()
        return answer

    def close(self):
        """End this process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@pytest.fixture(scope="session")
def child(unmeasured):
    """The process that reads."""
    worker = Child(unmeasured)
    yield worker
    worker.close()


@pytest.fixture
def package():
    """`package()` or `package("strict")`: a right workbook to spoil."""
    return lambda kind="": Package(dict(STRICT) if kind == "strict" else dict(TRANSITIONAL))


@pytest.fixture
def zip_of():
    """`zip_of(entries)`: the bytes of a zip file; `zip_of.entry(name, ...)` is one entry."""
    zipped.entry = Entry
    return zipped


@pytest.fixture
def judge(child, tmp_path):
    """Read a file in the child and hold the outcome against what must come of it.

    `expected` is a dictionary of what is read (beside `RIGHT`; `said` holds the remarks as
    `IN-224 Power!A2`, `or` a refusal that is right as well), the set of problems of the cells that
    are refused, or the codes, with | between them, of which one refuses the whole file; None leaves the
    judgement to the test.
    """

    def run(content, expected, name="region.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        answer = child.read(path)
        assert answer is not None, (
            f"no answer within {3 * SECONDS} s of processor time, or the process died"
        )
        assert answer["traceback"] == ""
        assert answer["touched"] == []
        assert answer["printed"] == ""
        assert [one.name for one in tmp_path.iterdir()] == [name]
        assert path.read_bytes() == content
        _hold(answer, expected)
        assert answer["megabytes"] <= MEGABYTES
        # What looks dear may only have met a machine that is slower now than at the start.
        assert answer["seconds"] <= SECONDS or answer["seconds"] <= 10 * slowness()
        return answer

    return run


def _hold(answer, expected):
    if expected is None:
        return
    problems = answer["problems"]
    shown = {f"{code} {place}".strip() for code, _, place in problems}
    if isinstance(expected, str):
        _refused(answer, expected)
    elif isinstance(expected, set):
        assert shown == expected
        assert len(problems) == len(shown)
        assert answer["regions"] == []
    elif expected.get("or") and not answer["regions"]:
        _refused(answer, expected["or"])
    else:
        assert shown == set(expected.get("said", ()))
        (region,) = answer["regions"]
        wanted = {
            key: value
            for key, value in {**RIGHT, **expected}.items()
            if key not in {"said", "or"}
        }  # fmt: skip
        assert {key: region.get(key) for key in wanted} == wanted


def _refused(answer, codes):
    assert answer["regions"] == []
    errors = [(code, place) for code, severity, place in answer["problems"] if severity == "error"]
    assert len(errors) == 1
    code, place = errors[0]
    assert code in codes.split("|"), errors
    assert "!" not in place
