"""Which tags come first, and which are found by what was typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pinyin import load_pinyin
from tui.tag_ranking import found, ranked

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")


def test_the_last_used_come_first_then_those_used_often_of_late() -> None:
    uses = {
        "long ago": [(ago(700), 900)],
        "often": [(ago(20), 12), (ago(9), 6)],
        "once": [(ago(5), 1)],
        "today": [(ago(0.1), 1)],
        "yesterday": [(ago(1), 1)],
        "two days ago": [(ago(2), 3)],
    }
    names = ["never", *uses, "also never"]
    assert ranked(names, uses, NOW) == [
        "today", "yesterday", "two days ago", "often", "once", "long ago", "never", "also never",
    ]  # fmt: skip


def test_a_use_counts_half_after_a_month() -> None:
    recent = {f"r{n}": [(ago(0), 1)] for n in range(3)}
    uses = {**recent, "then": [(ago(60), 8)], "now": [(ago(1), 3)]}
    assert ranked(uses, uses, NOW)[3:] == ["now", "then"]
    assert ranked(uses, uses, NOW - timedelta(days=59))[3:] == ["then", "now"]


@given(
    st.dictionaries(
        st.text(max_size=3), st.lists(st.tuples(st.text(max_size=9), st.integers(0, 9)))
    )
)
def test_every_name_is_there_once_whatever_the_times(
    uses: dict[str, list[tuple[str, int]]],
) -> None:
    assert sorted(ranked([*uses, *uses], uses, NOW)) == sorted(uses)


NAMES = ["政策", "政策/出口管制", "产业政策", "产业园区", "技术/芯片出口", "AI 芯片"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("政策", ["政策", "政策/出口管制", "产业政策"]),
        ("出口", ["政策/出口管制", "技术/芯片出口"]),
        ("政策/出", ["政策/出口管制"]),
        ("cyyq", ["产业园区"]),
        ("ckgz", ["政策/出口管制"]),
        ("ck", ["政策/出口管制", "技术/芯片出口"]),
        ("ai", ["AI 芯片"]),
        ("ａｉ", ["AI 芯片"]),
        ("x", ["AI 芯片", "技术/芯片出口"]),
        ("没有", []),
    ],
)
def test_names_are_found_by_any_part_and_by_pinyin(typed: str, names: list[str]) -> None:
    found_names = [match.name for match in found(NAMES, typed, load_pinyin())]
    assert [name for name in found_names if name in names] == found_names
    assert set(found_names) == set(names)
    assert found_names[:1] == names[:1] or typed == "x"


def test_without_readings_names_are_found_as_written() -> None:
    assert [match.name for match in found(NAMES, "园区")] == ["产业园区"]
    assert not found(NAMES, "cyyq")
