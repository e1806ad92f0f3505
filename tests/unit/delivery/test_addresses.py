"""Addresses stay out of what is written down."""

import pytest

from generator.delivery.addresses import without_addresses


@pytest.mark.parametrize(
    "said",
    [
        "5.1.1 <office@example.org>: Recipient address rejected",  # Postfix
        "<OFFICE@EXAMPLE.ORG>... User unknown",  # Sendmail
        "relay for Office@Example.org;deputy@other.example failed",
        "no mailbox 用户@例子.中国",
    ],
)
def test_a_server_that_repeats_the_address_in_its_own_way_does_not_bring_it_into_the_ledger(said):
    kept = without_addresses(said)
    assert "@" not in kept
    assert not {"office", "deputy", "用户"} & set(kept.casefold().replace("<", " ").split())


def test_the_work_on_an_endless_word_grows_no_faster_than_the_word(cost):
    def read(length):
        assert without_addresses("x" * length) == "x" * length

    assert cost(lambda: read(1_000_000), lambda: read(125_000), 24) <= 24


def test_what_else_a_server_said_is_kept():
    said = "5.2.2 mailbox full, see https://mail.example.org/help"
    assert without_addresses(said) == said
