"""What the topics of the main screen share: its parts, and what is open."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import getters
from textual.containers import Vertical
from textual.widgets import Input

from bulletins.sources.plain import plain
from tui.clock import clock
from tui.compositing import FrontCompositor
from tui.outline import Shelf
from tui.screens.layered import Layered
from tui.widgets.article_pane import ArticlePane
from tui.widgets.inspector import Inspector
from tui.widgets.legend import Legend
from tui.widgets.sidebar import Sidebar
from tui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotations.mention_corrections import CorrectedMentions
    from annotations.model import ArticleRef
    from bulletins.catalogue.outline import ArticleOutline, IssueOutline
    from bulletins.model import Article
    from tui.app import KuaibaoApp
    from tui.config import Config
    from tui.library import Library
    from tui.notebook import Notebook
    from tui.orphans import Lost
    from tui.outline import Row
    from tui.screens.messages import Message
    from tui.screens.tag_picker import TagPicker
    from tui.typesetting.document import Address
    from tui.typesetting.spans import Marked

Front = Literal["library", "reading", "inspector"]
READ_A_SECOND = 15
"""Characters of a message that are read in a second."""
NARROW = 100
"""Below so many columns one pane is shown at a time."""


class MainBase(Layered[None]):
    """The parts of the main screen and what is open in it; topics add their actions."""

    library_box = getters.query_one("#library", Vertical)
    reading_box = getters.query_one("#reading", Vertical)
    sidebar = getters.query_one(Sidebar)
    pane = getters.query_one(ArticlePane)
    inspector = getters.query_one(Inspector)
    legend = getters.query_one(Legend)
    status = getters.query_one(StatusBar)
    filter_field = getters.query_one("#filter", Input)
    search_field = getters.query_one("#search", Input)

    app: KuaibaoApp
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, config: Config, library: Library, notebook: Notebook) -> None:
        super().__init__()
        self._compositor = FrontCompositor()
        self.config = config
        self.books = library
        self.notebook = notebook
        self.shelf = Shelf()
        self.folded: set[str] = set()
        self.query_text = ""
        self.issue: IssueOutline | None = None
        self.article: Article | None = None
        """The open article with its mentions as the reader corrected them."""
        self.printed: Article | None = None
        """The same as it was read."""
        self.corrected: CorrectedMentions | None = None
        """What became of its mentions; None if nothing was said of any in the whole library."""
        self.section = ""
        self.front: Front = "library"
        self.hits_text = ""
        """Which hit of the search is shown, for the line of state."""
        self.activity = ""
        """What the reader process does, for the line of state."""
        self.left_text = ""
        """How many articles are left of those that were asked for, for the line of state."""
        self.left_name = ""
        """The command that asked for them."""
        self.recent: tuple[tuple[str, str], ...] = ()
        """The issue and article of those that were opened last, the last one first."""
        self.painted_last = ""
        """The colour that was highlighted in last; "" before the first."""
        self.said: deque[Message] = deque(maxlen=100)
        """What was shown in toasts, the latest last."""
        self.finished = False
        """The program ends: the widgets may be gone."""

    def pane_with_keys(self) -> Front:
        """The pane that the keys act upon."""
        if self.sidebar.has_focus:
            return "library"
        return "inspector" if self.inspector.has_focus else "reading"

    # What is open.

    def outline_of(self, issue_id: str) -> IssueOutline | None:
        """The outline of an issue in the library."""
        return next((issue for issue in self.shelf.issues if issue.id == issue_id), None)

    def located(self) -> tuple[IssueOutline, ArticleOutline, str, int] | None:
        """The open article in its issue: outline, article, section, 0-based position."""
        if self.issue is None or self.article is None:
            return None
        position = 0
        for section in self.issue.sections:
            for entry in section.articles:
                if entry.id == self.article.id:
                    return self.issue, entry, section.title, position
                position += 1
        return None

    def title_of(self, issue_id: str, article: ArticleRef) -> str:
        """What an article is called: by its title as corrected, else as an annotation has it."""
        return self.shelf.marks_of(issue_id, article.id).title or article.title

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Show a toast, the longer the more there is to read; `message` is plain text."""
        from tui.screens.messages import Message

        self.said.append(Message(clock(), plain(message), alarm))
        self.app.clear_notifications()  # one at a time: the last one is the news
        severity: Literal["error", "information"] = "error" if alarm else "information"
        timeout = max(8 if alarm else 4, len(message) / READ_A_SECOND)
        self.app.notify(plain(message), severity=severity, timeout=timeout, markup=False)

    def action_messages(self) -> None:
        """Show in full what was said lately, and what is wrong at this moment."""
        from tui.screens.messages import Messages

        self.app.push_screen(Messages(self.troubles(), self.said))

    def troubles(self) -> list[str]:
        """What is wrong at this moment, each in full."""
        troubles = [self.notebook.trouble, self.notebook.reading_trouble]
        return [plain(one) for one in (*troubles, *self.notebook.problems()) if one]

    # What other topics provide.

    def copy(self, text: str, what: str) -> object:
        """Put `text` on the clipboard and say so; `what` names it."""
        raise NotImplementedError

    def citation(self) -> str:
        """Where the open article is from, in one line."""
        raise NotImplementedError

    def action_mention(self) -> None:
        """Judge the mention at what is selected."""
        raise NotImplementedError

    def attach_lost(self, ranges: Sequence[tuple[Address, int, int]]) -> None:
        """Choose the lost annotation that belongs to a range of the open article."""
        raise NotImplementedError

    def refresh_hints(self) -> None:
        """Show the most needed keys in the bottom line."""
        raise NotImplementedError

    def open_article(self, issue_id: str, article_id: str, *, read: bool = False) -> None:
        """Show an article; with `read`, go to it as well."""
        raise NotImplementedError

    def lay_over(self, issue_id: str, article: Article) -> Article:
        """Give an article that is being shown the mentions that the reader wants."""
        raise NotImplementedError

    def refresh_mentions(self) -> None:
        """Show the open article's mentions as the reader wants them by now."""
        raise NotImplementedError

    def marked(self) -> Sequence[Marked]:
        """The passages that the reader marked in the open article."""
        raise NotImplementedError

    def reviewers_kept(self) -> Mapping[str, Any]:
        """The fields of the session that say whose work is shown."""
        raise NotImplementedError

    def open_row(self, row: Row, *, read: bool = False) -> None:
        """Show what a row of the sidebar stands for."""
        raise NotImplementedError

    def tag_picker(self, title: str, own: Sequence[str]) -> TagPicker:
        """Make the dialog that offers tags, for the open article or something in it."""
        raise NotImplementedError

    def reveal(self, issue_id: str, article_id: str) -> None:
        """Put the cursor of the list on an article, unfolding what holds it."""
        raise NotImplementedError

    def article_walk(self) -> list[tuple[str, str, str]]:
        """All articles that the filter lets through, folded or not, in the order of the list.

        Each is an issue's id, the key of its section's row, and its own id.
        """
        raise NotImplementedError

    def place_in(self, listed: list[tuple[str, str, str]]) -> int:
        """The index of the open article in `listed`, -1 if it is not in it."""
        raise NotImplementedError

    def place_before(self, listed: list[tuple[str, str, str]]) -> int:
        """The same; where the filter hides the open article, the index before its place."""
        raise NotImplementedError

    def action_next_article(self) -> None:
        """Go to the next article of the list."""
        raise NotImplementedError

    def show_orphans(self, at: Lost | None = None) -> None:
        """List what has no place, beginning `at` one."""
        raise NotImplementedError

    def show_classes(self, shown: frozenset[str]) -> None:
        """Highlight these classes only."""
        raise NotImplementedError

    def refresh_marks(self) -> None:
        """Show anew all that depends on annotations."""
        raise NotImplementedError

    def divided_anew(self, before: IssueOutline) -> None:
        """Show what became of the open article if its issue is divided otherwise than `before`."""
        raise NotImplementedError

    def refresh_sidebar(self) -> None:
        """List the rows anew, with the cursor where it was."""
        raise NotImplementedError

    def refresh_inspector(self) -> None:
        """Show anew what is known of the open article."""
        raise NotImplementedError

    def refresh_status(self) -> None:
        """Show anew the progress and what is saved."""
        raise NotImplementedError

    def lay_panes(self) -> None:
        """Show the panes that fit."""
        raise NotImplementedError

    def bring(self, front: Front) -> None:
        """Go to a pane, and show it if it was hidden."""
        raise NotImplementedError
