"""What a build leaves for sending: `delivery.json`, written and read back.

The file holds e-mail addresses, which stand in no document and in no other file of a build.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.model import Consignment, Enclosure, Label, Letter, Recipient
from generator.problems import InputError, Origin, problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RECORD = "delivery.json"
SCHEMA = "briefs-delivery/1"


def as_record(consignments: Iterable[Consignment]) -> dict[str, object]:
    """The consignments as JSON can hold them."""
    return {"schema": SCHEMA, "consignments": [asdict(one) for one in consignments]}


def read_record(folder: Path) -> tuple[Consignment, ...]:
    """The consignments of the last build.

    Args:
        folder: The output folder of the build.

    Raises:
        InputError: There is no record, or it is not one.
    """
    path = folder / RECORD
    if not path.is_file():
        raise InputError([problem("DL-101", Origin(str(path)))])
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        detail = f"{type(fault).__name__}: {fault}"[:100]
        raise InputError([problem("DL-102", Origin(str(path)), detail=detail)]) from fault


def _read(record: dict[str, Any]) -> tuple[Consignment, ...]:
    if record["schema"] != SCHEMA:
        raise ValueError(record["schema"])
    return tuple(_consignment(one) for one in record["consignments"])


def _consignment(found: dict[str, Any]) -> Consignment:
    return Consignment(
        region=str(found["region"]),
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
    path = PurePosixPath(enclosure.path)
    if path.is_absolute() or ".." in path.parts or "\\" in enclosure.path or ":" in enclosure.path:
        raise ValueError(enclosure.path)
    return enclosure


def _recipient(found: dict[str, Any]) -> Recipient:
    texts = tuple((str(language), str(text)) for language, text in found["name"]["texts"])
    return Recipient(
        origin=Origin(*map(str, found["origin"])),
        name=Label(texts),
        email=str(found["email"]),
        language=str(found["language"]),
        documents=tuple(map(str, found["documents"])),
    )
