"""The session is found again at the next start, and a damaged file never stops one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.state import Session, load_session, save_session, session_file

ROOTS = (Path("/a"), Path("/b"))
FULL = Session(
    issue="i" * 64,
    article="文",
    part=3,
    offset=12,
    sidebar=False,
    inspector=False,
    folded=("刊物", "期"),
    unfolded=("x",),
    hidden=("amount",),
    theme="kuaibao-light",
)


def test_a_first_start_has_a_fresh_session() -> None:
    assert load_session(ROOTS) == Session()


def test_what_was_saved_is_restored() -> None:
    save_session(ROOTS, FULL)
    assert load_session(ROOTS) == FULL


def test_each_library_has_its_own() -> None:
    save_session(ROOTS, FULL)
    assert load_session([Path("/a")]) == Session()
    assert load_session(reversed(ROOTS)) == FULL


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "[" * 100_000, '{"a": '])
def test_a_damaged_file_is_set_aside(text: str) -> None:
    path = session_file(ROOTS)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert load_session(ROOTS) == Session()
    assert not path.exists()
    assert path.with_suffix(".broken").read_text(encoding="utf-8") == text


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.dictionaries(
        st.sampled_from([*Session.__dataclass_fields__, "later"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers()),
    )
)
def test_values_of_a_wrong_kind_fall_back_one_by_one(values: dict[str, object]) -> None:
    path = session_file(ROOTS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**values, "article": "文"}), encoding="utf-8")
    session = load_session(ROOTS)
    assert session.article == "文"
    assert type(session.part) is int
    assert isinstance(session.sidebar, bool)
    assert all(isinstance(name, str) for name in session.folded)


def test_names_that_are_no_text_are_kept() -> None:
    """A file name may hold bytes that are not UTF-8."""
    roots = [Path("/\udcb0")]
    session = replace(FULL, article="\udcb0")
    save_session(roots, session)
    assert load_session(roots) == session


def test_a_disk_that_refuses_leaves_the_old_session(monkeypatch: pytest.MonkeyPatch) -> None:
    save_session(ROOTS, FULL)
    monkeypatch.setattr("os.fsync", _refuse)
    with pytest.raises(OSError, match="full"):
        save_session(ROOTS, Session())
    monkeypatch.undo()


def _refuse(handle: int) -> None:
    raise OSError(28, "full")
