"""Regions outside China: no yuan in any document, but beside a restated figure in the annex."""

from __future__ import annotations

import json
import re
import zipfile

import pytest

GOOD = {"grade": "B", "as_of": "2026-06-30", "source_en": "bureau", "source_zh": "市局"}
LANGUAGES = ("en", "zh-CN")
BRIEFS = ("leadership-brief", "planning-brief")
KAZAKH = {"jurisdiction": "KZ", "currency": "KZT", "admin_code": "551000000"}
REGIONS = {
    "usd": ({"jurisdiction": "US-TX", "currency": "USD", "admin_code": "48331"}, 6.7758),
    "eur": ({"jurisdiction": "DE", "currency": "EUR", "admin_code": "DE40", "cny_per_unit": 7.8,
             "rate_on": "2026-06-30", "rate_source": "Central bank"}, 7.8),
    "kzt": ({**KAZAKH, "cny_per_unit": 0.0137}, 0.0137),
    "no_rate": (KAZAKH, 0.0137),
}  # fmt: skip
OWN = {
    "usd": ("USD", "美元"),
    "eur": ("EUR", "欧元"),
    "kzt": ("KZT", "坚戈"),
    "no_rate": ("KZT", "坚戈"),
}
YUAN = re.compile(r"CNY|\byuan\b|人民币|(?<![美欧澳])元(?![件素格])", re.IGNORECASE)
NOT_MONEY = ("e-CNY", "数字人民币")
"""The name of a means of payment, which some uses keep to."""
BESIDE = re.compile(
    r"\(catalogue: [^)]*\)|（目录值[^）]*）"  # a restated range
    r"|One \w+ is taken as CNY [\d.]+|1[^，。]+?合[\d.]+元折算"  # the rate itself
    r"|^(?:Rate to CNY|折合人民币汇率|CNY per \w+|元/\S+)$"  # its row among the inputs
)
CATALOGUE = re.compile(
    r"CNY [\d,.]+|, CNY million$|\(CNY million\)$|[\d.]+[万亿]*元|（[万亿]元）$"
    # The note of the chart of money by year, whose columns are amounts of the catalogue.
    r"|^The figure after each year is the middle of its range in CNY million, "
    r"|^年份后为投资中值（[万亿]元），"
)


def rows(code):
    """A region in the form whose money is worth the same in every currency."""
    own, rate = REGIONS[code]
    sheets = {
        "power": [{"name_en": "Point", "name_zh": "接入点", "kind": "connection point",
                   "status": "existing", "capacity_mw": 300, "spare_mw": 120,
                   "price": 0.42 / rate, "peak_valley_spread": 0.5 / rate}],
        "data_centres": [{"name_en": "Hall", "name_zh": "机房", "it_load_mw_total": 30,
                          "it_load_mw_free": 20, "racks_total": 4000, "racks_free": 3000,
                          "tier": 4, "availability": 99.999, "pue": 1.15}],
        "workforce": [{"role_en": group, "role_zh": "员工", "counts_towards": group,
                       "headcount": 400, "available_fte": 120}
                      for group in ("developers", "operations", "technicians")],
        "connectivity": [{"name_en": "Link", "name_zh": "链路", "carriers": 3, "to_en": "Hub",
                          "to_zh": "枢纽", "backbone_gbps": 4000, "latency_ms": 3}],
        "sites": [{"name_en": "Works", "name_zh": "老厂", "former_use": "industry",
                   "grid_mva": 150, "hall_m2": 90000, "road_km": 1, "port_km": 2,
                   "water_m3_day": 9000, "land_use": "industrial land"}],
        "institutions": [{"name_en": "Operator", "name_zh": "运营公司", "type": "platform_operator",
                          "use": "R07", "status": "signed"}],
        "limits": [{"resource": "capex", "amount": 300 / rate, "source_of_funds": "public"}],
        "measures": [{"criterion": "capacity_payment", "value": 300 / rate}],
        "estimates": [{"use": "R05", "capex": 80 / rate, "jobs": 200,
                       "annual_value_added": 30 / rate}],
        "steps": [{"title_en": "Cheaper power", "title_zh": "降低电价", "applies_to": "Point",
                   "criterion": "power_price", "change": -0.1 / rate, "cost": 2 / rate,
                   "months": 6, "owner_en": "Bureau", "owner_zh": "市局",
                   "funding_source": "public"}],
    }  # fmt: skip
    first = {"region": code, "name_en": "Here", "name_zh": "此地", "renewable_share": 60,
             "population": 3_000_000, "grid_factor": 0.3, "gdp": 200 / rate,
             "plan_from": "2027-01-01", "plan_until": "2030-12-31", **GOOD, **own}  # fmt: skip
    graded = {
        key: [{"region": code, **({} if key == "limits" else GOOD), **row} for row in own_rows]
        for key, own_rows in sheets.items()
    }
    return {"region": [first], **graded}


