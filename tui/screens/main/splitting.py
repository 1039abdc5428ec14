"""Correcting how an issue is divided, and showing it so: whatever said it, it is read anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.locale import tr
from tui.screens.main.opening import Opening

if TYPE_CHECKING:
    from annotations.store import Store
    from bulletins.boundary import Boundary
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article
    from tui.screens.split_dialog import SplitWish
    from tui.trial import Division


class Splitting(Opening):
    """Has issues divided as the reader said."""

    def apply_session(self) -> None:
        super().apply_session()
        self._told_boundaries: dict[str, tuple[Boundary, ...]] = {}
        self._split_goal: tuple[str, SplitWish] | None = None

    # Correcting.

    def action_correct_split(self) -> None:
        """Say of a printed line what it is."""
        self.with_reviewer(self._correct_split)

    def _correct_split(self) -> None:
        from tui.screens.split_dialog import SplitDialog
        from tui.splitting import line_at
        from tui.trial import Trial

        located, printed = self.located(), self.printed
        if located is None or printed is None:
            return
        issue, _, _, number = located
        trial = Trial(issue.path, [self.config.styles])
        block, offset = self._place_read()

        def place(division: Division) -> int:
            return line_at(division.lines, number, printed, block, offset)

        def wished(wish: SplitWish | None) -> None:
            trial.close()
            if wish is not None:
                self._divide(issue.id, wish)

        title = tr("Correct a split · {issue}").format(issue=self.shelf.issue_label(issue))
        dialog = SplitDialog(title, trial, self.notebook.splits(issue.id), place)
        self.app.push_screen(dialog, wished)

    def _place_read(self) -> tuple[int | None, int]:
        """The block and offset that the reader is at, None for the title."""
        document = self.pane.document
        if document is None or self.sidebar.has_focus:
            return None, 0
        touched = self.pane.touched()
        part, offset = touched[:2] if touched is not None else self.pane.position
        for number in range(min(part, len(document.parts) - 1), -1, -1):
            kind, index = document.parts[number].address
            if kind == "block":
                return index, offset if number == part else 0
        return None, 0

    @work
    async def _divide(self, issue_id: str, wish: SplitWish) -> None:
        reference = self.issue_target(issue_id)

        def act(store: Store) -> None:
            if wish.taken_back:
                store.take_back_boundaries(wish.taken_back)
            else:
                store.set_boundaries(reference, wish.said)

        self._split_goal = issue_id, wish
        if await self.change(issue_id, act):
            self.say(tr("The split is corrected · u: undo"))

    # What is said holds.

    def follow_boundaries(self) -> None:
        """Have each issue read anew that was read by other boundaries than are said now."""
        for issue in self.shelf.issues:
            wanted = self.notebook.boundaries(issue.id)
            if wanted is None:
                continue
            self._follow(issue, wanted)
            for edition in issue.editions if wanted or issue.boundaries else ():
                other = self.editions.outline(edition.id)
                if other is not None:
                    self._follow(other, wanted)

    def _follow(self, issue: IssueOutline, wanted: tuple[Boundary, ...]) -> None:
        if issue.boundaries == wanted:
            self._told_boundaries.pop(issue.id, None)
        elif self._told_boundaries.get(issue.id) != wanted:
            self._told_boundaries[issue.id] = wanted
            self.books.tell(issue.path, issue.id, wanted)

    def divided_anew(self, before: IssueOutline) -> None:
        """Show what became of the open article if its issue is divided otherwise than `before`."""
        issue, printed = self.issue, self.printed
        if issue is None or printed is None or issue.id != before.id:
            return
        if issue.boundaries == before.boundaries:
            return
        goal, self._split_goal = self._split_goal, None
        found, line = "", ""
        if goal is not None and goal[0] == issue.id:
            listed = issue.articles()
            if 0 <= goal[1].article < len(listed):
                found, line = listed[goal[1].article].id, goal[1].line
        found = found or self._became(before, issue, printed)
        article = self.books.article(issue.id, found) if found else None
        if article is None:
            return
        if (article.title, article.blocks) != (printed.title, printed.blocks):
            self._top = None if article.id != printed.id else self.pane.position
            self.article = None  # it is shown anew, also under its old id
        self.open_article(issue.id, found)
        if line:
            self._go_to_line(article, line)

    def _became(self, before: IssueOutline, issue: IssueOutline, printed: Article) -> str:
        """The article that the open one is now, or is in, else the one that stands there."""
        from annotations.passages import Passages
        from annotations.placing import issue_key
        from tui.orphans import listed_refs

        refs = {ref.id: ref for ref in listed_refs(before)}
        keys = issue_key(issue).articles
        if printed.id not in refs or not keys:
            return ""
        ref = refs[printed.id]
        passages = Passages(partial(self.books.article, issue.id), [key.id for key in keys])
        return passages.article(ref, keys) or keys[min(ref.position, len(keys) - 1)].id

    def _go_to_line(self, article: Article, line: str) -> None:
        """Show the block in which a printed line stands, unless it is the title."""
        from annotations.text import fold_text

        wanted = fold_text(line)[:12]
        if not wanted or wanted in fold_text(article.title):
            return
        for index, block in enumerate(article.blocks):
            if wanted in fold_text(block.text):
                self.pane.go_to(("block", index), 0)
                return
