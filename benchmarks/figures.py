"""Figures of a benchmark, and the tables that show them."""

from __future__ import annotations

import statistics
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """The middle value; NaN of none."""
    return statistics.median(values) if values else float("nan")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all do not exceed, by nearest rank; NaN of none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return percentile(values, 0.95)


def most(values: Sequence[float]) -> float:
    """The largest value; NaN of none."""
    return max(values, default=float("nan"))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows under a head: the first column to the left, the others to the right."""
    widths = [max(map(_cells, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(
            (cell + _pad(cell, width)) if index == 0 else (_pad(cell, width) + cell)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def verdict(value: float, bar: float) -> str:
    """Say whether `value` keeps to its bar."""
    return "ok" if value <= bar else "OVER"


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return " " * (width - _cells(text))
