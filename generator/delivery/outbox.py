"""The outbox: every message as a draft that a mail program opens, looked at and sent by a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.delivery.compose import Composer, wrong_addresses
from generator.model import Document, Receipt
from generator.problems import InputError
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.delivery.plan import Plan
    from generator.settings.mail import MailSettings

OUTBOX = "outbox"
_DRAFT = re.compile(rf"\d{{3,}}-[A-Za-z0-9_-]+\.({'|'.join(LANGUAGES)})\.eml")


def is_draft(name: str) -> bool:
    """Whether a file of the outbox is called as `drafts` calls one."""
    return _DRAFT.fullmatch(name) is not None


def drafts(
    plan: Plan,
    folder: Path,
    settings: MailSettings,
    templates: Mapping[str, Mapping[str, Path]],
) -> Iterator[tuple[Receipt, Document | None]]:
    """A draft for every message, and a receipt without one for a document too large for any.

    Args:
        plan: Who gets what.
        folder: The output folder with the documents.
        settings: Sender, reply address, limit.
        templates: Language to the files that make subject and bodies.

    Raises:
        InputError: A setting is no address, or a template has faults.
    """
    if wrong := wrong_addresses(settings):
        raise InputError(wrong)
    composer = Composer(folder, settings, templates, is_draft=True)
    for number, errand in enumerate(plan.errands, 1):
        divided = composer.parts(errand, errand.items, settings.limit_bytes)
        for item, found in divided.too_large:
            yield Receipt(errand, (item,), "failed", found), None
        for part in divided.parts:
            of = f"-{part.number}of{part.count}" if part.count > 1 else ""
            name = f"{number:03d}-{part.items[0].region}{of}.{errand.language}.eml"
            content = composer.message(part).as_bytes()
            receipt = Receipt(errand, part.items, "planned", file=name)
            yield receipt, Document(name, errand.language, content)
