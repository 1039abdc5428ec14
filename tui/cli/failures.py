"""A fault in the program: the details go to a file, one line to the user."""

from __future__ import annotations

import os
import time
import traceback

from tui.locale import tr
from tui.locations import logs_folder, made


def report(error: BaseException) -> str:
    """Write a report about `error`; the line that tells the user where it is."""
    what = tr("a fault in the program ({kind})").format(kind=type(error).__name__)
    try:
        name = f"fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        path = made(logs_folder()) / name
        path.write_text(
            "".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return what
    return tr("{what}; please report it with the file {path}").format(what=what, path=path)
