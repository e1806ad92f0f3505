"""Plain regions, as in tests/cases/programme_cases.json, as what the program reads; and random ones."""

import random
from datetime import date

from msgspec.structs import replace

from generator.analysis.memo import Memo
from generator.analysis.screening import screen
from generator.analysis.waves import set_up
from generator.model import (
    BarredSize,
    Contribution,
    CriterionValue,
    Finding,
    Readiness,
    Signatures,
    UnitNeed,
    UseFinding,
    UseReadiness,
)

TODAY = date(2026, 11, 21)
DIVISIONS = ("C13", "C14", "C15", "C17", "C18", "C19", "C20")
REST = "A01"
"""A division that no use names; it holds the rest of the employment."""
_HOSTING = ("voltage_kv", "road_km", "port_km", "former_load_mw")
"""Columns of a site that stand in for whether it hosts the first, second … use of power reuse."""
_PARAMETERS = {
    "power_factor": "site_power_factor",
    "contingency": "contingency",
    "min_gain": "min_gain",
    "keep": "platform_keep",
    "heavy": "heavy_weight",
}
PARAMS = {
    "power_factor": 0.9,
    "contingency": 0.1,
    "min_gain": 0.02,
    "list_cap": [3, 3],
    "sizes": [1, 0.75, 0.5, 0.25],
    "keep": 0.65,
    "base": [5, 8.5, 12],
    "heavy": 10,
    "floors": [10, 0.5, 0.01],
}


def setting_of(plain, build, knowledge, **known):
    """The setting of a plain region, made by the program from a region and a catalogue of it."""
    reuse = [use["id"] for use in plain["uses"] if use["list"] == "R"]
    columns = dict(zip(reuse, _HOSTING, strict=False))
    if len(reuse) > len(_HOSTING):
        raise ValueError("more power reuse than columns of a site")
    if _HOSTING[-1] in columns.values() and any(site.get("former_load") for site in plain["sites"]):
        raise ValueError("the column of the former load is taken")
    catalogue = _catalogue(plain, build, knowledge, columns)
    here = _region(plain, build, columns)
    law = _law(plain, here, build, catalogue)
    return set_up(here, catalogue, law, _readiness(plain, build), Memo(), **known)


def _assumed(plain, knowledge):
    """The assumptions with the parameters of a plain region."""
    params, numbers = plain["params"], {}
    for key, name in _PARAMETERS.items():
        numbers[name] = params[key]
    sizes = ("size_full", "size_three_quarters", "size_half", "size_quarter")
    numbers |= dict(zip(sizes, params["sizes"], strict=False))
    for name in sizes[len(params["sizes"]) :]:
        numbers[name] = params["sizes"][-1]
    if params["list_cap"][0] != params["list_cap"][1]:
        raise ValueError("one number of projects for both lists")
    numbers["list_cap"] = params["list_cap"][0]
    numbers["platform_base"] = params["base"][1]
    numbers["floor_jobs"], numbers["floor_power"] = params["floors"][:2]
    numbers["floor_served_share"] = 100 * params["floors"][2]
    found = dict(knowledge.assumptions)
    for name, value in numbers.items():
        found[name] = replace(found[name], value=value)
    return found


def _catalogue(plain, build, knowledge, columns):
    criteria = dict(knowledge.criteria)
    floor = criteria["usable_floor_m2"]
    for column in _HOSTING:
        criteria[f"T-{column}"] = replace(floor, criterion_id=f"T-{column}", reads=column)
    roles = {one.role: one.criterion_id for one in knowledge.criteria.values() if one.role}
    uses, needs, units = [], [], {}
    for use in plain["uses"]:
        is_chain = use["list"] == "U"
        catalogue_says = 1 if plain.get("has_estimates") else 0
        jobs, cost = use["jobs"][1] + catalogue_says, use["capital"][1] + catalogue_says
        figures = build.ranged((jobs, jobs), (cost, cost))
        uses.append(
            build.use(
                use["id"],
                "blockchain" if is_chain else "power_reuse",
                gb4754_anchor=tuple(use.get("serves", ())),
                needs_site=None if is_chain else not use.get("no_site", False),
                **figures,
            )
        )
        for name, amount in use["needs"].items():
            needs.append(build.need(use["id"], roles[name], amount, amount, 1))
        if use.get("technicians"):
            # A project takes the target per unit, not the minimum.
            needs.append(build.need(use["id"], roles["technician_fte"], 0, use["technicians"], 1))
        if not is_chain:
            needs.append(build.need(use["id"], f"T-{columns[use['id']]}", 1, 2, 1, hard=True))
        units[use["id"]] = _unit_need(use, is_chain=is_chain)
    weights = {"jobs": "B02", "power": "B09", "served": "B10"}
    benefits = {
        key: replace(one, weight=plain["weights"].get(one.effect, 0.0), status="active")
        for key, one in knowledge.benefits.items()
        if key in weights.values()
    }
    pairs = [
        build.pair(one, relation, other)
        for relation in ("excludes", "requires")
        for one, other in plain[relation]
    ]
    made = build.catalogue(knowledge, uses, needs)
    return replace(
        made,
        criteria=criteria,
        needs=units,
        pairs=tuple(pairs),
        benefits=benefits,
        assumptions=_assumed(plain, knowledge),
    )


