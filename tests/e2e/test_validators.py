"""Every finished document opens everywhere and shuts nobody out, whatever was typed into the form."""

from __future__ import annotations

import unicodedata

import pytest

CITIES = {"changzhi", "qingdao", "heze"}


def documents(folder):
    found = sorted(folder.rglob("*.docx"))
    assert {path.parent.name for path in found} >= CITIES
    assert len(found) >= 3 * len(CITIES) * 2
    return found


def test_every_sample_document_passes_the_peers_and_our_accessibility_check(samples, verdicts):
    assert verdicts(documents(samples), "--peers", "--access") == {}


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
REFUSED = {"_x0007_": "U+0007", "_xFFFE_": "U+FFFE", "_xD83D_": "U+D83D", "\ufdd0": "U+FDD0"}
"""What no document can carry, as a workbook writes it, with the name that the log gives it."""
LONG = "Hall of very great length " * 192 + "end"
LONG_ZH = "超长名称的机房" * 714 + "完"


def planes():
    """Names that together hold characters of every plane with any, evenly taken."""
    for plane in range(17):
        codes = range(plane * 0x10000, (plane + 1) * 0x10000)
        signs = [
            chr(code) for code in codes
            if unicodedata.category(chr(code)) not in {"Cc", "Cn", "Cs", "Zs", "Zl", "Zp"}
        ]  # fmt: skip
        some = signs[:: max(1, len(signs) // 700)]
        for at in range(0, len(some), 100):
            yield f"Plane {plane} " + "".join(some[at : at + 100]) + "."


def sheets(region, name, **rows):
    """The rows of a region whose records have only the name that both languages print."""
    own = {"name_en": name, "name_zh": name, "jurisdiction": "CN", "admin_code": "370200",
           "currency": "CNY"}  # fmt: skip
    filled = {
        key: [{"region": region, "name_en": one, "name_zh": one, **more[key]} for one in names]
        for key, names in rows.items()
    }
    return {"region": [{"region": region, **own}], **filled}


more = {
    "sites": {"former_use": "industry", "grid_mva": 40, "hall_m2": 9000},
    "power": {"kind": "connection point", "status": "existing", "capacity_mw": 90, "spare_mw": 60},
    "data_centres": {"racks_total": 100, "racks_free": 60},
}
TYPED = {
    "nasty": ("R & <D> {{ 7*7 }} 🏭", {"sites": [*NASTY, *REFUSED]}),
    "planes": ("Plane 1 𐍈", {"sites": list(planes())}),
    "long": (LONG, {"sites": [LONG_ZH], "power": [LONG], "data_centres": [LONG]}),
    "many": ("Many", {"sites": [f"Site {number:03}" for number in range(1, 201)]}),
    "bare": ("Bare", {}),
}


@pytest.fixture(scope="module")
def typed(briefs, form, tmp_path_factory):
    """The documents of regions with all that can be typed, and of one with sixty uses."""
    folder = tmp_path_factory.mktemp("typed")
    books = []
    for region, (name, rows) in TYPED.items():
        books.append(folder / f"{region}.xlsx")
        books[-1].write_bytes(form(sheets(region, name, **rows)))
    out = folder / "out"
    done = briefs("build", *books, "--out", out, "--as-of", "2026-11-21")
    assert done.returncode == 0, done.stderr
    return out


def test_tt(typed, verdicts, read_text, sdk):
    for name in NASTY: print(name in read_text(typed/"nasty/annex.en.docx"), name in read_text(typed/"nasty/planning-brief.zh-CN.docx"), name)
    for p in sorted(typed.rglob("*.docx")): print(p, p.stat().st_size)
    import time; t=time.time()
    print(verdicts(sorted(typed.rglob("*.docx")), "--access")); print(time.time()-t); t=time.time()
    print(verdicts(sorted(typed.rglob("*.docx")), "--sdk", sdk)); print(time.time()-t); t=time.time()
    print(verdicts(sorted(typed.rglob("*.docx")), "--peers")); print(time.time()-t); t=time.time()
    assert 0
