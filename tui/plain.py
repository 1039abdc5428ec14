"""The only doors by which a text from outside reaches a widget: as plain text, never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.sources.plain import plain

if TYPE_CHECKING:
    from rich.text import Text
    from textual.content import Content


def content(text: str, style: str = "") -> Content:
    """Give `text` to a Textual widget: no markup, no control characters."""
    from textual.content import Content  # the command line never needs it

    return Content.styled(plain(text), style) if style else Content(plain(text))


def text(value: str, style: str = "") -> Text:
    """Give `value` to a Rich renderable or a tree label: no markup, no control characters."""
    from rich.text import Text  # the command line rarely needs it

    return Text(plain(value), style=style, end="")
