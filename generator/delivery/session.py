"""A connection to the mail server: verified TLS, and for every message one of three ends.

A message is taken, refused for good (`Refused`), or not taken this time (`Deferred`). Only between
the last byte of a message and the server's answer can nobody know: then it is `Lost`.

Also here: whom a connection trusts: the system's authorities, or those of a file instead.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from generator.codes import Code
from generator.delivery.addresses import without_addresses
from generator.problems import InputError, Origin, Problem, problem

if TYPE_CHECKING:
    from generator.delivery.credentials import Secret
    from generator.model import Mailbox, State
    from generator.settings.mail import MailSettings


_CHUNK = 65_536
_PATIENCE = 10
"""How much longer than any other the answer to a whole message may take (RFC 5321, 4.5.3.2.6)."""
_GRACE = 2
"""A server that keeps talking without an end is cut off after so many times the wait."""
_LINE_START = re.compile(rb"(?m)^\.")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_LONGEST_REPLY = 200
_OURSELVES = "[127.0.0.1]"
"""What we call ourselves: a machine's own name may hold letters that the greeting cannot."""
_REFUSALS = {"MAIL": Code.SENDER_REFUSED, "AUTH": Code.PASSWORD_REFUSED}
_LONGEST_SIZE = 20
_GOOD = range(200, 300)
_CLOSING = 421
_TOO_LARGE = 552


class Fault(Exception):  # noqa: N818 - the word of the mail standards
    """What became of a message that was not taken.

    Args:
        found: The problem, without a place; whoever knows the workbook adds the cell.
        is_connection: Whether the connection is of no more use.
    """

    state: ClassVar[State]
    """Where it leaves the documents of the message."""

    def __init__(self, found: Problem, *, is_connection: bool = False) -> None:
        self.problem, self.is_connection = found, is_connection
        super().__init__(found)


class Deferred(Fault):
    """Not taken; it may be tried again."""

    state = "planned"


class Refused(Fault):
    """Refused for good; trying again would change nothing."""

    state = "failed"


class Lost(Fault):
    """The whole message was handed over and no answer came."""

    state = "unknown"


