"""The table of quoted numbers at the end of a brief, and a link with a tip for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.model import LISTS
from generator.report.annex.used import id_runs
from generator.report.basis import Bases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Assessment
    from generator.report.basis import Basis
    from generator.report.voice import Voice

_MARK = "\x00"
"""Marks where a sentence prints a number; no text that a document can hold has it."""
Link = dict[str, str]
_NONE: Link = {"anchor": "", "tip": ""}


class _Table:
    """Rows in the order in which they are asked for; each is the target of a link."""

    def __init__(self, voice: Voice) -> None:
        self.rows: list[dict[str, str]] = []
        self._voice = voice

    def add(self, basis: Basis, what: str, value: str, **args: object) -> Link:
        """A row for a number, and the link to it."""
        anchor = f"trace_{len(self.rows) + 1}"
        what = self._voice.say(what, **args)
        self.rows.append(
            {
                "anchor": anchor, "what": what, "value": value, "id": basis.annex_id,
                "source": basis.source,
            }
        )  # fmt: skip
        return self.link(anchor, basis)

    def link(self, anchor: str, basis: Basis) -> Link:
        """A link to a row with what this number rests on as its tip."""
        tip = self._voice.say("trace.tip", source=basis.source, id=basis.annex_id)
        return {"anchor": anchor, "tip": tip}


def trace_fields(
    fields: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The `trace` fields; the rows of other fields that quote a number get a `trace` of their own.

    Args:
        fields: The fields of the brief, which gain `trace` groups and the parts of sentences.
        assessment: The results behind them.
        voice: Knows every sentence said so far.
    """
    table, bases = _Table(voice), Bases(assessment, voice)
    ranges = _ranges(fields, assessment, table, bases)
    _uses(fields, assessment, table, bases, ranges)
    _gaps(fields, assessment, table, bases)
    _limits(fields, assessment, table, bases)
    _economy(fields, assessment, table, bases, ranges)
    ids = [row["id"] for category in LISTS for row in fields["top"][category]]
    return {
        "rows": table.rows,
        "intro": voice.say("trace.intro") if table.rows else "",
        "note": voice.say("trace.note", uses=id_runs(ids, voice)) if ids else "",
    }


def parts(voice: Voice, place: str, links: Mapping[str, Link]) -> list[dict[str, str]]:
    """A sentence cut at the numbers that have a link; the pieces between them have none.

    Args:
        voice: Has said the sentence.
        place: Where it was said.
        links: Name of an argument to the link of the number it stands for.
    """
    said = voice.said[place]
    marked = {
        name: f"{_MARK}{name}{_MARK}{value}{_MARK}" if name in links else value
        for name, value in said.args.items()
    }
    pieces = voice.say(said.key, **marked).split(_MARK)
    found = [{"text": pieces[0], **_NONE}]
    for name, value, rest in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        found += [{"text": value, **links[name]}, {"text": rest, **_NONE}]
    return [piece for piece in found if piece["text"]]


# --- uses -----------------------------------------------------------------------------------------


def _ranges(
    fields: Mapping[str, Any], assessment: Assessment, table: _Table, bases: Bases
) -> dict[str, Link]:
    """Jobs and capital, of the portfolio and of each use: one row for all."""
    found, voice = assessment.portfolio, bases.voice
    tops = [row["id"] for category in LISTS for row in fields["top"][category]]
    links: dict[str, Link] = {}
    if tops or found.selected:
        uses = sorted({*tops, *found.selected})
        row = table.add(
            bases.figures(("capex", "jobs"), uses), "trace.ranges",
            voice.say("trace.both", first=voice.money(*found.capex), second=voice.span(*found.jobs, "span.jobs"))
            if found.selected else voice.dash,
        )  # fmt: skip
        links = {
            column: table.link(row["anchor"], bases.figures((column,), found.selected))
            for column in ("capex", "jobs")
        }
    fields["summary"]["answer_parts"] = parts(voice, "summary.answer", links)
    fields["portfolio"]["sentence_parts"] = parts(voice, "portfolio", links)
    return links


