"""What reaches a screen or a file can't control it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.sources.plain import MAX_MARKS, plain

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()))


@given(ANY)
def test_is_idempotent_and_never_longer(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert len(once) <= len(text)


@given(ANY)
def test_nothing_that_controls_is_left(text: str) -> None:
    for char in plain(text):
        category = unicodedata.category(char)
        assert char == "\n" or category not in {"Cc", "Cs", "Zl", "Zp"}
        assert (
            category != "Cf"
            or char == "\u200d"
            or unicodedata.bidirectional(char) in {"AN", "AL", "L"}
        )
        assert ord(char) & 0xFFFE != 0xFFFE
    plain(text).encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("前\x1b[2J后", "前␛[2J后"),
        ("a\tb\nc", "a b\nc"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("\u009b31m", "\ufffd31m"),
        ("\u202egnp.txt\u202c", "\ufffdgnp.txt\ufffd"),
        ("A\U000e0041", "A\ufffd"),
        ("零\u200b宽\u2060连\ufeff接\u00ad", "零宽连接"),
        ("a\u200db", "ab"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("\ud800x", "\ufffdx"),
        ("\ufffe\U0001ffff\u2028", "\ufffd\ufffd\ufffd"),
        ("葛\U000e0100 é 量子 [b]x[/b]", "葛\U000e0100 é 量子 [b]x[/b]"),
    ],
)
def test_examples(raw: str, shown: str) -> None:
    assert plain(raw) == shown


def test_a_tower_of_marks_is_cut_down() -> None:
    assert plain("Z" + "\u0301\u0316\u0335" * 200 + "algo") == (
        "Z" + ("\u0301\u0316\u0335" * 3)[:MAX_MARKS] + "algo"
    )
