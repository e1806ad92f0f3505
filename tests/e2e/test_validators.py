"""Every finished document opens everywhere and shuts nobody out, whatever was typed into the form."""

from __future__ import annotations

import csv
import json
import re
import shutil
import unicodedata

import pytest

CITIES = {"changzhi", "qingdao", "heze"}


def documents(folder):
    found = sorted(folder.rglob("*.docx"))
    assert {path.parent.name for path in found} >= CITIES
    assert len(found) >= 3 * len(CITIES) * 2
    return found


def test_every_sample_document_passes_our_own_checks(samples, verdicts):
    assert verdicts(documents(samples), "--own") == {}


@pytest.mark.slow("takes a minute")
def test_every_kind_of_sample_document_passes_the_peers(samples, verdicts):
    # They take long over an annex, and the SDK and our own checks judge that of every city.
    found = documents(samples)
    once = [path for path in found if path.parent.name == "heze" or not path.match("annex.*")]
    assert len(found) - len(once) == (len(CITIES) - 1) * 2
    assert verdicts(once, "--peers") == {}


def test_every_sample_document_passes_the_sdk(samples, verdicts, sdk):
    assert verdicts(documents(samples), "--sdk", sdk) == {}


# --- what people type -----------------------------------------------------------------------------

NASTY = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|1", "+49 30 1", "-2+3", "100 %s {0} $1 \\n &#x41;",
    "<b>bold</b> &amp; <!-- x --> <![CDATA[ ]]>", "<w:p/> </w:t> <script>alert(1)</script>",
    "{{ 7*7 }} {{ doc.title }} {{r x }}", "{% raw %} {% for a in b %} {# gone #} {%tr if x %}",
    "مركز البيانات رقم ١ – עברית", "a \u202eoverride\u202c b \u2066isolate\u2069 c",
    "Z\u0338\u0322\u031ba\u0336l\u0337\u0301go e\u0301 \u0e01\u0e33 \u1100\u1161\u11a8",
    "👩🏽\u200d🔧 👨\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 🇨🇳 ☎\ufe0f",
    "private \ue000 \U000f0000 \U0010fffd and ideographs 㐀 𠀀 𪜀 𰀀 葛\U000e0100",
    "chart:gap _x_ \"quoted\" 'single' “curved” «guillemets» nbsp\u00a0x\u3000y",
)  # fmt: skip
REFUSED = {"_x0007_": "U+0007", "_xFFFE_": "U+FFFE", "_xD83D_": "U+D83D", "\ufdd0": "U+FDD0",
           "\U0001fffe": "U+1FFFE", "\U0010ffff": "U+10FFFF"}  # fmt: skip
"""What no document can carry, as a workbook writes it, with the name that the log gives it."""
LONG = "Hall of very great length " * 192 + "end"
LONG_ZH = "超长名称的机房" * 714 + "完"
ROWS = {
    "sites": {"former_use": "industry", "grid_mva": 40, "hall_m2": 9000},
    "power": {"kind": "connection point", "status": "existing", "capacity_mw": 90, "spare_mw": 60,
              "price": 0.4},
    "data_centres": {"racks_total": 4000, "racks_free": 3000, "it_load_mw_total": 30,
                     "it_load_mw_free": 20},
    "connectivity": {"carriers": 3, "backbone_gbps": 4000, "latency_ms": 3},
}  # fmt: skip
USES = 60


