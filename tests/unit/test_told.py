"""A fault of the program is told with the line of the program that it comes from."""

import re

from generator.model import Label
from generator.problems import told


def _caught(call):
    try:
        call()
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is told
        return told(fault)
    raise AssertionError(call)


def test_a_fault_is_told_with_its_line_in_the_program():
    found = _caught(lambda: Label(3).text("en"))
    assert re.fullmatch(r"TypeError: .* \(generator/model/\w+\.py:\d+\)", found), found


def test_a_fault_that_another_caused_is_told_with_the_line_of_the_first():
    def each():
        try:
            Label(3).text("en")
        except TypeError as fault:
            raise RuntimeError("told") from fault

    assert re.fullmatch(r"RuntimeError: told \(generator/model/\w+\.py:\d+\)", _caught(each))


def test_a_fault_elsewhere_is_told_without_a_line():
    assert _caught(lambda: int("x")).endswith("'x'")
