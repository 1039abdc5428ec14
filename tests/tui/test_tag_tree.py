"""The tree of the tag screen."""

from __future__ import annotations

from annotations.model import Tag
from annotations.tallies import Tally
from tui.tag_tree import tree_rows

NAMES = {"政策": None, "政策/出口管制": "政策", "政策/出口管制/芯片": "政策/出口管制", "芯片": None}
TALLIES = [Tally(Tag(name, name, parent=above)) for name, above in NAMES.items()]


def test_tags_stand_below_their_parents() -> None:
    rows = tree_rows(TALLIES)
    assert [(row.depth, row.label, row.below) for row in rows] == [
        (0, "政策", True), (1, "出口管制", True), (2, "芯片", False), (0, "芯片", False),
    ]  # fmt: skip
    assert [row.name for row in rows] == list(NAMES)


def test_what_is_found_is_listed_with_what_is_above_it() -> None:
    rows = tree_rows(TALLIES, "芯片")
    assert [(row.label, row.dim) for row in rows] == [
        ("政策", True), ("出口管制", True), ("芯片", False), ("芯片", False),
    ]  # fmt: skip
    assert not tree_rows(TALLIES, "没有")
