"""How mail goes out: the table `[mail]` of the settings file, with environment and flags over it.

No password stands here: it is read from the environment or the system's key store at the moment it
is needed, so that nothing that prints settings can print it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from generator.codes import Code
from generator.problems import InputError, Origin, Problem, problem
from generator.settings.declared import MAIL_SETTINGS
from generator.settings.given import SETTINGS_FILE, file_values, listed, read_settings, unknown_keys
from generator.shipped import texts

Security = Literal["starttls", "tls"]
PASSWORD = "BRIEFS_MAIL_PASSWORD"  # noqa: S105 - the name of the variable, not what it holds
LEDGER = "briefs-ledger.sqlite"
_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465}
"""The usual port of each way to encrypt; there is none without."""


class MailSettings(Struct, frozen=True):
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
    table = file_values().get("mail", {})
    known = table if isinstance(table, dict) else {}
    names = [one.key for one in MAIL_SETTINGS]
    problems = [*_secrets(known), *unknown_keys(_named(known), names, "[mail]")]
    if not isinstance(table, dict):
        problems.append(
            problem(Code.VALUE_UNKNOWN, Origin(SETTINGS_FILE), found="mail", expected="[mail]")
        )
    values, wrong = read_settings(MAIL_SETTINGS, flags, environment, known)
    if problems or wrong:
        raise InputError([*problems, *wrong])
    security: Security = values["security"]
    ledger = values["ledger"] or (LEDGER if Path(SETTINGS_FILE).is_file() else "")
    return MailSettings(
        host=values["host"],
        port=values["port"] or _PORTS[security],
        security=security,
        user=values["user"],
        sender=values["from"],
        reply_to=values["reply_to"],
        domains=_domains(values["domains"]),
        allowed=_domains(listed(flags.get("allow"))),
        limit_bytes=int(values["limit_mb"] * 1_000_000),
        per_minute=values["per_minute"],
        timeout_s=values["timeout_s"],
        attempts=values["attempts"],
        backoff_s=values["backoff_s"],
        ca_file=values["ca_file"],
        ledger=Path(ledger).absolute() if ledger else None,
        campaign=unicodedata.normalize("NFKC", values["campaign"]).casefold(),
    )


def missing(name: str) -> Problem:
    """A setting without which nothing can be done, and both places where it can stand."""
    variable = f"BRIEFS_MAIL_{name.upper()}"
    return problem(Code.SETTING_MISSING, Origin("[mail]"), name=name, variable=variable)


def ledger_of(settings: MailSettings) -> Path:
    """Where the ledger is kept.

    Raises:
        InputError: Nothing says where.
    """
    if settings.ledger is None:
        raise InputError([missing("ledger")])
    return settings.ledger


def _domains(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(domain.removeprefix("@").casefold() for domain in names)


def _named(known: Mapping[str, object]) -> list[str]:
    """The names of the table that are not secrets, which have a problem of their own."""
    return [key for key in known if key.lower() not in _secret_words()]


def _secret_words() -> frozenset[str]:
    """What people call a password, in every language."""
    said = texts()["mail.secret_names"].values()
    return frozenset(word.strip() for words in said for word in words.split(";"))


def _secrets(known: Mapping[str, object]) -> list[Problem]:
    """A password in the file; what it is never goes into a message."""
    origin = Origin(SETTINGS_FILE, "[mail]")
    return [
        problem(Code.PASSWORD_IN_FILE, origin, found=key, variable=PASSWORD)
        for key in known
        if key.lower() in _secret_words()
    ]
