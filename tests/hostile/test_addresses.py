"""Recipients that lie: each ends in a problem with its cell, and nothing is read from it."""

import pytest

C2 = "Recipients!C2"
HEADERS = ["region", "name_en", "email", "language", "documents"]
ROW = ["lucheng", "Desk", "desk@example.org", "en", "annex"]


def with_recipients(book, count=1):
    rows = [[ROW[0], f"Desk {n}", f"desk{n}@example.org", *ROW[3:]] for n in range(count)]
    book.sheet("Recipients", [HEADERS, *rows])
    return book


def typed(text, place=C2):
    return lambda book: book.text(place, text)


def raw(inner, attributes=""):
    return lambda book: book.cell(C2, attributes, inner)


ADDRESSES = {
    "longest text of a cell": typed("a" * 32_700 + "@example.org"),
    "endless address": typed("a" * 100_000 + "@example.org"),
    "endless domain": typed("a@" + "x." * 50_000 + "org"),
    "endless punycode": typed("a@xn--" + "9" * 30_000 + ".org"),
    "signs only": typed("@" * 32_000),
    "second header": typed("desk@example.org\r\nBcc: other@example.org"),
    "header without an address": typed("desk@example.org\r\nSubject: x"),
    "escaped break": typed("desk@example.org_x000D__x000A_Bcc: x"),
    "nought byte": typed("desk_x0000_@example.org"),
    "lone surrogate": typed("desk_xD800_@example.org"),
    "right-to-left override": typed("desk\u202egro.elpmaxe@example.org"),
    "zero-width space": typed("de\u200bsk@example.org"),
    "punycode junk": typed("desk@xn--zzzzzzzz.org"),
    "punycode of nothing": typed("desk@xn--.org"),
    "mixed directions": typed("desk@1.\u05d0\u05d1.com"),
    "IP literal": typed("desk@[192.0.2.1]"),
    "IPv6 literal": typed("desk@[IPv6:2001:db8::1]"),
    "bare IP": typed("desk@192.0.2.1"),
    "quoted local part": typed('"de sk"@example.org'),
    "quotation that never ends": typed('"' + "\\" * 30_000 + "@example.org"),
    "1,000 addresses": typed(";".join(f"desk{n}@example.org" for n in range(1_000))),
    "route": typed("@relay.example.org:desk@example.org"),
    "percent hack": typed("desk%example.org@[127.0.0.1]"),
    "formula as text": typed("=HYPERLINK(1)"),
    "number": raw("<v>12345</v>"),
    "large number": raw("<v>1E+300</v>"),
    "truth value": raw("<v>1</v>", 't="b"'),
    "date": lambda book: book.number(C2, 44463, 14),
    "reserved domain": typed("desk@mail.test"),
    "host of this machine": typed("desk@localhost"),
    "template markup": typed("{{ desk }}@example.org{% raw %}"),
}


@pytest.mark.parametrize("change", ADDRESSES.values(), ids=ADDRESSES)
def test_lying_address_is_refused_with_its_cell(package, judge, change):
    book = with_recipients(package())
    change(book)
    judge(book.bytes(), {f"IN-230 {C2}"})


def test_right_address_is_read(package, judge):
    judge(with_recipients(package()).bytes(), {"recipients.0.email": "desk0@example.org"})


def test_error_and_formula_without_value_are_named_for_what_they_are(package, judge):
    for cell, attributes, code in (
        ("<v>#REF!</v>", 't="e"', "IN-208"), ("<f>A1</f>", "", "IN-209"),
    ):  # fmt: skip
        book = with_recipients(package()).cell(C2, attributes, cell)
        judge(book.bytes(), {f"{code} {C2}"})


def test_merged_addresses_count_for_their_first_row_alone(package, judge):
    book = with_recipients(package(), 2).cell("Recipients!C3", "", "")
    book.behind("Recipients", '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>')
    judge(book.bytes(), {f"IN-225 {C2}", "IN-201 Recipients!C3"})


@pytest.mark.parametrize(
    "name", ["Desk\r\nBcc: other@example.org", "Desk_x000D__x000A_Bcc: x", "Desk\u2028Bcc: x",
             "Desk_x0000_", "\u202ekseD"],
)  # fmt: skip
def test_name_that_breaks_a_line_is_reported_and_put_into_one(package, judge, name):
    book = with_recipients(package()).text("Recipients!B2", name)
    answer = judge(book.bytes(), {"said": {"IN-232 Recipients!B2"}})
    assert answer["regions"][0]["recipients.0.name"].isprintable()


def test_five_thousand_recipients_cost_no_more_than_a_moment(package, judge):
    book = with_recipients(package(), 5_000)
    judge(book.bytes(), {"recipients.4999.email": "desk4999@example.org"})
