"""The portfolio beside every subset of its candidates, looked at one by one."""

import math
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from generator.analysis.choice import choice_of
from generator.analysis.portfolio import chosen, select

from generator.analysis import core
from generator.analysis.draws import Draws
from generator.analysis.robustness import vary

WORTH_NAMING = 0.01
CHAINS, REUSE = ("U91", "U92", "U93", "U94", "U95"), ("R91", "R92", "R93")
RESOURCES = {
    "capex": "",
    "grid_mw": "spare_grid_mw",
    "it_load_mw": "it_load_mw",
    "racks": "racks_available",
    "dev_fte": "dev_fte",
    "ops_fte": "ops_fte",
    "technician_fte": "technician_fte",
}
OTHERS = tuple(name for name in RESOURCES if name not in {"capex", "ops_fte"})


class Enumerated:
    """Needs, benefits and limits of a base run, and every subset that keeps to them."""

    def __init__(self, base, limits, points=None):
        self.points = points
        self.ids = [key for ids in base.readiness.shortlist.values() for key in ids]
        self.pairs = base.knowledge.pairs
        self.reuse = {key for key in self.ids if base.knowledge.use(key).category == "power_reuse"}
        self.worth = {key: base.benefit.uses[key].low for key in self.ids}
        self.limits = {name: limits.get(name, math.inf) for name in RESOURCES}
        self.needs = {}
        for key in self.ids:
            use = base.knowledge.use(key)
            minima = {row.criterion_id: row.minimum for row in base.knowledge.requirements[key]}
            needs = {name: minima.get(criterion, 0) for name, criterion in RESOURCES.items()}
            if key in self.reuse:
                # Nobody here asks for a PUE, so the load is that of the size itself.
                load = max(needs["grid_mw"], use.scale_mw or 0)
                needs |= {"it_load_mw": 0, "racks": 0, "grid_mw": load}
            needs["capex"] = (use.capex_cny_m_low + use.capex_cny_m_high) / 2
            self.needs[key] = needs
        self.subsets = [
            set(some)
            for size in range(len(self.ids) + 1)
            for some in combinations(self.ids, size)
            if self.allowed(some)
        ]

    def used(self, some, name):
        needs = [self.needs[key][name] for key in some if self.needs[key][name] > 0]
        if name == "ops_fte":
            return max(needs) + len(needs) - 1 if needs else 0
        return math.fsum(needs)

    def allowed(self, some):
        for pair in self.pairs:
            if pair.relation == "excludes" and {pair.use_id, pair.other_id} <= set(some):
                return False
            if pair.relation == "requires" and pair.use_id in some and pair.other_id not in some:
                return False
        if self.points is None:
            return True
        lodgers = [self.needs[key]["grid_mw"] for key in some if key in self.reuse]
        for places in product(range(len(self.points)), repeat=len(lodgers)):
            loads = [0.0] * len(self.points)
            for place, load in zip(places, lodgers, strict=True):
                loads[place] += load
            if all(load <= spare + 1e-9 for load, spare in zip(loads, self.points, strict=True)):
                return True
        return False

    def value(self, some):
        return math.fsum(self.worth[key] for key in some)

    def feasible(self, limits):
        return [
            some
            for some in self.subsets
            if all(self.used(some, name) <= limits[name] + 1e-9 for name in RESOURCES)
        ]

    def best(self, limits=None):
        """Subsets from the best down; of equal benefits the one of least capital first."""
        found = self.feasible(limits or self.limits)
        return sorted(found, key=lambda some: (-self.value(some), self.used(some, "capex")))


@pytest.fixture
def picked(build):
    """The portfolio of a region, and its base run."""

    def of(here, known, draws=20):
        base = core.run(here, known, build.TODAY)
        _, parts, drawn = vary(base, Draws(1, draws, here.code))
        return select(base, choice_of(base), drawn, parts), base

    return of


