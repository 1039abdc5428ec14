"""Export annotations to a file: chosen, written, read back, and only then in place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotations.filters import Filter
    from annotations.store import Store
    from bulletins.model import Issue


def export_text(
    store: Store, chosen: Filter, lookup: Callable[[str], Issue | None] | None = None
) -> tuple[str, int]:
    """The YAML of the chosen annotations and how many they are; StoreError if it won't reload."""
    from annotations.exports.yaml import export
    from annotations.filters import select

    tags = store.tags()
    selected = select(store.everything(), chosen, tags)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = export(selected, tags, reviewer=store.reviewer, exported=now, lookup=lookup)
    return text, len(selected)


def export_file(store: Store, path: Path, chosen: Filter) -> int:
    """Write the chosen annotations to `path`; returns how many. None chosen: nothing is written."""
    from annotations.exports.yaml import write

    text, count = export_text(store, chosen)
    if count:
        write(path, text)
    return count
