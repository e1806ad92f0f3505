"""The two locks: complete on every system, nothing to look up, and light where it only runs."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SYSTEMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
INSTALLED = {canonicalize_name(one.name): one for one in distributions()}
"""What the libraries say they need, on this system and on others."""


def _entries(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line]


def _pinned(environment, *names):
    """Versions by library that pip installs there."""
    wanted = [
        Requirement(line.split(" --hash")[0].strip()) for name in names for line in _entries(name)
    ]
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one in wanted
        if one.marker is None or one.marker.evaluate(environment)
    }


def _missing(pinned, wanted, environment):
    """Requirements that the pins leave open, of what is wanted and of all it pulls in."""
    waiting, seen = [(Requirement(line), "") for line in wanted], set()
    while waiting:
        need, extra = waiting.pop()
        name = canonicalize_name(need.name)
        if need.marker and not need.marker.evaluate({**environment, "extra": extra}):
            continue
        if name not in pinned or not need.specifier.contains(pinned[name]):
            yield f"{need} of {environment['sys_platform']} {environment['python_version']}"
            continue
        for part in {"", *need.extras}:
            known = INSTALLED.get(name)
            if (name, part) in seen or known is None or known.version != pinned[name]:
                continue
            seen.add((name, part))
            waiting += [(Requirement(line), part) for line in known.requires or ()]


@pytest.mark.parametrize(("system", "version"), list(product(SYSTEMS, VERSIONS)))
def test_the_locks_hold_all_that_is_needed_on_every_system(system, version):
    os_name, platform_system = SYSTEMS[system]
    environment = {
        **default_environment(),
        "sys_platform": system, "os_name": os_name, "platform_system": platform_system,
        "python_version": version, "python_full_version": f"{version}.1",
    }  # fmt: skip
    running = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["install"]]
    extras = PROJECT["project"]["optional-dependencies"]

    run = _pinned(environment, "requirements.lock")
    both = _pinned(environment, "requirements.lock", "requirements-dev.lock")

    assert list(_missing(run, running, environment)) == []
    wanted = [line for extra in ("dev", "parquet", "cluster") for line in extras[extra]]
    assert list(_missing(both, wanted, environment)) == []


def test_no_library_has_another_version_in_the_second_lock():
    environment = {**default_environment()}
    run, dev = (
        _pinned(environment, name) for name in ("requirements.lock", "requirements-dev.lock")
    )
    shared = run.keys() & dev.keys()
    assert {name: run[name] for name in shared} == {name: dev[name] for name in shared}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_is_exact_and_hashed_and_names_no_host(name):
    for line in _entries(name):
        assert re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in line


def test_running_needs_no_tool_for_working_on_the_program():
    run = {re.match(r"[a-z0-9.-]+", line)[0] for line in _entries("requirements.lock")}
    assert not run & {
        "pymcdm",
        "matplotlib",
        "pytest",
        "mypy",
        "ruff",
        "pyarrow",
        "scipy",
        "coverage",
    }


@pytest.mark.parametrize("arguments", [["--help"], ["check", "inputs/regions/qingdao.xlsx"]])
def test_nothing_but_tables_across_regions_loads_pandas(arguments):
    program = (
        "import sys\n"
        "from generator.cli import main\n"
        "try:\n"
        "    main(sys.argv[1:])\n"
        "except SystemExit:\n"
        "    pass\n"
        "assert not sys.modules.keys() & {'pandas', 'pyarrow', 'highspy', 'docx'}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_solver_says_nothing_on_the_screen():
    program = (
        "import highspy\n"
        "solver = highspy.Highs()\n"
        "solver.silent()\n"
        "solver.passModel(highspy.HighsLp())\n"
        "solver.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout + done.stderr == b""
