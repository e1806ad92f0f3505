"""Results of an earlier run may be anybody's file: they are compared or refused, never a fault."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest

from generator.analysis import assess
from generator.analysis.changes import changes_between
from generator.intake.previous import edition_codes, edition_of, read_edition
from generator.problems import InputError, errors
from generator.report import changes_as_lines, problem_text, report, results

DAY = date(2026, 11, 28)
VERSIONS = {"program": "1", "inputs": "i", "templates": "t"}
LANGUAGES = ("en", "zh-CN")
STRANGE = (
    None, True, -7, 10**400, 1e300, "\u202e\x07{{ 7 * 7 }}<w:p/>", "x" * 5000, [], {}, [[]],
    {"en": 5},
)  # fmt: skip


@pytest.fixture(scope="module")
def found(region, knowledge, texts):
    """The results of a small region, as JSON holds them."""
    assessment = assess(region(), knowledge, DAY, draws=20)
    briefs = [report(assessment, knowledge, texts, language) for language in LANGUAGES]
    return json.loads(json.dumps(results(assessment, knowledge, briefs, VERSIONS)))


@pytest.fixture
def put(found, tmp_path):
    """`put(content) -> folder`: an output folder with such a file, or the region's own results."""

    def write(content=None):
        place = tmp_path / "lucheng"
        place.mkdir(exist_ok=True)
        held = json.dumps(found) if content is None else content
        data = held if isinstance(held, bytes) else held.encode()
        (place / "results.json").write_bytes(data)
        return tmp_path

    return write


def refused(folder, code="lucheng"):
    """The only problem."""
    with pytest.raises(InputError) as caught:
        read_edition(folder, code)
    (only,) = errors(caught.value.problems)
    return only


def test_what_a_build_wrote_is_read(put, found):
    folder = put()

    edition = read_edition(folder, "lucheng")

    assert edition_codes(folder) == ("lucheng",)
    assert (edition.code, edition.as_of) == ("lucheng", DAY)
    assert set(edition.rules) == set(found["law"]["rules"])
    sheets = {one.sheet for one in edition.records}
    assert {"region", "power", "workforce", "institutions", "limits", "sites"} <= sheets
    assert "recipients" not in sheets


def test_a_folder_without_results_has_no_regions(tmp_path):
    (tmp_path / "lucheng").mkdir()
    (tmp_path / "heze" / "results.json").mkdir(parents=True)
    assert edition_codes(tmp_path) == ()
    assert edition_codes(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "not json", b"\xff\xfe{", '{"schema": NaN}', '{"a": Infinity}',
        "[" * 100_000, '{"a":' * 100_000, '"' + "\\ud800" * 3,
        '{"schema": "briefs-results/3", "seed": ' + "9" * 5000 + "}",
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(put, content):
    assert refused(put(content)).code == "RN-131"


def test_a_file_that_is_too_large_is_not_even_read(put):
    folder = put("{}")
    with (folder / "lucheng/results.json").open("r+b") as file:
        file.truncate(10**12)  # a hole, which takes no room
    assert refused(folder).code == "RN-131"


def test_a_file_of_too_many_values_is_not_parsed(put):
    assert refused(put("[" + "0," * 3_000_001 + "0]")).code == "RN-131"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[]", "RN-132"),
        ("7", "RN-132"),
        ("{}", "RN-132"),
        ('{"schema": "briefs-results/2", "region": {}}', "RN-132"),
        ('{"schema": ["briefs-results/3"]}', "RN-132"),
        ('{"schema": "briefs-results/3", "region": {}}', "RN-135"),
        ('{"schema": "briefs-results/3", "inputs": []}', "RN-133"),
        ('{"schema": "briefs-results/3", "inputs": [], "region": 3}', "RN-133"),
    ],
)
def test_results_of_another_version_are_refused(put, content, code):
    assert refused(put(content)).code == code


def test_results_of_another_region_are_refused(put):
    folder = put()
    (folder / "lucheng").rename(folder / "elsewhere")
    assert refused(folder, "elsewhere").code == "RN-133"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("content", ["{", "[]", '{"schema": "briefs-results/3", "inputs": []}'])
def test_a_refusal_names_the_file_and_what_to_do(put, texts, language, content):
    folder = put(content)

    found = refused(folder)
    text = problem_text(found, texts, language)

    assert str(folder / "lucheng" / "results.json") in str(found.origin)
    assert ("again" in text) if language == "en" else ("重新" in text)


def paths(value, at=()):
    """Every path once, items of a list by the first of them."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield (*at, key)
            yield from paths(held, (*at, key))
    elif isinstance(value, list) and value:
        yield (*at, 0)
        yield from paths(value[0], (*at, 0))


def altered(found, path, value):
    """The results with another value at one place."""
    made = deepcopy(found)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return made


def first(value, count=1):
    """The first entries of a mapping."""
    return dict([*value.items()][:count])


@pytest.fixture(scope="module")
def small(found):
    """A few of everything that is read."""
    made = {key: found[key] for key in ("region", "as_of", "versions", "settings")}
    rows = {one["sheet"]: one for one in found["inputs"]}
    made["inputs"] = [rows[key] for key in ("power", "institutions", "limits")]
    use_id, use = next(
        item for item in found["readiness"]["uses"].items() if item[1]["rank"] is not None
    )
    use = {**use, "contributions": first(use["contributions"], 2)}
    made["readiness"] = {"uses": {use_id: use}}
    law = found["law"]
    made["law"] = {"rules": first(law["rules"]), "uses": {use_id: law["uses"][use_id]}}
    programme = found["programme"]
    waves = {key: programme[key] for key in ("first", "second")}
    inputs = programme["choice_inputs"]
    inputs = {"parameters": first(inputs["parameters"], 2), "uses": first(inputs["uses"])}
    made["programme"] = {**waves, "choice_inputs": inputs}
    return {**made, "sentences": first(found["sentences"], 2)}


def test_whatever_stands_anywhere_is_compared_or_refused(small, knowledge, texts):
    """Where it is taken, all of it can be said in both languages."""
    own = edition_of(small)
    taken = 0
    for number, path in enumerate(paths(small)):
        strange = STRANGE[number % len(STRANGE)]
        try:
            other = edition_of(altered(small, path, strange))
        except ValueError:
            continue
        taken += 1
        for pair in ((other, own), (own, other)):
            changes = changes_between(*pair)
            language = LANGUAGES[taken % 2]
            said = "".join(changes_as_lines(changes, knowledge, texts, language))
            assert not set("\u202e\x07") & set(said)
    assert taken > 50
