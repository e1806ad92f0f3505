"""A thousand messages through a server that fails everywhere, from a sender that is often killed."""

import random
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MANY = 1000
ROWS = tuple(
    (f"Reader {number}", f"读者{number}", f"r{number:04}@example.org", "en", "leadership-brief")
    for number in range(MANY)
)
COMMON = ("refuse-4xx", "refuse-5xx", "421", "delay", "close", "reset", "hang")
BAGS = {
    "CONNECT": COMMON,
    "EHLO": COMMON,
    "STARTTLS": (*COMMON, "close-in-handshake", "hang-in-handshake"),
    "AUTH": COMMON,
    "MAIL": COMMON,
    "RCPT": COMMON,
    "DATA": (*COMMON, "close-in-body"),
    "AFTER_DATA": (*COMMON, "accepted-close", "accepted-reset", "accepted-hang"),
}
# Four times as much until each kind has occurred; each start over costs the sender two seconds.
RATES = {
    "CONNECT": 0.08, "EHLO": 0.05, "STARTTLS": 0.1, "AUTH": 0.1,
    "MAIL": 0.01, "RCPT": 0.015, "DATA": 0.015, "AFTER_DATA": 0.015,
}  # fmt: skip
KILLS, RESTARTS = 12, 200


def send_until_settled(desk, chance):
    """Start the sender again and again, killing it at random; returns kills and exit codes."""
    kills, codes = 0, []
    for _ in range(RESTARTS):
        process = desk.start("--smtp", "--campaign", "spring", "--yes")
        # Some die while they read their settings, some with a message half sent.
        is_early = chance.random() < 0.25
        moment = chance.uniform(0, 1) if is_early else 1 + chance.expovariate(1 / 2)
        try:
            process.wait(moment if kills < KILLS else 600)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
            continue
        codes.append(process.returncode)
        assert process.returncode in {0, 2, 3}, desk.finished(process).stderr
        if process.returncode != 3 and "planned" not in set(desk.states().values()):
            return kills, codes
    raise AssertionError(f"still planned after {RESTARTS} starts: {codes}")


@pytest.fixture
def ledger(desk):
    """A ledger in memory where there is one: a kill is no power cut, and need not wait for disks."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        desk.elsewhere.append(Path(folder))
        yield Path(folder, "ledger.sqlite")
        assert desk.leaks() == set()


@pytest.mark.exhaustive("takes minutes")
def test_nothing_is_sent_twice_and_nothing_is_lost(ready, ledger, count):
    desk, office = ready(
        ROWS,
        options=("--document", "leadership-brief", "--lang", "en"),
        settings={"timeout_s": 0.25, "attempts": 5, "ledger": str(ledger)},
        plan={"rates": RATES, "bags": BAGS, "seed": 20},
        delay_s=0.05,
        keep=False,
    )
    started = time.monotonic()
    kills, codes = send_until_settled(desk, random.Random(7))  # noqa: S311 - repeatable moments
    took = time.monotonic() - started

    faults = count((event["stage"], event["kind"]) for event in office.events("fault"))
    states = desk.states()
    summary = (
        f"{took:.0f} s, {kills} kills, exits {dict(count(codes))}, {dict(count(states.values()))}, "
        f"{len(office.accepted)} accepted, faults {dict(faults)}"
    )
    print(summary)
    missing = {(stage, kind) for stage, kinds in BAGS.items() for kind in kinds} - set(faults)
    assert missing == set(), summary
    assert kills == KILLS, summary

    arrived = count(office.addresses)
    assert set(states) == {row[2] for row in ROWS}, summary
    assert set(states.values()) == {"sent", "failed", "unknown"}, summary
    assert {address for address, times in arrived.items() if times > 1} == set(), summary
    by_id = count(message["message_id"] for message in office.accepted)
    assert set(by_id.values()) == {1}, summary
    sent, failed, unknown = (
        {address for address, state in states.items() if state == wanted}
        for wanted in ("sent", "failed", "unknown")
    )
    assert sent - set(arrived) == set(), f"listed as sent and never accepted; {summary}"
    assert failed & set(arrived) == set(), f"listed as failed and accepted; {summary}"
    assert set(arrived) <= sent | unknown, summary

    # What nobody knows is sent again when a person asks for it, under the same Message-ID.
    lost, doubtful = unknown - set(arrived), unknown & set(arrived)
    assert lost, "the run left no lost message to send again"
    assert doubtful, "the run left no message whose answer was lost"
    office.plan()
    done = desk.send("--resend-unknown")
    assert done.returncode == 2, "the failed ones still need a person"
    again = count(office.addresses)
    assert {address for address in again if again[address] == 2} == doubtful, summary
    assert {address for address in again if again[address] > 2} == set(), summary
    assert set(again) == sent | unknown, summary
    owners = {}
    for message in office.accepted:
        owners.setdefault(message["recipients"][0], set()).add(message["message_id"])
    assert {len(ids) for ids in owners.values()} == {1}, "a repeat has the same Message-ID"
    states = desk.states()
    assert {address for address, state in states.items() if state == "sent"} == sent | unknown
    print(f"{len(lost)} lost and {len(doubtful)} doubtful messages were sent again")
