"""Where documents go: a folder, or an address such as `s3://…` that gets a copy of the folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.codes import Code
from generator.problems import Origin, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.problems import Problem

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::[A-Za-z0-9+.:/-]*)?://")
"""Two letters at least: one alone is a drive of Windows."""


def is_address(text: object) -> bool:
    """Whether a text is a URL and no path."""
    return isinstance(text, str) and _ADDRESS.match(text) is not None


def shown(address: str) -> str:
    """An address as messages may print it: without what may be a name, a password or a key."""
    scheme, _, rest = address.partition("://")
    place = re.split(r"[?#]", rest, maxsplit=1)[0]
    host, slash, path = place.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def address_problems(address: str) -> Iterator[Problem]:
    """What is wrong with an address, before anybody asks for it."""
    origin = Origin("--out")
    try:
        found = urlsplit(address)
        has_secret = found.password is not None or bool(found.query or found.fragment)
        is_whole = bool(found.netloc or found.path.strip("/"))
    except ValueError:
        has_secret, is_whole = False, False
    scheme = address.partition("://")[0]
    if has_secret:
        yield problem(Code.SECRET_IN_ADDRESS, origin, found=shown(address), scheme=scheme.upper())
    elif "::" in scheme or not is_whole or not address.isprintable() or " " in address:
        yield problem(Code.ADDRESS_UNUSABLE, origin, found=shown(address))
