"""Neighbours found in a grid are those that comparing every pair finds."""

import random

import pytest

from generator.intake.sums import distance_km, earlier_twins


def by_every_pair(spots):
    return {
        later: next(n for n in range(later) if distance_km(spot, spots[n]) < 1)
        for later, spot in enumerate(spots)
        if any(distance_km(spot, spots[n]) < 1 for n in range(later))
    }


@pytest.mark.parametrize("spread", [0.02, 0.2, 2])
@pytest.mark.parametrize(
    "middle",
    [(36.2, 113.1), (0, 0), (0, 180), (45, -179.995), (71, 0.001), (89.99, 10), (-89.995, 0),
     (90, 0)],
)  # fmt: skip
def test_the_grid_finds_what_every_pair_finds(middle, spread):
    chance = random.Random(f"{middle}{spread}")  # noqa: S311 - reproducible spots
    for _ in range(15):
        spots = []
        for _ in range(40):
            north = middle[0] + chance.uniform(-spread, spread)
            east = middle[1] + chance.uniform(-spread, spread) * chance.choice([1, 1, 40])
            spots.append((max(-90.0, min(90.0, north)), (east + 180) % 360 - 180))
        assert earlier_twins(spots) == by_every_pair(spots)


def test_two_sides_of_the_date_line_are_neighbours():
    assert earlier_twins([(10.0, 179.999), (10.0, -179.999)]) == {1: 0}


def test_a_degree_of_longitude_is_short_in_the_north():
    assert earlier_twins([(80.0, 20.0), (80.0, 20.04)]) == {1: 0}
    assert earlier_twins([(10.0, 20.0), (10.0, 20.04)]) == {}
