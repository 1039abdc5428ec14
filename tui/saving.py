"""How saving goes, for the line of state and the band; when a failed save is tried again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.clock import clock
from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

FIRST_WAIT = 2.0
LONGEST_WAIT = 60.0
"""Seconds before the first further try and, doubled each time, at most."""


class Saving:
    """What is known of the last save."""

    def __init__(self) -> None:
        self.trouble = ""
        """Why the last change is not where it belongs, in one line; "" when it is."""
        self.kept_in: Path | None = None
        """Where it is kept meanwhile; None if there is nothing to keep."""
        self.nowhere = False
        """It was not refused, and is on no disk."""
        self.running = 0
        """How many changes are being saved."""
        self._saved_at = ""
        self._retrying: asyncio.Task[None] | None = None

    def ended(
        self,
        trouble: str,
        kept_in: Path | None,
        nowhere: bool,
        retry: Callable[[], Awaitable[bool]],
    ) -> None:
        """A change was saved, refused or kept elsewhere; what is kept is tried again by `retry`."""
        self.trouble = trouble
        self.kept_in = kept_in
        self.nowhere = nowhere
        if not trouble:
            self._saved_at = clock()
        if kept_in is None:
            self._stop()
        elif self._retrying is None or self._retrying.done():
            self._retrying = asyncio.create_task(self._keep_trying(retry))

    def _stop(self) -> None:
        if self._retrying is not None and self._retrying is not asyncio.current_task():
            self._retrying.cancel()
        self._retrying = None

    def progress(self) -> tuple[str, str]:
        """What the state of saving is, and its tone for the line of state."""
        if self.running:
            return tr("saving…"), "muted"
        if self.trouble:
            return tr("NOT SAVED: {why}").format(why=self.trouble), "alarm"
        if self._saved_at:
            return tr("saved {time}").format(time=self._saved_at), "good"
        return "", ""

    def warning(self) -> str:
        """What the band says: why, where it is, what to do; "" when all is saved or was refused."""
        if not self.trouble or not (self.nowhere or self.kept_in):
            return ""
        if self.nowhere:
            todo = tr(
                "It could not be kept elsewhere either. Free some space or make the folder"
                " writable, then do it again."
            )
        else:
            todo = tr(
                "It is kept in {folder} and tried again each minute. Free some space or make the"
                " folder writable; if you quit, the next start takes it in."
            ).format(folder=self.kept_in)
        return f"{self.trouble}\n{todo}"

    async def _keep_trying(self, retry: Callable[[], Awaitable[bool]]) -> None:
        wait = FIRST_WAIT
        await asyncio.sleep(wait)
        while not await retry():
            wait = min(2 * wait, LONGEST_WAIT)
            await asyncio.sleep(wait)
