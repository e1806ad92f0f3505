"""The table across regions: its page names every column, and types do not hang on what a batch holds."""

import io
import re

import pandas as pd
import pytest

from generator.report.regions import project_rows, region_tables


@pytest.fixture(scope="module")
def rows(cities, knowledge):
    return {code: project_rows(one, knowledge) for code, one in cities.items()}


def test_the_page_names_every_column(root, rows):
    tables = region_tables(rows["qingdao"])
    columns = pd.read_csv(io.BytesIO(tables["csv"])).columns
    page = (root / "docs/regions.md").read_text(encoding="utf-8")
    named = {
        name
        for line in page.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    ends = {f"{name}{end}" for name in ("capital_cny_m", "jobs_fte") for end in ("_low", "_high")}
    assert {*columns} == (named | ends) - {"_low", "_high"}


def test_a_region_without_a_project_has_one_row_of_the_same_types(rows):
    pytest.importorskip("pyarrow")
    without = (*rows["heze"][0][:12], *[None] * (len(rows["heze"][0]) - 12))
    alone, all_of_them = (
        pd.read_parquet(io.BytesIO(region_tables(listed)["parquet"]))
        for listed in ([without], [*rows["heze"], *rows["qingdao"]])
    )
    assert [*alone.dtypes.astype(str)] == [*all_of_them.dtypes.astype(str)]
    assert alone["wave"].isna().all()


def test_each_project_of_both_waves_has_a_row(cities, rows):
    for code, one in cities.items():
        waves = one.programme.first.projects, one.programme.second.projects
        assert len(rows[code]) == max(1, sum(map(len, waves)))
