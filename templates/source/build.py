"""Make the default Word templates, or check that the committed ones are up to date.

python templates/source/build.py          write all of them
python templates/source/build.py --check  exit 1 if a committed file differs
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import annex
import comparison
import furniture
import leadership_brief
import planning_brief
from blocks import Pen
from look import LOOKS
from package import assemble
from styles import styles
from theme import theme

TEMPLATES = Path(__file__).resolve().parents[1]
OUTLINES: dict[str, Callable[[Pen], Iterator[str]]] = {
    "leadership-brief": leadership_brief.outline,
    "planning-brief": planning_brief.outline,
    "annex": annex.outline,
    "comparison": comparison.outline,
}
FILLED = {"annex", "comparison"}
"""Templates whose tables have sample rows that the program fills."""


def build(language: str, name: str) -> bytes:
    """One template as a Word file."""
    look = LOOKS[language, name]
    has_samples = name in FILLED
    pen = Pen(look, has_samples=has_samples)
    document = pen.document(OUTLINES[name](pen))
    parts = {
        "document": document,
        "styles": styles(look, has_bands=has_samples),
        "numbering": furniture.numbering(look),
        "settings": furniture.settings(look),
        "fontTable": furniture.fonts(look),
        "header1": furniture.header(pen, pen.width()),
        "footer1": furniture.footer(pen),
        "theme": theme(look),
    }
    if pen.section(wide=True) in document:
        parts["header2"] = furniture.header(pen, pen.width(wide=True))
    return assemble(parts, furniture.core(look), pen.charts)


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description="Make the default Word templates.")
    parser.add_argument("--check", action="store_true", help="write nothing, report differences")
    check = parser.parse_args().check
    stale = 0
    for language, name in LOOKS:
        path = TEMPLATES / language / f"{name}.docx"
        made = build(language, name)
        if path.is_file() and path.read_bytes() == made:
            continue
        stale += 1
        print(f"{'differs' if check else 'written'}: {path.relative_to(TEMPLATES.parent)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
