"""The tables of the catalogue, the rule packs and the text table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.intake.columns.column import Column, Kind, Sheet

_CATEGORIES = "category"


def _key(key: str, **more: Any) -> Column:
    return replace(Column(key, required=True), **more)


def _code(key: str, **more: Any) -> Column:
    """Text that the program reads and nobody prints."""
    return replace(Column(key), **more)


def _codes(key: str, **more: Any) -> Column:
    return replace(Column(key, Kind.CODES), **more)


def _choice(key: str, choices: str, **more: Any) -> Column:
    return replace(Column(key, Kind.CHOICE, choices=choices, required=True), **more)


def _number(key: str, **more: Any) -> Column:
    return replace(Column(key, Kind.NUMBER), **more)


def _flag(key: str, **more: Any) -> Column:
    return replace(Column(key, Kind.FLAG, required=True), **more)


def _date(key: str, **more: Any) -> Column:
    return replace(Column(key, Kind.DATE), **more)


def _printed(key: str, **more: Any) -> Column:
    """Text that documents print, in every language."""
    return replace(Column(key, bilingual=True, printed=True), **more)


def _table(key: str, *columns: Column, unique: tuple[str, ...] = ()) -> Sheet:
    return Sheet(key, columns, required=True, unique=unique, is_knowledge=True)


_EVIDENCE_STATUS = _choice("evidence_status", "evidence_status")

CATALOGUE = (
    _table(
        "choices",
        _key("list"),
        _key("value"),
        _printed("label", required=True),
        unique=("list", "value"),
    ),
    _table(
        "jurisdictions",
        _key("code", unique=True),
        _printed("name", required=True),
        _codes("parents", refers_to="jurisdictions"),
        _key("currency"),
        _code("admin_code_system"),
        _choice("classification", "classification"),
        unique=("code",),
    ),
    _table(
        "activities",
        _key("activity", unique=True),
        _printed("name", required=True),
        _printed("description", required=True),
        unique=("activity",),
    ),
    _table(
        "criteria",
        _key("criterion_id", unique=True),
        _printed("name", required=True),
        _printed("unit", required=True),
        _choice("direction", "direction"),
        _choice("group", "criterion_group"),
        _printed("meaning", required=True),
        _key("reads"),
        _choice("rollup_blockchain", "rollup"),
        _choice("rollup_power_reuse", "rollup"),
        _printed("rollup", required=True),
        _flag("given"),
        _number("low"),
        _number("high"),
        unique=("criterion_id",),
    ),
    _table(
        "uses",
        _key("use_id", unique=True),
        _choice("category", _CATEGORIES),
        _printed("name", required=True),
        _printed("what_it_is", required=True),
        _codes("regulated_activities", refers_to="activities", required=True),
        _codes("key_institution_types", choices="institution_type"),
        _codes("isic_anchor", refers_to="industry_codes"),
        _codes("gb4754_anchor", refers_to="industry_codes"),
        _printed("unit_of_scale"),
        _number("scale_mw", low=0),
        _number("it_load_mw_low", low=0),
        _number("it_load_mw_high", low=0),
        _number("capex_cny_m_low", low=0),
        _number("capex_cny_m_high", low=0),
        _printed("capex_unit"),
        _number("opex_pct_of_capex_low", low=0, high=100),
        _number("opex_pct_of_capex_high", low=0, high=100),
        _number("jobs_fte_low", low=0),
        _number("jobs_fte_high", low=0),
        _number("payback_years_low", low=0),
        _number("payback_years_high", low=0),
        _choice("maturity", "maturity", required=False),
        _printed("reference_deployments"),
        _printed("known_failures_or_cautions"),
        _printed("scope_caution"),
        _codes("evidence_ids", refers_to="evidence"),
        _choice("numbers_status", "numbers_status"),
        _printed("note"),
        unique=("use_id",),
    ),
    _table(
        "requirements",
        _key("use_id", refers_to="uses"),
        _key("criterion_id", refers_to="criteria"),
        _number("minimum", required=True),
        _number("target", required=True),
        _choice("direction", "direction"),
        _flag("hard_minimum"),
        _number("weight", low=0, high=100, required=True),
        _codes("evidence", refers_to="evidence"),
        _choice("status", "numbers_status"),
        _printed("reason", required=True),
        unique=("use_id", "criterion_id"),
    ),
    _table(
        "evidence",
        _key("evidence_id", unique=True),
        _printed("claim", required=True),
        _code("figure"),
        _code("unit"),
        _key("kind"),
        _printed("source", required=True),
        _choice("evidence_status", "evidence_status"),
        unique=("evidence_id",),
    ),
    _table(
        "industry_codes",
        _code("gb4754_division"),
        _key("isic4_division"),
        _key("isic4_section"),
        _printed("name", required=True),
        _printed("gb4754_name"),
        _choice("best_match", "match"),
        _code("mapping"),
        _printed("note"),
        _choice("status", "numbers_status"),
        unique=("gb4754_division", "isic4_division"),
    ),
    _table(
        "industry_sections",
        _choice("classification", "classification"),
        _key("section"),
        _printed("name", required=True),
        _code("status"),
        unique=("classification", "section"),
    ),
    _table(
        "naics_isic",
        _key("naics_code"),
        _printed("naics_name", required=True),
        _code("isic4_division"),
        _choice("best_match", "match"),
        _number("link_share", low=0, high=1),
        _code("basis"),
        _choice("status", "numbers_status"),
        unique=("naics_code", "isic4_division"),
    ),
    _table(
        "grid_emission_factors",
        _key("code"),
        _printed("name", required=True),
        _code("level"),
        _code("jurisdiction", refers_to="jurisdictions"),
        _code("admin_prefix"),
        Column("year", Kind.INTEGER, low=1990, high=2100, required=True),
        Column("published_on", Kind.PERIOD),
        _number("factor", low=0, high=2, required=True),
        _key("unit"),
        _choice("grade", "grade"),
        _printed("source", required=True),
        _code("licence"),
        _EVIDENCE_STATUS,
        unique=("code", "year"),
    ),
    _table(
        "assumptions",
        _key("assumption_id", unique=True),
        _number("value", required=True),
        _printed("unit", required=True),
        _printed("name", required=True),
        _printed("reason", required=True),
        unique=("assumption_id",),
    ),
    _table(
        "procedures",
        _key("jurisdiction", refers_to="jurisdictions"),
        _key("procedure_id", unique=True),
        _printed("name", required=True),
        _key("applies_when", refers_to="procedure_triggers"),
        _date("in_force_from"),
        _printed("basis", required=True),
        _EVIDENCE_STATUS,
        _printed("what", required=True),
        _code("official_locator"),
        _date("checked_on", required=True),
        unique=("procedure_id",),
    ),
    _table(
        "procedure_triggers",
        _key("trigger", unique=True),
        _printed("definition", required=True),
        unique=("trigger",),
    ),
    _table(
        "sources",
        _key("source_id", unique=True),
        _printed("title", required=True),
        _key("publisher"),
        _key("licence"),
        _codes("used_in"),
        _printed("attribution", required=True),
        unique=("source_id",),
    ),
    _table(
        "benefit_criteria",
        _key("benefit_id", unique=True),
        _printed("name", required=True),
        _codes("source", required=True),
        _printed("unit", required=True),
        _choice("direction", "direction"),
        _number("anchor_low_blockchain"),
        _number("anchor_high_blockchain"),
        _number("anchor_low_power_reuse"),
        _number("anchor_high_power_reuse"),
        _number("weight", low=0, high=100, required=True),
        _codes("applies_to", choices=_CATEGORIES, required=True),
        _printed("applies_to_text", required=True),
        _printed("rationale", required=True),
        unique=("benefit_id",),
    ),
    _table(
        "use_pairs",
        _key("use_id", refers_to="uses"),
        _key("other_id", refers_to="uses"),
        _choice("relation", "pair_relation"),
        _printed("reason", required=True),
        _choice("status", "numbers_status"),
        unique=("use_id", "other_id"),
    ),
    _table(
        "triggers",
        _key("trigger", unique=True),
        _printed("definition", required=True),
        unique=("trigger",),
    ),
    _table(
        "risks",
        _key("risk_id", unique=True),
        _key("trigger", refers_to="triggers"),
        _printed("title", required=True),
        _printed("description", required=True),
        _number("likelihood_1_5", low=1, high=5, required=True),
        _number("impact_1_5", low=1, high=5, required=True),
        _printed("mitigation", required=True),
        _choice("owner_type", "owner_type"),
        _codes("evidence", refers_to="evidence"),
        unique=("risk_id",),
    ),
    _table(
        "actions",
        _key("action_id", unique=True),
        _key("trigger"),
        _printed("title", required=True),
        _choice("owner_type", "owner_type"),
        _codes("partner_types", choices="owner_type"),
        _printed("lead", required=True),
        _printed("responsible", required=True),
        _printed("joint"),
        _codes("depends_on", refers_to="actions"),
        _number("start_month", low=0, required=True),
        _number("duration_months", low=0, required=True),
        _printed("cost_basis", required=True),
        _printed("indicator", required=True),
        _printed("target", required=True),
        _codes("evidence", refers_to="evidence"),
        _code("baseline"),
        unique=("action_id",),
    ),
    _table(
        "skills",
        _printed("from_role", required=True),
        _printed("to_role", required=True),
        _choice("counts_towards", "counts_towards"),
        _code("counts_towards_status"),
        _number("relatedness_0_1", low=0, high=1, required=True),
        _number("training_months", low=0, required=True),
        _printed("note"),
        _choice("status", "numbers_status"),
    ),
    _table(
        "scenarios",
        _key("scenario_id"),
        _printed("name", required=True),
        _key("target"),
        _choice("operation", "scenario_operation"),
        _code("value"),
        _printed("note", required=True),
    ),
    _table(
        "glossary",
        Column("no", Kind.INTEGER, low=1, required=True, unique=True),
        _printed("term", required=True),
        _key("domain"),
        _printed("definition", required=True),
        _code("note"),
        unique=("no",),
    ),
    _table(
        "plausibility",
        _key("check_id", unique=True),
        _key("sheet"),
        _key("field"),
        _choice("test", "check_test"),
        _number("times"),
        _code("of"),
        _codes("of_when"),
        _codes("when"),
        _code("currency"),
        _code("unit"),
        _number("floor"),
        _number("ceiling"),
        _number("floor_from_rows", low=0),
        _choice("severity", "check_severity"),
        _key("code"),
        _codes("other_units"),
        _printed("likely_mistake", required=True),
        _printed("ask", required=True),
        _key("basis"),
        _choice("status", "check_status"),
        unique=("check_id",),
    ),
    _table(
        "label_words",
        _key("word"),
        _key("language"),
        _choice("role", "word_role"),
        _choice("use", "word_use"),
        _codes("unless"),
        unique=("word", "role"),
    ),
)

RULES = _table(
    "rules",
    _key("jurisdiction", refers_to="jurisdictions"),
    _key("rule_id", unique=True),
    _key("activity", refers_to="activities"),
    _choice("effect", "effect"),
    _printed("condition", required=True),
    _printed("instrument_title", required=True),
    _printed("instrument_number"),
    _printed("issuer"),
    _date("in_force_from"),
    _date("in_force_until"),
    _code("url_or_locator"),
    _printed("note"),
    _date("checked_on", required=True),
    # The original title stays as it is in every language.
    _code("instrument_title_local"),
    _codes("region_scope", required=True),
    _printed("penalty"),
    _EVIDENCE_STATUS,
    _code("replaced_by", refers_to="rules"),
    _code("official_locator"),
    _choice("locator_kind", "locator_kind"),
    _choice("title_status", "title_status"),
    unique=("rule_id",),
)

FIELDS = _table(
    "fields",
    _key("path", unique=True),
    _key("type"),
    _key("description_en", kind=Kind.VERBATIM),
    _key("description_zh", kind=Kind.VERBATIM),
    unique=("path",),
)

STRINGS = _table(
    "strings",
    _key("key", unique=True),
    _key("en", kind=Kind.VERBATIM),
    _key("zh-CN", kind=Kind.VERBATIM),
    _code("note"),
    unique=("key",),
)
