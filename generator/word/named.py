"""Tables and charts that say in hidden text which data they show.

The alternative text is where a designer names the data, but LibreOffice 7 drops that of tables and
of charts when it saves a Word file. Hidden text it keeps: `table:…` in a cell of the table, `chart:…`
in the paragraph of the drawing. It also moves the tip of a link to where the frame of a link stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.word.looks import is_on
from generator.word.tags import W, ancestor

_NAMES = re.compile(r"\s*(table|chart)\s*[:：].*", re.DOTALL)
_ABOUT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BOXES = ("tblCaption", "tblDescription")
_FRAME, _TIP = f"{W}tgtFrame", f"{W}tooltip"


def take_names(document: etree._Element) -> None:
    """Put names from hidden text where alternative text lacks them, in place.

    Args:
        document: The document part of a template; the hidden text goes from it.
    """
    for run, name, kind in list(_hidden_names(document)):
        if kind == "table":
            _name_table(ancestor(run, f"{W}tbl"), name)
        else:
            _name_chart(ancestor(run, f"{W}p"), name)
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
    for link in document.iter(f"{W}hyperlink"):
        frame = link.get(_FRAME, "")
        if "{{" in frame:
            del link.attrib[_FRAME]
            link.set(_TIP, link.get(_TIP, frame))


def _hidden_names(document: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """The runs that name data, each with what it says and whether of a table or a chart."""
    for hidden in document.iter(f"{W}vanish"):
        run = ancestor(hidden, f"{W}r")
        if run is None or not is_on(hidden.get(f"{W}val", "1")):
            continue
        text = "".join(one.text or "" for one in run.iter(f"{W}t"))
        if found := _NAMES.fullmatch(text):
            yield run, text.strip(), found[1]


def _name_table(table: etree._Element | None, name: str) -> None:
    properties = None if table is None else table.find(f"{W}tblPr")
    if properties is None:
        return
    notes = [note for box in _BOXES for note in properties.iterfind(f"{W}{box}")]
    if any(_NAMES.fullmatch(note.get(f"{W}val", "")) for note in notes):
        return
    for note in properties.findall(f"{W}tblDescription"):
        name = f"{name} {note.get(f'{W}val', '')}"
        properties.remove(note)
    change = properties.find(f"{W}tblPrChange")
    made = etree.Element(f"{W}tblDescription", {f"{W}val": name})
    if change is None:
        properties.append(made)
    else:
        change.addprevious(made)


def _name_chart(paragraph: etree._Element | None, name: str) -> None:
    """The first drawing of the paragraph that has no alternative text."""
    for about in () if paragraph is None else paragraph.iter(_ABOUT):
        if not about.get("descr"):
            about.set("descr", name)
            return
