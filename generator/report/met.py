"""Whether an option has all that it must have, told alike wherever a brief speaks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Project

_MERELY = frozenset({"money", "turn"})
"""What a project of the second wave waits for though it lacks nothing itself."""


def is_met(use_id: str, assessment: Assessment) -> bool:
    """Whether an option has all that it must have: its minima, its partner, and a site if prepared."""
    candidate, project = assessment.programme.candidates.get(use_id), later(use_id, assessment)
    return (
        assessment.readiness.uses[use_id].viability == "viable"
        and (candidate is None or candidate.is_ready)
        and (project is None or all(one.kind in _MERELY for one in project.preconditions))
    )


def later(use_id: str, assessment: Assessment) -> Project | None:
    """The project of the second wave alone that an option is; None where it is none."""
    found = assessment.programme
    if found.wave_of(use_id) != 2:
        return None
    return next(one for one in found.second.projects if one.use_id == use_id)
