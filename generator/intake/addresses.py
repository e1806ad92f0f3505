"""E-mail addresses as people type them: what is clear is put right, all else is refused by a reason.

Only the form of an address is looked at; nothing here asks the network whether a domain exists.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from generator.intake.words import TRIMMED, WIDE, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 1_000
"""Characters with a name in front; beyond them nothing is worth a closer look."""
_MOST_BYTES, _MOST_LOCAL = 254, 64
"""What mail servers take (RFC 5321): the whole address, and the part before the @."""
_NAMED = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>")
_SCHEME = re.compile(r"mailto:", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]")
_BEHIND = ".,;、。｡ "
"""What a list or a sentence leaves behind an address; no address ends in it."""
_STOPS = dict.fromkeys((0x3002, 0xFF61), ".")
"""Chinese full stops, which stand for the dot of a domain (UTS 46)."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their class that show as nothing."""
_SHOWN = 60


class Address(NamedTuple):
    """What a text came to: a normalised address, or why it is none (a key below `address.`)."""

    value: str = ""
    fault: str = ""
    characters: str = ""
    """The characters that cannot stand in an address."""


def read_address(found: str) -> Address:
    """The address that a text clearly means.

    Full-width signs, `mailto:`, a name before `<address>`, what is invisible at either end and the
    mark of a list or sentence at the end are put right. The domain comes in lower case and in its
    own script; the part before the @ keeps its case.
    """
    text = found.strip(TRIMMED)
    if text.count("@") + text.count("＠") > 1:
        return Address(fault="quoted" if text.startswith('"') and '"@' in text else "several")
    if len(text) > _LONGEST:
        return Address(fault="too_long")
    text = text.translate(WIDE).rstrip(_BEHIND).strip()
    odd = [char for char in text if not char.isprintable()]
    if odd:
        return Address(fault="characters", characters=_listed(odd))
    named = _NAMED.fullmatch(text)
    text = _SCHEME.sub("", named[1] if named else text, count=1) if _has_frame(text) else text
    return _checked(text.strip())


def shown(found: str) -> str:
    """A text as a message may hold it: short, in one line, with what cannot be seen by its code."""
    cut = found.strip()
    text = "".join(one if one.isprintable() else f"<{_seen(one)}>" for one in cut[:_SHOWN])
    return text if len(cut) <= _SHOWN and len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _has_frame(text: str) -> bool:
    """Whether a name or a scheme stands around the address."""
    return text.endswith(">") or _SCHEME.match(text) is not None


def _checked(text: str) -> Address:
    """The address, or the first thing that is wrong with it."""
    local, sign, domain = text.partition("@")
    domain = domain.translate(_STOPS)
    fault, odd = _fault(local, sign, domain)
    if fault:
        return Address(fault=fault, characters=_listed(odd))
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - forms without an address spare it

    try:
        valid = validate_email(f"{local}@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return Address(fault="domain")
    return Address(valid.normalized)


def _fault(local: str, sign: str, domain: str) -> tuple[str, list[str]]:
    """What is wrong by sight, before the rules of international domains are asked."""
    odd = [char for char in local if not _is_allowed(char, _LOCAL) or _is_variant(char)]
    odd += [char for char in domain if not _is_allowed(char, _DOMAIN)]
    faults = {
        "no_at": not sign,
        "half": not local or not domain,
        "quoted": local.startswith('"'),
        "domain": domain.startswith("["),
        "blank": any(char.isspace() for char in odd),
        "characters": bool(odd) or unicodedata.category(local[:1] or "x")[0] == "M",
        "too_long": len(local) > _MOST_LOCAL or len(f"{local}@{domain}".encode()) > _MOST_BYTES,
        "dots": local.startswith(".") or local.endswith(".") or ".." in local,
        "no_dot": "." not in domain,
    }
    fault = next((name for name, is_so in faults.items() if is_so), "")
    return fault, odd or list(local[:1])


def _is_allowed(char: str, plain: re.Pattern[str]) -> bool:
    """Whether a character may stand there: of ASCII a few, of all else letters and digits."""
    if char.isascii():
        return plain.match(char) is not None
    return unicodedata.category(char)[0] in "LMN" and char not in _FILLERS and folded(char) != ""


def _is_variant(char: str) -> bool:
    """Whether a character only looks like another one, so that two addresses would look the same."""
    return unicodedata.normalize("NFKC", char) != unicodedata.normalize("NFC", char)


def _listed(odd: Iterable[str]) -> str:
    """The first few characters for a message."""
    return " ".join(list(dict.fromkeys(map(_seen, odd)))[:5])


def _seen(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
