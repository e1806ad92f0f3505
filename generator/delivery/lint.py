"""Every fault of a mail template at once, each with its line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.codes import Code
from generator.delivery.body import (
    HTML,
    SUBJECT,
    compiled,
    mail_environment,
    origin_of,
    read_template,
)
from generator.delivery.markup import read_markup
from generator.problems import Origin, Problem, TemplateError, problem
from generator.templating.blocks import Blocks
from generator.templating.names import Reader, name_tree, sample
from generator.templating.tags import ENDS, lookalikes, spans

if TYPE_CHECKING:
    from generator.model import Field

_QUOTES = str.maketrans("“”‘’", "\"\"''")
_REQUIRED = (
    ("mail.regions[].answer",),
    ("mail.barred[].sentence", "mail.regions[].barred"),
    ("mail.barred[].rows[].sentence", "mail.regions[].barred_rows[].sentence"),
    (
        "mail.documents[].title", "mail.documents[].file", "mail.regions[].documents[].title",
        "mail.regions[].documents[].file",
    ),
    ("mail.as_of_lines", "mail.as_of", "mail.regions[].as_of_line"),
    ("mail.regions[].draft",),
    ("mail.disclaimer",),
)  # fmt: skip
"""What the text and the HTML of a mail must print: of each group one path."""


class _Tag(Struct, frozen=True):
    """A tag, its line, and where in the file it begins."""

    text: str
    body: str
    place: str
    order: int
    prefix: str = ""

    @property
    def mark(self) -> str:
        """The opening mark."""
        return self.text[:2]


def lint_mail(path: Path, fields: Sequence[Field]) -> list[Problem]:
    """All faults of a mail template, in reading order; none for one that can be sent.

    Args:
        path: A file that may come from a stranger: `.html`, `.subject.txt` or `.txt`.
        fields: Every name that a mail may use.
    """
    origin = origin_of(path)
    try:
        source = read_template(path)
    except TemplateError as fault:
        return list(fault.problems)
    is_html = path.suffix.lower() == ".html"
    tree = name_tree(fields)
    reader = Reader(tree, mail_environment(is_html=is_html))
    found = _tag_problems(source, reader, frozenset(tree.children), origin)
    if not found:
        values = sample(tree, fields)
        found += _whole_problems(source, HTML if is_html else SUBJECT, values, origin)
    if is_html:
        found += read_markup(_without_tags(source), origin)[1]
    found.sort(key=lambda one: int(one.origin.cell[1:] or 0))
    if not path.name.lower().endswith(".subject.txt"):
        found += _missing(reader.printed, fields, origin)
    return found


def _tag_problems(
    source: str, reader: Reader, roots: frozenset[str], origin: Origin
) -> list[Problem]:
    """What is wrong with the tags, and with what only looks like one."""
    starts = [0, *(at + 1 for at, one in enumerate(source) if one == "\n")]
    blocks = Blocks[_Tag](reader)
    found: list[Problem] = []
    last = 0

    def note(at: int, code: str, **args: str) -> None:
        cell = f"L{bisect_right(starts, at)}"
        found.append(problem(code, origin._replace(cell=cell), **args))  # type: ignore[arg-type] # no argument is called severity

    def between(until: int) -> None:
        for at, text in lookalikes(source[last:until], roots):
            note(last + at, Code.TAG_WOULD_PRINT, tag=_short(text))

    for start, end, fault in spans(source):
        between(start)
        last = end
        text = source[start:end]
        if fault:
            code = Code.TAG_OPEN if fault == "open" else Code.TAG_UNBEGUN
            note(start, code, tag=_short(text.strip()), end=ENDS.get(text[:2], ""))
            continue
        tag = _Tag(text, text[2:-2].strip("-+").strip(), f"L{bisect_right(starts, start)}", start)
        if _is_curled(tag):
            note(start, Code.CURLY_QUOTES, tag=_short(text))
            tag = _Tag(text, tag.body.translate(_QUOTES), tag.place, start)
        blocks.take(tag)
    between(len(source))
    blocks.finish()
    for tag, code, args in blocks.faults:
        note(tag.order, code, tag=_short(tag.text), **args)
    return found


def _is_curled(tag: _Tag) -> bool:
    """Whether curly quotation marks stand where straight ones must: outside a straight pair."""
    is_in, outside = "", []
    for one in tag.body:
        if one in "\"'" and is_in in {"", one}:
            is_in = "" if is_in else one
        elif not is_in:
            outside.append(one)
    return tag.mark != "{#" and any(one in "“”‘’" for one in outside)


def _whole_problems(
    source: str, name: str, values: Mapping[str, object], origin: Origin
) -> list[Problem]:
    """A last look at the whole, where no single tag is at fault: read, and filled with samples."""
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415 - a tenth of a second of start-up
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - likewise

    from generator.templating.budget import SPENT, cause_of, line_of  # noqa: PLC0415 - likewise

    try:
        compiled(source, name).render(values)
    except TemplateSyntaxError as fault:
        at = origin._replace(cell=f"L{fault.lineno}")
        return [problem(Code.MAIL_UNFILLABLE, at, detail=fault.message or "")]
    except SPENT as fault:
        line = line_of(fault)
        at = origin._replace(cell=f"L{line}" if line else "")
        tag = source.splitlines()[line - 1].strip()[:80] if line else origin.file
        return [problem(Code.BUDGET_SPENT, at, tag=tag, **cause_of(fault))]  # type: ignore[arg-type] # no argument is called severity
    except (JinjaError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return []  # real values might not make it
    return []


def _without_tags(source: str) -> str:
    """The markup alone, each line in its place."""
    kept, last = [], 0
    for start, end, _ in spans(source):
        kept += [source[last:start], "\n" * source.count("\n", start, end)]
        last = end
    return "".join([*kept, source[last:]])


def _missing(printed: set[str], fields: Sequence[Field], origin: Origin) -> Iterator[Problem]:
    """Required parts that nothing prints."""
    described: Mapping[str, Field] = {one.path: one for one in fields}
    for paths in _REQUIRED:
        if not printed.intersection({*paths, *(f"{path}[]" for path in paths)}):
            field = described[paths[0]]
            said = field.description.arguments("part")
            yield problem(Code.REQUIRED_FIELD_MISSING, origin, name=" / ".join(paths), **said)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
