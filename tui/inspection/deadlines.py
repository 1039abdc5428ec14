"""The rows of deadlines: the days until which something is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspection.rows import InspectorRow, paired
from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.model import DateMention, Mentions


def gather_deadlines(mentions: Mentions) -> list[tuple[DateMention, ...]]:
    """List the deadlines by date, the mentions of one date together; uncertain ones last."""
    found: dict[str, list[DateMention]] = {}
    for date in mentions.dates:
        if date.deadline:
            found.setdefault(date.iso or date.text, []).append(date)
    listed = sorted(found.values(), key=lambda dates: (not dates[0].iso, dates[0].iso))
    return [tuple(dates) for dates in listed]


def deadline_rows(mentions: Mentions, width: int) -> Iterator[InspectorRow]:
    """List the deadlines in a column of `width` cells: the words, and the date that they mean."""
    deadlines = gather_deadlines(mentions)
    if not deadlines:
        return
    yield InspectorRow("blank")
    yield InspectorRow("heading", tr("Deadlines"), tail=str(len(deadlines)))
    for dates in deadlines:
        times = f" ×{len(dates)}" if len(dates) > 1 else ""
        yield from paired(
            "deadline",
            dates[0].text,
            (dates[0].iso or "?") + times,
            width,
            mention="date",
            places=tuple(date.place for date in dates),
        )
