"""The backup of the day, made by a process of its own, so that the app is never held up."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

from tui.locale import told

if TYPE_CHECKING:
    from tui.config import Loaded

WAIT = 20.0
"""Seconds after the start: by then the library is listed and nobody waits for anything."""
_LOOK = 0.5  # seconds between two looks whether it has ended


def command(loaded: Loaded) -> list[str]:
    """How the process is started: with the configuration and the data folder of this one."""
    words = [sys.executable, "-m", "tui", "backup", "--automatic"]
    words += ["--data", str(loaded.config.data)]
    return [*words, "--config", str(loaded.path)] if loaded.path.is_file() else words


async def back_up(loaded: Loaded) -> str:
    """Have today's backup made; "" or why there is none, in one line. Outlives the app if need be.

    Cancelled, it leaves the process to end by itself: a backup is in place whole or not at all.
    """
    if not loaded.config.backups["daily"]:
        return ""
    try:
        process = await asyncio.to_thread(
            subprocess.Popen,
            command(loaded),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        return told(error)
    while process.poll() is None:
        await asyncio.sleep(_LOOK)
    assert process.stderr is not None
    with process.stderr as stream:
        said = stream.read(2000).decode("utf-8", "replace").strip()
    return (said or str(process.returncode)) if process.returncode else ""
