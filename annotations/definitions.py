"""A reviewer's tags as all devices define them, worked out anew only when a file changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.files import TAGS
from annotations.model import StoreError
from annotations.tags import is_definition, tag_list
from bulletins.said import Said, said_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from annotations.files import Document
    from annotations.folder import ReviewerFolder
    from annotations.model import Tag

Tables = list[tuple["Path", dict[str, "Document"]]]


class Definitions:
    """Reads the definitions in a reviewer's folder. Not safe for threads."""

    def __init__(self, folder: ReviewerFolder) -> None:
        self._folder = folder
        self._known: tuple[Tables, tuple[Tag, ...]] = ([], ())

    def tags(self, *, look: bool = True) -> tuple[Tag, ...]:
        """Return all tags, oldest first; `look` as in ReviewerFolder.sources()."""
        tables = self._tables([], look)
        if tables != self._known[0]:  # quick: the same objects, mostly
            self._known = (tables, tag_list(_sound(tables, [])))
        return self._known[1]

    def read(self, problems: list[str]) -> list[Mapping[str, object]]:
        """Return the definitions; add a line to `problems` for what can't be read."""
        return _sound(self._tables(problems, look=True), problems)

    def _tables(self, problems: list[str], look: bool) -> Tables:
        found: Tables = []
        for path in self._folder.sources(TAGS, look=look):
            try:
                found.append((path, self._folder.documents(path, TAGS)))
            except StoreError as error:
                problems.append(said_by(error))
        return found


def _sound(tables: Tables, problems: list[str]) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    for path, documents in tables:
        for key, document in documents.items():
            if is_definition(document):
                found.append(document)
            else:
                problems.append(
                    Said("{path}: entry {key} is no tag; kept but not shown", path=path, key=key)
                )
    return found
