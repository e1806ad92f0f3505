"""Values kept small: the same when they are asked for."""

from generator.intake import read_submission
from generator.model import Packed


def test_regions_come_out_as_they_went_in(root, knowledge):
    books = sorted((root / "inputs/regions").glob("*.xlsx"))
    found = read_submission(books, knowledge)
    again = read_submission(books, knowledge)
    assert found.codes == ("changzhi", "heze", "qingdao")
    assert [region.code for region in found.regions] == [*found.codes]
    assert found.regions == again.regions
    assert repr([*found.regions]) == repr([*again.regions])
    assert found.regions[-1].code == "qingdao"
    assert [region.code for region in found.regions[:2]] == ["changzhi", "heze"]
    assert found.notice_of(found.regions[0]) == again.notice_of(again.regions[0])


def test_names_are_known_without_looking_and_some_can_be_left_out():
    values = Packed([("a", (1,)), ("b", (2,))])
    values.add([("c", (3,)), ("a", (4,))])
    assert values.names == ("a", "b", "c")
    assert [*values] == [(4,), (2,), (3,)]
    assert [*values.but({"b"})] == [(4,), (3,)]
    assert dict(values.by_name()) == {"a": (4,), "b": (2,), "c": (3,)}
    assert values != ((4,), (2,))
    assert Packed() == ()
