from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.analysis.screening import is_in_force, is_in_scope, lineage, screen
from generator.model import Jurisdiction, Label


@pytest.fixture
def law(build, knowledge):
    """The status of one use that carries an activity for each effect given."""

    def found(*effects):
        names = sorted(knowledge.activities)[: len(effects)]
        rules = [
            build.rule(f"T-{number}", name, effect)
            for number, (name, effect) in enumerate(zip(names, effects, strict=True))
            if effect
        ]
        known = build.catalogue(knowledge, [build.use("U90", activities=names)], (), rules)
        return screen(build.region(), known, build.TODAY).uses["U90"]

    return found


# --- the status of a use --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effects", "status"),
    [
        (("prohibited", "encouraged"), "prohibited"),
        (("encouraged", "permitted", "conditional", "prohibited"), "prohibited"),
        (("prohibited", None), "prohibited"),
        (("encouraged", None), "partly_assessed"),
        (("permitted", None, "conditional"), "partly_assessed"),
        ((None,), "not_assessed"),
        ((None, None), "not_assessed"),
        (("conditional", "encouraged", "permitted"), "conditional"),
        (("encouraged", "permitted"), "permitted"),
        (("encouraged",), "encouraged"),
    ],
)
def test_the_status_of_a_use_is_its_strictest_activity_and_an_open_one_is_never_a_permission(
    law, effects, status
):
    assert law(*effects).status == status


def test_a_partly_assessed_use_names_its_open_activities(law, knowledge):
    found = law("encouraged", None, "conditional", None)

    second, fourth = (sorted(knowledge.activities)[number] for number in (1, 3))
    assert [one.activity for one in found.of("not_assessed")] == [second, fourth]


def test_the_strictest_of_several_rules_on_one_activity_decides(build, knowledge):
    rules = [
        build.rule(f"T-{effect}", "data_centre", effect)
        for effect in ("encouraged", "conditional", "permitted")
    ]
    use = build.use("U90", activities=("data_centre",))
    known = build.catalogue(knowledge, [use], (), rules)

    found = screen(build.region(), known, build.TODAY).uses["U90"]

    assert found.status == "conditional"
    assert len(found.findings[0].rules) == 3


def test_there_is_a_finding_for_every_activity_whether_a_use_carries_it_or_not(build, knowledge):
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))])

    screening = screen(build.region(), known, build.TODAY)

    assert set(screening.findings) == set(knowledge.activities)
    assert {found.effect for found in screening.findings.values()} == {"permitted"}
    assert screening.rules_in_force == len(knowledge.activities)


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_its_end(build, day, expected):
    rule = build.rule("T-1", "data_centre", "permitted", date(2025, 1, 1), date(2026, 1, 1))

    assert is_in_force(rule, day) is expected


def test_a_rule_without_a_known_start_is_listed_and_never_applied(build, knowledge):
    rule = build.rule("T-1", "data_centre", "permitted", None)
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))], (), [rule])

    found = screen(build.region(), known, build.TODAY).uses["U90"]

    assert found.status == "not_assessed"
    assert found.findings[0].rules == ()
    assert found.findings[0].undated == (rule,)


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jurisdiction", "orders"),
    [("DE", ("DE", "EU")), ("US-TX", ("US-TX", "US")), ("CN", ("CN",)), ("EU", ("EU",))],
)
def test_a_jurisdiction_lies_in_its_parents(knowledge, jurisdiction, orders):
    assert lineage(jurisdiction, knowledge) == orders


def test_lineage_follows_every_parent_once_and_survives_a_circle(knowledge):
    def order(code, *parents):
        return Jurisdiction(code, Label(), parents, "EUR", "", "isic4")

    orders = {one.code: one for one in (order("A", "B", "C"), order("B", "C"), order("C", "A"))}

    assert lineage("A", replace(knowledge, jurisdictions=orders)) == ("A", "B", "C")


