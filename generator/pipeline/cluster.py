"""Regions on several machines: the same tasks, on the workers of a Dask cluster.

Workers write to the same folder as the command, under the same path. What every region is built
with goes to the scheduler once, and from there to each worker once; a task carries its region
alone. A worker builds one region at a time. When one is lost, the scheduler gives what it had to
another; the same region built twice has the same bytes.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, wait
from typing import TYPE_CHECKING, NamedTuple, Self

from generator.codes import Code
from generator.pipeline.crew import AHEAD, NEW_OBJECTS, Bench, Crew, lost
from generator.pipeline.grounds import Grounds, code_version
from generator.problems import InputError, Origin, Problem, problem
from generator.shipped import data_root

if TYPE_CHECKING:
    from distributed import Client

    from generator.model import Outcome
    from generator.pipeline.region import Task

_ANSWER_S = 10
"""How long a scheduler may take to answer."""
_WORKERS_S = 30
"""How long to wait for a worker where there is none: one may be starting anew."""
_LOOK_S = 2
"""How often to look how many workers there are."""
_GRACE_S = 60
"""How long regions under way may take to end when a run is stopped."""


class _Sent(NamedTuple):
    """What a worker needs before its first region."""

    code: str
    """Hash of the program and what runs it; the bench can be read by the same program only."""
    bench: bytes
    seen: dict[str, str]
    """Hashes of what the worker reads for itself, as the command reads it."""


class Cluster(Crew):
    """The workers of a Dask scheduler.

    Args:
        bench: What every region is built with; its settings name the scheduler.

    Raises:
        InputError: The library is not installed, the scheduler does not answer, no worker is
            there, or one cannot build the same documents.
    """

    def __init__(self, bench: Bench) -> None:
        self._address = bench.settings.scheduler
        self._bench = bench
        self._most, self._looked_at = AHEAD, 0.0
        self._seen_at = 0.0
        """When there was a worker."""
        self._client = self._connected()
        self._executor = self._client.get_executor(pure=False)

    def __enter__(self) -> Self:
        try:
            seen = Grounds(self._bench.settings).seen()
            bench = pickle.dumps(self._bench, pickle.HIGHEST_PROTOCOL)
            sent = pickle.dumps(_Sent(code_version(), bench, seen), pickle.HIGHEST_PROTOCOL)
            with self._reached():
                self._look_over(sent)
                # A task, no mere value: where all that hold it are lost, it is there again.
                self._sent = self._client.submit(_same, sent, pure=False)
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with contextlib.suppress(Exception):  # what has gone needs no farewell
            if kind is not None:
                self._stop()
        with contextlib.suppress(Exception):
            self._client.close()

    @property
    def most(self) -> int:
        """Regions under way or waiting: as many workers as there are now."""
        if time.monotonic() - self._looked_at > _LOOK_S:
            self._look()
        return self._most

    def begun(self, task: Task) -> Future[Outcome]:
        """Hand a region to the scheduler."""
        packed = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        with self._reached():
            future: Future[Outcome] = self._executor.submit(_build, packed, self._sent)
        return future

    def ended(self, task: Task, future: Future[Outcome]) -> Outcome:
        """What came of a region, when it is there.

        Raises:
            InputError: The scheduler or all workers are gone, or a new one is not like the others.
        """
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - the library is an extra

        while not wait([future], _LOOK_S).done:
            self._look()
        try:
            return future.result()
        except KilledWorker:
            return lost(task)
        except CancelledError as fault:
            raise self._unreached(fault) from fault
        except ImportError as fault:
            raise _unlike(Code.WORKER_OF_ANOTHER_VERSION, self._address) from fault

    def _connected(self) -> Client:
        try:
            import dask  # noqa: PLC0415 - the library is an extra

            # What is to be said of the scheduler is said as a problem.
            dask.config.set(
                {"logging": {"distributed": "critical", "distributed.client": "critical"}}
            )
            from distributed import Client  # noqa: PLC0415 - likewise
            from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415 - likewise
        except ImportError as fault:
            missing = problem(Code.CLUSTER_LIBRARY_MISSING, Origin("--scheduler"))
            raise InputError([missing]) from fault
        with self._reached(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are looked at below
            get_address_host_port(self._address)  # a client that cannot read it speaks as it goes
            return Client(self._address, timeout=_ANSWER_S, set_as_default=False)

    @contextlib.contextmanager
    def _reached(self) -> Iterator[None]:
        """Say in one line that the scheduler does not answer."""
        try:
            yield
        except (OSError, TimeoutError, ValueError, RuntimeError, TypeError) as fault:
            raise self._unreached(fault) from fault

    def _unreached(self, fault: BaseException) -> InputError:
        detail = str(fault).partition("\n")[0] or type(fault).__name__
        return InputError([problem(Code.SCHEDULER_UNREACHED, Origin(self._address), detail=detail)])

    def _look(self) -> None:
        """See how many workers there are.

        Raises:
            InputError: There has been none for a while, or the scheduler is gone.
        """
        with self._reached():
            count = len(self._client.nthreads())
        self._looked_at = time.monotonic()
        if count or not self._seen_at:
            self._seen_at = self._looked_at
        if self._looked_at - self._seen_at > _WORKERS_S:
            raise InputError([problem(Code.NO_WORKERS, Origin(self._address))])
        self._most = AHEAD * max(count, 1)

    def _look_over(self, sent: bytes) -> None:
        """See that every worker can build what this process would.

        Raises:
            InputError: One cannot, or none comes.
        """
        while not self._client.nthreads():
            self._look()
            time.sleep(_LOOK_S / 10)
        found = self._client.run(_unfit, sent, on_error="return")
        unlike: list[Problem] = []
        for worker, fault in found.items():
            # One without this program, or of before it had clusters, cannot even be asked.
            code, path = (
                (Code.WORKER_OF_ANOTHER_VERSION, "") if isinstance(fault, Exception) else fault
            )
            unlike += _unlike(code, worker, path).problems if code else ()
        if unlike:
            raise InputError(unlike)

    def _stop(self) -> None:
        """Take back what has not begun, and wait for what has: it writes files."""
        self._executor.shutdown(wait=False)
        until, quiet = time.monotonic() + _GRACE_S, 0
        while quiet < 2 and time.monotonic() < until:  # one may just have begun
            quiet = 0 if any(self._client.run(_is_busy).values()) else quiet + 1
            time.sleep(_LOOK_S / 10)


def _unlike(code: str, worker: str, path: str = "") -> InputError:
    return InputError([problem(code, Origin(worker), path=path)])


_benches: dict[bytes, Bench] = {}
"""That of the run whose regions are built."""
_alone = threading.Lock()


def _same(sent: bytes) -> bytes:
    return sent


def _is_busy() -> bool:
    """Whether a region is being built in this process."""
    return _alone.locked()


def _unfit(sent: bytes) -> tuple[str, str]:
    """Why this process cannot build what the command would, as a code and a path; empty if it can."""
    code, packed, seen = pickle.loads(sent)  # noqa: S301 - by way of a scheduler that runs what it is given
    if code != code_version():
        return Code.WORKER_OF_ANOTHER_VERSION, ""
    bench: Bench = pickle.loads(packed)  # noqa: S301 - likewise
    settings = bench.settings
    folders = (settings.templates, settings.previous)
    for missing in (one for one in folders if one and not one.is_dir()):
        return Code.WORKER_SEES_OTHER_FILES, str(missing)
    if not (settings.out / bench.run).is_file():
        return Code.WORKER_SEES_OTHER_FILES, str(settings.out)
    if Grounds(settings).seen() != seen:
        return Code.WORKER_SEES_OTHER_FILES, str(settings.templates or data_root() / "templates")
    return "", ""


def _build(task: bytes, sent: bytes) -> Outcome:
    """One region; a worker with several threads builds them one after the other."""
    with _alone:
        if sent not in _benches:
            from distributed import get_worker  # noqa: PLC0415 - nobody else needs it

            code, path = _unfit(sent)
            if code:
                raise _unlike(code, get_worker().address, path)
            gc.set_threshold(NEW_OBJECTS)
            _benches.clear()
            _benches[sent] = pickle.loads(pickle.loads(sent).bench)  # noqa: S301 - as above
        return _benches[sent].build(pickle.loads(task))  # noqa: S301 - as above
