"""Workbooks filled with the labels of a former catalogue are read whole.

`former_labels.csv` holds the entries of the lists as the form offered them before uses, criteria and
benefits were renamed; planners have filled workbooks with them.
"""

import csv
from pathlib import Path

import pytest

from generator.intake import read_submission
from generator.problems import errors

TABLE = Path(__file__).with_name("former_labels.csv").read_text(encoding="utf-8")
LABELS = list(csv.DictReader(TABLE.splitlines()))
VALUES = {
    "availability_pct": 99.9,
    "renewable_share": 30,
    "tier_level": 3,
    "pue": 1.3,
    "hub_status": 0,
}
"""Measures that cannot be 1."""
STYLES = {
    "as the form wrote it": "{id} {name}",
    "the name alone": "{name}",
    "the id alone": "{id}",
}


def of(kind):
    return [row for row in LABELS if row["kind"] == kind]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_former_label_is_read_as_what_it_was(region_book, knowledge, language, style):
    def label(row):
        return STYLES[style].format(id=row["id"], name=row[language])

    # A yes or no is not moved by an amount.
    moved = [row for row in of("criterion") if row["id"] != "hub_status"]
    book = region_book(
        institutions=[
            {"name_en": f"Body {row['id']}", "type": "bank", "use": label(row), "status": "signed"}
            for row in of("use")
        ],
        measures=[
            {"criterion": label(row), "value": VALUES.get(row["id"], 1), "grade": "D"}
            for row in of("criterion")
        ],
        steps=[
            {
                "title_en": f"Step {row['id']}",
                "criterion": label(row),
                "applies_to": "lucheng",
                "change": 2,
            }
            for row in moved
        ],
        weights=[
            {"stakeholder_en": "Planning", "benefit": label(row), "weight": weight}
            for row, weight in zip(of("benefit"), [30, *[10] * 7], strict=True)
        ],
    )
    found = read_submission([book], knowledge)
    assert [(one.code, str(one.origin)) for one in errors(found.problems)] == []
    (region,) = found.regions
    assert [one.use for one in region.institutions] == [row["id"] for row in of("use")]
    assert [one.criterion for one in region.measures] == [row["id"] for row in of("criterion")]
    assert [one.criterion for one in region.steps] == [row["id"] for row in moved]
    # Two of the former criteria were counted for one; four are no objective and have no heir.
    assert {one.benefit: one.weight.value for one in region.weights} == {
        "B02": 40, "B09": 10, "B10": 10, "B08": 10,
    }  # fmt: skip
