"""The articles of an export as things to cite: each once, under a key that stays the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.exports.gathering import gathered
from annotations.exports.outline import article_citation, printed_words
from annotations.view import article_state
from bulletins.citation import issue_number

if TYPE_CHECKING:
    from annotations.exports.gathering import ArticleGroup, Selection
    from annotations.model import ArticleRef, IssueRef

_LEAST_KEY = 10


@dataclass(frozen=True, slots=True)
class Reference:
    """An article with its issue, `tags` from all reviewers, and its citation in GB/T 7714.

    `printed` is what was printed of what a reader corrected, in one line.
    """

    key: str
    article: ArticleRef
    issue: IssueRef
    tags: tuple[str, ...]
    citation: str
    printed: str = ""

    @property
    def container(self) -> str:
        """What the article stands in: the publication, else the title or file of its issue."""
        return self.issue.publication or self.issue.title or self.issue.file_name.rpartition(".")[0]

    @property
    def number(self) -> str:
        """The issue's number within its year."""
        return issue_number(self.issue.number or "")

    @property
    def date(self) -> tuple[int, ...]:
        """The issue's year, month and day, as far as they are known."""
        found = re.match(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?\Z", self.issue.date or "")
        return tuple(int(part) for part in found.groups() if part) if found else ()


def references(selection: Selection) -> list[Reference]:
    """Return the exported articles in the order of the export; those of orphans too."""
    found: dict[str, tuple[ArticleGroup, IssueRef, dict[str, None]]] = {}
    for issue in gathered(selection):
        for group in issue.articles:
            tags = article_state(group.annotations, selection.tags).tags
            known = found.setdefault(group.ref.id, (group, issue.ref, {}))
            known[2].update({tag.name: None for tag in tags})
    keys = _keys(list(found))
    return [
        Reference(
            keys[name],
            group.ref,
            issue,
            tuple(tags),
            article_citation(group.ref, issue, selection),
            printed_words(group.printed),
        )
        for name, (group, issue, tags) in found.items()
    ]


def _keys(names: list[str]) -> dict[str, str]:
    """Make a key of each article's id alone, so that the next export has the same.

    Letters and digits only, which every reader of bibliographies takes.
    """
    import hashlib  # loads OpenSSL

    keys: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
        plain = name if re.fullmatch(r"[0-9a-f]{16,}", name) else digest
        length = _LEAST_KEY
        while f"kb{plain[:length]}" in taken and length < len(plain):
            length += 2
        keys[name] = f"kb{plain[:length]}"
        taken.add(keys[name])
    return keys
