"""One task of a brief, and the tasks that a row joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import PlannedAction

Part = Literal["begin", "law", "build"]
"""What a task is for: to begin with partners, to meet the law, to build and staff."""
PARTS: tuple[Part, ...] = ("begin", "law", "build")


class Task(Struct, frozen=True):
    """One line of the plan of a brief; months count from the start of the plan, 0 the first."""

    title: str
    labels: tuple[str, ...]
    """What may stand beside its bar, the fullest first."""
    lead: str
    responsible: str
    result: str
    first: int
    last: int
    part: Part
    uses: tuple[str, ...]
    """Of the programme; empty for a task of the whole plan."""
    action: PlannedAction | None
    """None for a step that the workbook plans, a value to be given, the works, and a joined row."""
    supplies: str = ""
    """The criterion whose value is to be given."""
    is_works: bool = False
    """Whether it is to build a project, once the law's steps have ended."""
    joins: tuple[Task, ...] = ()
    """Tasks that stand under one number, each with its own lead and end; empty for a task of its own."""
    doing: str = ""
    """Who carries it out, where somebody else supports it."""
    supporting: str = ""
    """Who beside the lead gives what it alone can give and is told by no office; empty for nobody."""
    chooses: bool = False
    """Whether it belongs to a choice between plans: what one of them waits for, or their comparison."""
    held: int = 0
    """The choice between plans that it waits for, as its action numbers it; 0 for none."""
    owner: str = ""
    """Its lead where that is the owner of each project, once settled; empty where another leads it."""
    later: bool = False
    """Whether only the second wave asks for it, while a first one is begun."""
    deciding: str = ""
    """Who decides on it by law, beside the owner that leads it; empty for nobody."""

    @property
    def each(self) -> tuple[Task, ...]:
        """The tasks that the row stands for, itself where it joins none."""
        return self.joins or (self,)


def is_at(task: Task, *stages: str) -> bool:
    """Whether a task, or one that the row stands for, has one of these places beside the works."""
    return any(one.action is not None and one.action.action.stage in stages for one in task.each)


def each_of(tasks: Iterable[Task]) -> Iterator[Task]:
    """Every task, those of a joined row one by one."""
    for task in tasks:
        yield from task.each
