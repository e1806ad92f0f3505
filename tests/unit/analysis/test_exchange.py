"""The same region in two currencies at the stated rate is decided alike."""

from datetime import date

import pytest

from generator.analysis import assess

AS_OF = date(2026, 11, 21)
RATES = {"USD": 6.7758, "EUR": 7.8026}
"""Monthly averages of June 2026 (Federal Reserve H.10)."""
SOURCE = {"source_zh": "市局", "as_of": "2026-06-30", "grade": "B"}


def money(rate):
    """The sheets of `region` that hold money, in a currency of that worth."""
    return {
        "power": [
            {"name_zh": "一号变电站", "kind": "connection point", "voltage_kv": 110, "capacity_mw": 100,
             "spare_mw": 60, "price": 0.56 / rate, "peak_valley_spread": 0.5 / rate,
             "status": "existing", **SOURCE}
        ],
        "limits": [{"resource": "capex", "amount": 120 / rate, **SOURCE}],
        "estimates": [
            {"use": use, "capex": capex / rate, "jobs": jobs,
             "annual_value_added": added / rate, **SOURCE}
            for use, capex, jobs, added in (("R05", 80, 200, 30), ("R06", 60, 70, 20))
        ],
        "steps": [
            {"title_zh": "降低电价", "applies_to": "一号变电站", "criterion": "power_price",
             "change": -0.1 / rate, "cost": 2 / rate, "months": 6, "owner_zh": "市局", **SOURCE}
        ],
    }  # fmt: skip


def decided(found):
    """What is decided, without any amount."""
    return {
        "shortlist": found.readiness.shortlist,
        "order": found.readiness.order,
        "scores": {key: round(use.low, 6) for key, use in found.readiness.uses.items()},
        "benefit": {key: round(use.low, 6) for key, use in found.benefit.uses.items()},
        "chosen": found.portfolio.selected,
        "frequency": found.portfolio.frequency,
        "binding": [one.resource for one in found.portfolio.resources if one.is_binding],
        "opened": [one.difference.entered for one in found.steps.single],
    }


@pytest.mark.parametrize("given", [True, False], ids=["workbook", "table"])
@pytest.mark.parametrize("currency", RATES)
def test_the_currency_decides_nothing(region, knowledge, currency, given):
    """The law stays that of one place, so that the currency alone differs."""
    rate = RATES[currency]
    own = {"cny_per_unit": rate} if given else {}
    yuan = region(**money(1.0))
    other = region(currency=currency, **own, **money(rate))
    first, second = (assess(one, knowledge, AS_OF, draws=50) for one in (yuan, other))
    assert first.portfolio.selected
    assert decided(first) == decided(second)


def test_a_limit_without_a_rate_is_not_kept_to_and_says_so(region, knowledge):
    found = assess(region(currency="KZT", **money(0.0137)), knowledge, AS_OF, draws=50)
    assert found.portfolio.not_usable == ("capex",)
    assert found.portfolio.resources[0].limit is None


def test_a_rate_of_the_table_is_no_cell_of_the_workbook(region, knowledge):
    here = region(currency="USD", **money(6.7758))
    assert (here.rate_basis, here.cny_per_unit.value) == ("table", 6.7758)
    assert here.cny_per_unit.as_of == "2026-06"
    found = assess(here, knowledge, AS_OF, draws=50)
    (limit,) = (one for one in found.portfolio.resources if one.resource == "capex")
    assert limit.limit == pytest.approx(120)
    assert {origin.file for origin in limit.fact.origins} == set(here.files)


def test_the_gain_of_one_more_is_that_of_a_million_of_the_region(region, knowledge):
    """A limit in dollars is widened by a dollar million, which is 6.7758 yuan million."""
    wide = region(currency="USD", **{**money(6.7758), "limits": [
        {"resource": "capex", "amount": 120 / 6.7758 + 1, **SOURCE}]})  # fmt: skip
    narrow = assess(region(currency="USD", **money(6.7758)), knowledge, AS_OF, draws=50).portfolio
    widened = assess(wide, knowledge, AS_OF, draws=50).portfolio
    (capex,) = (one for one in narrow.resources if one.resource == "capex")
    gained = widened.benefit - narrow.benefit
    assert capex.gain_of_one == pytest.approx(gained if capex.is_binding else 0.0)
