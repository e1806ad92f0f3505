"""How mail goes out: the table `[mail]` of the settings file, with environment and flags over it.

No password stands here: it is read from the environment or the system's key store at the moment it
is needed, so that nothing that prints settings can print it.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.problems import InputError, Origin, Problem, problem
from generator.settings import SETTINGS_FILE, file_values, listed, unknown_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

Security = Literal["starttls", "tls"]
PASSWORD = "BRIEFS_MAIL_PASSWORD"  # noqa: S105 - the name of the variable, not what it holds
LEDGER = "briefs-ledger.sqlite"
_SECURITY: dict[str, tuple[Security, int]] = {"starttls": ("starttls", 587), "tls": ("tls", 465)}
"""Ways to encrypt, each with its usual port; there is none without."""
_SECRETS = ("password", "passwd", "pass", "pwd", "secret", "token", "授权码", "密码")
_TEXTS = ("host", "security", "user", "from", "reply_to", "ca_file", "ledger", "campaign")
_NUMBERS: dict[str, tuple[float, float, float, type[int | float]]] = {
    "port": (0, 1, 65_535, int),
    "limit_mb": (15, 0.01, 150, float),
    "per_minute": (30, 0, 100_000, int),
    "timeout_s": (60, 0.05, 600, float),
    "attempts": (5, 1, 20, int),
    "backoff_s": (5, 0, 3_600, float),
}
"""Default, least, greatest, and whether only whole numbers will do."""
_KEYS = (*_TEXTS, *_NUMBERS, "domains")
_LONGEST_CAMPAIGN = 80


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How messages are made and sent."""

    host: str
    port: int
    security: Security
    user: str
    """The name to sign in with; empty where the server asks for none."""
    sender: str
    """What stands in From: an address, with or without a name; empty leaves it to the mail program."""
    reply_to: str
    """Empty: the contact address of the regions, where they share one."""
    domains: tuple[str, ...]
    """Where mail may go: `example.org`, or `*.example.org` for what lies below; empty: anywhere."""
    allowed: tuple[str, ...]
    """Where documents may go in this run too, those that are not public included."""
    limit_bytes: int
    """The largest message as it is sent, encoded."""
    per_minute: int
    """Messages in a minute; 0 is as fast as it goes."""
    timeout_s: float
    """How long to wait for an answer; ten times as long for the one that says a message is taken."""
    attempts: int
    backoff_s: float
    """The wait before the second attempt; every further wait is twice as long."""
    ca_file: Path | None
    """Certificates to trust instead of the system's."""
    ledger: Path | None
    """None where neither a settings file nor anybody else says where it is kept: another one in
    another folder would send everything again."""
    campaign: str
    """Without capitals and wide letters: nobody means two campaigns by them."""


