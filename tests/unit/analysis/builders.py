"""Small builders for the analysis tests: one line per record, everything else blank."""

from datetime import date

from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.draws import Draws
from generator.analysis.joining import Ask
from generator.analysis.readiness import score
from generator.analysis.robustness import vary
from generator.analysis.rollup import roll_up
from generator.analysis.sampling import draw_parts
from generator.analysis.screening import screen
from generator.model import (
    BenefitCriterion,
    Claim,
    DataCentre,
    Difference,
    Estimate,
    Fact,
    IndustryRow,
    Institution,
    Instrument,
    Label,
    Limit,
    Link,
    Measure,
    PowerPoint,
    Programme,
    Project,
    ProjectSite,
    Region,
    Requirement,
    Rule,
    ScenarioChange,
    Site,
    StakeholderWeight,
    Step,
    Threshold,
    UnitNeed,
    Use,
    UsePair,
    Wave,
    WorkforceRole,
)
from generator.model.programme_inputs import ProgrammeInputs
from generator.problems import Origin

UNCHANGED = Difference(
    joins=(), leaves=(), earlier=(), later=(), resized=(), placed=(),
    effects=dict.fromkeys(("jobs", "power", "served", "value_added"), 0.0),
    capital=0.0, value=0.0, shortlisted=(), unlisted=(), idle=(), became_viable=(),
    lost_viability=(), law_changed=(), readiness={},
)  # fmt: skip
"""What another run is like that changes nothing; its bill of a year is that of the plan."""


def is_unmoved(difference):
    """Whether another run changes nothing of a region without a project, whose bill of a year is nothing."""
    bill, nothing = difference.bill, (0.0, 0.0)
    same = bill is None or (
        bill.running in {None, nothing} and bill.unpaid == bill.gap == bill.gap_at_share == nothing
    )
    return same and replace(difference, bill=None) == UNCHANGED


TODAY = date(2026, 11, 21)
"""The day on which the rules of the pack were last checked."""
FILE = "region.xlsx"
FIGURES = (
    "population", "gdp", "fiscal_revenue", "renewable_share", "grid_factor", "in_national_hub",
    "saidi_minutes", "mean_temperature_c", "free_cooling_hours", "port_throughput",
    "unexplained_load_mw",
)  # fmt: skip
_SHEETS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
    "measures", "steps", "limits", "claims", "estimates", "weights",
)  # fmt: skip


def label(text):
    return Label((("en", text), ("zh-CN", text)) if text else ())


def fact(value, unit="", *, grade="B", as_of="2025", cell="", low=None, high=None, stream=""):
    origins = (Origin(FILE, "Sheet", cell),) if cell else ()
    return Fact(value, unit, low, high, grade, Label(), as_of, origins, stream)


def varying(stream, low, value, high):
    """A fact that is drawn from a triangle under a name of its own."""
    return fact(value, low=low, high=high, stream=stream)


def as_fact(value, unit=""):
    return value if isinstance(value, Fact) else fact(value, unit)


def region(
    *, jurisdiction="CN", admin_code="370200", currency="CNY", rate=None, figures=None, **sheets
):
    """A region; the rows of its sheets get their place from their position, as in a workbook."""
    placed = {
        key: tuple(
            replace(row, origin=Origin(FILE, key, str(number)))
            for number, row in enumerate(rows, start=4)
        )
        for key, rows in sheets.items()
        if key in _SHEETS
    }
    rest = {key: value for key, value in sheets.items() if key not in _SHEETS}
    known = {key: as_fact(value) for key, value in (figures or {}).items()}
    plain = {
        "files": (FILE,),
        "origin": Origin(FILE, "Region", "A4"),
        "code": "here",
        "name": label("Here"),
        "rate_on": None,
        "rate_source": "",
        "prepared_by": Label(),
        "contact_email": "",
        "plan_from": None,
        "plan_until": None,
        "handling": "public",
    }
    return Region(
        **{**plain, **rest},
        jurisdiction=jurisdiction,
        admin_code=admin_code,
        currency=currency,
        cny_per_unit=as_fact(1.0 if currency == "CNY" else rate, "CNY"),
        figures={key: known.get(key, fact(None)) for key in FIGURES},
        **placed,
    )


_NOWHERE = Origin(FILE)


def point(spare, price=None, spread=None, *, status="existing", kind="connection point"):
    return PowerPoint(
        _NOWHERE, label("Point"), kind, fact(None), fact(None), as_fact(spare, "MW"),
        as_fact(price, "currency/kWh"), as_fact(spread, "currency/kWh"), status,
    )  # fmt: skip


def hall(free=None, racks=None, *, tier=None, gb50174="", availability=None, pue=None):
    return DataCentre(
        _NOWHERE, label("Hall"), Label(), fact(None), as_fact(free, "MW"), fact(None),
        as_fact(racks, "count"), as_fact(tier), gb50174, as_fact(availability), as_fact(pue),
    )  # fmt: skip


def role(counts_towards, fte):
    return WorkforceRole(_NOWHERE, label("Role"), counts_towards, fact(None), as_fact(fte, "FTE"))


