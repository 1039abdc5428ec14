"""Export annotations: what, and to which file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, RadioButton, RadioSet, Static

from tui.locale import tr
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What to export: this issue only or all; only articles with `tags` if there are any."""

    path: Path
    this_issue: bool
    tags: tuple[str, ...]


class ExportDialog(Dialog[ExportWish]):
    """Dismissed with what to export, or None. `issue` is "" when no issue is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "export", show=False, priority=True)
    ]
    DEFAULT_CSS = """
    ExportDialog RadioSet { border: none; padding: 0; width: 100%; background: $surface; }
    ExportDialog RadioSet:focus { border: none; }
    """

    def __init__(self, issue: str, path: Path) -> None:
        super().__init__()
        self._issue = issue
        self._path = path

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("Export annotations as YAML"))
            box.border_subtitle = content(tr("Enter or F2: export · Tab: next field · Esc: leave"))
            yield Label(content(tr("File")), classes="label")
            yield Input(str(self._path), id="path")
            yield Label(content(tr("What")), classes="label")
            with RadioSet():
                yield RadioButton(content(tr("All issues")), value=not self._issue)
                if self._issue:
                    this = tr("This issue: {issue}").format(issue=self._issue)
                    yield RadioButton(content(this), value=True)
            yield Label(
                content(tr("Only articles with these tags (all if empty)")), classes="label"
            )
            yield Input(id="tags", placeholder=tr("Tag, tag"))
            yield Static(classes="problem")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_export()

    def action_export(self) -> None:
        """Hand the wish over, if the file can be there."""
        entered = self.query_one("#path", Input).value.strip()
        path = Path(entered).expanduser() if entered else None
        if path is None or path.is_dir() or not path.parent.is_dir():
            message = tr("Name a file in a folder that exists.")
            self.query_one(".problem", Static).update(content(message))
            return
        tags = self.query_one("#tags", Input).value.replace("，", ",").replace("、", ",")
        self.dismiss(
            ExportWish(
                path=path,
                this_issue=self.query_one(RadioSet).pressed_index == 1,
                tags=tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
            )
        )