def _unit_need(use, *, is_chain):
    if is_chain:
        return UnitNeed(
            use["id"], ("bank",), on_shared_platform=use["shared"], reach_share=use.get("share", 1)
        )
    per_unit = use["per_unit"]
    return UnitNeed(
        use["id"],
        ("bank",),
        grid_mw_per_unit=per_unit["grid"],
        mean_load_mw_per_unit=per_unit["load"],
        # One to one, so that a rule can bar a size as such.
        storage_kwh_per_unit=1,
        floor_m2_per_unit=per_unit["floor"],
        water_m3_day_per_unit=per_unit["water"],
        units_min=use["units"][0],
        units_max=use["units"][1],
        repeatable=use.get("repeatable", False),
        role=use.get("role", ""),
    )


def _region(plain, build, columns):
    rate = plain.get("rate", 1)
    named = sum(plain["employment"].values())
    industry = [build.industry(code, people, None) for code, people in plain["employment"].items()]
    industry.append(build.industry(REST, plain["total_employment"] - named, None))
    own = [
        build.own_figures(use["id"], capex=use["capital"][1] / rate, jobs=use["jobs"][1])
        for use in plain["uses"]
        if plain.get("has_estimates")
    ]
    return build.region(
        currency="CNY" if rate == 1 else "USD",
        rate=rate,
        code=plain.get("code", "here"),
        estimates=own,
        industry=industry,
        power=[build.point(plain["spare_mw"])],
        sites=[_site(site, build, columns) for site in plain["sites"]],
        limits=[
            build.cap(name, amount / rate if name == "capex" else amount)
            for name, amount in plain["limits"].items()
        ],
        institutions=[
            build.institution(use["id"])
            for use in plain["uses"]
            if use["list"] == "R" and (use["ready"] or use.get("waits_for") == "criterion")
        ],
    )


def _site(site, build, columns):
    made = build.site(mva=site["mva"], hall_m2=site["hall"], water=site["water"])
    load = build.fact(site.get("former_load"))
    hosting = {"former_load_mw": load} | {
        column: build.fact(1 if use_id in site["hosts"] else 0)
        for use_id, column in columns.items()
    }
    former = "textile" if site["cleared"] else "mining"
    return replace(made, name=build.label(site["id"]), former_use=former, **hosting)


def _law(plain, here, build, catalogue):
    """The screening, with mining barred and the sizes that are barred at all."""
    found = screen(here, catalogue, TODAY)
    mining = next(key for key, one in catalogue.activities.items() if one.former_use)
    findings = {**found.findings, mining: Finding(mining, "prohibited", (), ())}
    uses = {}
    for use in plain["uses"]:
        lawful = None if use["list"] == "U" or plain.get("hub") else use["units"][2]
        barred = ()
        if lawful is not None:
            bar = build.rule("T-bar", "data_centre", "prohibited")
            barred = (BarredSize(bar, "storage_kwh", lawful, is_certain=True, is_included=False),)
        law = Finding("data_centre", "permitted", (), (), barred=barred)
        uses[use["id"]] = UseFinding(use["id"], "permitted", (law,), largest=lawful)
    return replace(found, findings=findings, uses=uses)


def _readiness(plain, build):
    """All uses shortlisted; those that wait for a criterion miss one of weight."""
    uses = {}
    for use in plain["uses"]:
        misses = not use["ready"] and (use["list"] == "U" or use.get("waits_for") == "criterion")
        need = build.need(use["id"], "spare_grid_mw", 1, 2, 20)
        value = CriterionValue("spare_grid_mw", build.fact(0.5), "measures")
        part = Contribution(need, value, 0, 0, 0, 0, 0, meets_minimum=not misses)
        uses[use["id"]] = UseReadiness(
            use_id=use["id"],
            category="blockchain" if use["list"] == "U" else "power_reuse",
            contributions=(part,),
            low=50,
            score=50,
            high=50,
            coverage_pct=100,
            viability="viable",
            missed=(),
            unknown_minima=(),
            signatures=Signatures(0, 0, ()),
            gaps=(),
            weight_by_grade={},
            rank=1,
            listed="shortlist",
        )
    listed = {
        "blockchain": tuple(use["id"] for use in plain["uses"] if use["list"] == "U"),
        "power_reuse": tuple(use["id"] for use in plain["uses"] if use["list"] == "R"),
    }
    none = dict.fromkeys(listed, ())
    return Readiness(uses, listed, listed, none, none, ())


# --- random regions -------------------------------------------------------------------------------


