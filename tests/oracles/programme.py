"""The programme by trying everything: plain Python from the specification (decision.md, §4 to §7).

A region is a dictionary as in tests/cases/programme_cases.json, with these additions: `share` of a
blockchain use (1 where it is left out), `repeatable` and `no_site` of a power-reuse use, the
`technicians` that it asks for per unit of scale, and the `former_load` of a mining site. No module of the program is used here.
"""

import itertools
import math

LIST_OF = {"U": 0, "R": 1}
MINIMA = ("dev_fte", "ops_fte")
"""Staff that a power-reuse project needs whatever its size."""
ADDING = ("grid_mw", "it_load_mw", "racks", "dev_fte", "technician_fte")
"""Limits on plain sums; money and operations staff have rules of their own."""
TIE = 1e-9
_OF_MINING = 0.1
"""Share of the stated former load of mining sites that earns the full weight of power."""


def _allows(limit, amount):
    return amount <= limit * (1 + 1e-9) + 1e-9


# --- sizes ----------------------------------------------------------------------------------------


def full_and_menu(use, site, spare, params, in_hub):
    """The largest size of a use at a site (0 for none) and the sizes that are tried."""
    least, most, lawful = use["units"]
    tops = [most]
    if lawful is not None and not in_hub:
        tops.append(lawful)
    if site is not None:
        per_unit = use["per_unit"]
        for amount, need in (
            (site["mva"] * params["power_factor"], per_unit["grid"]),
            (site["hall"], per_unit["floor"]),
            (site["water"], per_unit["water"]),
            (spare, per_unit["grid"]),
        ):
            if need > 0:
                tops.append(amount / need)
    full = math.floor(10 * min(tops) + 1e-9) / 10
    if full < least - 1e-9:
        return 0, []
    menu = []
    for part in params["sizes"]:
        size = math.floor(10 * part * full + 1e-9) / 10
        if size >= least - 1e-9 and size not in menu:
            menu.append(size)
    return full, menu


# --- what a choice is -----------------------------------------------------------------------------
# A choice is a pair: a tuple of ids of blockchain uses, and a tuple of (id, place, size) of power
# reuse, both by id. A place is the number of a site, or None without one.


def _uses(region):
    return {use["id"]: use for use in region["uses"]}


def _middle(ends):
    return ends[1]


def _common_capital(costs, region, is_built):
    """Capital of the uses that can share a platform, and whether it is built."""
    total = sum(costs)
    params = region["params"]
    base = 0 if is_built else params["base"][1]
    together = base + params["keep"] * total
    return (together, True) if costs and together < total else (total, False)


def capital(choice, region, *, is_built=False):
    """Capital of a choice, and whether a common platform is built."""
    uses = _uses(region)
    shared = [_middle(uses[key]["capital"]) for key in choice[0] if uses[key]["shared"]]
    own = sum(_middle(uses[key]["capital"]) for key in choice[0] if not uses[key]["shared"])
    own += sum(_middle(uses[key]["capital"]) * size for key, _, size in choice[1])
    common, builds = _common_capital(shared, region, is_built)
    return own + common, builds


def reached_by(choice, region):
    """The greatest share of each division that a choice reaches."""
    found = {}
    uses = _uses(region)
    for key in choice[0]:
        for division in uses[key]["serves"]:
            found[division] = max(found.get(division, 0), uses[key].get("share", 1))
    return found


def effects(choice, region, reached):
    """Jobs, power and people reached beyond those of an earlier wave."""
    uses = _uses(region)
    jobs = sum(_middle(uses[key]["jobs"]) for key in choice[0])
    jobs += sum(_middle(uses[key]["jobs"]) * size for key, _, size in choice[1])
    power = sum(uses[key]["per_unit"]["load"] * size for key, _, size in choice[1])
    served = sum(
        region["employment"][division] * max(0, share - reached.get(division, 0))
        for division, share in reached_by(choice, region).items()
    )
    return {"jobs": jobs, "power": power, "served": served}


def takes(choice, region):
    """What a choice takes of the limits that are plain sums, and its needs of operations staff."""
    uses = _uses(region)
    total, operations = dict.fromkeys(ADDING, 0), []
    for key in choice[0]:
        for name in ADDING:
            total[name] += uses[key]["needs"].get(name, 0)
        operations.append(uses[key]["needs"].get("ops_fte", 0))
    for key, _, size in choice[1]:
        use = uses[key]
        total["grid_mw"] += size * use["per_unit"]["grid"]
        total["technician_fte"] += size * use.get("technicians", 0)
        total["dev_fte"] += use["needs"].get("dev_fte", 0)
        operations.append(use["needs"].get("ops_fte", 0))
    return total, [need for need in operations if need > 0]


