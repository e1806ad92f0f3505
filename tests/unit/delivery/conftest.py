"""A small consignment on the disk, and settings to send it with."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.model import Consignment, Enclosure, Label, Letter, Recipient
from generator.problems import Origin
from generator.settings.mail import MailSettings, load_mail_settings
from generator.shipped import data_root


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailSettings:
    """Settings of a folder without a settings file."""
    monkeypatch.chdir(tmp_path)
    return replace(
        load_mail_settings({"campaign": "spring"}, {}),
        domains=("example.org",),
        host="mail.example.org",
        sender="Planning office <plan@example.org>",
        ledger=tmp_path / "ledger.sqlite",
    )


@pytest.fixture
def templates() -> dict[str, dict[str, Path]]:
    root = data_root() / "templates"
    names = ("mail.subject.txt", "mail.txt", "mail.html")
    return {
        language: {name: root / language / name for name in names} for language in ("en", "zh-CN")
    }


def letter(name: str) -> Letter:
    return Letter(
        name=name,
        answer=f"{name} would gain most from two uses together.",
        barred="The rules on file bar mining.",
        barred_rows=(("Mining", "Barred by a rule."),),
        as_of="28 November 2026",
        as_of_line="As of 28 November 2026",
        draft="",
        handling="internal",
        prepared_by="Planning office",
        disclaimer=("Not advice.",),
    )


@pytest.fixture
def consignment(tmp_path: Path) -> Callable[..., Consignment]:
    """`consignment("qingdao", recipients, handling="public")` in `out/`."""

    def make(
        region: str,
        recipients: list[Recipient],
        handling: str = "public",
        documents: tuple[str, ...] = ("leadership-brief", "annex"),
        size: int = 2_000,
        contact: str = "desk@example.org",
    ) -> Consignment:
        enclosures = []
        for language in ("en", "zh-CN"):
            for document in documents:
                path = f"{region}/{document}.{language}.docx"
                file = tmp_path / "out" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                content = (path.encode() * size)[:size]
                file.write_bytes(content)
                digest = hashlib.sha256(content).hexdigest()
                title = {"en": document, "zh-CN": "决策参阅"}[language]
                about = {"en": region.title(), "zh-CN": "青岛市"}[language]
                enclosures.append(
                    Enclosure(document, language, title, f"{about} {title}.docx", path, digest)
                )
        letters = {"en": letter(region.title()), "zh-CN": letter("青岛市")}
        return Consignment(
            region, handling, (contact,), letters, tuple(enclosures), tuple(recipients)
        )

    return make


@pytest.fixture
def recipient() -> Callable[..., Recipient]:
    def make(
        email: str = "office@example.org",
        cell: str = "D4",
        name: str = "Office",
        language: str = "en",
        documents: tuple[str, ...] = ("leadership-brief", "annex"),
        file: str = "qingdao.xlsx",
    ) -> Recipient:
        label = Label(((language, name),))
        return Recipient(Origin(file, "Recipients", cell), label, email, language, documents)

    return make
