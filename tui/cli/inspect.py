"""`kuaibao inspect PATH…`: what is found in bulletins, as JSON, a tree or a table of sums."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bulletins.boundary import Boundary
    from bulletins.model import Issue
    from bulletins.parsing import LineTrace
    from tui.cli.options import Arguments
    from tui.config import Loaded

    Read = Callable[[Path], tuple[Issue, tuple[LineTrace, ...]]]


def add_arguments(arguments: Arguments) -> None:
    """What to read, and how to print it."""
    arguments.add_argument(
        "paths", nargs="*", metavar=tr("PATH"), help=tr("files, and folders with files, to read")
    )
    arguments.add_argument(
        "--format",
        choices=("json", "tree", "flows"),
        help=tr(
            "json for programs, tree for people, flows for spreadsheets: a CSV table of all sums"
            " and who pays whom; the default is json where it is piped"
        ),
    )
    arguments.add_argument(
        "--bom",
        action="store_true",
        help=tr("begin flows with a byte order mark, for spreadsheets that need it (Excel)"),
    )
    arguments.add_argument(
        "--explain",
        action="store_true",
        help=tr("say of each printed line what it was taken for, and why"),
    )
    arguments.add_argument(
        "--corrections",
        metavar=tr("FILE"),
        help=tr("a YAML file that says which lines begin an article, go on, or are headers"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print every file that can be read; 1 if there was one that can't."""
    from tui.library_files import find_files

    if not arguments.paths:
        from tui.cli.options import UsageError

        raise UsageError(tr("name a file or folder to inspect"))
    if arguments.format == "flows" and arguments.explain:
        from tui.cli.options import UsageError

        raise UsageError(tr("--explain goes with json and tree"))
    from bulletins.mentions import GazetteerError
    from bulletins.styles import StyleError
    from tui.cli.boundaries import BoundaryError, load_boundaries

    try:
        said = load_boundaries(arguments.corrections) if arguments.corrections else ()
        read = _reader(loaded, said)
    except (StyleError, GazetteerError, BoundaryError) as error:
        output.complain(told(error))
        return 2
    found = find_files(arguments.paths)
    writer = _writer(arguments)
    for name, message in found.problems:
        writer.error(name, message)
    for path in found.files:
        try:
            issue, trace = read(path)
        except Exception as error:
            writer.error(str(path), _why(error))
        else:
            writer.issue(issue, trace)
    if not found.files and not found.problems:
        for name in arguments.paths:
            writer.error(
                name,
                tr("there is no bulletin in this folder"),
            )
    writer.end()
    return 1 if writer.failed else 0


def _reader(loaded: Loaded, said: Sequence[Boundary] = ()) -> Read:
    """A function that reads one file with the user's styles, gazetteers and boundaries."""
    from bulletins.mentions import Words, annotate, load_gazetteers
    from bulletins.reading import read_issue
    from bulletins.styles import load_styles
    from tui.locations import cache_folder, made

    styles = load_styles([loaded.config.styles])
    gazetteers = load_gazetteers([loaded.config.gazetteers])
    words = Words(made(cache_folder()))

    def read(path: Path) -> tuple[Issue, tuple[LineTrace, ...]]:
        parsed = read_issue(path, styles, lambda issue: annotate(issue, gazetteers, words), said)
        for unmet in parsed.unmet:
            message = tr("{path}: no line was found, or several, for the correction of “{line}”")
            output.complain(message.format(path=path, line=unmet.line))
        return parsed.issue, parsed.trace

    return read


def _why(error: Exception) -> str:
    """Why a file could not be read, as one line; a fault of ours is kept in a report."""
    from bulletins.model import ReadError

    if isinstance(error, ReadError):
        return told(error)
    from tui.cli.failures import report

    return report(error)


def _writer(arguments: Namespace) -> Writer:
    wanted = arguments.format or ("tree" if sys.stdout.isatty() or arguments.explain else "json")
    if wanted == "json":
        return JsonWriter(arguments.explain)
    if wanted == "flows":
        from tui.cli.flows import FlowsWriter

        return FlowsWriter(bom=arguments.bom)
    from tui.cli.tree import TreeWriter

    return TreeWriter(arguments.explain)


class Writer:
    """Prints issues as they come, so that a large library needs no more memory than one issue."""

    def __init__(self, explain: bool) -> None:
        self.explain = explain
        self.errors: list[dict[str, str]] = []

    @property
    def failed(self) -> bool:
        """Whether a file could not be read."""
        return bool(self.errors)

    def error(self, path: str, message: str) -> None:
        """Say on the error stream that a file could not be read."""
        self.errors.append({"path": path, "message": message})
        output.complain(f"{path}: {message}")

    def issue(self, issue: Issue, trace: tuple[LineTrace, ...]) -> None:
        """Print one issue."""
        raise NotImplementedError

    def end(self) -> None:
        """Print what comes after the last issue."""


class JsonWriter(Writer):
    """The contract's JSON, one issue on a line; with `explain` an issue has `lines` too."""

    def __init__(self, explain: bool) -> None:
        super().__init__(explain)
        self._before = '{"issues": [\n'

    def issue(self, issue: Issue, trace: tuple[LineTrace, ...]) -> None:
        from bulletins.contract import to_json

        value = to_json(issue)
        if self.explain:
            value["lines"] = [
                {
                    "page": line.page,
                    "number": line.number,
                    "role": line.role,
                    "reason": line.reason,
                    "text": line.text,
                }
                for line in trace
            ]
        sys.stdout.write(self._before + output.json_line(value))
        self._before = ",\n"

    def end(self) -> None:
        opening = self._before if self._before.startswith("{") else "\n"
        sys.stdout.write(f'{opening}], "errors": {output.json_line(self.errors)}}}\n')
