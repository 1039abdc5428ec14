"""The name of this device: reviewers' files are kept apart by it."""

from __future__ import annotations

import secrets
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def device_name(folder: Path) -> str:
    """The name of this device, made once and kept in `folder`.

    The folder must not be one that is replicated: two devices with one name would write one file.
    If it can't be kept, the host's name has to do.
    """
    host = "".join(c if c.isascii() and c.isalnum() else "-" for c in socket.gethostname())[:24]
    place = folder / "device"
    try:
        kept = place.read_text(encoding="utf-8").strip()
        if kept:
            return kept
    except (OSError, UnicodeDecodeError):
        pass
    name = f"{host or 'device'}-{secrets.token_hex(3)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Exclusive creation: of two programs that start at once, one makes the name.
        with place.open("x", encoding="utf-8") as file:
            file.write(name + "\n")
    except FileExistsError:
        return place.read_text(encoding="utf-8").strip() or name
    except OSError:
        return host or "device"
    return name
