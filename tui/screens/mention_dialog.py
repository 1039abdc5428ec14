"""Judge a mention: right or none, its class, name and value; or add one that was missed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Protocol, get_args

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from annotations.mention_corrections import appearance, mention_type
from annotations.mention_values import read_value
from annotations.model import ENTITY_TYPES, MentionScope, MentionType, StoreError
from tui.locale import tr
from tui.mention_card import card_of
from tui.mention_classes import MENTION_CLASSES
from tui.mention_entries import (
    accepting,
    adding,
    default_scope,
    entry_at,
    name_of,
    rejecting,
    renaming,
    retyping,
    revaluing,
    value_of,
)
from tui.outline import fold_text
from tui.plain import content
from tui.screens.dialog import Dialog
from tui.widgets.mention_view import Card, keys_of_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from annotations.model import MentionBody, MentionValue
    from bulletins.model import Amount, Article, Place, Quantity
    from tui.mention_entries import MentionEntry
    from tui.screens.main.correcting import Judged

    Say = Callable[[MentionEntry | None], MentionBody | None]

_MOST_NAMES = 6


class Desk(Protocol):
    """The screen on which the article is open."""

    article: Article | None

    def entries(self) -> list[MentionEntry]: ...
    def entries_in_reach(self) -> list[MentionEntry]: ...
    def go_to_mention(self, place: Place) -> None: ...
    def judged(self) -> Judged | None: ...
    def say(self, message: str, *, alarm: bool = False) -> None: ...
    async def correct_mention(
        self, judged: Judged, place: Place, say: Say, kind: str = ""
    ) -> str: ...


class MentionDialog(Dialog[None]):
    """Every act is kept at once, and the mention is shown as it is then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", show=False),
        Binding("d,delete", "reject", show=False),
        Binding("n", "name", show=False),
        Binding("v", "value", show=False),
        Binding("s", "scope", show=False),
        Binding("u", "take_back", show=False),
        Binding("greater_than_sign,j,down", "step(1)", show=False),
        Binding("less_than_sign,k,up", "step(-1)", show=False),
        Binding("x,q", "cancel", show=False),
        *(Binding(one.key, f"retype('{one.name}')", show=False) for one in MENTION_CLASSES),
    ]
    DEFAULT_CSS = """
    MentionDialog {
        Card { height: auto; }
        Input, OptionList { display: none; }
        OptionList { height: auto; max-height: 6; border: none; background: $surface; }
        .keys { color: $text-muted; margin-top: 1; }
        &.-typing Input, &.-naming OptionList { display: block; }
        &.-typing .keys { display: none; }
    }
    """

    def __init__(self, desk: Desk, place: Place, kind: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._place = place
        self._kind = kind
        self._scope: MentionScope | None = None
        self._asked: MentionType | None = None
        """The class whose value is being typed; None while a name is."""
        self._names: list[str] = []
        self._turns = asyncio.Lock()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_subtitle = content(self._hint())
            yield Card()
            yield Input()
            yield OptionList()
            yield Static(classes="problem")
            yield Static(content(keys_of_card()), classes="keys")

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.query_one(Card).focus()
        self._draw()

    # What is shown.

    def _entry(self) -> MentionEntry | None:
        return entry_at(self._desk.entries(), self._place, self._kind)

    def _scope_now(self) -> MentionScope:
        entry = self._entry()
        return self._scope or default_scope(entry.kind if entry is not None else "organization")

    def _draw(self) -> None:
        if self._desk.article is None:
            return
        entry = self._entry()
        card = card_of(self._desk.article, self._place, entry)
        box = self.query_one(".dialog")
        box.border_title = content(tr("Mention") if entry is not None else tr("Add a mention"))
        self.query_one(Card).show(card, self._scope_now())

    def _hint(self) -> str:
        return tr("Kept at once · Esc: back")

    # What is done.

    def action_accept(self) -> None:
        """Say that the mention is right."""
        scope = self._scope_now()
        self._act(lambda entry: accepting(entry, scope))

    def action_reject(self) -> None:
        """Say that it is none."""
        scope = self._scope_now()
        self._act(lambda entry: rejecting(entry, scope))

    def action_retype(self, kind: MentionType) -> None:
        """Say that it is of another class; a new figure is asked for its value."""
        entry = self._entry()
        is_new = entry is None or (entry.kind != kind and not self._has_value(entry, kind))
        if kind not in ENTITY_TYPES and is_new:
            self._ask_value(kind, "")
        else:
            self._set_type(kind, None)

    def _has_value(self, entry: MentionEntry, kind: MentionType) -> bool:
        return entry.after is not None and type_of(entry) == kind

    def _set_type(self, kind: MentionType, value: MentionValue | None) -> None:
        words = self._words()
        scope = self._scope_now() if self._entry() or self._scope else default_scope(kind)

        def say(entry: MentionEntry | None) -> MentionBody | None:
            if entry is None:
                return adding(words, kind, scope, value)
            return retyping(entry, scope, kind, value)

        self._keep(say, kind)

    def _words(self) -> str:
        article = self._desk.article
        return card_of(article, self._place, None).words if article is not None else ""

    def action_scope(self) -> None:
        """Choose where what is said next holds."""
        scopes: tuple[MentionScope, ...] = get_args(MentionScope)
        self._scope = scopes[(scopes.index(self._scope_now()) + 1) % len(scopes)]
        self._draw()

    def action_take_back(self) -> None:
        """Take back what was said of it."""
        entry = self._entry()
        if entry is None or entry.annotation is None:
            self._tell(tr("There is nothing to take back."))
            return
        self._keep(lambda entry: None, "")

    def action_step(self, step: int) -> None:
        """Go to another mention; while a name is typed, to another name."""
        if self.has_class("-naming"):
            self._move_in_names(step)
            return
        entries = self._desk.entries_in_reach()
        if self.has_class("-typing") or not entries:
            return
        here = appearance(self._place)
        if step > 0:
            later = (one for one in entries if appearance(one.place) > here)
            following = next(later, entries[0])
        else:
            earlier = (one for one in reversed(entries) if appearance(one.place) < here)
            following = next(earlier, entries[-1])
        self._place, self._scope = following.place, None
        self._kind = type_of(following)
        self._desk.go_to_mention(following.place)
        self._tell("")
        self._draw()

    # Typing a name or a value.

    def action_name(self) -> None:
        """Type the name under which it belongs."""
        entry = self._entry()
        if entry is None or not name_of(entry.mention):
            self._tell(tr("Only names have a name: organizations, persons, places and so on."))
            return
        self._asked = None
        self.add_class("-naming")
        self._ask(name_of(entry.mention), tr("Its full name, or another name of the article"))

    def action_value(self) -> None:
        """Type what a sum, a quantity or a date is."""
        entry = self._entry()
        if entry is None or name_of(entry.mention):
            self._tell(tr("Only sums, quantities and dates have a value."))
            return
        self._ask_value(type_of(entry), value_of(entry.mention))

    def _ask_value(self, kind: MentionType, value: str) -> None:
        self._asked = kind
        hints = {
            "amount": tr("Currency and number: USD 504 M, EUR 0.5–15 M, 5亿 CNY"),
            "quantity": tr("Number and unit: 5.5 %, 300 mm"),
            "date": tr("2024, 2024-08, 2024-08-06, 2024-Q3, or from/to"),
        }
        self._ask(value, hints[kind])

    def _ask(self, value: str, hint: str) -> None:
        self._tell("")
        self.add_class("-typing")
        box = self.query_one(".dialog")
        box.border_subtitle = content(tr("Enter: keep it · Esc: leave it"))
        field = self.query_one(Input)
        field.placeholder = hint
        field.value = value
        field.cursor_position = len(value)
        if self._asked is not None:
            self._tell(hint)
        self.set_focus(field)
        self._list_names("")

    def _list_names(self, typed: str) -> None:
        """List the article's other names, those that begin with what was typed first."""
        if not self.has_class("-naming"):
            return
        own = self._entry()
        kind, own_name = (type_of(own), name_of(own.mention)) if own is not None else ("", "")
        counts: dict[str, int] = {}
        for one in self._desk.entries():
            name = name_of(one.after) if one.after is not None else ""
            if name and name != own_name:
                # Those of its own class first: another name of the same thing has the same class.
                counts[name] = counts.get(name, 0) + (1000 if type_of(one) == kind else 1)
        folded = fold_text(typed)
        found = [name for name in counts if folded in fold_text(name)]
        found.sort(key=lambda name: (not fold_text(name).startswith(folded), -counts[name]))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(content(name)) for name in found[:_MOST_NAMES])
        options.highlighted = None
        self._names = found[:_MOST_NAMES]

    def _move_in_names(self, step: int) -> None:
        options = self.query_one(OptionList)
        if self._names:
            at = options.highlighted
            last = len(self._names) - 1
            first = 0 if step > 0 else last
            options.highlighted = first if at is None else max(0, min(at + step, last))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        entry = self._entry()
        own = name_of(entry.mention) if entry is not None else ""
        self._list_names("" if event.value == own else event.value)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._rename(self._names[event.option_index])

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        at = self.query_one(OptionList).highlighted
        if self._asked is None:
            self._rename(self._names[at] if at is not None else event.value.strip())
            return
        kind, entry = self._asked, self._entry()
        mention: Amount | Quantity | object = entry.mention if entry is not None else None
        unit = getattr(mention, "currency", "") or getattr(mention, "unit", "")
        try:
            value = read_value(kind, event.value, unit)
        except StoreError:
            self._tell(tr("That is not understood. {hint}").format(hint=event.input.placeholder))
            return
        self._stop_typing()
        if entry is not None and type_of(entry) == kind:
            scope = self._scope_now()
            self._act(lambda entry: revaluing(entry, scope, value))
        else:
            self._set_type(kind, value)

    def _rename(self, name: str) -> None:
        entry = self._entry()
        self._stop_typing()
        if name and entry is not None and name != name_of(entry.mention):
            scope = self._scope_now()
            self._act(lambda entry: renaming(entry, scope, name))

    def _stop_typing(self) -> None:
        self.remove_class("-typing", "-naming")
        self.query_one(".dialog").border_subtitle = content(self._hint())
        self._tell("")
        self.set_focus(self.query_one(Card))

    def action_cancel(self) -> None:
        """Leave the field, or the dialog."""
        if self.has_class("-typing"):
            self._stop_typing()
        else:
            self.dismiss(None)

    # Keeping it.

    def _act(self, say: Callable[[MentionEntry], MentionBody | None]) -> None:
        def of_entry(entry: MentionEntry | None) -> MentionBody | None:
            return say(entry) if entry is not None else None

        if self._entry() is None:
            self._tell(tr("It is no mention yet: choose its class with a number."))
        else:
            self._keep(of_entry, "")

    def _keep(self, say: Say, kind: str) -> None:
        """Keep what `say` makes of the mention as it is when its turn comes."""
        judged = self._desk.judged()
        if judged is not None:
            # Of the app: what was said is kept also when the dialog is left at once.
            self.app.run_worker(self._keep_in_turn(judged, self._place, say, kind))

    async def _keep_in_turn(self, judged: Judged, place: Place, say: Say, kind: str) -> None:
        async with self._turns:
            meant = self._kind if place == self._place else ""
            trouble = await self._desk.correct_mention(judged, place, say, meant)
        if self not in self.app.screen_stack:
            if trouble:
                self._desk.say(trouble, alarm=True)
            return
        if kind and place == self._place:
            self._kind = kind
        self._tell(trouble)
        if self._entry() is None and not self._desk.entries():
            self.dismiss(None)
        else:
            self._draw()

    def _tell(self, message: str) -> None:
        self.query_one(".problem", Static).update(content(message))


def type_of(entry: MentionEntry) -> MentionType:
    """Return the class of a mention as it is shown."""
    return mention_type(entry.mention)
