import importlib.util
from pathlib import Path

import pytest

from generator.intake import load_knowledge
from generator.settings import data_root


@pytest.fixture(scope="session")
def knowledge():
    """The catalogue and the rule packs as they ship."""
    return load_knowledge(data_root() / "inputs" / "catalogue", data_root() / "inputs" / "rules")


@pytest.fixture(scope="session")
def build():
    """The builders of the analysis tests."""
    place = Path(__file__).parents[1] / "unit" / "analysis" / "builders.py"
    spec = importlib.util.spec_from_file_location("analysis_builders", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
