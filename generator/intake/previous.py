"""The results of an earlier run, read as the strangers' files that they may be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from generator.codes import Code
from generator.model import Fact, Label
from generator.model.changes import (
    Edition,
    Ground,
    LawState,
    Part,
    Placed,
    Record,
    RuleText,
    UseState,
    Written,
)
from generator.problems import UNSEEN, InputError, Origin, problem
from generator.shipped import LANGUAGES

NAME = "results.json"
SCHEMA = "briefs-results/3"
_MOST_BYTES = 64_000_000
_MOST_VALUES = 3_000_000
"""Values in a file: what is small on the disk may be large in memory."""
_SIGNS = (b",", b"[", b"{")
_NO_XML = re.compile("[\ufffe\uffff]")
_LONGEST = 2_000
_LARGEST = 1e15
_SMALLEST_RATE = 1e-6
_TERMS = ("minimum", "target", "weight", "direction", "hard_minimum")
_OF_RULE = frozenset(
    {"activity", "effect", "in_force_from", "in_force_until", "instrument", "number", "article",
     "condition"}
)  # fmt: skip
_WAVES = {"first": 1, "second": 2}


def edition_codes(folder: Path) -> tuple[str, ...]:
    """Codes of the regions that an output folder has results of, in order."""
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(path.name for path in found if (path / NAME).is_file()))


def has_edition(folder: Path, code: str) -> bool:
    """Whether an output folder has results of a region."""
    return (folder / code / NAME).is_file()


def read_edition(folder: Path, code: str) -> Edition:
    """The results of one region in an output folder.

    Raises:
        InputError: They cannot be read, are another version's, or are not as a build writes them.
    """
    path = folder / code / NAME
    origin = Origin(str(path))
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError([problem(Code.NO_ACCESS, origin, detail=detail)]) from fault
    if size > _MOST_BYTES or sum(map(content.count, _SIGNS)) > _MOST_VALUES:
        raise InputError(
            [problem(Code.RESULTS_UNREADABLE, origin, detail=f"> {_MOST_BYTES // 1_000_000} MB")]
        )
    try:
        found = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        detail = UNSEEN.sub("", str(fault))[:120]
        raise InputError([problem(Code.RESULTS_UNREADABLE, origin, detail=detail)]) from fault
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        shown = _cut(str(schema), 40) if isinstance(schema, str) else "–"
        raise InputError(
            [problem(Code.RESULTS_OF_ANOTHER_VERSION, origin, found=shown, expected=SCHEMA)]
        )
    if "inputs" not in found:
        raise InputError([problem(Code.RESULTS_WITHOUT_CELLS, origin)])
    try:
        edition = edition_of(found)
        if edition.code != code:
            _unfit("region.code")
    except _UnfitError as fault:
        raise InputError([problem(Code.RESULTS_NOT_AS_WRITTEN, origin, field=fault)]) from fault
    return edition


def edition_of(found: Mapping[str, object]) -> Edition:
    """Results as an edition.

    Args:
        found: The first level of results.json; sentences may be missing.
    """
    top = _Node(found)
    region, settings, versions = top["region"], top["settings"], top["versions"]
    as_of = top["as_of"].day()
    grounds: dict[Ground, str] = {
        "inputs": versions["inputs"].text(), "rules": versions["rules"].text(),
        "catalogue": versions["catalogue"].text(), "as_of": as_of.isoformat(),
        "draws": str(settings["draws"].whole()), "seed": str(settings["seed"].whole()),
        "program": versions["program"].text(),
    }  # fmt: skip
    programme = top["programme"]
    law = top["law"]
    return Edition(
        code=region["code"].text(),
        name=region["name"].label(),
        currency=region["currency"].text(),
        rate=_rate(region["money"]["rate"]),
        as_of=as_of,
        grounds=grounds,
        records=tuple(_record(one) for one in top["inputs"].items()),
        rules={key: _rule(one) for key, one in law["rules"].named()},
        law={key: _law(one) for key, one in law["uses"].named()},
        uses={
            key: _use(one) for key, one in top["readiness"]["uses"].named()
        },
        projects=tuple(
            _placed(one, wave)
            for name, wave in _WAVES.items()
            for one in programme[name]["projects"].items()
        ),
        totals=dict(_totals(programme)),
        parameters=dict(_parameters(programme["choice_inputs"])),
        sentences={key: _said(one) for key, one in top["sentences"].named()}
        if "sentences" in found
        else {},
    )  # fmt: skip


def _rate(node: _Node) -> float | None:
    found = node.maybe()
    return found if found is None or found >= _SMALLEST_RATE else _unfit(node.path)


def _record(row: _Node) -> Record:
    cells, places = dict[str, Written](), dict[str, str]()
    for column, cell in row["cells"].named():
        if (text := cell.get("text")) is not None:
            cells[column] = text.label() if text.is_dict else text.text()
            continue
        cells[column] = Fact(
            cell["value"].number(), cell["unit"].text(), cell["low"].maybe(), cell["high"].maybe(),
            cell["grade"].text(), as_of=cell["as_of"].text(),
        )  # fmt: skip
        places[column] = cell["place"].text()
    return Record(row["sheet"].text(), row["name"].label(), row["place"].text(), cells, places)


def _rule(one: _Node) -> RuleText:
    rest = {
        key: _cut(json.dumps(held.value, sort_keys=True, ensure_ascii=False))
        for key, held in one.named()
        if key not in _OF_RULE
    }
    return RuleText(
        activity=one["activity"].text(),
        effect=one["effect"].text(),
        in_force_from=one["in_force_from"].maybe_day(),
        in_force_until=one["in_force_until"].maybe_day(),
        title=one["instrument"].label(),
        number=one["number"].label(),
        article=one["article"].text(),
        condition=one["condition"].label(),
        rest=rest,
    )


def _law(one: _Node) -> LawState:
    return LawState(
        status=one["status"].text(),
        barred=_cut(json.dumps(one["barred"].value, sort_keys=True)),
        activities=frozenset(name for name, _ in one["activities"].named()),
    )


def _use(one: _Node) -> UseState:
    return UseState(
        category=one["category"].text(),
        listed=one["listed"].text(),
        viability=one["viability"].text(),
        rank=None if one["rank"].value is None else one["rank"].whole(),
        low=one["low"].number(),
        high=one["high"].number(),
        parts={key: _part(part) for key, part in one["contributions"].named()},
    )


def _part(part: _Node) -> Part:
    fact = part["fact"]
    return Part(
        value=fact["value"].maybe(),
        unit=fact["unit"].text(),
        origins=frozenset(origin.text() for origin in fact["origins"].items()),
        points=(part["points_low"].number(), part["points_high"].number()),
        terms={key: part[key].plain() for key in _TERMS},
    )


def _placed(one: _Node, wave: int) -> Placed:
    place = one["place"]
    return Placed(
        use_id=one["use_id"].text(),
        wave=wave,
        site=place["name"].label(),
        number=None if place["number"].value is None else place["number"].whole(),
        size=one["size"].number(),
        chosen_in=one["chosen_in"].maybe(),
    )


def _totals(programme: _Node) -> Iterator[tuple[tuple[int, str], float]]:
    for name, wave in _WAVES.items():
        yield (wave, "capital"), programme[name]["capital"].number()
        for effect, amount in programme[name]["effects"].named():
            yield (wave, effect), amount.number()


def _parameters(inputs: _Node) -> Iterator[tuple[tuple[str, str], float]]:
    for name, amount in inputs["parameters"].named():
        yield ("", name), amount.number()
    for use_id, use in inputs["uses"].named():
        for kind in ("needs", "fixed_needs"):
            for resource, amount in use[kind].named():
                yield (use_id, resource), amount.number()


def _said(one: _Node) -> Label:
    texts = ((tag, one.get(tag)) for tag in LANGUAGES)
    return Label(tuple((tag, said["text"].text()) for tag, said in texts if said))


class _UnfitError(ValueError):
    """A value that no build has written, by the path to it."""


def _unfit(path: str) -> NoReturn:
    raise _UnfitError(_cut(path, 80))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _cut(text: str, most: int = _LONGEST) -> str:
    """A text fit to be printed: no sign that steers a screen or that no document can hold."""
    made = text if text.isprintable() else _NO_XML.sub("", UNSEEN.sub("", text))
    return made if len(made) <= most else f"{made[: most - 1]}…"


class _Node:
    """A value of a JSON file and the path to it; what is not as it should be is refused.

    Args:
        value: As JSON holds it.
        name: Its name, empty for the first level.
        above: What it stands in.
    """

    __slots__ = ("_above", "_name", "value")

    def __init__(self, value: Any, name: str = "", above: _Node | None = None) -> None:
        self.value, self._name, self._above = value, name, above

    @property
    def path(self) -> str:
        """Names from the first level on, with dots between; put together when one is refused."""
        before = self._above.path if self._above else ""
        return f"{before}.{self._name}" if before and self._name else before or self._name

    @property
    def is_dict(self) -> bool:
        return isinstance(self.value, dict)

    def __getitem__(self, name: str) -> _Node:
        found = self.get(name)
        return _unfit(_Node(None, name, self).path) if found is None else found

    def get(self, name: str) -> _Node | None:
        if not isinstance(self.value, dict):
            _unfit(self.path)
        return _Node(self.value[name], name, self) if name in self.value else None

    def named(self) -> Iterator[tuple[str, _Node]]:
        if not isinstance(self.value, dict):
            _unfit(self.path)
        for name, held in self.value.items():
            yield _cut(name, 80), _Node(held, name, self)

    def items(self) -> Iterator[_Node]:
        if not isinstance(self.value, list):
            _unfit(self.path)
        return (_Node(held, "", self) for held in self.value)

    def text(self) -> str:
        return _cut(self.value) if isinstance(self.value, str) else _unfit(self.path)

    def label(self) -> Label:
        texts = {key: held.text() for key, held in self.named()}
        return Label(tuple((tag, texts[tag]) for tag in LANGUAGES if tag in texts))

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            _unfit(self.path)
        # Beyond it a float no longer holds every whole number, and nothing here is as large.
        return float(self.value) if abs(self.value) <= _LARGEST else _unfit(self.path)

    def whole(self) -> int:
        if type(self.value) is int and abs(self.value) < 2**63:
            return self.value
        return _unfit(self.path)

    def maybe(self) -> float | None:
        return None if self.value is None else self.number()

    def plain(self) -> float | str | bool | None:
        kinds: Mapping[type, Callable[[], float | str]] = {
            str: self.text, int: self.number, float: self.number
        }  # fmt: skip
        if self.value is None or isinstance(self.value, bool):
            return self.value
        return kinds.get(type(self.value), lambda: _unfit(self.path))()

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            return _unfit(self.path)

    def maybe_day(self) -> date | None:
        return None if self.value is None else self.day()