def _uses(
    fields: Mapping[str, Any],
    assessment: Assessment,
    table: _Table,
    bases: Bases,
    ranges: Mapping[str, Link],
) -> None:
    """Scores, jobs and capital of the leading uses, and the scores of all others in one row."""
    links: dict[str, dict[str, Link]] = {}
    for category in LISTS:
        for row in fields["top"][category]:
            key = row["id"]
            links[key] = {
                kind: table.add(
                    getattr(bases, kind)(key), f"trace.{kind}", row[kind], use=row["name"]
                )
                for kind in ("benefit", "readiness")
            }
            row["trace"] = {
                **links[key],
                **{
                    column: table.link(ranges[column]["anchor"], bases.figure(column, key))
                    for column in ("jobs", "capex")
                },
            }
    listed = [key for category in LISTS for key in assessment.readiness.order[category]]
    others = [key for key in listed if key not in links]
    if others:
        row = table.add(
            bases.scores(others), "trace.scores", bases.voice.say("trace.uses", count=len(others))
        )
        for key in others:
            links[key] = {
                kind: table.link(row["anchor"], getattr(bases, kind)(key))
                for kind in ("benefit", "readiness")
            }
    for category in LISTS:
        for row in (
            *fields["readiness"][category]["ranking"],
            *fields["readiness"][category]["left_out"],
        ):
            row["trace"] = {"readiness": links[row["id"]]["readiness"]}
        shortlist = assessment.readiness.shortlist[category]
        for key, row in zip(shortlist, fields["merit"][category]["rows"], strict=True):
            row["trace"] = links[key]


# --- gaps, limits, economy ------------------------------------------------------------------------


def _gaps(fields: Mapping[str, Any], assessment: Assessment, table: _Table, bases: Bases) -> None:
    for biggest, row in zip(assessment.readiness.biggest_gaps, fields["gaps"], strict=True):
        place = f"gaps.{biggest.criterion_id}"
        value = bases.voice.said[place].args["gap"]
        link = table.add(bases.gap(biggest), "trace.gap", value, criterion=row["criterion"])
        row["missing_parts"] = parts(bases.voice, place, {"gap": link})


def _limits(fields: Mapping[str, Any], assessment: Assessment, table: _Table, bases: Bases) -> None:
    rows, listed_rows = fields["portfolio"]["limits"], fields["annex"]["limits"]["resources"]
    resources = assessment.portfolio.resources if rows else ()
    for resource, row, listed in zip(resources, rows, listed_rows, strict=True):
        used = bases.used(resource, listed["id"])
        if resource.fact is None or resource.limit is None:
            limit = dict(_NONE)
            own = table.add(used, "trace.used", row["used"], resource=row["resource"])
            row["trace"] = {"limit": limit, "used": own}
            continue
        limit = table.add(
            bases.fact(resource.fact), "trace.limit", row["limit"], resource=row["resource"]
        )
        row["trace"] = {"limit": limit, "used": table.link(limit["anchor"], used)}


def _economy(
    fields: Mapping[str, Any],
    assessment: Assessment,
    table: _Table,
    bases: Bases,
    ranges: Mapping[str, Link],
) -> None:
    economy, voice = assessment.economy, bases.voice
    said = voice.said["economy.jobs"].args
    links = {"jobs": ranges["jobs"]} if ranges and "jobs" in said else {}
    if economy.top:
        basis = bases.employment()
        whole = table.add(
            basis, "trace.employment", _counted(said.get("employed"), "unit.persons", voice)
        )
        links["employed"] = whole
        for industry, row in zip(economy.top, fields["economy"]["top"], strict=True):
            row["trace"] = {
                "employment": table.link(whole["anchor"], bases.fact(industry.employment))
            }
    fields["economy"]["jobs_parts"] = parts(voice, "economy.jobs", links)
    _energy(fields["economy"]["energy"]["rows"], assessment, table, bases)


def _energy(
    rows: list[dict[str, Any]], assessment: Assessment, table: _Table, bases: Bases
) -> None:
    """The electricity of each use and of all, under the row of the total."""
    uses = [one.use_id for one in assessment.economy.energy.uses]
    known = [one.use_id for one in assessment.economy.energy.uses if one.electricity_mwh]
    if not known:
        for row in rows:
            row["trace"] = {"electricity": dict(_NONE)}
        return
    total = table.add(
        bases.electricity(*known),
        "trace.electricity",
        _counted(rows[-1]["electricity"], "trace.mwh", bases.voice),
    )
    for place, row in enumerate(rows):
        is_use = place < len(uses)
        link = table.link(total["anchor"], bases.electricity(uses[place])) if is_use else total
        is_known = not is_use or uses[place] in known
        row["trace"] = {"electricity": link if is_known else dict(_NONE)}


def _counted(value: str | None, unit: str, voice: Voice) -> str:
    """A number with its unit; a dash where nothing is printed."""
    return voice.say("quantity", value=value, unit=voice.say(unit)) if value else voice.dash
