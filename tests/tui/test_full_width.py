"""Characters of an input method as keys."""

from __future__ import annotations

import string

import pytest
from textual.keys import _character_to_key

from tui.full_width import key_meant

ASCII = string.ascii_letters + string.digits + string.punctuation


@pytest.mark.parametrize("character", ASCII)
def test_a_full_width_form_is_the_key_of_its_twin(character: str) -> None:
    full = chr(ord(character) + 0xFEE0)
    assert key_meant(full) == _character_to_key(character)


def test_marks_of_chinese_typing_are_the_keys_that_give_them() -> None:
    keys = {
        "。": "full_stop",
        "、": "slash",
        "【": "left_square_bracket",
        "》": "greater_than_sign",
    }
    assert {mark: key_meant(mark) for mark in keys} == keys
    assert key_meant("\u3000") == "space"


@pytest.mark.parametrize("character", [None, "", "a", "?", "中", "é", "…", "ＡＢ", "\uffe3", "𠮷"])
def test_anything_else_is_no_key(character: str | None) -> None:
    assert key_meant(character) is None
