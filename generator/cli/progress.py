"""A bar while many regions are built, on a terminal; elsewhere lines alone."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from generator.cli.screen import is_terminal, lines_go_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.model import Texts

NAMED = 12
"""Up to so many regions each is named with its files above the bar; of more, problems alone."""
_HOUR_S, _MINUTE_S = 3_600, 60


@contextlib.contextmanager
def progress(
    total: int, texts: Texts, language: str, *, is_quiet: bool
) -> Iterator[tuple[Callable[[], None], bool]]:
    """Show how far a build is.

    Args:
        total: Regions to be built.
        texts: The text table.
        language: The reader's language.
        is_quiet: Show nothing.

    Yields:
        What to call after each region, and whether to name each of them.
    """
    if is_quiet or total < 2 or not is_terminal("stderr") or os.environ.get("TERM") == "dumb":
        yield (lambda: None), True
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second that only a terminal needs
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(stderr=True, highlight=False, markup=False)
    bar = Progress(
        BarColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        console=console,
        redirect_stdout=False,
        redirect_stderr=False,
        transient=True,
    )

    def said() -> str:
        now = bar.tasks[0] if bar.tasks else None
        speed, left = (now.speed, now.time_remaining) if now else (None, None)
        done = int(now.completed) if now else 0
        if not speed or left is None:
            return texts.say("run.bar_begun", language, done=done, total=total)
        rate = f"{speed * _MINUTE_S:.0f}" if speed * _MINUTE_S >= 1 else "<1"
        return texts.say("run.bar", language, done=done, total=total, rate=rate, left=_clock(left))

    def step() -> None:
        bar.advance(task)
        bar.update(task, said=said())

    # The whole line, however long: a path that is broken cannot be copied.
    with bar, lines_go_to(lambda text: console.print(Text(text), soft_wrap=True, end="")):
        task = bar.add_task("", total=total, said=said())
        yield step, total <= NAMED


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds as a clock shows them."""
    hours, rest = divmod(round(seconds), _HOUR_S)
    minutes, rest = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
