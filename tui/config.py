"""The settings: typed, frozen, with every default in the bundled `config.yaml`.

The user's own file overrides it key by key. Whatever is wrong in it becomes a `Problem` with file
and line, the default stays in force, and the program starts.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from tui import config_looks as looks
from tui import config_values as values
from tui import locations
from tui.config_keys import key_names, without_clashes
from tui.config_nodes import Node, NodeError, Scalar, read_nodes
from tui.locale import mark, tr
from tui.mention_classes import MENTION_CLASSES
from tui.selecting.keys import DEFAULT_KEYS as SELECTION_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

Language = Literal["auto", "en", "zh_CN"]
CLASSES = tuple(entry.name for entry in MENTION_CLASSES)
MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force."""

    library: tuple[Path, ...]
    """Folders or files with the user's bulletins; empty: the sample library."""
    data: Path
    """The folder of the reader's work."""
    reviewer: str | None
    """The name beside annotations; None: not asked yet."""
    language: Language
    """Language of the screens; `auto` follows the environment."""
    theme: str
    """Name of a theme that there is."""
    colours: Mapping[str, str]
    """Mention class → colour, for each class; `auto` is the theme's."""
    highlights: tuple[str, ...]
    """The mention classes that are highlighted at the start."""
    keys: Mapping[str, tuple[str, ...]]
    """Command name → its keys, only for commands whose keys the user changed."""
    selection_keys: Mapping[str, tuple[str, ...]]
    """The same for the keys while words are selected."""
    quick_tags: Mapping[str, str]
    """Digit → the name of the tag that it sets."""
    highlight_colours: Mapping[str, str]
    """Digit → a colour of highlights and, after a blank, the name of what it means."""
    backups: Mapping[str, int]
    """`daily`, `weekly`, `monthly`: how many automatic backups are kept; no `daily`: none made."""
    backup_folder: Path
    """Folder of the automatic backups; may be missing."""
    styles: Path
    """Folder of the user's own styles; may be missing."""
    gazetteers: Path
    """Folder of the user's own gazetteers; may be missing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a configuration file; `line` counts from 1, None where there is none.

    `message` is a message id that `values` fill in.
    """

    path: Path
    line: int | None
    message: str
    values: tuple[tuple[str, str], ...] = ()
    key: str = ""
    """The setting whose value is wrong; "" if it is the file or a name."""

    def explained(self) -> str:
        """What is wrong and what to do, in the language of the screens; one plain line."""
        # A list of the names that are possible is never cut; it is ours, not the user's.
        shown = {name: text if name == "names" else _short(text) for name, text in self.values}
        filled = tr(self.message).format(**shown)
        return f"{self.key}: {filled}" if self.key else filled

    def __str__(self) -> str:
        line = "" if self.line is None else f"{self.line}:"
        return f"{_short(self.path.name)}:{line} {self.explained()}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings in force and what could not be used of the user's own."""

    config: Config
    problems: tuple[Problem, ...]
    path: Path
    """The user's own file, whether it exists or not."""


def _short(text: str) -> str:
    from bulletins.sources.plain import exact_line  # 20 ms with its package; problems are rare

    shown = exact_line(text)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def load_config(path: Path | None, commands: Collection[str]) -> Loaded:
    """Read the defaults and the user's file over them; never fails on what a user wrote.

    `path` is the user's file, by default the one in `locations`; only a file that was asked for
    by name is missed. `commands` are the names that `keys` may use.
    """
    own = locations.config_file() if path is None else path
    problems: list[Problem] = []
    base = _Reading(locations.bundled("config.yaml"), commands, problems)
    config = base.over(_defaults())
    if path is not None or own.exists() or own.is_symlink():
        config = _Reading(own, commands, problems).over(config)
    problems.sort(key=lambda problem: problem.line or 0)
    return Loaded(config, tuple(problems), own)


def chosen_language(choice: str, environment: Mapping[str, str]) -> str:
    """The language for `choice`: "auto" asks LC_ALL, LC_MESSAGES and LANG, in this order."""
    if choice != "auto":
        return choice
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "zh_CN" if locale.lower().startswith("zh") else "en"


def _defaults() -> Config:
    """What stands for null, and what is in force should the bundled file be damaged."""
    return Config(
        library=(),
        data=locations.data_folder(),
        reviewer=None,
        language="auto",
        theme="kuaibao-dark",
        colours=MappingProxyType(dict.fromkeys(CLASSES, "auto")),
        highlights=CLASSES,
        keys=MappingProxyType({}),
        selection_keys=MappingProxyType({}),
        quick_tags=MappingProxyType({}),
        highlight_colours=MappingProxyType({}),
        backups=MappingProxyType({"daily": 7, "weekly": 4, "monthly": 6}),
        backup_folder=locations.backup_folder(),
        styles=locations.styles_folder(),
        gazetteers=locations.gazetteers_folder(),
    )


