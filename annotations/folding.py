"""Fold what another file holds into a device's own file: what is missing is added, nothing goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.documents import DocumentError, from_document, to_document
from annotations.files import ANNOTATIONS, TAGS, load
from annotations.folder import FORMATS
from annotations.merge import forked, is_text, merge
from annotations.model import StoreError
from annotations.salvage import salvage
from annotations.tags import is_definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from annotations.files import DataFile, Document
    from annotations.model import Annotation


@dataclass(frozen=True, slots=True)
class Folded:
    """How many documents were written, and how many pieces of the source could not be."""

    written: int
    lost: int


def fold_in(source: bytes, table: str, own: DataFile, others: Sequence[Path] = ()) -> Folded:
    """Write into `own` what it and the files of other devices lack of a source; durable.

    The caller holds the lock of the own file's device. Raises StoreError, and then nothing was
    changed.
    """
    found = salvage(source)
    held = list(own.read().get(table, {}).values())
    documents, lost = lacking(table, held, found.documents, others)
    if documents:
        from annotations.storage import save_documents  # TinyDB takes 5 ms: not before a save

        save_documents(own, table, documents)
    return Folded(len(documents), found.lost + lost)


def lacking(
    table: str, held: Sequence[Document], found: Sequence[Document], others: Sequence[Path] = ()
) -> tuple[list[Document], int]:
    """Return the documents to write, and how many of `found` have no id to keep them by.

    What this version does not understand is written as it is if nothing of its id is held.
    """
    if table == TAGS:
        documents = _newer_tags(held, found)
        odd = [one for one in found if not is_definition(one)]
    else:
        ours, _ = read_all(held)
        theirs, odd = read_all(found)
        elsewhere = [one for path in others for one in _annotations(path)]
        wanted = missing(list(ours), elsewhere, list(theirs))
        documents = [theirs.get(one) or to_document(one) for one in wanted]
    taken = {one.get("id") for one in (*held, *documents)}
    lost = 0
    for one in odd:
        if not isinstance(one.get("id"), str):
            lost += 1
        elif one["id"] not in taken:
            taken.add(one["id"])
            documents.append(one)
        elif one not in held:
            lost += 1
    return documents, lost


def missing(
    own: Sequence[Annotation], others: Sequence[Annotation], found: Sequence[Annotation]
) -> tuple[Annotation, ...]:
    """Return what to write into `own` so that all is there which own, others and found hold.

    A file holds one revision of an id. Of two texts made at the same time, the second goes under
    an id that follows from its content (so that folding in twice adds nothing); of two marks the
    later counts.
    """
    held = {one.id: one for one in own}
    current: dict[str, list[Annotation]] = {}
    for one in merge([own, others, found]):
        current.setdefault(one.id, []).append(one)
    elsewhere = set(others)
    wanted: dict[str, Annotation] = {}
    for name, same in current.items():
        mine = held.get(name)
        rest = [one for one in same if one not in elsewhere and one != mine]
        if mine not in same and rest:
            rest.sort(key=lambda one: (one.modified, one.device, one.revision))
            mine = wanted[name] = rest.pop()
        for one in rest:
            if is_text(one):
                fork = forked(one)
                if fork.id not in held:
                    wanted[fork.id] = fork
            elif mine is None or one.modified > mine.modified:
                mine = wanted[name] = one
    return tuple(wanted.values())


def read_all(documents: Iterable[Document]) -> tuple[dict[Annotation, Document], list[Document]]:
    """Return the annotations that documents hold, each with its document, and what is none."""
    found: dict[Annotation, Document] = {}
    odd: list[Document] = []
    for document in documents:
        try:
            found[from_document(document)] = document
        except DocumentError:
            odd.append(document)
    return found, odd


def _annotations(path: Path) -> list[Annotation]:
    try:
        tables = load(path, FORMATS[ANNOTATIONS])[1]
    except (StoreError, OSError):
        return []
    return list(read_all(tables.get(ANNOTATIONS, {}).values())[0])


def _newer_tags(held: Iterable[Document], found: Iterable[Document]) -> list[Document]:
    ages = {one["id"]: _age(one) for one in held if is_definition(one)}
    wanted: dict[str, Document] = {}
    for one in found:
        if is_definition(one) and _age(one) > ages.get(one["id"], (-1, "")):
            ages[one["id"]] = _age(one)
            wanted[one["id"]] = one
    return list(wanted.values())


def _age(definition: Document) -> tuple[int, str]:
    return definition["revision"], definition["modified"]
