"""What sets off risks, procedures and credits: tests of closed lists and the terms that each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model.facts import Label


class Terms(NamedTuple):
    """What the argument and the value of a test name; empty where the test takes none.

    A table of the catalogue (`uses`), a list of `choices.csv` (`funds`), `number`, `share` of 0 to 1,
    `text`, or one of the form's own: `figure` of the Region sheet, `site_field`, `site_value` of that field, `sheet`.
    """

    argument: str = ""
    value: str = ""


TRIGGER_TESTS: Mapping[str, Terms] = {
    "always": Terms(),
    "site_field": Terms("site_field", "site_value"),
    "institutions_fewer": Terms("institution_type", "number"),
    "stale_rules": Terms(),
    "plant_share_above": Terms("power_kind", "share"),
    "region_equals": Terms("figure", "number"),
    "region_above": Terms("figure", "number"),
    "signatures_missing": Terms(),
    "conditional_rules": Terms(),
    "coverage_below": Terms("assumptions"),
    "activity": Terms("activities"),
    "use": Terms("uses"),
    "category": Terms("category"),
    "key_institution": Terms("category", "institution_type"),
    "funds": Terms("funds"),
    "step_funds": Terms("funds"),
    "funded_category": Terms("category", "funds"),
    "site_land_other": Terms("category", "land_use"),
    "connection_from": Terms("", "number"),
}
"""The closed list `trigger_test`: what sets off a risk or a procedure."""

SOURCE_TESTS: Mapping[str, Terms] = {
    "always": Terms(),
    "register_source": Terms("sheet", "text"),
    "grid_factor": Terms("jurisdictions"),
    "reference_rate": Terms(),
    "classification": Terms("classification"),
}
"""The closed list `source_test`: when a source is credited."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets off a risk or a procedure: a test of the closed list and its terms."""

    trigger: str
    definition: Label
    test: str
    argument: tuple[str, ...] = ()
    value: tuple[str, ...] = ()

    @property
    def bound(self) -> float:
        """The number of a test that takes one."""
        return float(self.value[0])
