"""A band over the line of state that stays for as long as work is not saved."""

from __future__ import annotations

from textual.widgets import Static

from tui.plain import content


class AlarmBand(Static):
    """Hidden until there is a warning; told by its frame and its words, not by colour alone."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    AlarmBand {
        display: none;
        height: auto;
        max-height: 8;
        padding: 0 1;
        border: heavy $error;
        border-title-style: bold reverse;
        background: $error 20%;
        color: $text;
        text-style: bold;
    }
    """

    def warn(self, message: str, title: str) -> None:
        """Show `message`, lines ended by LF; with "" the band goes."""
        if (message, title) == self._warned:
            return  # told after every change: to say it again would lay the whole screen out anew
        self._warned = message, title
        self.display = bool(message)
        self.border_title = content(f"▲ {title} ▲")
        self.update(content(message))

    _warned = ("", "")
