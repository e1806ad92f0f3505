"""The documents that a plan rests on, by level."""

from __future__ import annotations

import re
from datetime import date

from generator.analysis import assess
from generator.report import report
from generator.report.briefquestions import asked_points
from generator.report.conditions import condition_table
from generator.report.lawbasis import law_basis_fields
from generator.report.lawscope import resting_rules
from generator.report.voice import Voice


def levels(found, voice):
    """The documents of each level, all cells of a row in one text."""
    held = {}
    for row in law_basis_fields(found, voice)["documents"].rows:
        if row.variant:
            lines = held.setdefault(row.cells["document"].text, [])
        else:
            lines.append(" | ".join(cell.text for cell in row.cells.values()))
    return held


def test_every_text_that_counsel_is_asked_about_stands_and_few_others(cities, voice):
    """The table is complete for what could stop a project; the rest stays within ten documents."""
    for one in cities.values():
        found = levels(one, voice)
        lines = [line for own in found.values() for line in own]
        asked = {
            point.question.rule.instrument.instrument_id: point.question.rule
            for point in asked_points(one, voice)
        }
        for rule in asked.values():
            assert any(voice.title_of(rule) in line for line in lines)
        assert 5 <= len(lines) <= max(10, len(asked) + 9)
        assert len(set(lines)) == len(lines)
        assert all(cell.strip() for line in lines for cell in line.split(" | "))


def test_the_outline_of_the_period_stands_and_those_of_place_and_province_are_asked_for(
    cities, knowledge, texts
):
    found = levels(cities["qingdao"], Voice(texts, "zh-CN", knowledge))
    assert found["国家层面"][0].startswith(
        "《中华人民共和国国民经济和社会发展第十五个五年规划纲要》"
    )
    for level, place in (("山东省层面", "山东省"), ("本级规划和文件（地区填报）", "青岛市")):
        assert found[level][0].startswith(f"{place}的相应规划纲要")
        assert found[level][0].endswith("待地方提供")


def test_a_paper_whose_years_are_over_makes_room_for_the_one_that_is_asked_for(
    cities, knowledge, texts
):
    voice = Voice(texts, "zh-CN", knowledge, as_of=date(2026, 11, 28))
    found = cities["qingdao"]
    titles = [voice.name(one.title) for one in found.region.basis_documents]
    own = levels(found, voice)["本级规划和文件（地区填报）"]
    over = [
        title
        for title in titles
        if max(map(int, re.findall("20\\d\\d", title)), default=9999) < 2026
    ]
    assert over
    assert not any(title in line for title in over for line in own)
    assert all(any(title in line for line in own) for title in titles if title not in over)


def test_a_chinese_city_lists_state_province_and_its_own(cities, knowledge, texts):
    voice = Voice(texts, "zh-CN", knowledge)
    found = levels(cities["heze"], voice)
    assert list(found) == ["国家层面", "山东省层面", "本级规划和文件（地区填报）"]
    assert any("《中华人民共和国食品安全法》" in line for line in found["国家层面"])
    assert any("发改运行〔2021〕1283号" in line for line in found["国家层面"])
    assert found["山东省层面"][0].startswith("山东省的相应规划纲要")
    # What holds in the province and bears on no project is none of the basis.
    assert not any("大数据发展促进条例" in line for line in found["山东省层面"])
    assert any("菏政发〔2022〕21号" in line for line in found["本级规划和文件（地区填报）"])


def test_a_paper_that_the_region_names_stands_at_the_level_of_who_issued_it(
    cities, knowledge, texts
):
    """Changzhi names a plan of its province beside two of its own."""
    found = levels(cities["changzhi"], Voice(texts, "zh-CN", knowledge))
    assert any("晋政办发〔2025〕36号" in line for line in found["山西省层面"])
    own = found["本级规划和文件（地区填报）"]
    assert len(own) == 3  # with the outline that is still to be supplied
    assert not any("山西省人民政府" in line for line in own)


def test_a_national_pilot_is_no_law_of_a_province(cities, knowledge, texts):
    """The second batch of the e-CNY names cities of six provinces; Qingdao is one of them."""
    found = levels(cities["qingdao"], Voice(texts, "zh-CN", knowledge))
    pilot = "数字人民币试点（第二批）"
    assert not any(line.startswith(pilot) for line in found["山东省层面"])
    assert found["山东省层面"][0].startswith("山东省的相应规划纲要")


def test_each_law_says_what_was_read_of_it(cities, english):
    for line in levels(cities["heze"], english)["National"]:
        assert re.search(r"\| [OPVARN](, [OPVARN])*$", line)


def test_a_project_of_the_first_wave_has_a_law_of_its_own(cities, english):
    assert english.use("U12") in {english.use(one) for one in cities["heze"].programme.first.uses}
    assert any(
        "Academic Degrees Law" in line for line in levels(cities["heze"], english)["National"]
    )


def test_the_count_is_that_of_the_instruments_that_a_brief_rests_on(cities, english):
    found = cities["heze"]
    instruments = {rule.instrument.instrument_id for rule in resting_rules(found)}
    assert law_basis_fields(found, english)["read"].startswith(f"{len(instruments)} instruments")


def test_without_plans_of_the_workbook_their_level_is_left_out(bare, english):
    assert bare.region.basis_documents == ()
    assert "Plans that the region names" not in levels(bare, english)


def test_another_country_names_its_legal_orders_from_the_top(region, knowledge, texts):
    german = region(jurisdiction="DE", admin_code="DE40B", currency="EUR", cny_per_unit=8.2)
    found = assess(german, knowledge, date(2026, 11, 28), draws=100)
    names = list(levels(found, Voice(texts, "zh-CN", found.knowledge)))
    assert names[:2] == ["欧盟", "德国"]
    assert not any("国家" in name or "省" in name for name in names)


def test_a_hall_whose_tenants_count_is_open_and_asked_about_though_its_own_power_is_below(
    cities, knowledge, texts, english
):
    """By the text a standard hall is counted with the processes of the firms that move in."""
    fields = report(cities["qingdao"], knowledge, texts, "en").fields
    asked = [row for row in fields["counsel"]["asked"] if "standard hall" in row["ask"]]
    assert [row["uses"] for row in asked] == [knowledge.use("R06").name.text("en")]
    told = [
        row.cells["condition"].text
        for row in condition_table(cities["qingdao"], english).rows
        if "condition" in row.cells
    ]
    assert any(text.startswith("open, a question for counsel; by its own power") for text in told)
