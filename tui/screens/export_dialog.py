"""Export annotations: what, and to which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Label, Static

from annotations.exports import FORMATS
from tui.export_place import PlaceError, export_place
from tui.locale import tr
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.content import Content


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What to export: this issue only or all; only articles with `tags` if there are any.

    `format` is a name of annotations.exports.FORMATS.
    """

    path: Path
    this_issue: bool
    tags: tuple[str, ...]
    format: str = "yaml"


class Toggle(Static, can_focus=True):
    """`[x]` or `[ ]` and what it means; Space, Enter or a click changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "change", show=False)]
    DEFAULT_CSS = """
    Toggle {
        height: 1; padding: 0 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { background: $panel-lighten-1; text-style: bold; }
    }
    """

    on: reactive[bool] = reactive(True)

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def render(self) -> Content:
        return content(f"[{'x' if self.on else ' '}] {self._label}")

    def action_change(self) -> None:
        """Change it."""
        self.on = not self.on

    def on_click(self) -> None:
        self.action_change()


class FormatChoice(Static, can_focus=True):
    """All formats with the chosen one in brackets; arrows, Space, Enter or a click go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,enter", "go(1)", show=False),
        Binding("left", "go(-1)", show=False),
    ]
    DEFAULT_CSS = """
    FormatChoice {
        height: 1; padding: 0 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { background: $panel-lighten-1; text-style: bold; }
    }
    """

    chosen: reactive[str] = reactive("yaml")

    class Changed(Message):
        """Another format was chosen here."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def render(self) -> Content:
        names = (f"[{name}]" if name == self.chosen else f" {name} " for name in FORMATS)
        return content("".join(names))

    def action_go(self, step: int) -> None:
        """Choose the next or the last one."""
        names = list(FORMATS)
        self.chosen = names[(names.index(self.chosen) + step) % len(names)]
        self.post_message(self.Changed(self.chosen))

    def on_click(self) -> None:
        self.action_go(1)


class ExportDialog(Dialog[ExportWish]):
    """Dismissed with what to export, or None. `issue` is "" when no issue is open.

    `shown` says what is exported where that is settled already; nothing is then asked of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "export", show=False, priority=True)
    ]

    def __init__(self, issue: str, path: Path, shown: str = "") -> None:
        super().__init__()
        self._issue = issue
        self._shown = shown
        self._path = path
        self._may_replace: Path | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("Export annotations"))
            box.border_subtitle = content(tr("Enter or F2: export · Tab: next field · Esc: leave"))
            yield Label(content(tr("File")), classes="label")
            yield Input(str(self._path), id="path")
            if self._issue:
                yield Toggle(tr("Only this issue: {issue}").format(issue=self._issue))
            yield FormatChoice()
            if self._shown:
                yield Label(content(self._shown), classes="label")
            else:
                yield Label(
                    content(tr("Only articles with these tags (all if empty)")), classes="label"
                )
                yield Input(id="tags", placeholder=tr("Tag, tag"))
            yield Static(classes="problem")

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "path":
            self._may_replace = None
            self._say("")
            suffixes = {one.suffix: one.name for one in FORMATS.values()}
            named = [name for suffix, name in suffixes.items() if event.value.endswith(suffix)]
            if named:
                self.query_one(FormatChoice).chosen = named[0]

    def on_format_choice_changed(self, event: FormatChoice.Changed) -> None:
        """Let the file end as files of this format do, if it ends like one of another."""
        field = self.query_one("#path", Input)
        for one in FORMATS.values():
            if field.value.endswith(one.suffix):
                field.value = field.value.removesuffix(one.suffix) + FORMATS[event.name].suffix
                break

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_export()

    def action_export(self) -> None:
        """Hand the wish over, if the file can be there; a file that is there asks once more."""
        try:
            path = export_place(self.query_one("#path", Input).value.strip())
        except PlaceError as error:
            self._say(str(error))
            return
        form = self.query_one(FormatChoice).chosen
        if path.exists() and path != self._may_replace:
            self._may_replace = path
            said = tr("{path} exists; Enter again replaces it")
            if form == "markdown":
                said = tr("{path} exists; Enter again brings it up to date, your edits stay")
            self._say(said.format(path=path.name))
            return
        field = "" if self._shown else self.query_one("#tags", Input).value
        tags = field.replace("，", ",").replace("、", ",")
        self.dismiss(
            ExportWish(
                path=path,
                this_issue=any(toggle.on for toggle in self.query(Toggle)),
                tags=tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
                format=form,
            )
        )

    def _say(self, problem: str) -> None:
        self.query_one(".problem", Static).update(content(problem))
