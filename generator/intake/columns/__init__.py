"""The one description of every sheet and table.

The blank workbook, the checker, the reader of catalogue and rules and the column reference are all
driven by it: a new column is one entry in `form`, `catalogue`, `reference` or `law`, and its words in
the text table.
"""

from generator.intake.columns.catalogue import CATALOGUE
from generator.intake.columns.column import (
    FIELDS,
    SCHEMA_VERSION,
    STRINGS,
    Column,
    Kind,
    Sheet,
)
from generator.intake.columns.form import FORM, FORM_BY_KEY, REGION_FIGURES
from generator.intake.columns.law import RULES

__all__ = [
    "CATALOGUE",
    "FIELDS",
    "FORM",
    "FORM_BY_KEY",
    "REGION_FIGURES",
    "RULES",
    "SCHEMA_VERSION",
    "STRINGS",
    "Column",
    "Kind",
    "Sheet",
]
