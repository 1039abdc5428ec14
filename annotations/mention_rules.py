"""Corrections of mentions in the order in which they count, found by what they are about.

What is said of one span wins over what is said of an article, and that over the whole library; of
two that say something of the same, the later one wins.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from annotations.model import MENTION_SCOPES, MentionBody
from bulletins.mentions.view import view_of
from bulletins.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotations.model import Annotation, MentionType
    from bulletins.model import Article

Key = tuple["MentionType", str]


@lru_cache(1 << 12)
def squeezed(text: str) -> str:
    """Return words without the spaces beside Chinese characters, as `Entity.canonical` is."""
    return view_of(text).text


def body_of(annotation: Annotation) -> MentionBody:
    """Return what an annotation says of a mention. Raises TypeError for other annotations."""
    if not isinstance(annotation.body, MentionBody):
        raise TypeError(annotation.kind)
    return annotation.body


def rank(annotation: Annotation) -> tuple[int, str, str, str]:
    """Sort corrections: what counts most comes last, in the same order on every device."""
    scope = MENTION_SCOPES.index(body_of(annotation).scope)
    return scope, annotation.modified, annotation.id, annotation.device


def same_subject(one: MentionBody, other: MentionBody) -> bool:
    """Tell whether two corrections are about the same mentions, apart from the place."""
    added = one.act == "add", other.act == "add"
    alike = all(added) or (not any(added) and one.mention == other.mention)
    return alike and one.form == other.form and one.scope == other.scope


class MentionRules:
    """Corrections of one scope or several, each the latest of its subject; never changed."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self.said: dict[Key, Annotation] = {}
        self.added: dict[str, Annotation] = {}
        for annotation in sorted(annotations, key=rank):
            body = body_of(annotation)
            if body.act == "add":
                self.added[body.form] = annotation
            else:
                self.said[body.mention, body.form] = annotation
        lengths: dict[str, set[int]] = {}
        for form in self.added:
            lengths.setdefault(form[0], set()).add(len(form))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        firsts = "".join(map(re.escape, sorted(self._lengths)))
        self._first = re.compile(f"[{firsts}]") if firsts else None

    def __bool__(self) -> bool:
        return bool(self.said or self.added)

    def occurrences(self, article: Article) -> Iterator[tuple[str, Place]]:
        """Yield each added form and where title and blocks have it, the longest at each place."""
        if self._first is None:
            return
        texts = [(None, article.title), *((at, one.text) for at, one in enumerate(article.blocks))]
        for block, source in texts:
            view = view_of(source)
            end = 0
            for match in self._first.finditer(view.text):
                start = match.start()
                form = self._at(view.text, start) if start >= end else ""
                if form:
                    end = start + len(form)
                    yield form, Place(*view.span(start, end), block)

    def _at(self, text: str, start: int) -> str:
        for length in self._lengths[text[start]]:
            form = text[start : start + length]
            if form in self.added and _stands_alone(text, start, start + len(form)):
                return form
        return ""


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether no Latin word or number is cut at either end: EDA is not in EDAX."""
    return not (_joins(text[start - 1 : start], text[start])) and not (
        _joins(text[end - 1], text[end : end + 1])
    )


def _joins(one: str, other: str) -> bool:
    return bool(one and other) and (one + other).isascii() and (one + other).isalnum()
