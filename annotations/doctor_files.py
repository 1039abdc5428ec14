"""Check the files of one device's folder, each for itself; changes nothing."""

from __future__ import annotations

import os
import stat
import time
from collections import Counter
from typing import TYPE_CHECKING

from annotations.aside import is_aside
from annotations.documents import DocumentError, from_document
from annotations.durable import is_abandoned, is_temporary
from annotations.files import ANNOTATIONS, TAGS, DamagedError, NewerError, parse, reason
from annotations.findings import Finding
from annotations.folder import FORMATS, IGNORED
from annotations.journal import FOLDER, piece_problem, pieces
from annotations.model import StoreError
from annotations.names import copied_from, safe_name
from annotations.salvage import salvage
from annotations.tags import is_definition
from bulletins.said import Said, template
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotations.files import Document
    from annotations.findings import FindingKind

_NAMED = {
    "reviewer": template("its header names the reviewer “{name}”"),
    "device": template("its header names the device “{name}”"),
    "issue": template("its header names the issue “{name}”"),
}
# What annotations.files says of a file, without its path and what was done about it.
_PARSED = (
    template("not a regular file"),
    template("holds half of a surrogate pair"),
    template("damaged at {where}"),
    template("damaged, not text in UTF-8"),
    template("not a file of {expected}"),
    template("names no schema version"),
    template("schema {schema} is of a newer Kuaibao (this one knows {known})"),
    template("entry {key!r} is no document"),
)
_OLD = 24 * 3600.0  # seconds: no process of another device writes one file for so long


def check_folder(folder: Path, *, own: bool, writable: bool) -> Iterator[Finding]:
    """Yield what is wrong in the folder of one device, file by file.

    `own`: its processes run here, so that it can be told which have ended. `writable`: its files
    may be mended. Raises OSError if the folder can't be listed.
    """
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        path = folder / name
        if is_aside(name) or name in IGNORED:
            continue
        if is_temporary(name):
            if is_abandoned(name) if own else _age(path) > _OLD:
                yield Finding("temporary", path, Said("left by a process that ended"), writable)
            continue
        try:
            if name == FOLDER and path.is_dir():
                yield from _check_history(path)
            elif not stat.S_ISREG(path.stat().st_mode):
                yield Finding("foreign", path, Said("not a regular file"))
            elif name.endswith(".json") and not name.startswith("."):
                yield from _check_data(path, writable)
            else:
                yield Finding("foreign", path, Said("not a file of Kuaibao"))
        except OSError as error:
            yield Finding("unreadable", path, reason(error))


def table_of(path: Path) -> str:
    """Return the table that a data file has by its name, copies of it included."""
    stem = path.name.removesuffix(".json")
    return TAGS if (copied_from(stem) or stem) == TAGS else ANNOTATIONS


def _check_data(path: Path, writable: bool) -> Iterator[Finding]:
    stem = path.name.removesuffix(".json")
    origin = copied_from(stem)
    table = table_of(path)
    try:
        header, tables = parse(path, FORMATS[table])
    except NewerError as error:
        yield _said("newer", path, error)
        return
    except DamagedError as error:
        kind: FindingKind = "copy" if origin else "damaged"
        yield _said(kind, path, error, writable)
        return
    except StoreError as error:
        yield _said("foreign", path, error)
        return
    if origin is not None:
        yield Finding("copy", path, Said("a copy of {name}", name=f"{origin}.json"), writable)
    else:
        yield from _check_header(path, header, table, writable)
    rows = tables.get(table, {})
    for key, document in rows.items():
        trouble = _trouble(document, table)
        if trouble:
            yield Finding("entry", path, Said("entry {key}: {why}", key=key, why=trouble))
    ids = Counter(str(one.get("id")) for one in rows.values())
    twice = sum(number - 1 for number in ids.values())
    found = salvage(path.read_bytes())
    twice += max(0, len(found.documents) + found.lost - sum(map(len, tables.values())))
    if twice and origin is None:
        what = Said("documents that have the id or the number of another: {n}", n=twice)
        yield Finding("twice", path, what, writable)


def _check_header(path: Path, header: Document, table: str, writable: bool) -> Iterator[Finding]:
    machine, person = path.parent.name, path.parent.parent.name
    wanted = {"reviewer": person, "device": machine}
    if table == ANNOTATIONS:
        wanted["issue"] = path.name.removesuffix(".json")
    for field, name in wanted.items():
        said = header.get(field)
        if not isinstance(said, str) or not said.strip() or safe_name(said) == name:
            continue
        mendable = writable and field == "issue" and header.get("reviewer") is not None
        what = Said(_NAMED[field], name=plain_line(said)[:80])
        yield Finding("misnamed", path, what, mendable)
        return


def _trouble(document: Document, table: str) -> str:
    if table == TAGS:
        return "" if is_definition(document) else Said("no tag's definition")
    try:
        from_document(document)
    except DocumentError as error:
        return error.said
    return ""


def _check_history(folder: Path) -> Iterator[Finding]:
    """Yield the pieces of a history that can't be read whole; a torn end is no fault of it."""
    for path in pieces(folder).values():
        if problem := piece_problem(path, whole=True):
            yield Finding("history", path, problem)


def _said(kind: FindingKind, path: Path, error: StoreError, mendable: bool = False) -> Finding:
    """A finding of what an error says, without the path, which stands beside it."""
    short = error.said.template.removeprefix("{path}: ").removesuffix("; left as it is")
    values = {name: one for name, one in error.said.values.items() if name != "path"}
    return Finding(kind, path, Said(short, **values), mendable)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
