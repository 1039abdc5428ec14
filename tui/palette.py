"""The command palette: what can be done now, each with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from tui.commands import COMMANDS
from tui.key_names import shown_keys
from tui.locale import tr
from tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.command import Hits


class CommandProvider(Provider):
    """Offers the commands that the screen allows at this moment."""

    def _possible(self) -> Iterator[tuple[str, str, str]]:
        """Name, title and keys of each possible command."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        keys = screen.config.keys
        for entry in COMMANDS:
            if entry.palette and screen.check_action(entry.name, ()):
                yield entry.name, tr(entry.title), shown_keys(keys, entry.name)

    async def discover(self) -> Hits:
        for name, title, keys in self._possible():
            yield DiscoveryHit(title, partial(self.screen.run_action, name), help=keys)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, title, keys in self._possible():
            score = matcher.match(title)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(title),
                    partial(self.screen.run_action, name),
                    help=keys,
                )