def link(gbps=None, latency=None):
    return Link(_NOWHERE, label("Link"), fact(None), as_fact(gbps), as_fact(latency), Label())


def industry(code, local, reference, divisions=()):
    return IndustryRow(
        _NOWHERE, code, divisions or (code,), label(code), as_fact(local, "persons"), as_fact(reference, "persons"),
        fact(None), fact(None), Label(), fact(None), fact(None),
    )  # fmt: skip


def institution(use_id, kind="bank", status="signed", name="Body"):
    return Institution(
        _NOWHERE, label(name), kind, use_id, status, None, Label(), "B", Label(), "2025"
    )


def site(*, mva=None, hall_m2=None, road=None, port=None, water=None, land_use="industrial land"):
    return Site(
        _NOWHERE, label("Site"), "mining", None, fact(None), Label(), land_use, None, as_fact(mva),
        fact(None), as_fact(hall_m2), Label(), Label(), Label(), as_fact(road), as_fact(port),
        as_fact(water), Label(), Label(),
    )  # fmt: skip


def measure(criterion_id, value):
    return Measure(_NOWHERE, criterion_id, as_fact(value))


def claim(activity):
    return Claim(_NOWHERE, label("Someone says so."), label("A leaflet"), activity)


def step(funding_source=""):
    nothing = fact(None)
    return Step(
        _NOWHERE, label("Step"), "spare_grid_mw", "Point", nothing, nothing, nothing, Label(),
        funding_source,
    )  # fmt: skip


def stakeholder(name, **points):
    """The rows of one stakeholder: points by benefit criterion."""
    return [
        StakeholderWeight(_NOWHERE, label(name), benefit_id, as_fact(number))
        for benefit_id, number in points.items()
    ]


def limit(source_of_funds="", resource="capex"):
    return Limit(_NOWHERE, resource, fact(100), source_of_funds)


def cap(resource, amount):
    """A row of the Limits sheet."""
    return Limit(_NOWHERE, resource, as_fact(amount), "")


def named_point(name, spare, price=None, *, status="existing"):
    return replace(point(spare, price, status=status), name=label(name))


def planned(criterion, record, change, cost=None, *, title="Step"):
    """A step of the Steps sheet that changes the record it names."""
    return Step(
        _NOWHERE, label(title), criterion, record, as_fact(change), as_fact(cost), fact(None),
        Label(), "",
    )  # fmt: skip


def own_figures(
    use_id, *, capex=None, jobs=None, payback=None, value_added=None, demand=None, heat_tariff=None
):  # fmt: skip
    """A row of the Estimates sheet."""
    columns = (capex, jobs, payback, value_added, demand, heat_tariff)
    return Estimate(_NOWHERE, use_id, *map(as_fact, columns))


def pair(use_id, relation, other_id):
    return UsePair(use_id, other_id, relation, label("Because."), "assumed")


def change(target, operation, value, scenario_id="S1"):
    return ScenarioChange(
        scenario_id, label("If"), target, operation, str(value), label("Assumed."), ()
    )


def ranged(jobs=(20, 20), capex=(10, 10), payback=(4, 4)):
    """The catalogue figures of a use."""
    names = ("jobs_fte", "capex_cny_m", "payback_years")
    ends = zip(names, (jobs, capex, payback), strict=True)
    return {f"{name}_{end}": pair[end == "high"] for name, pair in ends for end in ("low", "high")}


def use(use_id, category="blockchain", activities=("permissioned_blockchain",), **known):
    """A use of the catalogue with nothing assumed about it but what the test says."""
    numbers = dict.fromkeys(
        (
            "scale_mw", "it_load_mw_low", "it_load_mw_high", "capex_cny_m_low", "capex_cny_m_high",
            "opex_pct_of_capex_low", "opex_pct_of_capex_high", "jobs_fte_low", "jobs_fte_high",
            "payback_years_low", "payback_years_high",
        )
    )  # fmt: skip
    texts = dict.fromkeys(
        (
            "what_it_is", "unit_of_scale", "capex_unit", "reference_deployments",
            "known_failures_or_cautions", "scope_caution", "note",
        ),
        Label(),
    )  # fmt: skip
    rest = {
        "key_institution_types": (),
        "isic_anchor": (),
        "gb4754_anchor": (),
        "maturity": "mature",
        "evidence_ids": (),
        "numbers_status": "assumed",
    }
    return Use(
        use_id=use_id,
        category=category,
        name=label(use_id),
        regulated_activities=tuple(activities),
        **{**numbers, **texts, **rest, **known},
    )


def need(use_id, criterion_id, minimum, target, weight, *, hard=False):
    direction = "higher_better" if target >= minimum else "lower_better"
    return Requirement(
        use_id, criterion_id, minimum, target, direction, hard, weight, (), "assumed", Label()
    )


def unit_need(use_id, partner_types=(), **known):
    """What one unit of a use takes; everything else about it blank."""
    return UnitNeed(use_id, tuple(partner_types), **known)


