"""What all tests share: small builders, the command, and what is made once for a whole run."""

import contextlib
import importlib.util
import io
import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from copy import deepcopy
from datetime import date
from pathlib import Path

# Before numpy is loaded: tests run side by side, and the command asks for the same.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from filelock import FileLock
from hypothesis import settings
from msgspec.structs import replace
from openpyxl import Workbook

from generator.analysis import assess
from generator.cli import main
from generator.intake import load_knowledge, load_texts, read_submission, write_form
from generator.intake.columns import FORM_BY_KEY
from generator.problems import errors

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 28)
SLOW = {
    "soffice": "needs LibreOffice",
    "layouts": "needs LibreOffice",
    "sdk": "needs Microsoft's validator",
    "wheel": "needs a wheel",
}
"""Fixtures that make a test slow, with the reason."""
UNMEASURED = ("hostile", "properties", "public")
"""Folders whose tests go through the same lines thousands of times. Tracing them takes two and a
half times as long and finds next to no line that the other tests do not reach."""
FACES = {
    "Carlito": ("fonts-crosextra-carlito", ["Calibri"]),
    "Liberation Serif": ("fonts-liberation", ["Times New Roman"]),
    "Noto Serif CJK SC": (
        "fonts-noto-cjk",
        ["SimSun", "宋体", "FangSong", "仿宋", "KaiTi", "楷体"],
    ),
    "Noto Sans CJK SC": ("fonts-noto-cjk", ["SimHei", "黑体"]),
}
"""Stand-in faces: the package they come in, and the faces of the templates they stand for."""
SOURCE = {"source_zh": "市发展改革委填报", "source_en": "", "as_of": "2025-06-30", "grade": "B"}

SMALL = {
    "region": [
        {
            "region": "lucheng",
            "name_en": "Lucheng",
            "name_zh": "潞城",
            "jurisdiction": "CN",
            "admin_code": "140400",
            "population": 3_000_000,
            "gdp": 240,
            "fiscal_revenue": 25,
            "renewable_share": 34,
            "in_national_hub": 0,
            "currency": "CNY",
            "prepared_by_zh": "市发展改革委",
            "contact_email": "plan@example.org",
            "plan_from": date(2027, 1, 1),
            "plan_until": date(2030, 12, 31),
            "handling": "internal",
            **SOURCE,
        }
    ],
    "power": [
        {
            "name_zh": "一号变电站",
            "kind": "connection point",
            "voltage_kv": 110,
            "capacity_mw": 100,
            "spare_mw": 60,
            "price": 0.56,
            "peak_valley_spread": 0.5,
            "status": "existing",
            **SOURCE,
        },
        {
            "name_zh": "二号变电站",
            "kind": "connection point",
            "voltage_kv": 220,
            "capacity_mw": 200,
            "spare_mw": 40,
            "price": 0.5,
            "peak_valley_spread": 0.4,
            "status": "existing",
            **SOURCE,
        },
    ],
    "data_centres": [
        {
            "name_zh": "云计算中心",
            "it_load_mw_total": 12,
            "it_load_mw_free": 4,
            "racks_total": 3000,
            "racks_free": 800,
            "tier": 3,
            "availability": 99.98,
            "pue": 1.35,
            **SOURCE,
        }
    ],
    "workforce": [
        {
            "role_zh": role,
            "counts_towards": group,
            "headcount": 4 * fte,
            "available_fte": fte,
            **SOURCE,
        }
        for role, group, fte in (
            ("软件开发", "developers", 60),
            ("机房运维", "operations", 25),
            ("电工", "technicians", 120),
        )
    ],
    "connectivity": [
        {
            "name_zh": "省会方向",
            "carriers": 3,
            "backbone_gbps": 400,
            "latency_ms": 8,
            "to_zh": "省会",
            **SOURCE,
        }
    ],
    "industry": [
        {
            "code": code,
            "employment": here,
            "employment_reference": there,
            "reference_area_zh": "全国",
            "year": 2023,
            **SOURCE,
            "classification": "gbt4754",
        }
        for code, here, there in (("C13", 12_000, 2_000_000), ("C38", 9_000, 4_000_000))
    ],
    "institutions": [
        {
            "name_zh": "供电公司",
            "type": "power company",
            "use": "U01",
            "status": "signed",
            "signed_on": date(2025, 5, 6),
            **SOURCE,
        }
    ],
    "sites": [
        {
            "name_zh": "原一号机房",
            "former_use": "mining",
            "closed_on": date(2021, 9, 30),
            "land_use": "industrial land",
            "grid_mva": 40,
            "voltage_kv": 110,
            "hall_m2": 9000,
            "road_km": 6,
            "port_km": 300,
            "water_m3_day": 500,
            **SOURCE,
        }
    ],
    "limits": [{"resource": "grid_mw", "amount": 80, **SOURCE}],
}


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="also what needs tools or minutes")
    parser.addoption("--exhaustive", action="store_true", help="also every cell, a run for each")


