"""How a mention, and what was said of it, is put into words; plain data for dialogs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.mention_corrections import mention_type
from annotations.mention_rules import body_of
from annotations.mention_spots import text_at
from tui.correction_words import SIGNS
from tui.inspection.corrections import CHANGED, was
from tui.locale import mark, tr
from tui.mention_entries import name_of, value_of

if TYPE_CHECKING:
    from annotations.model import Annotation, MentionScope
    from bulletins.model import Article, Place
    from tui.mention_entries import MentionEntry

AROUND = 40  # code points of the text on either side
SCOPES: dict[MentionScope, str] = {
    "library": mark("everywhere in the library"),
    "article": mark("in this article"),
    "here": mark("only here"),
}
SHORT_SCOPES: dict[MentionScope, str] = {
    "library": mark("library"),
    "article": mark("article"),
    "here": mark("here"),
}
ACTS = {
    "accept": mark("right as found"),
    "reject": mark("no mention"),
    "retype": mark("another class"),
    "rename": mark("another name"),
    "revalue": mark("another value"),
    "add": mark("added by you"),
}


@dataclass(frozen=True, slots=True)
class MentionCard:
    """A mention in its context: `kind` is its class, "" of words that are none yet.

    `was` says what it was before the reader changed it, `said` what the reader said of it.
    """

    before: str
    words: str
    after: str
    kind: str = ""
    name: str = ""
    value: str = ""
    was: str = ""
    said: str = ""
    rejected: bool = False


def card_of(article: Article, place: Place, entry: MentionEntry | None) -> MentionCard:
    """Return the card of a mention, or of words that are to become one."""
    text = text_at(article, place)
    start, end = max(0, place.start - AROUND), place.end + AROUND
    before = ("…" if start else "") + text[start : place.start]
    after = text[place.end : end] + ("…" if end < len(text) else "")
    words = text[place.start : place.end]
    if entry is None:
        return MentionCard(before, words, after)
    mention = entry.mention
    return MentionCard(
        before,
        words,
        after,
        kind=mention_type(mention),
        name=name_of(mention),
        value=value_of(mention),
        was="" if entry.added and entry.before is None else was(entry),
        said="" if entry.annotation is None else said_words(entry.annotation),
        rejected=entry.after is None,
    )


def said_words(annotation: Annotation) -> str:
    """Say what a correction does, where, and when it was made."""
    from tui.clock import local_time

    body = body_of(annotation)
    sign = SIGNS.get(body.act, CHANGED)
    what = f"{sign} {tr(ACTS[body.act])}"
    return " · ".join((what, tr(SCOPES[body.scope]), local_time(annotation.modified)[:10]))
