"""Whom a task names: bodies of the workbook that would join its uses, else the kinds to be found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.analysis.actions import FILLS, bodies_of
from generator.intake.catalogue import TOKENS
from generator.model import NO_LABEL, Institution, Label
from generator.problems import Origin


def body(name, kind, use="U07", status="none"):
    label = Label((("en", name),))
    return Institution(Origin("b.xlsx", "Institutions", "A4"), label, kind, use, status, None,
                       NO_LABEL, "B", NO_LABEL, "2026")  # fmt: skip


@pytest.fixture
def task(knowledge):
    """`task("court", "notary", signs=True)`: an action that such bodies fill."""

    def of(*fills, signs=None):
        return replace(knowledge.actions[0], fills_from=fills, signs=signs)

    return of


def names(rows):
    return [row.name.text("en") for row in rows]


def test_bodies_of_the_use_and_type_are_named_nearest_to_a_signature_first(task, knowledge):
    rows = [
        body("Third notary", "notary"),
        body("Notary", "notary", status="talks"),
        body("Court", "court", status="signed"),
        body("Bank", "bank", status="signed"),
        body("Notary elsewhere", "notary", use="U17", status="signed"),
    ]
    found = bodies_of(task("court", "notary"), ["U07"], rows, knowledge)
    assert names(found.named) == ["Court", "Notary", "Third notary"]
    assert not found.sought
    assert not found.signed


def test_where_the_sheet_names_nobody_the_kinds_are_to_be_found(task, knowledge):
    found = bodies_of(task("court", "notary"), ["U07"], [body("Bank", "bank")], knowledge)
    assert not found.named
    assert found.sought == (("U07", "court"), ("U07", "notary"))


def test_a_body_that_has_signed_is_not_asked_to_sign(task, knowledge):
    rows = [body("Court", "court", status="signed"), body("Notary", "notary", status="talks")]
    found = bodies_of(task("court", "notary", signs=True), ["U07"], rows, knowledge)
    assert names(found.named) == ["Notary"]
    assert names(found.signed) == ["Court"]


def test_a_kind_that_nobody_of_has_signed_or_stands_on_the_sheet_is_still_sought(task, knowledge):
    rows = [body("Court", "court", status="signed")]
    found = bodies_of(task("court", "notary", signs=True), ["U07"], rows, knowledge)
    assert found.sought == (("U07", "notary"),)
    assert not found.is_settled
    rows.append(body("Notary", "notary", status="signed"))
    assert bodies_of(task("court", "notary", signs=True), ["U07"], rows, knowledge).is_settled


def test_tokens_stand_for_the_lists_of_each_use(task, knowledge):
    key = bodies_of(task("key_institution_types"), ["U07", "U09"], [], knowledge)
    assert key.sought == (("U07", "court"), ("U09", "hospital"))
    others = {kind for _, kind in bodies_of(task("partner_types"), ["U07"], [], knowledge).sought}
    assert others == set(knowledge.needs["U07"].partner_types) - {"court"}


def test_the_bodies_of_one_use_are_told_apart(task, knowledge):
    rows = [body("Court", "court"), body("Clinic", "hospital", use="U09")]
    both = bodies_of(task("key_institution_types"), ["U07", "U09", "U11"], rows, knowledge)
    assert names(both.named) == ["Court", "Clinic"]
    assert names(both.of("U09").named) == ["Clinic"]
    assert both.of("U11").sought == (("U11", "procurement_authority"),)


def test_the_loader_and_the_analysis_know_the_same_tokens():
    assert set(TOKENS) == set(FILLS)
