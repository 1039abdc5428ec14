"""The rows of the list of what found no place, and of the places where it may belong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment

from bulletins.sources.plain import plain_line
from tui.locale import ntr, tr
from tui.orphan_words import said, signature
from tui.orphans import Choice, Lost
from tui.typesetting.widths import cells, cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from annotations.model import ArticleRef, IssueRef
    from tui.reviewers import Reviewer
    from tui.their_issues import TheirLost

NAMED = 26
"""Cells of an article's title beside a place in it."""


@dataclass(frozen=True, slots=True)
class OrphanRow:
    """A heading, or what is lost; `inner` is one of several of the article above it.

    `reviewer` is another one, who has lost it: it can only be looked at.
    """

    text: str
    tail: str = ""
    lost: Lost | None = None
    inner: bool = False
    reviewer: Reviewer | None = None


class OrphanList(RowList[OrphanRow]):
    """What is lost, by issue; what was re-attached since is struck out and says where it is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--gone"}

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, str] = {}

    def selectable(self, row: OrphanRow) -> bool:
        return row.lost is not None

    def place(self, lost: Lost) -> str | None:
        """Where all of it is now; None if it is still lost."""
        found = [self.places.get(key) for key in lost.key]
        return found[0] if all(found) else None

    def draw(self, row: OrphanRow, width: int, tone: Tone) -> list[Segment]:
        if row.lost is None:
            text = cut(row.text, max(0, width - cells(row.tail) - 1))
            strong, muted = tone("row-list--strong"), tone("row-list--muted")
            return [Segment(text, strong), Segment(f" {row.tail}", muted)]
        place = self.place(row.lost) if row.reviewer is None else None
        tail = f" {row.tail}" if place is None else f" → {cut(place, NAMED)}"
        lead = "    " if row.inner else "  "
        room = max(0, width - cells(lead) - cells(tail))
        text = cut(row.text, room)
        told = row.reviewer.tone if row.reviewer is not None else ""
        body = tone("row-list--gone") if place is not None else tone(told)
        gap = " " * (room - cells(text))
        made = tone("row-list--accent" if place is not None else "row-list--muted")
        return [Segment(lead, tone("")), Segment(text, body), Segment(gap + tail, made)]


class ChoiceList(RowList[Choice], can_focus=False):
    """Candidates with their digits, how sure each is, the words there, and the article."""

    def draw(self, row: Choice, width: int, tone: Tone) -> list[Segment]:
        base, muted = tone(""), tone("row-list--muted")
        at = next((i for i, one in enumerate(self.rows) if one is row), 0)
        lead = f"{at + 1} {row.score:.2f}  "
        title = plain_line(row.named)
        room = max(0, width - cells(lead))
        if row.selector is None:
            named = cut(title, room)
            rest = "" if named != title else f"  {plain_line(row.text)}"
            return [
                Segment(lead, tone("row-list--accent")),
                Segment(named, base),
                Segment(cut(rest, room - cells(named)), muted),
            ]
        named = f"  {cut(title, max(0, min(NAMED, room // 3)))}"
        room -= cells(named)
        words = plain_line(row.text)
        words = cut(words, room * 2 // 3)
        room -= cells(words) + 2
        before = _last(plain_line(row.before), room // 2)
        after = cut(plain_line(row.after), max(0, room - cells(before)))
        gap = " " * max(0, room - cells(before) - cells(after))
        return [
            Segment(lead, tone("row-list--accent")),
            Segment(before, muted),
            Segment(f"[{words}]", tone("row-list--strong")),
            Segment(after + gap + named, muted),
        ]


def orphan_row(
    lost: Lost,
    title_of: Callable[[str, ArticleRef], str] = lambda _, article: article.title,
    *,
    inner: bool = False,
) -> OrphanRow:
    """Make a row of its kind and what it says, with when it was made at the right.

    `title_of` calls an article by its title, of an issue's id and what an annotation has of it.
    """
    if len(lost.annotations) > 1:
        title = lost.first.target.article.title if lost.first.target.article else "—"
        count = ntr("{n} annotation", "{n} annotations", len(lost.annotations))
        return OrphanRow(tr("all of “{title}”").format(title=plain_line(title)), count, lost)
    article = lost.first.target.article
    title = title_of(lost.home, article) if article is not None and not inner else ""
    return OrphanRow(said(lost.first, title), signature(lost.first), lost, inner)


def their_rows(
    theirs: Iterable[TheirLost], label: Callable[[IssueRef], str]
) -> Iterator[OrphanRow]:
    """List what others have lost: of each all, by issue. `label` names issues."""
    before: tuple[object, ...] = ()
    for one in theirs:
        who, lost = one.reviewer, one.lost
        if before != (who, lost.home):
            before = who, lost.home
            issue = replace(lost.first.target.issue, id=lost.home)
            name = f"{who.sign} {who.name} · {label(issue)}"
            yield OrphanRow(plain_line(name), tr("read only"))
        row = orphan_row(lost)
        yield replace(row, text=f"{who.sign} {row.text}", reviewer=who)


def _last(text: str, width: int) -> str:
    """The end of a text in at most `width` cells."""
    start = len(text)
    while start and cells(text[start - 1 :]) <= width:
        start -= 1
    return text[start:]
