"""Words and files: the text table, the fields of a brief, finished documents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from generator.model.comparison import RegionSummary
    from generator.model.delivery import Consignment
    from generator.model.facts import Label
    from generator.problems import Problem


class Texts(Struct, frozen=True):
    """The text table: key to language to text with bare-name placeholders."""

    table: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...] = ()
    """What an older or newer copy of the table lacks or has too much; warnings."""
    lacking: Mapping[str, int] = field(default_factory=dict)
    """Language to how many texts English stands in for."""

    def say(self, key: str, language: str, /, **args: object) -> str:
        """The text of a key with its placeholders filled.

        Raises:
            KeyError: The key or a placeholder's argument is missing.
        """
        return self.table[key][language].format(**args)

    def words(self, key: str) -> frozenset[str]:
        """The words of a list parted by semicolons, in every language."""
        lists = self.table[key].values()
        return frozenset(word.strip() for words in lists for word in words.split(";"))


class Said(Struct, frozen=True):
    """A sentence with the key and arguments it was made from."""

    key: str
    args: Mapping[str, str]
    text: str


class Field(Struct, frozen=True):
    """One name that a template may use; `path` writes the rows of a list as `rows[].name`."""

    path: str
    type: str
    """`text`, `flag`, `number` or `list`."""
    description: Label
    example: str = ""
    """A value from a sample city, in the language asked for."""


class Series(Struct, frozen=True):
    """One series of a chart; `None` is a gap."""

    name: str
    values: tuple[float | None, ...]
    x: tuple[float, ...] = ()
    """Where each value stands across, for charts of points; empty for charts of categories."""


class Figure(Struct, frozen=True):
    """What one native chart shows; the template decides how it looks."""

    key: str
    """Its name in the alternative text of the template's chart, after `chart:`."""
    categories: tuple[str, ...]
    """Empty for charts of points."""
    series: tuple[Series, ...]
    description: str
    """What a screen reader says in place of the picture: every number of it."""
    number_format: str = "General"
    top: float | None = None
    """Where the axis of values ends; None leaves that to the template."""
    mark: float | None = None
    """Where one line of the axis of values stands out; None leaves its lines to the template."""

    @property
    def is_points(self) -> bool:
        """Whether its series are points on two axes."""
        return not self.categories


class Cell(Struct, frozen=True):
    """What stands in one cell of a table."""

    text: str
    band: str | None = None
    """What the text stands for, as a word such as `missed`; the template's style of that name
    tints the cell. Empty for no tint here, None in a column that has no bands."""


class Row(Struct, frozen=True):
    """One row of a table."""

    cells: Mapping[str, Cell]
    variant: str = ""
    """Which sample row of the template it takes its look from; empty for the plain one."""
    spread: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    """Cells of the columns that depend on the data, by the name of their group."""


class Table(Struct, frozen=True):
    """What one table shows; the template decides which columns it has and how it looks."""

    key: str
    """Its path in the list of fields, by which a template names it."""
    rows: tuple[Row, ...]
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Heads of the columns that depend on the data, by the name of their group."""

    def plain(self) -> list[dict[str, object]]:
        """The rows as templates read them: every row has every column, as a text.

        Band, anchor and tip of a column stand beside it as `NAME_band`, `NAME_anchor` and
        `NAME_tip`, those of a spread cell as `band`, `anchor` and `tip` beside its `text`.
        """
        made = [_plain(row) for row in self.rows]
        blank: dict[str, object] = {}
        for row in made:
            if not blank.keys() >= row.keys():
                blank |= dict.fromkeys(row, "")
        for group in {group: None for one in self.rows for group in one.spread}:
            every = [one.spread.get(group, ()) for one in self.rows]
            none = {name: "" for cells in every for cell in cells for name in _texts(cell)}
            blank[group] = [none] * max(map(len, every))
            for row, cells in zip(made, every, strict=True):
                if cells:
                    row[group] = [none | _texts(cell) for cell in cells]
        return [blank | row for row in made]


def _plain(row: Row) -> dict[str, object]:
    made: dict[str, object] = {"variant": row.variant}
    for name, cell in row.cells.items():
        made[name] = cell.text
        if cell.band is not None:
            made[f"{name}_band"] = cell.band
    return made


def _texts(cell: Cell) -> dict[str, str]:
    made = {"text": cell.text}
    if cell.band is not None:
        made["band"] = cell.band
    return made


class Brief(Struct, frozen=True, dict=True):
    """Everything a template of one language may print: plain dicts, lists, strings, numbers."""

    language: str
    fields: Mapping[str, object]
    sentences: Mapping[str, Said]
    """Every sentence in the fields by its place, for the results file."""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """The data of the native charts by key; a chart without data is absent."""
    tables: Mapping[str, Table] = field(default_factory=dict)
    """The data of the tables by key."""

    def names(self) -> dict[str, object]:
        """Everything that a template may name: the fields, with the rows of each table at its path.

        Heads of columns that depend on the data stand beside their table under the group's name.
        Put together once, since several documents are made of one brief.
        """
        return self._names

    @cached_property
    def _names(self) -> dict[str, object]:
        made: dict[str, object] = dict(self.fields)
        own: set[int] = set()
        for table in self.tables.values():
            at = made
            *groups, last = table.key.split(".")
            for group in groups:
                inner = at.get(group)
                if id(inner) not in own:
                    inner = dict(inner) if isinstance(inner, Mapping) else {}
                    own.add(id(inner))
                    at[group] = inner
                at = inner  # type: ignore[assignment] # a dict made here
            at[last] = table.plain()
            at |= {group: list(heads) for group, heads in table.heads.items()}
        return made


class Document(Struct, frozen=True):
    """One finished file."""

    name: str
    language: str
    content: bytes


class Outcome(Struct, frozen=True):
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
    note: str = ""
    """What the next run has to know of it, as JSON; empty where something failed."""
    reasons: tuple[str, ...] = ()
    """Why it was built: keys of `why.` texts; none where all its files were kept."""
    is_kept: bool = False
    """Whether all its files stood in their place already."""
    rows: tuple[tuple[str | float | int | bool | None, ...], ...] = ()
    """Its rows in the table across regions; none where it failed."""
    fault: str = ""
    """A fault of the program, or of the system, that stopped it and nothing else."""

    @property
    def files(self) -> tuple[str, ...]:
        """What was written."""
        return tuple(self.written)
