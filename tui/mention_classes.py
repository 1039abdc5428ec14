"""The classes of highlights: their order, their key in the dialog, and their names."""

from __future__ import annotations

from dataclasses import dataclass

from tui.locale import mark


@dataclass(frozen=True, slots=True)
class MentionClass:
    """One class; `title` and `short` are message ids, `key` switches it in the dialog."""

    name: str
    key: str
    title: str
    short: str


MENTION_CLASSES: tuple[MentionClass, ...] = (
    MentionClass("amount", "1", mark("sums of money"), mark("sum")),
    MentionClass("quantity", "2", mark("quantities"), mark("quantity")),
    MentionClass("date", "3", mark("dates"), mark("date")),
    MentionClass("organization", "4", mark("organizations"), mark("org")),
    MentionClass("person", "5", mark("persons"), mark("person")),
    MentionClass("place", "6", mark("places"), mark("place")),
    MentionClass("document", "7", mark("documents"), mark("doc")),
    MentionClass("program", "8", mark("programmes"), mark("prog")),
    MentionClass("technology", "9", mark("technologies"), mark("tech")),
)
