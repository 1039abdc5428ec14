"""The name of this device: reviewers' files are kept apart by it."""

from __future__ import annotations

import os
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
    kept = _kept(place)
    if kept:
        return kept
    name = f"{host or 'device'}-{secrets.token_hex(3)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _keep(place, name)
    except OSError:
        return host or "device"


def _kept(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _keep(place: Path, name: str) -> str:
    """Put the whole name in place or none; of two programs that start at once, one's counts."""
    written = place.with_name(f"device.{os.getpid()}.{secrets.token_hex(3)}")
    try:
        with written.open("x", encoding="utf-8") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(written, place)
        except FileExistsError:
            other = _kept(place)
            if other:
                return other
            written.replace(place)  # what is there holds no name
        except OSError:  # a file system without links
            written.replace(place)
    finally:
        written.unlink(missing_ok=True)
    return name
