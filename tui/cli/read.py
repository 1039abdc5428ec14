"""`kuaibao [PATH…]`: read and annotate on the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.cli.options import Arguments
    from tui.config import Loaded


def add_arguments(arguments: Arguments) -> None:
    """The files and folders to open."""
    arguments.add_argument(
        "paths",
        nargs="*",
        metavar=tr("PATH"),
        help=tr("files and folders to open; none: the library of the configuration"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Open the screen; what can't be opened is named there, unless nothing can be."""
    paths = [Path(name) for name in arguments.paths]
    missing = [path for path in paths if not _exists(path)]
    if paths and len(missing) == len(paths):
        for path in missing:
            output.complain(tr("{path}: there is no such file or folder").format(path=path))
        return 1
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        output.complain(
            tr("reading needs a terminal; “kuaibao inspect PATH” prints what a bulletin holds")
        )
        return 2
    from tui.launch import run as launch  # Textual takes 200 ms

    return launch(paths, loaded)


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except PermissionError:
        return True  # the screen says that it may not be read
    except (OSError, ValueError):
        return False
    return True
