"""Tag an article or a passage: type a few characters, Enter; a tag it has is taken away again.

How to call it: `push_screen(TagPicker(title, counts, own), picked)`, where `title` is what is
tagged, in a line, `counts` maps all tags to how many articles have them, and `own` are those it
has. `picked` is given a TagChange or None. All else is optional and by name:

- `order`: the tags in the order in which they are offered (see tui.tag_ranking); else by counts;
- `colours`: the colours of tags, by tag;
- `suggest`: an async function that gives suggestions, asked once when the dialog is open;
- `one`: exactly one tag is chosen and put into `TagChange.add`; `own` can't be chosen then;
- `new`: whether a tag may be made by typing its name;
- `nothing`: what a row says by which no tag at all is chosen: a TagChange that changes nothing.

The main screen fills these in: `self.tag_picker(title, own)`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from tui.locale import tr
from tui.outline import fold_text
from tui.plain import content
from tui.screens.dialog import Dialog
from tui.screens.tag_list import TagList, TagRow
from tui.tag_ranking import found
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from textual.app import ComposeResult

    from tui.pinyin import Pinyin
    from tui.tag_suggestions import Suggestion

MOST_SHOWN = 200
MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class TagChange:
    """The tags to put on and to take off."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class TagField(Input):
    """A field that leaves the signs which Alt with a digit makes to the dialog."""

    signs = "¡™"
    """A pound sign is typed by some: it is one where there is no third suggestion."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character not in tuple(self.signs) and super().check_consume_key(key, character)


class TagPicker(Dialog[TagChange]):
    """Dismissed with what to change, or None; see above for the arguments."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
        # Alt with a digit comes from a terminal as these signs, as Textual reads it.
        Binding("alt+1,inverted_exclamation_mark", "take(0)", show=False, priority=True),
        Binding("alt+2,trade_mark_sign", "take(1)", show=False, priority=True),
        Binding("alt+3,pound_sign", "take(2)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    TagPicker TagList { height: auto; max-height: 16; background: $surface; }
    """
    pinyin: ClassVar[Pinyin | None] = None
    """The readings of characters, once they are loaded."""

    def __init__(
        self,
        title: str,
        counts: Mapping[str, int],
        own: Sequence[str],
        *,
        order: Iterable[str] | None = None,
        colours: Mapping[str, str] | None = None,
        suggest: Callable[[], Awaitable[Sequence[Suggestion]]] | None = None,
        one: bool = False,
        new: bool = True,
        nothing: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._own = () if one else tuple(own)
        self._counts = counts
        self._colours = colours or {}
        self._suggest = suggest
        self._suggested: list[Suggestion] = []
        self._one = one
        self._new = new
        self._nothing = nothing
        if order is None:
            order = sorted(counts, key=lambda name: (-counts[name], name))
        rest = [name for name in dict.fromkeys(order) if name not in own]
        self._names = [*self._own, *rest]
        self._touched = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            several = tr("Enter: put on or take off · Tab: complete · , : several")
            box.border_subtitle = content(tr("Enter: choose") if self._one else several)
            yield TagField(placeholder=tr("Tag: a part of it, or its pinyin"))
            yield TagList(self._counts, self._own, self._colours)

    def on_mount(self) -> None:
        self._list.can_focus = False
        self._fill()
        self._load_pinyin()
        if self._suggest is not None:
            self._ask(self._suggest)

    @property
    def _list(self) -> TagList:
        return self.query_one(TagList)

    # What comes later.

    @work
    async def _load_pinyin(self) -> None:
        """Learn the readings of the tags' characters; until then names are found as written."""
        from tui.pinyin import load_pinyin

        known = TagPicker.pinyin
        if known is None:
            known = TagPicker.pinyin = await asyncio.to_thread(load_pinyin)
        await asyncio.to_thread(known.learn, self._names)
        if self.is_mounted and _last(self.query_one(Input).value):
            self._fill()

    @work
    async def _ask(self, suggest: Callable[[], Awaitable[Sequence[Suggestion]]]) -> None:
        own = {fold_text(name) for name in self._own}
        suggested = [one for one in await suggest() if fold_text(one.name) not in own]
        if suggested and self.is_mounted:
            self._suggested = suggested[:MOST_SUGGESTED]
            if len(suggested) >= MOST_SUGGESTED:
                self.query_one(TagField).signs = "¡™£"
            self._fill()

    # The rows.

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._touched = False
        self._fill()

    def _fill(self) -> None:
        """List what fits; the cursor stays where the reader put it."""
        typed = _last(self.query_one(Input).value)
        listed, before = self._list, self._list.row
        rows, at = self._found(typed) if typed else (self._all(), -1)
        if self._touched and before in rows:
            at = rows.index(before)
        listed.set_rows(rows, max(0, at))
        if at < 0:
            listed.cursor = -1  # Enter upon nothing typed changes nothing
        listed.styles.height = max(1, len(rows))

    def _all(self) -> list[TagRow]:
        own = [TagRow("tag", name) for name in self._own]
        rest = [TagRow("tag", name) for name in self._names[len(self._own) :]][:MOST_SHOWN]
        suggested: list[TagRow] = []
        if self._suggested:
            keys = tr("suggestions, not on it yet · Alt+1 2 3: take one")
            suggested = [TagRow("heading", keys)]
            suggested += [TagRow("suggested", one.name, one.words()) for one in self._suggested]
        head = [TagRow("heading", tr("all tags"))] if suggested and rest else []
        none = [TagRow("nothing", self._nothing)] if self._nothing else []
        return [*none, *own, *suggested, *head, *rest]

    def _found(self, typed: str) -> tuple[list[TagRow], int]:
        """The rows for what was typed, and which of them Enter takes.

        That is never one that came later: suggestions of new tags stand at the end.
        """
        why = {one.name: one.words() for one in self._suggested}
        matches = found(self._names, typed, TagPicker.pinyin)[:MOST_SHOWN]
        rows = [
            TagRow("suggested" if match.name in why else "tag", match.name, why.get(match.name, ""))
            for match in matches
        ]
        exact = any(fold_text(match.name) == fold_text(typed) for match in matches)
        best = matches[0].how if matches else 5
        at = 0
        if self._new and not exact:
            # Where the last part of a name is the same, a slash before it means another tag.
            same = best == 0 and not typed.startswith(("/", "／"))
            rows.append(TagRow("new", f"/{typed}" if same else typed))
            # Someone who typed a whole new name wants it, not a longer one that contains it.
            at = len(rows) - 1 if best == 2 else 0
        others = [name for name in why if name not in self._names]
        rows += [TagRow("suggested", one.name, why[one.name]) for one in found(others, typed)]
        return rows, at if matches or self._new else -1

    # Keys.

    def action_move(self, step: int) -> None:
        """Move in the list while the cursor stays in the field."""
        self._touched = True
        if self._list.cursor < 0 and step < 0:
            self._list.move_end(True, tell=False)
        else:
            self._list.move(step, tell=False)
        # What came a moment ago must not be where a key was about to go: see action_take.
        before = -2
        while self._skips(self._list.row) and self._list.cursor != before:
            before = self._list.cursor
            self._list.move(step, tell=False)

    def _skips(self, row: TagRow | None) -> bool:
        typed = _last(self.query_one(Input).value)
        return row is not None and row.kind == "suggested" and not typed

    def action_page(self, pages: int) -> None:
        self._touched = True
        self._list.move_page(pages, tell=False)

    def action_complete(self) -> None:
        """Put the highlighted tag into the field, else the first suggestion, else the first."""
        first = [row.name for row in self._list.rows if row.kind == "suggested"]
        first += [row.name for row in self._list.rows if row.kind == "tag"]
        name = self._list.row.name if self._list.row is not None else next(iter(first), "")
        if name:
            field = self.query_one(Input)
            head, comma, _ = _split_last(field.value)
            field.value = f"{head}{comma} {name}".strip() if comma else name
            field.cursor_position = len(field.value)

    def action_take(self, index: int) -> None:
        """Take a suggestion, and what else is in the field before a comma."""
        if index < len(self._suggested):
            names = _before_last(self.query_one(Input).value)
            self._finish([*names, self._suggested[index].name])

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self._list.row is not None and self._list.row.kind == "nothing":
            self.dismiss(TagChange())
        elif self._list.row is not None:
            self._finish([*_before_last(self.query_one(Input).value), self._list.row.name])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        row = self._list.row
        if row is not None and row.kind == "nothing":
            self.dismiss(TagChange())
            return
        name = row.name if row is not None else _last(event.value) if self._new else ""
        self._finish([*_before_last(event.value), *([name] if name else [])])

    def _finish(self, names: list[str]) -> None:
        own = {fold_text(name): name for name in self._own}
        wanted = dict.fromkeys(names[-1:] if self._one else names)
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
