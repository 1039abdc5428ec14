"""Tag an article: type a few characters, Enter; a tag that it has is taken away again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.locale import ntr, tr
from tui.outline import fold_text
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class TagChange:
    """The tags to put on and to take off."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class TagPicker(Dialog[TagChange]):
    """Dismissed with what to change, or None.

    `counts` maps every tag in use to its number of articles; `own` are the article's tags.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    TagPicker OptionList { height: auto; max-height: 14; border: none; background: $surface; }
    """

    def __init__(self, title: str, counts: Mapping[str, int], own: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._own = tuple(own)
        rest = sorted(set(counts) - set(own), key=lambda name: (-counts[name], name))
        self._names = [*self._own, *rest]
        self._counts = counts
        self._listed: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(
                tr("Enter: put on or take off · Tab: complete · , : several")
            )
            yield Input(placeholder=tr("Tag"))
            yield OptionList()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._fill("")

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(_last(event.value))

    def _fill(self, typed: str) -> None:
        folded = fold_text(typed)
        found = [name for name in self._names if folded in fold_text(name)]
        found.sort(key=lambda name: not fold_text(name).startswith(folded))
        exact = any(fold_text(name) == folded for name in found)
        self._listed = found[:MOST_SHOWN]
        labels = [self._label(name) for name in self._listed]
        if typed and not exact:
            self._listed.append(typed)
            labels.append(tr("new tag: {name}").format(name=typed))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(content(label)) for label in labels)
        # Someone who typed a whole new name wants it, not a longer one that contains it.
        at_new = bool(typed and not exact and not fold_text(self._listed[0]).startswith(folded))
        options.highlighted = None if not labels else len(labels) - 1 if at_new else 0
        if not typed:
            options.highlighted = None

    def _label(self, name: str) -> str:
        sign = "✓" if name in self._own else " "
        count = self._counts.get(name, 0)
        used = ntr("{n} article", "{n} articles", count) if count else ""
        return f"{sign} {name}  {used}".rstrip()

    def action_move(self, step: int) -> None:
        """Move in the list while the cursor stays in the field."""
        options = self.query_one(OptionList)
        if not self._listed:
            return
        at = options.highlighted
        last = len(self._listed) - 1
        options.highlighted = (
            (0 if step > 0 else last) if at is None else max(0, min(at + step, last))
        )

    def action_complete(self) -> None:
        """Put the highlighted (or first) tag into the field."""
        name = self._highlighted() or (self._listed[0] if self._listed else "")
        if name:
            field = self.query_one(Input)
            head, comma, _ = _split_last(field.value)
            field.value = f"{head}{comma} {name}".strip() if comma else name
            field.cursor_position = len(field.value)

    def _highlighted(self) -> str:
        at = self.query_one(OptionList).highlighted
        return self._listed[at] if at is not None and at < len(self._listed) else ""

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        names = _before_last(self.query_one(Input).value)
        self._finish([*names, self._listed[event.option_index]])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        name = self._highlighted() or _last(event.value)
        self._finish([*_before_last(event.value), *([name] if name else [])])

    def _finish(self, names: list[str]) -> None:
        own = {fold_text(name): name for name in self._own}
        wanted = dict.fromkeys(names)
        self.dismiss(
            TagChange(
                add=tuple(name for name in wanted if fold_text(name) not in own),
                remove=tuple(own[fold_text(name)] for name in wanted if fold_text(name) in own),
            )
            if wanted
            else None
        )


def _split_last(value: str) -> tuple[str, str, str]:
    """Split a list of tags before its last one; full-width commas count."""
    return value.replace("，", ",").replace("、", ",").rpartition(",")


def _before_last(value: str) -> list[str]:
    return [name.strip() for name in _split_last(value)[0].split(",") if name.strip()]


def _last(value: str) -> str:
    return _split_last(value)[2].strip()
