"""The law as it can bear on one place: what changes elsewhere leaves its documents as they are."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from generator.model import CoverageNote, Instrument, Knowledge, Region, Relation, Rule


def law_here(region: Region, knowledge: Knowledge) -> Knowledge:
    """The knowledge without the rules that do not reach a region; their hash is their version.

    Rules of an instrument that bears on one of the region's stay, since the register names it.

    Args:
        region: Its jurisdiction and administrative code decide.
        knowledge: All of it.
    """
    orders = knowledge.lineage(region.jurisdiction)
    reaching = {
        rule.rule_id: rule.instrument.instrument_id
        for rule in knowledge.rules
        if rule.reaches(orders, region.admin_code)
    }
    own = set(reaching.values())
    relations = tuple(one for one in knowledge.relations if one.to_instrument in own)
    bearing = {one.from_instrument for one in relations}
    rules = tuple(
        rule
        for rule in knowledge.rules
        if rule.rule_id in reaching or rule.instrument.instrument_id in bearing
    )
    instruments = tuple(one for one in knowledge.instruments if one.instrument_id in own | bearing)
    notes = tuple(one for one in knowledge.open_activities if one.jurisdiction in orders)
    return replace(
        knowledge,
        rules=rules,
        relations=relations,
        instruments=instruments,
        open_activities=notes,
        rules_version=_version((*rules, *relations, *instruments, *notes)),
    )


@lru_cache(maxsize=256)
def _version(rows: tuple[Rule | Relation | Instrument | CoverageNote, ...]) -> str:
    """One hash of rows in their order; regions of one order mostly have the same."""
    return hashlib.sha256(b"".join(map(_digest, rows))).hexdigest()


@lru_cache(maxsize=65_536)
def _digest(row: Rule | Relation | Instrument | CoverageNote) -> bytes:
    return hashlib.sha256(repr(row).encode(errors="backslashreplace")).digest()
