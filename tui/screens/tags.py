"""All tags: found, renamed, merged, coloured, nested, deleted; each change can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.cells import cell_len
from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Input, Static

from tui.locale import ntr, tr
from tui.plain import content
from tui.screens.list_dialog import ListDialog
from tui.screens.tag_tree_list import TagTree
from tui.tag_tree import TreeRow, tree_rows
from tui.typesetting.widths import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from annotations.store import Store
    from annotations.tallies import Tally
    from tui.notebook import Notebook
    from tui.screens.tag_picker import TagChange, TagPicker
    from tui.widgets.row_list import RowList

_LOOK = 0.5
"""Seconds between looks at what other processes and undoing changed."""


class Desk(Protocol):
    """What the tag screen asks of the screen behind it."""

    notebook: Notebook

    def say(self, message: str, *, alarm: bool = False) -> None: ...
    def tag_picker(
        self, title: str, own: Sequence[str], *, one: bool, new: bool, nothing: str = ""
    ) -> TagPicker: ...
    async def change_tag_definitions(self, act: Callable[[Store], object]) -> bool: ...
    def action_undo(self) -> object: ...
    def action_redo(self) -> object: ...


class Tags(ListDialog[str, TreeRow]):
    """Dismissed with the name of the tag whose articles are to be shown, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "key", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("r,f2", "rename", show=False),
        Binding("n", "new", show=False),
        Binding("slash", "find", show=False),
        Binding("m", "merge", show=False),
        Binding("c", "recolour", show=False),
        Binding("p", "parent", show=False),
        Binding("d,delete", "delete", show=False),
        Binding("u", "undo", show=False),
        Binding("ctrl+r", "redo", show=False),
        Binding("T", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    Tags > .dialog {
        width: 110; height: 90%;
        & > TagTree { height: 1fr; }
        & > #columns { color: $text-muted; height: 1; }
        & > #asked { height: auto; max-height: 4; color: $text-warning; }
        & > #about { height: auto; color: $text-muted; border-top: solid $primary; }
        & > Input { display: none; }
    }
    """

    def __init__(self, desk: Desk, tallies: Sequence[Tally]) -> None:
        hint = tr("Enter: its articles · / find · Esc: back")
        super().__init__(tr("Tags"), hint, tree_rows(tallies))
        self._desk = desk
        self._tallies = tallies
        self._typed = ""
        self._mode = ""
        self._goal = ""
        self._seen: tuple[object, ...] = ()

    def make_list(self) -> TagTree:
        return TagTree()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint)
            yield Static(id="columns")
            yield self.make_list()
            yield Static(id="asked")
            yield Input()
            yield Static(id="about")

    def on_mount(self) -> None:
        super().on_mount()
        self._show_rows()
        self._count()
        self.set_interval(_LOOK, self._look)

    def on_resize(self) -> None:
        about = self.query_one("#about", Static)
        about.update(_legend(min(110, self.app.size.width * 94 // 100) - 4))
        self._head()

    def fit(self) -> None:
        """The list is as high as the dialog leaves it."""

    # What is shown.

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        self._tallies = self._desk.notebook.tallies()  # at once what is known
        self._show_rows()
        self._tallies = await self._desk.notebook.tally()
        self._seen = self._state()
        self._show_rows()

    def _state(self) -> tuple[object, ...]:
        notebook = self._desk.notebook
        return notebook.tags(), notebook.marked_issues()

    def _look(self) -> None:
        if self._state() != self._seen:
            self._seen = self._state()
            self._count()

    def _show_rows(self) -> None:
        from tui.screens.tag_picker import TagPicker

        row = self.list.row
        wanted = row.name if row else ""
        found = tree_rows(self._tallies, self._typed, TagPicker.pinyin)
        if self._goal and any(each.name == self._goal for each in found):
            wanted, self._goal = self._goal, ""
        cursor = next((i for i, each in enumerate(found) if each.name == wanted), None)
        if self._mode == "find":
            cursor = next((i for i, each in enumerate(found) if not each.dim), 0)
        elif cursor is None:  # what is gone leaves its place to the next one
            cursor = min(max(0, self.list.cursor), max(0, len(found) - 1))
        self.list.set_rows(found, cursor)
        self._head()

    def _head(self) -> None:
        width = max(0, self.list.scrollable_content_region.width)
        heads = (tr("articles"), tr("+ below"), tr("passages"))
        tail = "".join(" " * max(1, 9 - cell_len(head)) + head for head in heads)
        key = tr("digit")
        tail = " " * ((6 - cell_len(key)) // 2) + key + " " * ((7 - cell_len(key)) // 2) + tail
        count = ntr("{n} tag", "{n} tags", len(self._tallies))
        said = f"{count} · “{self._typed}”" if self._typed else count
        room = max(0, width - cell_len(tail))
        said = cut(said, room)
        line = said + " " * (room - cell_len(said)) + tail
        self.query_one("#columns", Static).update(content(line))

    # The field: a new name, or what is looked for.

    def _ask(self, mode: str, value: str, hint: str) -> None:
        self._mode = mode
        field = self.query_one(Input)
        field.display = True
        field.value = value
        field.placeholder = hint
        field.cursor_position = len(value)
        self._say(hint)
        self.set_focus(field)

    def _leave_field(self) -> None:
        self._mode = ""
        self.query_one(Input).display = False
        self._say("")
        self.set_focus(self.list)

    def _say(self, text: str) -> None:
        self.query_one("#asked", Static).update(content(text))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self._mode == "find":
            self._typed = event.value.strip()
            self._show_rows()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        mode, name, row = self._mode, event.value.strip(), self.list.row
        self._leave_field()
        if mode == "new" and name:
            self._do(lambda store: store.define_tag(name), name)
        elif mode == "rename" and name and row is not None and name != row.name:
            self._do(lambda store: store.rename_tag(f"/{row.name}", name), name)

    def action_find(self) -> None:
        self._ask("find", self._typed, tr("a part of a tag, or its pinyin"))

    def action_new(self) -> None:
        row = self.list.row
        begun = f"{row.name.rpartition('/')[0]}/" if row is not None and row.depth else ""
        self._ask("new", begun, tr("Name of the new tag; a slash puts it under another one"))

    def action_rename(self) -> None:
        if (row := self._defined()) is not None:
            self._ask("rename", row.name, tr("New name; a slash puts it under another one"))

    # What is done.

    def _defined(self) -> TreeRow | None:
        """The row under the cursor, if it is a tag of its own."""
        row = self.list.row
        if row is not None and not row.tally.defined:
            self._desk.say(tr("This tag came without a definition: it can only be deleted."))
            return None
        return row

    @work
    async def _do(self, act: Callable[[Store], object], goal: str = "") -> None:
        """Change tags; the cursor goes to the tag `goal` as soon as it is there."""
        self._goal = goal
        if await self._desk.change_tag_definitions(act):
            self._count()
        else:
            self._goal = ""

    def action_merge(self) -> None:
        row = self._defined()
        if row is None:
            return
        name = row.name

        def picked(change: TagChange | None) -> None:
            if change is not None and change.add:
                self._do(lambda s: s.merge_tags(f"/{name}", f"/{change.add[0]}"), change.add[0])

        title = tr("Merge “{name}” into").format(name=name)
        self.app.push_screen(self._desk.tag_picker(title, [name], one=True, new=False), picked)

    def action_parent(self) -> None:
        row = self._defined()
        if row is None:
            return
        name = row.name

        def picked(change: TagChange | None) -> None:
            if change is None:
                return
            above = change.add[0] if change.add else None
            own = name.rpartition("/")[2]
            whole = f"{above.strip('/')}/{own}" if above else own
            if whole != name:
                self._do(lambda store: store.rename_tag(f"/{name}", whole), whole)

        title = tr("Put “{name}” under").format(name=name)
        none = tr("under none") if row.depth else ""
        picker = self._desk.tag_picker(title, [name], one=True, new=True, nothing=none)
        self.app.push_screen(picker, picked)

    def action_recolour(self) -> None:
        from tui.screens.tag_colours import TagColours

        row = self._defined()
        if row is None:
            return
        name = row.name

        def picked(colour: str | None) -> None:
            if colour is not None:
                self._do(lambda store: store.recolour_tag(f"/{name}", colour or None))

        self.app.push_screen(TagColours(name, row.tally.tag.colour or ""), picked)

    def action_key(self) -> None:
        if (row := self._defined()) is not None:
            self._mode = "key"
            said = tr("“{name}”: press the digit that puts it on · Backspace: none · Esc: back")
            self._say(said.format(name=row.name))

    def action_delete(self) -> None:
        row = self.list.row
        if self._mode == "delete":
            self._delete()
        elif row is not None:
            self._mode = "delete"
            one = row.tally
            parts = [
                tr("Delete “{name}”?").format(name=row.name),
                ntr("It is taken off {n} article", "It is taken off {n} articles", one.articles),
            ]
            if one.passages:
                parts.append(ntr("{n} passage", "{n} passages", one.passages))
            if row.below:
                parts.append(tr("what is under it comes one level up"))
            self._say(" · ".join([*parts, tr("d or Enter: delete · any other key: keep")]))

    def _delete(self) -> None:
        row = self.list.row
        self._leave_field()
        if row is not None:
            name = row.name
            self._do(lambda store: store.delete_tag(f"/{name}"))

    def on_key(self, event: events.Key) -> None:
        """Answer what was asked; see action_key and action_delete."""
        row, mode = self.list.row, self._mode
        if self.query_one(Input).has_focus or mode not in ("key", "delete"):
            return
        event.stop()
        event.prevent_default()
        if mode == "delete" and event.key in ("d", "enter", "delete"):
            self._delete()
            return
        self._leave_field()
        if row is None:
            return
        name = row.name
        if mode == "key" and event.key in {"backspace", "delete", *"0123456789"}:
            digit = event.key if event.key.isdigit() else None
            self._do(lambda store: give_key(store, name, digit))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # While something is asked, the answer is the key's only meaning; see on_key.
        return self._mode not in ("key", "delete") or (action, self._mode) == ("delete", "delete")

    def action_cancel(self) -> None:
        """Leave the field, then what was found, then the screen."""
        if self._mode:
            if self._mode == "find":
                self._typed = ""
                self._show_rows()
            self._leave_field()
        elif self._typed:
            self._typed = ""
            self._show_rows()
        else:
            self.dismiss(None)

    def action_undo(self) -> None:
        self._desk.action_undo()

    def action_redo(self) -> None:
        self._desk.action_redo()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.list.row is not None:
            self.dismiss(self.list.row.name)


def give_key(store: Store, name: str, digit: str | None) -> None:
    """Give a tag a digit, and take it from those that had it."""
    with store.batch("tag_key"):
        for tag in store.tags():
            if digit is not None and tag.key == digit and tag.name != name:
                store.set_tag_key(f"/{tag.name}", None)
        store.set_tag_key(f"/{name}", digit)


def _legend(cells: int) -> Content:
    """The keys, each of which can be clicked; in two lines where `cells` are too few for one."""
    words = {
        "rename": tr("r rename"), "merge": tr("m merge"), "recolour": tr("c colour"),
        "key": tr("k digit"), "parent": tr("p parent"), "new": tr("n new"),
        "delete": tr("d delete"), "undo": tr("u undo"), "redo": tr("^r redo"),
    }  # fmt: skip
    parts: list[Content] = []
    long = sum(cell_len(text) + 3 for text in words.values()) - 3 > cells
    for action, text in words.items():
        parts += [content("\n" if long and action == "undo" else " · ")] if parts else []
        parts.append(content(text).stylize(Style.from_meta({"@click": f"screen.{action}"})))
    return Content("").join(parts)
