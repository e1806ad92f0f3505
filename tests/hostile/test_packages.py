"""Files that lie about what they are or how much is in them, and packages other programs write."""

import json
import random
import re
import zlib

import pytest

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCTYPE = "<!DOCTYPE x [<!ENTITY a 'lol'>]>"
EXTERNAL = "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>"
FREE = "power.0.spare_mw"


# --- what is no workbook --------------------------------------------------------------------------


def other_office(main, content_type):
    def build(zip_of):
        entry = zip_of.entry
        relation = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="{main}"/>'
        kind = f'<Override PartName="/{main}" ContentType="{content_type}"/>'
        return zip_of(
            [
                entry("[Content_Types].xml", f"<Types>{kind}</Types>".encode()),
                entry("_rels/.rels", f"<Relationships>{relation}</Relationships>".encode()),
                entry(main, b"<document/>" if main.endswith("xml") else b"\x83\x01\x00" * 99),
            ]
        )

    return build


def open_document(zip_of):
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zip_of([zip_of.entry("mimetype", kind, method=0), zip_of.entry("content.xml", b"<x/>")])


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
RENAMED = {
    "password-protected": (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "IN-101"),
    "old .xls": (OLE + bytes(504) + b"\x09\x08\x10\x00\x00\x06\x05\x00", "IN-101"),
    "JSON": (json.dumps({"region": "lucheng"}).encode(), "IN-102"),
    "PDF": (PDF, "IN-102"),
    "XML spreadsheet of 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
                                "IN-102"),
    "UTF-16 text": ("region\tname\n".encode("utf-16"), "IN-102"),
    "only noughts": (bytes(4096), "IN-102"),
    "Word document": (other_office("word/document.xml", WORD), "IN-102"),
    "binary workbook": (other_office("xl/workbook.bin", BINARY), "IN-102"),
    "OpenDocument": (open_document, "IN-102"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code"), RENAMED.values(), ids=RENAMED)
def test_other_file_is_named_for_what_it_is(judge, zip_of, content, code):
    judge(content(zip_of) if callable(content) else content, code)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.995])
def test_file_cut_short_is_refused(package, judge, share):
    content = package().bytes()
    judge(content[: int(len(content) * share)], "IN-103")


# --- archives that lie ----------------------------------------------------------------------------


def squeezed(chunk, times):
    """Repeated bytes as packed data, their size and checksum."""
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed, size, crc = [], 0, 0
    for _ in range(times):
        packed.append(squeezer.compress(chunk))
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    packed.append(squeezer.flush())
    return {"packed": b"".join(packed), "size": size, "crc": crc}


def bomb(book, _):
    book.write("Sites", "", **squeezed(b" " * 2**20, 300))


def bomb_of_many_parts(book, _):
    told = squeezed(b" " * 2**20, 7)
    for number in range(70):
        book.write(f"xl/media/image{number}.png", "", **told)


def nested(book, zip_of):
    inner = zip_of([zip_of.entry("a", **squeezed(b" " * 2**20, 200))])
    book.write("xl/embeddings/inner.zip", inner)


def understated(book, _):
    told = squeezed(b"<a>" + b" " * 2**20, 100)
    book.write("Power", "", **{**told, "size": 1000})


def understated_to_a_whole(book, _):
    # The first bytes are a right sheet, with its right checksum; 100 MB more follow.
    text = book.parts[book.part("Power")].encode()
    told = squeezed(text + b" " * 2**20, 100)
    book.write("Power", text, packed=told["packed"])


def overlapping(book, zip_of):
    told = squeezed(b" " * 2**20, 7)
    entries = [zip_of.entry(f"xl/media/{number}.png", **told) for number in range(200)]
    return zip_of([*book.listed()[:1], *entries], shared=True)


def twice(book, zip_of):
    part = book.part("Power")
    other = book.parts[part].replace("<v>60</v>", "<v>6</v>").encode()
    return zip_of([*book.listed(), zip_of.entry(part, other)])


def twice_in_another_case(book, zip_of):
    part = book.part("Power")
    other = book.parts[part].replace("<v>60</v>", "<v>6</v>").encode()
    return zip_of([*book.listed(), zip_of.entry(part.upper(), other)])


def with_folders(book, zip_of):
    folders = [zip_of.entry(name, method=0) for name in ("xl/", "xl/worksheets/", "_rels/")]
    return zip_of([*folders, *book.listed()])


