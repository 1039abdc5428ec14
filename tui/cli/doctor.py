"""`kuaibao doctor`: check the files of the reader's work, and mend what can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import mark, ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from annotations.doctor import Checkup, Scope
    from annotations.findings import Finding
    from tui.cli.options import Arguments
    from tui.config import Loaded

# What each kind of finding means, and what to do about it where --fix does not help.
ELSEWHERE = mark("mend it on its own device, or with --all if that is gone")
MEANINGS = {
    "unreadable": (mark("Can't be opened"), mark("make the file readable")),
    "damaged": (mark("Damaged"), ELSEWHERE),
    "twice": (mark("Held twice"), ELSEWHERE),
    "newer": (mark("Of a newer Kuaibao"), mark("update Kuaibao on this computer")),
    "entry": (mark("Not understood, kept but not shown"), mark("a newer Kuaibao may know it")),
    "copy": (mark("Copies made by a sync tool; their work is shown"), ELSEWHERE),
    "misnamed": (mark("In the wrong place"), mark("give the file its own name back")),
    "temporary": (mark("Left over"), ELSEWHERE),
    "foreign": (mark("Not a file of Kuaibao"), mark("move it elsewhere")),
    "history": (mark("History that can't be read"), ELSEWHERE),
    "index": (mark("Wrong counts"), ""),
    "lock": (mark("No lock"), ELSEWHERE),
    "gone": (mark("Told by the history, and in no file"), ELSEWHERE),
    "rescue": (mark("Not yet saved where it belongs"), ""),
    "quote": (mark("Text that has changed"), mark("open the article and mark it anew")),
    "orphan": (mark("Without an article"), mark("see the list of them in the app")),
}


def add_arguments(arguments: Arguments) -> None:
    """What to look at, and whether to mend."""
    arguments.add_argument(
        "paths",
        nargs="*",
        metavar=tr("PATH"),
        help=tr("bulletins to compare quotes with; none: those of the library"),
    )
    arguments.add_argument("--fix", action="store_true", help=tr("mend; every old file is kept"))
    arguments.add_argument(
        "--all",
        action="store_true",
        help=tr("mend the files of other devices and reviewers too, which must not be running"),
    )
    arguments.add_argument("--reviewer", metavar=tr("NAME"), help=tr("whose files may be mended"))


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Check, mend if asked to; 0 if all is sound, 1 if not, 2 if it could not be looked at."""
    from annotations.doctor import Scope, examine
    from annotations.model import StoreError
    from annotations.rescue import waiting
    from bulletins.styles import StyleError
    from tui.at_hand import AtHand
    from tui.device import device_name
    from tui.locations import rescue_folders, state_folder

    reviewer = arguments.reviewer or loaded.config.reviewer
    data = loaded.config.data
    scope = Scope(data, reviewer, device_name(state_folder()), arguments.all)
    places = rescue_folders()
    try:
        at_hand = AtHand(loaded.config, arguments.paths)
        checkup = examine(scope, at_hand.issue, waiting(places, data))
        for problem in at_hand.problems:
            output.complain(told(problem))
        _report(checkup, arguments.fix)
        if arguments.fix and any(one.mendable for one in checkup.findings):
            _mend(scope, places)
            checkup = examine(scope, at_hand.issue, waiting(places, data))
            print()
            _report(checkup, True)
    except (StoreError, StyleError, OSError) as error:
        output.complain(told(error))
        return 2
    return 1 if checkup.findings else 0


def _mend(scope: Scope, places: Sequence[Path]) -> None:
    from annotations.mending import mend
    from annotations.rescue import take_in_all

    print()
    print(tr("Mending:"))
    for one in mend(scope):
        sign = "✗" if one.failed else "✓"
        _line(f"  {sign} {_short(one.path, scope.root)}: {one.what}")
    taken = take_in_all(places, scope.root, scope.device)
    if taken:
        counted = ntr("{n} annotation", "{n} annotations", taken)
        print("  ✓ " + tr("{counted} saved where they belong").format(counted=counted))


def _report(checkup: Checkup, fixing: bool) -> None:
    parts = [
        ntr("{n} file", "{n} files", checkup.files),
        ntr("{n} annotation", "{n} annotations", checkup.annotations),
    ]
    print(tr("Looked at {parts}.").format(parts=", ".join(parts)))
    if checkup.elsewhere:
        counted = ntr("{n} annotation", "{n} annotations", checkup.elsewhere)
        print(tr("{counted} belong to issues that are not at hand.").format(counted=counted))
    if checkup.asides:
        kept = ntr("{n} old file is kept.", "{n} old files are kept.", checkup.asides)
        print(kept)
    groups: dict[str, list[Finding]] = {}
    for finding in checkup.findings:
        groups.setdefault(finding.kind, []).append(finding)
    for kind, findings in groups.items():
        meaning, advice = MEANINGS[kind]
        print()
        print(f"{tr(meaning)} ({len(findings)}):")
        for one in findings:
            _line(f"  {one.path}: {told(one.what)}")
        mendable = sum(one.mendable for one in findings)
        if mendable and not fixing:
            print("  → " + tr("“kuaibao doctor --fix” mends it"))
        if mendable < len(findings):
            print("  → " + tr(advice))
    if not groups:
        print(tr("All is sound."))


def _short(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _line(text: str) -> None:
    from bulletins.sources.plain import exact_line

    print(exact_line(text))
