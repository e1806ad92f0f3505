"""docs/methods.md names functions that exist."""

import importlib
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"


def test_every_function_that_the_page_names_can_be_called():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if "`" in line]
    found = 0
    for row in rows:
        room = ""
        for name in re.findall(r"`([\w.]+)", row):
            room, function = name.rsplit(".", 1) if "." in name else (room, name)
            module = importlib.import_module(f"generator.{room}")
            assert callable(getattr(module, function)), name
            found += 1
    assert found >= 35
