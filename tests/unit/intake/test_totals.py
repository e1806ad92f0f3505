"""Labels of totals in the languages of the catalogue, and names that only look like them."""

import pytest

from generator.intake.totals import Labels


@pytest.fixture(scope="module")
def labels(knowledge):
    return Labels(knowledge.label_words, ["青岛市", "Qingdao", "qingdao"])


@pytest.mark.parametrize(
    "text",
    ["Total", "TOTAL (MW)", "Sub-total", "sub total", "Grand Total", "Total:", "TOTAL 2024",
     "Total for all sectors", "Total Qingdao", "Average", "∑", "合计", "合 计", "总计（兆瓦）",
     "全市合计", "青岛市合计", "各行业合计", "小计1", "平均值", "Итого", "Всего по области",
     "Барлығы", "Insgesamt (MW)", "Zwischensumme", "Ensemble", "Sous-total",
     "Total general de la provincia", "Total geral", "Totale", "Razem", "Ogółem", "Celkem",
     "Toplam", "Genel toplam", "Σύνολο", "Общо", "Összesen", "Ukupno", "Kokku", "Iš viso"],
)  # fmt: skip
def test_a_totals_word_with_nothing_but_places_units_and_sectors_is_a_total(labels, text):
    assert labels.total(text) == "total"


@pytest.mark.parametrize(
    "text",
    ["Total BUENOS AIRES", "Wind farm total", "其中：煤电", "of which coal", "davon Wind",
     "老城合计"],
)  # fmt: skip
def test_a_totals_word_beside_an_unknown_word_is_asked_about(labels, text):
    assert labels.total(text) == "perhaps"


@pytest.mark.parametrize(
    "text",
    ["Total Energies refinery", "TotalEnergies", "Summit", "Sumitomo", "Hall of Sum", "道达尔",
     "合计划电站", "总计划站", "总部", "总装厂", "总站", "Totality plant", "Mean Street station",
     "Average Joe's hall", "Gesamtschule Nord", "Sum Power Station", "1号接入点（新区）", "统计局机房",
     "会计学院", "平均岭风电场", ""],
)  # fmt: skip
def test_a_name_is_no_total(labels, text):
    assert labels.total(text) == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [("一号站（规划）", "规划"), ("在建二期", "在建"), ("planned, 2028", "planned"),
     ("Plant (under construction)", "under construction"), ("Geplant", "geplant")],
)  # fmt: skip
def test_what_does_not_stand_yet_says_so(labels, text, word):
    assert labels.planned(text) == word


@pytest.mark.parametrize(
    "text", ["规划路变电站", "规划展览馆", "not planned", "已建成，非在建", "Point 12", ""]
)
def test_other_texts_say_nothing_of_a_plan(labels, text):
    assert labels.planned(text) == ""
