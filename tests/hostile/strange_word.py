"""Word templates of strangers, each with one thing in it that no document may carry on.

A case is a name, how a harmless template is spoilt, and what must be said of it and where: the code,
the part and the place. The second paragraph of the harmless template is where most of them stand.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import cache
from hashlib import sha256

from docx import Document
from openpyxl import Workbook

REQUIRED = (
    "{{ doc.as_of_line }}", "{{ doc.draft }}", "{{ disclaimer | join(' ') }}",
    "{{ attribution | join(' ') }}", "{% for ban in law.barred %}{{ ban.sentence }}{% endfor %}",
)  # fmt: skip
BODY, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
HERE = ("document", "P2")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:w15="{MICROSOFT}/word/2012/wordml" '
    f'xmlns:wp15="{MICROSOFT}/word/2012/wordprocessingDrawing"'
)


def harmless() -> dict[str, bytes]:
    """The parts of a template with nothing wrong in it."""
    return dict(_harmless())


@cache
def _harmless():
    document = Document()
    for text in ("before", "HERE", "after", *REQUIRED):
        document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts) -> bytes:
    """A package of parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def put(xml):
    """Runs in place of the second paragraph's text."""

    def spoil(parts):
        body = parts[BODY].decode()
        paragraph = f"<w:p {_SPACES}>{xml}</w:p>"
        parts[BODY] = re.sub(
            "<w:p><w:r><w:t>HERE</w:t></w:r></w:p>", lambda _: paragraph, body
        ).encode()

    return spoil


def relate(kind, target, mode="", owner=RELS, base=OFFICE):
    """One more relationship, `rX`."""

    def spoil(parts):
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        mark = f' TargetMode="{mode}"' if mode else ""
        one = f'<Relationship Id="rX" Type="{base}/{kind}" Target="{target}"{mark}/></Rel'
        parts[owner] = parts.get(owner, empty).replace(b"</Rel", one.encode(), 1)

    return spoil


def add(name, content, kind):
    """One more part."""

    def spoil(parts):
        parts[name] = content
        one = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        parts[TYPES] = parts[TYPES].replace(b"</Types>", one.encode())

    return spoil


def within(name, old, new):
    """An edit of a part."""

    def spoil(parts):
        changed = parts[name].replace(old, new, 1)
        assert changed != parts[name]
        parts[name] = changed

    return spoil


def together(*edits):
    """Several edits of one attack."""

    def spoil(parts):
        for edit in edits:
            edit(parts)

    return spoil


def begin(more=""):
    return f'<w:r><w:fldChar w:fldCharType="begin">{more}</w:fldChar></w:r>'


def code(text, tag="instrText"):
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def runs(text):
    return begin() + code(text) + SEPARATE + END


def simple(text):
    return f'<w:fldSimple w:instr="{text}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_URL = "&quot;http://127.0.0.1:9/a&quot;"
