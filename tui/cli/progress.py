"""A bar for what takes long: on the error stream, only on a terminal, only after a while."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 0.7  # seconds


class Progress:
    """Shows how far the stages of a command are; as a context it leaves a clean terminal.

    Nothing is imported and nothing drawn before a stage has lasted for a moment.
    """

    def __init__(self) -> None:
        self._bar: Any = None
        self._began = time.monotonic()
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def stage(self, label: str, total: int) -> Callable[[], None]:
        """Begin a stage of `total` steps; call what is returned after each of them."""
        self.end()
        self._began = time.monotonic()
        done = 0
        task: Any = None

        def step() -> None:
            nonlocal done, task
            done += 1
            if not self._shown:
                return
            if self._bar is None and time.monotonic() - self._began > _PATIENCE:
                task = self._start(label, total)
            if self._bar is not None and task is not None:
                self._bar.update(task, completed=done)

        return step

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self, label: str, total: int) -> Any:
        from rich.console import Console
        from rich.progress import Progress as Bar

        console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
        self._bar = Bar(console=console, transient=True)
        self._bar.start()
        return self._bar.add_task(label, total=total)
