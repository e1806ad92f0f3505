"""What changed from one edition of a region's results to the next, and what moved it.

The figures of an edition depend on its grounds alone: the region's rows, the rules, the catalogue,
the day, draws and seed, and the program. A criterion's value is traced to its cells, a rank to the
criteria and the law of its use; what hangs on all of it together is laid to whatever moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from generator.analysis.grounds import (
    by_place,
    catalogue_changes,
    cell_changes,
    is_same,
    law_changes,
    row_of,
)
from generator.model import Label
from generator.model.changes import (
    GROUNDS,
    CatalogueChange,
    Changes,
    Edition,
    FigureChange,
    Part,
    Placed,
    ProjectChange,
    ProjectKind,
    RankChange,
    Reason,
    StatusChange,
    UseState,
    Why,
    WordChange,
)


def changes_between(before: Edition | None, after: Edition) -> Changes:
    """What changed from an earlier edition of a region to a later one.

    Args:
        before: None where the region was not in it.
        after: The later one.
    """
    if before is None:
        return Changes(after.code, after.name, after.currency, after.rate, None, after.as_of)
    return _Between(before, after).changes()


class _Between:
    """Both editions, with what moved in the grounds of the later one."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self.before, self.after = before, after
        self.grounds = tuple(one for one in GROUNDS if before.grounds[one] != after.grounds[one])
        self.cells = tuple(cell_changes(before.records, after.records))
        self.law = tuple(law_changes(before, after))
        self.statuses = tuple(self._statuses())
        self.catalogue = tuple(catalogue_changes(before, after))
        # Rows may have moved: each edition has its own addresses.
        self._places = tuple(
            by_place(self.cells, is_before=is_before) for is_before in (True, False)
        )
        self._whole = self._of_run()

    def changes(self) -> Changes:
        projects = tuple(self._projects())
        return Changes(
            code=self.after.code,
            name=self.after.name,
            currency=self.after.currency,
            rate=self.after.rate,
            before=self.before.as_of,
            after=self.after.as_of,
            grounds=self.grounds,
            projects=projects,
            law=self.law,
            statuses=self.statuses,
            cells=self.cells,
            catalogue=self.catalogue,
            figures=(*self._criteria(), *self._effects(projects), *self._chosen()),
            ranks=tuple(self._ranks()),
            words=tuple(_words(self.before.sentences, self.after.sentences)),
            sentences=self.before.sentences,
        )

    def _of_run(self) -> Why:
        """All that moved, which is the reason of what cannot be traced further."""
        reasons = []
        if self.cells:
            reasons.append(Reason("cells", tuple(dict.fromkeys(one.place for one in self.cells))))
        if rules := self._bearing():
            reasons.append(Reason("law", rules))
        if "catalogue" in self.grounds:
            reasons.append(Reason("catalogue", tuple(dict.fromkeys(map(_ref, self.catalogue)))))
        reasons += [
            Reason(kind) for kind in ("as_of", "draws", "seed", "program") if kind in self.grounds
        ]
        # A new day is told by the law that came or went with it.
        if rules and len(reasons) > 1:
            reasons = [one for one in reasons if one.kind != "as_of"]
        return Why(tuple(reasons), len(reasons) == 1 and len(reasons[0].refs) <= 1)

    def _bearing(self) -> tuple[str, ...]:
        """Rules that changed and that a use with another status or other sizes is screened by."""
        pairs = ((self.before.law.get(key), new) for key, new in self.after.law.items())
        others = [pair for pair in pairs if pair[0] != pair[1]]
        touched = {name for pair in others for one in pair if one for name in one.activities}
        rules = [one for one in self.law if not one.is_reading]
        found = tuple(one.rule_id for one in rules if one.rule.activity in touched)
        is_alone = not self.cells and set(self.grounds) <= {"rules", "as_of"}
        return found or (tuple(one.rule_id for one in rules) if is_alone else ())

    def _of_part(self, old: Part, new: Part) -> tuple[Reason, ...]:
        """The cells that moved a criterion's value."""
        found = dict.fromkeys(
            one.place
            for part, places in zip((old, new), self._places, strict=True)
            for origin in sorted(part.origins)
            for one in (*places.get(origin, ()), *places.get(row_of(origin), ()))
        )
        order = [one.place for one in self.cells]
        return (Reason("cells", tuple(sorted(found, key=order.index))),) if found else ()

    def _of_use(self, use_id: str) -> Why:
        """What moved the readiness or the legal status of a use itself."""
        old, new = self.before.uses.get(use_id), self.after.uses.get(use_id)
        status = next((one for one in self.statuses if one.use_id == use_id), None)
        if old is None or new is None:
            # What the law bars has no readiness.
            return self._whole if status is None else _by_law(status)
        if status is None and _alike(old, new) and old.viability == new.viability:
            return Why() if old.listed == new.listed else self._whole
        places, is_open = dict[str, None](), False
        for key in old.parts.keys() & new.parts.keys():
            if not _adds_alike(old.parts[key], new.parts[key]):
                found = self._of_part(old.parts[key], new.parts[key])
                places |= dict.fromkeys(ref for one in found for ref in one.refs)
                is_open |= not found and old.parts[key].terms == new.parts[key].terms
        order = [one.place for one in self.cells]
        rows = tuple(_ref(one) for one in self.catalogue if one.use_id == use_id)
        reasons = [
            *([Reason("cells", tuple(sorted(places, key=order.index)))] if places else []),
            *(_by_law(status).reasons if status else ()),
            *([Reason("catalogue", tuple(dict.fromkeys(rows)))] if rows else []),
        ]
        return self._whole if is_open or not reasons else Why(tuple(reasons), is_traced=True)

    def _statuses(self) -> Iterator[StatusChange]:
        for use_id, new in self.after.law.items():
            old = self.before.law.get(use_id)
            if old is not None and old.status != new.status:
                touched = old.activities | new.activities
                rules = tuple(one.rule_id for one in self.law if one.rule.activity in touched)
                yield StatusChange(use_id, old.status, new.status, rules)

    def _projects(self) -> Iterator[ProjectChange]:
        before = {one.use_id: one for one in self.before.projects}
        after = {one.use_id: one for one in self.after.projects}
        for use_id, new in after.items():
            old = before.get(use_id)
            kind = _moved(old, new)
            if kind:
                yield ProjectChange(kind, use_id, old, new, self._of_project(use_id))
        for use_id, old in before.items():
            if use_id not in after:
                yield ProjectChange("leaves", use_id, old, None, self._of_project(use_id))

    def _of_project(self, use_id: str) -> Why:
        """Its own readiness or law where its list is another, else all that moved."""
        if self._whole.is_traced:
            return self._whole
        old, new = self.before.uses.get(use_id), self.after.uses.get(use_id)
        is_relisted = old is None or new is None or old.listed != new.listed
        is_own = is_relisted or any(one.use_id == use_id for one in self.statuses)
        return self._of_use(use_id) if is_own else self._whole

    def _criteria(self) -> Iterator[FigureChange]:
        """Each value that moved once, with the uses that read it."""
        found: dict[FigureChange, list[str]] = {}
        for use_id, new in self.after.uses.items():
            old = self.before.uses.get(use_id)
            for key, part in new.parts.items():
                former = old.parts.get(key) if old else None
                if former and not is_same(former.value, part.value):
                    reasons = self._of_part(former, part)
                    why = Why(reasons, is_traced=True) if reasons else self._whole
                    one = FigureChange("criterion", key, 0, (), former.value, part.value, why)
                    found.setdefault(one, []).append(use_id)
        for one, uses in found.items():
            yield replace(one, uses=tuple(uses))

    def _effects(self, projects: tuple[ProjectChange, ...]) -> Iterator[FigureChange]:
        why = Why((Reason("projects"),), is_traced=True) if projects else self._whole
        for key in dict.fromkeys((*self.before.totals, *self.after.totals)):
            first, last = self.before.totals.get(key), self.after.totals.get(key)
            if not is_same(first, last):
                yield FigureChange("effect", key[1], key[0], (), first, last, why)

    def _chosen(self) -> Iterator[FigureChange]:
        before = {one.use_id: one.chosen_in for one in self.before.projects}
        for one in self.after.projects:
            first = before.get(one.use_id)
            if (
                first is not None
                and one.chosen_in is not None
                and not is_same(first, one.chosen_in)
            ):
                yield FigureChange(
                    "chosen", one.use_id, one.wave, (one.use_id,), first, one.chosen_in, self._whole
                )

    def _ranks(self) -> Iterator[RankChange]:
        for use_id in dict.fromkeys((*self.after.uses, *self.before.uses)):
            old, new = self.before.uses.get(use_id), self.after.uses.get(use_id)
            if old and new and _alike(old, new) and _standing(old) == _standing(new):
                continue
            why = self._of_use(use_id)
            if not why.reasons:
                why = Why((Reason("others"),), is_traced=True)
            category = (new or old).category  # type: ignore[union-attr]  # one of them knows it
            yield RankChange(use_id, category, old, new, why)