def rota(needs):
    """Operations staff: the greatest need, and one for each further project that needs any."""
    return max(needs) + len(needs) - 1 if needs else 0


def _grid_limit(region):
    stated = region["limits"].get("grid_mw")
    return region["spare_mw"] if stated is None else min(stated, region["spare_mw"])


# --- all choices ----------------------------------------------------------------------------------


def _pairs_allow(ids, region, held):
    """Whether excluded and required pairs allow these uses beside those of an earlier wave."""
    for one, other in region["excludes"]:
        if (one in ids and other in ids) or (one in ids and other in held):
            return False
        if other in ids and one in held:
            return False
    return all(other in ids or other in held for one, other in region["requires"] if one in ids)


def _rooms_allow(placed, region, before):
    factor = region["params"]["power_factor"]
    uses = _uses(region)
    for number, site in enumerate(region["sites"]):
        room = {"grid": site["mva"] * factor, "floor": site["hall"], "water": site["water"]}
        here = [(key, size) for key, place, size in placed if place == number]
        earlier = [(key, size) for key, place, size in before if place == number]
        for kind, amount in room.items():
            left = max(0, amount - sum(uses[k]["per_unit"][kind] * s for k, s in earlier))
            if here and not _allows(left, sum(uses[k]["per_unit"][kind] * s for k, s in here)):
                return False
    return True


def _sets(items, most, name_of):
    for count in range(most + 1):
        for chosen in itertools.combinations(items, count):
            if len({name_of(item) for item in chosen}) == count:
                yield chosen


def candidates(region):
    """The uses that may be chosen: a use whose required partner is none is dropped, repeatedly."""
    left = sorted(region["uses"], key=lambda use: (LIST_OF[use["list"]], use["id"]))
    while True:
        ids = {use["id"] for use in left}
        kept = [
            use
            for use in left
            if all(other in ids for one, other in region["requires"] if one == use["id"])
        ]
        if len(kept) == len(left):
            return kept
        left = kept


def placings(region):
    """Every use at every place that hosts it, in every size of its menu."""
    found = []
    for use in candidates(region):
        if use["list"] != "R":
            continue
        sites = [(None, None)] if use.get("no_site") else list(enumerate(region["sites"]))
        for place, site in sites:
            if site is not None and use["id"] not in site["hosts"]:
                continue
            _, menu = full_and_menu(
                use, site, region["spare_mw"], region["params"], region.get("hub", False)
            )
            found += [(use["id"], place, size) for size in menu]
    return found


def choices(region, first=None):
    """Every choice that keeps to all limits: of a first wave, or of what that leaves.

    Ready or not: who asks for a first wave leaves out what is not ready.
    """
    before = first or ((), ())
    uses, params = _uses(region), region["params"]
    held = set(before[0]) | {key for key, _, _ in before[1]}
    chains = [u["id"] for u in candidates(region) if u["list"] == "U" and u["id"] not in held]
    earlier = {key: place for key, place, _ in before[1]}
    places = [
        one
        for one in placings(region)
        if one[0] not in held
        or (uses[one[0]].get("repeatable") and one[1] is not None and one[1] != earlier[one[0]])
    ]
    spent, is_built = capital(before, region)
    taken, staff = takes(before, region)
    left = {name: region["limits"].get(name, math.inf) for name in (*ADDING, "capex", "ops_fte")}
    left["grid_mw"] = _grid_limit(region)
    factor = 1 + params["contingency"]
    left["capex"] = max(0, left["capex"] - spent * factor)
    for name in ADDING:
        left[name] = max(0, left[name] - taken[name])
    halves = [
        list(_sets(chains, params["list_cap"][0], lambda key: key)),
        [
            placed
            for placed in _sets(places, params["list_cap"][1], lambda one: one[0])
            if _rooms_allow(placed, region, before[1])
        ],
    ]
    for chosen in itertools.product(*halves):
        ids = {*chosen[0], *(key for key, _, _ in chosen[1])}
        if not _pairs_allow(ids, region, held):
            continue
        cost, _ = capital(chosen, region, is_built=is_built)
        if not _allows(left["capex"], cost * factor):
            continue
        total, more = takes(chosen, region)
        if all(_allows(left[name], total[name]) for name in ADDING) and _allows(
            left["ops_fte"], rota(staff + more)
        ):
            yield chosen, cost


