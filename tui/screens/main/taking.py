"""Taking something away: copies of the text, citations, exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from bulletins.citation import cite, quote
from tui.locale import tr
from tui.screens.main.annotating import Annotating

if TYPE_CHECKING:
    from annotations.exports.gathering import Lookup
    from bulletins.model import Article
    from tui.screens.export_dialog import ExportWish


class Taking(Annotating):
    """Actions that bring the text or the annotations somewhere else."""

    def action_copy_article(self) -> None:
        if self.article is not None:
            parts = [self._as_corrected().title, *(block.text for block in self.article.blocks)]
            self.copy("\n\n".join([*parts, self.citation()]), tr("Article"))

    def action_copy_citation(self) -> None:
        if self.article is not None:
            self.copy(self.citation(), tr("Citation"))

    def action_copy_quote(self) -> None:
        """Copy what the mouse selected, else the paragraph at the top, with its source."""
        if self.article is None:
            return
        selected = self.get_selected_text()
        if not selected:
            selected = self._paragraph_at_top()
        if selected:
            self.copy(quote(selected, self.citation()), tr("Quote"))

    def _paragraph_at_top(self) -> str:
        """The first paragraph that is on the screen."""
        document = self.pane.document
        if document is None or self.article is None:
            return ""
        for part in document.parts[self.pane.position[0] :]:
            kind, index = part.address
            if kind == "block" and self.article.blocks[index].kind != "heading":
                return self.article.blocks[index].text
        return ""

    def _as_corrected(self) -> Article:
        """The open article with its corrected title, as others are to see it."""
        assert self.article is not None
        title = self.pane.beside.title
        return replace(self.article, title=title) if title else self.article

    def citation(self) -> str:
        located = self.located()
        if located is None or self.article is None:
            return ""
        issue = located[0]
        publication = self.shelf.issue_field(issue, "publication")
        return cite(
            self._as_corrected(),
            publication=publication or self.shelf.issue_label(issue),
            number=self.shelf.issue_field(issue, "number"),
            date=self.shelf.issue_field(issue, "date"),
        )

    @work(thread=True, group="clipboard")
    def copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard by every way there is, and say which way went."""
        from tui import clipboard

        sent, native = clipboard.copy(self.app, text)
        if native and sent:
            how = tr("{what} copied: to the clipboard and through the terminal.")
        elif native:
            how = tr("{what} copied to the clipboard.")
        elif sent:
            how = tr("{what} sent through the terminal, if it takes copies (OSC 52).")
        else:
            how = tr("{what} is too long for the terminal, and there is no clipboard here.")
        self.app.call_from_thread(self.say, how.format(what=what), alarm=not (sent or native))

    def action_export(self) -> None:
        from tui.screens.export_dialog import ExportDialog

        issue_id = self.issue.id if self.issue is not None else None
        name = self.shelf.issue_label(self.issue) if self.issue else ""

        def wished(wish: ExportWish | None) -> None:
            if wish is not None:
                self._export(wish, issue_id if wish.this_issue else None)

        self.app.push_screen(ExportDialog(name, free_name()), wished)

    @work
    async def _export(self, wish: ExportWish, issue_id: str | None) -> None:
        def at_hand() -> Lookup:
            from tui.at_hand import AtHand

            return AtHand(self.config).issue

        count, problem = await self.notebook.export(
            wish.path, issue_id, wish.tags, wish.format, at_hand
        )
        if problem:
            self.say(problem, alarm=True)
        elif count == 0:
            self.say(tr("There is nothing to export: no article has annotations of this kind."))
        else:
            message = tr("{count} annotations exported to {path}")
            self.say(message.format(count=count, path=wish.path))


def free_name() -> Path:
    """A name for an export that overwrites nothing, in the current folder if there is one."""
    try:
        folder = Path.cwd()
    except OSError:  # it was deleted
        folder = Path.home()
    path = folder / "kuaibao-export.yaml"
    number = 2
    while path.exists():
        path = folder / f"kuaibao-export-{number}.yaml"
        number += 1
    return path