def _by_law(status: StatusChange) -> Why:
    return Why((Reason("law", status.rules),), is_traced=True)


def _ref(one: CatalogueChange) -> str:
    return f"{one.use_id} {one.name}".strip()


def _moved(old: Placed | None, new: Placed) -> ProjectKind | None:
    if old is None:
        return "joins"
    if new.wave != old.wave:
        return "earlier" if new.wave < old.wave else "later"
    spots = ((one.number is None, one.site, round(one.size, 6)) for one in (old, new))
    return "resized" if len(set(spots)) > 1 else None


def _alike(old: UseState, new: UseState) -> bool:
    """Whether readiness is the same."""
    return is_same(old.low, new.low) and is_same(old.high, new.high)


def _adds_alike(old: Part, new: Part) -> bool:
    """Whether a criterion adds the same to readiness."""
    return all(is_same(*pair) for pair in zip(old.points, new.points, strict=True))


def _standing(use: UseState) -> tuple[str, str, int | None]:
    return use.listed, use.viability, use.rank


def _words(before: Mapping[str, Label], after: Mapping[str, Label]) -> Iterator[WordChange]:
    if not after:
        return
    for place in dict.fromkeys((*after, *before)):
        first, last = before.get(place, Label()), after.get(place, Label())
        if first != last:
            yield WordChange(place, first, last)
