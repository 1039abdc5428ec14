"""Keys in turn: the next one waits until all that the last one set going is done.

A key is forwarded to a field, bubbles up from there through the queues of its parents, and may open
a dialog that takes a while to get its own field. Whoever types quickly, or pastes keys by a script,
is ahead of that: without turns the text behind `m` would be commands.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.dom import DOMNode

_ROUNDS = 2
"""What a key does often sets something else going in the same queues, such as a focus."""

_GLANCE = 0.01
"""Seconds between two looks at a dialog that has no field yet."""

_PATIENCE = 2.0
"""Seconds after which a key goes on although the one before never came to its end."""


class Typed(Protocol):
    """Whoever takes a key or pasted text that has its turn."""

    def __call__(self, event: events.Key | events.Paste) -> Awaitable[None]: ...


class KeyTurns:
    """The keys that wait for `app`; each is given to `take` when its turn has come.

    Of a key that `is_step`, all that wait one behind the other go together: the screen is drawn
    once for them, so a key that is held down does not outrun it.
    """

    def __init__(self, app: App[None], take: Typed, is_step: Callable[[events.Key], bool]) -> None:
        self._app = app
        self._take = take
        self._is_step = is_step
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._busy = False
        self._looking = False
        self._glances = 0

    async def add(self, event: events.Key | events.Paste) -> None:
        """Take the event now, or when those before it are done."""
        self._waiting.append(event)
        if self._busy:
            if len(self._waiting) == 1:
                self._app.set_timer(_PATIENCE, self._give_up(self._turn))
            return
        await self._next()

    async def _next(self) -> None:
        """Give the first that waits to the app, as soon as the screen on top can have it."""
        if self._busy or self._looking or not self._waiting:
            return
        if not self._takes_keys() and self._glances < _PATIENCE / _GLANCE:
            self._glances += 1
            self._looking = True
            self._app.set_timer(_GLANCE, self._look_again)
            return
        self._glances = 0
        self._busy = True
        self._turn += 1
        at = self._app.focused or self._app.screen
        event = self._waiting.popleft()
        try:
            await self._take(event)
            while self._goes_on(event):
                await self._take(self._waiting.popleft())
        finally:
            self._follow(at, self._turn, _ROUNDS)

    def _goes_on(self, event: events.Key | events.Paste) -> bool:
        """Whether the next one is the same step again."""
        if not self._waiting or not isinstance(event, events.Key):
            return False
        following = self._waiting[0]
        alike = isinstance(following, events.Key) and following.key == event.key
        return alike and self._is_step(event)

    async def _look_again(self) -> None:
        self._looking = False
        await self._next()

    def _takes_keys(self) -> bool:
        """Whether the screen on top has all that it takes keys with."""
        screen = self._app.screen
        if not isinstance(screen, ModalScreen):
            return True
        return screen.is_mounted and (screen.focused is not None or not screen.focus_chain)

    def _follow(self, at: DOMNode | None, turn: int, rounds: int) -> None:
        """Follow a key from queue to queue, as it bubbles; each has done with it when we come."""
        while at is not None and at is not self._app:
            if at.call_later(self._follow, at.parent, turn, rounds):
                return
            at = at.parent  # this one is closed, and so are its messages
        self._app.call_later(self._done, turn, rounds - 1)

    async def _done(self, turn: int, rounds: int) -> None:
        if turn != self._turn:
            return  # it was given up
        if rounds:
            self._follow(self._app.focused or self._app.screen, turn, rounds)
            return
        self._busy = False
        await self._next()

    def _give_up(self, turn: int) -> Callable[[], Awaitable[None]]:
        async def go_on() -> None:
            if self._busy and turn == self._turn:
                self._busy = False
                await self._next()

        return go_on
