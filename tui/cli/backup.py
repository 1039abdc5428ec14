"""`kuaibao backup`: all that the reader made in one verified file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.cli.options import Arguments
    from tui.config import Loaded


def add_arguments(arguments: Arguments) -> None:
    """Where to."""
    arguments.add_argument(
        "file",
        nargs="?",
        metavar=tr("FILE"),
        help=tr("the file to write; by default one named after the time, in this folder"),
    )
    # What the app starts once a day.
    arguments.add_argument("--automatic", action="store_true", help=argparse.SUPPRESS)


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Write a backup; 1 if that failed or something was left out."""
    from annotations.backup import write_backup
    from annotations.model import StoreError
    from tui.backups import members

    if arguments.automatic:
        return _automatic(loaded)
    target = Path(arguments.file or _name())
    found = members(loaded)
    if not found:
        output.complain(tr("there is nothing to put into a backup yet"))
        return 1
    try:
        backup, left_out = write_backup(target.absolute(), found, _about(loaded))
    except StoreError as error:
        output.complain(told(error))
        return 1
    for line in left_out:
        output.complain(tr("left out: {line}").format(line=line))
    counted = ntr("{n} file", "{n} files", len(backup.files))
    message = tr("{counted} written to {path} and read back")
    output.complain(message.format(counted=counted, path=target))
    return 1 if left_out else 0


def _automatic(loaded: Loaded) -> int:
    """Make today's backup if there is none yet, then let go of those that are too old."""
    from datetime import date

    from annotations.backup import write_backup
    from annotations.model import StoreError
    from tui.backups import backup_name, has_work, members, outdated
    from tui.device import device_name
    from tui.locations import made, state_folder

    keep = loaded.config.backups
    folder = loaded.config.backup_folder
    device = device_name(state_folder())
    target = folder / backup_name(device, date.today())
    if not keep["daily"] or target.exists() or not has_work(loaded):
        return 0
    try:
        made(folder)
        write_backup(target, members(loaded), _about(loaded))
        for name in outdated([path.name for path in folder.iterdir()], device, keep):
            (folder / name).unlink(missing_ok=True)
    except (StoreError, OSError) as error:
        if target.exists():  # another window made it meanwhile
            return 0
        output.complain(told(error))
        return 1
    return 0


def _about(loaded: Loaded) -> dict[str, str]:
    from datetime import UTC, datetime

    from tui.device import device_name
    from tui.locations import state_folder

    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    about = {"created": now, "device": device_name(state_folder())}
    return about | ({"reviewer": loaded.config.reviewer} if loaded.config.reviewer else {})


def _name() -> str:
    from datetime import datetime

    return f"kuaibao-backup-{datetime.now():%Y-%m-%d-%H%M%S}.zip"
