"""What to measure next is named as people name it."""

import pytest

from generator.model import Label
from generator.model.decisions import Measurement
from generator.report.hanging import what
from generator.report.voice import Voice


def measurement(sheet, column, *records):
    return Measurement(
        sheet=sheet, column=column, facts=(), turns=1, spread=0.0, joins=(), leaves=(), ends={},
        records=tuple(Label((("en", record), ("zh-CN", record))) for record in records),
    )  # fmt: skip


@pytest.mark.parametrize(("language", "name"), [("en", "Network latency"), ("zh-CN", "网络时延")])
def test_a_criterion_measured_by_itself_is_named_and_not_its_id(texts, knowledge, language, name):
    voice = Voice(texts, language, knowledge)
    assert what(measurement("measures", "value", "backbone_latency_ms"), voice) == name


def test_a_cell_of_a_register_is_named_by_its_column_and_record(texts, knowledge):
    voice = Voice(texts, "en", knowledge)
    found = what(measurement("workforce", "available_fte", "Electrician"), voice)
    assert found == "Free staff of Electrician"
