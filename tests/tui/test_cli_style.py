"""`kuaibao style`: a profile is proposed from an issue, and a folder is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.styles import load_profile
from tui import cli

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


def test_new_prints_a_profile_that_can_be_used(
    root: Path, tmp_path: Path, capsys: Captured
) -> None:
    file = root / "tests" / "data" / "publications" / "airy" / "airy.txt"
    assert cli.main(["style", "new", str(file)]) == 0
    printed = capsys.readouterr().out
    profile = tmp_path / "airy.yaml"
    profile.write_text(printed, encoding="utf-8")
    style = load_profile(profile)
    assert (style.name, style.publication) == ("airy", "材料与制造信息")
    assert "项目资助" in style.sections.heads
    assert style.notes.markers == ("circled",)
    shown = [line for line in printed.splitlines() if line.startswith("#")]
    assert any("单原子层金薄膜成功制备" in line and "欧阳静" in line for line in shown)
    assert cli.main(["style", "check", str(profile), str(file)]) == 0
    assert "airy (" in capsys.readouterr().out


def test_check_lists_doubts_and_says_so_in_its_status(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.txt").write_text(
        "海洋快报\n2025 年第 3 期\n目  录\n湖区新建水质站……1\n再生沥青通过试验……2\n"
        "耐盐小麦通过试验……3\n"
        "湖区新建水质站\n试验站在三个湖区布设浮标，每小时传回一次水温和浊度。\n"
        "再生沥青通过试验\n项目组铺了两公里试验路，两年后没有发现裂缝。\n",
        encoding="utf-8",
    )
    assert cli.main(["style", "check", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert "耐盐小麦通过试验" in captured.out
    assert "a.txt · general" in captured.out
    assert "1 doubtful" in captured.err


def test_what_is_asked_wrongly_is_said(tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["style"]) == 2
    assert cli.main(["style", "new"]) == 2
    assert cli.main(["style", "new", str(tmp_path / "missing.txt")]) == 1
    assert "does not exist" in capsys.readouterr().err
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: bad\nheads: [a]\n", encoding="utf-8")
    assert cli.main(["style", "check", str(bad), str(tmp_path)]) == 2
    assert "unknown key" in capsys.readouterr().err
