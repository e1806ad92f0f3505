"""The help of the command speaks the reader's language, and says all that the table has to say."""

from __future__ import annotations

import csv
import re
from unicodedata import east_asian_width

import pytest

from generator.cli.arguments import language_asked, parser_in
from generator.settings.declared import MAIL_SETTINGS, SETTINGS
from generator.shipped import LANGUAGES

LATIN = re.compile(r"[a-z]{3,}")
NAMES = {
    "briefs", "build", "new", "check", "rules", "explain", "diff", "send", "template", "fields", "copy",
    "help", "version", "lang", "out", "document", "draws", "seed", "pdf", "paginate", "jobs", "force",
    "verbose", "verify", "catalogue", "templates", "quiet", "json", "annotate", "jurisdiction",
    "example", "from", "activity", "smtp", "campaign", "dry", "run", "yes", "status", "only",
    "resend", "unknown", "changed", "failed", "arrived", "allow", "leadership", "planning", "brief",
    "annex", "comparison", "qingdao", "region", "xlsx", "org", "outbox", "ord", "ibre", "ffice", "ask",
    "tcp", "cluster",
}  # fmt: skip
NAMES |= {word for one in (*SETTINGS, *MAIL_SETTINGS) for word in one.key.split("_")}
"""What is typed as it stands, in any language."""


COMMANDS = (
    "", "build", "new", "check", "rules", "explain", "diff", "send", "template", "template fields",
    "template check", "template copy",
)  # fmt: skip


@pytest.fixture
def help_of(capsys):
    """What the help of a command says in a language."""

    def shown(command, language):
        with pytest.raises(SystemExit):
            parser_in(language).parse_args([*command.split(), "--help"])
        return capsys.readouterr().out

    return shown


def rows(root, beginning):
    with (root / "templates/strings.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"] for row in csv.DictReader(file) if row["key"].startswith(beginning)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_argument_has_its_words(command, language, help_of):
    text = help_of(command, language)
    assert "--help" in text
    assert not re.search(r"(?:command|option)\.[a-z_.]+", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_chinese_help_is_chinese_and_fits_the_screen(command, help_of, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = help_of(command, "zh-CN")
    assert set(LATIN.findall(text)) <= NAMES
    for line in text.splitlines():
        assert sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) <= 60, line


def test_every_declared_setting_has_its_text_and_no_text_is_without_one(root):
    assert {one.help_key for one in (*SETTINGS, *MAIL_SETTINGS)} == rows(root, "option.")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (("--lang", "zh-CN", "--help"), "zh-CN"), (("build", "--lang=zh-CN"), "zh-CN"),
        (("build",), "en"), (("build", "--lang", "xx"), "en"),
        (("build", "--lang", "en", "--lang", "zh-CN"), "en"),
    ],
)  # fmt: skip
def test_the_one_language_named_is_that_of_the_help(words, language):
    assert language_asked(words, lambda: "en") == language


def test_the_language_before_a_command_is_its_own_too():
    options = parser_in("en").parse_args(["--lang", "zh-CN", "build"])
    assert options.lang == ["zh-CN"]
    options = parser_in("en").parse_args(["--lang", "zh-CN", "build", "--lang", "en"])
    assert options.lang == ["en"]
