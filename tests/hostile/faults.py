"""Faults of a hundred kinds: where each may stand, what is written there, what must be said of it.

The codes are those that the meaning of each fault calls for (docs/problems.md).
"""

from dataclasses import dataclass

from registers import PLACES, REGIONS, SIZES


@dataclass(frozen=True)
class Cell:
    """What only a workbook can hold: attributes and content of its XML, `STYLE` a format's name."""

    attributes: str
    content: str = ""


MW = (
    "power.capacity_mw",
    "power.spare_mw",
    "data_centres.it_load_mw_total",
    "sites.former_load_mw",
)
NUMBERS = (
    *MW, "power.price", "power.voltage_kv", "data_centres.racks_total", "data_centres.racks_free",
    "workforce.headcount", "workforce.available_fte", "connectivity.backbone_gbps",
    "connectivity.latency_ms", "sites.grid_mva", "sites.hall_m2", "sites.road_km", "steps.months",
    "steps.change", "region.population", "region.gdp", "industry.employment", "limits.amount",
    "measures.value",
)  # fmt: skip
TEXTS = ("power.name_en", "sites.name_en", "institutions.name_en", "steps.title_en")
NAMES = ("power.name_en", "data_centres.name_en", "sites.name_en", "connectivity.name_en")
PERIODS = ("power.as_of", "sites.as_of", "workforce.as_of", "industry.as_of", "steps.as_of")
DATES = ("sites.closed_on", "institutions.signed_on", "region.plan_from")


def text(pattern):
    """A text instead of the number: `{}` is the number, `{m}` a larger one."""
    is_range = "{m}" in pattern

    def change(row, key, _):
        old = row[key]
        return None if old is None else {key: pattern.format(old, m=old + 7 if is_range else "")}

    return change


def put(value):
    return lambda _, key, __: {key: value}


def also(**values):
    """Other cells of the row, as values or as functions of the row."""
    return lambda row, _, __: {
        key: value(row) if callable(value) else value for key, value in values.items()
    }


def of_before(change):
    """From the row before, which is one of the same region."""
    return lambda row, key, before: change(row, key, before) if before else None


def only(condition, change):
    return lambda row, key, before: change(row, key, before) if condition(row) else None


def is_chinese(row):
    return REGIONS.get(row["region"]) == "CN"


def in_own_money(row, key, _):
    return {key: f"{row[key]} {row.get('currency') or PLACES[REGIONS[row['region']]][0]}"}


def is_alone(row):
    """Whether a region has no row on another sheet, where a fault of its own would be felt."""
    return row["region"].startswith("alone")


