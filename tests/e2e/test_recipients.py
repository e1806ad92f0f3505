"""Addresses of people stand in the workbook, and in nothing that is made from it."""

from __future__ import annotations

import json
from zipfile import ZipFile

OWN = {"jurisdiction": "CN", "currency": "CNY", "name_zh": "此地", "plan_from": None}
ROWS = {
    "region": [
        {**OWN, "region": "a", "name_en": "A", "admin_code": "140400",
         "contact_email": "Plan.zqxv@EXAMPLE.org"},
        {**OWN, "region": "b", "name_en": "B", "name_zh": "彼地", "admin_code": "370200",
         "contact_email": "wrong.zqxv"},
        {**OWN, "region": "c", "name_en": "C", "name_zh": "丙地", "admin_code": "371700"},
    ],
    "recipients": [
        {"region": "a", "name_en": "Desk\nzqxv", "email": "desk.zqxv＠example.org",
         "language": "en", "documents": "annex"},
        {"region": "c", "name_en": "Desk zqxv", "email": "desk.zqxv@example.org",
         "language": "zh-CN", "documents": "annex;comparison"},
        {"region": "b", "name_en": "Other zqxv", "email": "other.zqxv@@example.org",
         "language": "en", "documents": "annex"},
    ],
}  # fmt: skip


def contents(path):
    """Everything a file holds, unpacked."""
    if path.suffix == ".docx":
        with ZipFile(path) as package:
            return b"\n".join(package.read(name) for name in package.namelist())
    return path.read_bytes()


def test_no_produced_file_holds_an_address_or_the_name_of_a_recipient(briefs, form, tmp_path):
    book = tmp_path / "book.xlsx"
    book.write_bytes(form(ROWS))
    checked = briefs("check", book, "--json")
    listed = json.loads(checked.stdout)
    assert {one["code"] for one in listed["problems"]} >= {"IN-230", "IN-231", "IN-232"}
    assert "desk.zqxv@example.org" in {one["value"] for one in listed["conversions"]}

    done = briefs("build", book, "--out", tmp_path / "out", "--as-of", "2026-11-28")
    assert done.returncode == 2, done.stderr  # the region with the wrong addresses is left out
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    documents = {path.name for path in files if path.suffix == ".docx"}
    assert {"annex.en.docx", "annex.zh-CN.docx", "comparison.en.docx"} <= documents
    for path in files:
        # What is sent to whom is written for the sender alone.
        if path.name != "delivery.json":
            assert b"zqxv" not in contents(path).lower(), path
