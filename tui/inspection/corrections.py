"""What the reader said of mentions, beside the rows of the inspector that show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.inspection.rows import InspectorRow, wrapped
from tui.locale import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotations.mention_corrections import CorrectedMention, CorrectedMentions
    from tui.mention_entries import MentionEntry

ACCEPTED, CHANGED, REJECTED = "✓", "~", "✗"
KINDS = {
    "amount": mark("sum"),
    "quantity": mark("quantity"),
    "date": mark("date"),
    "organization": mark("organization"),
    "person": mark("person"),
    "place": mark("place"),
    "document": mark("document"),
    "program": mark("programme"),
    "technology": mark("technology"),
}
ADDED = mark("added by you")


def with_corrections(
    rows: Sequence[InspectorRow], found: CorrectedMentions, width: int
) -> list[InspectorRow]:
    """Mark the rows of accepted and changed mentions, and list the rejected ones at the end.

    Where only some of a row's forms were accepted, they are named below it.
    """
    from annotations.mention_corrections import mention_type

    said: dict[tuple[str, object], CorrectedMention] = {}
    for one in found.corrected:
        if one.after is not None:
            said[mention_type(one.after), one.place] = one
    listed: list[InspectorRow] = []
    waiting: list[InspectorRow] = []
    for row in rows:
        if row.text:
            listed += waiting
            waiting = []
        own = [said[row.mention, place] for place in row.places if (row.mention, place) in said]
        if row.kind not in ("amount", "entity", "deadline") or not row.text or not own:
            listed.append(row)
            continue
        # A second row of the same mention, without a text of its own, comes before what it was.
        words = [told for one in own if (told := was(one))]
        sign = CHANGED if words else ACCEPTED if len(own) == len(row.places) else ""
        if not sign:
            forms = dict.fromkeys(one.after.text for one in own if one.after is not None)
            words = [f"{ACCEPTED} {' · '.join(forms)}"]
        listed.append(row if row.lead.strip() else replace(row, lead=sign or row.lead))
        lines = [line for told in dict.fromkeys(words) for line in wrapped(told, width - 2)]
        waiting = [InspectorRow("hint", line) for line in lines]
    places = {(row.mention, place) for row in rows for place in row.places}
    others = [one for key, one in said.items() if key not in places]
    return [*listed, *waiting, *_judged(others, width), *_rejected(found)]


def was(entry: MentionEntry | CorrectedMention) -> str:
    """Say what a mention was before the reader changed it; "" if it was the same."""
    from annotations.mention_corrections import mention_type
    from tui.mention_entries import name_of, value_of

    before, after = entry.before, entry.after
    if before is None:
        return tr(ADDED)
    if before == after or after is None:
        return ""
    parts = []
    if mention_type(before) != mention_type(after):
        parts.append(tr(KINDS[mention_type(before)]))
    if name_of(before) != name_of(after) and name_of(before):
        parts.append(name_of(before))
    if value_of(before) != value_of(after) and value_of(before):
        parts.append(value_of(before))
    return tr("was {what}").format(what=" · ".join(parts)) if parts else ""


def _judged(others: Sequence[CorrectedMention], width: int) -> Iterator[InspectorRow]:
    """List what was judged and has no row of its own, such as dates and quantities."""
    from annotations.mention_corrections import mention_type
    from tui.mention_entries import value_of

    if not others:
        return
    yield InspectorRow("blank")
    yield InspectorRow("heading", tr("Judged"), tail=str(len(others)))
    for one in others:
        if one.after is None:
            continue
        words = was(one)
        yield InspectorRow(
            "entity",
            one.after.text,
            lead=CHANGED if words else ACCEPTED,
            tail=value_of(one.after),
            mention=mention_type(one.after),
            places=(one.place,),
        )
        yield from (InspectorRow("hint", line) for line in wrapped(words, width - 2) if words)


def _rejected(found: CorrectedMentions) -> Iterator[InspectorRow]:
    """List what was rejected, each form once with all its places."""
    from annotations.mention_corrections import mention_type

    places: dict[tuple[str, str], list[CorrectedMention]] = {}
    for one in found.corrected:
        if one.after is None and one.before is not None:
            places.setdefault((mention_type(one.before), one.before.text), []).append(one)
    if not places:
        return
    yield InspectorRow("blank")
    yield InspectorRow("heading", tr("Rejected"), tail=str(len(places)))
    for (kind, text), gone in places.items():
        yield InspectorRow(
            "rejected",
            text,
            lead=REJECTED,
            tail=" ".join([tr(KINDS[kind]), *([f"×{len(gone)}"] if len(gone) > 1 else [])]),
            mention=kind,
            places=tuple(one.place for one in gone),
        )
