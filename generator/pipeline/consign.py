"""What a build leaves for sending: letters, documents, and who asked for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.model import Brief, Consignment, Document, Enclosure, Knowledge, Letter, Region
from generator.report import document_title, letter
from generator.settings import COMPARISON


def consign(
    region: Region,
    briefs: Mapping[str, Brief],
    documents: Sequence[Document],
    knowledge: Knowledge,
    as_of: date,
) -> Consignment:
    """One region's documents for the recipients of its workbook.

    Args:
        region: With its recipients.
        briefs: By language.
        documents: Its finished files.
        knowledge: What people call a document.
        as_of: The day whose law applies, for the names of the attachments.
    """
    letters = {language: letter(brief) for language, brief in briefs.items()}
    found = _enclosures(documents, f"{region.code}/", letters, knowledge, as_of)
    return consigned(region, letters, tuple(found))


def consigned(
    region: Region, letters: Mapping[str, Letter], enclosures: tuple[Enclosure, ...]
) -> Consignment:
    """What was written before, for the recipients that the workbook names now."""
    return Consignment(
        region=region.code,
        handling=region.handling,
        contacts=(region.contact_email,) if region.contact_email else (),
        letters=letters,
        enclosures=enclosures,
        recipients=region.recipients,
    )


def consign_comparison(
    sources: Sequence[Consignment],
    briefs: Mapping[str, Brief],
    documents: Sequence[Document],
    knowledge: Knowledge,
    as_of: date,
) -> Consignment:
    """The comparison for everybody who asked for it in any region; open only if every region is.

    Args:
        sources: The consignments of the regions.
        briefs: The comparison by language.
        documents: Its finished files.
        knowledge: What people call a document.
        as_of: The day whose law applies, for the names of the attachments.
    """
    letters = {language: letter(brief) for language, brief in briefs.items()}
    found = _enclosures(documents, "", letters, knowledge, as_of)
    return comparison_consigned(sources, letters, tuple(found))


def comparison_consigned(
    sources: Sequence[Consignment],
    letters: Mapping[str, Letter],
    enclosures: tuple[Enclosure, ...],
) -> Consignment:
    """A comparison that was written before, for everybody who asks for it now."""
    marks = {one.handling for one in sources}
    return Consignment(
        region=COMPARISON,
        handling=marks.pop() if len(marks) == 1 else "",
        contacts=(),  # a region's contact answers for the region
        letters=letters,
        enclosures=enclosures,
        recipients=tuple(
            who for one in sources for who in one.recipients if COMPARISON in who.documents
        ),
    )


def _enclosures(
    documents: Sequence[Document],
    folder: str,
    letters: Mapping[str, Letter],
    knowledge: Knowledge,
    as_of: date,
) -> Iterator[Enclosure]:
    """The Word files, named for people."""
    for one in documents:
        name, dot, ending = one.name.partition(".")
        if ending != f"{one.language}.docx":
            continue
        title = document_title(name, knowledge, one.language)
        file = f"{letters[one.language].name} {title} {as_of}{dot}docx"
        digest = hashlib.sha256(one.content).hexdigest()
        yield Enclosure(name, one.language, title, file, f"{folder}{one.name}", digest)
