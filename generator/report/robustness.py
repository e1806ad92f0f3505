"""The two orders of each list kept apart: readiness, and what a use would bring alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.model import LISTS, Assessment, SwitchingValue
from generator.report.wording import confidence_line, robustness_line

if TYPE_CHECKING:
    from generator.report.voice import Voice

_DRIVERS = 2
_WORTH_NAMING = 0.05


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


def input_name(found: SwitchingValue, figure: str, voice: Voice) -> str:
    """What a switching value speaks of: a criterion, or the figure that a text names."""
    if found.basis == "readiness":
        return voice.name(voice.knowledge.criteria[found.input].name)
    return voice.say(figure)


def input_amount(found: SwitchingValue, value: float, unit: str, voice: Voice) -> str:
    """A value of that input with its unit, by the text of a figure's."""
    if found.basis == "readiness":
        return voice.amount(value, found.input)
    if found.input in {"capex", "annual_value_added"}:
        return voice.millions(value)
    return voice.say(unit, value=voice.number(value, 1))


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
            unit = f"figure_amount.{found.input}"
            yield voice.sentence(
                f"switching.{category}.{found.use_id}.{found.input}",
                "switching.line",
                input=input_name(found, f"figure_of_use.{found.input}", voice),
                use=voice.use(found.use_id),
                rival=voice.use(found.rival_id),
                at=input_amount(found, found.switching or 0.0, unit, voice),
                now=input_amount(found, found.value, unit, voice),
                low=input_amount(found, found.low, unit, voice),
                high=input_amount(found, found.high, unit, voice),
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
