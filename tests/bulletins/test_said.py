"""Lines of the core are plain English, and remember of what they are made."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from bulletins.model import ReadError
from bulletins.said import Said, SaidError, pack, said_by, unpack


def test_a_line_is_english_and_knows_its_template() -> None:
    line = Said("{path}: not saved: {why}", path="a.json", why=Said("the disk is full"))
    assert line == "a.json: not saved: the disk is full"
    assert (line.template, line.values["path"]) == ("{path}: not saved: {why}", "a.json")
    assert Said("left {alone}") == "left {alone}"


def test_an_error_says_its_line_and_hands_it_on() -> None:
    inner = SaidError("{count} files", count=3)
    outer = SaidError("{path}: {why}", path="x", why=inner)
    assert str(outer) == "x: 3 files"
    assert said_by(outer).values["why"] is inner.said
    assert said_by(ValueError("a\n b")) == "a b"
    assert said_by(ValueError()) == "ValueError"
    error = ReadError("a.zip", "holds {count} bulletins", count=2)
    assert (error.path, error.message, str(error)) == ("a.zip", *["holds 2 bulletins"] * 2)


@given(st.text(), st.text(), st.integers())
def test_a_line_comes_back_as_it_was_packed(path: str, why: str, count: int) -> None:
    line = Said("{path}: {why} ({count:,})", path=path, why=Said("<{why}>", why=why), count=count)
    packed = pack(line)
    assert len(packed) <= 1000
    found = unpack(packed)
    if len(line) < 300:
        assert found == line
    for kept in (pickle.loads(pickle.dumps(line)), *([found] if found == line else [])):
        if isinstance(kept, Said):
            assert (kept, kept.template, kept.values) == (line, line.template, line.values)


@given(st.text(max_size=60))
def test_any_text_that_was_stored_before_is_a_line(text: str) -> None:
    assert unpack(text) == text or text.startswith('["')