def every_entry(**told):
    def build(book, zip_of):
        return zip_of([zip_of.entry(one.name, one.data, **told) for one in book.listed()])

    return build


def renamed(change):
    def build(book, zip_of):
        return zip_of([zip_of.entry(change(one.name), one.data) for one in book.listed()])

    return build


def many_entries(book, zip_of):
    more = [zip_of.entry(f"xl/media/{number}", method=0) for number in range(60_000)]
    return zip_of([*book.listed(), *more])


READ_OR = {"or": "IN-102|IN-103"}
ARCHIVES = {
    "bomb": (bomb, "IN-109"),
    "bomb of many parts": (bomb_of_many_parts, "IN-109"),
    "bomb in an archive inside": (nested, {}),
    "size understated": (understated, "IN-103|IN-109"),
    "size understated to a whole sheet": (understated_to_a_whole, {"or": "IN-103|IN-109"}),
    "overlapping entries": (overlapping, "IN-103|IN-109"),
    "part twice": (twice, "IN-103"),
    "part twice, in another case": (twice_in_another_case, "IN-103"),
    "folders as entries": (with_folders, {}),
    "ZIP64": (every_entry(zip64=True), {}),
    "stored, not packed": (every_entry(method=0), {}),
    "unknown packing": (every_entry(method=99), "IN-103"),
    "encrypted entries": (every_entry(flags=1), "IN-101|IN-103"),
    "wrong checksum": (lambda book, _: book.write("Power", book.parts[book.part("Power")],
                                                  crc=12345), "IN-103"),
    "junk before": (lambda book, _: b"junk" * 100 + book.bytes(), READ_OR),
    "junk behind": (lambda book, _: book.bytes() + b"junk" * 100, READ_OR),
    "backslashes in names": (renamed(lambda name: name.replace("/", "\\")), READ_OR),
    "leading slash in names": (renamed(lambda name: f"/{name}"), READ_OR),
    "names in capitals": (renamed(lambda name: name.upper() if "/w" in name else name), {}),
    "names that climb": (renamed(lambda name: f"../../{name}"), "IN-102|IN-103"),
    "a climbing name more": (lambda book, _: book.write("../../../tmp/hostile.txt", "x"), {}),
    "sixty thousand entries": (many_entries, {}),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), ARCHIVES.values(), ids=ARCHIVES)
def test_archive_is_read_right_or_refused(package, judge, zip_of, change, expected):
    book = package()
    result = change(book, zip_of)
    judge(result if isinstance(result, bytes) else book.bytes(), expected)


# --- document types -------------------------------------------------------------------------------

PARTS = {
    "sheet": "Power",
    "shared strings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
    "workbook": "xl/workbook.xml",
    "workbook relations": "xl/_rels/workbook.xml.rels",
    "package relations": "_rels/.rels",
    "content types": "[Content_Types].xml",
}


def declare(text, declaration, before=""):
    head, body = text.split("?>\n", 1)
    return f"{head}?>\n{before}{declaration}{body}"


@pytest.mark.parametrize("name", PARTS.values(), ids=PARTS)
def test_document_type_is_refused_in_every_part(package, judge, name):
    book = package()
    book.write(name, declare(book.parts[book.part(name)], DOCTYPE))
    judge(book.bytes(), "IN-113")


@pytest.mark.parametrize("name", PARTS.values(), ids=PARTS)
def test_document_type_behind_a_long_comment_is_refused_in_every_part(package, judge, name):
    book = package()
    comment = f"<!--{'x' * 5000}-->"
    book.write(name, declare(book.parts[book.part(name)], DOCTYPE, comment))
    judge(book.bytes(), "IN-113")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp037", "utf-7"])
def test_document_type_is_refused_in_every_encoding(package, judge, encoding):
    book = package()
    text = declare(book.parts[book.part("Power")], DOCTYPE)
    text = text.replace("UTF-8", "IBM037" if encoding == "cp037" else encoding.upper())
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    book.write("Power", mark + text.encode(encoding))
    judge(book.bytes(), "IN-113|IN-103")


def test_document_type_in_a_sheet_of_another_extension_is_refused(package, judge):
    book = package()
    text = declare(book.parts[book.part("Power")], EXTERNAL)
    book.drop("Power").write("xl/worksheets/power.dat", text)
    book.edit("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "worksheets/power.dat")
    judge(book.bytes(), "IN-113")


def test_billion_laughs_behind_a_long_comment_are_refused(package, judge):
    book = package()
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'lol'}'>" for n in range(12))
    text = declare(
        book.parts["xl/sharedStrings.xml"], f"<!DOCTYPE x [{entities}]>", f"<!--{'x' * 5000}-->"
    )
    book.write("xl/sharedStrings.xml", text.replace("North", "&e11;"))
    judge(book.bytes(), "IN-113")


