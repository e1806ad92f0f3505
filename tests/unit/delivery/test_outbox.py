"""The folder of drafts: what a run finds there from earlier and from others."""

import json
from datetime import date

import pytest
from msgspec.structs import replace

from generator.delivery.compose import is_draft
from generator.delivery.ledger import Entry, key_of
from generator.delivery.plan import plan
from generator.delivery.post import due
from generator.delivery.record import as_record
from generator.pipeline.mail import mail_due, mail_plan, write_drafts
from generator.problems import InputError, Problem
from generator.settings import load_settings


@pytest.fixture
def fill(consignment, recipient, tmp_path, settings):
    """`fill(handling)` builds for one recipient outside every list: names of drafts, problems."""
    out = tmp_path / "out"

    def run(handling="public"):
        made = consignment("qingdao", [recipient("office@example.com")], handling)
        (out / "delivery.json").write_bytes(as_record([made], []))
        chosen = load_settings({"out": str(out)}, date(2026, 11, 28))
        open_to_all = replace(settings, domains=())
        plan = mail_plan(chosen, open_to_all)
        found = write_drafts(chosen, open_to_all, plan)
        return [one if isinstance(one, Problem) else one.file for one in found]

    return run


def test_a_draft_goes_when_its_region_is_marked_internal_afterwards(fill, tmp_path):
    (name,) = fill()
    assert (tmp_path / "out" / "outbox" / name).is_file()
    assert fill("internal") == []
    assert list((tmp_path / "out" / "outbox").iterdir()) == []


def test_mail_and_folders_that_others_put_into_the_outbox_stay(fill, tmp_path):
    box = tmp_path / "out" / "outbox"
    (box / "kept.eml").mkdir(parents=True)
    (box / "answer.eml").write_text("mine", encoding="utf-8")
    (box / "007-heze.en.eml").write_text("of an earlier run", encoding="utf-8")
    (name,) = fill()
    assert {one.name for one in box.iterdir()} == {"kept.eml", "answer.eml", name}


def test_a_draft_that_somebody_changed_is_set_aside_and_that_is_said(fill, tmp_path):
    box = tmp_path / "out" / "outbox"
    (name,) = fill()
    (box / name).write_text("with a word of my own", encoding="utf-8")
    said, again = fill()
    assert (said.code, str(said.origin), again) == ("RN-124", f"outbox/{name}", name)
    kept = box / dict(said.args)["kept"]
    assert kept.read_text(encoding="utf-8") == "with a word of my own"
    assert not is_draft(kept.name)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["set_aside"] == {f"outbox/{kept.name}": f"outbox/{name}"}
    assert fill() == [name]
    assert {one.name for one in box.iterdir()} == {name, kept.name}


def test_a_look_ahead_at_sending_needs_its_campaign(consignment, recipient, settings, tmp_path):
    made = plan([consignment("qingdao", [recipient()])], tmp_path / "out", settings)
    with pytest.raises(InputError) as caught:
        mail_due(replace(settings, campaign=""), made, frozenset())
    assert [one.code for one in caught.value.problems] == ["DL-202"]


@pytest.mark.parametrize("state", ["weird", "", "sending"])
def test_a_state_that_nobody_knows_is_held_back_as_unknown(
    state, consignment, recipient, settings, tmp_path
):
    made = plan([consignment("qingdao", [recipient()])], tmp_path / "out", settings)
    item = made.errands[0].items[0]
    key = key_of(made.errands[0], item)
    entry = Entry("spring", *key, item.enclosure.sha256, state, "", "2026-11-28", "")
    found, held = due(made, [entry], frozenset())
    assert [one.code for one in held] == ["DL-404"]
    assert item not in found[0].items
