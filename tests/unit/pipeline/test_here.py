"""The law as it can bear on one place: what is elsewhere neither stays nor changes the version."""

import pytest
from msgspec.structs import replace

from generator.pipeline.here import law_here


@pytest.fixture(scope="module")
def qingdao(cities):
    return cities["qingdao"].region


def with_note(knowledge, rule):
    """The knowledge with another condition in one rule."""
    other = replace(rule, article=f"{rule.article} (changed)")
    rules = tuple(other if one is rule else one for one in knowledge.rules)
    return replace(knowledge, rules=rules)


def test_every_rule_that_reaches_the_place_stays(qingdao, knowledge):
    orders = knowledge.lineage(qingdao.jurisdiction)
    reaching = {one.rule_id for one in knowledge.rules if one.reaches(orders, qingdao.admin_code)}
    assert reaching <= {one.rule_id for one in law_here(qingdao, knowledge).rules}


def test_a_changed_rule_of_the_place_is_another_version(qingdao, knowledge):
    before = law_here(qingdao, knowledge)
    changed = with_note(knowledge, before.rules[0])
    assert law_here(qingdao, changed).rules_version != before.rules_version


def test_a_changed_rule_of_another_country_or_province_is_the_same_version(qingdao, knowledge):
    before = law_here(qingdao, knowledge)
    kept = {one.rule_id for one in before.rules}
    others = [one for one in knowledge.rules if one.rule_id not in kept]
    assert {one.jurisdiction for one in others} > {"US", "CN"}
    for jurisdiction in ("US", "CN"):
        rule = next(one for one in others if one.jurisdiction == jurisdiction)
        assert law_here(qingdao, with_note(knowledge, rule)).rules_version == before.rules_version


def test_places_of_one_order_with_the_same_rules_have_one_version(qingdao, knowledge):
    neighbour = replace(qingdao, code="other", admin_code="370211")
    version = law_here(qingdao, knowledge).rules_version
    assert law_here(neighbour, knowledge).rules_version == version
