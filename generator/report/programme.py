"""The programme in words: what to begin, what to prepare, what it costs and what holds it."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.alternatives import (
    alternative_rows,
    swap_line,
)
from generator.report.ceiling import (
    is_ceiling,
    is_drawn,
    over_limit,
)
from generator.report.limits import binding
from generator.report.money import is_from_elsewhere
from generator.report.nearness import near_lines
from generator.report.needs import missed_names
from generator.report.projects import (
    is_long,
    megawatts,
    priced_rows,
)
from generator.report.reach import law_word
from generator.report.stakeholders import shared_line
from generator.report.yearcost import payroll_line, wages_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.voice import Voice

_PERSON = 1.0


def programme_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `programme` fields: both waves, and what else could be done."""
    found = assessment.programme
    priced = priced_rows((found.first, found.second), assessment, voice)
    first, second = priced.rows
    for one, row in zip(found.second.projects, second, strict=True):
        row["misses"] = missed_names(one, assessment, voice)
    alternatives, unit = alternative_rows(assessment, voice)
    return {
        "first": first,
        "second": second,
        "capital_unit": priced.capital_unit,
        "running_unit": priced.running_unit,
        "nothing": nothing(assessment, voice),
        "points": [
            *_platform(assessment, voice),
            *over_limit(assessment, voice),
            *binding(assessment, voice),
            *_left_out(assessment, voice),
            *filter(
                None,
                [payroll_line("programme.payroll", assessment, voice, brief=is_long(assessment))],
            ),
            *filter(None, [_capped(assessment, voice)]),
            *near_lines(assessment, voice),
        ],
        "alternatives": alternatives,
        "alternatives_unit": unit,
        "swap": swap_line(assessment, voice),
        "second_note": _second_note(assessment, voice),
        "shared": shared_line(assessment, voice),
        "note": _note(assessment, voice) if found.projects else "",
        "net": voice.say("programme.net")
        if any(map(counts_twice, (found.first, found.second)))
        else "",
        "reading": _reading(assessment, voice) if found.projects else "",
    }


def _weights(assessment: Assessment, voice: Voice) -> str:
    """What the programme is chosen for, each effect with its share."""
    parts = [
        voice.say(
            "programme.weight", effect=voice.say(f"programme.weight.{one.effect}"),
            share=voice.percent(one.weight),
        )
        for one in assessment.programme.objectives
        if one.weight > 0
    ]  # fmt: skip
    return voice.say(
        "programme.note_weights", weights=voice.say("effects.separator").join(parts),
        least=voice.percent(voice.knowledge.assumed("min_gain")),
    )  # fmt: skip


def _note(assessment: Assessment, voice: Voice) -> str:
    """Whose figures projects have, and why rows add up to more where a platform is shared."""
    first = assessment.programme.first
    texts = [voice.say(f"programme.note{_restated(voice)}")]
    if first.has_platform:
        texts.append(voice.say("programme.note_platform", spared=voice.about(-first.platform)))
    return voice.run_on(texts)


def counts_twice(wave: Wave) -> bool:
    """Whether projects of a wave could serve the same people, so that rows add up to more than it."""
    rows = math.fsum(one.effects.get("served", 0.0) for one in wave.projects)
    return rows > wave.effects.get("served", 0.0) + _PERSON


def _restated(voice: Voice) -> str:
    return "_restated" if is_from_elsewhere(voice) else ""


def _reading(assessment: Assessment, voice: Voice) -> str:
    """How the figures of projects are counted, and by which weights they were chosen."""
    found = assessment.programme
    wages = wages_line(found.projects, voice)
    texts = [voice.say(f"programme.reading{_restated(voice)}", wages=wages)]
    first = found.first
    if is_ceiling(assessment, voice) and is_drawn(assessment, voice):
        texts.append(voice.say("programme.note_ceiling"))
    if first.projects:
        texts.append(_weights(assessment, voice))
    return voice.run_on(texts)


def same_law(assessment: Assessment, voice: Voice) -> str:
    """The legal position of the first wave where it is one, so that no column repeats it."""
    held = {law_word(key, assessment, voice) for key in assessment.programme.first.uses}
    return held.pop() if len(held) == 1 else ""


def _second_note(assessment: Assessment, voice: Voice) -> str:
    """How to read the second wave: that it follows the first, whom it counts, what its platform spares.

    Empty unless both waves hold projects.
    """
    first, second = assessment.programme.first, assessment.programme.second
    if not (first.projects and second.projects):
        return ""
    texts = [voice.say("programme.second_note")]
    if first.effects.get("served") and second.effects.get("served"):
        texts.append(voice.say("programme.note_left"))
    if second.has_platform and second.platform < 0:
        spared = voice.about(-second.platform)
        texts.append(voice.say("programme.note_platform_second", spared=spared))
    return voice.run_on(texts)


def nothing(assessment: Assessment, voice: Voice) -> str:
    """What follows if nothing is done: no effect, and the power that stays idle."""
    grid = assessment.programme.idle_grid
    if grid is None or not grid.limit:
        return voice.sentence("programme.nothing", "programme.nothing")
    found = assessment.programme
    if found.second.projects and found.first.projects and not found.first.effects.get("power"):
        return voice.sentence("programme.nothing", "programme.nothing_later")
    is_counted = grid.basis == "available"
    if grid.first + grid.second > 0:
        key = "programme.nothing_idle_firm" if is_counted else "programme.nothing_idle"
    else:
        key = "programme.nothing_as_well_firm" if is_counted else "programme.nothing_as_well"
    idle = voice.say("power", value=megawatts(grid.limit, voice))
    return voice.sentence("programme.nothing", key, idle=idle)


def _capped(assessment: Assessment, voice: Voice) -> str:
    """That a wave is kept small on purpose, where that is what keeps more out; empty otherwise."""
    most = int(voice.knowledge.assumed("list_cap"))
    counts = Counter(one.category for one in assessment.programme.first.projects)
    full = [category for category in LISTS if counts[category] >= most]
    if not full:
        return ""
    key = "programme.capped" if len(full) == 1 else "programme.capped_both"
    return voice.sentence(
        "programme.capped", key, count=most, list=voice.choice("category", full[0])
    )


def _platform(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """That the uses of a wave share a platform, and what each spares at the middle of capital."""
    first, second = assessment.programme.first, assessment.programme.second
    if not first.has_platform:
        return
    later = (
        voice.say("programme.platform_second", spared=voice.about(-second.platform))
        if second.has_platform
        else ""
    )
    yield voice.sentence(
        "programme.platform", "programme.platform", spared=voice.about(-first.platform),
        second=later,
    )  # fmt: skip


def _left_out(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Candidates that cannot be weighed, and why: capital unknown, a needed use missing, no size."""
    found = assessment.programme
    groups: Mapping[str, list[str]] = {
        "left_out.capital": [
            key for key, one in found.candidates.items() if one.capital.value is None
        ],
        "left_out.size": [
            key
            for key, one in found.candidates.items()
            if one.fits and not any(fit.menu for fit in one.fits)
        ],
    }
    for key, uses in groups.items():
        if uses:
            yield voice.sentence(key, key, uses=voice.uses(uses))
    for key, one in found.candidates.items():
        if one.requires:
            yield voice.sentence(
                f"left_out.{key}", "left_out.requires", use=voice.use(key),
                other=voice.use(one.requires),
            )  # fmt: skip
    if found.unusable_limits:
        yield voice.sentence(
            "left_out.limits", "left_out.limits",
            limits=voice.join(voice.say(f"resource.{name}") for name in found.unusable_limits),
        )  # fmt: skip
