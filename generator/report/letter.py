"""What a cover mail says of a region, or of the comparison: each thing in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.model import CLEARED, COMPARATORS, Assessment, Brief, Knowledge, Letter, Screening
from generator.report.answer import answer
from generator.report.citation import cited
from generator.report.front import is_illustrative
from generator.report.reach import trade_sentence
from generator.report.screening import comparators, together

if TYPE_CHECKING:
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
    barred, _ = comparators(screening, voice, citing=cited)
    draft = ""
    if is_illustrative(assessment):
        share = voice.whole(assessment.confidence.illustrative_pct)
        draft = voice.sentence("letter.draft", "letter.draft", share=share)
    return {
        "answer": answer("letter.answer", assessment, voice),
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
        return voice.sentence("letter.barred", "letter.all_barred", date=date)
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