def _may_start(choice, region):
    uses = _uses(region)
    return all(uses[key]["ready"] for key in choice[0]) and all(
        uses[key]["ready"] and (place is None or region["sites"][place]["cleared"])
        for key, place, _ in choice[1]
    )


# --- the programme --------------------------------------------------------------------------------


def _rank(choice, cost):
    """Among equal values: fewer, cheaper, ids with blockchain first, places, larger sizes."""
    placed = sorted(choice[1], key=lambda one: one[0])
    return (
        len(choice[0]) + len(choice[1]),
        round(cost, 6),
        [(0, key) for key in sorted(choice[0])] + [(1, key) for key, _, _ in placed],
        [math.inf if place is None else place for _, place, _ in placed],
        [-size for _, _, size in placed],
    )


def best(found, region, reached, coefficients, least_gain):
    """The choice of greatest value, and the value."""
    valued = []
    for choice, cost in found:
        amounts = effects(choice, region, reached)
        value = sum(coefficients[name] * amounts[name] for name in coefficients)
        value -= least_gain * (len(choice[0]) + len(choice[1]))
        valued.append((value, choice, cost))
    if not valued:
        return ((), ()), 0
    top = max(value for value, _, _ in valued)
    near = [one for one in valued if one[0] >= top - TIE]
    value, choice, _ = min(near, key=lambda one: _rank(one[1], one[2]))
    return choice, value


def attainable(found, region):
    """The greatest sum of each effect alone."""
    top = {"jobs": 0, "power": 0, "served": 0}
    for choice, _ in found:
        for name, amount in effects(choice, region, {}).items():
            top[name] = max(top[name], amount)
    return top


def judged_by(region, top):
    """Normalisers, weights and coefficients."""
    jobs, power, share = region["params"]["floors"]
    mined = sum(site.get("former_load", 0) for site in region["sites"] if not site["cleared"])
    floors = {
        "jobs": jobs,
        "power": max(power, _OF_MINING * mined),
        "served": share * region["total_employment"],
    }
    normalisers = {key: max(top[key], floors[key]) if top[key] > 0 else 0 for key in top}
    counted = {key: points for key, points in region["weights"].items() if normalisers[key] > 0}
    total = sum(counted.values())
    weights = {key: counted.get(key, 0) / total if total else 0 for key in top}
    coefficients = {key: weights[key] / normalisers[key] if normalisers[key] else 0 for key in top}
    return normalisers, weights, coefficients


def value_alone(region, coefficients):
    """What each use brings by itself, in hundredths."""
    found = {use["id"]: 0 for use in candidates(region)}
    for use in candidates(region):
        if use["list"] == "U":
            amounts = effects(((use["id"],), ()), region, {})
            found[use["id"]] = 100 * sum(coefficients[k] * amounts[k] for k in coefficients)
    limits = region["limits"]
    for one in placings(region):
        choice = ((), (one,))
        total, _ = takes(choice, region)
        cost, _ = capital(choice, region)
        if (
            _allows(limits.get("capex", math.inf), cost * (1 + region["params"]["contingency"]))
            and _allows(_grid_limit(region), total["grid_mw"])
            and _allows(limits.get("technician_fte", math.inf), total["technician_fte"])
        ):
            amounts = effects(choice, region, {})
            worth = 100 * sum(coefficients[k] * amounts[k] for k in coefficients)
            found[one[0]] = max(found[one[0]], worth)
    return found


def programme(region):
    """Normalisers, both waves with their values, the runner-up and value alone."""
    every = list(choices(region))
    normalisers, weights, coefficients = judged_by(region, attainable(every, region))
    least_gain = region["params"]["min_gain"]
    able = [one for one in every if _may_start(one[0], region)]
    first, first_value = best(able, region, {}, coefficients, least_gain)
    others = [one for one in able if one[0] != first]
    runner_up, runner_up_value = best(others, region, {}, coefficients, least_gain)
    later = list(choices(region, first))
    second, second_value = best(later, region, reached_by(first, region), coefficients, least_gain)
    return {
        "normalisers": normalisers,
        "weights": weights,
        "first": first,
        "first_value": first_value,
        "first_capital": capital(first, region)[0],
        "first_effects": effects(first, region, {}),
        "runner_up": runner_up if others else None,
        "runner_up_value": runner_up_value,
        "second": second,
        "second_value": second_value,
        "second_capital": capital(second, region, is_built=capital(first, region)[1])[0],
        "second_effects": effects(second, region, reached_by(first, region)),
        "alone": value_alone(region, coefficients),
        "choices": len(every),
    }
