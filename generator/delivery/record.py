"""What a build leaves for sending: `delivery.json`, written and read back.

The file holds e-mail addresses, which stand in no document and in no other file of a build.

Also here: what documents are called as attachments: names for people, which every system can save.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from generator.codes import Code
from generator.model import Consignment, Enclosure, Item, Label, Letter, Recipient
from generator.problems import InputError, Origin, problem
from generator.shipped import LANGUAGES

RECORD = "delivery.json"
SCHEMA = "briefs-delivery/1"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LANGUAGE = re.compile("|".join(LANGUAGES))
_PATH = re.compile(r"([A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+\.[A-Za-z-]+\.docx")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_FILE = re.compile(r".+\.docx", re.DOTALL)
_NOT_IN_NAMES = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+'
)
_LONGEST = 100
"""Characters before the ending."""


class Record(Struct, frozen=True):
    """What the last build left."""

    consignments: tuple[Consignment, ...]
    not_built: tuple[str, ...]
    """Regions that had errors and files that could not be read: who asked for them gets nothing."""


def as_record(consignments: Iterable[Consignment], not_built: Iterable[str]) -> bytes:
    """What a build leaves, as a JSON file; written as it comes, for there may be thousands."""
    head = {"schema": SCHEMA, "not_built": sorted(not_built), "consignments": []}
    made = bytearray(_indented(head).removesuffix(b"]\n}"))
    sign = b"\n  "
    for one in consignments:
        made += sign + _indented(to_builtins(one)).replace(b"\n", b"\n  ")
        sign = b",\n  "
    made += b"\n ]\n}\n" if sign[:1] == b"," else b"]\n}\n"
    return bytes(made)


def _indented(value: object) -> bytes:
    # Half a character, as a file name in another encoding may hold, is written as JSON writes it.
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode(errors="backslashreplace")


def read_record(folder: Path) -> Record:
    """What the last build left.

    Args:
        folder: The output folder of the build.

    Raises:
        InputError: There is no record, or it is not one.
    """
    path = folder / RECORD
    if not path.is_file():
        raise InputError([problem(Code.NOTHING_BUILT, Origin(str(path)))])
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(record, ensure_ascii=False).encode()  # halves of characters can go nowhere
        return _read(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        detail = f"{type(fault).__name__}: {fault}"[:100]
        raise InputError(
            [problem(Code.RECORD_UNREADABLE, Origin(str(path)), detail=detail)]
        ) from fault


def read_file(path: Path) -> bytes:
    """The content of a document.

    Raises:
        OSError: It cannot be read, or is no plain file: a device or a pipe might never end.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


def _read(record: dict[str, Any]) -> Record:
    if record["schema"] != SCHEMA:
        raise ValueError(record["schema"])
    found = tuple(_consignment(one) for one in record["consignments"])
    for one in found:
        if not {enclosure.language for enclosure in one.enclosures} <= set(one.letters):
            raise ValueError(one.region)
    written = {frozenset(one.letters) for one in found}
    if len(written) > 1:
        raise ValueError(written)
    return Record(found, tuple(_CONTROLS.sub(" ", str(one)) for one in record["not_built"]))


def _consignment(found: dict[str, Any]) -> Consignment:
    return Consignment(
        region=_known(found["region"], _CODE),
        handling=str(found["handling"]),
        contacts=tuple(map(str, found["contacts"])),
        letters={language: _letter(letter) for language, letter in found["letters"].items()},
        enclosures=tuple(_enclosure(one) for one in found["enclosures"]),
        recipients=tuple(_recipient(one) for one in found["recipients"]),
    )


def _letter(found: dict[str, Any]) -> Letter:
    lines = {"disclaimer": tuple(map(str, found["disclaimer"]))}
    rows = tuple((str(name), str(sentence)) for name, sentence in found["barred_rows"])
    plain = {key: str(value) for key, value in found.items() if key not in {*lines, "barred_rows"}}
    return Letter(**plain, **lines, barred_rows=rows)  # type: ignore[arg-type] # every other field is text


def _enclosure(found: dict[str, Any]) -> Enclosure:
    enclosure = Enclosure(**{key: str(value) for key, value in found.items()})
    for text, form in (
        (enclosure.document, _CODE),
        (enclosure.language, _LANGUAGE),
        (enclosure.path, _PATH),
        (enclosure.file, _FILE),
    ):
        _known(text, form)
    return enclosure


def _recipient(found: dict[str, Any]) -> Recipient:
    texts = tuple((str(language), str(text)) for language, text in found["name"]["texts"])
    return Recipient(
        origin=Origin(*(_CONTROLS.sub(" ", str(one)) for one in found["origin"])),
        name=Label(texts),
        email=str(found["email"]),
        language=_known(found["language"], _LANGUAGE),
        documents=tuple(_known(one, _CODE) for one in found["documents"]),
    )


def _known(found: object, form: re.Pattern[str]) -> str:
    """A text of the form that a build gives it: from these files and lines of the screen are made.

    Raises:
        ValueError: It is of another.
    """
    text = str(found)
    if not form.fullmatch(text):
        raise ValueError(ascii(text))
    return text


def attached_names(items: Sequence[Item]) -> list[str]:
    """The file names of the documents of one message, no two alike.

    Args:
        items: Their names may hold whatever a workbook calls a region.
    """
    found: list[str] = []
    for item in items:
        stem, _, ending = _NOT_IN_NAMES.sub(" ", item.enclosure.file).rpartition(".")
        stem = " ".join(stem.split())[:_LONGEST].strip(" .") or item.enclosure.document
        name, number = f"{stem}.{ending}", 2
        while name.casefold() in map(str.casefold, found):
            name, number = f"{stem} ({number}).{ending}", number + 1
        found.append(name)
    return found
