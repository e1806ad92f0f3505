"""Mail servers that write down what they accept and fail as they are told; run as a child.

Each line on stdin is an order as JSON: `open` with a configuration, `plan` with the `port` of a
server and its new faults, `close` with a port; the answer to each is a line on stdout, the first
with the port. The end of stdin ends all servers, whatever hangs in them. Every accepted message is
in the journal before the server says so.
"""

# ruff: noqa: N802 - the server's library finds its methods by the commands of mail

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import socket
import ssl
import struct
import sys
import time
import warnings
from base64 import b64decode
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

ANSWERS = {
    "refuse-4xx": "451 4.3.0 try again later",
    "refuse-5xx": "554 5.7.1 not here",
    "421": "421 4.3.2 closing for maintenance",
}


class Plan:
    """Which visit to a stage goes wrong: a script first, then chance.

    `script` lists faults of one `stage` each, with `kind`, and optionally `match` (part of the
    command's argument), `times` and `text`. `rates` gives the share of visits that fail by stage;
    their kinds come out of a shuffled bag, so that each occurs before any occurs again, and until
    each has occurred once they come four times as often.
    """

    def __init__(self, script=(), rates=None, bags=None, seed=0):
        self.script = [{"times": 1_000_000, "match": "", **fault} for fault in script]
        self.rates, self.bags = rates or {}, bags or {}
        self.left, self.fresh = {}, set(self.bags)
        self.chance = random.Random(seed)  # noqa: S311 - faults that can be repeated, no secret

    def strike(self, stage, argument):
        for fault in self.script:
            if fault["stage"] == stage and fault["times"] and fault["match"] in argument:
                fault["times"] -= 1
                return fault
        rate = self.rates.get(stage, 0) * (4 if stage in self.fresh else 1)
        if self.chance.random() >= rate:
            return None
        if not self.left.get(stage):
            self.left[stage] = list(self.bags[stage])
            self.chance.shuffle(self.left[stage])
        kind = self.left[stage].pop()
        if not self.left[stage]:
            self.fresh.discard(stage)
        return {"stage": stage, "kind": kind}


class Post:
    """What all connections share: configuration, plan and journal."""

    def __init__(self, configuration):
        self.options = configuration
        self.plan = Plan(**configuration.get("plan", {}))
        self.journal = Path(configuration["journal"])
        self.accepted, self.connections = 0, []

    def note(self, event, **more):
        line = json.dumps({"event": event, "at": time.time(), **more}, ensure_ascii=False)
        with self.journal.open("ab") as journal:
            journal.write(line.encode() + b"\n")

    def keep(self, envelope):
        """Write an accepted message down, whole and as what a recipient would see of it."""
        self.accepted += 1
        file = Path(self.options["kept"], f"{self.accepted:05}.eml")
        if self.options.get("keep", True):
            file.write_bytes(envelope.original_content)
        message = message_from_bytes(envelope.original_content, policy=default)
        attachments = [
            {
                "name": part.get_filename(),
                "sha256": hashlib.sha256(part.get_payload(decode=True)).hexdigest(),
            }
            for part in message.iter_attachments()
        ]
        self.note(
            "accepted",
            mail_from=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            utf8=bool(envelope.smtp_utf8),
            message_id=message["Message-ID"],
            headers=[[name, str(value)] for name, value in message.items()],
            attachments=attachments,
            size=len(envelope.original_content),
            file=str(file),
        )


