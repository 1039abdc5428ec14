"""Open a link in a browser, if it is one that may be opened."""

from __future__ import annotations

import os

from tui.links import is_web_link


def open_in_browser(url: str) -> bool:
    """Open an http or https link; False when it isn't one, or when no browser answered.

    Over SSH, or with no desktop, a text browser would take the terminal away: none is started.
    """
    if not is_web_link(url) or not _has_desktop():
        return False
    import webbrowser  # looks for browsers when imported

    try:
        return webbrowser.open(url, new=2)
    except (webbrowser.Error, OSError):
        return False


def _has_desktop() -> bool:
    if os.name == "nt" or os.uname().sysname == "Darwin":
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
