"""`kuaibao export`: annotations as a file that other programs read and people like to read."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.options import UsageError
from tui.cli.own_store import open_store
from tui.locale import ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from annotations.exports import Format
    from annotations.exports.gathering import Selection
    from annotations.exports.regions import Merged
    from annotations.filters import Filter
    from annotations.store import Store
    from tui.cli.options import Arguments
    from tui.cli.progress import Progress
    from tui.config import Loaded

_BOUNDS = ("since", "until", "issue_since", "issue_until")


def add_arguments(arguments: Arguments) -> None:
    """What to export, and where to."""
    from annotations.exports import FORMATS
    from annotations.healing import ANCHOR_STATUSES
    from annotations.model import KINDS, STATUSES
    from bulletins.citation import EDITIONS

    def several(name: str, value: str, help: str, **more: object) -> None:
        shown = {} if "choices" in more else {"metavar": value}
        arguments.add_argument(name, action="append", default=[], help=help, **shown, **more)

    arguments.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="yaml",
        help=tr("kind of file; yaml, jsonld and jsonl can be imported again"),
    )
    several("--tag", tr("TAG"), tr("only articles with this tag; may be repeated"))
    several(
        "--issue",
        tr("ISSUE"),
        tr("only this issue: file name, title, number or id; may be repeated"),
    )
    several("--section", tr("TEXT"), tr("only articles under a head that holds this text"))
    several("--status", "", tr("only articles in this state"), choices=STATUSES)
    arguments.add_argument("--starred", action="store_true", help=tr("only articles with a star"))
    day = tr("DATE")
    arguments.add_argument(
        "--since",
        metavar=day,
        help=tr("only articles annotated on this day or later (2024-08-06)"),
    )
    arguments.add_argument(
        "--until", metavar=day, help=tr("only articles annotated on this day or earlier")
    )
    arguments.add_argument(
        "--issue-since", metavar=day, help=tr("only issues of this date or later (2024-08)")
    )
    arguments.add_argument(
        "--issue-until", metavar=day, help=tr("only issues of this date or earlier")
    )
    arguments.add_argument(
        "--text",
        default="",
        metavar=tr("TEXT"),
        help=tr("only articles with this text in their title, a quote, a note or a tag"),
    )
    several(
        "--kind",
        "",
        tr("only annotations of this kind"),
        choices=tuple(dict.fromkeys(KINDS.values())),
    )
    several(
        "--anchor",
        "",
        tr("only articles with a passage that was found so"),
        choices=ANCHOR_STATUSES,
    )
    several("--reviewer", tr("NAME"), tr("whose annotations; may be repeated"))
    arguments.add_argument(
        "--with-mentions",
        action="store_true",
        help=tr("sums with payer and recipient, dates and names of the articles too"),
    )
    arguments.add_argument(
        "--citation",
        choices=EDITIONS,
        default=EDITIONS[0],
        help=tr("cite articles by this edition of GB/T 7714"),
    )
    arguments.add_argument(
        "--raw",
        action="store_true",
        help=tr("csv: do not guard cells that a spreadsheet may take for formulas"),
    )
    arguments.add_argument(
        "-o",
        "--output",
        metavar=tr("FILE"),
        help=tr("the file to write; “-”, the default, prints it"),
    )
    arguments.add_argument(
        "--per-issue", metavar=tr("FOLDER"), help=tr("a file for each issue in this folder")
    )
    arguments.add_argument(
        "--force",
        action="store_true",
        help=tr("replace files that are there; what you edited in Markdown is kept in any case"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Export what the filters let through; 1 if that is nothing or could not be written."""
    from annotations.exports import FORMATS
    from annotations.model import StoreError
    from bulletins.mentions import GazetteerError
    from bulletins.styles import StyleError
    from tui.cli.progress import Progress
    from tui.export_place import PlaceError
    from tui.exporting import ExistsError

    form = FORMATS[arguments.format]
    _check_together(arguments, form)
    reviewers = list(dict.fromkeys(arguments.reviewer)) or [loaded.config.reviewer]
    if not all(reviewers):
        message = tr("whose annotations? Use --reviewer NAME, or write “reviewer: NAME” in {path}")
        output.complain(message.format(path=loaded.path))
        return 2
    chosen = _filter(arguments)
    if chosen is None:
        return 2
    try:
        target = _target(arguments)
        with Progress() as progress:
            stores = [open_store(loaded, name or "") for name in reviewers]
            return _export(stores, chosen, arguments, loaded, form, target, progress)
    except ExistsError as error:
        message = tr("{path} exists; --force replaces it")
        output.complain(message.format(path=error.path))
    except (StoreError, PlaceError, StyleError, GazetteerError) as error:
        output.complain(told(error))
    return 1


