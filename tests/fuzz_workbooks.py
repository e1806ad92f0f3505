"""Random damage to a right workbook: `python tests/fuzz_workbooks.py --mutations 10000 --seed 1`.

Not part of the test run. Every mutated file is read in a child process and must come to an answer
within 10 s and 600 MB, without a traceback, and without a number that became another one silently:
where nothing at all is reported, every number of a record must be the original's, unless the
mutation itself rewrote the text that the cell shows.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lxml import etree

HOSTILE = Path(__file__).parent / "hostile" / "conftest.py"
SPEC = importlib.util.spec_from_file_location("hostile", HOSTILE)
assert SPEC is not None
assert SPEC.loader is not None
hostile = importlib.util.module_from_spec(SPEC)
sys.modules["hostile"] = hostile
SPEC.loader.exec_module(hostile)
TEXT_TAGS = {"v", "t", "f"}
SAMPLES = ("0", "1", "-1", "2", "s", "e", "b", "d", "str", "n", "F3", "ZZ9", "XFD1048576", "", "9" * 40,
           "true", "hidden", "rId1", "rId3", "worksheets/sheet3.xml", "../x", "nan", "1e9",
           "\u0661", "14", "9")  # fmt: skip


def base():
    """A right workbook with every kind of cell the reader knows."""
    book = hostile.Package(dict(hostile.TRANSITIONAL))
    book.number("Region!F2", 0.34, 9)
    book.number("Sites!D2", 44463, 14)
    book.number("Sites!E2", 40, "0.00")
    book.cell("Power!F2", "", "<f>30+30</f><v>60</v>")
    book.cell("Power!F3", "", '<f t="shared" si="0" ref="F3:F4">40</f><v>40</v>')
    book.text("Power!L2", "a note")
    book.behind("Power", '<mergeCells><mergeCell ref="N1:O1"/></mergeCells>')
    return book


def local(element):
    """The tag without its namespace."""
    return etree.QName(element).localname


def change_text(chance, root):
    """Rewrite one text: legitimate, so numbers may differ."""
    element = chance.choice([one for one in root.iter("*") if one.text] or [root])
    text = element.text or "0"
    at = chance.randrange(len(text))
    element.text = (
        text[:at] + chance.choice("0123456789.-e %万_xnA") + text[at + chance.randrange(2) :]
    )
    return True


def change_attribute(chance, root):
    """Give one attribute another value, of its own kind or none."""
    element = chance.choice([one for one in root.iter("*") if one.attrib] or [root])
    if not element.attrib:
        return False
    name = chance.choice(sorted(element.attrib))
    others = [one.get(name) for one in root.iter("*") if one.get(name)]
    element.set(name, chance.choice([*SAMPLES, chance.choice(others)]))
    # A format or a type makes another display of a number, never another plain number.
    return False


def drop_attribute(chance, root):
    """Take one attribute away."""
    element = chance.choice([one for one in root.iter("*") if one.attrib] or [root])
    if not element.attrib:
        return False
    name = chance.choice(sorted(element.attrib))
    del element.attrib[name]
    # Without its place a cell stands behind the one before it: what is shown moves.
    return local(element) == "c"


def duplicate(chance, root):
    """Write one element twice."""
    element = chance.choice(list(root.iter("*"))[1:] or [root])
    if element.getparent() is not None:
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
    return local(element) in {"si", "t", "r"}


def delete(chance, root):
    """Leave one element out."""
    element = chance.choice(list(root.iter("*"))[1:] or [root])
    if element.getparent() is not None:
        element.getparent().remove(element)
    return local(element) in {"si", "xf", "numFmt"}


def swap(chance, root):
    """Change the order of two neighbours, each with all it says of itself."""
    element = chance.choice([one for one in root.iter("*") if one.getnext() is not None] or [root])
    if element.getnext() is not None:
        element.getnext().addnext(element)
    return local(element) in {"si", "xf", "numFmt"}


def rename(chance, root):
    """Give one element another name or another namespace."""
    element = chance.choice(list(root.iter("*")))
    name = etree.QName(element)
    element.tag = chance.choice(
        [
            f"{{urn:other}}{name.localname}",
            f"{{{name.namespace}}}{chance.choice(['v', 'c', 'row', 'f', 'is', 't', 'x', 'si'])}",
        ]
    )
    return local(element) in TEXT_TAGS | {"si"}


XML = (change_text, change_attribute, drop_attribute, duplicate, delete, swap, rename)


def mutate(chance):
    """The bytes of a damaged file, what was done, and whether numbers may differ by right."""
    book = base()
    how = chance.random()
    if how < 0.2:
        content = bytearray(book.bytes())
        for _ in range(chance.choice((1, 1, 2, 8, 64))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return bytes(content), "flipped bytes", False
    names = sorted(book.parts)
    if how < 0.25:
        one, other = chance.sample(names, 2)
        book.parts[one], book.parts[other] = book.parts[other], book.parts[one]
        return book.bytes(), f"swapped {one} and {other}", False
    if how < 0.3:
        content = book.bytes()
        cut = sorted(chance.randrange(len(content)) for _ in range(2))
        return content[: cut[0]] + content[cut[1] :], f"cut {cut}", False
    done, may_differ = [], False
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        name = chance.choice([*names, *[one for one in names if "sheet" in one] * 3])
        act = chance.choice(XML)
        root = etree.fromstring(book.parts[name].encode())
        may_differ |= act(chance, root)
        book.parts[name] = etree.tostring(root, encoding="unicode")
        done.append(f"{act.__name__} in {name}")
    return book.bytes(), "; ".join(done), may_differ


def numbers(region):
    """(record, column) to number; records go by their names, wherever they stand."""
    found = {}
    for path, value in region.items():
        register, _, rest = path.partition(".")
        place, _, column = rest.rpartition(".")
        name = region.get(f"{register}.{place}.name", "") if place else ""
        if isinstance(value, float):
            found[register, name, column] = value
    return found


def judged(answer, right, remarks, *, may_differ):
    """What is wrong with an answer, empty when nothing is."""
    if answer is None:
        return "no answer"
    if answer["traceback"]:
        return answer["traceback"].strip().splitlines()[-1]
    if answer["seconds"] > hostile.SECONDS or answer["megabytes"] > hostile.MEGABYTES:
        return f"{answer['seconds']:.1f} s, {answer['megabytes']:.0f} MB"
    if answer["touched"] or "Traceback" in answer["printed"]:
        return f"touched {answer['touched']} printed {answer['printed']}"
    is_silent = answer["problems"] == [] and answer["conversions"] == remarks
    changed = () if may_differ or not is_silent else silent_changes(answer["regions"], right)
    return next(iter(changed), "")


def silent_changes(regions, right):
    """Numbers that are others than the original's."""
    for region in regions:
        for key, value in numbers(region).items():
            if key in right and not math.isclose(value, right[key], rel_tol=1e-12):
                yield f"silently {key}: {right[key]} became {value}"


