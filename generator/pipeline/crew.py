"""Whoever builds regions elsewhere: processes of this machine, or workers of a cluster.

What goes to and fro is one region at a time; what all of them need goes once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from generator.codes import Code
from generator.model import Knowledge, Outcome, Texts
from generator.pipeline.region import Task, build_region
from generator.problems import Origin, problem

if TYPE_CHECKING:
    from concurrent.futures import Future

    from generator.settings import Settings

AHEAD = 3
"""Regions under way or waiting, for each process: no core waits for the one that prints."""
NEW_OBJECTS = 200_000
"""After how many new objects a process looks for what can be let go, as the command does."""


class Bench(NamedTuple):
    """What every region of a run is built with."""

    settings: Settings
    knowledge: Knowledge
    texts: Texts
    run: str = ""
    """Name of the run, for its log."""

    def build(self, task: Task) -> Outcome:
        """The outcome of a region, built in this process."""
        return build_region(task, self.settings, self.knowledge, self.texts, self.run)


class Crew(ABC):
    """Builds regions elsewhere, on whatever gives a future for a task."""

    @property
    @abstractmethod
    def most(self) -> int:
        """How many regions may be under way or waiting there."""

    @abstractmethod
    def begun(self, task: Task) -> Future[Outcome]:
        """Hand a region over."""

    def ended(self, task: Task, future: Future[Outcome]) -> Outcome:  # noqa: ARG002 - for those who need to know which
        """What came of it, when it is there."""
        return future.result()

    def built(self, waiting: deque[Task], coming: Iterator[Task]) -> Iterator[Outcome]:
        """Outcomes in order.

        Args:
            waiting: Tasks to begin with; a task leaves it when its outcome is there.
            coming: More of them, taken as there is room.
        """
        under_way: deque[Future[Outcome]] = deque(map(self.begun, waiting))
        while True:
            while len(under_way) < self.most and (task := next(coming, None)) is not None:
                waiting.append(task)
                under_way.append(self.begun(task))
            if not under_way:
                return
            outcome = self.ended(waiting[0], under_way.popleft())
            waiting.popleft()
            yield outcome


def lost(task: Task) -> Outcome:
    """What is said of a region whose processes were ended time and again."""
    found = problem(Code.PROCESS_LOST, Origin(task.region.code), "error")
    return Outcome(task.region.code, problems=(found,), reasons=task.reasons)
