"""The templates that a planner brings: looked through before anything is made of them.

A fault ends the documents that the template makes and no others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.delivery.body import MAIL_TEMPLATES
from generator.pipeline.files import digest_of_file
from generator.pipeline.reading import declared_fields
from generator.problems import Origin, Problem, errors, problem
from generator.report import available
from generator.settings import DOCUMENTS, MAIL, Settings
from generator.shipped import LANGUAGES, data_root

if TYPE_CHECKING:
    from generator.model import Knowledge, Texts

_STRINGS = "strings.csv"
_MOST_NAMED = 50
"""A folder that holds more files of no use was named by mistake."""
_OF_SYSTEM = (".", "~$", "thumbs.db", "desktop.ini")
"""How names begin that a system or an open program leaves in a folder."""
_SIMILAR = 0.6


def template_problems(settings: Settings) -> list[Problem]:
    """Every fault of the planner's own templates, and files beside them that nothing uses."""
    if settings.templates is None:
        return []
    wanted = [
        *(f"{language}/{name}.docx" for language in settings.languages for name in settings.documents),
        *(f"{language}/{name}" for language in LANGUAGES for name in MAIL_TEMPLATES),
    ]  # fmt: skip
    found = [one for name in wanted for one in _faults(settings.templates, name)]
    return [*found, *_unused(settings.templates)]


def gaps(settings: Settings, knowledge: Knowledge, texts: Texts) -> list[Problem]:
    """One notice for each wanted language that is not complete, of what English stands in for."""
    found = []
    for language in settings.languages:
        wanted = [settings.template(name, language) for name in settings.documents]
        counts = {
            "texts": texts.lacking.get(language, 0),
            "labels": knowledge.lacking.get(language, 0),
            "templates": sum(path.parent.name != language for path in wanted),
        }
        if any(counts.values()):
            origin = Origin(_STRINGS)
            found.append(
                problem(Code.LANGUAGE_INCOMPLETE, origin, "warning", language=language, **counts)
            )
    return found


def is_refused(settings: Settings, document: str, language: str) -> bool:
    """Whether a document cannot be made because the planner's own template for it has faults."""
    if settings.templates is None:
        return False
    return bool(errors(_faults(settings.templates, f"{language}/{document}.docx")))


def _faults(folder: Path, name: str) -> tuple[Problem, ...]:
    """The faults of a template; none where there is none or it is the one of the package."""
    path, shipped = folder / name, data_root() / "templates" / name
    if not os.path.lexists(path):
        return ()
    try:
        # A pipe would never end.
        digest = digest_of_file(path) if path.is_file() else ""
    except OSError:
        digest = ""
    return () if digest == digest_of_file(shipped) else _linted(path, name, digest)


@cache
def _linted(path: Path, name: str, _digest: str) -> tuple[Problem, ...]:
    """Once for all regions of a run, as long as the file stays as it is."""
    fields = declared_fields()
    if not name.endswith(".docx"):
        from generator.delivery.lint import lint_mail  # noqa: PLC0415 - jinja is a tenth of a second that builds spare

        return tuple(lint_mail(path, available(fields, MAIL)))
    from generator.word.lint import lint  # noqa: PLC0415 - likewise

    return tuple(lint(path, available(fields, path.stem)))


def _unused(folder: Path) -> Iterator[Problem]:
    """Files that no document, mail or text is made from, with what their names perhaps mean."""
    known = [
        _STRINGS,
        *(f"{language}/{name}.docx" for language in LANGUAGES for name in DOCUMENTS),
        *(f"{language}/{name}" for language in LANGUAGES for name in MAIL_TEMPLATES),
    ]
    if folder.samefile(data_root() / "templates"):
        return
    others = (name for name in _names(folder) if name not in known)
    for name in islice(others, _MOST_NAMED):
        similar = get_close_matches(name.replace("\\", "/"), known, 1, _SIMILAR)
        yield problem(Code.TEMPLATE_IDLE, Origin(name), "warning", nearest="".join(similar))


def _names(folder: Path) -> Iterator[str]:
    """The files of a folder and of those in it, in order, without what a system leaves there."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_OF_SYSTEM))
        for name in sorted(files):
            if not name.casefold().startswith(_OF_SYSTEM):
                yield os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")  # noqa: PTH118 - names as the walk gives them
