"""Runs the validators over Word files, a process per core: the child of the tests of documents.

`python validators.py [--sdk PROGRAM] [--peers] [--own] FILE…` prints one line of JSON for each file
and validator: the file, who judged, and the errors. The peers are openxml-audit and
ooxml-integrity, our own the accessibility check and what no validator looks at.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import zipfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from lxml import etree
from ooxml_integrity import check as check_integrity
from openxml_audit import OpenXmlValidator

from generator.intake import load_texts
from generator.shipped import data_root
from generator.word.checks import check as check_access

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def audit(path):
    """Errors by the schemas, as openxml-audit sees them."""
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def integrity(path):
    """Faults of the package, as ooxml-integrity sees them; its warnings count as well."""
    return [str(one) for one in check_integrity(path)]


@cache
def _texts():
    return load_texts(data_root() / "templates/strings.csv")


def access(path):
    """What our own check for readers who cannot see the document finds."""
    return [f"{one.code} {one.origin}" for one in check_access(path.read_bytes(), _texts())]


def pairs(path):
    """Fields and bookmarks without their end, and dates that are none: no validator looks at them."""
    found = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if TEXT.fullmatch(name):
                found += [
                    f"{name}: {fault}" for fault in _unpaired(etree.fromstring(package.read(name)))
                ]
            elif name == "docProps/core.xml":
                core = etree.fromstring(package.read(name))
                dates = core.iter("{http://purl.org/dc/terms/}*")
                found += [
                    f"{name}: {one.text}" for one in dates if not DATE.fullmatch(one.text or "")
                ]
    return found


def _unpaired(root):
    depth = 0
    for one in root.iter(f"{W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(one.get(f"{W}fldCharType"), 0)
        if depth < 0:
            break
    if depth:
        yield "a field that does not begin or end"
    begun = [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkStart")]
    ended = [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")]
    if sorted(begun) != sorted(ended):
        yield "a bookmark that does not begin or end"
    names = [one.get(f"{W}name", "").casefold() for one in root.iter(f"{W}bookmarkStart")]
    if len(set(names)) < len(names):
        yield "two bookmarks of one name"


def sdk(path, program):
    """Errors by Microsoft's SDK; its program judges one file a run and answers in JSON."""
    done = subprocess.run([program, path], capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stdout)
    said = [f"{one['id']} {one['path']} {one['description']}" for one in found["errors"]]
    return said or ([] if found["ok"] else ["not ok"])


JUDGES = {"openxml-audit": audit, "ooxml-integrity": integrity, "access": access, "pairs": pairs}


def judged(job):
    """The answer of one validator on one file."""
    who, name, program = job
    path = Path(name)
    errors = sdk(path, program) if who == "sdk" else JUDGES[who](path)
    return {"file": name, "who": who, "errors": errors}


def main():
    """Judge every file by every validator asked for, the longest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sdk")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    who = ["openxml-audit", "ooxml-integrity"] if options.peers else []
    who += ["access", "pairs"] if options.own else []
    who += ["sdk"] if options.sdk else []
    longest = sorted(options.files, key=lambda name: -Path(name).stat().st_size)
    jobs = [(one, name, options.sdk) for one in who for name in longest]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for answer in pool.map(judged, jobs):
            print(json.dumps(answer))


if __name__ == "__main__":
    main()
