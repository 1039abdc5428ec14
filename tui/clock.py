"""Times and lines as people read them, made from what files hold."""

from __future__ import annotations


def one_line(text: str) -> str:
    """One plain line: paths may hold anything."""
    from bulletins.sources.plain import plain

    return plain(text).replace("\n", " ")


def clock() -> str:
    """The time of day, to the second."""
    from datetime import datetime

    return datetime.now().strftime("%H:%M:%S")


def local_time(utc: str) -> str:
    """A stored time as the reader's clock showed it, to the minute."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return one_line(utc)
