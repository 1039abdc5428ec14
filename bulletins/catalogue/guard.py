"""Bounds for work on files that may be hostile: time, memory, and an owner that has died."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

TICK_SECONDS = 0.25
# Beyond the time limit plus this much processor time the kernel ends the process: code that
# never comes back to the interpreter hears no signal.
DEAF_SECONDS = 15.0


class OutOfTimeError(BaseException):
    """The work takes too long; no `except Exception` in the middle of it stops this."""


def limit_memory(megabytes: float) -> None:
    """Let this process have no more address space than that; then `MemoryError` is raised."""
    with contextlib.suppress(OSError, ValueError):  # some systems can't
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = int(megabytes * 1024 * 1024)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def lower_priority(steps: int) -> None:
    """Step back behind the process that draws."""
    with contextlib.suppress(OSError):
        os.nice(steps)


def hung_up(pipe: int) -> bool:
    """Say whether nobody can write to this pipe any more."""
    poll = select.poll()
    poll.register(pipe, 0)
    return any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll(0))


@contextlib.contextmanager
def bounded(seconds: float, owner: int) -> Iterator[None]:
    """Raise `OutOfTimeError` in the block after `seconds`; leave when the pipe `owner` hangs up.

    Main thread only. It takes the timers ITIMER_REAL and ITIMER_PROF.
    """
    deadline = time.monotonic() + seconds

    def tick(_signal: int, _frame: FrameType | None) -> None:
        if hung_up(owner):
            os._exit(0)
        if time.monotonic() > deadline:
            raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, tick)
    first = min(TICK_SECONDS, seconds)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds + DEAF_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, first, TICK_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        # Once more: a last tick may have cut the line above short.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before)