def run(first, last, seed, folder, right, remarks):
    """Read a stretch of mutations in one child; the findings and what came of the rest."""
    child = hostile.Child()
    findings, outcomes = [], Counter()
    path = folder / f"{first}.xlsx"
    for number in range(first, last):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 - reproducible damage
        content, done, may_differ = mutate(chance)
        path.write_bytes(content)
        answer = child.read(path)
        fault = judged(answer, right, remarks, may_differ=may_differ)
        if fault:
            findings.append((number, done, fault))
        elif answer["regions"]:
            outcomes["read, with remarks" if answer["problems"] else "read"] += 1
        else:
            outcomes["refused"] += 1
    child.close()
    return findings, outcomes


def write_one(number, seed, target):
    """Keep one mutated file, to look at."""
    content, done, _ = mutate(random.Random(f"{seed}/{number}"))  # noqa: S311 - as above
    target.write_bytes(content)
    print(done)


def main() -> int:
    """Run and report; 1 when anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=int, metavar="NUMBER", help="write this one and stop")
    options = parser.parse_args()
    if options.keep is not None:
        write_one(options.keep, options.seed, Path(f"mutation-{options.keep}.xlsx"))
        return 0
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = folder / "whole.xlsx"
        whole.write_bytes(base().bytes())
        child = hostile.Child()
        answer = child.read(whole)
        child.close()
        assert answer["problems"] == [], answer["problems"]
        right, remarks = numbers(answer["regions"][0]), answer["conversions"]
        step = math.ceil(options.mutations / options.workers)
        ends = range(0, options.mutations, step)
        with ThreadPoolExecutor(options.workers) as pool:
            jobs = [
                pool.submit(run, first, min(first + step, options.mutations), options.seed, folder,
                            right, remarks)
                for first in ends
            ]  # fmt: skip
            results = [job.result() for job in jobs]
    findings = [one for part, _ in results for one in part]
    outcomes = sum((part for _, part in results), Counter())
    for number, done, fault in findings:
        print(f"{number:6} {done}: {fault}")
    print(f"{options.mutations} mutations, seed {options.seed}: {dict(outcomes)}, "
          f"{len(findings)} findings, {time.monotonic() - start:.0f} s")  # fmt: skip
    for fault, count in Counter(fault for *_, fault in findings).most_common():
        print(f"{count:6} {fault}")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
