"""Two Word files held against each other: parts, what they are and point to, XML in canonical form."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree


def parts_of(content):
    """All parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def differences(one, other):
    """Where two packages differ: names of parts, with what each of them says there.

    White space between elements, names of prefixes and the order of relations do not count.
    """
    mine, theirs = parts_of(one), parts_of(other)
    found = [(name, name in mine, name in theirs) for name in sorted(mine.keys() ^ theirs.keys())]
    for name in sorted(mine.keys() & theirs.keys()):
        said = [_said(parts, name) for parts in (mine, theirs)]
        if said[0] != said[1]:
            found.append((name, *_where(*said)))
    return found


def _said(parts, name):
    content = parts[name]
    if name == "[Content_Types].xml":
        return sorted((one, _type(content, one)) for one in parts if one != name)
    if name.endswith(".rels"):
        return sorted(_relations(name, content))
    if name.endswith(".xml"):
        return etree.tostring(_tree(content), method="c14n", exclusive=True)
    if name.endswith(".xlsx"):
        inner = parts_of(content)
        return [(one, _said(inner, one)) for one in sorted(inner)]
    return content


def _tree(content):
    return etree.fromstring(content, etree.XMLParser(remove_blank_text=True))


def _type(types, name):
    exact, by_ending = {}, {}
    for one in _tree(types):
        if one.get("PartName"):
            exact[one.get("PartName").lower()] = one.get("ContentType")
        else:
            by_ending[one.get("Extension").lower()] = one.get("ContentType")
    return exact.get(f"/{name}".lower(), by_ending.get(name.rpartition(".")[2].lower()))


def _relations(name, content):
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in _tree(content):
        mode, target = one.get("TargetMode", "Internal"), one.get("Target")
        if mode == "Internal":
            target = posixpath.normpath(posixpath.join("/", folder, target))
        yield one.get("Id"), one.get("Type"), target, mode


def _where(one, other):
    """What stands around the first place where two values differ."""
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    around = slice(max(0, place - 120), place + 120)
    return one[around], other[around]
