"""Processor time of filling Word templates, beside docxtpl and beside mere deflating: `make bench`.

All in one process on one core, the best of several rounds each. The floor is to deflate and zip the
parts of the finished document; no engine can be faster than that. Nothing fails, the numbers are
for a person.
"""

from __future__ import annotations

import io
import tempfile
import time
from datetime import date
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate

from generator.analysis import assess
from generator.intake import load_knowledge, load_texts, read_submission
from generator.model import Brief
from generator.opc import Bounds, pack_in_order, read
from generator.pipeline.reading import table_filler
from generator.report import report
from generator.word import render

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 28)
TARGETS = {
    "leadership-brief": ">= 30 x docxtpl",
    "planning-brief": ">= 18 x docxtpl, <= 2.5 x the floor",
    "annex": ">= 15 x docxtpl, <= 2 x the floor",
}
BOUNDS = Bounds(unpacked=2**30)


def best(work, rounds):
    """The least seconds of processor time of several rounds."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def sample(language):
    """What the templates of a language are filled with for a sample city."""
    knowledge = load_knowledge(ROOT / "inputs/catalogue", ROOT / "inputs/rules")
    texts = load_texts(ROOT / "templates/strings.csv")
    (region,) = read_submission([ROOT / "inputs/regions/qingdao.xlsx"], knowledge).regions
    assessment = assess(region, knowledge, DAY, draws=300)
    return report(assessment, assessment.knowledge, texts, language)


def with_loops(path):
    """The equivalent template for docxtpl alone: tables that show data written out as loops."""
    document = DocxTemplate(path)
    document.init_docx()
    table_filler()(document.docx.element, document.docx.styles.element)
    written = io.BytesIO()
    document.docx.save(written)
    return written.getvalue()


def by_docxtpl(content, names):
    """A template through docxtpl alone."""
    document = DocxTemplate(io.BytesIO(content))
    document.render(dict(names), autoescape=True)
    document.save(io.BytesIO())


def print_documents(language):
    """One line for each document: time, floor, docxtpl."""
    brief = sample(language)
    for name, target in TARGETS.items():
        path = ROOT / "templates" / language / f"{name}.docx"
        start = time.process_time()
        parts = read(render(path, brief, DAY, table_filler()), BOUNDS)
        first = time.process_time() - start
        filled = best(lambda path=path: render(path, brief, DAY, table_filler()), 15)
        floor = best(lambda parts=parts: pack_in_order(parts), 9)
        template = with_loops(path)
        plain = best(lambda template=template: by_docxtpl(template, brief.names()), 3)
        print(
            f"{name + ', ' + language:28} {filled * 1000:7.2f} ms  {plain / filled:5.1f} x docxtpl  "
            f"{filled / floor:4.2f} x the floor  first time {first * 1000:4.0f} ms  (target {target})"
        )


def print_rows(folder):
    """What a row of a table takes in a short table and in a long one."""
    document = Document()
    table = document.add_table(3, 4)
    for place, text in ((0, "{%tr for row in rows %}"), (2, "{%tr endfor %}")):
        table.cell(place, 0).text = text
    for column in range(4):
        table.cell(1, column).text = f"{{{{ row.c{column} }}}}"
    path = folder / "rows.docx"
    document.save(str(path))
    each = {}
    for count in (2_000, 32_000):
        rows = [{f"c{column}": f"{row} & {column}" for column in range(4)} for row in range(count)]
        brief = Brief("en", {"rows": rows}, {})
        render(path, brief, DAY)
        each[count] = best(lambda brief=brief: render(path, brief, DAY), 5) / count
    ratio = each[32_000] / each[2_000]
    print(
        f"{'a row of 32,000':28} {each[32_000] * 1e6:7.2f} us  {ratio:5.2f} x a row of 2,000  "
        "(target <= 1.3 x)"
    )


def main():
    """Print the table."""
    for language in ("en", "zh-CN"):
        print_documents(language)
    with tempfile.TemporaryDirectory() as folder:
        print_rows(Path(folder))


if __name__ == "__main__":
    main()