FETCHING = {
    "simple": simple(f"INCLUDEPICTURE {_URL}"),
    "runs": runs(f" INCLUDEPICTURE {_URL} "),
    "a tab": runs(f"\tINCLUDETEXT\t{_URL}"),
    "a new line": runs(f"\nINCLUDETEXT\n{_URL}"),
    "a wide blank": runs(f"\u00a0\u3000INCLUDETEXT\u00a0{_URL}"),
    "small letters": runs(f"includepicture {_URL}"),
    "quotes": runs(f"&quot;INCLUDEPICTURE&quot; {_URL}"),
    "curly quotes": runs(f"“INCLUDEPICTURE” {_URL}"),
    "a run a letter": begin() + "".join(map(code, "DDEAUTO cmd")) + SEPARATE + END,
    "plain text as code": begin() + code("INCLUDE") + code(f"TEXT {_URL}", "t") + SEPARATE + END,
    "deleted code": begin() + code(f"INCLUDETEXT {_URL}", "delInstrText") + SEPARATE + END,
    "a comment in the code": runs(f"INCLUDE<!-- x -->TEXT {_URL}"),
    "raw text": runs(f"<![CDATA[INCLUDETEXT]]> {_URL}"),
    "numbers for letters": runs(f"&#73;NCLUDETEXT {_URL}"),
    "a tab element": begin() + "<w:r><w:tab/></w:r>" + code("DDE x y") + SEPARATE + END,
    "no result": begin() + code(f"INCLUDETEXT {_URL}") + END,
    "within the result of another": begin() + code("REF a") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + runs(f"INCLUDETEXT {_URL}") + END,
    **{kind: runs(f"{kind} a b") for kind in ("DDE", "LINK", "DATABASE", "IMPORT", "RD", "MERGEFIELD", "MACROBUTTON", "EMBED")},
}  # fmt: skip
OTHER_FIELDS = {
    **{kind: runs(f" {kind} a ") for kind in ("IF", "ASK", "FILLIN", "AUTOTEXT", "QUOTE", "USERINFO", "DOCPROPERTY", "GOTOBUTTON", "PRINT", "DISPLAYBARCODE", "INFO", "NEXT")},
    "a formula": runs("= 1 + 1"),
    "nothing": runs("  "),
    "a known kind with more to it": runs("PAGEX"),
    "within the code": begin() + code("REF ") + runs(" PAGE ") + SEPARATE + END,
    "a simple one within the code": begin() + code("REF ") + simple("PAGE") + SEPARATE + END,
    "no end": begin() + code("PAGE") + SEPARATE,
    "no beginning": code("PAGE") + END,
    "a kind that a tag prints": runs("{{ 'INCLUDE' ~ 'TEXT' }} x"),
    "a kind that a condition chooses": runs("{% if doc.draft %}PAGE{% endif %}INCLUDETEXT x"),
    "a simple kind that a tag prints": simple("{{ doc.title }}"),
    "a note within the kind": runs("INCLUDE{# x #}TEXT x"),
}  # fmt: skip
TARGETS = {
    "script": "javascript:alert(1)", "script in mixed letters": "JaVaScRiPt:alert(1)",
    "VBScript": "vbscript:x", "a file": "file:///c:/windows/win.ini", "a drive": "c:\\x.exe",
    "a share": "\\\\127.0.0.1\\x", "a share with slashes": "//127.0.0.1/x",
    "the troubleshooter": "ms-msdt:/id x", "a search": "search-ms:query=x", "plain http": "http://127.0.0.1/",
    "data": "data:text/html,x", "a transfer": "ftp://127.0.0.1/x", "Word itself": "ms-word:ofe|u|x",
    "no host": "https:///x", "a backslash": "https:\\\\127.0.0.1", "a name to sign in": "mailto:",
    "a blank before": " file:///x", "a tag": "{{ doc.title }}",
}  # fmt: skip
LINKED_RUN = '<w:hyperlink r:id="rX"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
EMBEDDED = (
    ("oleObject", "embeddings/a.bin", OFFICE), ("package", "embeddings/a.docx", OFFICE),
    ("aFChunk", "a.html", OFFICE), ("control", "activeX/a.xml", OFFICE),
    ("frame", "frame.docx", OFFICE), ("attachedToolbars", "toolbars.bin", OFFICE),
    ("keyMapCustomizations", "customizations.xml", f"{MICROSOFT}/2006/relationships"),
    ("vbaProject", "project.bin", f"{MICROSOFT}/2006/relationships"),
    ("wordVbaData", "data.xml", f"{MICROSOFT}/2006/relationships"),
    ("mailMergeSource", "source.docx", OFFICE), ("recipientData", "recipients.xml", OFFICE),
    ("video", "media/a.mp4", OFFICE), ("audio", "media/a.mp3", OFFICE),
    ("media", "media/a.wmv", f"{MICROSOFT}/2007/relationships"),
    ("font", "fonts/a.odttf", OFFICE), ("printerSettings", "printer.bin", OFFICE),
    ("slicer", "slicer.xml", f"{MICROSOFT}/2007/relationships"),
    ("styles", "own.xml", "urn:elsewhere"), ("webextension", "web.xml", f"{MICROSOFT}/2011/relationships"),
)  # fmt: skip
OUTSIDE = (
    ("image", "https://127.0.0.1/a.png"), ("image", "file:///c:/a.png"),
    ("oleObject", "file://server/share/a.xlsx"), ("subDocument", "file:///c:/other.docx"),
    ("frame", "http://127.0.0.1/x"), ("aFChunk", "http://127.0.0.1/x.html"),
    ("attachedTemplate", "http://127.0.0.1/x.dotm"), ("styles", "http://127.0.0.1/s.xml"),
    ("theme", "\\\\127.0.0.1\\t.xml"), ("chart", "http://127.0.0.1/c.xml"),
    ("externalLinkPath", "http://127.0.0.1/x.xlsx"), ("video", "https://127.0.0.1/v"),
)  # fmt: skip
OF_THE_PACKAGE = (
    ("ui/extensibility", "customUI/customUI.xml", f"{MICROSOFT}/2006/relationships"),
    ("ui/extensibility", "customUI/customUI14.xml", f"{MICROSOFT}/2007/relationships"),
    ("ui/userCustomization", "userCustomization/customUI.xml", f"{MICROSOFT}/2006/relationships"),
    ("webextensiontaskpanes", "word/webextensions/taskpanes.xml", f"{MICROSOFT}/2011/relationships"),
    ("digital-signature/origin", "_xmlsignatures/origin.sigs", "http://schemas.openxmlformats.org/package/2006/relationships"),
)  # fmt: skip
ELEMENTS = {
    "an object": '<w:r><w:object><v:shape style="width:1pt"/></w:object></w:r>',
    "an embedded program": '<w:r><w:pict><o:OLEObject Type="Link" ProgID="Package"/></w:pict></w:r>',
    "a control": '<w:r><w:control w:name="x"/></w:r>',
    "a chunk": "<w:r><w:altChunk/></w:r>",
    "a part document": "<w:subDoc/>",
    "a picture of VML from elsewhere": '<w:r><w:pict><v:shape><v:imagedata src="http://127.0.0.1/a.png"/></v:shape></w:pict></w:r>',
    "a picture of VML behind another name": '<w:r><w:pict><v:shape><v:imagedata o:althref="file:///a.png"/></v:shape></w:pict></w:r>',
    "a fill of VML from elsewhere": '<w:r><w:pict><v:rect><v:fill src="\\\\127.0.0.1\\a.png"/></v:rect></w:pict></w:r>',
    "a shape that is a link": '<w:r><w:pict><v:rect href="javascript:x"/></w:pict></w:r>',
    "a shape that is a link to a share": '<w:r><w:pict><v:rect href="\\\\127.0.0.1\\x"/></w:pict></w:r>',
    "a film from the web": '<w:r><w:drawing><wp:inline><wp15:webVideoPr embeddedHtml="&lt;iframe/&gt;"/></wp:inline></w:drawing></w:r>',
    "a part of an add-in": "<w:sdt><w:sdtPr><w15:webExtensionLinked/></w:sdtPr><w:sdtContent/></w:sdt>",
    "a macro when entering": begin('<w:ffData><w:entryMacro w:val="x"/></w:ffData>') + code("PAGE") + SEPARATE + END,
    "hidden data of a field": begin("<w:fldData>AAAA</w:fldData>") + code("PAGE") + SEPARATE + END,
    "a script": '<w:r><w:scriptAnchor><w:script w:val="x"/></w:scriptAnchor></w:r>',
    "an action of a shape": '<w:r><w:drawing><wp:inline><a:hlinkClick r:id="" action="ppaction://program"/></wp:inline></w:drawing></w:r>',
    "a sound": '<w:r><w:drawing><wp:inline><a:hlinkClick r:id=""><a:snd r:embed="" name="x"/></a:hlinkClick></wp:inline></w:drawing></w:r>',
    "a film": '<w:r><w:drawing><wp:inline><a:videoFile r:link=""/></wp:inline></w:drawing></w:r>',
    "another language": '<x:y xmlns:x="urn:elsewhere"/>',
    "a page of the web": '<script xmlns="http://www.w3.org/1999/xhtml">x</script>',
    "a drawing of the web": '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a relationship that a tag names": '<w:hyperlink r:id="{{ doc.title }}"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
    "an address in any attribute": '<w:r><w:rPr><w:rStyle w:val="file:///c:/x"/></w:rPr><w:t>x</w:t></w:r>',
}  # fmt: skip
SETTINGS = {
    "a mail merge": '<w:mailMerge><w:query w:val="SELECT * FROM x"/></w:mailMerge>',
    "a schema from elsewhere": '<w:attachedSchema w:val="http://127.0.0.1/x.xsd"/>',
    "a transformation": "<w:saveThroughXslt/>",
}
PLACES_OF_TYPES = {
    "word/styles.xml": "styles", "word/settings.xml": "settings", "word/theme/theme1.xml": "theme1",
    "word/fontTable.xml": "fontTable", "docProps/app.xml": "app", "docProps/core.xml": "core",
    "word/numbering.xml": "numbering", "word/_rels/document.xml.rels": "document.xml.rels",
    "word/webSettings.xml": "webSettings", "customXml/item1.xml": "item1",
}  # fmt: skip


