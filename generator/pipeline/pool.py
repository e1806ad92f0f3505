"""Regions on several processor cores: the same function of the same values, in other processes.

Processes are started afresh on every system. Each gets settings, knowledge and texts once, and
compiles the templates it meets once; what goes to and fro afterwards is one region at a time. They
end with the run that started them, however that ends: each listens at a pipe whose other end the
run alone holds.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from generator.pipeline.crew import AHEAD, NEW_OBJECTS, Bench, Crew, lost
from generator.pipeline.files import drafted, unwritable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from generator.model import Outcome
    from generator.pipeline.region import Task

T = TypeVar("T")
_LOSSES = 2
"""After how many lost processes those under way are tried one by one, to see which costs them."""
_OWN = 0o600
_GRACE_S = 10
"""How long a region that is stopped may take to put away what it began."""


def build_all(tasks: Iterable[Task], bench: Bench, jobs: int) -> Generator[Outcome, None, None]:
    """The outcomes of regions in their order, each as soon as it and those before it are done.

    Args:
        tasks: The regions; taken as they are needed.
        bench: What they are built with.
        jobs: How many processes of this machine.

    Raises:
        InputError: The cluster that the settings name cannot be used.
    """
    if bench.settings.scheduler:
        from generator.pipeline.cluster import Cluster  # noqa: PLC0415 - not before it is wanted

        with Cluster(bench) as cluster:
            yield from cluster.built(deque(), iter(tasks))
        return
    waiting: deque[Task] = deque()
    coming, losses = iter(tasks), 0
    while True:
        try:
            with _Pool(bench, jobs) as pool:
                yield from pool.built(waiting, coming)
        except BrokenProcessPool:
            # The system ended one, for want of memory perhaps; what was under way begins again.
            losses += 1
        else:
            return
        if losses == _LOSSES:
            losses = 0
            while waiting:
                yield _built_alone(waiting[0], bench)
                waiting.popleft()


def _built_alone(task: Task, bench: Bench) -> Outcome:
    """One region with all the memory there is; if even so its process is lost, that is said."""
    try:
        with _Pool(bench, 1) as pool:
            (outcome,) = pool.built(deque([task]), iter(()))
    except BrokenProcessPool:
        return lost(task)
    return outcome


def elsewhere(work: Callable[..., T], *arguments: object) -> T:
    """What a function gives, in a process of its own: the memory that it needs is gone with it.

    Args:
        work: Found by its name in a module.
        arguments: What it is called with.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, work, arguments), daemon=True)
    with _unasked():
        process.start()
    theirs.close()
    try:
        made: T = ours.recv()
    except EOFError:
        return work(*arguments)  # it was ended; here its fault can be seen
    finally:
        ours.close()
        process.join()
    return made


class _Pool(Crew):
    """Processes that end when this one does."""

    def __init__(self, bench: Bench, jobs: int) -> None:
        context = get_context("spawn")
        self._most = jobs * AHEAD
        self._ears, self._end = context.Pipe(duplex=False)
        # A process that is lost while it starts takes nothing more from the pipe through which it
        # is told what to do. What fits into a pipe is written all the same; knowledge does not.
        self._files = contextlib.ExitStack()
        self._bench = self._files.enter_context(_written(bench))
        self._executor = ProcessPoolExecutor(
            jobs, context, initializer=_begin, initargs=(self._bench, self._ears)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._end.close()  # at which they stop what they do
        with _unasked():
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._files.close()
        self._end.close()
        self._ears.close()

    @property
    def most(self) -> int:
        """Regions under way or waiting."""
        return self._most

    def begun(self, task: Task) -> Future[Outcome]:
        """Hand a region to a process."""
        with _unasked():
            return self._executor.submit(_build, task)


@contextlib.contextmanager
def _written(bench: Bench) -> Iterator[Path]:
    """A file that only this user may read, with what every process needs; gone with the pool."""
    content, folder = pickle.dumps(bench, pickle.HIGHEST_PROTOCOL), bench.settings.out
    try:
        with drafted(folder / "bench", content, _OWN) as path:
            yield path
    except OSError as fault:
        raise unwritable(folder, fault) from fault


@contextlib.contextmanager
def _unasked() -> Iterator[None]:
    """Hold Ctrl-C back while processes start: they would each say a traceback before they listen.

    It is held back, not lost: it comes when this ends. Where a system cannot, nothing is done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(end: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    end.send(work(*arguments))


_bench: list[Bench] = []
_is_idle = threading.Event()
_is_over = threading.Event()


def _begin(bench: Path, ears: Connection) -> None:
    """Get ready, once for a process."""
    with bench.open("rb") as file:
        _bench[:] = [pickle.load(file)]  # noqa: S301 - the run that started this process wrote it
    gc.set_threshold(NEW_OBJECTS)
    atexit.register(gc.freeze)
    _is_idle.set()
    signal.signal(signal.SIGINT, _stopped)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_listen, args=(ears,), daemon=True).start()


def _build(task: Task) -> Outcome:
    (bench,) = _bench
    _is_idle.clear()
    try:
        return bench.build(task)
    finally:
        _is_idle.set()


def _listen(ears: Connection) -> None:
    """Wait for the run to end, then stop what is under way and go."""
    with contextlib.suppress(EOFError, OSError):
        ears.recv_bytes()
    _is_over.set()
    if not _is_idle.is_set():
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        _is_idle.wait(_GRACE_S)
    os._exit(0)  # the main thread may wait for work that never comes


def _stopped(*_: object) -> None:
    """Stop at the run's word; Ctrl-C reaches every process of a terminal, but it is the run's."""
    if _is_over.is_set() and not _is_idle.is_set():
        raise KeyboardInterrupt