class Server(SMTP):
    """One connection; each stage asks the plan before it does its work."""

    def __init__(self, post, **options):
        super().__init__(self, **options)
        self.post = post
        post.connections.append(self)

    async def _handle_client(self):
        if not await self._struck("CONNECT"):
            await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        if not await self._struck("EHLO", hostname):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg):
        if not await self._struck("STARTTLS", arg):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg):
        self.post.note("login", encrypted=self.session.ssl is not None or self._implicit())
        if not await self._struck("AUTH", arg, shown=""):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self._struck("MAIL", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self._struck("RCPT", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self._struck("DATA", " ".join(self.envelope.rcpt_tos)):
            await super().smtp_DATA(arg)

    async def handle_DATA(self, _server, _session, envelope):
        recipients = " ".join(envelope.rcpt_tos)
        fault = self._fault("AFTER_DATA", recipients, recipients)
        kind = fault["kind"] if fault else ""
        if kind.startswith("accepted-"):
            self.post.keep(envelope)
            await self._suffer({**fault, "kind": kind.removeprefix("accepted-")})
        elif kind == "delay":
            await self._suffer(fault)
        elif fault:
            # The answer of this hook is what the server says; the other kinds never come back.
            return fault.get("text") or ANSWERS.get(kind) or await self._suffer(fault)
        self.post.keep(envelope)
        return "250 2.0.0 kept"

    async def handle_exception(self, error):
        self.post.note("error", error=repr(error))
        return "451 4.3.0 the test server failed"

    async def push(self, status):
        await super().push(status)
        if str(status).startswith("421"):
            await self._gone(self.transport.close)

    def _implicit(self):
        return self.transport.get_extra_info("ssl_object") is not None

    def _fault(self, stage, argument, shown):
        fault = self.post.plan.strike(stage, argument)
        self.post.note("stage", stage=stage, argument=shown)
        if fault:
            self.post.note("fault", stage=stage, kind=fault["kind"])
        return fault

    async def _struck(self, stage, argument="", *, shown=None):
        """Whether a fault has taken the place of the stage's work."""
        fault = self._fault(stage, argument or "", argument if shown is None else shown)
        if not fault:
            return False
        if fault["kind"] == "echo":
            text = f"535 5.7.8 cannot take AUTH {argument} ({b64decode(argument.split()[-1])!r})"
            fault = {**fault, "text": text.replace("\\x00", " ")}
        taken = await self._suffer(fault)
        if taken and stage == "CONNECT":
            await self._gone(self.transport.close)
        return taken

    async def _suffer(self, fault):
        kind = fault["kind"]
        if said := fault.get("text") or ANSWERS.get(kind):
            await self.push(said)
        elif kind == "delay":
            await asyncio.sleep(self.post.options.get("delay_s", 0.1))
            return False
        elif kind == "drip":
            await self._drip()
        else:
            await self._break_off(kind)
        return True

    async def _break_off(self, kind):
        """End or freeze the connection; does not return, as losing it cancels this task."""
        manner, _, moment = kind.partition("-in-")
        if moment == "handshake":
            await self.push("220 2.0.0 go ahead")
        elif moment == "body":
            await self.push("354 go ahead")
            await self._reader.readuntil(b"\r\n")
        if manner == "reset":
            raw = self.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        ends = {"close": self.transport.close, "reset": self.transport.abort, "hang": bool}
        await self._gone(ends[manner])

    async def _gone(self, end):
        end()
        await asyncio.Event().wait()

    async def _drip(self):
        while True:
            for byte in b"250-this line is long and slow and there are many more like it\r\n":
                self._writer.write(bytes([byte]))
                await self._writer.drain()
                await asyncio.sleep(self.post.options.get("drip_s", 1.0))


async def opened(post):
    """Start a server; the answer is what listens for its clients."""
    options = post.options
    security = options.get("security", "starttls")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options["certificate"])

    def login(_server, _session, _envelope, _mechanism, given):
        pair = (given.login.decode(), given.password.decode())
        return AuthResult(success=pair == (options["user"], options["password"]), handled=False)

    def connected():
        with warnings.catch_warnings():
            # Only a server whose connection is encrypted from its start, or the bait without
            # encryption, takes a password outside STARTTLS; both are meant.
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
            return Server(
                post,
                data_size_limit=options.get("size", 30_000_000),
                enable_SMTPUTF8=options.get("smtputf8", True),
                hostname="mail.example.org",
                tls_context=context if security == "starttls" else None,
                require_starttls=security == "starttls",
                auth_required=True,
                auth_require_tls=security == "starttls",
                authenticator=login,
                loop=asyncio.get_running_loop(),
            )

    return await asyncio.get_running_loop().create_server(
        connected, "127.0.0.1", 0, ssl=context if security == "tls" else None
    )


async def serve(lines, say):
    loop, servers = asyncio.get_running_loop(), {}
    while line := await loop.run_in_executor(None, lines.readline):
        asked = json.loads(line)
        if "open" in asked:
            post = Post(asked["open"])
            server = await opened(post)
            port = server.sockets[0].getsockname()[1]
            servers[port] = post, server
            say({"port": port})
        elif "plan" in asked:
            servers[asked["port"]][0].plan = Plan(**asked["plan"])
            say({"plan": "taken"})
        else:
            post, server = servers.pop(asked["close"])
            server.close()
            for connection in post.connections:
                if connection.transport:
                    connection.transport.abort()
            say({"closed": asked["close"]})


def main():
    def say(answer):
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    asyncio.run(serve(sys.stdin, say))


if __name__ == "__main__":
    try:
        main()
    finally:
        # Connections that hang are not waited for; what was accepted is already in the journal.
        os._exit(0)
