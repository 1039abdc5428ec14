"""The bar is for people who wait at a terminal, and leaves nothing behind."""

from __future__ import annotations

import io
import sys

import pytest

from tui.cli import progress
from tui.cli.progress import Progress


class Screen(io.StringIO):
    def __init__(self, *, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@pytest.mark.parametrize(
    ("tty", "patience", "drawn"), [(True, -1.0, True), (True, 60.0, False), (False, -1.0, False)]
)
def test_it_is_drawn_only_on_a_terminal_and_after_a_while(
    tty: bool, patience: float, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(tty=tty)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    with pytest.raises(KeyboardInterrupt), Progress() as shown:
        step = shown.stage("exporting", 3)
        step()
        step()
        raise KeyboardInterrupt
    assert ("exporting" in screen.getvalue()) is drawn
