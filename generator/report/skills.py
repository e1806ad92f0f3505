"""Staff that proposed uses lack, and the people of former mining sites and coal who could fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment, RoleMatch, StaffShortage
    from generator.report.voice import Voice


def skill_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields on people: shortages by staff group, roles with where their people could go."""
    skills = assessment.skills
    asked = [short for short in skills.shortages if short.fact is not None]
    return {
        "staff": [_shortage(short, voice) for short in asked if short.to_target != 0],
        "roles": [_role(role, assessment, voice) for role in skills.roles],
        "roles_note": voice.sentence(
            "sites.roles", "skills.roles" if skills.roles else "skills.no_roles",
            least=voice.number(voice.knowledge.assumed("relatedness_minimum")),
        ),
    }  # fmt: skip


def _fte(value: float | None, voice: Voice) -> str:
    """People as they are free or move, never more than there are; a word for none."""
    if value is None:
        return voice.dash
    return voice.number(value, 1) if value else voice.say("none")


def _missing(value: float | None, use_id: str, criterion_id: str, voice: Voice) -> str:
    """A shortage, never printed too small, with the use that has it."""
    if value is None or value <= 0:
        return voice.dash if value is None else voice.say("none")
    amount = voice.gap(value, criterion_id)
    return voice.say("skills.short", amount=amount, use=voice.use(use_id)) if use_id else amount


def _shortage(short: StaffShortage, voice: Voice) -> dict[str, object]:
    return {
        "group": voice.choice("counts_towards", short.group),
        "available": _fte(None if short.fact is None else short.fact.value, voice),
        "to_target": _missing(short.to_target, short.target_use, short.criterion_id, voice),
        "transferred": _fte(short.transferred, voice),
        "months": voice.number(short.training_months),
        "remaining": _missing(short.remaining, "", short.criterion_id, voice),
    }


def _role(match: RoleMatch, assessment: Assessment, voice: Voice) -> dict[str, object]:
    ways = [
        voice.say(
            "skills.way",
            role=voice.name(transfer.skill.to_role),
            group=voice.choice("counts_towards", transfer.group),
            people=voice.number(transfer.fte, 1),
            months=voice.number(transfer.skill.training_months),
        )
        for transfer in match.transfers
    ]
    return {
        "role": voice.name(match.row.role),
        "free": _fte(match.row.available_fte.value, voice),
        "ways": ways or [_why_none(match, assessment, voice)],
    }


def _why_none(match: RoleMatch, assessment: Assessment, voice: Voice) -> str:
    """Why nobody of a role moves: unknown or no people, no way near enough, or no need left."""
    if match.row.available_fte.value is None:
        return voice.say("skills.unknown_people")
    if not match.row.available_fte.value:
        return voice.say("skills.nobody_free")
    open_to = {way.skill.counts_towards for way in match.ways if way.is_transferable}
    if not open_to:
        return voice.say("skills.no_way")
    needs = [short.to_target for short in assessment.skills.shortages if short.group in open_to]
    return voice.say("skills.need_unknown" if None in needs else "skills.no_need_left")