@pytest.fixture(scope="module")
def built(briefs, form, tmp_path_factory):
    """The output folder of each region, each built by itself."""
    folder = tmp_path_factory.mktemp("currencies")
    for code in REGIONS:
        book = folder / f"{code}.xlsx"
        book.write_bytes(form(rows(code)))
        run = briefs("build", book, "--out", folder / "out", "--as-of", "2026-11-28")
        assert run.returncode == 0, run.stderr
    return folder / "out"


def lines(path):
    """Every paragraph of all parts of a Word file: text, charts, notes, properties."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                whole = package.read(name).decode()
                for part in re.split(r"</(?:w:p|a:p|c:pt|c:v|dc:\w+)>", whole):
                    yield re.sub(r"<[^>]+>", "", part).strip()


def yuan(path):
    """The lines that speak of yuan."""
    for line in lines(path):
        text = BESIDE.sub("", line)
        for word in NOT_MONEY:
            text = text.replace(word, "")
        if YUAN.search(text):
            yield line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", [*BRIEFS, "annex"])
@pytest.mark.parametrize("code", ["usd", "eur", "kzt"])
def test_no_yuan_stands_where_the_currency_is_another(built, code, document, language):
    path = built / code / f"{document}.{language}.docx"
    assert not list(yuan(path))
    if document in BRIEFS:
        assert not [line for line in lines(path) if BESIDE.search(line)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", BRIEFS)
@pytest.mark.parametrize("code", REGIONS)
def test_every_brief_counts_in_the_currency_of_its_region(built, code, document, language):
    text = "\n".join(lines(built / code / f"{document}.{language}.docx"))
    assert OWN[code][LANGUAGES.index(language)] in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", [*BRIEFS, "annex"])
@pytest.mark.parametrize("code", REGIONS)
def test_how_money_was_converted_is_said_once(built, code, document, language):
    text = "\n".join(lines(built / code / f"{document}.{language}.docx"))
    said = {
        "usd": ("monthly average of June 2026", "2026年6月月平均汇率折算，来源"),
        "eur": ("that the workbook states for 30 June 2026", "工作簿填报的2026年6月30日汇率折算"),
        "kzt": ("at the rate that the workbook states.", "目录金额按工作簿填报的汇率折算"),
        "no_rate": ("Please give the rate, its date", "请在“地区”表补报汇率"),
    }[code][LANGUAGES.index(language)]
    assert text.count(said) == 1
    if document == "leadership-brief":
        # There the caveat stands below the table of projects, where the amounts stand.
        caveat = ("no local prices and no forecasts", "中国资料，非当地价格")
        assert text.count(caveat[LANGUAGES.index(language)]) == 1
        return
    caveat = ("no local price was gathered", "未收集当地价格")[LANGUAGES.index(language)]
    assert text.count(caveat) == (code != "no_rate")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", BRIEFS)
def test_without_a_rate_yuan_stand_at_amounts_of_the_catalogue_only(built, document, language):
    found = list(yuan(built / "no_rate" / f"{document}.{language}.docx"))
    note = ("stay in CNY", "目录金额仍以元列示")[LANGUAGES.index(language)]
    assert found
    assert not [line for line in found if not CATALOGUE.search(line) and note not in line]


@pytest.mark.parametrize("code", REGIONS)
def test_money_and_its_sources_are_told_in_every_currency(built, code):
    """Limit, capital and planned steps, in the words of the leadership brief."""
    said = json.loads((built / code / "results.json").read_text(encoding="utf-8"))["sentences"]
    sign = OWN[code][0]
    assert f"{sign} " in said["funding.steps"]["en"]["text"]
    if code == "no_rate":
        # Without a rate no price is known, so that nothing is ready and nothing is paid for.
        assert "funding.programme" not in said
        return
    limit = said["funding.programme"]["en"]
    assert limit["key"] == "funding.limit"
    assert f"{sign} " in limit["args"]["limit"]


@pytest.mark.parametrize(
    ("code", "basis", "rate"),
    [("usd", "table", 6.7758), ("eur", "workbook", 7.8), ("kzt", "workbook", 0.0137),
     ("no_rate", "none", None)],
)  # fmt: skip
def test_the_results_say_in_what_money_they_count(built, code, basis, rate):
    results = json.loads((built / code / "results.json").read_text(encoding="utf-8"))
    money = results["region"]["money"]
    assert (money["catalogue_currency"], money["rate_basis"], money["rate"]) == ("CNY", basis, rate)
