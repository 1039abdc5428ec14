"""Which links may be followed."""

from __future__ import annotations


def is_web_link(url: str) -> bool:
    """Say whether a link may be followed: http or https, with nothing a terminal could obey."""
    scheme, colon, rest = url.partition("://")
    return bool(
        colon
        and scheme.casefold() in ("http", "https")
        and rest
        and all(32 < ord(character) < 127 or ord(character) >= 160 for character in rest)
    )
