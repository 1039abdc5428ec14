"""A mention in its context, what it is, and what the reader said of it, as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from textual.widgets import Static

from tui.inspection.corrections import KINDS
from tui.locale import tr
from tui.mention_card import SHORT_SCOPES
from tui.mention_classes import MENTION_CLASSES
from tui.plain import content
from tui.themes import MENTION_ATTRIBUTES

if TYPE_CHECKING:
    from textual.content import Content

    from annotations.model import MentionScope
    from tui.mention_card import MentionCard

_LABEL = 9  # cells


class Card(Static, can_focus=True):
    """It has the keys of its dialog while nothing is typed."""

    def show(self, card: MentionCard, scope: MentionScope) -> None:
        """Show a mention; `scope` is where what is said next will hold."""
        mark = self._class_style(card.kind)
        gone = "strike" if card.rejected else ""
        kind = tr(KINDS[card.kind]) if card.kind else tr("none yet: choose one by its number")
        lines = [
            content(card.before)
            + content(card.words, f"{mark} {gone} reverse".strip())
            + content(card.after),
            content(""),
            _line(tr("Class"), kind, f"{mark} {gone}".strip()),
        ]
        lines += [_line(tr("Name"), card.name, gone)] if card.name else []
        lines += [_line(tr("Value"), card.value, gone)] if card.value else []
        lines += [_line("", f"~ {card.was}", "italic")] if card.was else []
        lines += [_line(tr("Yours"), card.said or tr("nothing yet")), content(""), _scopes(scope)]
        self.update(content("\n").join(lines))

    def _class_style(self, kind: str) -> str:
        if not kind:
            return ""
        return f"{MENTION_ATTRIBUTES[kind]} {self.app.theme_variables[f'mention-{kind}']}"


def keys_of_card() -> str:
    """Write the keys of the dialog, in rows."""
    classes = " ".join(f"{one.key} {tr(one.short)}" for one in MENTION_CLASSES)
    return "\n".join(
        (
            classes,
            tr("a right · d no mention · n name · v value · s where it holds"),
            tr("u take back · < > the other mentions"),
        )
    )


def _line(label: str, text: str, style: str = "") -> Content:
    return content(set_cell_size(label, _LABEL), "dim") + content(text, style)


def _scopes(scope: MentionScope) -> Content:
    line = content(set_cell_size(tr("Holds"), _LABEL), "dim")
    for name, word in SHORT_SCOPES.items():
        if name == scope:
            line += content(f"[{tr(word)}]", "bold")
        else:
            line += content(f" {tr(word)} ")
    return line
