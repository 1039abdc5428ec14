"""Which tags come first: those used last, then those used often of late. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.outline import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.pinyin import Pinyin

LATEST = 3
"""So many tags are first because they were used last."""
HALF_LIFE = 30.0
"""Days after which a use counts half."""


@dataclass(frozen=True, slots=True)
class Match:
    """A tag that was found: `how` well (0 best, see `found`), and its name."""

    how: int
    name: str


def ranked(
    names: Iterable[str], uses: Mapping[str, Sequence[tuple[str, int]]], now: datetime
) -> list[str]:
    """Put names in order: the last `LATEST` used, the last one first, then by decayed use.

    `uses` has pairs of a time (ISO 8601, UTC) and how often a tag was used about then; each use
    counts half after `HALF_LIFE` days. Of equals the shorter name is first, then by the alphabet.
    """
    wanted = list(dict.fromkeys(names))
    last = {name: max(when for when, _ in uses[name]) for name in wanted if uses.get(name)}
    latest = sorted(last, key=lambda name: last[name], reverse=True)[:LATEST]
    weight = {
        name: sum(times * 0.5 ** (_days(when, now) / HALF_LIFE) for when, times in uses[name])
        for name in last
    }
    rest = sorted(
        (name for name in wanted if name not in latest),
        key=lambda name: (-weight.get(name, 0.0), len(name), name),
    )
    return latest + rest


def found(names: Iterable[str], typed: str, pinyin: Pinyin | None = None) -> list[Match]:
    """Find names by what was typed, the best first, otherwise in the order given.

    0: the whole name or its last part; 1: another part of its path is so, or a part begins so;
    2: somewhere in it; 3: so a part is spelt in pinyin, in full or by initials; 4: so is something
    in it.
    """
    wanted = fold_text(typed).strip()
    matches = [
        Match(how, name) for name in names if (how := _how(fold_text(name), wanted, pinyin)) < 5
    ]
    return sorted(matches, key=lambda match: match.how)


def _how(name: str, wanted: str, pinyin: Pinyin | None) -> int:
    if not wanted:
        return 0
    if f"/{name}".endswith(f"/{wanted.strip('/')}"):
        return 0
    if f"/{wanted}" in f"/{name}/":
        return 1
    if wanted in name:
        return 2
    begin = pinyin.begins(name, wanted) if pinyin is not None else None
    if begin is None:
        return 5
    return 3 if begin == 0 or name[begin - 1] == "/" else 4


def _days(when: str, now: datetime) -> float:
    """Days from a time until now; what is no time is long ago."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return 36_500.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (now - moment).total_seconds() / 86_400)
