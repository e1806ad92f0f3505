"""The same region in two currencies at the stated rate is decided alike."""

from datetime import date

import pytest

from generator.analysis import assess
from generator.analysis.core import run
from generator.analysis.programme import programme
from generator.analysis.waves import first_wave

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
    """What is decided, without any amount of the region's own money."""
    plan = found.programme
    return {
        "shortlist": found.readiness.shortlist,
        "order": found.readiness.order,
        "scores": {key: round(use.low, 6) for key, use in found.readiness.uses.items()},
        "alone": {key: round(one.value_alone, 6) for key, one in plan.candidates.items()},
        "waves": [
            [(one.use_id, one.size, round(one.capital.value, 6)) for one in wave.projects]
            for wave in (plan.first, plan.second)
        ],
        "values": [round(wave.value, 6) for wave in (plan.first, plan.second)],
        "shares": dict(plan.firmness.shares),
        "binding": [one.resource for one in plan.limits if one.is_binding],
        "opened": [one.difference.shortlisted for one in found.steps.single],
        "asked": [(one.kind, one.uses) for one in found.decisions],
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
    assert first.programme.projects
    assert decided(first) == decided(second)


def capital_of(found):
    (limit,) = (one for one in found.programme.limits if one.resource == "capex")
    return limit


def test_a_limit_without_a_rate_is_not_kept_to_and_says_so(region, knowledge):
    found = assess(region(currency="KZT", **money(0.0137)), knowledge, AS_OF, draws=50)
    assert found.programme.unusable_limits == ("capex",)
    assert not found.programme.has_money_limit
    assert capital_of(found).limit is None


def test_a_rate_of_the_table_is_no_cell_of_the_workbook(region, knowledge):
    here = region(currency="USD", **money(6.7758))
    assert (here.rate_basis, here.cny_per_unit.value) == ("table", 6.7758)
    assert here.cny_per_unit.as_of == "2026-06"
    limit = capital_of(assess(here, knowledge, AS_OF, draws=50))
    assert limit.limit == pytest.approx(120)
    assert {origin.file for origin in limit.fact.origins} == set(here.files)


def test_the_gain_of_one_more_is_that_of_a_million_yuan(region, knowledge):
    """Judged by the coefficients of before, under a limit that is one million yuan wider."""

    def limited(amount):
        amounts = [{"resource": "capex", "amount": amount / 6.7758, **SOURCE}]
        return region(currency="USD", **{**money(6.7758), "limits": amounts})

    base = run(limited(20), knowledge, AS_OF)
    widened = first_wave(base.again(limited(21)).setting).found.value
    (capex,) = (one for one in programme(base).limits if one.resource == "capex")
    gained = widened - first_wave(base.setting).found.value
    assert capex.gain_of_one == pytest.approx(gained, abs=1e-9)
