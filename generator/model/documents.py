"""Words and files: the text table, the fields of a brief, finished documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model.comparison import RegionSummary
    from generator.model.delivery import Consignment
    from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class Texts:
    """The text table: key to language to text with bare-name placeholders."""

    table: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...] = ()
    """What an older or newer copy of the table lacks or has too much; warnings."""

    def say(self, key: str, language: str, /, **args: object) -> str:
        """The text of a key with its placeholders filled.

        Raises:
            KeyError: The key or a placeholder's argument is missing.
        """
        return self.table[key][language].format(**args)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the key and arguments it was made from."""

    key: str
    args: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One name that a template may use; `path` writes the rows of a list as `rows[].name`."""

    path: str
    type: str
    """`text`, `flag`, `number` or `list`."""
    description_en: str
    description_zh: str
    example: str = ""
    """A value from a sample city, in the language asked for."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; `None` is a gap."""

    name: str
    values: tuple[float | None, ...]
    x: tuple[float, ...] = ()
    """Where each value stands across, for charts of points; empty for charts of categories."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one native chart shows; the template decides how it looks."""

    key: str
    """Its name in the alternative text of the template's chart, after `chart:`."""
    categories: tuple[str, ...]
    """Empty for charts of points."""
    series: tuple[Series, ...]
    description: str
    """What a screen reader says in place of the picture: every number of it."""
    number_format: str = "General"

    @property
    def is_points(self) -> bool:
        """Whether its series are points on two axes."""
        return not self.categories


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a template of one language may print: plain dicts, lists, strings, numbers."""

    language: str
    fields: Mapping[str, object]
    sentences: Mapping[str, Said]
    """Every sentence in the fields by its place, for the results file."""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """The data of the native charts by key; a chart without data is absent."""


@dataclass(frozen=True, slots=True)
class Document:
    """One finished file."""

    name: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a region, or of the comparison: files written, problems that stopped any."""

    region: str
    written: Mapping[str, str] = field(default_factory=dict)
    """Hash of each file by its path below the output folder, with forward slashes."""
    problems: tuple[Problem, ...] = ()
    summary: RegionSummary | None = None
    """What a comparison needs of the region; None where it failed, and of the comparison itself."""
    consignment: Consignment | None = None
    """What is to be sent of it, and to whom; None where it failed."""
    set_aside: Mapping[str, str] = field(default_factory=dict)
    """What files that stood in the way were called, by what they are called now."""

    by_docxtpl: Mapping[str, str] = field(default_factory=dict)
    """Documents whose template could not be compiled, by name, and why: a key of `engine.` texts."""

    @property
    def files(self) -> tuple[str, ...]:
        """What was written."""
        return tuple(self.written)