def load_mail_settings(
    flags: Mapping[str, object], environment: Mapping[str, str] | None = None
) -> MailSettings:
    """One frozen value from flags, environment, settings file and defaults.

    Args:
        flags: Command-line values: `campaign`, and `allow` for further domains.
        environment: `BRIEFS_MAIL_HOST` …; the process's own when None.

    Raises:
        InputError: A value cannot be used, or a password stands in the file; all are listed.
    """
    environment = os.environ if environment is None else environment
    table = file_values().get("mail", {})
    known = table if isinstance(table, dict) else {}
    problems = [*_secrets(known), *unknown_keys(_named(known), _KEYS, "[mail]")]
    if not isinstance(table, dict):
        problems.append(problem("RN-104", Origin(SETTINGS_FILE), found="mail", expected="[mail]"))
    problems += _of_wrong_type(known)
    chosen: dict[str, object] = {}
    for key in _KEYS:
        given = (flags.get(key), environment.get(f"BRIEFS_MAIL_{key.upper()}"), known.get(key))
        chosen[key] = next((value for value in given if value or value == 0), None)
    numbers = {key: _number(chosen[key], key) for key in _NUMBERS}
    problems += [
        _wrong(key, chosen[key], f"{_NUMBERS[key][1]:g}–{_NUMBERS[key][2]:g}")
        for key, number in numbers.items()
        if number is None
    ]
    texts = {key: "" if chosen[key] is None else str(chosen[key]).strip() for key in _TEXTS}
    problems += [
        _wrong(key, text.encode("unicode_escape").decode(), "a line of text")
        for key, text in texts.items()
        if not text.isprintable()
    ]
    security, port = _SECURITY.get(texts["security"] or "starttls", ("starttls", 0))
    if not port:
        problems.append(_wrong("security", texts["security"], ", ".join(_SECURITY)))
    if len(texts["campaign"]) > _LONGEST_CAMPAIGN:
        problems.append(_wrong("campaign", texts["campaign"], f"≤ {_LONGEST_CAMPAIGN}"))
    trusted = Path(texts["ca_file"]).absolute() if texts["ca_file"] else None
    if trusted and not trusted.is_file():
        problems.append(problem("RN-101", Origin(str(trusted))))
    if problems:
        raise InputError(problems)
    number = {key: value or 0 for key, value in numbers.items()}
    domains, further = (_domains(one) for one in (chosen["domains"], flags.get("allow")))
    beside = LEDGER if Path(SETTINGS_FILE).is_file() else ""
    ledger = texts["ledger"] or beside
    return MailSettings(
        host=texts["host"],
        port=int(number["port"]) if chosen["port"] else port,
        security=security,
        user=texts["user"],
        sender=texts["from"],
        reply_to=texts["reply_to"],
        domains=domains,
        allowed=further,
        limit_bytes=int(number["limit_mb"] * 1_000_000),
        per_minute=int(number["per_minute"]),
        timeout_s=number["timeout_s"],
        attempts=int(number["attempts"]),
        backoff_s=number["backoff_s"],
        ca_file=trusted,
        ledger=Path(ledger).absolute() if ledger else None,
        campaign=unicodedata.normalize("NFKC", texts["campaign"]).casefold(),
    )


def missing(name: str) -> Problem:
    """A setting without which nothing can be done, and both places where it can stand."""
    variable = f"BRIEFS_MAIL_{name.upper()}"
    return problem("DL-202", Origin("[mail]"), name=name, variable=variable)


def ledger_of(settings: MailSettings) -> Path:
    """Where the ledger is kept.

    Raises:
        InputError: Nothing says where.
    """
    if settings.ledger is None:
        raise InputError([missing("ledger")])
    return settings.ledger


def _domains(value: object) -> tuple[str, ...]:
    return tuple(domain.removeprefix("@").casefold() for domain in listed(value))


def _of_wrong_type(known: Mapping[str, object]) -> list[Problem]:
    """Texts and domains of the file that are neither: a list read as none would let mail go anywhere."""
    problems = [
        _wrong(key, known[key], "a line of text")
        for key in _TEXTS
        # A campaign may be called 2026.
        if not isinstance(known.get(key, ""), str | int) or isinstance(known.get(key), bool)
    ]
    domains = known.get("domains", "")
    given = domains if isinstance(domains, list) else [domains]
    if not all(isinstance(one, str) for one in given):
        problems.append(_wrong("domains", domains, '["example.org", "*.gov.cn"]'))
    return problems


def _named(known: Mapping[str, object]) -> list[str]:
    """The names of the table that are not secrets, which have a problem of their own."""
    return [key for key in known if key.lower() not in _SECRETS]


def _secrets(known: Mapping[str, object]) -> list[Problem]:
    """A password in the file; what it is never goes into a message."""
    origin = Origin(SETTINGS_FILE, "[mail]")
    return [
        problem("DL-201", origin, found=key, variable=PASSWORD)
        for key in known
        if key.lower() in _SECRETS
    ]


def _number(value: object, key: str) -> float | None:
    """A number within its limits, the default where none is given; None for anything else."""
    default, least, greatest, kind = _NUMBERS[key]
    if value is None or value == "":
        return default
    try:
        number = float(str(value))
    except ValueError:
        return None
    is_whole = kind is float or number.is_integer()
    return number if is_whole and least <= number <= greatest else None


def _wrong(key: str, found: object, expected: str) -> Problem:
    return problem("RN-104", Origin(SETTINGS_FILE, f"[mail] {key}"), found=found, expected=expected)
