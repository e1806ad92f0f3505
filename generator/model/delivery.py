"""What is sent: cover letters, enclosures, who gets which, and what became of each message."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.region import Recipient
    from generator.problems import Origin, Problem

State = Literal["planned", "sending", "sent", "failed", "unknown"]
"""Where a document stands on its way to one address; `unknown` may or may not have arrived."""


class Letter(Struct, frozen=True):
    """What a cover mail says about one region, or about the comparison, in one language."""

    name: str
    """The region, or what the comparison compares."""
    answer: str
    """The answer in one sentence."""
    barred: str
    """What the law bars, in one sentence."""
    barred_rows: tuple[tuple[str, str], ...]
    """Barred activities and the sentence with the citation of each."""
    as_of: str
    as_of_line: str
    """The day, the rule pack and the catalogue."""
    draft: str
    """The notice of illustrative data; empty where there are none."""
    handling: str
    prepared_by: str
    disclaimer: tuple[str, ...]


class Enclosure(Struct, frozen=True):
    """A finished document as the build left it."""

    document: str
    language: str
    title: str
    """What people call it, in its language."""
    file: str
    """Its name as an attachment, in its language."""
    path: str
    """Below the output folder, with forward slashes."""
    sha256: str


class Consignment(Struct, frozen=True):
    """One region, or the comparison: its letters, its documents, and who asked for them."""

    region: str
    handling: str
    """The mark of the workbook: `public`, `internal`, or empty."""
    contacts: tuple[str, ...]
    """Addresses for replies."""
    letters: Mapping[str, Letter]
    """By language."""
    enclosures: tuple[Enclosure, ...]
    recipients: tuple[Recipient, ...]


class Item(Struct, frozen=True):
    """One document for one recipient."""

    region: str
    enclosure: Enclosure
    origin: Origin
    """The cell of the workbook that holds the address."""


class Mailbox(Struct, frozen=True):
    """An address that can stand in an envelope."""

    local: str
    domain: str
    """In ASCII: an internationalised domain as servers look it up."""
    shown_domain: str

    @property
    def spec(self) -> str:
        """The address for header and envelope."""
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """What two spellings of one address share; no mail system tells capitals apart.

        Nothing else is folded: `straße` and `strasse` are two people.
        """
        return unicodedata.normalize("NFC", self.spec).lower()

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server with SMTPUTF8 can carry it."""
        return not self.local.isascii()

    def is_within(self, domains: tuple[str, ...]) -> bool:
        """Whether its domain is on a list: `example.org` itself, `*.example.org` what lies below."""
        own = {self.domain.casefold(), self.shown_domain.casefold()}
        return any(
            name.endswith(listed[1:]) if listed.startswith("*.") else name == listed
            for listed in domains
            for name in own
        )


class Errand(Struct, frozen=True):
    """All that one recipient gets in one campaign, in one message or, if too large, in parts."""

    to: Mailbox
    name: str
    language: str
    origin: Origin
    items: tuple[Item, ...]
    letters: Mapping[str, Letter]
    """By region, in the recipient's language."""
    contacts: tuple[str, ...]
    """Addresses for replies."""

    @property
    def address(self) -> str:
        """For the person who is shown who gets what."""
        return self.to.spec


class Receipt(Struct, frozen=True):
    """What became of one message, or of a document that could not go into any."""

    errand: Errand
    items: tuple[Item, ...]
    state: State
    problem: Problem | None = None
    file: str = ""
    """The draft that was written; empty for a message that was sent."""
