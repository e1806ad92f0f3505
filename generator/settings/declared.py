"""The one table of settings: arguments, environment, settings file and documentation come from it.

A setting `as_of` is the flag `--as-of`, the variable `BRIEFS_AS_OF`, the name `as_of` in the settings
file and the text `option.as_of`; those of the mail stand in a table of the file: `[mail] host`,
`BRIEFS_MAIL_HOST`, `option.mail.host`.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from generator.shipped import LANGUAGES

COMPARISON = "comparison"
"""The document that a run makes once, of two or more regions, and the fields that only it has."""
TABLE = "regions.csv"
"""The table across regions for programs, which stands for its Parquet twin as well."""
DOCUMENTS = ("leadership-brief", "planning-brief", "annex", COMPARISON)


class Kind(StrEnum):
    """What the value of a setting is."""

    LINE = "text"
    LIST = "list"
    DATE = "date"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "yes or no"
    TARGET = "folder"
    """One that is made where it is not there."""
    FOLDER = "existing folder"
    FILE = "existing file"


class Setting(Struct, frozen=True):
    """One setting: its name, what its value may be, and what holds where it is not given."""

    key: str
    kind: Kind
    default: str | int | float = ""
    """Empty where the program finds it: today, the cores of the machine, all languages."""
    least: float = 0
    greatest: float = 0
    """Bounds of a number; of a text the most letters, 0 for any."""
    allowed: tuple[str, ...] = ()
    table: str = ""
    """The table of the settings file, empty for its top."""
    metavar: str = ""
    """What the help shows for the value; empty for a setting without a flag."""

    @property
    def flag(self) -> str:
        """On the command line."""
        return f"--{self.key.replace('_', '-')}"

    @property
    def has_flag(self) -> bool:
        """Whether the command line has it."""
        return bool(self.metavar) or self.kind is Kind.FLAG

    @property
    def variable(self) -> str:
        """In the environment."""
        return "_".join(filter(None, ("BRIEFS", self.table.upper(), self.key.upper())))

    @property
    def help_key(self) -> str:
        """In the text table."""
        return f"option.{self.table}.{self.key}" if self.table else f"option.{self.key}"

    @property
    def bounds(self) -> str:
        """What may be given, as messages and the documentation write it; empty for anything."""
        if self.kind in {Kind.WHOLE, Kind.NUMBER}:
            return f"{self.least}–{self.greatest}"
        if self.kind is Kind.FLAG:
            return "true, false"
        return ", ".join(self.allowed) or (f"≤ {self.greatest:g}" if self.greatest else "")


SETTINGS = (
    Setting("out", Kind.TARGET, "out", metavar="PLACE"),
    Setting("lang", Kind.LIST, allowed=tuple(LANGUAGES), metavar="LANG"),
    Setting("document", Kind.LIST, allowed=DOCUMENTS, metavar="NAME"),
    Setting("as_of", Kind.DATE, metavar="DATE"),
    Setting("draws", Kind.WHOLE, 10_000, 100, 1_000_000, metavar="N"),
    Setting("seed", Kind.WHOLE, 1, 0, 2**63 - 1, metavar="N"),
    Setting("jobs", Kind.WHOLE, "", 1, 1_024, metavar="N"),
    Setting("scheduler", Kind.LINE, metavar="ADDRESS"),
    Setting("pdf", Kind.FLAG, "false"),
    Setting("paginate", Kind.FLAG, "false"),
    Setting("verify", Kind.FLAG, "false"),
    Setting("templates", Kind.FOLDER, metavar="DIR"),
    Setting("rules", Kind.FOLDER, metavar="DIR"),
    Setting("catalogue", Kind.FOLDER, metavar="DIR"),
    Setting("previous", Kind.FOLDER, metavar="OUT"),
)
MAIL_SETTINGS = (
    Setting("host", Kind.LINE, table="mail"),
    Setting("security", Kind.LINE, "starttls", allowed=("starttls", "tls"), table="mail"),
    Setting("user", Kind.LINE, table="mail"),
    Setting("from", Kind.LINE, table="mail"),
    Setting("reply_to", Kind.LINE, table="mail"),
    Setting("ca_file", Kind.FILE, table="mail"),
    Setting("ledger", Kind.LINE, table="mail"),
    Setting("campaign", Kind.LINE, greatest=80, table="mail", metavar="NAME"),
    Setting("port", Kind.WHOLE, "", 1, 65_535, table="mail"),
    Setting("limit_mb", Kind.NUMBER, 15, 0.01, 150, table="mail"),
    Setting("per_minute", Kind.WHOLE, 30, 0, 100_000, table="mail"),
    Setting("timeout_s", Kind.NUMBER, 60, 0.05, 600, table="mail"),
    Setting("attempts", Kind.WHOLE, 5, 1, 20, table="mail"),
    Setting("backoff_s", Kind.NUMBER, 5, 0, 3_600, table="mail"),
    Setting("domains", Kind.LIST, table="mail"),
)
