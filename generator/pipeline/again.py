"""How a build begins: with the planners' files, or knowing that nothing has changed since the last.

Raw files are hashed before any is parsed: thousands of regions of which none has changed are told
in seconds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from generator.model import Outcome, Submission, Texts
from generator.pipeline.files import digest_of_file
from generator.pipeline.grounds import Grounds, digest_of
from generator.pipeline.notes import noun, plain
from generator.pipeline.shelf import Shelf
from generator.settings import COMPARISON, TABLE, Settings
from generator.shipped import texts

if TYPE_CHECKING:
    from generator.problems import Problem


class Begun(NamedTuple):
    """A build that is under way."""

    texts: Texts
    submission: Submission
    """What the planners' files said; without regions where nothing has changed."""
    gaps: Sequence[Problem]
    """What English stands in for."""
    total: int
    """How many regions there are."""
    outcomes: Generator[Outcome, None, None]


def begin(settings: Settings) -> Begun:
    """A build, which goes on as its outcomes are taken.

    Raises:
        KnowledgeError: The catalogue, the rules or the text table cannot be used.
    """
    whole, shelf = _whole(settings), Shelf(settings.out)
    if not settings.force and (found := _last(shelf, whole)):
        from generator.intake import load_texts  # noqa: PLC0415 - not before it is clear what is needed

        order, told, gaps = found
        texts = load_texts(settings.strings, settings.built_in_strings)
        return Begun(texts, told, gaps, len(order), _kept(shelf, order))
    from generator.pipeline.batch import build  # noqa: PLC0415 - likewise
    from generator.pipeline.own import gaps as lacking  # noqa: PLC0415 - likewise
    from generator.pipeline.reading import read  # noqa: PLC0415 - likewise

    knowledge, texts, submission = read(settings)
    # Those of each region are in its notice; the sum of them is for a check.
    submission = replace(submission, conversions=())
    missing = lacking(settings, knowledge, texts)
    facts = _facts(whole, submission, missing)
    outcomes = build(settings, knowledge, texts, submission, facts)
    return Begun(texts, submission, missing, len(submission.regions), outcomes)


def _facts(whole: str, submission: Submission, gaps: Sequence[Problem]) -> Mapping[str, object]:
    """What the next run must know to tell what this one did, as JSON holds it."""
    if any(map(_is_personal, submission.problems)):
        return {}  # an address is written for the sender alone: the next run reads the files
    told = replace(submission, regions=(), conversions=(), notices={})
    order = [*submission.codes]
    return {"whole": whole, "regions": order, "told": plain(told), "gaps": plain(tuple(gaps))}


def _is_personal(found: Problem) -> bool:
    """Whether a message is about the sheet of recipients, whose names and addresses it may quote."""
    names = {"recipients", *texts().get("sheet.recipients", {}).values()}
    sheet = found.origin.sheet or PurePath(found.origin.file).stem
    return sheet.casefold() in {name.casefold() for name in names}


def _last(shelf: Shelf, whole: str) -> tuple[Sequence[str], Submission, Sequence[Problem]] | None:
    """Regions, and what their files said, if the last run had the same and all of it stands."""
    facts = shelf.last()
    if not whole or facts.get("whole") != whole or not shelf.is_whole():
        return None
    try:
        order, told, gaps = facts["regions"], noun(facts["told"]), noun(facts["gaps"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    if not (isinstance(order, list) and isinstance(told, Submission) and isinstance(gaps, tuple)):
        return None
    return (order, told, gaps) if shelf.has_notes(order) else None


def _kept(shelf: Shelf, order: Sequence[str]) -> Generator[Outcome, None, None]:
    """What is there of each region, then of all of them together."""
    for code in (*order, COMPARISON, TABLE):
        held = shelf.notes.raw(code)
        if held and shelf.has_notes([code]):
            problems: tuple[Problem, ...] = noun(held["problems"])  # type: ignore[assignment] # as notes hold them
            yield Outcome(
                code, held["files"], problems, by_docxtpl=held["by_docxtpl"], is_kept=True
            )
    shelf.confirm()


def _whole(settings: Settings) -> str:
    """The hash of all that a run rests on; empty where an input cannot be read."""
    try:
        return digest_of((Grounds(settings).whole(), _of_inputs(settings)))
    except (OSError, ValueError):
        return ""


def _of_inputs(settings: Settings) -> str:
    """Names and contents of the inputs; where their folder lies makes no difference."""
    found = hashlib.sha256()
    base = os.path.commonpath([path.parent for path in settings.inputs])
    for path in settings.inputs:
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for file in files:
            name = f"{os.path.relpath(file, base)}\0{path.parent.name}\0"
            found.update(name.encode(errors="backslashreplace"))
            found.update(digest_of_file(file).encode())
    # What else lies beside workbooks is named to the planner.
    for folder in settings.folders:
        names = "\0".join(sorted(one.name for one in folder.iterdir()))
        found.update(names.encode(errors="backslashreplace"))
    return found.hexdigest()
