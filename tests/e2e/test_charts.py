"""Every chart of every sample document against results.json and the workbook."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from datetime import date
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace
from openpyxl import load_workbook

from generator.report import results as results_of
from generator.report.choices import alternatives
from generator.report.currencies import money_of
from generator.report.limitchart import limits as limits_of
from generator.report.voice import Voice

CITIES = ("changzhi", "qingdao", "heze")
TONGUES = ("en", "zh-CN")
LISTS = ("blockchain", "power_reuse")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
KEYS = {
    "power_mix", "thresholds", "readiness", "limits", "alternatives", "diversity", "rules", "gap",
    "schedule", "money", "options",
}  # fmt: skip


@pytest.fixture(scope="module")
def titles(root):
    """Key of a chart by the beginning of its description, up to the first placeholder."""
    with (root / "templates/strings.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    found = {}
    for tongue in TONGUES:
        about = rows["chart.about"][tongue].partition("{title}")[0]
        found[tongue] = [
            (re.compile(re.escape(about) + re.sub(r"\\\{\w+\\\}", ".+?", re.escape(row[tongue]))
                        + r"[.。]"), key.split(".")[1])
            for key, row in rows.items() if re.fullmatch(r"chart\.\w+\.title(_\w+)?", key)
        ]  # fmt: skip
    return found


def drawn(path):
    """Description, chart part and embedded sheet of every chart of a document."""
    with ZipFile(path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    listed = etree.fromstring(parts["word/_rels/document.xml.rels"])
    rels = {one.get("Id"): one.get("Target") for one in listed}
    found = []
    for drawing in etree.fromstring(parts["word/document.xml"]).iter(f"{WP}inline", f"{WP}anchor"):
        chart = next(drawing.iter(f"{C}chart"), None)
        if chart is not None:
            name = f"word/{rels[chart.get(f'{R}id')]}"
            links = parts[f"word/charts/_rels/{name.rpartition('/')[2]}.rels"]
            (link,) = etree.fromstring(links)
            book = link.get("Target").replace("..", "word", 1)
            sheet = load_workbook(io.BytesIO(parts[book]))["Sheet1"]
            about = next(drawing.iter(f"{WP}docPr")).get("descr")
            found.append((about, name, book, etree.fromstring(parts[name]), sheet))
    return found, parts


def series_of(space):
    """Name, x values or categories, and values of every series as the chart shows them."""
    for one in space.iter(f"{C}ser"):
        held = {}
        for tag in ("tx", "cat", "xVal", "val", "yVal"):
            part = one.find(f"{C}{tag}")
            if part is not None:
                held[tag] = {int(pt.get("idx")): pt.findtext(f"{C}v") for pt in part.iter(f"{C}pt")}
        across = held.get("cat") or held.get("xVal")
        values = held.get("val", held.get("yVal"))
        yield held["tx"][0], across, {i: float(value) for i, value in values.items()}


def cells_of(space, sheet):
    """The same, read from the cells that the series refer to."""
    for one in space.iter(f"{C}ser"):
        held = []
        for tag in ("tx", "cat", "xVal", "val", "yVal"):
            part = one.find(f"{C}{tag}")
            if part is None:
                continue
            area = part.findtext(f".//{C}f").removeprefix("Sheet1!").replace("$", "")
            rows = sheet[area] if ":" in area else ((sheet[area],),)
            values = [cell.value for row in rows for cell in row]
            held.append({i: value for i, value in enumerate(values) if value is not None})
        name, across, values = held
        yield name[0], {i: str(value) for i, value in across.items()}, values


@pytest.fixture(scope="module")
def charts(samples, titles):
    """Per city and language: results, and every chart of all documents by key."""
    found = {}
    for city in CITIES:
        results = json.loads((samples / city / "results.json").read_text(encoding="utf-8"))
        for tongue in TONGUES:
            by_key = defaultdict(list)
            for path in sorted((samples / city).glob(f"*.{tongue}.docx")):
                here = set()
                for about, _, _, space, _ in drawn(path)[0]:
                    # The charts of both lists may bear one title; that of the first list is first.
                    keys = [key for start, key in titles[tongue] if start.match(about)]
                    # A title that is made elsewhere as a whole fits any.
                    keys = [key for key in keys if key != "schedule"] or keys
                    key = next((key for key in keys if key not in here), keys[-1])
                    here.add(key)
                    by_key[key].append(list(series_of(space)))
            found[city, tongue] = results, by_key
    return found


def test_no_chart_part_is_shared_or_left_over_and_each_sheet_agrees(samples):
    seen = 0
    for path in sorted(samples.rglob("*.docx")):
        found, parts = drawn(path)
        used = Counter(name for _, name, *_ in found) + Counter(book for _, _, book, *_ in found)
        held = [name for name in parts
                if re.fullmatch(r"word/(charts/chart\d+\.xml|embeddings/.*)", name)]  # fmt: skip
        assert sorted(used) == sorted(held), path
        assert set(used.values()) <= {1}, path
        for about, _, _, space, sheet in found:
            seen += 1
            assert not about.startswith("chart:"), path
            for shown, cells in zip(series_of(space), cells_of(space, sheet), strict=True):
                assert shown[0] == cells[0], (path, about)
                assert shown[2] == pytest.approx(cells[2]), (path, about)
                assert len(shown[1]) == len(cells[1])
    assert seen > 60


def test_every_listed_chart_is_drawn(charts):
    for place, (results, by_key) in charts.items():
        # Equal bars are not drawn.
        left_out = set() if moves_diversity(results) else {"diversity"}
        # Nor are choices of which the table tells as much: all of one thing and none of another.
        left_out |= set() if parts_choices(results) else {"alternatives"}
        assert set(by_key) == KEYS - left_out, place


def proposed(results):
    """The uses of both waves."""
    waves = (results["programme"][name]["projects"] for name in ("first", "second"))
    return {one["use_id"] for wave in waves for one in wave}


def each(charts, key):
    for place, (results, by_key) in charts.items():
        for series in by_key[key]:
            yield place, results, series


def moves_diversity(results):
    """Whether the programme changes an index of diversity by what is printed of it."""
    before, after = (results["economy"][when] for when in ("before", "after"))
    return any(
        abs(after[name] - before[name]) >= 0.001 for name in ("herfindahl", "hachman", "krugman")
    )


def numbers(series):
    """The values of each series in their order."""
    return [[values[i] for i in sorted(values)] for _, _, values in series]


def test_the_power_mix_is_the_sum_of_the_register(charts, root):
    for (city, _), _, series in each(charts, "power_mix"):
        sheet = load_workbook(root / f"inputs/regions/{city}.xlsx", data_only=True)["Power"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        heads = [[str(cell).partition(" (")[0].strip(" *") for cell in row] for row in rows]
        at, head = next((at, head) for at, head in enumerate(heads) if "Kind" in head)
        kind, capacity, status = (head.index(name) for name in ("Kind", "Capacity", "Status"))
        sums = defaultdict(float)
        for row in rows[at + 1 :]:
            if row[status] == "existing" and row[kind] != "connection point" and row[capacity]:
                sums[row[kind]] += float(row[capacity])
        assert numbers(series) == [pytest.approx(sorted(sums.values(), reverse=True))]


def test_thresholds_are_the_least_and_the_greatest_share_of_the_way(charts):
    for _, results, series in each(charts, "thresholds"):
        shares = defaultdict(list)
        for use_id in proposed(results):
            for key, part in results["readiness"]["uses"][use_id]["contributions"].items():
                if part["partial"] is not None:
                    shares[key].append(100 * part["partial"])
        expected = sorted((min(own), max(own)) for own in shares.values() if min(own) < 100)
        least, rest = numbers(series)
        shown = sorted((low, low + more) for low, more in zip(least, rest, strict=True))
        assert shown == [pytest.approx(pair) for pair in expected]


def test_readiness_runs_from_the_5th_to_the_95th_percentile(charts):
    for _, results, series in each(charts, "readiness"):
        expected = []
        for kind in LISTS:
            (order,) = (one for one in results["robustness"]["orders"]
                        if (one["basis"], one["category"], one["run"])
                        == ("readiness", kind, "both"))  # fmt: skip
            uses = {use["use_id"]: use for use in order["uses"]}
            expected += [
                (uses[key]["score_low"], uses[key]["score_high"])
                for key in results["readiness"]["shortlist"][kind]
            ]
        low, width = numbers(series)
        shown = [(a, a + b) for a, b in zip(low, width, strict=True)]
        assert shown == [pytest.approx(pair) for pair in expected]


def test_limits_show_what_each_wave_takes_the_fullest_first(charts):
    tight = 0
    for _, results, series in each(charts, "limits"):
        expected = [
            (
                one["resource"],
                *(
                    # Money is drawn without the contingencies that its limit counts.
                    100 * one[wave] / one["limit"] / (SPARE if one["resource"] == "capex" else 1)
                    for wave in ("first", "second")
                ),
            )
            for one in results["programme"]["limits"]
            if one["limit"] and one["first"] + one["second"]
        ]
        expected.sort(key=lambda row: -sum(row[1:]))
        first, *others = numbers(series)
        # A second wave that takes nothing has no series, or one without values that holds its place.
        second = (others or [[]])[0] or [0.0] * len(first)
        free = series[FREE:]
        if free:
            # The leadership brief shows the five tightest alone, connection capacity always, and
            # what stays free of each.
            tight += 1
            power = [row for row in expected[TIGHT:] if row[0] == "grid_mw"]
            expected = [*expected[: TIGHT - len(power)], *power]
            rest = [100 - sum(row[1:]) for row in expected]
            assert free[0][2] == pytest.approx(
                {place: share for place, share in enumerate(rest) if share > HAIR}
            )
        shown = [row[1:] for row in expected]
        assert [*zip(first, second, strict=True)] == [pytest.approx(pair) for pair in shown]
    assert tight


SPARE = 1.1
"""Capital with contingencies."""
TIGHT = 5
"""Limits that the leadership brief shows."""
BEYOND, FREE = 2, 3
"""Series of what upper ends take beyond the middle, and of what stays free."""
HAIR = 1.0
"""Percent that is not drawn."""


def test_the_upper_end_of_capital_keeps_to_the_limit_and_nothing_is_drawn_beyond_it(charts):
    """What is proposed keeps to the limit of money at its upper end, contingencies included."""
    for _, results, series in each(charts, "limits"):
        plan = results["programme"]
        limit = next(one["limit"] for one in plan["limits"] if one["resource"] == "capex")
        high = sum(plan[wave]["capital_range"][1] for wave in ("first", "second")) / limit
        assert SPARE * high <= 1
        assert not any(own for _, _, own in series[BEYOND:FREE])
        taken = [
            sum(own.get(place, 0.0) for _, _, own in series[:FREE])
            for place in range(len(series[0][1]))
        ]
        assert max(taken) <= 100


def voice_of(found, texts):
    return Voice(texts, "en", found.knowledge, money_of(found.region, found.knowledge))


def test_an_upper_end_above_the_limit_is_drawn_beyond_its_line(cities, texts):
    """Where even the smallest sizes are too dear, the chart says so."""
    found = cities["qingdao"]
    limits = tuple(
        replace(one, limit=150.0) if one.resource == "capex" else one
        for one in found.programme.limits
    )
    found = replace(found, programme=replace(found.programme, limits=limits))
    plan = found.programme
    high = 100 * (plan.first.capital_range[1] + plan.second.capital_range[1]) / 150
    drawn = limits_of(found, voice_of(found, texts))
    beyond = drawn.series[BEYOND].values
    ((place, over),) = [(at, share) for at, share in enumerate(beyond) if share is not None]
    assert sum(one.values[place] for one in drawn.series[:BEYOND]) + over == pytest.approx(high)
    assert drawn.top >= high > 100


TOLD_FROM = 0.05
"""Share of their worth from which both waves planned as one are told (together_gap_pct)."""


EFFECTS = ("jobs", "power", "served")


def choices_of(results):
    """What the proposal, the plans to choose from and the choices beside it bring, each by effect."""
    plan = results["programme"]
    first, second = plan["first"]["effects"], plan["second"]["effects"]
    both = {name: first[name] + second.get(name, 0) for name in first}
    together = plan["together"]
    plans = (
        [together["effects"]]
        if together and together["gain"] > TOLD_FROM * together["value"]
        else []
    )
    opened = [
        (
            {name: both[name] + one["yes"]["effects"].get(name, 0) for name in both},
            len(one["yes"]["joins"]) - len(one["yes"]["leaves"]),
        )
        for one in results["decisions"]
        if one["kind"] != "programme" and one["advice"] == "yes"
        if one["yes"]["leaves"] or one["yes"]["later"] or one["yes"]["resized"]
    ]
    plans += [effects for effects, more in opened if counts(results, both, effects, more)]
    plans = plans[:WEIGHED]
    larger = plan["larger"]
    now = {(one["use_id"], one["size"]) for one in plan["first"]["projects"]}
    if larger and now != {(one["use_id"], one["size"]) for one in larger["first"]}:
        plans.append(larger["effects"])
    if plans:
        # Each is of both waves, so that nothing of a first wave alone stands beside them.
        return [both, *plans]
    return [first] + [
        one["effects"]
        for one in plan["alternatives"]
        if one["placements"] and one["kind"] in EFFECTS
    ]


def counts(results, both, effects, more):
    """Whether a plan stays noticeably better where nobody counts the people who could be reached.

    Points by the weights, in percent of the most that the shortlist or a plan compared brings, less
    what each project must add.
    """
    plan = results["programme"]
    least = plan["choice_inputs"]["parameters"]["min_gain"]
    there = len(plan["first"]["projects"]) + len(plan["second"]["projects"])
    compared = [both] + [
        {name: both[name] + one["yes"]["effects"].get(name, 0) for name in both}
        for one in results["decisions"]
        if one["kind"] != "programme" and one["advice"] != "no"
    ]
    aims = {
        one["effect"]: (
            one["weight"], max(one["normaliser"], *(each[one["effect"]] for each in compared))
        )
        for one in plan["objectives"]
        if one["weight"] > 0 and one["effect"] != "served"
    }  # fmt: skip
    whole = sum(weight for weight, _ in aims.values())

    def points(own, projects):
        parts = (weight / whole * own[name] / most for name, (weight, most) in aims.items())
        return sum(parts) - least * projects

    return points(effects, there + more) >= (1 + TOLD_FROM) * points(both, there)


WEIGHED = 2
"""Plans beside the proposal that are chosen between, one within the limit apart."""
FEW = 3
"""Choices from which a chart of them is drawn."""


def parts_choices(results):
    """Whether two choices beside the proposal bring some, not all or nothing, of two effects."""
    told = choices_of(results)
    most = {name: max(own.get(name, 0) for own in told) for name in EFFECTS}
    shares = {
        tuple(own.get(name, 0) / most[name] for name in EFFECTS if most[name]) for own in told[1:]
    }
    between = sum(sum(0.05 <= share <= 0.95 for share in own) >= 2 for own in shares)
    return len(told) >= FEW and between >= 2


ALIKE = 2
"""Percent of the most within which choices are not told apart."""


def test_alternatives_are_drawn_where_choices_part(dear, knowledge, texts):
    """Where halls are dear plans are chosen between; the samples are held to the same above."""
    for found in dear.values():
        told = json.loads(json.dumps(results_of(found, knowledge, [], {})))
        assert bool(alternatives(found, voice_of(found, texts)).series) is parts_choices(told)


def test_alternatives_are_shares_of_the_most_that_any_brings(charts, cities, texts):
    held = [
        (choices_of(results), series, ALIKE) for _, results, series in each(charts, "alternatives")
    ]
    # Three plans of a sample, of which one brings half of the proposal and one a quarter more.
    found = cities["qingdao"]
    plan = found.programme
    own = {name: amount + plan.second.effects[name] for name, amount in plan.first.effects.items()}
    told = [{name: part * amount for name, amount in own.items()} for part in (1, 0.5, 1.25, 0.75)]
    choice = found.choices[0]
    rivals = tuple(replace(choice.rivals[0], effects=effects) for effects in told[1:])
    found = replace(found, choices=(replace(choice, rivals=rivals),))
    series = alternatives(found, voice_of(found, texts)).series
    # Plans all stay, however alike.
    held.append((told, [(one.name, {}, dict(enumerate(one.values))) for one in series], 1e-6))
    for told, series, alike in held:
        most = {name: max(own.get(name, 0) for own in told) for name in EFFECTS}
        shown = [name for name in EFFECTS if most[name]]
        drawn = numbers(series)
        assert len(drawn) == len(shown)
        rows = [
            tuple(round(100 * own.get(name, 0) / most[name], 6) for name in shown) for own in told
        ]
        bars = [tuple(round(value, 6) for value in row) for row in zip(*drawn, strict=True)]
        # Each bar is a choice; a choice that is not drawn looks like one that is.
        assert set(bars) <= set(rows)
        for row in rows:
            assert any(
                max(abs(a - b) for a, b in zip(row, bar, strict=True)) <= alike for bar in bars
            )


def test_options_stand_by_their_points_and_the_first_series_is_the_first_wave(charts):
    for _, results, series in each(charts, "options"):
        uses, plan = results["readiness"]["uses"], results["programme"]
        points = Counter(in_points(own["low"]) for own in uses.values())
        drawn = Counter(int(value) for values in numbers(series) for value in values)
        assert drawn <= points
        waves = [
            sorted(in_points(uses[one["use_id"]]["low"]) for one in plan[wave]["projects"])
            for wave in ("first", "second")
        ]
        assert [sorted(map(int, values)) for values in numbers(series)[:2]] == waves


LINE = 50
"""Points from which options are compared (shortlist_readiness)."""


def in_points(low):
    """Points as printed: whole, and never rounded up across the line."""
    return LINE - 1 if low < LINE <= int(low + 0.5) else int(low + 0.5)


def test_the_money_of_each_year_stands_to_the_others_as_in_the_results(charts):
    for _, results, series in each(charts, "money"):
        expected = [one["first"] + one["second"] for one in results["money_by_year"]]
        shown = [sum(own.get(at, 0.0) for _, _, own in series) for at in range(len(expected))]
        scale = sum(shown) / sum(expected)
        assert shown == pytest.approx([one * scale for one in expected], abs=0.02 * sum(shown))


def test_gaps_add_up_to_the_weight_of_each_criterion(charts):
    for _, results, all_series in ((p, r, s) for p, r, s in each(charts, "gap")):
        reached, unknown, missing = numbers(all_series)
        candidates = []
        for use in results["readiness"]["uses"].values():
            rows = [
                (part["points_low"], part["points_high"] - part["points_low"],
                 part["weight"] - part["points_high"])
                for part in use["contributions"].values()
                if part["weight"] - part["points_low"] > 1e-9
            ]  # fmt: skip
            candidates.append(sorted(rows, key=lambda row: -(row[1] + row[2]))[:8])
        shown = sorted(zip(reached, unknown, missing, strict=True))
        assert any(
            len(rows) == len(shown)
            and all(a == pytest.approx(b) for a, b in zip(sorted(rows), shown, strict=True))
            for rows in candidates
        )


def test_each_use_of_the_programme_has_a_gap_chart_of_its_own(charts):
    for place, (results, by_key) in charts.items():
        assert len(by_key["gap"]) == len(proposed(results)), place


def test_rules_have_been_in_force_since_their_first_day(charts):
    for _, results, series in each(charts, "rules"):
        day = date.fromisoformat(results["as_of"])
        ages = {
            round((day - date.fromisoformat(rule["in_force_from"])).days / 365.25, 6): rule["effect"]
            for rule in results["law"]["rules"].values()
            if rule["in_force_from"]
        }  # fmt: skip
        barred, conditions = numbers(series)
        assert barred
        assert {round(age, 6) for age in (*barred, *conditions)} <= set(ages)
        assert len(barred) + len(conditions) <= 10
