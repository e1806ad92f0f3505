"""The words of sheets and columns, and of what messages make from them, from the shipped text table.

A column is called `sheet.<sheet>.<column>`, or `sheet.any.<column>` where several sheets share it.
Behind either, `.help` is what stands below the header, `.help.<jurisdiction>` what stands there in
one place, `.unit` a unit of its own and `.also` further headers, parted by semicolons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from generator.model import Label
from generator.shipped import ENGLISH, LANGUAGES, texts

_HELP = ".help."


def label(*keys: str) -> Label:
    """The text of the first key that there is, in every language; empty without one."""
    found = next((texts()[key] for key in keys if key in texts()), None)
    return Label(tuple(found.items())) if found else Label()


def phrase(key: str, **parts: Label | str) -> Label:
    """A text in every language, with its placeholders filled in that language."""
    return Label(
        tuple(
            (
                tag,
                said.format(
                    **{
                        name: part.text(tag) if isinstance(part, Label) else part
                        for name, part in parts.items()
                    }
                ),
            )
            for tag, said in texts()[key].items()
        )
    )


def unnamed(word: str) -> Label:
    """A key or code that has no name: the same in every language."""
    return Label(((ENGLISH, word),))


def led(key: str, name: Label) -> Label:
    """A name behind its key, as lists of the form show it."""
    return Label(tuple((tag, f"{key} {text}") for tag, text in name.texts))


def joined(between: Label, labels: Iterable[Label]) -> Label:
    """Names in a row in every language, with what stands between them."""
    names = list(labels)
    return Label(
        tuple((tag, between.text(tag).join(name.text(tag) for name in names)) for tag in LANGUAGES)
    )


def enumerated(labels: Iterable[Label], most: int | None = None) -> Label:
    """Names that a message lists, in every language; those after the most are left out with a sign."""
    names = list(labels)
    listed = joined(label("sheet.separator"), names[:most])
    if most is None or len(names) <= most:
        return listed
    return Label(tuple((tag, f"{text} …") for tag, text in listed.texts))


def further(*keys: str) -> tuple[tuple[str, str], ...]:
    """Further headers that are read: the language that they are in, and the words; each once."""
    said = label(*keys)
    own = {word.casefold() for key in keys for _, word in label(key.removesuffix(".also")).texts}
    found: dict[str, str] = {}
    for tag in (ENGLISH, *LANGUAGES):
        for word in filter(None, (one.strip() for one in said.text(tag).split(";"))):
            if word.casefold() not in own:
                found.setdefault(word, tag)
    return tuple((tag, word) for word, tag in found.items())


def local_helps(prefix: str) -> Sequence[tuple[str, Label]]:
    """What single jurisdictions say in place of the help of a column: their code and the words."""
    return [(code, label(f"{prefix}{_HELP}{code}")) for code in _codes_of_helps()[prefix]]


@cache
def _codes_of_helps() -> Mapping[str, list[str]]:
    """Column to the jurisdictions that have a help of their own."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in texts():
        prefix, _, code = key.partition(_HELP)
        if code:
            found[prefix].append(code)
    return found