@pytest.fixture
def case(build, knowledge):
    """A made-up region with eight uses, its catalogue, its stated limits and its points."""

    def of(seed):
        chance = np.random.default_rng(seed)
        uses, needs = [], []
        for key in (*CHAINS, *REUSE):
            low = float(chance.integers(2, 30))
            figures = build.ranged(
                jobs=(int(chance.integers(5, 40)), int(chance.integers(40, 90))),
                capex=(low, low + float(chance.integers(0, 20))),
                payback=(3 + float(chance.random()) * 2, 6 + float(chance.random()) * 4),
            )
            is_reuse = key in REUSE
            category = "power_reuse" if is_reuse else "blockchain"
            uses.append(build.use(key, category, scale_mw=5.0, **figures))
            asked = {
                "spare_grid_mw": chance.integers(3, 9) if is_reuse else chance.integers(0, 3),
                "dev_fte": 0 if is_reuse else chance.integers(1, 9),
                "ops_fte": chance.integers(0, 6),
                "technician_fte": chance.integers(1, 9) if is_reuse else 0,
                "it_load_mw": 0 if is_reuse else chance.random(),
                "racks_available": 0 if is_reuse else chance.integers(0, 30),
            }
            for criterion, minimum in asked.items():
                if minimum:
                    needs.append(build.need(key, criterion, float(minimum), float(minimum), 20))
        needs += [build.need(key, "backbone_gbps", 1, 1, 60) for key in (*CHAINS, *REUSE)]
        pairs = (
            build.pair("R91", "excludes", "R92"), build.pair("U92", "requires", "U91"),
            build.pair("U93", "excludes", "U94"),
        )  # fmt: skip
        known = replace(build.catalogue(knowledge, uses, needs), pairs=pairs)
        spares = [float(chance.integers(6, 12)) for _ in range(2)]
        stated = {
            "capex": float(chance.integers(30, 90)),
            "dev_fte": float(chance.integers(8, 20)),
            "grid_mw": float(chance.integers(8, 40)),
        }
        here = build.region(
            power=[build.named_point(f"P{k}", spare) for k, spare in enumerate(spares)],
            data_centres=[build.hall(2.0, 60)],
            workforce=[
                build.role("developers", 30), build.role("operations", int(chance.integers(6, 9))),
                build.role("technicians", int(chance.integers(8, 16))),
            ],
            connectivity=[build.link(10)],
            limits=[build.cap(name, amount) for name, amount in stated.items()],
        )  # fmt: skip
        limits = {
            **stated,
            "grid_mw": min(stated["grid_mw"], sum(spares)),
            "it_load_mw": 2.0,
            "racks": 60,
            "ops_fte": here.workforce[1].available_fte.value,
            "technician_fte": here.workforce[2].available_fte.value,
        }
        return here, known, limits, spares

    return of


SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_portfolio_is_the_best_of_all_subsets_and_the_runner_up_the_second(case, picked, seed):
    here, known, limits, spares = case(seed)
    found, base = picked(here, known)
    every = Enumerated(base, limits, spares)
    best, second = every.best()[:2]
    assert set(found.candidates) == set(every.ids)
    assert len(found.candidates) == 8
    assert set(found.selected) == best
    assert found.benefit == pytest.approx(every.value(best))
    assert set(found.runner_up) == second
    assert found.runner_up_benefit == pytest.approx(every.value(second))
    for one in found.resources:
        assert one.limit == limits[one.resource]
        assert one.used == pytest.approx(every.used(best, one.resource))
    assert found.needs == {key: pytest.approx(needs) for key, needs in every.needs.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_binds_and_what_more_of_it_brings_is_what_solving_again_brings(case, picked, seed):
    here, known, limits, spares = case(seed)
    found, base = picked(here, known)
    every = Enumerated(base, limits, spares)

    def gain(name, amount):
        return every.value(every.best({**limits, name: amount})[0]) - found.benefit

    for one in found.resources:
        name, limit = one.resource, limits[one.resource]
        assert one.is_binding == (gain(name, math.inf) > WORTH_NAMING), name
        if not one.is_binding:
            assert (one.gain_of_one, one.next_extra, one.next_uses) == (0, None, ())
            continue
        assert one.gain_of_one == pytest.approx(gain(name, limit + 1), abs=WORTH_NAMING)
        better = [
            some
            for some in every.feasible({**limits, name: math.inf})
            if every.value(some) > found.benefit + WORTH_NAMING
        ]
        assert one.next_extra == pytest.approx(min(every.used(s, name) for s in better) - limit)
        # The least amount is enough, a little less is not.
        assert gain(name, limit + one.next_extra) > WORTH_NAMING
        assert gain(name, limit + one.next_extra - 1e-3) <= WORTH_NAMING
        now = every.best({**limits, name: limit + one.next_extra})[0]
        assert set(one.next_uses) == now - set(found.selected)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_power_reuse_use_stands_whole_on_one_point(case, picked, seed):
    here, known, _, _ = case(seed)
    found, _ = picked(here, known)
    left = {row.name.text("en"): row.spare_mw.value for row in here.power}
    assert set(found.hosts) == set(found.selected) & set(REUSE)
    for use_id, name in found.hosts.items():
        left[name] -= found.needs[use_id]["grid_mw"]
    assert min(left.values()) >= 0


@pytest.mark.parametrize("seed", [0, 3])
def test_how_often_a_use_is_selected_is_counted_over_the_draws(case, build, seed):
    here, known, limits, spares = case(seed)
    base = core.run(here, known, build.TODAY)
    _, parts, drawn = vary(base, Draws(1, 25, here.code))
    found = select(base, choice_of(base), drawn, parts)
    every = Enumerated(base, limits, spares)
    counts = dict.fromkeys(every.ids, 0)
    for draw in range(25):
        rows = {key: drawn.uses.index(key) for key in every.ids}
        every.worth = {key: drawn.benefit[rows[key], draw] for key in every.ids}
        for key in every.ids:
            every.needs[key]["capex"] = np.broadcast_to(parts.capex[key], 25)[draw]
        open_ = {key for key in every.ids if drawn.shortlisted[rows[key], draw]}
        for key in next(some for some in every.best() if some <= open_):
            counts[key] += 1
    assert found.frequency_draws == 25
    assert found.frequency == {key: pytest.approx(count / 25) for key, count in counts.items()}


# --- limits ---------------------------------------------------------------------------------------


@pytest.fixture
def few(build, knowledge):
    """A catalogue of chain uses with a capital, a number of jobs and some needs each."""

    def of(uses, pairs=(), category="blockchain"):
        made, needs = [], []
        for key, (capex, jobs, asked) in uses.items():
            figures = build.ranged(jobs=(jobs, jobs), capex=(capex, capex))
            made.append(build.use(key, category, scale_mw=1.0, **figures))
            weight = 100 / len(asked)
            needs += [build.need(key, name, least, least, weight) for name, least in asked.items()]
        return replace(
            build.catalogue(knowledge, made, needs), pairs=tuple(build.pair(*one) for one in pairs)
        )

    return of


def resource(found, name):
    return next(one for one in found.resources if one.resource == name)


def test_a_stated_limit_stands_for_what_there_is_and_says_so(build, picked, few):
    known = few({"U91": (5, 20, {"dev_fte": 4, "spare_grid_mw": 1})})
    here = build.region(
        power=[build.point(3), build.point(4), build.point(50, status="planned")],
        workforce=[build.role("developers", 9)],
        limits=[build.cap("dev_fte", 6)],
    )
    found, _ = picked(here, known)
    stated, grid = resource(found, "dev_fte"), resource(found, "grid_mw")
    assert (stated.limit, stated.basis, stated.used) == (6, "stated", 4)
    assert (grid.limit, grid.basis, grid.used) == (7, "available", 1)
    assert resource(found, "capex").limit is None
    assert resource(found, "capex").basis == "none"


@pytest.mark.parametrize(("stated", "limit", "basis"), [(5, 5, "stated"), (50, 7, "available")])
def test_the_grid_limit_is_never_above_what_there_is(build, picked, few, stated, limit, basis):
    known = few({"U91": (5, 20, {"spare_grid_mw": 1})})
    here = build.region(
        power=[build.point(3), build.point(4)], limits=[build.cap("grid_mw", stated)]
    )
    found, _ = picked(here, known)
    grid = resource(found, "grid_mw")
    assert (grid.limit, grid.basis) == (limit, basis)


def test_a_stated_limit_above_the_staff_there_is_may_be_hired_for(build, picked, few):
    known = few({"U91": (5, 20, {"dev_fte": 4}), "U92": (5, 20, {"dev_fte": 4})})
    here = build.region(workforce=[build.role("developers", 5)], limits=[build.cap("dev_fte", 20)])
    found, _ = picked(here, known)
    assert set(found.selected) == {"U91", "U92"}


def test_a_limit_without_an_amount_leaves_what_there_is(build, picked, few):
    known = few({"U91": (5, 20, {"spare_grid_mw": 4}), "U92": (5, 30, {"spare_grid_mw": 4})})
    here = build.region(power=[build.point(7)], limits=[build.cap("grid_mw", None)])
    found, _ = picked(here, known)
    assert resource(found, "grid_mw").limit == 7
    assert found.selected == ("U92",)
    assert found.not_usable == ("grid_mw",)


def test_without_any_limit_every_use_is_selected(build, picked, few):
    known = few({"U91": (5, 20, {"backbone_gbps": 1}), "U92": (500, 20, {"backbone_gbps": 1})})
    found, base = picked(build.region(connectivity=[build.link(10)]), known)
    assert set(found.selected) == {"U91", "U92"}
    assert [one.limit for one in found.resources] == [None] * len(RESOURCES)
    assert not any(one.is_binding for one in found.resources)
    assert not found.is_limited
    assert found.capex == (505, 505)
    assert found.jobs == (40, 40)
    # The next best set goes without the lesser of the two.
    lesser = min(found.selected, key=lambda key: base.benefit.uses[key].low)
    assert set(found.runner_up) == set(found.selected) - {lesser}


def test_nothing_is_selected_where_nothing_fits_not_even_alone(build, picked, few):
    known = few({"U91": (50, 60, {"backbone_gbps": 1}), "U92": (80, 99, {"backbone_gbps": 1})})
    here = build.region(connectivity=[build.link(10)], limits=[build.cap("capex", 10)])
    found, base = picked(here, known)
    assert found.selected == ()
    assert (found.benefit, found.capex, found.jobs) == (0, (0, 0), (0, 0))
    assert (found.runner_up, found.runner_up_benefit) == ((), None)
    capital = resource(found, "capex")
    assert capital.is_binding
    assert capital.gain_of_one == 0
    assert capital.next_extra == pytest.approx(40)
    assert capital.next_uses == ("U91",)
    assert base.benefit.uses["U91"].low > WORTH_NAMING


def test_a_region_without_a_shortlist_has_an_empty_portfolio(build, picked, few):
    found, _ = picked(build.region(), few({"U91": (5, 20, {"dev_fte": 4})}))
    assert (found.candidates, found.selected, found.frequency) == ((), (), {})
    assert not any(one.is_binding for one in found.resources)


@pytest.mark.parametrize(("limit", "is_both"), [(10, True), (9, False)])
def test_a_limit_may_be_used_up_to_its_last_unit(build, picked, few, limit, is_both):
    known = few({"U91": (4.7, 20, {"backbone_gbps": 1}), "U92": (5.3, 20, {"backbone_gbps": 1})})
    here = build.region(connectivity=[build.link(10)], limits=[build.cap("capex", limit)])
    found, _ = picked(here, known)
    assert (set(found.selected) == {"U91", "U92"}) == is_both


# --- money ----------------------------------------------------------------------------------------


def test_a_limit_in_another_currency_is_converted(build, picked, few):
    known = few({"U91": (60, 20, {"backbone_gbps": 1}), "U92": (20, 20, {"backbone_gbps": 1})})
    here = build.region(
        jurisdiction="US-TX", currency="USD", rate=7.0, connectivity=[build.link(10)],
        limits=[build.cap("capex", 10)],
    )  # fmt: skip
    known = replace(known, rules=tuple(replace(r, jurisdiction="US-TX", region_scope=("US-TX",))
                                       for r in known.rules))  # fmt: skip
    found, _ = picked(here, known)
    capital = resource(found, "capex")
    assert (capital.limit, capital.basis) == (70, "stated")
    assert len(found.selected) == 1
    assert found.not_usable == ()


def test_a_limit_that_cannot_be_converted_is_named_and_not_kept_to(build, picked, few):
    known = few({"U91": (60, 20, {"backbone_gbps": 1}), "U92": (20, 20, {"backbone_gbps": 1})})
    known = replace(known, rules=tuple(replace(r, jurisdiction="KZ", region_scope=("KZ",))
                                       for r in known.rules))  # fmt: skip
    here = build.region(
        jurisdiction="KZ", currency="KZT", connectivity=[build.link(10)],
        limits=[build.cap("capex", 10)],
    )  # fmt: skip
    found, _ = picked(here, known)
    assert resource(found, "capex").limit is None
    assert resource(found, "capex").basis == "none"
    assert found.not_usable == ("capex",)
    assert set(found.selected) == {"U91", "U92"}


def test_own_figures_stand_in_for_the_capital_of_the_catalogue(build, picked, few):
    known = few({"U91": (60, 20, {"backbone_gbps": 1}), "U92": (20, 30, {"backbone_gbps": 1})})
    here = build.region(
        connectivity=[build.link(10)], limits=[build.cap("capex", 30)],
        estimates=(build.own_figures("U91", capex=build.fact(8, low=7, high=9)),),
    )  # fmt: skip
    found, _ = picked(here, known)
    assert set(found.selected) == {"U91", "U92"}
    assert found.needs["U91"]["capex"] == 8
    assert found.capex == (27, 29)
    assert found.ranges["U91"] == {"capex": (7, 9), "jobs": (20, 20)}
    assert found.ranges["U92"] == {"capex": (20, 20), "jobs": (30, 30)}


# --- pairs and points -----------------------------------------------------------------------------


def test_a_use_whose_prerequisite_is_not_shortlisted_is_blocked_however_long_the_chain(
    build, picked, few
):
    uses = {
        "U91": (5, 20, {"backbone_gbps": 1}), "U92": (5, 20, {"backbone_gbps": 1}),
        "U93": (5, 20, {"dev_fte": 9}), "U94": (5, 20, {"backbone_gbps": 1}),
    }  # fmt: skip
    known = few(uses, [("U91", "requires", "U92"), ("U92", "requires", "U93")])
    found, base = picked(build.region(connectivity=[build.link(10)]), known)
    assert set(base.readiness.shortlist["blockchain"]) == {"U91", "U92", "U94"}
    assert found.blocked == {"U91": "U92", "U92": "U93"}
    assert found.candidates == ("U94",)
    assert found.selected == ("U94",)


def test_a_use_kept_out_by_a_pair_alone_is_not_said_to_be_kept_out_by_limits(build, picked, few):
    uses = {"U91": (5, 20, {"backbone_gbps": 1}), "U92": (5, 40, {"backbone_gbps": 1})}
    known = few(uses, [("U91", "excludes", "U92")])
    here = build.region(connectivity=[build.link(10)], limits=[build.cap("capex", 100)])
    found, _ = picked(here, known)
    assert found.selected == ("U92",)
    assert found.runner_up == ("U91",)
    assert not found.is_limited
    assert not any(one.is_binding for one in found.resources)


def test_limits_that_keep_a_use_out_only_together_are_said_to(build, picked, few):
    uses = {
        "U91": (10, 50, {"dev_fte": 5, "backbone_gbps": 1}),
        "U92": (10, 20, {"dev_fte": 5, "backbone_gbps": 1}),
    }  # fmt: skip
    here = build.region(
        workforce=[build.role("developers", 5)], connectivity=[build.link(10)],
        limits=[build.cap("capex", 10)],
    )  # fmt: skip
    found, _ = picked(here, few(uses))
    assert len(found.selected) == 1
    assert not any(one.is_binding for one in found.resources)
    assert found.is_limited


def test_two_points_of_one_name_are_two_points(build, picked, few):
    uses = {key: (5, 20, {"spare_grid_mw": 6}) for key in ("R91", "R92")}
    here = build.region(power=[build.point(8), build.point(7)])
    found, _ = picked(here, few(uses, category="power_reuse"))
    assert set(found.selected) == {"R91", "R92"}
    assert found.hosts == {"R91": "Point", "R92": "Point"}


def test_spare_capacity_scattered_over_points_hosts_no_whole_use(build, picked, few):
    uses = {key: (5, 20 + k, {"spare_grid_mw": 6}) for k, key in enumerate(("R91", "R92", "R93"))}
    here = build.region(power=[build.named_point("A", 10), build.named_point("B", 8)])
    found, base = picked(here, few(uses, category="power_reuse"))
    # 18 MW in all are enough for three times 6, but no point has room for two.
    assert resource(found, "grid_mw").limit == 18
    kept = sorted(found.candidates, key=lambda key: -base.benefit.uses[key].low)[:2]
    assert set(found.selected) == set(kept)
    assert sorted(found.hosts.values()) == ["A", "B"]
    assert found.is_limited


def test_a_measured_spare_capacity_stands_for_one_point(build, picked, few):
    uses = {key: (5, 20, {"spare_grid_mw": 6}) for key in ("R91", "R92")}
    here = build.region(measures=[build.measure("spare_grid_mw", 11)])
    found, _ = picked(here, few(uses, category="power_reuse"))
    assert len(found.selected) == 1
    assert resource(found, "grid_mw").limit == 11


def test_the_selection_alone_is_that_of_the_portfolio(case, picked):
    here, known, _, _ = case(1)
    found, base = picked(here, known)
    assert chosen(choice_of(base)) == found.selected
