"""Both waves computed once more from results.json alone, in plain Python, by listing every choice."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass, field

import pytest

from generator.report import results

CITIES = ("changzhi", "heze", "qingdao")
STAFF_ROTA = "ops_fte"
MONEY = "capex"
SHARES = ("size_full", "size_three_quarters", "size_half", "size_quarter")


@pytest.fixture(scope="module", params=CITIES)
def programme(request, cities, knowledge):
    """The programme of a city as a reader of its file has it."""
    found = results(cities[request.param], knowledge, [], {})
    return json.loads(json.dumps(found, allow_nan=False))["programme"]


@dataclass
class Chosen:
    """Projects as use, row of the site (None for none) and size."""

    inputs: dict
    projects: list[tuple[str, int | None, float]]
    before: list[tuple[str, int | None, float]] = field(default_factory=list)

    def unit(self, use):
        return self.inputs["uses"][use]

    def reached(self, projects):
        """People reached by division: the greatest share of any use that names it, once."""
        total = 0.0
        for row in self.inputs["divisions"]:
            shares = [
                self.unit(use)["reach_share"]
                for use, _, _ in projects
                if row["code"] in self.unit(use)["divisions"]
            ]
            total += (row["employment"]["value"] or 0.0) * max(shares, default=0.0)
        return total

    def effects(self):
        together = self.reached([*self.before, *self.projects])
        return {
            "jobs": sum(self.unit(use)["jobs"] * size for use, _, size in self.projects),
            "power": sum(self.unit(use)["power"] * size for use, _, size in self.projects),
            "value_added": sum(
                self.unit(use)["value_added"] * size for use, _, size in self.projects
            ),
            "served": together - self.reached(self.before),
        }

    def capital(self):
        """A common platform is built where it costs less, and its base is paid for once."""
        keep = self.inputs["parameters"]["platform_keep"]
        base = self.inputs["parameters"]["platform_base"]

        def shared(projects):
            return sum(
                self.unit(use)["capital"]
                for use, _, _ in projects
                if self.unit(use)["on_shared_platform"]
            )

        there = shared(self.before)
        if there and base + keep * there < there:
            base = 0.0
        alone = sum(
            self.unit(use)["capital"] * size
            for use, _, size in self.projects
            if not self.unit(use)["on_shared_platform"]
        )
        own = shared(self.projects)
        return alone + min(own, base + keep * own)

    def needs(self, resource):
        """What the projects take of a limit beyond the earlier ones."""
        if resource == MONEY:
            return self.capital() * (1 + self.inputs["parameters"]["contingency"])
        if resource == STAFF_ROTA:
            return self.rota([*self.before, *self.projects]) - self.rota(self.before)
        return sum(self.need(use, size, resource) for use, _, size in self.projects)

    def need(self, use, size, resource):
        unit = self.unit(use)
        return unit["fixed_needs"].get(resource, 0.0) + size * unit["needs"].get(resource, 0.0)

    def rota(self, projects):
        needs = [self.need(use, size, STAFF_ROTA) for use, _, size in projects]
        needing = [need for need in needs if need > 0]
        return max(needing, default=0.0) + max(len(needing) - 1, 0)

    def worth(self, objectives):
        units = {
            one["effect"]: one["weight"] / one["normaliser"] if one["normaliser"] else 0.0
            for one in objectives
        }
        gain = self.inputs["parameters"]["min_gain"] * len(self.projects)
        return sum(units.get(name, 0.0) * amount for name, amount in self.effects().items()) - gain

    def fits_sites(self):
        for number, site in enumerate(self.inputs["sites"]):
            for room, there_is in site["rooms"].items():
                taken = sum(
                    self.unit(use)["rooms"].get(room, 0.0) * size
                    for use, place, size in [*self.before, *self.projects]
                    if place == number
                )
                if taken > there_is * (1 + 1e-9) + 1e-9:
                    return False
        return True

    def keeps_limits(self, limits):
        return all(
            one["limit"] is None or self.needs(one["resource"]) <= one["limit"] * (1 + 1e-9) + 1e-7
            for one in limits
        )

    def keeps_pairs(self):
        uses = {use for use, _, _ in self.projects}
        there = uses | {use for use, _, _ in self.before}
        return not any({one, other} <= uses for one, other in self.inputs["excludes"]) and all(
            other in there for one, other in self.inputs["requires"] if one in uses
        )

    def reported(self):
        """The effects as a plan counts them: each project in whole persons or hundredths of a megawatt."""
        served = self.effects()["served"]
        return {
            "jobs": sum(nearest(self.unit(use)["jobs"] * size) for use, _, size in self.projects),
            "power": sum(
                nearest(self.unit(use)["power"] * size * 100) for use, _, size in self.projects
            )
            / 100,
            "value_added": self.effects()["value_added"],
            "served": nearest(served),
        }


def nearest(amount):
    return math.floor(amount + 0.5 + 1e-9)


def of_wave(programme, name):
    return [
        (one["use_id"], one["place"]["number"], one["size"]) for one in programme[name]["projects"]
    ]


@pytest.mark.parametrize("wave", ["first", "second"])
def test_value_effects_and_capital_of_a_wave_are_the_sums_of_its_projects(programme, wave):
    before = of_wave(programme, "first") if wave == "second" else []
    mine = Chosen(programme["choice_inputs"], of_wave(programme, wave), before)
    found = programme[wave]
    assert mine.reported() == pytest.approx(found["effects"], rel=1e-9, abs=1e-9)
    assert mine.capital() == pytest.approx(found["capital"])
    assert mine.worth(programme["objectives"]) == pytest.approx(found["value"], abs=1e-9)


@pytest.mark.parametrize("wave", ["first", "second"])
def test_a_wave_takes_of_each_limit_what_its_projects_need(programme, wave):
    before = of_wave(programme, "first") if wave == "second" else []
    mine = Chosen(programme["choice_inputs"], of_wave(programme, wave), before)
    for one in programme["limits"]:
        assert mine.needs(one["resource"]) == pytest.approx(one[wave], abs=1e-9), one["resource"]
        if one["limit"] is not None:
            assert one["first"] + one["second"] <= one["limit"] * (1 + 1e-9) + 1e-7
    assert mine.fits_sites()
    assert mine.keeps_pairs()


def test_sizes_follow_from_their_bounds(programme):
    inputs = programme["choice_inputs"]
    for use, one in programme["candidates"].items():
        for fit in one["fits"]:
            for bound in fit["bounds"]:
                if bound["need"]:
                    assert bound["units"] == pytest.approx(bound["amount"] / bound["need"])
                if bound["kind"] in inputs["uses"][use]["rooms"]:
                    site = inputs["sites"][fit["place"]["number"]]
                    assert bound["amount"] == site["rooms"][bound["kind"]]
                if bound["kind"] == "spare":
                    assert bound["amount"] == inputs["spare_mw"]
            top = math.floor(10 * min(b["units"] for b in fit["bounds"]) + 1e-9) / 10
            if fit["full"] is None:
                assert fit["menu"] == []
                continue
            assert fit["full"] == top
            tried = {
                math.floor(10 * inputs["parameters"][name] * top + 1e-9) / 10 for name in SHARES
            }
            assert set(fit["menu"]) <= tried
            assert fit["full"] in fit["menu"]


def test_value_alone_is_that_of_the_use_by_itself(programme):
    inputs = programme["choice_inputs"]
    gain = inputs["parameters"]["min_gain"]
    for use, one in programme["candidates"].items():
        place, size = (None, 1.0)
        if one["category"] == "power_reuse":
            if one["best"] is None:
                assert one["value_alone"] == 0
                continue
            place, size = one["best"][0]["number"], one["best"][1]
        alone = Chosen(inputs, [(use, place, size)]).worth(programme["objectives"]) + gain
        assert one["value_alone"] == pytest.approx(100 * alone, abs=1e-6)


def test_no_other_set_of_ready_projects_is_worth_more(programme):
    """Every set of platforms with every set of placings, the most worth first.

    Platforms and placings add up in value, so that a pair can be passed over as soon as it cannot
    beat the best one that keeps to limits, sites and pairs.
    """
    inputs, objectives = programme["choice_inputs"], programme["objectives"]
    most = int(inputs["parameters"]["list_cap"])
    ready = [
        one
        for one in programme["candidates"].values()
        if one["is_ready"] and not one["requires"] and one["capital"]["value"] is not None
    ]
    chains = [(one["use_id"], None, 1.0) for one in ready if one["category"] == "blockchain"]
    placings = [
        [
            (one["use_id"], fit["place"]["number"], size)
            for fit in one["fits"]
            if fit["place"]["is_cleared"]
            for size in fit["menu"]
        ]
        for one in ready
        if one["category"] == "power_reuse"
    ]
    subsets = [
        list(chosen)
        for count in range(most + 1)
        for chosen in itertools.combinations(chains, count)
    ]
    placed = [
        list(chosen)
        for count in range(most + 1)
        for lists in itertools.combinations(placings, count)
        for chosen in itertools.product(*lists)
        if Chosen(inputs, list(chosen)).fits_sites()
    ]

    def ranked(sets):
        return sorted(((Chosen(inputs, one).worth(objectives), one) for one in sets), key=lambda pair: -pair[0])  # fmt: skip

    best = 0.0
    halves = ranked(subsets)
    for worth, own in ranked(placed):
        if worth + halves[0][0] <= best:
            break
        for other, chain in halves:
            if worth + other <= best + 1e-12:
                break
            both = Chosen(inputs, [*chain, *own])
            if both.keeps_pairs() and both.keeps_limits(programme["limits"]):
                best = worth + other
    # What was chosen by the middle of costs; a proposal that is smaller keeps to the limit at its ends.
    larger = programme["larger"]
    placed = larger["first"] if larger else programme["first"]["projects"]
    chosen = [(one["use_id"], one["place"]["number"], one["size"]) for one in placed]
    assert Chosen(inputs, chosen).worth(objectives) == pytest.approx(best, abs=1e-9)
    if not larger:
        assert programme["first"]["value"] == pytest.approx(best, abs=1e-9)


def test_alternatives_are_worth_what_they_say(programme):
    inputs, objectives = programme["choice_inputs"], programme["objectives"]
    for one in programme["alternatives"]:
        placed = [
            (part["use_id"], part["place"]["number"], part["size"]) for part in one["placements"]
        ]
        mine = Chosen(inputs, placed)
        assert mine.reported() == pytest.approx(one["effects"], rel=1e-9, abs=1e-9)
        assert mine.capital() == pytest.approx(one["capital"])
        assert mine.worth(objectives) == pytest.approx(one["value"], abs=1e-9)
        assert programme["first"]["value"] - one["value"] == pytest.approx(one["loss"], abs=1e-9)
        assert mine.keeps_limits(programme["limits"])
        assert mine.fits_sites()
