import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def build():
    """The builders of the analysis tests."""
    place = Path(__file__).parents[1] / "unit" / "analysis" / "builders.py"
    spec = importlib.util.spec_from_file_location("analysis_builders", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
