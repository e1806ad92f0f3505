"""What a first page says can go wrong: projects one by one, each with what once came of it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.report.earnings import let_told
from generator.report.heavy import heaviest, weighed
from generator.report.ownrisks import (
    TOP,
    UNEXPLAINED,
    USES,
    in_turn,
    inner_title,
    own_risks,
    owner_of,
    titled,
    titled_alone,
)
from generator.report.projects import is_long

if TYPE_CHECKING:
    from generator.model import Assessment, FiredRisk
    from generator.model.programme import Project
    from generator.report.voice import Voice


def top_lines(assessment: Assessment, voice: Voice, *, is_roomy: bool = False) -> list[str]:
    """What a first page says can go wrong: projects one by one, then the rest.

    Every project of the first wave has its risk: in full while there is room, else in a last line
    that names them. A load that nobody explains is a decision of its own there.

    Args:
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
        is_roomy: Whether the page tells every project in full.
    """
    chosen = own_risks(assessment)
    projects = in_turn(assessment)
    told = {one.risk.risk_id for _, one in projects}
    whole = [one for one in chosen if one.risk.risk_id not in told]
    traced = [one for one in whole if one.risk.trigger == UNEXPLAINED]
    rows = [*projects, *((None, one) for one in whole if one not in traced)]
    first = assessment.programme.first.projects
    most = TOP - is_long(assessment)
    if is_roomy and not is_long(assessment):
        most = max(most, len(first))
    more = [one for one in projects if one not in rows[:most] and one[0] in first]
    lines = [_line(project, one, assessment, voice) for project, one in rows[:most]]
    return [*lines, *filter(None, [_more(more, assessment, voice)])]


def _more(
    rows: Sequence[tuple[Project, FiredRisk]], assessment: Assessment, voice: Voice
) -> str:  # fmt: skip
    """The risks of further projects by name; who leads each stands in the table. Empty for none."""
    parts = [
        voice.say(
            "top.risk_short", project=voice.use(project.use_id),
            title=inner_title(titled_alone(one, [project.use_id], assessment, voice)),
        )
        for project, one in rows
    ]  # fmt: skip
    return (
        voice.sentence("top.risks_more", "top.risks_more", parts=voice.clauses(parts))
        if parts
        else ""
    )


def _line(project: Project | None, fired: FiredRisk, assessment: Assessment, voice: Voice) -> str:
    """Whose risk it is, what it is and where it came true, what is done and by whom."""
    planned = [use_id for use_id in assessment.programme.uses if use_id in fired.uses]
    uses = [project.use_id] if project else planned
    title = titled(fired, uses, assessment, voice)
    args = {
        "mitigation": voice.name(fired.risk.mitigation).rstrip(".。"),
        "owner": owner_of(fired, uses, assessment, voice),
    }
    place = f"top.{fired.risk.risk_id}"
    if not uses:
        return voice.sentence(place, "top.risk", title=title, **args)
    text = voice.sentence(
        place, "top.risk_of", title=inner_title(title),
        project=weighed(project, assessment, voice) if project else voice.uses(uses, USES), **args,
    )  # fmt: skip
    return voice.run_on(filter(None, (text, _sums(project, assessment, voice))))


def _sums(project: Project | None, assessment: Assessment, voice: Voice) -> str:
    """What a project must earn and what fewer tenants do, as far as a first page has room for it.

    A load that nobody explains takes room, and so do many projects: of these that alone is told on
    which most jobs hang.
    """
    many = is_long(assessment)
    if project is None or (many and project != heaviest("jobs", assessment)):
        return ""
    is_traced = any(one.risk.trigger == UNEXPLAINED for one in assessment.risks)
    return let_told(project, voice, brief=many or is_traced)
