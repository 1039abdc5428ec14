"""Old files that are kept beside the new ones: nothing that held work is ever deleted."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from annotations.durable import sync_folder, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

_ASIDE = re.compile(r".+\.(damaged|merged|replaced|schema)-[0-9A-Z]+(-[0-9]+)?\Z", re.DOTALL)


def is_aside(name: str) -> bool:
    """Tell whether a file name is that of an old file which was kept."""
    return _ASIDE.match(name) is not None


def keep_beside(path: Path, why: str) -> Path:
    """Keep what `path` holds now under a second name in its folder, durably; return that name.

    `path` stays in place until it is replaced, so that a crash leaves it or its successor. `why`
    is damaged, merged or replaced. Raises OSError.
    """
    kept = _free(path, why)
    _link_or_copy(path, kept)
    return kept


def keep_schema(path: Path, schema: int) -> None:
    """Keep a file of an older schema as `<name>.schema-<n>`; the first one so kept stays."""
    kept = path.with_name(f"{path.name}.schema-{schema}")
    if not kept.exists():
        _link_or_copy(path, kept)


def move_aside(path: Path, why: str) -> Path:
    """Rename `path` to a name that says why; return it. Raises OSError."""
    kept = _free(path, why)
    path.replace(kept)
    sync_folder(path.parent)
    return kept


def _link_or_copy(path: Path, kept: Path) -> None:
    try:
        os.link(path.resolve(), kept)  # of what is there, not of a symbolic link to it
    except FileExistsError:
        return
    except OSError:  # a file system without links
        write_atomic(kept, path.read_bytes())
    sync_folder(kept.parent)


def _free(path: Path, why: str) -> Path:
    """Return a name that is not taken, of at most 255 bytes."""
    from datetime import UTC, datetime

    stem = os.fsencode(path.name)[:200].decode("utf-8", "ignore")
    name = f"{stem}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    kept = path.with_name(name)
    number = 2
    while os.path.lexists(kept):
        kept = path.with_name(f"{name}-{number}")
        number += 1
    return kept
