"""Packages: refused when they lie, changed in place, written with bytes that repeat."""

import io
import os
import struct
import warnings
import zipfile

import pytest

from generator.opc import (
    Bounds,
    DocumentTypeError,
    Lie,
    Package,
    PackageError,
    Relations,
    opened,
    owner_name,
    pack,
    pack_in_order,
    parse,
    read,
    relations_name,
)  # fmt: skip

BOUNDS = Bounds(unpacked=2**20, parts=20)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
    '<Default Extension="rels" ContentType="r"/></Types>'
)


def relations(*rows):
    inner = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{k}" Target="{t}"/>' for i, k, t in rows
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
    "word/document.xml": "<document/>",
    "word/_rels/document.xml.rels": relations(
        ("rId1", "chart", "charts/chart1.xml"), ("rId2", "image", "/word/media/a.png")
    ),
    "word/charts/chart1.xml": "<chart/>",
    "word/media/a.png": "png",
    "word/left.xml": "<left/>",
}


def zipped(parts=PARTS, *more, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name may come twice on purpose
        for name, content in [*parts.items(), *more]:
            package.writestr(name, content)
    return made.getvalue()


def lie_of(content, bounds=BOUNDS):
    with pytest.raises(PackageError) as fault, opened(content, bounds):
        pass
    return fault.value.lie, fault.value.part


@pytest.mark.parametrize(
    ("content", "lie", "part"),
    [
        (b"", Lie.EMPTY, ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Lie.COMPOUND, ""),
        (b"%PDF-1.7", Lie.OTHER, ""),
        (zipped()[:-30], Lie.CUT_SHORT, ""),
        (zipped({"mimetype": "x"}), Lie.OTHER, ""),
        (zipped(PARTS, ("word/left.xml", "2")), Lie.TWICE, "word/left.xml"),
        (zipped(PARTS, ("Word/LEFT.xml", "2")), Lie.TWICE, "Word/LEFT.xml"),
        (zipped(PARTS, ("../a", "2")), Lie.CLIMBS, "../a"),
        (zipped(PARTS, ("word\\..\\..\\a", "2")), Lie.CLIMBS, "word/../../a"),
        (zipped(PARTS, ("big.xml", "0" * 2**20)), Lie.INFLATES, ""),
        (zipped(PARTS, *((f"p{n}", "") for n in range(20))), Lie.INFLATES, ""),
        (zipped(PARTS, ("x.xml", "<!DOCTYPE x><x/>")), Lie.DOCTYPE, "x.xml"),
        (zipped(PARTS, ("x.rels", "<!DOCTYPE x><x/>".encode("utf-16-le"))), Lie.DOCTYPE, "x.rels"),
        (zipped(PARTS, ("x.vml", "<!DOCTYPE x><x/>".encode("utf-16-be"))), Lie.DOCTYPE, "x.vml"),
    ],
)
def test_what_lies_is_refused_with_what_is_wrong(content, lie, part):
    found, place = lie_of(content)
    assert (found, place.replace("\\", "/")) == (lie, part)


def test_a_part_that_unpacks_to_hundreds_of_times_its_size_is_refused():
    content = zipped(PARTS, ("big.xml", b"0" * 2**24))
    assert lie_of(content, Bounds(unpacked=2**30)) == (Lie.INFLATES, "big.xml")


def test_an_encrypted_part_is_refused():
    content = bytearray(zipped(method=zipfile.ZIP_STORED))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    assert lie_of(bytes(content)) == (Lie.ENCRYPTED, "word/left.xml")


def test_what_is_no_file_is_missing(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "none", tmp_path / "pipe"):
        assert lie_of(path) == (Lie.MISSING, "")


def test_a_document_type_behind_a_long_comment_is_refused_when_the_part_is_read():
    with pytest.raises(DocumentTypeError):
        parse(b"<!--" + b" " * 9000 + b"--><!DOCTYPE x><x/>")


def test_an_entity_is_not_read_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("secret")
    uri = (tmp_path / "secret").as_uri()
    with pytest.raises(DocumentTypeError):
        parse(f'<!DOCTYPE x [<!ENTITY e SYSTEM "{uri}">]><x>&e;</x>'.encode())


def test_parts_come_in_their_order_without_folders():
    content = zipped(PARTS, ("word/", ""))
    assert list(read(content, BOUNDS)) == list(PARTS)


def test_targets_are_names_of_parts_wherever_they_are_written_from():
    with opened(zipped(), BOUNDS) as source:
        found = Package(source).relations("word/document.xml")
    assert [(one.id, one.kind, one.target) for one in found] == [
        ("rId1", "chart", "word/charts/chart1.xml"), ("rId2", "image", "word/media/a.png"),
    ]  # fmt: skip
    assert found.part("rId2") == (f"{OFFICE}/image", "word/media/a.png")
    assert found.part("rId9") == ("", "")


@pytest.mark.parametrize(
    ("part", "name"),
    [("", "_rels/.rels"), ("word/a.xml", "word/_rels/a.xml.rels"), ("a.xml", "_rels/a.xml.rels")],
)
def test_the_part_of_relations_names_its_owner(part, name):
    assert (relations_name(part), owner_name(name)) == (name, part)


def test_a_relation_outside_keeps_what_it_says():
    one = Relations("word/a.xml")
    one.put(next(iter(external("../b.docx"))))
    (found,) = one
    assert (found.target, found.is_external) == ("../b.docx", True)


def external(target):
    root = parse(
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="t" '
        f'Target="{target}" TargetMode="External"/></Relationships>'.encode()
    )
    return Relations("", root)


def test_a_new_id_is_free_in_any_case():
    root = parse(
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="RID2" Type="t" '
        'Target="a.xml"/></Relationships>'.encode()
    )
    one = Relations("", root)
    assert one.add("t", "b.xml").lower() != "rid2"
    assert len({found.id.lower() for found in one}) == 2


def changed(change):
    with opened(zipped(), BOUNDS) as source:
        package = Package(source)
        change(package)
        return package.write()


def test_pruning_drops_what_nothing_leads_to():
    kept = read(changed(Package.prune), BOUNDS)
    assert kept.keys() == PARTS.keys() - {"word/left.xml"}


def test_a_dropped_relation_takes_its_part_along_when_pruned():
    def change(package):
        package.relations("word/document.xml").drop("rId1")
        package.prune()

    kept = read(changed(change), BOUNDS)
    assert "word/charts/chart1.xml" not in kept
    assert b"chart" not in kept["word/_rels/document.xml.rels"]


def test_a_part_without_relations_any_more_has_no_part_of_them():
    def change(package):
        package.relations("word/document.xml").drop("rId1", "rId2")

    assert "word/_rels/document.xml.rels" not in read(changed(change), BOUNDS)


def test_untouched_parts_leave_as_they_came():
    kept = read(changed(lambda package: package.put("word/new.xml", b"<new/>")), BOUNDS)
    same = [name for name in PARTS if name != "[Content_Types].xml"]
    assert {name: kept[name] for name in same} == {name: PARTS[name].encode() for name in same}
    assert kept["word/new.xml"] == b"<new/>"


def test_bytes_depend_on_the_parts_alone():
    parts = {name: content.encode() for name, content in PARTS.items()}
    turned = dict(reversed(parts.items()))
    assert pack_in_order(parts) == pack_in_order(turned)
    made = pack((name, (content[:3], content[3:])) for name, content in parts.items())
    assert read(made, BOUNDS) == parts
    assert next(iter(read(pack_in_order(turned), BOUNDS))) == "[Content_Types].xml"
