"""Hold a device's files against its history: what was done is in them, or in those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.files import ANNOTATIONS, TAGS, DataFile
from annotations.findings import Finding
from annotations.folder import FORMATS
from annotations.folding import lacking
from annotations.history import last_documents
from annotations.model import StoreError
from bulletins.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotations.files import Document


def check_told(device: Path) -> Iterator[Finding]:
    """Yield the files that lack something which the device's history says was done last.

    They went back to an older state, or went away: by another program's hand, or a sync tool's.
    """
    for stem in last_documents(device):
        path = device / f"{stem}.json"
        missing = told_only(path)
        if missing:
            what = Said(
                "documents that the history tells of and that are in no file: {n}", n=len(missing)
            )
            yield Finding("gone", path, what, True)


def told_only(path: Path) -> dict[int, Document]:
    """Return what a data file and those of other devices lack of its history, by row."""
    stem = path.name.removesuffix(".json")
    table = TAGS if stem == TAGS else ANNOTATIONS
    told = last_documents(path.parent, stem).get(stem, {})
    try:
        held = list(DataFile(path, {"format": FORMATS[table]}).table(table).values())
    except StoreError:
        return {}  # damaged: mended from its history as well
    others = [
        folder / path.name
        for folder in path.parent.parent.iterdir()
        if folder != path.parent and not folder.name.startswith(".")
    ]
    newest = {one.get("id"): one.get("revision", 0) for one in held}
    wanted, _ = lacking(table, held, list(told.values()), others)
    missing = {one["id"] for one in wanted if one.get("revision", 0) > newest.get(one["id"], -1)}
    return {row: one for row, one in told.items() if one["id"] in missing}