def _export(
    stores: list[Store],
    chosen: Filter,
    arguments: Namespace,
    loaded: Loaded,
    form: Format,
    target: Path | None,
    progress: Progress,
) -> int:
    from annotations.exports.gathering import issue_count
    from tui.at_hand import AtHand
    from tui.cli.export_reasons import why_nothing
    from tui.exporting import ExistsError, Manner, choose, export_file

    stays = target is not None and not (arguments.per_issue or arguments.force)
    if stays and target and form.name != "markdown" and target.exists():
        raise ExistsError(target)  # before the work, not after it
    at_hand = AtHand(loaded.config, with_mentions=arguments.with_mentions)
    manner = Manner(form.name, arguments.with_mentions, arguments.citation, arguments.raw)
    tick = progress.stage(tr("reading"), sum(len(store.issue_ids()) for store in stores))
    selection = choose(stores, chosen, manner, at_hand.issue, tick, at_hand.editions())
    progress.end()
    for problem in [*at_hand.problems, *(line for store in stores for line in store.problems())]:
        output.complain(told(problem))
    _say_who_has_none(stores)
    if not selection.annotations:
        output.complain(why_nothing(stores, chosen))
        return 1
    issues = issue_count(selection.annotations)
    selection = replace(selection, progress=progress.stage(tr("exporting"), issues))
    if arguments.per_issue:
        assert target is not None
        return _per_issue(stores, selection, form, target, arguments.force, progress)
    if target is None:
        text = form.export(selection)
        progress.end()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")  # a table's line ends are its own
        sys.stdout.write(text)
        return 0
    merged = export_file(selection, form, target, may_replace=arguments.force)
    progress.end()
    counted = ntr("{n} annotation", "{n} annotations", len(selection.annotations))
    done = tr("{counted} exported to {path}")
    output.complain(done.format(counted=counted, path=arguments.output))
    _say_kept(target, merged)
    return 0


def _per_issue(
    stores: list[Store],
    selection: Selection,
    form: Format,
    folder: Path,
    force: bool,
    progress: Progress,
) -> int:
    """Write a file for each issue; none at all if one is there that may not be replaced."""
    from tui.exporting import ExistsError, everything, export_file, split_by_issue

    parts = split_by_issue(selection, form, tuple(everything(stores)))
    if form.name != "markdown" and not force:
        for name in parts:
            if (folder / name).exists():
                raise ExistsError(folder / name)
    folder.mkdir(exist_ok=True)
    written: dict[Path, Merged | None] = {}
    try:
        for name, part in sorted(parts.items()):
            path = folder / name
            written[path] = export_file(part, form, path, may_replace=force)
    finally:
        progress.end()
        for path, merged in written.items():
            _say_kept(path, merged)
        counted = ntr("{n} file", "{n} files", len(written))
        output.complain(tr("{counted} written to {path}").format(counted=counted, path=folder))
    return 0


def _say_who_has_none(stores: list[Store]) -> None:
    """Name the reviewers without annotations, if others were asked for too."""
    for store in stores[: len(stores) if len(stores) > 1 else 0]:
        if not store.issue_ids():
            message = tr("there are no annotations of the reviewer “{name}”")
            output.complain(message.format(name=store.reviewer))


def _say_kept(path: Path, merged: Merged | None) -> None:
    """Say what was found edited, and where ours is."""
    if merged is None:
        return
    if merged.kept:
        counted = ntr("{n} passage", "{n} passages", len(merged.kept))
        message = tr("{path}: {counted} that you edited kept")
        if merged.beside:
            message = tr("{path}: {counted} that you edited kept; what changed stands below them")
        output.complain(message.format(path=path, counted=counted))
    if merged.removed:
        counted = ntr("{n} passage", "{n} passages", merged.removed)
        message = tr("{path}: {counted} taken out that are no longer exported")
        output.complain(message.format(path=path, counted=counted))


def _target(arguments: Namespace) -> Path | None:
    """The file, or the folder, to write; None: print it. Raises PlaceError."""
    from tui.export_place import export_folder, export_place

    if arguments.per_issue is not None:
        return export_folder(arguments.per_issue)
    written = arguments.output
    return None if written in (None, "-") else export_place(written)


def _filter(arguments: Namespace) -> Filter | None:
    """What to choose; None, and a line, if a date is none."""
    from annotations.filters import Filter
    from annotations.model import StoreError

    bounds = {name: getattr(arguments, name) for name in _BOUNDS}
    for name, value in bounds.items():
        try:
            Filter(**{name: value})
        except StoreError as error:
            output.complain(f"--{name.replace('_', '-')}: {told(error)}")
            return None
    return Filter(
        tags=tuple(arguments.tag),
        issues=tuple(arguments.issue),
        statuses=tuple(arguments.status),
        starred=arguments.starred,
        sections=tuple(arguments.section),
        text=arguments.text,
        kinds=tuple(arguments.kind),
        anchors=tuple(arguments.anchor),
        **bounds,
    )


def _check_together(arguments: Namespace, form: Format) -> None:
    """Raise UsageError for options that make no sense together."""
    if arguments.raw and form.name != "csv":
        raise UsageError(tr("--raw is for --format csv"))
    if arguments.with_mentions and not form.mentions:
        message = tr("--format {name} has no place for mentions")
        raise UsageError(message.format(name=form.name))
    if arguments.per_issue is not None and arguments.output is not None:
        raise UsageError(tr("--output and --per-issue exclude each other"))
