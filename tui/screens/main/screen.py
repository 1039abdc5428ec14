"""The main screen: composes the panes, shows articles, arranges what fits, backs out."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui import auto_backup
from tui.commands import COMMANDS, command
from tui.inspection import NoteLine, inspect_article
from tui.inspection.corrections import with_corrections
from tui.key_names import shown_keys
from tui.locale import tr
from tui.outline import Row, Shelf, rows, walk
from tui.screens.main.adjudicating import Adjudicating
from tui.screens.main.base import NARROW, Front
from tui.screens.main.correcting import Correcting
from tui.screens.main.dragging import Dragging
from tui.screens.main.linking import Linking
from tui.screens.main.moving import Moving
from tui.screens.main.naming import Naming
from tui.screens.main.overview import Overview
from tui.screens.main.queueing import Queueing
from tui.screens.main.reading import Reading
from tui.screens.main.sessions import Sessions
from tui.screens.main.splitting import Splitting
from tui.screens.main.switching import Switching
from tui.screens.main.taking import Taking
from tui.screens.main.telling import Telling
from tui.widgets.alarm_band import AlarmBand
from tui.widgets.article_pane import ArticlePane
from tui.widgets.inspector import Inspector
from tui.widgets.legend import Legend
from tui.widgets.row_list import RowList
from tui.widgets.sidebar import Sidebar
from tui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

FIRST_FRAME = 0.02
"""Seconds for the first frame to be drawn before the library is looked at."""
SETTLED = 1.0
"""Seconds until what is there will stay there, for the collector of garbage to leave alone."""
WIDE = 120
"""From so many columns on the inspector is shown unless the reader hid it."""


class MainScreen(
    Dragging,
    Adjudicating,
    Moving,
    Reading,
    Naming,
    Correcting,
    Linking,
    Overview,
    Taking,
    Sessions,
    Splitting,
    Switching,
    Queueing,
    Telling,
):
    """The list, the article, the inspector, and a line of state."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(entry.keys), entry.name, id=entry.name, show=False) for entry in COMMANDS
    ]
    DEFAULT_CSS = """
    MainScreen {
        layout: vertical;
        & #panes { height: 1fr; }
        & #library { width: 34; }
        & #reading { width: 1fr; }
        & Inspector { width: 30; }
        & Input, & Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        & Input { display: none; }
        & Input:focus { background: $panel-lighten-1; }
        &.-narrow #library, &.-narrow Inspector { width: 1fr; }
        &.-huge #library { width: 46; }
        &.-huge Inspector { width: 44; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - the framework declares it
        (0, "-narrow"),
        (NARROW, "-normal"),
        (160, "-huge"),
    ]

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            with Vertical(id="library"):
                yield Input(id="filter", placeholder=tr("words #tag * ! !later !reviewed ~"))
                yield Sidebar()
            with Vertical(id="reading"):
                yield ArticlePane()
                yield Legend()
                yield Input(id="search", placeholder=tr("Search in the article"))
            yield Inspector()
        yield AlarmBand()
        yield StatusBar()

    def on_mount(self) -> None:
        if self.finished:  # told to quit before there was anything to see
            return
        self.notebook.changed = self.saved_at_last
        self.pane.colour_keys = {one.colour: one.key for one in self.meanings}
        self.apply_session()
        self.lay_panes()
        self.sidebar.focus()
        # After the first frame. Not `call_after_refresh`: keys typed before that frame lose it.
        self.set_timer(FIRST_FRAME, self.start_library)
        self.set_timer(SETTLED, gc.freeze)
        self.watch_others()
        self.watch_reviewers()
        self.set_timer(auto_backup.WAIT, self._back_up)
        self.set_timer(SETTLED, self.remind_of_drafts)

    @work(group="backup")
    async def _back_up(self) -> None:
        """Have the backup of the day made; why there is none is said once, and stays in mind."""
        self.backup_trouble = await auto_backup.back_up(self.app.loaded)
        if self.backup_trouble and not self.finished:
            self.say(tr("no backup today: {why}").format(why=self.backup_trouble))
        self.refresh_status()

    # Arranging the panes.

    def on_resize(self, event: events.Resize) -> None:
        self.lay_panes()

    def lay_panes(self) -> None:
        """Show the panes that fit: one at a time on a narrow terminal."""
        width = self.app.size.width
        narrow = width < NARROW
        library, inspector = self.library_box, self.inspector
        if narrow:
            front = "reading" if self.bare and self.front == "library" else self.front
            library.display = front == "library"
            self.reading_box.display = front == "reading"
            inspector.display = front == "inspector"
        else:
            wanted = self.inspector_wanted
            library.display = self.sidebar_wanted
            self.reading_box.display = True
            inspector.display = width >= WIDE if wanted is None else wanted

    def bring(self, front: Front) -> None:
        self.front = front
        if self.app.size.width >= NARROW:
            if front == "library" and not self.library_box.display:
                self.sidebar_wanted = True
            if front == "inspector" and not self.inspector.display:
                self.inspector_wanted = True
        self.lay_panes()
        widget = {"library": self.sidebar, "reading": self.pane, "inspector": self.inspector}[front]
        self.set_focus(widget)
        if front == "reading":
            self.count_dwell()

    def action_sidebar(self) -> None:
        """Show or hide the list."""
        if self.app.size.width < NARROW:
            self.bring("reading" if self.front == "library" else "library")
            return
        self.sidebar_wanted = not self.library_box.display
        self.bring("library" if self.sidebar_wanted else "reading")

    def action_inspector(self) -> None:
        """Show or hide the inspector."""
        if self.app.size.width < NARROW:
            self.bring("reading" if self.front == "inspector" else "inspector")
            return
        self.inspector_wanted = not self.inspector.display
        self.lay_panes()
        if not self.inspector_wanted and self.inspector.has_focus:
            self.bring("reading")

    def action_back(self) -> None:
        """Back out one level: field, search, filter, marks, pane."""
        if self.filter_field.has_focus or self.search_field.has_focus:
            self.leave_search() or self.leave_filter()
        elif (
            self.stop_change()
            or self.leave_search()
            or (self.sidebar.has_focus and self.leave_filter())
            or self.leave_marks()
        ):
            pass
        elif self.inspector.has_focus:
            self.bring("reading")
        elif not self.sidebar.has_focus:
            self.bring("library")

    # The list.

    def refresh_sidebar(self) -> None:
        before = self.sidebar.row
        self.sidebar.show_tag_colours(self.notebook.tag_colours())
        listed = rows(self.shelf, self.folded, self.query_text, tr("Other issues"))
        cursor = self.sidebar.cursor
        if before is not None:
            cursor = next((i for i, row in enumerate(listed) if row.key == before.key), cursor)
        self.sidebar.change_rows(listed, cursor)
        self.show_picked()

    def article_walk(self) -> list[tuple[str, str, str]]:
        # Marks change with every article that is opened, and change the order only of a filter.
        marks = self.shelf.marks if self.query_text else None
        key = (self.shelf.issues, self.shelf.corrections, self.query_text, marks)
        if self._walked is None or self._walked[0] != key:
            self._walked = (key, walk(self.shelf, self.query_text))
        return self._walked[1]

    _walked: tuple[tuple[object, ...], list[tuple[str, str, str]]] | None = None

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        row = self.sidebar.row
        if event.row_list is self.sidebar and row is not None and row.kind == "article":
            self.open_row(row)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.row_list is self.sidebar and self.sidebar.row is not None:
            self._chosen_in_library(self.sidebar.row)
        elif event.row_list is self.inspector:
            self._chosen_in_inspector()

    def _chosen_in_library(self, row: Row) -> None:
        if row.kind == "article":
            self.open_row(row, read=True)
        elif row.kind == "problem":
            self.say(self.problem_of(row.key.partition(":")[2]), alarm=True)
        else:
            self._fold(row.key)

    def _chosen_in_inspector(self) -> None:
        row = self.inspector.row
        if row is None:
            return
        if row.kind == "other":
            self.tell_whose(row)
        if row.kind == "note":
            self.open_annotation(row.key)
        elif row.kind == "tag":
            self.action_tag()
        elif row.kind == "link":
            self.open_linked(row.subject)
        elif row.kind == "passage" and not row.places:
            self.action_orphans()
        elif row.places:
            self._jumps = (row, (self._jumps[1] + 1 if self._jumps[0] is row else 0))
            self.pane.show_mention(row.places[self._jumps[1] % len(row.places)])
            if self.app.size.width < NARROW:
                self.bring("reading")

    _jumps: tuple[object, int] = (None, 0)

    # The inspector and the line of state.

    def refresh_inspector(self) -> None:
        if self.article is None or self.issue is None:
            self.inspector.change_rows(())
            return
        state = self.notebook.state(self.issue.id, self.article.id)
        self.refresh_signs()
        notes = [
            NoteLine(note.key, note.when, note.text)
            for note in state.notes
            if note.annotation.target.selector is None
        ]
        width = self._listed_width = self.inspector.row_width
        marked = self.marked_rows(width)
        on_issue = [
            NoteLine(note.key, note.when, note.text)
            for note in self.notebook.issue_notes(self.issue.id)
        ]
        colours = self.notebook.tag_colours()
        listed = inspect_article(self.article, state.tags, notes, width, marked, on_issue, colours)
        if self.corrected is not None and self.corrected.corrected:
            listed = with_corrections(listed, self.corrected, width)
        self.inspector.change_rows(listed, min(self.inspector.cursor, len(listed) - 1))

    _listed_width = 0

    @on(Inspector.Resized)
    def _inspector_resized(self, event: Inspector.Resized) -> None:
        event.stop()
        if event.width != self._listed_width and not self.finished:
            self.refresh_inspector()

    def refresh_marks(self) -> None:
        if self.finished:
            return
        self.shelf = Shelf(
            self.shelf.issues,
            self.notebook.marks(),
            self.notebook.corrections(),
            self.shelf.problems,
        )
        self.follow_boundaries()
        self.refresh_mentions()
        self.refresh_marked()
        self.refresh_sidebar()
        self.refresh_inspector()

    def saved_at_last(self) -> None:
        """Show that what could not be saved before is where it belongs now."""
        if not self.finished:
            self.refresh_marks()
            self.say(tr("What could not be saved before is saved now."))

    # Screen-wide commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        try:
            needs = command(action).needs
        except KeyError:
            return True
        if needs == "article":
            return self.article is not None
        return self.issue is not None or bool(self.shelf.issues) if needs == "issue" else True

    def action_help(self) -> None:
        from tui.screens.help import Help

        def chosen(name: str | None) -> None:
            if name:
                self.run_worker(self.run_action(name))

        keys = self.config.keys
        selecting = self.config.selection_keys
        shown = Help(lambda name: shown_keys(keys, name), self.quick_tags(), selecting)
        self.app.push_screen(shown, chosen)

    def action_dark(self) -> None:
        """Change between the dark and the light theme."""
        self.app.change_theme()

    async def action_quit(self) -> None:
        """Keep the session and leave."""
        await self.app.action_quit()