# --- parts and relations --------------------------------------------------------------------------


def all_parts(change):
    def run(book):
        for name in book.parts:
            book.write(name, change(name, book.parts[name]))

    return run


def without_styles(book):
    book.drop("xl/styles.xml")
    rels = "xl/_rels/workbook.xml.rels"
    book.parts[rels] = re.sub(r'<Relationship Id="rId100".*?/>', "", book.parts[rels])


def external_sheet(book):
    book.edit("xl/_rels/workbook.xml.rels", 'Target="worksheets/sheet2.xml"',
              'Target="http://127.0.0.1:9/sheet2.xml" TargetMode="External"')  # fmt: skip


def target(path):
    return lambda book: book.edit("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", path)


def cyclic(book):
    for source in ("xl/workbook.xml", "_rels/workbook.xml.rels", "worksheets/sheet2.xml"):
        book.relate(f"c{len(source)}", "customXml", source)
    rels = book.relations([("rId1", "worksheet", "sheet2.xml"), ("w", "x", "../workbook.xml")])
    book.write("xl/worksheets/_rels/sheet2.xml.rels", rels)


def workbook_is_its_own_relations(book):
    book.edit("_rels/.rels", "xl/workbook.xml", "_rels/.rels")


def prefixed(name, text):
    """What the Open XML SDK writes: every element of the main namespace with a prefix."""
    if not name.startswith("xl/") or name.endswith(".rels"):
        return text
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text)
    return text.replace('xmlns="', 'xmlns:x="')


def with_macros(book):
    book.edit("[Content_Types].xml", "openxmlformats-officedocument.spreadsheetml.sheet.main",
              "ms-excel.sheet.macroEnabled.main")  # fmt: skip
    book.write("xl/vbaProject.bin", OLE + bytes(5000))
    book.relate("rId50", "vbaProject", "vbaProject.bin")


def with_external_link(book):
    book.write("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    book.write(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        book.relations([("rId1", "externalLinkPath", "http://127.0.0.1:9/other.xlsx")]),
    )
    book.relate("rId51", "externalLink", "externalLinks/externalLink1.xml")
    book.cell("Power!F2", "", "<f>[1]Sheet1!A1</f><v>60</v>")


