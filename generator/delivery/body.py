"""What a mail says: subject, text and HTML from the templates of the recipient's language.

Also here: the source of a mail template: read with its limits, in a sandbox that makes no markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.codes import Code
from generator.delivery.markup import read_markup
from generator.delivery.record import attached_names
from generator.problems import Origin, TemplateError, problem
from generator.settings import COMPARISON
from generator.templating.sandbox import environment

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from generator.model import Errand, Item, Letter


_LONGEST_SUBJECT = 200
_LARGEST_BODY = 1_000_000
"""Bytes; what reaches the limit is a loop gone wrong, not a letter."""
_UNUSABLE = (
    ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What an expression that cannot be worked out makes the template language raise."""
_NEVER = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000)])
"""Control characters but tab and line feed, and halves of characters, which cannot be sent."""
_TURNS_AROUND = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""Marks that turn the direction of what follows them, and so could make a line read otherwise."""
_NOT_IN_A_LINE = _NEVER | _TURNS_AROUND
SUBJECT, TEXT, HTML = "mail.subject.txt", "mail.txt", "mail.html"
MAIL_TEMPLATES = (SUBJECT, TEXT, HTML)
"""The templates of a mail in every language's folder."""
_LARGEST = 200_000


class Body(Struct, frozen=True):
    """One message as its reader sees it."""

    subject: str
    text: str
    html: str


def fill_body(
    errand: Errand, items: Sequence[Item], part: int, parts: int, templates: Mapping[str, Path]
) -> Body:
    """What one message says.

    Args:
        errand: The recipient, and the letters of all that is sent to them.
        items: The documents in this message; of the regions only theirs are written about.
        part: Number of this message, from 1.
        parts: Number of messages in all.
        templates: Files by name: `mail.subject.txt`, `mail.txt` and `mail.html`.

    Raises:
        TemplateError: A template is missing, says something wrong, or makes something too long or
            something that a mail may not hold.
    """
    fields = {"mail": mail_fields(errand, items, part, parts)}
    subject = one_line(_filled(templates[SUBJECT], fields))
    if not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise TemplateError(
            [problem(Code.MAIL_LENGTH, origin_of(templates[SUBJECT]), found=len(subject), most=_LONGEST_SUBJECT)]
        )  # fmt: skip
    text = _filled(templates[TEXT], fields).strip("\n") + "\n"
    html, refused = read_markup(_filled(templates[HTML], fields), origin_of(templates[HTML]))
    if refused:
        # Their lines are those of the filled mail; the template has others.
        whole = origin_of(templates[HTML])
        raise TemplateError(dict.fromkeys(replace(one, origin=whole) for one in refused))
    return Body(subject, text, html)


def mail_fields(errand: Errand, items: Sequence[Item], part: int, parts: int) -> dict[str, object]:
    """The `mail` fields: every text is one line, without marks that could pass for another line.

    Args:
        errand: The recipient, and the letters of all that is sent to them.
        items: The documents in this message.
        part: Number of this message, from 1.
        parts: Number of messages in all.
    """
    letters = {item.region: errand.letters[item.region] for item in items}
    documents = [
        _document(number, item, file, letters)
        for number, (item, file) in enumerate(zip(items, attached_names(items), strict=True), 1)
    ]
    regions = [_region(code, one, documents, items) for code, one in letters.items()]
    every = list(letters.values())
    return {
        "name": one_line(errand.name),
        "language": errand.language,
        "as_of": one_line(every[0].as_of) if every else "",
        "as_of_lines": _once(one.as_of_line for one in every),
        "part": part,
        "parts": parts,
        "region_count": sum(code != COMPARISON for code in letters),
        "has_comparison": COMPARISON in letters,
        "illustrative": any(one.draft for one in every),
        "regions": regions,
        "barred": _together(letters),
        "documents": documents,
        "document_count": len(documents),
        "handling": _once(one.handling for one in every),
        "prepared_by": _once(one.prepared_by for one in every),
        "disclaimer": _once(line for one in every for line in one.disclaimer),
    }


def one_line(text: str) -> str:
    """A text without line breaks, control characters and marks that turn its direction."""
    return " ".join(text.split()).translate(_NOT_IN_A_LINE)


def _once(lines: Iterable[str]) -> list[str]:
    """Each line that is not empty, once."""
    return list(dict.fromkeys(line for line in map(one_line, lines) if line))


def _document(
    number: int, item: Item, file: str, letters: Mapping[str, Letter]
) -> dict[str, object]:
    return {
        "number": number,
        "region": one_line(letters[item.region].name),
        "is_comparison": item.region == COMPARISON,
        "title": one_line(item.enclosure.title),
        "file": file,
    }


