"""Who gets what: one errand per recipient, refused as a whole where something is wrong."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.codes import Code
from generator.delivery.addresses import mailbox
from generator.delivery.record import read_file
from generator.model import Consignment, Enclosure, Errand, Item, Letter, Mailbox, Recipient
from generator.problems import Origin, Problem, errors, problem
from generator.settings import COMPARISON

if TYPE_CHECKING:
    from generator.settings.mail import MailSettings

_OPEN = "public"
"""The only mark with which documents may go to any domain; a blank one is not known to be open."""

_BLANKS = dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ") | (
    dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
)
"""Wide and narrow blanks, as in a name of two characters, and what takes no room at all."""
_LONGEST_NAME = 200
"""A header of many thousand characters would take minutes to fold."""


class Plan(Struct, frozen=True):
    """What is to be sent, and everything that keeps somebody from getting it."""

    errands: tuple[Errand, ...]
    problems: tuple[Problem, ...]


class _Request(Struct, frozen=True):
    """One row of a Recipients sheet, for one region."""

    consignment: Consignment
    recipient: Recipient


def plan(
    consignments: Sequence[Consignment],
    folder: Path,
    settings: MailSettings,
    only: Collection[str] = (),
) -> Plan:
    """One errand per address over all regions, in the order of the workbooks.

    Args:
        consignments: What the build left.
        folder: The output folder with the documents.
        settings: The allow-list.
        only: Addresses to which the plan is limited; all without any.
    """
    chosen = {box.key if (box := mailbox(one)) else one for one in only}
    problems: list[Problem] = []
    requests: dict[str, list[_Request]] = defaultdict(list)
    boxes: dict[str, Mailbox] = {}
    for consignment in consignments:
        for recipient in consignment.recipients:
            box = mailbox(recipient.email)
            if chosen and (box is None or box.key not in chosen):
                continue
            if box is None:
                seen = "".join(char for char in recipient.email[:80] if char.isprintable())
                problems.append(problem(Code.RECIPIENT_ADDRESS_WRONG, recipient.origin, found=seen))
                continue
            boxes[box.key] = boxes.get(box.key, box)
            requests[box.key].append(_Request(consignment, recipient))
    is_compared = any(one.region == COMPARISON for one in consignments)
    checked = _Checked(folder, is_compared=is_compared)
    found = []
    for key, asked in requests.items():
        own = [*_refusals(boxes[key], asked, settings), *checked.problems(asked)]
        problems += own
        errand = None if errors(own) else _errand(boxes[key], asked)
        if errand:
            found.append(errand)
    return Plan(tuple(found), tuple(problems))


def _refusals(box: Mailbox, asked: Sequence[_Request], settings: MailSettings) -> Iterator[Problem]:
    """Names that cannot stand in a header, and domains that may not get these documents."""
    is_allowed = box.is_within((*settings.domains, *settings.allowed))
    # A row that asks for the comparison too stands here twice, and what is compared may be closed
    # where the region itself is open.
    rows: dict[Origin, list[_Request]] = defaultdict(list)
    for request in asked:
        rows[request.recipient.origin].append(request)
    for origin, requests in rows.items():
        recipient = requests[0].recipient
        closed = [one.consignment for one in requests if one.consignment.handling != _OPEN]
        if not header_name(recipient).isprintable():
            yield problem(Code.RECIPIENT_NAME_UNSAFE, origin)
        if settings.domains and not is_allowed:
            yield problem(Code.DOMAIN_NOT_LISTED, origin, domain=box.shown_domain)
        elif closed and not is_allowed:
            yield problem(
                Code.REGION_NOT_PUBLIC, origin, region=closed[0].region, domain=box.shown_domain
            )


def header_name(recipient: Recipient) -> str:
    """The name in the recipient's language, with the blanks of Chinese typing as plain ones."""
    name = recipient.name.text(recipient.language).translate(_BLANKS)
    return " ".join(name.split(" "))[:_LONGEST_NAME].strip()


def wanted(consignment: Consignment, recipient: Recipient) -> dict[str, Enclosure | None]:
    """The documents that a row asks of one consignment, None for those that were not made."""
    made = {
        one.document: one
        for one in consignment.enclosures
        if one.language == recipient.language
    }  # fmt: skip
    is_comparison = consignment.region == COMPARISON
    return {
        name: made.get(name)
        for name in recipient.documents
        if (name == COMPARISON) == is_comparison
    }  # fmt: skip


class _Checked:
    """The documents on the disk beside what the build wrote down of them; each is read once."""

    def __init__(self, folder: Path, *, is_compared: bool) -> None:
        self._folder, self._is_compared = folder, is_compared
        self._found: dict[str, str] = {}

    def problems(self, asked: Sequence[_Request]) -> Iterator[Problem]:
        """Documents that were not made, are gone or are not what was built."""
        for request in asked:
            recipient = request.recipient
            for name, enclosure in wanted(request.consignment, recipient).items():
                if enclosure is None:
                    yield problem(
                        Code.DOCUMENT_NOT_BUILT, recipient.origin, document=name, language=recipient.language,
                        region=request.consignment.region,
                    )  # fmt: skip
                elif code := self._fault(enclosure):
                    yield problem(code, recipient.origin, path=enclosure.path)
        alone = next((one for one in asked if COMPARISON in one.recipient.documents), None)
        if alone and not self._is_compared:
            yield problem(Code.NO_COMPARISON_BUILT, alone.recipient.origin, "warning")

    def _fault(self, enclosure: Enclosure) -> str:
        if enclosure.path not in self._found:
            self._found[enclosure.path] = self._digest(enclosure.path)
        digest = self._found[enclosure.path]
        return (
            ""
            if digest == enclosure.sha256
            else Code.DOCUMENT_CHANGED
            if digest
            else Code.DOCUMENT_GONE
        )

    def _digest(self, path: str) -> str:
        try:
            return hashlib.sha256(read_file(self._folder / path)).hexdigest()
        except OSError:
            return ""


def _errand(box: Mailbox, asked: Sequence[_Request]) -> Errand | None:
    """All that one address gets, written in the language of its first row; None for nothing."""
    # A row whose documents are all elsewhere says nothing of the mail, not even its language.
    asked = [one for one in asked if any(wanted(one.consignment, one.recipient).values())]
    if not asked:
        return None
    first = asked[0].recipient
    # The comparison may be asked for in the sheets of several regions; it goes out once.
    items: dict[str, Item] = {}
    for request in asked:
        for enclosure in wanted(request.consignment, request.recipient).values():
            if enclosure:
                item = Item(request.consignment.region, enclosure, request.recipient.origin)
                items.setdefault(enclosure.path, item)
    return Errand(
        to=box,
        name=header_name(first),
        language=first.language,
        origin=first.origin,
        items=tuple(items.values()),
        letters=_letters(asked, first.language),
        contacts=tuple(dict.fromkeys(who for one in asked for who in one.consignment.contacts)),
    )


def _letters(asked: Sequence[_Request], language: str) -> Mapping[str, Letter]:
    return {one.consignment.region: one.consignment.letters[language] for one in asked}
