"""Addresses as mail needs them: checked, with a domain in ASCII, and comparable."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.utils import parseaddr

_WORD = re.compile(r"""[^\s<>()\[\],;:"']+""")


@dataclass(frozen=True, slots=True)
class Mailbox:
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


def mailbox(text: str) -> Mailbox | None:
    """The address that a text is; None for anything else. The network is never asked."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - a tenth of a second that other commands spare

    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None
    return Mailbox(found.local_part, found.ascii_domain or found.domain, found.domain)


def sender(text: str) -> tuple[str, Mailbox] | None:
    """Name and address of `Planning office <plan@example.org>`; None for anything else."""
    name, spec = parseaddr(text)
    found = mailbox(spec)
    return (name, found) if found and name.isprintable() else None


def without_addresses(text: str) -> str:
    """What a server said, without the recipient's address, however it spells or forwards it."""
    return _WORD.sub(lambda found: "…" if "@" in found[0] else found[0], text)