def _region(
    code: str, said: Letter, documents: Sequence[dict[str, object]], items: Sequence[Item]
) -> dict[str, object]:
    own = [row for row, item in zip(documents, items, strict=True) if item.region == code]
    return {
        "name": one_line(said.name),
        "is_comparison": code == COMPARISON,
        "answer": one_line(said.answer),
        "barred": one_line(said.barred),
        "barred_rows": _rows(said),
        "draft": one_line(said.draft),
        "as_of_line": one_line(said.as_of_line),
        "handling": one_line(said.handling),
        "prepared_by": one_line(said.prepared_by),
        "documents": own,
    }


def _rows(said: Letter) -> list[dict[str, object]]:
    return [{"name": one_line(name), "sentence": one_line(text)} for name, text in said.barred_rows]


def _together(letters: Mapping[str, Letter]) -> list[dict[str, object]]:
    """What is barred, once for all regions that the same rules reach in the same way."""
    held: dict[tuple[object, ...], list[str]] = {}
    for code, said in letters.items():
        held.setdefault((said.barred, said.barred_rows), []).append(code)
    return [
        {
            "regions": [one_line(letters[code].name) for code in codes],
            "sentence": one_line(letters[codes[0]].barred),
            "rows": _rows(letters[codes[0]]),
        }
        for codes in held.values()
    ]


def _filled(path: Path, fields: Mapping[str, object]) -> str:
    """A template with its names filled, up to the limit of length.

    Raises:
        TemplateError: The template cannot be read or filled.
    """
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415 - a tenth of a second of start-up
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - likewise

    from generator.templating.budget import SPENT, cause_of, line_of  # noqa: PLC0415 - brings jinja along

    origin, made, length = origin_of(path), [], 0
    try:
        for piece in compiled(read_template(path), path.name).generate(fields):
            made.append(piece.translate(_NEVER))
            length += len(made[-1].encode())
            if length > _LARGEST_BODY:
                raise TemplateError(
                    [
                        problem(
                            Code.MAIL_LENGTH, origin, found=f"> {_LARGEST_BODY}", most=_LARGEST_BODY
                        )
                    ]
                )
    except TemplateSyntaxError as fault:
        at = origin._replace(cell=f"L{fault.lineno}")
        raise TemplateError(
            [problem(Code.MAIL_UNFILLABLE, at, detail=fault.message or "")]
        ) from fault
    except SPENT as fault:
        at = origin._replace(cell=f"L{line_of(fault)}" if line_of(fault) else "")
        found = problem(Code.BUDGET_SPENT, at, tag=path.name, **cause_of(fault))  # type: ignore[arg-type] # no argument is called severity
        raise TemplateError([found]) from fault
    except (JinjaError, *_UNUSABLE) as fault:
        detail = getattr(fault, "message", None) or str(fault)[:200] or type(fault).__name__
        raise TemplateError([problem(Code.MAIL_UNFILLABLE, origin, detail=detail)]) from fault
    return "".join(made)


def mail_environment(*, is_html: bool) -> ImmutableSandboxedEnvironment:
    """What a mail template may do; no filter on its list turns a value into markup."""
    return environment(autoescape=is_html, trims=True)


def read_template(path: Path) -> str:
    """The source of a template.

    Raises:
        TemplateError: There is none, it is too large, empty, or no UTF-8 text, or it switches
            escaping off.
    """
    origin = origin_of(path)
    try:
        if not path.is_file():  # a pipe would never end
            raise FileNotFoundError(path)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise TemplateError([problem(Code.MAIL_UNFILLABLE, origin, detail=detail)]) from fault
    if not content.strip() or len(content) > _LARGEST:
        raise TemplateError([problem(Code.MAIL_SIZE, origin, most=f"{_LARGEST // 1000} kB")])
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        at = origin._replace(cell=f"L{content[: fault.start].count(10) + 1}")
        raise TemplateError([problem(Code.MAIL_NOT_UTF8, at)]) from fault
    if "\0" in source:
        raise TemplateError([problem(Code.MAIL_NOT_UTF8, origin)])
    return source.replace("\r\n", "\n").replace("\r", "\n")


def compiled(source: str, name: str) -> Template:
    """A template ready to be filled; each is compiled once, however many mails it makes.

    Args:
        source: What `read_template` returned.
        name: Name of the file: only `.html` is escaped.

    Raises:
        jinja2.TemplateSyntaxError: It cannot be read, or switches escaping off.
    """
    return _compiled(source, is_html=name.endswith(".html"))


@lru_cache(maxsize=32)
def _compiled(source: str, *, is_html: bool) -> Template:
    from jinja2 import TemplateSyntaxError, nodes  # noqa: PLC0415 - a tenth of a second of start-up

    language = mail_environment(is_html=is_html)
    switched = language.parse(source).find(nodes.ScopedEvalContextModifier)
    if switched:
        raise TemplateSyntaxError("autoescape", switched.lineno)
    return language.from_string(source)


def origin_of(path: Path) -> Origin:
    """A template as messages name it; a line of it is a cell such as `L12`."""
    return Origin(f"{path.parent.name}/{path.name}")
