"""Messages as mail programs and servers read them: parsed back by the standard library."""

import base64
import email
import email.policy

import pytest
from msgspec.structs import replace

from generator.delivery.compose import Composer, wrong_addresses
from generator.delivery.plan import plan
from generator.problems import InputError


def composed(consignments, tmp_path, settings, templates, limit=15_000_000, **options):
    composer = Composer(tmp_path / "out", settings, templates, **options)
    made = []
    for errand in plan(consignments, tmp_path / "out", settings).errands:
        divided = composer.parts(errand, errand.items, limit)
        assert not divided.too_large
        made += [(part, composer.message(part).as_bytes()) for part in divided.parts]
    return composer, made


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def test_a_message_says_who_what_and_carries_the_files_as_built(
    consignment, recipient, tmp_path, settings, templates
):
    one = consignment("qingdao", [recipient(name="张三", language="zh-CN")])
    _, ((_, content),) = composed([one], tmp_path, settings, templates)
    message = parsed(content)
    assert (message["To"].addresses[0].display_name, message["To"].addresses[0].addr_spec) == (
        "张三", "office@example.org",
    )  # fmt: skip
    assert message["From"].addresses[0].display_name == "Planning office"
    assert message["Reply-To"] == "desk@example.org"
    assert message["Content-Language"] == "zh-CN"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.tzinfo is not None
    assert message["X-Unsent"] is None
    assert message["Bcc"] is None
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["青岛市 决策参阅.docx", "青岛市 决策参阅 (2).docx"]
    for part, item in zip(message.iter_attachments(), one.enclosures[2:], strict=True):
        assert part.get_content() == (tmp_path / "out" / item.path).read_bytes()
    assert message.get_body(("plain",)).get_content_type() == "text/plain"
    assert message.get_body(("html",)).get_content_type() == "text/html"


def test_the_bytes_are_seven_bit_lines_that_every_server_takes(
    consignment, recipient, tmp_path, settings, templates
):
    one = consignment("qingdao", [recipient(name="张" * 60, language="zh-CN")])
    _, ((_, content),) = composed([one], tmp_path, settings, templates)
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 998  # RFC 5322, 2.1.1


def test_a_draft_is_marked_as_one(consignment, recipient, tmp_path, settings, templates):
    one = consignment("qingdao", [recipient()])
    unsigned = replace(settings, sender="")
    _, ((_, content),) = composed([one], tmp_path, unsigned, templates, is_draft=True)
    message = parsed(content)
    assert (message["X-Unsent"], message["From"]) == ("1", None)


def test_an_international_domain_travels_in_ascii(
    consignment, recipient, tmp_path, settings, templates
):
    one = consignment("qingdao", [recipient("office@bücher.example.org")])
    wide = replace(settings, domains=("*.example.org",))
    _, ((_, content),) = composed([one], tmp_path, wide, templates)
    # The ASCII form as Python's own codec gives it.
    assert (
        parsed(content)["To"].addresses[0].domain
        == "bücher".encode("idna").decode() + ".example.org"
    )


def test_an_international_name_before_the_at_sign_is_written_in_utf8(
    consignment, recipient, tmp_path, settings, templates
):
    one = consignment("qingdao", [recipient("用户@example.org")])
    _, ((_, content),) = composed([one], tmp_path, settings, templates)
    assert "用户@example.org".encode() in content


@pytest.mark.parametrize("name", ["sender", "reply_to"])
def test_a_sender_that_not_every_server_can_carry_is_refused_before_anybody_has_failed(
    name, settings
):
    (only,) = wrong_addresses(replace(settings, **{name: "用户@example.org"}))
    assert only.code == "DL-203"


