"""What of the knowledge exists in a legal order: its uses, needs, offices and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec.structs import replace

from generator.model import ANYWHERE, COMPARATORS, Label, Office, Requirement

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from generator.model import Action, Criterion, Knowledge, LocalText, Procedure, Use

_FULL = 100.0


class _Scoped(Protocol):
    @property
    def jurisdictions(self) -> tuple[str, ...]: ...


_Row = TypeVar("_Row", bound=_Scoped)


def within(knowledge: Knowledge, orders: Sequence[str], admin_code: str = "") -> Knowledge:
    """The knowledge as it stands in a legal order, at a place of it.

    Rows of other orders are left out; where a criterion does not exist, the weights of a use's
    other requirements are rescaled to 100. Uses of other orders keep their names, so that a sheet
    may name them, and are never considered. Minima and targets of power prices are brought to the
    price level of the order. A text that is worded for the order stands in place of
    the general one, and no task is led by a body that the order does not have. No rule is
    left out: the law gate reads their scope.

    Args:
        knowledge: All of it.
        orders: The jurisdiction, then those above it.
        admin_code: Of the region; without one only what holds in the whole order counts.
    """
    here = (*knowledge.parts(orders, admin_code), *orders)
    knowledge = _named(_worded(knowledge, here), here)
    offices = _offices(knowledge.offices, here)
    absent = {office.office_key for office in offices if not office.exists}
    evidence = {key: item for key, item in knowledge.evidence.items() if _is_here(item, orders)}

    uses = tuple(
        replace(_led_here(use, absent), evidence_ids=_known(use.evidence_ids, evidence))
        for use in knowledge.uses
        if use.is_known_in(orders)
    )
    ids = {use.use_id for use in uses}
    level = knowledge.price_level(orders)
    criteria = {key: item for key, item in knowledge.criteria.items() if _is_here(item, orders)}

    return replace(
        knowledge,
        uses=uses,
        elsewhere=(*knowledge.elsewhere, *(one for one in knowledge.uses if one.use_id not in ids)),
        criteria=criteria,
        requirements={
            use.use_id: _needs(use, knowledge.requirements, criteria, evidence, orders, level)
            for use in uses
            if use.category != COMPARATORS
        },
        pairs=tuple(one for one in knowledge.pairs if {one.use_id, one.other_id} <= ids),
        evidence=evidence,
        assumptions={
            key: item for key, item in knowledge.assumptions.items() if _is_here(item, orders)
        },
        risks=tuple(
            replace(risk, evidence=_known(risk.evidence, evidence))
            for risk in _here(knowledge.risks, orders)
        ),
        actions=_actions(knowledge.actions, here, evidence, absent),
        procedures=procedures_of(knowledge.procedures, here),
        skills=_here(knowledge.skills, orders),
        scenarios=_here(knowledge.scenarios, orders),
        glossary=_here(knowledge.glossary, orders),
        offices=offices,
        fees=tuple(one for one in knowledge.fees if one.jurisdiction in orders),
        milestones=tuple(
            one for one in knowledge.milestones if not one.use_id or one.use_id in ids
        ),
        wages=tuple(one for one in knowledge.wages if one.jurisdiction in orders),
        prices=tuple(one for one in knowledge.prices if one.jurisdiction in orders),
    )


def procedures_of(procedures: Iterable[Procedure], here: Sequence[str]) -> tuple[Procedure, ...]:
    """The procedures of some orders and places, without those that a nearer one has its own for.

    Args:
        procedures: Of every order.
        here: The places that hold a region, then its orders.
    """
    return tuple(
        one
        for one in procedures
        if one.jurisdiction in here and not any(order in here for order in one.not_in)
    )


def _needs(
    use: Use,
    requirements: Mapping[str, Sequence[Requirement]],
    criteria: dict[str, Criterion],
    evidence: Container[str],
    orders: Sequence[str],
    level: float,
) -> tuple[Requirement, ...]:
    """What a use needs in an order: the criteria that exist there, at its prices."""
    needs = _rescaled(requirements[use.use_id], criteria, orders)
    priced = (_priced(need, criteria[need.criterion_id], level) for need in needs)
    return tuple(replace(need, evidence=_known(need.evidence, evidence)) for need in priced)


def _led_here(use: Use, absent: Container[str]) -> Use:
    """A use whose owner, where the order has no such body, is who runs it."""
    return replace(use, owner_office=use.operator_office) if use.owner_office in absent else use


def _actions(
    actions: Iterable[Action],
    orders: Sequence[str],
    evidence: Container[str],
    absent: Container[str],
) -> tuple[Action, ...]:
    """The tasks of an order, without the bodies that it does not have."""
    return tuple(
        replace(
            action,
            evidence=_known(action.evidence, evidence),
            lead_office=action.responsible_office
            if action.lead_office in absent
            else action.lead_office,
            joint_offices=tuple(key for key in action.joint_offices if key not in absent),
            deciding_offices=tuple(key for key in action.deciding_offices if key not in absent),
        )
        for action in _here(actions, orders)
    )


def _known(ids: Iterable[str], evidence: Container[str]) -> tuple[str, ...]:
    return tuple(key for key in ids if key in evidence)


_TABLES: dict[str, str] = {
    "uses": "use_id",
    "evidence": "evidence_id",
    "risks": "risk_id",
    "actions": "action_id",
    "rules": "rule_id",
    "procedures": "procedure_id",
}
"""Tables of which a text may be worded for one order, by the name of their id."""


def _worded(knowledge: Knowledge, orders: Sequence[str]) -> Knowledge:
    """Texts as the nearest order words them."""
    ranks = {order: rank for rank, order in enumerate(orders)}
    nearest: dict[tuple[str, str, str], LocalText] = {}
    for text in knowledge.local_texts:
        place = (text.table, text.row_id, text.field)
        rank = ranks.get(text.jurisdiction)
        known = nearest.get(place)
        if rank is not None and (known is None or rank < ranks[known.jurisdiction]):
            nearest[place] = text
    if not nearest:
        return knowledge

    def worded(table: str, row: Any) -> Any:
        row_id = getattr(row, _TABLES[table])
        own = {
            text.field: text.text
            for text in nearest.values()
            if (text.table, text.row_id) == (table, row_id)
        }
        return replace(row, **own) if own else row

    changed: dict[str, Any] = {}
    for table in {text.table for text in nearest.values()}:
        rows = getattr(knowledge, table)
        changed[table] = (
            {key: worded(table, row) for key, row in rows.items()}
            if isinstance(rows, dict)
            else tuple(worded(table, row) for row in rows)
        )
    return replace(knowledge, **changed)


_NAMING: dict[str, tuple[str, ...]] = {
    "uses": ("scope_caution", "legal_size_note"),
    "actions": ("title", "indicator", "target"),
    "rules": ("condition", "reader_note", "question"),
    "procedures": ("what", "question", "proviso"),
    "offices": ("name",),
}
"""Printed texts that may name a place in general, such as the province, by table."""


def _named(knowledge: Knowledge, here: Sequence[str]) -> Knowledge:
    """Texts that name a place in general, with the name of the one that holds the region."""
    places = {one.place: one for one in knowledge.places}
    own = [one for key in here if (one := places.get(key)) and one.stands_for]
    names = [(places[one.stands_for].name, one.name) for one in own]
    if not names:
        return knowledge

    def named(row: Any, fields: Sequence[str]) -> Any:
        texts = {key: (old := getattr(row, key), _with_names(old, names)) for key in fields}
        changed = {key: new for key, (old, new) in texts.items() if new is not old}
        return replace(row, **changed) if changed else row

    tables: dict[str, Any] = {
        table: tuple(named(row, fields) for row in getattr(knowledge, table))
        for table, fields in _NAMING.items()
    }
    return replace(knowledge, **tables)


def _with_names(label: Label, names: Sequence[tuple[Label, Label]]) -> Label:
    """A text with the particular in place of the general names; the same where it has none."""
    made = label.texts
    for general, own in names:
        made = tuple(
            (tag, text.replace(general.text(tag), own.text(tag)) if general.text(tag) else text)
            for tag, text in made
        )
    return label if made == label.texts else Label(made)


def _is_here(row: _Scoped, orders: Sequence[str]) -> bool:
    return not row.jurisdictions or any(order in row.jurisdictions for order in orders)


def _here(rows: Iterable[_Row], orders: Sequence[str]) -> tuple[_Row, ...]:
    return tuple(row for row in rows if _is_here(row, orders))


def _rescaled(
    needs: Iterable[Requirement], criteria: dict[str, Criterion], orders: Sequence[str]
) -> tuple[Requirement, ...]:
    every = tuple(needs)
    own = [need for need in every if need.criterion_id in criteria and _is_here(need, orders)]
    if len(own) == len(every):
        return every
    total = sum(need.weight for need in own)
    return tuple(replace(need, weight=need.weight * _FULL / total) for need in own)


def _priced(need: Requirement, criterion: Criterion, level: float) -> Requirement:
    """A requirement at the price level of an order; at its own where it is there already."""
    factor = level / (need.price_level or 1.0)
    if not criterion.by_price_level or factor == 1.0:
        return need
    return replace(
        need, minimum=need.minimum * factor, target=need.target * factor, price_level=level
    )


def _offices(offices: Iterable[Office], orders: Sequence[str]) -> tuple[Office, ...]:
    """One row per key: the nearest order that has the body, else the neutral name."""
    ranks = {order: rank for rank, order in enumerate((*orders, ANYWHERE))}
    nearest: dict[str, Office] = {}
    for office in offices:
        rank = ranks.get(office.jurisdiction)
        known = nearest.get(office.office_key)
        if rank is not None and (known is None or rank < ranks[known.jurisdiction]):
            nearest[office.office_key] = office
    return tuple(nearest.values())
