"""The heat tables: uses beside regions while they fit, regions below each other beyond that.

A cell says how ready a use is and whether the region's programme holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS, Cell
from generator.report.comparison.row import SIDE_BY_SIDE
from generator.report.tables import row, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Category, RegionSummary, Row, Use
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_LISTED = {"shortlist": "mark.listed"}
_CLOSE = 67.0
"""From here on a score is in the upper third."""


def readiness_fields(found: Regions) -> dict[str, object]:
    """The `readiness` fields of both lists; one of the two layouts is empty."""
    return {category: _list(category, found) for category in LISTS}


def _list(category: Category, found: Regions) -> dict[str, object]:
    voice = found.voice
    uses = [use for use in voice.knowledge.uses if use.category == category]
    is_turned = len(found.all) > SIDE_BY_SIDE
    beside: list[Row] = []
    below: list[Row] = []
    if is_turned:
        below += found.rows(
            lambda region: _by_region(region, uses, voice), lambda own: _by_group(own, uses, voice)
        )
    else:
        beside += (_by_use(use, found) for use in uses)
    path = f"comparison.readiness.{category}"
    return {
        "by_use": table(
            f"{path}.by_use", beside, regions=[found.name(one) for one in found.all if beside]
        ),
        "by_region": table(
            f"{path}.by_region", below, uses=[voice.name(one.name) for one in uses if below]
        ),
    }


def _by_use(use: Use, found: Regions) -> Row:
    cells = {
        "name": found.voice.name(use.name),
        "listed": str(sum(1 for region in found.all if is_listed(region, use))),
    }
    return row(cells, regions=(mark(region, use.use_id, found.voice) for region in found.all))


def _by_region(region: RegionSummary, uses: Sequence[Use], voice: Voice) -> Row:
    return row(
        {"listed": str(sum(1 for use in uses if is_listed(region, use)))},
        uses=(mark(region, use.use_id, voice) for use in uses),
    )


def _by_group(own: Sequence[RegionSummary], uses: Sequence[Use], voice: Voice) -> Row:
    """How many of a group's regions list each use; the count is of uses that any of them lists."""
    shares = [sum(is_listed(region, use) for region in own) / len(own) for use in uses]
    bands = ((_CLOSE / 100, "full"), (1 - _CLOSE / 100, "high"), (1e-9, "low"))
    return row(
        {"listed": str(sum(1 for share in shares if share))},
        uses=(
            marked(
                voice.percent(share),
                voice.say("mark.listed"),
                next((band for least, band in bands if share >= least), "none"),
            )
            for share in shares
        ),
    )


def marked(text: str, word: str, band: str) -> Cell:
    """A number and its word, apart in every language: a narrow column breaks between them."""
    return Cell(f"{text} {word}", band)


def is_listed(region: RegionSummary, use: Use) -> bool:
    """Whether the region has the use on its shortlist."""
    return use.use_id in region.shortlist.get(use.category, ())


def mark(region: RegionSummary, use_id: str, voice: Voice) -> Cell:
    """One cell: the score, the word on minima or law, and the band behind both."""
    use = region.uses.get(use_id)
    if use is None and region.law.status(use_id) != "prohibited":
        # The catalogue does not have the use there, which is no word of the law.
        return marked(voice.dash, voice.say("mark.absent"), "none")
    if use is None or use.listed == "barred":
        return marked(voice.dash, voice.say("mark.barred"), "prohibited")
    text = score(use.low, use.high, voice)
    if use.listed == "law_not_checked":
        return marked(text, voice.say("mark.open"), "not_assessed")
    if use.viability == "not_viable":
        return marked(text, voice.say("mark.missed"), "missed")
    if use.viability == "cannot_be_cleared":
        return marked(text, voice.say("mark.unknown"), "unknown")
    word = voice.say(f"mark.wave{use.wave}" if use.wave else _LISTED.get(use.listed, "mark.met"))
    return marked(text, word, _band(use.low, voice))


def score(low: float, high: float, voice: Voice) -> str:
    """The score, or the interval it lies in while something is unknown."""
    ends = voice.score(low), voice.score(high)
    return ends[0] if ends[0] == ends[1] else voice.say("span", low=ends[0], high=ends[1])


def _band(low: float, voice: Voice) -> str:
    if low >= _CLOSE:
        return "full"
    return "high" if low >= voice.knowledge.assumed("shortlist_readiness") else "low"