def benefit(benefit_id, weight, effect):
    """An objective with its points."""
    return BenefitCriterion(
        benefit_id, label(benefit_id), label("unit"), "higher_better", weight, effect, label("Because."),
        "active",
    )  # fmt: skip


def instrument(instrument_id, begins=date(2020, 1, 1), ends=None, *, jurisdiction="CN", **known):
    """A law in force since 2020, read on its official page today."""
    texts = dict.fromkeys(("title", "number", "issuer", "note"), Label())
    rest = {
        "title_local": "",
        "number_local": "",
        "adopted_on": None,
        "published_on": None,
        "in_force_from": begins,
        "in_force_until": ends,
        "official_locator": "",
        "read_locator": "",
        "read_kind": "official",
        "checked_on": TODAY,
        "title_status": "original",
        "start_basis": "read",
    }
    return Instrument(instrument_id, jurisdiction, **{**rest, **texts, **known})


def rule(
    rule_id, activity, effect, begins=date(2020, 1, 1), ends=None, *, jurisdiction="CN", **known
):
    """A rule of an instrument of its own; `limit` is its threshold as (quantity, sign, value)."""
    limit = known.pop("limit", None)
    rest = {
        "instrument": instrument(f"I-{rule_id}", begins, ends, jurisdiction=jurisdiction),
        "article": "",
        "region_scope": (jurisdiction,),
        "region_condition": None,
        "threshold": limit and Threshold(*limit),
        "read_locator": "",
        "read_kind": "official",
        "checked_on": TODAY,
    }
    texts = dict.fromkeys(("condition", "penalty", "reader_note", "note"), Label())
    return Rule(
        rule_id=rule_id,
        jurisdiction=jurisdiction,
        activity=activity,
        effect=effect,
        in_force_from=begins,
        in_force_until=ends,
        **{**rest, **texts, **known},
    )


def catalogue(knowledge, uses, needs=(), rules=None, benefits=None, units=()):
    """The knowledge with these uses and needs alone; every activity permitted unless rules say.

    With `benefits`, these objectives alone count; `units` are the rows of what a unit takes.
    """
    merits = knowledge.benefits if benefits is None else {one.benefit_id: one for one in benefits}
    requirements = {}
    for one in needs:
        requirements.setdefault(one.use_id, []).append(one)
    if rules is None:
        rules = [rule(f"T-{name}", name, "permitted") for name in knowledge.activities]
    return replace(
        knowledge,
        uses=tuple(uses),
        needs={
            **{one.use_id: unit_need(one.use_id) for one in uses},
            **knowledge.needs,
            **{one.use_id: one for one in units},
        },
        requirements={key: tuple(rows) for key, rows in requirements.items()},
        rules=tuple(rules),
        benefits=merits,
    )


def rolled(knowledge, here, of, criterion_id, day="2026-11-21"):
    """One criterion rolled up for one use."""
    orders = knowledge.lineage(here.jurisdiction)
    return roll_up(Ask(here, of, knowledge.criteria[criterion_id], knowledge, orders, day))


def scored(knowledge, here, as_of=TODAY):
    """The readiness of every use of the knowledge."""
    return score(here, knowledge, screen(here, knowledge, as_of))


def run(knowledge, here, as_of=TODAY):
    """Law, readiness and what is chosen from."""
    return core.run(here, knowledge, as_of)


def varied(knowledge, here, draws=400, seed=1):
    """What holds over the draws."""
    base, chance = run(knowledge, here), Draws(seed, draws, here.code)
    return vary(base, parts(base, chance), chance)


def parts(base, draws):
    """The drawn partial values of a run."""
    return draw_parts(base.region, base.knowledge, base.screening, base.readiness, draws)


def project(use_id, category="blockchain", *, jobs=None, **known):
    """A project with nothing about it but what the test says."""
    nothing = fact(None)
    plain = {
        "place": ProjectSite(), "size": 1.0, "capital": nothing, "jobs": as_fact(jobs, "FTE"),
        "jobs_by": "operator", "effects": {}, "needs": {}, "connection_mw": 0.0,
        "running_cost": None, "emissions_kt": None, "served_strong": 0.0, "months": (1.0, 2.0),
        "value_alone": 0.0, "bound": None,
    }  # fmt: skip
    return Project(use_id, category, **{**plain, **known})


def programme(first=(), second=()):
    """The projects of two waves, given as such or as the ids of their uses; nothing else."""
    waves = [
        tuple(project(one) if isinstance(one, str) else one for one in wave)
        for wave in (first, second)
    ]
    held = [Wave(projects, 0.0, {}, 0.0, (0.0, 0.0), 0.0, has_platform=False) for projects in waves]
    return Programme(
        objectives=(), candidates={}, first=held[0], second=held[1], alternatives=(), limits=(),
        stakeholders=(), shared=(), firmness=None, has_money_limit=False, unusable_limits=(),
        assignments=1, choice_inputs=ProgrammeInputs({}, (), (), 0.0, (), (), {}),
    )  # fmt: skip