def planes():
    """Names that together hold characters of every plane that has any, evenly taken."""
    for plane in range(17):
        codes = range(plane * 0x10000, (plane + 1) * 0x10000)
        signs = [
            chr(code) for code in codes
            if unicodedata.category(chr(code)) not in {"Cc", "Cn", "Cs", "Zs", "Zl", "Zp"}
        ]  # fmt: skip
        some = signs[:: max(1, len(signs) // 700)]
        for at in range(0, len(some), 100):
            yield f"Plane {plane} {''.join(some[at : at + 100])}."


def sheets(region, name, **names):
    """A region whose records have the one name that both languages print."""
    own = {"name_en": name, "name_zh": name, "jurisdiction": "CN", "admin_code": "370200",
           "currency": "CNY"}  # fmt: skip
    return {
        "region": [{"region": region, **own}],
        **{
            key: [{"region": region, "name_en": one, "name_zh": one, **ROWS[key]} for one in listed]
            for key, listed in names.items()
        },
    }


@pytest.fixture(scope="module")
def catalogue(root, tmp_path_factory):
    """The catalogue with copies of its uses, up to sixty that may be proposed."""
    folder = tmp_path_factory.mktemp("catalogue") / "catalogue"
    shutil.copytree(root / "inputs/catalogue", folder)

    def rows(name):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def add(name, more):
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, more[0].keys()).writerows(more)

    def write(name, table):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, table[0].keys()).writeheader()
        add(name, table)

    known = [row for row in rows("uses.csv") if row["category"] != "mining_and_trading"]
    needs, units, tasks = rows("requirements.csv"), rows("unit_needs.csv"), rows("actions.csv")
    for number in range(USES - len(known)):
        use = known[number % len(known)]
        own = {"use_id": f"{use['use_id'][0]}{number + 50}"}
        name = {
            "name_en": f"Use {number} <&> {{{{ x }}}}",
            "name_zh": f"第{number}项 <&> {{{{ x }}}}",
        }
        add("uses.csv", [{**use, **own, **name}])
        add("requirements.csv", [{**row, **own} for row in needs if row["use_id"] == use["use_id"]])
        add("unit_needs.csv", [{**row, **own} for row in units if row["use_id"] == use["use_id"]])
        # A first step is set off by its own use.
        for task in tasks:
            if task["action_id"] == use["first_action"]:
                task["trigger"] += f";proposed:{own['use_id']}"
    write("actions.csv", tasks)
    return folder


@pytest.fixture(scope="module")
def typed(briefs, form, catalogue, shared):
    """Documents of a region with all that can be typed, and one with nothing; sixty uses each."""
    return shared("typed", lambda folder: build(folder, briefs, form, catalogue)) / "out"


def build(folder, briefs, form, catalogue):
    sites = [*NASTY, *REFUSED, *planes(), *(f"Site {number:03}" for number in range(1, 201))]
    name = f"R & <D> {{{{ 7*7 }}}} 🏭 {LONG}"
    every = {
        "sites": [*sites, LONG_ZH], "power": [LONG], "data_centres": [LONG_ZH],
        "connectivity": NASTY[:5],
    }  # fmt: skip
    for region, content in (
        ("all", sheets("all", name, **every)),
        ("bare", sheets("bare", "Bare")),
    ):
        (folder / f"{region}.xlsx").write_bytes(form(content))
    done = briefs("build", folder, "--out", folder / "out", "--as-of", "2026-11-28",
                  "--catalogue", catalogue)  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_documents_of_whatever_was_typed_pass_our_own_checks(typed, verdicts):
    assert verdicts(sorted(typed.rglob("*.docx")), "--own") == {}


@pytest.mark.exhaustive("takes minutes")
def test_documents_of_whatever_was_typed_pass_the_peers(typed, verdicts):
    assert verdicts(sorted(typed.rglob("*.docx")), "--peers") == {}


def test_documents_of_whatever_was_typed_pass_the_sdk(typed, verdicts, sdk):
    assert verdicts(sorted(typed.rglob("*.docx")), "--sdk", sdk) == {}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("document", ["planning-brief", "annex"])
def test_names_come_out_as_typed(typed, read_text, document, language):
    text = read_text(typed / f"all/{document}.{language}.docx")
    # Marks that turn the direction of writing are taken out of names, and that is said.
    nasty = [re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name) for name in NASTY]
    wanted = [*nasty, *planes(), LONG, LONG_ZH, "Site 001", "Site 200"]
    assert [name for name in wanted if name not in text] == []


def test_characters_that_no_document_can_carry_are_left_out_and_named(typed, read_text):
    text = read_text(typed / "all/annex.en.docx")
    assert not re.search("[\x00-\x08\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", text)
    assert [name for name in REFUSED.values() if name not in text] == []


def test_sixty_uses_are_all_assessed(typed, read_text):
    results = json.loads((typed / "all/results.json").read_text(encoding="utf-8"))
    uses = [use for use in results["law"]["uses"] if not use.startswith("P")]
    assert len(uses) == USES
    text = read_text(typed / "all/annex.en.docx")
    assert all(use in text for use in uses)
