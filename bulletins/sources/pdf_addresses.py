"""Addresses that run over the end of a row."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.sources.pdf_order import Row
    from bulletins.sources.pdf_page import PageRows

_TAIL = re.compile(r"(?:https?://|www\.)[!-~]*$", re.IGNORECASE)
_TOKEN = re.compile(r"[!-~]+")
_OPENS = re.compile(r"https?://|www\.", re.IGNORECASE)
_MAX_ROWS = 12  # that one address takes
_MARK = re.compile(r"[\[［〔]?\d{1,3}[\]］〕]?$|[①-⑳]$")
_LONG = 12.0  # of the type size: an address that may have had no room beside its mark


def join_marks(pages: list[PageRows]) -> None:
    """Put an address that had no room beside its note's mark back into the mark's row."""
    for page in pages:
        rows: list[Row] = []
        for row in page.rows:
            last = rows[-1] if rows else None
            if last is not None and _marks(last, row):
                last.runs += row.runs
            else:
                rows.append(row)
        page.rows = rows


def _marks(mark: Row, address: Row) -> bool:
    return (
        len(mark.runs) == 1
        and mark.frame == address.frame
        and _MARK.match(mark.runs[0].text) is not None
        and _OPENS.match(address.runs[0].text) is not None
        and address.runs[0].first > _LONG * address.size
        and abs(mark.left - address.left) < 2 * address.size
        and mark.y < address.y < mark.y + 2 * address.size
    )


def mark_addresses(pages: list[PageRows]) -> None:
    """Say of each row whether an address at its end goes on in the next one."""
    for page in pages:
        edges: dict[int, float] = {}
        for row in page.rows:
            edges[row.frame] = max(edges.get(row.frame, 0.0), row.right)
        running = 0
        for row, following in itertools.pairwise(page.rows):
            text = row.runs[-1].text
            inside = running and _TOKEN.fullmatch(text) is not None
            if not (inside or _TAIL.search(text[-4000:])) or row.frame != following.frame:
                running = 0
                continue
            full = edges[row.frame] - row.right < 0.9 * row.size
            row.open = running < _MAX_ROWS and _goes_on(row, following, full)
            running = running + 1 if row.open else 0


def _goes_on(row: Row, following: Row, full: bool) -> bool:
    here, after = row.runs[-1], following.runs[0]
    token = _TOKEN.match(after.text)
    if token is None or _OPENS.match(after.text) or (after.raised and after.raised[0][0] == 0):
        return False
    if here.links and here.links[-1].end == len(here.text):
        return bool(after.links) and after.links[0][::2] == (0, here.links[-1].url)
    return full and abs(row.size - following.size) < 0.5
