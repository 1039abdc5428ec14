"""Chinese names are found by how they are spelt in pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pinyin import Pinyin, load_pinyin


@pytest.fixture(scope="module")
def pinyin() -> Pinyin:
    return load_pinyin()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("产业园区", "cyyq"),
        ("产业园区", "chanyeyuanqu"),
        ("产业园区", "chanyyq"),
        ("产业园区", "chyyq"),
        ("产业园区", "chany"),
        ("产业园区", "chan'ye"),
        ("政策/出口管制", "zc/ckgz"),
        ("ai芯片", "aixp"),
        ("ai芯片", "aixinpian"),
        ("5g基站", "5gjz"),
        ("绿色能源", "lvse"),
        ("绿色能源", "lusenengyuan"),
        ("战略", "zhanlue"),
        ("出口管制", "出kgz"),
    ],
)
def test_in_full_by_initials_and_mixed(pinyin: Pinyin, name: str, typed: str) -> None:
    assert pinyin.begins(name, typed) == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [("重庆", "cq"), ("重庆", "zq"), ("银行", "yinhang"), ("银行", "yinxing"), ("长江", "cj"),
     ("长江", "zj")],
)  # fmt: skip
def test_a_character_with_several_readings_is_found_by_each(
    pinyin: Pinyin, name: str, typed: str
) -> None:
    assert pinyin.begins(name, typed) == 0


def test_where_it_begins_and_what_is_not_there(pinyin: Pinyin) -> None:
    assert pinyin.begins("政策/出口管制", "ckgz") == 3
    assert pinyin.begins("半导体园区", "yq") == 3
    assert pinyin.begins("产业园区", "cyyqx") is None
    assert pinyin.begins("产业园区", "hanye") is None
    assert pinyin.begins("产业园区", "产业") is None, "found as it is written"
    assert pinyin.begins("产业园区", "12") is None


@given(st.text(max_size=30), st.text("abcxyz/'1 ", max_size=30))
def test_whatever_is_typed_is_answered(name: str, typed: str) -> None:
    begin = load_pinyin().begins(name, typed)
    assert begin is None or 0 <= begin < len(name)


def test_phrases_are_not_loaded(pinyin: Pinyin) -> None:
    """They take 40 MB and 200 ms, half of which would hold up the thread that draws."""
    import os

    from pypinyin.constants import PHRASES_DICT

    assert not PHRASES_DICT
    assert "PYPINYIN_NO_PHRASES" not in os.environ
