"""Export annotations: what, and to which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Input, Label, Static

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
    """What to export: this issue only or all; only articles with `tags` if there are any."""

    path: Path
    this_issue: bool
    tags: tuple[str, ...]


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


class ExportDialog(Dialog[ExportWish]):
    """Dismissed with what to export, or None. `issue` is "" when no issue is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "export", show=False, priority=True)
    ]

    def __init__(self, issue: str, path: Path) -> None:
        super().__init__()
        self._issue = issue
        self._path = path
        self._may_replace: Path | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("Export annotations as YAML"))
            box.border_subtitle = content(tr("Enter or F2: export · Tab: next field · Esc: leave"))
            yield Label(content(tr("File")), classes="label")
            yield Input(str(self._path), id="path")
            if self._issue:
                yield Toggle(tr("Only this issue: {issue}").format(issue=self._issue))
            yield Label(
                content(tr("Only articles with these tags (all if empty)")), classes="label"
            )
            yield Input(id="tags", placeholder=tr("Tag, tag"))
            yield Static(classes="problem")

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "path":
            self._may_replace = None
            self._say("")

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
        if path.exists() and path != self._may_replace:
            self._may_replace = path
            self._say(tr("{path} exists; Enter again replaces it").format(path=path.name))
            return
        tags = self.query_one("#tags", Input).value.replace("，", ",").replace("、", ",")
        self.dismiss(
            ExportWish(
                path=path,
                this_issue=any(toggle.on for toggle in self.query(Toggle)),
                tags=tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
            )
        )

    def _say(self, problem: str) -> None:
        self.query_one(".problem", Static).update(content(problem))
