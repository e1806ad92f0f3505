"""The table of quoted numbers at the end of a brief, and a link with a tip for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.model import LISTS
from generator.report.annex.used import id_runs
from generator.report.basis import SCORES, Bases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Assessment
    from generator.report.basis import Basis
    from generator.report.voice import Voice

_MARK = "\x00"
"""Marks where a sentence prints a number; no text that a document can hold has it."""
_FIGURES = ("capex", "jobs")
Link = dict[str, str]
_NONE: Link = {"anchor": "", "tip": ""}


def trace_fields(
    fields: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The `trace` fields; the rows of other fields that quote a number get a `trace` of their own.

    Args:
        fields: The fields of the brief, which gain `trace` groups and the parts of sentences.
        assessment: The results behind them.
        voice: Knows every sentence said so far.
    """
    found = _Trace(fields, assessment, voice)
    found.figures()
    found.scores()
    found.gaps()
    found.limits()
    found.employment()
    found.electricity()
    return {
        "rows": found.rows,
        "intro": voice.say("trace.intro") if found.rows else "",
        "note": voice.say("trace.note", uses=id_runs(found.leading, voice))
        if found.leading
        else "",
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


class _Trace:
    """Rows in the order in which numbers are quoted; each is the target of links."""

    def __init__(self, fields: Mapping[str, Any], assessment: Assessment, voice: Voice) -> None:
        self.rows: list[dict[str, str]] = []
        self.leading = [row["id"] for category in LISTS for row in fields["top"][category]]
        self._fields = fields
        self._assessment = assessment
        self._voice = voice
        self._bases = Bases(assessment, voice)
        self._together: dict[str, Link] = {}
        """Capital and jobs of the portfolio."""

    def _add(self, basis: Basis, what: str, value: str, **args: object) -> Link:
        """A row for a number, and the link to it."""
        anchor = f"trace_{len(self.rows) + 1}"
        self.rows.append(
            {
                "anchor": anchor,
                "what": self._voice.say(what, **args),
                "value": value,
                "id": basis.annex_id,
                "source": basis.source,
            }
        )
        return self._link(anchor, basis)

    def _link(self, anchor: str, basis: Basis) -> Link:
        """A link to a row with what this number rests on as its tip."""
        tip = self._voice.say("trace.tip", source=basis.source, id=basis.annex_id)
        return {"anchor": anchor, "tip": tip}

    def _counted(self, value: str | None, unit: str) -> str:
        """A number with its unit; a dash where nothing is printed."""
        voice = self._voice
        return voice.say("quantity", value=value, unit=voice.say(unit)) if value else voice.dash

    # --- uses -------------------------------------------------------------------------------------

    def figures(self) -> None:
        """Jobs and capital, of the portfolio and of the leading uses: one row for all."""
        found, voice, bases = self._assessment.portfolio, self._voice, self._bases
        if self.leading or found.selected:
            value = voice.dash
            if found.selected:
                jobs = voice.span(*found.jobs, "span.jobs")
                value = voice.say("trace.both", first=voice.money(*found.capex), second=jobs)
            uses = sorted({*self.leading, *found.selected})
            anchor = self._add(bases.figures(_FIGURES, uses), "trace.ranges", value)["anchor"]
            self._together = {
                one: self._link(anchor, bases.figures((one,), found.selected)) for one in _FIGURES
            }
            for row in self._top_rows():
                row["trace"] = {
                    one: self._link(anchor, bases.figure(one, row["id"])) for one in _FIGURES
                }
        summary, portfolio = self._fields["summary"], self._fields["portfolio"]
        summary["answer_parts"] = parts(voice, "summary.answer", self._together)
        portfolio["sentence_parts"] = parts(voice, "portfolio", self._together)

    def _top_rows(self) -> list[dict[str, Any]]:
        return [row for category in LISTS for row in self._fields["top"][category]]

    def scores(self) -> None:
        """Benefit and readiness: two rows a leading use, one for all others."""
        order = self._assessment.readiness.order
        links: dict[str, dict[str, Link]] = {}
        for row in self._top_rows():
            links[row["id"]] = {
                kind: self._add(
                    self._bases.scores((row["id"],), (kind,)),
                    f"trace.{kind}", row[kind], use=row["name"],
                )
                for kind in SCORES
            }  # fmt: skip
            row["trace"] |= links[row["id"]]
        others = [key for category in LISTS for key in order[category] if key not in links]
        if others:
            count = self._voice.say("trace.uses", count=len(others))
            anchor = self._add(self._bases.scores(others), "trace.scores", count)["anchor"]
            for key in others:
                links[key] = {
                    kind: self._link(anchor, self._bases.scores((key,), (kind,))) for kind in SCORES
                }
        for category in LISTS:
            ranked = self._fields["readiness"][category]
            for row in (*ranked["ranking"], *ranked["left_out"]):
                row["trace"] = {"readiness": links[row["id"]]["readiness"]}
            shortlist = self._assessment.readiness.shortlist[category]
            for key, row in zip(shortlist, self._fields["merit"][category]["rows"], strict=True):
                row["trace"] = links[key]

    # --- gaps, limits, economy --------------------------------------------------------------------

    def gaps(self) -> None:
        """The biggest gaps, a row each."""
        found = self._assessment.readiness.biggest_gaps
        for biggest, row in zip(found, self._fields["gaps"], strict=True):
            place = f"gaps.{biggest.criterion_id}"
            basis, value = self._bases.gap(biggest), self._voice.said[place].args["gap"]
            link = self._add(basis, "trace.gap", value, criterion=row["criterion"])
            row["missing_parts"] = parts(self._voice, place, {"gap": link})

    def limits(self) -> None:
        """What there is of each resource, with what the portfolio takes of it under the same row."""
        rows = self._fields["portfolio"]["limits"]
        listed = self._fields["annex"]["limits"]["resources"]
        resources = self._assessment.portfolio.resources if rows else ()
        for resource, row, shown in zip(resources, rows, listed, strict=True):
            used, name = self._bases.used(resource, shown["id"]), row["resource"]
            if resource.fact is None or resource.limit is None:
                taken = self._add(used, "trace.used", row["used"], resource=name)
                row["trace"] = {"limit": _NONE, "used": taken}
                continue
            basis = self._bases.fact(resource.fact)
            limit = self._add(basis, "trace.limit", row["limit"], resource=name)
            row["trace"] = {"limit": limit, "used": self._link(limit["anchor"], used)}

    def employment(self) -> None:
        """The region's employment in one row, under which the largest industries stand as well."""
        voice, top = self._voice, self._assessment.economy.top
        links = {"jobs": self._together["jobs"]} if self._together else {}
        if top:
            total = self._counted(voice.said["economy.jobs"].args.get("employed"), "unit.persons")
            whole = self._add(self._bases.employment(), "trace.employment", total)
            links["employed"] = whole
            for industry, row in zip(top, self._fields["economy"]["top"], strict=True):
                basis = self._bases.fact(industry.employment)
                row["trace"] = {"employment": self._link(whole["anchor"], basis)}
        self._fields["economy"]["jobs_parts"] = parts(voice, "economy.jobs", links)

    def electricity(self) -> None:
        """The electricity of each use and of all, in one row."""
        uses = self._assessment.economy.energy.uses
        rows = self._fields["economy"]["energy"]["rows"]
        for row in rows:
            row["trace"] = {"electricity": _NONE}
        known = [use.use_id for use in uses if use.electricity_mwh is not None]
        if not known:
            return
        value = self._counted(rows[-1]["electricity"], "trace.mwh")
        total = self._add(self._bases.electricity(known), "trace.electricity", value)
        rows[-1]["trace"] = {"electricity": total}
        for use, row in zip(uses, rows, strict=False):  # the total has no use
            if use.use_id in known:
                link = self._link(total["anchor"], self._bases.electricity((use.use_id,)))
                row["trace"] = {"electricity": link}
