"""Moving: lines, pages, articles, sections and panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.main.base import NARROW, Front, MainBase

if TYPE_CHECKING:
    from tui.widgets.row_list import RowList

ORDER: tuple[Front, ...] = ("library", "reading", "inspector")


class Moving(MainBase):
    """Actions that change what is seen, and nothing else."""

    def _list(self) -> RowList[object] | None:
        """The focused list, or None when the article has the keys."""
        front = self.pane_with_keys()
        if front == "reading":
            return None
        return self.sidebar if front == "library" else self.inspector  # type: ignore[return-value]

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def _step(self, steps: int) -> None:
        rows = self._list()
        if rows is None:
            self.pane.line(steps)
        else:
            rows.move(steps, tell=False)
            self._follow_cursor()

    def action_page_down(self) -> None:
        self._page(1)

    def action_page_up(self) -> None:
        self._page(-1)

    def _page(self, pages: int) -> None:
        rows = self._list()
        if rows is None:
            self.pane.page(pages)
        else:
            rows.move_page(pages, tell=False)
            self._follow_cursor()

    def action_read_on(self) -> None:
        """A page further in the article, wherever the keys are; at its end the next article."""
        pane = self.pane
        if self.app.size.width < NARROW and not self.reading_box.display:
            self.bring("reading")
        elif pane.scroll_offset.y < pane.max_scroll_y:
            pane.page(1)
        else:
            self.action_next_article()

    def action_half_down(self) -> None:
        self._half(1)

    def action_half_up(self) -> None:
        self._half(-1)

    def _half(self, direction: int) -> None:
        rows = self._list()
        if rows is None:
            self.pane.half_page(direction)
        else:
            rows.move_page(direction / 2, tell=False)
            self._follow_cursor()

    def action_first(self) -> None:
        self._end(last=False)

    def action_last(self) -> None:
        self._end(last=True)

    def _end(self, *, last: bool) -> None:
        rows = self._list()
        if rows is None:
            self.pane.ends("last" if last else "first")
        else:
            rows.move_end(last, tell=False)
            self._follow_cursor()

    def _follow_cursor(self) -> None:
        """Show the article under the cursor of the list, in one go with the cursor itself."""
        row = self.sidebar.row
        if self.sidebar.has_focus and row is not None and row.kind == "article":
            self.open_row(row)

    def action_left(self) -> None:
        """Fold what is open, go up to what holds it, or go to the pane on the left."""
        front = self.pane_with_keys()
        if front != "library":
            self.bring(ORDER[ORDER.index(front) - 1])
            return
        row = self.sidebar.row
        if row is None:
            return
        if row.kind != "article" and not row.folded and row.total:
            self._fold(row.key)
            return
        for index in range(self.sidebar.cursor - 1, -1, -1):
            if self.sidebar.rows[index].depth < row.depth:
                self.sidebar.go(index)
                return

    def action_right(self) -> None:
        """Unfold, or go to the pane on the right."""
        front = self.pane_with_keys()
        row = self.sidebar.row
        if front == "library" and row is not None and row.kind != "article":
            if row.folded:
                self._fold(row.key)
            else:
                self.sidebar.move(1)
        elif front == "library":
            self.bring("reading")
        elif front == "reading":
            self.bring("inspector")

    def action_open(self) -> None:
        """Open the row, jump to the mention, or open the notes of the article."""
        rows = self._list()
        if rows is not None:
            rows.choose()

    def action_next_pane(self) -> None:
        self._other_pane(1)

    def action_previous_pane(self) -> None:
        self._other_pane(-1)

    def _other_pane(self, step: int) -> None:
        panes = [
            front
            for front in ORDER
            if self.size.width < NARROW or front == "reading" or self._shows(front)
        ]
        front = self.pane_with_keys()
        self.bring(panes[(panes.index(front) + step) % len(panes)] if front in panes else "reading")

    def _shows(self, front: Front) -> bool:
        return bool((self.library_box if front == "library" else self.inspector).display)

    def _fold(self, key: str) -> None:
        self.folded ^= {key}
        self.refresh_sidebar()

    # From article to article.

    def place_in(self, listed: list[tuple[str, str, str]]) -> int:
        if self.issue is None or self.article is None:
            return -1
        here = (self.issue.id, self.article.id)
        return next((i for i, (issue, _, name) in enumerate(listed) if (issue, name) == here), -1)

    def place_before(self, listed: list[tuple[str, str, str]]) -> int:
        here = self.place_in(listed)
        if here >= 0 or not self.query_text:
            return here
        # What was done to the open article may have taken it out of the filtered list: the row
        # that took its place is next.
        rows = self.sidebar.rows[max(0, self.sidebar.cursor) :]
        row = next((row for row in rows if row.kind == "article"), None)
        if row is None:
            return len(listed) - 1
        there = (row.issue_id, row.article_id)
        return next((i for i, one in enumerate(listed) if one[::2] == there), 0) - 1

    def _go_article(self, step: int) -> None:
        walk = self.article_walk()
        before = self.place_before(walk)
        target = before + step if step > 0 or self.place_in(walk) >= 0 else before
        if 0 <= target < len(walk):
            self.open_article(walk[target][0], walk[target][2])
        elif walk:
            self.app.bell()

    def action_next_article(self) -> None:
        self._go_article(1)

    def action_previous_article(self) -> None:
        self._go_article(-1)

    def action_next_section(self) -> None:
        self._go_section(1)

    def action_previous_section(self) -> None:
        self._go_section(-1)

    def _go_section(self, step: int) -> None:
        walk = self.article_walk()
        here = self.place_in(walk)
        starts = [i for i in range(len(walk)) if i == 0 or walk[i][:2] != walk[i - 1][:2]]
        if step > 0:
            target = next((i for i in starts if i > here), None)
        else:
            current = max((i for i in starts if i <= here), default=0)
            target = max((i for i in starts if i < current), default=None)
        if target is not None:
            self.open_article(walk[target][0], walk[target][2])
        elif walk:
            self.app.bell()