def test_the_same_message_has_the_same_number_and_another_has_another(
    consignment, recipient, tmp_path, settings, templates
):
    both = [consignment("qingdao", [recipient(), recipient("b@example.org", "D5")])]
    numbers = []
    for own in (settings, settings, replace(settings, campaign="autumn")):
        composer, made = composed(both, tmp_path, own, templates)
        numbers.append([composer.message_id(part) for part, _ in made])
    assert numbers[0] == numbers[1]
    assert len({*numbers[0], *numbers[2]}) == 4
    assert not any("office" in number for number in numbers[0])


@pytest.mark.parametrize("limit", [120_000, 200_000, 400_000])
def test_parts_stay_below_the_limit_and_hold_every_document_once(
    limit, consignment, recipient, tmp_path, settings, templates
):
    regions = [consignment(name, [recipient()], size=40_000) for name in ("a", "b", "c", "d")]
    _, made = composed(regions, tmp_path, settings, templates, limit=limit)
    assert max(len(content) for _, content in made) <= limit
    paths = [item.enclosure.path for part, _ in made for item in part.items]
    assert paths == [item.path for one in regions for item in one.enclosures[:2]]
    # As many as fit: eight files of 40 kB, each 4/3 as long in base64.
    coded = len(base64.encodebytes(bytes(40_000)))
    assert len(made) <= -(-8 // ((limit - 35_000) // coded))
    subjects = [parsed(content)["Subject"] for _, content in made]
    assert len(set(subjects)) == len(made)


def test_many_files_with_the_longest_names_stay_below_the_limit(
    consignment, recipient, tmp_path, settings, templates
):
    regions = []
    for number in range(30):
        one = consignment(f"r{number}", [recipient(language="zh-CN")], size=10_000)
        named = (replace(file, file=f"{'𠮷' * 96}{number}.docx") for file in one.enclosures)
        regions.append(replace(one, enclosures=tuple(named)))
    for limit in range(800_000, 900_000, 30_000):
        _, made = composed(regions, tmp_path, settings, templates, limit=limit)
        assert max(len(content) for _, content in made) <= limit


def test_a_document_larger_than_a_message_is_named_and_the_rest_goes(
    consignment, recipient, tmp_path, settings, templates
):
    composer = Composer(tmp_path / "out", settings, templates)
    (errand,) = plan([consignment("qingdao", [recipient()])], tmp_path / "out", settings).errands
    (tmp_path / "out" / "qingdao/annex.en.docx").write_bytes(bytes(90_000))
    divided = composer.parts(errand, errand.items, 100_000)
    assert [(item.enclosure.document, found.code) for item, found in divided.too_large] == [
        ("annex", "DL-108")
    ]
    assert [[item.enclosure.document for item in part.items] for part in divided.parts] == [
        ["leadership-brief"]
    ]


def test_a_document_changed_after_the_plan_is_not_sent(
    consignment, recipient, tmp_path, settings, templates
):
    one = consignment("qingdao", [recipient()])
    composer = Composer(tmp_path / "out", settings, templates)
    (errand,) = plan([one], tmp_path / "out", settings).errands
    (part,) = composer.parts(errand, errand.items, 1_000_000).parts
    (tmp_path / "out" / "qingdao/annex.en.docx").write_bytes(b"other")
    with pytest.raises(InputError) as fault:
        composer.message(part)
    assert [found.code for found in fault.value.problems] == ["DL-104"]


def test_hostile_file_names_become_names_that_every_system_saves(
    consignment, recipient, tmp_path, settings, templates
):
    one = consignment("qingdao", [recipient()])
    bad = '../../etc\\pass"wd\r\nX: y|<b>?*: \u202etxt.' + "长" * 300 + ".docx"
    one = replace(one, enclosures=tuple(replace(each, file=bad) for each in one.enclosures))
    _, ((_, content),) = composed([one], tmp_path, settings, templates)
    message = parsed(content)
    names = [part.get_filename() for part in message.iter_attachments()]
    assert message["X"] is None
    assert len(set(names)) == 2
    for name in names:
        assert not set(name) & set('\\/:*?"<>|\r\n\u202e')
        assert len(name) <= 120
        assert name.endswith(".docx")
