"""A wrong word about a place is refused with its cell and what was perhaps meant."""

from __future__ import annotations

import csv
import shutil

import pytest

from generator.analysis.scope import within
from generator.intake import load_knowledge
from generator.intake.catalogue import NOUNS
from generator.problems import KnowledgeError


@pytest.fixture
def shelf(tmp_path, root):
    for part in ("catalogue", "rules"):
        shutil.copytree(root / "inputs" / part, tmp_path / part)
    return Shelf(tmp_path)


class Shelf:
    def __init__(self, folder):
        self.folder = folder

    def load(self):
        return load_knowledge(self.folder / "catalogue", self.folder / "rules")

    def rows(self, table):
        path = self.folder / "catalogue" / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return path, list(csv.reader(file))

    def change(self, table, row_id, **cells):
        """Change cells of the row that begins with these values; the cell of the first of them."""
        path, rows = self.rows(table)
        wanted = row_id if isinstance(row_id, tuple) else (row_id,)
        number = next(i for i, row in enumerate(rows) if tuple(row[: len(wanted)]) == wanted)
        for key, value in cells.items():
            rows[number][rows[0].index(key)] = value
        self._write(path, rows)
        column = rows[0].index(next(iter(cells)))
        letters = (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)
        return f"{table}.csv!{letters}{number + 1}"

    def add(self, sheet, /, **cells):
        path, rows = self.rows(sheet)
        rows.append([cells.get(key, "") for key in rows[0]])
        self._write(path, rows)
        return len(rows)

    @staticmethod
    def _write(path, rows):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    def refused(self):
        with pytest.raises(KnowledgeError) as fault:
            self.load()
        return {(one.code, str(one.origin)): dict(one.args) for one in fault.value.problems}


def test_a_placeholder_that_nothing_fills_is_refused(shelf):
    cell = shelf.change("actions", "AU07", fills_from="")
    assert ("KN-141", cell) in shelf.refused()


def test_types_without_a_placeholder_are_refused(shelf):
    cell = shelf.change("actions", "AU07", title_en="Ask the court", title_zh="商请法院")
    assert ("KN-142", cell) in shelf.refused()


def test_another_placeholder_is_refused(shelf):
    shelf.change("actions", "AU07", title_en="Ask {body}", title_zh="商请{body}")
    assert "KN-140" in {code for code, _ in shelf.refused()}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("notery", "notary"), ("key_institution_type", "key_institution_types")],
)
def test_an_unknown_type_or_token_is_refused_with_what_was_perhaps_meant(shelf, wrong, meant):
    cell = shelf.change("actions", "AU07", fills_from=f"court;{wrong}")
    assert shelf.refused()["IN-216", cell]["nearest"] == meant


def test_an_office_of_an_unknown_order_is_refused_with_what_was_perhaps_meant(shelf):
    cell = shelf.change("offices", ("court", "US-TX"), jurisdiction="US-TXX")
    assert shelf.refused()["IN-216", cell]["nearest"] == "US-TX"


def test_an_office_that_exists_has_a_name(shelf):
    cell = shelf.change("offices", ("court", "KZ"), name_en="", name_zh="")
    assert ("KN-144", cell) in shelf.refused()


def test_an_office_without_a_neutral_row_is_refused(shelf):
    row = shelf.add(
        "offices", office_key="harbour_office", jurisdiction="DE", kind="public", exists="yes",
        name_en="harbour master", name_zh="港务监督", read_kind="none",
    )  # fmt: skip
    assert ("KN-121", f"offices.csv!A{row}") in shelf.refused()


def test_a_first_step_is_a_task_that_the_use_sets_off(shelf):
    cell = shelf.change("uses", "U07", first_action="AU08")
    assert ("KN-147", cell) in shelf.refused()


def worded(shelf, **changes):
    """The number of a new row of local wordings, one cell of it wrong."""
    cells = {"table": "uses", "row_id": "U01", "field": "scope_caution", "jurisdiction": "KZ",
             "text_en": "text", "text_zh": "文字"}  # fmt: skip
    return shelf.add("local_texts", **{**cells, **changes})


def test_a_local_wording_of_no_text_is_refused_with_what_was_perhaps_meant(shelf):
    row = worded(shelf, field="scope_causion")
    assert shelf.refused()["KN-148", f"local_texts.csv!C{row}"]["nearest_en"] == "scope_caution"


@pytest.mark.parametrize(
    ("column", "letter", "wrong"),
    [("row_id", "B", "U99"), ("table", "A", "usess"), ("jurisdiction", "D", "KY")],
)
def test_a_local_wording_of_no_row_table_or_order_is_refused(shelf, column, letter, wrong):
    row = worded(shelf, **{column: wrong})
    assert f"local_texts.csv!{letter}{row}" in {place for _, place in shelf.refused()}


def test_the_tables_that_may_be_worded_are_those_of_the_choice_list(knowledge):
    assert set(knowledge.choices["local_table"]) == set(NOUNS)


def test_a_made_up_order_takes_rows_only(shelf):
    shelf.add("jurisdictions", code="ZZ", name_en="Zedland", name_zh="泽德", currency="EUR",
              admin_code_system="", classification="isic4")  # fmt: skip
    for key, name, directed in (
        ("court", "High Bench of Zed", "no"), ("finance", "Purse of Zed", "yes")
    ):  # fmt: skip
        shelf.add("offices", office_key=key, jurisdiction="ZZ", kind="public", exists="yes",
                  directed=directed, name_en=name, name_zh="泽德机构", read_kind="none")  # fmt: skip
    shelf.add("offices", office_key="customs", jurisdiction="ZZ", kind="public", exists="no",
              read_kind="none")  # fmt: skip
    here = within(shelf.load(), ("ZZ",))
    assert here.office("court").name.text("en") == "High Bench of Zed"
    assert here.office("finance").directed
    assert not here.office("customs").exists
    assert here.office("statistics").name.text("en") == "statistics office"
    assert "customs" not in {key for one in here.actions for key in one.joint_offices}
