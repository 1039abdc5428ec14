"""The filter of the annotations screen: plain words, and words like `tag:政策 kind:note`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.text import fold_name
from tui.annotation_rows import folded
from tui.locale import mark, tr
from tui.orphan_words import KIND_WORDS
from tui.outline import STATUS_WORDS
from tui.passages import COLOURS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.annotation_rows import AnnotationRow

    Test = Callable[[AnnotationRow], bool]

ANCHOR_WORDS = {
    "exact": mark("exact"),
    "moved": mark("moved"),
    "fuzzy": mark("fuzzy"),
    "orphan": mark("orphan"),
}
FIELDS = {
    "tag": mark("tag"),
    "kind": mark("kind"),
    "status": mark("status"),
    "colour": mark("colour"),
    "anchor": mark("anchor"),
    "issue": mark("issue"),
    "section": mark("section"),
    "reviewer": mark("reviewer"),
    "since": mark("since"),
    "until": mark("until"),
    "date": mark("date"),
    "issued": mark("issued"),
    "text": mark("text"),
}
"""The words that may stand before a colon, and in the reader's language."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: `words` that must all stand in a row, and `tests` that it must pass.

    `said` are the conditions as they were typed.
    """

    words: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()
    said: tuple[str, ...] = ()

    def split(self, rows: Sequence[AnnotationRow]) -> tuple[list[AnnotationRow], int]:
        """Return the rows that pass, and how many have all words and fail a condition."""
        hits = [row for row in rows if all(word in row.words for word in self.words)]
        passed = [row for row in hits if all(test(row) for test in self.tests)]
        return passed, len(hits) - len(passed)


def parse(text: str) -> Query:
    """Read what was typed: `name:value,value`, `#tag`, `*` (starred), `-` before any of them.

    Names and values may be in English or in the reader's language, a colon of full width counts,
    and "…" holds blanks together. What is no condition is a word to look for.
    """
    words: list[str] = []
    tests: list[Test] = []
    said: list[str] = []
    names = {**{fold_name(tr(word)): name for name, word in FIELDS.items()}}
    names |= {name: name for name in FIELDS} | {"color": "colour"}
    for part in _parts(text):
        bare = part.removeprefix("-") if len(part) > 1 else part
        test = _condition(bare, names)
        if test is _anything:
            continue
        if test is None:
            words.append(folded(part.replace('"', "")))
        else:
            tests.append(_not(test) if bare != part else test)
            said.append(part)
    return Query(tuple(filter(None, words)), tuple(tests), tuple(said))


def _parts(text: str) -> list[str]:
    """Split at blanks that do not stand between quotation marks."""
    for quote in "“”＂":
        text = text.replace(quote, '"')
    parts: list[str] = []
    current: list[str] = []
    for number, piece in enumerate(text.split('"')):
        if number % 2:
            current.append(f'"{piece}"')
            continue
        for at, word in enumerate(piece.replace("\u3000", " ").split(" ")):
            if at:
                parts.append("".join(current))
                current = []
            current.append(word)
    parts.append("".join(current))
    return [part for part in parts if part]


def _condition(part: str, names: Mapping[str, str]) -> Test | None:
    if part in ("*", "＊", "★"):
        return lambda row: row.starred
    if part[:1] in ("#", "＃"):
        return _test("tag", _values(part[1:]))
    head, colon, rest = part.replace("：", ":").partition(":")
    name = names.get(fold_name(head))
    return _test(name, _values(rest)) if colon and name is not None else None


def _values(text: str) -> list[str]:
    text = text.replace('"', "").replace("，", ",").replace("、", ",")
    return [value.strip() for value in text.split(",") if value.strip()]


def _anything(row: AnnotationRow) -> bool:
    return True


def _test(name: str, values: list[str]) -> Test:
    """Make the test of one condition; while nothing stands behind the colon, of none."""
    if not values:
        return _anything
    wanted = [folded(value) for value in values]
    match name:
        case "tag":
            tags = [fold_name(value) for value in values]
            return lambda row: any(tag in own for tag in tags for own in row.tags)
        case "kind":
            kinds = _meant(wanted, KIND_WORDS)
            return lambda row: row.annotation.kind in kinds
        case "status":
            statuses = _meant(wanted, STATUS_WORDS)
            return lambda row: row.status in statuses
        case "anchor":
            states = _meant(wanted, ANCHOR_WORDS)
            return lambda row: row.state in states
        case "colour":
            colours = _meant(wanted, COLOURS) | set(wanted)
            return lambda row: getattr(row.annotation.body, "colour", None) in colours
        case "issue":
            return lambda row: any(value in row.issue_words for value in wanted)
        case "section":
            return lambda row: any(value in folded(row.section) for value in wanted)
        case "reviewer":
            return lambda row: any(_is_of(row, value) for value in wanted)
        case "since":
            return lambda row: row.when >= values[0]
        case "until":
            return lambda row: row.when[: len(values[0])] <= values[0]
        case "date":
            return lambda row: any(_is_in(row.when, value) for value in values)
        case "issued":
            return lambda row: any(_is_in(row.issue_date, value) for value in values)
        case _:
            return lambda row: all(value in row.words for value in wanted)


def _is_of(row: AnnotationRow, wanted: str) -> bool:
    """Tell whether a reviewer's name holds this, or it is their initials."""
    return wanted in folded(row.annotation.reviewer) or wanted == folded(row.whose.initials)


def _is_in(date: str, wanted: str) -> bool:
    """Tell whether a date begins like another, or lies in `first..last`."""
    first, dots, last = wanted.partition("..")
    if not dots:
        return date.startswith(wanted)
    return bool(date) and date >= first and (not last or date[: len(last)] <= last)


def _meant(wanted: Sequence[str], words: Mapping[str, str]) -> set[str]:
    """The names that begin as one of `wanted`, in English or in the reader's language."""
    return {
        name
        for name, word in words.items()
        if any(name.startswith(value) or folded(tr(word)).startswith(value) for value in wanted)
    }


def _not(test: Test) -> Test:
    return lambda row: not test(row)
