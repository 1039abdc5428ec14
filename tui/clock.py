"""Times as people read them."""

from __future__ import annotations


def clock() -> str:
    """The time of day, to the second."""
    from datetime import datetime

    return datetime.now().strftime("%H:%M:%S")


def utc_now() -> str:
    """This moment as it is stored: UTC, ISO 8601."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def local_time(utc: str) -> str:
    """A stored time as the reader's clock showed it, to the minute."""
    from datetime import datetime

    from bulletins.sources.plain import plain_line

    try:
        return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return plain_line(utc)
