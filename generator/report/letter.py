"""What a cover mail says of a region, or of the comparison: each thing in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.model import CLEARED, COMPARATORS, LISTS, Letter
from generator.report.choice import checked, is_bounded, named
from generator.report.front import is_illustrative
from generator.report.legal import comparators, together
from generator.report.reach import trade_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Assessment, Brief, Knowledge, Screening
    from generator.report.voice import Voice


def letter(brief: Brief) -> Letter:
    """The cover letter of a region's brief, or of the comparison's.

    Args:
        brief: Fields of one language, as `report` or `compare` made them.
    """
    fields: Mapping[str, Any] = brief.fields
    doc, said = fields["doc"], fields["letter"]
    return Letter(
        name=doc["region"],
        answer=said["answer"],
        barred=said["barred"],
        barred_rows=tuple((row["name"], row["sentence"]) for row in said["barred_rows"]),
        as_of=doc["as_of"],
        as_of_line=doc["as_of_line"],
        draft=said["draft"],
        handling=said["handling"],
        prepared_by=said["prepared_by"],
        disclaimer=tuple(fields["disclaimer"]),
    )


def document_title(name: str, knowledge: Knowledge, language: str) -> str:
    """What people call a document: the label of the choice list, else its name."""
    label = knowledge.choices.get("document", {}).get(name)
    return label.text(language) if label else name


def letter_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `letter` fields of one region."""
    region, screening = assessment.region, assessment.screening
    barred, _ = comparators(screening, voice)
    draft = ""
    if is_illustrative(assessment, voice):
        share = voice.whole(assessment.confidence.illustrative_pct)
        draft = voice.sentence("letter.draft", "letter.draft", share=share)
    return {
        "answer": _answer(assessment, voice),
        "barred": barred_sentence([screening], voice),
        "barred_rows": [
            {"name": row["name"], "sentence": citation(row, voice)}
            for row in together(barred, voice)
        ],
        "draft": draft,
        "handling": voice.choice("handling", region.handling) if region.handling else "",
        "prepared_by": region.prepared_by.text(voice.language),
    }


def citation(ban: Mapping[str, object], voice: Voice) -> str:
    """The sentence of a barred activity with what was read, and its penalty."""
    return voice.run_on(str(ban[part]) for part in ("sentence", "penalty", "open"))


def barred_sentence(screenings: Sequence[Screening], voice: Voice) -> str:
    """What the law bars in every one of these places, in one sentence.

    Args:
        screenings: The law gate's answer in each place; all of one day.
        voice: Speaks and keeps the sentence.
    """
    kinds = [use.use_id for use in voice.knowledge.uses if use.category == COMPARATORS]
    barred = [
        {
            kind
            for kind in kinds
            if kind in screening.uses and screening.uses[kind].status == "prohibited"
        }
        for screening in screenings
    ]
    everywhere, anywhere = set.intersection(*barred), set.union(*barred)
    date = voice.date(screenings[0].as_of)
    if len(everywhere) == len(kinds):
        return voice.sentence("letter.barred", "summary.all_barred", date=date)
    if not anywhere:
        is_assessed = all(
            screening.uses[kind].status in CLEARED
            for screening in screenings
            for kind in kinds
            if kind in screening.uses
        )
        if not is_assessed and len(screenings) == 1:
            return trade_sentence("letter.barred", screenings[0], voice)
        key = "letter.none_barred" if is_assessed else "letter.not_all_assessed"
        return voice.sentence("letter.barred", key, date=date, count=len(kinds))
    key = "letter.some_barred"
    if anywhere != everywhere:
        key = "letter.barred_apart" if everywhere else "letter.barred_in_some"
    return voice.sentence(
        "letter.barred", key, date=date, count=len(everywhere), of=len(kinds),
        apart=len(anywhere - everywhere),
    )  # fmt: skip


def _answer(assessment: Assessment, voice: Voice) -> str:
    """What to launch together, or why nothing can be."""
    readiness, found = assessment.readiness, assessment.portfolio
    region = voice.name(assessment.region.name)
    listed = sum(len(readiness.shortlist[category]) for category in LISTS)
    if not any(readiness.order.values()):
        return voice.sentence("letter.answer", "answer.nothing_cleared", region=region)
    if not listed:
        return voice.sentence("letter.answer", "letter.none", region=region)
    if not found.selected:
        return voice.sentence("letter.answer", "letter.nothing_fits", region=region, count=listed)
    return voice.sentence(
        "letter.answer",
        "letter.portfolio" if is_bounded(found) else "letter.unlimited",
        region=region, count=len(found.selected), uses=named(found.selected, voice),
        capex=voice.money(*found.capex), checked=checked(found, voice), jobs=voice.span(*found.jobs, "span.jobs"),
    )  # fmt: skip
