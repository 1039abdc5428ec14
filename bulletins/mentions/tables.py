"""Our own data files, read once per process, and longest-match lists made from them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parent / "data"


def read_yaml(path: Path) -> Any:
    """Parse one YAML file, safely; raises `yaml.YAMLError` or `OSError`."""
    import yaml  # needed by the reader process and by commands, never before the first frame

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)


@cache
def table(name: str) -> dict[str, Any]:
    """Give the contents of `data/<name>.yaml`."""
    data = read_yaml(DATA / f"{name}.yaml")
    if not isinstance(data, dict):
        raise TypeError(f"{name}.yaml is not a mapping")
    return data


class Forms:
    """A set of strings that is asked for the longest one at, or ending at, a place of a text."""

    __slots__ = ("_all", "_by_head", "_by_last", "_first")

    def __init__(self, forms: Iterable[str]) -> None:
        self._all = frozenset(form for form in forms if form)
        # Two characters tell nearly all places at which no form begins.
        self._by_head = _lengths((form[:2], len(form)) for form in self._all if len(form) > 1)
        self._by_last = _lengths((form[-1], len(form)) for form in self._all)
        first = "".join(sorted({form[0] for form in self._all}))
        self._first = re.compile(f"[{re.escape(first)}]" if first else "(?!)")

    def __contains__(self, form: str) -> bool:
        return form in self._all

    def at(self, text: str, start: int) -> str:
        """Give the longest form that begins at `start`, or ""."""
        head = text[start : start + 2]
        for length in self._by_head.get(head, ()):
            if (form := text[start : start + length]) in self._all:
                return form
        return head[:1] if head[:1] in self._all else ""

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Give each position where a form begins with the longest one there."""
        for match in self._first.finditer(text):
            if form := self.at(text, match.start()):
                yield match.start(), form

    def before(self, text: str, end: int) -> str:
        """Give the longest form that ends at `end`, or ""."""
        if not end:
            return ""
        for length in self._by_last.get(text[end - 1 : end], ()):
            if length <= end and (form := text[end - length : end]) in self._all:
                return form
        return ""


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Group lengths by character, longest first."""
    grouped: dict[str, set[int]] = {}
    for char, length in pairs:
        grouped.setdefault(char, set()).add(length)
    return {char: tuple(sorted(found, reverse=True)) for char, found in grouped.items()}