def with_furniture(book):
    """Comments, a pivot cache, a drawing and a chart sheet."""
    book.write("xl/comments1.xml", "<comments><text><t>7</t></text></comments>")
    book.write("xl/pivotCache/pivotCacheDefinition1.xml", "<pivotCacheDefinition/>")
    book.write("xl/chartsheets/sheet1.xml", "<chartsheet/>")
    book.write("xl/dialogsheets/sheet1.xml", "<dialogsheet/>")
    book.relate("rId52", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    book.relate("rId53", "chartsheet", "chartsheets/sheet1.xml")
    book.relate("rId54", "dialogsheet", "dialogsheets/sheet1.xml")
    book.edit("xl/workbook.xml", "</sheets>", '<sheet name="Chart1" sheetId="90" r:id="rId53"/>'
              '<sheet name="Dialog1" sheetId="91" r:id="rId54"/></sheets>')  # fmt: skip


def encoded(encoding):
    def run(book):
        text = book.text("Power!B2", "北").parts[book.part("Power")].replace("UTF-8", encoding)
        book.write("Power", text.encode(encoding))

    return run


def included(book):
    include = '<include xmlns="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    book.cell("Power!B2", 't="inlineStr"', f"<is><t>North{include}</t></is>")


def styles_in_millions(book):
    chance = random.Random(1)  # noqa: S311 - reproducible noise, not a secret
    block = "".join(f'<xf numFmtId="{chance.randrange(1000)}"/>' for _ in range(50_000))
    text = book.parts["xl/styles.xml"].replace("</cellXfs>", block * 60 + "</cellXfs>")
    book.write("xl/styles.xml", text)


def names_in_hundreds_of_thousands(book):
    names = "".join(
        f'<definedName name="n{number}">Power!$A${number}</definedName>'
        for number in range(1, 300_001)
    )
    book.edit("xl/workbook.xml", "</sheets>", f"</sheets><definedNames>{names}</definedNames>")


def strings_that_grow(book):
    # One character beyond the basic plane makes Python keep four bytes for every letter.
    chance = random.Random(1)  # noqa: S311 - as above
    items = [
        f"<si><t>🏭{chance.randbytes(150).hex()}{'a' * 30_000}</t></si>".encode()
        for _ in range(500)
    ]
    head, tail = book.parts["xl/sharedStrings.xml"].encode().split(b"</sst>")
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed, size, crc = b"", 0, 0
    for piece in (head, *items * 18, b"</sst>" + tail):
        packed += squeezer.compress(piece)
        size, crc = size + len(piece), zlib.crc32(piece, crc)
    packed += squeezer.flush()
    book.write("xl/sharedStrings.xml", "", packed=packed, size=size, crc=crc)


READ_OR_DAMAGED = {"or": "IN-103"}
READ_OR_LARGE = {"or": "IN-109"}
MADE = {
    "missing sheet": (lambda book: book.drop("Power"), "IN-103"),
    "missing shared strings": (lambda book: book.drop("xl/sharedStrings.xml"), "IN-103"),
    "missing styles": (lambda book: book.drop("xl/styles.xml"), READ_OR_DAMAGED),
    "no styles at all": (without_styles, {}),
    "missing workbook": (lambda book: book.drop("xl/workbook.xml"), "IN-102|IN-103"),
    "missing workbook relations": (lambda book: book.drop("xl/_rels/workbook.xml.rels"), "IN-103"),
    "missing content types": (lambda book: book.drop("[Content_Types].xml"), "IN-102"),
    "empty content types": (
        lambda book: book.write("[Content_Types].xml", ""), {"or": "IN-102|IN-103"}
    ),
    "sheet outside the package": (external_sheet, "IN-103"),
    "target from the root": (target("/xl/worksheets/sheet2.xml"), {}),
    "target with steps up": (target("../xl/./worksheets/../worksheets/sheet2.xml"), {}),
    "target with backslashes": (target(r"worksheets\sheet2.xml"), READ_OR_DAMAGED),
    "target with escapes": (target("worksheets/sheet%32.xml"), READ_OR_DAMAGED),
    "target in the system": (target("../../../../../etc/passwd"), "IN-103"),
    "target is the workbook": (target("workbook.xml"), "IN-103"),
    "target in another case": (target("Worksheets/SHEET2.xml"), {}),
    "cyclic relations": (cyclic, {}),
    "relations as workbook": (workbook_is_its_own_relations, "IN-102|IN-103|IN-110"),
    "prefixed elements": (all_parts(prefixed), {}),
    "UTF-16": (encoded("utf-16"), {"power.0.name": "北"}),
    "GB 18030": (encoded("gb18030"), {"power.0.name": "北"}),
    "unknown encoding": (lambda book: book.edit("Power", "UTF-8", "X-NONE"), READ_OR_DAMAGED),
    "undefined entity": (lambda book: book.edit("Power", "<v>60</v>", "<v>&x;</v>"), "IN-103"),
    "character nought": (lambda book: book.edit("Power", "<v>60</v>", "<v>&#0;</v>"), "IN-103"),
    "file included by XInclude": (included, READ_OR_DAMAGED),
    "macros": (with_macros, {"said": {"IN-136 region.xlsm"}}),
    "external link": (with_external_link, {"said": {"IN-135 region.xlsx"}}),
    "comments, pivots and chart sheets": (
        with_furniture, {"said": {"IN-111 Chart1", "IN-111 Dialog1"}},
    ),
    "three million cell formats": (styles_in_millions, READ_OR_LARGE),
    "300,000 defined names": (names_in_hundreds_of_thousands, READ_OR_LARGE),
    "strings that grow fourfold": (strings_that_grow, READ_OR_LARGE),
    "deeply nested": (lambda book: book.below("Power", "<a>" * 50_000 + "</a>" * 50_000),
                      "IN-103"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), MADE.values(), ids=MADE)
def test_package_is_read_right_or_refused(package, judge, change, expected):
    book = package()
    change(book)
    name = "region.xlsm" if change is with_macros else "region.xlsx"
    judge(book.bytes(), expected, name)


def test_strict_workbook_is_read_with_its_dates(package, judge):
    book = package("strict")
    book.cell("Sites!D2", 't="d"', "<v>2021-09-24</v>")
    book.number("Region!F2", 0.34, 9)
    judge(book.bytes(), {})
