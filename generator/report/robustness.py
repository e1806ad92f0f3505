"""The two orders of each list kept apart: readiness, and what a use would bring alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.projects import megawatts, size
from generator.report.wording import confidence_line, robustness_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Category, SwitchingValue
    from generator.model.programme import Candidate
    from generator.report.voice import Voice

_DRIVERS = 2
_WORTH_NAMING = 0.05
_SHOWN = 3
"""First places of either order that a brief shows beside the programme."""


def robustness_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `orders` fields: how firm the order by what each use brings alone is."""
    return {
        "standing": [
            line for category in LISTS if (line := robustness_line(category, assessment, voice))
        ],
        "confidence": confidence_line(assessment, voice),
        "switching": list(_switching(assessment, voice)),
        "drivers": list(_drivers(assessment, voice)),
    }


def order_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The candidates of both lists, each list by what its uses would bring alone."""
    return [
        row
        for category in LISTS
        for row in _rows(category, assessment, voice)
    ]  # fmt: skip


def _rows(category: Category, assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    found, readiness = assessment.programme, assessment.readiness
    own = [one for one in found.candidates.values() if one.category == category]
    by_value = sorted(
        own,
        key=lambda one: (
            -round(one.value_alone, 9), -readiness.uses[one.use_id].low, one.use_id
        ),
    )  # fmt: skip
    by_readiness = sorted(own, key=lambda one: (-readiness.uses[one.use_id].low, one.use_id))
    ready = [one.use_id for one in by_readiness]
    for place, one in enumerate(by_value, start=1):
        wave = found.wave_of(one.use_id)
        yield {
            "name": voice.use(one.use_id),
            "list": voice.choice("category", category),
            "alone": str(place),
            "readiness": str(ready.index(one.use_id) + 1),
            **_alone(one, voice),
            "wave": voice.say(f"wave.{wave}"),
            "band": {1: "full", 2: "middle"}.get(wave, "absent"),
            "is_shown": bool(wave) or min(place, ready.index(one.use_id) + 1) <= _SHOWN,
        }


def _alone(one: Candidate, voice: Voice) -> dict[str, object]:
    """What a use would bring by itself at the size at which it brings most."""
    use, need = voice.knowledge.use(one.use_id), voice.knowledge.needs[one.use_id]
    none = voice.say("none")
    if one.category == "blockchain":
        served = one.reached if use.isic_anchor or use.gb4754_anchor else 0.0
        return {
            "size": "",
            "jobs": voice.say("none_known") if one.jobs.value is None else voice.number(one.jobs.value, 0),
            "power": none,
            "people": voice.large(float(round(served))) if served else none,
        }  # fmt: skip
    if one.best is None:
        return {"size": "", "jobs": none, "power": none, "people": none}
    units = one.best[1]
    power = (need.mean_load_mw_per_unit or 0.0) * units
    return {
        "size": size(one.use_id, units, voice),
        "jobs": voice.say("none_known") if one.jobs.value is None
        else voice.number(one.jobs.value * units, 0),
        "power": megawatts(power, voice) if power else none,
        "people": none,
    }  # fmt: skip


def input_name(found: SwitchingValue, voice: Voice) -> str:
    """What a switching value speaks of: a criterion or an economic figure."""
    if found.basis == "readiness":
        return voice.name(voice.knowledge.criteria[found.input].name)
    return voice.say(f"figure_of_use.{found.input}")


def input_amount(found: SwitchingValue, value: float, voice: Voice) -> str:
    """A value of that input with its unit."""
    if found.basis == "readiness":
        return voice.amount(value, found.input)
    if found.input in {"capex", "annual_value_added"}:
        return voice.millions(value)
    return voice.say(f"figure_amount.{found.input}", value=voice.number(value, 1))


def _switching(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The inputs that would bring the first two of a list level, within what is plausible."""
    for category in LISTS:
        own = [
            found
            for found in assessment.robustness.switching
            if found.basis == "value" and found.category == category
        ]
        turning = [found for found in own if found.switching is not None]
        if own and not turning:
            yield voice.sentence(
                f"switching.{category}", "switching.none",
                first=voice.use(own[0].use_id), second=voice.use(own[0].rival_id),
            )  # fmt: skip
        for found in turning:
            yield voice.sentence(
                f"switching.{category}.{found.use_id}.{found.input}",
                "switching.line",
                input=input_name(found, voice),
                use=voice.use(found.use_id),
                rival=voice.use(found.rival_id),
                at=input_amount(found, found.switching or 0.0, voice),
                now=input_amount(found, found.value, voice),
                low=input_amount(found, found.low, voice),
                high=input_amount(found, found.high, voice),
            )


def _drivers(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the spread of the first use's value alone comes from, per list."""
    for category in LISTS:
        for use_id in assessment.readiness.shortlist[category][:1]:
            own = [
                found
                for found in assessment.robustness.drivers
                if found.basis == "value"
                and found.use_id == use_id
                and found.share >= _WORTH_NAMING
            ]
            if not own:
                continue
            shares = voice.join(
                voice.say(
                    "drivers.share",
                    criterion=voice.name(voice.knowledge.benefits[found.criterion_id].name),
                    share=voice.percent(found.share),
                )
                for found in own[:_DRIVERS]
            )
            yield voice.sentence(
                f"drivers.{use_id}", "drivers.line", use=voice.use(use_id), shares=shares
            )
