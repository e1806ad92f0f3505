"""One recipient's documents to messages, in parts where they are too large for one.

Also here: the outbox: every message as a draft that a mail program opens, looked at and sent by a
person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.codes import Code
from generator.delivery.addresses import mailbox, sender
from generator.delivery.body import fill_body
from generator.delivery.record import attached_names, read_file
from generator.model import Document, Errand, Item, Mailbox, Receipt
from generator.problems import InputError, Origin, Problem, problem
from generator.settings.mail import MailSettings, missing
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from generator.delivery.plan import Plan


# Bodies stay within seven bits: not every server carries eight.
_POLICY = SMTP.clone(cte_type="7bit")
_SUBTYPE = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_ENVELOPE = 4_000
"""Room for headers and boundaries of a message."""
_ROOM_FOR_FILE = 2_000
"""Room for those of an attachment: a name may have a hundred characters, each written as twelve."""
_MOST_ANSWERS = 5
OUTBOX = "outbox"
_DRAFT = re.compile(rf"\d{{3,}}-[A-Za-z0-9_-]+\.({'|'.join(LANGUAGES)})\.eml")


class Part(Struct, frozen=True):
    """One message of an errand."""

    errand: Errand
    items: tuple[Item, ...]
    number: int
    count: int


class Divided(Struct, frozen=True):
    """What one recipient gets, in messages, and the documents too large for any."""

    parts: tuple[Part, ...]
    too_large: tuple[tuple[Item, Problem], ...]


class Composer:
    """Makes messages from errands.

    Args:
        folder: The output folder with the documents.
        settings: Sender, reply address, limit and campaign.
        templates: Language to the files that make subject and bodies.
        is_draft: Whether a person will send the message from a mail program.
    """

    def __init__(
        self,
        folder: Path,
        settings: MailSettings,
        templates: Mapping[str, Mapping[str, Path]],
        *,
        is_draft: bool = False,
    ) -> None:
        self._folder, self._settings, self._templates = folder, settings, templates
        self._is_draft = is_draft
        self._sender = sender(settings.sender) if settings.sender else None

    def parts(self, errand: Errand, items: Sequence[Item], limit: int) -> Divided:
        """The messages for some of an errand's documents, and documents too large for any.

        Args:
            errand: Whose they are.
            items: The documents, in their order.
            limit: The largest message in bytes, encoded.

        Raises:
            TemplateError: The words of the message cannot be made.
        """
        body = fill_body(errand, items, 1, 1, self._templates[errand.language])
        room = limit - _ENVELOPE - sum(2 * len(text.encode()) for text in (body.text, body.html))
        groups: list[list[Item]] = []
        too_large = []
        left = 0
        for item in items:
            size = self._encoded(item)
            if size > room:
                path, most = item.enclosure.path, f"{limit / 1e6:.3g}"
                too_large.append(
                    (item, problem(Code.DOCUMENT_TOO_LARGE, item.origin, path=path, limit=most))
                )
                continue
            if not groups or size > left:
                groups.append([])
                left = room
            groups[-1].append(item)
            left -= size
        made = (
            Part(errand, tuple(group), number, len(groups))
            for number, group in enumerate(groups, 1)
        )
        return Divided(tuple(made), tuple(too_large))

    def _encoded(self, item: Item) -> int:
        """Bytes of an attachment in a message: base64 in lines of 76, and its headers."""
        try:
            size = (self._folder / item.enclosure.path).stat().st_size
        except OSError:
            size = 0  # found again, and reported, when it is read
        signs = -(-size // 3) * 4
        return signs + 2 * -(-signs // 76) + _ROOM_FOR_FILE

    def message(self, part: Part) -> EmailMessage:
        """The message as a mail program or a server takes it.

        Raises:
            InputError: A document is gone or changed, or the words cannot be made.
        """
        errand = part.errand
        to = errand.to
        message = EmailMessage(policy=_POLICY.clone(utf8=to.needs_utf8))
        templates = self._templates[errand.language]
        body = fill_body(errand, part.items, part.number, part.count, templates)
        if self._is_draft:
            message["X-Unsent"] = "1"
        if self._sender:
            name, box = self._sender
            message["From"] = Address(_literal(name), box.local, box.domain)
        message["To"] = Address(_literal(errand.name), to.local, to.domain)
        if answers := self._answers(errand):
            message["Reply-To"] = answers
        message["Subject"] = _literal(body.subject)
        message["Date"] = format_datetime(localtime())
        message["Message-ID"] = self.message_id(part)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body.text)
        message.add_alternative(body.html, subtype="html")
        for name, content in self._attachments(part.items):
            message.add_attachment(content, maintype="application", subtype=_SUBTYPE, filename=name)
        # Setting the content would have taken it away again.
        message["Content-Language"] = errand.language
        return message

    def _answers(self, errand: Errand) -> list[Address]:
        """Where replies go: as the settings say, else to the regions, the first of them."""
        own = self._settings.reply_to
        found = [mailbox(one) for one in ([own] if own else errand.contacts)]
        boxes = [one for one in found if one and not one.needs_utf8]
        return [Address("", one.local, one.domain) for one in boxes[:_MOST_ANSWERS]]

    @property
    def sender(self) -> Mailbox:
        """Whom the messages come from.

        Raises:
            InputError: The settings name nobody.
        """
        if self._sender is None:
            raise InputError([missing("from")])
        return self._sender[1]

    def message_id(self, part: Part) -> str:
        """The same for the same documents to the same address in the same campaign."""
        box = self._sender[1] if self._sender else None
        parts = [self._settings.campaign, part.errand.to.key]
        parts += [f"{item.enclosure.path} {item.enclosure.sha256}" for item in part.items]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return f"<{digest[:40]}@{box.domain if box else 'briefs.invalid'}>"

    def _attachments(self, items: Sequence[Item]) -> Iterator[tuple[str, bytes]]:
        """Names and contents; what is attached is what was built."""
        names = attached_names(items)
        for item, name in zip(items, names, strict=True):
            enclosure = item.enclosure
            try:
                content = read_file(self._folder / enclosure.path)
            except OSError as fault:
                raise InputError(
                    [problem(Code.DOCUMENT_GONE, item.origin, path=enclosure.path)]
                ) from fault
            if hashlib.sha256(content).hexdigest() != enclosure.sha256:
                raise InputError([problem(Code.DOCUMENT_CHANGED, item.origin, path=enclosure.path)])
            yield name, content


def wrong_addresses(settings: MailSettings) -> list[Problem]:
    """Sender and reply address of the settings that are no addresses every server takes."""
    own = sender(settings.sender)
    return [
        problem(Code.SENDER_ADDRESS_WRONG, Origin("[mail]"), name=name, found=text)
        for name, text, found in (
            ("from", settings.sender, own[1] if own else None),
            ("reply_to", settings.reply_to, mailbox(settings.reply_to)),
        )
        if text and (not found or found.needs_utf8)
    ]


def _literal(text: str) -> str:
    """Text for a header that stays as it is.

    Python's mail library decodes what looks like an encoded word on its way into a header, and
    neither quotes the commas nor takes out the line breaks that come to light.
    """
    return text.replace("=?", "= ?")


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
