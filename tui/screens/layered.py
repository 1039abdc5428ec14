"""Screens that may lie behind another."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

T = TypeVar("T")


class Layered(Screen[T]):
    """Draws what changed while another screen is in front, and only that.

    Textual has a screen behind drawn whole again with each of its messages, such as a timer's: all
    of the terminal some times a second, for as long as a dialog is open. A screen that comes to the
    front again is drawn whole anyway.
    """

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        if self is not self.app.screen:
            self._repaint_required = False