@pytest.mark.parametrize(
    ("scope", "admin_code", "expected"),
    [
        ("37", "370200", True),
        ("37", "371702", True),
        ("37", "360100", False),
        ("370700", "370702", True),  # trailing pairs of zeros are stripped: 3707 covers 370702
        ("370700", "370800", False),
        ("370000", "370702", True),
        ("110108", "110108", True),
        ("110108", "110100", False),
        ("370200", "370000", False),  # a rule of the city does not reach the whole province
        ("15", "150221", True),
        ("15", "315000", False),
        ("CN", "370200", True),
        ("37", "", False),
    ],
)
def test_a_scope_code_is_the_beginning_of_the_regions_code(build, scope, admin_code, expected):
    rule = build.rule("T-1", "data_centre", "permitted", region_scope=(scope,))

    assert is_in_scope(rule, ("CN",), admin_code) is expected


def test_one_of_several_scope_codes_is_enough(build):
    rule = build.rule("T-1", "data_centre", "permitted", region_scope=("130700", "310118"))

    assert is_in_scope(rule, ("CN",), "310118")
    assert not is_in_scope(rule, ("CN",), "310119")


def test_a_code_is_only_compared_within_the_rules_own_jurisdiction(build):
    sichuan = build.rule("T-1", "data_centre", "permitted", region_scope=("51",))

    assert is_in_scope(sichuan, ("CN",), "510100")
    assert not is_in_scope(sichuan, ("US",), "51")  # Virginia


def test_a_rule_of_the_union_reaches_germany_and_one_for_germany_does_not_reach_france(build):
    union = build.rule("T-1", "data_centre", "permitted", jurisdiction="EU", region_scope=("EU",))
    german = build.rule("T-2", "data_centre", "permitted", jurisdiction="EU", region_scope=("DE",))

    assert is_in_scope(union, ("DE", "EU"), "DE1")
    assert is_in_scope(german, ("DE", "EU"), "DE1")
    assert not is_in_scope(german, ("FR", "EU"), "FR1")


def test_a_state_rule_does_not_reach_its_federation_or_a_sister_state(build):
    texan = build.rule(
        "T-1", "data_centre", "permitted", jurisdiction="US-TX", region_scope=("US-TX",)
    )

    assert is_in_scope(texan, ("US-TX", "US"), "48")
    assert not is_in_scope(texan, ("US",), "48")
    assert not is_in_scope(texan, ("US-NY", "US"), "36")


# --- the shipped rules ----------------------------------------------------------------------------

COMPARATORS = ("P01", "P02", "P03", "P04", "P05", "P06")


def _statuses(build, knowledge, as_of=None, **where):
    screening = screen(build.region(**where), knowledge, as_of or build.TODAY)
    return {use_id: found.status for use_id, found in screening.uses.items()}


@pytest.mark.parametrize("admin_code", ["370200", "140400", "150221", "510100", "650000"])
def test_every_comparator_is_barred_in_china_today(build, knowledge, admin_code):
    found = _statuses(build, knowledge, admin_code=admin_code)

    assert {found[use_id] for use_id in COMPARATORS} == {"prohibited"}


def test_the_law_of_31_march_2025_is_the_law_of_that_day(build, knowledge):
    day = date(2025, 3, 31)
    screening = screen(build.region(), knowledge, day)

    assert screening.uses["P06"].status == "not_assessed"
    assert screening.uses["U03"].status == "partly_assessed"
    assert [one.activity for one in screening.uses["U03"].of("not_assessed")] == [
        "supply_chain_finance"
    ]
    exchange = next(
        one for one in screening.uses["P04"].findings if one.activity == "exchange_service"
    )
    assert [rule.rule_id for rule in exchange.rules] == ["CN-FIN-01"]  # the notice of 2021
    barred = {use_id for use_id in COMPARATORS if screening.uses[use_id].status == "prohibited"}
    assert barred == {"P01", "P02", "P03", "P04", "P05"}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (
            {"jurisdiction": "KZ", "admin_code": "551000000"},
            {"P01": "conditional", "P02": "prohibited", "P03": "conditional"},
        ),
        (
            {"jurisdiction": "US-TX", "admin_code": "48"},
            {"P01": "conditional", "P04": "partly_assessed", "P06": "not_assessed"},
        ),
        (
            {"jurisdiction": "DE", "admin_code": "DE1"},
            {"P01": "permitted", "P04": "partly_assessed", "P06": "not_assessed"},
        ),
    ],
)
def test_comparators_are_not_barred_where_the_law_allows_them(build, knowledge, where, expected):
    found = _statuses(build, knowledge, **where)

    assert {use_id: found[use_id] for use_id in expected} == expected


