"""A post office that fails on request, and a desk whose sender must never tell the password."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.parse
from base64 import b64encode
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

AS_OF = "2026-11-28"
USER, PASSWORD = "briefs-desk", "Kranich-7&Orange/Tor+9"
CAMPAIGN = "spring"
LONG_S = 300
"""After so many seconds a process is taken to hang; nothing that is asserted depends on it."""
ROWS = (
    ("Anna Lindqvist", "安娜", "anna@example.org", "en", "leadership-brief"),
    ("Office of Planning", "规划处", "office@example.org", "en",
     "leadership-brief;planning-brief;annex"),
    ("Mayor Wang", "王市长", "wang@example.org", "zh-CN", "leadership-brief;planning-brief"),
)  # fmt: skip


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """Files by what is right or wrong with them; `ca` is the one authority the sender trusts."""
    folder = tmp_path_factory.mktemp("certificates")
    ours, foreign = trustme.CA(), trustme.CA()
    yesterday = datetime.now(UTC) - timedelta(days=1)
    ours.cert_pem.write_to_path(folder / "ca.pem")
    issued = {
        "right": ours.issue_cert("localhost"),
        "wrong-host": ours.issue_cert("mail.example.net"),
        "foreign": foreign.issue_cert("localhost"),
        "expired": ours.issue_cert(
            "localhost", not_before=yesterday - timedelta(days=30), not_after=yesterday
        ),
    }
    for name, certificate in issued.items():
        certificate.private_key_and_cert_chain_pem.write_to_path(folder / f"{name}.pem")
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture(scope="session")
def post_house(tmp_path_factory):
    """`post_house(order) -> answer` of the child that runs all mail servers."""
    with (tmp_path_factory.mktemp("house") / "stderr").open("wb") as errors:
        child = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("mailserver.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8",
        )  # fmt: skip

    def ask(order):
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
        return json.loads(child.stdout.readline())

    yield ask
    child.stdin.close()
    child.wait(timeout=60)
    child.stdout.close()


class Office:
    """A running mail server and its journal."""

    def __init__(self, folder, certificates, ask, *, certificate="right", **options):
        folder.mkdir(parents=True)
        self.journal, self.ca_file = folder / "journal", certificates["ca"]
        self.journal.touch()
        options |= {
            "journal": str(self.journal), "kept": str(folder), "user": USER,
            "certificate": str(certificates[certificate]),
        }  # fmt: skip
        options.setdefault("password", PASSWORD)
        self._ask = ask
        self.port = ask({"open": options})["port"]

    def plan(self, *script, **chances):
        """Put another plan of faults in the place of the present one; none: no faults."""
        self._ask({"port": self.port, "plan": {"script": script, **chances}})

    def events(self, kind):
        """What the journal holds of one kind, in order."""
        lines = self.journal.read_bytes().decode().splitlines()
        return [event for line in lines if (event := json.loads(line))["event"] == kind]

    @property
    def accepted(self):
        """Messages that the server took on, in order."""
        return self.events("accepted")

    @property
    def addresses(self):
        """Whom accepted messages went to, in order."""
        return [address for message in self.accepted for address in message["recipients"]]

    def stages(self, name):
        """How often clients came to a stage."""
        return sum(event["stage"] == name for event in self.events("stage"))

    def close(self):
        self._ask({"close": self.port})


@pytest.fixture
def post_office(certificates, post_house, tmp_path_factory):
    """`post_office(size=…, smtputf8=…, security=…, certificate=…, plan={…})`, closed at the end."""
    offices = []

    def opened(**options):
        folder = tmp_path_factory.mktemp("office") / "post"
        offices.append(Office(folder, certificates, post_house, **options))
        return offices[-1]

    yield opened
    for office in offices:
        office.close()


@pytest.fixture(scope="session")
def built(briefs, region_book, shared):
    """`built(rows, options=(…), handling=…)`: the folder that a build left, made once for each.

    Without other options it holds the documents that somebody in the rows asks for.
    """

    def build(rows=ROWS, *, options=(), **region):
        region = {"handling": "public", **region}
        if "--document" not in options:
            asked = sorted({name for row in rows for name in row[4].split(";")})
            options = (*options, *(part for name in asked for part in ("--document", name)))

        def make(folder):
            names = ("name_en", "name_zh", "email", "language", "documents")
            book = region_book(
                language="en", **region,
                recipients=[dict(zip(names, row, strict=True)) for row in rows],
            )  # fmt: skip
            done = briefs(
                "build", book, "--as-of", AS_OF, "--draws", 100, "--out", folder, *options
            )
            assert done.returncode == 0, done.stderr

        key = repr((tuple(rows), options, sorted(region.items())))
        return shared(f"built-{hashlib.sha256(key.encode()).hexdigest()}", make)

    return build


class Desk:
    """A working folder with built documents, settings and a ledger, and every run in it."""

    def __init__(self, folder, spool, briefs):
        self.folder, self.spool, self.out, self.briefs = folder, spool, folder / "out", briefs
        self.password, self.command_lines, self.running, self.runs = PASSWORD, [], [], 0
        self.elsewhere = []

    def configure(self, office, **changes):
        """Write briefs.toml for a server; None leaves a setting out."""
        mail = {
            "host": "localhost", "port": office.port, "user": USER, "from": "briefs@example.org",
            "ca_file": str(office.ca_file), "domains": ["example.org"], "per_minute": 0,
            "timeout_s": 10, "attempts": 3, "backoff_s": 0.02, **changes,
        }  # fmt: skip
        lines = [
            f"{key} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in mail.items()
            if value is not None
        ]
        text = "\n".join(["[mail]", *lines, ""])
        (self.folder / "briefs.toml").write_text(text, encoding="utf-8")

    def start(self, *arguments, stdin=subprocess.DEVNULL, **environment):
        """Start the sender; its output goes to files, for the search after the test."""
        inherited = {key: value for key, value in os.environ.items() if key[:7] != "BRIEFS_"}
        given = inherited | {"BRIEFS_MAIL_PASSWORD": self.password, **environment}
        number = len(self.running)
        with (
            (self.spool / f"{number}.out").open("wb") as out,
            (self.spool / f"{number}.err").open("wb") as errors,
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", "generator.cli", "send", self.out, *arguments],
                cwd=self.folder, stdin=stdin, stdout=out, stderr=errors,
                env={key: value for key, value in given.items() if value is not None},
                # A shell in the background has its children ignore interrupts.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
            )  # fmt: skip
        self.running.append(process)
        line = Path("/proc", str(process.pid), "cmdline")
        if line.exists():
            self.command_lines.append(line.read_bytes())
        return process

    def finished(self, process):
        """What a started sender said and its exit code."""
        process.wait(LONG_S)
        number = self.running.index(process)
        said = [(self.spool / f"{number}.{end}").read_text("utf-8") for end in ("out", "err")]
        return subprocess.CompletedProcess("briefs send", process.returncode, *said)

    def run(self, *arguments):
        """Run the sender in this process; what it said and its exit code."""
        done = self.briefs(
            "send", self.out, *arguments, cwd=self.folder, BRIEFS_MAIL_PASSWORD=self.password
        )
        self.runs += 1
        (self.spool / f"run {self.runs}").write_text(done.stdout + done.stderr, "utf-8")
        return done

    def send(self, *arguments, **environment):
        """Run the sender over SMTP, unasked, in the campaign of the tests.

        Another environment needs a process of its own.
        """
        wanted = ("--smtp", "--campaign", CAMPAIGN, "--yes", *arguments)
        if environment:
            return self.finished(self.start(*wanted, **environment))
        return self.run(*wanted)

    def status(self):
        """What `--status` lists: state and detail by (address, region, document, language)."""
        done = self.run("--status", "--campaign", CAMPAIGN)
        assert done.returncode in {0, 2, 3}, done.stderr
        listed = {}
        for line in done.stdout.splitlines():
            state, address, region, document, language, _, _, detail, _ = line.split("\t")
            key = (address, region, document, language)
            assert key not in listed, "the same document is listed twice for one address"
            listed[key] = (state, detail)
        return listed

    def states(self):
        """The states of all documents of each address."""
        found = {}
        for (address, *_), (state, _) in self.status().items():
            found.setdefault(address, set()).add(state)
        return {address: "/".join(sorted(states)) for address, states in found.items()}

    def leaks(self):
        """Places that hold the password in any of the forms it travels or is printed in."""
        plain = self.password.encode()
        forms = {
            plain, repr(self.password).encode()[1:-1], urllib.parse.quote(self.password).encode(),
            json.dumps(self.password).encode()[1:-1],
            b64encode(plain).rstrip(b"="),
            b64encode(b"\0" + USER.encode() + b"\0" + plain).rstrip(b"="),
            b64encode(USER.encode() + b"\0" + plain).rstrip(b"="),
        }  # fmt: skip
        places = {"command line": b"\n".join(self.command_lines)}
        for root in (self.folder, self.spool, *self.elsewhere):
            for path in root.rglob("*"):
                if path.is_file():
                    places[str(path)] = path.read_bytes()
        return {place for place, held in places.items() if any(form in held for form in forms)}


@pytest.fixture
def desk(briefs, tmp_path):
    """An empty desk; after each test everything on it is searched for the password."""
    folder, spool = tmp_path / "desk", tmp_path / "spool"
    folder.mkdir()
    spool.mkdir()
    desk = Desk(folder, spool, briefs)
    yield desk
    for process in desk.running:
        if process.poll() is None:
            process.kill()
            process.wait()
    assert desk.running or desk.runs, "a test that never sent anything searched for nothing"
    assert desk.leaks() == set()


@pytest.fixture
def ready(desk, built, post_office):
    """`ready(rows, region={…}, settings={…}, **server) -> (desk, office)`: documents, settings, a server."""

    def prepare(rows=ROWS, *, region=None, settings=None, options=(), **server):
        shutil.copytree(built(rows, options=options, **(region or {})), desk.out)
        office = post_office(**server)
        desk.configure(office, **(settings or {}))
        return desk, office

    return prepare


@pytest.fixture
def count():
    """Counts of what a list holds."""
    return Counter
