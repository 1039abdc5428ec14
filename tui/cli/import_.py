"""`kuaibao import FILE…`: take in annotations, after showing what that changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.options import UsageError
from tui.cli.own_store import open_store
from tui.locale import ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from annotations.imports.incoming import Brought
    from annotations.imports.plan import Plan
    from annotations.store import Store
    from tui.cli.options import Arguments
    from tui.cli.progress import Progress
    from tui.config import Loaded

REFUSED = 2


def add_arguments(arguments: Arguments) -> None:
    """The files, and what may be done with them."""
    arguments.add_argument(
        "paths",
        nargs="*",
        metavar=tr("FILE"),
        help=tr("exports (yaml, jsonld, jsonl), also edited ones; JSONL of doccano, W3C JSON-LD"),
    )
    arguments.add_argument(
        "--dry-run", action="store_true", help=tr("show what would change, change nothing")
    )
    arguments.add_argument("--yes", action="store_true", help=tr("do not ask"))
    arguments.add_argument(
        "--as-mine",
        action="store_true",
        help=tr("take another reviewer's annotations as yours, under new ids"),
    )
    arguments.add_argument(
        "--delete-missing",
        action="store_true",
        help=tr("delete what was taken out of a whole export, on the articles that are in it"),
    )
    arguments.add_argument(
        "--restore-deleted",
        action="store_true",
        help=tr("bring back what was deleted here since the export"),
    )
    arguments.add_argument(
        "--bulletin",
        action="append",
        default=[],
        metavar=tr("PATH"),
        help=tr("look for quotes in this bulletin instead of the library; may be repeated"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Import; 0 if all could be read and was done, 1 if some could not, 2 if nothing was done."""
    from annotations.model import StoreError
    from bulletins.styles import StyleError
    from tui.cli.progress import Progress

    if not arguments.paths:
        raise UsageError(tr("name a file to import"))
    if not loaded.config.reviewer:
        message = tr("whose annotations are these to be? Write “reviewer: NAME” in {path}")
        output.complain(message.format(path=loaded.path))
        return REFUSED
    try:
        with Progress() as progress:
            brought = _read(arguments.paths, progress)
            if brought is None:
                return REFUSED
            store = open_store(loaded, loaded.config.reviewer)
            plan = _plan(brought, store, arguments, loaded, progress)
            progress.end()
            return _carry_out(plan, store, arguments, progress)
    except (StoreError, StyleError) as error:
        output.complain(told(error))
        return 1


def _read(paths: Sequence[str], progress: Progress) -> list[Brought] | None:
    """Read all files; None, and a line, if one can't be read: then nothing is imported."""
    from pathlib import Path

    from annotations.files import reason
    from annotations.imports.reading import read_import
    from annotations.model import StoreError

    found: list[Brought] = []
    step = progress.stage(tr("reading"), len(paths))
    for path in dict.fromkeys(paths):
        said = ""
        try:
            brought = read_import(Path(path))
        except StoreError as error:
            said = told(error)
        except OSError as error:
            said = reason(error)
        except MemoryError:
            said = tr("too large for the memory")
        if said:
            progress.end()
            output.complain(tr("{path}: {reason}; nothing imported").format(path=path, reason=said))
            return None
        found.append(_named(brought, path))
        step()
    return found


def _named(brought: Brought, path: str) -> Brought:
    """Say of everything in which file it is."""
    from dataclasses import replace

    return replace(
        brought,
        problems=[f"{path}: {told(line)}" for line in brought.problems],
        incoming=[replace(one, where=f"{path}: {one.where}") for one in brought.incoming],
        texts=[replace(one, where=f"{path}: {one.where}") for one in brought.texts],
    )


def _plan(
    all_brought: list[Brought],
    store: Store,
    arguments: Namespace,
    loaded: Loaded,
    progress: Progress,
) -> Plan:
    from annotations.imports.library import find_places
    from annotations.imports.plan import Wishes, combined, issues_named, make_plan
    from tui.at_hand import AtHand

    brought = combined(all_brought)
    if brought.texts or any(one.unplaced for one in brought.incoming):
        at_hand = AtHand(loaded.config, arguments.bulletin)
        step = progress.stage(tr("looking for quotes"), len(brought.incoming) + len(brought.texts))
        brought = find_places(brought, at_hand, step)
        for problem in at_hand.problems:
            output.complain(told(problem))
    named = sorted(issues_named(brought))
    step = progress.stage(tr("comparing"), len(named))
    held = {}
    for issue_id in named:
        held[issue_id] = store.held(issue_id)
        step()
    wishes = Wishes(arguments.as_mine, arguments.delete_missing, arguments.restore_deleted)
    return make_plan(brought, held, store.tags(), store.reviewer, wishes)


def _carry_out(plan: Plan, store: Store, arguments: Namespace, progress: Progress) -> int:
    from tui.cli.import_lines import plan_lines, summary_lines

    for problem in (*store.problems(), *plan.problems):
        output.complain(told(problem))
    for line in (*plan_lines(plan), *summary_lines(plan)):
        print(line)
    left = bool(plan.problems or plan.others)
    if not plan.changes:
        output.complain(tr("nothing to import"))
        return int(left)
    counted = ntr("{n} change", "{n} changes", len(plan.changes))
    if arguments.dry_run:
        output.complain(tr("{counted} would be made; nothing was").format(counted=counted))
        return int(left)
    if not arguments.yes and not _agreed(counted):
        return REFUSED
    return max(int(left), _apply(plan, store, counted, progress))


def _agreed(counted: str) -> bool:
    """Ask; False, and a line, if the answer is no or there is nobody to ask."""
    if not sys.stdin.isatty():
        output.complain(tr("nothing imported: nobody can be asked here; say --yes"))
        return False
    sys.stdout.flush()
    print(tr("Make {counted}? [y/N]").format(counted=counted), end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().casefold()
    if answer in ("y", "yes", "是", "好"):
        return True
    output.complain(tr("nothing imported"))
    return False


def _apply(plan: Plan, store: Store, counted: str, progress: Progress) -> int:
    from annotations.imports.applying import apply_plan, by_issue

    step = progress.stage(tr("importing"), len(by_issue(plan)))
    before = store.last_operation()
    try:
        refused = apply_plan(plan, store, step)
    except KeyboardInterrupt:
        progress.end()
        if store.last_operation() == before:
            output.complain(tr("interrupted; nothing was imported"))
        else:
            output.complain(tr("interrupted; all of it had been imported"))
        raise
    progress.end()
    if refused:
        made = len(plan.changes) - len(refused)
        counted = ntr("{n} change", "{n} changes", made)
        message = tr("{counted} made; the rest changed here meanwhile: import again")
        output.complain(message.format(counted=counted))
        return 1
    output.complain(tr("{counted} made").format(counted=counted))
    return 0