def pytest_configure(config):
    """How many examples the properties are tried with."""
    # The same examples on every machine, however slow it is, and nothing left in the folder.
    steady = {"derandomize": True, "deadline": None, "database": None}
    settings.register_profile("slow", max_examples=80, **steady)
    settings.register_profile("quick", max_examples=30, **steady)
    settings.load_profile("slow" if config.getoption("--slow") else "quick")


def pytest_collection_modifyitems(config, items):
    """Mark what asks for a slow fixture; leave out what is slow unless it was asked for."""
    for item in items:
        if item.path.relative_to(ROOT / "tests").parts[0] in UNMEASURED:
            item.add_marker(pytest.mark.no_cover)
        for name in SLOW.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow(SLOW[name]))
        for name in ("slow", "exhaustive"):
            mark = item.get_closest_marker(name)
            if mark and not config.getoption(f"--{name}"):
                (reason,) = mark.args
                item.add_marker(pytest.mark.skip(f"{name}: {reason}; run with --{name}"))


# --- made once for a whole run --------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """`shared(name, make) -> folder`, filled by `make(folder)` once, whatever process comes first.

    Nobody may change what is in it.
    """
    base = tmp_path_factory.getbasetemp()
    # Under xdist each worker has a folder of its own in that of the run.
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    place.mkdir(exist_ok=True)

    def once(name, make):
        with FileLock(place / f"{name}.lock"):
            folder = place / name
            if not folder.exists():
                unfinished = place / f"{name}.unfinished"
                unfinished.mkdir()
                make(unfinished)
                unfinished.rename(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def briefs(tmp_path_factory, knowledge):
    """`briefs("check", path, cwd=...)`: run the command in this process; what it said and its code.

    What only a process of its own shows is asked of `process`. The shipped catalogue and rules,
    which no test changes, are read once for all runs; `process` and other tables read them anew.
    """
    folder = tmp_path_factory.mktemp("desk")
    shipped = (ROOT / "inputs/catalogue", ROOT / "inputs/rules")

    def known(*folders):
        return knowledge if folders == shipped else load_knowledge(*folders)

    def run(*arguments, cwd=folder, **environment):
        said = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(said[0]),
            contextlib.redirect_stderr(said[1]),
        ):
            patch.chdir(cwd)
            settle(patch)
            patch.setattr("generator.pipeline.reading.load_knowledge", known)
            # Nobody sits at it.
            patch.setattr(sys, "stdin", io.StringIO())
            for key, value in environment.items():
                patch.setenv(key, value)
            try:
                code = main([*map(str, arguments)])
            except SystemExit as end:
                code = end.code or 0
        texts = [stream.buffer.getvalue().decode() for stream in said]
        return subprocess.CompletedProcess(arguments, code, *texts)

    return run


@pytest.fixture(scope="session")
def process(tmp_path_factory):
    """`process("build", ..., cwd=...)`: run the command as planners do, and return what it said."""
    folder = tmp_path_factory.mktemp("desk")

    def run(*arguments, cwd=folder):
        with pytest.MonkeyPatch.context() as patch:
            settle(patch)
            command = [sys.executable, "-m", "generator.cli", *map(str, arguments)]
            return subprocess.run(
                command, cwd=cwd, capture_output=True, encoding="utf-8", check=False
            )

    return run


def settle(patch):
    """An environment without settings of the person who runs the tests, and with few draws."""
    for key in [key for key in os.environ if key.startswith("BRIEFS_")]:
        patch.delenv(key)
    # What the command does with its files does not depend on the number of draws.
    patch.setenv("BRIEFS_DRAWS", "300")
    # Nor on the number of processes; tests run side by side already.
    patch.setenv("BRIEFS_JOBS", "1")


@pytest.fixture(scope="session")
def samples(briefs, shared):
    """The output folder of the three sample cities."""

    def make(folder):
        done = briefs("build", "--as-of", AS_OF, "--draws", 10_000, "--out", folder)
        assert done.returncode == 0, done.stderr

    return shared("samples", make)


@pytest.fixture(scope="session")
def cities(knowledge, shared):
    """The three sample cities assessed, by code."""

    def make(folder):
        books = sorted((ROOT / "inputs/regions").glob("*.xlsx"))
        regions = read_submission(books, knowledge).regions
        found = {region.code: assess(region, knowledge, AS_OF, draws=300) for region in regions}
        (folder / "cities").write_bytes(pickle.dumps(found))

    return pickle.loads((shared("cities", make) / "cities").read_bytes())  # noqa: S301 - our own


DEAR = {
    "R05": {"capex": (40, 90), "payback_years": (6, 10)},
    "R06": {"capex": (60, 120), "payback_years": (7, 12), "opex": (3, 6)},
    "U01": {"jobs": (15, 60)},
    "U03": {"jobs": (15, 70)},
    "U06": {"jobs": (12, 50)},
    "U07": {"jobs": (6, 25)},
    "U11": {"jobs": (6, 20)},
    "U12": {"jobs": (5, 20)},
    "U14": {"jobs": (6, 30)},
    "U16": {"jobs": (8, 40)},
    "U17": {"jobs": (6, 25)},
    "U24": {"jobs": (6, 25)},
}
"""Figures with which money is short in one sample city and jobs are more than running cost pays."""
_ENDS = {
    "capex": "capex_cny_m", "opex": "opex_pct_of_capex", "jobs": "jobs_fte",
    "payback_years": "payback_years",
}  # fmt: skip


@pytest.fixture(scope="session")
def dear(knowledge, shared):
    """The sample cities where halls and stores are dear: a first wave over its limit, a plan within it."""

    def changed(use):
        found = DEAR.get(use.use_id, {})
        ends = {
            f"{_ENDS[name]}_{end}": float(value)
            for name, span in found.items()
            for end, value in zip(("low", "high"), span, strict=True)
        }
        return replace(use, **ends)

    def make(folder):
        known = replace(knowledge, uses=tuple(changed(use) for use in knowledge.uses))
        books = sorted((ROOT / "inputs/regions").glob("*.xlsx"))
        regions = read_submission(books, known).regions
        found = {region.code: assess(region, known, AS_OF, draws=300) for region in regions}
        (folder / "dear").write_bytes(pickle.dumps(found))

    return pickle.loads((shared("dear", make) / "dear").read_bytes())  # noqa: S301 - our own


@pytest.fixture(scope="session")
def everywhere(cities, knowledge, texts, shared, tmp_path_factory):
    """The sample cities and the regions of other legal orders, assessed, by code."""

    def make(folder):
        places = sys.modules["places"] = _module("places", ROOT / "tests/places.py")
        books, desk = [], tmp_path_factory.mktemp("places")
        for code in (*places.PLACES, places.EMPTY):
            order = places.PLACES[code].jurisdiction if code in places.PLACES else "KZ"
            books.append(desk / f"{code}.xlsx")
            books[-1].write_bytes(write_form(knowledge, texts, "en", places.rows(code), order))
        regions = read_submission(books, knowledge).regions
        found = {region.code: assess(region, knowledge, AS_OF, draws=50) for region in regions}
        (folder / "places").write_bytes(pickle.dumps(found))

    told = pickle.loads((shared("everywhere", make) / "places").read_bytes())  # noqa: S301 - our own
    return cities | told


@pytest.fixture(scope="session")
def tool():
    """`tool(path, message)`: the path; without one a skip, or a failure where tools are required."""

    def found(path, message):
        if not path:
            if os.environ.get("REQUIRE_TOOLS") == "1":
                pytest.fail(message)
            pytest.skip(message)
        return path

    return found


@pytest.fixture(scope="session")
def soffice(tool, tmp_path_factory):
    """LibreOffice, which from now on draws with the stand-in faces alone, wherever it runs."""
    program = tool(shutil.which("soffice"), "soffice (LibreOffice) is not installed")
    place = tmp_path_factory.mktemp("faces")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(stand_ins(place, tool)))
        yield program


def stand_ins(place, tool):
    """A font configuration that knows nothing but the faces that stand in for those of Word.

    They are as wide as Word's own, so that pages end where they end in Word, whatever else is
    installed. They are named where they lie: through a link LibreOffice finds a collection of faces
    and draws none of its signs.
    """
    lines, faces = [], []
    for face, (package, names) in FACES.items():
        listed = subprocess.run(
            ["fc-list", "--format", "%{file}\n", f":family={face}"],
            capture_output=True, encoding="utf-8", check=True,
        ).stdout.split("\n")  # fmt: skip
        files = sorted({Path(line) for line in listed if line})
        tool(files, f"the typeface {face} (package {package}) is not installed")
        faces += [file for file in files if file not in faces]
        lines += [
            f'<match target="pattern"><test name="family" compare="eq"><string>{name}</string></test>'
            f'<edit name="family" mode="assign" binding="same"><string>{face}</string></edit></match>'
            for name in names
        ]
    dirs = "".join(f"<dir>{one}</dir>" for one in sorted({file.parent for file in faces}))
    kept = "".join(f"<glob>{file}</glob>" for file in faces)
    configuration = place / "fonts.conf"
    configuration.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{dirs}<cachedir>{place}</cachedir><selectfont><rejectfont><glob>*</glob></rejectfont>"
        f"<acceptfont>{kept}</acceptfont></selectfont>{''.join(lines)}</fontconfig>",
        encoding="utf-8",
    )
    return configuration


def _module(name, place):
    spec = importlib.util.spec_from_file_location(name, place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def build():
    """The builders of the analysis tests."""
    return _module("analysis_builders", ROOT / "tests/unit/analysis/builders.py")


@pytest.fixture(scope="session")
def oracle():
    """The programme found by trying everything."""
    return _module("programme_oracle", ROOT / "tests/oracles/programme.py")


@pytest.fixture(scope="session")
def documents():
    """How two Word files are held against each other."""
    return _module("documents_oracle", ROOT / "tests/oracles/documents.py")


@pytest.fixture(scope="session")
def plain_regions():
    """Plain regions, as the oracle reads them, for the program to read."""
    return _module("plain_regions", ROOT / "tests/oracles/regions.py")


# --- work instead of time -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def cost():
    """`cost(work, than)`: how many times the processor time of one call the other one takes.

    Both run here and now, so that a slow or busy machine slows both. What takes less than 20 ms
    counts as 20, too little to tell from chance; what looks dear is measured twice more.
    """

    def taken(work):
        start = time.process_time()
        work()
        return max(0.02, time.process_time() - start)

    def times(work, than, at_most):
        dear, cheap = taken(work), taken(than)
        for _ in range(2):
            if dear / cheap > at_most:
                dear, cheap = min(dear, taken(work)), max(cheap, taken(than))
        return dear / cheap

    return times


# --- small builders -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def knowledge():
    """The shipped catalogue and rules."""
    return load_knowledge(ROOT / "inputs" / "catalogue", ROOT / "inputs" / "rules")


@pytest.fixture(scope="session")
def texts():
    """The shipped text table."""
    return load_texts(ROOT / "templates" / "strings.csv")


@pytest.fixture(scope="session")
def unmeasured():
    """The environment of a child whose time and memory count: coverage does not follow it there."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}


