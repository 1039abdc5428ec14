"""Addresses in a text."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_URL = re.compile(
    r"(?:https?|ftp)://[!-~\u00a1-\u024f]+|(?<![\w./@])www\.[A-Za-z0-9-]+\.[!-~]+", re.IGNORECASE
)
_CLOSERS = ".,;:!?'\"]}>"


def urls_in(text: str) -> tuple[str, ...]:
    """List the addresses in `text`, each once; marks that end a sentence are not part of them."""
    if "://" not in text and "www." not in text.lower():
        return ()
    return tuple(dict.fromkeys(filter(None, (_trimmed(url) for url in _URL.findall(text)))))


def with_links(urls: Iterable[str], links: Iterable[str]) -> tuple[str, ...]:
    """Put whole `links` in the place of the printed `urls` that they begin or go on with."""
    whole = list(dict.fromkeys(links))
    printed = [
        url for url in urls if not any(one.startswith(url) or url.startswith(one) for one in whole)
    ]
    return tuple(dict.fromkeys([*printed, *whole]))


def _trimmed(url: str) -> str:
    while True:
        stripped = url.rstrip(_CLOSERS)
        if stripped.endswith(")") and stripped.count("(") < stripped.count(")"):
            stripped = stripped[:-1]
        if stripped == url:
            return url
        url = stripped


def merged(urls: Iterable[str]) -> tuple[str, ...]:
    """Keep each address once; one that is the cut-off start of another gives way to it."""
    kept = list(dict.fromkeys(urls))
    if len(kept) < 2:
        return tuple(kept)
    ordered = sorted(kept)
    cut = {
        short
        for short, longer in itertools.pairwise(ordered)
        if len(short) >= 60 and longer.startswith(short) and not short.endswith("/")
    }
    return tuple(url for url in kept if url not in cut)
