"""The password, from the environment or the system's key store, and kept out of every message."""

from __future__ import annotations

import base64
import os

from generator.codes import Code
from generator.problems import InputError, Origin, problem
from generator.settings.mail import PASSWORD, MailSettings


class Secret:
    """A password that does not print itself.

    Args:
        user: The name it belongs to.
        value: The password.
    """

    __slots__ = ("_forms", "value")

    def __init__(self, user: str, value: str) -> None:
        self.value = value
        plain = value.encode()
        coded = (plain, b"\0" + user.encode() + b"\0" + plain)
        self._forms = [value, *(base64.b64encode(one).decode() for one in coded)] if value else []

    def __repr__(self) -> str:
        return "Secret(…)"

    def hidden_in(self, text: str) -> str:
        """The text without the password in any form that a server has seen."""
        for form in self._forms:
            text = text.replace(form, "…")
        return text


def find_secret(settings: MailSettings) -> Secret:
    """The password for the user of the settings; empty where there is no user.

    Raises:
        InputError: There is a user and no password, or one of them cannot be sent.
    """
    if not settings.user:
        return Secret("", "")
    service = f"briefs:{settings.host}"
    value = os.environ.get(PASSWORD, "") or _stored(service, settings.user)
    origin = Origin(f"[mail] {settings.user}")
    if not value:
        raise InputError(
            [
                problem(
                    Code.NO_PASSWORD, origin, variable=PASSWORD, service=service, user=settings.user
                )
            ]
        )
    if not all(one.isascii() and one.isprintable() for one in (settings.user, value)):
        raise InputError([problem(Code.PASSWORD_CHARACTERS, origin)])
    return Secret(settings.user, value)


def _stored(service: str, user: str) -> str:
    """The password in the key store; empty where there is none, or no key store."""
    import keyring  # noqa: PLC0415 - only wanted when something is sent

    try:
        return keyring.get_password(service, user) or ""
    except Exception:  # noqa: BLE001 - every key store has errors of its own
        return ""
