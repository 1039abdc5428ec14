"""`kuaibao history`: who changed what, when, from what, to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.own_store import open_store
from tui.locale import told, tr

if TYPE_CHECKING:
    from argparse import Namespace

    from annotations.history import Entry
    from tui.cli.options import Arguments
    from tui.config import Loaded

_WIDEST = 36  # cells of a text
_LEAST_ID = 6  # characters of an id that stand for it


def add_arguments(arguments: Arguments) -> None:
    """Of what, and whose."""
    arguments.add_argument(
        "paths",
        nargs="*",
        metavar=tr("ISSUE"),
        help=tr("only of these issues (file name, title, number or id), articles (title) or tags"),
    )
    arguments.add_argument("--reviewer", metavar=tr("NAME"), help=tr("whose annotations"))


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print a line for each change, oldest first; 1 if there is none."""
    from annotations.history import history_problems
    from annotations.model import StoreError

    reviewer = arguments.reviewer or loaded.config.reviewer
    if not reviewer:
        message = tr("whose annotations? Use --reviewer NAME, or write “reviewer: NAME” in {path}")
        output.complain(message.format(path=loaded.path))
        return 2
    try:
        store = open_store(loaded, reviewer)
    except StoreError as error:
        output.complain(told(error))
        return 1
    for problem in history_problems(store.devices(), whole=True):
        output.complain(told(problem))
    entries = store.history()
    wanted = [word.strip() for word in arguments.paths]
    shown = [one for one in entries if not wanted or any(_is_about(one, word) for word in wanted)]
    if not shown:
        message = tr("there is no history of that") if entries else tr("there is no history yet")
        output.complain(message)
        return 1
    _print(shown, {tag.id: tag.name for tag in store.tags()})
    return 0


def _print(entries: list[Entry], tags: dict[str, str]) -> None:
    from rich.table import Table

    from annotations.undo_store import about
    from tui.clock import local_time
    from tui.history_words import said
    from tui.plain import text
    from tui.undoing import words

    console = output.console()
    if not console.is_terminal:
        console.width = 10_000  # a pipe gets whole lines
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in (tr("when"), tr("who"), tr("what"), tr("where"), tr("from"), tr("to")):
        table.add_column(text(title, "bold"), overflow="fold")
    for one in entries:
        what = words(one.label)
        if one.undoes or one.redoes:
            what = words("undo" if one.undoes else "redo")
        table.add_row(
            text(local_time(one.when)),
            text(f"{one.reviewer} · {one.device}"),
            text(what),
            text(_short(about(one.after or one.before or {}))),
            text(_short(said(one.before, tags))),
            text(_short(said(one.after, tags))),
        )
    console.print(table)


def _is_about(entry: Entry, word: str) -> bool:
    from annotations.text import fold_name

    document = entry.after or entry.before or {}
    target = document.get("target")
    if not isinstance(target, dict):
        return fold_name(str(document.get("name", ""))) == fold_name(word)
    issue, article = target.get("issue") or {}, target.get("article") or {}
    file_name = str(issue.get("file_name", ""))
    names = [file_name, file_name.rpartition(".")[0], article.get("title")]
    names += [issue.get(field) for field in ("title", "number")]
    if any(fold_name(str(name)) == fold_name(word) for name in names if name):
        return True
    ids = (entry.issue, entry.id, str(article.get("id", "")))
    return any(one == word or (len(word) >= _LEAST_ID and one.startswith(word)) for one in ids)


def _short(text: str) -> str:
    from rich.cells import cell_len, set_cell_size

    line = " ".join(text.split())
    return line if cell_len(line) <= _WIDEST else set_cell_size(line, _WIDEST - 1).rstrip() + "…"
