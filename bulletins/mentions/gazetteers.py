"""Names that are known beforehand: our YAML lists and the reader's own; finding them in text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from bulletins.mentions.tables import DATA, read_yaml
from bulletins.mentions.view import view_of
from bulletins.model import EntityType
from bulletins.said import SaidError, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_LATIN = re.compile(r"[A-Za-z0-9]")
_HAN_ALONE = re.compile(r"[\u3400-\u9fff]+")
_MAX_NAME = 120


class GazetteerError(SaidError, ValueError):
    """A gazetteer file that can't be used; `str()` is one line with its name and the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a known name is: its entity type and, for our rules, its kind (country, company, …).

    `country` is whose body it is, so that it is one thing with and without that country in front;
    "" where several countries have a body of this name, or none has.
    """

    type: EntityType
    kind: str
    country: str = ""


class Lexicon:
    """Strings looked up at each position of a text by their first two characters, longest first."""

    __slots__ = ("_first", "_forms", "_lengths")

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = frozenset(form for form in forms if len(form) > 1)
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[:2], set()).add(len(form))
        self._lengths = {head: tuple(sorted(all_, reverse=True)) for head, all_ in lengths.items()}
        # A Latin form begins at a word's start only, so that most of a Latin line is skipped.
        first = {head[0] for head in lengths}
        latin = "".join(sorted(char for char in first if _LATIN.match(char)))
        other = "".join(sorted(char for char in first if not _LATIN.match(char)))
        parts = [f"(?<![A-Za-z0-9])[{re.escape(latin)}]"] if latin else []
        parts += [f"[{re.escape(other)}]"] if other else []
        self._first = re.compile("|".join(parts) or "(?!)")

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the longest form at each position, as spans; Latin forms only as whole words."""
        lengths, forms = self._lengths, self._forms
        for match in self._first.finditer(text):
            start = match.start()
            for length in lengths.get(text[start : start + 2], ()):
                end = start + length
                if text[start:end] in forms and end <= len(text) and is_whole(text, start, end):
                    yield start, end
                    break


def is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a span does not cut through a Latin word or a number (`QED` in `QED-C`)."""
    if _LATIN.match(text[start]) and start:
        before = text[start - 1]
        if _LATIN.match(before):
            return False
        if before in "-_.@/" and start > 1 and _LATIN.match(text[start - 2]):
            return before == "/"
    if _LATIN.match(text[end - 1]) and end < len(text):
        after = text[end]
        if _LATIN.match(after):
            return False
        if after in "-_@." and end + 1 < len(text) and _LATIN.match(text[end + 1]):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Gazetteers:
    """Known names by squeezed form; `short_countries` are 美, 英 …, `not_names` blockers.

    `same` gives, for a full name, the one that stands for all full names of that thing.
    """

    entries: dict[str, Entry]
    lexicon: Lexicon
    not_names: Lexicon
    short_countries: dict[str, str]
    same: dict[str, str] = field(default_factory=dict)


def load_gazetteers(folders: Sequence[Path] = ()) -> Gazetteers:
    """Read our gazetteers, then every `*.yaml` of the reader's folders in name order.

    A later file wins over an earlier one: its names over their names, its `not_names` over their
    names too, and a name in it is no blocked word of theirs. A folder that does not exist is empty.
    Raises `GazetteerError` for a file that can't be read or has another shape (docs/mentions.md).
    """
    ours = sorted((DATA / "gazetteers").glob("*.yaml"))
    theirs = [
        file for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.yaml"))
    ]
    entries: dict[str, Entry] = {}
    paired: dict[str, Entry] = {}
    not_names: set[str] = set()
    short: dict[str, str] = {}
    same: dict[str, str] = {}
    for file in [*ours, *theirs]:
        data = _read(file)
        named = dict(_entries(file, data))
        blocked = {_squeezed(name) for name in _strings(file, data.get("not_names", []))}
        if file in theirs:
            entries = {form: entry for form, entry in entries.items() if form not in blocked}
            paired = {form: entry for form, entry in paired.items() if form not in blocked}
            not_names -= named.keys()
        entries |= named
        not_names |= blocked
        short |= _short_countries(file, data.get("short_countries", {}))
        for entry, forms in _same(file, data):
            same |= dict.fromkeys(forms, forms[0])
            paired |= dict.fromkeys(forms, entry)
    entries = paired | entries
    return Gazetteers(entries, Lexicon(entries), Lexicon(not_names), short, same)


def _read(file: Path) -> dict[str, Any]:
    import yaml

    try:
        data = read_yaml(file)
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise GazetteerError("{path}: {problem}", path=file, problem=said_by(error)) from error
    if not isinstance(data, dict):
        raise GazetteerError("{path}: a gazetteer is a mapping with the key groups", path=file)
    return data


def _groups(file: Path, data: dict[str, Any]) -> Iterator[tuple[Entry, dict[str, Any]]]:
    groups = data.get("groups", [])
    if not isinstance(groups, list):
        raise GazetteerError("{path}: {key} must be a list", path=file, key="groups")
    for group in groups:
        if not isinstance(group, dict):
            raise GazetteerError("{path}: each group is a mapping with type and names", path=file)
        kind: Any = group.get("type")
        if kind not in get_args(EntityType):
            known = ", ".join(get_args(EntityType))
            raise GazetteerError(
                "{path}: type “{kind}” is not one of {known}",
                path=file,
                kind=str(kind),
                known=known,
            )
        yield Entry(kind, str(group.get("kind", "own")), str(group.get("country", ""))), group


def _entries(file: Path, data: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for entry, group in _groups(file, data):
        for name in _strings(file, group.get("names", [])):
            form = _squeezed(name)
            if len(form) > 1:
                yield form, entry


def _same(file: Path, data: dict[str, Any]) -> Iterator[tuple[Entry, list[str]]]:
    """Give the lists of full names of one thing, each with what its group says they are."""
    for entry, group in _groups(file, data):
        lists = group.get("same", [])
        if not isinstance(lists, list):
            raise GazetteerError("{path}: same must be a list of lists of names", path=file)
        for names in lists:
            forms = [_squeezed(name) for name in _strings(file, names, "each entry of same")]
            if len(forms) > 1 and all(len(form) > 1 for form in forms):
                yield entry, forms
            else:
                raise GazetteerError(
                    "{path}: an entry of same needs two names or more: {names}",
                    path=file, names=", ".join(map(str, names)),
                )  # fmt: skip


def _short_countries(file: Path, data: object) -> dict[str, str]:
    if not isinstance(data, dict):
        raise GazetteerError("{path}: short_countries must map a character to a country", path=file)
    return {str(key): str(value) for key, value in data.items()}


def _strings(file: Path, names: object, what: str = "names") -> list[str]:
    if not isinstance(names, list):
        raise GazetteerError("{path}: {key} must be a list", path=file, key=what)
    for name in names:
        if not isinstance(name, str):
            raise GazetteerError(
                "{path}: the name {name} must be text; put it in quotes", path=file, name=repr(name)
            )
        if len(name) > _MAX_NAME:
            raise GazetteerError("{path}: the name {name}… is too long", path=file, name=name[:20])
    return names


def _squeezed(name: str) -> str:
    # Most names are Chinese characters alone, and nothing of theirs is folded.
    return name if _HAN_ALONE.fullmatch(name) else view_of(name.strip()).text