class Session:
    """One signed-in connection.

    Args:
        settings: Server, encryption and waits.
        secret: The password, empty for a server that asks for none.

    Raises:
        Deferred: The server cannot be reached or asks to come back later.
        InputError: The server must not or will not be used as the settings say.
    """

    def __init__(self, settings: MailSettings, secret: Secret) -> None:
        self._settings, self._secret = settings, secret
        context = trusted(settings.ca_file)
        wait = settings.timeout_s
        self._client = (
            smtplib.SMTP(timeout=wait, local_hostname=_OURSELVES)
            if settings.security == "starttls"
            else smtplib.SMTP_SSL(timeout=wait, local_hostname=_OURSELVES, context=context)
        )
        # The name that the certificate must bear; smtplib sets it only when it connects at once,
        # before anybody could cut the connection off.
        self._client._host = settings.host  # type: ignore[attr-defined]  # noqa: SLF001 - see above
        try:
            self._open(context)
        except BaseException:
            self.close()
            raise

    def _open(self, context: ssl.SSLContext) -> None:
        client, settings = self._client, self._settings
        with self._talking("CONNECT"):
            self._settle("CONNECT", *client.connect(settings.host, settings.port))
            if client.sock:
                # The dot after a message goes alone; held back for an acknowledgement of what went
                # before, it would cost each message 40 ms.
                client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._talking("EHLO"):
            self._settle("EHLO", *client.ehlo())
        if settings.security == "starttls":
            with self._talking("STARTTLS"):
                client.starttls(context=context)
            with self._talking("EHLO"):
                self._settle("EHLO", *client.ehlo())
        if self._secret.value:
            with self._talking("AUTH"):
                self._sign_in()

    def _sign_in(self) -> None:
        """With one mechanism only: each refusal may count against the account."""
        client = self._client
        client.user, client.password = self._settings.user, self._secret.value
        offered = client.esmtp_features.get("auth", "").upper().split()
        for mechanism, answer in (
            ("PLAIN", client.auth_plain),
            ("LOGIN", client.auth_login),
            ("CRAM-MD5", client.auth_cram_md5),
        ):
            if mechanism in offered:
                client.auth(mechanism, answer)
                return
        raise InputError([self._problem(Code.NO_SIGN_IN, "AUTH", "")])

    @property
    def size_limit(self) -> int:
        """The largest message that the server says it takes, in bytes; 0 for none said."""
        said = self._client.esmtp_features.get("size", "").strip()
        # Longer than any size is the number of a server gone wrong.
        return int(said) if said.isdecimal() and len(said) < _LONGEST_SIZE else 0

    @property
    def has_utf8(self) -> bool:
        """Whether the server carries addresses that are not ASCII."""
        return self._client.has_extn("smtputf8")

    def transmit(
        self, content: bytes, sender: Mailbox, recipient: Mailbox, before_last: Callable[[], None]
    ) -> None:
        """Hand over one message; returns when the server has taken it.

        Args:
            content: The message, lines ended by CR LF.
            sender: The envelope's sender.
            recipient: The envelope's only recipient.
            before_last: Called when all but the last byte is with the server: from here on only
                its answer tells whether it has the message.

        Raises:
            Fault: What became of the message if it was not taken.
            InputError: The server will take nothing from this sender.
        """
        client = self._client
        options = [f"SIZE={len(content)}"] if client.has_extn("size") else []
        if recipient.needs_utf8:
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            with self._talking("MAIL"):
                self._settle("MAIL", *client.mail(sender.spec, options))
            with self._talking("RCPT"):
                self._settle("RCPT", *client.rcpt(recipient.spec))
            with self._talking("DATA"):
                self._settle("DATA", *client.docmd("DATA"), good=range(354, 355))
            stuffed = _LINE_START.sub(b"..", content)
            with self._talking("DATA", 1 + len(stuffed) // _CHUNK):
                self._send(stuffed)
        except Fault as fault:
            self._start_over(fault)
            raise
        before_last()
        self._finish()

    def _send(self, stuffed: bytes) -> None:
        """Everything but the dot that ends a message: what breaks off here was never a message."""
        view = memoryview(stuffed)
        for start in range(0, len(view), _CHUNK):
            self._client.send(view[start : start + _CHUNK])

    def _finish(self) -> None:
        """The last byte, and the answer to the whole message."""
        client = self._client
        try:
            if client.sock:
                client.sock.settimeout(self._settings.timeout_s * _PATIENCE)
            with self._within(self._settings.timeout_s * _PATIENCE * _GRACE):
                client.send(b".\r\n")
                code, reply = client.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            raise Lost(
                self._problem(Code.ARRIVAL_UNKNOWN, "DATA", _said(fault)), is_connection=True
            ) from fault
        if client.sock:
            client.sock.settimeout(self._settings.timeout_s)
        if not 200 <= code < 600 or 300 <= code < 400:
            raise Lost(
                self._problem(Code.ARRIVAL_UNKNOWN, "DATA", self._shown(code, reply)),
                is_connection=True,
            )
        self._settle("END", code, reply)

    def _start_over(self, fault: Fault) -> None:
        """Make the connection fit for the next message, or say that it is not."""
        if fault.is_connection:
            return
        try:
            with self._talking("RSET"):
                self._client.rset()
        except (Fault, InputError):
            fault.is_connection = True

    def close(self) -> None:
        """Leave without waiting for an answer."""
        with suppress(OSError, smtplib.SMTPException):
            self._client.close()

    def leave(self) -> None:
        """Say goodbye; nothing depends on the answer."""
        with suppress(OSError, smtplib.SMTPException), self._within(self._settings.timeout_s):
            self._client.quit()
        self.close()

    def _settle(self, stage: str, code: int, reply: bytes, good: range = _GOOD) -> None:
        """Nothing for a good answer, the fault that it means for any other."""
        if fault := self._answered(stage, code, reply, good):
            raise fault

    def _answered(
        self, stage: str, code: int, reply: bytes, good: range = _GOOD
    ) -> Fault | InputError | None:
        """What an answer means for the message or the run; None for a good one."""
        if code in good:
            return None
        shown = self._shown(code, reply)
        if code == _CLOSING or not 400 <= code < 600:
            return Deferred(self._problem(Code.CONNECTION_FAILED, stage, shown), is_connection=True)
        if code < 500:
            is_connection = stage in {"CONNECT", "EHLO", "STARTTLS", "AUTH"}
            return Deferred(
                self._problem(Code.TRY_LATER, stage, shown), is_connection=is_connection
            )
        if stage == "RCPT":
            return Refused(self._problem(Code.RECIPIENT_REFUSED, stage, shown))
        if stage in {"DATA", "END"} or (stage == "MAIL" and code == _TOO_LARGE):
            return Refused(self._problem(Code.MESSAGE_REFUSED, stage, shown))
        return InputError(
            [self._problem(_REFUSALS.get(stage, Code.CONNECTION_REFUSED), stage, shown)]
        )

    @contextmanager
    def _talking(self, stage: str, waits: int = 1) -> Iterator[None]:
        """Turn what the library raises into what it means for the message or the run."""
        try:
            with self._within(self._settings.timeout_s * _GRACE * waits):
                yield
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            raise self._meant(stage, fault) from fault

    def _meant(self, stage: str, fault: Exception) -> Fault | InputError:
        """What something that the library raised means."""
        if isinstance(fault, smtplib.SMTPResponseException):
            # An answer to signing in may repeat what was sent.
            reply = b"" if stage == "AUTH" else _bytes(fault.smtp_error)
            return self._answered(stage, fault.smtp_code, reply) or self._broken(stage, fault)
        if isinstance(fault, ssl.SSLCertVerificationError):
            return InputError(
                [self._problem(Code.CERTIFICATE_UNTRUSTED, stage, fault.verify_message)]
            )
        if isinstance(fault, smtplib.SMTPNotSupportedError) and stage == "MAIL":
            return Refused(self._problem(Code.ADDRESS_BEYOND_ASCII, stage, ""))
        code = _unusable(stage, fault)
        return (
            InputError([self._problem(code, stage, _said(fault))])
            if code
            else self._broken(stage, fault)
        )

    def _broken(self, stage: str, fault: Exception) -> Deferred:
        return Deferred(
            self._problem(Code.CONNECTION_FAILED, stage, _said(fault)), is_connection=True
        )

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Cut the connection off if this takes longer: waits of their own end with every byte."""
        timer = threading.Timer(seconds, self._cut_off)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut_off(self) -> None:
        if connection := self._client.sock:
            with suppress(OSError):
                # Not the method of an encrypted socket, which would drop the encryption first.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def _problem(self, code: str, stage: str, detail: str) -> Problem:
        origin = Origin(f"{self._settings.host}:{self._settings.port}")
        return problem(code, origin, stage=stage, detail=detail)

    def _shown(self, code: int, reply: bytes) -> str:
        """What the server said, fit for a line: no controls, no address, no password."""
        text = self._secret.hidden_in(reply.decode("utf-8", "replace"))
        line = _CONTROLS.sub(" ", without_addresses(text))
        return f"{code} {line[:_LONGEST_REPLY]}".strip()


def _unusable(stage: str, fault: Exception) -> str:
    """The code for what a person must change; empty for what may pass."""
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return Code.NO_ENCRYPTION if stage == "STARTTLS" else Code.NO_SIGN_IN
    if isinstance(fault, UnicodeError):
        # Signing in has letters of its own that cannot be sent: those of the user's name.
        return Code.PASSWORD_REFUSED if stage == "AUTH" else Code.HOST_NAME_WRONG
    if isinstance(fault, ssl.SSLError):
        return Code.NOT_TLS_FROM_START if fault.reason == "WRONG_VERSION_NUMBER" else ""
    if isinstance(fault, ValueError):
        # A host name with impossible labels; while signing in, a challenge that is no base64.
        return Code.NO_SIGN_IN if stage == "AUTH" else Code.HOST_NAME_WRONG
    if isinstance(fault, socket.gaierror):
        return Code.HOST_NAME_WRONG if fault.errno == socket.EAI_NONAME else ""
    return ""


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _said(fault: Exception) -> str:
    """What went wrong with a connection, as the system says it."""
    return getattr(fault, "strerror", None) or str(fault)[:_LONGEST_REPLY] or type(fault).__name__


def trusted(ca_file: Path | None) -> ssl.SSLContext:
    """What checks a server's certificate and its name.

    Args:
        ca_file: Certificates to trust instead of the system's.

    Raises:
        InputError: The file holds none, or cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as fault:
        raise InputError(
            [problem(Code.NO_CERTIFICATES, Origin("[mail] ca_file"), found=ca_file)]
        ) from fault
