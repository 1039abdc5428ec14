"""Marked articles: what is done to an article is done to all that are marked, in one operation."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from textual import on

from tui.counted import Count, Counted, StoppedError
from tui.locale import ntr, tr
from tui.orphans import listed_refs
from tui.screens.main.annotating import Annotating
from tui.widgets.sidebar import MARKED, STATUS_SIGNS, Sidebar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from annotations.model import ArticleRef, IssueRef
    from annotations.store import Store
    from bulletins.catalogue.outline import IssueOutline
    from tui.acts import Target
    from tui.config import Config
    from tui.foreseen import Foresee
    from tui.library import Library
    from tui.notebook import Notebook
    from tui.outline import Row

T = TypeVar("T")
Key = tuple[str, str]
"""The ids of an issue and an article."""
MANY = 100
"""From so many articles on it is said how far it is."""
TOLD_EVERY = 0.1
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Aim:
    """An article that something is done to; `whole` if all that is known of it is in `article`."""

    issue: IssueRef
    article: ArticleRef
    whole: bool

    @property
    def key(self) -> Key:
        return self.issue.id, self.article.id


class Picking(Annotating):
    """Marks articles, and acts upon all that are marked, else upon the open one."""

    def __init__(self, config: Config, library: Library, notebook: Notebook) -> None:
        super().__init__(config, library, notebook)
        self.picked: dict[Key, None] = {}
        """The marked articles, also those that the filter hides."""
        self._counts: list[Count] = []
        """What is being done to many articles, the first one under way."""

    # Marking.

    def action_mark(self) -> None:
        """Mark what is under the cursor, or unmark it, and go on to what follows."""
        if not self.sidebar.has_focus:
            if self.issue is not None and self.article is not None:
                self._toggle([(self.issue.id, self.article.id)])
                self.action_next_article()
            return
        row = self.sidebar.row
        if row is None or row.kind == "problem":
            self.app.bell()
            return
        self.pick_row(row)
        self._go_behind(row)

    def pick_row(self, row: Row) -> None:
        """Mark the article of a row, or all below a head that the filter lets through."""
        keys = self._keys_below(row)
        if keys:
            self._toggle(keys)

    def _keys_below(self, row: Row) -> list[Key]:
        if row.kind == "article":
            return [(row.issue_id, row.article_id)]
        listed = self.article_walk()
        if row.kind == "section":
            return [(issue, name) for issue, section, name in listed if section == row.key]
        issues = {row.issue_id}
        if row.kind == "publication":
            name = row.key.partition(":")[2]
            issues = {
                issue.id
                for issue in self.shelf.issues
                if self.shelf.issue_field(issue, "publication") == name
            }
        return [(issue, name) for issue, _, name in listed if issue in issues]

    def _toggle(self, keys: Sequence[Key]) -> None:
        if all(key in self.picked for key in keys):
            for key in keys:
                del self.picked[key]
        else:
            self.picked |= dict.fromkeys(keys)
        self.show_picked()

    def _go_behind(self, row: Row) -> None:
        """Put the cursor on the next row that does not stand below this one."""
        rows = self.sidebar.rows
        behind = range(self.sidebar.cursor + 1, len(rows))
        index = next((at for at in behind if rows[at].depth <= row.depth), None)
        if row.kind == "article":
            index = next((at for at in behind if rows[at].kind == "article"), None)
        if index is None:
            return
        self.sidebar.go(index, tell=False)
        if rows[index].kind == "article":
            self.open_row(rows[index])

    def leave_marks(self) -> bool:
        """Unmark all; True when any was marked."""
        if not self.picked:
            return False
        self.picked = {}
        self.show_picked()
        return True

    def show_picked(self) -> None:
        """Draw the signs of marked articles, and count them at the heads that hold them.

        Those whose issue has left the library are no longer marked.
        """
        if self.picked:
            there = {issue.id for issue in self.shelf.issues}
            self.picked = {key: None for key in self.picked if key[0] in there}
        counts: Counter[str] = Counter()
        for issue in self._picked_issues():
            publication = f"publication:{self.shelf.issue_field(issue, 'publication')}"
            for index, part in enumerate(issue.sections):
                number = sum((issue.id, entry.id) in self.picked for entry in part.articles)
                if number:
                    for key in (publication, f"issue:{issue.id}", f"section:{issue.id}:{index}"):
                        counts[key] += number
        self.sidebar.show_picked(self.picked.keys(), counts)
        self.refresh_signs()
        self.refresh_status()

    def _picked_issues(self) -> list[IssueOutline]:
        if not self.picked:
            return []
        wanted = {issue for issue, _ in self.picked}
        return [issue for issue in self.shelf.issues if issue.id in wanted]

    def refresh_signs(self) -> None:
        """Show below the article what the reader made of it, and whether it is marked."""
        if self.issue is None or self.article is None:
            return
        key = self.issue.id, self.article.id
        state = self.notebook.state(*key)
        signs = [MARKED] if key in self.picked else []
        if state.status in ("later", "reviewed", "skipped"):
            signs.append(STATUS_SIGNS[state.status])
        signs += ["★"] if state.starred else []
        self.legend.show_marks(" ".join([*signs, *(f"#{tag}" for tag in state.tags)]))

    def picked_words(self) -> str:
        """How many articles are marked, and how many of them the filter hides; "" for none."""
        if not self.picked:
            return ""
        told = tr("{n} marked").format(n=len(self.picked))
        if self.query_text:
            listed = {(issue, name) for issue, _, name in self.article_walk()}
            hidden = sum(key not in listed for key in self.picked)
            if hidden:
                told += " " + tr("({n} filtered out)").format(n=hidden)
        return told

    @on(Sidebar.Picked)
    def _picked_by_mouse(self, event: Sidebar.Picked) -> None:
        event.stop()
        self.pick_row(event.row)

    # Acting.

    def aims(self) -> list[Aim]:
        """All marked articles, else the open one."""
        if not self.picked:
            target = self.target()
            return [Aim(*target, whole=True)] if target is not None else []
        found: list[Aim] = []
        for issue in self._picked_issues():
            ref = self.issue_target(issue.id)
            found += [
                Aim(ref, article, whole=False)
                for article in listed_refs(issue)
                if (issue.id, article.id) in self.picked
            ]
        return found

    async def change_all(
        self,
        aims: Sequence[Aim],
        label: str,
        act: Callable[[Store, Sequence[Target]], T],
        foresee: Foresee,
    ) -> T | None:
        """Do something to articles in one operation; what it gave, None if it is not saved.

        `label` is what undo calls it; with "" the first thing that is changed says that. `foresee`
        says what the list shows of it meanwhile.
        """
        if not aims:
            return None
        self._show_foreseen({one.key for one in aims}, foresee)
        kept: list[T] = []
        count = Count(len(aims))

        def work(store: Store) -> None:
            with suppress(StoppedError), store.batch(label):
                targets = self._targets_of(Counted(aims, count))
                kept.append(act(store, Counted(targets, count)))
                count.writing = True

        if len(aims) >= MANY:
            self._counts.append(count)
            telling = self.set_interval(TOLD_EVERY, self.refresh_status)
            self.refresh_status()
        others = {one.issue.id: None for one in aims[1:]}
        saved = await self.change(aims[0].issue.id, work, tuple(others))
        if count in self._counts:
            telling.stop()
            self._counts.remove(count)
            self.refresh_status()
        if count.stopped and not kept:
            self.say(tr("Stopped: nothing was changed."))
        return kept[-1] if saved and kept else None

    def _show_foreseen(self, keys: Set[Key], foresee: Foresee) -> None:
        listed = self.sidebar.rows
        marks = [row.marks for row in listed if (row.issue_id, row.article_id) in keys]
        become = foresee(marks)
        self.sidebar.change_rows(
            [
                replace(row, marks=become(row.marks))
                if row.article_id and (row.issue_id, row.article_id) in keys
                else row
                for row in listed
            ],
            self.sidebar.cursor,
        )
        self.call_later(self.refresh_status)  # which says now that it is being saved

    @property
    def under_way(self) -> str:
        """How far what is being done to many articles is, for the line of state."""
        return self._counts[0].words() if self._counts else ""

    def stop_change(self) -> bool:
        """Stop what is being done to many articles; True if there was any to stop."""
        return bool(self._counts) and self._counts[0].stop()

    def _targets_of(self, aims: Sequence[Aim]) -> list[Target]:
        """Describe articles as annotations do; called where disks are read."""
        from annotations.model import article_ref

        found: list[Target] = []
        for one in aims:
            article = None if one.whole else self.books.article(*one.key)
            ref = one.article
            if article is not None:
                ref = article_ref(article, ref.section, ref.position)
            found.append((one.issue, ref))
        return found


def how_many(aims: Sequence[Aim]) -> str:
    """What a message about several articles ends with; "" for one."""
    return " · " + ntr("{n} article", "{n} articles", len(aims)) if len(aims) > 1 else ""
