"""What a document is made from, as hashes: where none has changed, it is not made again.

The parts of a region's files are `inputs` (its own rows, and what reading them noticed), `previous`
(its results of an earlier run that they are compared with), `rules`, `catalogue`, `texts`,
`settings` and `code`; each document has its template besides.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pipeline.files import digest_of_file
from generator.pipeline.own import is_refused
from generator.report.parquet import has_parquet
from generator.settings import COMPARISON
from generator.shipped import data_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.settings import Settings

RESULTS = "results.json"
_LIBRARIES = ("babel", "docxtpl", "highspy", "jinja2", "lxml", "numpy", "python-docx")
"""Libraries whose version may change what a document says or how it is packed."""
_TABLES = frozenset({"columns.csv", "units.csv"})
"""Tables beside the code that the code is read with."""


class Grounds:
    """The parts that all regions of a run share, hashed once.

    Args:
        settings: Of the run.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._of_templates: dict[Path, str] = {}
        chosen = settings.as_of, settings.draws, settings.seed, settings.paginate, settings.verify
        fields = data_root() / "templates" / "fields.csv"
        self._shared = {
            "catalogue": _of_folder(settings.catalogue),
            "texts": _of_files((settings.strings, settings.built_in_strings, fields)),
            "settings": digest_of(chosen),
            "code": code_version(),
        }

    def seen(self) -> dict[str, str]:
        """What every process that builds reads for itself: it must be the same for all of them."""
        parts = {part: self._shared[part] for part in ("code", "texts")}
        return parts | {"templates": digest_of(self.of_region())}

    def of(self, rules: str, *inputs: object) -> dict[str, str]:
        """The parts of one region, or of the comparison.

        Args:
            rules: Version of the rules that can bear on it.
            inputs: Plain frozen values, all that it is made from besides the shared parts.
        """
        return {"inputs": digest_of(inputs), "rules": rules, **self._shared}

    def whole(self) -> str:
        """One hash of all that every region of the run is made from, and of what is made of it."""
        settings = self._settings
        wanted = settings.documents, settings.languages, settings.pdf, has_parquet()
        rules = _of_folder(settings.rules)
        compared = self.templates((COMPARISON,))
        folder = settings.previous
        earlier = _of_files(sorted(folder.glob(f"*/{RESULTS}")), folder) if folder else ""
        return digest_of((self._shared, rules, self.of_region(), compared, wanted, earlier))

    def of_previous(self, code: str) -> dict[str, str]:
        """The part that an earlier run's results of a region are; empty where there are none."""
        folder = self._settings.previous
        path = folder / code / RESULTS if folder else None
        if path is None or not path.is_file():
            # A region that the earlier run did not have is told so.
            return {"previous": "" if folder is None else "none"}
        return {"previous": digest_of_file(path)}

    def templates(self, documents: Iterable[str]) -> dict[str, str]:
        """The files to make, in order, each with the hash of its template.

        Args:
            documents: Names of documents; those of templates with faults are left out.
        """
        settings, made = self._settings, dict[str, str]()
        for language in settings.languages:
            for name in documents:
                if is_refused(settings, name, language):
                    continue
                held = self._of_template(settings.template(name, language))
                made[f"{name}.{language}.docx"] = held
                if settings.pdf:
                    made[f"{name}.{language}.pdf"] = held
        return made

    def of_region(self) -> dict[str, str]:
        """The files of every region, each with the hash of its template."""
        names = [name for name in self._settings.documents if name != COMPARISON]
        made = self.templates(names)
        held = sorted(made.items()), names, self._settings.languages
        return {**made, RESULTS: digest_of(held)}

    def _of_template(self, path: Path) -> str:
        if path not in self._of_templates:
            content = path.read_bytes() if path.is_file() else b""
            self._of_templates[path] = hashlib.sha256(content).hexdigest()
        return self._of_templates[path]


def digest_of(value: object) -> str:
    """SHA-256 over plain frozen values: texts, numbers, days, tuples, mappings in order, nouns."""
    return hashlib.sha256(repr(value).encode(errors="backslashreplace")).hexdigest()


@cache
def code_version() -> str:
    """The files of the package, and what runs them."""
    package = Path(__file__).parents[1]
    versions = [f"{name} {_version(name)}" for name in _LIBRARIES]
    files = (path for path in _under(package) if path.suffix == ".py" or path.name in _TABLES)
    return digest_of((sys.version, versions, _of_files(files, package)))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _of_folder(folder: Path) -> str:
    return _of_files((path for path in _under(folder) if path.suffix != ".pyc"), folder)


def _of_files(files: Iterable[Path], below: Path | None = None) -> str:
    """Names and contents; where the files lie on this machine makes no difference."""
    found = hashlib.sha256()
    for path in files:
        name = path.relative_to(below).as_posix() if below else path.name
        content = path.read_bytes() if path.is_file() else b""
        found.update(f"{name}\0{len(content)}\0".encode(errors="backslashreplace"))
        found.update(content)
    return found.hexdigest()


def _under(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        yield from (Path(place) / name for name in sorted(files) if not name.startswith("."))
