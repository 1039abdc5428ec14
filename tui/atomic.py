"""Replace a small file so that a reader of it sees the old text or the new, never a part."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui.locations import made


def write_atomically(path: Path, text: str) -> None:
    """Write `text` as UTF-8 in place of `path`; a symbolic link stays and its target is replaced.

    Raises OSError; the old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    made(target.parent)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