def markdown(table):
    """Rows of a Markdown table: bare numbers are numbers, "quoted" cells are text, blank is None.

    >>> markdown('''| Name | Spare MW |
    ...             | Hub  | "12"     |''')
    [['Name', 'Spare MW'], ['Hub', '12']]
    """
    rows = []
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
            rows.append([_typed(cell) for cell in cells])
    return rows


def _typed(cell):
    if cell.startswith('"') and cell.endswith('"') and len(cell) > 1:
        return cell[1:-1]
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell or None


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    """`workbook({"Power": markdown or rows}) -> path` of an .xlsx file."""

    def build(sheets, name="region.xlsx"):
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, content in sheets.items():
            page = book.create_sheet(title)
            for row in markdown(content) if isinstance(content, str) else content:
                page.append(row)
        path = tmp_path_factory.mktemp("workbook") / name
        book.save(path)
        return path

    return build


@pytest.fixture(scope="session")
def region_book(workbook):
    """`region_book(jurisdiction="KZ", power=[{...}]) -> path`: a complete small region workbook.

    Keywords that name a sheet replace its rows (records by column key, `region` filled in); all
    others are columns of the Region sheet. Without keywords: the whole of `SMALL`, in Chinese.
    """

    def build(*, language="zh-CN", name="region.xlsx", **changes):
        rows = deepcopy(SMALL)
        own = rows["region"][0]
        for key, value in changes.items():
            if key in FORM_BY_KEY and key != "region":
                rows[key] = value
            else:
                own[key] = value
        sheets = {}
        for key, records in rows.items():
            if records:
                filled = [{"region": own["region"], **record} for record in records]
                used = dict.fromkeys(part for record in filled for part in record)
                headers = {
                    part.key: part.header(language)
                    for column in FORM_BY_KEY[key].columns
                    for part in column.expanded()
                }
                body = [[record.get(part) for part in used] for record in filled]
                sheets[FORM_BY_KEY[key].name(language)] = [[headers[part] for part in used], *body]
        return workbook(sheets, name)

    return build


@pytest.fixture(scope="session")
def region(region_book, knowledge):
    """`region(jurisdiction="KZ", power=[{...}]) -> Region`, read from `region_book` without error."""

    def build(**changes):
        found = read_submission([region_book(**changes)], knowledge)
        assert errors(found.problems) == ()
        (only,) = found.regions
        return only

    return build
