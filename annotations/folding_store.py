"""Take in what other files hold as operations of the store: kept in the history, undone at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.documents import DocumentError, from_document, to_document
from annotations.files import ANNOTATIONS, TAGS
from annotations.folding import Folded, lacking
from annotations.merge import forked, is_text, versions_of
from annotations.model import StoreError
from annotations.names import is_hashed, safe_name
from annotations.salvage import salvage
from annotations.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotations.files import Document
    from annotations.salvage import Salvaged

    Seen = Callable[[Document], bool]


class FoldWork(Writing):
    """The part of a Store that takes in files of annotations or tags, whole or damaged."""

    def fold(self, label: str, stem: str, raw: bytes, seen: Seen = lambda _: True) -> Folded:
        """Take in what this device's file of `stem`, and those of others, lack of a file `raw`.

        `stem` is that of an issue's file, or `tags`. `seen` tells of a document of this device's
        file whether what the file holds was made with knowledge of it. Raises StoreError, and then
        nothing was changed.
        """
        table = TAGS if stem == TAGS else ANNOTATIONS
        found = salvage(raw)
        with self._saving(label):
            issue = _issue_of(stem, found) if table == ANNOTATIONS else ""
            file = self._folder.own_issue(issue) if issue else self._folder.own_tags()
            devices = self._folder.devices()
            others = [one / file.path.name for one in devices if one != file.path.parent]
            held = list(file.table(table).values())
            theirs = self._beside(held, found.documents, seen)
            documents, lost = lacking(table, held, theirs, others)
            sound = [one for one in documents if _has_revision(one)]
            if sound:
                self._stage(file, table, issue, [self._renumbered(one) for one in sound])
                self._folder.forget(issue or stem)
            return Folded(len(sound), found.lost + lost + len(documents) - len(sound))

    def _beside(
        self, held: Sequence[Document], found: Sequence[Document], seen: Seen
    ) -> list[Document]:
        """Return what was found, under other ids the texts that were made without knowing ours.

        Both were numbered by this device, elsewhere and here at one time: by their numbers alone
        theirs would seem to have taken ours in.
        """
        ours = {one.get("id"): one for one in held}
        kept: list[Document] = []
        for document in found:
            now = ours.get(document.get("id"))
            if now is None or now == document or seen(now):
                kept.append(document)
                continue
            try:
                mine, theirs = from_document(now), from_document(document)
            except DocumentError:
                kept.append(document)
                continue
            if versions_of(theirs).get(self.device, 0) < mine.revision:
                kept.append(document)
            elif is_text(theirs):
                if not theirs.deleted and (theirs.body, theirs.target) != (mine.body, mine.target):
                    kept.append(to_document(forked(theirs)))
            elif theirs.modified > mine.modified:
                kept.append(document)
        return kept

    def _renumbered(self, document: Document) -> Document:
        """Return a document under a revision of its own: one that was undone means that of then."""
        used = self._journal.used(document["id"])
        if document["revision"] > used or document.get("device") != self.device:
            return document
        try:
            one = from_document(document)
        except DocumentError:
            return {**document, "revision": used + 1}
        versions = {**versions_of(one), self.device: used + 1}
        return to_document(
            replace(one, revision=used + 1, versions=tuple(sorted(versions.items())))
        )


def _issue_of(stem: str, found: Salvaged) -> str:
    """Return the issue that a file is about. Raises StoreError if nothing says so."""
    targets = [one.get("target") for one in found.documents]
    issues = [one.get("issue") for one in targets if isinstance(one, dict)]
    said = [found.header.get("issue"), *(one.get("id") for one in issues if isinstance(one, dict))]
    for one in said:
        if isinstance(one, str) and one.strip() and safe_name(one) == stem:
            return one
    if is_hashed(stem):
        raise StoreError("{stem}.json: nothing in it says which issue it is about", stem=stem)
    return stem


def _has_revision(document: Document) -> bool:
    return isinstance(document.get("id"), str) and type(document.get("revision")) is int
