"""`kuaibao export`: annotations as a file that other programs read and people like to read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import ntr, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    from annotations.filters import Filter
    from annotations.store import Store
    from bulletins.model import Issue
    from tui.cli.options import Arguments
    from tui.config import Config, Loaded

MOST_NAMED = 8


def add_arguments(arguments: Arguments) -> None:
    """What to export, and where to."""
    arguments.add_argument("--format", choices=("yaml",), default="yaml", help=tr("kind of file"))
    arguments.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar=tr("TAG"),
        help=tr("only articles with this tag; may be repeated"),
    )
    arguments.add_argument(
        "--issue",
        action="append",
        default=[],
        metavar=tr("ISSUE"),
        help=tr("only this issue: file name, title, number or id; may be repeated"),
    )
    arguments.add_argument(
        "--since",
        metavar=tr("DATE"),
        help=tr("only articles annotated on this day or later (2024-08-06)"),
    )
    arguments.add_argument("--reviewer", metavar=tr("NAME"), help=tr("whose annotations"))
    arguments.add_argument(
        "-o",
        "--output",
        default="-",
        metavar=tr("FILE"),
        help=tr("the file to write; “-”, the default, prints it"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Export what the filters let through; 1 if that is nothing or could not be written."""
    from annotations.exports.yaml import write
    from annotations.filters import Filter
    from annotations.model import StoreError
    from annotations.store import Store
    from tui.device import device_name
    from tui.export_place import PlaceError, export_place
    from tui.exporting import export_text
    from tui.locations import state_folder

    reviewer = arguments.reviewer or loaded.config.reviewer
    if not reviewer:
        message = tr("whose annotations? Use --reviewer NAME, or write “reviewer: NAME” in {path}")
        output.complain(message.format(path=loaded.path))
        return 2
    try:
        chosen = Filter(tuple(arguments.tag), tuple(arguments.issue), arguments.since)
    except StoreError as error:
        output.complain(f"--since: {error}")
        return 2
    try:
        target = None if arguments.output == "-" else export_place(arguments.output)
    except PlaceError as error:
        output.complain(str(error))
        return 1
    try:
        store = Store(loaded.config.data, reviewer, device_name(state_folder()))
        text, count = export_text(store, chosen, _lookup(loaded.config))
        for problem in store.problems():
            output.complain(problem)
        if not count:
            output.complain(_why_nothing(store, chosen))
            return 1
        if target is None:
            sys.stdout.write(text)
        else:
            write(target, text)
            counted = ntr("{n} annotation", "{n} annotations", count)
            done = tr("{counted} exported to {path}")
            output.complain(done.format(counted=counted, path=arguments.output))
    except StoreError as error:
        output.complain(str(error))
        return 1
    return 0


def _why_nothing(store: Store, chosen: Filter) -> str:
    """Which filter names something that there is not, or that together they let nothing through."""
    from annotations.filters import Filter, select
    from annotations.text import fold_name

    found = tuple(store.everything())
    if not found:
        known = _reviewers(store.root)
        if fold_name(store.reviewer) in {fold_name(name) for name in known}:
            known = []
        message = tr("there are no annotations of the reviewer “{name}”")
        return message.format(name=store.reviewer) + _meant(store.reviewer, known)
    tags = store.tags()
    for issue in chosen.issues:
        if not select(found, Filter(issues=(issue,)), tags):
            refs = {one.target.issue for one in found}
            stems = {ref.file_name.rpartition(".")[0] or ref.file_name for ref in refs}
            known = sorted(stems | {n for ref in refs for n in (ref.title, ref.number) if n})
            message = tr("there is no issue “{name}” with annotations")
            return message.format(name=issue) + _meant(issue, known)
    for tag in chosen.tags:
        if not select(found, Filter(tags=(tag,)), tags):
            message = tr("no article has the tag “{name}”")
            return message.format(name=tag) + _meant(tag, sorted(store.tag_counts()))
    return tr("nothing to export: no annotations meet all conditions")


def _meant(name: str, known: list[str]) -> str:
    from tui.config_values import nearest

    close = nearest(name, known)
    if close is not None:
        return tr("; did you mean “{close}”?").format(close=close)
    if 0 < len(known) <= MOST_NAMED:
        return tr("; there are: {names}").format(names=", ".join(known))
    return ""


def _reviewers(data: Path) -> list[str]:
    """The reviewers with a folder of annotations, by the name of that folder."""
    try:
        return sorted(path.name for path in (data / "annotations").iterdir() if path.is_dir())
    except OSError:
        return []


def _lookup(config: Config) -> Callable[[str], Issue | None] | None:
    """How an issue is found that was read before; None if nothing was read yet."""
    from tui.locations import cache_folder

    path = cache_folder() / "catalogue.sqlite"
    if not path.is_file():
        return None
    from bulletins.catalogue import Catalogue, CatalogueError
    from bulletins.catalogue.version import reader_version

    catalogue = Catalogue(path, reader_version([config.styles, config.gazetteers]))

    def lookup(issue_id: str) -> Issue | None:
        try:
            return catalogue.issue(issue_id)
        except CatalogueError:
            return None

    return lookup
