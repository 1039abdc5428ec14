"""Mend what can be mended without guessing; the old file always stays under another name.

Of a damaged file each document that can be read is taken over. What copies made by sync tools have
more is written to the device's own file. Every step may be cut off: a second run goes on.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from annotations.aside import keep_beside, move_aside
from annotations.doctor import check_index, reviewer_folder
from annotations.doctor_files import check_folder, table_of
from annotations.doctor_history import check_told, told_only
from annotations.durable import write_atomic
from annotations.files import ANNOTATIONS, DataFile, reason
from annotations.findings import Mended
from annotations.folder import FORMATS
from annotations.folding import fold_in, lacking
from annotations.history import last_documents
from annotations.index import Index
from annotations.locks import DeviceLock
from annotations.migrations import current_schema, migrated
from annotations.model import StoreError
from annotations.names import copied_from, is_hashed, safe_name
from annotations.salvage import salvage
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from annotations.doctor import Scope
    from annotations.files import Document
    from annotations.findings import Finding

_ORDER = ("temporary", "damaged", "twice", "copy", "misnamed")


def mend(scope: Scope) -> Iterator[Mended]:
    """Mend the files that `scope` lets change, folder by folder, each under its device's lock.

    Yields what was done. Raises StoreError if the data folder can't be looked into.
    """
    if scope.reviewer:
        with suppress(StoreError):  # what stands in its way is mended below
            Store(scope.root, scope.reviewer, scope.device).recover()
    for reviewer in scope.reviewers():
        folder = reviewer_folder(reviewer)
        for device in folder.devices():
            if not scope.may_mend(device):
                continue
            lock = scope.lock(device)
            try:
                if lock.exists() and not lock.is_file():
                    yield Mended(lock, f"moved aside as {move_aside(lock, 'damaged').name}")
                with DeviceLock(lock).held():
                    yield from _mend_device(device, own=scope.is_own(device))
            except StoreError as error:
                yield Mended(device, str(error), failed=True)
            except OSError as error:
                yield Mended(device, reason(error), failed=True)
        index = Index(scope.root / "index" / f"{reviewer.name}.json", reviewer_folder(reviewer))
        if any(check_index(index.path, reviewer_folder(reviewer))):
            index.rebuild()
            yield Mended(index.path, "made anew from the files")


def _mend_device(device: Path, *, own: bool) -> Iterator[Mended]:
    done: set[Path] = set()
    findings = [one for one in check_folder(device, own=own, writable=True) if one.mendable]
    findings.sort(key=lambda one: _ORDER.index(one.kind))
    for finding in chain(findings, check_told(device)):  # told of by the files as they are then
        if finding.path in done and finding.kind != "gone":
            continue
        done.add(finding.path)
        try:
            yield Mended(finding.path, _mend(finding))
        except StoreError as error:
            what = str(error).removeprefix(f"{finding.path}: ")
            yield Mended(finding.path, what, failed=True)
        except OSError as error:
            yield Mended(finding.path, reason(error), failed=True)


def _mend(finding: Finding) -> str:
    path = finding.path
    if finding.kind == "temporary":
        path.unlink(missing_ok=True)
        return "removed"
    if finding.kind in ("copy", "misnamed"):
        return _fold(path)
    if finding.kind == "gone":
        return _take_from_history(path)
    return _rewrite(path)


def _rewrite(path: Path) -> str:
    """Put a file of all that can be read in place of a damaged one."""
    table = table_of(path)
    found = salvage(path.read_bytes())
    stem = path.name.removesuffix(".json")
    told = last_documents(path.parent, stem).get(stem, {})
    schema = found.header.get("schema")
    if isinstance(schema, int) and schema > current_schema():
        raise StoreError("{path}: of a newer Kuaibao; left as it is", path=path)
    rows = {str(number): one for number, one in enumerate(found.documents, start=1)}
    header = {
        **found.header,
        **_header(path, found.header, [*found.documents, *told.values()], table),
        "schema": schema if type(schema) is int and schema > 0 else current_schema(),
    }
    header, tables = migrated(header, {table: rows})
    documents, lost = lacking(table, [], list(tables[table].values()))
    lost += found.lost
    more, _ = lacking(table, documents, list(told.values()))
    kept_rows = _rows({one["id"]: one for one in (*documents, *more)}, told)
    if not kept_rows:
        kept = move_aside(path, "damaged")
        return f"nothing could be read; moved aside as {kept.name}"
    kept = keep_beside(path, "damaged")
    write_atomic(path, DataFile(path, header).compose({table: kept_rows}))
    return (
        f"{len(documents)} documents taken over, {lost} could not be read, {len(more)} taken from "
        f"the history; the old file kept as {kept.name}"
    )


def _take_from_history(path: Path) -> str:
    """Write into a file what its history tells of and no file holds, in the rows that it had."""
    from annotations.storage import put_documents, put_rows  # TinyDB takes 5 ms

    table = table_of(path)
    told = told_only(path)
    file = DataFile(path, _header(path, {}, list(told.values()), table))
    there = dict(file.table(table))
    free = {
        row: one
        for row, one in told.items()
        if there.get(str(row), one).get("id") == one["id"]
        and file.rows(table).by_id.get(one["id"], row) == row
    }
    put_rows(file, table, free)
    put_documents(file, table, [one for row, one in told.items() if row not in free])
    if path.exists():
        keep_beside(path, "merged")
    try:
        file.write(file.serialise())
    finally:
        file.drop()
    return f"{len(told)} documents taken from the history"


def _rows(documents: dict[str, Document], told: dict[int, Document]) -> dict[str, Document]:
    """Put documents in the rows that the history tells, so that what was done can be undone."""
    rows = {number: documents[one["id"]] for number, one in told.items() if one["id"] in documents}
    placed = {one["id"] for one in rows.values()}
    free = max(rows, default=0) + 1
    rest = (one for name, one in documents.items() if name not in placed)
    rows.update(enumerate(rest, start=free))
    return {str(number): rows[number] for number in sorted(rows)}


def _fold(path: Path) -> str:
    """Write what a copy has more into the file that it is a copy of, and put the copy aside."""
    table = table_of(path)
    raw = path.read_bytes()
    found = salvage(raw)
    reviewer = found.header.get("reviewer")
    if isinstance(reviewer, str) and safe_name(reviewer) != path.parent.parent.name:
        raise StoreError(
            "{path}: its header names the reviewer {reviewer!r}; left as it is",
            path=path,
            reviewer=reviewer,
        )
    stem = path.name.removesuffix(".json")
    origin = copied_from(stem)
    if origin is None:
        origin = safe_name(str(found.header.get("issue")))
    target = path.with_name(f"{origin}.json")
    own = DataFile(target, _header(target, found.header, found.documents, table))
    others = [
        device / target.name
        for device in reviewer_folder(path.parent.parent).devices()
        if device != path.parent
    ]
    folded = fold_in(raw, table, own, others)
    kept = move_aside(path, "merged")
    unread = f"{folded.lost} could not be; " if folded.lost else ""
    return (
        f"{folded.written} documents that only it had are now in {target.name}; "
        f"{unread}kept as {kept.name}"
    )


def _header(path: Path, found: Document, documents: Sequence[Document], table: str) -> Document:
    """Return the header of a file by its place; what only a header can say from `found`."""
    person, machine = path.parent.parent.name, path.parent.name
    header: Document = {"format": FORMATS[table]}
    for field, name in (("reviewer", person), ("device", machine)):
        said = [found.get(field), *(one.get(field) for one in documents)]
        header[field] = next((one for one in said if _stands_for(one, name)), name)
    if table == ANNOTATIONS:
        stem = path.name.removesuffix(".json")
        said = [found.get("issue"), *(_issue_of(one) for one in documents)]
        exact = next((one for one in said if _stands_for(one, stem)), None)
        if exact is None and is_hashed(stem):
            raise StoreError(
                "{path}: nothing in it says which issue it is about; left as it is", path=path
            )
        header["issue"] = exact or stem
    return header


def _stands_for(said: object, name: str) -> bool:
    return isinstance(said, str) and bool(said.strip()) and safe_name(said) == name


def _issue_of(document: Document) -> object:
    target = document.get("target")
    issue = target.get("issue") if isinstance(target, dict) else None
    return issue.get("id") if isinstance(issue, dict) else None