def random_region(seed):
    """A small region with all that a choice may meet, few numbers, and so many ties."""
    chance = random.Random(seed)  # noqa: S311 - regions, no secrets
    params = PARAMS | {
        "list_cap": [chance.choice([1, 2, 3, 3])] * 2,
        "min_gain": chance.choice([0, 0.02, 0.02, 0.1]),
        "sizes": chance.choice([[1, 0.75, 0.5, 0.25], [1, 0.75, 0.5, 0.25], [1, 0.5], [1]]),
    }
    divisions = DIVISIONS[: chance.randint(1, 4)]
    chains = [
        _chain(f"U{number}", divisions, chance) for number in range(chance.choice([0, 2, 3, 4, 5]))
    ]
    sites = [{"id": f"s{number}"} for number in range(chance.choice([0, 1, 2, 2, 3, 3]))]
    reuse = [_reuse(f"R{number}", chance) for number in range(chance.choice([0, 1, 2, 3, 3, 4]))]
    for site in sites:
        site |= {
            "mva": chance.choice([0, 20, 20, 40, 60]),
            "hall": chance.choice([0, 12_000, 12_000, 30_000, 60_000]),
            "water": chance.choice([50, 200, 400]),
            "cleared": chance.random() < 0.75,
            "hosts": [use["id"] for use in reuse if chance.random() < 0.85],
        }
        if not site["cleared"] and len(reuse) < len(_HOSTING):
            # The last of the columns is free to mean what it says.
            site["former_load"] = chance.choice([0, 0, 30, 90])
    uses = chains + reuse
    ids = [use["id"] for use in uses]
    employment = {code: chance.choice([0, 1000, 1000, 4000, 25_000]) for code in divisions}
    return {
        "hub": chance.random() < 0.3,
        "weights": {
            "jobs": chance.choice([0, 1, 1, 2]),
            "power": chance.choice([0, 1, 1, 3]),
            "served": chance.choice([0, 1, 1]),
        },
        "params": params,
        "total_employment": sum(employment.values()) + chance.choice([0, 50_000, 900_000]),
        "uses": uses,
        "sites": sites,
        "spare_mw": chance.choice([5, 30, 60, 200]),
        "employment": employment,
        "limits": _limits(chance),
        "excludes": _pairs(ids, chance.choice([0, 0, 1, 2]), chance),
        "requires": _pairs(ids, chance.choice([0, 0, 0, 1]), chance),
    }


def _pairs(ids, number, chance):
    return [chance.sample(ids, 2) for _ in range(number)] if len(ids) > 1 else []


def _limits(chance):
    offered = {
        "capex": [20, 66, 110, 110, 250, 250],
        "grid_mw": [6, 12, 30],
        "it_load_mw": [0, 0.4, 0.6],
        "racks": [10, 20, 40],
        "dev_fte": [6, 10, 14],
        "ops_fte": [0, 5, 6, 8],
        "technician_fte": [6, 12, 20],
    }
    often = {"capex": 0.85}
    return {
        name: chance.choice(amounts)
        for name, amounts in offered.items()
        if chance.random() < often.get(name, 0.25)
    }


def _chain(use_id, divisions, chance):
    cost, jobs = chance.choice([4, 10, 12, 20, 24]), chance.choice([0, 10, 10, 20, 30])
    needs = {"it_load_mw": [0.1, 0.3], "racks": [5, 10], "dev_fte": [2, 4, 6], "ops_fte": [2, 3, 5]}
    needs |= {"technician_fte": [2], "grid_mw": [1, 3]}
    return {
        "id": use_id,
        "list": "U",
        "ready": chance.random() < 0.75,
        "capital": [cost] * 3,
        "jobs": [jobs] * 3,
        "serves": chance.sample(divisions, chance.randint(0, len(divisions))),
        "share": chance.choice([0.1, 0.25, 0.5, 1]),
        "shared": chance.random() < 0.6,
        "needs": {key: chance.choice(some) for key, some in needs.items() if chance.random() < 0.4},
    }


def _reuse(use_id, chance):
    cost, jobs = chance.choice([10, 10, 30, 50]), chance.choice([0, 10, 40, 80])
    least, most = chance.choice([(0.2, 1), (0.5, 2), (0.3, 0.3), (1, 3), (0.2, 0.8)])
    needs = {"dev_fte": [2, 4], "ops_fte": [2, 3, 5]}
    return {
        "id": use_id,
        "list": "R",
        "ready": chance.random() < 0.8,
        "waits_for": chance.choice(["criterion", "signature"]),
        "capital": [cost] * 3,
        "jobs": [jobs] * 3,
        "per_unit": {
            "grid": chance.choice([0, 2, 4, 10, 12.5]),
            "load": chance.choice([0, 0.5, 1, 6.3]),
            "floor": chance.choice([0, 1000, 3000, 6000, 20_000]),
            "water": chance.choice([0, 0, 30, 100]),
        },
        "units": [least, most, chance.choice([None, None, 0.7, 1])],
        "needs": {key: chance.choice(some) for key, some in needs.items() if chance.random() < 0.4},
        "technicians": chance.choice([0, 0, 5, 12]),
        "repeatable": chance.random() < 0.5,
        "no_site": chance.random() < 0.15,
    }
