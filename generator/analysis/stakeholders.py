"""The first wave by the weights of each stakeholder, and what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.analysis.asplanned import brought
from generator.analysis.waves import (
    EFFECTS,
    Setting,
    WavePick,
    first_wave,
    terms,
    weighted,
)
from generator.analysis.withinlimit import kept_within
from generator.model.programme import EffectName, StakeholderView

if TYPE_CHECKING:
    from generator.model import Label, Region

Stated = dict["EffectName", tuple[str, float]]


def stakeholder_views(
    setting: Setting, region: Region, first: WavePick
) -> tuple[tuple[StakeholderView, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What each stakeholder's weights would begin with.

    Args:
        setting: The region; what can be attained does not depend on anybody's weights.
        region: The Weights sheet.
        first: The first wave by the weights of the method.

    Returns:
        The views in the order of the sheet; the uses that every view and the first wave hold; and
        the retired criteria that were named, each with what its points went to.
    """
    points: dict[Label, dict[str, float]] = {}
    for row in region.weights:
        points.setdefault(row.stakeholder, {})[row.benefit] = row.weight.value or 0.0
    retired: dict[str, str] = {}
    views = []
    for name, given in points.items():
        stated = _stated(given, setting, retired)
        views.append(_view(name, stated, setting))
    named = [{one.use_id for one in view.placements} for view in views if not view.without_points]
    chosen = [one.use_id for one in first.placements]
    shared = tuple(use_id for use_id in chosen if all(use_id in held for held in named))
    return tuple(views), shared if named else (), tuple(retired.items())


def _stated(given: Mapping[str, float], setting: Setting, retired: dict[str, str]) -> Stated:
    """Points by effect; those of a retired criterion go to what replaced it, or nowhere."""
    knowledge = setting.knowledge
    stated: Stated = {}
    for benefit_id, points in given.items():
        key = benefit_id
        one = knowledge.benefits.get(key)
        if one is not None and one.status == "retired":
            key = one.replaced_by
            retired[benefit_id] = key
            one = knowledge.benefits.get(key)
        if one is None:
            continue
        for effect in EFFECTS:
            if one.effect == effect and effect in setting.attained:
                before = stated.get(effect, (key, 0.0))[1]
                stated[effect] = key, before + points
    return stated


def _view(name: Label, stated: Stated, setting: Setting) -> StakeholderView:
    objectives = weighted(stated, setting.attained, setting.floors)
    worth: dict[str, float] = {one.effect: one.coefficient for one in objectives}
    if not any(worth.values()):
        return StakeholderView(name, objectives, (), {}, without_points=True)
    pick = kept_within(setting, first_wave(setting, terms(setting, worth)))
    return StakeholderView(
        name, objectives, pick.placements, brought(pick.found, pick.frame.options)
    )
