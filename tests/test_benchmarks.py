"""The benchmarks still run: what they prepare, and one round of each that is quick."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from benchmarks import safety, saving
from benchmarks.__main__ import NAMES, main
from benchmarks.safety_ways import WAYS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_loaded(name: str) -> None:
    assert callable(import_module(f"benchmarks.{name}").main)


def test_a_name_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed"]) == 2
    assert "no such benchmark: speed" in capsys.readouterr().out


def test_saving_makes_a_library_and_saves_to_it_in_each_way(tmp_path: Path) -> None:
    with saving.desk(tmp_path / "desk", 3, 2) as one:
        before = len(one.store.annotations(one.issue.id))
        for number in range(2):
            saving.save_in_turn(one, number)
        assert before == 3 + 2  # those of the issue, a note and a tag of the store's own
        assert len(one.store.annotations(one.issue.id)) == before + 2
        assert sum(issue.total for issue in one.store.summaries().values()) == before + 2 + 200
        assert one.store.problems() == ()
        assert {len(times) for times in one.times.values()} == {2}
        assert saving.row("x", one.times)[0] == "x"
        assert saving.ratio(one.times) > 0
    times, kib = saving.issue_times(tmp_path, 3, 1)
    assert times.keys() == set(saving.WAYS) and kib > 0


@pytest.mark.parametrize("test", [safety.full_disk, safety.two_devices])
def test_safety_finds_nothing_lost_by_us_and_something_by_others(
    tmp_path: Path, test: safety.Test
) -> None:
    ours, stock = (test(WAYS[name], tmp_path / name) for name in ("kuaibao", "stock TinyDB"))
    assert ours.acknowledged and not (ours.lost or ours.unreadable or ours.overwritten)
    assert stock.lost