KINDS = {
    # what is wrong: the code it must come to, the cells it is planted in, what is written there
    "kept back": ("IN-233", NUMBERS, put("tbd")),
    "a flag": ("IN-234", NUMBERS, text("{} p")),
    "a sum": ("IN-235", NUMBERS, text("{} + {m}")),
    "energy for power": ("IN-206", MW, text("{} MWh")),
    "another unit": ("IN-206", ("sites.road_km", "connectivity.backbone_gbps"), text("{} MW")),
    "brackets": ("IN-238", NUMBERS, text("({})")),
    "about": ("IN-204", NUMBERS, text("约{}")),
    "more than": ("IN-204", NUMBERS, text("≥{}")),
    "a range": ("IN-204", NUMBERS, text("{}-{m}")),
    "two numbers": ("IN-239", NUMBERS, text("{}; {m}")),
    "a remark in the cell": ("IN-204", NUMBERS, text("{}（规划）")),
    "two lines": ("IN-204", NUMBERS, text("{}\n{m}")),
    "a comma both ways": ("IN-205", NUMBERS, put("1,25")),
    "a long dash": ("IN-244", NUMBERS, text("–{}")),
    "odd groups": ("IN-242", ("sites.hall_m2", "industry.employment"), put("12,34,567")),
    "in words": ("IN-240", NUMBERS, put("三十五")),
    "a fraction": ("IN-243", NUMBERS, put("2½")),
    "a power of ten": ("IN-203", NUMBERS, put("3×10²")),
    "digits of another script": ("IN-203", NUMBERS, put("٣٥")),
    "words before": ("IN-203", NUMBERS, text("value: {}")),
    "no unit at all": ("IN-203", NUMBERS, text("{} blorps")),
    "a time": ("IN-203", NUMBERS, put("12:30")),
    "mere words": ("IN-203", NUMBERS, put("see the annex")),
    "a percentage": ("IN-206", (*MW, "workforce.headcount", "steps.months"), put("12%")),
    "apparent power": ("IN-236", ("power.capacity_mw", "power.spare_mw"), text("{} MVA")),
    "another currency": ("IN-206", ("power.price",), text("{} GBP/kWh")),
    "millions of another currency": ("IN-206", ("steps.cost",), text("{} million GBP")),
    "money, not its price of energy": ("IN-206", ("power.price",), in_own_money),
    "money beside its scale": ("IN-249", ("steps.cost", "region.gdp"), in_own_money),
    "a price of hundredths": (
        "IN-304", ("power.price",), only(is_chinese, also(price=50, peak_valley_spread=None))
    ),
    "a bare share": ("IN-207", ("region.renewable_share", "data_centres.availability"), put(0.95)),
    "half a level": ("IN-210", ("data_centres.tier", "connectivity.carriers"), put(2.5)),
    "between levels": ("IN-250", ("data_centres.tier",), put("Tier III+")),
    "below zero": ("IN-211", (*MW, "workforce.headcount", "steps.months"), put(-5)),
    "beyond the earth": ("IN-211", ("power.latitude", "sites.latitude"), put(95)),
    "a month or a day": ("IN-213", (*PERIODS, *DATES), put("03/04/2025")),
    "no date": ("IN-212", (*PERIODS, *DATES), put("last year")),
    "a fiscal year": ("IN-212", PERIODS, put("FY2024/25")),
    "a bare serial": ("IN-228", (*PERIODS, *DATES), put(45_292)),
    "neither yes nor no": ("IN-214", ("region.in_national_hub",), put("perhaps")),
    "an unknown choice": (
        "IN-215", ("power.kind", "power.status", "workforce.counts_towards", "sites.land_use",
                   "institutions.type", "recipients.language"), put("something else")),
    "an unknown reference": (
        "IN-216", ("power.region", "sites.region", "claims.activity", "institutions.use",
                   "steps.criterion", "measures.criterion"), put("atlantis")),
    "a blank that is needed": (
        "IN-201", ("power.kind", "power.status", "workforce.counts_towards", "sites.former_use",
                   "claims.activity", "limits.amount", "recipients.email"), put(None)),
    "blank in both languages": ("IN-202", (*TEXTS, "workforce.role_en"), put(None)),
    "a name twice": ("IN-217", NAMES, of_before(lambda _, key, before: {key: before[key]})),
    "a twin name": (
        "IN-217", NAMES, of_before(lambda _, key, before: {key: f" {before[key].upper()} "})),
    "an address twice": (
        "IN-217", ("recipients.email",), of_before(lambda _, key, before: {key: before[key]})),
    "a range without a value": (
        "IN-219", ("power.spare_mw",),
        also(spare_mw=None, spare_mw_low=20, spare_mw_high=60)),
    "a range beside its value": (
        "IN-218", ("connectivity.latency_ms",), also(latency_ms_low=40, latency_ms_high=60)),
    "a range upside down": (
        "IN-218", ("data_centres.availability",), also(availability_low=99.99, availability_high=97)),
    "more free than there is": (
        "IN-303", ("data_centres.it_load_mw_free",), also(it_load_mw_free=41)),
    "more spare than installed": (
        "IN-303", ("power.spare_mw",), only(lambda row: row["spare_mw"], also(spare_mw=163))),
    "more free staff than staff": ("IN-303", ("workforce.available_fte",), also(available_fte=333)),
    "here more than all around": (
        "IN-303", ("industry.employment",),
        also(employment_reference=lambda row: row["employment"] - 7)),
    "hard to believe": ("IN-319", ("data_centres.pue",), put(3.9)),
    "a slow link": ("IN-319", ("connectivity.latency_ms",), put(870)),
    "metres for kilometres": ("IN-319", ("sites.road_km",), put(4200)),
    "a wrong unit beside": ("IN-206", ("limits.unit", "measures.unit"), put("kg")),
    "two units": ("IN-247", ("limits.amount",),
                  only(lambda row: row["unit"] == "MW", text("{} kW"))),
    "a unit in the name": ("IN-251", ("power.name_en",), text("{} (kW)")),
    "planned but existing": (
        "IN-324", ("power.status",),
        only(lambda row: row["status"] == "existing", also(name_en=lambda row: f"{row['name_en']} (planned)"))),
    "planned, says the note": (
        "IN-324", ("power.status",),
        only(lambda row: row["status"] == "existing", also(note="拟建"))),
    "coordinates turned": (
        "IN-315", ("power.latitude", "sites.latitude"),
        only(lambda row: is_chinese(row) and row["latitude"] < 30, also(
            latitude=lambda row: row["longitude"] - 30, longitude=lambda row: row["latitude"]))),
    "abroad": (
        "IN-316", ("power.latitude", "sites.latitude"),
        only(is_chinese, also(latitude=lambda row: row["latitude"] + 30))),
    "one place, one size": (
        "IN-317", ("power.name_en",), of_before(lambda _, __, before: {
            key: before[key] for key in ("latitude", "longitude", "capacity_mw")})),
    "spare at a plant": (
        "IN-314", ("power.spare_mw",), only(lambda row: row["spare_mw"] is None, put(20))),
    "a code and another name": (
        "IN-353", ("industry.code",),
        also(name_en=lambda row: "Education" if "Tele" in row["name_en"] else "Telecommunications")),
    "no such code": ("IN-350", ("industry.code",), put("Q999")),
    "an address that is none": ("IN-230", ("recipients.email", "region.contact_email"), put("a b@c")),
    "one address, two languages": (
        "IN-231", ("recipients.language",),
        also(email=lambda row: f"{row['email'].partition('@')[0]}@r000.example.org", language="zh-CN")),
    "totals": ("IN-222", (*NAMES, "workforce.role_en"), put("Total")),
    "totals in Chinese": ("IN-222", (*NAMES, "workforce.role_en"), put("合计")),
    "perhaps totals": ("IN-322", NAMES, text("of which: {}")),
    "marks that turn the writing": ("IN-220", TEXTS, text("{}\u202e")),
    "a break in a line": ("IN-232", ("recipients.name_en",), text("{}\nCity")),
    "a footnote at a name": ("IN-123", TEXTS, text("{}¹")),
    "a footnote at a number": ("IN-120", NUMBERS, text("{}²")),
    "an error as text": ("IN-203", NUMBERS, put("#DIV/0!")),
    "a truth as text": ("IN-203", NUMBERS, put("TRUE")),
    "a day as text": ("IN-203", NUMBERS, put("2024-03-05")),
    "points that do not add up": (
        "IN-311", ("weights.weight",), only(lambda row: row["benefit"] == "B02", put(70))),
    "the plan ends first": ("IN-307", ("region.plan_until",), put("2025-01-01")),
    "the rate turned": (
        "IN-319", ("region.cny_per_unit",), only(lambda row: row["currency"] == "USD", put(0.14))),
    "no rate": ("IN-301", ("region.cny_per_unit",), only(lambda row: row["rate_on"], put(None))),
    "no currency": ("IN-227", ("region.currency",), only(is_alone, put("money"))),
    "another currency than usual": ("IN-302", ("region.region",), only(is_alone, also(currency="GBP"))),
    "a code that is none": ("IN-112", ("region.region",), only(is_alone, text("{}/1"))),
    "a name that Windows keeps": (
        "IN-119",
        ("region.region",),
        only(
            lambda row: "alone00" < row["region"] < "alone10",
            also(region=lambda row: f"com{row['region'][-1]}"),
        ),
    ),
    "no jurisdiction": ("IN-216", ("region.jurisdiction",), only(is_alone, put("Ruritania"))),
}  # fmt: skip
IN_WORKBOOKS = {
    "a formula's error": ("IN-208", NUMBERS, put(Cell('t="e"', "<f>A1/0</f><v>#DIV/0!</v>"))),
    "a formula never worked out": ("IN-209", NUMBERS, put(Cell("", "<f>A1+1</f>"))),
    "a truth": ("IN-203", NUMBERS, put(Cell('t="b"', "<v>1</v>"))),
    "a day": ("IN-203", NUMBERS, put(Cell("yyyy-mm-dd", "<v>45292</v>"))),
    "a time of day": ("IN-203", NUMBERS, put(Cell("hh:mm", "<v>0.5</v>"))),
    "a share by its format": ("IN-206", MW, put(Cell("0.0%", "<v>0.3</v>"))),
    "energy by its format": ("IN-206", MW, put(Cell('0" MWh"', "<v>35</v>"))),
    "thousands by its format": ("IN-124", MW, put(Cell("0,", "<v>35000</v>"))),
    "a format that shows nothing": ("IN-124", NUMBERS, put(Cell(";;;", "<v>35</v>"))),
    "struck digits": (
        "IN-121", NUMBERS,
        put(Cell('t="inlineStr"', "<is><r><rPr><strike/></rPr><t>3</t></r><r><t>50</t></r></is>"))),
    "a struck cell": (
        "IN-122", ("steps.months", "sites.road_km", "connectivity.carriers"), put(Cell("struck", "<v>18</v>"))),
    "a raised mark": (
        "IN-120", NUMBERS,
        put(Cell('t="inlineStr"', '<is><r><t>30</t></r><r><rPr><vertAlign val="superscript"/></rPr>'
                                  "<t>2</t></r></is>"))),
    "a number too long": ("IN-229", TEXTS, put(Cell("", "<v>123456789012345678</v>"))),
    "a merged key": ("IN-224", ("power.region", "sites.region", "claims.region"), None),
    "merged cells": ("IN-225", ("sites.owner_en", "steps.owner_en", "connectivity.to_en"), None),
    "hidden rows": ("IN-223", tuple(f"{sheet}." for sheet in SIZES), None),
}  # fmt: skip
"""What a table of text cannot hold; None where the package is spoilt beside its rows."""
