"""Correct what is known of an issue or an article; the printed stands beside each field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from tui.locale import mark, tr
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from annotations.model import IssueRef
    from bulletins.model import Article

    Key = tuple[str, str]
    """A field and, of a source, what was printed of it, else ""."""

_DATE = mark("Date (2024, 2024-08 or 2024-08-09)")


@dataclass(frozen=True, slots=True)
class Field:
    """A field to fill in: `value` as it is shown now, `printed` as it was printed."""

    key: Key
    label: str
    value: str
    printed: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The fields that were changed; "" goes back to the printed. `onward`: F3 was pressed."""

    values: Mapping[Key, str]
    onward: bool = False


class CorrectFields(Dialog[Entered]):
    """Dismissed with what was entered, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "save", show=False, priority=True),
        Binding("f3", "onward", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    CorrectFields {
        & > .dialog { width: 90; }
        VerticalScroll { height: auto; max-height: 75vh; scrollbar-size-vertical: 1; }
        .subject { text-style: bold; }
        .label { height: auto; }
    }
    """

    def __init__(
        self, title: str, subject: str, fields: Sequence[Field], *, onward: str = ""
    ) -> None:
        """`onward` says what F3 leads to; "" if it leads nowhere."""
        super().__init__()
        self._title = title
        self._subject = subject
        self._fields = tuple(fields)
        self._onward = onward
        self._warned = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint())
            with VerticalScroll(can_focus=False):
                yield Static(content(self._subject), classes="subject")
                for number, one in enumerate(self._fields):
                    yield Static(content(_beside(one)), classes="label")
                    yield Input(one.value, id=_id(number, one))
            yield Static(classes="problem")

    def _hint(self) -> str:
        onward = f" · {self._onward}" if self._onward else ""
        hint = tr("Enter or F2: save · emptied: as printed{onward} · Esc: leave")
        return hint.format(onward=onward)

    def _changed(self) -> dict[Key, str]:
        entered = {
            one.key: self.query_one(f"#{_id(number, one)}", Input).value.strip()
            for number, one in enumerate(self._fields)
        }
        return {one.key: entered[one.key] for one in self._fields if entered[one.key] != one.value}

    def action_cancel(self) -> None:
        """Leave; values that would be lost ask for a second Escape."""
        if self._warned or not self._changed():
            self.dismiss(None)
            return
        self._warned = True
        hint = tr("Not saved! F2: save · Esc again: throw it away")
        self.query_one(".dialog").border_subtitle = content(hint)

    def on_input_changed(self) -> None:
        if self._warned:
            self._warned = False
            self.query_one(".dialog").border_subtitle = content(self._hint())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_onward(self) -> None:
        """Keep what was changed and go on to what F3 leads to."""
        if self._onward:
            self._leave(onward=True)

    def action_save(self) -> None:
        """Keep what was changed, if the date is one."""
        self._leave(onward=False)

    def _leave(self, *, onward: bool) -> None:
        changed = self._changed()
        date = changed.get(("date", ""))
        if date and not _is_date(date):
            self.query_one(".problem", Static).update(
                content(tr("The date is written 2024, 2024-08 or 2024-08-09."))
            )
            self.query_one("#field-date", Input).focus()
            return
        self.dismiss(Entered(changed, onward))


def issue_fields(printed: IssueRef, corrections: Mapping[str, str]) -> list[Field]:
    """Return the fields of an issue as it is printed, with what the reader made of them."""
    names = {
        "title": tr("Title"),
        "publication": tr("Publication"),
        "number": tr("Number"),
        "date": tr(_DATE),
    }
    found = []
    for name, label in names.items():
        was = str(getattr(printed, name) or "")
        found.append(Field((name, ""), label, corrections.get(name, was), was))
    return found


def article_fields(printed: Article, said: Mapping[Key, str]) -> list[Field]:
    """Return the fields of an article, sources last, with what the reader made of them.

    A correction of a source that is no longer printed is there too, so that it can be taken back.
    """
    was = {
        ("title", ""): (tr("Title"), printed.title),
        ("date", ""): (tr(_DATE), printed.date or ""),
        ("authors", ""): (tr("Authors (; between them)"), "；".join(printed.authors)),
    }
    lost = [one for name, one in said if name == "source" and one not in printed.sources]
    for number, source in enumerate(dict.fromkeys(printed.sources), 1):
        was["source", source] = (tr("Source {n}").format(n=number), source)
    for source in lost:
        was["source", source] = (tr("Source that is no longer there"), source)
    return [Field(key, label, said.get(key, one), one) for key, (label, one) in was.items()]


def _id(number: int, one: Field) -> str:
    return f"field-{one.key[0]}" if not one.key[1] else f"field-source-{number}"


def _beside(one: Field) -> str:
    printed = tr("printed: {text}").format(text=one.printed) if one.printed else tr("not printed")
    return f"{one.label} · {printed}"


def _is_date(text: str) -> bool:
    """Say whether the store will take `text` as a date."""
    from annotations.model import StoreError
    from annotations.text import date_text

    try:
        date_text(text)
    except StoreError:
        return False
    return True