def declared(name, declaration=b'<!DOCTYPE x [<!ENTITY e "e">]>', before=b""):
    def spoil(parts):
        content = re.sub(rb"^<\?xml.*?\?>\s*", b"", parts[name], flags=re.DOTALL)
        parts[name] = before + declaration + content

    return spoil


def in_utf_16(name):
    def spoil(parts):
        content = re.sub(r"^<\?xml.*?\?>\s*", "", parts[name].decode(), flags=re.DOTALL)
        parts[name] = ('<!DOCTYPE x [<!ENTITY e "e">]>' + content).encode("utf-16")

    return spoil


def png(width, height):
    """What a picture says of itself; nothing more is read."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def jpeg(width, height):
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04xx" + frame + b"\xff\xd9"


def pictured(content, kind="image/png", ending="png", count=1):
    def spoil(parts):
        for number in range(count):
            name = f"word/media/own{number}.{ending}"
            add(name, content, kind)(parts)
            relate("image", f"media/own{number}.{ending}")(parts)
            parts[RELS] = parts[RELS].replace(b'"rX"', b'"rX%d"' % number)

    return spoil


PICTURES = {
    "60,000 pixels wide": (png(60_000, 1), "image/png", "png"),
    "60,000 pixels each way": (png(60_000, 60_000), "image/png", "png"),
    "a large JPEG": (jpeg(60_000, 60_000), "image/jpeg", "jpeg"),
    "a large GIF": (b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(9), "image/gif", "gif"),
    "a large BMP": (b"BM" + bytes(16) + struct.pack("<ii", 60_000, -60_000) + bytes(9), "image/bmp", "bmp"),
    "80 million pixels": (png(10_000, 8_000), "image/png", "png"),
    "a page called a picture": (b"<html><script>1</script></html>", "image/png", "png"),
    "a JPEG called a PNG": (jpeg(10, 10), "image/png", "png"),
    "a JPEG cut short": (b"\xff\xd8\xff\xe0\x00", "image/jpeg", "jpeg"),
}  # fmt: skip
KINDS_OF_PICTURES = {
    "a drawing with scripts": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "svg"),
    "a metafile": (b"\x01\x00\x00\x00", "image/x-emf", "emf"),
    "an old metafile": (b"\xd7\xcd\xc6\x9a", "image/x-wmf", "wmf"),
    "a TIFF": (b"II*\x00", "image/tiff", "tiff"),
}  # fmt: skip


def chart_with(book):
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    drawing = (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="c" descr="Our own"/><a:graphic>'
        f'<a:graphicData uri="{chart}"><c:chart xmlns:c="{chart}" r:id="rX"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    return together(
        put(drawing),
        relate("chart", "charts/chart1.xml"),
        add("word/charts/chart1.xml", f'<c:chartSpace xmlns:c="{chart}"/>'.encode(),
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
        relate("package", "../embeddings/b.xlsx", owner="word/charts/_rels/chart1.xml.rels"),
        add("word/embeddings/b.xlsx", book,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )  # fmt: skip


def book(edit=None):
    held = io.BytesIO()
    Workbook().save(held)
    with zipfile.ZipFile(held) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if edit:
        edit(parts)
    return packed(parts)


_BOOK_RELS = "xl/_rels/workbook.xml.rels"
BOOKS = {
    "with a link elsewhere": book(relate("externalLink", "file:///x.xlsx", "External", _BOOK_RELS)),
    "with connections": book(together(
        relate("connections", "connections.xml", owner=_BOOK_RELS),
        add("xl/connections.xml", b"<connections/>", "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml"))),
    "with macros": book(together(
        relate("vbaProject", "vbaProject.bin", owner=_BOOK_RELS, base=f"{MICROSOFT}/2006/relationships"),
        add("xl/vbaProject.bin", b"x", "application/vnd.ms-office.vbaProject"))),
    "with a document type": book(declared("xl/workbook.xml")),
    "of the older kind": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "that is a page": b"<html><script>1</script></html>",
    "that is a document": packed(harmless()),
}  # fmt: skip


def repeated(piece, count):
    """One piece many times in the second paragraph."""
    return put(piece * count)


def bookmarks(count):
    return put(
        "".join(
            f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/><w:bookmarkEnd w:id="{n}"/>'
            for n in range(count)
        )
    )


def text_run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def in_cell(text):
    cell = f"<w:tc><w:tcPr/><w:p>{text}</w:p></w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"

    def spoil(parts):
        body = parts[BODY].decode()
        parts[BODY] = body.replace(
            "<w:p><w:r><w:t>HERE</w:t></w:r></w:p>", table + "<w:p/>"
        ).encode()

    return spoil


def swollen(parts):
    """A small package that unpacks to 95 MB in parts that each are small enough."""
    for number in range(12):
        add(f"customXml/item{number + 9}.xml", b"<a>" + b" " * 7_900_000 + b"</a>", "application/xml")(parts)  # fmt: skip


BLANKS = " " * 20_000
CELL = ("document", "T1R1C1")
TOO_LARGE = {
    "30,000 bookmarks": (bookmarks(30_000), "TP-144", ("", "")),
    # The part is refused for its length before anybody counts.
    "60,000 bookmarks": (bookmarks(60_000), "TP-144", ("document", "")),
    "200,000 elements": (repeated("<w:r/>", 200_000), "TP-144", ("", "")),
    "20,000 tags": (repeated(text_run("{{ doc.title }}"), 20_000), "TP-144", ("", "")),
    "a part of 5 MB": (put(text_run("".join(sha256(b"%d" % n).hexdigest() for n in range(80_000)))), "TP-144", ("document", "")),
    "95 MB in small parts": (swollen, "TP-101", ("", "")),
    "blanks after colspan": (in_cell(text_run("{% colspan" + BLANKS)), "TP-146", CELL),
    "blanks after colspan, closed": (in_cell(text_run("{% colspan" + BLANKS + "1 %}")), "TP-146", CELL),
    "blanks before the end of cellbg": (in_cell(text_run("{% cellbg 1" + BLANKS)), "TP-146", CELL),
    "blanks over many runs": (in_cell("".join(text_run("{% colspan" if n == 0 else " " * 30) for n in range(400))), "TP-146", CELL),
    "blanks of all kinds": (in_cell(text_run("{% colspan" + "\u3000\u00a0\t" * 3_000)), "TP-146", CELL),
    "an endless tag": (put(text_run("{{ doc.title ~ '" + "x" * 9_000 + "' }}")), "TP-146", HERE),
    "150 million pixels together": (pictured(png(7_000, 6_000), count=4), "TP-143", ("", "")),
}  # fmt: skip


def of_fields():
    for name, xml in FETCHING.items():
        yield f"field that fetches: {name}", (put(xml), "TP-127", HERE)
    for name, xml in OTHER_FIELDS.items():
        yield f"field: {name}", (put(xml), "TP-141", HERE)


def of_links():
    for name, target in TARGETS.items():
        told = target.replace("\\", "\\\\")
        yield f"link in a field: {name}", (put(runs(f' HYPERLINK "{told}" ')), "TP-142", HERE)
        link = together(put(LINKED_RUN), relate("hyperlink", target, "External"))
        yield f"link: {name}", (link, "TP-142", HERE)
    for name, arguments in (
        ("behind a place", '\\l "a" "file:///x"'), ("behind a format", '\\* "file:///x"'),
        ("in a frame", '\\t "javascript:x" "https://example.org"'), ("no quotes", "file:///x"),
    ):  # fmt: skip
        yield f"link in a field: {name}", (put(runs(f"HYPERLINK {arguments}")), "TP-142", HERE)
    tabbed = together(put(LINKED_RUN), relate("hyperlink", "java&#9;script:x", "External"))
    yield "link with a tab inside", (tabbed, "TP-142", HERE)


def of_parts():
    for kind, target, base in EMBEDDED:
        ending = target.rpartition(".")[2]
        part = add(f"word/{target}", b"<x/>" if ending == "xml" else b"x", f"application/{ending}")
        both = together(relate(kind, target, base=base), part)
        yield f"part: {kind}", (both, "TP-127", ("document", ""))
    for kind, target in OUTSIDE:
        outside = relate(kind, target, "External")
        yield f"outside: {kind} {target[:9]}", (outside, "TP-127", ("document", ""))
    yield "nothing there", (relate("image", "media/none.png"), "TP-127", ("document", ""))
    for number, (kind, target, base) in enumerate(OF_THE_PACKAGE):
        part = add(target, b"<customUI/>", "application/xml")
        both = together(relate(kind, target, owner="_rels/.rels", base=base), part)
        yield f"of the package: {number} {kind}", (both, "TP-127", ("", ""))


def of_objects():
    """An object as Word writes it: one mistake, although it stands in three places."""
    shown = '<w:r><w:object><v:shape><v:imagedata o:title=""/></v:shape><o:OLEObject Type="Embed" ProgID="Word.Document.12" r:id="rX"/></w:object></w:r>'
    for kind, ending in (("package", "docx"), ("package", "pptx"), ("oleObject", "bin")):
        part = add(f"word/embeddings/a.{ending}", b"x", f"application/{ending}")
        both = together(put(shown), relate(kind, f"embeddings/a.{ending}"), part)
        yield f"object: {ending}", (both, "TP-127", HERE)
    linked = together(put(shown), relate("oleObject", "file:///c:/a.docx", "External"))
    yield "object outside", (linked, "TP-127", HERE)
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="x"/><a:blip r:link="rX"/></wp:inline></w:drawing></w:r>'
    linked = together(put(picture), relate("image", "https://127.0.0.1/a.png", "External"))
    yield "picture outside", (linked, "TP-127", HERE)


def of_pictures():
    for name, (content, kind, ending) in PICTURES.items():
        place = (f"own0.{ending}", "")
        yield f"picture: {name}", (pictured(content, kind, ending), "TP-143", place)
    for name, (content, kind, ending) in KINDS_OF_PICTURES.items():
        place = (f"own0.{ending}", "")
        yield f"picture: {name}", (pictured(content, kind, ending), "TP-127", place)


def of_xml():
    for name, xml in ELEMENTS.items():
        yield f"element: {name}", (put(xml), "TP-127", HERE)
    for name, xml in SETTINGS.items():
        edit = within("word/settings.xml", b"</w:settings>", f"{xml}</w:settings>".encode())
        yield f"setting: {name}", (edit, "TP-127", ("settings", ""))
    for name, content in BOOKS.items():
        yield f"workbook in a chart: {name}", (chart_with(content), "TP-127", ("b.xlsx", ""))


def word_cases():
    """Name to how it is spoilt, the code and the place."""
    return (
        dict((*of_fields(), *of_links(), *of_parts(), *of_objects(), *of_pictures(), *of_xml()))
        | TOO_LARGE
    )


def doctype_cases():
    """Parts that declare a document type, which the reader of packages or of XML refuses."""
    cases = {f"in {short}": declared(name) for name, short in PLACES_OF_TYPES.items()}
    late = b"<!-- " + b"x" * 9_000 + b" -->"
    return cases | {
        "late in styles": declared("word/styles.xml", before=late),
        "late in data": declared("customXml/item1.xml", before=late),
        "in another encoding": in_utf_16("word/styles.xml"),
        "without entities": declared("word/settings.xml", b"<!DOCTYPE x>"),
        "from elsewhere": declared("word/settings.xml", b"<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>"),
    }  # fmt: skip
