"""From a planner's spreadsheet of regional assets to bilingual Word briefs."""

__version__ = "0.1.0"
