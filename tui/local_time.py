"""Stored times as the reader's clock showed them."""

from __future__ import annotations


def local_time(utc: str) -> str:
    """A stored time in the reader's zone, to the minute; what is no time as one plain line."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        from bulletins.sources.plain import plain

        return plain(utc).replace("\n", " ")