@pytest.mark.parametrize("known_code", [True, False])
def test_a_jurisdiction_without_rules_assesses_nothing(build, knowledge, known_code):
    if known_code:
        elsewhere = Jurisdiction("ZZ", Label(), (), "CNY", "", "isic4")
        orders = {**knowledge.jurisdictions, "ZZ": elsewhere}
        knowledge = replace(knowledge, jurisdictions=orders)

    screening = screen(build.region(jurisdiction="ZZ"), knowledge, build.TODAY)

    assert {found.status for found in screening.uses.values()} == {"not_assessed"}
    assert {found.effect for found in screening.findings.values()} == {"not_assessed"}
    assert screening.rules_in_force == 0
    assert screening.stale == ()


# --- stale rules ----------------------------------------------------------------------------------


def _stale(build, knowledge, *rules, as_of=None):
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))], (), rules)
    return screen(build.region(), known, as_of or build.TODAY).stale


@pytest.mark.parametrize(("days", "is_stale"), [(0, False), (180, False), (181, True)])
def test_a_rule_is_stale_after_more_than_180_days(build, knowledge, days, is_stale):
    checked = build.TODAY - timedelta(days=days)
    rule = build.rule("T-1", "data_centre", "permitted", checked_on=checked)

    found = _stale(build, knowledge, rule)

    assert [(one.rule.rule_id, one.days_since_check) for one in found] == (
        [("T-1", days)] if is_stale else []
    )


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [
        (date(2026, 11, 21), None, True),
        (date(2026, 11, 22), None, False),
        (None, None, False),
        (date(2026, 1, 1), date(2026, 11, 21), False),
        (date(2026, 1, 1), date(2026, 11, 22), True),
    ],
)
def test_a_replacement_counts_only_while_it_is_in_force(build, knowledge, begins, ends, counts):
    old = build.rule("T-1", "data_centre", "permitted", replaced_by="T-2")
    new = build.rule("T-2", "data_centre", "conditional", begins, ends)

    found = _stale(build, knowledge, old, new)

    assert [(one.rule.rule_id, one.replaced_by.rule_id) for one in found] == (
        [("T-1", "T-2")] if counts else []
    )


def test_a_rule_that_does_not_apply_raises_no_banner(build, knowledge):
    long_ago = date(2020, 1, 1)
    rules = [
        build.rule("T-1", "data_centre", "permitted", date(2027, 1, 1), checked_on=long_ago),
        build.rule("T-2", "data_centre", "permitted", None, checked_on=long_ago),
        build.rule("T-3", "data_centre", "permitted", region_scope=("11",), checked_on=long_ago),
        build.rule("T-4", "data_centre", "permitted", ends=date(2026, 1, 1), checked_on=long_ago),
    ]

    assert _stale(build, knowledge, *rules) == ()


def test_the_shipped_rules_are_fresh_on_the_day_they_were_checked(build, knowledge):
    assert screen(build.region(), knowledge, build.TODAY).stale == ()


# --- claims ---------------------------------------------------------------------------------------


def test_every_claim_is_answered_by_the_rules_on_its_activity(build, knowledge):
    claims = [build.claim(name) for name in ("pow_mining", "home_mining", "pow_mining")]
    here = build.region(claims=claims)

    answers = screen(here, knowledge, build.TODAY).claims

    assert [answer.claim for answer in answers] == list(here.claims)
    assert [answer.finding.activity for answer in answers] == [one.activity for one in claims]
    assert {answer.finding.effect for answer in answers} == {"prohibited"}
    assert "CN-MIN-01" in {rule.rule_id for rule in answers[0].finding.rules}


def test_a_claim_without_a_rule_is_answered_as_not_assessed(build, knowledge):
    here = build.region(
        jurisdiction="US-TX", admin_code="48", claims=[build.claim("mining_equipment_sale")]
    )

    (answer,) = screen(here, knowledge, build.TODAY).claims

    assert answer.finding.effect == "not_assessed"
    assert answer.finding.rules == ()
