"""A sum with all that is known of it in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspection.wording import (
    kind_words,
    normalised,
    parties,
    per_words,
    relation_words,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.model import Amount
    from tui.inspection.grouping import SumEntry


def sum_line(entry: SumEntry, amounts: Sequence[Amount]) -> str:
    """Write the words of a sum, what they mean, who pays whom, for what, and the rest."""
    first, flow = amounts[entry.members[0]], entry.flow
    times = f" ×{len(entry.members)}" if len(entry.members) > 1 else ""
    restated = dict.fromkeys(f"≈ {normalised(amounts[index])}" for index in entry.equivalents)
    meant = " ".join(filter(None, (normalised(first), *restated, per_words(first))))
    nature = (
        kind_words(flow),
        status_words(flow),
        flow.date.value if flow.date else "",
        relation_words(flow, amounts),
    )
    purpose = flow.purpose.text if flow.purpose else ""
    said = (f"{first.text}{times}", meant, parties(flow), purpose, " · ".join(filter(None, nature)))
    return "  ".join(filter(None, said))
