"""What one run of the app was started with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tui.state import Session


@dataclass(frozen=True, slots=True)
class Startup:
    """The library's roots, what the last `session` left, what was found wrong.

    `problems` pairs a path with one plain line; `samples` when the user has no library yet;
    `to_read` when files were named, so that the first article is to be read at once.
    """

    roots: tuple[Path, ...]
    session: Session
    problems: tuple[tuple[str, str], ...] = ()
    samples: bool = False
    to_read: bool = False
