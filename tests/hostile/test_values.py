"""What stands inside a value must neither cut nor change it."""

import pytest


@pytest.mark.parametrize(
    "inner",
    ["<v>5<!-- note -->7</v>", "<v>5<?go now?>7</v>", "<v><![CDATA[57]]></v>", "<v>&#53;7</v>"],
    ids=["comment", "processing instruction", "CDATA", "character by its number"],
)
def test_number_is_read_whole(judge, package, inner):
    judge(package().cell("Power!F2", "", inner).bytes(), {"power.0.spare_mw": 57})


@pytest.mark.parametrize(
    "inner",
    ["<t>No<!-- x -->rth 2</t>", "<t>No<?go?>rth 2</t>", "<t><![CDATA[North]]> 2</t>",
     "<r><t>No<!-- x -->rth</t></r><r><t> 2</t></r>"],
)  # fmt: skip
def test_text_is_read_whole(judge, package, inner):
    book = package().cell("Power!B2", 't="inlineStr"', f"<is>{inner}</is>")
    judge(book.bytes(), {"power.0.name": "North 2"})


@pytest.mark.parametrize("inner", ["<v>17<x/>7</v>", "<v>17</v><v>7</v>", "<v>1<v>7</v></v>"])
def test_element_inside_a_value_is_damage(judge, package, inner):
    judge(package().cell("Power!F2", "", inner).bytes(), "IN-103")


def test_notes_of_cells_are_counted(judge, package):
    book = package()
    book.write("xl/comments1.xml", "<comments><authors><author>Li</author></authors><commentList>"
               '<comment ref="F2" authorId="0"/></commentList></comments>')  # fmt: skip
    book.write("xl/worksheets/_rels/sheet2.xml.rels",
               book.relations([("rId1", "comments", "../comments1.xml")]))  # fmt: skip
    judge(book.bytes(), {"said": {"IN-137 Power"}})
