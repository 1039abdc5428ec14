"""Widths must be those with which the text is drawn, or rows run over the edge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.typesetting.widths import boundaries, cut, fit, width_of


def test_every_character_of_the_first_plane_is_as_wide_as_drawn() -> None:
    """Only what is never drawn itself differs: controls have a stand-in of one cell."""
    differing = [
        code
        for code in range(0x10000)
        if width_of(chr(code)) != cell_len(chr(code)) and not 0xD800 <= code < 0xE000
    ]
    assert set(differing) <= {*range(0x20), *range(0x7F, 0xA0), 0xFE0F}


def test_samples_of_other_planes() -> None:
    assert [width_of(one) for one in "𠮷😀𝒜"] == [cell_len(one) for one in "𠮷😀𝒜"]


@given(st.text(), st.integers(1, 40))
def test_what_fits_is_not_wider(text: str, width: int) -> None:
    end = fit(text, 0, width, 10_000)
    assert sum(map(width_of, text[:end])) <= width
    assert end == len(text) or sum(map(width_of, text[: end + 1])) > width


@given(st.text(alphabet="a中，é\u0301👨\u200d👩❤\ufe0f"))
def test_boundaries_end_with_the_whole_width(text: str) -> None:
    found = boundaries(text)
    assert len(found) == len(text) + 1
    assert found[-1] == cell_len(text)


def test_cut_does_not_split_a_wide_character() -> None:
    assert cut("半导体材料", 6) == "半导…"
    assert cut("半导", 4) == "半导"
    assert cut("半导", 1) == "…"
