"""What belongs in a backup, where it is on this machine, and which automatic backups are kept."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from annotations.durable import is_temporary
from tui.locations import state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tui.config import Loaded

# What the state folder holds besides the reader's own: the name under which only this machine
# writes, reports of faults, and locks.
_NOT_OURS = ("device", "logs")


def members(loaded: Loaded) -> dict[str, Path]:
    """The files of a backup by their names in it, work before its history.

    `data/annotations` holds annotations, tags, corrections and histories of all reviewers and
    devices; `state` sessions, drafts and what waits to be saved; `config`, `styles` and
    `gazetteers` the user's own.
    """
    config = loaded.config
    found = dict(_walk("data/annotations", config.data / "annotations"))
    # A history is written ahead: read after the work, it lacks nothing of it.
    found = dict(sorted(found.items(), key=lambda item: item[0].endswith(".history.jsonl")))
    if loaded.path.is_file():
        found["config/config.yaml"] = loaded.path
    found |= _walk("styles", config.styles)
    found |= _walk("gazetteers", config.gazetteers)
    state = state_folder()
    for name, path in _walk("state", state):
        if path.relative_to(state).parts[0] not in _NOT_OURS and path.suffix != ".lock":
            found[name] = path
    return found


def place(loaded: Loaded, name: str) -> Path | None:
    """Where a file of a backup belongs on this machine; None if there is no such place."""
    top, *rest = name.split("/")
    if top == "config":
        return loaded.path if rest == ["config.yaml"] else None
    if top == "data" and rest[:1] != ["annotations"]:
        return None
    if top == "state" and rest[0] in _NOT_OURS:
        return None
    tops = {
        "data": loaded.config.data,
        "styles": loaded.config.styles,
        "gazetteers": loaded.config.gazetteers,
        "state": state_folder(),
    }
    return tops[top].joinpath(*rest) if top in tops else None


def has_work(loaded: Loaded) -> bool:
    """Tell whether there is anything that a backup is for: an empty one must replace none."""
    return any(path.suffix == ".json" for _, path in _walk("", loaded.config.data / "annotations"))


def backup_name(device: str, day: date) -> str:
    """The name of a device's automatic backup of a day."""
    return f"kuaibao-{device}-{day.isoformat()}.zip"


def outdated(names: Iterable[str], device: str, keep: Mapping[str, int]) -> list[str]:
    """Which automatic backups of a device are no longer kept, of the names in their folder.

    Kept are the newest of the last days, of the last weeks and of the last months that have one.
    """
    pattern = re.compile(rf"kuaibao-{re.escape(device)}-([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\.zip\Z")
    days: dict[date, str] = {}
    for name in names:
        match = pattern.match(name)
        if match:
            try:
                days[date.fromisoformat(match[1])] = name
            except ValueError:
                continue
    newest = sorted(days, reverse=True)
    kept = set(newest[: keep["daily"]])
    for number, period in ((keep["weekly"], _week), (keep["monthly"], _month)):
        last: dict[tuple[int, int], date] = {}
        for day in newest:
            last.setdefault(period(day), day)
        kept |= set(list(last.values())[:number])
    return [days[day] for day in newest if day not in kept]


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _walk(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The regular files under a folder by name, in order; no links to folders are followed."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for path in entries:
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(f"{name}/{path.name}", path)
        elif path.is_file() and not is_temporary(path.name):
            yield f"{name}/{path.name}", path
