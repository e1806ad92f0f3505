"""What a room offers is there, whatever of it was imported before."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import generator

ROOMS = sorted(
    one.name for one in pkgutil.walk_packages(generator.__path__, "generator.") if one.ispkg
)
_OFFERS = """
import importlib, pkgutil, sys, types
room = importlib.import_module(sys.argv[1])
offered = " ".join(getattr(room, "_OFFERS", {}).values()).split()
offered += [name for name, one in vars(room).items() if not isinstance(one, types.ModuleType)]
for one in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
    if not one.name.endswith("__main__"):
        importlib.import_module(one.name)
for name in offered:
    if isinstance(getattr(room, name), types.ModuleType):
        print(name)
"""


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_is_what_was_offered_after_all_modules_were_imported(room):
    ended = subprocess.run(
        [sys.executable, "-c", _OFFERS, room], capture_output=True, text=True, check=True
    )
    assert ended.stdout == ""
