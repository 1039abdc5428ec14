"""Drafts of notes: kept while somebody writes, restored once nobody does, never lost or doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.drafts import Draft, abandoned

if TYPE_CHECKING:
    from pathlib import Path


def test_a_draft_is_restored_after_its_process_died(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from tui.drafts import Draft;"
        "d = Draft(Path(sys.argv[1]), 'k', '标题', '旧'); d.keep('写到一半');"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60)
    assert [one.title for one in abandoned(tmp_path)] == ["标题"]
    found = Draft(tmp_path, "k", "标题", "旧").restore()
    assert found is not None
    assert (found.text, found.before) == ("写到一半", "旧")


def test_a_living_process_keeps_its_draft_to_itself(tmp_path: Path) -> None:
    one, other = Draft(tmp_path, "k", "t", ""), Draft(tmp_path, "k", "t", "")
    one.keep("甲")
    assert other.restore() is None
    other.keep("乙")
    assert not abandoned(tmp_path)
    one.leave()
    other.leave()
    assert sorted(kept.text for kept in abandoned(tmp_path)) == ["乙", "甲"]


def test_of_two_drafts_of_a_note_the_newest_comes_first_and_the_other_next(tmp_path: Path) -> None:
    for text in ("先", "后"):
        draft = Draft(tmp_path, "k", "t", "")
        draft.keep(text)
        draft.leave()
    first = Draft(tmp_path, "k", "t", "")
    found = first.restore()
    assert found is not None
    assert found.text == "后"
    first.drop()
    found = Draft(tmp_path, "k", "t", "").restore()
    assert found is not None
    assert found.text == "先"


def test_a_dropped_draft_leaves_nothing_and_is_kept_no_more(tmp_path: Path) -> None:
    draft = Draft(tmp_path, "k", "t", "")
    draft.keep("写")
    draft.drop()
    draft.keep("晚到的一次")
    assert not list(tmp_path.iterdir())


def test_what_was_saved_before_the_crash_is_no_draft(tmp_path: Path) -> None:
    draft = Draft(tmp_path, "k", "t", "")
    draft.keep("已经存了")
    draft.leave()
    assert Draft(tmp_path, "k", "t", "已经存了").restore() is None
    assert not abandoned(tmp_path)


def test_a_blank_text_is_no_draft(tmp_path: Path) -> None:
    draft = Draft(tmp_path, "k", "t", "")
    draft.keep("字")
    draft.keep(" \n")
    draft.leave()
    assert not abandoned(tmp_path)


def test_files_that_are_no_drafts_are_left_alone(tmp_path: Path) -> None:
    for name, data in (("a.json", b"{"), ("b.json", b"[]"), ("c.json", b"\xff"), ("d.md", b"x")):
        (tmp_path / name).write_bytes(data)
    assert Draft(tmp_path, "k", "t", "").restore() is None
    assert abandoned(tmp_path / "nowhere") == []
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_refuses_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OSError, match="denied"):
        Draft(tmp_path / "drafts", "k", "t", "").keep("字")
    tmp_path.chmod(0o700)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.text(max_size=40), text=st.text(min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was(tmp_path: Path, key: str, text: str) -> None:
    draft = Draft(tmp_path, key, "t", "")
    draft.keep(text)
    draft.leave()
    again = Draft(tmp_path, key, "t", "")
    found = again.restore()
    assert (found.text if found else "") == (text if text.strip() else "")
    again.drop()
