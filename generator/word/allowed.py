"""What a Word template may hold: lists of what is allowed, so that what is new is outside them.

Names of relationships, content types and namespaces: ECMA-376 parts 1 and 2, [MS-DOCX], [MS-ODRAWXML].
"""

from __future__ import annotations

import re

FIELDS = frozenset(
    {"TOC", "REF", "SEQ", "PAGE", "PAGEREF", "NUMPAGES", "HYPERLINK", "STYLEREF"}
)  # fmt: skip
"""Kinds of fields: all count or point within the document."""
FETCHING = frozenset(
    {
        "DATABASE", "DDE", "DDEAUTO", "EMBED", "IMPORT", "INCLUDE", "INCLUDEPICTURE",
        "INCLUDETEXT", "LINK", "MACROBUTTON", "MERGEFIELD", "RD",
    }
)  # fmt: skip
"""Fields that read from elsewhere or start something, which are called so (ECMA-376 part 1, 17.16.5)."""
LINK = re.compile(
    r"https://[^\s/\\\"'<>{}|^`\x00-\x20][^\s\\\"'<>{}|^`]*|mailto:[^\s\\\"'<>{}|^`@]+@[^\s\\\"'<>{}|^`]+",
    re.IGNORECASE,
)
"""Where a link may lead, with the document at hand or without."""
WITHIN = re.compile(r"#[\w.\-]*")
"""A link to a place in the document, as LibreOffice writes it."""
RELATIONS = frozenset(
    {
        # of the package
        "officeDocument", "metadata/core-properties", "extended-properties", "custom-properties",
        "metadata/thumbnail",
        # of the text
        "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "numbering",
        "theme", "themeOverride", "header", "footer", "footnotes", "endnotes", "comments",
        "commentsExtended", "commentsIds", "commentsExtensible", "people", "glossaryDocument",
        "customXml", "customXmlProps", "image", "hyperlink", "bibliography",
        # of drawings
        "chart", "chartUserShapes", "chartStyle", "chartColorStyle", "package", "diagramData",
        "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
        # of the workbook inside a chart
        "worksheet", "sharedStrings", "table", "calcChain",
    }
)  # fmt: skip
"""Kinds of relationships, by what follows the last of `BASES`."""
BASES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.microsoft.com/office/2007/relationships/",
    "http://schemas.microsoft.com/office/2011/relationships/",
    "http://schemas.microsoft.com/office/2016/09/relationships/",
    "http://schemas.microsoft.com/office/2018/08/relationships/",
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
PICTURES = {
    "image/png": "png", "image/x-png": "png", "image/jpeg": "jpeg", "image/jpg": "jpeg",
    "image/pjpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp", "image/x-ms-bmp": "bmp",
}  # fmt: skip
"""Content types of pictures, and what their bytes must be."""
WORKBOOK = f"{_SHEET}sheet"
BOOK = f"{_SHEET}sheet.main+xml"
"""Content types of a workbook as a part, and of its main part."""
TYPES = (
    frozenset({
        "application/vnd.openxmlformats-package.relationships+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/xml", "text/xml", f"{_WORD}document.main+xml", WORKBOOK,
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.ms-office.chartstyle+xml",
        "application/vnd.ms-office.chartcolorstyle+xml",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    })
    | {f"{_WORD}{one}+xml" for one in (
        "styles", "settings", "webSettings", "fontTable", "numbering", "header", "footer",
        "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds",
        "commentsExtensible", "people", "document.glossary",
    )}
    | {f"{_DRAWING}{one}+xml" for one in (
        "chart", "chartshapes", "diagramData", "diagramLayout", "diagramStyle", "diagramColors",
    )}
    | {f"{_OFFICE}{one}+xml" for one in (
        "theme", "themeOverride", "extended-properties", "custom-properties",
        "customXmlProperties",
    )}
    | {f"{_SHEET}{one}+xml" for one in (
        "sheet.main", "worksheet", "styles", "sharedStrings", "table", "calcChain",
    )}
    | set(PICTURES)
)  # fmt: skip
"""Content types of parts."""
DATA = frozenset({"application/xml", "text/xml"})
"""Content types of data that Word keeps and shows only where a field of the form asks for it."""
NAMESPACES = (
    "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://purl.org/dc/",
    "http://schemas.microsoft.com/office/word/", "http://schemas.microsoft.com/office/drawing/",
    "http://schemas.microsoft.com/office/thememl/", "http://schemas.microsoft.com/office/excel/",
    "http://schemas.microsoft.com/office/spreadsheetml/", "http://www.w3.org/XML/1998/namespace",
    "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:word",
)  # fmt: skip
"""How the namespaces of elements begin."""
NOT_NAMESPACES = ("http://schemas.microsoft.com/office/word/2006/wordml",)
"""Toolbars and keys that start macros."""
NOT_ELEMENTS = frozenset(
    {
        "OLEObject", "altChunk", "applet", "attachedSchema", "audioCd", "audioFile", "control",
        "dataSource", "entryMacro", "exitMacro", "externalReference", "fldData", "frameset",
        "headerSource", "mailMerge", "movie", "object", "objectEmbed", "objectLink", "odso",
        "oleLink", "ddeLink", "oleObject", "quickTimeFile", "saveThroughXslt", "scriptAnchor",
        "snd", "sndAc", "subDoc", "videoFile", "wavAudioFile", "webExtensionCreated",
        "webExtensionLinked", "webVideoPr", "webExtension", "taskpane", "customUI", "connection",
        "webPr", "dbPr", "ole", "script",
    }
)  # fmt: skip
"""Elements of allowed namespaces that start, play or take in something, by their own names."""
COMPATIBILITY = "http://schemas.microsoft.com/office/word"
"""What settings about older versions of Word are called by."""
HAND_OVER = frozenset({"src", "althref", "action", "embeddedHtml", "url", "link"})
"""Attributes that say where to fetch or what to do; none may say anything but a relationship."""
TEXTS = frozenset({"descr", "title", "tooltip", "alt", "name", "instr", "author", "initials"})
"""Attributes that are read by people, and field codes, which are judged on their own."""
ADDRESS = re.compile(
    r"\s*(?:(?:https?|ftp|file|smb|dav|mhtml|javascript|vbscript|data|about|res|its|mk|"
    r"ms-[\w-]+|search-ms|word|[a-z][\w+.-]*://)[:/]|\\\\|//)",
    re.IGNORECASE,
)
"""How a value begins that leads somewhere."""
MOST_PIXELS, LONGEST_SIDE = 50_000_000, 12_000
"""Of one picture: a poster of A1 at 300 dots an inch has 70 million, a page of A3 17 million."""
MOST_PIXELS_TOGETHER = 150_000_000
LARGEST_PART = 4 * 2**20
"""Bytes of XML in one part: ten times the longest of the shipped templates."""
MOST = {"elements": 100_000, "bookmarks": 10_000, "tags": 10_000}
"""What the XML of a template may hold in all."""
LONGEST_TAG, MOST_BLANKS = 4_000, 64
"""Characters of a tag, and blanks in a row within it: docxtpl searches them over and over."""
