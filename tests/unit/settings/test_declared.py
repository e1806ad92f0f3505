"""One table of settings: flags, variables, the file and the bounds of values come from it."""

from __future__ import annotations

from datetime import date

import pytest

from generator.problems import InputError
from generator.settings import load_settings
from generator.settings.declared import SETTINGS

TODAY = date(2026, 11, 28)
GIVEN = {
    "out": "briefs", "lang": "zh-CN", "document": "annex", "as_of": "2026-01-31", "draws": "200",
    "seed": "0", "jobs": "1024", "pdf": "true", "paginate": "yes", "verify": "1",
}  # fmt: skip
FIELDS = {"lang": "languages", "document": "documents"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("key", GIVEN)
def test_a_setting_is_read_from_flag_variable_and_file_alike(key, folder):
    setting = next(one for one in SETTINGS if one.key == key)
    field = FIELDS.get(key, key)
    declared = getattr(load_settings({key: ""}, TODAY, {setting.variable: ""}), field)
    by_flag = getattr(load_settings({key: GIVEN[key]}, TODAY, {}), field)
    by_variable = getattr(load_settings({}, TODAY, {setting.variable: GIVEN[key]}), field)
    (folder / "briefs.toml").write_text(f'{key} = "{GIVEN[key]}"\n', encoding="utf-8")
    by_file = getattr(load_settings({}, TODAY, {}), field)
    assert by_flag == by_variable == by_file != declared


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("lang", "en,xx", "RN-104"), ("document", "poem", "RN-104"), ("as_of", "1.2.2026", "RN-103"),
        ("draws", "99", "RN-104"), ("draws", "1e4", "RN-104"), ("draws", "1000001", "RN-104"),
        ("seed", "-1", "RN-104"), ("seed", "9223372036854775808", "RN-104"), ("jobs", "0", "RN-104"),
        ("pdf", "perhaps", "RN-104"), ("templates", "gone", "RN-102"), ("rules", "gone", "RN-102"),
    ],
)  # fmt: skip
def test_a_value_outside_its_bounds_is_refused_under_the_flag(key, value, code):
    with pytest.raises(InputError) as fault:
        load_settings({key: value}, TODAY, {})
    (found,) = fault.value.problems
    assert (found.code, str(found.origin)) == (code, f"--{key.replace('_', '-')}")


def test_a_wrong_value_is_named_where_it_was_given(folder):
    (folder / "briefs.toml").write_text("draws = 99\n", encoding="utf-8")
    for flags, variables, place in (
        ({"draws": "99"}, {"BRIEFS_DRAWS": "98"}, "--draws"),
        ({}, {"BRIEFS_DRAWS": "98"}, "BRIEFS_DRAWS"),
        ({}, {}, "briefs.toml draws"),
    ):
        with pytest.raises(InputError) as fault:
            load_settings(flags, TODAY, variables)
        (found,) = fault.value.problems
        assert found.origin.full == place


def test_the_greatest_seed_is_kept_to_its_last_digit():
    assert load_settings({"seed": "9223372036854775807"}, TODAY, {}).seed == 2**63 - 1


def test_what_is_not_given_is_as_declared():
    found = load_settings({}, TODAY, {})
    assert (found.draws, found.seed, found.as_of, found.pdf) == (10_000, 1, TODAY, False)
    assert found.out.name == "out"
