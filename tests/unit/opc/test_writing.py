"""Packages joined from parts that were deflated before."""

from __future__ import annotations

import io
import zipfile

from generator.opc import joined, packed

PARTS = {
    "[Content_Types].xml": b"<Types/>" * 40,
    "word/document.xml": bytes(range(256)) * 50,
    "word/media/图.png": b"\x89PNG",
    "empty.xml": b"",
}


def by_zipfile(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            with package.open(info, "w") as part:
                part.write(content)
    return made.getvalue()


def test_a_package_is_what_the_standard_library_writes():
    assert joined(packed(name, content) for name, content in PARTS.items()) == by_zipfile(PARTS)


def test_a_part_in_pieces_is_the_part_in_one():
    assert packed("a.xml", (b"one ", b"", b"two")) == packed("a.xml", b"one two")


def test_a_part_can_be_put_into_any_number_of_packages():
    shared = packed("b.xml", b"shared")
    for other in (b"one", b"another" * 100):
        content = joined((packed("a.xml", other), shared))
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.testzip() is None
            assert {name: package.read(name) for name in package.namelist()} == {
                "a.xml": other,
                "b.xml": b"shared",
            }
