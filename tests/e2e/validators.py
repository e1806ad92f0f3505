"""Runs the validators over Word files, a process per core: the child of the tests of documents.

`python validators.py [--sdk PROGRAM] [--peers] [--access] FILE…` prints one line of JSON for each
file and validator: the file, who judged, and the errors.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ooxml_integrity import check as check_integrity
from openxml_audit import OpenXmlValidator

from generator.word.checks import check as check_access


def audit(path):
    """Errors by the schemas, as openxml-audit sees them."""
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def integrity(path):
    """Errors of the package, as ooxml-integrity sees them."""
    return [str(one) for one in check_integrity(path) if "error" in str(one.severity).lower()]


def access(path):
    """What our own check for readers who cannot see the document finds."""
    return [f"{one.code} {one.origin}" for one in check_access(path.read_bytes())]


def sdk(path, program):
    """Errors by Microsoft's SDK; its program judges one file a run and answers in JSON."""
    done = subprocess.run([program, path], capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stdout)
    said = [f"{one['id']} {one['path']} {one['description']}" for one in found["errors"]]
    return said or ([] if found["ok"] else ["not ok"])


def judged(job):
    """The answer of one validator on one file."""
    who, name, program = job
    path = Path(name)
    judges = {"openxml-audit": audit, "ooxml-integrity": integrity, "access": access}
    errors = sdk(path, program) if who == "sdk" else judges[who](path)
    return {"file": name, "who": who, "errors": errors}


def main():
    """Judge every file by every validator asked for, the longest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sdk")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--access", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    who = ["openxml-audit", "ooxml-integrity"] if options.peers else []
    who += ["access"] if options.access else []
    who += ["sdk"] if options.sdk else []
    longest = sorted(options.files, key=lambda name: -Path(name).stat().st_size)
    jobs = [(one, name, options.sdk) for one in who for name in longest]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for answer in pool.map(judged, jobs):
            print(json.dumps(answer))


if __name__ == "__main__":
    main()
