"""The rows of the tag screen: all tags as a tree by parent, with how often each is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.tag_ranking import found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.tallies import Tally
    from tui.pinyin import Pinyin


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One tag: `label` is its own part of the name, `depth` counts from 0.

    `below` tells that others are under it; `dim`, that it is shown for what is under it only.
    """

    tally: Tally
    label: str
    depth: int = 0
    below: bool = False
    dim: bool = False

    @property
    def name(self) -> str:
        """The tag's whole name."""
        return self.tally.tag.name


def tree_rows(
    tallies: Sequence[Tally], typed: str = "", pinyin: Pinyin | None = None
) -> list[TreeRow]:
    """List tags in the order given (by names), each below its parent; those found, if `typed`.

    What is above one that is found is listed as well.
    """
    by_id = {one.tag.id: one for one in tallies}
    children: dict[str, list[Tally]] = {}
    for one in tallies:
        above = one.tag.parent if one.tag.parent in by_id else None
        children.setdefault(above or "", []).append(one)
    wanted = {match.name for match in found((one.tag.name for one in tallies), typed, pinyin)}
    shown = set(wanted)
    for one in tallies:
        at: Tally | None = one
        while at is not None and one.tag.name in wanted:
            shown.add(at.tag.name)
            at = by_id.get(at.tag.parent or "")
    rows: list[TreeRow] = []
    waiting = [(one, 0, "") for one in reversed(children.get("", []))]
    while waiting:
        one, depth, above = waiting.pop()
        below = children.get(one.tag.id, [])
        if one.tag.name in shown:
            label = one.tag.name.removeprefix(above)
            rows.append(TreeRow(one, label, depth, bool(below), one.tag.name not in wanted))
        waiting += [(each, depth + 1, f"{one.tag.name}/") for each in reversed(below)]
    return rows
