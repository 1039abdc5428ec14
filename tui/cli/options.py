"""What may be asked for on the command line, and how it is written."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from tui.cli.help_layout import HelpLayout
from tui.locale import mark, set_language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.config import Loaded

    Run = Callable[[argparse.Namespace, Loaded], int]

LANGUAGES = ("auto", "en", "zh_CN")
_WITH_VALUE = ("--config", "--data", "--language")


class UsageError(Exception):
    """The command line can't be understood; `str()` is one line."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its module has `run`, and `add_arguments` if it takes any."""

    module: str
    summary: str
    """A message id."""

    def load(self) -> Run:
        """Import the module and give its `run`."""
        run: Run = import_module(self.module).run
        return run


COMMANDS = {
    "read": Command("tui.cli.read", mark("Read and annotate bulletins")),
    "inspect": Command("tui.cli.inspect", mark("Print what is found in bulletins")),
    "export": Command("tui.cli.export", mark("Write annotations to a file")),
    "import": Command("tui.cli.import_", mark("Take in annotations from files")),
    "verify": Command("tui.cli.verify", mark("Compare an export with the bulletins")),
    "doctor": Command("tui.cli.doctor", mark("Check and mend the files of annotations")),
    "backup": Command("tui.cli.backup", mark("Put all that you made into one file")),
    "restore": Command("tui.cli.restore", mark("Take back what a backup holds")),
    "history": Command("tui.cli.history", mark("Print who changed what, when, from what, to what")),
    "agreement": Command("tui.cli.agreement", mark("Print how far reviewers agree")),
    "style": Command("tui.cli.style", mark("Propose and check style profiles")),
    "paths": Command("tui.cli.paths", mark("Print where files are kept")),
    "keys": Command("tui.cli.keys", mark("Print all commands and their keys")),
}


class Arguments(Protocol):
    """What a command's `add_arguments` is given."""

    def add_argument(self, *names: str, **options: Any) -> Any:
        """As argparse has it."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in our own words: argparse's are in English only."""

    def error(self, message: str) -> NoReturn:
        hint = tr("see “{command} --help”").format(command=self.prog)
        raise UsageError(tr("{message}; {hint}").format(message=message, hint=hint))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            message = tr("“{value}” is unknown; possible are: {names}")
            names = ", ".join(action.choices)
            raise argparse.ArgumentError(action, message.format(value=value, names=names))

    def understand(self, words: list[str]) -> argparse.Namespace:
        """Understand the words up to `--`, options and paths mixed. Raises UsageError."""
        try:
            arguments, rest = self.parse_known_intermixed_args(words)
        except argparse.ArgumentError as error:
            name, message = error.argument_name, error.message
            if message.startswith("expected"):
                self.error(tr("{option} needs a value").format(option=name))
            if message.startswith("ignored"):
                self.error(tr("{option} takes no value").format(option=name))
            self.error(f"{name}: {message}")
        if rest:
            self.error(tr("“{words}” is not understood").format(words=" ".join(rest)))
        return arguments


def parse(argv: Sequence[str], environment: Mapping[str, str]) -> argparse.Namespace | str:
    """Understand the command line; a text (of --help or --version) is all that is to be printed.

    A word is a command only where it stands first among the words: `./export` and what follows
    `--` are paths. Raises UsageError. Sets the language for messages until the configuration is
    read.
    """
    set_language(_early_language(argv, environment))
    place = _first_word(argv)
    name = "read"
    rest = list(argv)
    if place is not None and argv[place] in COMMANDS and argv[place] != "read":
        name = rest.pop(place)
    parser = _parser(name)
    # argparse does not keep what follows `--` apart from options in every version.
    cut = rest.index("--") if "--" in rest else len(rest)
    arguments = parser.understand(rest[:cut])
    arguments.command = name
    if rest[cut + 1 :]:
        if not hasattr(arguments, "paths"):
            parser.error(tr("no path is expected here"))
        arguments.paths += rest[cut + 1 :]
    if arguments.version:
        from importlib.metadata import version  # 15 ms

        return f"kuaibao {version('kuaibao')}"
    if arguments.help:
        return parser.format_help().rstrip("\n")
    return arguments


def _first_word(argv: Sequence[str]) -> int | None:
    """Where the first word is that is neither an option nor its value; None after `--`."""
    skip = False
    for index, word in enumerate(argv):
        if skip:
            skip = False
        elif word == "--":
            return None
        elif word in _WITH_VALUE:
            skip = True
        elif not word.startswith("-") or word == "-":
            return index
    return None


def _early_language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    from tui.config import chosen_language

    choice = "auto"
    for index, word in enumerate(argv):
        if word == "--":
            break
        option, sign, value = word.partition("=")
        if option == "--language":
            choice = value if sign else "".join(argv[index + 1 : index + 2])
    return chosen_language(choice if choice in LANGUAGES else "auto", environment)


def _parser(name: str) -> _Parser:
    whole = name == "read"
    command = COMMANDS[name]
    parser = _Parser(
        prog="kuaibao" if whole else f"kuaibao {name}",
        description=tr(command.summary),
        epilog=_epilog() if whole else None,
        formatter_class=HelpLayout,
        allow_abbrev=False,
        add_help=False,
        exit_on_error=False,
    )
    module: Any = import_module(command.module)
    option, path = tr("OPTION"), tr("PATH")
    parser.usage = f"{parser.prog} [{option}…]"
    if name in ("read", "inspect", "doctor"):
        parser.usage += f" [{path}…]"
    if name == "import":
        parser.usage += f" {tr('FILE')}…"
    if name == "history":
        parser.usage += f" [{tr('ISSUE')}…]"
    if name == "style":
        profile = tr("PROFILE")
        parser.usage += f" new {tr('FILE')} | check [{profile}] {path}…"
    if name == "verify":
        parser.usage += f" {tr('FILE')} [{path}…]"
    if name in ("backup", "restore"):
        parser.usage += f" [{tr('FILE')}]" if name == "backup" else f" {tr('FILE')}"
    if hasattr(module, "add_arguments"):
        module.add_arguments(parser.add_argument_group(tr("for this command")))
    group = parser.add_argument_group(tr("for all commands"))
    group.add_argument("--config", metavar=tr("FILE"), help=tr("use this configuration file"))
    group.add_argument("--data", metavar=tr("FOLDER"), help=tr("keep annotations in this folder"))
    group.add_argument("--language", choices=LANGUAGES, help=tr("language of screens and messages"))
    group.add_argument("--version", action="store_true", help=tr("print the version and end"))
    group.add_argument("-h", "--help", action="store_true", help=tr("print this help and end"))
    return parser


def _epilog() -> str:
    lines = [tr("Other commands:")]
    for name, command in COMMANDS.items():
        if name != "read":
            lines.append(f"  kuaibao {name:<10} {tr(command.summary)}")
    lines.append("")
    lines.append(tr("A file that is named like a command: kuaibao ./export"))
    return "\n".join(lines)
