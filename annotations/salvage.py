"""What can still be read of a data file that is damaged; each document stands on its own line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.files import dump

if TYPE_CHECKING:
    from annotations.files import Document

_ROW = re.compile(rb',?\s*"[0-9]{1,12}"\s*:\s*(?=\{)')
_FRAME = re.compile(rb'[\s{},]*("[a-z_]+"\s*:\s*\{)?[\s{},]*\Z')

_PIECE = re.compile(r'"[0-9]{1,12}"\s{0,9}:\s{0,99}(?=\{)')
_PATIENCE = 64  # pieces that can't be read: each may take as long as the rest of the file


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The header as far as it was found, all documents in order, and how many lines were lost."""

    header: Document
    documents: tuple[Document, ...]
    lost: int


def salvage(raw: bytes) -> Salvaged:
    """Read what a file holds, whole or torn. Time is linear in its length.

    Of a whole file all documents are there, also those that stand under a key that is used twice.
    """
    whole = _whole(raw)
    if whole is not None:
        return whole
    found = _lines(raw)
    return found if found.documents else _pieces(raw, found)


def _whole(raw: bytes) -> Salvaged | None:
    shadowed: list[Document] = []

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        kept = dict(found)
        if len(kept) < len(found):
            last = {name: at for at, (name, _) in enumerate(found)}
            for at, (name, value) in enumerate(found):
                if at != last[name] and isinstance(value, dict) and "id" in value:
                    shadowed.append(value)
        return kept

    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return Salvaged({}, (), 1)
    header = {name: part for name, part in value.items() if not isinstance(part, dict)}
    found = [one for part in value.values() if isinstance(part, dict) for one in part.values()]
    kept = [one for one in (*shadowed, *found) if isinstance(one, dict) and _can_be_kept(one)]
    return Salvaged(header, tuple(kept), len(shadowed) + len(found) - len(kept))


def _lines(raw: bytes) -> Salvaged:
    header: Document = {}
    documents: list[Document] = []
    lost = 0
    for line in raw.split(b"\n"):
        row = _ROW.match(line)
        if row:
            found = _object(line[row.end() :].rstrip().rstrip(b","))
            if found is None:
                lost += 1
            else:
                documents.append(found)
        elif line.startswith(b'{"') and not header:
            found = _object(line.rstrip().rstrip(b",") + b"}")
            header = {n: v for n, v in (found or {}).items() if not isinstance(v, dict)}
            lost += found is None
        elif not _FRAME.match(line):
            lost += 1
    return Salvaged(header, tuple(documents), lost)


def _pieces(raw: bytes, found: Salvaged) -> Salvaged:
    """Read the documents of a file that was written anew by something else, all on one line."""
    text = raw.decode("utf-8", "replace")
    decoder = json.JSONDecoder()
    documents: list[Document] = []
    at = failures = 0
    while failures < _PATIENCE and (row := _PIECE.search(text, at)):
        try:
            value, at = decoder.raw_decode(text, row.end())
        except (ValueError, RecursionError):
            at, failures = row.end(), failures + 1
            continue
        if "\ufffd" not in text[row.end() : at] and _can_be_kept(value):
            documents.append(value)
        else:
            failures += 1
    return Salvaged(found.header, tuple(documents), found.lost)


def _object(text: bytes) -> Document | None:
    for closed in (text, text.removesuffix(b"}"), text.removesuffix(b"}}")):
        try:
            value = json.loads(closed.decode("utf-8"))
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) and _can_be_kept(value) else None
    return None


def _can_be_kept(document: Document) -> bool:
    """Tell whether a document can be written again: no half of a surrogate pair, no NaN."""
    try:
        dump(document).encode("utf-8")
    except (ValueError, RecursionError):
        return False
    return True
