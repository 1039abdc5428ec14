"""Where an export may be written: said before anything is chosen or written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tui.locale import told, tr


class PlaceError(Exception):
    """A file can't be written there; `str()` is one line in the language of the screens."""


def export_place(written: str) -> Path:
    """The file that is meant; `~` is the home folder. Its folder must exist. Raises PlaceError."""
    if not written:
        raise PlaceError(tr("Name a file in a folder that exists."))
    path = _expanded(written)
    try:
        folder = path.parent.stat()
        if not stat.S_ISDIR(folder.st_mode):
            raise NotADirectoryError
    except (FileNotFoundError, NotADirectoryError):
        message = tr("{path}: there is no such folder")
        raise PlaceError(message.format(path=path.parent)) from None
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    if stat.S_ISDIR(mode):
        raise PlaceError(tr("{path} is a folder; name a file in it").format(path=path))
    if not stat.S_ISREG(mode):
        raise PlaceError(tr("{path} is not a file").format(path=path))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        message = tr("{path}: nothing may be written in this folder")
        raise PlaceError(message.format(path=path.parent))
    return path


def export_folder(written: str) -> Path:
    """The folder that is meant; it may be new in one that exists. Raises PlaceError."""
    if not written.strip():
        raise PlaceError(tr("Name a file in a folder that exists."))
    path = _expanded(written)
    try:
        if path.exists() and not path.is_dir():
            raise PlaceError(tr("{path} is not a folder").format(path=path))
        above = path if path.exists() else path.absolute().parent
        if not above.is_dir():
            raise PlaceError(tr("{path}: there is no such folder").format(path=above))
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    if not os.access(above, os.W_OK | os.X_OK):
        raise PlaceError(tr("{path}: nothing may be written in this folder").format(path=above))
    return path


def _expanded(written: str) -> Path:
    try:
        return Path(written).expanduser()
    except RuntimeError:
        raise PlaceError(tr("{path}: there is no such home folder").format(path=written)) from None


def _refused(path: Path, error: Exception) -> PlaceError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    shown = str(path) if len(str(path)) <= 60 else f"…{str(path)[-59:]}"
    return PlaceError(tr("{path}: {reason}").format(path=shown, reason=told(reason)))
