"""Put text on the clipboard by every way there is, and say which way went."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

# A terminal drops an OSC 52 that is longer than its buffer; xterm's and tmux's hold about 75 kB.
MOST_OSC52_BYTES = 74_994


def copy(app: App[None], text: str) -> tuple[bool, bool]:
    """Copy `text`; returns whether the terminal (OSC 52) and the desktop's clipboard got it.

    A terminal never answers, so the first is True when it was asked. Over SSH the first one is the
    reader's own clipboard, at the machine itself it is the second. The second one may take a while:
    call this from a worker thread.
    """
    sent = len(text.encode("utf-8", "replace")) * 4 // 3 <= MOST_OSC52_BYTES
    if sent:
        app.call_from_thread(app.copy_to_clipboard, text)
    return sent, _copy_natively(text)


def _copy_natively(text: str) -> bool:
    import pyperclip  # looks for clipboard programs when imported

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return False
    return True
