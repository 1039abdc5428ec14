"""`kuaibao restore FILE`: take back what a backup holds, after showing what that changes."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import mark, ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace

    from annotations.restoring import Change, Restoring
    from tui.cli.options import Arguments
    from tui.config import Loaded

ACTIONS = {
    "new": mark("new"),
    "merge": mark("merged"),
    "replace": mark("replaced; the old file is kept"),
    "left": mark("left: another reviewer's, and different"),
    "apart": mark("left: the history there is another one"),
    "held": mark("held already"),
    "same": mark("the same"),
}


def add_arguments(arguments: Arguments) -> None:
    """Which backup, and how."""
    arguments.add_argument(
        "file", nargs="?", metavar=tr("FILE"), help=tr("a file that `backup` made")
    )
    arguments.add_argument(
        "--dry-run", action="store_true", help=tr("only show what would be changed")
    )
    arguments.add_argument("--yes", action="store_true", help=tr("do not ask"))
    arguments.add_argument(
        "--replace",
        action="store_true",
        help=tr("put the backup's files in place of those that differ, instead of merging"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Restore; 0 when all is there, 1 if something failed or was refused, 2 if nobody agreed."""
    from annotations.backup import open_backup
    from annotations.model import StoreError
    from annotations.restoring import Restoring
    from tui.backups import place
    from tui.device import device_name
    from tui.locations import state_folder

    if not arguments.file:
        from tui.cli.options import UsageError

        raise UsageError(tr("name the backup to restore"))
    try:
        backup = open_backup(Path(arguments.file).absolute())
        reviewer = loaded.config.reviewer or backup.about.get("reviewer", "") or "-"
        restoring = Restoring(
            backup,
            partial(place, loaded),
            loaded.config.data,
            (reviewer, device_name(state_folder())),
            replace=arguments.replace,
        )
        changes = restoring.plan()
    except StoreError as error:
        output.complain(told(error))
        return 1
    _show(changes)
    todo = [one for one in changes if one.action in ("new", "merge", "replace")]
    if arguments.dry_run or not todo:
        return 0
    if not arguments.yes and not _agreed():
        output.complain(tr("nothing was changed; --yes restores without asking"))
        return 2
    return _carry_out(restoring, todo)


def _carry_out(restoring: Restoring, changes: list[Change]) -> int:
    failed = 0
    for _, trouble in restoring.carry_out(changes):
        if trouble:
            failed += 1
            output.complain(told(trouble))
    counted = ntr("{n} file", "{n} files", len(changes) - failed)
    print(tr("{counted} restored.").format(counted=counted))
    return 1 if failed else 0


def _show(changes: list[Change]) -> None:
    from bulletins.sources.plain import exact_line

    for action, meaning in ACTIONS.items():
        found = [one for one in changes if one.action == action]
        if not found:
            continue
        print(f"{tr(meaning)} ({len(found)})" + (":" if action not in ("same", "held") else ""))
        if action in ("same", "held"):
            continue
        for one in found:
            more = ""
            if one.documents:
                more = " " + ntr("(+{n} annotation)", "(+{n} annotations)", one.documents)
            print(f"  {exact_line(str(one.path))}{more}")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        answer = input(tr("Restore these? [y/N] "))
    except EOFError:
        return False
    return answer.strip().casefold() in ("y", "yes", "是", "好")
