"""Initials and inks by which reviewers are told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.mention_classes import MENTION_CLASSES
from tui.reviewer_names import INKS, OTHER_LAYERS, initials, inks
from tui.themes import DARK, LIGHT
from tui.themes import reviewers as looks


def test_initials_are_short_and_distinct() -> None:
    assert initials(["Lin Wei", "王芳"]) == {"Lin Wei": "LW", "王芳": "王"}
    assert initials(["王芳", "王强"]) == {"王芳": "王芳", "王强": "王强"}
    assert initials(["Lin Wei", "Liu Wen"]) == {"Lin Wei": "LinW", "Liu Wen": "LiuW"}
    assert initials(["Wang", "wang"]) == {"Wang": "Wang1", "wang": "Wang2"}
    assert initials(["…"]) == {"…": "?"}


@given(st.lists(st.text(max_size=6), max_size=8), st.randoms())
def test_no_two_have_the_same_in_whatever_order(names: list[str], random: object) -> None:
    found = initials(names)
    assert set(found) == set(names)
    assert len(set(found.values())) == len(found)
    assert all(found.values())
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert initials(shuffled) == found


@given(st.sets(st.text(max_size=8), max_size=12))
def test_inks_differ_as_long_as_there_are_any(folders: set[str]) -> None:
    found = inks(folders)
    assert set(found) == folders
    assert len(set(found.values())) == min(len(folders), INKS)


def test_every_ink_can_be_read_in_both_themes() -> None:
    assert len(looks.INKS) == INKS == len(OTHER_LAYERS)
    for number in range(INKS):
        for theme, ink in zip((DARK, LIGHT), looks.INKS[number], strict=True):
            for ground in (theme.background, theme.surface):
                assert contrast(ink, str(ground)) >= 4.5, (ink, ground)
    names = {entry.name for entry in MENTION_CLASSES}
    assert not names & OTHER_LAYERS.keys()


def contrast(ink: str, ground: str) -> float:
    from textual.color import Color

    bright = sorted(map(luminance, (Color.parse(ink).rgb, Color.parse(ground).rgb)))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def luminance(rgb: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in rgb]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
