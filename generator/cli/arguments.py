"""The arguments of the command, and what its help says of them in the reader's language.

What is a setting is declared in `generator.settings.declared`; the words stand in the text table:
`command.<command>` says what a command does, `command.<command>.<argument>` what an argument of it is.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NoReturn
from unicodedata import east_asian_width

from generator import __version__
from generator.cli import commands as does
from generator.cli.commands import diff
from generator.problems import seen
from generator.settings.declared import MAIL_SETTINGS, SETTINGS, Kind
from generator.shipped import ENGLISH, LANGUAGES, texts

_SETTINGS = {one.key: one for one in (*SETTINGS, *(one for one in MAIL_SETTINGS if one.has_flag))}
_RESENT = ("unknown", "changed", "failed")
"""What became of a document that is sent once more."""
_NO_FIRST = "，。；：、）”！？"
"""Signs that no line of Chinese begins with."""
_LATIN = "".join(map(chr, range(0x21, 0x7F)))


def language_asked(arguments: Iterable[str], fallback: Callable[[], str]) -> str:
    """The one language that the command line names, before it is parsed; else that of the settings."""
    named: list[str] = []
    is_next = False
    for one in arguments:
        if is_next or one.startswith("--lang="):
            named.append(one.removeprefix("--lang="))
        is_next = one == "--lang"
    return named[0] if len(named) == 1 and named[0] in LANGUAGES else fallback()


def parser_in(language: str) -> argparse.ArgumentParser:
    """The parser of the command line, whose help is in a language."""
    return _Arguments(language).whole()


class _Arguments:
    """The commands and their arguments.

    Args:
        language: Of the help.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._make = partial(_Parser, language=language)

    def whole(self) -> argparse.ArgumentParser:
        """The command with all commands below it."""
        parser = self._make(
            prog="briefs", description=self._say("command"), epilog=self._say("command.exit_codes")
        )
        version, said = f"briefs {__version__}", self._say("command.version")
        parser.add_argument("--version", action="version", version=version, help=said)
        self._setting(parser, "lang", "command.lang", default=None)
        commands = parser.add_subparsers(
            required=True, metavar="COMMAND", title=self._say("command.commands")
        )
        self._build(self._command(commands, "build", does.build))
        self._new(self._command(commands, "new", does.new))
        self._check(self._command(commands, "check", does.check))
        self._rules(self._command(commands, "rules", does.rules))
        self._explain(self._command(commands, "explain", does.explain))
        self._diff(self._command(commands, "diff", diff))
        self._send(self._command(commands, "send", does.send))
        template = self._command(commands, "template")
        self._template(template.add_subparsers(
            required=True, metavar="ACTION", title=self._say("command.actions")
        ))  # fmt: skip
        return parser

    def _say(self, key: str, **args: object) -> str:
        # Where the text table is broken, whoever reads it whole says so.
        said = texts().get(key)
        return said[self._language].format(**args) if said else key

    def _command(
        self,
        commands: argparse._SubParsersAction[Any],
        name: str,
        run: Callable[[argparse.Namespace], int] | None = None,
    ) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(
            name.rpartition(".")[2],
            help=self._say(f"command.{name}"),
            description=self._say(f"command.{name}"),
            language=self._language,
        )
        if run:
            parser.set_defaults(run=run)
        if run and "." not in name:
            for key in ("rules", "catalogue", "templates"):
                self._setting(parser, key)
            self._flag(parser, "--quiet", "command.quiet")
        return parser

    def _setting(
        self,
        parser: argparse.ArgumentParser,
        key: str,
        help_key: str = "",
        default: str | None = argparse.SUPPRESS,
    ) -> None:
        """The flag of a declared setting; not given, it leaves what stands before the command."""
        one = _SETTINGS[key]
        *first, last = one.allowed or ("",)
        allowed = self._say("problem.or").join(
            filter(None, (self._say("sheet.separator").join(first), last))
        )
        said = self._say(help_key or one.help_key, default=one.default, allowed=allowed)
        said = said.replace("%", "%%")
        if one.kind is Kind.FLAG:
            parser.add_argument(one.flag, action="store_true", default=default, help=said)
        else:
            parser.add_argument(
                one.flag, dest=key, metavar=one.metavar, default=default, help=said,
                action="append" if one.kind is Kind.LIST else "store",
            )  # fmt: skip

    def _flag(self, parser: argparse._ActionsContainer, flag: str, key: str) -> None:
        parser.add_argument(flag, action="store_true", help=self._say(key))

    def _path(
        self, parser: argparse._ActionsContainer, name: str, metavar: str, key: str, **more: Any
    ) -> None:
        """An argument that names something; its text may be empty."""
        said = self._say(key) if key else None
        parser.add_argument(name, type=self._named, metavar=metavar, help=said, **more)

    def _named(self, text: str) -> str:
        """A path that names something: an empty one, as of a variable that is not set, is no folder."""
        if not text:
            raise argparse.ArgumentTypeError(self._say("command.empty"))
        return text

    def _build(self, build: argparse.ArgumentParser) -> None:
        self._path(build, "paths", "PATH", "command.build.paths", nargs="*")
        for key in (
            "out",
            "lang",
            "document",
            "as_of",
            "draws",
            "seed",
            "pdf",
            "paginate",
            "jobs",
            "scheduler",
            "previous",
        ):
            self._setting(build, key)
        self._flag(build, "--force", "command.build.force")
        self._flag(build, "--verbose", "command.build.verbose")
        self._setting(build, "verify")

    def _new(self, new: argparse.ArgumentParser) -> None:
        self._path(new, "file", "FILE.xlsx", "command.new.file")
        self._setting(new, "lang", "command.new.lang")
        said = self._say("command.new.jurisdiction")
        new.add_argument("--jurisdiction", metavar="CODE", help=said)
        filled = new.add_mutually_exclusive_group()
        said = self._say("command.new.example")
        filled.add_argument("--example", metavar="CITY", help=said)
        self._path(filled, "--from", "OLD.xlsx", "command.new.from", dest="former")

    def _check(self, check: argparse.ArgumentParser) -> None:
        self._path(check, "paths", "PATH", "command.check.paths", nargs="+")
        self._setting(check, "lang", "command.check.lang")
        self._flag(check, "--json", "command.check.json")
        self._path(check, "--annotate", "DIR", "command.check.annotate")

    def _rules(self, rules: argparse.ArgumentParser) -> None:
        self._path(rules, "region", "REGION", "command.region")
        self._setting(rules, "as_of")
        said = self._say("command.rules.activity")
        rules.add_argument("--activity", metavar="ACTIVITY", help=said)
        self._flag(rules, "--json", "command.json")
        self._setting(rules, "lang", "command.workbook_lang")

    def _explain(self, parser: argparse.ArgumentParser) -> None:
        self._path(parser, "region", "REGION", "command.region")
        self._path(parser, "use", "USE", "command.explain.use", nargs="?")
        for key in ("as_of", "draws", "seed"):
            self._setting(parser, key)
        self._flag(parser, "--json", "command.json")
        self._setting(parser, "lang", "command.workbook_lang")

    def _diff(self, parser: argparse.ArgumentParser) -> None:
        self._path(parser, "before", "OUT_A", "command.diff.before")
        self._path(parser, "after", "OUT_B", "command.diff.after")
        self._flag(parser, "--json", "command.json")
        self._setting(parser, "lang", "command.template.fields.lang")

    def _send(self, send: argparse.ArgumentParser) -> None:
        """The mail; its other settings stand in briefs.toml."""
        self._path(send, "out", "OUT", "command.send.out")
        self._flag(send, "--smtp", "command.send.smtp")
        self._setting(send, "campaign", default=None)
        for name in ("dry-run", "yes", "status"):
            self._flag(send, f"--{name}", f"command.send.{name}")
        said = self._say("command.send.only")
        send.add_argument("--only", metavar="ADDRESS", action="append", help=said)
        for name in _RESENT:
            send.add_argument(
                f"--resend-{name}", dest="resend", action="append_const", const=name,
                help=self._say(f"command.send.resend_{name}"),
            )  # fmt: skip
        self._flag(send, "--arrived", "command.send.arrived")
        said = self._say("command.send.allow")
        send.add_argument("--allow", metavar="DOMAIN", action="append", help=said)
        self._setting(send, "lang", "command.send.lang")

    def _template(self, actions: argparse._SubParsersAction[Any]) -> None:
        """The commands for those who change the templates."""
        fields = self._command(actions, "template.fields", does.template_fields)
        self._setting(fields, "lang", "command.template.fields.lang")
        check = self._command(actions, "template.check", does.template_check)
        self._path(check, "file", "FILE", "command.template.check.file")
        self._setting(check, "lang", "command.template.check.lang")
        self._path(check, "--annotate", "DIR", "command.template.check.annotate")
        copy = self._command(actions, "template.copy", does.template_copy)
        self._path(copy, "folder", "DIR", "command.template.copy.folder")
        self._setting(copy, "lang")


