"""Whether tables can be written as Parquet here; asked before anything heavy is loaded."""

from importlib.util import find_spec


def has_parquet() -> bool:
    """Whether the library that writes Parquet is installed."""
    return find_spec("pyarrow") is not None
