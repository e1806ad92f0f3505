"""The table of quoted numbers at the end of a brief, and a link with a tip for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.model import LISTS
from generator.report.annex.used import id_runs
from generator.report.basis import Bases
from generator.report.front import programme_gaps
from generator.report.limits import limit_rows
from generator.report.projects import with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Assessment
    from generator.model.programme import Project, Wave
    from generator.report.basis import Basis
    from generator.report.voice import Voice

_MARK = "\x00"
"""Marks where a sentence prints a number; no text that a document can hold has it."""
_FIGURES = ("capex", "jobs")
_MONEY = ("capex", "capital", "running_cost")
"""Columns that tell capital, or running cost as a share of it."""
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
    found.readiness()
    found.gaps()
    found.limits()
    found.employment()
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
        self.leading = list(assessment.programme.uses)
        self._fields = fields
        self._assessment = assessment
        self._voice = voice
        self._bases = Bases(assessment, voice)
        self._jobs = _NONE
        """Jobs of both waves."""

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

    def figures(self) -> None:
        """Jobs and capital, of the first wave and of each project: one row for all."""
        found, voice, bases = self._assessment.programme, self._voice, self._bases
        first = found.first
        if found.projects:
            jobs = with_unit("jobs", first.effects.get("jobs", 0.0), voice)
            value = (
                voice.say("trace.both", first=voice.about(*first.capital_range), second=jobs)
                if first.projects
                else voice.dash
            )
            anchor = self._add(bases.figures(_FIGURES, found.uses), "trace.ranges", value)["anchor"]
            self._jobs = self._link(anchor, bases.figures(("jobs",), found.uses))
            for row, wave in zip(self._fields["overview"]["waves"], self._waves(), strict=True):
                capital = bases.figures(("capex",), wave.uses)
                self._mark(row, anchor, dict.fromkeys(("capital", "running"), capital))
                self._mark(row, anchor, self._brought(wave.projects, "served"))
            projects = [one for wave in self._waves() for one in wave.projects]
            for row, one in zip(self._rows(), projects, strict=True):
                capital = bases.figure("capex", one.use_id)
                self._mark(row, anchor, dict.fromkeys(_MONEY, capital))
                self._mark(row, anchor, self._brought([one], "people"))

    def _mark(self, row: dict[str, Any], anchor: str, columns: Mapping[str, Basis | None]) -> None:
        """Links beside columns of a row; an empty one where there is no number."""
        for column, basis in columns.items():
            link = self._link(anchor, basis) if basis else _NONE
            row |= {f"{column}_{name}": said for name, said in link.items()}

    def _brought(self, projects: Sequence[Project], people: str) -> dict[str, Basis | None]:
        """What the effects of projects rest on by the column that tells them; None for no effect."""
        bases, uses = self._bases, [one.use_id for one in projects]
        jobs = bases.figures(("jobs",), uses) if len(uses) > 1 else bases.figure("jobs", uses[0])

        def any_of(effect: str) -> bool:
            return any(one.effects.get(effect) for one in projects)

        return {
            "jobs": jobs,
            "power": bases.power(projects) if any_of("power") else None,
            people: bases.served(projects) if any_of("served") else None,
        }

    def _waves(self) -> list[Wave]:
        """Those of both waves that hold projects."""
        found = self._assessment.programme
        return [wave for wave in (found.first, found.second) if wave.projects]

    def _rows(self) -> list[dict[str, Any]]:
        """The rows of both waves."""
        return [row for wave in ("first", "second") for row in self._fields["programme"][wave]]

    def readiness(self) -> None:
        """Readiness of every use that the law clears, in one row."""
        order = self._assessment.readiness.order
        uses = [key for category in LISTS for key in order[category]]
        if not uses:
            return
        count = self._voice.say("trace.uses", count=len(uses))
        self._add(self._bases.readiness(uses), "trace.scores", count)

    def gaps(self) -> None:
        """The biggest gaps, a row each."""
        found = programme_gaps(self._assessment)
        for (criterion_id, use_id, _, _), row in zip(found, self._fields["gaps"], strict=True):
            value = self._voice.said[f"gaps.{criterion_id}"].args["gap"]
            basis = self._bases.gap(criterion_id, use_id)
            self._add(basis, "trace.gap", value, criterion=row["criterion"])

    def limits(self) -> None:
        """What there is of each resource; what the programme takes of it where that is not known."""
        rows = limit_rows(self._assessment, self._voice)
        resources = self._assessment.programme.limits if rows else ()
        for place, (resource, row) in enumerate(zip(resources, rows, strict=True), start=1):
            name = row["resource"]
            if resource.fact is None or resource.limit is None:
                used = self._bases.used(resource, self._voice.say("annex.limit_row", number=place))
                self._add(used, "trace.used", row["first"], resource=name)
            else:
                basis = self._bases.fact(resource.fact)
                self._add(basis, "trace.limit", row["limit"], resource=name)

    def employment(self) -> None:
        """The region's employment in one row."""
        voice = self._voice
        links = {"jobs": self._jobs} if self._assessment.programme.projects else {}
        if self._assessment.economy.top:
            total = self._counted(voice.said["economy.jobs"].args.get("employed"), "unit.persons")
            links["employed"] = self._add(self._bases.employment(), "trace.employment", total)
        self._fields["economy"]["jobs_parts"] = parts(voice, "economy.jobs", links)