class _Parser(argparse.ArgumentParser):
    """A parser in the reader's language that hands on nothing a terminal would obey."""

    def __init__(self, *, language: str = ENGLISH, add_help: bool = True, **more: Any) -> None:
        self._words = {
            key: texts().get(f"command.{key}", {}).get(language, key)
            for key in ("usage", "error", "arguments", "options", "help")
        }
        form = partial(_Help, usage_word=self._words["usage"])
        super().__init__(add_help=False, formatter_class=form, **more)
        self._positionals.title = self._words["arguments"]
        self._optionals.title = self._words["options"]
        if add_help:
            self.add_argument("-h", "--help", action="help", help=self._words["help"])

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        self.print_usage()
        word = self._words["error"]
        self.exit(2, word.format(command=self.prog, message=seen(message)) + "\n")

    def print_usage(self, file: Any = None) -> None:
        """How the command is called, to standard error unless a file is named."""
        self._print_message(self.format_usage(), file or _standard_error())


def _standard_error() -> Any:
    import sys  # noqa: PLC0415 - the stream of the moment: who runs us may have put another there

    return sys.stderr


class _Help(argparse.HelpFormatter):
    """Help whose lines are as wide as they look: a Chinese sign takes two columns, and needs no space."""

    def __init__(self, *args: Any, usage_word: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._usage_word = usage_word

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """How the command is called."""
        super().add_usage(
            usage, actions, groups, f"{self._usage_word} " if prefix is None else prefix
        )

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _lines(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _lines(text, width - len(indent)))


def _lines(text: str, width: int) -> list[str]:
    """A text in lines, broken at spaces, and between signs that are two columns wide."""
    plain = " ".join(text.split())
    if plain.isascii():
        return textwrap.wrap(plain, width)
    found, line, room = [], "", width
    for sign in plain:
        columns = 2 if east_asian_width(sign) in "WF" else 1
        if columns > room and sign not in _NO_FIRST:
            # A word in Latin letters goes to the next line whole.
            word = line[len(line.rstrip(_LATIN)) :] if sign in _LATIN else ""
            word = "" if word == line else word
            found.append(line.removesuffix(word).rstrip())
            line, room = word, width - len(word)
            if sign == " ":
                continue
        line += sign
        room -= columns
    return [*found, line]