def read_text(path: Path) -> str:
    """Read a configuration file; NodeError says why that is not possible."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would never end
            raise NodeError(None, mark("this is not a file"))
        if status.st_size > MAX_BYTES:
            raise NodeError(None, mark("the file holds too much"))
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NodeError(None, mark("can't be read: {reason}"), reason=reason) from None
    except ValueError:  # a NUL in the name
        raise NodeError(None, mark("this is not a file")) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NodeError(line, mark("this is not UTF-8; save the file as UTF-8")) from None


class _Reading:
    """One file, read over the settings so far."""

    def __init__(self, path: Path, commands: Collection[str], problems: list[Problem]) -> None:
        self._path = path
        self._commands = commands
        self._problems = problems
        base = path.absolute().parent
        text, optional = values.text, values.optional

        def folder_or(default: Callable[[], Path]) -> Callable[[Node], Path]:
            return lambda node: default() if _null(node) else values.folder(node, base)

        def classes(node: Node) -> tuple[str, ...]:
            return values.each(values.several(node), lambda item: values.choice(item, CLASSES))

        self._readers: dict[str, Callable[[Node], Any]] = {
            "library": lambda node: tuple(
                dict.fromkeys(values.folder(item, base) for item in values.several(node))
            ),
            "data": folder_or(locations.data_folder),
            "reviewer": optional,
            "language": lambda node: values.choice(node, ("auto", "en", "zh_CN")),
            "theme": looks.theme,
            "highlights": classes,
            "backup_folder": folder_or(locations.backup_folder),
            "styles": folder_or(locations.styles_folder),
            "gazetteers": folder_or(locations.gazetteers_folder),
        }
        self._mappings: dict[str, tuple[Collection[str], Callable[[Node], Any]]] = {
            "colours": (CLASSES, looks.colour),
            "keys": (commands, key_names),
            "selection_keys": (tuple(SELECTION_KEYS), key_names),
            "quick_tags": (values.DIGITS, text),
            "highlight_colours": (values.DIGITS, looks.meaning),
            "backups": (("daily", "weekly", "monthly"), values.count),
        }
        self._lines: dict[str, int] = {}
        """Command, or entry of the selection's keys, → the line of its keys."""

    def over(self, config: Config) -> Config:
        """`config`, overridden by what this file says."""
        try:
            root = read_nodes(read_text(self._path))
            entries = [] if root is None else values.entries(root)
        except NodeError as error:
            self._report(error)
            return config
        changed: dict[str, Any] = {}
        names = tuple(field.name for field in fields(Config))
        for key, node in self._known(entries, names):
            try:
                if key in self._mappings:
                    changed[key] = self._mapping(node, getattr(config, key), *self._mappings[key])
                else:
                    changed[key] = self._readers[key](node)
            except NodeError as error:
                self._report(error, key)
        if "keys" in changed:
            from tui.commands import command

            default = {name: command(name).keys for name in self._commands}
            changed["keys"] = self._possible_keys(changed["keys"], default)
        if "selection_keys" in changed:
            own = changed["selection_keys"]
            changed["selection_keys"] = self._possible_keys(own, SELECTION_KEYS)
        return replace(config, **changed)

    def _mapping(
        self,
        node: Node,
        base: Mapping[str, Any],
        allowed: Collection[str],
        read: Callable[[Node], Any],
    ) -> Mapping[str, Any]:
        merged = dict(base)
        for name, value in self._known(values.entries(node), allowed):
            try:
                merged[name] = read(value)
                if read is key_names:
                    self._lines[name] = value.line
            except NodeError as error:
                self._report(error, name)
        return MappingProxyType(merged)

    def _possible_keys(
        self, own: Mapping[str, tuple[str, ...]], default: Mapping[str, tuple[str, ...]]
    ) -> Mapping[str, tuple[str, ...]]:
        """`own` without the entries whose key another command has: with two, neither would work."""
        kept, clashes = without_clashes(own, default)
        for clash in clashes:
            message = mark("“{value}” is a key of {owner} already; choose another key")
            line = self._lines.get(clash.name)
            self._add(line, message, clash.name, value=clash.key, owner=clash.owner)
        return MappingProxyType(kept)

    def _known(
        self, entries: Iterable[tuple[Scalar, Node]], allowed: Collection[str]
    ) -> Iterable[tuple[str, Node]]:
        """The entries with known names; of a name that occurs twice, the last."""
        found: dict[str, tuple[int, Node]] = {}
        for key, node in entries:
            name = key.text
            if name not in allowed:
                self._unknown(key, allowed)
                continue
            if name in found:
                message = mark("“{name}” is set twice, first in line {first}; the last one counts")
                self._add(key.line, message, name=name, first=str(found[name][0]))
            found[name] = (key.line, node)
        return [(name, node) for name, (_, node) in found.items()]

    def _unknown(self, key: Scalar, allowed: Collection[str]) -> None:
        close = values.nearest(key.text, allowed)
        if allowed is values.DIGITS:
            message = mark("“{name}” sets no quick tag; the digits 1 to 9 and 0 do")
            self._add(key.line, message, name=key.text)
        elif close is None:
            self._add(key.line, mark("unknown key “{name}”"), name=key.text)
        else:
            message = mark("unknown key “{name}”; did you mean “{close}”?")
            self._add(key.line, message, name=key.text, close=close)

    def _report(self, error: NodeError, key: str = "") -> None:
        message = error.message
        self._add(error.line, message, key, **error.values)

    def _add(self, line: int | None, message: str, key: str = "", **filled: str) -> None:
        self._problems.append(Problem(self._path, line, message, tuple(filled.items()), key))


def _null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.null
