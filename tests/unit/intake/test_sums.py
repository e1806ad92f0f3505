"""Rows that equal others: found where they are totals, passed over where numbers chance to agree."""

import math
import random

import pytest

from generator.intake.sums import repeated

USUAL_POINTS = [6, 10, 12, 16, 20, 25, 31.5, 40, 50, 63, 80, 100, 120, 150, 180, 200, 240, 300]
USUAL_PLANTS = [1, 3, 6, 7, 12, 30, 49, 49.5, 50, 60, 100, 150, 270, 300, 330, 350, 600, 660, 840,
                1000, 1200, 1320, 1510, 1770, 1800, 2000]  # fmt: skip


def rows(*numbers):
    return [(float(number),) for number in numbers]


def told(found):
    return {(one.row, one.parts) for one in found}


def drawn(chance, digits, middle, width):
    number = 10 ** chance.gauss(middle, width)
    return max(round(number, digits - 1 - math.floor(math.log10(number))), 0.1)


REGISTERS = {
    "points": lambda chance: float(chance.choice(USUAL_POINTS)),
    "plants": lambda chance: float(chance.choice(USUAL_PLANTS)),
    "one digit": lambda chance: drawn(chance, 1, 1.7, 0.6),
    "two digits": lambda chance: drawn(chance, 2, 1.7, 0.6),
    "three digits": lambda chance: drawn(chance, 3, 2, 0.8),
    "few people": lambda chance: float(chance.randint(1, 6)),
    "jobs": lambda chance: float(round(10 ** chance.gauss(4.5, 0.6), -2)),
}


@pytest.mark.parametrize("kind", REGISTERS)
def test_fewer_than_one_usual_register_in_two_hundred_gives_a_false_alarm(kind):
    chance = random.Random(kind)  # noqa: S311 - reproducible registers
    count = 2000
    alarms = sum(
        bool(repeated(rows(*(REGISTERS[kind](chance) for _ in range(chance.randint(3, 30))))))
        for _ in range(count)
    )
    assert alarms < count / 200


def test_the_total_of_a_drawn_register_is_found():
    chance = random.Random(3)  # noqa: S311 - reproducible registers
    for _ in range(300):
        numbers = [
            float(round(10 ** chance.gauss(1.8, 0.5)) + 1) for _ in range(chance.randint(4, 20))
        ]
        last = len(numbers)
        assert told(repeated(rows(*numbers, sum(numbers)))) == {(last, tuple(range(last)))}
        assert told(repeated(rows(sum(numbers), *numbers))) == {(0, tuple(range(1, last + 1)))}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((100, 200, 300, 50, 70, 120), {(2, (0, 1)), (5, (3, 4))}),
        ((300, 100, 200, 120, 50, 70), {(0, (1, 2)), (3, (4, 5))}),
        ((100, 200, 300, 50, 70, 120, 420), {(2, (0, 1)), (5, (3, 4)), (6, (2, 5))}),
        ((1770, 1200, 2970), {(2, (0, 1))}),
        ((33.3, 33.3, 33.3, 100), {(3, (0, 1, 2))}),
        ((10, 20, 30, 45, 26.25), {(4, (0, 1, 2, 3))}),
        ((100, 200, 300), set()),
        ((1, 1, 2), set()),
        ((50, 50, 100, 50), set()),
        ((49.5, 49.5, 99), set()),
        ((10, 20, 30, 20), set()),
    ],
)
def test_what_is_a_total_and_what_may_be_chance(numbers, expected):
    assert told(repeated(rows(*numbers))) == expected


def test_a_sum_that_another_number_contradicts_is_none():
    assert repeated([(10.0, 5.0), (20.0, 6.0), (37.0, 7.0), (67.0, 18.0)])
    assert repeated([(10.0, 5.0), (20.0, 6.0), (37.0, 7.0), (67.0, 30.0)]) == []
