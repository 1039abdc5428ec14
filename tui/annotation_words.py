"""All that is said of one annotation below the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.sources.plain import plain, plain_line
from tui.annotation_query import ANCHOR_WORDS
from tui.locale import tr
from tui.orphan_words import KIND_WORDS
from tui.outline import STATUS_WORDS
from tui.passages import colour_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.annotation_rows import AnnotationRow


def about(row: AnnotationRow, meaning: Callable[[str], str]) -> str:
    """Say in a few lines what an annotation is, what it says and where, who made it and when.

    `meaning` calls a colour by what it means to the reader.
    """
    one = row.annotation
    colour = str(getattr(one.body, "colour", ""))
    state = tr(ANCHOR_WORDS[row.state]) if row.state in ANCHOR_WORDS else ""
    place = " ▸ ".join(filter(None, (row.issue, row.section, row.title)))
    kind = tr(KIND_WORDS.get(one.kind, one.kind))
    head = (
        kind,
        tr("read only") if not row.own else "",
        (meaning if row.own else colour_words)(plain_line(colour)) if colour else "",
        state if state and row.state != "exact" else "",
        "" if row.place else tr("not in this library"),
        place,
    )
    lines = [" · ".join(filter(None, head))]
    if row.quote:
        lines.append(f"“{row.quote}”")
    text = str(getattr(one.body, "text", "")) or row.said
    if text:
        lines.append(plain(text).strip())
    last = (
        tr("{when} by {who} on {device}").format(
            when=row.when, who=f"{row.whose.sign} {one.reviewer}".lstrip(), device=one.device
        ),
        tr(STATUS_WORDS.get(row.status, row.status)),
        " ".join(f"#{tag}" for tag in sorted(row.tags)),
    )
    lines.insert(1, " · ".join(filter(None, map(plain_line, last))))
    return "\n".join(lines)
